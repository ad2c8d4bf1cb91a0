"""Documents made of a few lines, for tests: trees from JSON or YAML, tables from lines of cells."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import yaml

from readson.documents.model import Document, Field, Place, Span, Table


def tree(text: str, form: str = "json") -> Document:
    """Read JSON or YAML into a document whose fields know their slices."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return _document(text, form, fields=tuple(_fields(root, (), Span(0, 0))))


def sheet(*tables: str, headers: int = 1, captions: tuple[str, ...] = ()) -> Document:
    """Make a document of tables: a line a row, "|" between cells."""
    text = "\n\n".join(tables)
    start, found = 0, []
    for number, table in enumerate(tables):
        caption = captions[number] if captions else ""
        found.append(Table(tuple(_rows(table, start)), headers, caption))
        start += len(table) + 2
    return _document(text, "csv", tables=tuple(found))


def _document(
    text: str, form: str, fields: tuple[Field, ...] = (), tables: tuple[Table, ...] = ()
) -> Document:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Document(f"x.{form}", form, sha256, text, (Place(0, "at", "/"),), (), tables, fields)


def _fields(node: yaml.Node | None, path: tuple[str, ...], key: Span) -> Iterator[Field]:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _fields(value, (*path, str(name.value)), _span(name))
    elif isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            yield from _fields(value, (*path, str(place)), Span(0, 0))
    elif isinstance(node, yaml.ScalarNode):
        null = node.tag.endswith(":null")
        yield Field(path, key, _span(node), "" if null else str(node.value), null)


def _span(node: yaml.Node) -> Span:
    return Span(node.start_mark.index, node.end_mark.index)


def _rows(table: str, start: int) -> Iterator[tuple[Span, ...]]:
    for line in table.split("\n"):
        cells, at = [], start
        for cell in line.split("|"):
            left = at + len(cell) - len(cell.lstrip())
            cells.append(Span(left, max(left, at + len(cell.rstrip()))))
            at += len(cell) + 1
        yield tuple(cells)
        start += len(line) + 1
