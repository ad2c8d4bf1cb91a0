"""Listing: products as the pages of others show them, their order, and the names of their pages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from readson.errors import UsageError
from readson.results import Opinion, ProductCharts
from readson.verdicts import Verdict

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class ListedChart:
    """What other pages show of a chart."""

    claim: int
    parent: int
    verdict: Verdict
    opinion: Opinion | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What the pages of other products show of a product."""

    slug: str
    title: str
    kind: str
    charts: tuple[ListedChart, ...]

    @property
    def claims(self) -> frozenset[int]:
        """Name the claims that have a chart."""
        return frozenset(chart.claim for chart in self.charts)

    @property
    def folder(self) -> str:
        """Name the folder of its pages, in that of all products."""
        return file_name(self.slug)


def listed(product: ProductCharts) -> Listed:
    """Leave of the charts of a product what the pages of others show."""
    charts = (ListedChart(c.claim, c.parent, c.verdict, c.opinion) for c in product.charts)
    return Listed(product.slug, product.title, product.kind, tuple(charts))


def shelf(products: Iterable[Listed]) -> tuple[Listed, ...]:
    """Put products in the order in which they are shown. Raise UsageError if two have the same name."""
    found = tuple(sorted(products, key=lambda product: (product.title.casefold(), product.slug)))
    folders = [product.folder for product in found]
    if len(set(folders)) < len(folders):
        raise UsageError(f"two products have the same name among {', '.join(sorted(folders))}")
    return found


def with_neighbors(items: Sequence[Item]) -> Iterator[tuple[Item | None, Item, Item | None]]:
    """Give items, each between the one before and the one after."""
    return zip([None, *items], items, [*items[1:], None], strict=False)


def claim_page(claim: int) -> str:
    """Name the page of a claim, or of its chart in the folder of a product.

    >>> claim_page(3)
    'claim-03.html'
    """
    return f"claim-{claim:02d}.html"


def file_name(name: str) -> str:
    """Give a name that every file system and address takes as it is; other names get a hash.

    >>> file_name("data-sheet"), file_name("../Data")
    ('data-sheet', 'data-45be8d19')
    """
    plain = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")[:60]
    return (
        plain if plain == name else f"{plain}-{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:8]}"
    )
