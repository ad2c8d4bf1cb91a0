"""The portfolio: a patent's claims, the products they were read on, and how."""

from __future__ import annotations

from dataclasses import dataclass

from readson.results.claims import ClaimSheet, RoleSheet
from readson.results.glossary import GLOSSARY, Glossary
from readson.results.products import ProductCharts

VERSION = "1"
"""The version of the results model; another one follows only when a field changes or goes."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What one run shows: a patent's claims and the products they were read on.

    `patent` is the folder of its shapes, `patent_number` its publication number where the shapes give one.
    `constructions` lists the choices made, as "1[h]=any-molding". `claims` are those charted, and those they
    depend on.
    """

    patent: str
    patent_title: str
    world: str
    constructions: tuple[str, ...]
    products: tuple[ProductCharts, ...]
    patent_number: str = ""
    claims: tuple[ClaimSheet, ...] = ()
    roles: tuple[RoleSheet, ...] = ()
    glossary: Glossary = GLOSSARY
    version: str = VERSION

    def product(self, slug: str) -> ProductCharts:
        """Find a product."""
        return next(product for product in self.products if product.slug == slug)
