"""Folding: of many bodies that are alike, a picture draws some and says how many more there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from readson.pictures.scene import Piece, Scene
from readson.pictures.stacking import Stack

COLUMNS = 5
"""So many bodies stand side by side at most."""
FLOORS = 4
"""So many bodies that are alike lie on each other at most."""

Likeness = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class More:
    """A mark that stands for bodies not drawn. `upright` marks stand in a row, the others in a pile."""

    members: tuple[int, ...]
    upright: bool


@dataclass(frozen=True, slots=True)
class Folded:
    """A stack of which only some bodies are drawn, and the whole; marks have negative numbers."""

    stack: Stack
    marks: Mapping[int, More]
    whole: Stack

    @property
    def hidden(self) -> dict[int, int]:
        """Give the mark that stands for each body that is not drawn."""
        return {node: number for number, mark in self.marks.items() for node in mark.members}


def fold_stack(scene: Scene, stack: Stack) -> Folded:
    """Leave out what repeats: first in piles, then in rows."""
    folder = _Folder(scene, stack)
    folder.piles()
    for node in stack.order:
        folder.row(node)
    return folder.folded()


class _Folder:
    def __init__(self, scene: Scene, stack: Stack) -> None:
        self.scene, self.stack = scene, stack
        self.children = {node: list(nodes) for node, nodes in stack.children.items()}
        self.likeness = self._likeness()
        self.marks: dict[int, More] = {}
        self.above_mark: dict[int, int] = {}

    def _likeness(self) -> dict[int, int]:
        """Number the bodies so that those that look alike, with all that stands on them, have one number."""
        numbers: dict[Likeness, int] = {}
        found: dict[int, int] = {}
        for node in reversed(self.stack.order):
            inner = tuple(sorted(found[c] for c in self.children[node] if c in found))
            likeness = (*alike(self.scene.pieces[node]), inner)
            found[node] = numbers.setdefault(likeness, len(numbers))
        return found

    # Piles

    def piles(self) -> None:
        for node in self.stack.order:
            run = self._run(node)
            if len(run) > FLOORS:
                self._fold_pile(run)

    def _run(self, node: int) -> list[int]:
        """List the bodies from here up that look alike, one alone on each."""
        below = self.stack.supports[node]
        if len(below) == 1 and self._continues(below[0], node):
            return []
        run = [node]
        while (kids := self.children[run[-1]]) and len(kids) == 1 and self._continues(run[-1], kids[0]):
            run.append(kids[0])
        return run

    def _continues(self, lower: int, upper: int) -> bool:
        pieces = self.scene.pieces
        alone = len(self.stack.supports[upper]) == 1 and len(self.children[lower]) == 1
        return alone and alike(pieces[lower]) == alike(pieces[upper])

    def _fold_pile(self, run: Sequence[int]) -> None:
        mark = self._mark(run[2:-1], upright=False)
        self.children[run[1]] = [mark]
        self.children[mark] = [run[-1]]
        self.above_mark[run[-1]] = mark

    def _mark(self, members: Iterable[int], upright: bool) -> int:
        mark = -1 - len(self.marks)
        self.marks[mark] = More(tuple(members), upright)
        return mark

    # Rows

    def row(self, node: int) -> None:
        """Draw some of each sort of what stands here side by side."""
        columns = [c for c in self.children.get(node, ()) if c >= 0 and self._in_row(c)]
        if len(columns) <= COLUMNS:
            return
        others = [c for c in self.children[node] if c not in columns]
        sorts = list(self._sorts(columns).values())
        drawn = self._chosen(node, sorts)
        row: list[int] = []
        for sort in sorts[:COLUMNS]:
            row += [c for c in sort if c in drawn]
            if rest := [c for c in sort if c not in drawn]:
                row.append(self._mark(self._whole(rest), upright=True))
        if rest := [c for sort in sorts[COLUMNS:] for c in sort]:
            row.append(self._mark(self._whole(rest), upright=True))
        self.children[node] = [*row, *others]

    def _in_row(self, node: int) -> bool:
        return len(self.stack.supports[node]) < 2 and self.scene.pieces[node].shape != "ring"

    def _sorts(self, columns: Iterable[int]) -> dict[int, list[int]]:
        sorts: dict[int, list[int]] = {}
        for node in columns:
            sorts.setdefault(self.likeness[node], []).append(node)
        return sorts

    def _chosen(self, node: int, sorts: list[list[int]]) -> frozenset[int]:
        """Choose the first of each sort, then the second, as many as fit on the body below."""
        rounds = [sort[i] for i in range(COLUMNS) for sort in sorts[:COLUMNS] if i < len(sort)]
        least = min(len(sorts), COLUMNS)
        room = self.scene.pieces[node].length
        for number in range(COLUMNS, least - 1, -1):
            wide = sum(self._length(c) for c in rounds[:number])
            if not room or wide * 1.05 < room.middle:
                return frozenset(rounds[:number])
        return frozenset(rounds[:COLUMNS])

    def _length(self, node: int) -> float:
        length = self.scene.pieces[node].length
        return length.middle if length and length.middle == length.middle else 0.0

    def _whole(self, nodes: Iterable[int]) -> list[int]:
        """List bodies with all that stands on them; piles that were folded are unfolded again."""
        found: list[int] = []
        for node in nodes:
            found += self.marks.pop(node).members if node < 0 else (node,)
            found += self._whole(self.children.pop(node, []))
        return found

    # The result

    def folded(self) -> Folded:
        hidden = {node: number for number, mark in self.marks.items() for node in mark.members}
        supports: dict[int, tuple[int, ...]] = {}
        for node in self.stack.order:
            if node not in hidden:
                below = tuple(dict.fromkeys(hidden.get(n, n) for n in self.stack.supports[node]))
                mark = self.above_mark.get(node)
                supports[node] = below if mark is None else (mark,)
        for node, kids in self.children.items():
            supports |= {mark: (node,) for mark in kids if mark in self.marks}
        children = {n: tuple(c) for n, c in self.children.items() if n not in hidden}
        ordered = _lower_first(supports)
        stack = Stack(ordered, children, self.stack.roots, self.stack.loose, self.stack.circular)
        return Folded(stack, self.marks, self.stack)


def _lower_first(supports: Mapping[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    graph = nx.DiGraph((below, node) for node, others in supports.items() for below in others)
    graph.add_nodes_from(supports)
    return {node: supports[node] for node in nx.topological_sort(graph)}


def alike(piece: Piece) -> Likeness:
    """Give what two parts must share to look alike."""
    return (piece.kind or piece.name, piece.shape, piece.length, piece.height, piece.count, piece.disputes)
