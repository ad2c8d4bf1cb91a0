"""Meeting: the things that a text names, and what their phrases alone say of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from readson.extraction.absences import denied, deny, deny_words
from readson.extraction.chunks import Phrase, chunk_at, is_link, place_of
from readson.extraction.findings import Ignored, Quote, Unsettled
from readson.extraction.items import Thing
from readson.extraction.record import Naming, Record
from readson.extraction.segments import Segment


def meet_things(record: Record, segment: Segment, text: str) -> None:
    """Note what a segment says is there, and what is not; `text` is the document's."""
    if segment.reason:
        record.ignored.append(Ignored(segment.whole, segment.reason))
    absent = list(denied(segment, record.language))
    starts = {phrase.start for phrase in absent}
    for phrase in segment.phrases:
        if phrase.start not in starts:
            _meet_or_leave(record, segment, phrase, text)
    if not segment.reason:
        for phrase in absent:
            deny(record, segment, phrase)
        deny_words(record, segment)


def _meet_or_leave(record: Record, segment: Segment, phrase: Phrase, text: str) -> None:
    status = segment.apart.get(phrase.start)
    if status == "absent" and not segment.reason:
        deny(record, segment, phrase)
    elif status == "compared":
        quote = segment.quote_phrase(phrase)
        record.ignored.append(Ignored(quote, "it is what others do, to compare with"))
    elif segment.factual(phrase):
        _meet(record, segment, phrase, text)


def _meet(record: Record, segment: Segment, phrase: Phrase, text: str) -> None:
    """Note what a phrase names: names of products, a thing, things inside of a feature, the product."""
    quote = segment.quote_phrase(phrase)
    for rule, place in phrase.rules:
        unit = segment.units[place]
        words = segment.quote_tokens(unit.start, unit.end)
        record.namings.append(Naming(rule, words, text[words.start : words.end]))
    kind = record.part_kind(phrase)
    if left := _left(record, segment, phrase, quote):
        record.ignored.append(left)
    elif phrase.open and len(phrase.kinds) != 1:
        record.unsettled.append(Unsettled(quote, "it is one of several alternatives"))
    elif kind and not (segment.title and record.is_a(kind, "active")):
        found = _things(record, segment, phrase, kind, quote)
        record.known[segment.at][phrase.start] = found
        if len(found) == 1:
            _describe(record, phrase, found[0], quote)
    if phrase.sort in ("property", "part", "nothing") or any(
        record.is_a(kind, "feature") for kind in phrase.kinds
    ):
        for inner in _inner(record, phrase):
            record.things.meet(inner, record.part_kind(inner), quote, segment.at)
    products = [kind for kind in phrase.kinds if record.is_a(kind, "product")]
    if products and not phrase.rules:
        record.kinds.append((products[0], quote))


def _left(record: Record, segment: Segment, phrase: Phrase, quote: Quote) -> Ignored | None:
    """Say why what a phrase names is no part of the product, if it is none."""
    before = chunk_at(segment.chunks, place_of(segment.chunks, phrase) - 1)
    name = tuple(phrase.name.split())
    if name in record.language.words["tools"] and is_link(before, "in", "from", "at"):
        return Ignored(quote, "it is a tool")
    if any(record.language.has("outside", word) for word in phrase.adjectives):
        return Ignored(quote, "it is outside of the product")
    return None


def _things(record: Record, segment: Segment, phrase: Phrase, kind: str, quote: Quote) -> list[Thing]:
    """Give the things that a phrase means, a new one where it brings one in."""
    if phrase.indefinite and not phrase.marks and record.is_a(kind, "active"):
        # "A chip is bonded to a larger chip" speaks of two.
        named = (thing for things in record.known[segment.at].values() for thing in things)
        if any(record.is_a(thing.kind, "active") for thing in named):
            return [record.things.add(phrase, kind, quote, segment.at)]
    return record.things.meet(phrase, kind, quote, segment.at)


def _inner(record: Record, phrase: Phrase) -> Iterator[Phrase]:
    """Give the parts named inside a phrase of a feature: "die-to-substrate gap", "die backside"."""
    for kinds in phrase.with_kinds:
        inner = replace(
            phrase,
            kinds=kinds,
            with_kinds=(),
            sort="kind",
            property="",
            head=record.lexicon.label(kinds[0]),
            marks=frozenset(),
            plural=False,
            count=None,
            several=False,
        )
        if record.part_kind(inner):
            yield inner


def _describe(record: Record, phrase: Phrase, thing: Thing, quote: Quote) -> None:
    """State what a phrase itself says of its thing: material, count, whether it is exposed."""
    for material in (*_materials_before(record, phrase), *_materials_in_name(record, phrase)):
        record.state_made_of(thing, material, quote)
    properties = record.language.properties
    if phrase.count and phrase.count.fit and _is_whole(phrase.count.text):
        record.state(thing, properties["count"], phrase.count.text, quote)
    if phrase.bare and record.is_a(thing.kind, "cooler"):
        record.state(thing, properties["exposed"], "yes" if phrase.bare == "bare" else "no", quote)


def _materials_before(record: Record, phrase: Phrase) -> Iterator[str]:
    """Give the materials before a head: "copper lid"."""
    for kinds in phrase.with_kinds:
        materials = [kind for kind in kinds if record.is_a(kind, "material")]
        if materials and materials[0] != record.language.anchors["material"]:
            yield materials[0]


def _materials_in_name(record: Record, phrase: Phrase) -> Iterator[str]:
    """Give the materials in the name of a part: "epoxy molding compound", "EMC"."""
    words, material = tuple(phrase.head.split()), record.language.anchors["material"]
    if made := record.language.made.get(words):
        yield made
    for word in words if len(words) > 1 else ():
        kinds = record.lexicon.kinds(word, material)
        if len(kinds) == 1 and len(word) > 2 and kinds[0].iri != material:
            yield kinds[0].iri


def _is_whole(count: str) -> bool:
    """Tell whether a count is a number of things."""
    digits = [word for word in count.replace(",", "").split() if word[:1].isdigit()]
    return bool(digits) and all(word.isdigit() and int(word) > 0 for word in digits)
