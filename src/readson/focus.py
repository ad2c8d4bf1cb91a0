"""What shapes are judged on: columns of readings, or of single nodes inside nested shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from readson.graph import Interval
from readson.paths import Walk
from readson.relations import Mask, Nodes

UNNAMED, ABSENT = -1, -2
"""Bound to a role when the part is not named in the description, or when there is known to be none."""


@dataclass(frozen=True, slots=True)
class Values:
    """Numbers reached by a route: bounds of one value a pair, and which rows know all of them.

    `contested` marks values on a way that is also denied.
    """

    row: Nodes
    bounds: Interval
    contested: Mask
    whole: Mask


@dataclass(frozen=True, slots=True)
class Focus:
    """Rows to judge. Each row belongs to a product; readings bind roles, nested rows have a node.

    `derived` gives what derived properties come to, where that is known before their roles are bound.
    """

    product: Nodes
    roles: Mapping[str, Nodes]
    node: Nodes | None = None
    derived: Mapping[str, Walk | Values] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Count the rows."""
        return len(self.product)


def on_nodes(nodes: Nodes, product: Nodes) -> Focus:
    """Focus on single nodes."""
    return Focus(product, {}, nodes)


def no_rows() -> Nodes:
    """Give an empty column."""
    return np.empty(0, dtype=np.int64)
