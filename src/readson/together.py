"""Ask single rows together: those of which the same is demanded make one column.

What is asked of one row of a column is found for all of them at once, and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from readson.expressions import Expression, Route
from readson.focus import Focus, Values, on_nodes
from readson.judging import Judge, leaf
from readson.relations import Nodes
from readson.verdicts import VERDICTS, Verdict


@dataclass(frozen=True, slots=True)
class Asked:
    """One demand on one product, on the nodes that its roles are bound to."""

    product: int
    demand: Expression
    introduced: frozenset[str]
    roles: tuple[tuple[str, int], ...]

    @property
    def identity(self) -> tuple[object, ...]:
        """Tell what is asked: the same of elements that make the same demand of the same nodes."""
        return self.product, id(self.demand), self.introduced, self.roles


class Column:
    """The rows of one focus, judged, walked and measured together."""

    def __init__(self, judge: Judge, focus: Focus, introduced: frozenset[str]) -> None:
        self.judge, self.focus, self.introduced = judge, focus, introduced
        self._leaf = leaf(judge, focus, introduced)
        self._verdicts: dict[int, list[Verdict]] = {}
        self._nodes: dict[Route, list[list[int]]] = {}
        self._values: dict[Route, Values] = {}
        self._below: dict[Route, dict[int, Place]] = {}

    def places(self) -> list[Place]:
        """List the rows."""
        return [Place(self, row) for row in range(self.focus.size)]

    def verdicts(self, demand: Expression) -> list[Verdict]:
        """Judge a demand, and with it all its parts."""
        if id(demand) not in self._verdicts:
            found = self._leaf.parts(demand)
            self._verdicts |= {part: [VERDICTS[b] for b in bits.tolist()] for part, bits in found.items()}
        return self._verdicts[id(demand)]

    def nodes(self, route: Route) -> list[list[int]]:
        """List for every row the nodes that a route leads to."""
        if route not in self._nodes:
            walk = self._leaf.walk(route)
            found: list[list[int]] = [[] for _ in range(self.focus.size)]
            for row, node in zip(walk.row.tolist(), walk.node.tolist(), strict=True):
                found[row].append(node)
            self._nodes[route] = found
        return self._nodes[route]

    def values(self, route: Route) -> Values:
        """Measure the numbers that a route ends in."""
        if route not in self._values:
            self._values[route] = self._leaf.values(route)
        return self._values[route]

    def below(self, route: Route) -> dict[int, Place]:
        """Give a place for every node that a route leads to from any row."""
        if route not in self._below:
            nodes = sorted({node for several in self.nodes(route) for node in several})
            column = np.array(nodes, dtype=np.int64)
            focus = on_nodes(column, self.judge.graph.owner[column])
            self._below[route] = dict(
                zip(nodes, Column(self.judge, focus, frozenset()).places(), strict=True)
            )
        return self._below[route]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression is judged: one row of roles, or one node inside a nested shape."""

    column: Column
    row: int

    @property
    def item(self) -> int:
        """Give the node, inside a nested shape."""
        assert self.column.focus.node is not None
        return int(self.column.focus.node[self.row])

    def binds(self, role: str) -> bool:
        """Tell whether a role is bound here, be it to no part."""
        return role in self.column.focus.roles

    def node(self, role: str) -> int:
        """Give the node bound to a role."""
        return int(self.column.focus.roles[role][self.row])

    def verdict(self, demand: Expression) -> Verdict:
        """Judge a demand."""
        return self.column.verdicts(demand)[self.row]

    def nodes(self, route: Route) -> list[int]:
        """List the nodes that a route leads to."""
        return self.column.nodes(route)[self.row]

    def values(self, route: Route) -> Values:
        """Measure the numbers that a route ends in."""
        values = self.column.values(route)
        here = np.flatnonzero(values.row == self.row)
        bounds, whole = values.bounds.take(here), values.whole[self.row : self.row + 1]
        return Values(np.zeros_like(here), bounds, values.contested[here], whole)

    def below(self, route: Route) -> list[Place]:
        """Give the places that a route leads to."""
        places = self.column.below(route)
        return [places[node] for node in self.nodes(route)]


def judge_together(judge: Judge, rows: Sequence[Asked]) -> list[Place]:
    """Open demands to judging, a row each."""
    places: dict[int, Place] = {}
    for numbers in alike(rows):
        several = [rows[n] for n in numbers]
        focus = Focus(np.array([row.product for row in several]), bound(several))
        column = Column(judge, focus, several[0].introduced)
        places |= zip(numbers, column.places(), strict=True)
    return [places[number] for number in range(len(rows))]


def alike(rows: Iterable[Asked]) -> list[list[int]]:
    """List the places of rows of which the same is demanded, and which bind the same roles, together."""
    found: dict[tuple[object, ...], list[int]] = {}
    for number, row in enumerate(rows):
        names = tuple(role for role, _ in row.roles)
        found.setdefault((id(row.demand), row.introduced, names), []).append(number)
    return list(found.values())


def bound(rows: Sequence[Asked]) -> dict[str, Nodes]:
    """Give the nodes of each role, a row each; the rows bind the same roles."""
    nodes = np.array([[node for _, node in row.roles] for row in rows], dtype=np.int64)
    return {role: nodes[:, i] for i, (role, _) in enumerate(rows[0].roles)}
