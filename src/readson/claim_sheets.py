"""Claim sheets: a patent's claims as outputs show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from readson.lexicon import Lexicon
from readson.results import ClaimSheet, ConstructionSheet, ElementSheet, RoleSheet
from readson.shapes import Claim, Construction, Element, Patent


def claim_sheets(
    patent: Patent, charted: Iterable[int], constructions: Mapping[str, str]
) -> tuple[ClaimSheet, ...]:
    """Show the claims charted and those they depend on, in order.

    `constructions` maps ids of elements to the names of the constructions chosen; others take the default.
    """
    numbers = sorted({claim.number for number in charted for claim in patent.lineage(number)})
    return tuple(_claim(patent, patent.claims[number], constructions) for number in numbers)


def role_sheets(patent: Patent, lexicon: Lexicon) -> tuple[RoleSheet, ...]:
    """Show the roles of a patent, in the order of their names."""
    return tuple(
        RoleSheet(
            name=role.iri.rpartition("#")[2],
            label=role.label,
            definition=role.definition,
            kinds=tuple(lexicon.label(kind) for kind in role.candidates),
        )
        for role in patent.roles.values()
    )


def _claim(patent: Patent, claim: Claim, constructions: Mapping[str, str]) -> ClaimSheet:
    return ClaimSheet(
        number=claim.number,
        parent=claim.parent,
        lineage=tuple(above.number for above in patent.lineage(claim.number)),
        dependents=tuple(c.number for c in patent.claims.values() if c.parent == claim.number),
        category=claim.category,
        text=claim.text,
        roles=tuple(patent.roles[role].label for role in claim.roles),
        elements=tuple(_element(patent, e, constructions.get(e.id, "")) for e in claim.elements),
    )


def _element(patent: Patent, element: Element, chosen: str) -> ElementSheet:
    used = element.construction(chosen)
    return ElementSheet(
        id=element.id,
        anchor=element.anchor,
        text=element.text,
        introduces=tuple(patent.roles[role].label for role in element.introduces),
        constructions=tuple(_construction(c, c is used) for c in element.constructions),
    )


def _construction(construction: Construction, used: bool) -> ConstructionSheet:
    c = construction
    return ConstructionSheet(c.name, c.note, c.rule, c.iri, used, c.shape, c.terms)
