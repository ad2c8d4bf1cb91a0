"""The pages of one product: its own, its charts, its sources, and the ledgers of its documents.

Says which pages there are, what each is called, and what its template shows; all of that is in the charts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any
from urllib.parse import quote

from readson.laying import Line, entry_weight, fact_weight, is_sheet, lay_out, split
from readson.listing import claim_page, file_name, with_neighbors
from readson.pictures import Picture
from readson.pictures.linking import LinkedPicture
from readson.results import Binding, Chart, Citation, ProductCharts, Row, SourceSheet
from readson.statements import Statement

CHART = "chart.html"
Context = dict[str, Any]
"""What a template is given, by name."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its name in the folder of the product, its template, and what that is given."""

    name: str
    template: str
    context: Context


def product_pages(product: ProductCharts, picture: Picture | None) -> Iterator[Page]:
    """Give the pages of a product, in the order in which people read them."""
    shown = _Shown(product, picture)
    yield shown.product_page()
    yield from shown.facts_pages()
    yield from shown.chart_pages()
    yield from shown.source_pages()
    yield from shown.ledger_pages()


def quote_places(product: ProductCharts) -> dict[_Cited, str]:
    """Give the address of every passage of the sources, from the folder of the product."""
    return dict(chain.from_iterable(_anchored(sheet, list(_leaves(sheet))) for sheet in product.sources))


def claim_tree(charts: Sequence[Chart]) -> list[tuple[int, Chart]]:
    """List charts with their depths, those of dependent claims under the chart of their parent."""
    shown = {chart.claim for chart in charts}
    under: dict[int, list[Chart]] = {}
    for chart in charts:
        under.setdefault(chart.parent if chart.parent in shown else 0, []).append(chart)

    def below(claim: int, depth: int) -> Iterator[tuple[int, Chart]]:
        for chart in under.get(claim, []):
            yield depth, chart
            yield from below(chart.claim, depth + 1)

    return list(below(0, 0))


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a source: its name, and the lines on it."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One row as it stands on a chart: what it says, where from, and what its terms read on there.

    `linked` if the claim that recites it has a chart too; `otherwise` if that says something else; `binds`
    are terms with the names of their parts, and `parts` the elements of the picture that show them.
    """

    row: Row
    inherited: bool
    linked: bool
    otherwise: bool
    binds: tuple[tuple[str, str], ...]
    parts: tuple[str, ...]

    @property
    def repeated(self) -> bool:
        """Tell whether the chart of the claim that recites the row says the same."""
        return self.inherited and self.linked and not self.otherwise


class _Shown:
    """All pages of one product, and how they lead to each other. Addresses start at the product's folder."""

    def __init__(self, product: ProductCharts, picture: Picture | None) -> None:
        self._product = product
        self._picture = picture
        self._charts = sorted(product.charts, key=lambda chart: chart.claim)
        self._sources = sorted(product.sources, key=lambda sheet: sheet.id)
        self._leaves = {sheet.id: list(_leaves(sheet)) for sheet in self._sources}
        self._svg = LinkedPicture(picture.svg if picture else "")
        self._said: dict[tuple[str, int], Row] = {}
        self._ids: dict[Binding, tuple[str, ...]] = {}
        drawn = picture.parts if picture else {}
        self._steps = {step.name: drawn[step.name] for step in product.steps if step.name in drawn}
        self._acts = dict(self._steps_spoken_of())
        self._lights = {chart.claim: self._lit(chart) for chart in self._charts}
        self._quotes = dict(chain.from_iterable(_anchored(s, self._leaves[s.id]) for s in self._sources))
        self._pages = {id: leaves[0].name for id, leaves in self._leaves.items()}
        self._shared: Context = {
            "product": product,
            "picture": picture,
            "charts": self._charts,
            "claims": {chart.claim for chart in self._charts},
            "sources": self._sources,
            "pages": self._pages,
            "place": self._place,
            "ledgers": {a.source: _leaf_name("ledgers", a.source, 0) for a in product.ledger},
        }

    def product_page(self) -> Page:
        """Show the product: its picture, claims, gaps, facts, steps and sources."""
        links: dict[str, str] = {}
        for chart in self._charts:
            for id, link in self._links(chart).items():
                links.setdefault(id, claim_page(chart.claim) + link)
        own = {"tree": claim_tree(self._charts), "svg": self._svg.linked(links)}
        return Page("index.html", "product.html", self._shared | own)

    def facts_pages(self) -> Iterator[Page]:
        """Show the facts that no element cites."""
        idle = [fact for fact in self._product.facts if not fact.rows]
        pages = split(idle, fact_weight) if idle else []
        files = [f"facts{f'.{number + 1}' if number else ''}.html" for number in range(len(pages))]
        for number, facts in enumerate(pages):
            yield Page(files[number], "facts.html", self._shared | {"facts": facts} | _part(files, number))

    def chart_pages(self) -> Iterator[Page]:
        """Show the chart of each claim."""
        for previous, chart, following in with_neighbors(self._charts):
            lines = groupby(self._lines(chart), lambda line: line.row.claim)
            own = {
                "chart": chart,
                "previous": previous,
                "next": following,
                "terms": tuple(self._terms(chart)),
                "groups": [(claim, tuple(several)) for claim, several in lines],
                "svg": self._svg.linked(self._links(chart)),
            }
            yield Page(claim_page(chart.claim), CHART, self._shared | own)

    def source_pages(self) -> Iterator[Page]:
        """Show the text of each source, a long one on several pages."""
        for sheet in self._sources:
            leaves = self._leaves[sheet.id]
            files = [leaf.name for leaf in leaves]
            for number, leaf in enumerate(leaves):
                own = {"sheet": sheet, "lines": leaf.lines, "cells": is_sheet(sheet)}
                yield Page(leaf.name, "source.html", self._shared | own | _part(files, number))

    def ledger_pages(self) -> Iterator[Page]:
        """Account for every line, cell or key of each document that the product was read from."""
        sheets = {sheet.id: sheet for sheet in self._sources}
        for account in self._product.ledger:
            pages = split(account.entries, entry_weight)
            files = [_leaf_name("ledgers", account.source, n) for n in range(len(pages))]
            counts = Counter(entry.state for entry in account.entries)
            at = _Lines(self._leaves[account.source])
            for number, entries in enumerate(pages):
                shown = [(entry, at.address(entry.start)) for entry in entries]
                own = {
                    "sheet": sheets[account.source],
                    "account": account,
                    "counts": counts,
                    "entries": shown,
                }
                yield Page(files[number], "ledger.html", self._shared | own | _part(files, number))

    def _terms(self, chart: Chart) -> Iterator[tuple[Binding, tuple[str, ...], str]]:
        """Give each binding with the elements of the picture that show its part, and the row of its term."""
        anchors = {row.id: row.anchor for row in chart.rows}
        for binding in chart.bindings:
            yield binding, self._shown(binding), anchors.get(binding.element, "")

    def _lines(self, chart: Chart) -> Iterator[ChartLine]:
        """Lay out the rows of a chart; what one says as on another chart is one and the same thing."""
        read = {binding.label: binding.part for binding in chart.bindings}
        claims = self._shared["claims"]
        for row in chart.rows:
            linked = row.claim in claims
            yield ChartLine(
                row=self._said.setdefault((row.id, id(row.reason)), row),
                inherited=row.inherited,
                linked=linked,
                otherwise=row.inherited and linked and not row.repeats,
                binds=tuple((label, read[label]) for label in row.roles if label in read),
                parts=self._lights[chart.claim][row.anchor],
            )

    # Where things are shown

    def _place(self, citation: Citation) -> str:
        """Give the address of the words that a citation rests on, or "" where no page shows them."""
        cited = (citation.source, citation.locator, citation.quote)
        return self._quotes.get(cited, self._pages.get(citation.source, ""))

    def _lit(self, chart: Chart) -> dict[str, tuple[str, ...]]:
        """Give for each row the elements of the picture that show the parts its roles are bound to.

        And those of the steps that what it rests on speaks of, or what would decide it.
        """
        shown = {binding.label: self._shown(binding) for binding in chart.bindings}
        found = {
            row.anchor: chain((id for label in row.roles for id in shown.get(label, ())), self._acted(row))
            for row in chart.rows
        }
        return {anchor: tuple(dict.fromkeys(ids)) for anchor, ids in found.items()}

    def _acted(self, row: Row) -> Iterator[str]:
        """Give the elements of the picture that show the steps a row speaks of."""
        for statement in (*row.grounds.statements, *row.rival.statements):
            yield from self._acts.get(statement, ())
        for proposed in (s for missing in row.missing for s in (*missing.meets, *missing.fails)):
            yield from self._steps_in(proposed)

    def _steps_spoken_of(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Give for every statement on a step its id, and the elements of the picture that show the step."""
        for fact in self._product.facts:
            if steps := tuple(self._steps_in(fact.statement)):
                yield fact.statement.id, steps

    def _steps_in(self, statement: Statement) -> Iterator[str]:
        named = statement.subject, getattr(statement.content, "object", "")
        return (self._steps[name] for name in named if name in self._steps)

    def _shown(self, binding: Binding) -> tuple[str, ...]:
        """Give the elements of the picture that show a part, or the members of a collection."""
        if binding not in self._ids:
            drawn = self._picture.parts if self._picture else {}
            found = (drawn.get(name, "") for name in (binding.part, *binding.members))
            self._ids[binding] = tuple(dict.fromkeys(filter(None, found)))
        return self._ids[binding]

    def _links(self, chart: Chart) -> dict[str, str]:
        """Lead each element of the picture to the first row that speaks of it."""
        links: dict[str, str] = {}
        for anchor, ids in self._lights[chart.claim].items():
            links |= {id: f"#{quote(anchor)}" for id in ids if id not in links}
        return links


_Cited = tuple[str, str, str]
"""A source, a place in it, and words."""


class _Lines:
    """Find the line of a source on which a character stands."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        named = [(line, leaf.name) for leaf in leaves for line in leaf.lines if line.number]
        self._starts = [line.start for line, _ in named]
        self._addresses = [f"{name}#L{line.number}" for line, name in named]

    def address(self, start: int) -> str:
        """Give the address of the line, from the folder of the product."""
        return self._addresses[bisect_right(self._starts, start) - 1]


def _anchored(sheet: SourceSheet, leaves: Sequence[Leaf]) -> Iterator[tuple[_Cited, str]]:
    """Give the address of each passage of a source."""
    files = {a: leaf.name for leaf in leaves for line in leaf.lines for a in line.anchors}
    for passage in sheet.passages:
        file = files.get(passage.anchor, leaves[0].name)
        yield (sheet.id, passage.locator, passage.quote), f"{file}#{passage.anchor}"


def _leaves(sheet: SourceSheet) -> Iterator[Leaf]:
    for number, lines in enumerate(split(lay_out(sheet), lambda line: line.weight)):
        yield Leaf(_leaf_name("sources", sheet.id, number), tuple(lines))


def _leaf_name(folder: str, source: str, number: int) -> str:
    """Name a page of a source; no other source can have the name of a further page."""
    return f"{folder}/{file_name(source)}{f'.{number + 1}' if number else ''}.html"


def _part(files: Sequence[str], number: int) -> Context:
    """Tell a page which one of several it is."""
    return {"files": [file.rpartition("/")[2] for file in files], "number": number}
