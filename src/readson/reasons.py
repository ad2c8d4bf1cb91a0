"""Reasons: why an element has its verdict on one reading, as a tree of sentences with their grounds.

The tree is the expression itself; every node's verdict is what `judging.py` says of it, so a reason can
never differ from the verdict it explains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from readson.charts import Citation, Missing, Reason
from readson.expressions import (
    And,
    AtLeast,
    Below,
    Derived,
    Every,
    Expression,
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
    starts,
)
from readson.focus import ABSENT, UNNAMED, Focus, on_nodes
from readson.judging import PRODUCT_ROLE, Judge, leaf
from readson.proofs import Assumption, Ground, Proof, Proofs
from readson.shapes import Patent
from readson.statements import Grade, Statement
from readson.verdicts import Verdict
from readson.wording import Wording, article, interval_text, listing, number, sentence, the

WHICH = {"<": "less than", "<=": "at most", ">": "more than", ">=": "at least"}
MOST = 8
"""No requirement shows more citations than this; the product page lists all facts."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression is explained: one row of roles, or one node inside a nested shape."""

    focus: Focus
    introduced: frozenset[str]

    def node(self, role: str) -> int:
        """Give the node bound to a role."""
        return int(self.focus.roles[role][0])


class Reasons:
    """Explain verdicts on one product."""

    def __init__(self, judge: Judge, patent: Patent, product: int, world: str) -> None:
        self.judge, self.patent, self.world = judge, patent, world
        self.graph, self.product = judge.graph, product
        self.proofs = Proofs(judge.graph, product)
        self.wording = Wording(judge.graph.ontology.lexicon, judge.graph.products[product])
        self.titles = {s.id: s.title for s in judge.graph.products[product].sources}

    def explain(self, demand: Expression, roles: Mapping[str, int], introduced: frozenset[str]) -> Reason:
        """Explain one element on one binding of roles to nodes."""
        columns = {role: np.array([node]) for role, node in roles.items()}
        place = Place(Focus(np.array([self.product]), columns), introduced)
        return self._explain(demand, place)

    def plain(self, verdict: Verdict, text: str) -> Reason:
        """Give a reason that is a sentence alone."""
        return Reason(verdict, text)

    def kind_label(self, node: int) -> str:
        """Name the most specific class a node is known to be of, or ""."""
        classes = self._lowest_classes(node)
        return self.wording.lexicon.label(classes[0]) if classes else ""

    def binding_sentence(self, role: str, node: int) -> str:
        """Say what a role is bound to."""
        label = self.patent.roles[role].label
        if node == UNNAMED:
            return f"The description names no part that could be the {label}."
        if node == ABSENT:
            return f"There is no {label}."
        return f"The {label} is read on {self._name(node)}."

    def _verdict(self, demand: Expression, place: Place) -> Verdict:
        return Verdict(int(self.judge.judge(demand, place.focus, place.introduced)[0]))

    def _explain(self, demand: Expression, place: Place) -> Reason:
        match demand:
            case And(parts=parts) if parts:
                return self._group(demand, [self._explain(p, place) for p in self._essential(parts, place)], place)
            case Or(parts=parts) if parts:
                return self._either(demand, [self._explain(p, place) for p in parts], place)
            case Not(part=part):
                return _opposite(self._explain(part, place), self._verdict(demand, place))
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
                assert place.focus.node is not None
                return self._kind(int(place.focus.node[0]), cls, self._verdict(demand, place))
            case _:
                raise ValueError(f"nothing to explain: {demand}")

    def _essential(self, parts: Iterable[Expression], place: Place) -> list[Expression]:
        """Leave out what says nothing more: that there is a value, beside what the value must be.

        Where there may be no value, what it must be is left out instead.
        """
        flat = list(_flat(parts))
        said = [p for p in flat if isinstance(p, Every | Some | Within | Below | Reach)]
        mentioned = {start for p in said for start in starts(p)}
        kept: list[Expression] = []
        empty: set[Route] = set()
        for part in flat:
            if not isinstance(part, AtLeast):
                kept.append(part)
            elif part.route.steps and not part.route.quantity and self._verdict(part, place) is not Verdict.MET:
                kept.append(part)
                empty.add(part.route)
            elif part.route not in {p.route for p in said} and (part.route.steps or part.route.start not in mentioned):
                kept.append(part)
        return [p for p in kept if not (isinstance(p, Every | Some) and p.route in empty)]

    # Groups

    def _group(self, demand: Expression, parts: list[Reason], place: Place) -> Reason:
        """Join the reasons of an AND: what decides it comes first."""
        verdict = self._verdict(demand, place)
        deciding = [p for p in parts if _decides(p.verdict, verdict)] or parts
        if len(parts) == 1:
            return replace(parts[0], verdict=verdict)
        return joined(verdict, " ".join(dict.fromkeys(p.sentence for p in deciding)), parts, deciding)

    def _either(self, demand: Expression, parts: list[Reason], place: Place) -> Reason:
        verdict = self._verdict(demand, place)
        if verdict in (Verdict.MET, Verdict.CONFLICTING):
            deciding = [p for p in parts if p.verdict == verdict] or parts
            return joined(verdict, deciding[0].sentence, parts, deciding[:1])
        text = " ".join(dict.fromkeys(p.sentence for p in parts))
        return joined(verdict, text, parts, parts)

    # Relations

    def _reach(self, demand: Reach, place: Place) -> Reason:
        verdict = self._verdict(demand, place)
        absent = self._unbound(demand, place, verdict)
        if absent is not None:
            return absent
        prop, before = last_step(demand.route)
        goal = int(demand.target) if isinstance(demand.target, bool) else place.node(demand.target)
        if not prop:
            return self._same(demand, place, goal, verdict)
        beginnings = self._nodes(Route(demand.route.start, before), place)
        if not beginnings:
            return self._no_start(demand.route, prop, goal, place, verdict)
        return self._edge(demand, prop, beginnings, goal, verdict)

    def _edge(self, demand: Reach, prop: str, beginnings: list[int], goal: int, verdict: Verdict) -> Reason:
        target: str | bool = bool(goal) if goal in (0, 1) else self._name(goal)
        found = [(b, p) for b in beginnings if (p := self._proved(demand.route, prop, b, goal)) is not None]
        disputed = verdict in (Verdict.NOT_MET, Verdict.CONFLICTING)
        refuted = [p for b in beginnings if disputed and (p := self.proofs.exclusion(prop, b, goal))]
        subject = self._raw(found[0][0]) if found else self._listed(beginnings)
        fact, denial = (say(prop, subject, target) for say in (self.wording.fact, self.wording.denial))
        gap = Missing(sentence(f"whether {fact}"), subject, prop)
        support = self._cite(found[0][1]) if found else []
        refuting = self._cite(g for p in refuted for g in p)
        return self._reason(verdict, self._phrase(verdict, fact, denial), support, refuting, [gap])

    def _proved(self, route: Route, prop: str, start: int, goal: int) -> Proof | None:
        """Prove that a relation leads to the goal, itself or by the optional step that ends the route."""
        direct = self.proofs.fact(prop, start, goal)
        last = route.steps[-1] if route.steps else None
        if direct is not None or not isinstance(last, Repeat):
            return direct
        optional = _relation(last)
        for value in self.proofs.values(prop, start):
            onward = self.proofs.fact(optional, value, goal)
            if onward is not None:
                return (*(self.proofs.fact(prop, start, value) or ()), *onward)
        return None

    def _same(self, demand: Reach, place: Place, goal: int, verdict: Verdict) -> Reason:
        left = self.patent.roles[demand.route.start].label
        bound = place.node(demand.route.start)
        right = self.patent.roles[str(demand.target)].label
        if bound == goal:
            text = f"the {left} and the {right} are one part, {self._name(goal)}"
        else:
            text = f"the {left}, {self._name(bound)}, is another part than the {right}, {self._name(goal)}"
        return self._reason(verdict, text, [], [], [])

    def _no_start(self, route: Route, prop: str, goal: int, place: Place, verdict: Verdict) -> Reason:
        """Explain a route whose beginning leads nowhere that the description names."""
        derived = self.judge.derived.get(route.start)
        subject = the(derived.label) if derived else self._start_name(route, place)
        target: str | bool = bool(goal) if goal in (0, 1) else self._name(goal)
        fact, denial = (say(prop, subject, target) for say in (self.wording.fact, self.wording.denial))
        gap = Missing(sentence(f"whether {fact}"), subject, prop)
        proof = self._walked_proof(route, place) if verdict is Verdict.NOT_MET else ()
        return self._reason(verdict, self._phrase(verdict, fact, denial), [], self._cite(proof), [gap])

    def _walked_proof(self, route: Route, place: Place) -> Proof:
        """Prove that a route ends early: the first step that is complete and leads nowhere."""
        nodes = self._nodes(Route(route.start, ()), place)
        for number_of_steps, path in enumerate(route.steps):
            if isinstance(path, Step):
                for node in nodes:
                    if not self.proofs.values(path.relation, node):
                        return self.proofs.complete(path.relation, node) or ()
            nodes = self._nodes(Route(route.start, route.steps[: number_of_steps + 1]), place)
        return ()

    # Existence and kinds

    def _exists(self, demand: AtLeast, route: Route, place: Place) -> Reason:
        verdict = self._verdict(demand, place)
        absent = self._unbound(demand, place, verdict)
        if absent is not None:
            return absent
        if not route.steps and not route.quantity:
            names = self._listed(self._nodes(route, place))
            return self._reason(verdict, f"{names} is named", [], [], [])
        if route.quantity:
            return self._quantity_named(route, place, verdict)
        prop, before = last_step(route)
        starts = self._nodes(Route(route.start, before), place)
        found = self._nodes(route, place)
        subject = self._listed(starts) or self._start_name(route, place)
        support = self._first(self.proofs.fact(prop, s, f) for s in starts for f in found)
        refuted = [] if support else [p for s in starts if (p := self.proofs.complete(prop, s))]
        ranges = self.graph.ontology.ranges.get(prop, ())
        anything = self.wording.kind(ranges[0]) if ranges else "anything"
        fact = self.wording.fact(prop, subject, self._listed(found) or anything)
        if len(found) == 1 and self._is_phrase(starts, found[0]):
            fact = f"{self.wording.name(subject)} has {article(self.kind_label(found[0]))}"
        denial = self.wording.denial(prop, subject, anything)
        gap = Missing(sentence(f"whether {fact}"), subject, prop)
        refuting = self._cite(g for p in refuted for g in p)
        return self._reason(verdict, self._phrase(verdict, fact, denial), self._cite(support), refuting, [gap])

    def _is_phrase(self, beginnings: list[int], node: int) -> bool:
        """Tell whether a node is only named by what it belongs to: "active surface of die"."""
        return any(self._raw(node).endswith(f" of {self._raw(b)}") for b in beginnings)

    def _quantity_named(self, route: Route, place: Place, verdict: Verdict) -> Reason:
        nodes = self._nodes(Route(route.start, route.steps), place)
        subject = self._listed(nodes) or self._start_name(route, place)
        label = self.wording.lexicon.label(route.quantity)
        known = [n for n in nodes if self.graph.quantity(route.quantity).known[n]]
        text = f"the {label} of {subject} is {'given' if known else 'not given'}"
        gap = Missing(sentence(f"the {label} of {subject}"), subject, route.quantity)
        return self._reason(verdict, text, self._cite(self._bounds(route.quantity, known)), [], [gap])

    def _nested(self, demand: Every, route: Route, inner: Expression, place: Place) -> Reason:
        """Explain what is asked of every value: one reason a value that decides."""
        verdict = self._verdict(demand, place)
        absent = self._unbound(demand, place, verdict)
        if absent is not None:
            return absent
        nodes = self._nodes(route, place)
        if isinstance(inner, IsA) and route.steps and len(nodes) == 1:
            return self._kind_reached(route, nodes[0], inner.cls, verdict, place)
        parts = [self._explain(inner, self._at(node, place)) for node in nodes]
        if len(parts) == 1 and parts[0].verdict is verdict:
            return parts[0]
        if verdict is Verdict.UNKNOWN and all(p.verdict is Verdict.MET for p in parts):
            what = self._values_label(route)
            gap = Missing(sentence(f"whether {what} named are all there are"), "", "")
            text = sentence(f"the description does not say whether {what} named are all there are")
            return joined(verdict, text, parts, [Reason(verdict, text, missing=(gap,))])
        deciding = [p for p in parts if _decides(p.verdict, verdict)] or parts
        text = " ".join(dict.fromkeys(p.sentence for p in deciding[:MOST]))
        return joined(verdict, text, parts, deciding)

    def _values_label(self, route: Route) -> str:
        prop, _ = last_step(route)
        ranges = self.graph.ontology.ranges.get(prop, ())
        return f"the items of the kind {self.wording.lexicon.label(ranges[0])}" if ranges else "those"

    def _some(self, demand: Some, place: Place) -> Reason:
        verdict = self._verdict(demand, place)
        absent = self._unbound(demand, place, verdict)
        if absent is not None:
            return absent
        prop, before = last_step(demand.route)
        starts = self._nodes(Route(demand.route.start, before), place)
        found = self._nodes(demand.route, place)
        subject = self._listed(starts) or self._start_name(demand.route, place)
        parts = [self._explain(demand.demand, self._at(n, place)) for n in found]
        links = [self._link(prop, starts, n) for n in found]
        wanted = [article(self.wording.lexicon.label(c)) for c in classes(demand.demand)] or ["what is asked"]
        fact = self.wording.fact(prop, subject, wanted[0])
        if verdict is Verdict.MET or (verdict is Verdict.CONFLICTING and parts):
            kept = [(link, p) for link, p in zip(links, parts, strict=True) if p.verdict in (Verdict.MET, verdict)]
            pairs = [r for pair in kept for r in pair]
            return joined(verdict, " ".join(dict.fromkeys(r.sentence for r in pairs)), pairs, pairs)
        gap = Missing(sentence(f"whether {fact}"), subject, prop)
        if verdict is Verdict.UNKNOWN:
            return self._reason(verdict, self._phrase(verdict, fact, ""), [], [], [gap], tuple(links))
        closing = [g for s in starts for g in (self.proofs.complete(prop, s) or ())]
        text = " ".join(dict.fromkeys([r.sentence for pair in zip(links, parts, strict=True) for r in pair]))
        text = text or sentence(self.wording.denial(prop, subject, wanted[0]))
        kinds = [g for c in classes(demand.demand) for g in (self.proofs.kind_complete(c) or ())]
        own = self._reason(verdict, text, [], self._cite(closing or kinds), [])
        return joined(verdict, text, [*links, *parts], [own, *links, *parts])

    def _link(self, prop: str, starts: list[int], node: int) -> Reason:
        proof = self._first(self.proofs.fact(prop, s, node) for s in starts)
        text = self.wording.fact(prop, self._listed(starts), self._name(node))
        return self._reason(Verdict.MET, text, self._cite(proof), [], [])

    def _kind(self, node: int, cls: str, verdict: Verdict) -> Reason:
        name = self._name(node)
        verb = "are" if name.endswith("s") and self.wording.kind(cls, self._raw(node))[:2] not in ("a ", "an") else "is"
        wanted = self.wording.kind(cls, self._raw(node))
        fact = f"{name} {verb} {wanted}"
        if verdict is Verdict.MET:
            fact = self._collected(node) or self._kind_fact(node, cls, name, verb)
        refuting: Iterable[Ground] = ()
        denial = f"{name} {verb} not {wanted}"
        if verdict in (Verdict.NOT_MET, Verdict.CONFLICTING):
            refuting = self.proofs.not_type(node, cls)
            known = self._known_kind(node)
            denial = f"{name} {verb} {known}, not {wanted}" if known else denial
        support = self.proofs.type(node, cls) if verdict in (Verdict.MET, Verdict.CONFLICTING) else ()
        gap = Missing(sentence(f"whether {fact}"), name, "")
        return self._reason(verdict, self._phrase(verdict, fact, denial), self._cite(support), self._cite(refuting), [gap])

    def _kind_fact(self, node: int, cls: str, name: str, verb: str) -> str:
        """State the class a node is known to be of and the class asked for: "a lid, hence a heat sink"."""
        wanted, known = self.wording.kind(cls, self._raw(node)), self._known_kind(node)
        if self._raw(node) == self.wording.lexicon.label(cls):
            return f"the description names {article(self._raw(node))}"
        return f"{name} {verb} {wanted}" if known in ("", wanted) else f"{name} {verb} {known}, hence {wanted}"

    def _kind_reached(self, route: Route, node: int, cls: str, verdict: Verdict, place: Place) -> Reason:
        """Explain the class of what one step leads to: "the mold is formed by a transfer molding"."""
        prop, before = last_step(route)
        starts = self._nodes(Route(route.start, before), place)
        link = self._link(prop, starts, node)
        kind = self._kind(node, cls, verdict)
        known, wanted = self._known_kind(node), self.wording.kind(cls)
        named = self._raw(node) in self.proofs.nodes
        fact = self.wording.fact(prop, self._listed(starts), self._name(node) if named else known or wanted)
        tail = f", {known}" if named and known and self.kind_label(node) != self._raw(node) else ""
        if verdict is Verdict.NOT_MET:
            tail += f", not by {wanted}" if " by " in fact else f", not {wanted}"
        if verdict in (Verdict.UNKNOWN, Verdict.CONFLICTING):
            return replace(kind, supporting=(*link.supporting, *kind.supporting))
        supporting = (*link.supporting, *kind.supporting) if verdict is Verdict.MET else ()
        refuting = (*link.supporting, *kind.refuting) if verdict is Verdict.NOT_MET else ()
        return self._reason(verdict, fact + tail, dict.fromkeys(supporting), dict.fromkeys(refuting), [])

    def _collected(self, node: int) -> str:
        """Say what an item collects that the description does not name itself."""
        for rule in self.graph.ontology.collections:
            if node in self.graph.collected.get(rule.through, ()):
                members = self._listed(self.proofs.values(rule.through, node))
                return f"{members} make up the {self.wording.lexicon.label(rule.of)} of the product"
        return ""

    def _known_kind(self, node: int) -> str:
        classes = self._lowest_classes(node)
        return self.wording.kind(classes[0], self._raw(node)) if classes else ""

    def _lowest_classes(self, node: int) -> list[str]:
        """List the most specific classes a node is known to be of."""
        onto = self.graph.ontology
        mine = (self.graph.typed >> 32) == node
        found = [int(c) for c in self.graph.typed[mine] & 0xFFFFFFFF]
        return [onto.classes[c] for c in found if not any(d != c and onto.above[d, c] for d in found)]

    # Numbers

    def _compare(self, demand: Within | Below, place: Place) -> Reason:
        verdict = self._verdict(demand, place)
        absent = self._unbound(demand, place, verdict)
        if absent is not None:
            return absent
        left, grounds, unit = self._measured(demand.route, place)
        if isinstance(demand, Within):
            text = f"{left or self._unmeasured(demand.route, place)}; {self._limit(demand, unit)}"
            if not left:
                text = f"the description does not say how large {self._unmeasured(demand.route, place)} is"
            sides = [left]
            if verdict is Verdict.UNKNOWN and left:
                text += ", which leaves it open"
        else:
            right, more, _ = self._measured(Route(demand.other, ()), place)
            grounds = [*grounds, *more]
            ask = self._unmeasured(demand.route, place), self._unmeasured(Route(demand.other, ()), place)
            sides = [left, right]
            silent = [a for a, side in zip(ask, sides, strict=True) if not side]
            text = "; ".join(s for s in sides if s)
            if verdict is Verdict.UNKNOWN and all(sides):
                text += ", which leaves it open"
            if silent:
                text = f"{sentence(text) + ' ' if text else ''}The description does not say how large {' or '.join(silent)} is"
        gaps = [
            Missing(sentence(name), name, "")
            for side, name in zip(sides, self._asked(demand, place), strict=True)
            if not side or verdict is Verdict.UNKNOWN
        ]
        cited = self._cite(grounds)
        against = cited if verdict in (Verdict.NOT_MET, Verdict.CONFLICTING) else ()
        support = () if verdict is Verdict.NOT_MET else cited
        return self._reason(verdict, text, support, against, gaps)

    def _asked(self, demand: Within | Below, place: Place) -> list[str]:
        asked = [self._unmeasured(demand.route, place)]
        if isinstance(demand, Below):
            asked.append(self._unmeasured(Route(demand.other, ()), place))
        return asked

    def _limit(self, demand: Within, unit: str) -> str:
        return f"the claim asks for {WHICH[demand.comparison]} {number(demand.number, unit)}"

    def _unmeasured(self, route: Route, place: Place) -> str:
        """Name a quantity of which nothing is said."""
        derived = self.judge.derived.get(route.start)
        if derived is not None and derived.numeric:
            return the(derived.label)
        nodes = self._nodes(Route(route.start, route.steps), place)
        subject = self._listed(nodes) or self._start_name(route, place)
        return f"the {self.wording.lexicon.label(route.quantity)} of {subject}"

    def _measured(self, route: Route, place: Place) -> tuple[str, list[Ground], str]:
        """State the bounds of a route's quantity, with their grounds and unit; "" when nothing is known."""
        derived = self.judge.derived.get(route.start)
        if derived is not None and derived.numeric:
            return self._measured_derived(derived, place)
        nodes = self._nodes(Route(route.start, route.steps), place)
        column, unit = self.graph.quantity(route.quantity), self.wording.unit(route.quantity)
        known = [n for n in nodes if column.known[n]]
        said = [self.wording.fact(route.quantity, self._raw(n), self._shown(route.quantity, n)) for n in known]
        return "; ".join(said), list(self._bounds(route.quantity, known)), unit

    def _shown(self, quantity: str, node: int) -> str:
        """Show a quantity as its one source wrote it, or as the bounds that several make."""
        stated = {getattr(s.content, "text", "") for s in self.proofs.stated_bounds(quantity, node)}
        text = interval_text(self.graph.quantity(quantity), node, self.wording.unit(quantity))
        return next(iter(stated)) if len(stated) == 1 and "" not in stated and " x " not in str(stated) else text

    def _measured_derived(self, derived: Derived, place: Place) -> tuple[str, list[Ground], str]:
        values = leaf(self.judge, place.focus, place.introduced).values(Route(derived.iri, ()))
        route = derived.routes[0]
        nodes = self._nodes(Route(route.start, route.steps), place)
        unit = self.wording.unit(route.quantity)
        grounds = list(self._bounds(route.quantity, nodes))
        if derived.kind == "sum":
            grounds += [g for n in nodes for g in self._membership(route, n, place)]
            if not nodes and values.bounds.low[0] == 0 and not np.isfinite(values.bounds.high[0]):
                return "", [], unit
            if not nodes and values.bounds.high[0] == 0:
                grounds += list(self.proofs.kind_complete(derived.of_class) or ())
        if not len(values.row) or not values.bounds.known[0]:
            return "", [], unit
        shown = interval_text(values.bounds, 0, unit)
        pattern = derived.sentence or f"the {derived.label} is {{value}}"
        return pattern.replace("{value}", shown), grounds, unit

    def _membership(self, route: Route, node: int, place: Place) -> Proof:
        prop, before = last_step(Route(route.start, route.steps))
        starts = self._nodes(Route(route.start, before), place) if prop else []
        return self._first(self.proofs.fact(prop, s, node) for s in starts)

    def _bounds(self, quantity: str, nodes: Iterable[int]) -> Proof:
        found = [self.proofs.bound(quantity, n, end) or () for n in nodes for end in ("low", "high")]
        return tuple(dict.fromkeys(g for proof in found for g in proof))

    # Roles without a part

    def _unbound(self, demand: Expression, place: Place, verdict: Verdict) -> Reason | None:
        """Explain a requirement on a role that no part is bound to."""
        for role in self._roles(demand):
            if role in place.focus.roles and place.node(role) in (UNNAMED, ABSENT):
                return self._unbound_role(role, place.node(role), verdict)
        return None

    def _roles(self, demand: Expression) -> list[str]:
        match demand:
            case Reach(route=route, target=target):
                return [*self._route_roles(route.start), *([target] if isinstance(target, str) else [])]
            case Below(route=route, other=other):
                return [*self._route_roles(route.start), *self._route_roles(other)]
            case AtLeast(route=route) | Every(route=route) | Some(route=route) | Within(route=route):
                return self._route_roles(route.start)
            case _:
                return []

    def _route_roles(self, start: str) -> list[str]:
        if start in self.judge.derived:
            routes = self.judge.derived[start].routes
            return [role for route in routes for role in self._route_roles(route.start)]
        return [start] if start in self.patent.roles else []

    def _unbound_role(self, role: str, node: int, verdict: Verdict) -> Reason:
        label = self.patent.roles[role].label
        if node == UNNAMED:
            text = f"the description names no part that could be the {label}"
            gap = Missing(sentence(f"whether there is {article(label)}"), label, "")
            return self._reason(verdict, text, [], [], [gap])
        candidates = self.patent.roles[role].candidates
        grounds = [g for c in candidates for g in (self.proofs.kind_complete(c) or ())]
        text = f"there is no {label}"
        if verdict is Verdict.UNKNOWN:
            text = f"there is no {label} that this could be said of"
            return Reason(verdict, sentence(text), refuting=tuple(self._cite(grounds)))
        return self._reason(verdict, text, [], self._cite(grounds), [])

    # Small parts

    def _at(self, node: int, place: Place) -> Place:
        nodes = np.array([node])
        return Place(on_nodes(nodes, self.graph.owner[nodes]), frozenset())

    def _nodes(self, route: Route, place: Place) -> list[int]:
        found = leaf(self.judge, place.focus, place.introduced).walk(route)
        return [int(n) for n in found.node]

    def _raw(self, node: int) -> str:
        return self.graph.names[node]

    def _name(self, node: int) -> str:
        if node == int(self.graph.roots[self.product]):
            return "the product"
        return self.wording.name(self._raw(node))

    def _listed(self, nodes: list[int]) -> str:
        if len(nodes) == 1:
            return self._raw(nodes[0])
        return listing([self._name(n) for n in nodes])

    def _start_name(self, route: Route, place: Place) -> str:
        """Describe where a route starts, for what it does not reach."""
        if route.start == PRODUCT_ROLE:
            return "the product"
        if route.start in self.judge.derived:
            return the(self.judge.derived[route.start].label)
        start = self._nodes(Route(route.start, ()), place)
        labels = [self._step_label(p) for p in route.steps[:-1]]
        return " of ".join([*reversed([label for label in labels if label]), self._listed(start)])

    def _step_label(self, path: Path) -> str:
        if not isinstance(path, Step):
            return ""
        ranges = self.graph.ontology.ranges.get(path.relation, ())
        return f"the {self.wording.lexicon.label(ranges[0])}" if ranges else ""

    def _phrase(self, verdict: Verdict, fact: str, denial: str) -> str:
        match verdict:
            case Verdict.MET:
                return fact
            case Verdict.NOT_MET:
                return denial
            case Verdict.UNKNOWN:
                return f"the description does not say whether {fact}"
            case _:
                return f"the sources disagree on whether {fact}"

    def _reason(
        self,
        verdict: Verdict,
        text: str,
        supporting: Iterable[Citation],
        refuting: Iterable[Citation],
        missing: Iterable[Missing],
        parts: tuple[Reason, ...] = (),
    ) -> Reason:
        gaps = tuple(missing) if verdict is Verdict.UNKNOWN else ()
        return Reason(verdict, sentence(text), tuple(supporting), tuple(refuting), gaps, parts)

    def _first(self, proofs: Iterable[Proof | None]) -> Proof:
        return next((p for p in proofs if p is not None), ())

    def _cite(self, grounds: Iterable[Ground] | None) -> list[Citation]:
        """Cite grounds; what the description's form implies is left out where there are exact words."""
        listed = list(dict.fromkeys(grounds or ()))
        worded = [g for g in listed if isinstance(g, Assumption) or g.evidence.grade is not Grade.DERIVED]
        return [self.cite(g) for g in worded or listed][:MOST]

    def cite(self, ground: Ground) -> Citation:
        """Turn a ground into a citation: a statement with its words, or an assumption of the world."""
        if isinstance(ground, Assumption):
            return Citation("", self._assumed(ground), "assumed", note=f"the {self.world} world")
        return citation(ground, self.wording, self.titles)

    def _assumed(self, ground: Assumption) -> str:
        if ground.of_class:
            label = self.wording.lexicon.label(ground.of_class)
            return sentence(f"the description names every {label}")
        label = self.wording.lexicon.label(ground.property.removeprefix("^"))
        if ground.property in self.graph.ontology.silence_means:
            return sentence(f"{self._name(ground.node)} is one, since no {label} is given")
        return sentence(f"the description gives everything that {self._name(ground.node)} has for `{label}`")


def citation(statement: Statement, wording: Wording, titles: Mapping[str, str]) -> Citation:
    """Cite a statement with its source, place and exact words."""
    e = statement.evidence
    return Citation(
        statement=statement.id,
        sentence=wording.statement(statement),
        grade=e.grade.value,
        source=e.source,
        source_title=titles.get(e.source, ""),
        locator=e.locator,
        quote=e.quote,
        note=e.note,
    )


def last_step(route: Route) -> tuple[str, tuple[Path, ...]]:
    """Split a route into the relation that ends it and the steps before; optional last steps are left out."""
    steps = list(route.steps)
    while steps and isinstance(steps[-1], Repeat) and steps[-1].least == 0:
        steps.pop()
    if not steps:
        return "", ()
    return _relation(steps[-1]), tuple(steps[:-1])


def _relation(path: Path) -> str:
    match path:
        case Step(relation=name):
            return name
        case Repeat(path=inner):
            return _relation(inner)
        case _:
            return _relation(path.paths[0])


def _flat(parts: Iterable[Expression]) -> Iterable[Expression]:
    for part in parts:
        if isinstance(part, And):
            yield from _flat(part.parts)
        else:
            yield part


def classes(demand: Expression) -> list[str]:
    """List the classes a nested requirement names."""
    return [p.cls for p in _flat([demand]) if isinstance(p, IsA)]


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


def _gather(reasons: Iterable[Reason], side: Callable[[Reason], tuple[Citation, ...]]) -> tuple[Citation, ...]:
    """Gather citations; what follows from the form of the description is left out beside exact words."""
    found = list(dict.fromkeys(c for r in reasons for c in side(r)))
    return tuple([c for c in found if c.grade != Grade.DERIVED.value or c.quote] or found)


def _decides(part: Verdict, whole: Verdict) -> bool:
    """Tell whether a part of an AND is one that makes the whole what it is."""
    if whole is Verdict.CONFLICTING:
        return part in (Verdict.CONFLICTING, Verdict.NOT_MET)
    return part is whole or (whole is Verdict.NOT_MET and part is Verdict.CONFLICTING)


def _opposite(reason: Reason, verdict: Verdict) -> Reason:
    return replace(reason, verdict=verdict, supporting=reason.refuting, refuting=reason.supporting)
