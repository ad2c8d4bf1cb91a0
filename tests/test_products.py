"""Every product is judged as a packaging engineer judges it (`data/products/README.md`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from readson.assess import Assessment, assess
from readson.ingest import read_descriptions
from readson.ontology import load_ontology
from readson.shapes import load_patent

ROOT = Path(__file__).resolve().parents[1]
EXPECTED: dict[str, dict[Any, Any]] = yaml.safe_load(
    (ROOT / "tests/expected_products.yaml").read_text("utf-8")
)
DESCRIPTIONS = sorted((ROOT / "data/products").glob("*/product.yaml"))


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    ontology = load_ontology()
    products = read_descriptions(DESCRIPTIONS, ontology.lexicon)
    return assess(products, ontology, load_patent("chip-package", ontology))


def place(assessment: Assessment, slug: str) -> int:
    """Find a product among those assessed."""
    return [product.slug for product in assessment.graph.products].index(slug)


def test_every_product_has_an_expectation_of_every_claim(assessment: Assessment) -> None:
    assert [path.parent.name for path in DESCRIPTIONS] == sorted(EXPECTED)
    for table in EXPECTED.values():
        assert set(table) - {"elements"} == set(assessment.patent.claims)


@pytest.mark.parametrize("slug", EXPECTED)
def test_claims_are_judged_as_expected(assessment: Assessment, slug: str) -> None:
    product = place(assessment, slug)
    expected = {claim: verdict for claim, verdict in EXPECTED[slug].items() if claim != "elements"}
    assert {claim: assessment.verdict(claim, product).label for claim in expected} == expected


@pytest.mark.parametrize("slug", EXPECTED)
def test_deciding_elements_are_judged_as_expected(assessment: Assessment, slug: str) -> None:
    product = place(assessment, slug)
    expected = EXPECTED[slug]["elements"]
    assert expected
    found = {
        id_: assessment.element(id_, assessment.patent.element(id_).claim, product).label for id_ in expected
    }
    assert found == expected


def test_every_claim_is_met_by_one_product_and_refuted_by_another() -> None:
    verdicts = {claim: {table[claim] for table in EXPECTED.values()} for claim in range(1, 27)}
    assert not [claim for claim, found in verdicts.items() if not {"met", "not met"} <= found]


def test_every_fact_that_is_stated_quotes_its_source(assessment: Assessment) -> None:
    statements = [s for product in assessment.graph.products for s in product.statements]
    stated = [s for s in statements if s.evidence.grade.value == "stated"]
    assert stated
    assert not [s for s in stated if not s.evidence.quote]
