"""Columns: every row of every chart as one flat table, for CSV and for sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from readson.formats.cells import bound, distinct, evidence_lines, printable
from readson.results import Chart, Portfolio, ProductCharts, Row

Entry = tuple[ProductCharts, Chart, Row]
"""One row with the chart and the product it stands in."""


def entries(portfolio: Portfolio) -> Iterator[Entry]:
    """List all rows, in the order of products, claims and elements."""
    return ((p, chart, row) for p in portfolio.products for chart in p.charts for row in chart.rows)


def _lines(texts: tuple[str, ...]) -> str:
    return "\n".join(texts)


def _alternatives(row: Row) -> str:
    return _lines(tuple(f"{other.name}: {other.verdict.label}" for other in row.alternatives))


def _statements(row: Row) -> str:
    return " ".join(distinct((*row.grounds.statements, *row.rival.statements)))


def _assumptions(row: Row) -> str:
    return _lines(distinct(a.sentence for side in (row.grounds, row.rival) for a in side.assumptions))


COLUMNS: tuple[tuple[str, int, Callable[[Entry], str | int]], ...] = (
    ("Row", 16, lambda e: e[2].key),
    ("Product", 22, lambda e: e[0].title),
    ("Claim", 7, lambda e: e[1].claim),
    ("Element", 9, lambda e: e[2].id),
    ("Inherited", 9, lambda e: "yes" if e[2].inherited else "no"),
    ("Claim language", 42, lambda e: e[2].text),
    ("Verdict", 12, lambda e: e[2].verdict.label),
    ("Reason", 48, lambda e: e[2].sentence),
    ("For", 56, lambda e: _lines(evidence_lines(e[2].supporting))),
    ("Against", 56, lambda e: _lines(evidence_lines(e[2].refuting))),
    ("Not said", 40, lambda e: _lines(distinct(m.sentence for m in e[2].missing))),
    ("Met if said", 40, lambda e: _lines(distinct(s for m in e[2].missing for s in m.if_met))),
    ("Not met if said", 40, lambda e: _lines(distinct(s for m in e[2].missing for s in m.if_not_met))),
    ("Terms read on", 28, lambda e: _lines(bound(e[1], e[2]))),
    ("Construction", 18, lambda e: e[2].construction),
    ("Other constructions", 24, lambda e: _alternatives(e[2])),
    ("Assumptions", 30, lambda e: _assumptions(e[2])),
    ("Statements", 18, lambda e: _statements(e[2])),
    ("Says the same as", 16, lambda e: e[2].repeats),
)
"""Head, width in characters, and content of every column. Statements are ids of the sheet of statements."""
HEADS = tuple(head for head, _, _ in COLUMNS)


def cells(entry: Entry) -> tuple[str | int, ...]:
    """Give the cells of one row."""
    values = (content(entry) for _, _, content in COLUMNS)
    return tuple(printable(value) if isinstance(value, str) else value for value in values)
