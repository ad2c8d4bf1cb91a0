"""Charting: the charts of every claim on every product, from the best readings and their reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from readson.assess import Assessment
from readson.claim_sheets import claim_sheets, role_sheets
from readson.collecting import collect
from readson.explaining import Cell, Explanation, cell_of, explain, teller
from readson.graph import Graph
from readson.near_readings import NearReading, NearReadings, near_readings
from readson.proposing import Proposing
from readson.reasons import Reasons
from readson.relations import objects, subjects
from readson.results import (
    ORDER,
    Alternative,
    Binding,
    Chart,
    Fact,
    OtherReading,
    Part,
    Portfolio,
    ProductCharts,
    Reason,
    Row,
    Step,
)
from readson.shapes import Claim, Element, Patent
from readson.source_sheets import account_sheets, source_sheets
from readson.statements import PRODUCT, Grade, Product, Value
from readson.telling import citation
from readson.verdicts import Verdict
from readson.wording import enumerated

UNNAMED_PARTS = "Parts that the description may leave unnamed keep the claim as a whole undecided."
DISPUTED = (
    "A source speaks against the claim and nothing supports it as a whole; so it is on every other reading."
)
TOGETHER = 32
"""So many products are explained at once: their rows share graphs, and progress still shows."""
NEAR = 3
"""As many other readings are listed at most, and they differ from the best in no more elements met."""


def portfolio(assessment: Assessment, advance: Callable[[], object] = lambda: None) -> Portfolio:
    """Chart every claim on every product; `advance` is called after each product."""
    charts = []
    for product in chart_products(assessment, range(len(assessment.graph.products))):
        charts.append(product)
        advance()
    patent = assessment.patent
    return Portfolio(
        patent=patent.slug,
        patent_title=patent.title,
        patent_number=patent.number,
        world=assessment.world,
        constructions=assessment.chosen,
        products=tuple(charts),
        claims=claim_sheets(patent, assessment.readings, assessment.constructions),
        roles=role_sheets(patent, assessment.graph.ontology.lexicon),
    )


def chart_products(assessment: Assessment, products: Sequence[int]) -> Iterator[ProductCharts]:
    """Chart every claim on some products, given by their numbers, one after the other."""
    others = {n: tuple(near_readings(assessment, n)) for n in assessment.readings}
    collected = collections(assessment.graph)
    for first in range(0, len(products), TOGETHER):
        several = products[first : first + TOGETHER]
        explained = explain(assessment, several)
        for number in several:
            yield _Charter(assessment, number, others, explained, collected).charts()


def kind_of(assessment: Assessment, product: int) -> str:
    """Name the kind of thing that a product is, or ""."""
    return teller(assessment, product).kind_label(int(assessment.graph.roots[product]))


def collections(graph: Graph) -> dict[int, list[str]]:
    """Give the names of the members of every collection, such as several parts that count as one."""
    found: dict[int, list[str]] = {}
    for through in dict.fromkeys(graph.ontology.extents.values()):
        pairs = graph.relation(through)
        held = pairs[~graph.denies(through, pairs)]
        for whole, member in zip(subjects(held).tolist(), objects(held).tolist(), strict=True):
            found.setdefault(whole, []).append(graph.names[member])
    return found


@dataclass
class _Charter:
    """Chart the claims on one product."""

    assessment: Assessment
    number: int
    others: Mapping[int, Sequence[NearReadings]]
    explained: Mapping[Cell, Explanation]
    collected: Mapping[int, Sequence[str]]
    _rows: dict[tuple[Cell, bool], Row] = field(default_factory=dict)
    _told: dict[int, Reason] = field(default_factory=dict)
    _bound: dict[tuple[str, int, str], Binding] = field(default_factory=dict)

    @property
    def product(self) -> Product:
        return self.assessment.graph.products[self.number]

    @property
    def patent(self) -> Patent:
        return self.assessment.patent

    @cached_property
    def reasons(self) -> Reasons:
        return teller(self.assessment, self.number)

    @cached_property
    def proposing(self) -> Proposing:
        return Proposing(self.reasons.wording)

    def charts(self) -> ProductCharts:
        root = int(self.assessment.graph.roots[self.number])
        charted = ProductCharts(
            slug=self.product.slug,
            title=self.product.title,
            kind=self.reasons.kind_label(root),
            world=self.assessment.world,
            facts=tuple(self._facts()),
            sources=tuple(source_sheets(self.product)),
            charts=tuple(self._chart(self.patent.claims[n]) for n in self.assessment.readings),
            parts=tuple(self._parts()),
            steps=tuple(self._steps()),
            ledger=tuple(account_sheets(self.assessment.ledgers.get(self.product.slug))),
        )
        return collect(charted)

    # Facts, parts, steps

    def _facts(self) -> Iterator[Fact]:
        for statement in self.product.statements:
            if statement.evidence.grade is not Grade.DERIVED:
                yield Fact(citation(statement, self.reasons.wording, self.reasons.titles), statement)

    def _parts(self) -> Iterator[Part]:
        steps = {step.name for step in self._steps()}
        first = int(self.assessment.graph.roots[self.number])
        for node, name in enumerate(self.product.items, first):
            if name != PRODUCT and name not in steps:
                yield Part(name, self.reasons.wording.name(name), self.reasons.kind_label(node))

    def _steps(self) -> Iterator[Step]:
        lexicon = self.assessment.graph.ontology.lexicon
        step, following = lexicon.role("step"), lexicon.role("next")
        said = [
            (s.subject, s.property, str(s.content.object))
            for s in self.product.statements
            if isinstance(s.content, Value)
        ]
        first = int(self.assessment.graph.roots[self.number])
        nodes = {name: node for node, name in enumerate(self.product.items, first)}
        for name in dict.fromkeys(object_ for _, prop, object_ in said if prop == step):
            after = (o for s, p, o in said if s == name and lexicon.is_narrower(following, p))
            yield Step(name, self.reasons.kind_label(nodes[name]), tuple(dict.fromkeys(after)))

    def _chart(self, claim: Claim) -> Chart:
        binding = self.assessment.binding(claim.number, self.number)
        rows = tuple(self._row(e, claim, binding) for e in self.patent.elements(claim.number))
        verdict = self.assessment.verdict(claim.number, self.number)
        bindings = self._bindings(claim, binding)
        return Chart(
            claim=claim.number,
            parent=claim.parent,
            category=claim.category,
            text=claim.text,
            verdict=verdict,
            sentence=_claim_sentence(claim, verdict, rows),
            rows=rows,
            bindings=bindings,
            others=self._others(claim, binding, rows),
        )

    # Rows

    def _row(self, element: Element, claim: Claim, binding: Mapping[str, int]) -> Row:
        inherited = element.claim != claim.number
        verdict = self.assessment.element(element.id, claim.number, self.number)
        if element.inherits:
            return self._parent_row(element, verdict, inherited)
        cell = cell_of(self.assessment, element, claim.number, self.number)
        if (cell, inherited) not in self._rows:
            row = self._judged_row(element, verdict, cell)
            self._rows |= {(cell, here): replace(row, inherited=here) for here in (False, True)}
        return self._rows[cell, inherited]

    def _judged_row(self, element: Element, verdict: Verdict, cell: Cell) -> Row:
        used = element.construction(self.assessment.constructions.get(element.id, ""))
        explained = self.explained[cell]
        roles = dict(cell.roles)
        return Row(
            id=element.id,
            anchor=element.anchor,
            claim=element.claim,
            text=element.text,
            verdict=verdict,
            inherited=False,
            reason=self._said(explained.reason),
            construction=used.name,
            construction_note=used.note if used.name else "",
            alternatives=_alternatives(element, used.name, verdict, explained.otherwise),
            roles=tuple(self.patent.roles[r].label for r in roles),
            note=used.note,
            grounds=explained.grounds,
            rival=explained.rival,
        )

    def _said(self, reason: Reason) -> Reason:
        """Say what is missing in sentences; rows that share a reason still do."""
        if id(reason) not in self._told:
            self._told[id(reason)] = self.proposing.said(reason)
        return self._told[id(reason)]

    def _parent_row(self, element: Element, verdict: Verdict, inherited: bool) -> Row:
        """Chart the words that refer back to the parent claim: they are met when it is."""
        parent = self.patent.claims[element.claim].parent
        text = f"Claim {parent} is {_judged(verdict)} on the same reading."
        reason = self.reasons.plain(verdict, text)
        note = element.constructions[0].note
        return Row(
            element.id, element.anchor, element.claim, element.text, verdict, inherited, reason, note=note
        )

    # Bindings

    def _bindings(self, claim: Claim, binding: Mapping[str, int]) -> tuple[Binding, ...]:
        return tuple(self._binding(role, binding[role], claim) for role in claim.roles)

    def _binding(self, role: str, node: int, claim: Claim) -> Binding:
        """Tell what a role is read on; claims that read it on the same part share that."""
        key = role, node, self._introducing(claim, role)
        if key not in self._bound:
            self._bound[key] = self._read_on(*key)
        return self._bound[key]

    def _introducing(self, claim: Claim, role: str) -> str:
        return next((e.id for e in self.patent.elements(claim.number) if role in e.introduces), "")

    def _read_on(self, role: str, node: int, element: str) -> Binding:
        label = self.patent.roles[role].label
        name = self.assessment.graph.names[node] if node >= 0 else ""
        kind = self.reasons.kind_label(node) if node >= 0 else ""
        return Binding(
            role=role.rpartition("#")[2],
            label=label,
            part=name,
            kind=kind,
            element=element,
            sentence=self.reasons.binding_sentence(role, node),
            members=tuple(self.collected.get(node, ())),
        )

    def _others(
        self, claim: Claim, binding: Mapping[str, int], rows: Sequence[Row]
    ) -> tuple[OtherReading, ...]:
        best = sum(row.verdict is Verdict.MET for row in rows)
        found: dict[tuple[int, ...], tuple[tuple[int, ...], OtherReading]] = {}
        for other in (near.on(self.number) for near in self.others[claim.number] if near.usable[self.number]):
            met = sum(v is Verdict.MET for v in other.elements.values())
            key = tuple(other.binding[r] for r in claim.roles)
            spare = any(other.binding[r] < 0 <= binding[r] for r in claim.roles)
            if not spare and best - met <= NEAR and key not in found:
                found[key] = ((-met, *key), self._other(claim, binding, other, rows))
        return tuple(reading for _, reading in sorted(found.values(), key=lambda pair: pair[0])[:NEAR])

    def _other(
        self, claim: Claim, binding: Mapping[str, int], other: NearReading, rows: Sequence[Row]
    ) -> OtherReading:
        bound, values = other.binding, other.elements
        changed = tuple(self._binding(r, bound[r], claim) for r in claim.roles if bound[r] != binding[r])
        differing = [(row.id, values[row.id]) for row in rows if values[row.id] is not row.verdict]
        text = f"Then {_judgments(differing)}." if differing else "Every element has the same verdict."
        return OtherReading(changed, other.claim, text)


def _alternatives(
    element: Element, used: str, verdict: Verdict, otherwise: Iterable[Verdict]
) -> tuple[Alternative, ...]:
    pairs = zip(element.others(used), otherwise, strict=True)
    return tuple(Alternative(c.name, c.note, other, other is not verdict) for c, other in pairs)


def _judged(verdict: Verdict) -> str:
    return {"UNKNOWN": "undecided", "CONFLICTING": "in conflict"}.get(verdict.name, verdict.label)


def _judgments(judged: Sequence[tuple[str, Verdict]]) -> str:
    """Say which elements have which verdict: "9[c] and 9[e] are not met; 9[f] is in conflict"."""
    listed = [(v, [id for id, verdict in judged if verdict is v]) for v in ORDER]
    said = ((ids, "is" if len(ids) == 1 else "are", _judged(v)) for v, ids in listed if ids)
    return "; ".join(f"{enumerated(ids)} {verb} {judged}" for ids, verb, judged in said)


def _claim_sentence(claim: Claim, verdict: Verdict, rows: Sequence[Row]) -> str:
    """Sum up a claim: which elements decide it."""
    verdicts = [r.verdict for r in rows]
    against = any(v in (Verdict.NOT_MET, Verdict.CONFLICTING) for v in verdicts)
    supported = all(v in (Verdict.MET, Verdict.CONFLICTING) for v in verdicts)
    if verdict is Verdict.MET:
        return f"Every element of claim {claim.number} is met on this reading."
    decided = [(r.id, r.verdict) for r in rows if r.verdict is not Verdict.MET and not r.id.endswith("[pre]")]
    text = _judgments(decided)
    summary = f"On this reading, {text}." if text else "Every element is met on this reading."
    if verdict is Verdict.UNKNOWN and against and not supported:
        return f"{summary} {UNNAMED_PARTS}"
    if verdict is Verdict.NOT_MET and not any(v is Verdict.NOT_MET for _, v in decided):
        return f"{summary} {DISPUTED}"
    if verdict is Verdict.NOT_MET:
        return f"{summary} Every other reading fails an element too."
    return summary
