"""Lay out the cells of an HTML table on a grid; a cell that spans several stands in each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from readson.documents.headers import header_rows
from readson.documents.model import Span, Table

_WIDEST = 200


@dataclass(slots=True)
class Cell:
    """A cell: its slice, the columns and rows that it spans, and whether it is a heading."""

    start: int
    end: int
    across: int
    down: int
    heading: bool


@dataclass(slots=True)
class Grid:
    """A table or list of definitions that is being read."""

    definitions: bool
    first_block: int
    layout: bool = False
    head: bool = False
    caption: Span | None = None
    rows: list[list[Cell]] = field(default_factory=list)
    _term: Cell | None = None

    def row(self) -> None:
        """Begin a row."""
        self.rows.append([])

    def begin(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Begin a cell; tell whether it stands beside another one of its row."""
        cell = Cell(
            0, -1, _number(attributes.get("colspan", "")), _number(attributes.get("rowspan", "")), False
        )
        cell.heading = tag == "th" or self.head
        if tag == "dt" or not self.rows:
            self.row()
        elif tag == "dd" and self._term and len(self.rows[-1]) > 1:
            self.rows.append([self._term])
            self.rows[-1].append(cell)
            return False
        self._term = cell if tag == "dt" else self._term
        beside = bool(self.rows[-1])
        self.rows[-1].append(cell)
        return beside

    def start(self, at: int) -> None:
        """Say where the cell at hand begins."""
        self.rows[-1][-1].start = at

    def end(self, at: int) -> None:
        """End the cell at hand."""
        if self.rows and self.rows[-1]:
            cell = self.rows[-1][-1]
            cell.end = max(at, cell.start) if cell.end < 0 else cell.end

    def caption_at(self, span: Span, blocks: int) -> None:
        """Note the caption; it stays running text."""
        self.caption, self.first_block = span, blocks

    def table(self, text: str) -> Table:
        """Give the table."""
        rows = [row for row in self.rows if row]
        filled = [tuple(_trim(text, cell) for cell in row) for row in _fill(rows)]
        width = max(map(len, filled))
        even = tuple((*row, *[Span(row[-1].end, row[-1].end)] * (width - len(row))) for row in filled)
        caption = text[self.caption.start : self.caption.end] if self.caption else ""
        return Table(even, self._headers(text, rows), caption)

    def _headers(self, text: str, rows: list[list[Cell]]) -> int:
        """Count the first rows of headings; where there are no headings at all, look at the words."""
        if self.definitions:
            return 0
        if any(cell.heading for row in rows for cell in row):
            kinds = [all(cell.heading for cell in row) for row in rows]
            return kinds.index(False) if False in kinds else 0
        return header_rows([[text[cell.start : max(cell.end, cell.start)] for cell in row] for row in rows])


def _fill(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Repeat each cell in all places that it spans."""
    down: dict[int, tuple[Cell, int]] = {}
    filled = []
    for row in rows:
        cells, line = iter(row), list[Cell]()
        while True:
            if held := down.get(len(line)):
                cell, left = held
                down[len(line)] = (cell, left - 1)
                if left <= 1:
                    del down[len(line)]
                line.append(cell)
            elif (new := next(cells, None)) is not None:
                for _ in range(min(new.across, _WIDEST)):
                    if new.down > 1:
                        down[len(line)] = (new, new.down - 1)
                    line.append(new)
            else:
                break
        filled.append(line)
    return filled


def _trim(text: str, cell: Cell) -> Span:
    words = text[cell.start : max(cell.end, cell.start)]
    start = cell.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _number(text: str | None) -> int:
    return (
        min(max(int(text), 1), _WIDEST) if text and text.strip().isascii() and text.strip().isdigit() else 1
    )
