"""The exported RDF is complete, uses declared terms only, and says what the charts say."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic, to_isomorphic
from rdflib.term import Node

from readson.assess import Assessment, assess
from readson.charting import portfolio
from readson.export import (
    VERDICTS,
    export,
    item_iri,
    node_iris,
    product_iri,
    reading_iri,
    record_iri,
    serialize,
)
from readson.ingest import parse_description
from readson.ontology import Ontology
from readson.resources import content_folder, turtle_files
from readson.results import Portfolio
from readson.shapes import Patent
from readson.statements import PRODUCT, Denial, Grade, Product
from readson.vocabulary import BASE, CLAIM, EV
from readson.worlds import WORLDS

claim, ev = Namespace(CLAIM), Namespace(EV)
earl = Namespace("http://www.w3.org/ns/earl#")

HOSTILE = """
product: "A <b> & \\"C\\" #1 {x} | \\\\ ^ ` é 漢字 🙂"
sources:
  ds-1: {title: 'Sheet "A" <1>'}
parts:
  "die <1> #2":
    kind: chip
    over: {is: 'mold "x"', source: ds-1, page: 1, quote: 'die "over" <mold> \\ tab'}
  'mold "x"': {kind: molded underfill, covers: "träger/基板"}
  "träger/基板": {kind: organic substrate, thickness: 0.3 mm}
  "a%20b {c}|d\\\\e^f`g": {kind: lid, over: "die <1> #2"}
  "reading 1": {kind: solder bumps, count: "<= 40", on: "die <1> #2"}
  "source/ds": {kind: capacitor}
  "verdict 1d": {kind: resistor}
"""
"""Names that need care in an IRI, and names that other IRIs might be mistaken for."""

OLD_PARSER = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
"""The JSON-LD parser of rdflib uses what rdflib calls deprecated."""


@pytest.fixture(scope="module")
def assessment(ontology: Ontology, patent: Patent, described: tuple[Product, ...]) -> Assessment:
    return assess(described, ontology, patent)


@pytest.fixture(scope="module")
def charts(assessment: Assessment) -> Portfolio:
    return portfolio(assessment)


@pytest.fixture(scope="module")
def graph(assessment: Assessment) -> Graph:
    return export(assessment)


@pytest.fixture(scope="module")
def hostile(ontology: Ontology, patent: Patent) -> Assessment:
    product = parse_description(HOSTILE, ontology.lexicon, file="x.yaml", folder=Path(), slug="a-b")
    return assess([product], ontology, patent, claims=[1, 2])


@pytest.fixture(scope="module")
def declared() -> Graph:
    """Load the ontology and the shapes."""
    result = Graph()
    for folder in ("ontology", "shapes"):
        for path in turtle_files(content_folder(folder)):
            result.parse(path, format="turtle")
    return result


def judgments(graph: Graph) -> list[Node]:
    found = sorted(graph.subjects(RDF.type, claim.Judgment))
    assert found
    return found


def one(graph: Graph, subject: Node, predicate: URIRef) -> Node:
    """Give the only value of a property."""
    (value,) = graph.objects(subject, predicate)
    return value


# Terms


def test_every_term_is_declared(graph: Graph, declared: Graph) -> None:
    used = {term for triple in graph for term in triple if isinstance(term, URIRef)}
    ours = {term for term in used if term.startswith(BASE) and not term.startswith(f"{BASE}product/")}
    known = {subject for subject in declared.subjects(RDF.type, None) if isinstance(subject, URIRef)}
    assert len(ours) > 100
    assert not sorted(ours - known)
    assert {earl.Assertion, earl.outcome, earl.passed, earl.failed, earl.cantTell} <= known
    assert not sorted(t for t in used if t.startswith(str(earl)) and t not in known)


def test_predicates_are_properties_and_types_are_classes(graph: Graph, declared: Graph) -> None:
    ours = {p for p in graph.predicates() if str(p).startswith(BASE)}
    kinds = {p: {str(t).rpartition("#")[2] for t in declared.objects(p, RDF.type)} for p in ours}
    assert not [p for p, k in kinds.items() if not any(name.endswith("Property") for name in k)]
    classes = {c for c in graph.objects(None, RDF.type) if str(c).startswith(BASE)}
    assert not [
        c for c in classes if not any(str(t).endswith("Class") for t in declared.objects(c, RDF.type))
    ]


def test_the_export_holds_no_blank_node_and_one_subject_at_least_for_every_product(
    graph: Graph, described: tuple[Product, ...]
) -> None:
    assert all(isinstance(term, URIRef | Literal) for triple in graph for term in triple)
    assert {one(graph, product_iri(p.slug), RDFS.label) for p in described} == {
        Literal(p.title) for p in described
    }


def test_what_belongs_to_one_product_leads_to_no_other(graph: Graph) -> None:
    def product(term: Node) -> str:
        return str(term).partition("#")[0] if str(term).startswith(f"{BASE}product/") else ""

    assert not [t for t in graph if product(t[2]) and product(t[0]) != product(t[2])]
    assert all(product(subject) for subject in graph.subjects())


# Judgments


def test_every_judgment_has_one_verdict_with_its_outcome(graph: Graph, declared: Graph) -> None:
    outcomes = dict(VERDICTS.values())
    for node in judgments(graph):
        assert one(graph, node, earl.outcome) == outcomes[one(graph, node, claim.verdict)]
        assert (node, RDF.type, earl.Assertion) in graph
        assert one(graph, node, claim.inWorld) == claim.documented
        assert (one(graph, node, claim.reads), RDF.type, None) in declared


def test_every_judgment_is_of_a_product_on_its_reading(graph: Graph) -> None:
    for node in judgments(graph):
        product, reading = one(graph, node, claim.onProduct), one(graph, node, claim.onReading)
        assert (reading, RDF.type, claim.Reading) in graph
        assert one(graph, reading, claim.product) == product
        assert str(node).startswith(f"{product}#")


def test_every_claim_and_row_of_the_charts_is_judged_alike(graph: Graph, charts: Portfolio) -> None:
    for product in charts.products:
        for chart in product.charts:
            shown = {(str(chart.claim), chart.verdict, chart.sentence)}
            shown |= {(r.anchor, r.verdict, r.sentence) for r in chart.rows if not r.inherited}
            for name, verdict, sentence in shown:
                node = record_iri(product.slug, "verdict", name)
                assert one(graph, node, claim.verdict) == VERDICTS[verdict][0]
                assert one(graph, node, claim.reason) == Literal(sentence)
                assert one(graph, node, claim.onReading) == reading_iri(product.slug, chart.claim)


def test_a_judgment_has_the_keys_of_the_rows_that_show_it(graph: Graph, charts: Portfolio) -> None:
    shown = {
        (record_iri(product.slug, "verdict", row.anchor), Literal(row.key))
        for product in charts.products
        for chart in product.charts
        for row in chart.rows
        if row.repeats or not row.inherited
    }
    assert set(graph.subject_objects(claim.row)) == shown


def test_every_construction_is_judged(graph: Graph, charts: Portfolio, patent: Patent) -> None:
    for product in charts.products:
        for row in (r for c in product.charts for r in c.rows if not r.inherited):
            for other in row.alternatives:
                node = record_iri(product.slug, "verdict", row.anchor, other.name)
                assert one(graph, node, claim.verdict) == VERDICTS[other.verdict][0]
                iri = patent.element(row.id).construction(other.name).iri
                assert one(graph, node, claim.reads) == URIRef(iri)
    rows = sum(1 + (not r.inherited) * len(r.alternatives) for c in charts.products[0].charts for r in c.rows)
    inherited = sum(r.inherited for c in charts.products[0].charts for r in c.rows)
    of_first = [
        n for n in judgments(graph) if one(graph, n, claim.onProduct) == product_iri(charts.products[0].slug)
    ]
    assert len(of_first) == rows - inherited + len(charts.products[0].charts)


@pytest.mark.parametrize("world", WORLDS)
def test_judgments_name_their_world_and_construction(
    world: str, ontology: Ontology, patent: Patent, described: tuple[Product, ...]
) -> None:
    assessed = assess(described[:1], ontology, patent, world, {"1[e]": "total-surface"}, [1])
    graph = export(assessed)
    assert {one(graph, n, claim.inWorld) for n in judgments(graph)} == {claim[world]}
    construed = dict(graph.subject_objects(claim.underConstruction))
    node = record_iri(described[0].slug, "verdict", "1e")
    assert construed == {node: URIRef(patent.element("1[e]").construction("total-surface").iri)}


def test_readings_bind_roles_to_parts_that_the_product_has(
    graph: Graph, assessment: Assessment, patent: Patent
) -> None:
    for number in range(len(assessment.graph.products)):
        slug, iris = assessment.graph.products[number].slug, node_iris(assessment, number)
        for id in assessment.readings:
            bound = {
                str(p): o for p, o in graph.predicate_objects(reading_iri(slug, id)) if str(p) in patent.roles
            }
            assert bound == {r: iris[n] for r, n in assessment.binding(id, number).items() if n >= 0}
            assert all((part, RDF.type, None) in graph for part in bound.values())


# Statements and their evidence


def test_what_a_judgment_rests_on_exists_and_is_graded(graph: Graph) -> None:
    rested = set(graph.objects(None, claim.rests))
    assert rested
    for node in rested:
        assert (node, RDF.type, ev.Statement) in graph
        assert one(graph, node, ev.grade) in {ev[grade.value] for grade in Grade}
    assumed = [node for node in rested if one(graph, node, ev.grade) == ev.assumed]
    assert assumed and all(one(graph, node, ev.note) for node in assumed)


def test_every_citation_of_a_chart_is_rested_on(graph: Graph, charts: Portfolio) -> None:
    for product in charts.products:
        for row in (r for c in product.charts for r in c.rows if not r.inherited):
            cited = {c.statement for c in (*row.supporting, *row.refuting) if c.statement}
            rested = set(graph.objects(record_iri(product.slug, "verdict", row.anchor), claim.rests))
            assert {record_iri(product.slug, "statement", id) for id in cited} <= rested


def test_every_statement_is_exported_with_its_words(graph: Graph, described: tuple[Product, ...]) -> None:
    for product in described:
        for statement in product.statements:
            node = record_iri(product.slug, "statement", statement.id)
            assert one(graph, node, ev.property) == URIRef(statement.property)
            assert one(graph, node, ev.subject) == item_iri(product.slug, statement.subject)
            assert one(graph, node, ev.grade) == ev[statement.evidence.grade.value]
            assert ((node, RDF.type, ev.Denial) in graph) == isinstance(statement.content, Denial)
            if statement.evidence.source:
                assert one(graph, node, ev.quote) == Literal(statement.evidence.quote)
                assert one(graph, node, ev.locator) == Literal(statement.evidence.locator)


def test_every_stated_fact_with_a_source_has_a_quote_and_a_place(graph: Graph) -> None:
    stated = [n for n in graph.subjects(ev.grade, ev.stated) if (n, ev.source, None) in graph]
    assert len(stated) > 100
    for node in stated:
        assert str(one(graph, node, ev.quote)) and str(one(graph, node, ev.locator))
        assert (one(graph, node, ev.source), RDF.type, ev.Source) in graph


def test_sources_have_a_title_and_the_digest_of_their_file(graph: Graph) -> None:
    sources = list(graph.subjects(RDF.type, ev.Source))
    assert len(sources) > 16
    for node in sources:
        assert str(one(graph, node, ev.title))
        if (node, ev.file, None) in graph:
            assert re.fullmatch(r"[0-9a-f]{64}", str(one(graph, node, ev.sha256)))
    assert any((node, ev.file, None) in graph for node in sources)


def test_denials_relate_nothing(ontology: Ontology, patent: Patent) -> None:
    text = "product: x\nparts:\n  die: {kind: chip, over: {not: lid}}\n  lid: {kind: lid}\n"
    product = parse_description(text, ontology.lexicon, file="x.yaml", folder=Path(), slug="x")
    graph = export(assess([product], ontology, patent, claims=[1]))
    die, lid = item_iri("x", "die"), item_iri("x", "lid")
    (denial,) = graph.subjects(RDF.type, ev.Denial)
    assert (one(graph, denial, ev.subject), one(graph, denial, ev.object)) == (die, lid)
    assert (die, one(graph, denial, ev.property), lid) not in graph


# IRIs


def test_items_have_iris_of_their_own(assessment: Assessment, hostile: Assessment) -> None:
    for assessed in (assessment, hostile):
        for number, product in enumerate(assessed.graph.products):
            iris = node_iris(assessed, number)
            assert [i for i, count in Counter(iris.values()).items() if count > 1] == []
            first = int(assessed.graph.roots[number])
            named = {name: iris[first + place] for place, name in enumerate(product.items)}
            assert named == {name: item_iri(product.slug, name) for name in product.items}


def test_iris_do_not_depend_on_what_else_is_described(
    ontology: Ontology, patent: Patent, described: tuple[Product, ...]
) -> None:
    alone = assess(described[1:2], ontology, patent, claims=[1])
    among = assess(described[:3], ontology, patent, claims=[1])
    ours = f"{product_iri(described[1].slug)}"
    of_product = {t for t in export(among) if str(t[0]).partition("#")[0] == ours}
    assert of_product == set(export(alone))


def test_every_iri_is_valid_and_gives_its_name_back(hostile: Assessment) -> None:
    (product,) = hostile.graph.products
    for name in product.items:
        iri = str(item_iri(product.slug, name))
        assert re.fullmatch(r"[A-Za-z0-9%._~:/#-]+", iri) and iri.count("#") == (name != PRODUCT)
        if name != PRODUCT:
            assert "/" not in urlsplit(iri).fragment
            assert unquote(urlsplit(iri).fragment) == name.replace(" ", "-")


def test_no_item_is_mistaken_for_a_reading_a_verdict_or_a_source(hostile: Assessment) -> None:
    graph = export(hostile)
    (product,) = hostile.graph.products
    items = {item_iri(product.slug, name) for name in product.items}
    records = {claim.Reading, claim.Judgment, ev.Statement, ev.Source}
    assert {"reading 1", "source/ds", "verdict 1d"} <= set(product.items)
    assert not [i for i in items if records & set(graph.objects(i, RDF.type))]


@pytest.mark.parametrize(
    "name", ["a b", "a/b", "a#b", "a?b", "a%20b", "<a>", '"a"', "é", "漢", "a\\b", "`{|}^"]
)
def test_names_and_slugs_of_all_kinds_make_valid_iris(name: str) -> None:
    for iri in (item_iri("x", name), product_iri(name), record_iri(name, "source", name)):
        again = Graph().parse(data=f"<{iri}> a <{claim.Reading}> .", format="turtle")
        assert list(again.subjects()) == [iri]


# Formats


@OLD_PARSER
@pytest.mark.parametrize("form", ["turtle", "json-ld", "n-triples"])
def test_hostile_names_come_back_from_every_format(form: str, hostile: Assessment) -> None:
    parsed_as = {"n-triples": "nt"}.get(form, form)
    graph, again = export(hostile), Graph().parse(data=serialize(hostile, form), format=parsed_as)
    assert isomorphic(graph, again)
    (product,) = hostile.graph.products
    assert one(again, product_iri("a-b"), RDFS.label) == Literal(product.title)
    labels = {str(o) for o in again.objects(None, RDFS.label)}
    assert {name for name in product.items if name != PRODUCT} <= labels
    assert Literal('die "over" <mold> \\ tab') in set(again.objects(None, ev.quote))


@OLD_PARSER
@pytest.mark.parametrize("slug", ["conflicting-sources", "molding-pressure-too-high"])
def test_turtle_and_json_ld_say_the_same(
    slug: str, ontology: Ontology, patent: Patent, described: tuple[Product, ...]
) -> None:
    assessed = assess([p for p in described if p.slug == slug], ontology, patent)
    graphs = [Graph().parse(data=serialize(assessed, f), format=f) for f in ("turtle", "json-ld")]
    assert to_isomorphic(graphs[0]) == to_isomorphic(graphs[1]) == to_isomorphic(export(assessed))
    assert len(graphs[0]) > 1000


def test_prefixes_of_the_ontology_and_the_patent_are_bound(hostile: Assessment) -> None:
    bound = dict(re.findall(r"^@prefix (\S+): <(.*)> \.$", serialize(hostile, "turtle"), flags=re.MULTILINE))
    assert {"pkg", "claim", "ev", "earl"} <= set(bound)
    assert f"{BASE}{hostile.patent.slug}#" in bound.values()
