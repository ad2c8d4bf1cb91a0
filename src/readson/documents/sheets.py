"""Lay out rows of cells as text: a row a line, cells apart by tabs, each with its place in the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from readson.documents.headers import header_rows
from readson.documents.model import Block, Place, Span, Table

# A cell is one piece of a line.
_FLAT = str.maketrans("\n\t\r\f", "    ")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what it says, and for each piece of it the place in the file, none where there is no such place."""

    text: str
    pieces: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Sheets:
    """Text that grows sheet by sheet; `origins` are the places in the file of the places."""

    pieces: list[str] = field(default_factory=list)
    places: list[tuple[int, str, str]] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    length: int = 0

    def head(self, name: str) -> None:
        """Begin a sheet with its name as a heading."""
        self._place("sheet", name, -1)
        self.blocks.append(Block("heading", self._put(name.translate(_FLAT).strip()), 1))
        self._put("\n")

    def add(self, rows: Sequence[Sequence[Cell]], sheet: str = "") -> None:
        """Add the rows of a sheet: lone cells above a table are running text, empty rows part tables."""
        run: list[tuple[Span, ...]] = []
        for number, row in enumerate(rows, 1):
            spans = self._row(row, number, sheet)
            if any(span.start < span.end for span in spans):
                run.append(spans)
            else:
                self._end(run)
                run = []
        self._end(run)

    def _row(self, row: Sequence[Cell], number: int, sheet: str) -> tuple[Span, ...]:
        spans = []
        for column, cell in enumerate(row):
            if column:
                self._put("\t")
            spans.append(self._cell(cell, cell_name(sheet, column, number)))
        self._put("\n")
        return tuple(spans)

    def _cell(self, cell: Cell, name: str) -> Span:
        text = cell.text.translate(_FLAT)
        if not text.strip():
            return Span(self.length, self.length)
        for offset, origin in cell.pieces or ((0, -1),):
            self._place("cell", name, origin, offset)
        span = self._put(text)
        start = span.start + len(text) - len(text.lstrip())
        return Span(start, start + len(text.strip()))

    def _end(self, run: list[tuple[Span, ...]]) -> None:
        """Make a table of rows that stand together, without the lone cells above it."""
        filled = [[span for span in row if span.start < span.end] for row in run]
        alone = next((n for n, row in enumerate(filled) if len(row) > 1), len(filled))
        self.blocks += [Block("paragraph", row[0]) for row in filled[:alone]]
        rows = _without_empty_columns(run[alone:])
        if rows:
            text = "".join(self.pieces[-1:]) if not self.pieces else ""
            self.tables.append(Table(tuple(rows), header_rows(self._texts(rows)) if not text else 0))

    def _texts(self, rows: Sequence[Sequence[Span]]) -> list[list[str]]:
        text = self.text()
        return [[text[span.start : span.end] for span in row] for row in rows[:2]]

    def text(self) -> str:
        """Give the text so far."""
        self.pieces = ["".join(self.pieces)]
        return self.pieces[0]

    def made_places(self) -> tuple[Place, ...]:
        """Give the places; what stands before the first cell belongs to it."""
        starts = [0, *(start for start, _, _ in self.places[1:])]
        entries = zip(starts, self.places, self.origins, strict=True)
        return tuple(Place(start, key, text, origin) for start, (_, key, text), origin in entries)

    def _place(self, key: str, text: str, origin: int, offset: int = 0) -> None:
        self.places.append((self.length + offset, key, text))
        self.origins.append(origin)

    def _put(self, text: str) -> Span:
        self.pieces.append(text)
        self.length += len(text)
        return Span(self.length - len(text), self.length)


def _without_empty_columns(rows: Sequence[tuple[Span, ...]]) -> list[tuple[Span, ...]]:
    """Leave out columns without any words, and make all rows equally long."""
    width = max((len(row) for row in rows), default=0)
    even = [(*row, *[Span(row[-1].end, row[-1].end)] * (width - len(row))) for row in rows]
    kept = [n for n in range(width) if any(row[n].start < row[n].end for row in even)]
    return [tuple(row[n] for n in kept) for row in even]


def cell_name(sheet: str, column: int, row: int) -> str:
    """Name a cell as spreadsheets do: B3, BOM!B3, 'Bill of material'!B3; columns count from 0, rows from 1."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    plain = sheet.replace("_", "").isalnum()
    quoted = sheet if plain or not sheet else "'" + sheet.replace("'", "''") + "'"
    return f"{quoted}!{letters}{row}" if sheet else f"{letters}{row}"
