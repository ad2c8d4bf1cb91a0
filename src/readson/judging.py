"""Judge expressions on columns of readings: support for and against, a row a reading.

The table of design section 3, constraint by constraint. `closed` readings make this classical SHACL.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from readson.entailment import snap
from readson.expressions import (
    And,
    AtLeast,
    Below,
    Derived,
    Every,
    Expression,
    Inherit,
    IsA,
    Not,
    Or,
    Path,
    Reach,
    Repeat,
    Route,
    Some,
    Step,
    Within,
)
from readson.focus import ABSENT, UNNAMED, Focus, on_nodes
from readson.graph import Graph, Interval
from readson.paths import Paths, Walk, any_by_row, from_nodes, narrowed
from readson.relations import Mask, Nodes, Numbers, all_of, any_of, contains, keys
from readson.verdicts import AGAINST, FOR, Bits, conjoin, disjoin, negate, pack
from readson.vocabulary import CLAIM

PRODUCT_ROLE = CLAIM + "product"


@dataclass(frozen=True, slots=True)
class Values:
    """Numbers reached by a route: bounds of one value a pair, and which rows know all of them."""

    row: Nodes
    bounds: Interval
    whole: Mask


class Judge:
    """Judge expressions on one graph. `derived` are the derived properties that routes may start with."""

    def __init__(self, graph: Graph, derived: Mapping[str, Derived]) -> None:
        self.graph, self.derived = graph, derived
        self.paths = Paths(graph)

    def judge(self, demand: Expression, focus: Focus, introduced: frozenset[str]) -> Bits:
        """Judge every row. A role that no part can fill counts against the elements that introduce it."""
        match demand:
            case And(parts=parts):
                bits = np.full(focus.size, FOR, dtype=np.uint8)
                for part in parts:
                    bits = conjoin(bits, self.judge(part, focus, introduced))
                return bits
            case Or(parts=parts):
                bits = np.full(focus.size, AGAINST, dtype=np.uint8)
                for part in parts:
                    bits = disjoin(bits, self.judge(part, focus, introduced))
                return bits
            case Not(part=part):
                return negate(self.judge(part, focus, introduced))
            case Inherit():
                raise ValueError("an inherited claim is judged by its own elements")
            case _:
                return leaf(self, focus, introduced).judge(demand)


class Leaf:
    """Judge one constraint on the rows of one focus."""

    def __init__(self, judge: Judge, focus: Focus, introduced: frozenset[str]) -> None:
        self.engine, self.focus, self.introduced = judge, focus, introduced
        self.graph, self.paths = judge.graph, judge.paths

    def judge(self, demand: Expression) -> Bits:
        """Judge one constraint."""
        match demand:
            case Reach():
                return self._reach(demand)
            case AtLeast():
                return self._at_least(demand)
            case Every(route=route, demand=inner):
                return self._every(route, inner)
            case Some():
                return self._some(demand)
            case Within(route=route, comparison=comparison, number=number):
                return self._within(route, comparison, number)
            case Below():
                return self._below(demand)
            case IsA(cls=cls):
                assert self.focus.node is not None
                return self.paths.is_a(cls)[self.focus.node]
            case _:
                raise ValueError(f"not a constraint: {demand}")

    # Where routes start

    def _start(self, start: str) -> Walk:
        if not start:
            assert self.focus.node is not None
            return from_nodes(self.focus.node)
        if start == PRODUCT_ROLE:
            return from_nodes(self.graph.roots[self.focus.product])
        if start in self.engine.derived:
            return self._intersection(self.engine.derived[start])
        bound = self.focus.roles[start]
        row = np.flatnonzero(bound >= 0)
        empty_known = start in self.introduced or self.graph.closed
        whole = (bound >= 0) | ((bound == ABSENT) & empty_known)
        return Walk(row, bound[row], np.zeros(len(row), dtype=bool), whole)

    def walk(self, route: Route) -> Walk:
        """Follow a route from every row."""
        return self.paths.walk(self._start(route.start), route.steps)

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

    # Constraints on nodes

    def _reach(self, demand: Reach) -> Bits:
        target = self._target(demand.target)
        *before, last = demand.route.steps or (None,)
        walk = self.paths.walk(self._start(demand.route.start), tuple(p for p in before if p is not None))
        goal = target[walk.row]
        hit, miss = self._last(last, walk.node, goal)
        if last is None and not isinstance(demand.target, bool):
            hit &= ~self._several(walk.node)
        support = any_by_row(walk.row, hit, self.focus.size)
        escapes = any_by_row(walk.row, ~(miss | walk.contested), self.focus.size)
        known_target = target != ABSENT
        refuted = walk.whole & ~escapes & known_target
        if self._absence_counts(demand.target):
            refuted |= target == ABSENT
        if isinstance(last, Repeat) and isinstance(last.path, Step) and not last.least and before:
            direct = Reach(Route(demand.route.start, tuple(demand.route.steps[:-1])), demand.target)
            refuted |= self.paths.unfit(last.path.relation, "ranges", target) & (
                self._reach(direct) >= AGAINST
            )
        return pack(support, refuted)

    def _last(self, last: Path | None, node: Nodes, goal: Nodes) -> tuple[Mask, Mask]:
        if last is None:
            return (node == goal) & (goal >= 0), (node != goal) & (goal != UNNAMED)
        return self.paths.includes(last, node, goal), self.paths.excludes(last, node, goal)

    def _several(self, nodes: Nodes) -> Mask:
        """Tell which nodes may stand for more than one thing: two roles on it need not be the same one."""
        several = np.zeros(len(nodes), dtype=bool)
        if not self.graph.closed:
            for quantity in self.graph.ontology.silence_means:
                several |= self.graph.quantity(quantity).high[nodes] > 1
        return several

    def _target(self, target: str | bool) -> Nodes:
        if isinstance(target, bool):
            return np.full(self.focus.size, int(target))
        return self.focus.roles[target]

    def _absence_counts(self, target: str | bool) -> bool:
        return isinstance(target, str) and (target in self.introduced or self.graph.closed)

    def _at_least(self, demand: AtLeast) -> Bits:
        if self._numeric(demand.route):
            values = self.values(demand.route)
            found = np.bincount(values.row[values.bounds.known], minlength=self.focus.size)
            return pack(found >= demand.count, values.whole & (found < demand.count))
        walk = self.walk(demand.route)
        known = np.bincount(walk.row, minlength=self.focus.size)
        sure = np.bincount(walk.row[~walk.contested], minlength=self.focus.size)
        return pack(known >= demand.count, walk.whole & (sure < demand.count))

    def _every(self, route: Route, inner: Expression) -> Bits:
        walk = self.walk(route)
        bits = self._nested(inner, walk)
        size = self.focus.size
        lacking = any_by_row(walk.row, (bits & FOR) == 0, size)
        return pack(walk.whole & ~lacking, any_by_row(walk.row, (bits & AGAINST) > 0, size))

    def _some(self, demand: Some) -> Bits:
        walk = self.walk(demand.route)
        bits = self._nested(demand.demand, walk)
        size = self.focus.size
        sure = np.bincount(walk.row[(bits & FOR) > 0], minlength=size)
        may = np.bincount(walk.row[((bits & AGAINST) == 0) & ~walk.contested], minlength=size)
        refuted = walk.whole & (may < demand.count)
        for cls in _classes(demand.demand):
            row, node, bounded = self._possible(demand.route, cls)
            nested = self._nested(demand.demand, Walk(row, node, np.zeros(len(row), dtype=bool), bounded))
            could = np.bincount(row[(nested & AGAINST) == 0], minlength=size)
            refuted |= bounded & (could < demand.count)
        return pack(sure >= demand.count, refuted)

    def _nested(self, inner: Expression, walk: Walk) -> Bits:
        """Judge the values of a walk, each node once."""
        nodes, place = np.unique(walk.node, return_inverse=True)
        focus = on_nodes(nodes, self.graph.owner[nodes])
        return self.engine.judge(inner, focus, frozenset())[place]

    def _possible(self, route: Route, cls: str) -> tuple[Nodes, Nodes, Mask]:
        """List the nodes of a class that the route may reach, for rows whose product names them all."""
        kinds = self.graph.kinds_complete[self.focus.product, self.graph.ontology.class_index[cls]]
        rows = np.flatnonzero(kinds)
        row, node = self.paths.candidates(self.focus.product[rows], cls)
        row = rows[row]
        excluded = self._excluded(route, row, node)
        return row[~excluded], node[~excluded], kinds & self._known_start(route)

    def _known_start(self, route: Route) -> Mask:
        """Tell for which rows the parts a route starts from are named (or known to be absent)."""
        derived = self.engine.derived.get(route.start)
        if derived is None:
            return self._start(route.start).whole
        return all_of([self._known_start(r) for r in derived.routes])

    def _excluded(self, route: Route, row: Nodes, node: Nodes) -> Mask:
        """Tell for (row, node) whether the route from the row's start is known not to lead to the node."""
        derived = self.engine.derived.get(route.start)
        if derived is not None and not route.steps:
            return any_of([self._excluded(r, row, node) for r in derived.routes])
        *before, last = route.steps
        walk = self.paths.walk(self._start(route.start), tuple(before))
        order = np.argsort(walk.row, kind="stable")
        walk_row, walk_node = walk.row[order], walk.node[order]
        first, end = np.searchsorted(walk_row, row), np.searchsorted(walk_row, row, side="right")
        counts = end - first
        which = np.repeat(np.arange(len(row)), counts)
        offset = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
        from_ = walk_node[np.repeat(first, counts) + offset]
        misses = self.paths.excludes(last, from_, node[which])
        return walk.whole[row] & ~any_by_row(which, ~misses, len(row))

    # Constraints on numbers

    def _numeric(self, route: Route) -> bool:
        derived = self.engine.derived.get(route.start)
        return bool(route.quantity) or (derived is not None and derived.numeric)

    def values(self, route: Route) -> Values:
        """Measure the numbers a route ends in."""
        derived = self.engine.derived.get(route.start)
        if derived is not None and derived.numeric:
            return self._derived_values(derived)
        walk = self.walk(route)
        bounds = self.graph.quantity(route.quantity).take(walk.node)
        whole = walk.whole.copy()
        if not self.graph.closed:
            whole[walk.row[~bounds.known]] = False
        return Values(walk.row, bounds, whole)

    def _derived_values(self, derived: Derived) -> Values:
        if derived.kind == "sum":
            return self._sum(derived)
        values = self.values(derived.routes[0])
        move = np.multiply if derived.kind == "scaled" else np.add
        if derived.of_class:
            values = replace(values, whole=values.whole | self._all_measured(derived, values))
        b = values.bounds
        low, high = (snap(move(end, derived.number)) for end in (b.low, b.high))
        return Values(values.row, Interval(low, high, b.low_open, b.high_open, b.known), values.whole)

    def _all_measured(self, derived: Derived, values: Values) -> Mask:
        """Tell for which rows the route reaches every item of its class that it could, each with bounds."""
        unmeasured = any_by_row(values.row, ~values.bounds.known, self.focus.size)
        return self._all_reached(derived) & ~unmeasured

    def _all_reached(self, derived: Derived) -> Mask:
        route = Route(derived.routes[0].start, derived.routes[0].steps)
        walk = self.walk(route)
        row, node, bounded = self._possible(route, derived.of_class)
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
        row, node, bounded = self._possible(Route(route.start, route.steps), derived.of_class)
        most = np.where(bounded, _total(row, _high(column, node), size), np.inf)
        no = np.zeros(size, dtype=bool)
        known = np.ones(size, dtype=bool)
        return Values(np.arange(size), Interval(low, np.minimum(high, most), no, no, known), known)

    def _divided(self, derived: Derived, nodes: Nodes) -> Mask:
        """Tell which nodes stand for things with more ends, together, than a single one has.

        Of them it is not known how many lie between the same two parts.
        """
        start = self.engine.derived.get(derived.routes[0].start)
        divided = np.zeros(len(nodes), dtype=bool)
        for relation in {last.relation for r in (start.routes if start else ()) for last in _steps(r)}:
            forward = self.graph.ontology.inverse(relation)
            most = self.graph.ontology.ends.get(forward)
            if most is not None:
                divided |= self.paths.ends(forward, nodes) > most
        return divided

    def _within(self, route: Route, comparison: str, number: float) -> Bits:
        values, size = self.values(route), self.focus.size
        holds, fails = compare(values.bounds, comparison, number)
        known = values.bounds.known
        lacking = any_by_row(values.row, known & ~holds, size)
        return pack(values.whole & ~lacking, any_by_row(values.row, known & fails, size))

    def _below(self, demand: Below) -> Bits:
        """Compare every value with every value of the other: the least of them decides."""
        left, right = self.values(demand.route), self.values(Route(demand.other, ()))
        size = self.focus.size
        low, low_open = _least(right, "low", size)
        high, high_open = _least(right, "high", size)
        a, row, known = left.bounds, left.row, left.bounds.known
        if demand.or_equal:
            holds = a.high <= low[row]
            fails = (a.low > high[row]) | ((a.low == high[row]) & (a.low_open | high_open[row]))
        else:
            holds = (a.high < low[row]) | ((a.high == low[row]) & (a.high_open | low_open[row]))
            fails = a.low >= high[row]
        lacking = any_by_row(row, known & ~holds, size)
        return pack(left.whole & right.whole & ~lacking, any_by_row(row, known & fails, size))


def leaf(judge: Judge, focus: Focus, introduced: frozenset[str]) -> Leaf:
    """Open the single constraints of a focus to judging and explaining."""
    return Leaf(judge, focus, introduced)


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


def _classes(demand: Expression) -> list[str]:
    """List the classes that a nested demand asks of the value itself."""
    match demand:
        case IsA(cls=cls):
            return [cls]
        case And(parts=parts):
            return [cls for part in parts for cls in _classes(part)]
        case _:
            return []


def _low(column: Interval, nodes: Nodes) -> Numbers:
    return np.where(column.known[nodes], column.low[nodes], 0.0)


def _high(column: Interval, nodes: Nodes) -> Numbers:
    return np.where(column.known[nodes], column.high[nodes], np.inf)


def _total(row: Nodes, numbers: Numbers, size: int) -> Numbers:
    total = np.zeros(size)
    np.add.at(total, row, numbers)
    return total


def _least(values: Values, end: str, size: int) -> tuple[Numbers, Mask]:
    """Give the least low (or high) end a row, and whether it is open in each value that has it."""
    ends, opens = getattr(values.bounds, end), getattr(values.bounds, end + "_open")
    known = values.bounds.known
    least, closed = np.full(size, np.inf), np.zeros(size, dtype=bool)
    np.minimum.at(least, values.row[known], ends[known])
    shut = known & ~opens & (ends == least[values.row])
    closed[values.row[shut]] = True
    return least, ~closed & np.isfinite(least)
