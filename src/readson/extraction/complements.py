"""Complements: what follows the head of a clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from readson.extraction.chunks import Chunk, Link, Phrase, Verb, chunk_at, is_link, is_link_of
from readson.extraction.clauses import PREDICATES, Slots, is_joined
from readson.extraction.language import Language

_STOPS = (";", ":", ".", "|")
_ENDS = (*PREDICATES, "absent", "compared", "relative")
# Prepositions after which a noun of doing says how: "by flip-chip bonding".
_MEANS = ("by", "through", "with", "in", "of")
# How far a list goes on after a comma.
_LIST = 8


@dataclass(frozen=True, slots=True)
class Complements:
    """Objects, phrases by their preposition, and manners; `end` is the place of the chunk after them."""

    objects: tuple[Phrase, ...]
    slots: Slots
    manners: frozenset[str]
    end: int


@dataclass
class _Gathering:
    """What has been gathered, the slot that is open, and how many brackets are."""

    slots: dict[str, list[Phrase]] = field(default_factory=lambda: {"": []})
    manners: set[str] = field(default_factory=set)
    slot: str = ""
    depth: int = 0

    def open(self, slot: str) -> None:
        """Let the phrases that follow go into a slot."""
        self.slot = slot
        self.slots.setdefault(slot, [])


def read_complements(chunks: Sequence[Chunk], place: int, language: Language) -> Complements:
    """Gather what follows the head at a place."""
    found, end = _Gathering(), place + 1
    while end < len(chunks) and _gather(found, chunks, end, end == place + 1, language):
        end += 1
    slots = {slot: tuple(phrases) for slot, phrases in found.slots.items() if slot}
    return Complements(tuple(found.slots[""]), slots, frozenset(found.manners), end)


def _gather(found: _Gathering, chunks: Sequence[Chunk], at: int, first: bool, language: Language) -> bool:
    """Take in a chunk; false where the clause ends before it."""
    chunk = chunks[at]
    if isinstance(chunk, Phrase):
        # "flip chip on the bottom and wire bonding on the top die"
        if not first and chunk.manners and chunk.sort in ("doing", "manner") and is_joined(chunks, at):
            return False
        _gather_phrase(found, chunk)
        return True
    if isinstance(chunk, Verb):
        means = _names_means(chunk, language)
        found.open("by" if means else found.slot)
        return means
    return _gather_link(found, chunks, at, chunk, language)


def _gather_phrase(found: _Gathering, phrase: Phrase) -> None:
    means = phrase.sort == "doing" and found.slot in _MEANS and bool(phrase.manners)
    if means or phrase.sort == "manner":
        found.manners |= phrase.manners
    elif not found.depth:
        found.slots[found.slot].append(phrase)


def _gather_link(found: _Gathering, chunks: Sequence[Chunk], at: int, link: Link, language: Language) -> bool:
    if link.sort == "manner":
        found.manners.add(link.word)
    elif link.sort in ("preposition", "to"):
        found.open(link.word)
    elif link.word in ("(", "["):
        found.depth += 1
    elif link.word in (")", "]"):
        found.depth = max(found.depth - 1, 0)
    elif link.sort in _ENDS or link.word in (*_STOPS, "but"):
        return False
    return link.word != "," or _goes_on(chunks, at, language)


def _names_means(verb: Verb, language: Language) -> bool:
    """Tell whether a verb is "using", after which stands how, and no new clause."""
    return verb.voice == "gerund" and language.has("using", verb.verb)


def _goes_on(chunks: Sequence[Chunk], at: int, language: Language) -> bool:
    """Tell whether a list or a further preposition follows a comma, and not a new clause."""
    first, second, third = (chunk_at(chunks, place) for place in (at + 1, at + 2, at + 3))
    if is_link_of(first, "preposition"):
        return True
    if is_link_of(first, "conjunction"):
        finite = isinstance(third, Verb) and third.voice != "reduced"
        clause = finite or is_link_of(third, "relative") or is_link(third, ",")
        return not isinstance(second, Verb) and not (clause and isinstance(second, Phrase))
    if isinstance(first, Verb):
        return _names_means(first, language)
    rest = chunks[at + 2 : at + _LIST]
    listed = any(is_link_of(chunk, "conjunction") for chunk in rest)
    return isinstance(first, Phrase) and listed and not isinstance(second, Verb)
