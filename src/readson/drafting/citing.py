"""Cite words of documents as descriptions do: by a source, a quote and a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from readson.documents.model import Document
from readson.extraction.findings import Quote
from readson.ingest.quotes import SourceText
from readson.ingest.sources import LONGEST_QUOTE

_WIDEST = 10


@dataclass(frozen=True)
class Source:
    """A document as a description names it: by an id, with a title and its file."""

    id: str
    title: str
    file: str
    text: SourceText

    @property
    def document(self) -> Document:
        """Give the document itself."""
        return self.text.document


def name_sources(documents: Sequence[Document], files: Sequence[str]) -> tuple[Source, ...]:
    """Give each document an id made of its file's name, so that it stays when the document changes."""
    ids: list[str] = []
    for file in files:
        stem = re.sub(r"[^A-Za-z0-9]+", "-", PurePosixPath(file).stem).strip("-").lower()[:32] or "source"
        tries = (stem, *(f"{stem}-{n}" for n in range(2, len(files) + 2)))
        ids.append(next(id for id in tries if id not in ids))
    texts = [SourceText(document) for document in documents]
    named = zip(ids, documents, files, texts, strict=True)
    return tuple(Source(id, title_of(document), file, text) for id, document, file, text in named)


def title_of(document: Document) -> str:
    """Give the first heading of a document, or the name of its file."""
    heads = sorted((b.level, b.span) for b in document.blocks if b.kind == "heading")
    title = " ".join(document.words(heads[0][1]).split()) if heads else ""
    return title or " ".join(document.name.split()) or "untitled"


def cite(quote: Quote, sources: Sequence[Source], default: str) -> dict[str, str]:
    """Give the evidence keys of a quote; `default` is the source that need not be named.

    Where words are cut, or stand in too many places, the quote is widened until it is found at its own place.
    """
    source = sources[quote.document]
    words, place = _found(source, quote)
    named = {} if words and source.id == default else {"source": source.id}
    return {**named, **({"quote": words} if words else {}), **place}


def _found(source: Source, quote: Quote) -> tuple[str, dict[str, str]]:
    text = source.document.text
    start, end = _trimmed(text, quote.start, min(quote.end, quote.start + LONGEST_QUOTE // 2))
    if start >= end:
        return "", {}
    any_place = ""
    for wider in range(_WIDEST):
        words = " ".join(text[start:end].split())
        found = source.text.find(words) if len(words) <= LONGEST_QUOTE else None
        place = source.text.place(start)
        if found and (not place or place[0] in found.places):
            return words, {p.key: p.text for p in place}
        any_place = any_place or (words if found else "")
        start, end = _whole(text, max(start - bool(wider), 0), min(end + bool(wider), len(text)))
    return any_place, {}


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a slice until no word is cut, over blanks to the next word if it begins or ends on one."""
    while start > 0 and (text[start : start + 1].isspace() or not text[start - 1].isspace()):
        start -= 1
    while end < len(text) and (text[end - 1].isspace() or not text[end].isspace()):
        end += 1
    return _trimmed(text, start, end)
