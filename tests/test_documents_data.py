"""Nested data: every value is found under its keys, in the words of the file, at its pointer and byte."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reading import FILES, check_spans, problems, read, runs, shown
from readson.documents import read_document_bytes
from readson.documents.model import Document, Field


def values(document: Document) -> dict[tuple[str, ...], str | None]:
    return {field.path: None if field.null else field.text for field in document.fields}


def leaves(data: object, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], object]:
    """Give the scalars of nested data under their keys."""
    if isinstance(data, dict):
        entries = [(key, value) for key, value in data.items()]
    elif isinstance(data, list):
        entries = [(str(number), value) for number, value in enumerate(data)]
    else:
        return {path: data}
    return {p: leaf for key, value in entries for p, leaf in leaves(value, (*path, key)).items()}


def follow(data: Any, pointer: str) -> Any:
    """Give what a JSON pointer points at."""
    for key in pointer.split("/")[1:]:
        key = key.replace("~1", "/").replace("~0", "~")
        data = data[int(key)] if isinstance(data, list) else data[key]
    return data


def test_a_supplier_file_is_read_as_values_under_keys() -> None:
    document = shown("rm7-supplier.json")
    assert document.form == "json"
    found = values(document)
    assert found["rev",] is None
    assert found["die", "dieSize_um", "1"] == "5850"
    assert found["HS", "topExposed"] == "true"
    assert found["HS", "material"] == "Cu, Ni plated 3 µm"
    assert found["substrate", "balls", "0", "alloy"] == "SAC305"
    field = next(field for field in document.fields if field.path == ("HS", "material"))
    assert (
        document.words(field.value) == "Cu, Ni plated 3 \\u00b5m" and document.words(field.key) == "material"
    )
    assert document.place(field.value.start).text == "/HS/material"
    assert document.place(document.text.index("TBD")).text == "/notes~1remarks"


def test_yaml_of_unknown_keys_is_read_as_values_under_keys() -> None:
    document = shown("ks3-traveler.yaml")
    assert document.form == "yaml"
    found = values(document)
    assert found["steps", "2", "wires"] is None
    assert found["steps", "0", "temperature"] == "245 °C"
    assert found["steps", "3", "note"] == "The top of the clip stays\nfree of compound.\n"
    field = next(field for field in document.fields if field.path == ("steps", "3", "note"))
    assert document.words(field.value).split() == field.text.split()


def test_a_value_a_line_is_read_as_a_list() -> None:
    document = read('{"die": 1}\n\n{"die": 2}\n', "a.jsonl")
    assert values(document) == {("0", "die"): "1", ("1", "die"): "2"}
    assert document.place(document.text.index("2")).text == "/1/die"


KEYS = st.text('abµ/~ "\\\n', min_size=1, max_size=4)
# Control characters stand in no text.
SIGNS = st.characters(exclude_categories=("Cc", "Cs"))
SCALARS = st.none() | st.booleans() | st.integers() | st.text(SIGNS, max_size=6) | st.floats(0, 1e9)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
).filter(lambda data: isinstance(data, dict | list) and bool(data))


@given(DATA, st.booleans(), st.sampled_from([None, 1, "\t"]), st.sampled_from(["utf-8", "utf-8-sig"]))
def test_any_json_keeps_its_values_places_and_bytes(
    data: object, ascii_only: bool, indent: int | str | None, encoding: str
) -> None:
    raw = json.dumps(data, ensure_ascii=ascii_only, indent=indent)
    source = raw.encode(encoding)
    document = read_document_bytes("a.json", source)
    check_spans(document)
    wanted = leaves(data)
    assert {field.path: decoded(document, field) for field in document.fields} == {
        path: leaf for path, leaf in wanted.items() if not isinstance(leaf, dict | list)
    }
    for place, run in runs(document):
        follow(data, place.text)
        assert source[place.origin :].startswith(run.encode("utf-8"))


def decoded(document: Document, field: Field) -> object:
    """Decode the words of a value as JSON, and hold that its text says the same."""
    words = document.words(field.value)
    if document.text[field.value.start - 1 : field.value.start] == '"':
        assert json.loads(f'"{words}"') == field.text
        return field.text
    assert field.text == ("" if words == "null" else words)
    return json.loads(words)


@given(DATA)
def test_any_yaml_keeps_its_values(data: object) -> None:
    source = yaml.safe_dump(data, allow_unicode=True)
    document = read_document_bytes("a.yaml", source.encode())
    check_spans(document)
    wanted = leaves(yaml.load(source, yaml.BaseLoader))
    found = {field.path: field.text for field in document.fields}
    assert set(found) == {path for path, leaf in wanted.items() if isinstance(leaf, str)}
    for field in document.fields:
        assert field.null or field.text == wanted[field.path]


@pytest.mark.parametrize(
    "name,text,says",
    [
        ("a.json", '{"a": 1,\n "a": 2}', "a.json:2:2: `a` stands here twice"),
        ("a.json", '{"a": 1\n "b": 2}', "a.json:2:2: expected a comma or `}`"),
        ("a.json", '{"a" 1}', "a.json:1:6: expected a colon after the key `a`"),
        ("a.json", '{"a": NaN}', "a.json:1:7: `NaN` is no value of JSON; write null"),
        ("a.json", '{"a": x}', "a.json:1:7: not JSON"),
        ("a.json", '{"a": "x', "a.json:1:7: not JSON: Unterminated string"),
        ("a.json", '{"a": 1} {"a": 2}', "a.json:1:10: expected the end of the file"),
        ("a.json", "[" * 2000, "a.json:1:102: more than 100 levels deep"),
        (
            "a.yaml",
            "a: &x 1\nb: *x\nc: !t 1",
            "a.yaml:1:4: the anchor `&x` is not read; write each value out",
        ),
        ("a.yaml", "a: &x 1\nb: *x\nc: !t 1", "a.yaml:2:4: the alias `*x` is not read; write the value out"),
        ("a.yaml", "a: &x 1\nb: *x\nc: !t 1", "a.yaml:3:4: the tag `!t` is not read; write the plain value"),
        ("a.yaml", "a: 1\na: 2", "a.yaml:2:1: `a` stands here twice"),
        ("a.yaml", "a: [1\nb: 2", "a.yaml:2:2: not YAML"),
        ("a.yaml", "? [a]\n: 1", "a.yaml:1:3: a key must be a text"),
        ("a.yaml", "[" * 2000, "a.yaml:1:101: more than 100 levels deep"),
    ],
)
def test_data_that_is_broken_or_hides_what_it_says_is_refused(name: str, text: str, says: str) -> None:
    assert says in problems(name, text.encode())


def test_the_same_file_is_read_as_the_same_document() -> None:
    data = (FILES / "rm7-supplier.json").read_bytes()
    assert read_document_bytes("a.json", data) == read_document_bytes("a.json", data)
