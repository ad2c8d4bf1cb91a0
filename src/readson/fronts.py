"""Fronts: the pages of a site that are on no single product: matrix, method, claims, ontology."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from readson.listing import Listed, ListedChart, claim_page
from readson.results import ORDER, ClaimSheet, OntologySheet, RoleSheet, TermSheet

Page = tuple[str, str, dict[str, Any]]
"""The name of a page, its template, and what that is given."""
Verdicts = Mapping[str, Sequence[Listed]]
"""The products on which a claim has each verdict, by the slug of the verdict."""


@dataclass(frozen=True, slots=True)
class Front:
    """What the pages show that are on no single product."""

    patent: str
    patent_title: str
    world: str
    constructions: tuple[str, ...]
    products: tuple[Listed, ...]
    claims: tuple[ClaimSheet, ...] = ()
    roles: tuple[RoleSheet, ...] = ()
    ontology: tuple[OntologySheet, ...] = ()

    @property
    def sections(self) -> tuple[str, ...]:
        """Name the folders of pages there are beside those of products."""
        return (*(["claims"] if self.claims else []), *(["ontology"] if self.ontology else []))


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column of the matrix: a claim, those it depends on, and whether others depend on it."""

    claim: int
    above: tuple[int, ...]
    has_dependents: bool


def front_pages(front: Front) -> Iterator[Page]:
    """Give every front page, in the order in which people read them."""
    charted = {claim.number for claim in front.claims}
    shared = {"portfolio": front, "terms": term_links(front.ontology), "charted": charted}
    yield "index.html", "index.html", shared | {"heads": heads(front.products)}
    yield "method.html", "method.html", shared
    yield from ((name, template, shared | more) for name, template, more in _claim_pages(front))
    yield from ((name, template, shared | more) for name, template, more in _ontology_pages(front))


def heads(products: Sequence[Listed]) -> tuple[Head, ...]:
    """Give a head for every claim there is, each after the one it depends on."""
    charts = {chart.claim: chart for product in products for chart in product.charts}
    parents = {chart.parent for chart in charts.values()}
    listed = ((_above(claim, charts), claim) for claim in charts)
    return tuple(
        Head(claim, above, claim in parents)
        for above, claim in sorted(listed, key=lambda pair: (*pair[0], pair[1]))
    )


def _above(claim: int, charts: Mapping[int, ListedChart]) -> tuple[int, ...]:
    """List the claims charted that a claim depends on, the topmost first."""
    parent = charts[claim].parent
    return (*_above(parent, charts), parent) if parent in charts else ()


def _claim_pages(front: Front) -> Iterator[Page]:
    if not front.claims:
        return
    sheets = {claim.number: claim for claim in front.claims}
    roles = {role.label: role for role in front.roles}
    found = {number: _by_verdict(number, front.products) for number in sheets}
    shared = {"sheets": sheets, "found": found, "roles": roles}
    yield "claims/index.html", "claims.html", shared
    for number, claim in sheets.items():
        yield f"claims/{claim_page(number)}", "claim.html", shared | {"claim": claim}


def _by_verdict(claim: int, products: Sequence[Listed]) -> Verdicts:
    """Sort products by the verdict that a claim has on them; verdicts that none has are left out."""
    charted = [(p, c.verdict) for p in products for c in p.charts if c.claim == claim]
    by_verdict = {verdict.slug: [p for p, found in charted if found is verdict] for verdict in ORDER[::-1]}
    return {slug: several for slug, several in by_verdict.items() if several}


def _ontology_pages(front: Front) -> Iterator[Page]:
    if not front.ontology:
        return
    yield "ontology/index.html", "ontology.html", {}
    for sheet in front.ontology:
        context = {"sheet": sheet, "roots": _roots(sheet), "local": {term.iri: term for term in sheet.terms}}
        yield f"ontology/{sheet.name}.html", "terms.html", context


def _roots(sheet: OntologySheet) -> tuple[TermSheet, ...]:
    """List the terms of a file that stand below none of its terms."""
    own = {term.iri for term in sheet.terms}
    return tuple(term for term in sheet.terms if not own & set(term.above))


def term_links(ontology: Sequence[OntologySheet]) -> dict[str, tuple[str, str]]:
    """Map the IRI of every term to its place on the site and its label."""
    return {t.iri: (term_place(sheet, t), t.label) for sheet in ontology for t in sheet.terms}


def term_place(sheet: OntologySheet, term: TermSheet) -> str:
    """Give the address of a term on the site."""
    return f"ontology/{sheet.name}.html#{term.name}"
