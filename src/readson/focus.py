"""What shapes are judged on: columns of readings, or of single nodes inside nested shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from readson.relations import Nodes

UNNAMED, ABSENT = -1, -2
"""Bound to a role when the part is not named in the description, or when there is known to be none."""


@dataclass(frozen=True, slots=True)
class Focus:
    """Rows to judge. Each row belongs to a product; readings bind roles, nested rows have a node."""

    product: Nodes
    roles: Mapping[str, Nodes]
    node: Nodes | None = None

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
