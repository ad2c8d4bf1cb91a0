"""Laying out: the text of a source as lines or rows of cells, on pages that are not too heavy.

Lines know what is cited on them, where they stand in the file, and on which page they are shown.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from readson.passages import line_starts, row_order
from readson.results import Fact, LedgerEntry, Passage, RowRef, SourceSheet
from readson.statements import Place

Item = TypeVar("Item")
WEIGHT = 200_000
"""A page holds so many bytes at most, as near as can be told beforehand."""
LONGEST = 4_000
"""A longer line goes on in further ones; texts of data may have no line ends at all."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one line that the same passages cite; `begins` are the anchors of those that begin with it."""

    text: str
    passages: tuple[Passage, ...]
    begins: tuple[str, ...]

    @property
    def rows(self) -> tuple[RowRef, ...]:
        """List the rows that rest on these words."""
        return _rows(self.passages)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source, or a further part of a long one: that has the number 0.

    `label` is its number in the file, `heading` the page or sheet that begins with it, `place` the key under
    which its values stand. Sheets have several cells, other texts one. `spots` are the anchors of passages
    that name this line and whose words are not in it. `start` counts characters of the text.
    """

    number: int
    start: int
    label: str
    heading: str
    place: str
    cells: tuple[tuple[Piece, ...], ...]
    spots: tuple[str, ...]
    cited: bool
    rows: tuple[RowRef, ...]

    @property
    def anchors(self) -> tuple[str, ...]:
        """List the anchors that this line holds."""
        return (*self.spots, *(a for cell in self.cells for piece in cell for a in piece.begins))

    @property
    def weight(self) -> int:
        """Estimate the bytes of the line on a page."""
        pieces = [piece for cell in self.cells for piece in cell]
        words = sum(len(piece.text.encode(errors="replace")) for piece in pieces)
        return words + 200 + 90 * len(self.rows) + 160 * len(pieces)


def is_sheet(source: SourceSheet) -> bool:
    """Tell whether a source is a sheet of cells: its lines are rows, and tabs part their cells."""
    return any(place.locator.startswith("cell ") for place in source.places)


def lay_out(source: SourceSheet) -> list[Line]:
    """Cut a source into lines, and lines into pieces that are cited or not."""
    text = source.text.removesuffix("\n")
    spans = list(_line_spans(text))
    cited = _by_line(source.passages, spans)
    signs = _Signs(source, text)
    return [_line(text, span, cited.get(span, ()), signs) for span in spans]


def split(items: Iterable[Item], weight: Callable[[Item], int]) -> list[list[Item]]:
    """Put items on pages, in their order; there is one page at least."""
    pages: list[list[Item]] = [[]]
    room = WEIGHT
    for item in items:
        if pages[-1] and weight(item) > room:
            pages.append([])
            room = WEIGHT
        pages[-1].append(item)
        room -= weight(item)
    return pages


def entry_weight(entry: LedgerEntry) -> int:
    """Estimate the bytes of an entry of a ledger on a page."""
    words = "".join((entry.text, entry.locator, *entry.reasons, *entry.choices))
    return len(words.encode(errors="replace")) + 320 + 90 * len(entry.rows)


def fact_weight(fact: Fact) -> int:
    """Estimate the bytes of a fact on a page."""
    said = fact.citation
    words = "".join((said.sentence, said.quote, said.note, said.source_title, said.locator))
    return len(words.encode(errors="replace")) + 420 + 90 * len(fact.rows)


_Span = tuple[int, int, int]
"""The number of a line, 0 for a further part, and where it begins and ends."""


def _line_spans(text: str) -> Iterator[_Span]:
    for number, (start, line) in enumerate(zip(line_starts(text), text.split("\n"), strict=True), 1):
        ends = [*range(LONGEST, len(line), LONGEST), len(line)]
        for n, (first, last) in enumerate(pairwise([0, *ends])):
            yield 0 if n else number, start + first, start + last


def _by_line(passages: Sequence[Passage], spans: Sequence[_Span]) -> dict[_Span, list[Passage]]:
    """Give the passages that have words, or their place, on each line."""
    found: dict[_Span, list[Passage]] = {}
    starts = [start for _, start, _ in spans]
    for passage in passages:
        if passage.start >= 0:
            first = bisect_right(starts, passage.start) - 1
            last = bisect_right(starts, max(passage.end - 1, passage.start))
            for span in spans[first:last]:
                found.setdefault(span, []).append(passage)
    return found


def _line(text: str, span: _Span, passages: Sequence[Passage], signs: _Signs) -> Line:
    number, start, end = span
    here = tuple(p for p in passages if start <= p.start)
    label, heading, place = signs.of(span)
    return Line(
        number=number,
        start=start,
        label=label,
        heading=heading,
        place=place if here else "",
        cells=tuple(tuple(_pieces(text, *cell, passages)) for cell in signs.cells(start, end)),
        spots=tuple(p.anchor for p in here if p.start == p.end),
        cited=bool(here),
        rows=_rows(here),
    )


def _pieces(text: str, start: int, end: int, passages: Sequence[Passage]) -> Iterator[Piece]:
    """Cut a line where cited words begin and end; the indentation of a line is never cited."""
    words = start + len(text[start:end]) - len(text[start:end].lstrip())
    over = [(max(p.start, words), min(p.end, end), p) for p in passages if p.start < p.end]
    over = [(first, last, passage) for first, last, passage in over if first < last]
    edges = sorted({start, end}.union(*((first, last) for first, last, _ in over)))
    for a, b in pairwise(edges):
        citing = tuple(p for first, last, p in over if first <= a and b <= last)
        yield Piece(text[a:b], citing, tuple(p.anchor for p in citing if p.start == a))


class _Signs:
    """What stands beside the lines of a source: their numbers, pages and sheets, keys, and columns."""

    def __init__(self, source: SourceSheet, text: str) -> None:
        self._text = text
        self._sheet = is_sheet(source)
        self._places = source.places
        self._starts = [place.start for place in source.places]

    def of(self, span: _Span) -> tuple[str, str, str]:
        """Give the label of a line, the heading above it, and the place beside it."""
        number, start, end = span
        own = str(number) if number else ""
        here = self._places[bisect_right(self._starts, start - 1) : bisect_right(self._starts, end)]
        at = self._at(start)
        if self._sheet:
            return self._row(here)
        if at.startswith("line "):
            return next((p.locator.removeprefix("line ") for p in here), ""), "", ""
        if at.startswith("page "):
            return own, next((p.locator for p in here), "").capitalize(), ""
        return own, "", next((p.locator for p in here), at)

    def cells(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Give where the cells of a row begin and end; another line is one cell."""
        if not self._sheet:
            yield start, end
            return
        for cell in self._text[start:end].split("\t"):
            yield start, start + len(cell)
            start += len(cell) + 1

    def _row(self, here: Sequence[Place]) -> tuple[str, str, str]:
        sheets = (p.locator.removeprefix("sheet ") for p in here if p.locator.startswith("sheet "))
        cells = (p.locator.rpartition("!")[2] for p in here if p.locator.startswith("cell "))
        number = next(("".join(filter(str.isdigit, cell)) for cell in cells), "")
        return number, next((f"Sheet {sheet}" for sheet in sheets), ""), ""

    def _at(self, start: int) -> str:
        at = bisect_right(self._starts, start) - 1
        return self._places[max(at, 0)].locator if self._places else ""


def _rows(passages: Iterable[Passage]) -> tuple[RowRef, ...]:
    rows = dict.fromkeys(row for passage in passages for row in passage.rows)
    return tuple(sorted(rows, key=row_order))
