"""In the closed world every verdict equals what pySHACL says of the same reading (`readson.oracle`)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import product as combinations
from random import Random

import numpy as np
import pytest

from products import contradicted, random_products
from readson.amounts import compare
from readson.assess import Assessment, assess
from readson.expressions import (
    Alternative,
    And,
    Expression,
    Not,
    Or,
    Path,
    Repeat,
    Route,
    Sequence,
    Step,
    Within,
    conjuncts,
)
from readson.focus import ABSENT, UNNAMED, Focus
from readson.graph import Graph
from readson.judging import Judge, leaf
from readson.ontology import Ontology
from readson.oracle import conforming
from readson.shapes import Construction, Element, Patent
from readson.statements import Product
from readson.verdicts import AGAINST, FOR, Verdict

CASES = int(os.environ.get("READSON_CASES", "24"))
FIRST = int(os.environ.get("READSON_SEED", "0"))


def constructions(patent: Patent, claim: int) -> Iterator[tuple[Element, Construction]]:
    """List every construction of every element of a claim, own and inherited."""
    for element in patent.elements(claim):
        yield from ((element, construction) for construction in element.constructions)


def bits(assessment: Assessment, claim: int, product: int, element: Element, used: Construction) -> int:
    """Give the verdict bits of one construction in the reading of a claim."""
    if used is element.constructions[0]:
        return int(assessment.readings[claim].elements[element.id][product])
    focus = reading(assessment, claim, product)
    return int(assessment.search.judge.judge(used.demand, focus, frozenset(element.introduces))[0])


def reading(assessment: Assessment, claim: int, product: int) -> Focus:
    """Focus on the reading of a claim."""
    binding = assessment.binding(claim, product)
    return Focus(np.array([product]), {role: np.array([node]) for role, node in binding.items()})


def disagreements(assessment: Assessment, product: int) -> list[str]:
    """List the verdicts that differ from pySHACL's, conflicts and ranges that straddle a limit apart."""
    conforms = conforming(assessment, product)
    found = []
    for claim in assessment.readings:
        for element, used in constructions(assessment.patent, claim):
            verdict = Verdict(bits(assessment, claim, product, element, used))
            if not agrees(assessment, claim, product, element, used, verdict, used.iri in conforms[claim]):
                name = assessment.graph.products[product].slug
                found.append(f"{name}: claim {claim}, {element.id} {used.name}: {verdict.label}")
    return found


def agrees(
    assessment: Assessment,
    claim: int,
    product: int,
    element: Element,
    used: Construction,
    verdict: Verdict,
    conforms: bool,
) -> bool:
    """Tell whether a verdict is what pySHACL's answer allows."""
    if verdict is Verdict.CONFLICTING:
        return any(assessment.graph.owner[node] == product for node in contradicted(assessment.graph))
    if verdict is Verdict.UNKNOWN:
        return not conforms and straddles(assessment, claim, product, element, used)
    return conforms == (verdict is Verdict.MET)


# ---- Ranges and conflicts -------------------------------------------------------------------------------


def straddles(assessment: Assessment, claim: int, product: int, element: Element, used: Construction) -> bool:
    """Tell whether an element hangs on ranges: what is unknown of it, some numbers meet and some do not."""
    if element.inherits:
        parents = assessment.patent.elements(assessment.patent.claims[element.claim].parent)
        verdicts = [bits(assessment, claim, product, e, e.constructions[0]) for e in parents]
        return 0 in verdicts and all(v & AGAINST == 0 for v in verdicts)
    focus, introduced = reading(assessment, claim, product), frozenset(element.introduces)
    judge = assessment.search.judge
    unknown = [part for part in conjuncts(used.demand) if not judge.judge(part, focus, introduced)[0]]
    return all(hangs_on_numbers(assessment, part, focus, introduced) for part in unknown)


def hangs_on_numbers(
    assessment: Assessment, demand: Expression, focus: Focus, introduced: frozenset[str]
) -> bool:
    """Tell whether a demand is met by one end of a range and refuted by the other."""
    routes = list(routes_of(demand, assessment))
    here = leaf(assessment.search.judge, focus, frozenset())
    if isinstance(demand, Within) and demand.route.start in assessment.patent.derived:
        bounds = here.values(demand.route).bounds
        ends = [replace(bounds, low=end, high=end) for end in (bounds.low, bounds.high)]
        if {bool(compare(end, demand.comparison, demand.number)[0].all()) for end in ends} == {True, False}:
            return True
    nodes = {int(node[0]) for node in focus.roles.values()}
    for route in routes:
        if route.start in focus.roles or route.start.endswith("#product"):
            nodes |= set(here.walk(route).node.tolist())
    found = set()
    for graph in corners(assessment.graph, nodes - {UNNAMED, ABSENT}, quantities(assessment, routes)):
        judge = Judge(graph, assessment.patent.derived)
        found.add(int(judge.judge(demand, focus, introduced)[0]))
    return found == {FOR, AGAINST}


def corners(graph: Graph, nodes: set[int], wanted: set[str]) -> Iterator[Graph]:
    """Narrow the ranges of some quantities of some nodes to their ends, in every combination."""
    ranged = [
        (prop, node)
        for prop in sorted(wanted & set(graph.quantities))
        for node in sorted(nodes)
        if graph.quantity(prop).low[node] < graph.quantity(prop).high[node]
    ]
    for ends in combinations(("low", "high"), repeat=len(ranged)):
        columns = dict(graph.quantities)
        for (prop, node), end in zip(ranged, ends, strict=True):
            low, high = columns[prop].low.copy(), columns[prop].high.copy()
            low[node] = high[node] = getattr(columns[prop], end)[node]
            columns[prop] = replace(columns[prop], low=low, high=high)
        yield replace(graph, quantities=columns)


def quantities(assessment: Assessment, routes: list[Route]) -> set[str]:
    """List the quantities that routes end in or compare."""
    compared = assessment.graph.ontology.comparisons
    found = {route.quantity for route in routes} - {""}
    steps = {relation for route in routes for path in route.steps for relation in relations(path)}
    return found | {compared[relation].quantity for relation in steps & set(compared)}


def routes_of(demand: Expression, assessment: Assessment) -> Iterator[Route]:
    """List the routes of an expression, those of derived properties included."""
    match demand:
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from routes_of(part, assessment)
        case Not(part=part):
            yield from routes_of(part, assessment)
    route, inner = getattr(demand, "route", None), getattr(demand, "demand", None)
    if inner is not None:
        yield from routes_of(inner, assessment)
    if route is not None:
        yield route
        for start in (route.start, getattr(demand, "other", "")):
            yield from derived_routes(start, assessment)


def derived_routes(start: str, assessment: Assessment) -> Iterator[Route]:
    """List the routes that define a derived property."""
    derived = assessment.patent.derived.get(start)
    for route in derived.routes if derived else ():
        yield route
        yield from derived_routes(route.start, assessment)


def relations(path: Path) -> Iterator[str]:
    """List the relations that a path follows."""
    match path:
        case Step(relation=relation):
            yield relation
        case Sequence(paths=paths) | Alternative(paths=paths):
            for inner in paths:
                yield from relations(inner)
        case Repeat(path=inner):
            yield from relations(inner)


# ---- The products of data/products ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def closed(described: tuple[Product, ...], ontology: Ontology, patent: Patent) -> Assessment:
    return assess(described, ontology, patent, "closed")


def test_described_products_are_judged_as_pyshacl_judges_them(closed: Assessment) -> None:
    found = [line for number in range(len(closed.graph.products)) for line in disagreements(closed, number)]
    assert found == []


def test_readings_of_random_products_are_judged_as_pyshacl_judges_them(
    ontology: Ontology, patent: Patent
) -> None:
    """Judge the best reading of each claim and one drawn at random, on which most elements fail."""
    products = random_products(range(FIRST, FIRST + CASES), ontology)
    best = assess(products, ontology, patent, "closed")
    drawn = at_random(best, Random(FIRST))
    found = [line for a in (best, drawn) for number in range(CASES) for line in disagreements(a, number)]
    assert found == []
    seen = np.bincount(
        [v for r in best.readings.values() for e in r.elements.values() for v in e], minlength=4
    )
    assert (seen[[FOR, AGAINST]] > 50 * CASES).all()


def at_random(assessment: Assessment, draw: Random) -> Assessment:
    """Bind every role of every claim to any of its candidates."""
    readings = {}
    for claim, best in assessment.readings.items():
        counts = {role: assessment.search.candidates(role).count for role in best.choice}
        choice = {role: np.array([draw.randrange(n) for n in count]) for role, count in counts.items()}
        elements = assessment.search.bits_of(assessment.patent.claims[claim], choice)
        readings[claim] = replace(best, choice=choice, elements=elements)
    return replace(assessment, readings=readings)


def test_a_wrong_verdict_would_be_seen(closed: Assessment) -> None:
    product, claim = 0, 1
    best = closed.readings[claim]
    for id, column in best.elements.items():
        wrong = {**best.elements, id: column ^ (FOR | AGAINST)}
        spoilt = replace(closed, readings={claim: replace(best, elements=wrong)})
        assert any(f"claim 1, {id} " in line for line in disagreements(spoilt, product)), id
