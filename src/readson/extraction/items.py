"""Items: which phrases of a text speak of one thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from readson.extraction.chunks import Phrase
from readson.extraction.findings import Item, Quote
from readson.extraction.language import Language
from readson.lexicon import Lexicon
from readson.statements import PRODUCT


@dataclass(eq=False)
class Thing:
    """A thing that a text speaks of; `kind` grows narrower as it is named more exactly.

    `several` says that it stands for a counted group, `open` that its kind is one of alternatives, `implied`
    why it is there without being named. `last` is the segment that spoke of it last. What is `told` has been
    named by a table, and not yet by the text.
    """

    key: str
    kind: str
    quote: Quote
    marks: frozenset[str] = frozenset()
    plural: bool = False
    several: bool = False
    implied: str = ""
    last: int = 0
    open: bool = False
    of: tuple[str, ...] = ()
    feature: bool = False
    told: bool = False


@dataclass(eq=False)
class Things:
    """The things of one document, in the order in which they were first named."""

    lexicon: Lexicon
    language: Language
    found: list[Thing] = field(default_factory=list)
    _names: dict[str, int] = field(default_factory=dict)

    @staticmethod
    def of(items: Iterable[Item], lexicon: Lexicon, language: Language) -> Things:
        """Begin with parts that have been told of before."""
        things = Things(lexicon, language)
        part = language.anchors["part"]
        for item in items:
            named = item.key != PRODUCT and not item.step and not item.of
            if named and lexicon.is_a(item.kind, part):
                things._name(item.key)
                things._keep(Thing(item.key, item.kind, item.quote, item.marks, item.plural, told=True))
        return things

    def of_kind(self, kind: str) -> list[Thing]:
        """Give the things of a class."""
        return [thing for thing in self.found if self.lexicon.is_a(thing.kind, kind)]

    def parts_of_kind(self, kind: str) -> list[Thing]:
        """Give the things of a class that are no features of others."""
        return [thing for thing in self.of_kind(kind) if not thing.feature]

    def marked(self, marks: frozenset[str]) -> list[Thing]:
        """Give the first thing that has just these marks, as "the first one" means it."""
        return [thing for thing in self.found if thing.marks == marks and not thing.feature][:1]

    def candidates(self, phrase: Phrase, kind: str) -> list[Thing]:
        """Give the things that a phrase may mean: of the same, a wider or a narrower kind, with its marks."""
        if "another" in phrase.marks:
            return []
        near = [thing for thing in self.found if not thing.feature and self.near(thing.kind, kind)]
        if phrase.marks:
            return [thing for thing in near if thing.marks == phrase.marks]
        return [thing for thing in near if not thing.marks or thing.kind == kind] or near

    def near(self, one: str, other: str) -> bool:
        """Tell whether one of two classes is below the other."""
        return self.lexicon.is_a(one, other) or self.lexicon.is_a(other, one)

    def resolve(self, phrase: Phrase, kind: str, at: int) -> list[Thing]:
        """Give the thing that a phrase means, several that it may mean, or none."""
        found = self.candidates(phrase, kind)
        if self._told_apart(kind):
            found = self._counted(found, phrase) if _counts(phrase) else _single(found, phrase)
        if not _counts(phrase) or not self._told_apart(kind):
            exact = [thing for thing in found if thing.kind == kind]
            found = exact if len(found) > 1 and len(exact) == 1 else found
        return self._touch(found, kind, at, phrase)

    def meet(self, phrase: Phrase, kind: str, quote: Quote, at: int) -> list[Thing]:
        """Give the thing that a phrase means, or several that it may mean; a new one where there is none."""
        found = self.resolve(phrase, kind, at)
        for thing in found:
            thing.quote, thing.told = (quote, False) if thing.told else (thing.quote, False)
        return found or [self.add(phrase, kind, quote, at)]

    def _counted(self, found: Sequence[Thing], phrase: Phrase) -> list[Thing]:
        """Give the group that a phrase such as "two dies" means, or the single things that make it up."""
        groups = [thing for thing in found if thing.several][:1]
        exact = [thing for thing in found if not thing.several]
        return groups or (exact if len(exact) > 1 and not phrase.count else [])

    def _told_apart(self, kind: str) -> bool:
        """Tell whether a text tells one thing of a kind from another, as it does dies."""
        return self.lexicon.is_a(kind, self.language.anchors["active"])

    def grouped(self, kind: str) -> bool:
        """Tell whether things of a kind come in groups that a text speaks of as one."""
        return any(self.lexicon.is_a(kind, upper) for upper in self.language.groups)

    def _touch(self, found: list[Thing], kind: str, at: int, phrase: Phrase) -> list[Thing]:
        """Note that a segment speaks of some things; the kind of a single one may grow narrower."""
        if len(found) == 1:
            self._narrow(found[0], kind, phrase)
        for thing in found:
            thing.last = at
        return found

    def _narrow(self, thing: Thing, kind: str, phrase: Phrase) -> None:
        if phrase.open and self.grouped(kind):
            return
        if phrase.open:
            # One of alternatives: no narrower than what they share.
            thing.kind = kind if self.lexicon.is_a(thing.kind, kind) else thing.kind
            thing.open = True
        elif self.lexicon.is_a(kind, thing.kind) and not thing.open:
            thing.kind = kind

    def add(self, phrase: Phrase, kind: str, quote: Quote, at: int) -> Thing:
        """Add a thing that a phrase names."""
        apart, grouped, counted = self._told_apart(kind), self.grouped(kind), _counts(phrase)
        many = (apart and counted) or (grouped and (phrase.plural or counted))
        marks = phrase.marks - {"another"}
        head = phrase.head if phrase.sort == "kind" else self.lexicon.label(kind)
        key = self._name(" ".join((*sorted(marks), head)))
        several = many and apart
        return self._keep(Thing(key, kind, quote, marks, many, several, last=at, open=phrase.open))

    def imply(self, kind: str, quote: Quote, because: str, plural: bool = False) -> Thing:
        """Add a thing that nothing names but that something implies."""
        key = self._name(self.lexicon.label(kind) + "s" * plural)
        return self._keep(Thing(key, kind, quote, plural=plural, implied=because))

    def feature(self, kind: str, name: str, of: Sequence[str], quote: Quote) -> Thing:
        """Give the feature of some things, such as the gap between two."""
        same = (t for t in self.found if t.feature and t.kind == kind and set(t.of) == set(of))
        return next(same, None) or self._keep(Thing(name, kind, quote, of=tuple(of), feature=True))

    def _keep(self, thing: Thing) -> Thing:
        self.found.append(thing)
        return thing

    def _name(self, words: str) -> str:
        self._names[words] = self._names.get(words, 0) + 1
        return words if self._names[words] == 1 else f"{words} {self._names[words]}"


def _counts(phrase: Phrase) -> bool:
    """Tell whether a phrase speaks of a number of things."""
    counted = phrase.count is not None and phrase.count.text not in ("1", "0")
    return counted or phrase.several or ("stack" in phrase.doings and phrase.plural)


def _single(found: list[Thing], phrase: Phrase) -> list[Thing]:
    """Prefer single things to groups; "a die" means no group."""
    single = [thing for thing in found if not thing.several]
    return single or ([] if phrase.indefinite or phrase.marks else found)


def unique(things: Iterable[Thing]) -> Thing | None:
    """Give the only thing, if there is just one."""
    listed = list(things)
    return listed[0] if len(listed) == 1 else None
