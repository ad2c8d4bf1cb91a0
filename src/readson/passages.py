"""Passages: where the words that facts rest on stand in their source, and which rows cite them."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise

from readson.results import Citation, Passage, ProductCharts, Row, RowRef, SourceSheet, citations


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source: pieces of text that are cited or not, and who cites what begins on it."""

    number: int
    pieces: tuple[tuple[str, bool], ...]
    cited: bool
    rows: tuple[RowRef, ...]


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
    found = (_passage(sheet.text, *key, tuple(citing[key].values())) for key in sorted(citing))
    return tuple(sorted(found, key=lambda passage: (passage.start, passage.end)))


def _passage(text: str, locator: str, quote: str, rows: tuple[RowRef, ...]) -> Passage:
    """Find a quote, white space folded; of several places take the one on the line that was named."""
    starts = _starts(text)
    named = re.fullmatch(r"line (\d+).*", locator)
    wanted = int(named[1]) if named and int(named[1]) <= len(starts) else 0
    words = r"\s+".join(map(re.escape, quote.split()))
    spans = [match.span() for match in re.finditer(words, text)] if words and text else []
    spans.sort(key=lambda span: (bisect_right(starts, span[0]) != wanted, span))
    if not spans and not (wanted and text):
        digest = hashlib.sha256(f"{locator}\n{quote}".encode(errors="replace")).hexdigest()[:8]
        return Passage(quote, locator, 0, -1, -1, f"q-{digest}", rows)
    start, end = spans[0] if spans else (starts[wanted - 1], starts[wanted - 1])
    line = bisect_right(starts, start)
    return Passage(quote, locator, line, start, end, f"L{line}", rows)


def _starts(text: str) -> list[int]:
    return [0, *accumulate(len(line) + 1 for line in text.split("\n")[:-1])]


def cut_lines(text: str, passages: Sequence[Passage]) -> Iterator[Line]:
    """Cut a source into lines, and lines into pieces that are cited or not."""
    text = text.removesuffix("\n")
    for number, (start, line) in enumerate(zip(_starts(text), text.split("\n"), strict=True), 1):
        here = [passage for passage in passages if passage.line == number]
        over = [(max(p.start - start, 0), p.end - start) for p in passages if p.start < start + len(line)]
        rows = {row.anchor: row for passage in here for row in passage.rows}
        yield Line(number, tuple(_pieces(line, over)), bool(here), tuple(sorted(rows.values(), key=_order)))


def _pieces(line: str, spans: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """Cut a line where cited words begin and end; the indentation of a line is never cited."""
    indent = len(line) - len(line.lstrip())
    over = [(max(start, indent), min(end, len(line))) for start, end in spans if end > indent]
    edges = sorted({0, len(line)}.union(*over))
    return ((line[a:b], any(start <= a and b <= end for start, end in over)) for a, b in pairwise(edges))


def _order(row: RowRef) -> tuple[int, bool, str]:
    """Sort by claim, the preamble first, then by letter."""
    return row.claim, not row.anchor.endswith("pre"), row.anchor
