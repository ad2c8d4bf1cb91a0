"""Read documents in tests, say what was read, and hold what every document must keep."""

from __future__ import annotations

import html
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

from readson.documents import read_document, read_document_bytes
from readson.documents.model import Document, Place
from readson.errors import DocumentError

FILES = Path(__file__).parent / "documents"


def read(text: str, name: str = "note.txt") -> Document:
    return read_document_bytes(name, text.encode())


def laid_out(document: Document) -> list[tuple[str, str]]:
    """Give kind and words of each block, white space folded."""
    return [(block.kind, " ".join(document.words(block.span).split())) for block in document.blocks]


def cells(document: Document, table: int = 0) -> list[list[str]]:
    return [[document.words(cell) for cell in row] for row in document.tables[table].rows]


def problems(name: str, data: bytes) -> str:
    with pytest.raises(DocumentError) as raised:
        read_document_bytes(name, data)
    return str(raised.value)


def check_spans(document: Document) -> None:
    """Hold what every document must keep: spans lie in the text, places rise and cover it."""
    spans = [block.span for block in document.blocks]
    spans += [cell for table in document.tables for row in table.rows for cell in row]
    spans += [span for field in document.fields for span in (field.key, field.value)]
    assert all(0 <= span.start <= span.end <= len(document.text) for span in spans)
    starts = [place.start for place in document.places]
    assert starts[0] == 0 and starts == sorted(set(starts)) and starts[-1] <= len(document.text)
    for block in document.blocks:
        words = document.words(block.span)
        assert words and words == words.strip()


def shown(name: str) -> Document:
    """Read a file of tests/documents."""
    return read_document(FILES / name)


def runs(document: Document) -> list[tuple[Place, str]]:
    """Pair each place with the text that stands there."""
    ends = [*(place.start for place in document.places[1:]), len(document.text)]
    places = zip(document.places, ends, strict=True)
    return [(place, document.text[place.start : end]) for place, end in places]


def check_origins(document: Document, data: bytes, encoding: str = "utf-8") -> None:
    """Hold that the bytes at each origin say what the text says, entities and white space apart."""
    origins = [place.origin for place in document.places]
    assert all(left < right for left, right in pairwise(origins))
    for place, run in runs(document):
        source = data[place.origin :].decode(encoding, errors="ignore").replace("\r\n", "\n")
        wanted = folded(run)
        if source.startswith("&") and not run.startswith("&"):
            source = html.unescape(source[:12])
        assert folded(source[: len(run) + 1]).startswith(wanted), (place, run, source[:40])


def folded(text: str) -> str:
    """Fold white space and signs that are written in two ways."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("\u2212", "-").split())
