"""Explaining: what each stage of the cascade makes of each segment of a text, as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any

from readson.documents.model import Document
from readson.extraction.chunks import Chunk, Phrase, Verb
from readson.extraction.findings import Finding, Quote
from readson.extraction.items import Things
from readson.extraction.language import Rule
from readson.extraction.loading import load_language
from readson.extraction.record import Record
from readson.extraction.sayings import Saying
from readson.extraction.scope import find_scope
from readson.extraction.segments import Segment, read_segments
from readson.extraction.stating import sayings_of
from readson.extraction.text import collect, meet_segments, state_segment, state_whole, surroundings
from readson.lexicon import Lexicon


def explain(document: Document, lexicon: Lexicon, product: str = "") -> list[dict[str, Any]]:
    """Give what each stage makes of each segment of a text, and at the end what follows from all together.

    A segment has `text`, `tokens` (quantities as `measure`), `units`, `chunks`, `clauses`, `reason` and `cue`
    where it states no fact, `apart` (phrases that are not there or only compared with), `sayings` (the facts
    of a rule and what fills its roles), and `findings`. Values are those of the stages without what is
    empty; everything is a text, a number, a list or a dict, in an order that never changes.
    """
    language = load_language(lexicon)
    scope = find_scope(document, document.blocks, product, language)
    record = Record(0, lexicon, language, Things(lexicon, language))
    segments = list(read_segments(document, 0, scope.blocks, lexicon, language))
    meet_segments(record, segments, document.text)
    met = tuple(record.findings)
    stages = [_segment(record, segment, met, document.text) for segment in segments]
    stated = set(record.findings)
    state_whole(record, product)
    added = [finding for finding in collect(record).findings if finding not in stated]
    return [*stages, {"text": "", "findings": _findings(added, document.text)}]


def _segment(record: Record, segment: Segment, met: Iterable[Finding], text: str) -> dict[str, Any]:
    """Explain a segment, and state what it says, as the next one rests on that.

    `met` is what phrases alone say, of all segments.
    """
    sayings = tuple(sayings_of(segment, surroundings(record, segment)))
    stated, whole = len(record.findings), segment.whole
    state_segment(record, segment)
    own = [finding for finding in met if whole.start <= finding.quote.start < whole.end]
    cue = {"reason": segment.reason, "cue": segment.cue} if segment.reason else {}
    apart = [p for p in segment.phrases if p.start in segment.apart]
    return {
        "text": _words(segment.whole, text),
        "tokens": _plain(segment.tokens),
        "units": _plain(segment.units),
        "chunks": [_chunk(chunk) for chunk in segment.chunks],
        "clauses": _plain(segment.clauses),
        **cue,
        "apart": {_words(segment.quote_phrase(p), text): segment.apart[p.start] for p in apart},
        "sayings": [_saying(saying) for saying in sayings],
        "findings": _findings((*own, *record.findings[stated:]), text),
    }


def _findings(findings: Iterable[Finding], text: str) -> list[dict[str, Any]]:
    return [{**_plain(finding), "quote": _words(finding.quote, text)} for finding in findings]


def _words(quote: Quote, text: str) -> str:
    return text[quote.start : quote.end]


def _saying(saying: Saying) -> dict[str, Any]:
    filled = {role: _plain(fillers) for role, fillers in saying.fillers.items() if fillers}
    return {**_plain(saying.rule), "roles": filled, "negated": saying.negated}


def _chunk(chunk: Chunk) -> dict[str, Any]:
    sort = "phrase" if isinstance(chunk, Phrase) else "verb" if isinstance(chunk, Verb) else "link"
    return {"chunk": sort, **_told(chunk)}


def _plain(value: Any) -> Any:
    """Turn a value of a stage into plain data; a phrase inside of another value becomes its words."""
    if isinstance(value, Phrase):
        return value.name or value.head
    if isinstance(value, Rule):
        because = {"because": value.because} if value.because else {}
        return {"says": [" | ".join(fact) for fact in value.says], **because}
    if is_dataclass(value):
        return _told(value)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    return [_plain(inner) for inner in value] if isinstance(value, (tuple, list)) else value


def _told(value: Any) -> dict[str, Any]:
    """Give the fields of a value by their names, without those that hold their default."""
    return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if not _is_default(f, value)}


def _is_default(field: Field[Any], value: Any) -> bool:
    held = getattr(value, field.name)
    return bool(held == field.default) or (field.default_factory is not MISSING and not held)
