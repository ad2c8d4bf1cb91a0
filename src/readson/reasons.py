"""Reasons: why an element has its verdict on one reading, as a tree of sentences with their grounds.

The tree is the expression itself; every node's verdict is what `judging.py` says of it, so a reason can
never differ from the verdict it explains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from readson.expressions import (
    Alternative,
    And,
    AtLeast,
    Below,
    Every,
    Expression,
    IsA,
    Not,
    Or,
    Reach,
    Repeat,
    Route,
    Some,
    Within,
    conjuncts,
    starts,
)
from readson.kinds import Kinds
from readson.results import Citation, Missing, Reason
from readson.stated import Proof
from readson.telling import MOST, last_step, relation_of
from readson.together import Place
from readson.verdicts import Verdict
from readson.ways import asked
from readson.wording import article, sentence, the


class Reasons(Kinds):
    """Explain verdicts on one product."""

    def plain(self, verdict: Verdict, text: str) -> Reason:
        """Give a reason that is a sentence alone."""
        return Reason(verdict, text)

    def explain(self, demand: Expression, place: Place) -> Reason:
        """Explain what is demanded of one row, or of one node inside a nested shape."""
        match demand:
            case And(parts=parts) if parts:
                return self._group(
                    demand, [self.explain(p, place) for p in self._essential(parts, place)], place
                )
            case Or(parts=parts) if parts:
                return self._either(demand, [self.explain(p, place) for p in parts], place)
            case Not(part=part):
                return _opposite(self.explain(part, place), place.verdict(demand))
            case Reach():
                return self._reach(demand, place)
            case AtLeast(route=route):
                return self._exists(demand, route, place)
            case Every(route=route, demand=inner):
                return self._nested(demand, route, inner, place)
            case Some():
                return self._some(demand, place)
            case Within() | Below():
                return self._compare(demand, place)
            case IsA(cls=cls):
                return self._kind(place.item, cls, place.verdict(demand))
            case _:
                raise ValueError(f"nothing to explain: {demand}")

    def _essential(self, parts: Iterable[Expression], place: Place) -> list[Expression]:
        """Leave out what says nothing more: that there is a value, beside what the value must be.

        Where there may be no value, what it must be is left out instead.
        """
        flat = [p for part in parts for p in conjuncts(part)]
        said = [p for p in flat if isinstance(p, Every | Some | Within | Below | Reach)]
        mentioned = {start for p in said for start in starts(p)}
        kept: list[Expression] = []
        empty: set[Route] = set()
        for part in flat:
            if not isinstance(part, AtLeast):
                kept.append(part)
            elif self._lacks(part, place):
                kept.append(part)
                empty.add(part.route)
            elif part.route not in {p.route for p in said} and (
                part.route.steps or part.route.start not in mentioned
            ):
                kept.append(part)
        return [p for p in kept if not empty & _asked_of(p)]

    def _lacks(self, part: AtLeast, place: Place) -> bool:
        """Tell whether a value is missing, so that there is nothing to say of it."""
        verdict = place.verdict(part)
        if self._is_numeric(part.route):
            return verdict is Verdict.NOT_MET
        return verdict is not Verdict.MET

    # Groups

    def _group(self, demand: Expression, parts: list[Reason], place: Place) -> Reason:
        """Join the reasons of an AND: what decides it comes first."""
        verdict = place.verdict(demand)
        if len(parts) == 1:
            return replace(parts[0], verdict=verdict)
        if verdict is Verdict.NOT_MET and not any(p.verdict is Verdict.NOT_MET for p in parts):
            return _outweighed([p for p in parts if p.verdict is not Verdict.MET], parts)
        deciding = [p for p in parts if _decides(p.verdict, verdict)] or parts
        return joined(verdict, " ".join(dict.fromkeys(p.sentence for p in deciding)), parts, deciding)

    def _either(self, demand: Expression, parts: list[Reason], place: Place) -> Reason:
        verdict = place.verdict(demand)
        if verdict in (Verdict.MET, Verdict.CONFLICTING):
            deciding = [p for p in parts if p.verdict == verdict] or parts
            return joined(verdict, deciding[0].sentence, parts, deciding[:1])
        text = " ".join(dict.fromkeys(p.sentence for p in parts))
        return joined(verdict, text, parts, parts)

    # Relations

    def _reach(self, demand: Reach, place: Place) -> Reason:
        verdict = place.verdict(demand)
        absent = self._unbound(demand, place, verdict)
        if absent is not None:
            return absent
        prop, before = last_step(demand.route)
        if not prop:
            return self._same(demand, place, verdict)
        if not place.nodes(Route(demand.route.start, before)):
            return self._no_start(demand.route, prop, self._goal(demand, place), place, verdict)
        last, start = demand.route.steps[len(before)], Route(demand.route.start, before)
        names = dict.fromkeys(asked(last)) if isinstance(last, Alternative) else [prop]
        return self._any_edge([self._edge(demand, name, start, place, verdict) for name in names], verdict)

    def _any_edge(self, edges: list[Reason], verdict: Verdict) -> Reason:
        """Explain a last step that may be any of several relations: one suffices, and all must fail."""
        if verdict is Verdict.MET or len(edges) == 1:
            return next((edge for edge in edges if edge.supporting), edges[0])
        text = " ".join(dict.fromkeys(edge.sentence for edge in edges))
        return joined(verdict, text, (), edges)

    def _edge(self, demand: Reach, prop: str, before: Route, place: Place, verdict: Verdict) -> Reason:
        """Explain the last step of a route, with what leads to it or what shows that nothing else does."""
        beginnings, goal = place.nodes(before), self._goal(demand, place)
        target: str | bool = bool(goal) if goal in (0, 1) else self._name(goal)
        found = [(b, p) for b in beginnings if (p := self._proved(demand.route, prop, b, goal)) is not None]
        disputed = verdict in (Verdict.NOT_MET, Verdict.CONFLICTING)
        refuted = [(b, p) for b in beginnings if disputed and (p := self.proofs.exclusion(prop, b, goal))]
        subject = self._raw(found[0][0]) if found else self._listed(beginnings)
        fact, denial = (say(prop, subject, target) for say in (self.wording.fact, self.wording.denial))
        gap = Missing(sentence(f"whether {fact}"), subject, prop)
        if verdict is Verdict.UNKNOWN:
            start = found[0][0] if found else beginnings[0]
            meets, fails = (self._relating(prop, start, goal, holds) for holds in (True, False))
            gap = replace(gap, meets=meets, fails=fails)
        support = (*self._led(before, place, found[0][0]), *found[0][1]) if found else ()
        refuting = [g for b, p in refuted for g in (*self._led(before, place, b), *p)]
        refuting += self._closing(before, place) if disputed else ()
        text = self._phrase(verdict, fact, denial)
        return self._reason(verdict, text, self._cite(support), self._cite(refuting), [gap])

    def _goal(self, demand: Reach, place: Place) -> int:
        return int(demand.target) if isinstance(demand.target, bool) else place.node(demand.target)

    def _proved(self, route: Route, prop: str, start: int, goal: int) -> Proof | None:
        """Prove that a relation leads to the goal, itself or by the optional step that ends the route."""
        direct = self.proofs.fact(prop, start, goal)
        last = route.steps[-1] if route.steps else None
        if direct is not None or not isinstance(last, Repeat):
            return direct
        optional = relation_of(last)
        for value in self.proofs.values(prop, start):
            onward = self.proofs.fact(optional, value, goal)
            if onward is not None:
                return (*(self.proofs.fact(prop, start, value) or ()), *onward)
        return None

    def _same(self, demand: Reach, place: Place, verdict: Verdict) -> Reason:
        left = self.patent.roles[demand.route.start].label
        bound, goal = place.node(demand.route.start), self._goal(demand, place)
        right = self.patent.roles[str(demand.target)].label
        meets = self._being_one(goal) if bound == goal else ()
        gap = Missing(sentence(f"whether the {left} and the {right} are one part"), "", "", meets)
        if verdict is Verdict.UNKNOWN:
            text = f"the description does not tell the {left} and the {right} apart"
        elif bound == goal:
            text = f"the {left} and the {right} are one part, {self._name(goal)}"
        else:
            text = (
                f"the {left}, {self._name(bound)}, is a different part from the {right}, {self._name(goal)}"
            )
        support = self._cite(self.proofs.single(goal)) if bound == goal and verdict is Verdict.MET else []
        return self._reason(verdict, text, support, [], [gap])

    def _no_start(self, route: Route, prop: str, goal: int, place: Place, verdict: Verdict) -> Reason:
        """Explain a route whose beginning leads nowhere that the description names."""
        derived = self.judge.derived.get(route.start)
        subject = the(derived.label) if derived else self._start_name(route, place)
        target: str | bool = bool(goal) if goal in (0, 1) else self._name(goal)
        fact, denial = (say(prop, subject, target) for say in (self.wording.fact, self.wording.denial))
        _, before = last_step(route)
        name, made = self._another(Route(route.start, before), place)
        meets = (*made, *self._linking(prop, name, goal))
        gap = Missing(sentence(f"whether {fact}"), subject, prop, meets)
        proof = self._nowhere(route, place) if verdict is Verdict.NOT_MET else ()
        return self._reason(verdict, self._phrase(verdict, fact, denial), [], self._cite(proof), [gap])

    # Existence and kinds

    def _exists(self, demand: AtLeast, route: Route, place: Place) -> Reason:
        verdict = place.verdict(demand)
        absent = self._unbound(demand, place, verdict)
        if absent is not None:
            return absent
        if self._is_numeric(route):
            return self._given(route, place, verdict)
        if not route.steps:
            names = self._listed(place.nodes(route))
            return self._reason(verdict, f"{names} is named", [], [], [])
        prop, before = last_step(route)
        starts = place.nodes(Route(route.start, before))
        found = place.nodes(route)
        subject = self._listed(starts) or self._start_name(route, place)
        support = self._first(self.proofs.fact(prop, s, f) for s in starts for f in found)
        refuted = [] if support else [p for s in starts if (p := self.proofs.complete(prop, s))]
        if verdict is Verdict.CONFLICTING:
            refuted = [p for s in starts for f in found if (p := self.proofs.exclusion(prop, s, f))]
        anything = self._values_kind(prop)
        fact = self.wording.fact(prop, subject, self._listed(found) or anything)
        if len(found) == 1 and self._is_phrase(starts, found[0]):
            fact = f"{self.wording.name(subject)} has {article(self.kind_label(found[0]))}"
        denial = self.wording.denial(prop, subject, anything)
        meets = self._another(route, place)[1] if verdict is Verdict.UNKNOWN else ()
        gap = Missing(sentence(f"whether {fact}"), subject, prop, meets)
        refuting = self._cite(g for p in refuted for g in p)
        return self._reason(
            verdict, self._phrase(verdict, fact, denial), self._cite(support), refuting, [gap]
        )

    def _values_kind(self, prop: str) -> str:
        ranges = self.graph.ontology.ranges.get(prop, ())
        return self.wording.kind(ranges[0]) if ranges else "anything"

    def _is_phrase(self, beginnings: list[int], node: int) -> bool:
        """Tell whether a node is only named by what it belongs to: "active surface of die"."""
        return any(self._raw(node).endswith(f" of {self._raw(b)}") for b in beginnings)

    def _nested(self, demand: Every, route: Route, inner: Expression, place: Place) -> Reason:
        """Explain what is asked of every value: one reason a value that decides."""
        verdict = place.verdict(demand)
        absent = self._unbound(demand, place, verdict)
        if absent is not None:
            return absent
        nodes = place.nodes(route)
        if isinstance(inner, IsA) and route.steps and len(nodes) == 1:
            return self._kind_reached(route, nodes[0], inner.cls, verdict, place)
        parts = [self.explain(inner, at) for at in place.below(route)]
        if not parts and verdict is Verdict.MET:
            prop, before = last_step(route)
            subject = self._listed(place.nodes(Route(route.start, before)))
            nothing = self.wording.denial(prop, subject, self._values_kind(prop))
            return self._reason(verdict, nothing, self._cite(self._closing(route, place)), [], [])
        if verdict in (Verdict.MET, Verdict.CONFLICTING):
            closing = self._cite(self._closing(route, place))
            parts = [replace(p, supporting=(*p.supporting, *closing)) for p in parts]
        if len(parts) == 1 and parts[0].verdict is verdict:
            return parts[0]
        if verdict is Verdict.UNKNOWN and all(p.verdict is Verdict.MET for p in parts):
            kind = self._values_label(route)
            every = sentence(f"whether the description names every {kind}")
            gap = Missing(every, "", last_step(route)[0], self._listing_all(route, place))
            text = sentence(f"the description does not say whether it names every {kind}")
            return joined(verdict, text, parts, [Reason(verdict, text, missing=(gap,))])
        deciding = [p for p in parts if _decides(p.verdict, verdict)] or parts
        text = " ".join(dict.fromkeys(p.sentence for p in deciding[:MOST]))
        return joined(verdict, text, parts, deciding)

    def _values_label(self, route: Route) -> str:
        ranges = self.graph.ontology.ranges.get(last_step(route)[0], ())
        return self.wording.lexicon.label(ranges[0]) if ranges else "one of them"

    def _some(self, demand: Some, place: Place) -> Reason:
        verdict = place.verdict(demand)
        absent = self._unbound(demand, place, verdict)
        if absent is not None:
            return absent
        prop, before = last_step(demand.route)
        starts = place.nodes(Route(demand.route.start, before))
        found = place.nodes(demand.route)
        subject = self._listed(starts) or self._start_name(demand.route, place)
        parts = [self.explain(demand.demand, at) for at in place.below(demand.route)]
        links = [self._link(prop, starts, n) for n in found]
        wanted = [self.wording.kind(c) for c in classes(demand.demand)] or ["what is asked"]
        fact = self.wording.fact(prop, subject, wanted[0])
        closing = [g for s in starts for g in (self.proofs.complete(prop, s) or ())]
        if verdict is Verdict.MET or (verdict is Verdict.CONFLICTING and parts):
            best = [p.verdict for p in parts if p.verdict in (Verdict.MET, Verdict.CONFLICTING)]
            fit = {Verdict.MET, verdict} if verdict in best else set(best)
            kept = [(link, p) for link, p in zip(links, parts, strict=True) if p.verdict in fit]
            pairs = [r for pair in kept for r in pair]
            text = " ".join(dict.fromkeys(r.sentence for r in pairs))
            against = closing if verdict is Verdict.CONFLICTING else []
            deciding = [*pairs, Reason(verdict, text, refuting=tuple(self._cite(against)))]
            return joined(verdict, text, pairs, deciding)
        if verdict is Verdict.UNKNOWN:
            name, made = self._another(demand.route, place)
            meets = (*made, *self._fitting(demand.demand, name, place))
            gap = Missing(sentence(f"whether {fact}"), subject, prop, meets)
            return self._reason(verdict, self._phrase(verdict, fact, ""), [], [], [gap], tuple(links))
        text = " ".join(dict.fromkeys([r.sentence for pair in zip(links, parts, strict=True) for r in pair]))
        text = text or sentence(self.wording.denial(prop, subject, wanted[0]))
        kinds = [g for c in classes(demand.demand) for g in (self.proofs.kind_complete(c) or ())]
        own = self._reason(verdict, text, [], self._cite(closing or kinds), [])
        return joined(verdict, text, [*links, *parts], [own, *links, *parts])


def _asked_of(part: Expression) -> set[Route]:
    """List the routes whose values a requirement speaks of."""
    match part:
        case Below(route=route, other=other):
            return {route, Route(other, ())}
        case Every(route=route) | Some(route=route) | Within(route=route):
            return {route}
        case _:
            return set()


def classes(demand: Expression) -> list[str]:
    """List the classes a nested requirement names."""
    return [p.cls for p in conjuncts(demand) if isinstance(p, IsA)]


def joined(verdict: Verdict, text: str, parts: Iterable[Reason], deciding: Iterable[Reason]) -> Reason:
    """Join reasons into one that carries the citations of those that decide."""
    deciding = list(deciding)
    return Reason(
        verdict,
        text,
        _gather(deciding, lambda r: r.supporting),
        _gather(deciding, lambda r: r.refuting),
        tuple(dict.fromkeys(m for r in deciding for m in r.missing)) if verdict is Verdict.UNKNOWN else (),
        tuple(parts),
    )


def _gather(
    reasons: Iterable[Reason], side: Callable[[Reason], tuple[Citation, ...]]
) -> tuple[Citation, ...]:
    """Gather citations, each once."""
    return tuple(dict.fromkeys(c for r in reasons for c in side(r)))


def _outweighed(deciding: list[Reason], parts: list[Reason]) -> Reason:
    """Explain an AND that has something against it and not full support: disputed here, unknown there."""
    text = " ".join(dict.fromkeys(p.sentence for p in deciding))
    return joined(
        Verdict.NOT_MET,
        f"{text} So something speaks against it, and support is not complete.",
        parts,
        deciding,
    )


def _decides(part: Verdict, whole: Verdict) -> bool:
    """Tell whether a part of an AND is one that makes the whole what it is."""
    if whole is Verdict.CONFLICTING:
        return part in (Verdict.CONFLICTING, Verdict.NOT_MET)
    return part is whole or (whole is Verdict.NOT_MET and part is Verdict.CONFLICTING)


def _opposite(reason: Reason, verdict: Verdict) -> Reason:
    return replace(reason, verdict=verdict, supporting=reason.refuting, refuting=reason.supporting)
