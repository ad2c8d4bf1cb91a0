"""Gaps: the statements that a description lacks, and by which an element would be met or not met."""

from __future__ import annotations

import math
from collections.abc import Iterator

from readson.expressions import Derived, Expression, IsA, Reach, Route, Within, conjuncts
from readson.statements import (
    PRODUCT,
    Bounds,
    Complete,
    Content,
    Denial,
    Evidence,
    Grade,
    Statement,
    Value,
)
from readson.telling import Telling, last_step
from readson.together import Place
from readson.verdicts import FOR
from readson.vocabulary import TYPE

PROPOSED = Evidence(grade=Grade.PROPOSED)
Lacking = tuple[Statement, ...]


class Gaps(Telling):
    """Propose statements about one product; what they refer to is introduced where nobody named it."""

    def _relating(self, prop: str, x: int, y: int, holds: bool = True) -> Lacking:
        """Say, or deny, that x has y for a property."""
        if prop.startswith("^"):
            return self._relating(prop[1:], y, x, holds)
        target: str | bool = bool(y) if y in (0, 1) else self._raw(y)
        content = Value(target) if holds else Denial(target)
        return (*self._naming(x), *self._naming(y), _propose(self._raw(x), prop, content))

    def _being(self, node: int, cls: str, holds: bool = True) -> Lacking:
        """Say, or deny, of what kind an item is."""
        content = Value(cls) if holds else Denial(cls)
        return (*self._naming(node), _propose(self._raw(node), TYPE, content))

    def _measuring(self, node: int, quantity: str, bounds: Bounds) -> Lacking:
        return (*self._naming(node), _propose(self._raw(node), quantity, bounds))

    def _proposed_bounds(self, name: str, quantity: str, bounds: Bounds) -> Lacking:
        return (_propose(name, quantity, bounds),)

    def _listing_all(self, route: Route, place: Place) -> Lacking:
        """Say that what a route leads to is all there is."""
        prop, before = last_step(route)
        starts = place.nodes(Route(route.start, before))
        return tuple(
            statement
            for start in starts
            for statement in (
                *self._naming(start),
                _propose(
                    self._raw(start),
                    prop,
                    Complete("", tuple(map(self._raw, self.proofs.values(prop, start)))),
                ),
            )
        )

    def _naming_all(self, cls: str) -> Lacking:
        """Say that the items of a kind are all named, where that is not known."""
        if not cls or self.proofs.kind_complete(cls) is not None:
            return ()
        items = self.graph.nodes_of(self.product)
        members = tuple(self._raw(n) for n in items if self.proofs.is_a(n, cls) & FOR)
        return (_propose(PRODUCT, min(self.graph.ontology.lists_parts), Complete(cls, members)),)

    def _being_one(self, node: int) -> Lacking:
        """Say that an item stands for one thing."""
        counts = sorted(self.graph.ontology.silence_means)
        return (*self._naming(node), *(_propose(self._raw(node), c, Bounds(1, 1)) for c in counts))

    def _naming(self, node: int) -> Lacking:
        """Introduce an item that only the ontology requires, as a description would name it."""
        if node < self.graph.described:
            return ()
        onto, name = self.graph.ontology, self._raw(node)
        for rule in onto.restrictions:
            for holder in self.proofs.values("^" + rule.property, node) if rule.some else ():
                if self.proofs.is_a(holder, rule.of) & FOR:
                    held = _propose(self._raw(holder), rule.property, Value(name))
                    return (*self._naming(holder), held, _propose(name, TYPE, Value(rule.some)))
        for gathering in onto.collections:
            if node in self.graph.collected.get(gathering.through, ()):
                members = map(self._raw, self.proofs.values(gathering.through, node))
                kind = _propose(name, TYPE, Value(gathering.of))
                return (kind, *(_propose(name, gathering.through, Value(member)) for member in members))
        return ()

    # Items that nobody named

    def _another(self, route: Route, place: Place, cls: str = "") -> tuple[str, Lacking]:
        """Name a new item at the end of a route, with the statements that put it there."""
        derived = self.judge.derived.get(route.start)
        if derived is not None and not route.steps:
            return self._another_derived(derived, place)
        prop, before = last_step(route)
        starts = place.nodes(Route(route.start, before))
        if derived is not None and not starts:
            start, made = self._another_derived(derived, place)
            starts_named, given = [start], made
        else:
            starts_named, given = (
                [self._raw(s) for s in starts[:1]],
                self._naming(starts[0]) if starts else (),
            )
        name = self._new_name(cls or next(iter(self.graph.ontology.ranges.get(prop, ())), ""))
        kinds = (_propose(name, TYPE, Value(cls)),) if cls else ()
        return name, (*given, *kinds, *(_related(prop, start, name) for start in starts_named))

    def _another_derived(self, derived: Derived, place: Place) -> tuple[str, Lacking]:
        if derived.numeric:
            route = derived.routes[0]
            return self._another(Route(route.start, route.steps), place, derived.of_class)
        name = self._new_name(derived.of_class)
        made = [_propose(name, TYPE, Value(derived.of_class))] if derived.of_class else []
        for route in derived.routes:
            prop, before = last_step(route)
            for start in place.nodes(Route(route.start, before))[:1]:
                made += [*self._naming(start), _related(prop, self._raw(start), name)]
        return name, tuple(made)

    def _linking(self, prop: str, name: str, goal: int) -> Lacking:
        """Say that a new item has a known one for a property."""
        target: str | bool = bool(goal) if goal in (0, 1) else self._raw(goal)
        return () if goal < 0 else (*self._naming(goal), _related(prop, name, target))

    def _new_name(self, cls: str) -> str:
        label = self.wording.lexicon.label(cls) if cls else "item"
        return label if label not in self.graph.names else f"another {label}"

    def _fitting(self, inner: Expression, name: str, place: Place) -> Lacking:
        """Say of a new item all that is asked of it, as far as a single statement says it."""
        return tuple(s for part in conjuncts(inner) for s in self._fit(part, name, place))

    def _fit(self, part: Expression, name: str, place: Place) -> Iterator[Statement]:
        match part:
            case IsA(cls=cls):
                yield _propose(name, TYPE, Value(cls))
            case Within(route=Route(start="", steps=(), quantity=quantity), comparison=sign, number=number):
                yield _propose(name, quantity, bounds_that(sign, number))
            case Reach(route=Route(start="", steps=(_,)) as route, target=target):
                prop, _ = last_step(route)
                yield _related(
                    prop, name, target if isinstance(target, bool) else self._raw(place.node(target))
                )


def _propose(subject: str, prop: str, content: Content) -> Statement:
    return Statement("", subject, prop, content, PROPOSED)


def _related(prop: str, x: str, y: str | bool) -> Statement:
    if prop.startswith("^"):
        return _propose(str(y), prop[1:], Value(x))
    return _propose(x, prop, Value(y))


def bounds_that(sign: str, number: float) -> Bounds:
    """Bound a quantity so that it compares with a number as the sign says."""
    if sign in ("<", "<="):
        return Bounds(-math.inf, number, high_open=sign == "<")
    return Bounds(number, math.inf, low_open=sign == ">")


def new_items(statements: Lacking, known: frozenset[str]) -> tuple[str, ...]:
    """List the items that proposed statements speak of and the description does not, in order."""
    named: dict[str, None] = {}
    for statement in statements:
        named[statement.subject] = None
        target = getattr(statement.content, "object", None)
        if isinstance(target, str) and statement.property != TYPE:
            named[target] = None
    return tuple(name for name in named if name not in known and name != PRODUCT)
