"""How kinds and relations are drawn, as the `draw:` annotations of the ontology say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from readson.lexicon import Lexicon
from readson.vocabulary import DRAW

BODIES = frozenset(("slab", "fins", "block", "film", "ring"))
"""Shapes that lie on others and bear others."""
ARRAYS = frozenset(("balls", "posts", "lands", "leads", "pins"))
"""Shapes of many equal things on one side of a body."""


@dataclass(frozen=True, slots=True)
class Paint:
    """How a cut face is colored and hatched; `name` is its CSS class."""

    name: str
    fill: str
    texture: str


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind is drawn; `height` is in units of the drawing, `span` relative to what is below."""

    shape: str
    paint: Paint
    height: float
    span: float


@dataclass(frozen=True, slots=True)
class Notation:
    """All drawing annotations: styles by class, properties by what they place, measure or expose."""

    styles: Mapping[str, Style]
    places: Mapping[str, tuple[str, ...]]
    sides: Mapping[str, str]
    exposes: Mapping[str, str]
    measures: Mapping[str, str]
    tells: tuple[str, ...]

    def placing(self, place: str) -> tuple[str, ...]:
        """Name the relations that put their subject there."""
        return self.places.get(place, ())


@lru_cache(maxsize=4)
def read_notation(lexicon: Lexicon) -> Notation:
    """Read the drawing annotations of the ontology that a lexicon was made of."""
    return Notation(
        styles=dict(_styles(lexicon)),
        places=_places(lexicon),
        sides=_once(lexicon, "side"),
        exposes={text: prop for prop, text in lexicon.annotations(DRAW + "exposes")},
        measures={text: prop for prop, text in lexicon.annotations(DRAW + "measures")},
        tells=tuple(prop for prop, _ in lexicon.annotations(DRAW + "tells")),
    )


def _once(lexicon: Lexicon, annotation: str) -> dict[str, str]:
    return dict(lexicon.annotations(DRAW + annotation))


def _places(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for prop, place in lexicon.annotations(DRAW + "places"):
        found[place].append(prop)
    return {place: tuple(sorted(props)) for place, props in found.items()}


def _styles(lexicon: Lexicon) -> list[tuple[str, Style]]:
    fills, textures = _once(lexicon, "fill"), _once(lexicon, "texture")
    paints = {
        iri: Paint(iri.removeprefix(DRAW), fill, textures.get(iri, "plain")) for iri, fill in fills.items()
    }
    shapes, painted = _once(lexicon, "shape"), _once(lexicon, "paint")
    heights, spans = _once(lexicon, "height"), _once(lexicon, "span")
    return [
        (cls, Style(shape, paints[painted[cls]], float(heights.get(cls, 8)), float(spans.get(cls, 0.8))))
        for cls, shape in shapes.items()
    ]
