"""Rows that are judged together have the verdicts that each has alone, with all their parts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from readson.assess import Assessment, assess
from readson.explaining import Cell, cell_of, cells
from readson.expressions import And, Below, Expression, Or, Route, Within
from readson.ontology import Ontology
from readson.shapes import Patent
from readson.statements import Product
from readson.together import Asked, Place, judge_together


@pytest.fixture(scope="module")
def assessment(ontology: Ontology, patent: Patent, described: tuple[Product, ...]) -> Assessment:
    return assess(described, ontology, patent)


@pytest.fixture(scope="module")
def rows(assessment: Assessment) -> dict[Cell, Asked]:
    """Ask every element of every chart, on the best reading of the claim."""
    found = {}
    for cell in cells(assessment, range(len(assessment.graph.products))):
        element = assessment.patent.element(cell.element)
        demand, introduced = element.construction().demand, frozenset(element.introduces)
        found[cell] = Asked(cell.product, demand, introduced, cell.roles)
    return found


def test_a_row_has_the_verdict_of_its_element_in_the_best_reading(
    assessment: Assessment, rows: dict[Cell, Asked]
) -> None:
    known = dict(zip(rows, judge_together(assessment.search.judge, list(rows.values())), strict=True))
    for claim in assessment.readings:
        for element in (e for e in assessment.patent.elements(claim) if not e.inherits):
            for product in range(len(assessment.graph.products)):
                cell = cell_of(assessment, element, claim, product)
                verdict = known[cell].verdict(rows[cell].demand)
                assert verdict is assessment.element(element.id, claim, product), cell


def test_rows_judged_together_have_the_verdicts_they_have_alone(
    assessment: Assessment, rows: dict[Cell, Asked]
) -> None:
    judge, some = assessment.search.judge, list(rows.values())[::11]
    verdicts = set()
    for row, together in zip(some, judge_together(judge, some), strict=True):
        alone = judge_together(judge, [row])[0]
        for part in parts(row.demand):
            assert together.verdict(part) is alone.verdict(part)
            verdicts.add(together.verdict(part))
    assert len(verdicts) > 2


def test_rows_walked_together_reach_what_they_reach_alone(
    assessment: Assessment, rows: dict[Cell, Asked]
) -> None:
    judge, some = assessment.search.judge, list(rows.values())[::11]
    reached, below = 0, 0
    for row, together in zip(some, judge_together(judge, some), strict=True):
        alone = judge_together(judge, [row])[0]
        for route in walked(row.demand, alone):
            assert together.nodes(route) == alone.nodes(route)
            reached += len(alone.nodes(route))
            for here, there in zip(together.below(route), alone.below(route), strict=True):
                assert here.item == there.item
                below += 1
    assert reached > 100
    assert below == reached


def test_rows_measured_together_have_the_numbers_they_have_alone(
    assessment: Assessment, rows: dict[Cell, Asked]
) -> None:
    judge, every = assessment.search.judge, list(rows.values())
    measured = 0
    for row, together in zip(every, judge_together(judge, every), strict=True):
        for part in (p for p in parts(row.demand) if isinstance(p, Within | Below)):
            here, there = (p.values(part.route) for p in (together, judge_together(judge, [row])[0]))
            for end in ("low", "high", "low_open", "high_open", "known"):
                assert getattr(here.bounds, end).tolist() == getattr(there.bounds, end).tolist()
            for column in ("row", "contested", "whole"):
                assert getattr(here, column).tolist() == getattr(there, column).tolist()
            measured += bool(here.bounds.known.any())
    assert measured > 20


def parts(demand: Expression) -> Iterator[Expression]:
    """List a demand and those that it joins."""
    yield demand
    for part in demand.parts if isinstance(demand, And | Or) else ():
        yield from parts(part)


def walked(demand: Expression, place: Place) -> Iterator[Route]:
    """List the routes of a demand that lead to nodes."""
    for part in parts(demand):
        route = getattr(part, "route", None)
        if route is not None and not route.quantity and route.start in (*place.column.focus.roles, ""):
            yield route


def test_no_rows_have_no_verdicts(assessment: Assessment) -> None:
    assert judge_together(assessment.search.judge, []) == []
