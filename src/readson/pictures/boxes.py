"""Boxes and scales: the geometry of a drawing, in its own units, y upward."""

from __future__ import annotations

import math
from dataclasses import dataclass

from readson.pictures.known import Size
from readson.pictures.scene import Piece


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle from its lower left to its upper right corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Give the width."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Give the height."""
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        """Give the x of the middle."""
        return (self.x0 + self.x1) / 2

    def shifted(self, dx: float, dy: float) -> Box:
        """Move the box."""
        return Box(self.x0 + dx, self.y0 + dy, self.x1 + dx, self.y1 + dy)

    def overlaps(self, other: Box) -> bool:
        """Tell whether two boxes share more than an edge."""
        across = self.x0 < other.x1 - 1e-6 and other.x0 < self.x1 - 1e-6
        return across and self.y0 < other.y1 - 1e-6 and other.y0 < self.y1 - 1e-6

    def holds(self, other: Box) -> bool:
        """Tell whether another box lies inside this one, or on its edge."""
        across = self.x0 - 1e-6 <= other.x0 and other.x1 <= self.x1 + 1e-6
        return across and self.y0 - 1e-6 <= other.y0 and other.y1 <= self.y1 + 1e-6


def hull(boxes: list[Box]) -> Box:
    """Give the least box around some; at least one is needed."""
    return Box(
        min(b.x0 for b in boxes),
        min(b.y0 for b in boxes),
        max(b.x1 for b in boxes),
        max(b.y1 for b in boxes),
    )


@dataclass(frozen=True, slots=True)
class Scale:
    """Units of the drawing a meter, across and up; nan where no size is known."""

    across: float
    up: float

    def width(self, piece: Piece) -> float:
        """Give the width of a piece to scale, or nan."""
        return _middle(piece.length) * self.across

    def height(self, size: Size | None, least: float) -> tuple[float, bool]:
        """Give a height and whether it is to scale: what is too thin or thick to see is not."""
        exact = _middle(size) * self.up
        if math.isnan(exact):
            return exact, False
        drawn = min(max(exact, least), TALLEST)
        return drawn, drawn == exact


TALLEST = 52.0
"""No single part is drawn higher."""
USUAL_TALLEST = 38.0
"""The highest part is drawn so high."""


def up_scale(heights: list[float]) -> float:
    """Choose the scale by which the highest part is drawn as high as parts usually are."""
    return float(f"{USUAL_TALLEST / max(heights):.6g}") if heights else math.nan


def _middle(size: Size | None) -> float:
    return size.middle if size else math.nan
