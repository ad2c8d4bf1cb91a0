"""Passages: where the words that facts rest on stand in their source, and which rows cite them."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise

from readson.charts import Citation, ProductCharts, Row, SourceSheet, citations


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a source that facts rest on: where they stand (line 0: not in the text) and who cites them."""

    quote: str
    locator: str
    line: int
    start: int
    end: int
    anchor: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source: pieces of text that are cited or not, and who cites what begins on it."""

    number: int
    pieces: tuple[tuple[str, bool], ...]
    cited: bool
    rows: tuple[Row, ...]


def cited(row: Row) -> Iterator[Citation]:
    """Give all that a row cites, anywhere in its reason."""
    return chain(row.supporting, row.refuting, citations(row.reason))


def find_passages(product: ProductCharts, sheet: SourceSheet) -> dict[tuple[str, str], Passage]:
    """Find every passage of a source that a fact or a chart cites, by locator and quote."""
    citing: dict[tuple[str, str], dict[str, Row]] = {
        (fact.locator, fact.quote): {} for fact in product.facts if fact.source == sheet.id
    }
    charts = sorted(product.charts, key=lambda chart: chart.claim)
    for row in (row for chart in charts for row in chart.rows):
        for citation in cited(row):
            if citation.source == sheet.id:
                rows = citing.setdefault((citation.locator, citation.quote), {})
                rows |= {} if row.inherited else {row.anchor: row}
    return {key: _passage(sheet.text, *key, tuple(citing[key].values())) for key in sorted(citing)}


def _passage(text: str, locator: str, quote: str, rows: tuple[Row, ...]) -> Passage:
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


def cut_lines(text: str, passages: list[Passage]) -> Iterator[Line]:
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


def _order(row: Row) -> tuple[int, bool, str]:
    """Sort by claim, the preamble first, then by letter."""
    return row.claim, not row.anchor.endswith("pre"), row.anchor
