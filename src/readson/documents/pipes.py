"""Read the rows of tables that are drawn with pipes, as in Markdown."""

from __future__ import annotations

import re
from itertools import pairwise

from readson.documents.line_marks import Line
from readson.documents.model import Span

_DIVIDER = frozenset("|-: \t")
_PIPE = re.compile(r"(?<!\\)\|")


def is_divider(words: str) -> bool:
    """Tell whether a line divides the head of a table from its rows: |---|:--:|."""
    if "|" not in words or "-" not in words or not set(words) <= _DIVIDER:
        return False
    return all(set(cell.strip()) <= {"-", ":"} and "-" in cell for cell in words.strip("|").split("|"))


def pipe_row(text: str, line: Line) -> tuple[Span, ...]:
    """Give the cells of a row, without the blanks around them."""
    edges = [line.start + found.start() for found in _PIPE.finditer(line.words)]
    if not line.words.startswith("|"):
        edges.insert(0, line.start - 1)
    if not edges or edges[-1] != line.end - 1 or len(edges) == 1:
        edges.append(line.end)
    return tuple(trim(text, left + 1, right) for left, right in pairwise(edges))


def trim(text: str, start: int, end: int) -> Span:
    """Give a slice without the blanks at its ends."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))
