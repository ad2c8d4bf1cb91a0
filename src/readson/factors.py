"""Factors: what combinations of candidates cost, product by product, and the cheapest candidates of a role.

A combination is a row of a space. A cost and the place of a candidate share one number, its key, so that of
candidates that cost the same the first wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from readson.relations import Mask, Nodes

Scores = Nodes
BLOCK = 1 << 16
"""As many combinations are tried at a time, so that memory does not grow with the candidates of a role."""
PLACES = 1 << 20
"""A product has fewer candidates for a role than this: key = cost * PLACES + place."""
NONE = np.iinfo(np.int64).max
"""The key of no candidate: dearer than any."""


@dataclass(frozen=True, slots=True)
class Space:
    """All combinations of some roles, product by product; the last role varies fastest."""

    roles: tuple[str, ...]
    product: Nodes
    choice: Mapping[str, Nodes]
    first: Nodes


class Spaces:
    """Lay out combinations of roles; `count` gives the number of candidates of a role in each product."""

    def __init__(self, count: Callable[[str], Nodes], products: int) -> None:
        self.count, self.products = count, products
        self._spaces: dict[tuple[str, ...], Space] = {}

    def of(self, roles: tuple[str, ...]) -> Space:
        """Lay out all combinations of the roles."""
        if roles not in self._spaces:
            self._spaces[roles] = self._lay_out(roles)
        return self._spaces[roles]

    def _lay_out(self, roles: tuple[str, ...]) -> Space:
        counts = [self.count(r) for r in roles]
        total = reduce(np.multiply, counts, np.ones(self.products, dtype=np.int64))
        first = np.cumsum(total) - total
        product = np.repeat(np.arange(self.products), total)
        rest = np.arange(len(product)) - first[product]
        choice: dict[str, Nodes] = {}
        for role, count in zip(reversed(roles), reversed(counts), strict=True):
            choice[role] = rest % count[product]
            rest = rest // count[product]
        return Space(roles, product, choice, first)

    def place(self, space: Space, product: Nodes, choice: Mapping[str, Nodes]) -> Nodes:
        """Find the rows of a space for given choices of its roles."""
        offset = np.zeros(len(product), dtype=np.int64)
        for role in space.roles:
            offset = offset * self.count(role)[product] + choice[role]
        return space.first[product] + offset

    def stride(self, space: Space, role: str) -> Nodes:
        """Give for each product how far apart the rows are that differ by one candidate of a role."""
        if role not in space.roles:
            return np.zeros(self.products, dtype=np.int64)
        later = space.roles[space.roles.index(role) + 1 :]
        return reduce(np.multiply, [self.count(r) for r in later], np.ones(self.products, dtype=np.int64))


Column = np.ndarray[tuple[int, ...], np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """What the rows of a space hold: verdict bits (one dimension), or costs with a lane a row (two)."""

    space: Space
    values: Column

    @property
    def judged(self) -> bool:
        """Tell whether the part holds verdict bits."""
        return self.values.ndim == 1


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """What combinations of some roles cost.

    `cost` turns the values of all parts into costs, with a lane for each of the sums that are minimised
    side by side. A factor is equal to itself only.
    """

    parts: tuple[Part, ...]
    cost: Callable[..., Scores]

    @property
    def roles(self) -> set[str]:
        """Give the roles the cost hangs on."""
        return {role for part in self.parts for role in part.space.roles}

    def at(self, places: Mapping[tuple[str, ...], Nodes]) -> Scores:
        """Give the costs of combinations, for each of which the rows of every space are given."""
        return self.cost(*(part.values[..., places[part.space.roles]] for part in self.parts))


def given(cost: Scores) -> Scores:
    """Take values as the costs they are."""
    return cost


Price = Callable[[Nodes, Nodes], Scores]


def pricing(spaces: Spaces, factors: Sequence[Factor], role: str, reduced: Space) -> Price:
    """Give the function from rows of the space without a role, and places of the role, to keys.

    `rows` needs an axis for each of `places`; the keys have one more in front, the lanes.
    """
    zero = {**reduced.choice, role: np.zeros_like(reduced.product)}
    touched = {part.space.roles: part.space for f in factors for part in f.parts}
    first = {r: spaces.place(s, reduced.product, zero) for r, s in touched.items()}
    stride = {r: spaces.stride(s, role)[reduced.product] for r, s in touched.items()}

    def price(rows: Nodes, places: Nodes) -> Scores:
        at = {r: first[r][rows] + places * stride[r][rows] for r in touched}
        total: Scores = reduce(np.add, [f.at(at) for f in factors])
        return total * PLACES + places

    return price


def cheapest(
    spaces: Spaces, factors: Sequence[Factor], role: str, reduced: Space, keep: int = 1
) -> Scores:
    """Find for every combination of the other roles the keys of the cheapest candidates of a role.

    The keys are (lane, row, `keep`), in no order; NONE where a product has no more candidates.
    """
    blocks = _tried(spaces, factors, role, reduced)
    _, beyond, keys = next(blocks)
    least = _least(keys, beyond, keep)
    for rows, beyond, keys in blocks:
        both = np.concatenate((least[:, rows], _least(keys, beyond, keep)), axis=-1)
        least[:, rows] = _least(both, None, keep)
    return least


def _tried(
    spaces: Spaces, factors: Sequence[Factor], role: str, reduced: Space
) -> Iterator[tuple[Nodes, Mask, Scores]]:
    """Try the candidates of a role block by block: (rows, where there are no more candidates, keys).

    So all combinations with the role are never laid out at once. The first block has every row.
    """
    price, count = pricing(spaces, factors, role, reduced), spaces.count(role)[reduced.product]
    rows, begin = np.arange(len(count)), 0
    while len(rows):
        end = begin + max(1, BLOCK // len(rows))
        places, last = np.arange(begin, min(end, int(count[rows].max()))), count[rows, None] - 1
        yield rows, places > last, price(rows[:, None], np.minimum(places, last))
        begin, rows = end, rows[count[rows] > end]


def _least(keys: Scores, beyond: Mask | None, keep: int) -> Scores:
    if keep == 1:  # what is tried once more where there are no more candidates is as cheap as before
        return keys.min(axis=-1, keepdims=True)
    if beyond is not None:
        keys = np.where(beyond, NONE, keys)
    short = max(0, keep - keys.shape[-1])
    padded = np.pad(keys, ((0, 0), (0, 0), (0, short)), constant_values=NONE)
    return np.partition(padded, keep - 1, axis=-1)[..., :keep]
