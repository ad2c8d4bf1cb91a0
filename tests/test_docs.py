"""The examples in the documents are descriptions that readson reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from readson.documents import read_document_bytes
from readson.drafting.reading import draft_documents
from readson.ingest import parse_description
from readson.ontology import Ontology

TEXT = (Path(__file__).resolve().parents[1] / "docs" / "descriptions.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", TEXT, flags=re.DOTALL | re.MULTILINE)
QUANTITIES = re.search(r"## Quantities\n\n(.*?)\.\s+A range", TEXT, flags=re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(1, len(EXAMPLES) + 1))
def test_every_example_is_read(example: str, ontology: Ontology, tmp_path: Path) -> None:
    product = parse_description(example, ontology.lexicon, file="t20.yaml", folder=tmp_path, slug="t20")
    assert len(product.statements) > 10


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == 3


def test_every_quantity_that_is_shown_is_read(ontology: Ontology, tmp_path: Path) -> None:
    assert QUANTITIES
    keys = {"um": "thickness", "µm": "thickness", "mil": "thickness", "mm": "size", "mm2": "area"}
    keys |= {
        "Torr": "pressure",
        "gauge": "pressure",
        "°C": "temperature",
        "W/(m.K)": "thermal conductivity",
        "1,156": "count",
    }
    for shown in re.findall(r"`([^`]+)`", QUANTITIES[1]):
        key = keys[shown.split()[-1]]
        part = "step" if key in ("pressure", "temperature") else "die"
        text = (
            f"product: X\nparts:\n  die: {{kind: chip, {key}: '{shown}'}}\n"
            if part == "die"
            else f"product: X\nparts: {{die: {{kind: chip}}}}\n"
            f"process: {{steps: [{{name: m, kind: transfer molding, {key}: '{shown}'}}]}}\n"
        )
        parse_description(text, ontology.lexicon, file="x.yaml", folder=tmp_path, slug="x")


def test_the_example_of_running_text_is_read_as_shown(ontology: Ontology) -> None:
    page = (Path(__file__).resolve().parents[1] / "docs" / "extraction.md").read_text("utf-8")
    (text,) = re.findall(r"^```text\n(.*?)^```", page, flags=re.DOTALL | re.MULTILINE)
    (shown,) = re.findall(r"^```yaml\n(.*?)^```", page, flags=re.DOTALL | re.MULTILINE)
    drafted = draft_documents([read_document_bytes("x100.txt", text.encode())], ontology.lexicon)
    assert shown in drafted.text
    assert "exposed:" in drafted.text and "stiffener" not in drafted.text
