"""Any graph against any shapes of SHACL Core: what is judged how, and what is refused by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import RDF, SH, BNode, Graph

from readson.assess import assess
from readson.cli import main
from readson.errors import DataError, ShapeError
from readson.ontology import Ontology
from readson.oracle import data_graph, shapes_graph, validation_report
from readson.shapes import Patent
from readson.statements import Product
from readson.validation import Report, load_data, load_shapes, validate
from readson.validation.literals import comparable, well_formed
from readson.vocabulary import RDF as RDF_NS
from readson.vocabulary import XSD

PREFIXES = """@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""


@pytest.fixture
def check(tmp_path: Path) -> Checker:
    return Checker(tmp_path)


class Checker:
    """Validate texts through files, as a user does."""

    def __init__(self, folder: Path) -> None:
        self.shapes, self.data = folder / "shapes.ttl", folder / "data.ttl"

    def __call__(self, shapes: str, data: str) -> list[tuple[str, str]]:
        """Give (focus node, component) of every result."""
        return [(name(str(r.focus)), name(r.component)) for r in self.report(shapes, data)]

    def report(self, shapes: str, data: str) -> Report:
        self.write(shapes, data)
        return validate(load_data([self.data]), load_shapes([self.shapes]))

    def refused(self, shapes: str) -> str:
        """Give the message that refuses the shapes."""
        self.write(shapes, "")
        with pytest.raises(ShapeError) as caught:
            load_shapes([self.shapes])
        return str(caught.value)

    def run(self, shapes: str, data: str, *options: str) -> Result:
        self.write(shapes, data)
        return CliRunner().invoke(main, ["validate", str(self.shapes), str(self.data), *options])

    def write(self, shapes: str, data: str) -> None:
        self.shapes.write_text(PREFIXES + shapes, "utf-8")
        self.data.write_text(PREFIXES + data, "utf-8")


def on_n(demand: str) -> str:
    """Demand something of every value of ex:n."""
    return f"ex:A sh:targetSubjectsOf ex:n ; sh:property [ sh:path ex:n ; {demand} ] ."


def name(iri: str) -> str:
    return iri.strip("<>").replace("#", "/").rpartition("/")[2].removesuffix("ConstraintComponent")


# What is judged


def test_a_dependent_claim_fails_with_its_parent_though_both_are_targeted(check: Checker) -> None:
    """A shape that was validated already must not count as met where another one refers to it."""
    shapes = """ex:A a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .
        ex:B a sh:NodeShape ; sh:targetClass ex:T ; sh:node ex:A ."""
    assert sorted(check(shapes, "ex:x a ex:T .")) == [("x", "MinCount"), ("x", "Node")]


def test_the_same_value_by_two_ways_is_one_value(check: Checker) -> None:
    shapes = """ex:A sh:targetNode ex:x ; sh:property [
        sh:path [ sh:alternativePath ( ex:p ex:q ) ] ; sh:maxCount 1 ] ."""
    assert check(shapes, "ex:x ex:p ex:y ; ex:q ex:y .") == []


def test_a_path_that_loops_ends(check: Checker) -> None:
    shapes = "ex:A sh:targetNode ex:x ; sh:property [ sh:path [ sh:oneOrMorePath ex:p ] ; sh:minCount 4 ] ."
    assert check(shapes, "ex:x ex:p ex:y . ex:y ex:p ex:z . ex:z ex:p ex:x .") == [("x", "MinCount")]


def test_an_inverse_of_a_sequence_goes_back_step_by_step(check: Checker) -> None:
    shapes = """ex:A sh:targetNode ex:z ; sh:property [
        sh:path [ sh:inversePath ( ex:p ex:q ) ] ; sh:hasValue ex:x ] ."""
    assert check(shapes, "ex:x ex:p ex:y . ex:y ex:q ex:z .") == []
    assert check(shapes, "ex:x ex:q ex:y . ex:y ex:p ex:z .") == [("z", "HasValue")]


def test_long_decimals_are_compared_to_the_last_digit(check: Checker) -> None:
    shapes = on_n("sh:maxExclusive 0.10000000000000000001")
    data = "ex:x ex:n 0.1 . ex:y ex:n 0.10000000000000000001 . ex:z ex:n 0.10000000000000000002 ."
    assert sorted(check(shapes, data)) == [("y", "MaxExclusive"), ("z", "MaxExclusive")]


def test_numbers_larger_than_any_double_are_compared(check: Checker) -> None:
    huge = "1" + "0" * 400
    shapes = on_n(f"sh:maxInclusive {huge}")
    assert check(shapes, f"ex:x ex:n {huge} . ex:y ex:n {huge[:-1]}1 .") == [("y", "MaxInclusive")]


@pytest.mark.parametrize(
    "left, right",
    [
        ('"x"', '"x"@en'),
        ('"x"@en', '"y"@en'),
        ('"2024-01-01"^^xsd:date', "1"),
        ('"bad"^^xsd:integer', "1"),
        ("true", '"true"'),
        ("ex:a", "ex:b"),
    ],
)
def test_what_sparql_does_not_compare_is_not_less_nor_equal(check: Checker, left: str, right: str) -> None:
    for term in ("lessThan", "lessThanOrEquals"):
        shapes = f"ex:A sh:targetNode ex:x ; sh:property [ sh:path ex:p ; sh:{term} ex:q ] ."
        both = check(shapes, f"ex:x ex:p {left} ; ex:q {right} .")
        assert [component.lower() for _, component in both] == [term.lower()]


def test_not_a_number_is_within_no_limits(check: Checker) -> None:
    shapes = on_n("sh:minInclusive 0 ; sh:maxInclusive 9")
    found = check(shapes, 'ex:x ex:n "NaN"^^xsd:double . ex:y ex:n "INF"^^xsd:double .')
    assert sorted(found) == [("x", "MaxInclusive"), ("x", "MinInclusive"), ("y", "MaxInclusive")]


def test_a_class_of_the_shapes_graph_targets_its_instances(check: Checker) -> None:
    shapes = "ex:C a owl:Class, sh:NodeShape ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
    data = "ex:D rdfs:subClassOf ex:C . ex:x a ex:D . ex:y a ex:E ."
    assert check(shapes, data) == [("x", "MinCount")]


def test_a_deactivated_shape_demands_nothing_wherever_it_is_used(check: Checker) -> None:
    shapes = """ex:A sh:targetNode ex:x ; sh:node ex:B ; sh:not ex:B .
        ex:B a sh:NodeShape ; sh:deactivated true ; sh:class ex:C ."""
    assert check(shapes, "") == [("x", "Not")]


def test_severities_and_messages_are_those_of_the_shape(check: Checker) -> None:
    shapes = """ex:A sh:targetNode ex:x ; sh:property [
        sh:path ex:p ; sh:minCount 1 ; sh:severity sh:Info ; sh:message "a p, please"@en ] ."""
    report = check.report(shapes, "")
    assert not report.conforms and report.severities == {"info"}
    text = Graph().parse(data=check.run(shapes, "").stdout, format="turtle")
    assert [str(m) for m in text.objects(None, SH.resultMessage)] == ["a p, please"]


def test_a_closed_shape_reports_each_property_too_many_and_its_value(check: Checker) -> None:
    shapes = "ex:A sh:targetNode ex:x ; sh:closed true ; sh:ignoredProperties ( ex:p ) ."
    report = check.report(shapes, "ex:x ex:p 1 ; ex:q ex:y ; ex:r ex:z, ex:y .")
    found = sorted((name(r.path), name(str(r.value))) for r in report)
    assert found == [("q", "y"), ("r", "y"), ("r", "z")]


def test_an_empty_graph_has_results_where_shapes_name_nodes(check: Checker) -> None:
    assert check("ex:A sh:targetNode ex:x ; sh:class ex:C .", "") == [("x", "Class")]
    assert check("ex:A sh:targetClass ex:C ; sh:class ex:D .", "") == []


@pytest.mark.parametrize(
    "pattern, flags, text, fits",
    [
        ("a.c", "", "a\\nc", False),
        ("a.c", "s", "a\\nc", True),
        ("abc$", "", "abc\\n", False),
        ("b$", "m", "a\\nb\\nc", True),
        ("B", "i", "abc", True),
        ("a b", "x", "ab", True),
        ("a.c", "q", "abc", False),
        ("[.$]", "", "a$", True),
    ],
)
def test_patterns_mean_what_they_mean_in_sparql(
    check: Checker, pattern: str, flags: str, text: str, fits: bool
) -> None:
    shapes = on_n(f'sh:pattern "{pattern}" ; sh:flags "{flags}"')
    assert (check(shapes, f'ex:x ex:n "{text}" .') == []) is fits


def test_claims_are_validated_as_pyshacl_validates_them(
    tmp_path: Path, described: tuple[Product, ...], ontology: Ontology, patent: Patent
) -> None:
    """Compare every result on readings of two products, one that claims read on and one that none does."""
    chosen = [p for p in described if p.slug in ("three-chip-stack", "exposed-die-no-heat-sink")]
    closed = assess(chosen, ontology, patent, "closed")
    shapes, data = tmp_path / "shapes.nt", tmp_path / "data.nt"
    shapes.write_text(shapes_graph(patent).serialize(format="nt"), "utf-8")
    graph = data_graph(closed, 0) + data_graph(closed, 1)
    data.write_text(graph.serialize(format="nt"), "utf-8")
    found = Counter(
        (name(str(r.focus)), name(r.component), r.path, "" if r.value is None else r.value.value)
        for r in validate(load_data([data]), load_shapes([shapes]))
        if not r.path.startswith("_:")
    )
    expected = Counter(told(validation_report(graph, shapes_graph(patent))))
    assert found == expected
    assert len(expected) > 50


def told(report: Graph) -> Iterator[tuple[str, str, str, str]]:
    """Give (focus node, component, path, value) of results whose path is no list."""
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
        path, component = (
            report.value(result, SH.resultPath),
            report.value(result, SH.sourceConstraintComponent),
        )
        if not isinstance(path, BNode) and (None, SH.detail, result) not in report:
            yield name(str(focus)), name(str(component)), str(path or ""), str("" if value is None else value)


# Literals


@pytest.mark.parametrize(
    "datatype, good, bad",
    [
        ("integer", "-007", "1.0"),
        ("byte", "-128", "128"),
        ("unsignedInt", "4294967295", "-1"),
        ("positiveInteger", "1", "0"),
        ("decimal", ".5", "1e0"),
        ("double", "1E-3", "inf"),
        ("boolean", "1", "TRUE"),
        ("date", "2024-02-29", "2023-02-29"),
        ("dateTime", "2024-01-01T24:00:00Z", "2024-01-01T25:00:00Z"),
        ("dateTimeStamp", "2024-01-01T00:00:00+14:00", "2024-01-01T00:00:00"),
        ("time", "23:59:59.5", "23:60:00"),
        ("gMonthDay", "--02-29", "--02-30"),
        ("duration", "P1Y2M3DT4H", "P"),
        ("language", "en-US", "e n"),
        ("hexBinary", "0aFF", "0a F"),
        ("base64Binary", "YWJj", "YWJ"),
        ("anyURI", "http://example.org/a", "a b"),
        ("token", "a b", "a  b"),
        ("NCName", "a.b", "1a"),
    ],
)
def test_a_literal_is_well_formed_or_not(datatype: str, good: str, bad: str) -> None:
    assert well_formed(good, XSD + datatype)
    assert not well_formed(bad, XSD + datatype)


def test_a_language_string_needs_a_language() -> None:
    assert well_formed("a", RDF_NS + "langString", "en")
    assert not well_formed("a", RDF_NS + "langString")


def test_moments_are_compared_across_time_zones() -> None:
    noon, same = "2024-01-01T12:00:00Z", "2024-01-01T14:00:00+02:00"
    one, two = (comparable(text, XSD + "dateTime") for text in (noon, same))
    bare = comparable("2024-01-01T12:00:00", XSD + "dateTime")
    assert one == two and one is not None and bare is not None
    assert bare.family != one.family, "without a time zone it is not known which comes first"
    ends = [comparable(t, XSD + "dateTime") for t in ("2023-12-31T24:00:00Z", "2024-01-01T00:00:00Z")]
    assert ends[0] == ends[1]


def test_ill_formed_literals_compare_with_nothing() -> None:
    assert comparable("bad", XSD + "integer") is None
    assert comparable("a", RDF_NS + "langString") is None


# What is refused


@pytest.mark.parametrize(
    "body, named",
    [
        ("sh:property [ sh:path ex:p ; sh:minCont 1 ]", "sh:minCont"),
        ("sh:sparql [ sh:select \"SELECT $this {}\" ]", "sh:sparql"),
        ("sh:js [ sh:jsFunctionName \"f\" ]", "sh:js"),
        ("sh:rule [ a sh:TripleRule ]", "sh:rule"),
        ("sh:target [ a sh:SPARQLTarget ]", "sh:target"),
        ("sh:minCount 1", "sh:minCount stands on a node shape"),
        ("sh:property [ sh:path ex:p ; sh:minCount \"many\" ]", "whole number"),
        ("sh:property [ sh:path ex:p ; sh:minCount 1, 2 ]", "more than once"),
        ("sh:property [ sh:path ex:p, ex:q ; sh:minCount 1 ]", "sh:path more than once"),
        ("sh:property [ sh:path [ sh:zeroOrManyPath ex:p ] ; sh:minCount 1 ]", "a form that SHACL"),
        ("sh:property [ sh:path \"p\" ; sh:minCount 1 ]", "with sh:path"),
        ("sh:property [ sh:class ex:C ]", "sh:property needs a shape with sh:path"),
        ("sh:node [ sh:path ex:p ; sh:minCount 1 ]", "sh:node needs a shape without sh:path"),
        ("sh:in ex:notAList", "list with an end"),
        ("sh:class \"C\"", "needs an IRI"),
        ("sh:not \"C\"", "needs a shape"),
        ("sh:nodeKind sh:Iri", "sh:nodeKind needs one of"),
        ("sh:minInclusive ex:one", "needs a literal"),
        ("sh:pattern \"(\"", "sh:pattern"),
        ("sh:pattern \"a\" ; sh:flags \"g\"", "none of i, s, m, x, q"),
        ("sh:closed \"yes\"", "neither true nor false"),
    ],
)  # fmt: skip
def test_what_the_engine_cannot_judge_is_refused_by_name(check: Checker, body: str, named: str) -> None:
    message = check.refused(f"ex:A a sh:NodeShape ; {body} .")
    assert named in message and "ex" in message and "shapes.ttl: <http://example.org/A>" in message


@pytest.mark.parametrize(
    "shapes",
    [
        "ex:A a sh:NodeShape ; sh:node ex:A .",
        "ex:A sh:property [ sh:path ex:p ; sh:node ex:B ] . ex:B a sh:NodeShape ; sh:not ex:A .",
        "ex:A a sh:NodeShape ; sh:or ( ex:B ) . ex:B a sh:NodeShape ; sh:xone ( ex:A ) .",
    ],
)
def test_a_shape_that_refers_to_itself_is_refused(check: Checker, shapes: str) -> None:
    assert "is recursive, by way of <http://example.org/" in check.refused(shapes)


def test_a_constraint_component_of_ones_own_is_refused(check: Checker) -> None:
    assert "declares a constraint component" in check.refused("ex:Mine a sh:ConstraintComponent .")


def test_all_problems_are_told_at_once(check: Checker) -> None:
    message = check.refused("ex:A a sh:NodeShape ; sh:foo 1 . ex:B a sh:NodeShape ; sh:bar 2 .")
    assert "sh:foo" in message and "sh:bar" in message


def test_foreign_annotations_are_left_alone(check: Checker) -> None:
    assert check('ex:A sh:targetNode ex:x ; ex:note "mine" ; rdfs:label "A" ; sh:nodeKind sh:IRI .', "") == []


def test_a_list_that_loops_is_refused(check: Checker) -> None:
    shapes = "ex:A a sh:NodeShape ; sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l ."
    assert "list with an end" in check.refused(shapes)


# The command


CONFORMING = "ex:A sh:targetNode ex:x ; sh:nodeKind sh:IRI ."
FAILING = "ex:A sh:targetNode ex:x ; sh:class ex:C ; sh:severity sh:Warning ."


def test_the_command_writes_a_validation_report(check: Checker) -> None:
    result = check.run(FAILING, "")
    graph = Graph().parse(data=result.stdout, format="turtle")
    assert result.exit_code == 0
    assert [str(c) for c in graph.objects(None, SH.conforms)] == ["false"]
    assert len(list(graph.subjects(RDF.type, SH.ValidationResult))) == 1
    assert result.stderr == "1 result.\n"
    assert check.run(CONFORMING, "").stderr == "The graph conforms.\n"


@pytest.mark.parametrize("severity, code", [("violation", 0), ("warning", 1), ("info", 1)])
def test_it_fails_only_on_a_severity_that_was_asked_for(check: Checker, severity: str, code: int) -> None:
    assert check.run(FAILING, "", "--fail-on", severity).exit_code == code
    assert check.run(CONFORMING, "", "--fail-on", severity).exit_code == 0


def test_bad_input_changes_nothing_on_disk(check: Checker, tmp_path: Path) -> None:
    out = tmp_path / "report.ttl"
    result = check.run(FAILING, "ex:x ex:p", "-o", str(out))
    assert result.exit_code == 2 and "data.ttl:7" in result.stderr and not out.exists()
    assert check.run(FAILING, "", "-o", str(out)).exit_code == 0
    assert "sh:ValidationReport" in out.read_text("utf-8")


def test_a_file_of_no_rdf_format_is_named_with_the_formats_there_are(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("a,b")
    with pytest.raises(DataError, match=r"data\.csv: `\.csv` is no suffix of an RDF format.*ttl, nt"):
        load_data([tmp_path / "data.csv", tmp_path / "missing.ttl"])


def test_several_files_are_one_graph_with_blank_nodes_of_their_own(tmp_path: Path) -> None:
    for file in ("one.ttl", "two.ttl"):
        (tmp_path / file).write_text(PREFIXES + "_:b ex:p ex:x .")
    assert load_data([tmp_path / "one.ttl", tmp_path / "two.ttl"]).size == 2


def test_the_same_input_gives_the_same_bytes(check: Checker) -> None:
    shapes = """ex:A sh:targetClass ex:C ;
        sh:property [ sh:path ( [ sh:inversePath ex:p ] ex:q ) ; sh:minCount 1 ] ;
        sh:property [ sh:path ex:r ; sh:maxCount 0 ] ."""
    data = "ex:x a ex:C ; ex:r [], [], 1 . ex:y a ex:C ; ex:r [ ex:r ex:x ] ."
    assert len({check.run(shapes, data).stdout for _ in range(3)}) == 1
