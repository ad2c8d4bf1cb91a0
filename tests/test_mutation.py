"""Spoil one fact of a product that claims read on, and exactly the elements that rest on it fall."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from products import iri
from readson.assess import Assessment, assess
from readson.ontology import Ontology
from readson.shapes import Element, Patent
from readson.statements import PRODUCT, TYPE, Bounds, Complete, Denial, Product, Statement, Value
from readson.verdicts import Verdict

TABLE = yaml.safe_load(Path(__file__).with_name("mutations.yaml").read_text("utf-8"))
EXEMPT = TABLE.pop("exempt")
ROWS = [(slug, row) for slug, rows in TABLE.items() for row in rows]
NAMES = [f"{slug}: {' '.join(r['elements'])} {' '.join(map(str, r['facts'][0]))}" for slug, r in ROWS]


def property_of(short: str) -> str:
    return TYPE if short == "type" else iri(short)


def is_fact(statement: Statement, fact: Sequence[str]) -> bool:
    """Tell whether a statement is one of those that a row of the table names."""
    subject, short, *value = fact
    same = (statement.subject, statement.property) == (subject, property_of(short))
    if isinstance(statement.content, Value):
        return same and value in ([], [statement.content.object])
    return same and (isinstance(statement.content, Bounds | Complete))


def without(product: Product, facts: Sequence[Sequence[str]]) -> Product:
    """Take facts out of a product; every one must be there."""
    for fact in facts:
        assert any(is_fact(s, fact) for s in product.statements), f"{product.slug} does not say {fact}"
    kept = [s for s in product.statements if not any(is_fact(s, fact) for fact in facts)]
    return replace(product, statements=tuple(kept))


def with_facts(product: Product, facts: Sequence[Sequence[Any]]) -> Product:
    """Put facts into a product."""
    added = (Statement(f"new-{n}", *stated(fact)) for n, fact in enumerate(facts))
    return replace(product, statements=(*product.statements, *added))


def stated(fact: Sequence[Any]) -> tuple[str, str, Value | Denial | Bounds | Complete]:
    """Read a fact as the table writes it."""
    match fact:
        case ["none", str(cls)]:
            return PRODUCT, iri("pkg:hasPart"), Complete(iri(cls), ())
        case [str(subject), "not", str(short), target]:
            return subject, iri(short), Denial(target)
        case [str(subject), "type", str(cls)]:
            return subject, TYPE, Value(iri(cls))
        case [str(subject), str(short), bool() | str() as target]:
            return subject, iri(short), Value(target)
        case [str(subject), str(short), int() | float() as number]:
            return subject, iri(short), Bounds(float(number), float(number))
    raise ValueError(f"not a fact: {fact}")


def own(patent: Patent, claims: Sequence[int]) -> Iterator[Element]:
    """List the elements of claims that are not the rows that repeat another claim."""
    return (e for number in claims for e in patent.claims[number].elements if not e.inherits)


def judged(assessment: Assessment, claims: Sequence[int]) -> dict[str, Verdict]:
    """Judge elements in the best readings of their own claims."""
    return {e.id: assessment.element(e.id, e.claim, 0) for e in own(assessment.patent, claims)}


@pytest.fixture(scope="module")
def met(
    described: tuple[Product, ...], ontology: Ontology, patent: Patent
) -> dict[str, tuple[Product, list[int]]]:
    """Give the products of the table with the claims that read on them."""
    products = [product for product in described if product.slug in TABLE]
    assessment = assess(products, ontology, patent)
    return {
        product.slug: (product, [c for c in patent.claims if assessment.verdict(c, number) is Verdict.MET])
        for number, product in enumerate(products)
    }


@pytest.mark.parametrize("slug,row", ROWS, ids=NAMES)
def test_a_spoilt_fact_refutes_the_elements_that_rest_on_it_and_no_other(
    slug: str,
    row: dict[str, Any],
    met: dict[str, tuple[Product, list[int]]],
    ontology: Ontology,
    patent: Patent,
) -> None:
    product, claims = met[slug]
    spoilt = with_facts(without(product, row["facts"]), row["becomes"])
    verdicts = judged(assess([spoilt], ontology, patent, claims=claims), claims)
    fallen = {id: verdict.label for id, verdict in verdicts.items() if verdict is not Verdict.MET}
    unknown = dict.fromkeys(row.get("unknown", ()), "unknown")
    assert fallen == dict.fromkeys(row["elements"], "not met") | unknown


@pytest.mark.parametrize("slug,row", ROWS, ids=NAMES)
def test_without_the_fact_the_open_world_leaves_them_unknown(
    slug: str,
    row: dict[str, Any],
    met: dict[str, tuple[Product, list[int]]],
    ontology: Ontology,
    patent: Patent,
) -> None:
    product, claims = met[slug]
    verdicts = judged(
        assess([without(product, row["facts"])], ontology, patent, "open", claims=claims), claims
    )
    assert {id: verdicts[id].label for id in row["elements"]} == dict.fromkeys(row["elements"], "unknown")
    assert not [id for id, verdict in verdicts.items() if verdict not in (Verdict.MET, Verdict.UNKNOWN)]


def test_every_element_is_spoilt_once(patent: Patent) -> None:
    spoilt = {id for _, row in ROWS for id in row["elements"]}
    assert {e.id for e in own(patent, tuple(patent.claims))} == spoilt | set(EXEMPT)
    assert not spoilt & set(EXEMPT)
