"""Every verdict is what pySHACL says of the same reading, as far as SHACL can say it (`readson.opinions`)."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product as combinations
from random import Random

import numpy as np
import pytest

from products import contradicted, random_products
from readson.amounts import compare
from readson.assess import Assessment, assess
from readson.errors import DisagreementError
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
from readson.opinions import second_opinion, total
from readson.results import Apart, Opinion
from readson.shapes import Element, Patent
from readson.statements import Product
from readson.verdicts import AGAINST, FOR, Verdict

CASES = int(os.environ.get("READSON_CASES", "8"))
FIRST = int(os.environ.get("READSON_SEED", "0"))


def reading(assessment: Assessment, claim: int, product: int) -> Focus:
    """Focus on the reading of a claim."""
    binding = assessment.binding(claim, product)
    return Focus(np.array([product]), {role: np.array([node]) for role, node in binding.items()})


def charted(assessment: Assessment) -> Counter[Verdict]:
    """Count the verdicts of the elements of all charts, in the constructions they use."""
    columns = [column for best in assessment.readings.values() for column in best.elements.values()]
    return Counter(Verdict(int(bits)) for column in columns for bits in column)


def asked(assessment: Assessment) -> int:
    """Count the questions there are: every construction of every element of every claim, a product each."""
    elements = [e for claim in assessment.readings for e in assessment.patent.elements(claim)]
    return len(assessment.graph.products) * sum(len(e.constructions) for e in elements)


# ---- What pySHACL says ----------------------------------------------------------------------------------


@pytest.mark.parametrize("world", ["documented", "closed"])
def test_described_products_are_judged_as_pyshacl_judges_them(
    world: str, described: tuple[Product, ...], ontology: Ontology, patent: Patent
) -> None:
    assessment = assess(described, ontology, patent, world)
    opinions = second_opinion(assessment)
    found = total(opinions.values())
    assert found.agreed + sum(count for _, count in found.apart) == asked(assessment)
    disputed = {int(assessment.graph.owner[node]) for node in contradicted(assessment.graph)}
    assert {product for (product, _), o in opinions.items() if Apart.CONFLICT in dict(o.apart)} == disputed
    assert set(dict(found.apart)) == {Apart.CONFLICT} | ({Apart.RANGE} if world == "closed" else set())


@pytest.mark.parametrize(
    ("world", "spread", "apart"),
    [
        ("open", False, {Apart.SILENCE}),
        ("documented", True, {Apart.SILENCE}),
        ("closed", False, set()),
        ("closed", True, {Apart.RANGE}),
    ],
)
def test_readings_of_random_products_are_judged_as_pyshacl_judges_them(
    world: str, spread: bool, apart: set[Apart], ontology: Ontology, patent: Patent
) -> None:
    """Judge the best reading of each claim, or one drawn at random, on which most elements fail."""
    products = random_products(range(FIRST, FIRST + CASES), ontology, spread=spread)
    best = assess(products, ontology, patent, world)
    assessment = best if spread else at_random(best, Random(FIRST))
    found = total(second_opinion(assessment).values())
    assert set(dict(found.apart)) <= apart
    assert found.agreed > 0.9 * asked(assessment)
    seen = charted(assessment)
    assert (
        min(seen[Verdict.MET], seen[Verdict.NOT_MET if world == "closed" else Verdict.UNKNOWN]) > 50 * CASES
    )


def at_random(assessment: Assessment, draw: Random) -> Assessment:
    """Bind every role of every claim to any of its candidates."""
    readings = {}
    for claim, best in assessment.readings.items():
        counts = {role: assessment.search.candidates(role).count for role in best.choice}
        choice = {role: np.array([draw.randrange(n) for n in count]) for role, count in counts.items()}
        elements = assessment.search.bits_of(assessment.patent.claims[claim], choice)
        readings[claim] = replace(best, choice=choice, elements=elements)
    return replace(assessment, readings=readings)


def test_a_claim_inherits_its_parent_as_it_is_construed(
    described: tuple[Product, ...], ontology: Ontology, patent: Patent
) -> None:
    (product,) = (product for product in described if product.slug == "coarse-filler")
    for chosen, verdict in (({}, Verdict.MET), ({"1[i]": "part-not-all"}, Verdict.UNKNOWN)):
        assessment = assess([product], ontology, patent, "documented", chosen, claims=(3,))
        assert assessment.element("3[pre]", 3, 0) is verdict
        assert total(second_opinion(assessment).values()) == Opinion(asked(assessment))


# ---- What it must not let pass --------------------------------------------------------------------------


def spoilt(assessment: Assessment, claim: int, id: str, wrong: Verdict) -> Assessment:
    """Give one element of a claim another verdict on every product."""
    best = assessment.readings[claim]
    column = np.full_like(best.elements[id], wrong.value)
    readings = {claim: replace(best, elements={**best.elements, id: column})}
    return replace(assessment, readings=readings)


@pytest.mark.parametrize("world", ["open", "documented", "closed"])
def test_a_wrong_verdict_is_an_error_that_names_the_element(
    world: str, described: tuple[Product, ...], ontology: Ontology, patent: Patent
) -> None:
    """What pySHACL can tell from each other: met from the rest, in the closed world unknown from the rest."""
    claim, product = 1, next(p for p in described if p.slug == "exposed-die-no-heat-sink")
    assessment = assess([product], ontology, patent, world)
    for element in patent.elements(claim):
        right = assessment.element(element.id, claim, 0)
        wrongs = {Verdict.MET} if right is not Verdict.MET else {Verdict.NOT_MET, Verdict.UNKNOWN}
        if world == "closed":
            wrongs |= {Verdict.UNKNOWN}
        for wrong in wrongs:
            with pytest.raises(DisagreementError) as caught:
                second_opinion(spoilt(assessment, claim, element.id, wrong))
            (problem,) = caught.value.problems
            answer = "conforms" if right is Verdict.MET else "does not conform"
            assert problem.file == product.slug
            assert f"claim 1, element {element.id}" in problem.message
            assert f"judges {wrong.label}, but to pySHACL the reading {answer};" in problem.message


# ---- Ranges ---------------------------------------------------------------------------------------------


def test_in_the_closed_world_only_a_range_that_straddles_a_limit_leaves_anything_unknown(
    described: tuple[Product, ...], ontology: Ontology, patent: Patent
) -> None:
    """Some numbers of the range meet what is unknown, and some do not."""
    every = assess(described, ontology, patent, "closed")
    unknown = [
        (product, claim.number, element)
        for claim in patent.claims.values()
        for element in claim.elements
        for number, product in enumerate(described)
        if every.element(element.id, claim.number, number) is Verdict.UNKNOWN and not element.inherits
    ]
    assert unknown
    for product, claim, element in unknown:
        assert straddles(assess([product], ontology, patent, "closed"), claim, 0, element), element.id


def straddles(assessment: Assessment, claim: int, product: int, element: Element) -> bool:
    """Tell whether an element hangs on ranges: what is unknown of it, some numbers meet and some do not."""
    focus, introduced = reading(assessment, claim, product), frozenset(element.introduces)
    judge = assessment.search.judge
    demand = element.constructions[0].demand
    unknown = [part for part in conjuncts(demand) if not judge.judge(part, focus, introduced)[0]]
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
        if len(found) > 1:
            break
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
