"""Ink: paints, patterns and figures as SVG. A class names each color, so that a style sheet may set it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from readson.pictures.boxes import Box
from readson.pictures.figures import Figure, Point
from readson.pictures.markup import element, number
from readson.pictures.notation import Paint, Style
from readson.pictures.notes import Note
from readson.verdicts import Verdict

PAPER, INK, SOFT, ALERT = "#ffffff", "#2b2a28", "#5d5a54", "#b4540a"
VERDICT_COLORS = {
    Verdict.MET: "#17592f",
    Verdict.NOT_MET: "#8f1c14",
    Verdict.UNKNOWN: "#4b4a55",
    Verdict.CONFLICTING: "#6a3a00",
}
# Each verdict has strokes of its own, so that color is never alone.
VERDICT_STROKES = {
    Verdict.MET: "M0 8L8 0M-2 2L2 -2M6 10L10 6",
    Verdict.NOT_MET: "M0 0L8 8M8 0L0 8",
    Verdict.UNKNOWN: "M1 2h2M5 6h2",
    Verdict.CONFLICTING: "M0 4h8M0 1l4 2.4l4 -2.4",
}
TEXTURES = {
    "dots": (9, "M1.5 2h.9M6 6.4h.9M3.6 4.6h.6M7.6 1.4h.6"),
    "lines": (8, "M0 2.5h8M0 6.5h8"),
    "slants": (7, "M0 7L7 0M-1 1L1 -1M6 8L8 6"),
}
WEIGHT, THIN = 1.0, 0.7


def definitions(paints: Iterable[Paint]) -> str:
    """Define the patterns of the paints used and of the four verdicts."""
    return element("defs", "".join((*map(_texture, paints), *map(_verdict, VERDICT_STROKES))))


def _texture(paint: Paint) -> str:
    if paint.texture not in TEXTURES:
        return ""
    size, strokes = TEXTURES[paint.texture]
    ground = element("rect", width=size, height=size, fill=paint.fill, class_=f"paint-{paint.name}")
    lines = element("path", d=strokes, fill="none", stroke=INK, stroke_opacity="0.28", class_="line")
    return _pattern(f"paint-{paint.name}", size, ground + lines)


def _verdict(verdict: Verdict) -> str:
    color = VERDICT_COLORS[verdict]
    ground = element("rect", width=8, height=8, fill=PAPER, class_=f"ground-{verdict.slug}")
    lines = element(
        "path", d=VERDICT_STROKES[verdict], fill="none", stroke=color, stroke_width="1.2",
        class_=f"stroke-{verdict.slug}",
    )  # fmt: skip
    return _pattern(f"verdict-{verdict.slug}", 8, ground + lines)


def _pattern(id: str, size: float, content: str) -> str:
    return element("pattern", content, id=id, width=size, height=size, patternUnits="userSpaceOnUse")


def painted(paint: Paint) -> dict[str, str]:
    """Give the attributes that fill a shape with a paint."""
    fill = f"url(#paint-{paint.name})" if paint.texture in TEXTURES else paint.fill
    names = f"shape line paint-{paint.name}" if fill == paint.fill else "shape line"
    return {"fill": fill, "class_": names}


def figure_ink(figure: Figure, style: Style) -> str:
    """Draw a figure; boxes are in the coordinates of the page, y downward."""
    outline: dict[str, str | float] = {"stroke": INK, "stroke_width": WEIGHT}
    if figure.loose:
        outline |= {"stroke_dasharray": "4 2.5"}
    filled = {**painted(style.paint), **outline}
    match figure.form:
        case "balls" | "posts" | "lands" | "leads" | "pins":
            return element("path", d=_array(figure, style), **{**filled, "stroke_width": THIN})
        case "arc":
            return _arcs(figure, style)
        case "fillets":
            return element("path", d="".join(map(_fillet, figure.boxes)), **{**filled, "stroke_width": THIN})
        case "fins":
            return element("path", d=_fins(figure.boxes[0]) + _outline(figure.boxes[1:]), **filled)
        case "group":
            return "".join(map(_dotted, figure.boxes))
        case _:
            return element("path", d=_outline(figure.boxes), **filled)


def gap_ink(figure: Figure) -> str:
    """Draw a gap: nothing, until a style sheet lights it."""
    return "".join(_rect(b, fill="none", stroke="none", class_="shape gap") for b in figure.boxes)


def _dotted(box: Box) -> str:
    return _rect(
        box, rx=4.0, fill="none", stroke=SOFT, stroke_width=THIN, stroke_dasharray="1.5 3",
        class_="shape group soft-line",
    )  # fmt: skip


def _rect(box: Box, **attributes: str | float) -> str:
    return element("rect", x=box.x0, y=box.y0, width=box.width, height=box.height, **attributes)


def _outline(boxes: Iterable[Box]) -> str:
    return "".join(
        f"M{number(b.x0)} {number(b.y0)}H{number(b.x1)}V{number(b.y1)}H{number(b.x0)}Z" for b in boxes
    )


def _fillet(box: Box) -> str:
    """Draw a filling that widens downward at its ends."""
    slope = min(8.0, box.width / 4)
    top = f"M{number(box.x0)} {number(box.y1)}Q{number(box.x0 + slope)} {number(box.y1)}"
    return (
        f"{top} {number(box.x0 + slope)} {number(box.y0)}H{number(box.x1 - slope)}"
        f"Q{number(box.x1 - slope)} {number(box.y1)} {number(box.x1)} {number(box.y1)}Z"
    )


def _fins(box: Box) -> str:
    """Draw a plate with fins that stand on it."""
    plate = box.y1 - box.height * 0.3
    count = max(3, int(box.width // 16))
    pitch = box.width / (2 * count - 1)
    path = f"M{number(box.x0)} {number(box.y1)}V{number(box.y0)}"
    for fin in range(count):
        path += f"h{number(pitch)}V{number(plate)}"
        path += f"h{number(pitch)}V{number(box.y0)}" if fin < count - 1 else ""
    return f"{path}V{number(box.y1)}Z"


def _array(figure: Figure, style: Style) -> str:
    """Draw equal things at equal distances; how many there are stands in the label."""
    return "".join(one for box in figure.boxes for one in _items(box, figure))


def _items(box: Box, figure: Figure) -> Iterator[str]:
    height = box.height
    wide = {"balls": height * 1.15, "posts": height * 0.7, "lands": 14.0, "leads": 7.0, "pins": 4.0}[
        figure.form
    ]
    wide = min(max(wide, 4.0), 18.0, box.width / (2.2 if figure.loose else 9))
    count = max(2, min(20, int(box.width // (wide * 1.9))))
    step = (box.width - wide) / (count - 1)
    for i in range(count):
        yield _item(figure.form, Box(box.x0 + i * step, box.y0, box.x0 + i * step + wide, box.y1))


def _item(form: str, box: Box) -> str:
    if form != "balls":
        return _outline((box,))
    bow = f"a{number(box.width / 2)} {number(box.height / 2)} 0 1 1"
    across = number(box.width)
    return f"M{number(box.x0)} {number((box.y0 + box.y1) / 2)}{bow} {across} 0{bow} -{across} 0"


def _arcs(figure: Figure, style: Style) -> str:
    path = "".join(_arc(*arc) for arc in figure.arcs)
    return element(
        "path", d=path, fill="none", stroke=style.paint.fill, stroke_width="1.4",
        class_=f"shape stroke-{style.paint.name}",
    )  # fmt: skip


def _arc(start: Point, end: Point, top: float) -> str:
    (x, y), (a, b) = start, end
    middle = x + (a - x) * 0.35
    return (
        f"M{number(x)} {number(y)}C{number(x)} {number(top)} {number(middle)} {number(top)} "
        f"{number(middle)} {number(top)}S{number(a)} {number(top)} {number(a)} {number(b)}"
    )


def note_ink(note: Note) -> str:
    """Draw a note; its box is in the coordinates of the page."""
    box = note.box
    line = {"x1": box.x0, "y1": box.y0, "x2": box.x1, "y2": box.y0}
    match note.form:
        case "exposed":
            return element("line", **line, stroke=ALERT, stroke_width=3.0, class_="exposed")
        case "ajar":
            return element(
                "line", **line, stroke=ALERT, stroke_width=1.6, stroke_dasharray="3 3", class_="exposed"
            )
        case "face":
            return element(
                "line", **line, stroke=INK, stroke_width=1.4, stroke_dasharray="5 1.5", class_="line"
            )
        case "void":
            return _rect(box, fill=PAPER, stroke="none", class_="paper")
        case _:
            return _open(box)


def _open(box: Box) -> str:
    """Leave a place open: paper, a dashed outline and a question mark."""
    rect = _rect(
        box, fill=PAPER, stroke=SOFT, stroke_width=THIN, stroke_dasharray="2.5 2", class_="paper soft-line"
    )
    size = min(12.0, box.height + 2)
    mark = element(
        "text", "?", x=box.middle, y=(box.y0 + box.y1) / 2 + size * 0.36, text_anchor="middle",
        font_size=size, font_weight="700", fill=INK, class_="ink",
    )  # fmt: skip
    return rect + mark


def mark_ink(figure: Figure, text: str) -> str:
    """Draw the mark that stands for parts that are not drawn: a torn strip and their number."""
    box = figure.boxes[0]
    rect = _rect(
        box,
        fill=PAPER,
        stroke=SOFT,
        stroke_width=THIN,
        stroke_dasharray="1.5 2.5",
        class_="shape paper soft-line",
    )
    return rect + element(
        "text", text, x=box.middle, y=(box.y0 + box.y1) / 2 + 4, text_anchor="middle", font_size=11.0,
        font_weight="600", fill=INK, class_="ink",
    )  # fmt: skip
