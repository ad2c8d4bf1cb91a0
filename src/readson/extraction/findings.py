"""Findings: what the readers of text, tables and trees say, before they become a description."""

from __future__ import annotations

from dataclasses import dataclass

from readson.documents.model import Span


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Exact words of a document; `document` is its place among the documents read together."""

    document: int
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Give the slice of the document's text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Item:
    """A part, feature, material or step as one document speaks of it.

    `key` is unique in the document; `name` is what it is called: the words of the text without articles.
    `kind` is the IRI of its class. `marks` tell it from others of its kind ("first", "top", "U1").
    A feature that a phrase of the lexicon names, such as "gap between {} and {}", has in `of` the keys of
    the items in the phrase, in their order; descriptions name it by that phrase and give it no kind.
    """

    key: str
    name: str
    kind: str
    quote: Quote
    plural: bool = False
    marks: frozenset[str] = frozenset()
    step: bool = False
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing said of one item.

    `property` is an IRI; rdf:type for a kind. `mode` is "is" or "not"; "none" on the product's parts says
    that there is no item of class `value`. `value` is the key of an item, the IRI of a class (a kind, or a
    material that is no item), the words of a quantity, or "yes" or "no". A finding with `because` is derived,
    and this says from what.
    """

    subject: str
    property: str
    value: str
    quote: Quote
    mode: str = "is"
    because: str = ""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Words that may mean several things, or that could not be related; no fact is made of them."""

    quote: Quote
    reason: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ignored:
    """Words that state no fact on the product, and why: an option, a comparison, another product."""

    quote: Quote
    reason: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All that one document says. Items of `steps` are in the order in which they are done."""

    items: tuple[Item, ...] = ()
    findings: tuple[Finding, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()
    ignored: tuple[Ignored, ...] = ()


NOTHING = Findings()
