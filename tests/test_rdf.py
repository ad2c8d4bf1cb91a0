"""RDF in the project's vocabulary is a description: its products get the verdicts that they got before."""

from __future__ import annotations

from pathlib import Path

import pytest

from products import verdicts
from readson.assess import assess
from readson.bulk.products import read_rdf
from readson.errors import DataError
from readson.export import serialize
from readson.ontology import Ontology
from readson.shapes import Patent
from readson.statements import PRODUCT, Bounds, Denial, Product, Value
from readson.vocabulary import BASE

PREFIXES = f"""
@prefix pkg: <{BASE}package#> .
@prefix mat: <{BASE}material#> .
@prefix ev: <{BASE}evidence#> .
@prefix qty: <{BASE}quantity#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/x100#> .
"""
SMALL = (
    PREFIXES
    + """
<https://example.org/x100> a pkg:BallGridArrayPackage ; rdfs:label "X100" ; pkg:hasPart :die , :lid .
:die a pkg:Chip ; pkg:length "0.01"^^xsd:double .
:lid a pkg:Lid ; rdfs:label "the lid" ; pkg:over :die .
"""
)


def read(tmp_path: Path, ontology: Ontology, text: str, name: str = "x100.ttl") -> tuple[Product, ...]:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return read_rdf(path, ontology)


def refused(tmp_path: Path, ontology: Ontology, text: str, name: str = "x100.ttl") -> str:
    with pytest.raises(DataError) as error:
        read(tmp_path, ontology, text, name)
    return str(error.value)


def test_plain_triples_are_statements_that_cite_them(tmp_path: Path, ontology: Ontology) -> None:
    (product,) = read(tmp_path, ontology, SMALL)
    assert (product.title, product.items) == ("X100", (PRODUCT, "die", "the lid"))
    (over,) = [each for each in product.statements if each.property == BASE + "package#over"]
    assert (over.subject, over.content) == ("the lid", Value("die"))
    assert over.evidence.quote == (
        f"<https://example.org/x100#lid> <{BASE}package#over> <https://example.org/x100#die> ."
    )
    assert [source.id for source in product.sources] == ["x100"]


def test_numbers_are_in_si(tmp_path: Path, ontology: Ontology) -> None:
    (product,) = read(tmp_path, ontology, SMALL)
    assert [each.content for each in product.statements if isinstance(each.content, Bounds)] == [
        Bounds(0.01, 0.01)
    ]


def test_records_say_what_triples_cannot(tmp_path: Path, ontology: Ontology) -> None:
    denial = """
:s1 a ev:Denial ; ev:subject :lid ; ev:property pkg:over ; ev:object :die ; ev:grade ev:stated ;
    ev:source :td ; ev:quote "beside the die" .
:td a ev:Source ; ev:title "Teardown" ; ev:date "2024-06-11" .
:s2 a ev:Statement ; ev:subject :die ; ev:property pkg:thickness ; ev:bounds [ qty:atMost 0.0005 ] .
"""
    (product,) = read(tmp_path, ontology, SMALL + denial)
    (found,) = [each for each in product.statements if isinstance(each.content, Denial)]
    assert (found.subject, found.evidence.quote, found.evidence.source) == ("the lid", "beside the die", "td")
    assert ("td", "Teardown", "2024-06-11") in [(s.id, s.title, s.date) for s in product.sources]
    (thin,) = [each for each in product.statements if each.property == BASE + "package#thickness"]
    assert isinstance(thin.content, Bounds) and thin.content.high == 0.0005


def test_several_products_are_kept_apart(tmp_path: Path, ontology: Ontology) -> None:
    other = SMALL.replace("x100", "x200").replace("X100", "X200")
    found = read(tmp_path, ontology, SMALL + other)
    assert [product.title for product in found] == ["X100", "X200"]


@pytest.mark.parametrize(
    "text,message",
    [
        (SMALL + ":die pkg:bonded :lid .", "is not a property of the ontology"),
        (SMALL + ":die a pkg:Chipp .", "did you mean `package#Chip`"),
        (SMALL + ':die pkg:length "ten" .', "expected a number"),
        (SMALL + ":die pkg:over <https://example.org/x200#lid> .", "is not of this product"),
        (SMALL + "[] a pkg:Chip .", "a blank node that no product leads to"),
        (SMALL + ":die pkg:over", "x100.ttl:1"),
        ("<https://example.org/a> <https://example.org/b> <https://example.org/c> .", "tells of no product"),
        ("", "tells of no product"),
    ],
)
def test_what_is_wrong_is_named(text: str, message: str, tmp_path: Path, ontology: Ontology) -> None:
    assert message in refused(tmp_path, ontology, text)


def test_all_problems_come_at_once(tmp_path: Path, ontology: Ontology) -> None:
    message = refused(tmp_path, ontology, SMALL + ":die pkg:bonded :lid ; a pkg:Chipp .")
    assert len(message.splitlines()) == 2


@pytest.mark.parametrize(
    "text,message",
    [
        ("{", "not JSON"),
        ('{"@context": "https://example.org/context"}', "is not fetched"),
        ('{"@graph": [{"@context": {"@import": "https://example.org/c"}}]}', "is not fetched"),
        ('{"@id": "https://example.org/x", "https://example.org/p": 1}', "tells of no product"),
    ],
)
def test_json_ld_that_cannot_be_used_is_refused(
    text: str, message: str, tmp_path: Path, ontology: Ontology
) -> None:
    assert message in refused(tmp_path, ontology, text, "x100.jsonld")


def test_a_file_that_is_no_rdf_is_refused(tmp_path: Path, ontology: Ontology) -> None:
    assert "ends in .ttl, .nt, .jsonld" in refused(tmp_path, ontology, SMALL, "x100.txt")
    with pytest.raises(DataError, match="cannot be read"):
        read_rdf(tmp_path / "missing.ttl", ontology)


@pytest.mark.parametrize(
    "form,name", [("turtle", "all.ttl"), ("n-triples", "all.nt"), ("json-ld", "all.jsonld")]
)
def test_what_graph_writes_gives_the_same_verdicts(
    form: str,
    name: str,
    described: tuple[Product, ...],
    ontology: Ontology,
    patent: Patent,
    tmp_path: Path,
) -> None:
    chosen = [product for product in described if product.slug in ("conflicting-sources", "three-chip-stack")]
    assessment = assess(chosen[: 1 if form == "json-ld" else 2], ontology, patent)
    found = read(tmp_path, ontology, serialize(assessment, form), name)
    assert verdicts(assess(list(found), ontology, patent)) == verdicts(assessment)


def test_the_same_file_gives_the_same_statements(tmp_path: Path, ontology: Ontology) -> None:
    blank = SMALL + ":s ev:subject :die ; ev:property pkg:thickness ; ev:bounds [ qty:atMost 0.0005 ] ."
    assert read(tmp_path, ontology, blank) == read(tmp_path, ontology, blank)
