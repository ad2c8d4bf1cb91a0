"""Absences: which parts a text says are not there."""

from __future__ import annotations

from collections.abc import Iterator

from readson.extraction.chunks import Phrase, Verb
from readson.extraction.clauses import Clause
from readson.extraction.findings import Finding
from readson.extraction.language import Language
from readson.extraction.record import Record, spanning
from readson.extraction.segments import Segment

# The words before a phrase that say that it is not there are quoted with it.
_CUE = 2


def denied(segment: Segment, language: Language) -> Iterator[Phrase]:
    """Give the phrases that a segment says are not there by a verb, or as an entry of a list."""
    for clause in segment.clauses:
        yield from _by_verb(clause, language)
    yield from _by_entry(segment, language)


def _by_verb(clause: Clause, language: Language) -> tuple[Phrase, ...]:
    """Give what a clause says is not there: "does not use X", "X is omitted", "eliminates X"."""
    listing = "unused" if clause.negated else "lacking"
    if clause.sort != "verb" or not language.has(listing, clause.verb):
        return ()
    return clause.subjects[:1] if clause.passive else clause.objects


def _by_entry(segment: Segment, language: Language) -> Iterator[Phrase]:
    """Give the heads of entries that say that there is none: "Underfill: none", "no heat sink: none"."""
    chunks, last = segment.chunks, segment.chunks[-1]
    place = next((i for i, c in enumerate(chunks) if isinstance(c, Verb) and c.verb == "be"), -1)
    colon = place > 0 and segment.tokens[segment.units[chunks[place].start].start].word in (":", "|")
    if colon:
        rest = segment.words[segment.units[chunks[place].end - 1].end :]
        if tuple(" ".join(rest).strip(" .").split()) in language.words["none_said"]:
            yield from (chunk for chunk in chunks[:place] if isinstance(chunk, Phrase))
    elif len(chunks) > 1 and isinstance(last, Phrase) and last.name == "none":
        yield from (chunk for chunk in chunks[-3:-1] if isinstance(chunk, Phrase))


def deny(record: Record, segment: Segment, phrase: Phrase) -> None:
    """Note that what a phrase names is not there; "no second die" and "without the lid" say less."""
    kind = record.part_kind(phrase)
    if not kind or phrase.marks or phrase.definite or phrase.owner:
        return
    cue = max(segment.units[phrase.start].start - _CUE, 0)
    quote = spanning((segment.quote_tokens(cue, cue + 1), segment.quote_phrase(phrase)))
    record.deny(record.language.denied.get(kind, kind), quote)


def deny_words(record: Record, segment: Segment) -> None:
    """Note words such as "lidless", which say that there is none of a kind."""
    for words, kind in record.language.none.items():
        for at in segment.places(words):
            if not any(segment.chunks[0].start <= start <= at for start in segment.apart):
                record.deny(kind, segment.quote_tokens(at, at + len(words)))


def settled_absences(record: Record) -> Iterator[Finding]:
    """Give what is not there, each kind once, unless the text names one of the kind."""
    seen: set[str] = set()
    for finding in record.absent:
        present = any(not thing.implied for thing in record.things.of_kind(finding.value))
        if finding.value not in seen and not present:
            seen.add(finding.value)
            yield finding
