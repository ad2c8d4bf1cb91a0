"""How a chart speaks of one product: names of nodes, what routes lead to, citations, unbound roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from readson.expressions import (
    AtLeast,
    Below,
    Derived,
    Every,
    Expression,
    Path,
    Reach,
    Repeat,
    Route,
    Some,
    Step,
    Within,
)
from readson.focus import ABSENT, UNNAMED
from readson.judging import Judge
from readson.proofs import Proofs
from readson.relations import expand
from readson.results import Citation, Missing, Reason, citations
from readson.routes import PRODUCT_ROLE
from readson.shapes import Patent
from readson.stated import Assumption, Ground, Proof, distinct_grounds, key
from readson.statements import Complete, Grade, Statement
from readson.terms import plural
from readson.together import Place
from readson.verdicts import FOR, Verdict
from readson.ways import along, asked
from readson.wording import Wording, article, listing, sentence, the

MOST = 12
"""No requirement cites more statements, or more assumptions, than this; the product page lists all facts."""


class Telling:
    """Speak of one product."""

    def __init__(
        self,
        judge: Judge,
        patent: Patent,
        product: int,
        world: str,
        wording: Wording,
        supposed: Sequence[str] = (),
    ) -> None:
        self.judge, self.patent, self.world = judge, patent, world
        self.graph, self.product = judge.graph, product
        self.proofs = Proofs(judge.paths, product, supposed)
        self.wording = wording
        self.titles = {s.id: s.title for s in judge.graph.products[product].sources}
        self._citations: dict[str | Assumption, Citation] = {}
        self._cited: dict[Citation, list[Ground]] = {}
        self._lowest: dict[int, list[str]] = {}

    def kind_label(self, node: int) -> str:
        """Name the most specific classes a node is known to be of, or ""."""
        return listing([self.wording.lexicon.label(c) for c in self._lowest_classes(node)])

    def binding_sentence(self, role: str, node: int) -> str:
        """Say what a role is bound to."""
        label = self.patent.roles[role].label
        if node == UNNAMED:
            return f"The description names no part that could be the {label}."
        if node == ABSENT:
            return f"There is no {label}."
        return f"The term “{label}” is read on {self._name(node)}."

    def _lowest_classes(self, node: int) -> list[str]:
        """List the most specific classes a node is known to be of: those stated, else those entailed."""
        if node not in self._lowest:
            onto = self.graph.ontology
            found = [onto.class_index[c] for c in self.proofs.stated_classes(node)]
            found = found or expand(np.array([node]), self.judge.paths.kinds)[1].tolist()
            lowest = [c for c in found if not any(d != c and onto.above[d, c] for d in found)]
            self._lowest[node] = [onto.classes[c] for c in lowest]
        return self._lowest[node]

    # Roles without a part

    def _unbound(self, demand: Expression, place: Place, verdict: Verdict) -> Reason | None:
        """Explain a requirement on a role that no part is bound to."""
        for role in self._roles(demand):
            if place.binds(role) and place.node(role) in (UNNAMED, ABSENT):
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
            there = f"there are {label}" if plural(label) else f"there is {article(label)}"
            gap = Missing(sentence(f"whether {there}"), label, "")
            return self._reason(verdict, text, [], [], [gap])
        candidates = self.patent.roles[role].candidates
        grounds = [g for c in candidates for g in (self.proofs.kind_complete(c) or ())]
        text = f"there {'are' if plural(label) else 'is'} no {label}"
        if verdict is Verdict.UNKNOWN:
            text = f"{text} that this could be said of"
            return Reason(verdict, sentence(text), refuting=tuple(self._cite(grounds)))
        return self._reason(verdict, text, [], self._cite(grounds), [])

    # Small parts

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
        start = place.nodes(Route(route.start, ()))
        labels = [self._step_label(p) for p in route.steps[:-1]]
        return " of ".join([*reversed([label for label in labels if label]), self._listed(start)])

    def _nowhere(self, route: Route, place: Place) -> Proof:
        """Prove that a route ends early: nothing of its class is there, or a complete step has no value."""
        nodes, derived = place.nodes(Route(route.start, ())), self.judge.derived.get(route.start)
        if derived is not None and not nodes:
            named = self.proofs.kind_complete(derived.of_class) if derived.of_class else None
            return named or self._disjoint(derived, place)
        for number_of_steps, path in enumerate(route.steps):
            if isinstance(path, Step):
                for node in nodes:
                    if not self.proofs.values(path.relation, node):
                        return self.proofs.complete(path.relation, node) or ()
            nodes = place.nodes(Route(route.start, route.steps[: number_of_steps + 1]))
        return ()

    def _disjoint(self, derived: Derived, place: Place) -> Proof:
        """Prove that routes have no end in common: by all that each of them leads to."""
        found: list[Ground] = []
        for route in derived.routes:
            found += (g for node in place.nodes(route) for g in self._led(route, place, node))
            found += self._all_along(route, place) or ()
        return tuple(found)

    def _led(self, route: Route, place: Place, end: int) -> Proof:
        """Prove that a route leads to a node."""
        for start in place.nodes(Route(route.start, ())):
            way = along(self.proofs.values, route.steps, start).get(end)
            if way is not None:
                derived = self.judge.derived.get(route.start)
                before = [g for r in (derived.routes if derived else ()) for g in self._led(r, place, start)]
                return (*before, *(g for fact in way for g in self.proofs.fact(*fact) or ()))
        return ()

    def _closing(self, route: Route, place: Place, of_class: str = "") -> Proof:
        """Give the statements or assumptions by which what a route leads to is all there is."""
        grounds = self._all_along(route, place)
        if grounds is None:
            return tuple(self._kind_spent(route, place, of_class)) if of_class else ()
        return tuple(g for g in grounds if isinstance(g, Assumption) or isinstance(g.content, Complete))

    def _kind_spent(self, route: Route, place: Place, cls: str) -> Iterator[Ground]:
        """Prove that all items of a kind are named, and that a route does not lead to the others."""
        yield from self.proofs.kind_complete(cls) or ()
        prop, before = last_step(route)
        starts, reached = place.nodes(Route(route.start, before)), place.nodes(route)
        for node in self.proofs.stated.nodes.values():
            if self.proofs.is_a(node, cls) & FOR and node not in reached:
                yield from (g for s in starts for g in self.proofs.exclusion(prop, s, node) or ())

    def _all_along(self, route: Route, place: Place) -> list[Ground] | None:
        nodes, derived = place.nodes(Route(route.start, ())), self.judge.derived.get(route.start)
        several = derived.routes if derived and not (derived.at_most_one and nodes) else ()
        found = [self._all_along(r, place) for r in several]
        for number_of_steps, path in enumerate(route.steps, 1):
            found += [_listed(self.proofs.complete(name, n)) for n in nodes for name in asked(path)]
            nodes = place.nodes(Route(route.start, route.steps[:number_of_steps]))
        if any(grounds is None for grounds in found):
            return None
        return [g for grounds in found for g in grounds or ()]

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
        """Cite grounds, each once."""
        return [self.cite(g) for g in distinct_grounds(grounds or ())]

    def cite(self, ground: Ground) -> Citation:
        """Turn a ground into a citation: a statement with its words, or an assumption of the world."""
        if key(ground) not in self._citations:
            cited = self._citations[key(ground)] = self._citation(ground)
            self._cited.setdefault(cited, []).append(ground)
        return self._citations[key(ground)]

    def _citation(self, ground: Ground) -> Citation:
        if isinstance(ground, Assumption):
            return Citation("", self._assumed(ground), "assumed", note=f"the {self.world} world")
        return citation(ground, self.wording, self.titles)

    def grounds(self, reason: Reason) -> Proof:
        """List all that a reason told here cites."""
        return self.grounds_of(citations(reason))

    def grounds_of(self, cited: Iterable[Citation]) -> Proof:
        """List what citations made here stand for."""
        return tuple(g for c in dict.fromkeys(cited) for g in self._cited[c])

    def _assumed(self, ground: Assumption) -> str:
        if ground.of_class:
            label = self.wording.lexicon.label(ground.of_class)
            return sentence(f"the description names every {label}")
        label = self.wording.lexicon.label(ground.property.removeprefix("^"))
        if ground.property in self.graph.ontology.silence_means:
            return sentence(f"{self._name(ground.node)} counts as one, since no {label} is given")
        return sentence(self.wording.everything(ground.property, self._raw(ground.node)))


def shortened(reason: Reason) -> Reason:
    """Leave of a reason what people read: few citations, and exact words before what only follows."""
    return replace(
        reason,
        supporting=_shown(reason.supporting),
        refuting=_shown(reason.refuting),
        parts=tuple(shortened(part) for part in reason.parts),
    )


def _shown(cited: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """Leave out what follows from the form of a description beside exact words, and what is too much."""
    kept = [c for c in cited if c.grade != Grade.DERIVED.value or c.quote] or list(cited)
    said, assumed = [c for c in kept if c.statement], [c for c in kept if not c.statement]
    few = {*said[:MOST], *assumed[:MOST]}
    return tuple(c for c in kept if c in few)


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


def _listed(proof: Proof | None) -> list[Ground] | None:
    return None if proof is None else list(proof)


def last_step(route: Route) -> tuple[str, tuple[Path, ...]]:
    """Split a route into the relation that ends it and the steps before; optional last steps are left out."""
    steps = list(route.steps)
    while steps and isinstance(steps[-1], Repeat) and steps[-1].least == 0:
        steps.pop()
    if not steps:
        return "", ()
    return relation_of(steps[-1]), tuple(steps[:-1])


def relation_of(path: Path) -> str:
    match path:
        case Step(relation=name):
            return name
        case Repeat(path=inner):
            return relation_of(inner)
        case _:
            return relation_of(path.paths[0])
