"""Segments: the parts of sentences that are read by themselves, and what stands in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from readson.documents.model import Block, Document
from readson.extraction.chunking import read_chunks
from readson.extraction.chunks import Chunk, Phrase, place_of
from readson.extraction.clauses import Clause
from readson.extraction.findings import Quote
from readson.extraction.folding import fold
from readson.extraction.language import Language
from readson.extraction.modality import alternatives, find_cue, set_apart, split_sentence
from readson.extraction.names import Names, load_names
from readson.extraction.parsing import read_clauses
from readson.extraction.record import part_kind
from readson.extraction.tokens import Token, read_tokens, sentences
from readson.extraction.units import Unit, read_units
from readson.lexicon import Lexicon


@dataclass(frozen=True, eq=False)
class Segment:
    """A part of a sentence that is read by itself.

    `reason` says why it states no fact, "" where it does; `cue` is the token that says so. `apart` gives the
    starts of phrases that are not there, or only compared with. `at` counts segments from 1. A `title` names
    what a text is about: a processor in it is the product, and no die of it.
    """

    document: int
    at: int
    tokens: tuple[Token, ...]
    units: tuple[Unit, ...]
    chunks: tuple[Chunk, ...]
    clauses: tuple[Clause, ...]
    reason: str
    cue: int
    apart: dict[int, str]
    title: bool = False

    @property
    def phrases(self) -> Iterator[Phrase]:
        """Give its noun phrases, an owner before what it owns."""
        for chunk in self.chunks:
            if isinstance(chunk, Phrase):
                yield from (chunk.owner, chunk) if chunk.owner else (chunk,)

    @cached_property
    def words(self) -> list[str]:
        """Give its words."""
        return [token.word for token in self.tokens]

    @property
    def whole(self) -> Quote:
        """Give all of its words as a quote."""
        return self.quote_tokens(0, len(self.tokens))

    def quote_tokens(self, start: int, end: int) -> Quote:
        """Quote the tokens from one to before another."""
        return Quote(self.document, self.tokens[start].start, self.tokens[end - 1].end)

    def quote(self, start: int, end: int) -> Quote:
        """Quote the chunks from one to before another."""
        last = self.chunks[min(end, len(self.chunks)) - 1]
        return self.quote_tokens(self.units[self.chunks[start].start].start, self.units[last.end - 1].end)

    def quote_phrase(self, phrase: Phrase) -> Quote:
        """Quote a phrase; all words for one of an earlier segment, for which a pronoun stands here."""
        if phrase.end > len(self.units):
            return self.whole
        first = (phrase.owner or phrase).start
        return self.quote_tokens(self.units[first].start, self.units[phrase.end - 1].end)

    def factual(self, phrase: Phrase) -> bool:
        """Tell whether what a phrase speaks of is there: as a fact, or taken for granted before a cue."""
        if phrase.start in self.apart:
            return False
        before = phrase.start < len(self.units) and self.units[phrase.start].start < self.cue
        return not self.reason or (before and phrase.definite)

    def holds(self, words: Sequence[str]) -> bool:
        """Tell whether some words stand in it, one after the other."""
        return any(True for _ in self.places(words))

    def places(self, words: Sequence[str]) -> Iterator[int]:
        """Give the places among its tokens where some words stand, one after the other."""
        own, wanted = self.words, list(words)
        if wanted[0] not in own:
            return
        for at in range(len(own) - len(wanted) + 1):
            if own[at : at + len(wanted)] == wanted:
                yield at


def read_segments(
    document: Document, number: int, blocks: Sequence[Block], lexicon: Lexicon, language: Language
) -> Iterator[Segment]:
    """Read the segments of all sentences of some blocks; `number` is the place of the document."""
    reader = _Segments(document.text, number, lexicon, language, load_names(lexicon, language))
    folded, at, lead = fold(document.text), 0, ""
    for place, block in enumerate(blocks):
        text = folded[block.span.start : block.span.end]
        lead = lead if block.kind == "item" else ""
        for first, tokens in _split(text, block.span.start, place, language):
            at += 1
            segment = reader.read(tokens, at, lead)
            if block.kind == "heading":
                segment = replace(segment, title=True)
            if first and segment.reason in language.wide_cues:
                lead = segment.reason
            yield segment
        if block.kind != "item" and text.rstrip().endswith(":"):
            lead = _lead(text, language)


def _split(text: str, start: int, place: int, language: Language) -> Iterator[tuple[bool, tuple[Token, ...]]]:
    """Split a block into the tokens of segments; with each, whether it is of the first sentence."""
    for number, sentence in enumerate(sentences(text, start, place, language)):
        for tokens in split_sentence(sentence, language):
            yield number == 0, tokens


def _lead(text: str, language: Language) -> str:
    """Give what the lead-in of a list says of its items: "absent", a reason why they are no facts, or ""."""
    tokens = tuple(read_tokens(text.split("\n")[-1], 0, language))
    if any(language.has(listing, t.word) for t in tokens for listing in ("negations", "no", "absent")):
        return "absent"
    return find_cue(tokens, language)[0]


@dataclass(frozen=True)
class _Segments:
    """What all segments of a document are read with; `text` is the document's."""

    text: str
    number: int
    lexicon: Lexicon
    language: Language
    names: Names

    def read(self, tokens: tuple[Token, ...], at: int, lead: str) -> Segment:
        """Read one segment; `lead` is what the lead-in of its list says of it."""
        units = read_units(tokens, self.text, self.names, self.language)
        chunks = self._settled(read_chunks(units, self.language))
        compared = {unit.end for unit in units if unit.sort == "compared"}
        reason, cue = find_cue(tokens, self.language, compared)
        apart = set_apart(chunks)
        if lead == "absent":
            apart |= {chunk.start: "absent" for chunk in chunks[:1] if isinstance(chunk, Phrase)}
        elif lead and not reason:
            reason, cue = lead, 0
        clauses = read_clauses(chunks, self.language)
        return Segment(self.number, at, tokens, units, chunks, clauses, reason, cue, apart)

    def _settled(self, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
        """Read "A or B" as one thing of the nearest kind above both; where none is, both stay open."""
        found = list(chunks)
        for one, other in alternatives(chunks):
            kind = self._above(one, other)
            for phrase in (one, other):
                kinds = (kind,) if kind else phrase.kinds
                manners = frozenset[str]() if one.manners != other.manners else phrase.manners
                changed = replace(phrase, kinds=kinds, manners=manners, open=True, with_kinds=())
                found[place_of(found, phrase)] = changed
        return tuple(found)

    def _above(self, one: Phrase, other: Phrase) -> str:
        """Give the nearest kind of part above the kinds of two phrases, or ""."""
        kinds = [part_kind(phrase, self.lexicon, self.language) for phrase in (one, other)]
        if not all(kinds):
            return ""
        part = self.language.anchors["part"]
        uppers = (kind for kind in self.lexicon.above(kinds[0]) if self.lexicon.is_a(kinds[1], kind))
        return next((kind for kind in uppers if kind != part and self.lexicon.is_a(kind, part)), "")
