"""Sizes: which quantity of which part a number in a text is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from readson.extraction.chunks import Chunk, Link, Phrase, Verb, chunk_at, is_link, is_link_of
from readson.extraction.defaults import between, gap_below_flipped
from readson.extraction.fillers import Surroundings
from readson.extraction.findings import Finding, Ignored
from readson.extraction.items import Thing, unique
from readson.extraction.meaning import means, means_all
from readson.extraction.measures import Measure
from readson.extraction.record import Record
from readson.extraction.segments import Segment
from readson.ingest.units import DIMENSIONS
from readson.lexicon import Term
from readson.vocabulary import LEX

SIZE = LEX + "Dimensions"
"""Stands for the properties that A x B sets, in their order."""
_SIDE = re.compile(r"\s*(?:x|\*|\bby\b)\s*")
# So many chunks before a number, a property can be named: "a thickness, after grinding, of 0.5 mm".
_NEAR = 9
_BEFORE_SIZE = ("(", ",", ":", "with", "of", "-")


def read_sizes(record: Record, segment: Segment, around: Surroundings) -> None:
    """State the sizes, pitches and other quantities of a segment."""
    sizes = _Sizes(record, segment, around)
    for place, chunk in enumerate(segment.chunks):
        if isinstance(chunk, Phrase):
            for measure in chunk.measures:
                sizes.of_phrase(place, chunk, measure)
        elif chunk and is_link_of(chunk, "measure"):
            loose = segment.units[chunk.start].measure
            if loose is not None and loose.dimension != "number":
                sizes.loose(place, loose)


@dataclass(frozen=True, eq=False)
class _Sizes:
    """Read the quantities of one segment; places count its chunks."""

    record: Record
    segment: Segment
    around: Surroundings

    def of_phrase(self, place: int, phrase: Phrase, measure: Measure) -> None:
        """State "12 mm x 12 mm lid", "0.5 mm thick lid", "50 µm gap", "60 µm stand-off height"."""
        language = self.record.language
        if phrase.property:
            self._named(place, phrase, measure, place, place + 1)
            return
        label = next((language.measures[word] for word in phrase.adjectives if word in language.measures), "")
        square = any(language.has("square", word) for word in phrase.adjectives)
        things = means(self.record, self.segment, self.around.filler(phrase))
        if not things and self.around.is_a(phrase.kinds, "material"):
            things = self._subjects(place)  # "Lid: 31 mm x 31 mm copper"
        self._state(things, self._property(label, things, measure, square), measure, place, place + 1, square)

    def loose(self, place: int, measure: Measure) -> None:
        """State "a thickness of 0.5 mm", "is 12 mm x 12 mm", "0.5 mm thick", "die (10 mm x 10 mm)"."""
        if (before := self._named_before(place)) >= 0:
            phrase = self.segment.chunks[before]
            assert isinstance(phrase, Phrase)
            self._named(before, phrase, measure, before, place + 1)
            return
        holders = self._subjects(place)
        after = self._named_after(place)
        square = after == "" and self._is_square(place)
        iri = after or self._property(self._word_after(place), holders, measure, square)
        self._state(holders, iri, measure, place, place + 1, square)

    def _named(self, place: int, phrase: Phrase, measure: Measure, start: int, end: int) -> None:
        """State a quantity that a phrase at a place names; quote the chunks from one to before another."""
        between_ = self.around.named(place + 1, "between")
        if len(between_) == 2 and phrase.property != SIZE:
            gap = self._gap_between(phrase, between_)
            self._state([gap] if gap else [], self._of_gap(phrase), measure, start, end)
        else:
            self._state(self._holders(place, phrase), phrase.property, measure, start, end)

    def _named_before(self, place: int) -> int:
        """Give the place of a property named before a number, if no other number comes between; else -1."""
        chunks = self.segment.chunks
        for at in range(place - 1, max(place - _NEAR, -1), -1):
            chunk = chunks[at]
            if isinstance(chunk, Phrase) and chunk.property:
                return at
            if is_link_of(chunk, "measure") and not _same_twice(chunks[at + 1 : place]):
                return -1
        return -1

    def _named_after(self, place: int) -> str:
        """Give the property named right after a number, or after "in": "12 mm in width"."""
        after = chunk_at(self.segment.chunks, place + 1)
        named = chunk_at(self.segment.chunks, place + 2) if is_link(after, "in") else after
        return named.property if isinstance(named, Phrase) else ""

    def _word_after(self, place: int) -> str:
        """Give the property that the word after a number says: "0.5 mm thick"."""
        after = chunk_at(self.segment.chunks, place + 1)
        word = after.word if isinstance(after, Link) else after.head if isinstance(after, Phrase) else ""
        return self.record.language.measures.get(word, "")

    def _is_square(self, place: int) -> bool:
        """Tell whether "square" or "on a side" follows a number."""
        end = self.segment.chunks[place].end
        tail = tuple(unit.text for unit in self.segment.units[end : end + 3])
        return any(tail[: len(words)] == words for words in self.record.language.words["square"])

    def _property(self, label: str, things: Sequence[Thing], measure: Measure, square: bool) -> str:
        """Give the property that a quantity is of, by its label or by its form."""
        if measure.sides > 1 or square:
            return SIZE
        if not things:
            return ""
        properties = self.record.language.properties
        if not label and measure.dimension == "area":
            label = properties["area"]
        if not label and self.record.is_a(things[0].kind, "gap"):
            label = properties["height"]
        terms = self.record.lexicon.properties(label, (things[0].kind,)) if label else ()
        return terms[0].iri if len(terms) == 1 else ""

    def _holders(self, place: int, phrase: Phrase) -> list[Thing]:
        """Find whose quantity it is: "die thickness", "thickness of a die", "a die with a thickness"."""
        named = [p for p in self.around.named(place + 1, "of", "for", "between", "on") if p.kinds]
        own = [*self.around.within(phrase), *([phrase.owner] if phrase.owner else [])]
        for candidate in (*own, *named[:1]):
            things = means(self.record, self.segment, self.around.filler(candidate))
            if suited := self._suited(phrase, things):
                return suited
        if own or named:
            return []
        return self._suited(phrase, self._subjects(place)) or self._default(phrase)

    def _of_gap(self, phrase: Phrase) -> str:
        """Give the property of gaps that a phrase names, "" for none: a height that other things have too."""
        terms = self.record.lexicon.properties(phrase.head, (self.record.language.anchors["joint"],))
        return terms[0].iri if len(terms) == 1 else ""

    def _gap_between(self, phrase: Phrase, named: Sequence[Phrase]) -> Thing | None:
        """Give the gap in "stand-off height between the die and the substrate"."""
        things = means_all(self.record, self.segment, self.around.fillers(named))
        if len(things) != 2 or not self._of_gap(phrase):
            return None
        return between(self.record, things[0], things[1], self.segment.quote_phrase(phrase))

    def _suited(self, phrase: Phrase, things: Iterable[Thing]) -> list[Thing]:
        """Keep the things that can have a property."""
        return [thing for thing in things if self._fits(phrase.property, thing.kind)]

    def _fits(self, iri: str, kind: str) -> bool:
        if iri == SIZE:
            return True
        term = self.record.lexicon.terms[iri]
        return self.around.is_one_of((kind,), term.subjects or term.domains)

    def _default(self, phrase: Phrase) -> list[Thing]:
        """Give the only thing that can have a property, such as the gap for a stand-off height."""
        if phrase.property == SIZE:
            return []
        domains = _domains(self.record.lexicon.terms[phrase.property])
        joint, part = (self.record.language.anchors[name] for name in ("joint", "part"))
        if self.around.is_one_of((joint,), domains):
            gap = gap_below_flipped(self.record, self.segment.quote_phrase(phrase))
            return [gap] if gap else []
        narrow = [kind for kind in domains if kind != part]
        if not narrow or self.around.is_one_of((part,), narrow):
            return []
        found = [thing for thing in self.record.things.found if self.around.is_one_of((thing.kind,), narrow)]
        filling = (thing for thing in found if self.record.said_by(thing.key, "fills"))
        only = unique(found) or unique(filling)
        return [only] if only else []

    def _subjects(self, place: int) -> list[Thing]:
        """Give the phrase right before a place, or the subject of the clause around it."""
        for phrase in self._candidates(place):
            if things := means(self.record, self.segment, self.around.filler(phrase)):
                return things
        return []

    def _candidates(self, place: int) -> Iterator[Phrase]:
        before = chunk_at(self.segment.chunks, place - 1)
        if place > 1 and is_link(before, *_BEFORE_SIZE):
            before = self.segment.chunks[place - 2]
        if isinstance(before, Phrase):
            yield before
        clauses = self.segment.clauses
        for clause in reversed(clauses):
            if clause.sort == "verb" and clause.start <= place <= clause.end:
                yield from clause.subjects
        for clause in clauses:
            if clause.sort == "alone" and clause.start < place <= clause.end and "with" in clause.slots:
                yield clause.subjects[0]
        yield from self._entry()
        yield from self._bracketed(place)

    def _bracketed(self, place: int) -> Iterator[Phrase]:
        """Give what stands before the bracket around a place: "the slug (copper, 12 x 12 mm)"."""
        for at in range(place - 1, max(place - _NEAR, 0), -1):
            chunk, before = self.segment.chunks[at], self.segment.chunks[at - 1]
            if is_link(chunk, "("):
                yield from (before,) if isinstance(before, Phrase) else ()
            if is_link(chunk, "(", ")"):
                return

    def _entry(self) -> Iterator[Phrase]:
        """Give what an entry of a list is on: "Lid: copper, 22 x 22 mm"."""
        for place, chunk in enumerate(self.segment.chunks):
            if isinstance(chunk, Verb) and self.segment.units[chunk.start].text == ":":
                yield from (p for p in self.segment.chunks[:place][:1] if isinstance(p, Phrase))
                return

    def _state(
        self, things: Sequence[Thing], iri: str, measure: Measure, start: int, end: int, square: bool = False
    ) -> None:
        """State a quantity of the first of some things; quote the chunks from one to before another."""
        quote = self.segment.quote(start, end)
        if not measure.fit:
            why = (
                "it is relative to another quantity"
                if measure.relative
                else "an approximate value has no bounds"
            )
            self.record.ignored.append(Ignored(quote, why))
            return
        for thing in things[:1]:
            for iri_, text in self._values(thing, iri, measure, square):
                self.record.add(Finding(thing.key, iri_, text, quote))

    def _values(self, thing: Thing, iri: str, measure: Measure, square: bool) -> Iterator[tuple[str, str]]:
        """Give properties and values: A x B sets length and width."""
        if iri == SIZE and measure.dimension == "length" and not thing.feature:
            terms = self.record.lexicon.dimensions((thing.kind,))
            yield from zip((term.iri for term in terms), _sides(measure.text, square), strict=False)
        elif iri and iri != SIZE and measure.sides == 1:
            unit = self.record.lexicon.terms[iri].unit
            if DIMENSIONS.get(unit) == measure.dimension:
                yield iri, measure.text


def _domains(term: Term) -> tuple[str, ...]:
    return (*term.domains, *term.subjects)


def _same_twice(between_: Sequence[Chunk]) -> bool:
    """Tell whether two numbers say the same twice, by what stands between: "50 µm (2 mil)"."""
    return all(is_link(chunk, "(", "/", ",", "or", "=") for chunk in between_)


def _sides(text: str, square: bool) -> list[str]:
    """Split A x B into its sides, each with its unit; a square has one twice.

    >>> _sides("10 x 12 mm", square=False)
    ['10 mm', '12 mm']
    """
    sides = _SIDE.split(text)
    unit = re.sub(r"^[-+]?[\d.,]+\s*", "", sides[-1])
    sides = [side if re.search(r"[^\d.,\s]", side) else f"{side} {unit}" for side in sides]
    return sides * 2 if square and len(sides) == 1 else sides
