"""Statements: what a description says, one fact at a time, each with its evidence.

Stage one of the flow ends here: every kind of description becomes a `Product`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import Enum

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Grade(Enum):
    """Say how a statement is known (docs/architecture.md)."""

    STATED = "stated"
    DERIVED = "derived"
    ASSUMED = "assumed"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class Source:
    """Name one document that facts come from; `file` is relative to the description."""

    id: str
    title: str
    date: str = ""
    file: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Point at the exact words a statement rests on.

    `locator` is text such as "page 3" or "line 12"; `note` explains a derived statement.
    """

    source: str = ""
    locator: str = ""
    quote: str = ""
    grade: Grade = Grade.STATED
    note: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """Relate the subject to an item (by name), a class (IRI, for rdf:type) or a truth value."""

    object: str | bool


@dataclass(frozen=True, slots=True)
class Denial:
    """Deny that the subject is related to an item, a class or a truth value."""

    object: str | bool


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bound a quantity from below and above, in SI units; `text` is what was written."""

    low: float = -math.inf
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False
    text: str = ""
    number: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Complete:
    """Say that `values` (names) are all the values of the property; with `of_class`, all of that class."""

    of_class: str = ""
    values: tuple[str, ...] = ()


Content = Value | Denial | Bounds | Complete


@dataclass(frozen=True, slots=True)
class Statement:
    """State one thing about one item. `id` is unique in the product and stable."""

    id: str
    subject: str
    property: str
    content: Content
    evidence: Evidence = Evidence()


@dataclass(frozen=True, slots=True)
class Place:
    """Say where words stand in a file: from the character `start` of its text on, at `locator` ("page 2")."""

    start: int
    locator: str


@dataclass(frozen=True, slots=True)
class Text:
    """Hold the words of a source; `form` is what its file is, as `documents.model.Document` names it.

    `places` are in the order of their starts, and none where the lines of the text are those of the file.
    """

    words: str
    form: str = "text"
    places: tuple[Place, ...] = ()


PRODUCT = "product"
"""The name of the item that is the product itself."""


@dataclass(frozen=True, slots=True)
class Product:
    """Hold all that one description says. `slug` names its files and IRIs.

    `items` are the names of all parts, features, materials and steps, the product first.
    `world_complete` says that the description claims to be complete as a whole.
    """

    slug: str
    title: str
    items: tuple[str, ...]
    statements: tuple[Statement, ...]
    sources: tuple[Source, ...] = ()
    file: str = ""
    documents: dict[str, Text] = field(default_factory=dict, hash=False, compare=False)
