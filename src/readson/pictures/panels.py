"""Panels below the drawing: the scale, parts without a place, and the steps of a process."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from readson.pictures.boxes import Box
from readson.pictures.figures import Figure
from readson.pictures.ink import INK, PAPER, SOFT, THIN, figure_ink, note_ink
from readson.pictures.markup import cut, element, isolated, number, printable, wrapped
from readson.pictures.notes import Note
from readson.pictures.scene import Piece
from readson.pictures.steps import Step

COLUMNS, TRAY = 4, 24
INSET, APART, LINE = 14.0, 16.0, 14.0
ICON = 34.0
ROUND = (1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class Panel:
    """A strip of the page: its SVG and its height."""

    ink: str
    height: float


def text(content: str, x: float, y: float, size: float, *, bold: bool = False, soft: bool = False) -> str:
    """Write one line of text."""
    color, name = (SOFT, "soft-ink") if soft else (INK, "ink")
    weight = {"font_weight": "600"} if bold else {}
    return element(
        "text", escape(content, quote=False), x=x, y=y, font_size=size, fill=color, class_=name, **weight
    )


def part(id: str, name: str, title: str, ink: str, kind: str) -> str:
    """Wrap what shows a part so that it can be found, focused and lit."""
    named = {"data_part": printable(name)} if name else {}
    heading = element("title", escape(isolated(title), quote=False))
    return element(
        "g", heading + ink, id=id, class_=f"part {kind}", **named, tabindex="0", role="graphics-symbol"
    )


def frame(title: str, width: float, top: float, height: float) -> str:
    """Draw the frame of a panel, with its title in the upper edge."""
    box = element(
        "rect", x=0.5, y=top, width=width - 1, height=height, rx=3.0, fill="none", stroke=SOFT,
        stroke_width=THIN, class_="soft-line",
    )  # fmt: skip
    return box + text(title, INSET, top + 19, 12.5, bold=True)


def tray(pieces: Sequence[Piece], ids: Mapping[int, str], width: float, top: float) -> Panel:
    """Show the parts whose place nobody states, side by side."""
    if not pieces:
        return Panel("", 0.0)
    cell = (width - 2 * INSET) / COLUMNS
    rows = math.ceil(len(pieces) / COLUMNS)
    height = 32 + rows * 46.0
    ink = frame("Place not stated", width, top, height)
    for i, piece in enumerate(pieces):
        x, y = INSET + (i % COLUMNS) * cell, top + 34 + (i // COLUMNS) * 46.0
        ink += _cell(piece, ids[piece.node], x, y, cell)
    return Panel(ink, height)


def _cell(piece: Piece, id: str, x: float, y: float, cell: float) -> str:
    room = cell - ICON - 18
    name = cut(printable(piece.name), 12.5, room, bold=True)
    note = cut(printable(note_of(piece)), 11.0, room)
    ink = icon(piece, Box(x, y + 3, x + ICON, y + 25))
    ink += text(isolated(name), x + ICON + 9, y + 12, 12.5, bold=True)
    ink += text(isolated(note), x + ICON + 9, y + 26, 11.0, soft=True)
    return part(id, piece.name, f"{piece.name}: place not stated", ink, "loose")


def note_of(piece: Piece) -> str:
    """Say the kind and number of a part, and where sources disagree."""
    count = "" if math.isnan(piece.count) or piece.count == 1 else f"× {piece.count:,.0f}"
    disputes = f"≠ {', '.join(piece.disputes)}" if piece.disputes else ""
    return " ".join(filter(None, (piece.kind, count, disputes)))


def icon(piece: Piece, box: Box) -> str:
    """Draw a small sign of a part that has no place, with a dashed outline."""
    middle = (box.y0 + box.y1) / 2
    match piece.shape:
        case "balls" | "posts" | "lands" | "leads" | "pins":
            shape = Figure(
                piece.node, piece.shape, (Box(box.x0, middle - 6, box.x1, middle + 6),), loose=True
            )
        case "arc":
            arc = ((box.x0, box.y1), (box.x1, box.y1), box.y0)
            shape = Figure(piece.node, "arc", (), (arc,), loose=True)
        case "layer" | "film":
            shape = Figure(piece.node, "box", (Box(box.x0, middle - 3, box.x1, middle + 3),), loose=True)
        case "fins" | "group" as form:
            shape = Figure(piece.node, form, (box,), loose=True)
        case _:
            shape = Figure(piece.node, "box", (Box(box.x0, middle - 9, box.x1, middle + 9),), loose=True)
    return figure_ink(shape, piece.style)


def steps_panel(steps: Sequence[Step], ids: Mapping[int, str], width: float, top: float) -> Panel:
    """Show the steps of a process as a chain of boxes, row by row."""
    if not steps:
        return Panel("", 0.0)
    gap = 26.0
    wide = (width - 2 * INSET - (COLUMNS - 1) * gap) / COLUMNS
    ink, y = "", top + 32
    for first in range(0, len(steps), COLUMNS):
        row = steps[first : first + COLUMNS]
        lines = [_lines(step, first + i + 1, wide - 20) for i, step in enumerate(row)]
        high = max(len(found) for found in lines) * LINE + 14
        for i, (step, found) in enumerate(zip(row, lines, strict=True)):
            x = INSET + i * (wide + gap)
            ink += _arrow(step, x, y, gap, high) if first + i else ""
            ink += _step(step, ids[step.node], found, Box(x, y, x + wide, y + high))
        y += high + APART
    height = y - top
    return Panel(frame("Steps of the process", width, top, height) + ink, height)


def _lines(step: Step, place: int, room: float) -> list[tuple[str, bool]]:
    """Give the lines of a step: its number and name, its kind, its work and its conditions."""
    found = [(line, True) for line in wrapped(f"{place}. {printable(step.name)}", 12.5, room, 2, bold=True)]
    for entry in filter(None, (step.kind, *step.works, *step.conditions)):
        found += [(line, False) for line in wrapped(printable(entry), 11.0, room, 2)]
    return found


def _step(step: Step, id: str, lines: list[tuple[str, bool]], box: Box) -> str:
    ink = element(
        "rect", x=box.x0, y=box.y0, width=box.width, height=box.height, rx=3.0, fill=PAPER, stroke=INK,
        stroke_width=1.0, class_="shape paper line",
    )  # fmt: skip
    for i, (line, name) in enumerate(lines):
        size = 12.5 if name else 11.0
        ink += text(isolated(line), box.x0 + 10, box.y0 + 18 + i * LINE, size, bold=name, soft=not name)
    return part(id, step.name, ": ".join(filter(None, (step.name, step.kind))), ink, "step")


def _arrow(step: Step, x: float, y: float, gap: float, high: float) -> str:
    """Lead from the step before: dashed, with a question mark, where the order is not known."""
    middle = y + min(high / 2, 22.0)
    at = x - gap if x > INSET + 1 else None
    start = at + 3 if at is not None else x - 11
    path = f"M{number(start)} {number(middle)}H{number(x - 4)}"
    head = f"M{number(x - 9)} {number(middle - 3.5)}l5.5 3.5l-5.5 3.5"
    dashes = {} if step.follows else {"stroke_dasharray": "3 2.5"}
    ink = element("path", d=path, fill="none", stroke=INK, stroke_width=1.2, class_="line", **dashes)
    ink += element("path", d=head, fill="none", stroke=INK, stroke_width=1.2, class_="line")
    return ink if step.follows else ink + text("?", x - 17, middle - 5, 11.0, bold=True)


def scale_bar(across: float, x: float, top: float) -> str:
    """Draw a bar of a round length for the scale across."""
    meters = round_length(70 / across)
    width = meters * across
    path = f"M{number(x)} {number(top)}v6m0 -3h{number(width)}m0 -3v6"
    bar = element("path", d=path, fill="none", stroke=INK, stroke_width=1.2, class_="line")
    return bar + text(length_text(meters), x + width + 7, top + 7, 11.0)


def round_length(meters: float) -> float:
    """Give the largest of 1, 2 and 5 times a power of ten that is no longer.

    >>> round_length(0.0031), round_length(0.07)
    (0.002, 0.05)
    """
    power = 10.0 ** math.floor(math.log10(meters))
    return float(f"{max(r for r in ROUND if r * power <= meters * (1 + 1e-9)) * power:.6g}")


def length_text(meters: float) -> str:
    """Write a length.

    >>> length_text(0.002), length_text(5e-05)
    ('2 mm', '50 µm')
    """
    return f"{meters * 1e3:g} mm" if meters >= 1e-3 else f"{meters * 1e6:g} µm"


LEGEND = {
    "exposed": "exposed surface",
    "ajar": "exposed in part; how much is not stated",
    "face": "active face",
    "open": "not stated what is there",
    "loose": "dashed outline: which side is not stated",
    "dispute": "≠ sources disagree",
}


def swatch(kind: str, x: float, y: float) -> str:
    """Draw the sample of a legend entry."""
    if kind == "dispute":
        return ""
    if kind == "loose":
        return element(
            "rect", x=x, y=y - 8, width=20.0, height=9.0, fill=PAPER, stroke=INK, stroke_width=1.0,
            stroke_dasharray="4 2.5", class_="paper line",
        )  # fmt: skip
    high = 11.0 if kind == "open" else 0.0
    return note_ink(Note(kind, Box(x, y - 4 - high / 2, x + 20, y - 4 + high / 2)))
