"""Read a document's running text into findings: every stage of the cascade, in its order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from readson.documents.model import Document
from readson.extraction.absences import settled_absences
from readson.extraction.boards import leave_boards
from readson.extraction.expanding import named_in, state_manners, state_namings
from readson.extraction.fillers import Surroundings
from readson.extraction.findings import NOTHING, Finding, Findings, Ignored, Item, Quote
from readson.extraction.items import Things
from readson.extraction.loading import load_language
from readson.extraction.meeting import meet_things
from readson.extraction.predicating import state_predicates
from readson.extraction.record import Record
from readson.extraction.scope import Scope, find_scope
from readson.extraction.segments import Segment, read_segments
from readson.extraction.sizes import read_sizes
from readson.extraction.stating import state_implied, state_sayings
from readson.extraction.steps import close_steps, read_steps
from readson.lexicon import Lexicon
from readson.statements import PRODUCT, TYPE


def read_text(
    document: Document, number: int, lexicon: Lexicon, product: str = "", told: Findings = NOTHING
) -> Findings:
    """Read the running text of a document; `number` is its place among the documents read together.

    `product` is the one to read of, where the text speaks of several. `told` is what tables and keys of the
    document say: the text speaks of their parts too, and names of packages in them say what they say in it.
    """
    language = load_language(lexicon)
    scope = find_scope(document, document.blocks, product, language)
    record = Record(number, lexicon, language, Things.of(told.items, lexicon, language))
    record.namings += named_in(told, document.text, lexicon, language)
    segments = list(read_segments(document, number, scope.blocks, lexicon, language))
    meet_segments(record, segments, document.text)
    for segment in segments:
        state_segment(record, segment)
    state_whole(record, product)
    return replace(collect(record), ignored=(*record.ignored, *_other_products(scope, number)))


def meet_segments(record: Record, segments: Iterable[Segment], text: str) -> None:
    """Note all things that segments speak of, before anything is said of them; `text` is the document's."""
    for segment in segments:
        meet_things(record, segment, text)
    record.packaged = bool(record.kinds)


def surroundings(record: Record, segment: Segment) -> Surroundings:
    """Give what the phrases of a segment are understood by, once those before it have been read."""
    return Surroundings(record.lexicon, record.language, segment.chunks, record.earlier)


def state_segment(record: Record, segment: Segment) -> None:
    """State what a segment says."""
    around = surroundings(record, segment)
    state_sayings(record, segment, around)
    if segment.reason:
        return
    state_predicates(record, segment, around)
    state_manners(record, segment, around)
    read_sizes(record, segment, around)
    read_steps(record, segment)
    own = [phrase for phrase in segment.phrases if phrase.kinds and segment.factual(phrase)]
    record.earlier = tuple(dict.fromkeys((*own[:1], *reversed(own)))) or record.earlier


def state_whole(record: Record, product: str) -> None:
    """State what follows from all segments together: names, parts that are there, steps; leave out boards."""
    state_namings(record, product)
    state_implied(record)
    close_steps(record)
    leave_boards(record)


def collect(record: Record) -> Findings:
    """Give all that a document says, once all of it has been read."""
    things = record.things.found
    steps = sorted(record.steps, key=lambda step: step.order)
    items = [Item(t.key, t.key, t.kind, t.quote, t.plural, t.marks, of=t.of) for t in things]
    kinds = [Finding(t.key, TYPE, t.kind, t.quote, because=t.implied) for t in things if not t.feature]
    return Findings(
        items=(*items, *(step.item for step in steps)),
        findings=(*_products(record), *kinds, *record.findings, *_counts(record), *settled_absences(record)),
        unsettled=tuple(record.unsettled),
        ignored=tuple(record.ignored),
    )


def _products(record: Record) -> Iterator[Finding]:
    """Give the narrowest kinds of the product; of kinds that cannot both be, the first one named."""
    quotes = dict(reversed(record.kinds))
    kinds = dict.fromkeys(kind for kind, _ in record.kinds)
    lexicon = record.lexicon
    exact = [kind for kind in kinds if not any(o != kind and lexicon.is_a(o, kind) for o in kinds)]
    agreed = [kind for kind in exact if not any(lexicon.apart(kind, other) for other in exact)]
    for kind in agreed or exact[:1]:
        yield Finding(PRODUCT, TYPE, kind, quotes[kind])


def _counts(record: Record) -> Iterator[Finding]:
    """Count one base of which a text speaks in the singular, so that two roles on it are on one thing."""
    count = record.lexicon.role("count")
    for thing in record.parts("base"):
        if not thing.plural and not record.said_by(thing.key, "count"):
            yield Finding(
                thing.key, count, "1", thing.quote, because=thing.implied or "the text speaks of one"
            )


def _other_products(scope: Scope, number: int) -> Iterator[Ignored]:
    for block, head in scope.others.items():
        quote = Quote(number, block.span.start, block.span.end)
        yield Ignored(quote, f"it speaks of another product, under `{head}`")
