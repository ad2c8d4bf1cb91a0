"""Take the signs of PDF pages with their boxes, as pieces: runs of signs on one line without a wide gap."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from readson.documents.model import Box
from readson.errors import DocumentError, Problem

_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
# What stands for a hyphen at the end of a line, which is printed.
_HYPHENS = dict.fromkeys(map(chr, (0x02, 0xFFFE, 0x00AD)), "-")
# A gap wider than this many heights of a line parts columns, not words.
_WIDE_GAP = 1.5


@dataclass(frozen=True, slots=True)
class Sign:
    """A character and its box; a blank between words has none."""

    text: str
    box: Box | None


@dataclass(frozen=True, slots=True)
class Piece:
    """Signs side by side, or the rows of a table's cells; its box, and whether it is printed bold."""

    box: Box
    signs: tuple[Sign, ...]
    bold: bool = False
    rows: tuple[tuple[tuple[Sign, ...], ...], ...] = ()

    @property
    def height(self) -> float:
        """Give the height of the line, which tells the size of the letters."""
        return self.box.top - self.box.bottom

    @property
    def middle(self) -> float:
        """Give the middle between top and bottom."""
        return (self.box.top + self.box.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its height in points, its pieces, and whether lines are drawn on it."""

    number: int
    height: float
    pieces: tuple[Piece, ...]
    ruled: bool


def read_pages(name: str, data: bytes) -> list[Page]:
    """Read all pages; raises DocumentError for a file that is locked, broken, or holds no text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", 0) == pdfium.FPDF_ERR_PASSWORD
        what = "is encrypted; save it without a password" if locked else "is broken; get it again"
        raise DocumentError([Problem(name, 0, 0, f"the PDF {what}")]) from error
    try:
        pages = [_read_page(document, index) for index in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise DocumentError([Problem(name, 0, 0, f"the PDF has a page that is broken: {error}")]) from error
    finally:
        document.close()
    if not any(page.pieces for page in pages):
        message = "the PDF holds no text, only pictures; run it through character recognition first"
        raise DocumentError([Problem(name, 0, 0, message)])
    return pages


def _read_page(document: pypdfium2.PdfDocument, index: int) -> Page:
    page = document[index]
    text = page.get_textpage()
    drawn = sum(1 for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3))
    pieces = tuple(_pieces(text, list(_signs(text, index + 1))))
    return Page(index + 1, page.get_height(), pieces, drawn >= 4)


def _signs(text: pypdfium2.PdfTextPage, page: int) -> Iterator[tuple[Sign, int]]:
    """Give the signs in the order of the file, each with its index; blanks and ends of lines have no box."""
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        sign = chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"
        sign = _HYPHENS.get(sign, sign)
        if sign.isspace():
            yield Sign("\n" if sign in "\r\n" else " ", None), index
        elif sign.isprintable() or sign >= "\ue000":
            box = Box(page, *(round(edge, 2) for edge in text.get_charbox(index, loose=True)))
            for letter in _LIGATURES.get(sign, sign):
                yield Sign(letter, box), index


def _pieces(text: pypdfium2.PdfTextPage, signs: Sequence[tuple[Sign, int]]) -> Iterator[Piece]:
    """Cut the signs where the line ends, the line changes, or a wide gap lies between."""
    run: list[Sign] = []
    first, last = 0, None
    for sign, index in signs:
        if sign.box is None:
            if sign.text == " " and run and run[-1].box:
                run.append(sign)
            continue
        if last and run and _apart(last, sign.box):
            yield _piece(run, _is_bold(text, first))
            run = []
        first = first if run else index
        run.append(sign)
        last = sign.box
    if run:
        yield _piece(run, _is_bold(text, first))


def _apart(last: Box, box: Box) -> bool:
    """Tell whether two signs do not stand side by side."""
    height = max(min(last.top - last.bottom, box.top - box.bottom), 1.0)
    overlap = min(last.top, box.top) - max(last.bottom, box.bottom)
    gap = box.left - last.right
    return overlap < height / 2 or gap > _WIDE_GAP * height or gap < -2 * height


def _piece(signs: Sequence[Sign], bold: bool) -> Piece:
    kept = signs[:-1] if signs[-1].box is None else signs
    boxes = [sign.box for sign in kept if sign.box]
    line = max(boxes, key=lambda box: box.top - box.bottom)
    return Piece(around(boxes), tuple(_raise(sign, line) for sign in kept), bold)


def _raise(sign: Sign, line: Box) -> Sign:
    """Write a small sign above the line as a superscript: ten to the third is no hundred and three."""
    height = line.top - line.bottom
    if sign.box is None or sign.box.top - sign.box.bottom > 0.9 * height:
        return sign
    above = sign.box.bottom > line.bottom + 0.2 * height
    return Sign(sign.text.translate(_RAISED), sign.box) if above else sign


def around(boxes: Sequence[Box]) -> Box:
    """Give the smallest box that holds all."""
    lows, highs = (min(b.left for b in boxes), min(b.bottom for b in boxes)), max(b.right for b in boxes)
    return Box(boxes[0].page, *lows, highs, max(b.top for b in boxes))


def _is_bold(text: pypdfium2.PdfTextPage, index: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(text, index) >= 600:
        return True
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, buffer, 128, flags)
    return b"bold" in buffer.value.lower()
