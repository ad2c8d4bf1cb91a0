"""Read YAML into nodes that know their line and column; what descriptions may not use is an error.

No anchors, aliases and tags (they hide what a file says), no duplicate keys (YAML lets the last one win).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import yaml

from readson.errors import DescriptionError, Problem

LARGEST = 5_000_000
DEEPEST = 50
MOST_PROBLEMS = 100
# The C parser is ten times as fast; the Python one stands in where it is not built.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NOTHING = ("", "~", "null", "unknown", "tbd", "tbc")
"""The values that say that nothing is known, unless they stand in quotation marks."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the file, both numbers from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as it is written; `quoted` texts are never empty values."""

    text: str
    quoted: bool
    mark: Mark

    @property
    def unknown(self) -> bool:
        """Tell whether the value says that nothing is known."""
        return not self.quoted and self.text.strip().lower() in NOTHING


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of nodes."""

    nodes: tuple[Node, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and their nodes, in file order."""

    entries: tuple[tuple[Scalar, Node], ...]
    mark: Mark


Node = Scalar | Listing | Mapping


def read_nodes(text: str, file: str) -> Node:
    """Read one YAML document; raises DescriptionError with every place that is wrong."""
    if len(text) > LARGEST:
        raise DescriptionError([Problem(file, 0, 0, f"more than {LARGEST} characters; split the file")])
    reader = _Reader(file)
    try:
        node = reader.read(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as broken:
        reader.problem(_mark(broken.problem_mark), f"not YAML: {broken.problem or broken}")
        node = None
    except yaml.YAMLError as broken:
        reader.problem(Mark(1, 1), f"not YAML: {broken}")
        node = None
    if reader.problems or node is None:
        raise DescriptionError(reader.problems[:MOST_PROBLEMS] or [Problem(file, 1, 1, "the file is empty")])
    return node


class _Place(Protocol):
    """What the C parser and the Python parser both give for a place, from 0."""

    line: int
    column: int


def _mark(place: _Place | None) -> Mark:
    return Mark(place.line + 1, place.column + 1) if place else Mark(1, 1)


class _Reader:
    """Build nodes from events, so that depth is checked before anything is built."""

    def __init__(self, file: str) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._depth = 0

    def problem(self, mark: Mark, message: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self._file, mark.line, mark.column, message))

    def read(self, events: Iterator[yaml.Event]) -> Node | None:
        """Read the only document."""
        node = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    self.problem(_mark(event.start_mark), "a second document; write one product a file")
                    break
                node = self._node(next(events), events)
        return node

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event]) -> Node:
        mark = _mark(event.start_mark)
        self._check(event, mark)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(" ".join(event.value.split()), event.style in ("'", '"', "|", ">"), mark)
        if isinstance(event, yaml.AliasEvent):
            return Scalar("", False, mark)
        self._depth += 1
        if self._depth > DEEPEST:
            self.problem(mark, f"more than {DEEPEST} levels deep")
            raise DescriptionError(self.problems)
        build = self._listing if isinstance(event, yaml.SequenceStartEvent) else self._mapping
        node = build(events, mark)
        self._depth -= 1
        return node

    def _check(self, event: yaml.Event, mark: Mark) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            self.problem(mark, f"the alias `*{anchor}` is not allowed; write the value out")
        elif anchor:
            self.problem(mark, f"the anchor `&{anchor}` is not allowed; write each value out")
        if tag:
            self.problem(mark, f"the tag `{tag}` is not allowed; write the plain value")

    def _listing(self, events: Iterator[yaml.Event], mark: Mark) -> Listing:
        nodes = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            nodes.append(self._node(event, events))
        return Listing(tuple(nodes), mark)

    def _mapping(self, events: Iterator[yaml.Event], mark: Mark) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key, node = self._node(event, events), self._node(next(events), events)
            if not isinstance(key, Scalar):
                self.problem(key.mark, "a key must be a text")
            elif key.text in entries:
                first = entries[key.text][0].mark.line
                self.problem(key.mark, f"`{key.text}` stands here twice, first in line {first}")
            else:
                entries[key.text] = (key, node)
        return Mapping(tuple(entries.values()), mark)
