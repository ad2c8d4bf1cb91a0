"""Items: which phrases of a text speak of one thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from readson.extraction.chunks import Phrase
from readson.extraction.findings import Quote
from readson.lexicon import Lexicon


@dataclass
class Thing:
    """A thing that a text speaks of; `kinds` grow narrower as it is named more exactly."""

    key: str
    name: str
    kind: str
    quote: Quote
    marks: frozenset[str]
    plural: bool
    count: bool = False
    implied: str = ""
    last: int = 0
    open: bool = False
    of: tuple[str, ...] = ()
    feature: bool = False


@dataclass
class Things:
    """The things of one document, in the order in which they were first named."""

    lexicon: Lexicon
    groups: tuple[str, ...]
    told_apart: str
    found: list[Thing] = field(default_factory=list)
    _names: dict[str, int] = field(default_factory=dict)

    def of_kind(self, kind: str) -> list[Thing]:
        """Give the things of a class."""
        return [thing for thing in self.found if self.lexicon.is_a(thing.kind, kind)]

    def candidates(self, phrase: Phrase, kind: str) -> list[Thing]:
        """Give the things that a phrase may mean: of the same, a wider or a narrower kind, with no other mark."""
        marks = frozenset(mark for mark in phrase.marks if mark != "another")
        near = [t for t in self.found if not t.feature and self._near(t.kind, kind)]
        if "another" in phrase.marks:
            return []
        if marks:
            return [t for t in near if t.marks == marks]
        return [t for t in near if not t.marks or t.kind == kind] or near

    def _near(self, one: str, other: str) -> bool:
        return self.lexicon.is_a(one, other) or self.lexicon.is_a(other, one)

    def resolve(self, phrase: Phrase, kind: str, quote: Quote, at: int, create: bool) -> list[Thing]:
        """Give the thing a phrase means, or several that it may mean; a new one where it means none so far."""
        many = self._many(phrase)
        found = self.candidates(phrase, kind)
        if self._apart(kind) and many:
            groups = [t for t in found if t.count]
            exact = [t for t in found if not t.count]
            if groups or (len(exact) > 1 and not phrase.count):
                return self._touch(groups[:1] or exact, kind, at, phrase)
            found = []
        elif found and self._apart(kind):
            single = [t for t in found if not t.count]
            found = single or ([] if phrase.indefinite or phrase.marks else found)
        if len(found) > 1:
            exact = [t for t in found if t.kind == kind]
            found = exact if len(exact) == 1 else found
        if not found and create:
            return [self.add(phrase, kind, quote, at)]
        return self._touch(found, kind, at, phrase)

    def _many(self, phrase: Phrase) -> bool:
        counted = phrase.count is not None and phrase.count.text not in ("1", "0")
        return counted or phrase.several or "stack" in phrase.doings and phrase.plural

    def _apart(self, kind: str) -> bool:
        """Tell whether a text tells one thing of a kind from another, as it does dies."""
        return self.lexicon.is_a(kind, self.told_apart)

    def _grouped(self, kind: str) -> bool:
        """Tell whether things of a kind come in groups that a text speaks of as one."""
        return any(self.lexicon.is_a(kind, upper) for upper in self.groups)

    def _touch(self, found: list[Thing], kind: str, at: int, phrase: Phrase) -> list[Thing]:
        for thing in found[:1] if len(found) == 1 else ():
            if phrase.open and self._grouped(kind):
                pass
            elif phrase.open:
                thing.kind, thing.open = (kind if self.lexicon.is_a(thing.kind, kind) else thing.kind), True
            elif thing.kind != kind and self.lexicon.is_a(kind, thing.kind) and not thing.open:
                thing.kind = kind
        for thing in found:
            thing.last = at
        return found

    def add(self, phrase: Phrase, kind: str, quote: Quote, at: int) -> Thing:
        """Add a thing that a phrase names."""
        apart, grouped = self._apart(kind), self._grouped(kind)
        many = (apart and self._many(phrase)) or (grouped and (phrase.plural or self._many(phrase)))
        marks = frozenset(mark for mark in phrase.marks if mark != "another")
        words = " ".join((*sorted(marks), phrase.head if phrase.sort == "kind" else self.lexicon.label(kind)))
        thing = Thing(self._name(words), "", kind, quote, marks, many, count=many and apart, last=at, open=phrase.open)
        thing.name = thing.key
        self.found.append(thing)
        return thing

    def imply(self, kind: str, quote: Quote, because: str, plural: bool) -> Thing:
        """Add a thing that nothing names but that something implies."""
        label = self.lexicon.label(kind)
        thing = Thing(self._name(label + "s" * plural), "", kind, quote, frozenset(), plural, implied=because)
        thing.name = thing.key
        self.found.append(thing)
        return thing

    def feature(self, kind: str, name: str, of: Sequence[str], quote: Quote) -> Thing:
        """Give the feature of some things, such as the gap between two."""
        for thing in self.found:
            if thing.feature and thing.kind == kind and set(thing.of) == set(of):
                return thing
        thing = Thing(name, name, kind, quote, frozenset(), False, of=tuple(of), feature=True)
        self.found.append(thing)
        return thing

    def _name(self, words: str) -> str:
        self._names[words] = self._names.get(words, 0) + 1
        return words if self._names[words] == 1 else f"{words} {self._names[words]}"


def unique(things: Iterable[Thing]) -> Thing | None:
    """Give the only thing, if there is just one."""
    listed = list(things)
    return listed[0] if len(listed) == 1 else None
