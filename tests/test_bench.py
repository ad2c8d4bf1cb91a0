"""Benchmarks compare like with like: engines get what the oracle gets, and no difference is overlooked."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from engines import OURS, Engine, EngineFailure
from products import random_products
from readson.assess import assess
from readson.ontology import Ontology
from readson.oracle import data_graph, shapes_graph
from readson.shapes import Patent
from readson.statements import Product
from report import Report, figure
from results import Results, difference, read_results
from workload import write_data, write_shapes


@pytest.fixture(scope="module")
def drawn(ontology: Ontology) -> list[Product]:
    return random_products(range(4), ontology, spread=True)


def test_engines_get_the_data_that_the_oracle_gets(
    drawn: list[Product], ontology: Ontology, patent: Patent, tmp_path: Path
) -> None:
    count = write_data(tmp_path / "data.nt", drawn, ontology, patent)
    written = rdflib.Graph().parse(tmp_path / "data.nt", format="nt")
    assessment = assess(drawn, ontology, patent, "closed")
    wanted = rdflib.Graph()
    for number in range(len(drawn)):
        wanted += data_graph(assessment, number)
    assert set(written) == set(wanted)
    assert count == len(wanted)


def test_data_are_the_same_bytes_in_one_batch_or_several(
    drawn: list[Product],
    ontology: Ontology,
    patent: Patent,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_data(tmp_path / "one.nt", drawn, ontology, patent)
    monkeypatch.setattr("workload.BATCH", 2)
    write_data(tmp_path / "several.nt", drawn, ontology, patent)
    one, several = ((tmp_path / name).read_text("utf-8").splitlines() for name in ("one.nt", "several.nt"))
    assert sorted(one) == sorted(several)


def test_engines_get_the_shapes_that_the_oracle_gets_with_names(patent: Patent, tmp_path: Path) -> None:
    write_shapes(tmp_path / "shapes.ttl", patent)
    named = re.compile(r"<[^ >]*#[\w-]+((?:\.\d+)+)>")
    text = (tmp_path / "shapes.ttl").read_text("utf-8")
    nameless = named.sub(lambda match: "_:" + re.sub(r"\W", "_", match.group()[1:-1]), text)
    written = rdflib.Graph().parse(data=nameless, format="nt")
    assert canonical(written) == canonical(shapes_graph(patent))


def canonical(graph: rdflib.Graph) -> set[ox.Quad]:
    """Name blank nodes by what is said of them; rdflib's own way to do so takes half a minute."""
    dataset = ox.Dataset(ox.parse(graph.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def test_no_shape_is_left_without_a_name(patent: Patent, tmp_path: Path) -> None:
    write_shapes(tmp_path / "shapes.ttl", patent)
    written = rdflib.Graph().parse(tmp_path / "shapes.ttl", format="nt")
    shapes = {*written.subjects(rdflib.SH.path), *written.objects(None, rdflib.SH.qualifiedValueShape)}
    assert len(shapes) > 100
    assert all(isinstance(shape, rdflib.URIRef) for shape in shapes)


def test_the_first_claims_come_with_all_that_they_depend_on(patent: Patent, tmp_path: Path) -> None:
    write_shapes(tmp_path / "shapes.ttl", patent, claims=3)
    written = rdflib.Graph().parse(tmp_path / "shapes.ttl", format="nt")
    elements = {e.iri for n in (1, 2, 3) for e in patent.claims[n].elements}
    targeted = {str(shape) for shape in written.subjects(rdflib.SH.targetClass)}
    constructions = {c.iri for n in (1, 2, 3) for e in patent.claims[n].elements for c in e.constructions}
    assert elements <= targeted == constructions


# ---- Results --------------------------------------------------------------------------------------------

SHAPES = """<x:s> <{sh}path> _:p .
_:p <{rdf}first> <x:a> .
_:p <{rdf}rest> _:q .
_:q <{rdf}first> <x:b> .
_:q <{rdf}rest> <{rdf}nil> .
"""
RESULT = """_:r <{sh}result> _:{n} .
_:{n} <{sh}focusNode> <x:f> .
_:{n} <{sh}resultPath> _:{n}p .
_:{n} <{sh}value> "{value}"^^<{xsd}double> .
_:{n} <{sh}sourceConstraintComponent> <{sh}MinInclusiveConstraintComponent> .
_:{n} <{sh}sourceShape> <x:s> .
_:{n} <{sh}resultSeverity> <{sh}Violation> .
"""
FLAT = """_:{n}p <{rdf}first> <x:a> .
_:{n}p <{rdf}rest> _:{n}q .
_:{n}q <{rdf}first> <x:b> .
_:{n}q <{rdf}rest> <{rdf}nil> .
"""
NESTED = """_:{n}p <{rdf}first> _:{n}i .
_:{n}p <{rdf}rest> <{rdf}nil> .
_:{n}i <{rdf}first> <x:a> .
_:{n}i <{rdf}rest> _:{n}q .
_:{n}q <{rdf}first> <x:b> .
_:{n}q <{rdf}rest> <{rdf}nil> .
"""


def results(folder: Path, *results: tuple[str, str]) -> Results:
    """Read a report whose results have these paths and values."""
    terms = {"sh": str(rdflib.SH), "rdf": str(rdflib.RDF), "xsd": str(rdflib.XSD)}
    parts = [
        (RESULT + path).format(n=f"n{n}", value=value, **terms) for n, (path, value) in enumerate(results)
    ]
    (folder / "report.nt").write_text("".join(parts), "utf-8")
    (folder / "shapes.ttl").write_text(SHAPES.format(**terms), "utf-8")
    return read_results(folder / "report.nt", folder / "shapes.ttl")


@pytest.mark.parametrize("path", [FLAT, NESTED, ""], ids=["flat", "nested", "left to the shape"])
def test_results_that_say_the_same_are_the_same(tmp_path: Path, path: str) -> None:
    assert not difference(results(tmp_path, (path, "1e1")), results(tmp_path, (FLAT, "10.0")))


def test_every_result_counts_in_a_difference(tmp_path: Path) -> None:
    two = results(tmp_path, (FLAT, "1"), (FLAT, "1"))
    other = results(tmp_path, (FLAT, "1"), (FLAT, "2"), (FLAT, "2"))
    assert str(difference(other, two)) == "1 missing, 2 too many"


# ---- Engines and targets --------------------------------------------------------------------------------


def test_an_engine_that_fails_is_heard(tmp_path: Path) -> None:
    program = "import sys; print('first', file=sys.stderr); sys.exit('no such shape')"
    engine = Engine("broken", (sys.executable, "-c", program), lambda: "")
    with pytest.raises(EngineFailure, match="broken: no such shape"):
        engine.measure(tmp_path / "shapes.ttl", tmp_path / "data.nt")


def test_an_adapter_counts_and_writes_the_results_it_times(
    drawn: list[Product], ontology: Ontology, patent: Patent, tmp_path: Path
) -> None:
    write_data(tmp_path / "data.nt", drawn[:2], ontology, patent)
    write_shapes(tmp_path / "shapes.ttl", patent, claims=1)
    figures = OURS.measure(tmp_path / "shapes.ttl", tmp_path / "data.nt", report=tmp_path / "report.nt")
    written = read_results(tmp_path / "report.nt", tmp_path / "shapes.ttl")
    assert figures.results == written.total() > 0
    assert figures.load > 0 and figures.memory > 10**7 and 0 < figures.warm <= figures.first


def test_a_missed_target_is_remembered() -> None:
    report = Report()
    report.under("time", 1.0, 1, "s")
    report.at_least("speed", 19.9, 20, "×")
    report.under("memory", 0.5, 1, "GB")
    assert report.missed == ["time: 1.00 s, not under 1 s", "speed: 19.9 ×, not at least 20 ×"]


@pytest.mark.parametrize(
    "value,text", [(0.0512, "0.0512"), (4.196, "4.20"), (23.0, "23.0"), (1234.5, "1234"), (0.0, "0")]
)
def test_figures_have_three_digits_that_count(value: float, text: str) -> None:
    assert figure(value) == text


def test_a_plot_is_the_same_bytes_from_the_same_figures(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    from plots import Plot, draw

    pictures = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        draw(folder, Plot("p", "products", "seconds"), {"readson": {1: 0.1, 10: 0.2}, "other": {1: 0.3}})
        pictures.append((folder / "p.svg").read_bytes())
    assert pictures[0] == pictures[1]
    assert b"readson" in pictures[0] and b"other" in pictures[0]
