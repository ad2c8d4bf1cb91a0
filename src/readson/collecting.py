"""Collecting: what outputs list of one product, gathered from its charts.

Row keys, rows that repeat others, tallies, gaps, the rows that cite a fact, passages, parts bound to roles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace

from readson.passages import cited, find_passages, row_order
from readson.results import (
    ORDER,
    Account,
    Bound,
    Chart,
    Gap,
    LedgerEntry,
    Missing,
    Part,
    ProductCharts,
    Row,
    RowRef,
    SourceSheet,
    Tally,
)


def collect(product: ProductCharts) -> ProductCharts:
    """Complete the charts of a product with all that can be read off them."""
    own = {row.id: row for chart in product.charts for row in chart.rows if not row.inherited}
    charts = tuple(_keyed(product.slug, chart, own) for chart in product.charts)
    charted = replace(product, charts=charts)
    uses = _uses(charts)
    sources = tuple(replace(s, passages=find_passages(charted, s)) for s in product.sources)
    return replace(
        charted,
        facts=tuple(replace(f, rows=uses.get(f.statement.id, ())) for f in product.facts),
        sources=sources,
        parts=tuple(_parts(product.parts, charts)),
        gaps=_gaps(charts),
        ledger=tuple(_accounts(product.ledger, sources)),
    )


def row_key(product: str, claim: int, anchor: str) -> str:
    """Name a row in every output of a portfolio.

    >>> row_key("x100", 2, "1d")
    'x100/2/1d'
    """
    return f"{product}/{claim}/{anchor}"


def _keyed(slug: str, chart: Chart, own: dict[str, Row]) -> Chart:
    """Give rows their keys, and those that say what a row of another chart says the key of that one."""
    rows = tuple(
        replace(
            row,
            key=row_key(slug, chart.claim, row.anchor),
            repeats=row_key(slug, row.claim, row.anchor) if _repeats(row, own) else "",
        )
        for row in chart.rows
    )
    keyed = replace(chart, key=f"{slug}/{chart.claim}", rows=rows)
    tally = (Tally(v, tuple(keyed.ref(r) for r in rows if r.verdict is v)) for v in ORDER)
    return replace(keyed, tally=tuple(one for one in tally if one.rows))


def _repeats(row: Row, own: dict[str, Row]) -> bool:
    return row.inherited and row.id in own and all(getattr(row, f) == getattr(own[row.id], f) for f in _SAID)


_SAID = tuple(f.name for f in fields(Row) if f.name not in ("inherited", "key", "repeats"))
"""What a row says, wherever it stands."""


def _own_rows(charts: Iterable[Chart]) -> Iterator[tuple[Row, RowRef]]:
    ordered = sorted(charts, key=lambda chart: chart.claim)
    return ((row, chart.ref(row)) for chart in ordered for row in chart.rows if not row.inherited)


def _uses(charts: tuple[Chart, ...]) -> dict[str, tuple[RowRef, ...]]:
    """Give for every statement the rows that cite it."""
    uses: dict[str, list[RowRef]] = {}
    for row, ref in _own_rows(charts):
        for statement in dict.fromkeys(citation.statement for citation in cited(row)):
            uses.setdefault(statement, []).append(ref)
    return {statement: tuple(rows) for statement, rows in uses.items()}


def _gaps(charts: tuple[Chart, ...]) -> tuple[Gap, ...]:
    """List what is missing, what most rows wait for first."""
    waiting: dict[str, dict[RowRef, list[Missing]]] = {}
    for row, ref in _own_rows(charts):
        for missing in row.missing:
            waiting.setdefault(missing.sentence, {}).setdefault(ref, []).append(missing)
    gaps = (_gap(sentence, rows) for sentence, rows in waiting.items())
    return tuple(sorted(gaps, key=lambda gap: (-len(gap.rows), gap.sentence)))


def _gap(sentence: str, rows: dict[RowRef, list[Missing]]) -> Gap:
    several = [missing for found in rows.values() for missing in found]
    if_met = next((m.if_met for m in several if m.if_met), ())
    return Gap(sentence, tuple(rows), if_met, next((m.if_not_met for m in several if m.if_not_met), ()))


def _parts(parts: tuple[Part, ...], charts: tuple[Chart, ...]) -> Iterator[Part]:
    """Bind parts to the roles that are read on them; last come those that no description names."""
    bound: dict[str, list[Bound]] = {}
    kinds: dict[str, str] = {}
    for chart in charts:
        for binding in chart.bindings:
            if binding.part:
                rows = tuple(chart.ref(row) for row in chart.rows if binding.label in row.roles)
                bound.setdefault(binding.part, []).append(Bound(chart.claim, binding.label, rows))
                kinds.setdefault(binding.part, binding.kind)
    for part in parts:
        yield replace(part, bound=tuple(bound.pop(part.name, ())))
    yield from (Part(name, name, kinds[name], tuple(roles)) for name, roles in bound.items())


def _accounts(ledger: tuple[Account, ...], sources: tuple[SourceSheet, ...]) -> Iterator[Account]:
    """Note on every entry of a ledger the rows that rest on its words."""
    passages = {sheet.id: sheet.passages for sheet in sources}
    for account in ledger:
        starts = sorted((p.start, p.end, p.rows) for p in passages[account.source] if p.start < p.end)
        yield replace(account, entries=tuple(_entry(e, starts) for e in account.entries))


def _entry(entry: LedgerEntry, spans: list[tuple[int, int, tuple[RowRef, ...]]]) -> LedgerEntry:
    over = (rows for start, end, rows in spans if start < entry.end and end > entry.start)
    rows = dict.fromkeys(row for several in over for row in several)
    return replace(entry, rows=tuple(sorted(rows, key=row_order)))
