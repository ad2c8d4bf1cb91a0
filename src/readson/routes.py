"""Follow the routes of expressions from the rows of a focus: what they reach, and what they may reach."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from readson.expressions import Derived, Path, Route
from readson.focus import ABSENT, Focus
from readson.paths import Paths, Walk, any_by_row, from_nodes, narrowed
from readson.relations import Mask, Nodes, all_of, any_of, contains, keys
from readson.vocabulary import CLAIM

PRODUCT_ROLE = CLAIM + "product"


class Routes:
    """Follow routes on one focus, each once. The absence of roles that are `introduced` counts against."""

    def __init__(
        self, paths: Paths, derived: Mapping[str, Derived], focus: Focus, introduced: frozenset[str]
    ) -> None:
        self.paths, self.derived, self.focus, self.introduced = paths, derived, focus, introduced
        self.graph = paths.graph
        self._walks: dict[tuple[str, tuple[Path, ...]], Walk] = {}
        self._possible: dict[tuple[Route, str], tuple[Nodes, Nodes, Mask]] = {}

    def _start(self, start: str) -> Walk:
        if not start:
            assert self.focus.node is not None
            return from_nodes(self.focus.node)
        if start == PRODUCT_ROLE:
            return from_nodes(self.graph.roots[self.focus.product])
        if start in self.derived:
            given = self.focus.derived.get(start)
            return given if isinstance(given, Walk) else self._intersection(self.derived[start])
        bound = self.focus.roles[start]
        row = (bound >= 0).nonzero()[0]
        empty_known = start in self.introduced or self.graph.closed
        whole = (bound >= 0) | ((bound == ABSENT) & empty_known)
        return Walk(row, bound[row], np.zeros(len(row), dtype=bool), whole)

    def walk(self, route: Route) -> Walk:
        """Follow a route from every row."""
        return self._walk(route.start, route.steps)

    def _walk(self, start: str, steps: tuple[Path, ...]) -> Walk:
        if (start, steps) not in self._walks:
            self._walks[start, steps] = (
                self.paths.walk(self._walk(start, steps[:-1]), steps[-1:]) if steps else self._start(start)
            )
        return self._walks[start, steps]

    def _intersection(self, derived: Derived) -> Walk:
        """Give the values that every route reaches; two parts have one of a kind marked `atMostOne`."""
        walks = [self.walk(route) for route in derived.routes]
        first, rest = walks[0], walks[1:]
        keep = np.ones(len(first.row), dtype=bool)
        contested = first.contested.copy()
        for other in rest:
            there = contains(np.sort(keys(other.row, other.node)), keys(first.row, first.node))
            keep &= there
            doubtful = np.sort(keys(other.row, other.node)[other.contested])
            contested |= contains(doubtful, keys(first.row, first.node))
        if derived.of_class:
            keep &= self.paths.supports(derived.of_class, first.node)
        whole = all_of([w.whole for w in walks])
        found = narrowed(Walk(first.row, first.node, contested, whole), keep)
        if derived.at_most_one:
            whole = whole | any_by_row(found.row, np.ones(len(found.row), dtype=bool), self.focus.size)
        return Walk(found.row, found.node, found.contested, whole)

    def possible(self, route: Route, cls: str) -> tuple[Nodes, Nodes, Mask]:
        """List the nodes of a class that the route may reach, for rows whose product names them all."""
        if (route, cls) not in self._possible:
            self._possible[route, cls] = self._may_reach(route, cls)
        return self._possible[route, cls]

    def _may_reach(self, route: Route, cls: str) -> tuple[Nodes, Nodes, Mask]:
        kinds = self.graph.kinds_complete[self.focus.product, self.graph.ontology.class_index[cls]]
        rows = np.flatnonzero(kinds)
        row, node = self.paths.candidates(self.focus.product[rows], cls)
        row = rows[row]
        excluded = self._excluded(route, row, node)
        return row[~excluded], node[~excluded], kinds & self._known_start(route)

    def _known_start(self, route: Route) -> Mask:
        """Tell for which rows the parts a route starts from are named (or known to be absent)."""
        derived = self.derived.get(route.start)
        if derived is None:
            return self._walk(route.start, ()).whole
        return all_of([self._known_start(r) for r in derived.routes])

    def _excluded(self, route: Route, row: Nodes, node: Nodes) -> Mask:
        """Tell for (row, node) whether the route from the row's start is known not to lead to the node."""
        derived = self.derived.get(route.start)
        if derived is not None and not route.steps:
            return any_of([self._excluded(r, row, node) for r in derived.routes])
        *before, last = route.steps
        walk = self._walk(route.start, tuple(before))
        order = np.argsort(walk.row, kind="stable")
        walk_row, walk_node = walk.row[order], walk.node[order]
        first, end = walk_row.searchsorted(row), walk_row.searchsorted(row, side="right")
        counts = end - first
        which = np.repeat(np.arange(len(row)), counts)
        offset = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
        from_ = walk_node[np.repeat(first, counts) + offset]
        misses = self.paths.excludes(last, from_, node[which])
        return walk.whole[row] & ~any_by_row(which, ~misses, len(row))
