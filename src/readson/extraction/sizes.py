"""Sizes: which quantity of which part a number in a text is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from readson.extraction.chunks import Link, Phrase, Verb
from readson.extraction.clauses import Clause
from readson.extraction.findings import Finding, Ignored, Quote
from readson.extraction.items import Thing, unique
from readson.extraction.measures import Measure
from readson.extraction.sayings import Field
from readson.ingest.units import DIMENSIONS
from readson.vocabulary import LEX

if TYPE_CHECKING:
    from readson.extraction.text import Reader, Segment

SIZE = LEX + "Dimensions"
_SIDE = re.compile(r"\s*(?:x|\*|\bby\b)\s*")
_NEAR = 9


def read_sizes(reader: Reader, segment: Segment, clauses: Sequence[Clause], field: Field) -> None:
    """State the sizes, pitches and other quantities of a segment."""
    for place, chunk in enumerate(segment.chunks):
        if isinstance(chunk, Phrase):
            for measure in chunk.measures:
                _of_phrase(reader, segment, clauses, field, place, chunk, measure)
        elif isinstance(chunk, Link) and chunk.sort == "measure":
            measure_ = segment.units[chunk.start].measure
            if measure_ is not None and measure_.dimension != "number":
                _loose(reader, segment, clauses, field, place, measure_)


def _of_phrase(
    reader: Reader, segment: Segment, clauses: Sequence[Clause], field: Field, place: int, phrase: Phrase, measure: Measure
) -> None:
    """State "12 mm x 12 mm lid", "0.5 mm thick lid", "50 µm gap", "60 µm stand-off height"."""
    if phrase.property:
        holders = _holders(reader, segment, clauses, field, place, phrase)
        _state(reader, segment, holders, phrase.property, measure, place, place + 1)
        return
    prop = next((reader.language.measures[a] for a in phrase.adjectives if a in reader.language.measures), "")
    square = any((a,) in reader.language.square for a in phrase.adjectives)
    things = reader._means(field.filler(phrase), segment)
    _state(reader, segment, things, _iri(reader, prop, things, measure, square), measure, place, place + 1, square)


def _loose(
    reader: Reader, segment: Segment, clauses: Sequence[Clause], field: Field, place: int, measure: Measure
) -> None:
    """State "a thickness of 0.5 mm", "is 12 mm x 12 mm", "0.5 mm thick", "die (10 mm x 10 mm)"."""
    chunks = segment.chunks
    before = next((i for i in range(place - 1, max(place - _NEAR, -1), -1) if isinstance(c := chunks[i], Phrase) and c.property), -1)
    blocked = any(isinstance(c, Link) and c.sort == "measure" and not _listed(chunks, i, place) for i, c in enumerate(chunks[before + 1 : place], before + 1)) if before >= 0 else True
    after = chunks[place + 1] if place + 1 < len(chunks) else None
    second = chunks[place + 2] if place + 2 < len(chunks) else None
    named = next((c for c in (after, second) if isinstance(c, Phrase) and c.property and (c is after or (isinstance(after, Link) and after.word == "in"))), None)
    if before >= 0 and not blocked:
        phrase = chunks[before]
        assert isinstance(phrase, Phrase)
        holders = _holders(reader, segment, clauses, field, before, phrase)
        _state(reader, segment, holders, phrase.property, measure, min(before, place), place + 1)
        return
    holders = _subjects(reader, segment, clauses, field, place)
    if named:
        _state(reader, segment, holders, named.property, measure, place, place + 1)
        return
    word = after.word if isinstance(after, Link) else after.head if isinstance(after, Phrase) else ""
    tail = tuple(u.text for u in segment.units[chunks[place].end : chunks[place].end + 3])
    square = any(tail[: len(s)] == s for s in reader.language.square)
    prop = reader.language.measures.get(word, "")
    _state(reader, segment, holders, _iri(reader, prop, holders, measure, square), measure, place, place + 1, square)


def _listed(chunks: Sequence[object], at: int, place: int) -> bool:
    """Tell whether two numbers say the same twice: "50 µm (2 mil)"."""
    between = chunks[at + 1 : place]
    return all(isinstance(c, Link) and c.word in ("(", "/", ",", "or", "=") for c in between)


def _iri(reader: Reader, label: str, things: Sequence[Thing], measure: Measure, square: bool) -> str:
    """Give the property that a quantity is of, by its label or by its form."""
    if measure.sides > 1 or square:
        return SIZE
    if not things:
        return ""
    if not label and measure.dimension == "area":
        label = "area"
    if not label and reader.lexicon.is_a(things[0].kind, reader.anchor["gap"]):
        label = "height"
    terms = reader.lexicon.properties(label, (things[0].kind,)) if label else ()
    return terms[0].iri if len(terms) == 1 else ""


def _holders(
    reader: Reader, segment: Segment, clauses: Sequence[Clause], field: Field, place: int, phrase: Phrase
) -> list[Thing]:
    """Find what a named quantity is of: "die thickness", "thickness of the die", "the die has a thickness"."""
    named = [p for p in field._named(place + 1, ("of", "for", "between", "on")) if p.kinds]
    own = [*field._before(phrase), *([phrase.owner] if phrase.owner else [])]
    gap = [c for c in named if len(named) == 2]
    if len(gap) == 2:
        things = [t for p in named for t in reader._means(field.filler(p), segment)]
        if len(things) == 2 and _fits(reader, phrase.property, (reader.anchor["bonding gap"],)):
            return [reader.stating.between(things[0], things[1], segment.words_of(reader.number, phrase))]
    for candidate in (*own, *named[:1]):
        if things := _suited(reader, phrase, reader._means(field.filler(candidate), segment), segment):
            return things
    if own or named:
        return []
    subjects = _suited(reader, phrase, _subjects(reader, segment, clauses, field, place), segment)
    return subjects or _default(reader, phrase, segment)


def _suited(reader: Reader, phrase: Phrase, things: Sequence[Thing], segment: Segment) -> list[Thing]:
    """Keep the things that can have a property; a part stands for the gap that it fills."""
    fitting = [t for t in things if phrase.property == SIZE or _fits(reader, phrase.property, (t.kind,))]
    return fitting


def _fits(reader: Reader, prop: str, kinds: tuple[str, ...]) -> bool:
    term = reader.lexicon.terms[prop]
    wanted = term.subjects or term.domains
    return any(reader.lexicon.is_a(kind, upper) for kind in kinds for upper in wanted)


def _default(reader: Reader, phrase: Phrase, segment: Segment) -> list[Thing]:
    """Give the only thing that can have a property, such as the gap for a stand-off height."""
    if phrase.property == SIZE:
        return []
    term = reader.lexicon.terms[phrase.property]
    quote = segment.words_of(reader.number, phrase)
    if any(reader.lexicon.is_a(reader.anchor["bonding gap"], d) for d in (*term.domains, *term.subjects)):
        ones = [reader.stating.default(name, quote, "") for name in ("flipped chip", "its carrier")]
        return [reader.stating.between(ones[0], ones[1], quote)] if ones[0] and ones[1] else []
    narrow = [d for d in (*term.domains, *term.subjects) if d not in (reader.anchor["parts"],)]
    if any(reader.lexicon.is_a(reader.anchor["parts"], d) for d in narrow) or not narrow:
        return []
    found = [t for t in reader.things.found if any(reader.lexicon.is_a(t.kind, d) for d in narrow)]
    filling = [t for t in found if reader.record.said(t.key, "fills")]
    only = unique(found) or unique(filling)
    return [only] if only else []


def _subjects(reader: Reader, segment: Segment, clauses: Sequence[Clause], field: Field, place: int) -> list[Thing]:
    """Give the subject of the clause around a place, or the phrase right before it."""
    chunks = segment.chunks
    before = chunks[place - 1] if place else None
    if isinstance(before, Link) and before.word in ("(", ",", ":", "with", "of", "-") and place > 1:
        before = chunks[place - 2]
    around = [c for c in clauses if c.start <= place <= c.end and c.sort == "verb"]
    phrases = [*([before] if isinstance(before, Phrase) else []), *(p for c in reversed(around) for p in c.subjects)]
    for clause in clauses:
        if clause.sort == "alone" and clause.start < place <= clause.end and "with" in clause.slots:
            phrases.append(clause.subjects[0])
    for phrase in phrases:
        if things := reader._means(field.filler(phrase), segment):
            return things
    return []


def _state(
    reader: Reader,
    segment: Segment,
    things: Sequence[Thing],
    prop: str,
    measure: Measure,
    start: int,
    end: int,
    square: bool = False,
) -> None:
    quote = segment.quote(reader.number, start, end)
    if not measure.fit:
        why = "it is relative to another quantity" if measure.relative else "an approximate value has no bounds"
        reader.ignored.append(Ignored(quote, why))
        return
    for thing in things[:1]:
        for iri, text in _values(reader, thing, prop, measure, square):
            reader.record.findings.append(Finding(thing.key, iri, text, quote))


def _values(reader: Reader, thing: Thing, prop: str, measure: Measure, square: bool) -> Iterator[tuple[str, str]]:
    """Give properties and values: A x B sets length and width."""
    if prop == SIZE:
        if measure.dimension != "length" or thing.feature:
            return
        sides = _SIDE.split(measure.text)
        unit = re.sub(r"^[-+]?[\d.,]+\s*", "", sides[-1])
        sides = [side if re.search(r"[^\d.,\s]", side) else f"{side} {unit}" for side in sides]
        sides = sides * 2 if square and len(sides) == 1 else sides
        for term, side in zip(reader.lexicon.dimensions((thing.kind,)), sides, strict=False):
            yield term.iri, side
    elif prop and DIMENSIONS.get(reader.lexicon.terms[prop].unit) == measure.dimension and measure.sides == 1:
        yield prop, measure.text
