"""The scene: what is to be drawn of one product, and how its parts lie, before any coordinate.

A place is what relations state; where nothing places a part, nothing is guessed and it goes to the tray.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from readson.lexicon import Lexicon
from readson.pictures.known import Known, Size
from readson.pictures.notation import ARRAYS, BODIES, Notation, Style
from readson.terms import fold, plural_of

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """One part to draw. Sizes are None where nothing is known; `disputes` names what sources disagree on."""

    node: int
    name: str
    kind: str
    style: Style
    length: Size | None = None
    height: Size | None = None
    pitch: Size | None = None
    count: float = math.nan
    disputes: tuple[str, ...] = ()

    @property
    def shape(self) -> str:
        """Name the shape."""
        return self.style.shape


@dataclass(frozen=True, slots=True)
class Exposure:
    """How much of the top of a part is open to view; None where it is not known."""

    part: bool | None
    full: bool | None


UNSTATED = Exposure(None, None)


@dataclass(frozen=True)
class Scene:
    """Hold the pieces of a product by node, and their places by relation.

    `above` and `fixed` are pairs (upper, lower); `gaps` gives the gap item of two bodies, whose node stands
    in `gap_heights`; `borne` gives body and side ("top", "bottom", "face", "back" or "") of arrays.
    """

    pieces: Mapping[int, Piece]
    above: frozenset[Pair]
    fixed: frozenset[Pair]
    between: Mapping[int, frozenset[int]]
    inside: Mapping[int, frozenset[int]]
    not_inside: frozenset[Pair]
    around: Mapping[int, frozenset[int]]
    borne: Mapping[int, tuple[int, str]]
    joins: Mapping[int, tuple[int, ...]]
    toward: frozenset[Pair]
    away: frozenset[Pair]
    gathers: Mapping[int, frozenset[int]]
    exposures: Mapping[int, Exposure]
    gaps: Mapping[frozenset[int], int]
    gap_heights: Mapping[int, Size]
    names: Mapping[int, str]
    surfaces: Mapping[int, Pair | tuple[int, str]] = field(default_factory=dict)

    def of_shape(self, *shapes: str) -> list[int]:
        """List the pieces of some shapes, in the order of the description."""
        return [node for node, piece in self.pieces.items() if piece.shape in shapes]

    @property
    def bodies(self) -> list[int]:
        """List what lies on others and bears others."""
        return [node for node, piece in self.pieces.items() if piece.shape in BODIES]


def read_scene(known: Known, notation: Notation) -> Scene:
    """Read the scene of a product."""
    reader = _Reader(known, notation)
    return reader.scene()


class _Reader:
    """Read one group of relations a method."""

    def __init__(self, known: Known, notation: Notation) -> None:
        self.known, self.notation = known, notation
        self.lexicon: Lexicon = known.graph.ontology.lexicon
        self.sides = self._sides()
        self.exposures = self._exposures()
        self.doubtful: set[int] = set()
        self.pieces = self._pieces()

    def scene(self) -> Scene:
        gaps = self._grouped("between", self._features())
        heights = {gap: self.known.size(self.notation.measures["gap"], gap) for gap in gaps}
        gathers = self._grouped("gathers")
        above = self._spread(self._pairs("above"), gathers)
        fixed = self._spread(self._pairs("fixed"), gathers)
        return Scene(
            pieces=self._marked(),
            above=above,
            fixed=fixed,
            between=self._grouped("between"),
            inside=self._filling(),
            not_inside=self._not_inside(gaps),
            around=self._grouped("around"),
            borne=self._borne(),
            joins={wire: tuple(sorted(ends)) for wire, ends in self._grouped("joins").items()},
            toward=frozenset(self._pairs("toward")),
            away=frozenset(self._pairs("away")),
            gathers=gathers,
            exposures=self.exposures,
            gaps={ends: gap for gap, ends in gaps.items() if len(ends) == 2},
            gap_heights={gap: size for gap, size in heights.items() if size},
            names={node: self.known.graph.names[node] for node in self.known.nodes},
            surfaces=self.sides,
        )

    # Pieces

    def _pieces(self) -> dict[int, Piece]:
        found = (self._piece(node) for node in list(self.known.nodes)[1:])
        return {piece.node: piece for piece in found if piece}

    def _piece(self, node: int) -> Piece | None:
        styles = self._ranked(node)
        if not styles or self._count(node) == 0:
            return None
        measures = self.notation.measures
        length, height = (self.known.size(measures[m], node) for m in ("length", "height"))
        return Piece(
            node=node,
            name=self.known.graph.names[node],
            kind=self._kind(node),
            style=self.notation.styles[styles[0]],
            length=length,
            height=height or self.known.size(measures["diameter"], node),
            pitch=self.known.size(measures["pitch"], node),
            count=self._count(node),
            disputes=tuple(self._disputes(node, length, height)),
        )

    def _ranked(self, node: int) -> list[str]:
        """List the annotated classes of what a node is said to be, the narrowest first."""
        onto = self.known.graph.ontology
        kinds = [onto.class_index[cls] for cls in self.known.kinds(node)]
        mine = np.flatnonzero(onto.above[kinds].any(axis=0)).tolist() if kinds else []
        named = [(onto.classes[c], int(onto.above[c].sum())) for c in mine]
        found = sorted((-depth, cls) for cls, depth in named if cls in self.notation.styles)
        return [cls for _, cls in found]

    def _kind(self, node: int) -> str:
        """Name what kind the part is said to be, unless its own name says so."""
        kinds = self.known.kinds(node)
        labels = self.lexicon.labels(kinds[0])
        same = {fold(form) for label in labels for form in (label, plural_of(label))}
        if len(kinds) == 1 and fold(self.known.graph.names[node]) in same:
            return ""
        join = " or " if node in self.known.disputed_kinds else ", "
        return join.join(self.lexicon.label(kind) for kind in kinds)

    def _count(self, node: int) -> float:
        """Give how many things the part stands for: nan where nobody says, 0 where none are left."""
        stated = self.known.stated_sizes(self.notation.measures["count"], node)
        if not stated:
            return math.nan
        if all(bounds.high < 1 for bounds in stated):
            return 0
        low, high = max(b.low for b in stated), min(b.high for b in stated)
        return low if low == high else math.nan

    def _disputes(self, node: int, length: Size | None, height: Size | None) -> Iterable[str]:
        count = self.known.size(self.notation.measures["count"], node)
        if node in self.known.disputed_kinds:
            yield "kind"
        if any(size and size.disputed for size in (length, height)):
            yield "size"
        if count and count.disputed:
            yield "count"
        if any(self.known.disputes(p, s) for p in self.notation.exposes.values() for s in self._tops(node)):
            yield "exposure"

    def _marked(self) -> dict[int, Piece]:
        """Note on the pieces whose place is both stated and denied."""
        doubted = {
            node: (*self.pieces[node].disputes, "place") for node in self.doubtful & self.pieces.keys()
        }
        return {
            node: replace(piece, disputes=doubted.get(node, piece.disputes))
            for node, piece in self.pieces.items()
        }

    # Surfaces

    def _sides(self) -> dict[int, tuple[int, str]]:
        found = {}
        for prop, side in self.notation.sides.items():
            for part, surface in self.known.pairs(prop):
                found[surface] = (part, side)
        return found

    def _tops(self, node: int) -> list[int]:
        """List the surfaces of a part that may look up: its top, and its back."""
        return [s for s, (part, side) in self.sides.items() if part == node and side in ("top", "back")]

    def _exposures(self) -> dict[int, Exposure]:
        found: dict[int, Exposure] = {}
        part, full = (self.notation.exposes[k] for k in ("part", "full"))
        for surface, (node, side) in self.sides.items():
            if side not in ("top", "back"):
                continue
            seen = Exposure(self.known.truth(part, surface), self.known.truth(full, surface))
            if seen.part is not None or seen.full is not None:
                found[node] = Exposure(True if seen.full else seen.part, seen.full)
        return found

    # Relations

    def _pairs(self, place: str) -> list[Pair]:
        """Give the pairs of pieces that relations of one kind relate."""
        found: dict[Pair, None] = {}
        for prop in self.notation.placing(place):
            for subject, object_ in self.known.pairs(prop):
                if subject in self.pieces and object_ in self.pieces and subject != object_:
                    found[subject, object_] = None
                    if self.known.denied(prop, subject, object_):
                        self.doubtful.add(subject)
        return sorted(found)

    def _spread(self, pairs: Iterable[Pair], gathers: Mapping[int, frozenset[int]]) -> frozenset[Pair]:
        """Say of the members what is said of their group, where it is about others than they."""
        found = set()
        for left, right in pairs:
            lefts, rights = (gathers.get(node, frozenset((node,))) for node in (left, right))
            found |= {(a, b) for a in lefts for b in rights if a not in rights and b not in lefts}
        return frozenset(found)

    def _grouped(self, place: str, among: frozenset[int] | None = None) -> dict[int, frozenset[int]]:
        """Give the objects of each subject that is a piece (or one of `among`)."""
        found: defaultdict[int, set[int]] = defaultdict(set)
        for prop in self.notation.placing(place):
            for subject, object_ in self.known.pairs(prop):
                if object_ in self.pieces and subject in (self.pieces if among is None else among):
                    found[subject].add(object_)
        return {node: frozenset(objects) for node, objects in found.items()}

    def _features(self) -> frozenset[int]:
        return frozenset(self.known.nodes) - frozenset(self.pieces)

    def _filling(self) -> dict[int, frozenset[int]]:
        found: defaultdict[int, set[int]] = defaultdict(set)
        for prop in self.notation.placing("inside"):
            for subject, gap in self.known.pairs(prop):
                if subject in self.pieces:
                    found[subject].add(gap)
                    if self.known.denied(prop, subject, gap):
                        self.doubtful.add(subject)
        return {node: frozenset(gaps) for node, gaps in found.items()}

    def _not_inside(self, gaps: Iterable[int]) -> frozenset[Pair]:
        return frozenset(
            (node, gap)
            for prop in self.notation.placing("inside")
            for node, piece in self.pieces.items()
            if piece.shape == "fill"
            for gap in gaps
            if self.known.denied(prop, node, gap)
        )

    def _borne(self) -> dict[int, tuple[int, str]]:
        """Give what bears each array: by the surface it sits on, else by what it is fixed to."""
        found: dict[int, tuple[int, str]] = {}
        for prop in self.notation.placing("borne"):
            for subject, surface in self.known.pairs(prop):
                if subject in self.pieces and surface in self.sides:
                    found[subject] = self.sides[surface]
        for prop in self.notation.placing("fixed"):
            for subject, object_ in self.known.pairs(prop):
                piece = self.pieces.get(subject)
                if piece and piece.shape in ARRAYS and object_ in self.pieces:
                    found.setdefault(subject, (object_, ""))
        return {node: place for node, place in found.items() if place[0] in self.pieces}
