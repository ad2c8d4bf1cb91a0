"""What lies outside the profile of SHACL that the engine judges is refused by name, never skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from readson.errors import ShapeError, UsageError
from readson.expressions import And, AtLeast, Every, IsA, Not, Or, Reach, Route, Some, Step, Within
from readson.ontology import Ontology
from readson.shapes import Patent, load_patent, patent_slugs
from readson.vocabulary import BASE

PKG = BASE + "package#"
TOY = BASE + "toy#"
PREFIXES = f"""
@prefix claim: <{BASE}claim#> .
@prefix pkg: <{PKG}> .
@prefix proc: <{BASE}process#> .
@prefix toy: <{TOY}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
PATENT = """
toy:Patent a claim:Patent ; rdfs:label "Toy"@en .
toy:Claim1 a claim:Claim , sh:NodeShape ; claim:patent toy:Patent ; claim:number 1 ;
    claim:category "product" ; claim:text "A lid."@en ; claim:roles ( toy:lid toy:die ) ;
    claim:readingClass toy:Reading1 ; sh:and ( toy:1a ) .
toy:lid a claim:Role ; rdfs:label "lid"@en ; claim:candidate pkg:HeatSink .
toy:die a claim:Role ; rdfs:label "die"@en ; claim:candidate pkg:Chip .
toy:other a claim:Role ; rdfs:label "other"@en ; claim:candidate pkg:Chip .
"""
ELEMENT = """
toy:1a a sh:NodeShape , claim:Element ; claim:ofClaim toy:Claim1 ; claim:id "1[a]" ; sh:order 1 ;
    claim:text "A lid."@en ; claim:introduces toy:lid ; sh:targetClass toy:Reading1 ; %s .
"""


def toy(folder: Path, ontology: Ontology, constraint: str, more: str = "") -> Patent:
    """Encode a patent of one claim with one element, whose shape holds the constraint."""
    (folder / "toy").mkdir(exist_ok=True)
    (folder / "toy" / "claim-01.ttl").write_text(PREFIXES + PATENT + ELEMENT % constraint + more, "utf-8")
    return load_patent("toy", ontology, folder)


def problems(folder: Path, ontology: Ontology, constraint: str, more: str = "") -> list[tuple[str, str]]:
    """List what is refused: (the shape that is named, the message)."""
    with pytest.raises(ShapeError) as caught:
        toy(folder, ontology, constraint, more)
    return [(problem.file, problem.message) for problem in caught.value.problems]


OUTSIDE = {
    "maxCount": "sh:property [ sh:path toy:lid ; sh:maxCount 1 ]",
    "qualifiedMaxCount": "sh:property [ sh:path toy:lid ; sh:qualifiedMaxCount 1 ; "
    "sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:class pkg:Lid ] ]",
    "equals": "sh:property [ sh:path toy:lid ; sh:equals toy:die ]",
    "pattern": 'sh:property [ sh:path toy:lid ; sh:pattern "lid" ]',
    "datatype": "sh:property [ sh:path ( toy:lid pkg:length ) ; sh:datatype xsd:double ]",
    "nodeKind": "sh:property [ sh:path toy:lid ; sh:nodeKind sh:IRI ]",
    "languageIn": 'sh:property [ sh:path toy:lid ; sh:languageIn ( "en" ) ]',
    "uniqueLang": "sh:property [ sh:path toy:lid ; sh:uniqueLang true ]",
    "minLength": "sh:property [ sh:path toy:lid ; sh:minLength 1 ]",
    "closed": "sh:closed true",
    "ignoredProperties": "sh:ignoredProperties ( toy:lid )",
    "xone": "sh:xone ( [ sh:class pkg:Lid ] [ sh:class pkg:Chip ] )",
    "sparql": 'sh:sparql [ sh:select "SELECT $this WHERE {}" ]',
    "deactivated": "sh:deactivated true",
    "minCont": "sh:property [ sh:path toy:lid ; sh:minCont 1 ]",
    "clas": "sh:property [ sh:path toy:lid ; sh:clas pkg:Lid ]",
    "minCount": "sh:minCount 1",
    "hasValue": "sh:hasValue toy:lid",
}


@pytest.mark.parametrize("term", OUTSIDE)
def test_a_term_outside_the_profile_is_refused_by_name(term: str, tmp_path: Path, ontology: Ontology) -> None:
    found = problems(tmp_path, ontology, OUTSIDE[term])
    assert [shape for shape, _ in found] == [TOY + "1a"] * len(found)
    assert any(f"sh:{term} " in message for _, message in found)


MISUSED = {
    "around a class": ("sh:not [ sh:class pkg:Lid ]", "sh:not is accepted only around"),
    "around a count": ("sh:not [ sh:path toy:lid ; sh:minCount 1 ]", "sh:not is accepted only around"),
    "around a value": (
        "sh:not [ sh:path ( toy:lid pkg:adheres ) ; sh:hasValue true ]",
        "sh:not is accepted only around",
    ),
    "around two things": (
        "sh:not [ sh:path ( toy:lid pkg:over ) ; sh:disjoint toy:die ; sh:minCount 1 ]",
        "sh:not is accepted only around",
    ),
    "a class nobody declared": (
        "sh:property [ sh:path toy:lid ; sh:class pkg:Lidd ]",
        f"<{PKG}Lidd> is not a class of the ontology",
    ),
    "a relation nobody declared": (
        "sh:not [ sh:path ( toy:lid pkg:ovr ) ; sh:disjoint toy:die ]",
        f"<{PKG}ovr> is not a relation of the ontology",
    ),
    "an inverse of nothing": (
        "sh:not [ sh:path ( toy:lid [ sh:inversePath pkg:ovr ] ) ; sh:disjoint toy:die ]",
        f"<{PKG}ovr> is not a relation of the ontology",
    ),
    "a role nobody declared": (
        "sh:property [ sh:path toy:lidd ; sh:minCount 1 ]",
        f"<{TOY}lidd> is not a relation of the ontology",
    ),
    "a value that is no truth": (
        "sh:property [ sh:path toy:lid ; sh:hasValue pkg:Lid ]",
        "sh:hasValue is accepted for true and false only",
    ),
    "a number that is none": (
        "sh:property [ sh:path toy:lid ; sh:minCount pkg:Lid ]",
        "a number is expected",
    ),
    "a number in words": (
        'sh:property [ sh:path ( toy:lid pkg:length ) ; sh:minInclusive "two" ]',
        "a number is expected where two stands",
    ),
    "a count of nothing": (
        "sh:property [ sh:path toy:lid ; sh:qualifiedMinCount 1 ]",
        "sh:qualifiedMinCount counts nothing without sh:qualifiedValueShape",
    ),
    "two paths": (
        "sh:property [ sh:path toy:lid , toy:die ; sh:minCount 1 ]",
        "a property shape has one sh:path, not several",
    ),
    "no demand": ('sh:name "lid"', "the shape demands nothing, so that silence would meet it"),
    "a target that is no role": (
        "sh:not [ sh:path ( toy:lid pkg:over ) ; sh:disjoint toy:diee ]",
        f"<{TOY}diee> is not a role of the claim",
    ),
    "a start that is no role of this claim": (
        "sh:property [ sh:path toy:other ; sh:minCount 1 ]",
        f"<{TOY}other> is not a role of the claim",
    ),
    "a path from nowhere": (
        "sh:property [ sh:path pkg:over ; sh:minCount 1 ]",
        "a path starts at a role, a derived property or claim:product",
    ),
    "a class of the reading": ("sh:class pkg:Lid", "sh:class on a node shape speaks of the reading itself"),
    "a role in a nested shape": (
        "sh:property [ sh:path toy:lid ; sh:node [ sh:not [ sh:path pkg:over ; sh:disjoint toy:die ] ] ]",
        f"sh:disjoint <{TOY}die> in a nested shape",
    ),
    "a start in a nested shape": (
        "sh:property [ sh:path toy:lid ; sh:node [ sh:property [ sh:path toy:die ; sh:minCount 1 ] ] ]",
        f"starts at the value in hand, not at <{TOY}die>",
    ),
    "a comparison with a plain quantity": (
        "sh:property [ sh:path ( toy:lid pkg:length ) ; sh:minCount 1 ; sh:lessThan pkg:width ]",
        f"<{PKG}width> is not a derived number",
    ),
    "a number of a part": (
        "sh:property [ sh:path toy:lid ; sh:minCount 1 ; sh:minInclusive 2 ]",
        "numbers are compared at the end of a path that does not end in a quantity",
    ),
    "a class of a number": (
        "sh:property [ sh:path ( toy:lid pkg:length ) ; sh:class pkg:Lid ]",
        f"items are demanded at the end of a path that ends in <{PKG}length>",
    ),
    "a role of another claim that is introduced": (
        "claim:introduces toy:other ; sh:property [ sh:path toy:lid ; sh:minCount 1 ]",
        f"<{TOY}other> is introduced, but it is not a role of the claim",
    ),
    "a path of no form": (
        "sh:not [ sh:path ( toy:lid [ sh:zeroOrTwoPath pkg:over ] ) ; sh:disjoint toy:die ]",
        "a path of an unknown form",
    ),
}


@pytest.mark.parametrize("case", MISUSED)
def test_a_term_used_outside_the_profile_is_refused(case: str, tmp_path: Path, ontology: Ontology) -> None:
    constraint, message = MISUSED[case]
    found = problems(tmp_path, ontology, constraint)
    assert [shape for shape, _ in found] == [TOY + "1a"] * len(found)
    assert any(message in text for _, text in found)


DERIVED = "toy:gap a claim:DerivedProperty ; rdfs:label 'gap'@en ; claim:ofClass pkg:Gap "
ROUTE = "( ( toy:lid [ sh:inversePath pkg:between ] ) )"
HEIGHT = "( toy:lid pkg:thickness )"
LID = "sh:property [ sh:path toy:lid ; sh:minCount 1 ]"


@pytest.mark.parametrize(
    "definition",
    [
        f"; claim:intersection {ROUTE} ; claim:scaled {HEIGHT} ; claim:factor 0.5 .",
        f"; claim:sum {HEIGHT} ; claim:shifted {HEIGHT} ; claim:offset 1.0 .",
        ".",
    ],
)
def test_a_derived_property_with_two_definitions_or_none_is_refused(
    definition: str, tmp_path: Path, ontology: Ontology
) -> None:
    found = problems(tmp_path, ontology, LID, DERIVED + definition)
    assert [shape for shape, _ in found] == [TOY + "gap"]
    assert "exactly one of claim:intersection, claim:sum, claim:scaled, claim:shifted" in found[0][1]


@pytest.mark.parametrize(
    "definition,message",
    [
        (
            f"; claim:scaled {HEIGHT} ; claim:factor 0.5 ; claim:ofClass pkg:Gapp .",
            f"<{PKG}Gapp> is not a class",
        ),
        ("; claim:sum ( pkg:madeOf pkg:thickness ) .", "the path of a derived property starts at a role"),
    ],
)
def test_a_derived_property_that_cannot_be_computed_is_refused(
    definition: str, message: str, tmp_path: Path, ontology: Ontology
) -> None:
    found = problems(tmp_path, ontology, LID, "toy:gap a claim:DerivedProperty " + definition)
    assert [shape for shape, _ in found] == [TOY + "gap"]
    assert message in found[0][1]


@pytest.mark.parametrize(
    "candidate,message",
    [
        ("", "a role needs a claim:candidate"),
        ("; claim:candidate pkg:Nothing", f"<{PKG}Nothing> is not a class"),
    ],
)
def test_a_role_without_a_class_to_choose_from_is_refused(
    candidate: str, message: str, tmp_path: Path, ontology: Ontology
) -> None:
    found = problems(tmp_path, ontology, LID, f"toy:plate a claim:Role {candidate} .")
    assert [shape for shape, _ in found] == [TOY + "plate"]
    assert message in found[0][1]


def test_constructions_are_read_as_strictly_as_elements(tmp_path: Path, ontology: Ontology) -> None:
    other = "toy:1a-other a sh:NodeShape , claim:Construction ; claim:construes toy:1a ; "
    found = problems(tmp_path, ontology, LID, other + OUTSIDE["maxCount"] + " .")
    assert [shape for shape, _ in found] == [TOY + "1a-other"]


def test_nested_shapes_are_read_as_strictly_as_named_ones(tmp_path: Path, ontology: Ontology) -> None:
    inner = "[ sh:class pkg:Lid ; sh:property [ sh:path pkg:madeOf ; sh:maxCount 1 ] ]"
    for around in (f"sh:or ( {inner} {inner} )", f"sh:and ( {inner} )", f"sh:node {inner}"):
        found = problems(tmp_path, ontology, f"sh:property [ sh:path toy:lid ; {around} ]")
        assert {shape for shape, _ in found} == {TOY + "1a"}
        assert all("sh:maxCount is outside the profile" in text for _, text in found)


def test_all_problems_come_at_once(tmp_path: Path, ontology: Ontology) -> None:
    terms = ("maxCount", "equals", "pattern", "closed", "xone", "minCont")
    constraint = " ; ".join(OUTSIDE[term] for term in terms)
    found = problems(tmp_path, ontology, constraint, DERIVED + ".")
    for term in terms:
        assert any(f"sh:{term} " in message for _, message in found), term
    assert {shape for shape, _ in found} == {TOY + "1a", TOY + "gap"}


def test_metadata_is_left_alone(tmp_path: Path, ontology: Ontology) -> None:
    told = 'sh:name "lid" ; sh:description "a lid" ; sh:message "no lid" ; sh:severity sh:Warning ; '
    element = toy(tmp_path, ontology, told + LID).element("1[a]")
    assert element.constructions[0].demand == AtLeast(Route(TOY + "lid", ()), 1)


def test_what_the_profile_holds_is_read_as_it_stands(tmp_path: Path, ontology: Ontology) -> None:
    constraint = """
        sh:not [ sh:path ( toy:lid pkg:over ) ; sh:disjoint toy:die ] ;
        sh:property [ sh:path ( toy:lid pkg:thickness ) ; sh:maxExclusive 0.5 ] ;
        sh:property [ sh:path toy:lid ; sh:disjoint toy:die ] ;
        sh:property [ sh:path toy:lid ; sh:or ( [ sh:class pkg:Lid ] [ sh:class pkg:HeatSpreader ] ) ] ;
        sh:property [ sh:path ( toy:lid pkg:madeOf ) ; sh:qualifiedMinCount 1 ;
            sh:qualifiedValueShape [ sh:class pkg:Item ] ]"""
    demand = toy(tmp_path, ontology, constraint).element("1[a]").constructions[0].demand
    lid, over = TOY + "lid", Route(TOY + "lid", (Step(PKG + "over"),))

    def flat(part: object) -> object:
        while isinstance(part, And) and len(part.parts) == 1:
            part = part.parts[0]
        return part

    assert isinstance(demand, And)
    parts = [flat(part) for part in demand.parts]
    assert Reach(over, TOY + "die") in parts
    assert Within(Route(lid, (), PKG + "thickness"), "<", 0.5) in parts
    assert Not(Reach(Route(lid, ()), TOY + "die")) in parts
    assert any(isinstance(p, Some) and p.count == 1 for p in parts)
    kinds = [p for p in parts if isinstance(p, Every)]
    assert len(kinds) == 1 and isinstance(kinds[0].demand, Or)
    assert [flat(p) for p in kinds[0].demand.parts] == [IsA(PKG + "Lid"), IsA(PKG + "HeatSpreader")]


def test_a_claim_that_depends_on_a_later_one_is_refused(tmp_path: Path, ontology: Ontology) -> None:
    later = "toy:Claim2 a claim:Claim ; claim:number 2 ; claim:roles ( ) ; sh:and ( ) ."
    found = problems(tmp_path, ontology, LID, "toy:Claim1 claim:dependsOn toy:Claim2 . " + later)
    assert any("claim 1 depends on claim 2, which does not come before it" in text for _, text in found)


def test_a_patent_that_is_not_there_is_a_wrong_call(ontology: Ontology) -> None:
    assert patent_slugs() == ("chip-package",)
    with pytest.raises(UsageError, match="no shapes for the patent `x`"):
        load_patent("x", ontology)


def test_broken_turtle_is_refused_with_its_place(tmp_path: Path, ontology: Ontology) -> None:
    with pytest.raises(ShapeError, match=r"claim-01\.ttl"):
        toy(tmp_path, ontology, "sh:property [ sh:path")
