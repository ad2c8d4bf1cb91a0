"""Put the pieces of a page into the order of reading: heads, columns from left to right, feet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from readson.documents.pdf_pages import Page, Piece

_MARGIN = 0.07
_FEWEST_LINES = 3
_FEWEST_SIGNS = 15
_DEEPEST = 4


def reading_order(page: Page) -> list[list[Piece]]:
    """Give runs of pieces that are read one after the other, each from top to bottom."""
    heads = [piece for piece in page.pieces if piece.box.bottom > (1 - _MARGIN) * page.height]
    feet = [piece for piece in page.pieces if piece.box.top < _MARGIN * page.height]
    outside = {id(piece) for piece in (*heads, *feet)}
    body = [piece for piece in page.pieces if id(piece) not in outside]
    return [run for run in (heads, *_columns(body, 0), feet) if run]


def _columns(pieces: Sequence[Piece], depth: int) -> Iterator[list[Piece]]:
    """Part pieces at a gutter between columns; what crosses it parts the page into bands."""
    gutter = _gutter(pieces) if depth < _DEEPEST else None
    if gutter is None:
        yield list(pieces)
        return
    crossing = [p for p in pieces if p.box.left < gutter < p.box.right]
    rest = sorted((p for p in pieces if not p.box.left < gutter < p.box.right), key=lambda p: -p.middle)
    for bound in sorted(crossing, key=lambda p: -p.middle):
        above = [piece for piece in rest if piece.middle > bound.middle]
        rest = rest[len(above) :]
        yield from _sides(above, gutter, depth)
        yield [bound]
    yield from _sides(rest, gutter, depth)


def _sides(pieces: Sequence[Piece], gutter: float, depth: int) -> Iterator[list[Piece]]:
    for side in ([p for p in pieces if p.box.right <= gutter], [p for p in pieces if p.box.left >= gutter]):
        if side:
            yield from _columns(side, depth + 1)


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Find the middle of the gap between two columns of text that the fewest pieces cross."""
    edges = sorted([(p.box.left, 1) for p in pieces] + [(p.box.right, -1) for p in pieces])
    begun = ended = 0
    gaps = []
    for (edge, step), (following, _) in pairwise(edges):
        begun, ended = begun + (step > 0), ended + (step < 0)
        left, right = ended, len(pieces) - begun
        crossing = begun - ended
        if min(left, right) >= _FEWEST_LINES and 2 * crossing <= left + right and following - edge > 6:
            gaps.append((crossing, edge - following, (edge + following) / 2))
    for _, _, middle in sorted(gaps)[:5]:
        if _is_between_columns(pieces, middle):
            return middle
    return None


def _is_between_columns(pieces: Sequence[Piece], gutter: float) -> bool:
    """Tell columns of text from columns of a table: text has long lines, side by side."""
    left = [piece for piece in pieces if piece.box.right <= gutter]
    right = [piece for piece in pieces if piece.box.left >= gutter]
    if (
        median(len(p.signs) for p in left) < _FEWEST_SIGNS
        or median(len(p.signs) for p in right) < _FEWEST_SIGNS
    ):
        return False
    low = max(min(p.box.bottom for p in left), min(p.box.bottom for p in right))
    high = min(max(p.box.top for p in left), max(p.box.top for p in right))
    return high - low > 0


def lines_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Join pieces that stand side by side into lines, from top to bottom."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (-p.middle, p.box.left)):
        if lines and not piece.rows and not lines[-1][0].rows and _beside(lines[-1][0], piece):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda p: p.box.left) for line in lines]


def _beside(first: Piece, second: Piece) -> bool:
    overlap = min(first.box.top, second.box.top) - max(first.box.bottom, second.box.bottom)
    return overlap > min(first.height, second.height) / 2
