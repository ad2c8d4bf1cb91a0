"""Entries: values under paths of keys, from trees and tables alike, and the nodes they grow into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from readson.documents.model import Document, Field, Span

DEEPEST = 40
_NEAR = 8
_MARKS = "\"'"


@dataclass(frozen=True, slots=True)
class Entry:
    """A value under a path of keys.

    `quote` is the slice that a reader accepts as its source; `own` is the part of it that is no other's.
    """

    path: tuple[str, ...]
    value: Span
    quote: Span
    own: Span
    text: str
    null: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """A key with its value (`entry`), or with what stands under it (`children`)."""

    key: str
    path: tuple[str, ...]
    entry: Entry | None = None
    children: tuple[Node, ...] = ()

    @property
    def listed(self) -> bool:
        """Tell whether what stands under the key is a list."""
        return bool(self.children) and all(child.key.isdigit() for child in self.children)

    def entries(self) -> Iterator[Entry]:
        """Give every entry at and under the node."""
        if self.entry:
            yield self.entry
        for child in self.children:
            yield from child.entries()

    @property
    def quote(self) -> Span:
        """Give the slice of the first entry at or under the node."""
        return next(self.entries()).quote


def field_entries(document: Document) -> Iterator[Entry]:
    """Give the fields of a tree as entries."""
    for field in document.fields:
        quote = _quote(document.text, field)
        yield Entry(field.path, field.value, quote, quote, " ".join(field.text.split()), field.null)


def _quote(text: str, field: Field) -> Span:
    """Give key and value as one slice where they stand side by side, with their quotation marks."""
    near = field.key.end > field.key.start and 0 <= field.value.start - field.key.end <= _NEAR
    start, end = (field.key.start if near else field.value.start), field.value.end
    opened = near and start > 0 and text[start - 1] in _MARKS and text[start] not in _MARKS
    closed = end < len(text) and text[end] in _MARKS and text[field.value.start - 1] == text[end]
    both_ends = closed and text[end - 1 : end] not in _MARKS
    return Span(start - 1 if opened else start, end + 1 if both_ends and near else end)


def grow(entries: Iterable[Entry], path: tuple[str, ...] = ()) -> tuple[Node, ...]:
    """Grow entries into nodes, in their order; keys that stand side by side twice are two nodes."""
    groups: dict[str, list[Entry]] = {}
    nodes: list[Node] = []
    depth = len(path)
    for entry in entries:
        key = entry.path[depth] if depth < len(entry.path) else ""
        groups.setdefault(key, []).append(entry)
    for key, inside in groups.items():
        here = (*path, key)
        nodes += [Node(key, here, entry) for entry in inside if len(entry.path) <= len(here)]
        below = [entry for entry in inside if len(entry.path) > len(here)]
        if below:
            nodes.append(Node(key, here, None, grow(below, here)))
    return tuple(nodes)


def keyed(node: Node, key: str) -> Node:
    """Give a node another key: that of the list it is in, or the label that stands in it."""
    return replace(node, key=key)
