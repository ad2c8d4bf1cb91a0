"""Write products as N-Triples, as `triples.py` reads them: plain triples where they say all, else records."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pyoxigraph as ox

from readson.export import item_iri, product_iri, record_iri
from readson.statements import (
    PRODUCT,
    TYPE,
    Bounds,
    Complete,
    Denial,
    Evidence,
    Grade,
    Product,
    Statement,
    Value,
)
from readson.vocabulary import EV, QTY, RDFS, XSD


def n_triples(product: Product) -> str:
    """Write one product: its statements, and its names where its IRIs do not say them."""
    return "".join(f"{line} .\n" for line in (*_statements(product), *_names(product)))


def _names(product: Product) -> Iterator[str]:
    if product.title != product.slug:
        yield f"<{product_iri(product.slug)}> <{RDFS}label> {ox.Literal(product.title)}"
    for name in product.items:
        iri = item_iri(product.slug, name)
        if name != PRODUCT and not iri.endswith(f"#{name}"):
            yield f"<{iri}> <{RDFS}label> {ox.Literal(name)}"


def _statements(product: Product) -> Iterator[str]:
    for number, statement in enumerate(product.statements):
        value = _plain(product.slug, statement)
        if value:
            yield f"<{item_iri(product.slug, statement.subject)}> <{statement.property}> {value}"
        else:
            yield from _record(product.slug, number, statement)


def _plain(slug: str, statement: Statement) -> str:
    """Give the object of the triple that says what a statement says, or ""."""
    if statement.evidence != Evidence():
        return ""
    match statement.content:
        case Value(object=target):
            return _object(slug, statement.property, target)
        case Bounds(low=low) as bounds if bounds == Bounds(low, low):
            return _double(low)
    return ""


def _object(slug: str, prop: str, target: str | bool) -> str:
    if isinstance(target, bool):
        return f'"{str(target).lower()}"^^<{XSD}boolean>'
    return f"<{target}>" if prop == TYPE else f"<{item_iri(slug, target)}>"


def _double(value: float) -> str:
    return f'"{value!r}"^^<{XSD}double>'


def _record(slug: str, number: int, statement: Statement) -> Iterator[str]:
    # Ids need not differ in a product, the IRIs of records must.
    iri = record_iri(slug, "statement", number, statement.id)
    kind = {Denial: "Denial", Complete: "Completeness"}.get(type(statement.content))
    if kind:
        yield f"<{iri}> <{TYPE}> <{EV}{kind}>"
    yield f"<{iri}> <{EV}subject> <{item_iri(slug, statement.subject)}>"
    yield f"<{iri}> <{EV}property> <{statement.property}>"
    if statement.evidence.grade is not Grade.STATED:
        yield f"<{iri}> <{EV}grade> <{EV}{statement.evidence.grade.value}>"
    for name, text in (("locator", statement.evidence.locator), ("quote", statement.evidence.quote)):
        if text:
            yield f"<{iri}> <{EV}{name}> {ox.Literal(text)}"
    match statement.content:
        case Value(object=target) | Denial(object=target):
            yield f"<{iri}> <{EV}object> {_object(slug, statement.property, target)}"
        case Complete(of_class=cls, values=values):
            if cls:
                yield f"<{iri}> <{EV}ofClass> <{cls}>"
            for value in values:
                yield f"<{iri}> <{EV}object> {_object(slug, statement.property, value)}"
        case Bounds() as bounds:
            yield f"<{iri}> <{EV}bounds> <{iri}/bounds>"
            yield from (f"<{iri}/bounds> <{QTY}{end}> {_double(size)}" for end, size in _ends(bounds))


def _ends(bounds: Bounds) -> Iterator[tuple[str, float]]:
    if math.isfinite(bounds.low):
        yield "moreThan" if bounds.low_open else "atLeast", bounds.low
    if math.isfinite(bounds.high):
        yield "lessThan" if bounds.high_open else "atMost", bounds.high
