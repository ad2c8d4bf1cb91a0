"""Shapes as data: what a SHACL Core shape demands, read once and judged many times.

One class a family of constraint components (W3C SHACL, section 4). Shapes are named by their node in the
shapes graph: an IRI, or `_:` and a label.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from readson.expressions import Path
from readson.turtle import Term as Node
from readson.turtle import Triples
from readson.validation.terms import RDFTerm


@dataclass(frozen=True, slots=True)
class ClassOf:
    """sh:class."""

    cls: str


@dataclass(frozen=True, slots=True)
class Datatype:
    """sh:datatype."""

    datatype: str


@dataclass(frozen=True, slots=True)
class NodeKind:
    """sh:nodeKind; `kinds` are the bits of `terms.py`."""

    kinds: int


@dataclass(frozen=True, slots=True)
class Range:
    """sh:minExclusive and its kin: `limit`, `<` or `<=`, value if `lower`, the other way round if not."""

    limit: ox.Literal
    lower: bool
    inclusive: bool


@dataclass(frozen=True, slots=True)
class Length:
    """sh:minLength, or sh:maxLength if not `least`."""

    length: int
    least: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """sh:pattern with sh:flags, as a regular expression of Python, and as it is written."""

    pattern: str
    flags: int
    written: str


@dataclass(frozen=True, slots=True)
class LanguageIn:
    """sh:languageIn."""

    ranges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class In:
    """sh:in."""

    terms: tuple[RDFTerm, ...]


@dataclass(frozen=True, slots=True)
class HasValue:
    """sh:hasValue."""

    term: RDFTerm


@dataclass(frozen=True, slots=True)
class Count:
    """sh:minCount, or sh:maxCount if not `least`."""

    count: int
    least: bool


@dataclass(frozen=True, slots=True)
class Qualified:
    """sh:qualifiedMinCount, or sh:qualifiedMaxCount if not `least`, of values that fit no sibling."""

    count: int
    least: bool
    shape: str
    siblings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UniqueLang:
    """sh:uniqueLang true."""


@dataclass(frozen=True, slots=True)
class Equals:
    """sh:equals."""

    predicate: str


@dataclass(frozen=True, slots=True)
class Disjoint:
    """sh:disjoint."""

    predicate: str


@dataclass(frozen=True, slots=True)
class LessThan:
    """sh:lessThan, or sh:lessThanOrEquals."""

    predicate: str
    or_equals: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """sh:closed true; `allowed` are the predicates a node may have."""

    allowed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Not:
    """sh:not."""

    shape: str


@dataclass(frozen=True, slots=True)
class And:
    """sh:and."""

    shapes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """sh:or."""

    shapes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Xone:
    """sh:xone."""

    shapes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fits:
    """sh:node."""

    shape: str


@dataclass(frozen=True, slots=True)
class Property:
    """sh:property: reported by the results of the property shape itself."""

    shape: str


OnValue = (
    ClassOf | Datatype | NodeKind | Range | Length | Pattern | LanguageIn | In | Not | And | Or | Xone | Fits
    | Property
)  # fmt: skip
OnSet = HasValue | Count | Qualified | UniqueLang | Equals | Disjoint | LessThan | Closed
Constraint = OnValue | OnSet


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape. `path` is None for a node shape, `path_node` where the path stands in the shapes graph."""

    node: str
    path: Path | None
    path_node: str
    constraints: tuple[Constraint, ...]
    severity: str
    messages: tuple[Node, ...]
    deactivated: bool


@dataclass(frozen=True, slots=True)
class Targets:
    """What a shape is validated on."""

    nodes: tuple[RDFTerm, ...] = ()
    classes: tuple[str, ...] = ()
    subjects_of: tuple[str, ...] = ()
    objects_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """All shapes of a shapes graph, the targets of those that have some, and the graph itself."""

    shapes: Mapping[str, Shape]
    targets: Mapping[str, Targets]
    graph: Triples


def component(constraint: Constraint) -> str:
    """Name the constraint component, as in `sh:MinCountConstraintComponent` without its ending."""
    match constraint:
        case Range(lower=lower, inclusive=inclusive):
            return f"{'Min' if lower else 'Max'}{'Inclusive' if inclusive else 'Exclusive'}"
        case Length(least=least):
            return f"{'Min' if least else 'Max'}Length"
        case Count(least=least):
            return f"{'Min' if least else 'Max'}Count"
        case Qualified(least=least):
            return f"Qualified{'Min' if least else 'Max'}Count"
        case LessThan(or_equals=or_equals):
            return "LessThanOrEquals" if or_equals else "LessThan"
        case ClassOf():
            return "Class"
        case Fits():
            return "Node"
        case _:
            return type(constraint).__name__


def inner(constraint: Constraint) -> tuple[str, ...]:
    """List the shapes that a constraint refers to."""
    match constraint:
        case And(shapes=shapes) | Or(shapes=shapes) | Xone(shapes=shapes):
            return shapes
        case Qualified(shape=shape, siblings=siblings):
            return (shape, *siblings)
        case Not(shape=shape) | Fits(shape=shape) | Property(shape=shape):
            return (shape,)
        case _:
            return ()
