"""A mapping file says what keys mean: confirmed lines count before all else, and a draft lists every key."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from keyed_documents import sheet, tree
from readson.documents.model import Document
from readson.errors import DescriptionError
from readson.mapping.drafts import draft_mapping
from readson.mapping.files import Mapping, parse_mapping, read_mapping
from readson.mapping.reading import read_keys
from readson.ontology import Ontology


def mapping(ontology: Ontology, *lines: str, product: str = "") -> Mapping:
    """Read a mapping file of some lines, each in YAML's short form."""
    head = f"version: 1\nproduct: {product}\n" if product else "version: 1\n"
    text = head + "keys:\n" + "".join(f"  - {{{line}}}\n" for line in lines)
    return parse_mapping(text, "map.yaml", ontology.lexicon)


def said(document: Document, ontology: Ontology, told: Mapping) -> set[tuple[str, str, str]]:
    findings = read_keys(document, 0, ontology.lexicon, told).findings.findings
    return {(f.subject, f.property.rpartition("#")[2], f.value.rpartition("#")[2]) for f in findings}


def problems(ontology: Ontology, text: str) -> list[str]:
    with pytest.raises(DescriptionError) as error:
        parse_mapping(text, "map.yaml", ontology.lexicon)
    return str(error.value).splitlines()


def lines(text: str) -> list[dict[str, str]]:
    found = yaml.safe_load(text)["keys"]
    assert isinstance(found, list)
    return found


# ---- What lines do --------------------------------------------------------------------------------------


def test_a_confirmed_line_says_what_an_unknown_key_means(ontology: Ontology) -> None:
    told = mapping(ontology, "match: x17, subject: lid, property: material, status: confirmed")
    assert said(tree('{"x17": "copper", "b": 1}'), ontology, told) == {("lid", "madeOf", "Copper")}


def test_a_confirmed_line_counts_before_the_words_of_the_key(ontology: Ontology) -> None:
    told = mapping(
        ontology, "match: lid_thickness, subject: die, property: thickness, unit: um, status: confirmed"
    )
    assert said(tree('{"lid_thickness": 50, "b": 1}'), ontology, told) == {("die", "thickness", "50 µm")}


def test_a_suggested_line_decides_nothing(ontology: Ontology) -> None:
    told = mapping(ontology, "match: lid_material, subject: die, property: material, status: suggested")
    assert said(tree('{"lid_material": "copper", "b": 1}'), ontology, told) == {("lid", "madeOf", "Copper")}


@pytest.mark.parametrize("line", ["match: lid, status: skip", "match: lid, value: skip, status: confirmed"])
def test_skip_silences_a_key_with_a_reason(line: str, ontology: Ontology) -> None:
    document = tree('{"lid": true, "b": "none"}')
    found = read_keys(document, 0, ontology.lexicon, mapping(ontology, line)).findings
    assert found.items == ()
    assert [words.reason for words in found.ignored] == [
        "skipped by the mapping file",
    ]


@pytest.mark.parametrize(
    "pattern,matches",
    [
        ("a/b", False),
        ("a/b/c", True),
        ("**/c", True),
        ("**", True),
        ("a/*/c", True),
        ("a/**/c", True),
        ("a/b/c/**", True),
        ("*/c", False),
        ("a/b?/c", False),
        ("a/?/[c]", True),
    ],
)
def test_a_glob_goes_level_by_level(pattern: str, matches: bool, ontology: Ontology) -> None:
    told = mapping(ontology, f"match: '{pattern}', status: skip")
    assert (told.sense(("a", "b", "c")) is not None) == matches


def test_a_line_may_be_for_a_column(ontology: Ontology) -> None:
    told = mapping(
        ontology, "column: Foo bar (mm), subject: lid, property: thickness, unit: mm, status: confirmed"
    )
    document = sheet("Part|foo  bar (mm)|Material\nLid|1.2|copper")
    assert ("lid", "thickness", "1.2 mm") in said(document, ontology, told)


def test_a_line_may_name_its_item(ontology: Ontology) -> None:
    told = mapping(
        ontology,
        "match: t1, subject: die, name: top die, property: thickness, unit: um, status: confirmed",
        "match: t2, subject: die, name: bottom die, property: thickness, unit: um, status: confirmed",
    )
    assert said(tree('{"t1": 50, "t2": 60}'), ontology, told) == {
        ("top die", "thickness", "50 µm"),
        ("bottom die", "thickness", "60 µm"),
    }


def test_a_line_may_speak_of_the_product(ontology: Ontology) -> None:
    told = mapping(ontology, "match: z, subject: product, property: thickness, unit: mm, status: confirmed")
    assert said(tree('{"z": 3, "b": 1}'), ontology, told) == {("product", "thickness", "3 mm")}


@pytest.mark.parametrize("value,expected", [("true", []), ("false", ["lid"])])
def test_a_line_may_ask_whether_a_part_is_there(value: str, expected: list[str], ontology: Ontology) -> None:
    told = mapping(ontology, "match: flag, subject: lid, value: boolean, status: confirmed")
    found = read_keys(tree(f'{{"flag": {value}, "b": 1}}'), 0, ontology.lexicon, told).findings
    assert [each.mode for each in found.findings] == ["none"] * len(expected)
    assert ("lid" in [item.key for item in found.items]) == (not expected)


def test_a_line_may_hand_a_value_on_as_text(ontology: Ontology) -> None:
    told = mapping(ontology, "match: lid, value: text, status: confirmed")
    document = tree('{"lid": "copper", "b": 1}')
    keyed = read_keys(document, 0, ontology.lexicon, told)
    assert [document.words(span) for span in keyed.prose] == ["copper"]


def test_the_file_chooses_one_of_several_products(ontology: Ontology) -> None:
    document = sheet("Feature|X100|X200\nLid material|copper|nickel\nDie size|1 x 1 mm|2 x 2 mm")
    told = mapping(ontology, product="X200")
    assert said(document, ontology, told) == {
        ("lid", "madeOf", "Nickel"),
        ("die", "length", "2 mm"),
        ("die", "width", "2 mm"),
    }


# ---- What is wrong with a file --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line,message",
    [
        ("match: a, subject: lidd", "`lidd` is not a known kind; did you mean `lid`?"),
        ("match: a, subject: lid, property: pich", "`pich` is not a known property; did you mean `pitch`?"),
        ("match: a, subject: lid, property: pressure", "`pressure` does not say one thing of a lid"),
        ("match: a, property: thickness, unit: mmm", "`mmm` is not a unit"),
        ("match: a, property: thickness, unit: Torr", "is not measured in a unit of pressure"),
        ("match: a, property: size, value: number", "`size` takes `dims` in a unit of length"),
        ("match: a, property: material, value: number", "`number` is no value of `made of`"),
        ("match: a, value: number", "`number` needs a `property:`"),
        ("match: a, status: confrimed", "did you mean `confirmed`?"),
        ("match: a, value: dimms", "did you mean `dims`?"),
        ("match: a, status: confirmed", "a confirmed line needs a `subject:` or a `property:`"),
        ("match: a, column: b", "expected one of `match:` and `column:`"),
        ("subject: lid", "expected one of `match:` and `column:`"),
        ("match: a, kind: lid", "`kind` is not a known key here"),
    ],
)
def test_what_is_wrong_with_a_line_is_named_with_its_place(
    line: str, message: str, ontology: Ontology
) -> None:
    (problem,) = problems(ontology, f"version: 1\nkeys:\n  - {{{line}}}\n")
    assert problem.startswith("map.yaml:3:") and message in problem


@pytest.mark.parametrize(
    "text",
    ["keys: []", "version: 2\nkeys: []", "version: 1\nkeys: lid", "version: 1\nlines: []", "- a", "a: ["],
)
def test_a_file_that_is_no_mapping_is_refused(text: str, ontology: Ontology) -> None:
    assert problems(ontology, text)


def test_all_problems_come_at_once(ontology: Ontology) -> None:
    text = "version: 3\nkeys:\n  - {match: a, subject: lidd}\n  - {match: b, status: maybe}\n"
    assert [problem.split(":")[1] for problem in problems(ontology, text)] == ["1", "3", "4"]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, ontology: Ontology) -> None:
    with pytest.raises(DescriptionError, match="cannot be read"):
        read_mapping(tmp_path / "map.yaml", ontology.lexicon)
    (tmp_path / "map.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(DescriptionError, match="not UTF-8"):
        read_mapping(tmp_path / "map.yaml", ontology.lexicon)


# ---- Drafts ---------------------------------------------------------------------------------------------

SUPPLIER = tree(
    '{"lid_size_mm": "40 x 40", "dies": [{"thk": 1, "foo": 2}, {"thk": 3}], "has_underfill": false, "MSL": 3,'
    ' "lid": {"thickness": {"value": 1, "unit": "mm"}, "material": "copper"}, "exposed": true, "over": "x"}'
)


def test_a_draft_has_a_line_for_each_key_with_what_it_is_taken_for(ontology: Ontology) -> None:
    drafted = {line["match"]: line for line in lines(draft_mapping(SUPPLIER, ontology.lexicon))}
    size = drafted.pop("lid_size_mm")
    assert (size["subject"], size["property"], size["unit"], size["value"]) == ("lid", "size", "mm", "dims")
    assert {key: line["status"] for key, line in drafted.items()} == {
        "dies/*/thk": "suggested",
        "dies/*/foo": "suggested",
        "has_underfill": "suggested",
        "MSL": "skip",
        "lid/thickness": "suggested",
        "lid/material": "suggested",
        "exposed": "suggested",
        "over": "suggested",
    }
    assert drafted["dies/*/foo"]["why"] == "`foo` is not understood"
    assert [drafted[key].get("value") for key in ("has_underfill", "lid/material", "exposed", "over")] == [
        "boolean",
        "material",
        "boolean",
        "ref",
    ]


def test_a_draft_is_a_mapping_file(ontology: Ontology) -> None:
    text = draft_mapping(SUPPLIER, ontology.lexicon)
    assert len(parse_mapping(text, "map.yaml", ontology.lexicon).lines) == len(lines(text)) == 9


def test_a_draft_that_is_confirmed_as_it_is_changes_nothing(ontology: Ontology) -> None:
    text = draft_mapping(SUPPLIER, ontology.lexicon)
    known = [line for line in lines(text) if line.get("subject") or line.get("property")]
    told = yaml.safe_dump({"version": 1, "keys": [{**line, "status": "confirmed"} for line in known]})
    confirmed = parse_mapping(told, "map.yaml", ontology.lexicon)
    assert said(SUPPLIER, ontology, confirmed) == said(SUPPLIER, ontology, Mapping())


def test_an_update_adds_new_keys_and_leaves_the_rest_as_it_is(ontology: Ontology) -> None:
    old = draft_mapping(SUPPLIER, ontology.lexicon).replace("  - match: MSL", "  # mine\n  - match: MSL")
    told = parse_mapping(old, "map.yaml", ontology.lexicon)
    assert draft_mapping(SUPPLIER, ontology.lexicon, old, told) == old
    newer = tree('{"MSL": 3, "bump_pitch_um": 130}')
    updated = draft_mapping(newer, ontology.lexicon, old, told)
    assert updated.startswith(old)
    assert [line["match"] for line in lines(updated)[9:]] == ["bump_pitch_um"]


def test_an_update_of_a_file_without_lines_gives_it_some(ontology: Ontology) -> None:
    empty = draft_mapping(tree("{}"), ontology.lexicon)
    assert lines(empty) == []
    updated = draft_mapping(SUPPLIER, ontology.lexicon, empty, Mapping())
    assert len(lines(updated)) == 9


def test_keys_with_signs_of_globs_are_matched_by_their_own_lines(ontology: Ontology) -> None:
    document = tree('{"a/b*": 1, "c": 2}')
    told = parse_mapping(draft_mapping(document, ontology.lexicon), "map.yaml", ontology.lexicon)
    assert all(told.knows(field.path) for field in document.fields)


def test_a_draft_of_tables_has_a_line_for_each_label_and_each_column(ontology: Ontology) -> None:
    document = sheet("Part|Material\nLid|copper", "Parameter|Value|Unit\nLid thickness|1|mm\nFoo|2|mm")
    drafted = [line["match"] for line in lines(draft_mapping(document, ontology.lexicon))]
    assert drafted == ["parts/*/Part", "parts/*/Material", "Lid thickness", "Foo"]
