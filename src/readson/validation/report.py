"""Write a report as RDF, a `sh:ValidationReport` (W3C SHACL, section 3.6); same input, same bytes."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from readson.turtle import Triples
from readson.validation.parameters import rdf_term
from readson.validation.results import Report, Result
from readson.validation.terms import Between, RDFTerm, Term
from readson.validation.wording import sentence
from readson.vocabulary import RDF, SH, XSD

PREFIXES = {"sh": SH, "xsd": XSD, "rdf": RDF}
Triple = tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode, RDFTerm]
_LIST = (RDF + "first", RDF + "rest")
_PATHS = (
    SH + "inversePath", SH + "alternativePath", SH + "zeroOrMorePath", SH + "oneOrMorePath",
    SH + "zeroOrOnePath",
)  # fmt: skip


def report_text(report: Report) -> str:
    """Write a report in Turtle."""
    triples = (ox.Triple(*triple) for triple in report_triples(report))
    written = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    assert written is not None
    return written.decode("utf-8")


def report_triples(report: Report) -> Iterator[Triple]:
    """Give the triples of a report; every result is a blank node of its own."""
    root = ox.BlankNode("report")
    truth = ox.NamedNode(XSD + "boolean")
    yield root, ox.NamedNode(RDF + "type"), _sh("ValidationReport")
    yield root, _sh("conforms"), ox.Literal(str(report.conforms).lower(), datatype=truth)
    for number in range(1, len(report) + 1):
        yield root, _sh("result"), ox.BlankNode(f"result{number}")
    numbers = iter(range(1, len(report) + 1))
    for found in report.violations:
        messages = [rdf_term(m) for m in found.shape.messages] or [ox.Literal(sentence(found.constraint))]
        for row in range(len(found)):
            node = ox.BlankNode(f"result{next(numbers)}")
            result = report.result(found, row)
            yield from _result(result, node, messages)
            if result.path.startswith("_:"):
                yield from _path(report.paths, result.path, ox.BlankNode(f"{node.value}path"))


def _result(result: Result, node: ox.BlankNode, messages: list[RDFTerm]) -> Iterator[Triple]:
    yield node, ox.NamedNode(RDF + "type"), _sh("ValidationResult")
    yield node, _sh("focusNode"), _written(result.focus)
    if result.path:
        copied = result.path.startswith("_:")
        path = ox.BlankNode(f"{node.value}path") if copied else ox.NamedNode(result.path)
        yield node, _sh("resultPath"), path
    if result.value is not None:
        yield node, _sh("value"), _written(result.value)
    yield from ((node, _sh("resultMessage"), message) for message in messages)
    yield node, _sh("resultSeverity"), ox.NamedNode(result.severity)
    yield node, _sh("sourceConstraintComponent"), ox.NamedNode(result.component)
    yield node, _sh("sourceShape"), rdf_term(result.shape)


def _written(term: Term) -> RDFTerm:
    if isinstance(term, Between):
        raise ValueError(f"only a graph that is known as a whole has a report: {term}")
    return term


def _path(shapes: Triples, node: str, copy: ox.BlankNode) -> Iterator[Triple]:
    """Copy a path that is no IRI, under names that belong to the result: what was read of it, no more."""
    inside: list[tuple[str, ox.BlankNode]] = []
    for term in _LIST if shapes.objects(node, _LIST[0]) else _PATHS:
        for value in shapes.objects(node, term)[:1]:
            target = rdf_term(value)
            if isinstance(value, str) and value.startswith("_:"):
                target = ox.BlankNode(f"{copy.value}-{term.rpartition('#')[2]}")
                inside.append((value, target))
            yield copy, ox.NamedNode(term), target
    for part, target in inside:
        yield from _path(shapes, part, target)


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(SH + name)
