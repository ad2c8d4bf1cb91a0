"""What lies between two bodies of which one lies on the other, and on which side arrays are."""

from __future__ import annotations

from dataclasses import dataclass

from readson.pictures.folding import Folded
from readson.pictures.known import Size
from readson.pictures.notation import ARRAYS
from readson.pictures.scene import Pair, Scene
from readson.pictures.stacking import Stack


@dataclass(frozen=True, slots=True)
class Gap:
    """The place between an upper and a lower body, and what is known to be in it.

    `item` is the node of the gap where a description names it. Bodies that are `bonded` face each other.
    """

    upper: int
    lower: int
    item: int | None
    arrays: tuple[int, ...]
    layers: tuple[int, ...]
    fills: tuple[int, ...]
    touching: bool
    bonded: bool

    @property
    def occupied(self) -> bool:
        """Tell whether anything is known to be in the gap."""
        return bool(self.arrays or self.layers or self.fills)


def face_down(scene: Scene, stack: Stack, body: int) -> bool | None:
    """Tell whether the face of a body looks down, None where that is unknown or in dispute."""
    below = stack.below(body)
    down = any(a == body and b in below for a, b in scene.toward)
    down |= any(a == body and b not in below for a, b in scene.away)
    up = any(a == body and b in below for a, b in scene.away)
    up |= any(a == body and b not in below for a, b in scene.toward)
    return None if down is up else down


def array_sides(scene: Scene, folded: Folded) -> dict[int, tuple[int, bool]]:
    """Give of each array the body that bears it, and whether it is below that body."""
    found = {}
    for node, (body, side) in scene.borne.items():
        if body in folded.stack.supports and scene.pieces[node].shape in ARRAYS:
            turned = face_down(scene, folded.whole, body) is not False
            found[node] = (body, {"top": False, "face": turned, "back": not turned}.get(side, True))
    return found


def find_gaps(scene: Scene, folded: Folded) -> dict[Pair, Gap]:
    """Describe what is between every body that is drawn and those right below it."""
    stack, sides = folded.stack, array_sides(scene, folded)
    pairs = [(u, low) for u in stack.order for low in stack.supports[u] if u >= 0 and low >= 0]
    layers = {layer: layer_pairs(scene, stack, layer) for layer in scene.of_shape("layer", "film", "fill")}
    return {pair: _gap(scene, stack, pair, sides, layers) for pair in pairs}


def layer_pairs(scene: Scene, stack: Stack, layer: int) -> frozenset[Pair]:
    """Give the pairs of bodies that a layer lies between: the highest of those named and what is below it."""
    named = scene.between.get(layer, frozenset()) & stack.supports.keys()
    tops = [u for u in named if not any(u in stack.below(other) for other in named)]
    return frozenset((u, low) for u in tops for low in stack.supports[u] if low in named)


def _gap(
    scene: Scene,
    stack: Stack,
    pair: Pair,
    sides: dict[int, tuple[int, bool]],
    layers: dict[int, frozenset[Pair]],
) -> Gap:
    upper, lower = pair
    item = scene.gaps.get(frozenset(pair))
    only = len([u for u in stack.order if lower in stack.supports[u]]) == 1
    arrays = [a for a, (body, below) in sides.items() if (body == upper and below)]
    arrays += [a for a, (body, below) in sides.items() if body == lower and not below and only]
    between = [layer for layer, found in layers.items() if pair in found]
    fills = [f for f, gaps in scene.inside.items() if item in gaps]
    fills += [f for f in between if scene.pieces[f].shape == "fill" and f not in fills]
    return Gap(
        upper=upper,
        lower=lower,
        item=item,
        arrays=tuple(arrays),
        layers=tuple(layer for layer in between if layer not in fills),
        fills=tuple(fills),
        touching=pair in scene.fixed,
        bonded=pair in scene.fixed and pair in scene.toward,
    )


def gap_size(scene: Scene, gap: Gap) -> Size | None:
    """Give the height of a gap: its own, or that of a layer in it."""
    if gap.item is not None and gap.item in scene.gap_heights:
        return scene.gap_heights[gap.item]
    heights = [scene.pieces[node].height for node in (*gap.layers, *gap.arrays)]
    return next((size for size in heights if size), None)


def usual_height(scene: Scene, gap: Gap) -> float:
    """Give the height of a gap of which no height is known, in units of the drawing."""
    inside = [scene.pieces[node].style.height for node in (*gap.arrays, *gap.layers, *gap.fills)]
    if inside:
        return max(inside)
    if gap.bonded or gap.item is not None:
        return 8.0
    return 0.0 if gap.touching else 14.0
