"""Laws of the reading of text: no text fails, every quote is a slice, and one text gives the same bytes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import readson.extraction
from extracted import known
from readson.documents import read_document_bytes
from readson.documents.model import Document
from readson.errors import DocumentError
from readson.extraction import read_text
from readson.extraction.explaining import explain

ROOT = Path(__file__).resolve().parents[1]
WORDS = st.sampled_from(
    re.findall(
        r"\S+",
        "the a die lid substrate underfill bumps it is not no attached covers on between and or with of"
        " to which 's first one exposed made copper 12 mm x 5 µm ( ) , . ; : | may if unlike than larger"
        " none molded FCBGA",
    )
)
TEXT = """# FCBGA

The die is flip-chip bonded to the substrate with 600 solder bumps. A 12 mm x 12 mm copper lid may cover it.
The lid's top is exposed, but no underfill fills the gap between the die and the substrate.
The package is transfer molded at 8 Torr.
"""


def document_of(text: str) -> Document | None:
    try:
        return read_document_bytes("x.md", text.encode())
    except DocumentError:
        return None


@settings(deadline=None, max_examples=150)
@given(st.lists(WORDS, min_size=1, max_size=40).map(" ".join) | st.text(max_size=80))
def test_every_text_is_read_and_every_quote_is_a_slice_of_it(text: str) -> None:
    document = document_of(text)
    if document is None:
        return
    found = read_text(document, 0, known()[0])
    for one in (*found.items, *found.findings, *found.unsettled, *found.ignored):
        assert 0 <= one.quote.start < one.quote.end <= len(document.text)


@settings(deadline=None, max_examples=40)
@given(st.lists(WORDS, min_size=1, max_size=40).map(" ".join))
def test_an_explanation_states_what_the_reading_states(text: str) -> None:
    document = document_of(text)
    if document is None:
        return
    explained = explain(document, known()[0])
    found = read_text(document, 0, known()[0])
    said = {(f["subject"], f["property"], f["value"]) for stage in explained for f in stage["findings"]}
    assert {(f.subject, f.property, f.value) for f in found.findings} <= said
    json.dumps(explained)


def test_stages_import_from_those_above_them_only() -> None:
    order = re.findall(r"`([a-z_]+)`", readson.extraction.__doc__ or "")
    folder = ROOT / "src" / "readson" / "extraction"
    assert sorted(order) == sorted(path.stem for path in folder.glob("[a-z]*.py"))
    for place, name in enumerate(order):
        text = (folder / f"{name}.py").read_text("utf-8")
        below = set(re.findall(r"from readson\.extraction\.([a-z_]+) import", text)) - set(order[:place])
        assert not below, f"{name} imports from below: {below}"


def test_an_explanation_shows_every_stage() -> None:
    document = document_of(TEXT)
    assert document is not None
    stages = explain(document, known()[0])
    option = next(stage for stage in stages if "may cover" in stage["text"])
    assert (option["reason"], option["tokens"][option["cue"]]["word"]) == (
        "it is an option or a possibility",
        "may",
    )
    bonded = next(stage for stage in stages if stage["text"].startswith("The die is"))
    assert [chunk["chunk"] for chunk in bonded["chunks"][:3]] == ["phrase", "verb", "link"]
    assert bonded["clauses"][0]["subjects"] == ["die"] and bonded["sayings"][0]["says"][0].startswith(
        "thing | flip"
    )
    assert {"die"} == {
        finding["subject"] for finding in bonded["findings"] if "Bonded" in finding["property"]
    }
    denial = next(stage for stage in stages if "no underfill" in stage["text"])
    assert denial["apart"] == {"no underfill": "absent"}


SCRIPT = """
import json, sys
from readson.documents import read_document_bytes
from readson.extraction import read_text
from readson.extraction.explaining import explain
from readson.ontology import load_ontology
document, lexicon = read_document_bytes("x.md", sys.stdin.buffer.read()), load_ontology().lexicon
found = read_text(document, 0, lexicon)
items = [(item.key, item.kind, sorted(item.marks)) for item in found.items]
print(items, found.findings, found.unsettled, found.ignored, json.dumps(explain(document, lexicon)))
"""


def test_the_same_text_gives_the_same_bytes_whatever_the_order_of_hashes() -> None:
    outputs = set()
    for seed in ("0", "1", "42"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")}
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            input=TEXT.encode(),
            env=environment,
            check=True,
            capture_output=True,
        )
        outputs.add(run.stdout)
    assert len(outputs) == 1


@pytest.mark.parametrize(
    "text", [" " * 20000 + "die", "(" * 2000 + "a", "die," * 1000, "1," * 2000 + "a", "'s " * 1000]
)
def test_odd_runs_are_read(text: str) -> None:
    document = document_of(text)
    assert document is not None
    read_text(document, 0, known()[0])
