"""The Core part of the W3C SHACL test suite, beside the checkout or where READSON_W3C_SUITE says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from rdflib import RDF, SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from readson.validation import load_data, load_shapes, validate
from readson.validation.report import report_text

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "w3c-shacl-tests"
SUITE = Path(os.environ.get("READSON_W3C_SUITE", BESIDE)) / "core"
ENTRIES = 98
"""As many tests the Core part has."""
mf = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
sht = Namespace("http://www.w3.org/ns/shacl-test#")
SAID = (
    SH.conforms, SH.focusNode, SH.resultPath, SH.value, SH.resultSeverity, SH.sourceConstraintComponent,
    SH.sourceShape, SH.resultMessage,
)  # fmt: skip
pytestmark = [
    pytest.mark.external,
    pytest.mark.skipif(not SUITE.is_dir(), reason="the W3C SHACL test suite is not beside the checkout"),
]


@dataclass(frozen=True)
class Entry:
    """One test: its files, and the report that must come out."""

    name: str
    data: Path
    shapes: Path
    expected: Graph


def entries(manifest: Path) -> Iterator[Entry]:
    """List the tests of a manifest and of all that it includes."""
    graph = Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    for included in sorted(graph.objects(None, mf.include)):
        yield from entries(path_of(included))
    for head in graph.objects(None, mf.entries):
        for node in graph.items(head):
            yield entry(graph, node)


def entry(graph: Graph, node: Node) -> Entry:
    action, report = graph.value(node, mf.action), graph.value(node, mf.result)
    assert (node, RDF.type, sht.Validate) in graph
    data, shapes = (path_of(graph.value(action, p)) for p in (sht.dataGraph, sht.shapesGraph))
    name = f"{data.parent.name}/{str(node).rpartition('/')[2]}"
    return Entry(name, data, shapes, said(graph, report))


def path_of(iri: Node | None) -> Path:
    return Path(str(iri).removeprefix("file://"))


def said(graph: Graph, report: Node | None, messages: bool = True) -> Graph:
    """Keep what a report says: the standard properties of its results, and their paths."""
    kept = Graph()
    for node in (report, *graph.objects(report, SH.result)):
        for predicate in SAID[: None if messages else -1]:
            for value in graph.objects(node, predicate):
                kept.add((node, predicate, local(value)))
                if predicate == SH.resultPath and isinstance(value, BNode):
                    kept += graph.cbd(value)
        if node != report:
            kept.add((report, SH.result, node))
    return kept


def local(value: Node) -> Node:
    """Name a file by its last part, as relative IRIs are named whatever they are read from."""
    return URIRef(f"file:///{path_of(value).name}") if str(value).startswith("file:") else value


def actual(entry: Entry) -> Graph:
    """Validate, and give what the report says; messages count where the test asks for one."""
    text = report_text(validate(load_data([entry.data]), load_shapes([entry.shapes])))
    graph = Graph().parse(data=text, format="turtle")
    messages = (None, SH.resultMessage, None) in entry.expected
    return said(graph, graph.value(None, RDF.type, SH.ValidationReport), messages)


FOUND = tuple(entries(SUITE / "manifest.ttl")) if SUITE.is_dir() else ()


@pytest.mark.parametrize("entry", FOUND, ids=lambda entry: entry.name)
def test_the_report_is_the_expected_one(entry: Entry) -> None:
    found = actual(entry)
    assert isomorphic(found, entry.expected), found.serialize() + entry.expected.serialize()


def test_the_runner_finds_every_test_of_every_manifest() -> None:
    assert len(FOUND) == len({e.name for e in FOUND}) == ENTRIES
    entered = sum(p.read_text("utf-8").count("sht:Validate") for p in SUITE.rglob("*.ttl"))
    assert entered == ENTRIES


def test_a_report_that_is_not_the_expected_one_is_seen() -> None:
    """Take every expected report and change one thing in it."""
    changed = 0
    for one in FOUND:
        found = actual(one)
        for result in sorted(one.expected.objects(None, SH.result))[:1]:
            for predicate in (SH.focusNode, SH.sourceConstraintComponent, SH.resultSeverity, SH.sourceShape):
                wrong = Graph() + one.expected
                wrong.set((result, predicate, Literal("another")))
                assert not isomorphic(found, wrong), (one.name, predicate)
                changed += 1
    assert changed > 300
