"""The rest of the profile: what a whole demand must keep to, given the roles of its claim.

`shacl.py` reads term by term. Here stands what shows only in the expression: where routes start, whether
they end in numbers or items.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from readson.expressions import (
    And,
    Below,
    Derived,
    Every,
    Expression,
    IsA,
    Not,
    Or,
    Reach,
    Route,
    Some,
    Within,
)
from readson.vocabulary import CLAIM

PRODUCT_START = CLAIM + "product"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reading of a claim offers to routes: its roles, and the derived properties of the patent."""

    roles: Collection[str]
    derived: Mapping[str, Derived]

    def lacks(self, start: str) -> Iterator[str]:
        """List what a route's start needs and a reading of the claim does not have."""
        if start in self.derived:
            for route in self.derived[start].routes:
                yield from self.lacks(route.start)
        elif start not in self.roles and start != PRODUCT_START:
            yield start

    def is_number(self, route: Route) -> bool:
        """Tell whether a route ends in numbers."""
        return bool(route.quantity) or (route.start in self.derived and self.derived[route.start].numeric)


def misfits(demand: Expression, reading: Reading, nested: bool = False) -> Iterator[str]:
    """Say what makes a demand impossible to judge."""
    match demand:
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from misfits(part, reading, nested)
        case Not(part=part):
            yield from misfits(part, reading, nested)
        case IsA() if not nested:
            yield "sh:class on a node shape speaks of the reading itself; put it on a property shape"
        case Reach(target=str(target)) if nested:
            yield f"sh:disjoint <{target}> in a nested shape: a role is reached from the reading only"
        case Reach(target=str(target)):
            yield from (f"<{start}> is not a role of the claim" for start in reading.lacks(target))
        case Below(other=other) if other not in reading.derived or not reading.derived[other].numeric:
            yield f"<{other}> is not a derived number, which sh:lessThan compares with"
    if (route := getattr(demand, "route", None)) is not None:
        yield from _misfit_route(demand, route, reading, nested)
    if isinstance(demand, Every | Some):
        yield from misfits(demand.demand, reading, nested=True)


def _misfit_route(demand: Expression, route: Route, reading: Reading, nested: bool) -> Iterator[str]:
    if nested and route.start:
        yield f"a path in a nested shape starts at the value in hand, not at <{route.start}>"
    elif not nested and not route.start:
        yield "a path starts at a role, a derived property or claim:product"
    elif not nested:
        yield from (f"<{start}> is not a role of the claim" for start in reading.lacks(route.start))
    if isinstance(demand, Within | Below) and not reading.is_number(route):
        yield "numbers are compared at the end of a path that does not end in a quantity"
    if isinstance(demand, Reach | Every | Some) and reading.is_number(route):
        yield f"items are demanded at the end of a path that ends in <{route.quantity or route.start}>"
