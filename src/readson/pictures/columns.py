"""Where bodies stand across: side by side on what bears them, spanning what they lie on together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from readson.pictures.boxes import Scale
from readson.pictures.folding import Folded
from readson.pictures.scene import Piece, Scene
from readson.terms import plural

Span = tuple[float, float]
Spans = dict[int, tuple[Span, ...]]

USUAL = 170.0
"""The width by which bodies are measured that lie on nothing of known width."""
BETWEEN, CLOSE, EDGE, LANDING, RING = 14.0, 5.0, 14.0, 20.0, 12.0
MARK_WIDTH = 24.0
BLOCK = 16.0
COPIES = 3
"""Of a part that stands for several, so many are drawn side by side at most."""


class Columns:
    """Arrange the bodies of a folded stack for one scale; `landings` are bodies on which wires land."""

    def __init__(self, scene: Scene, folded: Folded, scale: Scale, wired: frozenset[tuple[int, int]]) -> None:
        self.scene, self.folded, self.scale = scene, folded, scale
        self.stack, self.wired = folded.stack, wired
        self.stretched: set[int] = set()

    def assembly(self, roots: Iterable[int]) -> Spans:
        """Place one assembly: its lowest bodies in a row, with all that stands on them, from x = 0 on."""
        alone = [node for node in roots if not self.stack.supports[node]]
        spans = self._row(alone, math.nan, None)
        for node in roots:
            if node not in alone:
                spans |= self._spanning(node, spans)
        left = min(x0 for found in spans.values() for x0, _ in found)
        return _moved(spans, -left)

    def _arrange(self, node: int, reference: float) -> Spans:
        """Place a body around x = 0, and all that stands on it."""
        if node < 0 and self.folded.marks[node].upright:
            return {node: ((-MARK_WIDTH / 2, MARK_WIDTH / 2),)}
        known = math.nan if node < 0 else self.scale.width(self.scene.pieces[node])
        usual = self._usual(node, reference)
        kids = self.stack.children.get(node, ())
        alone = [k for k in kids if self.stack.supports[k] == (node,)]
        flanks = [k for k in alone if self._is_flank(k)]
        rings = [k for k in alone if k >= 0 and self.scene.pieces[k].shape == "ring"]
        columns = [k for k in alone if k not in flanks and k not in rings]
        across = _hull(self._copies(node, usual if math.isnan(known) else known))
        spans = self._row(columns, across, node)
        for k in kids:
            if k not in alone:
                spans |= self._spanning(k, spans)
        feet = self._feet(node, columns, spans)
        spans |= self._flanking(flanks, feet)
        width = self._width(node, known, usual, spans, bool(rings))
        spans |= dict.fromkeys(rings, ((-width / 2, RING - width / 2), (width / 2 - RING, width / 2)))
        return {**spans, node: self._copies(node, width)}

    def _copies(self, node: int, width: float) -> tuple[Span, ...]:
        """Give the ends of a body, or of some where it stands for several on another."""
        if node < 0 or not self.stack.supports.get(node) or self.scene.pieces[node].shape != "slab":
            return ((-width / 2, width / 2),)
        piece = self.scene.pieces[node]
        copies = min(COPIES, 2 if math.isnan(piece.count) else int(piece.count)) if is_several(piece) else 1
        pitch = width + BETWEEN
        first = -pitch * (copies - 1) / 2
        return tuple((x - width / 2, x + width / 2) for x in (first + i * pitch for i in range(copies)))

    def _usual(self, node: int, reference: float) -> float:
        span = 1.0 if node < 0 else self.scene.pieces[node].style.span
        return (USUAL if math.isnan(reference) else reference) * span

    def _is_flank(self, node: int) -> bool:
        """Tell whether a body is small and bears nothing, so that it stands at the sides."""
        if node < 0:
            return False
        piece = self.scene.pieces[node]
        unknown = math.isnan(self.scale.width(piece))
        return piece.shape == "block" and unknown and not self.stack.children.get(node)

    def _row(self, columns: list[int], reference: float, holder: int | None) -> Spans:
        """Place bodies side by side, centered on x = 0."""
        spans: Spans = {}
        x, between = 0.0, BETWEEN if len(columns) < 4 else CLOSE
        for node in columns:
            column = self._arrange(node, reference)
            lands = LANDING if holder is not None and self._lands(column, holder) else 0.0
            left = min(s[0] for found in column.values() for s in found) - lands
            right = max(s[1] for found in column.values() for s in found) + lands
            spans |= _moved(column, x - left)
            x += right - left + between
        return _moved(spans, -(x - between) / 2) if columns else {}

    def _lands(self, column: Spans, holder: int) -> bool:
        return any(lower == holder and upper in column for upper, lower in self.wired)

    def _spanning(self, node: int, spans: Spans) -> Spans:
        below = [span for s in self.stack.supports[node] for span in spans.get(s, ())]
        left, right = min(s[0] for s in below), max(s[1] for s in below)
        return _moved(self._arrange(node, right - left), (left + right) / 2)

    def _feet(self, node: int, columns: list[int], spans: Spans) -> Span:
        """Give the ends of what stands right on a body, wires included."""
        if not columns:
            return (0.0, 0.0)
        inner = [span for c in columns for span in spans[c]]
        lands = LANDING if self._lands(spans, node) else 0.0
        return min(s[0] for s in inner) - lands, max(s[1] for s in inner) + lands

    def _flanking(self, flanks: list[int], feet: Span) -> Spans:
        """Place small bodies at both ends, in turn; what stands for several stands at both."""
        left, right = feet
        spans: Spans = {}
        for number, node in enumerate(flanks):
            several = is_several(self.scene.pieces[node])
            mine: list[Span] = []
            if several or number % 2:
                left -= 8 + BLOCK
                mine.append((left, left + BLOCK))
            if several or not number % 2:
                right += 8 + BLOCK
                mine.append((right - BLOCK, right))
            spans[node] = tuple(mine)
        return spans

    def _width(self, node: int, known: float, usual: float, spans: Spans, ringed: bool) -> float:
        """Give the width of a body: as known if what stands on it has room there."""
        need = _reach(self._standing(node, spans))
        edge = (EDGE if not self.stack.supports.get(node) else 0.0) + (RING if ringed else 0.0)
        if not math.isnan(known):
            if need * 2 <= known + 1e-6:
                return known
            self.stretched.add(node)
            return (need + edge) * 2
        reach = need if self.stack.supports.get(node) else _reach(spans)
        return max(usual, (reach + edge) * 2) if reach else usual

    def _standing(self, node: int, spans: Spans) -> Spans:
        """Leave out what may hang over: what usually is wider than that on which it lies."""
        kids = [k for k in self.stack.children.get(node, ()) if self.stack.supports[k] == (node,)]
        return {k: spans[k] for k in kids if k in spans and (k < 0 or self.scene.pieces[k].style.span <= 1)}


def _hull(spans: tuple[Span, ...]) -> float:
    return max(x1 for _, x1 in spans) - min(x0 for x0, _ in spans)


def _reach(spans: Spans) -> float:
    return max((abs(x) for found in spans.values() for span in found for x in span), default=0.0)


def _moved(spans: Mapping[int, tuple[Span, ...]], dx: float) -> Spans:
    return {node: tuple((a + dx, b + dx) for a, b in found) for node, found in spans.items()}


def is_several(piece: Piece) -> bool:
    """Tell whether a part stands for several things: by its count, else by its name."""
    return plural(piece.name) if math.isnan(piece.count) else piece.count > 1
