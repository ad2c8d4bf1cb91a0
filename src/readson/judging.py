"""Judge expressions on columns of readings: support for and against, a row a reading.

Constraint by constraint as docs/architecture.md says. In a closed world this is classical SHACL.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import numpy as np

from readson.amounts import Amounts, compare, least, without_lesser
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
from readson.graph import Graph
from readson.paths import Paths, Walk, any_by_row, hold_all
from readson.relations import Mask, Nodes
from readson.verdicts import AGAINST, FOR, Bits, conjoin, disjoin, negate, pack


class Judge:
    """Judge expressions on one graph. `derived` are the derived properties that routes may start with."""

    def __init__(self, graph: Graph, derived: Mapping[str, Derived]) -> None:
        self.graph, self.derived = graph, derived
        self.paths = Paths(graph)

    def judge(self, demand: Expression, focus: Focus, introduced: frozenset[str]) -> Bits:
        """Judge every row. A role that no part can fill counts against the elements that introduce it."""
        return self.parts(demand, focus, introduced)[id(demand)]

    def parts(self, demand: Expression, focus: Focus, introduced: frozenset[str]) -> dict[int, Bits]:
        """Judge every row, and give the bits of the demand and of its parts, by the identity of each."""
        return leaf(self, focus, introduced).parts(demand)


class Leaf(Amounts):
    """Judge constraints on the rows of one focus, and what joins them."""

    def __init__(self, judge: Judge, focus: Focus, introduced: frozenset[str]) -> None:
        super().__init__(judge.paths, judge.derived, focus, introduced)
        self.engine = judge

    def parts(self, demand: Expression) -> dict[int, Bits]:
        """Judge every row, and give the bits of the demand and of its parts, by the identity of each."""
        match demand:
            case And(parts=parts) | Or(parts=parts):
                found: dict[int, Bits] = {}
                for part in parts:
                    found |= self.parts(part)
                unit, join = (FOR, conjoin) if isinstance(demand, And) else (AGAINST, disjoin)
                every = np.full(self.focus.size, unit, dtype=np.uint8)
                return found | {id(demand): reduce(join, [found[id(p)] for p in parts], every)}
            case Not(part=part):
                found = self.parts(part)
                return found | {id(demand): negate(found[id(part)])}
            case Inherit():
                raise ValueError("an inherited claim is judged by its own elements")
            case _:
                return {id(demand): self.judge(demand)}

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

    # Constraints on nodes

    def _reach(self, demand: Reach) -> Bits:
        target = self._target(demand.target)
        *before, last = demand.route.steps or (None,)
        walk = self._walk(demand.route.start, tuple(p for p in before if p is not None))
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
        if self.numeric(demand.route):
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
        held = hold_all(walk.row, (bits & FOR) > 0, walk.contested, size)
        return pack(walk.whole & held, any_by_row(walk.row, (bits & AGAINST) > 0, size))

    def _some(self, demand: Some) -> Bits:
        walk = self.walk(demand.route)
        bits = self._nested(demand.demand, walk)
        size = self.focus.size
        sure = np.bincount(walk.row[(bits & FOR) > 0], minlength=size)
        may = np.bincount(walk.row[((bits & AGAINST) == 0) & ~walk.contested], minlength=size)
        refuted = walk.whole & (may < demand.count)
        for cls in _classes(demand.demand):
            row, node, bounded = self.possible(demand.route, cls)
            nested = self._nested(demand.demand, Walk(row, node, np.zeros(len(row), dtype=bool), bounded))
            could = np.bincount(row[(nested & AGAINST) == 0], minlength=size)
            refuted |= bounded & (could < demand.count)
        return pack(sure >= demand.count, refuted)

    def _nested(self, inner: Expression, walk: Walk) -> Bits:
        """Judge the values of a walk, each node once."""
        nodes, place = np.unique(walk.node, return_inverse=True)
        focus = on_nodes(nodes, self.graph.owner[nodes])
        return self.engine.judge(inner, focus, frozenset())[place]

    # Constraints on numbers

    def _within(self, route: Route, comparison: str, number: float) -> Bits:
        values, size = self.values(route), self.focus.size
        holds, fails = compare(values.bounds, comparison, number)
        known = values.bounds.known
        held = hold_all(values.row[known], holds[known], values.contested[known], size)
        return pack(values.whole & held, any_by_row(values.row, known & fails, size))

    def _below(self, demand: Below) -> Bits:
        """Compare every value with every value of the other: the least of them decides."""
        left, right = self.values(demand.route), self.values(Route(demand.other, ()))
        size = self.focus.size
        low, low_open = least(without_lesser(right, size), "low", size)
        high, high_open = least(right, "high", size)
        a, row, known = left.bounds, left.row, left.bounds.known
        if demand.or_equal:
            holds = a.high <= low[row]
            fails = (a.low > high[row]) | ((a.low == high[row]) & (a.low_open | high_open[row]))
        else:
            holds = (a.high < low[row]) | ((a.high == low[row]) & (a.high_open | low_open[row]))
            fails = a.low >= high[row]
        held = hold_all(row[known], holds[known], left.contested[known], size)
        return pack(left.whole & right.whole & held, any_by_row(row, known & fails, size))


def leaf(judge: Judge, focus: Focus, introduced: frozenset[str]) -> Leaf:
    """Open the single constraints of a focus to judging and explaining."""
    return Leaf(judge, focus, introduced)


def _classes(demand: Expression) -> list[str]:
    """List the classes that a nested demand asks of the value itself."""
    match demand:
        case IsA(cls=cls):
            return [cls]
        case And(parts=parts):
            return [cls for part in parts for cls in _classes(part)]
        case _:
            return []
