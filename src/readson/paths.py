"""Follow paths from columns of nodes, over all products at once.

A walk yields the values that are known; `whole` says for which rows they are known to be all; `excludes`
says of which nodes it is known that the path does not lead there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from readson.classification import Classification
from readson.expressions import Alternative, Path, Repeat, Sequence, Step
from readson.graph import Graph
from readson.relations import Keys, Mask, Nodes, all_of, contains, expand, keys, ranges, swap
from readson.verdicts import AGAINST, FOR, Bits


@dataclass(frozen=True, slots=True)
class Walk:
    """Pairs (row, node) reached, `contested` where the way there is also denied; `whole` masks rows."""

    row: Nodes
    node: Nodes
    contested: Mask
    whole: Mask


class Paths:
    """Follow the paths of one graph; keeps the columns it has computed."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._classes: dict[str, Bits] = {}
        self._possible: dict[str, Nodes] = {}
        self._swapped: dict[str, Keys] = {}

    @cached_property
    def _classification(self) -> Classification:
        return self.graph.classification()

    def is_a(self, cls: str) -> Bits:
        """Judge for every node whether it is of the class."""
        if cls not in self._classes:
            self._classes[cls] = self._classification.is_a(cls)
        return self._classes[cls]

    @cached_property
    def kinds(self) -> Keys:
        """List (node, class): what is known of the classes of each node."""
        return swap(self.graph.typed)

    @cached_property
    def by_product(self) -> Nodes:
        """List the nodes, those of one product together."""
        return np.argsort(self.graph.owner[2:], kind="stable") + 2

    def relation(self, name: str) -> Keys:
        """Give the pairs of a relation, also of an inverse without a name of its own."""
        if not name.startswith("^"):
            return self.graph.relation(name)
        if name not in self._swapped:
            self._swapped[name] = swap(self.graph.relation(name[1:]))
        return self._swapped[name]

    def denies(self, name: str, subject: Nodes, object_: Nodes) -> Mask:
        """Tell which pairs are denied."""
        if name.startswith("^"):
            return self.graph.denies(name[1:], keys(object_, subject))
        return self.graph.denies(name, keys(subject, object_))

    def walk(self, start: Walk, steps: tuple[Path, ...]) -> Walk:
        """Follow steps in turn."""
        for step in steps:
            start = self._follow(start, step)
        return start

    def _follow(self, start: Walk, path: Path) -> Walk:
        match path:
            case Step(relation=name):
                return self._step(start, name)
            case Sequence(paths=paths):
                return self.walk(start, paths)
            case Alternative(paths=paths):
                return _merge([self._follow(start, p) for p in paths])
            case Repeat(path=inner, least=0, many=False):
                return _merge([start, self._follow(start, inner)])
            case Repeat(path=inner, least=least):
                return self._repeat(start, inner, least)

    def _step(self, start: Walk, name: str) -> Walk:
        position, found = expand(start.node, self.relation(name))
        contested = start.contested[position] | self.denies(name, start.node[position], found)
        ended = self.graph.is_complete(name, start.node) | self.unfit(name, "domains", start.node)
        whole = start.whole & hold_all(start.row, ended, start.contested, len(start.whole))
        return _distinct(start.row[position], found, contested, whole)

    def _repeat(self, start: Walk, inner: Path, least: int) -> Walk:
        reached = self._follow(start, inner) if least else start
        while True:
            further = _merge([reached, self._follow(reached, inner)])
            if len(further.node) == len(reached.node):
                return further
            reached = further

    def includes(self, path: Path, node: Nodes, target: Nodes) -> Mask:
        """Tell for pairs of nodes whether the path leads from one to the other."""
        held = np.zeros(len(node), dtype=bool)
        usable = ((node >= 0) & (target >= 0)).nonzero()[0]
        if isinstance(path, Step):
            held[usable] = contains(self.relation(path.relation), keys(node[usable], target[usable]))
            held[usable] |= self.compares(path.relation, node[usable], target[usable], holds=True)
            return held
        rows = np.arange(len(usable))
        no, yes = np.zeros(len(usable), dtype=bool), np.ones(len(usable), dtype=bool)
        walk = self._follow(Walk(rows, node[usable], no, yes), path)
        held[usable[walk.row[walk.node == target[usable][walk.row]]]] = True
        return held

    def excludes(self, path: Path, node: Nodes, target: Nodes) -> Mask:
        """Tell for pairs of nodes whether the path is known not to lead from one to the other.

        A target of -1 is a part nobody named: it is excluded where all values are known.
        """
        match path:
            case Step(relation=name):
                return self._excludes_step(name, node, target)
            case Alternative(paths=paths):
                return all_of([self.excludes(p, node, target) for p in paths])
            case Repeat(path=inner, least=0, many=False):
                return all_of((node != target, self.excludes(inner, node, target)))
            case _:
                return self._excludes_walk(path, node, target)

    def _excludes_step(self, name: str, node: Nodes, target: Nodes) -> Mask:
        known = (node >= 0).nonzero()[0]
        excluded = np.zeros(len(node), dtype=bool)
        n, t = node[known], target[known]
        there = contains(self.relation(name), keys(n, np.maximum(t, 0))) & (t >= 0)
        named = t >= 0
        refuted = self.denies(name, n, np.maximum(t, 0)) & named
        refuted |= self.graph.is_complete(name, n) & ~there & ~self._may_be_required(name, n, t)
        refuted |= (self.unfit(name, "domains", n) | (self.unfit(name, "ranges", t) & named)) & ~there
        for upper in self.wider(name):
            reached = contains(self.relation(upper), keys(n, np.maximum(t, 0))) & named
            refuted |= self.graph.is_complete(upper, n) & ~reached & ~there
        refuted |= named & ~there & self._excluded_members(name, n, t)
        inverse = self.graph.ontology.inverse(name)
        ended = self.graph.is_complete(inverse, np.maximum(t, 0))
        refuted |= named & ~there & ended & ~self._may_be_required(inverse, t, n)
        compared = self.compares(name, n[named], t[named], holds=False)
        if name in self.graph.ontology.comparisons and self.graph.closed:
            refuted[named] &= ~self.compares(name, n[named], t[named], holds=True)
        refuted[named] |= compared
        excluded[known] = refuted
        return excluded

    def _may_be_required(self, name: str, node: Nodes, target: Nodes) -> Mask:
        """Tell for which pairs the one known value is one that only a class requires: it may be the target.

        Nobody named that item, so a named one of a fitting kind may be the same.
        """
        some = [rule.some for rule in self.graph.ontology.restrictions if rule.some and rule.property == name]
        may = np.zeros(len(node), dtype=bool)
        if some and not self.graph.closed:
            row, value = expand(np.maximum(node, 0), self.relation(name))
            may[row[value >= self.graph.described]] = True
            for cls in some:
                asked = np.zeros(len(node), dtype=bool)
                asked[row[self.supports(cls, value)]] = True
                may &= ~asked | ((self.is_a(cls)[np.maximum(target, 0)] & AGAINST) == 0)
        return may & (node >= 0) & (target >= 0)

    def wider(self, name: str) -> list[str]:
        """List the relations above a relation of which some node has all values stated."""
        onto, found = self.graph.ontology, [name]
        for relation in found:
            uppers = (*onto.supers.get(relation, ()), onto.denied_with.get(relation, relation))
            found += [u for u in uppers if u not in found]
        return [u for u in found[1:] if u in self.graph.complete]

    def _excluded_members(self, name: str, node: Nodes, target: Nodes) -> Mask:
        """Exclude a relation of a set that holds only through its members: all are known, and none has it."""
        onto = self.graph.ontology
        excluded = np.zeros(len(node), dtype=bool)
        base = onto.denied_with.get(name)
        for rule in onto.collections if base else ():
            inverse = onto.inverse(rule.through)
            if base and (name, rule.through, base) in onto.chains:
                excluded |= self._none_of(rule.through, node, base, target, forward=True)
            if base and (name, base, inverse) in onto.chains:
                excluded |= self._none_of(rule.through, target, base, node, forward=False)
        return excluded

    def _none_of(self, through: str, sets: Nodes, base: str, others: Nodes, forward: bool) -> Mask:
        """Tell for which sets all members are known and each is known not to have the relation."""
        row, member = expand(np.maximum(sets, 0), self.relation(through))
        pair = (member, others[row]) if forward else (others[row], member)
        held = ~self._excludes_step(base, *pair)
        some = _any(row, np.ones(len(row), dtype=bool), len(sets))
        return some & self.graph.is_complete(through, np.maximum(sets, 0)) & ~_any(row, held, len(sets))

    def unfit(self, name: str, side: str, nodes: Nodes) -> Mask:
        """Tell which nodes are of a class that the property cannot have on that side."""
        if name.startswith("^"):
            name, side = name[1:], "ranges" if side == "domains" else "domains"
        unfit = np.zeros(len(nodes), dtype=bool)
        if not self.graph.closed:
            for cls in getattr(self.graph.ontology, side).get(name, ()):
                unfit |= (self.is_a(cls)[np.maximum(nodes, 0)] & AGAINST) > 0
        return unfit

    def _excludes_walk(self, path: Path, node: Nodes, target: Nodes) -> Mask:
        """Exclude what a path that is known as a whole does not reach, and what each last step excludes."""
        rows = np.flatnonzero(node >= 0)
        no, yes = np.zeros(len(rows), dtype=bool), np.ones(len(rows), dtype=bool)
        start = Walk(np.arange(len(rows)), node[rows], no, yes)
        excluded = np.zeros(len(node), dtype=bool)
        if isinstance(path, Sequence):
            before = self.walk(start, path.paths[:-1])
            last = self.excludes(path.paths[-1], before.node, target[rows][before.row])
            excluded[rows] = before.whole & ~_any(before.row, ~(last | before.contested), len(rows))
        else:
            reached = self._follow(start, path)
            hit = reached.node == target[rows][reached.row]
            excluded[rows] = reached.whole & ~_any(reached.row, hit & ~reached.contested, len(rows))
        return excluded

    def compares(self, name: str, node: Nodes, target: Nodes, holds: bool) -> Mask:
        """Compare quantities for a relation that stands for "the first is the greater"."""
        rule = self.graph.ontology.comparisons.get(name)
        if rule is None:
            return np.zeros(len(node), dtype=bool)
        column = self.graph.quantity(rule.quantity)
        a, b = column.take(node), column.take(target)
        if holds:
            decided = (a.low > b.high) | ((a.low == b.high) & (a.low_open | b.high_open))
        else:
            decided = a.high <= b.low
        return all_of((decided, a.known, b.known))

    def candidates(self, products: Nodes, cls: str) -> tuple[Nodes, Nodes]:
        """List (row, node) of all nodes that could be of the class, a row a product given."""
        if cls not in self._possible:
            self._possible[cls] = self.by_product[(self.is_a(cls)[self.by_product] & AGAINST) == 0]
        possible = self._possible[cls]
        count = np.bincount(self.graph.owner[possible], minlength=len(self.graph.products))
        first = np.cumsum(count) - count
        return ranges(first[products], (first + count)[products], possible)

    def ends(self, name: str, nodes: Nodes) -> Nodes:
        """Count the values of a relation, leaving out those that only lead on to another by a chain."""
        position, found = expand(nodes, self.relation(name))
        onward = np.zeros(len(found), dtype=bool)
        for result, first, second in self.graph.ontology.chains:
            if result == name == first:
                onward |= self._leads(second, found)
        return np.bincount(position[~onward], minlength=len(nodes))

    def _leads(self, name: str, nodes: Nodes) -> Mask:
        """Tell which nodes have any value of a relation."""
        position, _ = expand(nodes, self.relation(name))
        return np.bincount(position, minlength=len(nodes)) > 0

    def supports(self, cls: str, nodes: Nodes) -> Mask:
        """Tell which nodes are known to be of the class."""
        return (self.is_a(cls)[nodes] & FOR) > 0


def _merge(walks: list[Walk]) -> Walk:
    row, node, contested = (
        np.concatenate([getattr(w, f) for w in walks]) for f in ("row", "node", "contested")
    )
    return _distinct(row, node, contested, all_of([w.whole for w in walks]))


def _distinct(row: Nodes, node: Nodes, contested: Mask, whole: Mask) -> Walk:
    """Keep each (row, node) once; it is contested only if every way there is."""
    pairs = keys(row, node)
    if (pairs[1:] > pairs[:-1]).all():
        return Walk(row, node, contested, whole)
    order = np.lexsort((contested, node, row))
    row, node, contested = row[order], node[order], contested[order]
    first = np.ones(len(row), dtype=bool)
    first[1:] = (row[1:] != row[:-1]) | (node[1:] != node[:-1])
    return Walk(row[first], node[first], contested[first], whole)


def _any(row: Nodes, flag: Mask, size: int) -> Mask:
    """Tell for each row whether any of its flags is set."""
    found = np.zeros(size, dtype=bool)
    found[row[flag]] = True
    return found


any_by_row = _any


def hold_all(row: Nodes, holds: Mask, contested: Mask, size: int) -> Mask:
    """Tell for which rows every value holds; one that is disputed may fail beside one that holds."""
    sure = ~_any(row, ~holds & ~contested, size)
    if not contested.any():
        return sure
    return sure & (_any(row, holds, size) | ~_any(row, ~holds, size))


def from_nodes(nodes: Nodes) -> Walk:
    """Start a walk at one node a row."""
    size = len(nodes)
    return Walk(np.arange(size), nodes, np.zeros(size, dtype=bool), np.ones(size, dtype=bool))


def narrowed(walk: Walk, keep: Mask) -> Walk:
    """Keep some pairs of a walk."""
    return replace(walk, row=walk.row[keep], node=walk.node[keep], contested=walk.contested[keep])
