"""RDF out: product graphs with their evidence, readings and verdicts.

Terms: `ontology/evidence.ttl` and `ontology/claim.ttl`; verdicts are EARL assertions, sources PROV entities.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import quote

import numpy as np
from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDFS
from rdflib.plugins.serializers.turtle import TurtleSerializer
from rdflib.term import Node

from readson.assess import Assessment
from readson.charting import portfolio
from readson.relations import objects, subjects
from readson.results import Chart, Citation, ProductCharts, Row
from readson.statements import PRODUCT, Bounds, Complete, Denial, Product, Statement, Value
from readson.verdicts import Verdict
from readson.vocabulary import BASE, CLAIM, EV, QTY, TYPE

claim, ev, qty = Namespace(CLAIM), Namespace(EV), Namespace(QTY)
earl = Namespace("http://www.w3.org/ns/earl#")
prov = Namespace("http://www.w3.org/ns/prov#")

VERDICTS = {
    Verdict.MET: (claim.met, earl.passed),
    Verdict.NOT_MET: (claim.notMet, earl.failed),
    Verdict.UNKNOWN: (claim.unknown, earl.cantTell),
    Verdict.CONFLICTING: (claim.conflicting, earl.cantTell),
}
Triples = Iterator[tuple[URIRef, URIRef, URIRef | Literal]]


def product_iri(slug: str) -> URIRef:
    """Give the IRI of a product."""
    return URIRef(f"{BASE}product/{quote(slug)}")


def item_iri(slug: str, name: str) -> URIRef:
    """Give the IRI of an item of a product: its name, blanks as hyphens."""
    root = product_iri(slug)
    return root if name == PRODUCT else URIRef(f"{root}#{quote(name.replace(' ', '-'), safe='')}")


def record_iri(slug: str, *path: str | int) -> URIRef:
    """Give the IRI of what is said of a product; its slash stands in the IRI of no item."""
    return URIRef(f"{product_iri(slug)}#{'/'.join(quote(str(part), safe='') for part in path)}")


def node_iris(assessment: Assessment, product: int) -> dict[int, URIRef]:
    """Give the IRIs of all nodes of one product, also of those the ontology requires; no two are alike."""
    graph = assessment.graph
    slug = graph.products[product].slug
    found: dict[int, URIRef] = {}
    taken: set[URIRef] = set()
    for node in np.flatnonzero(graph.owner == product).tolist():
        iri = item_iri(slug, PRODUCT if node == graph.roots[product] else graph.names[node])
        found[node] = iri if iri not in taken else URIRef(f"{iri}/{node - int(graph.roots[product])}")
        taken.add(found[node])
    return found


def export(assessment: Assessment) -> Graph:
    """Put product graphs, statements, readings and verdicts into one RDF graph."""
    result = Graph()
    result.bind("earl", earl)
    result.bind("prov", prov)
    for prefix, namespace in sorted(assessment.graph.ontology.prefixes.items()):
        result.bind(prefix, namespace)
    result.bind("patent", f"{BASE}{assessment.patent.slug}#")
    charts = portfolio(assessment)
    for number, product in enumerate(charts.products):
        for triples in (
            relation_triples(assessment, number),
            _statement_triples(assessment.graph.products[number]),
            _source_triples(assessment.graph.products[number]),
            _chart_triples(assessment, number, product),
        ):
            for triple in triples:
                result.add(triple)
    return result


def relation_triples(assessment: Assessment, product: int) -> Triples:
    """Give what holds between the nodes of a product, entailed relations and classes included."""
    graph, iris = assessment.graph, node_iris(assessment, product)
    yield iris[int(graph.roots[product])], RDFS.label, Literal(graph.products[product].title)
    for node, iri in iris.items():
        if node != graph.roots[product]:
            yield iri, RDFS.label, Literal(graph.names[node])
    mine = graph.owner == product
    for key in graph.typed[mine[objects(graph.typed)]].tolist():
        for upper in np.flatnonzero(graph.ontology.above[key >> 32]).tolist():
            yield iris[key & 0xFFFFFFFF], RDF.type, URIRef(graph.ontology.classes[upper])
    for prop, pairs in sorted(graph.relations.items()):
        kept = pairs[mine[subjects(pairs)]]
        for subject, object_ in zip(subjects(kept).tolist(), objects(kept).tolist(), strict=True):
            value = Literal(bool(object_)) if object_ < 2 else iris[object_]
            yield iris[subject], URIRef(prop), value
    for prop, column in sorted(graph.quantities.items()):
        for node in np.flatnonzero(mine & column.known & (column.low == column.high)).tolist():
            yield iris[node], URIRef(prop), double(float(column.low[node]))


def double(value: float) -> Literal:
    """Write a number as xsd:double, infinities too."""
    text = {np.inf: "INF", -np.inf: "-INF"}.get(value, repr(value))
    return Literal(text, datatype=XSD.double)


def _statement_triples(product: Product) -> Triples:
    for statement in product.statements:
        yield from _statement(product, statement)


def _statement(product: Product, statement: Statement) -> Triples:
    node = record_iri(product.slug, "statement", statement.id)
    kinds = {Denial: ev.Denial, Complete: ev.Completeness}
    yield node, RDF.type, kinds.get(type(statement.content), ev.Statement)
    yield node, RDF.type, ev.Statement
    yield node, ev.subject, item_iri(product.slug, statement.subject)
    yield node, ev.property, URIRef(statement.property)
    match statement.content:
        case Value(object=target) | Denial(object=target):
            yield node, ev.object, _object(product.slug, statement.property, target)
        case Complete(of_class=cls, values=values):
            if cls:
                yield node, ev.ofClass, URIRef(cls)
            for name in values:
                yield node, ev.object, item_iri(product.slug, name)
        case Bounds() as bounds:
            yield from _bounds(node, bounds)
    evidence = statement.evidence
    yield node, ev.grade, ev[evidence.grade.value]
    if evidence.source:
        yield node, ev.source, record_iri(product.slug, "source", evidence.source)
    for prop, text in ((ev.locator, evidence.locator), (ev.quote, evidence.quote), (ev.note, evidence.note)):
        if text:
            yield node, prop, Literal(text)


def _object(slug: str, prop: str, target: str | bool) -> URIRef | Literal:
    if isinstance(target, bool):
        return Literal(target)
    return URIRef(target) if prop == TYPE else item_iri(slug, target)


def _bounds(node: URIRef, bounds: Bounds) -> Triples:
    inner = URIRef(f"{node}/bounds")
    yield node, ev.bounds, inner
    yield inner, RDF.type, qty.Bounds
    if np.isfinite(bounds.low):
        yield inner, qty.moreThan if bounds.low_open else qty.atLeast, _decimal(bounds.low)
    if np.isfinite(bounds.high):
        yield inner, qty.lessThan if bounds.high_open else qty.atMost, _decimal(bounds.high)
    if bounds.text:
        yield inner, qty.written, Literal(bounds.text)


def _decimal(value: float) -> Literal:
    return Literal(np.format_float_positional(value, trim="0"), datatype=XSD.decimal)


def _source_triples(product: Product) -> Triples:
    for source in product.sources:
        node = record_iri(product.slug, "source", source.id)
        yield node, RDF.type, ev.Source
        texts = (
            (ev.title, source.title),
            (ev.date, source.date),
            (ev.file, source.file),
            (ev.sha256, source.sha256),
        )
        for prop, text in texts:
            if text:
                yield node, prop, Literal(text)


def reading_iri(slug: str, number: int) -> URIRef:
    """Give the IRI of the best reading of a claim on a product."""
    return record_iri(slug, "reading", number)


def reading_triples(assessment: Assessment, product: int, number: int) -> Triples:
    """Give a claim's best reading: its product and the parts its roles are bound to."""
    slug, iris = assessment.graph.products[product].slug, node_iris(assessment, product)
    node = reading_iri(slug, number)
    yield node, RDF.type, URIRef(CLAIM + "Reading")
    yield node, claim.product, iris[int(assessment.graph.roots[product])]
    for role, part in sorted(assessment.binding(number, product).items()):
        if part >= 0:
            yield node, URIRef(role), iris[part]


def _chart_triples(assessment: Assessment, product: int, charts: ProductCharts) -> Triples:
    elements = {e.id: e for c in assessment.patent.claims.values() for e in c.elements}
    for chart in charts.charts:
        encoded = assessment.patent.claims[chart.claim]
        yield from reading_triples(assessment, product, chart.claim)
        judgment = record_iri(charts.slug, "verdict", chart.claim)
        yield from _judgment(assessment, charts.slug, judgment, encoded.iri, chart.verdict, chart.claim)
        yield judgment, claim.reason, Literal(chart.sentence)
        for row in chart.rows:
            if row.repeats:
                node = record_iri(charts.slug, "verdict", row.anchor)
                yield node, claim.row, Literal(row.key)
            elif not row.inherited:
                used = assessment.constructions.get(row.id, "")
                iri = elements[row.id].iri
                yield from _row(assessment, charts.slug, chart, row, iri)
                for alternative in row.alternatives:
                    other = elements[row.id].construction(alternative.name)
                    node = record_iri(charts.slug, "verdict", row.anchor, alternative.name)
                    yield from _judgment(
                        assessment, charts.slug, node, other.iri, alternative.verdict, chart.claim
                    )
                if used:
                    node = record_iri(charts.slug, "verdict", row.anchor)
                    yield node, claim.underConstruction, URIRef(elements[row.id].construction(used).iri)


def _row(assessment: Assessment, slug: str, chart: Chart, row: Row, iri: str) -> Triples:
    node = record_iri(slug, "verdict", row.anchor)
    yield from _judgment(assessment, slug, node, iri, row.verdict, chart.claim)
    yield node, claim.row, Literal(row.key)
    yield node, claim.reason, Literal(row.sentence)
    for citation in (*row.supporting, *row.refuting):
        yield from _rests(slug, node, citation)
    for gap in row.missing:
        yield node, claim.missing, Literal(gap.sentence)


def _judgment(
    assessment: Assessment, slug: str, node: URIRef, reads: str, verdict: Verdict, number: int
) -> Triples:
    value, outcome = VERDICTS[verdict]
    yield node, RDF.type, claim.Judgment
    yield node, RDF.type, earl.Assertion
    yield node, claim.reads, URIRef(reads)
    yield node, claim.onProduct, product_iri(slug)
    yield node, claim.onReading, reading_iri(slug, number)
    yield node, claim.verdict, value
    yield node, earl.outcome, outcome
    yield node, claim.inWorld, claim[assessment.world]


def _rests(slug: str, node: URIRef, citation: Citation) -> Triples:
    if citation.statement:
        yield node, claim.rests, record_iri(slug, "statement", citation.statement)
        return
    digest = hashlib.sha256(citation.sentence.encode()).hexdigest()[:8]
    assumed = record_iri(slug, "assumed", digest)
    yield node, claim.rests, assumed
    yield assumed, RDF.type, ev.Statement
    yield assumed, ev.grade, ev.assumed
    yield assumed, ev.note, Literal(citation.sentence)


class _ExactTurtle(TurtleSerializer):
    """Write doubles with all their digits; rdflib alone would round them to six decimals."""

    def label(self, node: Node, position: int) -> str:
        if isinstance(node, Literal) and node.datatype == XSD.double:
            return node.n3(self.store.namespace_manager)
        return super().label(node, position)


def serialize(assessment: Assessment, form: str) -> str:
    """Write the export as "turtle", "json-ld" or "n-triples", the same bytes every time."""
    graph = export(assessment)
    if form == "n-triples":
        return _by_product(graph.serialize(format="nt"), assessment)
    if form == "turtle":
        stream = BytesIO()
        _ExactTurtle(graph).serialize(stream)
        return stream.getvalue().decode()
    nodes = json.loads(graph.serialize(format="json-ld"))
    return json.dumps(_sorted(nodes), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _by_product(triples: str, assessment: Assessment) -> str:
    """Sort lines so that those of a product stand together, the products in order."""
    order = {str(product_iri(p.slug)): number for number, p in enumerate(assessment.graph.products)}
    lines = [line for line in triples.split("\n") if line]
    lines.sort(key=lambda line: (order[line[1 : line.index(">")].partition("#")[0]], line))
    return "".join(f"{line}\n" for line in lines)


def _sorted(value: object) -> object:
    if isinstance(value, list):
        return sorted((_sorted(v) for v in value), key=lambda v: json.dumps(v, sort_keys=True))
    if isinstance(value, dict):
        return {k: _sorted(v) for k, v in value.items()}
    return value
