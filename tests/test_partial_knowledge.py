"""Rulings on what is known in part: a shape of SHACL Core, what is said, and the verdict on one node."""

from __future__ import annotations

import numpy as np
import pyoxigraph as ox
import pytest

from partial_graphs import EX, NODES, PREFIXES, Description, Triple, read
from readson.validation.judging import Judge
from readson.validation.terms import Between, Term
from readson.verdicts import Verdict
from readson.vocabulary import TYPE

UNKNOWN, MET, NOT_MET, BOTH = Verdict


def said(text: str) -> tuple[Triple, ...]:
    """Read triples; a number such as "1..2"^^ex:double is known by its bounds only."""
    quads = ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE)
    return tuple((quad.subject, quad.predicate.value, bounded(quad.object)) for quad in quads)


def bounded(term: Term) -> Term:
    if not (isinstance(term, ox.Literal) and term.datatype.value == EX + "double"):
        return term
    low, high = term.value.split("..")
    return Between(f"{low} to {high}", float(low), float(high))


def ends(known: tuple[Triple, ...], steps: str) -> tuple[tuple[Term, str, tuple[Term, ...]], ...]:
    """State of steps such as `a.p` or `b.^q` that the values known are all."""
    found = []
    for step in steps.split():
        name, _, predicate = step.partition(".")
        node = ox.NamedNode(EX + name)
        back, iri = predicate.startswith("^"), iri_of(predicate.removeprefix("^"))
        values = [s if back else o for s, p, o in known if p == iri and node == (o if back else s)]
        found.append((node, f"^{iri}" if back else iri, tuple(values)))
    return tuple(found)


def iri_of(name: str) -> str:
    return TYPE if name == "a" else EX + name


def verdict(
    shape: str, known: str = "", denied: str = "", complete: str = "", described: str = ""
) -> Verdict:
    """Judge a shape on ex:a. `described` are nodes whose triples known are all."""
    triples = said(known)
    whole = tuple(
        (ox.NamedNode(EX + n), tuple((p, o) for s, p, o in triples if s == ox.NamedNode(EX + n)))
        for n in described.split()
    )
    description = Description(triples, said(denied), ends(triples, complete), whole)
    demanded = read(f"ex:S sh:targetNode ex:a ; {shape} .")
    bits = Judge(description.knowledge(NODES), demanded).judge(EX + "S", np.arange(1))
    return Verdict(int(bits[0]))


B, C, BC = "ex:a ex:p ex:b .", "ex:a ex:p ex:c .", "ex:a ex:p ex:b, ex:c ."
ONE, TWO = 'ex:a ex:p "1..2"^^ex:double .', 'ex:a ex:p "1..2"^^ex:double, "1..3"^^ex:double .'


@pytest.mark.parametrize(
    "shape, known, denied, complete, expected",
    [
        # A count is reached by values known, and missed by values known to be all.
        ("sh:minCount 1", "", "", "", UNKNOWN),
        ("sh:minCount 1", B, "", "", MET),
        ("sh:minCount 1", "", "", "a.p", NOT_MET),
        ("sh:minCount 2", B, "", "", UNKNOWN),
        ("sh:minCount 2", BC, "", "", MET),
        ("sh:minCount 2", B, "", "a.p", NOT_MET),
        ("sh:minCount 2", BC, C, "a.p", BOTH),
        ("sh:minCount 2", BC, C, "", MET),
        ("sh:maxCount 1", "", "", "", UNKNOWN),
        ("sh:maxCount 1", B, "", "a.p", MET),
        ("sh:maxCount 1", BC, "", "a.p", NOT_MET),
        ("sh:maxCount 1", BC, C, "a.p", BOTH),
        ("sh:maxCount 0", "", "", "a.p", MET),
        ("sh:maxCount 0", "", "", "b.p", UNKNOWN),
        ("sh:maxCount 0", B, "", "", NOT_MET),
        # Numbers with bounds that meet may be one number.
        ("sh:minCount 1", TWO, "", "", MET),
        ("sh:minCount 2", TWO, "", "", UNKNOWN),
        ("sh:minCount 2", TWO, "", "a.p", UNKNOWN),
        ("sh:minCount 3", TWO, "", "a.p", NOT_MET),
        ("sh:maxCount 1", TWO, "", "a.p", UNKNOWN),
        ("sh:maxCount 2", TWO, "", "a.p", MET),
        ("sh:minCount 2", TWO + BC, "", "", MET),
        # A value is held, or known to be none of those that can be.
        ("sh:hasValue ex:b", B, "", "", MET),
        ("sh:hasValue ex:c", B, "", "", UNKNOWN),
        ("sh:hasValue ex:c", B, "", "a.p", NOT_MET),
        ("sh:hasValue ex:b", B, B, "a.p", BOTH),
        ('sh:hasValue "1.5"^^xsd:double', ONE, "", "a.p", UNKNOWN),
        ('sh:hasValue "2.5"^^xsd:double', ONE, "", "a.p", NOT_MET),
        ('sh:hasValue "2.0"^^xsd:double', ONE, "", "a.p", UNKNOWN),
        ('sh:hasValue "2"^^xsd:integer', ONE, "", "a.p", NOT_MET),
        # One value is among those allowed, or is none of them.
        ("sh:in ( ex:b ex:c )", BC, "", "a.p", MET),
        ("sh:in ( ex:b ex:c )", BC, "", "", UNKNOWN),
        ("sh:in ( ex:b ex:d )", BC, "", "", NOT_MET),
        ("sh:in ( ex:b ex:d )", BC, C, "a.p", BOTH),
        ('sh:in ( ex:b "1.5"^^xsd:double )', ONE, "", "a.p", UNKNOWN),
        ('sh:in ( ex:b "2.5"^^xsd:double )', ONE, "", "", NOT_MET),
        # Bounds lie within a range, outside of it, or across its end.
        ('sh:minInclusive "1.0"^^xsd:double', ONE, "", "a.p", MET),
        ('sh:minExclusive "1.0"^^xsd:double', ONE, "", "a.p", UNKNOWN),
        ('sh:minInclusive "2.0"^^xsd:double', ONE, "", "a.p", UNKNOWN),
        ('sh:minExclusive "2.0"^^xsd:double', ONE, "", "a.p", NOT_MET),
        ('sh:maxInclusive "2.0"^^xsd:double', ONE, "", "a.p", MET),
        ('sh:maxExclusive "2.0"^^xsd:double', ONE, "", "a.p", UNKNOWN),
        ('sh:maxInclusive "1.0"^^xsd:double', ONE, "", "a.p", UNKNOWN),
        ('sh:maxExclusive "1.0"^^xsd:double', ONE, "", "a.p", NOT_MET),
        ("sh:maxInclusive 2", ONE, "", "a.p", MET),
        ("sh:maxInclusive 2", ONE, "", "", UNKNOWN),
        # Only that a number is one is known of its written form.
        ("sh:datatype xsd:double", ONE, "", "a.p", MET),
        ("sh:datatype xsd:integer", ONE, "", "", NOT_MET),
        ("sh:nodeKind sh:Literal", ONE, "", "a.p", MET),
        ("sh:minLength 1", ONE, "", "a.p", UNKNOWN),
        ('sh:pattern "."', ONE, "", "a.p", UNKNOWN),
        ('sh:languageIn ( "en" )', ONE, "", "", NOT_MET),
        # A class is known, denied, or missing from a list of all classes.
        ("sh:class ex:C", B + "ex:b a ex:C .", "", "a.p", MET),
        ("sh:class ex:C", B + "ex:b a ex:D .", "", "a.p", MET),
        ("sh:class ex:D", B + "ex:b a ex:C .", "", "a.p", UNKNOWN),
        ("sh:class ex:C", B + "ex:b a ex:E .", "", "a.p b.a", NOT_MET),
        ("sh:class ex:C", B + "ex:b a ex:D .", "", "a.p b.a", MET),
        ("sh:class ex:D", B, "ex:b a ex:C .", "", NOT_MET),
        ("sh:class ex:C", B, "ex:b a ex:D .", "", UNKNOWN),
        ("sh:class ex:C", B + "ex:b a ex:D .", "ex:b a ex:C .", "a.p", BOTH),
        ("sh:class ex:C", B + "ex:b a ex:D .", "ex:b a ex:D .", "a.p b.a", BOTH),
        # A language is spoken twice, or once in all values.
        ("sh:uniqueLang true", 'ex:a ex:p "x"@en, "y"@en .', "", "", NOT_MET),
        ("sh:uniqueLang true", 'ex:a ex:p "x"@en, "y"@EN .', "", "", NOT_MET),
        ("sh:uniqueLang true", 'ex:a ex:p "x"@en, "y"@fr, "z", "u" .', "", "a.p", MET),
        ("sh:uniqueLang true", 'ex:a ex:p "x"@en, "y"@fr .', "", "", UNKNOWN),
        ("sh:uniqueLang true", 'ex:a ex:p "x"@en, "y"@en .', 'ex:a ex:p "x"@en .', "a.p", BOTH),
        ("sh:uniqueLang true", 'ex:a ex:p "x"@en, "y"@en .', 'ex:a ex:p "x"@en, "y"@en .', "a.p", BOTH),
        # Two properties share a value, or no value of one is one of the other.
        ("sh:disjoint ex:q", BC + "ex:a ex:q ex:b .", "", "", NOT_MET),
        ("sh:disjoint ex:q", B + "ex:a ex:q ex:c .", "", "", UNKNOWN),
        ("sh:disjoint ex:q", B + "ex:a ex:q ex:c .", "", "a.p", UNKNOWN),
        ("sh:disjoint ex:q", B + "ex:a ex:q ex:c .", "", "a.p a.q", MET),
        ("sh:disjoint ex:q", B, "ex:a ex:q ex:b .", "a.p", MET),
        ("sh:disjoint ex:q", "ex:a ex:q ex:b .", "ex:a ex:p ex:b .", "a.q", UNKNOWN),
        ("sh:disjoint ex:q", "ex:a ex:q ex:b .", "ex:a ex:q ex:b .", "a.q", MET),
        ("sh:disjoint ex:q", "ex:a ex:q ex:b, ex:c .", "ex:a ex:q ex:b .", "a.q", UNKNOWN),
        ("sh:disjoint ex:q", "", "", "a.p", MET),
        ("sh:disjoint ex:q", "", "", "a.q", MET),
        ("sh:disjoint ex:q", ONE + 'ex:a ex:q "1..2.5"^^ex:double .', "", "a.p a.q", UNKNOWN),
        ("sh:disjoint ex:q", ONE + 'ex:a ex:q "3..4"^^ex:double .', "", "a.p a.q", MET),
        # Two properties have the same values, or one has a value that the other is known to lack.
        ("sh:equals ex:q", B + "ex:a ex:q ex:b .", "", "a.p a.q", MET),
        ("sh:equals ex:q", B + "ex:a ex:q ex:b .", "", "a.p", UNKNOWN),
        ("sh:equals ex:q", B + "ex:a ex:q ex:b .", "", "a.q", UNKNOWN),
        ("sh:equals ex:q", B + "ex:a ex:q ex:b, ex:c .", "", "a.p", NOT_MET),
        ("sh:equals ex:q", BC + "ex:a ex:q ex:b .", "", "a.q", NOT_MET),
        ("sh:equals ex:q", BC + "ex:a ex:q ex:b .", "", "a.p", UNKNOWN),
        ("sh:equals ex:q", B, B.replace(":p", ":q"), "", UNKNOWN),
        ("sh:equals ex:q", ONE + 'ex:a ex:q "1..2.5"^^ex:double .', "", "a.p a.q", UNKNOWN),
        ("sh:equals ex:q", ONE + 'ex:a ex:q "3..4"^^ex:double .', "", "a.p a.q", NOT_MET),
        ("sh:equals ex:q", "", "", "a.p a.q", MET),
        ("sh:equals ex:q", B + 'ex:a ex:q ex:c . ex:d ex:q "1..2"^^ex:double .', "", "", UNKNOWN),
        ("sh:equals ex:q", B + "ex:a ex:q ex:b, ex:c .", "", "a.p a.q", NOT_MET),
        ("sh:equals ex:q", BC + "ex:a ex:q ex:b .", "", "a.p a.q", NOT_MET),
        # Each value of one property is less than each of the other.
        ("sh:lessThan ex:q", "ex:a ex:p 1, 2 ; ex:q 3, 4 .", "", "a.p a.q", MET),
        ("sh:lessThan ex:q", "ex:a ex:p 1, 2 ; ex:q 3, 4 .", "", "a.p", UNKNOWN),
        ("sh:lessThan ex:q", "ex:a ex:p 1, 2 ; ex:q 3, 4 .", "", "a.q", UNKNOWN),
        ("sh:lessThan ex:q", "ex:a ex:p 1, 2 ; ex:q 2, 4 .", "", "", NOT_MET),
        ("sh:lessThanOrEquals ex:q", "ex:a ex:p 1, 2 ; ex:q 2, 4 .", "", "a.p a.q", MET),
        ("sh:lessThan ex:q", "ex:a ex:p 1 .", "", "a.q", MET),
        ("sh:lessThan ex:q", "ex:a ex:p 1 .", "", "a.p", UNKNOWN),
        ("sh:lessThan ex:q", "ex:a ex:q 1 .", "", "a.p", MET),
        ("sh:lessThan ex:q", "ex:a ex:p 1, 5 ; ex:q 3 .", "ex:a ex:p 5 .", "a.p a.q", BOTH),
        ("sh:lessThan ex:q", "ex:a ex:p 2 ; ex:q 3, 1 .", "ex:a ex:q 1 .", "a.p a.q", BOTH),
        ("sh:lessThan ex:q", ONE + "ex:a ex:q 2 .", "", "a.p a.q", UNKNOWN),
        ("sh:lessThanOrEquals ex:q", ONE + "ex:a ex:q 2 .", "", "a.p a.q", MET),
        ("sh:lessThan ex:q", ONE + "ex:a ex:q 1 .", "", "a.p a.q", NOT_MET),
        ("sh:lessThanOrEquals ex:q", ONE + "ex:a ex:q 1 .", "", "a.p a.q", UNKNOWN),
    ],
)  # fmt: skip
def test_a_constraint_on_values_known_in_part(
    shape: str, known: str, denied: str, complete: str, expected: Verdict
) -> None:
    assert verdict(f"sh:path ex:p ; {shape}", known, denied, complete) is expected


@pytest.mark.parametrize(
    "path, known, denied, complete, expected",
    [
        # A path leads to c, or is known not to.
        ("ex:p", C, "", "", MET),
        ("ex:p", "", C, "", UNKNOWN),
        ("[ sh:inversePath ex:p ]", "ex:c ex:p ex:a .", "", "", MET),
        ("[ sh:inversePath ex:p ]", "", "", "a.^p", NOT_MET),
        ("[ sh:inversePath ex:p ]", "", "", "a.p", UNKNOWN),
        ("( ex:p ex:q )", B + "ex:b ex:q ex:c .", "", "", MET),
        ("( ex:p ex:q )", B + "ex:b ex:q ex:d .", "", "a.p b.q", NOT_MET),
        ("( ex:p ex:q )", B + "ex:b ex:q ex:d .", "", "a.p", UNKNOWN),
        ("( ex:p ex:q )", B + "ex:b ex:q ex:d .", "", "b.q", UNKNOWN),
        ("( ex:p ex:q )", B + "ex:b ex:q ex:c .", B, "a.p b.q", BOTH),
        ("( ex:p ex:q )", B + "ex:b ex:q ex:c .", "ex:b ex:q ex:c .", "a.p b.q", BOTH),
        ("[ sh:alternativePath ( ex:p ex:q ) ]", "ex:a ex:q ex:c .", "", "", MET),
        ("[ sh:alternativePath ( ex:p ex:q ) ]", B, "", "a.p a.q", NOT_MET),
        ("[ sh:alternativePath ( ex:p ex:q ) ]", B, "", "a.q", UNKNOWN),
        ("[ sh:alternativePath ( ex:p ex:q ) ]", C + "ex:a ex:q ex:c .", C, "a.p a.q", MET),
        ("[ sh:zeroOrOnePath ex:p ]", B, "", "a.p", NOT_MET),
        ("[ sh:zeroOrOnePath ex:p ]", B, "", "", UNKNOWN),
        ("[ sh:zeroOrOnePath ex:p ]", B + "ex:b ex:p ex:c .", "", "a.p", NOT_MET),
        ("[ sh:zeroOrMorePath ex:p ]", B + "ex:b ex:p ex:c .", "", "", MET),
        ("[ sh:zeroOrMorePath ex:p ]", B + "ex:b ex:p ex:a .", "", "a.p b.p", NOT_MET),
        ("[ sh:zeroOrMorePath ex:p ]", B + "ex:b ex:p ex:a .", "", "a.p", UNKNOWN),
        ("[ sh:oneOrMorePath ex:p ]", B + "ex:b ex:p ex:c .", "", "", MET),
        ("[ sh:oneOrMorePath ex:p ]", B + "ex:b ex:p ex:a .", "", "a.p b.p", NOT_MET),
        ("[ sh:oneOrMorePath ex:p ]", B + "ex:b ex:p ex:c .", B, "a.p", BOTH),
    ],
)  # fmt: skip
def test_a_path_known_in_part(path: str, known: str, denied: str, complete: str, expected: Verdict) -> None:
    assert verdict(f"sh:path {path} ; sh:hasValue ex:c", known, denied, complete) is expected


def test_a_value_that_two_ways_lead_to_is_one_value() -> None:
    known = BC + "ex:b ex:q ex:d . ex:c ex:q ex:d ."
    assert verdict("sh:path ( ex:p ex:q ) ; sh:maxCount 1", known, complete="a.p b.q c.q") is MET
    assert verdict("sh:path ( ex:p ex:q ) ; sh:minCount 2", known, complete="a.p b.q c.q") is NOT_MET


def test_a_value_that_two_ways_lead_to_is_one_value_of_each_node() -> None:
    triples = said("ex:a ex:p ex:c . ex:b ex:p ex:c, ex:d . ex:c ex:q ex:a . ex:d ex:q ex:a .")
    demanded = read("ex:S sh:targetNode ex:a ; sh:path ( ex:p ex:q ) ; sh:maxCount 1 .")
    knowledge = Description(triples, (), ends(triples, "a.p b.p c.q d.q")).knowledge(NODES)
    found = Judge(knowledge, demanded).judge(EX + "S", np.arange(2))
    assert [Verdict(bits) for bits in found.tolist()] == [MET, MET]


@pytest.mark.parametrize(
    "path, expected",
    [
        ("[ sh:zeroOrOnePath ex:p ]", MET),
        ("[ sh:zeroOrMorePath ex:p ]", MET),
        ("[ sh:oneOrMorePath ex:p ]", UNKNOWN),
    ],
)
def test_a_path_of_no_steps_leads_to_where_it_starts(path: str, expected: Verdict) -> None:
    assert verdict(f"sh:path {path} ; sh:hasValue ex:a") is expected


@pytest.mark.parametrize(
    "known, denied, complete, expected",
    [
        # c, the only value of p, is known to be no value of q.
        ("", "ex:a ex:q ex:c .", "", MET),
        ("", "ex:b ex:q ex:c .", "", UNKNOWN),
        ("", "ex:c ex:q ex:a .", "", UNKNOWN),
        ("", "", "a.q", MET),
        ("ex:a ex:q ex:b .", "", "a.q", MET),
        ("ex:a ex:q ex:b .", "", "", UNKNOWN),
        ("", "", "c.^q", MET),
        ("ex:b ex:q ex:c .", "", "c.^q", MET),
        ("ex:b ex:q ex:c .", "", "", UNKNOWN),
        ("", "", "c.q", UNKNOWN),
    ],
)
def test_a_value_is_no_value_of_another_property(
    known: str, denied: str, complete: str, expected: Verdict
) -> None:
    assert verdict("sh:path ex:p ; sh:disjoint ex:q", C + known, denied, f"a.p {complete}") is expected


@pytest.mark.parametrize(
    "known, denied, described, expected",
    [
        ("ex:a ex:p ex:b .", "", "a", MET),
        ("ex:a ex:p ex:b .", "", "", UNKNOWN),
        ("ex:a ex:q ex:b .", "", "", NOT_MET),
        ("ex:a ex:q ex:b .", "", "a", NOT_MET),
        ("ex:a ex:q ex:b .", "ex:a ex:q ex:b .", "", NOT_MET),
        ("ex:a ex:p ex:b ; ex:q ex:b .", "ex:a ex:q ex:b .", "a", BOTH),
        ("ex:b ex:q ex:a .", "", "a", MET),
    ],
)
def test_a_closed_shape_lets_nothing_else_be_said(
    known: str, denied: str, described: str, expected: Verdict
) -> None:
    shape = "sh:closed true ; sh:ignoredProperties ( ex:p )"
    assert verdict(shape, known, denied, described=described) is expected


def test_a_literal_has_no_properties_that_could_be_too_many() -> None:
    shape = "sh:path ex:p ; sh:node [ sh:closed true ]"
    assert verdict(shape, 'ex:a ex:p "x" .', complete="a.p") is MET
    assert verdict(shape, B, complete="a.p") is UNKNOWN


IS_C, NOT_C, IS_E, NOT_E = "ex:b a ex:C .", "ex:b a ex:C .", "ex:b a ex:E .", "ex:b a ex:E ."


@pytest.mark.parametrize(
    "known, denied, expected",
    [
        (IS_C, NOT_E, MET),
        (IS_E, NOT_C, MET),
        (IS_C + IS_E, "", NOT_MET),
        ("", NOT_C + NOT_E, NOT_MET),
        (IS_C, "", UNKNOWN),
        ("", NOT_E, UNKNOWN),
        ("", "", UNKNOWN),
        (IS_C, NOT_C + NOT_E, BOTH),
        (IS_C + IS_E, NOT_E, BOTH),
    ],
)
def test_exactly_one_of_two_classes(known: str, denied: str, expected: Verdict) -> None:
    shape = "sh:path ex:p ; sh:xone ( [ sh:class ex:C ] [ sh:class ex:E ] )"
    assert verdict(shape, B + known, denied, "a.p") is expected


@pytest.mark.parametrize(
    "demand, apart, known, denied, complete, expected",
    [
        ("sh:qualifiedMinCount 1", False, B + IS_C, "", "", MET),
        ("sh:qualifiedMinCount 1", False, B, NOT_C, "a.p", NOT_MET),
        ("sh:qualifiedMinCount 1", False, B, "", "a.p", UNKNOWN),
        ("sh:qualifiedMaxCount 0", False, B + IS_C, "", "", NOT_MET),
        ("sh:qualifiedMaxCount 0", False, B, NOT_C, "a.p", MET),
        ("sh:qualifiedMaxCount 0", False, B, NOT_C, "", UNKNOWN),
        ("sh:qualifiedMinCount 1", True, B + IS_C, "", "", UNKNOWN),
        ("sh:qualifiedMinCount 1", True, B + IS_C, NOT_E, "", MET),
        ("sh:qualifiedMinCount 1", True, B + IS_C + IS_E, "", "a.p", NOT_MET),
    ],
)  # fmt: skip
def test_values_of_a_class_are_counted_and_not_those_of_its_siblings(
    demand: str, apart: bool, known: str, denied: str, complete: str, expected: Verdict
) -> None:
    disjoint = "sh:qualifiedValueShapesDisjoint true ;" if apart else ""
    sibling = "[ sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:E ] ; sh:qualifiedMinCount 0 ]"
    own = f"[ sh:path ex:p ; {disjoint} sh:qualifiedValueShape [ sh:class ex:C ] ; {demand} ]"
    assert verdict(f"sh:property {own}, {sibling}", known, denied, complete) is expected


@pytest.mark.parametrize(
    "shape, known, denied, expected",
    [
        # Of two classes one or both are known, denied, or disputed.
        ("and", IS_C + IS_E, "", MET),
        ("and", IS_C, "", UNKNOWN),
        ("and", "", NOT_E, NOT_MET),
        ("and", IS_C + IS_E, NOT_E, BOTH),
        ("and", IS_C, NOT_E, NOT_MET),
        ("or", IS_C, "", MET),
        ("or", IS_E, NOT_C, MET),
        ("or", "", NOT_C, UNKNOWN),
        ("or", "", NOT_C + NOT_E, NOT_MET),
        ("or", IS_C, NOT_C + NOT_E, BOTH),
    ],
)
def test_both_or_either_of_two_classes(shape: str, known: str, denied: str, expected: Verdict) -> None:
    both = f"sh:path ex:p ; sh:{shape} ( [ sh:class ex:C ] [ sh:class ex:E ] )"
    assert verdict(both, B + known, denied, "a.p") is expected


def test_all_of_no_shapes_hold_and_none_of_them_does() -> None:
    assert verdict("sh:and ( )") is MET
    assert verdict("sh:or ( )") is verdict("sh:xone ( )") is NOT_MET


@pytest.mark.parametrize("limit, expected", [("1.0", MET), ("1.5", UNKNOWN), ("2.5", NOT_MET)])
def test_a_number_with_bounds_counts_where_all_numbers_within_them_would(
    limit: str, expected: Verdict
) -> None:
    fits = f'sh:qualifiedValueShape [ sh:minInclusive "{limit}"^^xsd:double ] ; sh:qualifiedMinCount 1'
    assert verdict(f"sh:path ex:p ; {fits}", ONE, complete="a.p") is expected


@pytest.mark.parametrize(
    "known, denied, expected",
    [(IS_C, "", NOT_MET), ("", NOT_C, MET), ("", "", UNKNOWN), (IS_C, NOT_C, BOTH)],
)
def test_a_class_that_must_not_be(known: str, denied: str, expected: Verdict) -> None:
    assert verdict("sh:path ex:p ; sh:not [ sh:class ex:C ]", B + known, denied, "a.p") is expected


@pytest.mark.parametrize(
    "shape, value, expected",
    [
        # Lengths count the letters of literals and IRIs; a blank node has none, and fits no length.
        ("sh:minLength 3", '"abc"', MET),
        ("sh:minLength 4", '"abc"', NOT_MET),
        ("sh:maxLength 3", '"abc"', MET),
        ("sh:maxLength 2", '"abc"', NOT_MET),
        ("sh:minLength 20", "ex:b", MET),
        ("sh:minLength 21", "ex:b", NOT_MET),
        ("sh:minLength 0", "[]", NOT_MET),
        ("sh:maxLength 9", "[]", NOT_MET),
        # A pattern is looked for anywhere in them.
        ('sh:pattern "b"', '"abc"', MET),
        ('sh:pattern "^b"', '"abc"', NOT_MET),
        ('sh:pattern "/b$"', "ex:b", MET),
        ('sh:pattern "."', "[]", NOT_MET),
        # A language matches with all its regions, however it is written, and nothing without a language does.
        ('sh:languageIn ( "en" )', '"x"@en', MET),
        ('sh:languageIn ( "fr" "en" )', '"x"@en-GB', MET),
        ('sh:languageIn ( "EN" )', '"x"@en', MET),
        ('sh:languageIn ( "en" )', '"x"@EN', MET),
        ('sh:languageIn ( "en-GB" )', '"x"@en', NOT_MET),
        ('sh:languageIn ( "en" )', '"x"@enx', NOT_MET),
        ('sh:languageIn ( "*" )', '"x"@fr', MET),
        ('sh:languageIn ( "*" "xxxx" )', '"x"', NOT_MET),
        ('sh:languageIn ( "*" "xxxx" )', "ex:b", NOT_MET),
        ('sh:languageIn ( "en" )', '"en"', NOT_MET),
        # A datatype is the one written, with a text that fits it.
        ("sh:datatype xsd:integer", "1", MET),
        ("sh:datatype xsd:integer", '"bad"^^xsd:integer', NOT_MET),
        ("sh:datatype xsd:double", '"1"^^xsd:double', MET),
        ("sh:datatype xsd:decimal", "1", NOT_MET),
        ("sh:datatype xsd:string", '"x"', MET),
        ("sh:datatype <http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>", '"x"@en', MET),
        ("sh:datatype xsd:string", '"x"@en', NOT_MET),
        ("sh:datatype xsd:string", "ex:b", NOT_MET),
        # A kind of node is one of those named.
        ("sh:nodeKind sh:IRI", "ex:b", MET),
        ("sh:nodeKind sh:BlankNodeOrLiteral", "ex:b", NOT_MET),
        ("sh:nodeKind sh:BlankNodeOrLiteral", "[]", MET),
        ("sh:nodeKind sh:IRIOrLiteral", '"x"', MET),
        ("sh:nodeKind sh:BlankNodeOrIRI", '"x"', NOT_MET),
        # Values are compared by what they mean, and terms by how they are written.
        ("sh:minInclusive 1", '"1.0"^^xsd:decimal', MET),
        ("sh:minExclusive 1", '"1.0"^^xsd:decimal', NOT_MET),
        ("sh:maxExclusive 2", '"1.5"^^xsd:double', MET),
        ('sh:maxInclusive "2024-01-01"^^xsd:date', '"2023-12-31"^^xsd:date', MET),
        ('sh:maxInclusive "2024-01-01"^^xsd:date', '"2024-01-02"^^xsd:date', NOT_MET),
        ('sh:minInclusive "b"', '"a"', NOT_MET),
        ('sh:minInclusive "b"', '"c"', MET),
        ('sh:minInclusive "b"', '"b"', MET),
        ('sh:minExclusive "b"', '"b"', NOT_MET),
        ("sh:minInclusive 1", '"2024-01-01"^^xsd:date', NOT_MET),
        ("sh:minInclusive 1", "ex:b", NOT_MET),
        ("sh:in ( 1 )", '"1.0"^^xsd:decimal', NOT_MET),
        # A number with bounds is a double that is not NaN.
        ('sh:in ( "NaN"^^xsd:double )', '"1..2"^^ex:double', NOT_MET),
        ('sh:in ( "1.5" )', '"1..2"^^ex:double', NOT_MET),
        ('sh:in ( "bad"^^xsd:double )', '"1..2"^^ex:double', NOT_MET),
        ('sh:in ( "1.0"^^xsd:double )', '"1..2"^^ex:double', UNKNOWN),
        ('sh:in ( "0.9"^^xsd:double )', '"1..2"^^ex:double', NOT_MET),
    ],
)  # fmt: skip
def test_a_constraint_on_one_value(shape: str, value: str, expected: Verdict) -> None:
    assert verdict(f"sh:path ex:p ; {shape}", f"ex:a ex:p {value} .", complete="a.p") is expected


BLURRED = 'ex:d ex:q "1..2"^^ex:double .'


@pytest.mark.parametrize(
    "value, more, complete, expected",
    [
        # It is known of a value which nodes have it; a number with bounds might be any literal.
        ('"1.5"^^xsd:double', "", True, MET),
        ('"1.5"^^xsd:double', "", False, UNKNOWN),
        ('"1.5"^^xsd:double', BLURRED, True, UNKNOWN),
        ("ex:b", BLURRED, True, MET),
        ("ex:b", BLURRED, False, UNKNOWN),
    ],
)
def test_the_way_back_from_a_value(value: str, more: str, complete: bool, expected: Verdict) -> None:
    (triple,) = said(f"ex:a ex:p {value} .")
    node, step, term = triple
    back = ((term, f"^{step}", (node,)),) if complete else ()
    description = Description((triple, *said(more)), (), ((node, step, (term,)), *back))
    demanded = read("ex:S sh:targetNode ex:a ; sh:path ( ex:p [ sh:inversePath ex:p ] ) ; sh:maxCount 1 .")
    found = Judge(description.knowledge(NODES), demanded).judge(EX + "S", np.arange(1))
    assert Verdict(int(found[0])) is expected


def test_two_numbers_written_apart_are_two_terms_beside_one_with_bounds() -> None:
    known = 'ex:a ex:p "1.5"^^xsd:double .' + BLURRED
    assert verdict('sh:path ex:p ; sh:hasValue "1.50"^^xsd:double', known, complete="a.p") is NOT_MET


@pytest.mark.parametrize("twice", ["en", "fr", "de"])
def test_a_language_spoken_twice_is_found_wherever_its_values_stand(twice: str) -> None:
    known = f'ex:a ex:p "a"@en, "b"@fr, "c"@de, "d"@{twice}, "e" .'
    shape = "sh:path ex:p ; sh:uniqueLang true"
    assert verdict(shape, known, complete="a.p") is NOT_MET
    assert verdict(shape, known, f'ex:a ex:p "d"@{twice} .', "a.p") is BOTH


def test_a_language_spoken_by_two_nodes_is_spoken_once_by_each() -> None:
    triples = said(
        'ex:a ex:p "x"@en . ex:b ex:p "y"@en, "z"@EN . ex:c ex:p "u"@fr, "v"@en . ex:d ex:p "w"@en .'
    )
    demanded = read("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:uniqueLang true .")
    knowledge = Description(triples, (), ends(triples, "a.p b.p c.p d.p")).knowledge(NODES)
    found = Judge(knowledge, demanded).judge(EX + "S", np.arange(4))
    assert [Verdict(bits) for bits in found.tolist()] == [MET, NOT_MET, MET, MET]


def test_nodes_asked_of_one_after_the_other_are_judged_as_all_at_once() -> None:
    triples = said("ex:a ex:p ex:b . ex:b ex:p ex:c . ex:c ex:q ex:c .")
    demanded = read("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:minCount 1 .")
    knowledge = Description(triples, (), ends(triples, "c.p")).knowledge(NODES)
    expected = [MET.value, MET.value, NOT_MET.value, UNKNOWN.value]
    for order in ([0, 1, 2, 3], [3, 2, 1, 0], [2, 2, 0], [1], [3, 0]):
        one_by_one, at_once = Judge(knowledge, demanded), Judge(knowledge, demanded)
        assert at_once.judge(EX + "S", np.array(order)).tolist() == [expected[n] for n in order]
        for node in order:
            assert one_by_one.judge(EX + "S", np.array([node])).tolist() == [expected[node]]
        assert one_by_one.judge(EX + "S", np.array(order)).tolist() == [expected[n] for n in order]
        assert at_once.judge(EX + "S", np.arange(4)).tolist() == expected
