"""Spaces: all combinations of candidates for some roles, product by product, as rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from readson.relations import Nodes


@dataclass(frozen=True, slots=True)
class Space:
    """All combinations on some axes, product by product; the last axis varies fastest.

    An axis is a role, or a derived property: then its choices are the outcomes of that property, which the
    choices of the roles behind it decide (see outcomes.py). `roles` are the roles themselves.
    """

    axes: tuple[str, ...]
    roles: frozenset[str]
    product: Nodes
    choice: Mapping[str, Nodes]
    first: Nodes


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The distinct outcomes of a derived property.

    `of` gives for each row of a space of roles its outcome among those of the product, of which there are
    `count`. `example` is a row with each outcome, those of one product together.
    """

    space: Space
    of: Nodes
    count: Nodes
    example: Nodes


class Spaces:
    """Lay out combinations of roles; `candidates` counts the candidates of a role in each product."""

    def __init__(self, candidates: Callable[[str], Nodes], products: int) -> None:
        self.candidates, self.products = candidates, products
        self.outcomes: dict[str, Outcomes] = {}
        self._spaces: dict[tuple[str, ...], Space] = {}

    def count(self, axis: str) -> Nodes:
        """Count the choices on an axis in each product."""
        return self.outcomes[axis].count if axis in self.outcomes else self.candidates(axis)

    def behind(self, axis: str) -> frozenset[str]:
        """Give the roles that decide the choice on an axis."""
        return self.outcomes[axis].space.roles if axis in self.outcomes else frozenset((axis,))

    def of(self, axes: tuple[str, ...]) -> Space:
        """Lay out all combinations on the axes."""
        if axes not in self._spaces:
            self._spaces[axes] = self._lay_out(axes)
        return self._spaces[axes]

    def _lay_out(self, axes: tuple[str, ...]) -> Space:
        counts = [self.count(axis) for axis in axes]
        total = reduce(np.multiply, counts, np.ones(self.products, dtype=np.int64))
        first = np.cumsum(total) - total
        product = np.repeat(np.arange(self.products), total)
        rest = np.arange(len(product)) - first[product]
        choice: dict[str, Nodes] = {}
        for axis, count in zip(reversed(axes), reversed(counts), strict=True):
            choice[axis] = rest % count[product]
            rest = rest // count[product]
        roles = frozenset(role for axis in axes for role in self.behind(axis))
        return Space(axes, roles, product, choice, first)

    def place(self, space: Space, product: Nodes, choice: Mapping[str, Nodes]) -> Nodes:
        """Find the rows of a space for given choices."""
        offset: Nodes = np.zeros(1, dtype=np.int64)
        for axis in space.axes:
            offset = offset * self.count(axis)[product] + self._choice(axis, product, choice)
        return space.first[product] + offset

    def _choice(self, axis: str, product: Nodes, choice: Mapping[str, Nodes]) -> Nodes:
        if axis in choice:
            return choice[axis]
        found = self.outcomes[axis]
        return found.of[self.place(found.space, product, choice)]

    def stride(self, space: Space, role: str) -> Nodes:
        """Give for each product how far apart the rows are that differ by one candidate of a role."""
        if role not in space.axes:
            return np.zeros(self.products, dtype=np.int64)
        later = space.axes[space.axes.index(role) + 1 :]
        return reduce(
            np.multiply, [self.count(axis) for axis in later], np.ones(self.products, dtype=np.int64)
        )
