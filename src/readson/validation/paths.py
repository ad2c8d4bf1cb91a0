"""Follow SHACL paths over a graph of which not all may be known, from a whole column of nodes at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from readson.expressions import Alternative, Path, Repeat, Sequence, Step
from readson.relations import (
    EMPTY,
    LOWER,
    SHIFT,
    Keys,
    Mask,
    Nodes,
    any_of,
    contains,
    distinct,
    expand,
    keys,
    missing,
    ranges,
    swap,
    union,
)
from readson.validation.comparing import may_equal
from readson.validation.knowledge import Knowledge
from readson.validation.terms import LITERAL


@dataclass(frozen=True, slots=True)
class Values:
    """What a path leads to: pairs (row, node), each once, by row.

    `contested` marks pairs whose every way is denied too; `whole` tells of which rows no other value can be.
    """

    row: Nodes
    node: Nodes
    contested: Mask
    whole: Mask

    @property
    def rows(self) -> int:
        """Count the rows."""
        return len(self.whole)


DENSE = 1 << 22
"""Up to so many terms a step is looked up by an index with a place for each, beyond by binary search."""


class Column:
    """The pairs of one step, to be followed from many nodes."""

    def __init__(self, pairs: Keys, terms: int) -> None:
        self.pairs = pairs
        self._first: Nodes | None = None
        if terms <= DENSE:
            counts = np.bincount(pairs >> SHIFT, minlength=terms)
            self._first = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts)))

    def follow(self, nodes: Nodes) -> tuple[Nodes, Nodes]:
        """Follow the step from each node: (position in `nodes`, object)."""
        if self._first is None:
            return expand(nodes, self.pairs)
        return ranges(self._first[nodes], self._first[nodes + 1], self.pairs)


class Paths:
    """Follow the paths of one graph; keeps relations turned around, and those without what is denied."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.k = knowledge
        self._held: dict[str, Keys] = {}
        self._sure: dict[str, Keys] = {}
        self._denied: dict[str, Keys] = {}
        self._columns: dict[tuple[str, bool], Column] = {}

    def held(self, step: str) -> Keys:
        """Give the pairs of a step that are known."""
        return self._pairs(step, self._held, self.k.triples)

    def denied(self, step: str) -> Keys:
        """Give the pairs of a step that are denied."""
        return self._pairs(step, self._denied, self.k.denied)

    def sure(self, step: str) -> Keys:
        """Give the pairs of a step that are known and not denied."""
        if step not in self._sure:
            held, denied = self.held(step), self.denied(step)
            self._sure[step] = missing(held, denied) if len(denied) else held
        return self._sure[step]

    def follow(self, nodes: Nodes, step: str, sure: bool = False) -> tuple[Nodes, Nodes]:
        """Follow a step from each node, by what is known or what is also not denied: (position, value)."""
        key = step, sure and bool(self.k.denied)
        if key not in self._columns:
            pairs = self.sure(step) if sure else self.held(step)
            self._columns[key] = Column(pairs, len(self.k.terms))
        return self._columns[key].follow(nodes)

    def _pairs(self, step: str, kept: dict[str, Keys], columns: Mapping[str, Keys]) -> Keys:
        if not step.startswith("^"):
            return columns.get(step, EMPTY)
        if step not in kept:
            kept[step] = swap(columns.get(step[1:], EMPTY))
        return kept[step]

    def complete(self, step: str, nodes: Nodes) -> Mask:
        """Tell of which nodes all values of a step are known.

        A literal is never a subject. Back from a literal, a number that is only bounded might be the same.
        """
        ended = self.k.is_complete(step, nodes)
        if self.k.closed:
            return ended
        literal: Mask = self.k.terms.kind[nodes] == LITERAL
        if not step.startswith("^"):
            return ended | literal
        return ended & ~literal if len(self.k.terms.unsure) else ended

    # Values

    def values(self, nodes: Nodes, path: Path | None) -> Values:
        """Follow a path from every node; without one each node is its own value."""
        rows = np.arange(len(nodes))
        if path is None:
            return Values(rows, nodes, np.zeros(len(nodes), bool), np.ones(len(nodes), bool))
        row, node = self._follow(rows, nodes, path, None)
        if self.k.closed:
            return Values(row, node, np.zeros(len(row), bool), np.ones(len(nodes), bool))
        whole = np.ones(len(nodes), dtype=bool)
        sure = keys(*self._follow(rows, nodes, path, whole))
        return Values(row, node, ~contains(np.sort(sure), keys(row, node)), whole)

    def _follow(self, row: Nodes, node: Nodes, path: Path, whole: Mask | None) -> tuple[Nodes, Nodes]:
        """Follow known steps; with `whole`, only those not denied, and unmark rows where others may be."""
        match path:
            case Step(relation=name):
                return self._step(row, node, name, whole)
            case Sequence(paths=paths):
                for part in paths:
                    row, node = self._follow(row, node, part, whole)
                return row, node
            case Alternative(paths=paths):
                found = [keys(*self._follow(row, node, part, whole)) for part in paths]
                return _pairs(distinct(np.concatenate(found)))
            case Repeat(path=part, least=0, many=False):
                once = keys(*self._follow(row, node, part, whole))
                return _pairs(distinct(np.concatenate((keys(row, node), once))))
            case Repeat(path=part, least=least):
                return self._repeat(row, node, part, least, whole)

    def _step(self, row: Nodes, node: Nodes, name: str, whole: Mask | None) -> tuple[Nodes, Nodes]:
        if whole is not None:
            whole[row[~self.complete(name, node)]] = False
        position, found = self.follow(node, name, sure=whole is not None)
        if len(row) < 2 or bool((row[1:] > row[:-1]).all()):
            return row[position], found
        return _pairs(distinct(keys(row[position], found)))

    def _repeat(
        self, row: Nodes, node: Nodes, part: Path, least: int, whole: Mask | None
    ) -> tuple[Nodes, Nodes]:
        fresh = keys(row, node)
        reached = EMPTY if least else distinct(fresh)
        while len(fresh):
            onward = distinct(keys(*self._follow(*_pairs(fresh), part, whole)))
            fresh = missing(onward, reached)
            reached = union(reached, fresh)
        return _pairs(reached)

    # What is known not to be a value

    def excludes(self, predicate: str, nodes: Nodes, target: Nodes) -> Mask:
        """Tell for pairs of nodes whether the first is known not to have the second as a value."""
        denied = contains(self.denied(predicate), keys(nodes, target))
        there, back = self._spent(predicate, nodes, target), self._spent(f"^{predicate}", target, nodes)
        return any_of((denied, there, back))

    def _spent(self, step: str, nodes: Nodes, target: Nodes) -> Mask:
        """Tell where all values are known and none of them is, or may be, the target."""
        values = self.values(nodes, Step(step))
        may = ~values.contested & ~self.differ(values.node, target[values.row])
        return values.whole & ~any_row(values.row[may], values.rows)

    def differ(self, left: Nodes, right: Nodes) -> Mask:
        """Tell which pairs are two terms; a number that is only bounded may be any double in its bounds."""
        differ: Mask = left != right
        if not len(self.k.terms.unsure):
            return differ
        open_ = contains(self.k.terms.unsure, left) | contains(self.k.terms.unsure, right)
        for place in np.flatnonzero(differ & open_).tolist():
            differ[place] = not may_equal(self.k.terms[int(left[place])], self.k.terms[int(right[place])])
        return differ


def _pairs(packed: Keys) -> tuple[Nodes, Nodes]:
    return packed >> SHIFT, packed & LOWER


def any_row(rows: Nodes, size: int) -> Mask:
    """Mark the rows listed."""
    found = np.zeros(size, dtype=bool)
    found[rows] = True
    return found
