"""Measure the numbers that routes end in, derived ones too: sums, multiples and shifts, with their bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from readson.derivation import snap
from readson.expressions import Derived, Route, Step
from readson.focus import Focus, Values
from readson.graph import Interval
from readson.paths import Paths, any_by_row, hold_all
from readson.relations import Mask, Nodes, Numbers, contains, keys
from readson.routes import Routes
from readson.verdicts import AGAINST, FOR


class Amounts(Routes):
    """Measure numbers on one focus, each once."""

    def __init__(
        self, paths: Paths, derived: Mapping[str, Derived], focus: Focus, introduced: frozenset[str]
    ) -> None:
        super().__init__(paths, derived, focus, introduced)
        self._measured: dict[Route, Values] = {}

    def numeric(self, route: Route) -> bool:
        """Tell whether a route ends in numbers."""
        derived = self.derived.get(route.start)
        return bool(route.quantity) or (derived is not None and derived.numeric)

    def values(self, route: Route) -> Values:
        """Measure the numbers a route ends in."""
        if route not in self._measured:
            self._measured[route] = self._measure(route)
        return self._measured[route]

    def _measure(self, route: Route) -> Values:
        given = self.focus.derived.get(route.start)
        if isinstance(given, Values):
            return given
        derived = self.derived.get(route.start)
        if derived is not None and derived.numeric:
            return self._derived_values(derived)
        walk = self.walk(route)
        bounds = self.graph.quantity(route.quantity).take(walk.node)
        settled = bounds.known | self.graph.is_complete(route.quantity, walk.node)
        whole = walk.whole & hold_all(walk.row, settled, walk.contested, self.focus.size)
        return Values(walk.row, bounds, walk.contested, whole)

    def _derived_values(self, derived: Derived) -> Values:
        if derived.kind == "sum":
            return self._sum(derived)
        values = self.values(derived.routes[0])
        move = np.multiply if derived.kind == "scaled" else np.add
        if derived.of_class:
            values = replace(values, whole=values.whole | self._all_measured(derived, values))
        b = values.bounds
        low, high = (snap(move(end, derived.number)) for end in (b.low, b.high))
        return replace(values, bounds=Interval(low, high, b.low_open, b.high_open, b.known))

    def _all_measured(self, derived: Derived, values: Values) -> Mask:
        """Tell for which rows the route reaches every item of its class that it could, each with bounds."""
        unmeasured = any_by_row(values.row, ~values.bounds.known, self.focus.size)
        return self._all_reached(derived) & ~unmeasured

    def _all_reached(self, derived: Derived) -> Mask:
        route = Route(derived.routes[0].start, derived.routes[0].steps)
        walk = self.walk(route)
        row, node, bounded = self.possible(route, derived.of_class)
        unreached = ~contains(np.sort(keys(walk.row, walk.node)), keys(row, node))
        return bounded & ~any_by_row(row, unreached, self.focus.size)

    def _sum(self, derived: Derived) -> Values:
        """Add up a quantity over the values of a class; what may be there too raises the upper bound only."""
        route, size = derived.routes[0], self.focus.size
        walk = self.walk(Route(route.start, route.steps))
        column = self.graph.quantity(route.quantity)
        bits = self.paths.is_a(derived.of_class)[walk.node]
        sure = ((bits & FOR) > 0) & ~self._divided(derived, walk.node)
        low = _total(walk.row[sure], np.maximum(_low(column, walk.node[sure]), 0), size)
        may = ((bits & AGAINST) == 0) & ~walk.contested
        high = np.where(walk.whole, _total(walk.row[may], _high(column, walk.node[may]), size), np.inf)
        row, node, bounded = self.possible(Route(route.start, route.steps), derived.of_class)
        most = np.where(bounded, _total(row, _high(column, node), size), np.inf)
        no = np.zeros(size, dtype=bool)
        known = np.ones(size, dtype=bool)
        return Values(np.arange(size), Interval(low, np.minimum(high, most), no, no, known), no, known)

    def _divided(self, derived: Derived, nodes: Nodes) -> Mask:
        """Tell which nodes stand for things with more ends, together, than a single one has.

        Of them it is not known how many lie between the same two parts.
        """
        start = self.derived.get(derived.routes[0].start)
        divided = np.zeros(len(nodes), dtype=bool)
        for relation in {last.relation for r in (start.routes if start else ()) for last in _steps(r)}:
            forward = self.graph.ontology.inverse(relation)
            most = self.graph.ontology.ends.get(forward)
            if most is not None:
                divided |= self.paths.ends(forward, nodes) > most
        return divided


def compare(bounds: Interval, comparison: str, number: float) -> tuple[Mask, Mask]:
    """Tell which bounded quantities certainly hold a comparison and which certainly fail it."""
    match comparison:
        case "<":
            return (bounds.high < number) | ((bounds.high == number) & bounds.high_open), bounds.low >= number
        case "<=":
            return bounds.high <= number, (bounds.low > number) | ((bounds.low == number) & bounds.low_open)
        case ">":
            return (bounds.low > number) | ((bounds.low == number) & bounds.low_open), bounds.high <= number
        case _:
            return bounds.low >= number, (bounds.high < number) | ((bounds.high == number) & bounds.high_open)


def _steps(route: Route) -> list[Step]:
    return [step for step in route.steps if isinstance(step, Step)]


def _low(column: Interval, nodes: Nodes) -> Numbers:
    return np.where(column.known[nodes], column.low[nodes], 0.0)


def _high(column: Interval, nodes: Nodes) -> Numbers:
    return np.where(column.known[nodes], column.high[nodes], np.inf)


def _total(row: Nodes, numbers: Numbers, size: int) -> Numbers:
    total = np.zeros(size)
    np.add.at(total, row, numbers)
    return total


def without_lesser(values: Values, size: int) -> Values:
    """Leave out disputed values beside a greater one that is disputed too: only one of them is true."""
    low, disputed = values.bounds.low, values.contested & values.bounds.known
    if not disputed.any():
        return values
    most = np.full(size, -np.inf)
    np.maximum.at(most, values.row[disputed], low[disputed])
    known = values.bounds.known & ~(disputed & (low < most[values.row]))
    return replace(values, bounds=replace(values.bounds, known=known))


def least(values: Values, end: str, size: int) -> tuple[Numbers, Mask]:
    """Give the least low (or high) end a row, and whether it is open in each value that has it."""
    ends, opens = getattr(values.bounds, end), getattr(values.bounds, end + "_open")
    known = values.bounds.known
    least, closed = np.full(size, np.inf), np.zeros(size, dtype=bool)
    np.minimum.at(least, values.row[known], ends[known])
    shut = known & ~opens & (ends == least[values.row])
    closed[values.row[shut]] = True
    return least, ~closed & np.isfinite(least)
