"""Record: what one document has been found to say so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from readson.extraction.chunks import Phrase
from readson.extraction.findings import Finding, Ignored, Item, Quote, Unsettled
from readson.extraction.items import Thing, Things
from readson.extraction.language import Language, Rule
from readson.lexicon import Lexicon, Term
from readson.statements import PRODUCT


@dataclass(frozen=True, slots=True)
class Naming:
    """A name or a manner that says something of the product; `name` is "" for a manner."""

    rule: Rule
    quote: Quote
    name: str = ""


@dataclass(eq=False)
class Step:
    """A step of a process that a text tells of; `open` says that its kind is one of alternatives."""

    key: str
    kind: str
    quote: Quote
    order: int
    open: bool = False
    findings: list[Finding] = field(default_factory=list)

    @property
    def item(self) -> Item:
        """Give the step as an item."""
        return Item(self.key, self.key, self.kind, self.quote, step=True)


@dataclass(eq=False)
class Record:
    """What one document has been found to say so far; it grows as segments are read.

    `number` is the place of the document among those read together. `known` gives the things that a phrase
    means, by its segment and start; `earlier` are the phrases of the segment before, for pronouns. `kinds`
    are classes of the product, each with its quote.
    """

    number: int
    lexicon: Lexicon
    language: Language
    things: Things
    findings: list[Finding] = field(default_factory=list)
    unsettled: list[Unsettled] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    absent: list[Finding] = field(default_factory=list)
    kinds: list[tuple[str, Quote]] = field(default_factory=list)
    namings: list[Naming] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    known: defaultdict[int, dict[int, list[Thing]]] = field(default_factory=lambda: defaultdict(dict))
    earlier: tuple[Phrase, ...] = ()
    packaged: bool = False
    _of: defaultdict[str, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    _said: set[tuple[str, str, str, str]] = field(default_factory=set)

    def is_a(self, kind: str, anchor: str) -> bool:
        """Tell whether a class is below one that the reader itself speaks of."""
        return self.lexicon.is_a(kind, self.language.anchors[anchor])

    def parts(self, anchor: str) -> list[Thing]:
        """Give the things of a class that the reader itself speaks of, features apart."""
        return self.things.parts_of_kind(self.language.anchors[anchor])

    def part_kind(self, phrase: Phrase) -> str:
        """Give the class of parts that a phrase names, or ""."""
        return part_kind(phrase, self.lexicon, self.language)

    def add(self, finding: Finding) -> None:
        """Add a finding."""
        self.findings.append(finding)
        self._of[finding.subject].append(finding)
        self._said.add((finding.subject, finding.property, finding.value, finding.mode))

    def state(
        self,
        subject: Thing,
        label: str,
        value: Thing | str,
        quote: Quote,
        negated: bool = False,
        because: str = "",
    ) -> bool:
        """Add a finding once, if the property fits what it is said of and its value; tell whether it does."""
        terms = self.lexicon.properties(label, (subject.kind,))
        if len(terms) != 1 or value is subject:
            return False
        if isinstance(value, Thing) and not self._in_range(terms[0], value.kind):
            return False
        implied = subject.implied or (value.implied if isinstance(value, Thing) else "")
        text, mode = value.key if isinstance(value, Thing) else value, "not" if negated else "is"
        if (subject.key, terms[0].iri, text, mode) not in self._said:
            self.add(Finding(subject.key, terms[0].iri, text, quote, mode, because or implied))
        return True

    def _in_range(self, term: Term, kind: str) -> bool:
        """Tell whether a thing of some kind can be the value, itself or by what it stands for."""
        stands = [via.property for via in term.object_via if self.lexicon.is_a(kind, via.of)]
        kind = self.lexicon.terms[stands[-1]].ranges[0] if stands else kind
        return all(not self.lexicon.apart(kind, wanted) for wanted in term.ranges)

    def state_made_of(self, thing: Thing, material: str, quote: Quote) -> None:
        """Add once what a thing is made of."""
        iri = self.lexicon.role("material")
        if not any((thing.key, iri, material, mode) in self._said for mode in ("is", "not")):
            self.add(Finding(thing.key, iri, material, quote))

    def deny(self, kind: str, quote: Quote) -> None:
        """Note that there is nothing of a kind."""
        self.absent.append(Finding(PRODUCT, self.lexicon.role("part"), kind, quote, "none"))

    def said(self, subject: str, label: str) -> list[str]:
        """Give what is stated of a thing by a property."""
        iris = self.lexicon.named(label)
        return [
            found.value
            for found in self._of.get(subject, ())
            if found.property in iris and found.mode == "is"
        ]

    def said_by(self, subject: str, *properties: str) -> list[str]:
        """Give what is stated of a thing by properties that the reader itself speaks of."""
        labels = (self.language.properties[name] for name in properties)
        return [value for label in labels for value in self.said(subject, label)]


def part_kind(phrase: Phrase, lexicon: Lexicon, language: Language) -> str:
    """Give the class of parts that a phrase names, or ""; a product is no part."""
    told = phrase.definite or phrase.indefinite or phrase.several or phrase.count
    if phrase.sort not in ("kind", "manner") or (phrase.sort == "manner" and not told):
        return ""
    part, product = language.anchors["part"], language.anchors["product"]
    kind = next((kind for kind in phrase.kinds if lexicon.is_a(kind, part)), "")
    return "" if kind == part or lexicon.is_a(kind, product) else kind  # "this part" is the product


def spanning(quotes: Iterable[Quote]) -> Quote:
    """Give the words from the first of some quotes of one document to the last."""
    listed = list(quotes)
    return Quote(listed[0].document, min(q.start for q in listed), max(q.end for q in listed))
