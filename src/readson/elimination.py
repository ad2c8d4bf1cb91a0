"""Variable elimination: the binding of roles with the least summed cost, for every product at once.

A cost hangs on a few roles only. One role after the other is eliminated: of its candidates the cheapest is
kept for every combination of the roles that its costs share with others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from readson.relations import Nodes

Scores = Nodes
BLOCK = 1 << 16
"""As many combinations are tried at a time, so that memory does not grow with the candidates of a role."""
PLACES = 1 << 20
"""A product has fewer candidates for a role than this; score and place share one number."""


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


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """What combinations of some roles cost.

    A part is a space with a column of values for its rows. `cost` turns the values of all parts into
    costs, with a lane for each of the sums that are minimised side by side. A factor is equal to itself only.
    """

    parts: tuple[tuple[Space, Column], ...]
    cost: Callable[..., Scores]

    @property
    def roles(self) -> set[str]:
        """Give the roles the cost hangs on."""
        return {role for space, _ in self.parts for role in space.roles}

    def at(self, places: Mapping[tuple[str, ...], Nodes]) -> Scores:
        """Give the costs of combinations, for each of which the rows of every space are given."""
        return self.cost(*(values[..., places[space.roles]] for space, values in self.parts))


def given(cost: Scores) -> Scores:
    """Take values as the costs they are."""
    return cost


@dataclass(frozen=True, slots=True)
class Elimination:
    """A role without which things cost `rest`, if each combination takes the candidate at its `place`."""

    role: str
    space: Space
    place: Nodes
    rest: Factor


class Minimiser:
    """Find least sums of factors. What was eliminated once from the same factors is not done again."""

    def __init__(self, spaces: Spaces) -> None:
        self.spaces = spaces
        self._done: dict[tuple[str, frozenset[Factor]], Elimination] = {}

    def minimise(self, roles: Sequence[str], factors: Iterable[Factor]) -> tuple[dict[str, Nodes], Scores]:
        """Find the choices with the least sum of all factors, lane by lane; every role needs a factor.

        The last role goes first. Of equal bindings the first in the order of candidates wins, role by role.
        """
        left, steps = list(factors), list[Elimination]()
        for role in reversed(roles):
            steps.append(self._without(role, [f for f in left if role in f.roles], roles))
            left = [*(f for f in left if role not in f.roles), steps[-1].rest]
        everything = np.arange(self.spaces.products)
        choice: dict[str, Nodes] = {}
        for step in reversed(steps):
            at = self.spaces.place(step.space, everything, choice)
            lanes = np.broadcast_to(at, (len(step.place), len(everything)))
            choice[step.role] = np.take_along_axis(step.place, lanes, axis=1)
        return choice, reduce(np.add, [f.at({(): everything}) for f in left])

    def _without(self, role: str, factors: Sequence[Factor], roles: Sequence[str]) -> Elimination:
        key = (role, frozenset(factors))
        if key not in self._done:
            others = {r for f in factors for r in f.roles} - {role}
            space = self.spaces.of(tuple(r for r in roles if r in others))
            lowest, place = _eliminate(self.spaces, factors, role, space)
            self._done[key] = Elimination(role, space, place, Factor(((space, lowest),), given))
        return self._done[key]


def _eliminate(spaces: Spaces, factors: Sequence[Factor], role: str, reduced: Space) -> tuple[Scores, Nodes]:
    """Find the cheapest candidate of a role for every combination of the others, and what it costs."""
    blocks = _tried(spaces, factors, role, reduced)
    _, lowest = next(blocks)
    for rows, scores in blocks:
        lowest[:, rows] = np.minimum(lowest[:, rows], scores)
    return lowest // PLACES, lowest % PLACES


def _tried(
    spaces: Spaces, factors: Sequence[Factor], role: str, reduced: Space
) -> Iterator[tuple[Nodes, Scores]]:
    """Try the candidates of a role block by block: (rows, the best score and place of a block for each).

    So all combinations with the role are never laid out at once. The first block has every row.
    """
    count = spaces.count(role)[reduced.product]
    zero = {**reduced.choice, role: np.zeros_like(count)}
    touched = {space.roles: space for f in factors for space, _ in f.parts}
    first = {r: spaces.place(s, reduced.product, zero) for r, s in touched.items()}
    stride = {r: spaces.stride(s, role)[reduced.product] for r, s in touched.items()}
    rows, begin = np.arange(len(count)), 0
    while len(rows):
        end = begin + max(1, BLOCK // len(rows))
        place: Nodes = np.minimum(np.arange(begin, min(end, int(count[rows].max()))), count[rows, None] - 1)
        at = {r: first[r][rows, None] + place * stride[r][rows, None] for r in touched}
        total: Scores = reduce(np.add, [f.at(at) for f in factors])
        yield rows, (total * PLACES + place).min(axis=-1)
        begin, rows = end, rows[count[rows] > end]
