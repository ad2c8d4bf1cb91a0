"""Judge shapes on nodes: support for and against, constraint by constraint (docs/architecture.md).

A constraint on values speaks of all of them. It has support for where the values known are all there can
be and each has, or is itself denied to be a value; support against where one known value has.
"""

from __future__ import annotations

from functools import reduce

import numpy as np

from readson.expressions import Step
from readson.relations import Mask, Nodes, contains, distinct, expand, keys, missing
from readson.validation.comparing import Comparisons
from readson.validation.constraints import (
    And,
    Closed,
    Constraint,
    Count,
    Disjoint,
    Equals,
    Fits,
    HasValue,
    LessThan,
    Not,
    OnValue,
    Or,
    Property,
    Qualified,
    Shapes,
    UniqueLang,
    Xone,
)
from readson.validation.knowledge import Knowledge
from readson.validation.paths import Paths, Values, any_row
from readson.validation.single import Single
from readson.verdicts import AGAINST, FOR, Bits, conjoin, disjoin, negate, pack

ON_SET = HasValue | Count | Qualified | UniqueLang | Equals | Disjoint | LessThan | Closed
Pairs = tuple[Nodes, Nodes]


class Judge:
    """Judge the shapes of one shapes graph on one graph; a shape is judged once on a node."""

    def __init__(self, knowledge: Knowledge, shapes: Shapes) -> None:
        self.k, self.shapes = knowledge, shapes.shapes
        self.paths = Paths(knowledge)
        self.comparisons = Comparisons(knowledge.terms)
        self.single = Single(self.paths, self.comparisons)
        self._judged: dict[str, tuple[Nodes, Bits]] = {}

    # Shapes

    def judge(self, shape: str, nodes: Nodes) -> Bits:
        """Judge every node."""
        if shape not in self._judged:
            fresh = nodes if _ascending(nodes) else distinct(nodes)
            self._judged[shape] = fresh, self._judge(shape, fresh)
        known, bits = self._judged[shape]
        if np.array_equal(known, nodes):
            return bits
        fresh = missing(distinct(nodes), known)
        if len(fresh):
            found = self._judge(shape, fresh)
            order = np.argsort(np.concatenate((known, fresh)), kind="stable")
            known, bits = np.concatenate((known, fresh))[order], np.concatenate((bits, found))[order]
            self._judged[shape] = known, bits
        return bits[np.searchsorted(known, nodes)]

    def _judge(self, shape: str, nodes: Nodes) -> Bits:
        demanded, bits = self.shapes[shape], _constant(FOR, nodes)
        if demanded.constraints:
            values = self.paths.values(nodes, demanded.path)
            for constraint in demanded.constraints:
                bits = conjoin(bits, self.holds(constraint, nodes, values))
        return bits

    def holds(self, constraint: Constraint, nodes: Nodes, values: Values) -> Bits:
        """Judge one constraint, a row a node, on the values that its shape's path leads to."""
        if isinstance(constraint, ON_SET):
            return self._on_set(constraint, nodes, values)
        return _every(values, self.on_values(constraint, values.node))

    # Constraints on each value

    def on_values(self, constraint: OnValue, values: Nodes) -> Bits:
        """Judge a constraint on single values, a row a value."""
        match constraint:
            case Fits(shape=shape) | Property(shape=shape):
                return self.judge(shape, values)
            case Not(shape=shape):
                return negate(self.judge(shape, values))
            case And(shapes=shapes):
                return reduce(conjoin, self._all(shapes, values), _constant(FOR, values))
            case Or(shapes=shapes):
                return reduce(disjoin, self._all(shapes, values), _constant(AGAINST, values))
            case Xone(shapes=shapes):
                return _one_of(self._all(shapes, values), values)
            case _:
                known, place = np.unique(values, return_inverse=True)
                return self.single.judge(constraint, known)[place]

    def _all(self, shapes: tuple[str, ...], values: Nodes) -> list[Bits]:
        return [self.judge(shape, values) for shape in shapes]

    # Constraints on the set of values

    def _on_set(self, constraint: ON_SET, nodes: Nodes, values: Values) -> Bits:
        match constraint:
            case HasValue(term=term):
                return self._has(self.k.terms.code(term), values)
            case Count(count=count, least=least):
                known, most = self._number(values, _constant(FOR, values.node))
                return _counted(values, known, most, count, least)
            case Qualified(count=count, least=least):
                return _counted(
                    values, *self._number(values, self.qualified(constraint, values.node)), count, least
                )
            case UniqueLang():
                return self._unique(values)
            case Closed():
                return self._closed(constraint, values)
            case Equals(predicate=predicate):
                return self._equals(predicate, nodes, values)
            case Disjoint(predicate=predicate):
                return self._disjoint(predicate, nodes, values)
            case LessThan():
                return self._less(constraint, nodes, values)

    def _has(self, code: int, values: Values) -> Bits:
        target = np.full(len(values.row), code)
        held = any_row(values.row[values.node == code], values.rows)
        may = ~values.contested & ~self.paths.differ(values.node, target)
        return pack(held, values.whole & ~any_row(values.row[may], values.rows))

    def qualified(self, constraint: Qualified, values: Nodes) -> Bits:
        """Judge which values count: those that fit the shape and no sibling of it."""
        others = (negate(self.judge(shape, values)) for shape in constraint.siblings)
        return reduce(conjoin, others, self.judge(constraint.shape, values))

    def _number(self, values: Values, bits: Bits) -> tuple[Nodes, Nodes]:
        """Count the values that fit: at least so many do, and of those known at most so many.

        Numbers of which only bounds are known may be equal to each other and to others: all of them
        together count as one at least, and only where no other double is there.
        """
        sure, may = (bits & FOR) > 0, ((bits & AGAINST) == 0) & ~values.contested
        open_ = contains(self.k.terms.unsure, values.node)
        least = np.bincount(values.row[sure & ~open_], minlength=values.rows)
        if open_.any():
            least = np.maximum(least, any_row(values.row[sure & open_], values.rows))
        return least, np.bincount(values.row[may], minlength=values.rows)

    def _unique(self, values: Values) -> Bits:
        """Judge that no language has two values; values without a language do no harm."""
        row, tag, contested = self.languages(values)
        order = np.lexsort((contested, tag, row))
        again = (row[order][1:] == row[order][:-1]) & (tag[order][1:] == tag[order][:-1])
        sure_again = again & ~contested[order][1:]
        refuted = any_row(row[order][1:][again], values.rows)
        return pack(values.whole & ~any_row(row[order][1:][sure_again], values.rows), refuted)

    def languages(self, values: Values) -> tuple[Nodes, Nodes, Mask]:
        """Give the values with a language: (row, a number a language, whether it is contested)."""
        tags: dict[str, int] = {}
        found = [getattr(self.k.terms[code], "language", None) or "" for code in values.node.tolist()]
        tag = np.array([tags.setdefault(t.lower(), len(tags)) if t else -1 for t in found], dtype=np.int64)
        spoken = tag >= 0
        return values.row[spoken], tag[spoken], values.contested[spoken]

    # Closed shapes

    def _closed(self, constraint: Closed, values: Values) -> Bits:
        position, _, _ = self.surplus(constraint, values.node)
        refuted = any_row(position, len(values.node))
        if self.k.closed:
            return _every(values, pack(~refuted, refuted))
        sure = any_row(self.surplus(constraint, values.node, sure=True)[0], len(values.node))
        described = contains(self.k.described, values.node) | ~self._is_subject(values.node)
        return _every(values, pack(described & ~sure, refuted))

    def _is_subject(self, nodes: Nodes) -> Mask:
        return self.k.terms.kind[nodes] < 4

    def surplus(self, constraint: Closed, nodes: Nodes, sure: bool = False) -> tuple[Nodes, Nodes, Nodes]:
        """List what stands beside the allowed predicates: (position, predicate, value)."""
        found = [(np.empty(0, dtype=np.int64),) * 3]
        for predicate in sorted(set(self.k.triples) - constraint.allowed):
            pairs = self.paths.sure(predicate) if sure else self.paths.held(predicate)
            position, value = expand(nodes, pairs)
            if len(position):
                code = self.k.terms.find([predicate])[0]
                found.append((position, np.full(len(position), code), value))
        position, predicate_, value = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return position, predicate_, value

    # Pairs of properties

    def _equals(self, predicate: str, nodes: Nodes, values: Values) -> Bits:
        other = self.paths.values(nodes, Step(predicate))
        left, right = self.unmatched(values, other), self.unmatched(other, values)
        apart = any_row(left[0], values.rows) | any_row(right[0], values.rows)
        if self.k.closed:
            return pack(~apart, apart)
        sure = _matched(self, values, other) & _matched(self, other, values)
        return pack(values.whole & other.whole & sure, apart)

    def unmatched(self, values: Values, other: Values) -> Pairs:
        """List the values that the other side is known not to have: (row, node)."""
        lacks = self._lacks(values, other)
        return values.row[lacks], values.node[lacks]

    def _lacks(self, values: Values, other: Values) -> Mask:
        """Tell which values the other side is known not to have."""
        there = contains(
            np.sort(keys(other.row, other.node)[~other.contested]), keys(values.row, values.node)
        )
        lacks = other.whole[values.row] & ~there
        if len(self.k.terms.unsure):
            lacks &= ~self._may_be_among(values, other)
        return lacks

    def _may_be_among(self, values: Values, other: Values) -> Mask:
        """Tell which values may be equal to one of the other side, itself under another name."""
        at, found = _cross(values.row, other.row)
        may = ~self.paths.differ(values.node[at], other.node[found]) & ~other.contested[found]
        return any_row(at[may], len(values.row))

    def _disjoint(self, predicate: str, nodes: Nodes, values: Values) -> Bits:
        other = self.paths.values(nodes, Step(predicate))
        shared = self.shared(values, other)
        refuted = any_row(shared[0], values.rows)
        if self.k.closed:
            return pack(~refuted, refuted)
        return pack(self._apart(values, predicate, nodes) | _none(other), refuted)

    def shared(self, values: Values, other: Values) -> Pairs:
        """List the values that both sides have: (row, node)."""
        there = contains(np.sort(keys(other.row, other.node)), keys(values.row, values.node))
        return values.row[there], values.node[there]

    def _apart(self, values: Values, predicate: str, nodes: Nodes) -> Mask:
        """Tell for which rows all values are known, and each is known not to be one of the predicate's."""
        excluded = self.paths.excludes(predicate, nodes[values.row], values.node) | values.contested
        return values.whole & ~any_row(values.row[~excluded], values.rows)

    def _less(self, constraint: LessThan, nodes: Nodes, values: Values) -> Bits:
        other = self.paths.values(nodes, Step(constraint.predicate))
        at, found = _cross(values.row, other.row)
        bits = self.comparisons.less(values.node[at], other.node[found], constraint.or_equals)
        refuted = any_row(values.row[at][(bits & AGAINST) > 0], values.rows)
        fits = ((bits & FOR) > 0) | values.contested[at] | other.contested[found]
        held = values.whole & other.whole & ~any_row(values.row[at][~fits], values.rows)
        return pack(held | _none(values) | _none(other), refuted)

    def not_less(self, constraint: LessThan, nodes: Nodes, values: Values) -> Pairs:
        """List the values that are not less than one of the other side, once for each: (row, node)."""
        other = self.paths.values(nodes, Step(constraint.predicate))
        at, found = _cross(values.row, other.row)
        bits = self.comparisons.less(values.node[at], other.node[found], constraint.or_equals)
        wrong = at[(bits & AGAINST) > 0]
        return values.row[wrong], values.node[wrong]


def _ascending(nodes: Nodes) -> bool:
    return bool((nodes[1:] > nodes[:-1]).all())


def _matched(judge: Judge, values: Values, other: Values) -> Mask:
    """Tell for which rows every value is contested or known to be among the other side's."""
    there = contains(np.sort(keys(other.row, other.node)), keys(values.row, values.node))
    return ~any_row(values.row[~(there | values.contested)], values.rows)


def _none(values: Values) -> Mask:
    """Tell for which rows it is known that there is no value."""
    return values.whole & ~any_row(values.row[~values.contested], values.rows)


def _every(values: Values, bits: Bits) -> Bits:
    """Judge all values of a row together."""
    fits = ((bits & FOR) > 0) | values.contested
    held = values.whole & ~any_row(values.row[~fits], values.rows)
    return pack(held, any_row(values.row[(bits & AGAINST) > 0], values.rows))


def _one_of(columns: list[Bits], values: Nodes) -> Bits:
    """Judge that exactly one of several holds: one is for and all others against."""
    support = np.zeros(len(values), dtype=np.int64)
    refutation = np.zeros(len(values), dtype=np.int64)
    lone = np.zeros(len(values), dtype=bool)
    for bits in columns:
        support += (bits & FOR) > 0
        refutation += (bits & AGAINST) > 0
    failed = np.ones(len(values), dtype=bool)
    for bits in columns:
        own_for, own_against = (bits & FOR) > 0, (bits & AGAINST) > 0
        lone |= own_for & (refutation - own_against == len(columns) - 1)
        failed &= own_against | (support - own_for > 0)
    return pack(lone, failed)


def _counted(values: Values, least_known: Nodes, most: Nodes, count: int, least: bool) -> Bits:
    """Judge a count: known values reach it, or all that there may be do not."""
    if least:
        return pack(least_known >= count, values.whole & (most < count))
    return pack(values.whole & (most <= count), least_known > count)


def _constant(bits: np.uint8, nodes: Nodes) -> Bits:
    return np.full(len(nodes), bits)


def _cross(left: Nodes, right: Nodes) -> Pairs:
    """Pair every place of one column of rows with the places of the same row in another, sorted one."""
    first, last = np.searchsorted(right, left), np.searchsorted(right, left, side="right")
    counts = last - first
    at = np.repeat(np.arange(len(left)), counts)
    return at, np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(len(at))
