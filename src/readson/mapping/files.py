"""Mapping files: what keys mean, as a person has confirmed it (docs/mapping.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from readson.errors import DescriptionError, Problem
from readson.ingest.problems import Problems
from readson.ingest.units import DIMENSIONS
from readson.ingest.yaml_nodes import LARGEST, Listing, Node, Scalar, read_nodes
from readson.ingest.yaml_nodes import Mapping as Entries
from readson.lexicon import Kind, Lexicon, Term
from readson.mapping.keys import unit_of
from readson.mapping.senses import Sense, Senses
from readson.statements import PRODUCT

VERSION = "1"
STATUSES = ("suggested", "confirmed", "skip")
VALUES = ("dims", "number", "range", "material", "boolean", "text", "ref", "skip")
_TOP = ("version", "product", "keys")
_KEYS = ("match", "column", "subject", "name", "property", "unit", "value", "status", "why")
_SORTS = {
    "number": "quantity",
    "range": "quantity",
    "boolean": "truth",
    "material": "relation",
    "ref": "relation",
}
_SKIPPED = "skipped by the mapping file"


@dataclass(frozen=True, slots=True)
class Line:
    """What one line says of the keys that it matches: by their path, or by the header of their column."""

    match: tuple[str, ...]
    column: str
    status: str
    sense: Sense

    def matches(self, path: tuple[str, ...]) -> bool:
        """Tell whether a path of keys is one of the line."""
        if self.column:
            return bool(path) and _folded(path[-1]) == _folded(self.column)
        return _match(self.match, path)


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a mapping file says. `product` names the one that is read in a table of several."""

    lines: tuple[Line, ...] = ()
    product: str = ""

    def sense(self, path: tuple[str, ...]) -> Sense | None:
        """Give what a confirmed line says of a path of keys; what is only suggested decides nothing."""
        decided = (line for line in self.lines if line.status != "suggested" and line.matches(path))
        return next((line.sense for line in decided), None)

    def knows(self, path: tuple[str, ...]) -> bool:
        """Tell whether any line matches a path of keys."""
        return any(line.matches(path) for line in self.lines)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _match(pattern: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Match a path against a glob, level by level; "**" is any number of levels."""
    reached = {0}
    for key in (*path, None):
        for place in sorted(reached):
            while place < len(pattern) and pattern[place] == "**":
                place += 1
                reached.add(place)
        if key is None:
            return len(pattern) in reached
        reached = {
            place + (pattern[place] != "**")
            for place in reached
            if place < len(pattern) and (pattern[place] == "**" or fnmatchcase(key, pattern[place]))
        }
    return False


def read_mapping(path: Path, lexicon: Lexicon) -> Mapping:
    """Read a mapping file; raises DescriptionError with every problem found in it."""
    file = str(path)
    try:
        with path.open("rb") as stream:
            text = stream.read(LARGEST + 1).decode("utf-8-sig")
    except OSError as error:
        raise DescriptionError([Problem(file, 0, 0, f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise DescriptionError([Problem(file, 0, 0, "not UTF-8; save the file as UTF-8")]) from error
    return parse_mapping(text, file, lexicon)


def parse_mapping(text: str, file: str, lexicon: Lexicon) -> Mapping:
    """Read a mapping file from its text; raises DescriptionError with every problem found in it."""
    root = read_nodes(text, file)
    reader = _Reader(Senses(lexicon), Problems(file))
    mapping = reader.read(root)
    reader.problems.check()
    return mapping


@dataclass
class _Reader:
    """Read lines, and note what is wrong with them."""

    senses: Senses
    problems: Problems
    entries: dict[str, Node] = field(default_factory=dict)

    def read(self, root: Node) -> Mapping:
        top = {key.text: value for key, value in self.problems.entries(root, _TOP)}
        version = top.get("version")
        if not (isinstance(version, Scalar) and version.text == VERSION):
            self.problems.add(version or root, f"expected `version: {VERSION}`")
        product = top.get("product")
        chosen = self.problems.text(product, "the name of a product") if product else ""
        keys = top.get("keys", Listing((), root.mark))
        if isinstance(keys, Scalar) and not keys.text:
            keys = Listing((), keys.mark)
        if not isinstance(keys, Listing):
            self.problems.add(keys, "expected a list, with a line a key")
            return Mapping()
        return Mapping(tuple(self._lines(keys)), chosen)

    def _lines(self, keys: Listing) -> Iterator[Line]:
        for node in keys.nodes:
            entries = {key.text: value for key, value in self.problems.entries(node, _KEYS)}
            if isinstance(node, Entries):
                yield self._line(node, entries)

    def _line(self, node: Node, entries: dict[str, Node]) -> Line:
        texts = {key: self.problems.text(value, "a text") for key, value in entries.items()}
        status = self._one_of(entries, texts, "status", STATUSES) or "suggested"
        value = self._one_of(entries, texts, "value", VALUES)
        match, column = texts.get("match", ""), texts.get("column", "")
        if bool(match) == bool(column):
            self.problems.add(node, "expected one of `match:` and `column:`")
        skipped = status == "skip" or (value == "skip" and status == "confirmed")
        sense = Sense(ignored=_SKIPPED) if skipped else self._sense(node, entries, texts, value)
        if not skipped and status == "confirmed" and sense == Sense():
            self.problems.add(node, "a confirmed line needs a `subject:` or a `property:`")
        return Line(tuple(match.split("/")), column, "skip" if skipped else status, sense)

    def _one_of(
        self, entries: dict[str, Node], texts: dict[str, str], key: str, known: tuple[str, ...]
    ) -> str:
        text = texts.get(key, "")
        if text and text not in known:
            self.problems.unknown(entries[key], key, text, known)
            return ""
        return text

    def _sense(self, node: Node, entries: dict[str, Node], texts: dict[str, str], value: str) -> Sense:
        if value == "text":
            return Sense(role="text")
        kind = self._subject(entries, texts)
        label = texts.get("property", "") or self._usual_property(value)
        unit = unit_of(texts["unit"]) if texts.get("unit") else None
        if texts.get("unit") and not unit:
            self.problems.add(entries["unit"], f"`{texts['unit'][:80]}` is not a unit")
        self._check_property(node, entries, label, kind, value, unit.dimension if unit else "")
        name = texts.get("name", "") or texts.get("subject", "")
        words = set(texts.get("subject", "").split())
        return Sense(
            kinds=(kind,) if kind else (),
            names=(name,) if kind else (),
            property=label,
            unit=unit,
            asks=True if value == "boolean" and not label else None,
            marks=tuple(word for word in texts.get("name", "").split() if word not in words) if kind else (),
        )

    def _subject(self, entries: dict[str, Node], texts: dict[str, str]) -> Kind | None:
        subject = texts.get("subject", "")
        if not subject or subject == PRODUCT:
            return None
        kind = self.senses.part(subject) or self.senses.step(subject)
        if kind is None:
            parts = self.senses.lexicon.role("parts")
            steps = self.senses.lexicon.role_range("step")
            labels = (*self.senses.lexicon.kind_labels(parts), *self.senses.lexicon.kind_labels(steps))
            self.problems.unknown(entries["subject"], "kind", subject, (PRODUCT, *labels))
        return kind

    def _usual_property(self, value: str) -> str:
        """Give the property that a value implies: its material, its size."""
        lexicon = self.senses.lexicon
        if value == "material":
            return lexicon.label(lexicon.role("material"))
        return lexicon.dimension_keys()[0] if value == "dims" else ""

    def _check_property(
        self, node: Node, entries: dict[str, Node], label: str, kind: Kind | None, value: str, dimension: str
    ) -> None:
        at = entries.get("property", node)
        if not label:
            if value in ("number", "range", "ref"):
                self.problems.add(entries["value"], f"`{value}` needs a `property:`")
            return
        if self.senses.is_size(label):
            wrong = value not in ("", "dims") or dimension not in ("", "length")
            return self.problems.add(at, f"`{label}` takes `dims` in a unit of length") if wrong else None
        terms = self._terms(label, kind)
        if not terms and not self.senses.lexicon.knows_key(label):
            self.problems.unknown(at, "property", label, self.senses.lexicon.property_keys())
        elif len(terms) != 1 and kind:
            self.problems.add(
                at, f"`{label}` does not say one thing of a {self.senses.lexicon.label(kind.iri)}"
            )
        elif len(terms) == 1:
            self._check_value(at, entries, terms[0], value, dimension)

    def _terms(self, label: str, kind: Kind | None) -> tuple[Term, ...]:
        if kind and self.senses.is_step(kind.iri):
            return self.senses.step_terms(label, kind.iri)
        return self.senses.lexicon.properties(label, (kind.iri,) if kind else ())

    def _check_value(
        self, at: Node, entries: dict[str, Node], term: Term, value: str, dimension: str
    ) -> None:
        label = self.senses.lexicon.label(term.iri)
        if _SORTS.get(value, term.sort) != term.sort:
            self.problems.add(entries.get("value", at), f"`{value}` is no value of `{label}`")
        if dimension and dimension != (DIMENSIONS.get(term.unit) or ""):
            self.problems.add(entries.get("unit", at), f"`{label}` is not measured in a unit of {dimension}")
