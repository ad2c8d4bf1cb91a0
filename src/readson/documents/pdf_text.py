"""Read PDF: the text of its pages in the order of reading, with the box of every character."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from readson.documents.content import Content
from readson.documents.headers import header_rows
from readson.documents.line_marks import ends_sentence
from readson.documents.model import Block, Box, Place, Span, Table
from readson.documents.pdf_order import lines_of, reading_order
from readson.documents.pdf_pages import Page, Piece, Sign, read_pages
from readson.documents.pdf_tables import line_signs, with_tables
from readson.documents.prose import read_prose

# Lines further apart than usual by this share of their height belong to two paragraphs.
_LOOSE = 0.35
_LARGER = 1.15
_LONGEST_HEADING = 120


def read_pdf(name: str, data: bytes) -> Content:
    """Read a PDF; raises DocumentError for one that is locked, broken, or holds no text."""
    pages = with_tables(data, read_pages(name, data))
    writer = _Writer(_body(pages))
    for page in pages:
        if page.pieces:
            writer.page(page)
    return writer.content()


@dataclass(frozen=True, slots=True)
class _Style:
    """The size in which most letters are printed, and whether they are bold."""

    height: float
    bold: bool


def _body(pages: Sequence[Page]) -> _Style:
    counts: Counter[tuple[float, bool]] = Counter()
    for piece in (piece for page in pages for piece in page.pieces):
        counts[round(piece.height, 1), piece.bold] += len(piece.signs)
    return _Style(*max(counts, key=lambda style: (counts[style], style)))


@dataclass(slots=True)
class _Writer:
    """Text that grows paragraph by paragraph; `last` is the line before, `number` the page at hand."""

    body: _Style
    number: int = 0
    signs: list[Sign] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    parts: list[tuple[int, int, int]] = field(default_factory=list)
    grids: list[list[tuple[Span, ...]]] = field(default_factory=list)
    last: list[Piece] = field(default_factory=list)

    def page(self, page: Page) -> None:
        """Write a page."""
        self.number = page.number
        for run in reading_order(page):
            lines = lines_of(run)
            usual = _usual_gap(lines)
            for number, line in enumerate(lines):
                self._line(line, self._begins(line, usual) if number else self._breaks_off(line))

    def _line(self, line: list[Piece], begins: bool) -> None:
        """Write a line, or a table, as part of the paragraph at hand or of a new one."""
        if begins or not self.parts:
            self._put("\n\n" if self.signs else "")
            self.parts.append((len(self.signs), len(self.signs), self._rank(line)))
        else:
            self._put("\n")
        if not self.places or self.places[-1].text != str(self.number):
            self.places.append(Place(len(self.signs), "page", str(self.number)))
        if line[0].rows:
            self.parts.pop()
            self._table(line[0])
        else:
            self.signs += line_signs(line, "\t")
            self.parts[-1] = (self.parts[-1][0], len(self.signs), self.parts[-1][2])
        self.last = line

    def _begins(self, line: list[Piece], usual: float) -> bool:
        """Tell whether a line begins a paragraph, by its distance from the one above and its letters."""
        if not self.last or self.last[0].rows or line[0].rows or self._differs(line):
            return True
        return _gap_between(self.last, line) > usual + _LOOSE * line[0].height

    def _breaks_off(self, line: list[Piece]) -> bool:
        """Tell whether the first line of a column does not go on with the last one of the column before."""
        if not self.last or self.last[0].rows or line[0].rows or self._differs(line):
            return True
        words = "".join(sign.text for sign in self.last[-1].signs)
        return ends_sentence(words) or not line[0].signs[0].text.islower()

    def _differs(self, line: list[Piece]) -> bool:
        above = self.last[0]
        return above.bold != line[0].bold or abs(above.height - line[0].height) > 0.1 * line[0].height

    def _rank(self, line: list[Piece]) -> int:
        """Give the rank of a heading by the size of its letters, or 0 for running text."""
        larger = line[0].height / self.body.height
        plain = larger < _LARGER and (self.body.bold or not line[0].bold)
        if plain or len(line) > 1:
            return 0
        return 1 if larger > 1.5 else 2 if larger >= _LARGER else 3

    def _table(self, piece: Piece) -> None:
        rows = []
        for number, row in enumerate(piece.rows):
            if number:
                self._put("\n")
            spans = []
            for column, cell in enumerate(row):
                if column:
                    self._put("\t")
                start = len(self.signs)
                self.signs += cell
                spans.append(Span(start, len(self.signs)))
            rows.append(tuple(spans))
        self.grids.append(rows)

    def _put(self, text: str) -> None:
        self.signs += [Sign(sign, None) for sign in text]

    def content(self) -> Content:
        """Give what was written."""
        text = "".join(sign.text for sign in self.signs)
        blocks: list[Block] = []
        tables = [_as_table(text, rows) for rows in self.grids]
        for start, end, rank in self.parts:
            words = text[start:end]
            if rank and len(words) <= _LONGEST_HEADING and not words.endswith((".", ":")):
                blocks.append(Block("heading", Span(start, end), rank))
            else:
                blocks += read_prose(text, start, end)[0]
        boxes: tuple[Box | None, ...] = tuple(sign.box for sign in self.signs)
        return Content(text, tuple(self.places), tuple(blocks), tuple(tables), boxes=boxes)


def _as_table(text: str, rows: Sequence[tuple[Span, ...]]) -> Table:
    words = [[text[span.start : span.end] for span in row] for row in rows[:2]]
    caption = text[: rows[0][0].start].rstrip("\n").rpartition("\n")[2]
    return Table(tuple(rows), header_rows(words), caption if re.match(r"Table\s\d", caption) else "")


def _gap_between(above: Sequence[Piece], below: Sequence[Piece]) -> float:
    return min(piece.box.bottom for piece in above) - max(piece.box.top for piece in below)


def _usual_gap(lines: Sequence[Sequence[Piece]]) -> float:
    """Give the usual distance of lines that follow each other closely."""
    gaps = [_gap_between(above, below) for above, below in pairwise(lines)]
    near = [gap for gap, line in zip(gaps, lines[1:], strict=True) if gap < 1.5 * line[0].height]
    return min(median(near), _LOOSE * lines[0][0].height) if near else 0.0
