"""Reasons say what verdicts rest on, in plain sentences, and rest on nothing else."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pytest

from readson.assess import Assessment, assess
from readson.charting import portfolio
from readson.entailment import entail
from readson.explaining import cell_of
from readson.focus import ABSENT, UNNAMED, Focus
from readson.graph import Graph, assemble, typed_as
from readson.grounds import Question, judge_alone
from readson.ingest import parse_description
from readson.judging import Judge
from readson.ontology import Ontology
from readson.passages import cited
from readson.relations import Nodes, distinct
from readson.results import Chart, Grounds, Portfolio, Reason, Row
from readson.shapes import Element, Patent
from readson.stated import Assumption, Proof
from readson.statements import PRODUCT, TYPE, Bounds, Complete, Grade, Product, Statement
from readson.supplying import supplied
from readson.verdicts import AGAINST, FOR, Verdict
from readson.wording import Wording
from readson.worlds import WORLDS, close
from test_cases import RULED

WORDS = re.compile(
    r"https?:|w3id|#|None|\bnan\b|\binf\b|[{}<>%]|  |\.\.|\s[.,;]|;;|\binfring|\bscore", re.IGNORECASE
)
"""What no sentence may hold: IRIs, traces of code, gaps, scores, and conclusions of law."""
DECIDED = (Verdict.MET, Verdict.NOT_MET)
SAMPLE = RULED if os.environ.get("READSON_CASES") else RULED[::30]
TOGETHER = 3000
"""So many rows are judged on their grounds in one graph."""


@dataclass(frozen=True)
class Charted:
    """Products as one world sees them, with their charts."""

    assessment: Assessment
    portfolio: Portfolio

    @cached_property
    def rows(self) -> tuple[Told, ...]:
        """List every row once, where it is an element of the claim's own."""
        found = []
        for number, product in enumerate(self.portfolio.products):
            for chart in product.charts:
                own = (row for row in chart.rows if not row.inherited)
                found += [Told(self.assessment, number, chart, row) for row in own]
        return tuple(found)

    @cached_property
    def decided(self) -> list[Told]:
        """List the rows that rest on grounds: neither unknown nor a mere repetition of the parent claim."""
        return [t for t in self.rows if t.row.verdict is not Verdict.UNKNOWN and not t.refers_back]


@dataclass(frozen=True)
class Told:
    """One row of one chart, and what it was judged on."""

    assessment: Assessment
    number: int
    chart: Chart
    row: Row

    @property
    def product(self) -> Product:
        return self.assessment.graph.products[self.number]

    @property
    def element(self) -> Element:
        return self.assessment.patent.element(self.row.id)

    @property
    def binding(self) -> Mapping[str, int]:
        return self.assessment.binding(self.chart.claim, self.number)

    @property
    def refers_back(self) -> bool:
        """Tell whether the row only repeats the verdict of the parent claim."""
        return self.element.inherits

    @property
    def scope(self) -> tuple[str, ...]:
        """List the roles that the element mentions."""
        cell = cell_of(self.assessment, self.element, self.chart.claim, self.number)
        return tuple(role for role, _ in cell.roles)

    def __str__(self) -> str:
        world, row = self.assessment.world, self.row
        return f"{self.product.slug} {row.id} {row.verdict.label} in the {world} world: {row.sentence}"

    def judge(self, judge: Judge, product: int, binding: Mapping[str, int]) -> Verdict:
        """Judge the element on a product of another graph."""
        name = self.assessment.constructions.get(self.row.id, "")
        columns = {role: np.array([node]) for role, node in binding.items()}
        focus = Focus(np.array([product]), columns)
        closed = self.assessment.world == "closed"
        introduced = frozenset(self.assessment.patent.roles if closed else self.element.introduces)
        bits = judge.judge(self.element.construction(name).demand, focus, introduced)
        return Verdict(int(bits[0]))


@pytest.fixture(scope="module")
def products(ontology: Ontology, described: tuple[Product, ...]) -> tuple[Product, ...]:
    """Give the described products, and a sample of the small descriptions of `tests/cases`."""
    small = [
        parse_description(c.text, ontology.lexicon, file=c.name, folder=Path(), slug=f"case-{n}")
        for n, c in enumerate(SAMPLE)
    ]
    return (*described, *small)


@pytest.fixture(scope="module", params=[*WORLDS, "construed"])
def charted(
    request: pytest.FixtureRequest, ontology: Ontology, patent: Patent, products: tuple[Product, ...]
) -> Charted:
    """Chart all products in every world, and once more under the last construction of every element."""
    world, chosen = request.param, {}
    if world == "construed":
        elements = [e for claim in patent.claims.values() for e in claim.elements]
        world, chosen = (
            "documented",
            {e.id: e.constructions[-1].name for e in elements if e.constructions[1:]},
        )
    assessed = assess(products, ontology, patent, world, chosen)
    return Charted(assessed, portfolio(assessed))


def reasons(reason: Reason) -> Iterator[Reason]:
    """Walk a reason and all its parts."""
    yield reason
    for part in reason.parts:
        yield from reasons(part)


def shown(found: list[Told]) -> list[str]:
    return [str(told) for told in found]


# What every row must say


def test_a_reason_has_the_verdict_of_its_row(charted: Charted) -> None:
    assert not shown([t for t in charted.rows if t.row.reason.verdict is not t.row.verdict])
    assert not shown([t for t in charted.rows if t.row.reason.sentence != t.row.sentence])
    assert {t.row.verdict for t in charted.rows} == set(Verdict)


def test_a_met_row_cites_what_supports_it(charted: Charted) -> None:
    met = [t for t in charted.rows if t.row.verdict is Verdict.MET and not t.refers_back]
    assert not shown([t for t in met if not t.row.supporting])


def test_a_row_that_is_not_met_cites_what_refutes_it(charted: Charted) -> None:
    failed = [t for t in charted.rows if t.row.verdict is Verdict.NOT_MET and not t.refers_back]
    assert not shown([t for t in failed if not t.row.refuting])


def test_an_unknown_row_names_what_is_missing(charted: Charted) -> None:
    """Or says that there is nothing this could be said of."""
    unknown = [t for t in charted.rows if t.row.verdict is Verdict.UNKNOWN and not t.refers_back]
    nothing = [t for t in unknown if "that this could be said of" in t.row.sentence]
    assert not shown([t for t in unknown if not t.row.missing and t not in nothing])
    assert not shown([t for t in charted.rows if t.row.missing and t.row.verdict is not Verdict.UNKNOWN])


def test_a_conflicting_row_cites_both_sides(charted: Charted) -> None:
    disputed = [t for t in charted.rows if t.row.verdict is Verdict.CONFLICTING and not t.refers_back]
    assert disputed
    assert not shown([t for t in disputed if not (t.row.supporting and t.row.refuting)])


def test_a_row_that_refers_back_names_the_parent_and_its_verdict(charted: Charted) -> None:
    words = {Verdict.UNKNOWN: "undecided", Verdict.CONFLICTING: "in conflict"}
    for told in (t for t in charted.rows if t.refers_back):
        verdict = words.get(told.row.verdict, told.row.verdict.label)
        assert told.row.sentence == f"Claim {told.chart.parent} is {verdict} on the same reading."


# Sentences


def sentences(chart: Chart) -> Iterator[str]:
    """Give every sentence of a chart."""
    yield chart.sentence
    for bindings in (chart.bindings, *(other.bindings for other in chart.others)):
        yield from (binding.sentence for binding in bindings)
    yield from (other.sentence for other in chart.others)
    for row in chart.rows:
        yield from (part.sentence for part in reasons(row.reason))
        yield from (gap.sentence for part in reasons(row.reason) for gap in part.missing)
        yield from (citation.sentence for citation in cited(row))


def fault(sentence: str, names: str) -> bool:
    """Tell whether a sentence is none, or holds what no sentence may; names may hold anything."""
    ended = sentence.endswith(".") and not sentence[:1].islower() and len(sentence) > 4
    return not ended or any(found[0] not in names for found in WORDS.finditer(sentence))


def test_every_sentence_is_plain(charted: Charted) -> None:
    found = set()
    for product, described in zip(charted.portfolio.products, charted.assessment.graph.products, strict=True):
        texts = (s.content.text for s in described.statements if hasattr(s.content, "text"))
        written = " ".join((*described.items, *texts))
        told = {s for chart in product.charts for s in sentences(chart)}
        told |= {fact.citation.sentence for fact in product.facts}
        found |= {f"{product.slug}: {s}" for s in told if fault(s, written)}
    assert not sorted(found)


def test_the_sentence_of_a_claim_names_the_elements_that_decide(charted: Charted) -> None:
    for product in charted.portfolio.products:
        for chart in product.charts:
            open_rows = [r for r in chart.rows if r.verdict is not Verdict.MET and not r.id.endswith("[pre]")]
            assert all(row.id in chart.sentence for row in open_rows)


# Citations


def test_every_quote_stands_in_its_source(charted: Charted) -> None:
    checked = 0
    for product in charted.portfolio.products:
        texts = {sheet.id: " ".join(sheet.text.split()) for sheet in product.sources}
        rows = [row for chart in product.charts for row in chart.rows]
        for citation in {c for row in rows for c in cited(row)} | {fact.citation for fact in product.facts}:
            if citation.quote and texts.get(citation.source):
                assert " ".join(citation.quote.split()) in texts[citation.source]
                assert citation.locator
                checked += 1
    assert checked > 500


def test_every_citation_is_a_statement_of_the_product_or_an_assumption(charted: Charted) -> None:
    for told in charted.rows:
        ids = {statement.id: statement for statement in told.product.statements}
        for citation in cited(told.row):
            if citation.statement:
                assert citation.grade == ids[citation.statement].evidence.grade.value
                assert citation.quote == ids[citation.statement].evidence.quote
            else:
                assert (citation.grade, citation.source, citation.quote) == ("assumed", "", "")
                assert citation.note == f"the {told.assessment.world} world"


def test_the_open_world_assumes_nothing(charted: Charted) -> None:
    if charted.assessment.world == "open":
        grades = {citation.grade for told in charted.rows for citation in cited(told.row)}
        assert grades == {Grade.STATED.value, Grade.DERIVED.value}


def test_a_verdict_that_rests_on_an_assumption_says_so(charted: Charted, ontology: Ontology) -> None:
    """What is decided in this world and not in the open one, on the same reading, cites an assumption.

    Spared are roles of which there is no part: that absence counts is what the closed world means.
    """
    found, opened = [], Judge(open_graph(charted, ontology), charted.assessment.patent.derived)
    for told in charted.rows:
        spared = told.refers_back or any(node < 0 for node in told.binding.values())
        if told.row.verdict in DECIDED and not spared:
            silent = told.judge(opened, told.number, told.binding) is not told.row.verdict
            if silent and not any(c.grade == "assumed" for c in (*told.row.supporting, *told.row.refuting)):
                found.append(told)
    assert not shown(found)


def open_graph(charted: Charted, ontology: Ontology) -> Graph:
    graph = close(entail(assemble(charted.assessment.graph.products, ontology)), "open")
    assert graph.names == charted.assessment.graph.names
    return graph


# Grounds: all that a verdict rests on, and nothing that could be left out


def test_a_reason_cites_grounds_only(charted: Charted) -> None:
    for told in charted.decided:
        statements = {*told.row.grounds.statements, *told.row.rival.statements}
        assert {c.statement for c in cited(told.row)} - {""} <= statements, str(told)
        assumed = {a.sentence for a in (*told.row.grounds.assumptions, *told.row.rival.assumptions)}
        assert {c.sentence for c in cited(told.row) if not c.statement} <= assumed, str(told)
        assert told.row.uncited == len(statements - {c.statement for c in cited(told.row)})


def test_what_is_not_decided_has_no_grounds(charted: Charted) -> None:
    assert not [t for t in charted.rows if t.row.verdict is Verdict.UNKNOWN and t.row.grounds != Grounds()]


def sides(told: Told) -> Iterator[tuple[Grounds, Verdict]]:
    """Give grounds with the verdict that they have to give alone: in a conflict, those for each side."""
    if told.row.rival == Grounds():
        yield told.row.grounds, told.row.verdict
    else:
        yield from ((told.row.grounds, Verdict.MET), (told.row.rival, Verdict.NOT_MET))


def sided(charted: Charted) -> list[tuple[Told, Grounds, Verdict]]:
    return [(told, *side) for told in charted.decided for side in sides(told)]


def test_a_conflict_has_grounds_for_either_side(charted: Charted) -> None:
    """But for those in which one statement speaks for both, as when a thing is called two things at once."""
    disputed = [t for t in charted.decided if t.row.verdict is Verdict.CONFLICTING]
    assert disputed and sum(t.row.rival != Grounds() for t in disputed) > len(disputed) // 2
    assert not [t for t in charted.decided if t not in disputed and t.row.rival != Grounds()]


def test_a_disputed_kind_leaves_either_side_its_own(
    ontology: Ontology, patent: Patent, described: tuple[Product, ...]
) -> None:
    """Molded underfill to one source and capillary to the other: neither side needs the kind of the other."""
    product = next(p for p in described if p.slug == "conflicting-sources")
    charts = portfolio(assess([product], ontology, patent, claims=[1])).products[0].charts
    disputed = next(row for row in charts[0].rows if row.id == "1[h]")
    kinds = {s.id for s in product.statements if s.subject == "encapsulant" and s.property == TYPE}
    assert disputed.verdict is Verdict.CONFLICTING
    one, other = (kinds & set(side.statements) for side in (disputed.grounds, disputed.rival))
    assert len(kinds) == 2 and not one & other
    assert disputed.grounds.statements and disputed.rival.statements


def test_grounds_give_the_verdict_alone(charted: Charted, ontology: Ontology) -> None:
    """Judged by nothing but what anybody may call: a description of the grounds, in the open world."""
    rows = sided(charted)
    assert len(rows) > 1000
    verdicts = judged_alone([(told, grounds) for told, grounds, _ in rows], ontology)
    wrong = [told for (told, _, wanted), verdict in zip(rows, verdicts, strict=True) if verdict is not wanted]
    assert not shown(wrong)


def test_no_statement_among_grounds_could_be_left_out(charted: Charted, ontology: Ontology) -> None:
    """Rows that rest on statements alone, judged as before on all of them but one."""
    stated = [row for row in sided(charted) if not row[1].assumptions]
    fewer = [(told, rest, wanted) for told, grounds, wanted in stated for rest in one_fewer(grounds)]
    assert len(fewer) > 1000
    verdicts = judged_alone([(told, rest) for told, rest, _ in fewer], ontology)
    spare = [told for (told, _, wanted), verdict in zip(fewer, verdicts, strict=True) if verdict is wanted]
    assert not shown(spare)


def test_no_assumption_among_grounds_could_be_left_out(charted: Charted) -> None:
    """Nor a statement beside assumptions: what is assumed to be all is then no longer all."""
    assumed = [row for row in sided(charted) if row[1].assumptions]
    assert assumed or charted.assessment.world == "open"
    fewer = [(told, rest, wanted) for told, grounds, wanted in assumed for rest in one_fewer(grounds)]
    verdicts = judge_alone(charted.assessment, [question(t, g) for t, g, _ in (*assumed, *fewer)])
    held, lost = verdicts[: len(assumed)], verdicts[len(assumed) :]
    assert not shown([t for (t, _, wanted), v in zip(assumed, held, strict=True) if v is not wanted])
    assert not shown([t for (t, _, wanted), v in zip(fewer, lost, strict=True) if v is wanted])


def test_grounds_with_one_statement_too_few_or_too_many_are_caught(
    charted: Charted, ontology: Ontology
) -> None:
    decided = [t for t in charted.decided if t.row.rival == Grounds()]
    stated = [t for t in decided if not t.row.grounds.assumptions][::7]
    more = [(t, one_more(t)) for t in stated]
    spare = [(t, replace(grounds, statements=grounds.statements[:-1])) for t, grounds in more]
    few = [(t, replace(t.row.grounds, statements=t.row.grounds.statements[1:])) for t in stated]
    few = [(t, g) for t, g in few if t.row.grounds.statements]
    assert len(few) > 50
    assert [t.row.verdict for t in stated] == judged_alone(spare, ontology)
    assert all(
        verdict is not t.row.verdict for (t, _), verdict in zip(few, judged_alone(few, ontology), strict=True)
    )


def one_fewer(grounds: Grounds) -> Iterator[Grounds]:
    """Leave out each statement and each assumption in turn."""
    said, assumed = grounds.statements, grounds.assumptions
    yield from (replace(grounds, statements=said[:i] + said[i + 1 :]) for i in range(len(said)))
    yield from (replace(grounds, assumptions=assumed[:i] + assumed[i + 1 :]) for i in range(len(assumed)))


def one_more(told: Told) -> Grounds:
    """Add a statement of the description that the verdict does not rest on."""
    grounds = told.row.grounds
    spare = next(s.id for s in told.product.statements if s.id not in grounds.statements)
    return replace(grounds, statements=(*grounds.statements, spare))


def judged_alone(rows: list[tuple[Told, Grounds]], ontology: Ontology) -> list[Verdict]:
    """Judge every row on grounds alone, with every assumption made a part of the graph, in the open world.

    Where grounds do not give rise to a part that a role is read on, that reading is not there to judge.
    """
    several = [rows[n : n + TOGETHER] for n in range(0, len(rows), TOGETHER)]
    return [verdict for some in several for verdict in _judged_alone(some, ontology)]


def _judged_alone(rows: list[tuple[Told, Grounds]], ontology: Ontology) -> list[Verdict]:
    described = [replace(on_grounds(*pair, ontology), slug=f"x{n}") for n, pair in enumerate(rows)]
    graph = entail(assemble(described, ontology))
    places = places_of(graph)
    complete, untyped = dict(graph.complete), [graph.untyped]
    for n, (told, grounds) in enumerate(rows):
        for a in grounds.assumptions:
            if a.of_class and told.assessment.world == "closed":
                untyped.append(
                    typed_as(not_of_kind(told, a.of_class, places[n]), ontology.class_index[a.of_class])
                )
            elif not a.of_class and a.property not in ontology.silence_means and a.item in places[n]:
                marked = complete.setdefault(a.property, np.zeros(graph.size, dtype=bool))
                complete[a.property] = marked | (np.arange(graph.size) == places[n][a.item])
    graph = close(replace(graph, complete=complete, untyped=distinct(np.concatenate(untyped))), "open")
    judge, verdicts = Judge(graph, rows[0][0].assessment.patent.derived), []
    for n, (told, _) in enumerate(rows):
        bound = in_excerpt(told, graph, n, places[n])
        lost = any(bound[role] < 0 <= told.binding[role] for role in told.scope)
        verdicts.append(Verdict.UNKNOWN if lost else told.judge(judge, n, bound))
    return verdicts


def on_grounds(told: Told, grounds: Grounds, ontology: Ontology) -> Product:
    """Describe a product by grounds: the statements, and assumptions on kinds and counts as statements."""
    product, added = told.product, []
    for n, assumed in enumerate(grounds.assumptions):
        if assumed.of_class:
            every = Complete(assumed.of_class, product.items)
            added.append(Statement(f"a{n}", PRODUCT, min(ontology.lists_parts), every))
        elif assumed.property in ontology.silence_means:
            added.append(Statement(f"a{n}", assumed.item, assumed.property, Bounds(1, 1)))
    kept = [s for s in product.statements if s.id in grounds.statements]
    return replace(product, statements=(*kept, *added))


def not_of_kind(told: Told, cls: str, places: Mapping[str, int]) -> Nodes:
    """List the items that are not known to be of a kind: a closed world takes it that they are not."""
    kinds, whole = told.assessment.graph.is_a(cls), told.assessment.graph
    known = {whole.names[node] for node in np.flatnonzero((whole.owner == told.number) & (kinds & FOR > 0))}
    return np.array([node for name, node in places.items() if name not in known], dtype=np.int64)


def in_excerpt(told: Told, graph: Graph, product: int, places: Mapping[str, int]) -> Mapping[str, int]:
    """Bind the same parts in the graph of an excerpt; a role is absent only where that follows there."""
    patent, index = told.assessment.patent, graph.ontology.class_index
    found = dict(moved(told, graph, product, places))
    for role in (role for role, node in found.items() if node == ABSENT):
        classes = patent.roles[role].candidates
        nodes = np.flatnonzero(graph.owner == product)
        refuted = np.all([graph.is_a(c)[nodes] == AGAINST for c in classes], axis=0)
        named = all(graph.kinds_complete[product, index[c]] for c in classes)
        found[role] = ABSENT if named and refuted.all() else UNNAMED
    return found


def question(told: Told, grounds: Grounds) -> tuple[Question, Proof]:
    """Put a row and grounds as the engine asks for them."""
    nodes = places_of(told.assessment.graph)[told.number]
    root = int(told.assessment.graph.roots[told.number])
    said = tuple(s for s in told.product.statements if s.id in grounds.statements)
    assumed = (
        Assumption(a.property, root if a.item == PRODUCT else nodes[a.item], a.of_class)
        for a in grounds.assumptions
    )
    demand = told.element.construction(told.assessment.constructions.get(told.row.id, "")).demand
    cell = cell_of(told.assessment, told.element, told.chart.claim, told.number)
    introduced = frozenset(told.element.introduces)
    asked = Question(told.number, demand, introduced, cell.roles, told.row.verdict, ())
    return asked, (*said, *assumed)


def places_of(graph: Graph) -> Mapping[int, Mapping[str, int]]:
    """Find the nodes of every product by name."""
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for node, (name, owner) in enumerate(zip(graph.names, graph.owner.tolist(), strict=True)):
        found[owner].setdefault(name, node)
    return found


def moved(told: Told, graph: Graph, product: int, places: Mapping[str, int]) -> Mapping[str, int]:
    """Bind the same parts in another graph."""
    old = told.assessment.graph
    roots = {int(old.roots[told.number]): int(graph.roots[product])}
    return {
        role: node if node < 0 else roots.get(node, places.get(old.names[node], -1))
        for role, node in told.binding.items()
    }


# Rulings: how one row of a small description is worded


def row(ontology: Ontology, patent: Patent, text: str, id: str, world: str = "documented") -> Row:
    """Chart one element of a small description."""
    product = parse_description(text, ontology.lexicon, file="x.yaml", folder=Path(), slug="x")
    claim = patent.element(id).claim
    charts = portfolio(assess([product], ontology, patent, world, claims=[claim])).products[0].charts
    return next(r for r in charts[0].rows if r.id == id)


BASE = """
product: x
kind: ball grid array package
parts:
  substrate: {kind: organic substrate}
  die: {kind: chip, size: 10 mm x 10 mm, flip-chip bonded to: substrate}
"""

RULINGS = {
    "the kind that is known comes before the kind asked for": (
        "lid: {kind: lid, over: die}",
        "1[d]",
        "The description names a lid, which is a heat sink. The lid is set over the die.",
    ),
    "a material is told without article": (
        "lid: {kind: lid, over: die, material: copper}",
        "5[a]",
        "The lid is made of copper. Copper is a metal-bearing material.",
    ),
    "what refutes a material is told": (
        "lid: {kind: lid, over: die, material: graphite}",
        "5[a]",
        "The lid is made of graphite. Graphite is not a metal-bearing material.",
    ),
    "signs are spelled out": (
        "mold: {kind: molded underfill, fills: gap between die and substrate, max filler size: '>= 40 um'}\n"
        "  gap between die and substrate: {height: 60 um}",
        "2[a]",
        "The largest particles in the mold measure at least 40 um; half the height of the bonding gap "
        "between the chip and the carrier is 30 µm.",
    ),
    "two sources that differ are both told": (
        "mold:\n    kind: molded underfill\n    fills: gap between die and substrate\n"
        "    max filler size: [10 um, 40 um]\n  gap between die and substrate: {height: 60 um}",
        "2[a]",
        "In one source the largest particles in the mold measure 10 um, in another the largest particles in "
        "the mold measure 40 um; half the height of the bonding gap between the chip and the carrier is "
        "30 µm.",
    ),
    "what is missing is named": (
        "lid: {kind: lid, over: die}",
        "1[e]",
        "The description does not say whether the lid has a greater plan-view area than the die.",
    ),
    "a part that is not named is not called absent": (
        "mold: {kind: molded underfill}",
        "1[d]",
        "The description names no part that could be the heat sink.",
    ),
    "plural names take plural verbs": (
        "capacitors: {kind: capacitors, soldered to: substrate}",
        "7[a]",
        "The description names capacitors, which are passive components. The capacitors are attached to the "
        "substrate. The capacitors are electrically connected to the substrate.",
    ),
    "what is called by its kind is named": (
        "mold: {kind: molded underfill, fills: gap between die and substrate}\n  carrier: {kind: lead frame}",
        "1[a]",
        "The substrate is an organic substrate, hence a carrier.",
    ),
}


@pytest.mark.parametrize("name", RULINGS)
def test_rulings_on_words(name: str, ontology: Ontology, patent: Patent) -> None:
    part, id, sentence = RULINGS[name]
    assert row(ontology, patent, f"{BASE}  {part}\n", id).sentence == sentence


def test_silence_counts_in_the_closed_world_only_and_the_chart_says_so(
    ontology: Ontology, patent: Patent
) -> None:
    text = f"{BASE}  mold: {{kind: molded underfill, fills: gap between die and substrate}}\n"
    told = row(ontology, patent, text, "1[g]", "closed")
    assert told.verdict is Verdict.NOT_MET
    assert {(c.grade, c.note) for c in told.refuting} == {("assumed", "the closed world")}
    assert row(ontology, patent, text, "1[g]", "open").refuting == ()


# Gaps: what would have to be said


def test_what_is_missing_would_meet_the_element(charted: Charted, ontology: Ontology) -> None:
    """What a row proposes, all said, meets the element in the same world and on the same parts."""
    told = [t for t in charted.rows if t.row.missing and all(gap.meets for gap in t.row.missing)]
    assert len(told) > (0 if charted.assessment.world == "closed" else 90)
    said = [(t, tuple(s for gap in t.row.missing for s in gap.meets)) for t in told]
    verdicts = judged_with(said, ontology)
    assert not shown([t for t, verdict in zip(told, verdicts, strict=True) if verdict is not Verdict.MET])


def test_what_is_missing_could_also_refute_the_element(charted: Charted, ontology: Ontology) -> None:
    said = [(t, gap.fails) for t in charted.rows for gap in t.row.missing if gap.fails]
    assert len(said) > (0 if charted.assessment.world == "closed" else 50)
    verdicts = judged_with(said, ontology)
    assert not shown([t for (t, _), v in zip(said, verdicts, strict=True) if v is not Verdict.NOT_MET])


def test_what_is_missing_is_proposed_unless_a_part_is_not_named_or_two_may_be_one(charted: Charted) -> None:
    """In the open world, items that nobody named may leave more open than a statement says."""
    spared = ("names no part", "that this could be said of", "apart")
    unknown = [t for t in charted.rows if t.row.verdict is Verdict.UNKNOWN and not t.refers_back]
    asked = [t for t in unknown if not any(words in t.row.sentence for words in spared)]
    left = [t for t in asked if not (t.row.missing and all(gap.meets for gap in t.row.missing))]
    allowed = 0.15 if charted.assessment.world == "open" else 0.05
    assert len(left) <= allowed * len(asked), shown(left)


def test_proposals_count_for_nothing_until_they_are_said(charted: Charted) -> None:
    proposed = [s for t in charted.rows for gap in t.row.missing for s in (*gap.meets, *gap.fails)]
    assert {s.evidence.grade for s in proposed} == {Grade.PROPOSED}


def judged_with(rows: list[tuple[Told, tuple[Statement, ...]]], ontology: Ontology) -> list[Verdict]:
    """Judge rows in their world as if statements had been made beside those of the description."""
    if not rows:
        return []
    products = [
        replace(supplied(told.product, statements), slug=f"x{n}") for n, (told, statements) in enumerate(rows)
    ]
    graph = close(entail(assemble(products, ontology)), rows[0][0].assessment.world)
    judge, places = Judge(graph, rows[0][0].assessment.patent.derived), places_of(graph)
    return [told.judge(judge, n, moved(told, graph, n, places[n])) for n, (told, _) in enumerate(rows)]


# Rulings: what is among the grounds, and what is not


def stated(ontology: Ontology, patent: Patent, text: str, id: str, world: str = "documented") -> list[str]:
    """List, in words, the statements that one element of a small description rests on."""
    product = parse_description(text, ontology.lexicon, file="x.yaml", folder=Path(), slug="x")
    grounds = row(ontology, patent, text, id, world).grounds
    wording = Wording(ontology.lexicon, product)
    return [wording.statement(s) for s in product.statements if s.id in grounds.statements]


def test_of_two_sources_that_say_the_same_one_is_enough(ontology: Ontology, patent: Patent) -> None:
    twice = "[{is: die, source: a}, {is: die, source: b}]"
    text = f"sources: {{a: {{title: A}}, b: {{title: B}}}}{BASE}  lid: {{kind: lid, over: {twice}}}\n"
    assert stated(ontology, patent, text, "1[d]") == [
        "The description names a lid.",
        "The lid is set over the die.",
    ]


def test_an_element_that_fails_twice_rests_on_one_failure(ontology: Ontology, patent: Patent) -> None:
    text = f"{BASE}  lid: {{kind: lid, over: {{not: die}}, under: die}}\n"
    assert stated(ontology, patent, text, "1[d]") == ["The lid is not set over the die."]


def test_that_there_is_no_part_rests_on_what_every_item_is(ontology: Ontology, patent: Patent) -> None:
    told = row(ontology, patent, f"{BASE}no: [heat sink]\n", "1[d]")
    assert told.sentence == "There is no heat sink."
    assert len(told.grounds.statements) == 1 + told.uncited
    assert told.uncited == 3


def test_an_assumption_among_grounds_says_what_it_completes(ontology: Ontology, patent: Patent) -> None:
    text = f"{BASE}  lid: {{kind: lid, over: die, material: graphite}}\n"
    assert row(ontology, patent, text, "5[a]", "open").grounds == Grounds()
    (assumed,) = row(ontology, patent, text, "5[a]").grounds.assumptions
    assert (assumed.item, assumed.of_class) == ("lid", "")
    assert assumed.sentence == "The description names everything that the lid is made of."
