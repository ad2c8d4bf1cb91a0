"""Notes: what is marked on a drawing beside its parts: faces, exposed surfaces, and places left open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from readson.pictures.boxes import Box
from readson.pictures.folding import Folded
from readson.pictures.gaps import Gap, face_down
from readson.pictures.notation import BODIES
from readson.pictures.placing import COVER, Placed
from readson.pictures.scene import UNSTATED, Scene

MIDDLE = 0.2
"""Of a surface that is exposed in part, this share at either end is not drawn as exposed."""


@dataclass(frozen=True, slots=True)
class Note:
    """A mark: "exposed", "ajar" (exposed, perhaps), "face", "void" (nothing there), "open" (not stated)."""

    form: str
    box: Box


def draw_notes(scene: Scene, folded: Folded, placed: Placed, regions: Mapping[int, Box]) -> Iterator[Note]:
    """Give the notes on a drawing; `regions` are the boxes of what lies around others."""
    for gap, box in placed.boxed_gaps():
        yield from _void(scene, gap, box, regions)
    for node in placed.boxes:
        if node >= 0 and scene.pieces[node].shape in BODIES:
            yield from _face(face_down(scene, folded.whole, node), placed.boxes[node])
            if _open_above(scene, folded, placed, node):
                yield from _exposed(scene, placed.box(node), node, regions)


def _void(scene: Scene, gap: Gap, box: Box, regions: Mapping[int, Box]) -> Iterator[Note]:
    """Leave a bonding gap open of which nobody says what fills it."""
    around = [node for node, region in regions.items() if region.holds(box)]
    bonding = gap.bonded or gap.item is not None or bool(gap.arrays)
    if bonding and not gap.fills and not gap.layers and (around or not gap.arrays):
        denied = around and all((node, gap.item) in scene.not_inside for node in around)
        yield Note("void" if denied else "open", box)


def _face(down: bool | None, boxes: tuple[Box, ...]) -> Iterator[Note]:
    for box in () if down is None else boxes:
        y = box.y0 + 2.5 if down else box.y1 - 2.5
        yield Note("face", Box(box.x0 + 3, y, box.x1 - 3, y))


def _open_above(scene: Scene, folded: Folded, placed: Placed, node: int) -> bool:
    """Tell whether nothing but films lies on a body."""
    over = [n for n in placed.boxes if node in folded.stack.supports[n]]
    return all(n >= 0 and scene.pieces[n].shape == "film" for n in over)


def _exposed(scene: Scene, box: Box, node: int, regions: Mapping[int, Box]) -> Iterator[Note]:
    """Mark what of the top is exposed, and clear or leave open what lies over it."""
    seen = scene.exposures.get(node, UNSTATED)
    roof = max((r.y1 for r in regions.values() if r.x0 <= box.x0 and box.x1 <= r.x1), default=box.y1)
    if seen.part:
        inset = 0.0 if seen.full else box.width * MIDDLE
        opening = Box(box.x0 + inset, box.y1, box.x1 - inset, box.y1)
        if roof > box.y1:
            yield Note("void", Box(opening.x0, box.y1, opening.x1, roof))
        if seen.full is None:
            yield Note("ajar", Box(box.x0, box.y1, box.x1, box.y1))
        yield Note("exposed", opening)
    elif seen.part is None and 0 < roof - box.y1 < COVER * 2 and not _covered(scene, node):
        yield Note("open", Box(box.x0, box.y1, box.x1, roof))


def _covered(scene: Scene, node: int) -> bool:
    """Tell whether nobody would ask if a body is exposed: it is small, or said to be covered."""
    small = scene.pieces[node].shape in ("block", "ring", "film")
    return small or any(node in found for found in scene.around.values())
