"""Every word that a drafted description cites stands in its source, at the place that it gives.

The files are opened here by other means than those of the reader.
"""

from __future__ import annotations

import csv
import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest
import yaml
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from judged_texts import FOLDER
from readson.cli import main
from readson.documents import read_document, read_document_bytes
from readson.documents.model import Document
from readson.drafting.reading import draft_documents
from readson.lexicon import Lexicon
from readson.ontology import Ontology

ROOT = Path(__file__).resolve().parents[1]
FILES = Path(__file__).parent / "documents"
FIXTURES = sorted(path for path in FILES.iterdir() if path.suffix not in (".py", ""))
SUFFIXES = {".pdf", ".html", ".xlsx", ".json", ".xml", ".txt", ".csv", ".yaml"}
PLACES = ("page", "line", "cell", "at")
GERMAN = "hl16-layers.csv"
"""A sheet in a language of which no key is known; nothing is read of it."""
SEEDS = ("0", "1", "7")


def fold(text: str) -> str:
    return " ".join(text.split())


def bare(text: str) -> str:
    """Take a text without white space and hyphens, which a line break of a PDF may add."""
    return re.sub(r"[\s\x02\xad\ufffe-]", "", text)


def cited(value: Any, source: str) -> Iterator[Mapping[str, str]]:
    """Yield all that quotes, at any depth of a description, each with its source."""
    if isinstance(value, dict):
        if "quote" in value:
            yield {"source": source, **value}
        for inner in value.values():
            yield from cited(inner, source)
    if isinstance(value, list):
        for inner in value:
            yield from cited(inner, source)


def citations(text: str) -> list[Mapping[str, str]]:
    said = yaml.load(text, yaml.BaseLoader)
    return list(cited(said, said["source"]))


# Where words stand in a file


def words_at(path: Path, key: str, place: str, quote: str) -> bool:
    """Tell whether words stand in a file at a place."""
    return {"page": on_page, "line": on_line, "cell": in_cell, "at": at_path}[key](path, place, quote)


def on_page(path: Path, place: str, quote: str) -> bool:
    page = pypdfium2.PdfDocument(path)[int(place) - 1]
    return bare(quote) in bare(page.get_textpage().get_text_range())


def on_line(path: Path, place: str, quote: str) -> bool:
    return begins_in(path.read_text("utf-8"), int(place), quote, path.suffix == ".html")


def begins_in(text: str, number: int, quote: str, tagged: bool = False) -> bool:
    """Tell whether a quote begins in a line, and goes on in the next ones."""
    lines = text.split("\n")[number - 1 :]
    first, rest = (fold(plain(part) if tagged else part) for part in (lines[0], "\n".join(lines)))
    return 0 <= rest.find(quote) < len(first)


def plain(page: str) -> str:
    """Take tags and entities out of a page: tags within words leave nothing, others a blank."""
    return html.unescape(re.sub(r"<[^>]*>", " ", re.sub(r"</?(?:b|i|sup|sub)>", "", page)))


def in_cell(path: Path, place: str, quote: str) -> bool:
    """Tell whether a quote begins in a cell, and goes on in those to its right."""
    sheet, _, cell = place.rpartition("!")
    column, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]
    start = sum((ord(letter) - 64) * 26**n for n, letter in enumerate(reversed(column))) - 1
    values = rows(path, sheet.strip("'"))[int(row) - 1][start:]
    below = [value for later in rows(path, sheet.strip("'"))[int(row) :] for value in later]
    return fold(" ".join((*values, *below))).startswith(quote) and bool(values)


@cache
def rows(path: Path, sheet: str) -> list[list[str]]:
    if path.suffix == ".csv":
        text = path.read_text("utf-8")
        return list(csv.reader(text.splitlines(), csv.Sniffer().sniff(text)))
    book = load_workbook(path, data_only=True)
    return [
        ["" if value is None else str(value) for value in row]
        for row in book[sheet].iter_rows(values_only=True)
    ]


def at_path(path: Path, place: str, quote: str) -> bool:
    """Tell whether a file says a quote, and that is the key or the value to which a path leads."""
    text = path.read_text("utf-8")
    value = at_xpath(text, place) if path.suffix == ".xml" else at_pointer(text, path, place)
    key = re.sub(r"^@|\[\d+\]$", "", place.rpartition("/")[2])
    shown = [json.dumps(leaf) if path.suffix == ".json" else str(leaf) for leaf in leaves(value)]
    said = [*shown, key] if not key.isdigit() else shown
    quote, plainly = fold(quote), fold(html.unescape(quote))
    return quote in fold(text) and any(word in quote or plainly in word for word in said)


def leaves(value: Any) -> Iterator[Any]:
    """Yield the values that a value holds, itself if it holds none."""
    if isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from leaves(inner)
    else:
        yield value


def at_pointer(text: str, path: Path, place: str) -> Any:
    value = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    for step in place.strip("/").split("/"):
        step = step.replace("~1", "/").replace("~0", "~")
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def at_xpath(text: str, place: str) -> str | None:
    steps, _, attribute = place.partition("/@")
    root = ElementTree.fromstring(text)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    first, _, rest = steps.strip("/").partition("/")
    assert root.tag == first
    found = root.find(rest) if rest else root
    assert found is not None, place
    return found.get(attribute) if attribute else found.text


def check(path: Path, text: str) -> int:
    """Hold that all that a description of one file cites stands there; give how much that is."""
    found = citations(text)
    for said in found:
        (key,) = set(PLACES) & set(said)
        assert words_at(path, key, said[key], said["quote"]), (path.name, said)
    return len(found)


# What is drafted


@pytest.fixture(scope="module")
def lexicon(ontology: Ontology) -> Lexicon:
    return ontology.lexicon


def composed() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path in sorted(FOLDER.glob("*/*.yaml")):
        yield f"{path.parent.name}/{path.stem}", yaml.safe_load(path.read_text("utf-8"))


def documents(every: int = 1) -> Iterator[tuple[str, tuple[Document, ...], str]]:
    """Yield names, documents and product: the fixtures, two of them together, every n-th composed text."""
    read = {path.name: read_document(path) for path in FIXTURES}
    yield from ((name, (document,), "") for name, document in read.items())
    yield "hl16", (read["hl16-bom.xlsx"], read["hl16-note.txt"]), ""
    for name, said in list(composed())[::every]:
        yield name, (read_document_bytes("text.txt", said["text"].encode()),), said.get("product", "")


def test_there_is_a_fixture_of_each_form() -> None:
    assert {path.suffix for path in FIXTURES} == SUFFIXES


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_words_from_a_document_stand_in_its_file_at_their_place(path: Path, lexicon: Lexicon) -> None:
    drafted = draft_documents([read_document(path)], lexicon)
    assert check(path, drafted.text) >= (10 if path.name != GERMAN else 0)


def test_words_from_a_sheet_of_cells_stand_in_their_cells(tmp_path: Path, lexicon: Lexicon) -> None:
    path = tmp_path / "bom.csv"
    path.write_text('Item,Qty,Material\n"Lid, exposed",1,copper\nDie,1,silicon\n', "utf-8")
    assert check(path, draft_documents([read_document(path)], lexicon).text) >= 6


def test_words_from_two_documents_stand_each_in_its_own(lexicon: Lexicon) -> None:
    names = ("hl16-bom.xlsx", "hl16-note.txt")
    drafted = draft_documents([read_document(FILES / name) for name in names], lexicon)
    files = {source.id: FILES / source.file for source in drafted.sources}
    told = citations(drafted.text)
    for said in told:
        (key,) = set(PLACES) & set(said)
        assert words_at(files[said["source"]], key, said[key], said["quote"]), said
    assert {said["source"] for said in told} == set(files)


def test_words_from_composed_texts_stand_on_their_lines(lexicon: Lexicon) -> None:
    count = 0
    for name, said in composed():
        document = read_document_bytes("text.txt", said["text"].encode())
        for quoted in citations(draft_documents([document], lexicon, said.get("product", "")).text):
            count += 1
            tagged = document.form == "html"
            assert begins_in(said["text"], int(quoted["line"]), quoted["quote"], tagged), (name, quoted)
    assert count > 1500


@pytest.mark.parametrize(
    "name,key,place,quote",
    [
        ("tk410-data-sheet.pdf", "page", "2", "flip-chip bonded"),
        ("nv220-package.html", "line", "14", "Gold wires connect"),
        ("hl16-bom.xlsx", "cell", "BOM!B5", "LOG-02 logic die, flip chip"),
        ("hl16-note.txt", "line", "1", "Two memory dies"),
        ("rm7-supplier.json", "at", "/die/thk_um", '"bumpQty": 742'),
        ("rm7-supplier.json", "at", "/die/thk_um", '"thk_um": 151'),
        (
            "pw5-declaration.xml",
            "at",
            "/MainDeclaration/Product/SubProduct[1]/ProductID/@itemName",
            'name="Gold"',
        ),
        ("hl16-layers.csv", "cell", "A1", "Werkstoff"),
    ],
)
def test_words_at_the_wrong_place_are_noticed(name: str, key: str, place: str, quote: str) -> None:
    assert not words_at(FILES / name, key, place, quote)


# The same bytes

PROGRAM = """
import hashlib
from readson.ontology import load_ontology
from readson.drafting.reading import draft_documents
from test_cited_words import documents
lexicon = load_ontology().lexicon
for name, read, product in documents(every=12):
    print(name, hashlib.sha256(draft_documents(read, lexicon, product).text.encode()).hexdigest())
"""


def test_a_hash_seed_changes_no_byte_of_a_draft() -> None:
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT / "tests")))
    running = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
        )
        for seed in SEEDS
    ]
    first, *others = [process.communicate()[0] for process in running]
    assert len(first.splitlines()) > 35 and all(process.returncode == 0 for process in running)
    assert all(other == first for other in others)


# The check at build


def readson(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], prog_name="readson")


@pytest.mark.parametrize(
    "name,quote,changed",
    [
        ("tk410-data-sheet.pdf", "No underfill", "An underfill"),
        ("tk410-data-sheet.pdf", "No underfill, page: 1", "No underfill, page: 2"),
        ("nv220-package.html", "Gold wires, line: 20", "Gold wires, line: 21"),
        ("hl16-bom.xlsx", "cell: BOM!B6", "cell: BOM!B9"),
        ("rm7-supplier.json", '"bumpQty": 742', '"bumpQty": 743'),
        ("pw5-declaration.xml", 'name="Silver"', 'name="Gold"'),
        ("pw5-declaration.xml", "HomogeneousMaterial[3]/@name", "HomogeneousMaterial[4]/@name"),
    ],
)
def test_a_quote_that_does_not_stand_in_its_source_is_refused(
    name: str, quote: str, changed: str, tmp_path: Path
) -> None:
    output = tmp_path / "x" / "product.yaml"
    assert readson("read", FILES / name, "-o", output).exit_code == 0
    text = output.read_text("utf-8")
    assert quote in text
    assert readson("check", output, "--claims", "4").exit_code == 0
    output.write_text(text.replace(quote, changed), "utf-8")
    result = readson("check", output, "--claims", "1", "-o", tmp_path / "site")
    assert result.exit_code == 2 and re.search(r"product\.yaml:\d+:\d+: .*the quote ", result.stderr)
    assert not (tmp_path / "site").exists()
