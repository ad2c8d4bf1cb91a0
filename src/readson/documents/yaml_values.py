"""Read YAML as values under keys, each with its slice of the file.

Anchors, aliases and tags are refused: they hide what a file says.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from readson.documents.content import Content
from readson.documents.decoding import Decoded
from readson.documents.model import Field, Span
from readson.documents.pipes import trim
from readson.documents.trees import DEEPEST, Tree, nowhere, pointer

# The C parser is ten times as fast; the Python one stands in where it is not built.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = ("", "~", "null", "Null", "NULL")


def read_yaml(name: str, decoded: Decoded) -> Content:
    """Read a file of one document or several; raises DocumentError with every place that is wrong."""
    tree = Tree(name, decoded.text)
    try:
        events = list(_checked(tree, yaml.parse(decoded.text, Loader=_LOADER)))
    except yaml.MarkedYAMLError as broken:
        at = broken.problem_mark.index if broken.problem_mark else 0
        raise tree.fail(at, f"not YAML: {broken.problem or broken}") from broken
    except yaml.YAMLError as broken:
        raise tree.fail(0, f"not YAML: {broken}") from broken
    documents = sum(isinstance(event, yaml.DocumentStartEvent) for event in events)
    reader, number = _Reader(tree, iter(events)), 0
    for event in reader.events:
        if isinstance(event, yaml.DocumentStartEvent):
            reader.node(next(reader.events), (str(number),) if documents > 1 else (), None)
            number += 1
    return tree.content(decoded)


def _checked(tree: Tree, events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
    """Pass events on; note what hides what is said, and stop where nesting is too deep."""
    depth = 0
    for event in events:
        at = _start(event)
        if isinstance(event, yaml.AliasEvent):
            tree.problem(at, f"the alias `*{getattr(event, 'anchor', '')}` is not read; write the value out")
        elif anchor := getattr(event, "anchor", None):
            tree.problem(at, f"the anchor `&{anchor}` is not read; write each value out")
        if tag := getattr(event, "tag", None):
            tree.problem(at, f"the tag `{tag}` is not read; write the plain value")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise tree.fail(at, f"more than {DEEPEST} levels deep")
        yield event


class _Reader:
    """Turn events into fields."""

    def __init__(self, tree: Tree, events: Iterator[yaml.Event]) -> None:
        self.events = events
        self._tree = tree

    def node(self, event: yaml.Event, path: tuple[str, ...], key: yaml.ScalarEvent | None) -> None:
        """Read what an event begins."""
        if path:
            self._tree.place(_start(key or event), pointer(path))
        if isinstance(event, yaml.SequenceStartEvent):
            self._items(path)
        elif isinstance(event, yaml.MappingStartEvent):
            self._members(path)
        elif isinstance(event, yaml.ScalarEvent):
            value = self._span(event)
            null = not event.style and event.value in _NULL
            text = "" if null else event.value
            span = self._span(key) if key else nowhere(value.start)
            self._tree.fields.append(Field(path, span, value, text, null))

    def _items(self, path: tuple[str, ...]) -> None:
        number = 0
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            self.node(event, (*path, str(number)), None)
            number += 1

    def _members(self, path: tuple[str, ...]) -> None:
        known: set[str] = set()
        while not isinstance(key := next(self.events), yaml.MappingEndEvent):
            at = _start(key)
            if not isinstance(key, yaml.ScalarEvent):
                raise self._tree.fail(at, "a key must be a text")
            if key.value in known:
                self._tree.problem(at, f"`{key.value[:80]}` stands here twice; write each key once")
            known.add(key.value)
            self.node(next(self.events), (*path, key.value), key)

    def _span(self, event: yaml.ScalarEvent) -> Span:
        """Give the slice of a scalar as it is written, without quotation marks or the sign of a block."""
        start, end = _start(event), event.end_mark.index if event.end_mark else 0
        if event.style in ("'", '"'):
            return Span(start + 1, end - 1)
        if event.style in ("|", ">"):
            start = self._tree.text.find("\n", start, end)
        return trim(self._tree.text, start, end)


def _start(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark else 0
