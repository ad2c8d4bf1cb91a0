"""Passages: where the words that facts rest on stand in their source, and which rows cite them."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain

from readson.results import Citation, Passage, ProductCharts, Row, RowRef, SourceSheet, citations
from readson.statements import Place


def cited(row: Row) -> Iterator[Citation]:
    """Give all that a row cites, anywhere in its reason."""
    return chain(row.supporting, row.refuting, citations(row.reason))


def find_passages(product: ProductCharts, sheet: SourceSheet) -> tuple[Passage, ...]:
    """Find every passage of a source that a fact or a chart cites, in the order of its text."""
    citing: dict[tuple[str, str], dict[str, RowRef]] = {
        (fact.citation.locator, fact.citation.quote): {}
        for fact in product.facts
        if fact.citation.source == sheet.id
    }
    ordered = sorted(product.charts, key=lambda chart: chart.claim)
    for chart, row in ((c, row) for c in ordered for row in c.rows):
        for citation in cited(row):
            if citation.source == sheet.id:
                rows = citing.setdefault((citation.locator, citation.quote), {})
                rows |= {} if row.inherited else {row.anchor: chart.ref(row)}
    standing = _Standing(sheet)
    found = (standing.passage(*key, tuple(citing[key].values())) for key in sorted(citing))
    return tuple(sorted(found, key=lambda passage: (passage.start, passage.end)))


class _Standing:
    """Find where quotes stand in the text of a source."""

    def __init__(self, sheet: SourceSheet) -> None:
        self._text = sheet.text
        self._lines = line_starts(sheet.text)
        self._places = sheet.places or _lines(self._lines)
        self._starts = [place.start for place in self._places]

    def passage(self, locator: str, quote: str, rows: tuple[RowRef, ...]) -> Passage:
        """Find a quote, white space folded; of several places take the one that was named."""
        digest = hashlib.sha256(f"{locator}\n{quote}".encode(errors="replace")).hexdigest()[:8]
        words = r"\s+".join(map(re.escape, quote.split()))
        spans = [match.span() for match in re.finditer(words, self._text)] if words and self._text else []
        spans.sort(key=lambda span: (not _is_named(self._place(span[0]), locator), span))
        start, end = spans[0] if spans else self._named(locator)
        line = bisect_right(self._lines, start) if start >= 0 else 0
        return Passage(quote, locator, line, start, end, f"q-{digest}", rows)

    def _place(self, start: int) -> str:
        return self._places[max(bisect_right(self._starts, start) - 1, 0)].locator

    def _named(self, locator: str) -> tuple[int, int]:
        """Find the place that was named, for words that do not stand in the text."""
        here = (p.start for p in self._places if self._text and _is_named(p.locator, locator))
        start = next(here, -1)
        return start, start


def line_starts(text: str) -> list[int]:
    """Give where each line of a text begins."""
    return [0, *accumulate(len(line) + 1 for line in text.split("\n")[:-1])]


def _lines(starts: Sequence[int]) -> tuple[Place, ...]:
    return tuple(Place(start, f"line {number}") for number, start in enumerate(starts, 1))


def _is_named(place: str, locator: str) -> bool:
    """Tell whether a locator names a place: "line 4, section 2" names line 4; "cell B4" names cell BOM!B4."""
    if place.startswith("cell "):
        return place.rpartition("!")[2].removeprefix("cell ") == re.split("[ !]", locator)[-1]
    end = "[,–-]|$" if place.startswith("line ") else ",|$"
    return re.match(f"{re.escape(place)}({end})", locator) is not None


def row_order(row: RowRef) -> tuple[int, bool, str]:
    """Sort rows by claim, the preamble first, then by letter."""
    return row.claim, not row.anchor.endswith("pre"), row.anchor
