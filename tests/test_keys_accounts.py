"""Nothing that a tree, a table or a declaration says is dropped silently, whatever its keys."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keyed_documents import (
    read,
    reasons,
    senses,
    sheet,
    tree,
)
from readson.documents.model import Document, Span
from readson.extraction.findings import Quote
from readson.mapping.reading import Keyed

# READSON_CASES asks for as many examples.
CASES = int(os.environ.get("READSON_CASES", "0")) or 80


WORDS = (
    "die", "lid", "size", "bumps", "count", "thickness", "material", "type", "name", "unit", "value", "min",
    "max", "typ", "parameter", "underfill", "package", "parts", "process", "over", "exposed", "notes", "msl",
    "gap between die and lid", "has", "no", "substrate", "level", "qty", "mm", "description", "id", "x", "0",
)  # fmt: skip
KEYS = st.one_of(
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map("_".join),
    st.text(max_size=8),
)
TEXTS = st.sampled_from(
    [
        "copper",
        "none",
        "TBD",
        "40 x 40 mm",
        "0.5 mm",
        "die",
        "lid",
        "optional",
        "a lid is set over the die",
        "5,5",
    ]
)
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(-9, 9999), TEXTS, st.text(max_size=12))
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)


def accounts(keyed: Keyed) -> tuple[list[Span], list[Span]]:
    """Give the slices that end in something, and those that are passed over."""
    found = keyed.findings
    quotes: list[Quote] = [each.quote for each in (*found.items, *found.findings, *found.unsettled)]
    used = [quote.span for quote in quotes] + list(keyed.prose)
    return used, [each.quote.span for each in found.ignored]


def covered(value: Span, spans: list[Span]) -> bool:
    return any(span.start < value.end and value.start < span.end for span in spans)


def check_accounts(document: Document, values: list[Span]) -> None:
    used, passed_over = accounts(read(document))
    for span in (*used, *passed_over):
        assert 0 <= span.start < span.end <= len(document.text)
    for value in values:
        if value.end > value.start:
            assert covered(value, used) or covered(value, passed_over), document.words(value)


@settings(max_examples=CASES, deadline=None)
@given(TREES)
def test_every_key_of_any_tree_ends_in_something(value: Any) -> None:
    document = tree(json.dumps(value))
    check_accounts(document, [field.value for field in document.fields])
    keys = [item.key for item in read(document).findings.items]
    assert len(keys) == len(set(keys))
    known = {*keys, "product"}
    assert {found.subject for found in read(document).findings.findings} <= known


@settings(max_examples=CASES, deadline=None)
@given(TREES)
def test_every_entry_of_any_declaration_ends_in_something(value: Any) -> None:
    document = tree(json.dumps({"MainDeclaration": {"Product": {"SubProduct": value}}}), form="ipc-1752a")
    check_accounts(document, [field.value for field in document.fields])


CELLS = st.one_of(st.sampled_from(WORDS), TEXTS, st.just(""))


def rows_of(width: int) -> st.SearchStrategy[list[list[str]]]:
    return st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=2, max_size=5)


@settings(max_examples=CASES, deadline=None)
@given(st.integers(2, 5).flatmap(rows_of))
def test_every_cell_of_any_table_ends_in_something(rows: list[list[str]]) -> None:
    document = sheet("\n".join("|".join(row) for row in rows))
    if not read(document).unclaimed:
        body = [span for row in document.tables[0].rows for span in row]
        check_accounts(document, body)


def test_what_stands_too_deep_is_unsettled() -> None:
    deep: Any = "copper"
    for _ in range(45):
        deep = {"lid": deep}
    assert reasons(tree(json.dumps(deep))) == ["stands more than 40 levels deep"]


@pytest.mark.parametrize("piece", [" ", "1", "(", "1,", "a ", "x", "1.1", "µ"])
def test_reading_is_linear_in_the_length_of_a_value(piece: str) -> None:
    document = tree(json.dumps({"lid_size_mm": piece * 20000, "lid": piece * 20000}))
    assert senses().sense(piece * 20000) == senses().sense(piece * 30000)
    assert read(document).findings


SHOWN = """
import sys
sys.path.insert(0, sys.argv[1])
from keyed_documents import DECLARATION, read, sheet, tree
import json
def show(document):
    keyed = read(document)
    print([(item.key, item.kind, item.quote, sorted(item.marks)) for item in keyed.findings.items])
    print(keyed.findings.findings, keyed.findings.unsettled, keyed.findings.ignored, keyed.prose)
show(tree(json.dumps(DECLARATION), form="ipc-1752a"))
show(tree('{"dies": [{"id": "U1"}, {"id": "U2", "over": "U1"}], "lid": "copper, exposed"}'))
show(sheet("Part|Material|Thickness (um)\\nLid|copper, nickel|500\\nDie|silicon|50"))
"""


def test_the_same_document_reads_the_same_under_any_hash_seed() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SHOWN, os.path.dirname(__file__)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1 and b"madeOf" in outputs.pop()
