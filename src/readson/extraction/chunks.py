"""Chunks: noun phrases, verb groups, and the links between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from readson.extraction.language import Rule
from readson.extraction.measures import Measure


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase. Places count units of the sentence.

    `sort` is that of its head: kind, property, name, doing, part, nothing, word or manner; or pronoun, or
    elliptic for "the first one". `kinds` are the classes of its head, of which one is meant; empty for a head
    that names no item. `with_kinds` are nouns of the ontology before the head. `owner` is what a possessive
    names before it. `rules` are those of names in it, with the place of each.
    """

    start: int
    end: int
    head: str
    sort: str
    name: str = ""
    kinds: tuple[str, ...] = ()
    with_kinds: tuple[tuple[str, ...], ...] = ()
    property: str = ""
    plural: bool = False
    definite: bool = False
    indefinite: bool = False
    absent: bool = False
    several: bool = False
    count: Measure | None = None
    measures: tuple[Measure, ...] = ()
    marks: frozenset[str] = frozenset()
    manners: frozenset[str] = frozenset()
    doings: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    bare: str = ""
    owner: Phrase | None = None
    rules: tuple[tuple[Rule, int], ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb group. `voice` is active, passive, reduced ("attached to the die") or gerund."""

    start: int
    end: int
    verb: str
    form: str
    voice: str
    negated: bool = False
    manners: frozenset[str] = frozenset()
    infinitive: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A preposition, conjunction, comma or other word between phrases and verbs."""

    start: int
    end: int
    sort: str
    word: str


Chunk = Phrase | Verb | Link


def is_link(chunk: Chunk | None, *words: str) -> bool:
    """Tell whether a chunk is a link of one of some words."""
    return isinstance(chunk, Link) and chunk.word in words


def is_link_of(chunk: Chunk | None, *sorts: str) -> bool:
    """Tell whether a chunk is a link of one of some sorts."""
    return isinstance(chunk, Link) and chunk.sort in sorts


def chunk_at(chunks: Sequence[Chunk], place: int) -> Chunk | None:
    """Give the chunk at a place, or None outside of the sentence."""
    return chunks[place] if 0 <= place < len(chunks) else None


def place_of(chunks: Sequence[Chunk], phrase: Phrase) -> int:
    """Give the place of the chunk that begins where a phrase does, or -1."""
    return next((place for place, chunk in enumerate(chunks) if chunk.start == phrase.start), -1)
