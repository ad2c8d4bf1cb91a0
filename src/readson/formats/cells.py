"""Cells: the texts that several formats set, taken from the model as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from readson.results import Alternative, Chart, Citation, Portfolio, ProductCharts, Row

# What XML and HTML forbid and UTF-8 cannot hold: control characters, lone surrogates, noncharacters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Cover:
    """What the user puts on a chart: a date as text, and a header such as "DRAFT"."""

    date: str = ""
    header: str = ""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """Facts that rest on the same words: their sentences, the words, and where they stand."""

    sentences: tuple[str, ...]
    quote: str
    place: str
    grade: str
    note: str


def printable(text: str) -> str:
    """Replace what no page may hold.

    >>> printable("a\\x07b")
    'a\N{REPLACEMENT CHARACTER}b'
    """
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def patent_line(portfolio: Portfolio) -> str:
    """Name the patent: its number, where the shapes give one, and its title."""
    return ", ".join(filter(None, (portfolio.patent_number, portfolio.patent_title)))


def basis_lines(portfolio: Portfolio) -> tuple[str, ...]:
    """Say on what basis the charts were made: the world and the constructions."""
    world = portfolio.glossary.world(portfolio.world)
    chosen = "; ".join(portfolio.constructions)
    used = (
        f"{chosen}; the default one of every other element."
        if chosen
        else "the default one of every element."
    )
    return f"World: {portfolio.world}. {world.sentence}", f"Constructions: {used}"


def claim_heading(chart: Chart) -> str:
    """Name a claim and its place in the tree."""
    return (
        f"Claim {chart.claim}, dependent on claim {chart.parent}" if chart.parent else f"Claim {chart.claim}"
    )


def pin_cite(citation: Citation) -> str:
    """Give source and place: "X100 data sheet, page 2"."""
    return ", ".join(filter(None, (citation.source_title or citation.source, citation.locator)))


def exhibits(cited: tuple[Citation, ...]) -> Iterator[Exhibit]:
    """Put facts in a row that rest on the same words together."""
    for (place, quote, grade, note), same in groupby(
        cited, lambda c: (pin_cite(c), c.quote, c.grade, c.note)
    ):
        yield Exhibit(tuple(c.sentence for c in same), quote, place, grade, note)


def exhibit_line(exhibit: Exhibit) -> str:
    """Write facts, their words and their place on one line."""
    words = f"“{exhibit.quote}”" if exhibit.quote else ""
    place = f"({exhibit.place})" if exhibit.place else ""
    return " ".join(filter(None, (*exhibit.sentences, words, place, grade_mark(exhibit))))


def grade_mark(exhibit: Exhibit) -> str:
    """Mark what is not stated: "[assumed: the documented world]"."""
    if exhibit.grade == "stated":
        return f"[{exhibit.note}]" if exhibit.note else ""
    return f"[{': '.join(filter(None, (exhibit.grade, exhibit.note)))}]"


def evidence_lines(cited: tuple[Citation, ...]) -> tuple[str, ...]:
    """Write citations, a line for what rests on the same words."""
    return tuple(map(exhibit_line, exhibits(cited)))


def sides(row: Row) -> tuple[tuple[str, tuple[Citation, ...]], ...]:
    """Give what a row cites, with a label for either side where there are two."""
    if row.supporting and row.refuting:
        return ("For", row.supporting), ("Against", row.refuting)
    return (("", row.supporting or row.refuting),) if row.supporting or row.refuting else ()


def notes(row: Row) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give what is to be said of a row beside its reason, under labels."""
    if row.construction:
        yield "Construed as", (f"{row.construction}: {row.construction_note}".rstrip(": "),)
    if row.alternatives:
        yield "If construed otherwise", tuple(map(_alternative, row.alternatives))
    if row.missing:
        yield "What the description does not say", distinct(m.sentence for m in row.missing)
    if would := distinct(s for m in row.missing for s in m.if_met):
        yield "The element would be met if the description said", would
    for missing in row.missing:
        if missing.if_not_met:
            yield "The element would not be met if the description said", missing.if_not_met
    if row.uncited:
        plural = "s" if row.uncited > 1 else ""
        yield (
            "Not listed here",
            (f"{row.uncited} more statement{plural} of the description, such as what its items are.",),
        )


def _alternative(other: Alternative) -> str:
    changes = "the verdict changes" if other.changes else "the verdict stays"
    return f"{other.name}: {other.verdict.label}; {changes}."


def bound(chart: Chart, row: Row) -> tuple[str, ...]:
    """Say what the terms in a row are read on."""
    read = {b.label: b.part or "no part that is named" for b in chart.bindings}
    return tuple(f"{label}: {read[label]}" for label in row.roles if label in read)


def distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """List texts, each once."""
    return tuple(dict.fromkeys(texts))


def sources_of(product: ProductCharts) -> tuple[tuple[str, str, str, str], ...]:
    """List title, date, file and digest of the sources of a product."""
    return tuple((s.title or s.id, s.date, s.file, s.sha256) for s in product.sources)
