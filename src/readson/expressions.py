"""What an element demands, as expressions: SHACL Core read once, judged many times.

A route starts at the reading (a role, a derived property or the product) or, inside nested shapes, at the
node in focus; it follows a path and may end in a quantity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """Follow one relation; an inverse step names the relation with `^` or its declared inverse."""

    relation: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """Follow one path after the other."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Follow any of the paths."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Follow a path `least` times (0 or 1) up to once, or up to any number of times if `many`."""

    path: Path
    least: int
    many: bool


Path = Step | Sequence | Alternative | Repeat


def inverse(path: Path) -> Path:
    """Turn a path around: its steps from last to first, each the other way.

    >>> inverse(Sequence((Step("a"), Step("^b"))))
    Sequence(paths=(Step(relation='b'), Step(relation='^a')))
    """
    match path:
        case Step(relation=name):
            return Step(name[1:] if name.startswith("^") else f"^{name}")
        case Sequence(paths=paths):
            return Sequence(tuple(inverse(p) for p in reversed(paths)))
        case Alternative(paths=paths):
            return Alternative(tuple(inverse(p) for p in paths))
        case Repeat(path=part, least=least, many=many):
            return Repeat(inverse(part), least, many)


@dataclass(frozen=True, slots=True)
class Route:
    """Start somewhere and follow steps. `start` is "" for the focus node; `quantity` may end the route."""

    start: str
    steps: tuple[Path, ...]
    quantity: str = ""


@dataclass(frozen=True, slots=True)
class And:
    """Demand all parts."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Demand one of the parts."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Demand the opposite."""

    part: Expression


@dataclass(frozen=True, slots=True)
class Inherit:
    """Demand every element of another claim, on the same reading."""

    claim: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Demand that the route reaches what a role is bound to, or one truth value."""

    route: Route
    target: str | bool


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Demand at least `count` distinct values."""

    route: Route
    count: int


@dataclass(frozen=True, slots=True)
class Every:
    """Demand something of every value."""

    route: Route
    demand: Expression


@dataclass(frozen=True, slots=True)
class Some:
    """Demand something of at least `count` values."""

    route: Route
    demand: Expression
    count: int


@dataclass(frozen=True, slots=True)
class Within:
    """Demand that every value of a quantity compares so with a number in SI units."""

    route: Route
    comparison: str
    number: float


@dataclass(frozen=True, slots=True)
class Below:
    """Demand that every value of a quantity is less than a derived quantity of the reading."""

    route: Route
    other: str
    or_equal: bool


@dataclass(frozen=True, slots=True)
class IsA:
    """Demand that the focus node is of a class."""

    cls: str


Expression = And | Or | Not | Inherit | Reach | AtLeast | Every | Some | Within | Below | IsA


@dataclass(frozen=True, slots=True)
class Derived:
    """Define a property of a reading that SHACL Core cannot say.

    `kind` is "intersection" (values that all routes reach), "sum" of a quantity, "scaled" or "shifted".
    """

    iri: str
    label: str
    sentence: str
    kind: str
    routes: tuple[Route, ...]
    of_class: str = ""
    at_most_one: bool = False
    number: float = 0.0

    @property
    def numeric(self) -> bool:
        """Tell whether the values are numbers."""
        return self.kind != "intersection"


def starts(expression: Expression) -> Iterator[str]:
    """List the roles, derived properties and product that an expression mentions, with repeats."""
    match expression:
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from starts(part)
        case Not(part=part):
            yield from starts(part)
        case Reach(route=route, target=target):
            yield route.start
            if isinstance(target, str):
                yield target
        case Below(route=route, other=other):
            yield from (route.start, other)
        case AtLeast(route=route) | Every(route=route) | Some(route=route) | Within(route=route):
            yield route.start
        case _:
            return


def conjuncts(demand: Expression) -> Iterator[Expression]:
    """List the parts of an AND, of those in it too; another expression is its own one part."""
    if isinstance(demand, And) and demand.parts:
        for part in demand.parts:
            yield from conjuncts(part)
    else:
        yield demand


def routes(demand: Expression, derived: Mapping[str, Derived]) -> Iterator[Route]:
    """List the routes that an expression follows, those of derived properties and inner demands too."""
    match demand:
        case And(parts=parts) | Or(parts=parts):
            found = [route for part in parts for route in routes(part, derived)]
        case Not(part=part):
            found = list(routes(part, derived))
        case Every(route=route, demand=inner) | Some(route=route, demand=inner):
            found = [route, *routes(inner, derived)]
        case Below(route=route, other=other):
            found = [route, Route(other, ())]
        case Reach(route=route) | AtLeast(route=route) | Within(route=route):
            found = [route]
        case _:
            found = []
    while found:
        route = found.pop(0)
        yield route
        found += derived[route.start].routes if route.start in derived else ()


def kinds_asked(demand: Expression, derived: Mapping[str, Derived]) -> Iterator[str]:
    """List the classes that an expression asks for, those of derived properties too."""
    match demand:
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from kinds_asked(part, derived)
        case Not(part=inner) | Every(demand=inner) | Some(demand=inner):
            yield from kinds_asked(inner, derived)
        case IsA(cls=cls):
            yield cls
        case _:
            pass
    yield from (derived[s].of_class for s in starts(demand) if s in derived and derived[s].of_class)
