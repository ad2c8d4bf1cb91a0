"""Lay out rows of cells as text: a row a line, cells apart by tabs, each with its place in the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from readson.documents.content import Content
from readson.documents.headers import header_rows
from readson.documents.model import Block, Place, Span, Table

# A cell is one piece of a line.
_FLAT = str.maketrans("\n\t\r\f", "    ")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what it says, and where each piece of it begins, in the cell and in the file."""

    text: str
    pieces: tuple[tuple[int, int], ...] = ()


# The first and the last cell of a merged range, each as row and column from 0.
Merged = tuple[tuple[int, int], tuple[int, int]]


@dataclass(slots=True)
class Sheets:
    """Text that grows sheet by sheet; a place has its start, key, text and place in the file."""

    length: int = 0
    pieces: list[str] = field(default_factory=list)
    places: list[tuple[int, str, str, int]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    grids: list[list[tuple[Span, ...]]] = field(default_factory=list)

    def head(self, name: str) -> None:
        """Begin a sheet with its name as a heading."""
        self.places.append((self.length, "sheet", name, -1))
        words = " ".join(name.split()) or "sheet"
        self.blocks.append(Block("heading", self._put(words), 1))
        self._put("\n")

    def add(self, rows: Sequence[Sequence[Cell]], sheet: str = "", merged: Sequence[Merged] = ()) -> None:
        """Add the rows of a sheet: lone cells above a table are running text, empty rows part tables."""
        grid = [self._row(row, number, sheet) for number, row in enumerate(rows, 1)]
        for (top, left), (bottom, right) in merged:
            for row in grid[top : bottom + 1]:
                row[left : right + 1] = [grid[top][left]] * len(row[left : right + 1])
        for filled, run in groupby(grid, key=lambda row: any(span.start < span.end for span in row)):
            if filled:
                self._lay_out([tuple(row) for row in run])

    def _row(self, row: Sequence[Cell], number: int, sheet: str) -> list[Span]:
        spans = []
        for column, cell in enumerate(row):
            if column:
                self._put("\t")
            spans.append(self._cell(cell, sheet, column, number))
        self._put("\n")
        return spans

    def _cell(self, cell: Cell, sheet: str, column: int, row: int) -> Span:
        text = cell.text.translate(_FLAT) if cell.text else ""
        if not text or text.isspace():
            return Span(self.length, self.length)
        name = cell_name(sheet, column, row)
        for offset, origin in cell.pieces or ((0, -1),):
            self.places.append((self.length + offset, "cell", name, origin))
        span = self._put(text)
        start = span.start + len(text) - len(text.lstrip())
        return Span(start, start + len(text.strip()))

    def _lay_out(self, run: list[tuple[Span, ...]]) -> None:
        """Make a table of rows that stand together, without the lone cells above it."""
        filled = [list(dict.fromkeys(span for span in row if span.start < span.end)) for row in run]
        alone = next((n for n, row in enumerate(filled) if len(row) > 1), len(filled))
        self.blocks += [Block("paragraph", row[0]) for row in filled[:alone]]
        if rows := _without_empty_columns(run[alone:]):
            self.grids.append(rows)

    def content(self, origins: Iterable[int]) -> Content:
        """Give what was laid out; `origins` are the bytes of the places, in their order."""
        text = "".join(self.pieces)
        # What stands before the first cell belongs to it.
        starts = [place[0] if number else 0 for number, place in enumerate(self.places)]
        entries = zip(starts, self.places, origins, strict=True)
        places = tuple(Place(start, place[1], place[2], origin) for start, place, origin in entries)
        return Content(text, places, tuple(self.blocks), tuple(_table(text, rows) for rows in self.grids))

    def _put(self, text: str) -> Span:
        self.pieces.append(text)
        self.length += len(text)
        return Span(self.length - len(text), self.length)


def _table(text: str, rows: Sequence[tuple[Span, ...]]) -> Table:
    words = [[text[span.start : span.end] for span in row] for row in rows[:2]]
    return Table(tuple(rows), header_rows(words))


def _without_empty_columns(rows: Sequence[tuple[Span, ...]]) -> list[tuple[Span, ...]]:
    """Leave out columns without any words, and make all rows equally long."""
    width = max((len(row) for row in rows), default=0)
    even = [(*row, *[Span(row[-1].end, row[-1].end)] * (width - len(row))) for row in rows]
    kept = [n for n in range(width) if any(row[n].start < row[n].end for row in even)]
    return [tuple(row[n] for n in kept) for row in even]


def cell_name(sheet: str, column: int, row: int) -> str:
    """Name a cell as spreadsheets do: B3, BOM!B3, 'My sheet'!B3; columns count from 0, rows from 1."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    plain = sheet.replace("_", "").isalnum()
    quoted = sheet if plain or not sheet else "'" + sheet.replace("'", "''") + "'"
    return f"{quoted}!{letters}{row}" if sheet else f"{letters}{row}"
