"""Subjects: what stands before the head of a clause, or is carried over from the clause before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from readson.extraction.chunks import Chunk, Link, Phrase, Verb, chunk_at, is_link, is_link_of, place_of
from readson.extraction.clauses import Clause
from readson.extraction.language import Language

_PASSED = ("determiner", "adverb", "mark", "measure", "no", "several", "manner", "adjective")
_BETWEEN = ("determiner", "measure", "mark", "preposition", "to", "adverb")
_ASIDES = ("preposition", "relative", "measure", "making", "bare", "absent")
_NAMING = ("pronoun", "part", "property", "name")
_LONGEST_ASIDE = 14

Subjects = tuple[tuple[Phrase, ...], bool]
"""The phrases that can be the subject, the likeliest first, and whether all of them share the verb."""


def read_subjects(
    chunks: Sequence[Chunk], place: int, before: Mapping[int, Clause], language: Language
) -> Subjects:
    """Find the subjects that the head at a place can have; `before` are the clauses before it, by place."""
    head, at = chunks[place], _passed(chunks, place - 1, language)
    chunk = chunk_at(chunks, at)
    voice = head.voice if isinstance(head, Verb) else ""
    if chunk is None:
        return (), False
    if is_link_of(chunk, "relative"):
        return _chain(chunks, at - 2 if is_link(chunk_at(chunks, at - 1), ",") else at - 1, near=True)
    if is_link(chunk, ")"):
        return _chain(chunks, _opening(chunks, at) - 1, near=voice != "passive")
    measured = is_link_of(chunk, "preposition", "to") and at + 1 < place
    if isinstance(chunk, Phrase) or measured:
        return _adjacent(chunks, at, before, head)
    if is_link(chunk, ","):
        if voice == "reduced" and isinstance(chunk_at(chunks, at - 1), Phrase):
            return _chain(chunks, at - 1, near=True)
        if opening := _aside(chunks, at):
            return _chain(chunks, opening - 1, near=False)
    return _carried(before), False


def _passed(chunks: Sequence[Chunk], at: int, language: Language) -> int:
    """Step back over words between a subject and its verb."""
    while at >= 0 and isinstance(link := chunks[at], Link):
        if link.sort not in _PASSED and not language.has("selves", link.word):
            break
        at -= 1
    return at


def _opening(chunks: Sequence[Chunk], at: int) -> int:
    """Give the place of the "(" before a place, or -1."""
    return next((place for place in range(at, -1, -1) if is_link(chunks[place], "(")), -1)


def _adjacent(chunks: Sequence[Chunk], at: int, before: Mapping[int, Clause], head: Chunk) -> Subjects:
    """Give the subjects that end right before a head."""
    if not isinstance(head, Verb):
        return _chain(chunks, at, near=False)
    if head.voice in ("reduced", "gerund"):
        return _chain(chunks, at, near=True)
    found, joint = _chain(chunks, at, near=False)
    matrix = _matrix(chunks, found, before) if found else None
    return ((*matrix.subjects, *found), False) if matrix else (found, joint)


def _aside(chunks: Sequence[Chunk], at: int) -> int:
    """Give the comma that opens an aside closed at a place, or 0: "the lid, 12 mm wide, lies"."""
    for place in range(at - 1, max(at - _LONGEST_ASIDE, 0), -1):
        first = chunks[place + 1]
        opens = isinstance(first, Verb) or is_link_of(first, *_ASIDES)
        if opens and is_link(chunks[place], ",") and isinstance(chunks[place - 1], (Phrase, Link)):
            return place
    return 0


def _matrix(chunks: Sequence[Chunk], found: Sequence[Phrase], before: Mapping[int, Clause]) -> Clause | None:
    """Give the clause that a finite verb goes around: "a lid larger than the die is attached to ..."."""
    at = place_of(chunks, min(found, key=lambda phrase: phrase.start)) - 1
    while at >= 0 and is_link_of(chunks[at], *_BETWEEN):
        at -= 1
    return before.get(at)


def _carried(before: Mapping[int, Clause]) -> tuple[Phrase, ...]:
    """Carry over the subjects of the clause before, then all else in it."""
    if not before:
        return ()
    last = list(before.values())[-1]
    return tuple(dict.fromkeys((*last.subjects, *last.objects, *last.slotted(*last.slots))))


def _chain(chunks: Sequence[Chunk], at: int, near: bool) -> Subjects:
    """Walk back over "the gap between A and B": the first phrase is the subject, or the nearest if `near`.

    Phrases that stand in one list with the subject are subjects too.
    """
    found: list[tuple[Phrase, str]] = []  # each with how it is linked to the one after it
    for place in range(at, -1, -1):
        chunk = chunks[place]
        if isinstance(chunk, Phrase):
            if found and not found[-1][1]:
                break
            found.append((chunk, ""))
        elif is_link_of(chunk, "preposition", "to"):
            found[-1:] = [(phrase, "in") for phrase, _ in found[-1:]]
        elif is_link_of(chunk, "conjunction") or is_link(chunk, ","):
            listed = place and isinstance(chunks[place - 1], Phrase) and not is_link(chunk, "or")
            if not listed or not found:
                break
            found[-1:] = [(phrase, "and") for phrase, _ in found[-1:]]
        elif not is_link_of(chunk, *_PASSED):
            break
    if near:
        return tuple(phrase for phrase, _ in found), False
    return _heads(found[::-1])


def _heads(found: Sequence[tuple[Phrase, str]]) -> Subjects:
    """Keep the first phrase that names something, and those joined to it before any preposition."""
    naming = (place for place, (phrase, _) in enumerate(found) if phrase.kinds or phrase.sort in _NAMING)
    place = next(naming, 0)
    heads = [phrase for phrase, _ in found[place : place + 1]]
    for phrase, link in found[place + 1 :]:
        if link != "and":
            break
        heads.append(phrase)
    return tuple(heads), len(heads) > 1
