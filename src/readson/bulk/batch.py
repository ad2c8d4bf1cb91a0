"""Batches: the products of one chunk, taken in one after the other; one that has a problem leaves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from readson.graph import FIRST_NODE, Graph, Rows, columns
from readson.ontology import Ontology
from readson.statements import Product

MOST_REFUSALS = 20
"""As many problems of one product are reported at most."""
TWICE = "stands in a second place; put all that is said of it together, for the first may lack facts"


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """Say why a product is skipped; line and column count from the start of the chunk, 0 where unknown."""

    line: int
    column: int
    product: str
    message: str


@dataclass(slots=True)
class Batch:
    """Collect products and their rows. The next product has number `number` and its nodes from `first` on.

    Products that are `spoiled` were reported before, and are left out.
    """

    products: list[Product] = field(default_factory=list)
    rows: Rows = field(default_factory=Rows)
    refusals: list[Refusal] = field(default_factory=list)
    first: int = FIRST_NODE
    slugs: set[str] = field(default_factory=set)
    spoiled: frozenset[str] = frozenset()

    @property
    def number(self) -> int:
        """Give the number of the next product."""
        return len(self.products)

    def take(self, product: Product, rows: Rows, refusals: Sequence[Refusal]) -> None:
        """Take a product in, unless something is wrong with it or it was there before."""
        if product.slug in self.slugs:
            refusals = [*refusals, Refusal(0, 0, product.slug, TWICE)]
        self.slugs.add(product.slug)
        if refusals or product.slug in self.spoiled:
            self.refusals += sorted(set(refusals))[:MOST_REFUSALS]
            return
        self.products.append(product)
        self.rows.extend(rows)
        self.first += len(product.items)

    def graph(self, ontology: Ontology) -> Graph:
        """Make the graph of what is stated."""
        return columns(self.rows, self.products, ontology)
