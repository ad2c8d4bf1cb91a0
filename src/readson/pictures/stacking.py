"""Which body lies on which: the stack of a scene, reduced to what lies right on what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt

from readson.pictures.notation import BODIES
from readson.pictures.scene import Pair, Scene

Reach = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Stack:
    """Hold `supports`: the bodies right below each body. Both orders hold bodies lower ones first.

    `children` is a tree over the same bodies: what stands on one body alone, and what spans several on the
    body that bears them all. `roots` are the bodies at the bottom, `loose` those of which only is known what
    they are fixed to, `circular` those that are said to lie above themselves.
    """

    supports: Mapping[int, tuple[int, ...]]
    children: Mapping[int, tuple[int, ...]]
    roots: tuple[int, ...]
    loose: frozenset[int]
    circular: frozenset[int]

    @property
    def order(self) -> list[int]:
        """List the bodies, each after all that it lies on."""
        return list(self.supports)

    def below(self, body: int) -> set[int]:
        """List all that a body lies on, directly or not."""
        found: set[int] = set()
        left = list(self.supports[body])
        while left:
            node = left.pop()
            if node not in found:
                found.add(node)
                left += self.supports[node]
        return found


def stack(scene: Scene) -> Stack:
    """Order the bodies of a scene."""
    bodies = _bodies(scene)
    index = {node: i for i, node in enumerate(bodies)}
    pairs = [(a, b) for a, b in scene.above if a in index and b in index]
    circular = _circular(pairs)
    pairs = [(a, b) for a, b in pairs if not {a, b} <= circular]
    above = _closed([(index[a], index[b]) for a, b in pairs], len(bodies))
    loose = _loose(scene, bodies, index, above)
    above = _closed(np.argwhere(above).tolist(), len(bodies))
    direct = above & ~_joined(above, above)
    order = sorted(range(len(bodies)), key=lambda i: (int(above[i].sum()), i))
    supports = {bodies[i]: tuple(bodies[j] for j in np.flatnonzero(direct[i])) for i in order}
    parents = _parents(supports)
    children: dict[int, list[int]] = {node: [] for node in bodies}
    for node in bodies:
        if (parent := parents[node]) is not None:
            children[parent].append(node)
    roots = tuple(node for node in bodies if parents[node] is None)
    return Stack(supports, {n: tuple(c) for n, c in children.items()}, roots, loose, circular)


def _bodies(scene: Scene) -> list[int]:
    """List the bodies; a layer that is said to lie on something, and not between two, is one too."""
    placed = {node for pair in scene.above for node in pair}
    return [
        node
        for node, piece in scene.pieces.items()
        if piece.shape in BODIES or (piece.shape == "layer" and node in placed and node not in scene.between)
    ]


def _circular(pairs: Iterable[Pair]) -> frozenset[int]:
    groups = nx.strongly_connected_components(nx.DiGraph(list(pairs)))
    return frozenset(node for group in groups if len(group) > 1 for node in group)


def _closed(pairs: Iterable[Iterable[int]], size: int) -> Reach:
    reach = np.zeros((size, size), dtype=bool)
    for left, right in pairs:
        reach[left, right] = True
    while (wider := reach | _joined(reach, reach)).sum() > reach.sum():
        reach = wider
    return reach


def _joined(left: Reach, right: Reach) -> Reach:
    """Compose two relations; as numbers, which is many times as fast."""
    joined: Reach = (left.astype(np.float32) @ right.astype(np.float32)) > 0
    return joined


def _loose(scene: Scene, bodies: list[int], index: Mapping[int, int], above: Reach) -> frozenset[int]:
    """Stand on its holder what is fixed to one and nothing places; extends `above`."""
    found = set()
    for node in bodies:
        i = index[node]
        holders = [index[b] for a, b in sorted(scene.fixed) if a == node and b in index]
        if above[i].any() or not holders:
            continue
        free = [j for j in holders if not above[j, i] and not _joined(above, above)[j, i]]
        if free:
            found.add(node)
            above[i, free[0]] = True
            above[i] |= above[free[0]]
    return frozenset(found)


def _parents(supports: Mapping[int, tuple[int, ...]]) -> dict[int, int | None]:
    """Give the body on which each stands, alone or together with all that bears it."""
    trail: dict[int, list[int]] = {}
    for node, below in supports.items():
        shared = trail[below[0]] if below else []
        for other in below[1:]:
            shared = [n for n, m in zip(shared, trail[other], strict=False) if n == m]
        trail[node] = [*shared, node]
    return {node: (path[-2] if len(path) > 1 else None) for node, path in trail.items()}


def spans(stack: Stack, node: int) -> bool:
    """Tell whether a body lies on several."""
    return len(stack.supports[node]) > 1
