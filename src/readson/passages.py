"""Passages: where the words that facts rest on stand in their source, and which rows cite them."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise

from readson.charts import Citation, ProductCharts, Reason, Row, SourceSheet


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
    """One line of a source as pieces of text that are cited or not, with the passages that begin on it."""

    number: int
    pieces: tuple[tuple[str, bool], ...]
    passages: tuple[Passage, ...]


def cited(row: Row) -> Iterator[Citation]:
    def within(reason: Reason) -> Iterator[Citation]:
        return chain(reason.supporting, reason.refuting, *map(within, reason.parts))

    return chain(row.supporting, row.refuting, within(row.reason))


def find_passages(product: ProductCharts, sheet: SourceSheet) -> dict[tuple[str, str], Passage]:
    """Find every passage of a source that a fact or a chart cites, by locator and quote."""
    citing: dict[tuple[str, str], dict[str, Row]] = {
        (fact.locator, fact.quote): {} for fact in product.facts if fact.source == sheet.id
    }
    for row in (row for chart in product.charts for row in chart.rows):
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
    starts = _starts(text)
    for number, (start, line) in enumerate(zip(starts, text.split("\n"), strict=True), 1):
        here = tuple(passage for passage in passages if passage.line == number)
        over = [passage for passage in passages if passage.start < start + len(line) and passage.end > start]
        cuts = {0, len(line)} | {min(max(x - start, 0), len(line)) for p in over for x in (p.start, p.end)}
        edges = sorted(cuts)
        pieces = (
            (line[a:b], any(p.start < start + b and p.end > start + a for p in over))
            for a, b in pairwise(edges)
        )
        yield Line(number, tuple(pieces), here)
