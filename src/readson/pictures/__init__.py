"""Pictures: the cross-section of a product and the steps of its process, drawn from the product graph.

What is drawn how stands in the ontology (`draw:`); nothing here knows a kind of part. The stages are those of
the modules: what is known, the scene, what lies on what, what is folded away, boxes, figures, labels, SVG.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from readson.graph import Graph
from readson.pictures.figures import draw_figures
from readson.pictures.folding import fold_stack
from readson.pictures.known import Known
from readson.pictures.notation import read_notation
from readson.pictures.placing import place
from readson.pictures.scene import read_scene
from readson.pictures.sentences import scale_note, tell
from readson.pictures.sheet import Sheet, paint_sheet
from readson.pictures.stacking import stack
from readson.pictures.steps import read_steps
from readson.statements import Product

__all__ = ["Picture", "draw"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of one product. `svg` is one element, without script or style.

    `text` says in full sentences what it shows, `scale` what of it is to scale. `parts` gives the id of the
    element that shows each part, step or gap, or that stands for it where many are alike; surfaces have the
    element of their part.
    """

    svg: str
    text: str
    parts: Mapping[str, str]
    scale: str


def draw(product: Product, graph: Graph) -> Picture:
    """Draw a product of an entailed graph; the same graph gives the same bytes.

    Raises ValueError for a product that the graph does not hold.
    """
    sheet, known = lay_out(product, graph)
    text = tell(sheet, known, read_notation(graph.ontology.lexicon))
    title = f"Picture of {product.title or product.slug}"
    return Picture(paint_sheet(sheet, title, text), text, _parts(sheet), scale_note(sheet))


def lay_out(product: Product, graph: Graph) -> tuple[Sheet, Known]:
    """Decide what is drawn where, before any SVG."""
    known, notation = Known(product, graph), read_notation(graph.ontology.lexicon)
    scene = read_scene(known, notation)
    folded = fold_stack(scene, stack(scene))
    placed = place(scene, folded)
    figures = draw_figures(scene, folded, placed)
    steps = tuple(read_steps(known, notation, frozenset(scene.pieces)))
    nodes = [*scene.pieces, *(f.node for f in figures.figures if f.form == "gap"), *(s.node for s in steps)]
    ids = _ids((node, scene.names[node]) for node in nodes)
    ids |= {mark: f"more-{-mark}" for mark in folded.marks}
    return Sheet(scene, folded, placed, figures, steps, ids), known


def _ids(named: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Give every node an id made of its name; what would be the same gets a number."""
    taken: set[str] = set()
    found = {}
    for node, name in named:
        plain = "part-" + (re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "x")
        id = next(
            id for n in range(1, len(taken) + 2) if (id := plain if n == 1 else f"{plain}-{n}") not in taken
        )
        taken.add(id)
        found[node] = id
    return found


def _parts(sheet: Sheet) -> dict[str, str]:
    """Give the id of the element for every name that has one."""
    names = sheet.scene.names
    shown = {node: node for node in sheet.ids if node >= 0} | dict(sheet.figures.stand_ins)
    shown = {s: shown[p] for s, (p, _) in sheet.scene.surfaces.items() if p in shown} | shown
    return {names[node]: sheet.ids[target] for node, target in sorted(shown.items()) if node in names}
