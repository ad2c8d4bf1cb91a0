"""Change a YAML text in a few places and leave every other character, comments too, as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from readson.drafting.emitting import Leaf, entry, heading, inline, keyed


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace the text between two places, each a line and a column from 0."""

    start: tuple[int, int]
    end: tuple[int, int]
    text: str


def apply(text: str, edits: list[Edit]) -> str:
    """Make all edits; they do not overlap, and of those at one place the earlier ones come first."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    numbered = sorted(enumerate(edits), key=lambda pair: (pair[1].start, pair[1].end, pair[0]), reverse=True)
    for _, edit in numbered:
        start, end = (starts[min(line, len(lines))] + column for line, column in (edit.start, edit.end))
        text = text[:start] + edit.text + text[end:]
    return text


def last_line(node: yaml.Node) -> int:
    """Give the line on which the last word of a node stands; the end of a block is where the next begins."""
    if is_block(node) and node.value:
        last = node.value[-1]
        return last_line(last[1] if isinstance(last, tuple) else last)
    mark = node.end_mark
    return int(mark.line - (mark.column == 0 and mark.line > node.start_mark.line))


def is_block(node: yaml.Node) -> bool:
    """Tell whether a mapping or a list is laid out in lines and not in brackets."""
    return getattr(node, "flow_style", None) is False


def mark(node: yaml.MappingNode, words: str) -> Edit:
    """Put a key with its value first into a mapping."""
    line, column = node.start_mark.line, node.start_mark.column
    if is_block(node):
        return Edit((line, column), (line, column), f"{words}\n{' ' * column}")
    return Edit((line, column + 1), (line, column + 1), f"{words}, ")


def unmark(node: yaml.MappingNode, key: str) -> Edit:
    """Take a key out of a mapping that has others too."""
    places = [place for place, (name, _) in enumerate(node.value) if name.value == key]
    place = places[0]
    start, end = node.value[place][0].start_mark, node.value[place][1].end_mark
    if place + 1 < len(node.value):
        end = node.value[place + 1][0].start_mark
    else:
        start = node.value[place - 1][1].end_mark
    return Edit((start.line, start.column), (end.line, end.column), "")


def rewrite(node: yaml.Node, value: str) -> Edit:
    """Write another text in the place of a scalar."""
    start, end = node.start_mark, node.end_mark
    return Edit((start.line, start.column), (end.line, end.column), inline(value))


def add_key(mapping: yaml.MappingNode, key: str, *values: Leaf) -> Edit:
    """Add a key at the end of a mapping, with a value or a list of several."""
    if not is_block(mapping):
        end = (mapping.end_mark.line, mapping.end_mark.column - 1)
        several = f"[{', '.join(inline(value) for value in values)}]"
        words = entry(key, values[0]) if len(values) == 1 else f"{heading(key)} {several}"
        return Edit(end, end, f"{', ' if mapping.value else ''}{words}")
    return insert_lines(last_line(mapping), keyed(key, values, mapping.start_mark.column))


def add_values(key: yaml.Node, node: yaml.Node, values: Sequence[Leaf]) -> list[Edit]:
    """Add values to those of a key: a value alone becomes a list."""
    if isinstance(node, yaml.SequenceNode) and not is_block(node):
        end = (node.end_mark.line, node.end_mark.column - 1)
        words = ", ".join(inline(value) for value in values)
        return [Edit(end, end, f"{', ' if node.value else ''}{words}")]
    if isinstance(node, yaml.SequenceNode):
        dash = " " * node.start_mark.column
        return [insert_lines(last_line(node), [f"{dash}- {inline(value)}" for value in values])]
    margin = " " * _dash(key, node)
    return [
        *_dashed(key, node),
        insert_lines(last_line(node), [f"{margin}- {inline(value)}" for value in values]),
    ]


def _dash(key: yaml.Node, node: yaml.Node) -> int:
    return int(node.start_mark.column if is_block(node) else key.start_mark.column + 2)


def _dashed(key: yaml.Node, node: yaml.Node) -> list[Edit]:
    """Make a value the first one of a list below its key."""
    line, column = node.start_mark.line, node.start_mark.column
    if is_block(node):
        deeper = [Edit((n, 0), (n, 0), "  ") for n in range(line + 1, last_line(node) + 1)]
        return [Edit((line, column), (line, column), "- "), *deeper]
    before = (key.end_mark.line, key.end_mark.column + 1)
    return [Edit(before, (line, column), f"\n{' ' * _dash(key, node)}- ")]


def insert_lines(after: int, lines: list[str]) -> Edit:
    """Put lines below a line."""
    at = (after + 1, 0)
    return Edit(at, at, "".join(f"{line}\n" for line in lines))
