"""Placing: the boxes of all that is drawn in the main picture."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import networkx as nx

from readson.pictures.boxes import Box, Scale, hull, up_scale
from readson.pictures.columns import Columns, Spans
from readson.pictures.folding import Folded, alike
from readson.pictures.gaps import Gap, array_sides, find_gaps, gap_size, usual_height
from readson.pictures.scene import Pair, Scene
from readson.pictures.stacking import Stack

WIDTH = 470.0
"""An assembly is at most so wide, unless what has no known size needs more."""
APART = 70.0
"""So far apart are assemblies whose place to each other nobody states."""
WIRE_ROOM = 20.0
COVER = 9.0
PILE_MARK, ROW_MARK = 16.0, 30.0
LEAST, THIN = 9.0, 3.0
"""Bodies are drawn at least so high, layers and films less."""
FLAT = frozenset(("layer", "film"))
MANY = 4
"""Of so many bodies that are alike each is drawn half as high, where no height is known."""


@dataclass(frozen=True)
class Placed:
    """Hold the boxes of bodies by node, the gaps between them, and which sizes are to scale."""

    boxes: Mapping[int, tuple[Box, ...]]
    gaps: Mapping[Pair, Gap]
    scale: Scale
    wide_to_scale: frozenset[int]
    high_to_scale: frozenset[int]
    assemblies: tuple[tuple[int, ...], ...]

    def box(self, node: int) -> Box:
        """Give the box around all boxes of a body."""
        return hull(list(self.boxes[node]))

    def boxed_gaps(self) -> Iterator[tuple[Gap, Box]]:
        """Give every gap between bodies that are drawn, once for each of its boxes."""
        for pair, gap in self.gaps.items():
            if set(pair) <= self.boxes.keys():
                yield from ((gap, box) for box in self.gap_boxes(gap))

    def gap_boxes(self, gap: Gap) -> Iterator[Box]:
        """Give the boxes between two bodies, as wide as both share."""
        for upper in self.boxes[gap.upper]:
            for lower in self.boxes[gap.lower]:
                box = Box(max(upper.x0, lower.x0), lower.y1, min(upper.x1, lower.x1), upper.y0)
                if box.width > 0 and box.height > 0:
                    yield box


def place(scene: Scene, folded: Folded) -> Placed:
    """Place the bodies of a scene that are placed to anything else."""
    stack = folded.stack
    assemblies = assemble_bodies(scene, folded)
    wired = frozenset(_wired(scene, stack))
    across = _across(scene, folded, assemblies, wired)
    columns = Columns(scene, folded, Scale(across, math.nan), wired)
    spans = _spans(columns, stack, assemblies)
    heights = [p.height.middle for n, p in scene.pieces.items() if n in spans and p.height]
    scale = Scale(across, up_scale([h for h in heights if not math.isnan(h)]))
    floors = _Floors(scene, folded, scale, spans, wired)
    boxes = floors.boxes()
    wide = {n for n in spans if n >= 0 and n not in columns.stretched and scale.width(scene.pieces[n]) > 0}
    return Placed(boxes, floors.gaps, scale, frozenset(wide), frozenset(floors.to_scale), tuple(assemblies))


def assemble_bodies(scene: Scene, folded: Folded) -> list[tuple[int, ...]]:
    """Group the bodies that are placed to each other, the largest group first; lone bodies are left out."""
    stack = folded.stack
    graph = nx.Graph()
    graph.add_nodes_from(stack.order)
    graph.add_edges_from((node, below) for node, found in stack.supports.items() for below in found)
    kept = set(_companions(scene, folded))
    groups = [g for g in nx.connected_components(graph) if len(g) > 1 or g & kept]
    ordered = [tuple(node for node in stack.order if node in group) for group in groups]
    return sorted(ordered, key=lambda group: (-len(group), group))


def _companions(scene: Scene, folded: Folded) -> Iterable[int]:
    """List the bodies with something on or around them that is no body."""
    yield from (body for body, _ in array_sides(scene, folded).values())
    yield from (body for found in scene.around.values() for body in found)
    yield from (body for found in scene.joins.values() for body in found if len(found) > 1)


def _wired(scene: Scene, stack: Stack) -> Iterable[tuple[int, int]]:
    """Give upper and lower end of every wire from a body to one below it."""
    for wire, ends in scene.joins.items():
        for upper in ends:
            for lower in ends:
                if wire in scene.pieces and upper in stack.supports and lower in stack.below(upper):
                    yield upper, lower


def _across(
    scene: Scene, folded: Folded, assemblies: list[tuple[int, ...]], wired: frozenset[tuple[int, int]]
) -> float:
    """Find the largest scale by which every assembly is narrow enough."""
    nodes = [n for group in assemblies for n in group if n >= 0]
    lengths = [p.length.middle for n in nodes if (p := scene.pieces[n]).length]
    longest = max((length for length in lengths if length > 0), default=math.nan)
    if math.isnan(longest):
        return math.nan
    low, high = 0.3 * WIDTH / longest, WIDTH / longest
    for _ in range(24):
        middle = (low + high) / 2
        columns = Columns(scene, folded, Scale(middle, math.nan), wired)
        wide = max(_reach(columns.assembly(_roots(folded.stack, group))) for group in assemblies)
        low, high = (middle, high) if wide <= WIDTH else (low, middle)
    return float(f"{low:.6g}")


def _reach(spans: Spans) -> float:
    return max(x1 for found in spans.values() for _, x1 in found)


def _roots(stack: Stack, group: tuple[int, ...]) -> list[int]:
    return [node for node in group if node in stack.roots]


def _spans(columns: Columns, stack: Stack, assemblies: list[tuple[int, ...]]) -> Spans:
    spans: Spans = {}
    x = 0.0
    for group in assemblies:
        found = columns.assembly(_roots(stack, group))
        spans |= {node: tuple((a + x, b + x) for a, b in sides) for node, sides in found.items()}
        x += _reach(found) + APART
    return spans


@dataclass
class _Floors:
    """Find the height of every body, lower ones first."""

    scene: Scene
    folded: Folded
    scale: Scale
    spans: Spans
    wired: frozenset[tuple[int, int]]
    to_scale: set[int] = field(default_factory=set)
    tops: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.gaps = find_gaps(self.scene, self.folded)
        looks = Counter(alike(self.scene.pieces[node]) for node in self.folded.whole.order)
        self.many = {likeness for likeness, count in looks.items() if count >= MANY}

    def boxes(self) -> dict[int, tuple[Box, ...]]:
        found: dict[int, tuple[Box, ...]] = {}
        for node in self.folded.stack.order:
            if node in self.spans:
                self._level(node, found)
                bottom = max((self._floor(node, s) for s in self.folded.stack.supports[node]), default=0.0)
                self.tops[node] = bottom + self._height(node)
                found[node] = tuple(Box(x0, bottom, x1, self.tops[node]) for x0, x1 in self.spans[node])
        return _raised(self.scene, self.folded.stack, self.gaps, found)

    def _level(self, node: int, found: dict[int, tuple[Box, ...]]) -> None:
        """Draw what one body spans equally high, as far as the heights below it are not known."""
        below = self.folded.stack.supports[node]
        if len(below) > 1:
            top = max(self.tops[n] for n in below)
            for n in below:
                bears = [u for u, under in self.folded.stack.supports.items() if n in under]
                if len(bears) == 1 and (n < 0 or self.scene.pieces[n].height is None):
                    self.tops[n] = top
                    found[n] = tuple(replace(box, y1=top) for box in found[n])

    def _height(self, node: int) -> float:
        if node < 0:
            return PILE_MARK if not self.folded.marks[node].upright else ROW_MARK
        piece = self.scene.pieces[node]
        height, exact = self.scale.height(piece.height, THIN if piece.shape in FLAT else LEAST)
        if exact:
            self.to_scale.add(node)
        usual = piece.style.height * (0.5 if alike(piece) in self.many else 1.0)
        return usual if math.isnan(height) else height

    def _floor(self, node: int, support: int) -> float:
        top = self.tops[support]
        gap = self.gaps.get((node, support))
        if gap is None:
            return top
        size = gap_size(self.scene, gap)
        height, exact = self.scale.height(size, THIN)
        if math.isnan(height):
            height = usual_height(self.scene, gap)
        elif exact:
            self.to_scale |= {*gap.layers, *gap.arrays}
        return max(top + height, self._clear(node))

    def _clear(self, node: int) -> float:
        """Give the height above the wires that a body would cut."""
        (x0, x1), *_ = self.spans[node]
        room = 0.0
        for upper, _ in self.wired:
            if upper in self.folded.stack.below(node) and (upper in self.tops):
                (a, b), *_ = self.spans[upper]
                if x0 < a + 12 and b - 12 < x1:
                    room = max(room, self.tops[upper] + WIRE_ROOM)
        return room


def _raised(
    scene: Scene, stack: Stack, gaps: Mapping[Pair, Gap], boxes: dict[int, tuple[Box, ...]]
) -> dict[int, tuple[Box, ...]]:
    """Raise to the surface what is exposed there and has nothing fixed below it."""
    summit = max((_wanted(scene, node, found[0].y1) for node, found in boxes.items()), default=0.0)
    raised = dict(boxes)
    for node, found in boxes.items():
        exposed = node in scene.exposures and scene.exposures[node].part
        floating = [gaps.get((node, s)) for s in stack.supports[node]]
        covered = any(node in others for others in stack.supports.values())
        if exposed and not covered and all(g and not g.occupied and not g.touching for g in floating):
            lift = max(0.0, summit - found[0].y1)
            raised[node] = tuple(box.shifted(0, lift) for box in found)
    return raised


def _wanted(scene: Scene, node: int, top: float) -> float:
    exposure = scene.exposures.get(node)
    return top + COVER if exposure and exposure.part is False else top
