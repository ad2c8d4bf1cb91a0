"""Chunking: the units of a sentence become noun phrases, verb groups and links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from readson.extraction.chunks import Chunk, Link, Phrase, Verb, chunk_at, is_link
from readson.extraction.language import Language
from readson.extraction.noun_phrases import read_phrase, read_pronoun
from readson.extraction.units import Unit
from readson.extraction.verb_groups import read_verb

# A colon further on does not end the head of an entry.
_ENTRY = 6


def read_chunks(units: Sequence[Unit], language: Language) -> tuple[Chunk, ...]:
    """Read the chunks of a sentence, from left to right."""
    chunks: list[Chunk] = []
    at = 0
    while at < len(units):
        chunk = (
            read_verb(units, at, chunks, language)
            or read_pronoun(units, at, language)
            or read_phrase(units, at, language)
            or Link(at, at + 1, units[at].sort, units[at].value or units[at].text)
        )
        chunks.append(chunk)
        at = chunk.end
    return tuple(_stating(list(_owned(chunks))))


def _owned(chunks: Sequence[Chunk]) -> Iterator[Chunk]:
    """Join "the die 's rear side" to one phrase with its owner."""
    owner: Phrase | None = None
    for place, chunk in enumerate(chunks):
        if isinstance(chunk, Phrase) and is_link(chunk_at(chunks, place + 1), "'s"):
            owner = chunk
        elif owner and isinstance(chunk, Phrase):
            yield replace(chunk, owner=owner, absent=chunk.absent or owner.absent)
            owner = None
        elif not (owner and is_link(chunk, "'s")):
            yield chunk


def _stating(chunks: list[Chunk]) -> list[Chunk]:
    """Read "Lid: copper" as "the lid is copper": an entry of a list states something of its head."""
    place = next((place for place, chunk in enumerate(chunks[:_ENTRY]) if is_link(chunk, ":")), 0)
    head = next((chunk for chunk in chunks[:place] if isinstance(chunk, Phrase)), None)
    verbs = any(isinstance(chunk, Verb) for chunk in chunks[:place])
    if head and head.sort in ("kind", "property") and not verbs:
        chunks[place] = Verb(chunks[place].start, chunks[place].end, "be", "s", "active")
    return chunks
