"""Claims as outputs show them: text, tree, elements, roles, constructions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoleSheet:
    """A term that later words of a claim point back to; `kinds` name what it may read on."""

    name: str
    label: str
    definition: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConstructionSheet:
    """One way to construe an element; `iri` is its shape, `used` that these charts use it.

    `shape` is that shape as Turtle, with the derived properties it names; `terms` are the IRIs of the
    ontology that these name.
    """

    name: str
    note: str
    rule: str
    iri: str
    used: bool
    shape: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ElementSheet:
    """One element in its exact words; `introduces` are labels of the roles it recites first.

    `constructions` has the default first; one without a name is the only one.
    """

    id: str
    anchor: str
    text: str
    introduces: tuple[str, ...]
    constructions: tuple[ConstructionSheet, ...]


@dataclass(frozen=True, slots=True)
class ClaimSheet:
    """One claim: `parent` is the claim it depends on, 0 for none; `lineage` leads from the top claim to it.

    `elements` are its own; `roles` are labels, those of the claims it depends on included.
    """

    number: int
    parent: int
    lineage: tuple[int, ...]
    dependents: tuple[int, ...]
    category: str
    text: str
    roles: tuple[str, ...]
    elements: tuple[ElementSheet, ...]
