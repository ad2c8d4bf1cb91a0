"""Find ruled tables on PDF pages with pdfplumber, and take their signs out of the running text."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from readson.documents.model import Box
from readson.documents.pdf_order import lines_of
from readson.documents.pdf_pages import Page, Piece, Sign, around

if TYPE_CHECKING:
    import pdfplumber

Cell = tuple[float, float, float, float]


def with_tables(data: bytes, pages: Sequence[Page]) -> list[Page]:
    """Give the pages with a piece for each ruled table."""
    if not any(page.ruled for page in pages):
        return list(pages)
    # Loading it takes long, and few documents have ruled tables.
    import pdfplumber

    # It warns of what it does not understand in fonts and colors, which are not asked for.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            grids = {page.number: _grids(document.pages[page.number - 1]) for page in pages if page.ruled}
    except Exception:
        # Of a damaged file PDFium mends more than pdfplumber, which fails in many ways; rows stay text.
        return list(pages)
    return [_with_grids(page, grids.get(page.number, [])) for page in pages]


def _grids(page: pdfplumber.page.Page) -> list[list[list[Cell | None]]]:
    return [[list(row.cells) for row in table.rows] for table in page.find_tables()]


def _with_grids(page: Page, grids: Sequence[Sequence[Sequence[Cell | None]]]) -> Page:
    for grid in grids:
        page = _with_table(page, [[_turn(cell, page.height) for cell in row] for row in grid])
    return page


def _turn(cell: Cell | None, height: float) -> Cell | None:
    """Turn edges that are counted from the top of the page into left, bottom, right, top."""
    return (cell[0], height - cell[3], cell[2], height - cell[1]) if cell else None


def _with_table(page: Page, grid: Sequence[Sequence[Cell | None]]) -> Page:
    """Take what stands in the cells out of the pieces, unless the lines only frame something."""
    rows, taken = [], set[int]()
    cells = {cell for row in grid for cell in row if cell}
    inside = {cell: _inside(page.pieces, cell, taken) for cell in sorted(cells)}
    for row in grid:
        rows.append(tuple(inside[cell] if cell else () for cell in row))
    filled = sum(1 for row in rows for cell in row if cell)
    if len(rows) < 2 or len(rows[0]) < 2 or 2 * filled < len(rows) * len(rows[0]):
        return page
    left = [rest for piece in page.pieces for rest in _without(piece, taken)]
    boxes = [sign.box for row in rows for cell in row for sign in cell if sign.box]
    return replace(page, pieces=(*left, Piece(around(boxes), (), rows=tuple(rows))))


def _inside(pieces: Sequence[Piece], cell: Cell, taken: set[int]) -> tuple[Sign, ...]:
    """Give the signs whose middle lies in a cell, line by line, and note them as taken."""
    parts = []
    for piece in pieces:
        signs = [sign for sign in piece.signs if sign.box and _holds(cell, sign.box)]
        if signs:
            taken.update(id(sign) for sign in signs)
            first, last = piece.signs.index(signs[0]), len(piece.signs) - piece.signs[::-1].index(signs[-1])
            parts.append(Piece(around([s.box for s in signs if s.box]), piece.signs[first:last]))
    words: list[Sign] = []
    for number, line in enumerate(lines_of(parts)):
        words += [Sign("\n", None)] if number else []
        words += line_signs(line, " ")
    return tuple(words)


def line_signs(line: Sequence[Piece], gap: str) -> list[Sign]:
    """Give the signs of the pieces of a line, with a gap between pieces."""
    signs: list[Sign] = []
    for piece in line:
        signs += [Sign(gap, None)] if signs else []
        signs += piece.signs
    return signs


def _holds(cell: Cell, box: Box) -> bool:
    across, up = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    return cell[0] <= across <= cell[2] and cell[1] <= up <= cell[3]


def _without(piece: Piece, taken: set[int]) -> list[Piece]:
    """Give what is left of a piece."""
    signs = tuple(sign for sign in piece.signs if id(sign) not in taken)
    boxes = [sign.box for sign in signs if sign.box]
    return [replace(piece, box=around(boxes), signs=signs)] if boxes else []
