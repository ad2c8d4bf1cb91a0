"""Which nodes are of a class, for all nodes of a graph at once."""

from __future__ import annotations

import numpy as np

from readson.ontology import Ontology
from readson.relations import Keys, Nodes, by_subject
from readson.verdicts import AGAINST, FOR, Bits, pack


class Classification:
    """Judge for `size` nodes whether they are of a class; `typed` and `untyped` are keys (class, node).

    Most nodes share what is said of their classes with many others: each such set of statements is a sort,
    and only sorts are judged. `closed` says that a node is of no class that nothing supports.
    """

    def __init__(self, onto: Ontology, size: int, typed: Keys, untyped: Keys, closed: bool) -> None:
        self._index = onto.class_index
        self._sort = np.zeros(size, dtype=np.int64)
        self._bits = np.zeros((1, len(onto.classes)), dtype=np.uint8)
        every = np.arange(len(onto.classes))
        for cls, nodes in by_subject(typed, every):
            self._say(nodes, pack(onto.above[cls], onto.apart[cls]))
        for cls, nodes in by_subject(untyped, every):
            self._say(nodes, pack(np.zeros(len(every), dtype=bool), onto.above[:, cls]))
        if closed:
            self._bits |= np.where(self._bits & FOR, 0, AGAINST).astype(np.uint8)

    def _say(self, nodes: Nodes, bits: Bits) -> None:
        """Move nodes, each of which is given once, to the sorts of which that is said too."""
        before = self._sort[nodes]
        sorts = np.flatnonzero(np.bincount(before, minlength=len(self._bits)))
        after = np.zeros(len(self._bits), dtype=np.int64)
        after[sorts] = len(self._bits) + np.arange(len(sorts))
        self._sort[nodes] = after[before]
        self._bits = np.concatenate((self._bits, self._bits[sorts] | bits))

    def is_a(self, cls: str) -> Bits:
        """Judge for every node whether it is of the class: for, against, both or neither."""
        return self._bits[:, self._index[cls]].take(self._sort)
