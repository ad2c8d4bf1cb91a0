"""Give products that were read as rows their statements, so that reasons can name them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from readson.graph import FIRST_NODE, Rows
from readson.ingest.draft import content_text
from readson.ontology import Ontology
from readson.statements import TYPE, Bounds, Complete, Content, Product, Statement, Value

Fact = tuple[int, str, Content]
"""A node, a property and what is said."""


def with_statements(products: Sequence[Product], rows: Rows, ontology: Ontology) -> list[Product]:
    """Add to the statements of products one for each row that none of them states."""
    names = [name for product in products for name in product.items]
    owners = [number for number, product in enumerate(products) for _ in product.items]
    stated = [{fact for s in product.statements for fact in _facts(s)} for product in products]
    more: list[list[Statement]] = [[] for _ in products]
    for node, prop, content in _rows(rows, names, ontology):
        number, subject = owners[node - FIRST_NODE], names[node - FIRST_NODE]
        if (subject, prop, content) not in stated[number]:
            more[number].append(Statement(_id(subject, prop, content), subject, prop, content))
    pairs = zip(products, more, strict=True)
    return [replace(product, statements=(*product.statements, *added)) for product, added in pairs]


def _facts(statement: Statement) -> Iterator[tuple[str, str, Content]]:
    """Give what a statement says as rows say it: a list of all values says each of them."""
    match statement.content:
        case Complete(values=values):
            yield from ((statement.subject, statement.property, Value(value)) for value in values)
        case Bounds() as bounds:
            yield statement.subject, statement.property, replace(bounds, text="", number="", unit="")
        case content:
            yield statement.subject, statement.property, content


def _rows(rows: Rows, names: Sequence[str], onto: Ontology) -> Iterator[Fact]:
    """Read rows of values back; denials and lists come from records, which are statements already."""
    for key in rows.typed:
        yield key & 0xFFFFFFFF, TYPE, Value(onto.classes[key >> 32])
    for prop, keys in rows.relations.items():
        for key in keys:
            target = key & 0xFFFFFFFF
            yield key >> 32, prop, Value(names[target - FIRST_NODE] if target >= FIRST_NODE else bool(target))
    for prop, stated in rows.bounds.items():
        for node, low, high, low_open, high_open in stated:
            yield node, prop, Bounds(low, high, low_open, high_open)


def _id(subject: str, prop: str, content: Content) -> str:
    """Name a statement by what it says, as the statements of a description without words are named."""
    return hashlib.sha256("|".join((subject, prop, content_text(content), "")).encode()).hexdigest()[:8]
