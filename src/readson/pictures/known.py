"""What the graph knows of one product: pairs, classes, quantities and truths, and where sources disagree."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from readson.graph import FALSE_NODE, TRUE_NODE, Graph
from readson.relations import SHIFT, Keys, contains, keys, objects, subjects
from readson.stated import Stated
from readson.statements import Bounds, Product


@dataclass(frozen=True, slots=True)
class Size:
    """A quantity in SI units; `low` lies above `high` where sources disagree."""

    low: float
    high: float

    @property
    def disputed(self) -> bool:
        """Tell whether the sources disagree."""
        return self.low > self.high

    @property
    def middle(self) -> float:
        """Give the size to draw, or nan where one end is open or sources disagree."""
        return math.nan if self.disputed or math.isinf(self.high - self.low) else (self.low + self.high) / 2


class Known:
    """Answer what is known of the nodes of one product."""

    def __init__(self, product: Product, graph: Graph) -> None:
        number = graph.products.index(product)
        self.graph, self.product = graph, product
        self.nodes = graph.nodes_of(number)
        self.stated = Stated(graph, number)

    def pairs(self, prop: str) -> Iterator[tuple[int, int]]:
        """Give subject and object of a relation, for the subjects that the description names."""
        found = self._slice(self.graph.relation(prop))
        yield from zip(subjects(found).tolist(), objects(found).tolist(), strict=True)

    def _slice(self, pairs: Keys) -> Keys:
        ends = np.array([self.nodes.start, self.nodes.stop], dtype=np.int64) << 32
        first, last = np.searchsorted(pairs, ends)
        return pairs[first:last]

    def denied(self, prop: str, subject: int, object_: int) -> bool:
        """Tell whether a pair is denied."""
        return bool(self.graph.denies(prop, _key(subject, object_))[0])

    def truth(self, prop: str, node: int) -> bool | None:
        """Give the truth value of a node, None where none or both are known."""
        yes, no = (self._valued(prop, node, value) for value in (TRUE_NODE, FALSE_NODE))
        return None if yes is no else yes

    def disputes(self, prop: str, node: int) -> bool:
        """Tell whether a truth value is both stated and denied."""
        return all(self._valued(prop, node, value) for value in (TRUE_NODE, FALSE_NODE))

    def _valued(self, prop: str, node: int, value: int) -> bool:
        other = FALSE_NODE if value == TRUE_NODE else TRUE_NODE
        has = contains(self.graph.relation(prop), _key(node, value))[0]
        return bool(has) or self.denied(prop, node, other)

    def size(self, prop: str, node: int) -> Size | None:
        """Give the bounds of a quantity, None where nothing is known of it."""
        column = self.graph.quantity(prop)
        return Size(float(column.low[node]), float(column.high[node])) if column.known[node] else None

    def stated_sizes(self, prop: str, node: int) -> tuple[Bounds, ...]:
        """Give the bounds of a quantity as sources state them, without what a world assumes."""
        found = (s.content for s in self.stated.bounds[prop, node])
        return tuple(content for content in found if isinstance(content, Bounds))

    def kinds(self, node: int) -> list[str]:
        """Give the classes of a node as they are stated, the narrowest only; else the narrowest entailed."""
        onto = self.graph.ontology
        named = [cls for cls, holds, _ in self.stated.types[node] if holds]
        stated = list(dict.fromkeys(named or [onto.classes[c] for c in sorted(self.classes.get(node, ()))]))
        wider = {b for a in stated for b in stated if a != b and onto.is_subclass(a, b)}
        return [cls for cls in stated if cls not in wider]

    @cached_property
    def classes(self) -> dict[int, frozenset[int]]:
        """Give the classes of every node, superclasses included."""
        return self._closed(self.graph.typed)

    @cached_property
    def disputed_kinds(self) -> frozenset[int]:
        """List the nodes that are both of a class and not of it."""
        onto = self.graph.ontology
        refused = self._members(self.graph.untyped)
        found = set()
        for node, mine in self.classes.items():
            held = sorted(mine)
            apart = onto.apart[np.ix_(held, held)].any()
            if apart or mine & refused.get(node, frozenset()):
                found.add(node)
        return frozenset(found)

    def _members(self, typed: Keys) -> dict[int, frozenset[int]]:
        found: dict[int, set[int]] = {}
        classes = np.arange(len(self.graph.ontology.classes)) << SHIFT
        first, end = (np.searchsorted(typed, classes | n) for n in (self.nodes.start, self.nodes.stop))
        for cls in np.flatnonzero(first < end).tolist():
            for node in objects(typed[first[cls] : end[cls]]).tolist():
                found.setdefault(node, set()).add(cls)
        return {node: frozenset(held) for node, held in found.items()}

    def _closed(self, typed: Keys) -> dict[int, frozenset[int]]:
        above = self.graph.ontology.above
        return {
            node: frozenset(np.flatnonzero(above[sorted(classes)].any(axis=0)).tolist())
            for node, classes in self._members(typed).items()
        }


def _key(subject: int, object_: int) -> Keys:
    return keys(np.array([subject]), np.array([object_]))
