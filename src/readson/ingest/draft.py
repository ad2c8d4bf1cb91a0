"""The description as read so far: items by name, phrases that name items, and statements."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from readson.ingest.problems import Problems
from readson.ingest.sources import Sources
from readson.ingest.yaml_nodes import Node
from readson.lexicon import Lexicon
from readson.statements import (
    TYPE,
    Bounds,
    Complete,
    Content,
    Denial,
    Evidence,
    Grade,
    Statement,
    Value,
)

LONGEST_NAME = 120
DEEPEST_PHRASE = 4


class Draft:
    """Collect items and statements; names are found whatever their case, hyphens and article."""

    def __init__(self, lexicon: Lexicon, problems: Problems, sources: Sources) -> None:
        self.lexicon = lexicon
        self.problems = problems
        self.sources = sources
        self.kinds: dict[str, tuple[str, ...]] = {}
        self.statements: list[Statement] = []
        self._names: dict[str, str] = {}
        self._referred: dict[tuple[str, str, frozenset[str]], str] = {}
        self._said: set[tuple[str, str]] = set()
        self._derived: set[tuple[str, str, Content]] = set()
        self._ids: Counter[str] = Counter()
        self.stale: frozenset[str] = frozenset()

    # Items.

    def declare(self, name: str, kinds: tuple[str, ...], node: Node | None = None) -> bool:
        """Add an item; false, with a problem at the node, when the name is taken or unfit."""
        taken = self._names.get(fold_name(name))
        if node and taken:
            self.problems.add(node, f"`{name[:80]}` is named twice; the first is `{taken}`")
        elif node and not fits(name):
            self.problems.add(node, f"`{name[:80]}` cannot be a name; use 1 to {LONGEST_NAME} letters")
        elif not taken:
            self._names[fold_name(name)] = name
            self.kinds[name] = kinds
            return True
        return False

    def find(self, text: str, depth: int = 0) -> str:
        """Give the item that a text names, by its name or by a phrase, or ""."""
        folded = fold_name(text)
        named = self._names.get(folded) or self._names.get(folded.removeprefix("the "))
        return named or (self._phrase(" ".join(text.split()), depth) if depth < DEEPEST_PHRASE else "")

    def items_of(self, kind: str) -> tuple[str, ...]:
        """Give the named items of a class."""
        return tuple(name for name, kinds in self.kinds.items() if self.is_a(kinds, kind))

    def is_a(self, kinds: tuple[str, ...], upper: str) -> bool:
        """Tell whether one of the kinds is of a class."""
        return any(self.lexicon.is_a(kind, upper) for kind in kinds)

    def feature(self, whole: str, prop: str) -> str:
        """Give the item that a property leads to from another item, such as its top surface."""
        bearer = self._bearer(whole, prop)
        if bearer:
            return bearer
        of = self.lexicon.terms[prop].ranges[0]
        for reference in self.lexicon.references:
            if reference.of == of and reference.pattern.count("{}") == 1:
                return self._refer(reference.pattern, of, reference.property, (whole,))
        name = f"{self.lexicon.label(of)} of {whole}"
        self.introduce(name, of)
        self.derive(whole, prop, Value(name), f"every mention of the {name}")
        return name

    def _bearer(self, feature: str, prop: str) -> str:
        """Give the item that a phrase says a feature is of, such as the part that a surface is of."""
        phrases = {reference.property for reference in self.lexicon.references}
        for statement in self.statements:
            named = statement.subject == feature and statement.property in phrases
            if (
                named
                and isinstance(statement.content, Value)
                and self.lexicon.is_narrower(statement.property, prop)
            ):
                return str(statement.content.object)
        return ""

    def introduce(self, name: str, kind: str) -> None:
        """Add an item that a phrase names, with its class."""
        if self.declare(name, (kind,)):
            self.derive(name, TYPE, Value(kind), "named by what it is")

    # Statements.

    def add(self, subject: str, prop: str, content: Content, evidence: Evidence) -> None:
        """Add a statement. Its id is a hash of what it says, so that it is stable when others change."""
        text = "|".join((subject, prop, content_text(content), evidence.quote))
        key = hashlib.sha256(text.encode()).hexdigest()[:8]
        self._ids[key] += 1
        self._said.add((subject, prop))
        id_ = key if self._ids[key] == 1 else f"{key}-{self._ids[key]}"
        self.statements.append(Statement(id_, subject, prop, content, evidence))

    def derive(self, subject: str, prop: str, content: Content, note: str) -> None:
        """Add a statement that follows from how the description is written, once."""
        if (subject, prop, content) not in self._derived:
            self._derived.add((subject, prop, content))
            self.add(subject, prop, content, Evidence(grade=Grade.DERIVED, note=note))

    def says(self, subject: str, prop: str) -> bool:
        """Tell whether anything is said of a property of an item."""
        return (subject, prop) in self._said

    def note_stale(self, names: Iterable[str]) -> None:
        """Take items out of which no source says anything any more, unless others are related to them."""
        related = {str(s.content.object) for s in self.statements if isinstance(s.content, (Value, Denial))}
        said = {statement.subject for statement in self.statements} | related
        self.stale = frozenset(names) - said

    def _phrase(self, text: str, depth: int) -> str:
        for reference in self.lexicon.references:
            for split in reference.splits(text):
                names = tuple(self.find(name, depth + 1) for name in split)
                if all(names) and len(set(names)) == len(names):
                    return self._refer(reference.pattern, reference.of, reference.property, names)
        return ""

    def _refer(self, pattern: str, of: str, prop: str, names: tuple[str, ...]) -> str:
        """Name an item by its relations; a second order of two names finds the item of the first."""
        key = (of, prop, frozenset(names))
        if key not in self._referred:
            same = (r.pattern for r in self.lexicon.references if r.of == of and r.property == prop)
            name = next(p for p in same if p.count("{}") == pattern.count("{}")).format(*names)
            self._referred[key] = name
            self.introduce(name, of)
        name = self._referred[key]
        for other in names:
            self.derive(name, prop, Value(other), f"named as “{name}”")
        return name


def content_text(content: Content) -> str:
    """Write what a statement says as one text."""
    match content:
        case Value(object=target):
            return f"is {target}"
        case Denial(object=target):
            return f"not {target}"
        case Complete(of_class=of_class, values=values):
            return f"only {of_class} {values}"
        case Bounds(low=low, high=high):
            ends = ("(" if content.low_open else "[", ")" if content.high_open else "]")
            return f"{ends[0]}{low!r} {high!r}{ends[1]}"


def fold_name(name: str) -> str:
    """Fold a name for comparison: case, hyphens and underscores do not count, blanks do."""
    return " ".join(re.split(r"[\s_\-\u2010-\u2015]+", name.casefold())).strip()


def fits(name: str) -> bool:
    """Tell whether a text can be the name of an item."""
    return 0 < len(name) <= LONGEST_NAME and name.isprintable() and bool(fold_name(name))
