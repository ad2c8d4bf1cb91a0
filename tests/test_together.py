"""Rows that are judged together have the verdicts that each has alone, with all their parts."""

from __future__ import annotations

import pytest

from readson.assess import Assessment, assess
from readson.explaining import Cell, cell_of, cells
from readson.ontology import Ontology
from readson.shapes import Patent
from readson.statements import Product
from readson.together import Asked, judge_together


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
                verdict = known[cell][id(rows[cell].demand)]
                assert verdict is assessment.element(element.id, claim, product), cell


def test_rows_judged_together_have_the_verdicts_they_have_alone(
    assessment: Assessment, rows: dict[Cell, Asked]
) -> None:
    judge, some = assessment.search.judge, list(rows.values())[::11]
    together, alone = judge_together(judge, some), [judge_together(judge, [row])[0] for row in some]
    assert together == alone
    assert len({verdict for known in together for verdict in known.values()}) > 2


def test_no_rows_have_no_verdicts(assessment: Assessment) -> None:
    assert judge_together(assessment.search.judge, []) == []
