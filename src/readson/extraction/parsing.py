"""Parsing: the chunks of a sentence become clauses."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from readson.extraction.chunks import Chunk, Link, Phrase, Verb, chunk_at, is_link, place_of
from readson.extraction.clauses import Clause, Slots, is_head
from readson.extraction.complements import Complements, read_complements
from readson.extraction.language import Language
from readson.extraction.subjects import read_subjects


def read_clauses(chunks: Sequence[Chunk], language: Language) -> tuple[Clause, ...]:
    """Read the clauses of a sentence: those of verbs and predicates first, then those of phrases alone."""
    found: dict[int, Clause] = {}
    for place, chunk in enumerate(chunks):
        if is_head(chunk):
            found[place] = _clause(chunks, place, found, language)
    negated = [clause for clause in found.values() if clause.negated]
    denied = {phrase.start for c in negated for phrase in (*c.objects, *c.slotted(*c.slots))}
    return (*found.values(), *_alone(chunks, denied, language), *_described(chunks, denied))


def _clause(chunks: Sequence[Chunk], place: int, before: dict[int, Clause], language: Language) -> Clause:
    """Read the clause around a head; `before` are the clauses before it, by place."""
    head, right = chunks[place], read_complements(chunks, place, language)
    subjects, joint = read_subjects(chunks, place, before, language)
    slots = right.slots
    if not right.objects and not slots and subjects:
        slots = _before(chunks, place, subjects[0], language)
    if not isinstance(head, Verb):
        denied = isinstance(verb := chunk_at(chunks, place - 1), Verb) and verb.negated
        word, sort = (head.word, head.sort) if isinstance(head, Link) else ("", "")
        manners, end = right.manners, right.end
        return Clause(
            word, sort, "active", denied, subjects, right.objects, slots, manners, place, end, joint
        )
    clause = Clause(
        verb=head.verb,
        sort="verb",
        voice=head.voice,
        negated=head.negated,
        subjects=subjects,
        objects=right.objects,
        slots=slots,
        manners=head.manners | right.manners,
        start=place,
        end=right.end,
        joint=joint,
    )
    front = _inverted(chunks, place, right, language)
    return _turned(clause, front, head) if front else clause


def _turned(clause: Clause, front: Slots, head: Verb) -> Clause:
    """Read "Over the die lies a lid" as "a lid lies over the die"."""
    slots = {**clause.slots, **front}
    return replace(clause, subjects=clause.objects[:1], objects=(), slots=slots, manners=head.manners)


def _before(chunks: Sequence[Chunk], place: int, subject: Phrase, language: Language) -> Slots:
    """Give what stands between a subject and a head that nothing follows: "a lid over the die is placed"."""
    if subject not in chunks[:place]:
        return {}
    return read_complements(chunks, place_of(chunks, subject), language).slots


def _inverted(chunks: Sequence[Chunk], place: int, right: Complements, language: Language) -> Slots:
    """Give the preposition and its phrases that open a sentence before its verb, if they do."""
    head = chunks[place]
    if not isinstance(head, Verb) or head.voice != "active" or not right.objects:
        return {}
    if not language.has("standing", head.verb):
        return {}
    at = next((i for i in range(place - 1, -1, -1) if is_link(chunks[i], ";", ",", ":", "that")), -1)
    first = chunks[at + 1]
    if not (isinstance(first, Link) and first.sort == "preposition" and language.has("fronted", first.word)):
        return {}
    front = read_complements(chunks[:place], at, language)
    return {} if front.objects else front.slots


def _alone(chunks: Sequence[Chunk], denied: Collection[int], language: Language) -> Iterator[Clause]:
    """Give "PHRASE preposition PHRASE" wherever it stands; `denied` are starts of phrases left out."""
    for place, chunk in enumerate(chunks):
        if isinstance(chunk, Phrase) and chunk.start not in denied and not chunk.absent:
            at = _after_brackets(chunks, place + 1)
            link = chunk_at(chunks, at)
            if isinstance(link, Link) and link.sort in ("preposition", "to"):
                right = read_complements(chunks, at - 1, language)
                slots, manners = _near(link.word, right.slots), right.manners | chunk.manners
                yield Clause("", "alone", "active", False, (chunk,), (), slots, manners, place, right.end)


def _described(chunks: Sequence[Chunk], denied: Collection[int]) -> Iterator[Clause]:
    """Read "the bumped die" as "the die is bumped" too."""
    for place, chunk in enumerate(chunks):
        if isinstance(chunk, Phrase) and chunk.start not in denied and not chunk.absent:
            for verb in chunk.doings:
                yield Clause(verb, "verb", "reduced", False, (chunk,), (), start=place, end=place + 1)


def _near(preposition: str, slots: Slots) -> Slots:
    """Keep the slots that belong to a phrase: the first one, "from ... to", and means."""
    kept = {preposition: slots.get(preposition, ())}
    wanted = ("through", "with", "to") if preposition == "from" else ("through", "with")
    return kept | {name: phrases for name, phrases in slots.items() if name in wanted}


def _after_brackets(chunks: Sequence[Chunk], at: int) -> int:
    """Step over "(...)"."""
    while is_link(chunk_at(chunks, at), "("):
        closing = (place for place in range(at, len(chunks)) if is_link(chunks[place], ")"))
        at = next(closing, len(chunks)) + 1
    return at
