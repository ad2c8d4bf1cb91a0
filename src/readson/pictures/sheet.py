"""The sheet: the drawing with its labels, then the scale, the tray and the steps, as one SVG."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from readson.pictures.boxes import Box, hull
from readson.pictures.figures import Figure, Figures
from readson.pictures.folding import Folded
from readson.pictures.ink import INK, SOFT, THIN, definitions, figure_ink, gap_ink, mark_ink, note_ink
from readson.pictures.known import Size
from readson.pictures.labels import LINE as LABEL_LINE
from readson.pictures.labels import NAME, ROOM, SMALL, STEM, Label, make_label, spread
from readson.pictures.markup import element, isolated, number, text_width
from readson.pictures.notation import ARRAYS
from readson.pictures.panels import LEGEND, note_of, part, scale_bar, steps_panel, swatch, text, tray
from readson.pictures.placing import Placed
from readson.pictures.scene import Piece, Scene
from readson.pictures.steps import Step
from readson.wording import UNIT, bounds_text

WIDTH = 900.0
TOP, BELOW = 14.0, 20.0
ROUND = frozenset((*ARRAYS, "arc"))
"""Shapes of which the height is a diameter."""
ACROSS = frozenset(("layer", "fill"))
"""Shapes that are as wide as what they lie on."""
FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Liberation Sans', Helvetica, Arial, sans-serif"


@dataclass(frozen=True)
class Sheet:
    """All that one picture shows. `ids` gives the id of the element of every part, mark and step."""

    scene: Scene
    folded: Folded
    placed: Placed
    figures: Figures
    steps: tuple[Step, ...]
    ids: Mapping[int, str]

    @property
    def homeless(self) -> list[Piece]:
        """List the parts that nothing places."""
        seen = {*self.figures.drawn, *self.figures.stand_ins}
        return [piece for node, piece in self.scene.pieces.items() if node not in seen]

    @property
    def labels(self) -> list[Label]:
        """Place the labels, in the coordinates of the drawing."""
        if not self.figures.figures:
            return []
        named = [f for f in self.figures.figures if f.form != "gap"]
        made = [self._label(figure) for figure in named]
        return spread(made, self.edges)

    @property
    def edges(self) -> tuple[float, float]:
        """Give the ends of the drawing across."""
        found = [figure.hull for figure in self.figures.figures]
        return min(box.x0 for box in found), max(box.x1 for box in found)

    def _label(self, figure: Figure) -> Label:
        if figure.node < 0:
            members = self.folded.marks[figure.node].members
            label = make_label(figure.node, f"{len(members)} more", self._members(members), figure.hull)
            return replace(label, y=figure.hull.y1 - 6)
        piece = self.scene.pieces[figure.node]
        label = make_label(piece.node, piece.name, list(self._notes(piece, figure)), _pointed(figure))
        if figure.form == "group":
            return replace(label, y=figure.hull.y1)
        return replace(label, y=_visible(figure, self.figures.figures)) if piece.shape == "fill" else label

    def _members(self, members: Sequence[int]) -> list[str]:
        """Name the first and the last of the parts that a mark stands for."""
        names = [self.scene.names[node] for node in members]
        return [names[0]] if len(names) == 1 else [f"{names[0]} to {names[-1]}"]

    def _notes(self, piece: Piece, figure: Figure) -> Iterator[str]:
        plain = replace(piece, disputes=())
        yield note_of(plain)
        yield from self.scale_of(piece)
        if figure.loose:
            yield "? side not stated"
        if piece.disputes:
            yield f"≠ {', '.join(piece.disputes)}"

    def scale_of(self, piece: Piece) -> tuple[str, ...]:
        """Say which sizes of a part are known, and which are not to scale."""
        wide, high = piece.node in self.placed.wide_to_scale, piece.node in self.placed.high_to_scale
        if piece.shape in ROUND:
            size = size_text(piece.height)
            return (size and f"{size} across", "not to scale")
        length, height = size_text(piece.length), size_text(piece.height)
        known = " × ".join(filter(None, (length and f"{length} wide", height and f"{height} high")))
        if wide and high:
            return (known,)
        across = piece.shape in ACROSS
        missing = "not to scale" if not (wide or high) else f"{'height' if wide else 'width'} not to scale"
        return (known, "" if across and high else missing)


def size_text(size: Size | None) -> str:
    """Write a size, or "" where none is known or sources disagree."""
    if size is None or size.disputed:
        return ""
    text = bounds_text(size.low, size.high, False, False, UNIT + "M")
    return text.replace(" µm to", " to").replace(" mm to", " to")


def _pointed(figure: Figure) -> Box:
    """Choose the box that a leader points at: the lowest of several, in the middle of its height."""
    if figure.form == "arc":
        box = figure.hull
        return Box(box.x0 + 6, box.y1 - 3.4, box.x1 - 6, box.y1 - 3.4)
    return hull(list(figure.boxes)) if figure.form == "box" and len(figure.boxes) == 2 else figure.boxes[0]


def _visible(figure: Figure, others: Iterable[Figure]) -> float:
    """Give a height at which the ends of a filling show beside what lies in it."""
    box = figure.boxes[0]
    return box.y0 + box.height * (0.72 if box.height > 24 else 0.5)


def paint_sheet(sheet: Sheet, title: str, description: str) -> str:
    """Write the SVG."""
    labels = sheet.labels
    drawing, width, height = _drawing(sheet, labels)
    rail, after = _rail(sheet, width, height)
    tray_panel = tray(sheet.homeless, sheet.ids, width, after)
    after += tray_panel.height + (BELOW if tray_panel.height else 0)
    steps = steps_panel(sheet.steps, sheet.ids, width, after)
    empty = (
        "" if after + steps.height else text("The description names no part and no step.", 14.0, 24.0, NAME)
    )
    total = max(after + steps.height + 1, 40.0)
    paints = {piece.style.paint.name: piece.style.paint for piece in sheet.scene.pieces.values()}
    content = (
        element("title", escape(isolated(title), quote=False), id="picture-title")
        + element("desc", escape(description, quote=False), id="picture-text")
        + definitions(paints[name] for name in sorted(paints))
        + drawing + rail + tray_panel.ink + steps.ink + empty
    )  # fmt: skip
    return element(
        "svg", content, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {number(width)} {number(total)}",
        width=width, height=total, class_="picture", role="img",
        aria_labelledby="picture-title", aria_describedby="picture-text", font_family=FONT, direction="ltr",
    ) + "\n"  # fmt: skip


# The drawing


def _drawing(sheet: Sheet, labels: list[Label]) -> tuple[str, float, float]:
    """Draw figures, notes and labels; give the SVG, the width of the page and the height used."""
    if not sheet.figures.figures:
        return "", WIDTH, 0.0
    edges = sheet.edges
    margin = ROOM + STEM + 4
    width = max(WIDTH, edges[1] - edges[0] + 2 * margin)
    boxes = [figure.hull for figure in sheet.figures.figures] + [label.box(edges) for label in labels]
    around = hull(boxes)
    shift = (width - (edges[0] + edges[1])) / 2
    page = _Page(shift, around.y1 + TOP)
    notes = [replace(note, box=page.box(note.box)) for note in sheet.figures.notes]
    behind = [f for f in sheet.figures.figures if f.node in sheet.figures.behind]
    before = [f for f in sheet.figures.figures if f.node not in sheet.figures.behind]
    ink = "".join(_part_ink(sheet, figure, page) for figure in behind)
    ink += "".join(note_ink(note) for note in notes if note.form in _BACK)
    ink += "".join(_part_ink(sheet, figure, page) for figure in before)
    ink += "".join(note_ink(note) for note in notes if note.form not in _BACK)
    ink += "".join(_label_ink(label, sheet, edges, page) for label in labels)
    return ink, width, around.height + TOP + BELOW


_BACK = ("void", "open")


@dataclass(frozen=True, slots=True)
class _Page:
    """Turn coordinates of the drawing, y upward, into those of the page."""

    shift: float
    top: float

    def box(self, box: Box) -> Box:
        return Box(box.x0 + self.shift, self.top - box.y1, box.x1 + self.shift, self.top - box.y0)

    def point(self, x: float, y: float) -> tuple[float, float]:
        return x + self.shift, self.top - y

    def figure(self, figure: Figure) -> Figure:
        arcs = tuple((self.point(*a), self.point(*b), self.top - top) for a, b, top in figure.arcs)
        return replace(figure, boxes=tuple(map(self.box, figure.boxes)), arcs=arcs)


def _part_ink(sheet: Sheet, figure: Figure, page: _Page) -> str:
    placed = page.figure(figure)
    id = sheet.ids[figure.node]
    if figure.node < 0:
        members = [sheet.scene.names[node] for node in sheet.folded.marks[figure.node].members]
        ink = mark_ink(placed, f"+{len(members)}")
        return part(id, "", f"{len(members)} more: {', '.join(members)}", ink, "more")
    piece = sheet.scene.pieces.get(figure.node)
    if piece is None:
        name = sheet.scene.names[figure.node]
        return part(id, name, name, gap_ink(placed), "gap")
    said = ", ".join(filter(None, (note_of(piece), *sheet.scale_of(piece))))
    title = f"{piece.name}: {said}" if said else piece.name
    return part(id, piece.name, title, figure_ink(placed, piece.style), piece.shape)


def _label_ink(label: Label, sheet: Sheet, edges: tuple[float, float], page: _Page) -> str:
    box = label.box(edges)
    x, y = page.point(label.anchor, label.y)
    edge = page.point(box.x1 + 4 if label.is_left else box.x0 - 4, (box.y0 + box.y1) / 2)
    stub = edge[0] + (4 if label.is_left else -4)
    leader = element(
        "path", d=f"M{number(edge[0])} {number(edge[1])}H{number(stub)}L{number(x)} {number(y)}", fill="none",
        stroke=SOFT, stroke_width=THIN, class_="soft-line",
    )  # fmt: skip
    dot = element("circle", cx=x, cy=y, r=1.7, fill=INK, class_="ink")
    words = ""
    start = page.point(box.x0, box.y1)
    for i, (line, name) in enumerate(label.lines):
        size = NAME if name else SMALL
        words += _line(
            line, start[0], box.x1 + page.shift, start[1] + LABEL_LINE * i + 11.5, size, name, label.is_left
        )
    return element(
        "g", leader + dot + words, class_="label", data_for=sheet.ids[label.node], aria_hidden="true"
    )


def _line(line: str, x0: float, x1: float, y: float, size: float, name: bool, is_left: bool) -> str:
    anchor = {"text_anchor": "end"} if is_left else {}
    weight = {"font_weight": "600"} if name else {}
    color = INK if name else SOFT
    return element(
        "text", escape(line, quote=False), x=x1 if is_left else x0, y=y, font_size=size, fill=color,
        class_="ink" if name else "soft-ink", **anchor, **weight,
    )  # fmt: skip


# The scale and the legend


def _rail(sheet: Sheet, width: float, top: float) -> tuple[str, float]:
    """Draw the scale bar and the legend; give the SVG and where the next panel begins."""
    if not sheet.figures.figures:
        return "", top
    ink, x = "", 14.0
    if not math.isnan(sheet.placed.scale.across):
        ink += scale_bar(sheet.placed.scale.across, x, top)
        x += 140.0
        if not math.isnan(sheet.placed.scale.up):
            times = f"heights × {sheet.placed.scale.up / sheet.placed.scale.across:.2g}"
            ink += text(times, x, top + 7, 11.0)
            x += 92.0
    y = top + 8
    for kind in legend_of(sheet):
        entry = LEGEND[kind]
        lead = 0.0 if kind == "dispute" else 27.0
        wide = lead + text_width(entry, 11.0) + 18
        if x + wide > width:
            x, y = 14.0, y + 18
        ink += swatch(kind, x, y) + text(entry, x + lead, y, 11.0, soft=True)
        x += wide
    return ink, y + BELOW


def legend_of(sheet: Sheet) -> list[str]:
    """List the marks that a picture uses."""
    used = {note.form for note in sheet.figures.notes}
    used |= {"loose"} if any(figure.loose for figure in sheet.figures.figures) else set()
    used |= {"dispute"} if any(piece.disputes for piece in sheet.scene.pieces.values()) else set()
    return [kind for kind in LEGEND if kind in used]
