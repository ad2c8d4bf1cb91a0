"""What is decided on a part of what could be said of a product holds when all is said and nothing else is."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from products import random_products
from readson.assess import Assessment, assess
from readson.ontology import Ontology
from readson.shapes import Patent
from readson.statements import TYPE, Bounds, Product, Statement
from readson.verdicts import AGAINST, FOR
from test_monotone import bindings, judged

CASES = int(os.environ.get("READSON_CASES", "8"))
FIRST = int(os.environ.get("READSON_SEED", "0"))


def part_of(whole: Product, draw: Random) -> Product:
    """Leave out every third statement, and give of some quantities only bounds, all of it still true."""
    kept = (s for s in whole.statements if s.property == TYPE or draw.random() > 0.3)
    return replace(whole, statements=tuple(blurred(s, draw) for s in kept))


def blurred(statement: Statement, draw: Random) -> Statement:
    bounds = statement.content
    if not isinstance(bounds, Bounds) or draw.random() < 0.5:
        return statement
    return replace(statement, content=replace(bounds, low=bounds.low * draw.random(), high=bounds.high * 1.5))


def decided(part: Assessment, whole: Assessment) -> Iterator[tuple[str, int, int]]:
    """Give (element, its bits on the part, on the whole) for readings that bind named parts only."""
    for claim in part.readings:
        bound = bindings(part, claim)
        named = [row for row in bound.rows if all(isinstance(name, str) for name in row)]
        bound = replace(bound, rows=tuple(named))
        before, after = judged(part, claim, bound), judged(whole, claim, bound)
        for (id, construction), bits in before.items():
            told = after[id, construction]
            rows = np.flatnonzero((bits > 0) & (told >= 0))
            yield from ((f"{id} {construction}", int(bits[row]), int(told[row])) for row in rows)


@pytest.fixture(scope="module")
def wholes(ontology: Ontology) -> list[Product]:
    return random_products(range(FIRST, FIRST + CASES), ontology, most=12)


def test_a_verdict_on_a_part_is_a_verdict_on_the_whole(
    wholes: list[Product], ontology: Ontology, patent: Patent
) -> None:
    seen: Counter[int] = Counter()
    wrong = []
    for number, product in enumerate(wholes):
        part = assess([part_of(product, Random(number))], ontology, patent, "open")
        whole = assess([product], ontology, patent, "closed")
        for name, bits, told in decided(part, whole):
            seen[bits] += 1
            if bits & ~told:
                wrong.append(f"{product.slug} {name}: {bits} on the part, {told} on the whole")
    assert wrong == []
    assert min(seen[FOR], seen[AGAINST]) > 8 * CASES, seen


def test_a_part_that_lies_is_seen(ontology: Ontology, patent: Patent, wholes: list[Product]) -> None:
    """State in the part what the whole does not have: some verdict must then be lost."""
    lost = 0
    for product in wholes:
        less = replace(product, statements=product.statements[: len(product.statements) // 2])
        part, whole = (assess([p], ontology, patent, w) for p, w in ((product, "open"), (less, "closed")))
        lost += any(bits & ~told for _, bits, told in decided(part, whole))
    assert lost > CASES // 2
