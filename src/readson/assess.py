"""Assess products: from descriptions to the best reading of every claim.

The one place where the stages of the flow are put together, up to the charts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from readson.drafting.inputs import Inputs, read_inputs
from readson.entailment import entail
from readson.errors import UsageError
from readson.graph import Graph, assemble
from readson.judging import Judge
from readson.ontology import Ontology, load_ontology
from readson.readings import Readings, Search
from readson.shapes import Patent, load_patent
from readson.statements import Product
from readson.verdicts import Verdict
from readson.worlds import close

if TYPE_CHECKING:
    from readson.drafting.ledger import Ledger
    from readson.drafting.writing import Drafted


@dataclass(frozen=True)
class Assessment:
    """Hold the best readings of claims on products, and what they were judged on.

    `ledgers` account for the documents of products that were read from some, by the slugs of the products.
    """

    patent: Patent
    world: str
    constructions: Mapping[str, str]
    graph: Graph
    search: Search
    readings: Mapping[int, Readings]
    ledgers: Mapping[str, Ledger] = field(default_factory=dict)

    def verdict(self, claim: int, product: int) -> Verdict:
        """Give the verdict of a claim on a product, over all readings."""
        return Verdict(int(self.readings[claim].claim[product]))

    @property
    def chosen(self) -> tuple[str, ...]:
        """List the constructions that were chosen, as ELEMENT=NAME."""
        return tuple(f"{id}={name}" for id, name in sorted(self.constructions.items()))

    def element(self, id: str, claim: int, product: int) -> Verdict:
        """Give the verdict of an element in the best reading of a claim."""
        return Verdict(int(self.readings[claim].elements[id][product]))

    def binding(self, claim: int, product: int) -> dict[str, int]:
        """Give the node each role is bound to in the best reading; negative where there is none."""
        return {role: nodes[product] for role, nodes in self._bindings[claim].items()}

    @cached_property
    def _bindings(self) -> dict[int, dict[str, list[int]]]:
        """Give the binding of each claim, a row a product."""
        every = np.arange(len(self.graph.products))
        return {
            claim: {role: self.search.bound(role, every, at).tolist() for role, at in reading.choice.items()}
            for claim, reading in self.readings.items()
        }


@cache
def engine(patent: str) -> tuple[Ontology, Patent]:
    """Load the ontology and a patent, once a process."""
    ontology = load_ontology()
    return ontology, load_patent(patent, ontology)


def check_constructions(patent: Patent, constructions: Mapping[str, str]) -> None:
    """Raise UsageError unless every element and construction named exists."""
    for id, name in constructions.items():
        if not name:
            raise UsageError(f"name a construction for {id}, as in {id}=NAME")
        patent.element(id).construction(name)


def check_claims(patent: Patent, claims: Iterable[int]) -> None:
    """Raise UsageError unless every claim named exists."""
    unknown = sorted(set(claims) - set(patent.claims))
    if unknown:
        raise UsageError(f"the patent has no claim {unknown[0]}; it has 1 to {max(patent.claims)}")


def assess(
    products: Sequence[Product],
    ontology: Ontology,
    patent: Patent,
    world: str = "documented",
    constructions: Mapping[str, str] | None = None,
    claims: Iterable[int] = (),
) -> Assessment:
    """Judge claims (all, unless some are named) on products and find the best reading of each."""
    return assess_graph(assemble(products, ontology), patent, world, constructions, claims)


def assess_graph(
    stated: Graph,
    patent: Patent,
    world: str = "documented",
    constructions: Mapping[str, str] | None = None,
    claims: Iterable[int] = (),
) -> Assessment:
    """Judge claims on a graph of what is stated. Raise UsageError for what the patent does not have."""
    chosen = dict(constructions or {})
    check_constructions(patent, chosen)
    check_claims(patent, claims)
    graph = close(entail(stated), world)
    search = Search(Judge(graph, patent.derived), patent, chosen)
    numbers = tuple(claims) or tuple(patent.claims)
    readings = {n: search.best(patent.claims[n]) for n in numbers}
    return Assessment(patent, world, chosen, graph, search, readings)


def assess_descriptions(
    paths: Sequence[Path],
    patent: str,
    world: str = "documented",
    constructions: Mapping[str, str] | None = None,
    claims: Iterable[int] = (),
    product: str = "",
    report: Callable[[Drafted], object] = lambda _: None,
    others: Callable[[Ontology], tuple[Product, ...]] = lambda _: (),
) -> Assessment:
    """Read descriptions (files, or folders that hold some) and judge the claims of a patent on them.

    All files that are no descriptions are documents on one product: `product` names it where they speak of
    several, and `report` is called with what was made of them. `others` gives products that are read in
    other ways. Raises UsageError for two products of one name.
    """
    ontology = load_ontology()
    encoded = load_patent(patent, ontology)
    further = others(ontology)
    inputs = read_inputs(paths, ontology.lexicon, product) if paths or not further else Inputs(())
    if inputs.drafted:
        report(inputs.drafted)
    products = (*inputs.products, *further)
    _check_names(products)
    assessment = assess(products, ontology, encoded, world, constructions, claims)
    return replace(assessment, ledgers=_ledgers(inputs.drafted))


def _check_names(products: Sequence[Product]) -> None:
    counts = Counter(product.slug for product in products)
    twice = sorted(slug for slug, count in counts.items() if count > 1)
    if twice:
        raise UsageError(f"two products are called `{twice[0]}`; rename one")


def _ledgers(drafted: Drafted | None) -> dict[str, Ledger]:
    """Account for the documents that a product was read from."""
    if not drafted:
        return {}
    from readson.drafting.ledger import Ledger  # descriptions alone need no reader of text

    return {drafted.product.slug: Ledger.of(drafted)}
