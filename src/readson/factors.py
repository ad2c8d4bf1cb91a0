"""Factors: what combinations of candidates cost, and the cheapest candidates of a role.

A cost and the place of a candidate share one number, its key, so that of
candidates that cost the same the first wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from readson.relations import Mask, Nodes
from readson.spaces import Space, Spaces

Scores = Nodes
BLOCK = 1 << 16
"""As many combinations are tried at a time, so that memory does not grow with the candidates of a role."""
PLACES = 1 << 20
"""A product has fewer candidates for a role than this: key = cost * PLACES + place."""
NONE = np.iinfo(np.int64).max
"""The key of no candidate: dearer than any."""


Column = np.ndarray[tuple[int, ...], np.dtype[Any]]


@dataclass(frozen=True, slots=True, eq=False)
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

    @property
    def axes(self) -> set[str]:
        """Give the axes of the spaces of its parts."""
        return {axis for part in self.parts for axis in part.space.axes}

    def at(self, places: Mapping[tuple[str, ...], Nodes]) -> Scores:
        """Give the costs of combinations, for each of which the rows of every space are given."""
        return self.cost(*(part.values.take(places[part.space.axes], axis=-1) for part in self.parts))


def given(cost: Scores) -> Scores:
    """Take values as the costs they are."""
    return cost


Price = Callable[[Nodes, Nodes], Scores]


def pricing(spaces: Spaces, factors: Sequence[Factor], role: str, reduced: Space) -> Price:
    """Give the function that turns rows of the space without a role, and places of the role, into keys."""
    touched = {part.space.axes: part.space for f in factors for part in f.parts}
    placed = {axes: _placing(spaces, space, role, reduced) for axes, space in touched.items()}

    def price(rows: Nodes, places: Nodes) -> Scores:
        at = {axes: place(rows, places) for axes, place in placed.items()}
        total: Scores = reduce(np.add, [f.at(at) for f in factors])
        total *= PLACES
        total += places
        return total

    return price


def _placing(spaces: Spaces, space: Space, role: str, reduced: Space) -> Callable[[Nodes, Nodes], Nodes]:
    """Give the function from rows of the space without a role, and places of the role, to rows of a space."""
    if role in space.roles and role not in space.axes:  # an outcome that the role has a share in

        def by_outcome(rows: Nodes, places: Nodes) -> Nodes:
            choice = {axis: column[rows] for axis, column in reduced.choice.items()}
            return spaces.place(space, reduced.product[rows], {**choice, role: places})

        return by_outcome
    zero = {**reduced.choice, role: np.zeros_like(reduced.product)}
    first = spaces.place(space, reduced.product, zero)
    stride = spaces.stride(space, role)[reduced.product]
    return lambda rows, places: first[rows] + places * stride[rows]


def cheapest(spaces: Spaces, factors: Sequence[Factor], role: str, reduced: Space, keep: int = 1) -> Scores:
    """Find for every combination of the other roles the keys of the cheapest candidates of a role.

    The keys are (lane, `keep`, row), in no order; NONE where a product has no more candidates.
    """
    blocks = _tried(spaces, factors, role, reduced)
    _, beyond, keys = next(blocks)
    least = _least(keys, beyond, keep)
    for rows, beyond, keys in blocks:
        both = np.concatenate((least[..., rows], _least(keys, beyond, keep)), axis=1)
        least[..., rows] = _least(both, None, keep)
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
        places, last = np.arange(begin, min(end, int(count[rows].max())))[:, None], count[rows] - 1
        yield rows, places > last, price(rows, np.minimum(places, last))
        begin, rows = end, rows[count[rows] > end]


def _least(keys: Scores, beyond: Mask | None, keep: int) -> Scores:
    if keep == 1:  # what is tried once more where there are no more candidates is as cheap as before
        least: Scores = keys.min(axis=1, keepdims=True)
        return least
    if beyond is not None:
        keys = np.where(beyond, NONE, keys)
    short = max(0, keep - keys.shape[1])
    padded = np.pad(keys, ((0, 0), (0, short), (0, 0)), constant_values=NONE)
    return np.partition(padded, keep - 1, axis=1)[:, :keep]
