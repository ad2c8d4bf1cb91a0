"""Markdown: charts as tables, with an anchor for each row and a link where a row repeats another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from readson.formats.cells import (
    Cover,
    basis_lines,
    claim_heading,
    evidence_lines,
    notes,
    patent_line,
    printable,
    sides,
    sources_of,
)
from readson.results import Chart, Portfolio, ProductCharts, Row

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>&~$])")


def markdown_text(portfolio: Portfolio, cover: Cover) -> str:
    """Write the charts of a portfolio."""
    blocks = [
        *([f"**{escaped(cover.header)}**"] if cover.header else []),
        "# Claim chart",
        escaped(patent_line(portfolio)),
        *([escaped(cover.date)] if cover.date else []),
        *map(escaped, basis_lines(portfolio)),
        *(block for product in portfolio.products for block in _product(product)),
        *_glossary(portfolio),
    ]
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Write a text so that Markdown shows it as it is, on one line.

    >>> escaped("a|b *c*\\n<d>")
    'a\\\\|b \\\\*c\\\\*<br>\\\\<d\\\\>'
    """
    lines = (SPECIAL.sub(r"\\\1", " ".join(line.split())) for line in printable(text).split("\n"))
    return "<br>".join(filter(None, lines))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; cells are Markdown already."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _product(product: ProductCharts) -> Iterator[str]:
    yield f"## {escaped(product.title)}"
    yield table(
        ("claim", "verdict", "why"),
        [(str(c.claim), _verdict(c), escaped(c.sentence)) for c in product.charts],
    )
    for chart in product.charts:
        yield f"### {escaped(claim_heading(chart))}"
        yield f"{_verdict(chart)}. {escaped(chart.sentence)}"
        yield from _reading(chart)
        yield table(
            ("element", "claim language", "accused product", "verdict and reason"), map(_row, chart.rows)
        )
    yield "### Sources"
    rows = [tuple(map(escaped, source)) for source in sources_of(product)]
    yield table(("source", "date", "file", "SHA-256"), rows) if rows else "The description names no source."


def _reading(chart: Chart) -> Iterator[str]:
    if chart.bindings:
        rows = [(escaped(b.label), escaped(b.sentence)) for b in chart.bindings]
        yield table(("term of the claim", "reading"), rows)


def _row(row: Row) -> tuple[str, ...]:
    id = f'<a id="{escaped_attribute(row.key)}"></a>{escaped(row.id)}'
    why = [f"{_verdict(row)}: {escaped(row.sentence)}"]
    if row.repeats:
        return id, escaped(row.text), f"See [{escaped(row.id)}](#{quote(row.repeats, safe='/')}).", why[0]
    said = (f"*{label}:* {escaped(' '.join(texts))}" for label, texts in notes(row))
    return id, escaped(row.text), _evidence(row), "<br>".join([*why, *said])


def _evidence(row: Row) -> str:
    found = [
        (f"*{label}:* " if label else "") + "<br>".join(map(escaped, evidence_lines(cited)))
        for label, cited in sides(row)
    ]
    return "<br>".join(found) or escaped(row.sentence)


def _verdict(judged: Row | Chart) -> str:
    return f"{judged.verdict.symbol} **{judged.verdict.label}**"


def escaped_attribute(text: str) -> str:
    """Write a text inside quotation marks of HTML."""
    return (
        printable(text)
        .replace("&", "&amp;")
        .replace('"', "&quot;")
        .replace("<", "&lt;")
        .replace("|", "&#124;")
    )


def _glossary(portfolio: Portfolio) -> Iterator[str]:
    yield "## What the verdicts mean"
    yield table(
        ("verdict", "means"),
        [(f"{n.verdict.symbol} {n.verdict.label}", escaped(n.sentence)) for n in portfolio.glossary.values],
    )
    yield "\n".join(f"- {escaped(limit)}" for limit in portfolio.glossary.limits)
