"""Labels: what is written beside parts, in two margins, with leader lines and without overlaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from readson.pictures.boxes import Box
from readson.pictures.markup import isolated, printable, text_width, wrapped

NAME, SMALL = 12.5, 11.0
LINE = 14.0
ROOM = 184.0
"""A margin is so wide."""
SPACE = 7.0
"""Labels are at least so far apart."""
STEM = 12.0

Point = tuple[float, float]
Leader = tuple[Point, Point]


@dataclass(frozen=True, slots=True)
class Label:
    """A label and where it points: `lines` are (text, is the name), `at` is the top of its box.

    `left` and `right` are the ends of the part, at the height `y`; y grows upward.
    """

    node: int
    lines: tuple[tuple[str, bool], ...]
    left: float
    right: float
    y: float
    at: float = 0.0
    is_left: bool = True

    @property
    def height(self) -> float:
        """Give the height of the label."""
        return LINE * len(self.lines) + 1.0

    @property
    def width(self) -> float:
        """Give the width of the longest line."""
        return max(text_width(text, NAME if name else SMALL, name) for text, name in self.lines)

    @property
    def anchor(self) -> float:
        """Give the x at which the leader line ends."""
        inset = min(6.0, (self.right - self.left) / 2)
        return self.left + inset if self.is_left else self.right - inset

    def box(self, edges: tuple[float, float]) -> Box:
        """Give the box of the text, for a drawing with these ends."""
        start, end = edges
        x1 = start - STEM if self.is_left else end + STEM + self.width
        return Box(x1 - self.width, self.at - self.height, x1, self.at)


def make_label(node: int, name: str, notes: Sequence[str], box: Box) -> Label:
    """Write a label: the name on at most two lines, then the notes, joined on a line where they fit."""
    names = wrapped(printable(name), NAME, ROOM, 2, bold=True)
    joined = _joined([printable(note) for note in notes if note])
    small = [line for note in joined for line in wrapped(note, SMALL, ROOM, 2)]
    lines = (*((isolated(line), True) for line in names), *((isolated(line), False) for line in small))
    return Label(node, lines, box.x0, box.x1, (box.y0 + box.y1) / 2)


def _joined(notes: Sequence[str]) -> list[str]:
    found: list[str] = []
    for note in notes:
        both = f"{found[-1]} · {note}" if found else ""
        if both and text_width(both, SMALL) <= ROOM:
            found[-1] = both
        else:
            found.append(note)
    return found


def spread(labels: Iterable[Label], edges: tuple[float, float]) -> list[Label]:
    """Share labels between the margins and move them apart, each as near to its part as it can be.

    `edges` are the ends of the drawing.
    """
    middle = sum(edges) / 2
    sided = _sided(sorted(labels, key=lambda label: (-label.y, label.left, label.node)), middle)
    found: list[Label] = []
    for is_left in (True, False):
        side = _settled([label for label in sided if label.is_left is is_left])
        found += _uncrossed(side, edges[0] - STEM if is_left else edges[1] + STEM)
    return found


def _sided(labels: list[Label], middle: float) -> list[Label]:
    """Give each label the margin on its side; those of parts in the middle fill up the emptier one."""
    filled = {True: 0.0, False: 0.0}
    found = {}
    for label in sorted(labels, key=lambda label: abs(label.left + label.right - 2 * middle) < 24):
        offset = (label.left + label.right) / 2 - middle
        is_left = offset < 0 if abs(offset) >= 12 else filled[True] <= filled[False]
        filled[is_left] += label.height
        found[label.node] = replace(label, is_left=is_left)
    return [found[label.node] for label in labels]


def _settled(labels: list[Label]) -> list[Label]:
    """Keep the order and move labels apart: runs that touch are centered on what they point at."""
    runs: list[tuple[list[Label], float]] = []  # the labels of a run, and its top
    for label in labels:
        run, top = [label], label.y + label.height / 2
        while runs and runs[-1][1] - _tall(runs[-1][0]) - SPACE < top:
            run = [*runs.pop()[0], *run]
            top = _best_top(run)
        runs.append((run, top))
    return [label for run, top in runs for label in _piled(run, top)]


def _tall(run: list[Label]) -> float:
    return sum(label.height for label in run) + SPACE * (len(run) - 1)


def _best_top(run: list[Label]) -> float:
    """Give the top by which the labels of a run are on average at the height of their parts."""
    offset, total = 0.0, 0.0
    for label in run:
        total += label.y + offset + label.height / 2
        offset += label.height + SPACE
    return total / len(run)


def _piled(run: list[Label], top: float) -> Iterable[Label]:
    for label in run:
        yield replace(label, at=top)
        top -= label.height + SPACE


def _uncrossed(labels: list[Label], edge: float) -> list[Label]:
    """Swap neighbors as long as that uncrosses their leader lines."""
    found, crossed = labels, _crossings(labels, edge)
    for _ in labels:
        for i in range(len(found) - 1 if crossed else 0):
            swapped = _settled([*found[:i], found[i + 1], found[i], *found[i + 2 :]])
            if (fewer := _crossings(swapped, edge)) < crossed:
                found, crossed = swapped, fewer
    return found


def _crossings(labels: list[Label], edge: float) -> int:
    leaders = [((edge, label.at - label.height / 2), (label.anchor, label.y)) for label in labels]
    return sum(_cross(a, b) for i, a in enumerate(leaders) for b in leaders[i + 1 :])


def _cross(first: Leader, second: Leader) -> bool:
    """Tell whether two lines cross; lines that only touch do not."""
    (a, b), (c, d) = first, second
    return _turn(a, b, c) * _turn(a, b, d) < -1e-9 and _turn(c, d, a) * _turn(c, d, b) < -1e-9


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
