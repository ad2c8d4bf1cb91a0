"""Gather what a document says: items that are told apart, findings, and what is not made a fact of."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

from readson.documents.model import Span
from readson.extraction.findings import Finding, Findings, Ignored, Item, Quote, Unsettled
from readson.lexicon import Kind, Lexicon, fold
from readson.mapping.language import language
from readson.statements import PRODUCT

Identity = tuple[str, str, tuple[str, ...]]


@dataclass
class Gathering:
    """Collect items and findings of one document; `number` is its place among those read together."""

    lexicon: Lexicon
    number: int
    items: dict[str, Item] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unsettled: list[Unsettled] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    prose: dict[Span, Span] = field(default_factory=dict)
    _gone: dict[str, Quote] = field(default_factory=dict)
    _numbers: Counter[str] = field(default_factory=Counter)
    _known: dict[Identity, str] = field(default_factory=dict)
    _called: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    def quote(self, span: Span) -> Quote:
        """Cite a slice of the document."""
        return Quote(self.number, span.start, span.end)

    # Items.

    def product(self, span: Span, kind: str = "", name: str = "") -> str:
        """Name the product itself, with the kind and the name that are known by now."""
        item = self.items.get(PRODUCT)
        if item is None:
            first = kind or self.lexicon.role("parts")
            self.items = {PRODUCT: Item(PRODUCT, name, first, self.quote(span)), **self.items}
        elif kind and self.lexicon.is_a(kind, item.kind):
            self.items[PRODUCT] = replace(item, kind=kind)
        if name and not self.items[PRODUCT].name:
            self.items[PRODUCT] = replace(self.items[PRODUCT], name=name)
        return PRODUCT

    def item(self, kind: Kind, name: str, marks: tuple[str, ...], scope: str, span: Span) -> str:
        """Give the item of a kind and with these marks in a scope; it is added where it is new."""
        identity = (scope, kind.iri, marks)
        if identity not in self._known:
            full = " ".join((name, *(mark for mark in marks if mark not in name.split())))
            step = self.lexicon.is_a(kind.iri, self.lexicon.role_range("step"))
            key = self._unused(full)
            found = Item(key, full, kind.iri, self.quote(span), kind.plural, frozenset(marks), step)
            self.items[key] = found
            self._known[identity] = key
            self.call(key, full)
        return self._known[identity]

    def alike(self, kind: str, marks: tuple[str, ...]) -> tuple[str, ...]:
        """Give the items of a kind, and with these marks if there are any, wherever they stand."""
        items = [item for item in self.items.values() if item.key != PRODUCT]
        of_kind = [item for item in items if self.lexicon.is_a(item.kind, kind)]
        return tuple(item.key for item in of_kind if not marks or item.marks == frozenset(marks))

    def rests_on(self, key: str, span: Span) -> bool:
        """Tell whether an item is known from this very slice."""
        return self.items[key].quote == self.quote(span)

    def narrow(self, key: str, kind: str) -> None:
        """Hold an item for one of a narrower class, where it is."""
        if self.lexicon.is_a(kind, self.kind(key)):
            self.items[key] = replace(self.items[key], kind=kind)

    def remove(self, key: str) -> None:
        """Take back an item of which there turns out to be none, and what is said of it."""
        if key in self.items:
            self._gone[key] = self.items.pop(key).quote

    def feature(self, kind: str, name: str, of: tuple[str, ...], span: Span) -> str:
        """Give the feature that a phrase names by the items it is of."""
        identity = ("", kind, tuple(sorted(of)))
        if identity not in self._known:
            key = self._unused(name)
            self.items[key] = Item(key, name, kind, self.quote(span), of=of)
            self._known[identity] = key
        return self._known[identity]

    def call(self, key: str, name: str, mark: bool = False) -> None:
        """Let an item be found by a name; a name of its own, such as "U1", is a mark of it."""
        if mark and fold(name) != fold(self.items[key].name):
            self.items[key] = replace(self.items[key], marks=self.items[key].marks | {name})
        self._called[fold(name)][key] = None

    def called(self, name: str) -> tuple[str, ...]:
        """Give the items that a name means: those called so, or those of the kind that it is a label of."""
        name = name.strip().removeprefix("the ").removeprefix("The ")
        if fold(name) in self._called:
            return tuple(self._called[fold(name)])
        kinds = self.lexicon.kinds(name, self.lexicon.role("parts"))
        if len(kinds) != 1:
            return (PRODUCT,) if tuple(name.lower().split()) in language().product_words else ()
        return tuple(key for key in self.items if self.lexicon.is_a(self.kind(key), kinds[0].iri))

    def kind(self, key: str) -> str:
        """Give the class of an item."""
        item = self.items.get(key)
        return item.kind if item else self.lexicon.role("parts")

    def _unused(self, name: str) -> str:
        """Give a name that no item has, by a number behind it."""
        key = name
        while key in self.items or key in self._gone or key == PRODUCT:
            self._numbers[name] += 1
            key = f"{name} {self._numbers[name] + 1}"
        return key

    # What is said.

    def say(self, subject: str, prop: str, value: str, span: Span, mode: str = "is", why: str = "") -> None:
        """Note a finding, once."""
        if subject == PRODUCT:
            self.product(span)
        found = Finding(subject, prop, value, self.quote(span), mode, why)
        if found not in self.findings[-8:]:
            self.findings.append(found)

    def unsettle(self, span: Span, reason: str, choices: tuple[str, ...] = ()) -> None:
        """Note words of which no fact is made."""
        self.unsettled.append(Unsettled(self.quote(span), reason, choices))

    def ignore(self, span: Span, reason: str) -> None:
        """Note words that state no fact on the product."""
        self.ignored.append(Ignored(self.quote(span), reason))

    def hand_on(self, value: Span, source: Span) -> None:
        """Leave running text to the reading of text; `source` holds its key as well."""
        self.prose[value] = source

    def found(self) -> Findings:
        """Give all that is gathered, in the order of the document and the product first."""
        gone = [said for said in self.findings if said.subject in self._gone or said.value in self._gone]
        quotes = dict.fromkeys([*self._gone.values(), *(said.quote for said in gone)])
        ignored = [
            *self.ignored,
            *(Ignored(quote, "said of a part of which there is none") for quote in quotes),
        ]
        kept = [
            said for said in self.findings if not (said.subject in self._gone or said.value in self._gone)
        ]
        return Findings(
            tuple(sorted(self.items.values(), key=lambda item: (item.key != PRODUCT, item.quote))),
            tuple(sorted(kept, key=lambda said: said.quote)),
            tuple(sorted(self.unsettled, key=lambda words: words.quote)),
            tuple(sorted(ignored, key=lambda words: words.quote)),
        )
