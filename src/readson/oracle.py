"""The oracle: pySHACL judges the same readings, as a second engine that shares no code with ours.

`opinions.py` holds its answers against our verdicts. A bounded quantity is given to it by its two ends:
every value in between must satisfy a comparison, and SHACL compares every value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import numpy as np
from pyshacl import validate
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from readson.assess import Assessment
from readson.export import double, node_iris, reading_iri, relation_triples
from readson.expressions import Route
from readson.focus import Focus
from readson.graph import Interval
from readson.judging import leaf
from readson.resources import content_folder, turtle_files
from readson.shapes import Patent
from readson.vocabulary import CLAIM


def conforming(assessment: Assessment, product: int) -> dict[int, frozenset[str]]:
    """Give, for the best reading of every claim, the IRIs of the shapes that pySHACL says it conforms to.

    All elements of the claim are judged, own and inherited, with all their constructions.
    """
    shapes = shapes_graph(assessment.patent, assessment.constructions)
    report = validation_report(data_graph(assessment, product), shapes)
    return conforming_by(report, assessment, product)


def data_graph(assessment: Assessment, product: int) -> Graph:
    """Give one product and its best readings to pySHACL."""
    data = Graph()
    for triple in _triples(assessment, product):
        data.add(triple)
    return data


def shapes_graph(patent: Patent, constructions: Mapping[str, str] | None = None) -> Graph:
    """Give the shapes of a patent to pySHACL; a claim is the AND of its elements as they are construed."""
    chosen = ((patent.element(id), name) for id, name in (constructions or {}).items())
    pairs = sorted((element.iri, element.construction(name).iri) for element, name in chosen)
    return _shapes(content_folder("shapes") / patent.slug, tuple(pairs))


def validation_report(data: Graph, shapes: Graph) -> Graph:
    """Let pySHACL validate all readings in a graph, by a copy of the shapes: it adds to what it is given."""
    _, report, _ = validate(data, shacl_graph=Graph() + shapes, inference="none", advanced=False)
    assert isinstance(report, Graph)
    return report


def conforming_by(report: Graph, assessment: Assessment, product: int) -> dict[int, frozenset[str]]:
    """Give, for the best reading of every claim, the shapes that a report has no violation of."""
    patent = assessment.patent
    failed = set(_failures(report, shapes_graph(patent, assessment.constructions)))
    slug = assessment.graph.products[product].slug
    return {n: _passed(patent, n, reading_iri(slug, n), failed) for n in assessment.readings}


def _passed(patent: Patent, number: int, reading: URIRef, failed: set[tuple[Node, Node]]) -> frozenset[str]:
    every = (c.iri for e in patent.elements(number) for c in e.constructions)
    return frozenset(iri for iri in every if (reading, URIRef(iri)) not in failed)


@cache
def _shapes(folder: Path, chosen: tuple[tuple[str, str], ...]) -> Graph:
    """Load the shapes; constructions get the target of their element, and chosen ones its place too."""
    graph = Graph()
    for path in turtle_files(folder):
        graph.parse(path, format="turtle")
    for construction, element in graph.subject_objects(URIRef(CLAIM + "construes")):
        for target in graph.objects(element, SH.targetClass):
            graph.add((construction, SH.targetClass, target))
    for iri, used in chosen:
        for place in list(graph.subjects(RDF.first, URIRef(iri))):
            graph.set((place, RDF.first, URIRef(used)))
    return graph


def _failures(report: Graph, shapes: Graph) -> Iterator[tuple[Node, Node]]:
    """List (reading, named shape) of every violation: climb from the shape that failed to the named one."""
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus, shape = report.value(result, SH.focusNode), report.value(result, SH.sourceShape)
        while shape is not None and not isinstance(shape, URIRef):
            shape = next(iter(shapes.subjects(None, shape)), None)
        if focus is not None and shape is not None:
            yield focus, shape


def _triples(assessment: Assessment, product: int) -> Iterator[tuple[Node, Node, Node]]:
    """Give the product graph and its readings as plain RDF, numbers by their ends."""
    quantities = {URIRef(p) for p in assessment.graph.quantities}
    for triple in relation_triples(assessment, product):
        if triple[1] not in quantities:
            yield triple
    iris = node_iris(assessment, product)
    nodes = np.array(sorted(iris))
    for prop, column in sorted(assessment.graph.quantities.items()):
        taken = column.take(nodes)
        for row, node in enumerate(nodes.tolist()):
            if taken.known[row]:
                yield from ((iris[node], URIRef(prop), end) for end in _ends(taken, row))
    for number in assessment.readings:
        yield from _reading(assessment, product, number, iris)


def _ends(column: Interval, row: int) -> list[Literal]:
    """Give both ends of a quantity; an open end moves by the least step inward."""
    low, high = float(column.low[row]), float(column.high[row])
    low = float(np.nextafter(low, np.inf)) if column.low_open[row] else low
    high = float(np.nextafter(high, -np.inf)) if column.high_open[row] else high
    return [double(low), double(high)]


def _reading(
    assessment: Assessment, product: int, number: int, iris: dict[int, URIRef]
) -> Iterator[tuple[Node, Node, Node]]:
    node = reading_iri(assessment.graph.products[product].slug, number)
    binding = assessment.binding(number, product)
    for ancestor in assessment.patent.lineage(number):
        yield node, RDF.type, URIRef(ancestor.reading_class)
    yield node, URIRef(CLAIM + "product"), iris[int(assessment.graph.roots[product])]
    for role, part in binding.items():
        if part >= 0:
            yield node, URIRef(role), iris[part]
    yield from _derived(assessment, product, node, binding, iris)
    yield from _comparisons(assessment, binding, iris)


def _derived(
    assessment: Assessment, product: int, node: URIRef, binding: dict[str, int], iris: dict[int, URIRef]
) -> Iterator[tuple[Node, Node, Node]]:
    """Give the derived properties of a reading whose roles it binds."""
    columns = {role: np.array([part]) for role, part in binding.items()}
    here = leaf(assessment.search.judge, Focus(np.array([product]), columns), frozenset())
    for iri, derived in sorted(assessment.patent.derived.items()):
        if not assessment.search.roles_of(iri) <= set(binding):
            continue
        if derived.numeric:
            values = here.values(Route(iri, ()))
            for row in np.flatnonzero(values.bounds.known).tolist():
                yield from ((node, URIRef(iri), end) for end in _ends(values.bounds, row))
        else:
            yield from ((node, URIRef(iri), iris[int(n)]) for n in here.walk(Route(iri, ())).node)


def _comparisons(
    assessment: Assessment, binding: dict[str, int], iris: dict[int, URIRef]
) -> Iterator[tuple[Node, Node, Node]]:
    """Give the comparisons of quantities that hold between the parts of a reading."""
    parts = np.array(sorted({part for part in binding.values() if part >= 0}), dtype=np.int64)
    for prop in sorted(assessment.graph.ontology.comparisons):
        left = np.repeat(parts, len(parts))
        right = np.tile(parts, len(parts))
        holds = assessment.search.judge.paths.compares(prop, left, right, holds=True)
        for a, b in zip(left[holds].tolist(), right[holds].tolist(), strict=True):
            yield iris[a], URIRef(prop), iris[b]
