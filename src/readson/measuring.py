"""Explain comparisons of quantities: what is known of each side, and what the claim asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from readson.expressions import Below, Derived, Route, Within
from readson.gaps import Gaps, Lacking, bounds_that
from readson.results import Missing, Reason
from readson.stated import Assumption, Proof
from readson.together import Place
from readson.verdicts import Verdict
from readson.wording import interval_text, number, sentence, spelled, the

WHICH = {"<": "less than", "<=": "at most", ">": "more than", ">=": "at least"}


NOWHERE = Route("", ())


@dataclass(frozen=True, slots=True)
class Measure:
    """One side of a comparison: its name, what is said of it ("" if nothing), and what its ends rest on.

    `silence` is what makes saying nothing count against it; `closing` is what makes the values named all
    there are.
    """

    name: str
    said: str
    low: Proof
    high: Proof
    unit: str
    silence: Proof = ()
    closing: Proof = ()
    route: Route = NOWHERE
    derived: Derived | None = None


class Measuring(Gaps):
    """Explain numbers on one product."""

    def _compare(self, demand: Within | Below, place: Place) -> Reason:
        verdict = place.verdict(demand)
        absent = self._unbound(demand, place, verdict)
        if absent is not None:
            return absent
        left, unknown = self._measure(demand.route, place), verdict is Verdict.UNKNOWN
        if isinstance(demand, Within):
            asked = f"the claim asks for {WHICH[demand.comparison]} {number(demand.number, left.unit)}"
            gaps = [self._gap(left, demand.comparison, demand.number, place)] if unknown else []
            return self._decided(verdict, [left], asked, demand.comparison in ("<", "<="), gaps)
        right = self._measure(Route(demand.other, ()), place)
        gaps = self._gaps(demand, left, right, place) if unknown else []
        return self._decided(verdict, [left, right], "", True, gaps)

    def _is_numeric(self, route: Route) -> bool:
        derived = self.judge.derived.get(route.start)
        return bool(route.quantity) or (derived is not None and derived.numeric)

    def _given(self, route: Route, place: Place, verdict: Verdict) -> Reason:
        """Explain whether a number is given at all."""
        side = self._measure(route, place)
        text = f"{side.name} is {'given' if side.said else 'not given'}"
        known = dict.fromkeys((*side.low, *side.high))
        silence = () if side.said else side.silence
        gap = Missing(sentence(side.name), side.name, route.quantity)
        return self._reason(verdict, text, self._cite(known), self._cite(silence), [gap])

    def _gaps(self, demand: Below, left: Measure, right: Measure, place: Place) -> list[Missing]:
        """Propose values of the sides; where none is known, one for the left that the right then hangs on."""
        ends = [
            (v.bounds, v.bounds.known.any())
            for v in map(place.values, (demand.route, Route(demand.other, ())))
        ]
        (one, left_known), (two, right_known) = ends
        low = float(two.low.min()) if right_known else 1.0
        high = float(one.high.max()) if left_known else 1.0
        proposed = [
            self._gap(
                left, "<" if right_known else "<=", low, place, float(two.high.max()) if right_known else None
            ),
            self._gap(right, ">", high, place, float(one.low.min()) if left_known else None),
        ]
        if left_known or right_known:
            return proposed
        # Any two numbers would do; people want to hear how they compare.
        less, more = (sentence(f"{left.name} {is_} less than {right.name}") for is_ in ("is", "is not"))
        return [replace(gap, if_met=(less,), if_not_met=(more,)) for gap in proposed]

    def _gap(
        self, side: Measure, sign: str, number: float, place: Place, fails: float | None = None
    ) -> Missing:
        """Name a number that is missing, with bounds that would meet the claim and such that would not."""
        other = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}[sign]
        against = number if fails is None else fails
        return Missing(
            sentence(side.name),
            side.name,
            side.route.quantity,
            self._bounding(side, sign, number, place) if np.isfinite(number) else (),
            self._bounding(side, other, against, place) if np.isfinite(against) else (),
        )

    def _bounding(self, side: Measure, sign: str, number: float, place: Place) -> Lacking:
        bounds = bounds_that(sign, _turned_back(side.derived, number))
        nodes = place.nodes(Route(side.route.start, side.route.steps))
        if nodes:
            cls = side.derived.of_class if side.derived and side.derived.kind != "sum" else ""
            every = self._naming_all(cls)
            given = (s for node in nodes for s in self._measuring(node, side.route.quantity, bounds))
            return (*given, *every)
        name, made = self._another(side.route, place, side.derived.of_class if side.derived else "")
        return (*made, *self._proposed_bounds(name, side.route.quantity, bounds))

    def _decided(
        self, verdict: Verdict, sides: list[Measure], asked: str, upward: bool, gaps: list[Missing]
    ) -> Reason:
        """Cite the ends that decide: for "less than" the high of the left and the low of the right."""
        left, right = sides[0], sides[-1] if len(sides) > 1 else None
        holds = (left.high if upward else left.low, right.low if right else ())
        fails = (left.low if upward else left.high, right.high if right else ())
        decided = verdict is not Verdict.UNKNOWN
        closing = [side.closing for side in sides]
        support = [g for p in (*holds, *closing) for g in p] if verdict is not Verdict.NOT_MET else []
        refuting = [g for p in fails for g in p] if decided and verdict is not Verdict.MET else []
        if not decided:
            support = [g for side in sides for p in (side.low, side.high) for g in p]
        silent = [gap for gap, side in zip(gaps, sides, strict=False) if not side.said]
        text = _compared(sides, asked, verdict)
        return self._reason(
            verdict,
            text,
            self._cite(support),
            self._cite(refuting),
            silent or [gap for gap in gaps if gap.meets] or gaps,
        )

    def _measure(self, route: Route, place: Place) -> Measure:
        derived = self.judge.derived.get(route.start)
        if derived is not None and derived.numeric:
            return self._measure_derived(derived, place)
        nodes = place.nodes(Route(route.start, route.steps))
        subject = self._listed(nodes) or self._start_name(route, place)
        known = [n for n in nodes if self.graph.quantity(route.quantity).known[n]]
        said = (self._stated_as(route.quantity, n) for n in known)
        return Measure(
            name=f"the {self.wording.lexicon.label(route.quantity)} of {self.wording.name(subject)}",
            said="; ".join(said),
            low=(*self._bounds(route.quantity, known, "low"), *self._ways_to(known, route, place)),
            high=(*self._bounds(route.quantity, known, "high"), *self._ways_to(known, route, place)),
            unit=self.wording.unit(route.quantity),
            silence=self._silence(route, nodes, place),
            closing=self._closing(route, place),
            route=route,
        )

    def _ways_to(self, nodes: Iterable[int], route: Route, place: Place) -> Proof:
        return tuple(g for n in nodes for g in self._led(route, place, n))

    def _silence(self, route: Route, nodes: list[int], place: Place) -> Proof:
        """Give what makes silence count: the world says that it does, or there is nothing to measure."""
        if nodes:
            silent = self.graph.is_complete(route.quantity, np.array(nodes))
            return tuple(Assumption(route.quantity, n) for n, mark in zip(nodes, silent, strict=True) if mark)
        return self._nowhere(route, place)

    def _measure_derived(self, derived: Derived, place: Place) -> Measure:
        route = derived.routes[0]
        unit = self.wording.unit(route.quantity)
        values = place.values(Route(derived.iri, ()))
        nodes = place.nodes(Route(route.start, route.steps))
        ways, closing = self._ways_to(nodes, route, place), self._closing(route, place, derived.of_class)
        low, high = ((*self._bounds(route.quantity, nodes, end), *ways) for end in ("low", "high"))
        silent = not len(values.row) or not values.bounds.known[0]
        if derived.kind == "sum":
            high, closing = (*high, *closing), ()
            silent = values.bounds.low[0] <= 0 and not np.isfinite(values.bounds.high[0])
        pattern = derived.sentence or f"{the(derived.label)} is {{value}}"
        said = "" if silent else pattern.replace("{value}", interval_text(values.bounds, 0, unit))
        silence = self._silence(route, nodes, place)
        if not nodes and derived.of_class:
            silence = tuple(self._kind_spent(route, place, derived.of_class)) or silence
        return Measure(the(derived.label), said, low, high, unit, silence, closing, route, derived)

    def _stated_as(self, quantity: str, node: int) -> str:
        """Say a quantity as its one source wrote it, as the bounds that several make, or as they differ."""
        column = self.graph.quantity(quantity)
        stated = list(dict.fromkeys(spelled(b.text) for b in self.proofs.stated_bounds(quantity, node)))
        if column.low[node] > column.high[node] and len(stated) > 1:
            one, other = (self.wording.fact(quantity, self._raw(node), text) for text in stated[:2])
            return f"in one source {one}, in another {other}"
        as_written = len(stated) == 1 and stated[0] and " x " not in stated[0]
        shown = stated[0] if as_written else interval_text(column, node, self.wording.unit(quantity))
        return self.wording.fact(quantity, self._raw(node), shown)

    def _bounds(self, quantity: str, nodes: Iterable[int], *ends: str) -> Proof:
        found = [self.proofs.bound(quantity, n, end) or () for n in nodes for end in ends or ("low", "high")]
        return tuple(dict.fromkeys(g for proof in found for g in proof))


def _turned_back(derived: Derived | None, number: float) -> float:
    """Give the number that a derived quantity is made of: twice the half, ten more than ten less."""
    match derived:
        case Derived(kind="scaled", number=factor):
            return number / factor
        case Derived(kind="shifted", number=shift):
            return number - shift
        case _:
            return number


def _compared(sides: list[Measure], asked: str, verdict: Verdict) -> str:
    """Say what is known of the sides, what is not, and whether that leaves the comparison open."""
    said = "; ".join(filter(None, (*(side.said for side in sides), asked)))
    silent = [side.name for side in sides if not side.said]
    if not silent:
        return f"{said}, which leaves it open" if verdict is Verdict.UNKNOWN else said
    known = f"{sentence(said)} " if any(side.said for side in sides) else ""
    return f"{known}{'The' if known else 'the'} description does not give {' or '.join(silent)}"
