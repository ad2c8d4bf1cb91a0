"""Lay tables out as grids of cells: a header for each column, and what lists of keys stand in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from readson.documents.model import Document, Span, Table
from readson.mapping.keys import unit_of

_NUMBERED = re.compile(r"\(?\d{1,3}[.)]\s+(?=[^\W\d_])")
_PAIR = re.compile(r"[-•*·]?[ \t]{0,9}([^\W\d_][^:=\n]{0,59}?)[ \t]{0,9}[:=][ \t]{1,9}(\S.*)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty: its slice, its words, and the keys with values that it lists, if any."""

    span: Span
    text: str
    pairs: tuple[tuple[str, Cell], ...] = ()


Row = tuple[Cell | None, ...]
"""The cells of a row; None for an empty one."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a header for each column, its rows, and the rows that the headers are of."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    head: tuple[Row, ...] = ()
    caption: str = ""

    def column(self, row: Row) -> Iterator[tuple[int, Cell]]:
        """Give the cells of a row that are not empty, with their columns."""
        return ((place, cell) for place, cell in enumerate(row) if cell)


def grid_of(document: Document, table: Table) -> Grid:
    """Name the columns: by all rows of the header, and by a row of units below it."""
    numbers = _numbers(document, table)
    rows = [
        tuple(_cell(document, span, number if place == 0 else 0) for place, span in enumerate(row))
        for row, number in zip(table.rows, numbers, strict=True)
    ]
    head, body = rows[: table.headers], [row for row in rows[table.headers :] if any(row)]
    if table.headers and body and _is_units(body[0]):
        head, body = [*head, body[0]], body[1:]
    width = max((len(row) for row in rows), default=0)
    columns = [[row[place] for row in head if place < len(row)] for place in range(width)]
    headers = tuple(" ".join(cell.text for cell in column if cell) for column in columns)
    full = [tuple(row + (None,) * (width - len(row)) for row in part) for part in (body, head)]
    return Grid(headers, full[0], full[1], table.caption)


def _numbers(document: Document, table: Table) -> list[int]:
    """Give the length of the number of each label, as in "1. Die"; 0 where only numbers tell rows apart."""
    labels = [document.words(row[0]) if row else "" for row in table.rows]
    lengths = [len(found[0]) if (found := _NUMBERED.match(label)) else 0 for label in labels]
    bare = [label[length:] for label, length in zip(labels, lengths, strict=True)]
    return lengths if len(set(bare)) == len(set(labels)) else [0] * len(labels)


def _cell(document: Document, span: Span, number: int) -> Cell | None:
    """Take a cell without the number that it begins with."""
    span = Span(span.start + number, span.end)
    words = document.words(span)
    text = " ".join(words.split())
    return Cell(span, text, _pairs(words, span.start)) if text else None


def _pairs(words: str, start: int) -> tuple[tuple[str, Cell], ...]:
    """Read the lines of a cell as keys and values; none unless each line is one."""
    found: list[tuple[str, Cell]] = []
    for line in words.split("\n"):
        pair = _PAIR.fullmatch(line.strip())
        if pair is None:
            return ()
        at = start + line.index(line.strip()) + pair.start(2)
        found.append((pair[1], Cell(Span(at, at + len(pair[2])), " ".join(pair[2].split()))))
        start += len(line) + 1
    return tuple(found)


def _is_units(row: Row) -> bool:
    texts = [cell.text.strip("()[]") for cell in row if cell]
    units = [text for text in texts if unit_of(text)]
    return bool(units) and all(text in ("-", "–", "unit", "units") or unit_of(text) for text in texts)
