"""Meaning: which things of the document a filler means."""

from __future__ import annotations

from collections.abc import Iterable

from readson.extraction.defaults import base, between, gap_below_flipped
from readson.extraction.fillers import Filler
from readson.extraction.findings import Unsettled
from readson.extraction.items import Thing
from readson.extraction.record import Record
from readson.extraction.segments import Segment
from readson.lexicon import Kind

BELOW = "what lies under a part lies between it and what carries it"


def means_all(record: Record, segment: Segment, fillers: Iterable[Filler]) -> list[Thing]:
    """Give the things that fillers mean."""
    return [thing for filler in fillers for thing in means(record, segment, filler)]


def means(record: Record, segment: Segment, filler: Filler) -> list[Thing]:
    """Give the things that a filler means; none where it may mean several, which are noted as unsettled."""
    if filler.feature == "gap":
        return _gap(record, segment, filler)
    phrase = filler.of[0] if filler.of else filler.phrase
    if phrase.sort == "elliptic":
        return record.things.marked(phrase.marks)
    kind = record.part_kind(phrase)
    if not kind or not segment.factual(phrase):
        return []
    inside = phrase in segment.chunks
    known = record.known[segment.at].get(phrase.start) if inside else None
    found = record.things.resolve(phrase, kind, segment.at) if known is None else known
    if len(found) > 1 and not (phrase.plural or phrase.several):
        quote = segment.quote_phrase(phrase) if inside else segment.whole
        names = tuple(thing.key for thing in found)
        record.unsettled.append(Unsettled(quote, "it may mean any of these", names))
        return []
    return found


def _gap(record: Record, segment: Segment, filler: Filler) -> list[Thing]:
    """Give the gap between what is named, between that and its base, or below the flipped thing."""
    quote = segment.quote_phrase(filler.phrase)
    things = means_all(record, segment, (Filler(phrase, phrase.kinds) for phrase in filler.of))
    gap = None
    if len(things) == 2:
        gap = between(record, things[0], things[1], quote)
    elif len(things) == 1:
        because = BELOW if record.is_a(things[0].kind, "active") else ""
        ground = base(record, Kind(record.language.anchors["base"], False), quote, because)
        gap = between(record, things[0], ground, quote) if ground and ground is not things[0] else None
    elif not filler.of:
        gap = gap_below_flipped(record, quote)
    return [gap] if gap else []
