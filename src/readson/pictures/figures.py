"""Figures: the shapes that show each part, hindmost first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from readson.pictures.boxes import Box, hull
from readson.pictures.folding import Folded
from readson.pictures.gaps import Gap, array_sides, face_down
from readson.pictures.notes import Note, draw_notes
from readson.pictures.placing import COVER, WIRE_ROOM, Placed
from readson.pictures.scene import UNSTATED, Scene
from readson.pictures.stacking import Stack

Point = tuple[float, float]
AROUND, LEG, FILLET = 10.0, 9.0, 8.0


@dataclass(frozen=True, slots=True)
class Figure:
    """What shows one part: boxes of one form, and the points of arcs; what is `loose` is dashed."""

    node: int
    form: str
    boxes: tuple[Box, ...]
    arcs: tuple[tuple[Point, Point, float], ...] = ()
    loose: bool = False

    @property
    def hull(self) -> Box:
        """Give the box around the figure."""
        return hull(
            [*self.boxes, *(Box(min(a, c), min(b, d), max(a, c), top) for (a, b), (c, d), top in self.arcs)]
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """Hold what is drawn, hindmost first, the notes on it, and what stands for parts not drawn.

    Those `behind` lie around others, and places left open are cut out of them.
    """

    figures: tuple[Figure, ...]
    notes: tuple[Note, ...]
    stand_ins: Mapping[int, int]
    behind: frozenset[int]

    @property
    def drawn(self) -> dict[int, Figure]:
        """Give the figure of each part."""
        return {figure.node: figure for figure in self.figures}


def draw_figures(scene: Scene, folded: Folded, placed: Placed) -> Figures:
    """Give the figures of all that is placed."""
    return _Fitter(scene, folded, placed).figures()


class _Fitter:
    def __init__(self, scene: Scene, folded: Folded, placed: Placed) -> None:
        self.scene, self.folded, self.placed = scene, folded, placed
        self.stack = folded.stack

    def figures(self) -> Figures:
        behind = [Figure(node, "box", (box,)) for node, box in self.regions.items()]
        behind = [replace(f, boxes=(*f.boxes, *self._inside(f.node))) for f in behind]
        fills = [
            f for node in self.scene.of_shape("fill") if node not in self.regions for f in self._fill(node)
        ]
        bodies = [self._body(node) for node in self.placed.boxes]
        gaps = [f for gap in self.placed.gaps.values() for f in self._gap(gap)]
        layers = [f for node in self.scene.of_shape("layer", "film") for f in self._layer(node)]
        arrays = list(self._arrays())
        wires = [f for node in self.scene.of_shape("arc") for f in self._wire(node)]
        shown = [*behind, *gaps, *fills, *bodies, *layers, *arrays, *wires]
        groups = [f for node in self.scene.of_shape("group") for f in self._group(node, shown)]
        found = (*groups, *shown)
        stand_ins = self._stand_ins({f.node for f in found})
        hindmost = frozenset(f.node for f in (*groups, *behind))
        notes = draw_notes(self.scene, self.folded, self.placed, self.regions)
        return Figures(found, tuple(notes), stand_ins, hindmost)

    # Bodies

    def _body(self, node: int) -> Figure:
        boxes = self.placed.boxes[node]
        if node < 0:
            return Figure(node, "row" if self.folded.marks[node].upright else "pile", boxes)
        form = "fins" if self.scene.pieces[node].shape == "fins" else "box"
        return Figure(node, form, (*boxes, *self._legs(node)), loose=node in self.stack.loose)

    def _legs(self, node: int) -> Iterator[Box]:
        """Reach down to what a body is fixed to beside all that lies between."""
        box = self.placed.box(node)
        for upper, base in self.scene.fixed:
            if upper != node or base not in self.placed.boxes or base in self.stack.supports[node]:
                continue
            floor = self.placed.box(base)
            for x0 in (box.x0, box.x1 - LEG):
                leg = Box(x0, floor.y1, x0 + LEG, box.y0)
                others = (b for n, found in self.placed.boxes.items() if n not in (node, base) for b in found)
                clear = not any(leg.overlaps(other) for other in others)
                if clear and floor.x0 <= leg.x0 and leg.x1 <= floor.x1 and leg.height > 0:
                    yield leg

    # Layers and fills

    def _gap(self, gap: Gap) -> Iterator[Figure]:
        boxes = tuple(box for other, box in self.placed.boxed_gaps() if other is gap)
        if gap.item is not None and boxes:
            yield Figure(gap.item, "gap", boxes)

    def _layer(self, node: int) -> Iterator[Figure]:
        boxes = tuple(box for gap, box in self.placed.boxed_gaps() if node in gap.layers)
        if boxes:
            yield Figure(node, "box", boxes)

    def _fill(self, node: int) -> Iterator[Figure]:
        """Fill gaps up to the edges of what is above, with a fillet on either side."""
        found = [(gap, box) for gap, box in self.placed.boxed_gaps() if node in gap.fills]
        if found:
            yield Figure(node, "fillets", tuple(self._filleted(gap, box) for gap, box in found))

    def _filleted(self, gap: Gap, box: Box) -> Box:
        lower = self.placed.box(gap.lower)
        return Box(max(lower.x0, box.x0 - FILLET), box.y0, min(lower.x1, box.x1 + FILLET), box.y1)

    def _inside(self, node: int) -> Iterator[Box]:
        """Give the gaps that a fill around something fills outside of its own region."""
        region = self.regions[node]
        for gap, box in self.placed.boxed_gaps():
            if node in gap.fills and not region.holds(box):
                yield box

    @cached_property
    def regions(self) -> dict[int, Box]:
        """Give the box of each fill that lies around something."""
        found = {}
        for node in self.scene.of_shape("fill"):
            covered = [b for b in self.stack.order if b in self.scene.around.get(node, ())]
            covered = [b for b in covered if b in self.placed.boxes]
            if covered:
                found[node] = self._region(covered[0])
        return found

    def _region(self, base: int) -> Box:
        floor = self.placed.box(base)
        held = [n for n in self.placed.boxes if base in self.stack.below(n) and self._embedded(n, base)]
        if held:
            return Box(floor.x0, floor.y1, floor.x1, max(self._skin(n) for n in held))
        if not self.stack.supports[base] and self._bears_terminals(base):
            return Box(floor.x0, floor.y1, floor.x1, floor.y1 + 30)
        return Box(floor.x0 - AROUND, floor.y0, floor.x1 + AROUND, self._skin(base))

    def _bears_terminals(self, base: int) -> bool:
        return any(body == base and below for body, below in array_sides(self.scene, self.folded).values())

    def _embedded(self, node: int, base: int) -> bool:
        """Tell whether a body over a base lies in what covers the base."""
        if node >= 0 and self.scene.pieces[node].shape == "film":
            return False
        outside = {b for a, b in self.scene.fixed if a == node} & self.stack.below(base)
        return not outside and self.placed.box(node).width <= self.placed.box(base).width + 1

    def _skin(self, node: int) -> float:
        """Give the height up to which a fill reaches over a body."""
        seen = self.scene.exposures.get(node, UNSTATED)
        top = self.placed.box(node).y1
        if node < 0:
            return top
        return top if seen.part and seen.full is not False else top + COVER

    # Arrays and wires

    def _arrays(self) -> Iterator[Figure]:
        for node, (body, below) in array_sides(self.scene, self.folded).items():
            if body not in self.placed.boxes or (below and self._on_pile(body)):
                continue
            loose = self.scene.borne[node][1] == "" or _turned_unknown(
                self.scene, self.folded.whole, body, node
            )
            boxes = [b for gap, b in self.placed.boxed_gaps() if node in gap.arrays]
            if not boxes:
                boxes = [self._free(node, body, below)]
            shape = self.scene.pieces[node].shape
            yield Figure(node, shape, tuple(_narrowed(b) for b in boxes), loose=loose)

    def _on_pile(self, body: int) -> bool:
        """Tell whether a mark lies right below a body, so that nothing between the two is drawn."""
        return any(n < 0 for n in self.stack.supports[body])

    def _free(self, node: int, body: int, below: bool) -> Box:
        """Give the box of an array on a side that nothing else touches."""
        box, piece = self.placed.box(body), self.scene.pieces[node]
        height, _ = self.placed.scale.height(piece.height, 8.0)
        height = height if height == height else piece.style.height
        low, high = (box.y0 - height, box.y0) if below else (box.y1, box.y1 + height)
        return Box(box.x0, low, box.x1, high)

    def _wire(self, node: int) -> Iterator[Figure]:
        ends = [n for n in self.stack.order if n in self.scene.joins.get(node, ()) and n in self.placed.boxes]
        if len(ends) > 1:
            lower, upper = self.placed.box(ends[0]), self.placed.box(ends[-1])
            if ends[0] in self.stack.below(ends[-1]):
                arcs = tuple(self._bonds(ends[-1], upper, lower))
            else:
                left, right = sorted((lower, upper), key=lambda box: box.x0)
                top = max(left.y1, right.y1) + 14
                arcs = (((left.x1 - 6, left.y1), (right.x0 + 6, right.y1), top),)
            yield Figure(node, "arc", (), arcs)

    def _bonds(self, body: int, upper: Box, lower: Box) -> Iterator[tuple[Point, Point, float]]:
        """Bow from both edges of a body down beside all that it lies on."""
        under = [self.placed.box(n) for n in self.stack.below(body) if n in self.placed.boxes]
        beside = [upper, *(box for box in under if box.y0 >= lower.y1 - 1e-6)]
        left, right = min(b.x0 for b in beside), max(b.x1 for b in beside)
        top = upper.y1 + min(13.0, WIRE_ROOM - 5)
        for inset, out in ((5.0, 9.0), (10.0, 15.0)):
            yield (upper.x0 + inset, upper.y1), (left - out, lower.y1), top
            yield (upper.x1 - inset, upper.y1), (right + out, lower.y1), top

    def _group(self, node: int, shown: list[Figure]) -> Iterator[Figure]:
        members = self.scene.gathers.get(node, frozenset())
        boxes = [f.hull for f in shown if f.node in members]
        if boxes:
            around = hull(boxes)
            yield Figure(node, "group", (Box(around.x0 - 4, around.y0 - 3, around.x1 + 4, around.y1 + 3),))

    # What is not drawn

    def _stand_ins(self, drawn: Iterable[int]) -> dict[int, int]:
        """Give the mark that stands for each part that is left out, or goes with one that is."""
        hidden, shown = self.folded.hidden, set(drawn)
        found = dict(hidden)
        for pair, gap in self.scene.gaps.items():
            found.update((gap, hidden[n]) for n in sorted(pair) if n in hidden)
        for node, (body, _) in self.scene.borne.items():
            marks = (
                [hidden[body]] if body in hidden else [n for n in self.stack.supports.get(body, ()) if n < 0]
            )
            if marks:
                found[node] = marks[0]
        for relations in (self.scene.between, self.scene.inside, self.scene.joins):
            for node, others in relations.items():
                marks = [found[n] for n in sorted(others) if n in found]
                if marks and node not in shown:
                    found[node] = marks[0]
        return {node: mark for node, mark in found.items() if node not in shown}


def _turned_unknown(scene: Scene, stack: Stack, body: int, node: int) -> bool:
    """Tell whether an array is on a face of which nobody says where it looks."""
    return scene.borne[node][1] in ("face", "back") and face_down(scene, stack, body) is None


def _narrowed(box: Box) -> Box:
    edge = min(8.0, box.width * 0.08)
    return Box(box.x0 + edge, box.y0, box.x1 - edge, box.y1)
