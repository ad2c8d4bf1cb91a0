"""Read CSV and its like: cells between delimiters, in quotation marks where they hold one."""

from __future__ import annotations

from itertools import accumulate

from readson.documents.content import Content
from readson.documents.decoding import Decoded
from readson.documents.delimiters import delimiter_of
from readson.documents.sheets import Cell, Sheets
from readson.errors import DocumentError, Problem


def read_delimited(name: str, decoded: Decoded) -> Content:
    """Read a table; raises DocumentError where a quotation mark is not closed."""
    reader = _Reader(name, decoded.text)
    sheets = Sheets()
    sheets.add(reader.rows())
    return sheets.content(decoded.origins(place[3] for place in sheets.places))


class _Reader:
    """Go through the text once; `at` is the place of the next cell."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text
        # Spreadsheet programs name the delimiter in a first line of its own.
        named = text[:5].lower().startswith("sep=") and text[5:6] == "\n"
        self._at = 6 if named else 0
        self._delimiter = text[4] if named else delimiter_of(text[:200_000]) or ","

    def rows(self) -> list[list[Cell]]:
        """Give all rows."""
        rows = []
        while self._at < len(self._text):
            newline = self._text.find("\n", self._at)
            end = newline if newline >= 0 else len(self._text)
            plain = self._text.find('"', self._at, end) < 0
            rows.append(self._plain_row(end) if plain else self._quoted_row())
            self._at = end + 1 if plain else self._at
        return rows

    def _plain_row(self, end: int) -> list[Cell]:
        """Read a row without quotation marks."""
        words = self._text[self._at : end].split(self._delimiter)
        starts = accumulate((len(word) + 1 for word in words), initial=self._at)
        return [Cell(word, ((0, start),)) for word, start in zip(words, starts, strict=False)]

    def _quoted_row(self) -> list[Cell]:
        """Read cell by cell up to a newline outside quotation marks."""
        cells, sign = [self._cell()], self._text[self._at : self._at + 1]
        while sign == self._delimiter:
            self._at += 1
            cells.append(self._cell())
            sign = self._text[self._at : self._at + 1]
        self._at += 1
        return cells

    def _cell(self) -> Cell:
        """Read a cell up to the sign after it."""
        if self._text[self._at : self._at + 1] != '"':
            return self._bare([], [])
        opened, texts, pieces = self._at, list[str](), list[tuple[int, int]]()
        at = self._at + 1
        while (end := self._text.find('"', at)) >= 0:
            doubled = self._text[end + 1 : end + 2] == '"'
            _add(texts, pieces, self._text[at : end + doubled], at)
            at = end + 1 + doubled
            if not doubled:
                self._at = at
                return self._bare(texts, pieces)
        line = self._text.count("\n", 0, opened) + 1
        column = opened - self._text.rfind("\n", 0, opened)
        raise DocumentError([Problem(self._name, line, column, "the quotation mark is not closed")])

    def _bare(self, texts: list[str], pieces: list[tuple[int, int]]) -> Cell:
        """Read on to the end of the cell, as it is written."""
        newline = self._text.find("\n", self._at)
        end = newline if newline >= 0 else len(self._text)
        delimiter = self._text.find(self._delimiter, self._at, end)
        end = delimiter if delimiter >= 0 else end
        _add(texts, pieces, self._text[self._at : end], self._at)
        self._at = end
        return Cell("".join(texts), tuple(pieces))


def _add(texts: list[str], pieces: list[tuple[int, int]], text: str, at: int) -> None:
    """Add a piece of a cell, unless it is empty."""
    if text:
        offset = pieces[-1][0] + len(texts[-1]) if pieces else 0
        pieces.append((offset, at))
        texts.append(text)
