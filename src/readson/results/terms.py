"""Terms as pages show them: the classes and properties of the ontology, and where claims use them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Use:
    """An element that names a term in the shape of one of its constructions."""

    claim: int
    id: str
    anchor: str


@dataclass(frozen=True, slots=True)
class TermSheet:
    """One term; `sort` is "class", "relation", "truth", "quantity", "annotation" or "individual".

    `above`, `below`, `domains`, `ranges`, `inverses` and `apart` are IRIs; those of an individual are its
    classes (`above`). `apart` lists what nothing can be as well. `sentence` states a property, `unit` is that
    of a quantity, `traits` are those of OWL ("transitive").
    """

    iri: str
    name: str
    sort: str
    label: str
    other_labels: tuple[str, ...]
    definition: str
    above: tuple[str, ...]
    below: tuple[str, ...]
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    inverses: tuple[str, ...]
    apart: tuple[str, ...]
    traits: tuple[str, ...]
    sentence: str
    unit: str
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class OntologySheet:
    """One file of the ontology, its terms in the order of the file."""

    name: str
    prefix: str
    namespace: str
    title: str
    description: str
    terms: tuple[TermSheet, ...]
