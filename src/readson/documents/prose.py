"""Lay out lines of text as headings, paragraphs, items of lists, and tables of pipes."""

from __future__ import annotations

from collections.abc import Sequence

from readson.documents.breaks import cut_run
from readson.documents.line_marks import (
    Line,
    Marker,
    atx,
    capitals,
    keyed,
    marker,
    numbered,
    ruled,
    underline,
)
from readson.documents.model import Block, Span, Table
from readson.documents.pipes import is_divider, pipe_row


def read_prose(text: str, start: int = 0, end: int | None = None) -> tuple[list[Block], list[Table]]:
    """Lay out the lines of a slice of text; all spans are slices of the whole text."""
    lines = cut_lines(text, start, len(text) if end is None else end)
    scanner = _Scanner(text, lines)
    scanner.scan()
    return scanner.blocks, scanner.tables


def cut_lines(text: str, start: int, end: int) -> list[Line]:
    """Cut a slice of text into lines without the blanks around them."""
    lines = []
    for raw in text[start:end].split("\n"):
        words = raw.strip()
        words = words.removesuffix("<br>").removesuffix("<br/>").removesuffix("<br />").rstrip()
        indent = len(raw) - len(raw.lstrip())
        lines.append(Line(start + indent, start + indent + len(words), indent, words))
        start += len(raw) + 1
    return lines


class _Scanner:
    """Go through the lines once; `open` are those of the block at hand, `marks` the items that it lies in."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self._text = text
        self._lines = lines
        self._open: list[Line] = []
        self._item: Marker | None = None
        self._marks: list[tuple[int, Marker]] = []
        self._width = max((len(line.words) for line in lines), default=0)

    def scan(self) -> None:
        """Read all lines."""
        at = 0
        while at < len(self._lines):
            at += self._step(at, self._lines[at])
        self._close()

    def _step(self, at: int, line: Line) -> int:
        """Read what begins at a line; give the number of lines read."""
        words, following = line.words, self._words(at + 1)
        if not words or words.startswith(("```", "~~~")):
            self._close()
        elif len(self._open) == 1 and not self._item and underline(words):
            self._head(self._open.pop(), 0, underline(words))
        elif ruled(words):
            self._close()
        elif "|" in words and is_divider(following):
            return self._table(at)
        elif rank := atx(words)[0]:
            self._close()
            self._head(line, atx(words)[1], rank)
        elif not self._open and (rank := self._rank(at, words)):
            self._head(line, 0, rank)
        elif (mark := marker(words)) and self._begins_item(mark, words):
            self._close()
            self._begin_item(line, mark)
        else:
            self._open.append(line)
        return 1

    def _words(self, at: int) -> str:
        return self._lines[at].words if at < len(self._lines) else ""

    def _rank(self, at: int, words: str) -> int:
        """Give the rank of a heading without signs, or 0."""
        following = self._words(at + 1)
        if capitals(words) and not keyed(words) and not capitals(following):
            return 1
        if following or not (rank := numbered(words)):
            return 0
        return 0 if self._in_list(at, words) else rank

    def _in_list(self, at: int, words: str) -> bool:
        """Tell whether a numbered line stands beside the item before or after it."""
        mark = marker(words)
        nearby = (line.words for line in self._lines[at + 1 : at + 4] if line.words)
        after = marker(next(nearby, ""))
        before = self._marks[-1][1] if self._marks else None
        return mark is not None and (mark.follows(before) or (after is not None and after.follows(mark)))

    def _begins_item(self, mark: Marker, words: str) -> bool:
        """Tell whether a marker begins an item, and is not where a sentence was broken."""
        if not self._open:
            return True
        before = self._marks[-1][1] if self._marks and self._item else None
        if mark.sort == "bullet":
            cut = mark.sign in "–—·" or words[mark.width].isdigit()
            return before is not None or not cut
        known = self._item is not None and any(mark.follows(other) for _, other in self._marks)
        return known or mark.first

    def _begin_item(self, line: Line, mark: Marker) -> None:
        while self._marks and self._marks[-1][0] > line.indent:
            self._marks.pop()
        level = [n for n, (indent, _) in enumerate(self._marks) if indent == line.indent]
        alike = [n for n in level if self._marks[n][1].sort == mark.sort]
        inside = not level or mark.rank > self._marks[level[-1]][1].rank
        del self._marks[alike[0] if alike else len(self._marks) if inside else level[0] :]
        self._marks.append((line.indent, mark))
        self._item = mark
        self._open = [Line(line.start + mark.width, line.end, line.indent, line.words[mark.width :])]

    def _head(self, line: Line, width: int, rank: int) -> None:
        words = line.words[width:].rstrip("#").rstrip() if width else line.words
        start = line.start + width
        self.blocks.append(Block("heading", Span(start, start + len(words)), rank))
        self._marks.clear()

    def _close(self) -> None:
        """End the block at hand."""
        if self._open and self._item:
            self._block("item", self._open, len(self._marks) - 1)
        elif self._open:
            if not self._open[0].indent:
                self._marks.clear()
            for lines in cut_run(self._open, self._width):
                self._block("paragraph", lines, 0)
        self._open, self._item = [], None

    def _block(self, kind: str, lines: Sequence[Line], level: int) -> None:
        self.blocks.append(Block(kind, Span(lines[0].start, lines[-1].end), level))

    def _table(self, at: int) -> int:
        """Read a table of pipes: its head, the divider, and rows up to a line without a pipe."""
        self._close()
        rows = [pipe_row(self._text, self._lines[at])]
        end = at + 2
        while end < len(self._lines) and "|" in self._lines[end].words:
            rows.append(pipe_row(self._text, self._lines[end]))
            end += 1
        width = len(rows[0])
        self.tables.append(Table(tuple(_even(row, width) for row in rows), 1, self._caption()))
        return end - at

    def _caption(self) -> str:
        """Give the paragraph before a table if it is called a table."""
        last = self.blocks[-1].span if self.blocks else Span(0, 0)
        words = self._text[last.start : last.end]
        return words if words[:6].lower().rstrip() == "table" and len(words) <= 200 else ""


def _even(row: tuple[Span, ...], width: int) -> tuple[Span, ...]:
    """Give a row at least as many cells as the head has."""
    empty = Span(row[-1].end, row[-1].end)
    return (*row, *(empty for _ in range(width - len(row))))
