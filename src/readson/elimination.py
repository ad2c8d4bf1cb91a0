"""Variable elimination: the binding of roles with the least summed cost, for every product at once.

A cost hangs on a few roles only. One role after the other is eliminated: of its candidates the cheapest is
kept for every combination of the roles that its costs share with others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from readson.factors import PLACES, Factor, Part, Scores, cheapest, given
from readson.outcomes import distinct_labels
from readson.relations import Nodes
from readson.shortlists import cheapest_beside, set_aside
from readson.spaces import Space, Spaces

LARGE = 32
"""A product has on average more combinations in a part that is worth condensing to its verdicts."""


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
        self._verdicts: dict[Part, Part] = {}

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
            factors = [replace(f, parts=tuple(self._condensed(p, role) for p in f.parts)) for f in factors]
            space = self.spaces.of(self._others(role, factors, roles))
            keys = _keys(self.spaces, factors, role, space)
            rest = Factor((Part(space, keys // PLACES),), given)
            self._done[key] = Elimination(role, space, keys % PLACES, rest)
        return self._done[key]

    def _condensed(self, part: Part, role: str) -> Part:
        """Let a large part that a role has no share in stand for its verdicts: there are four at most."""
        large = len(part.space.product) > LARGE * self.spaces.products
        if role in part.space.roles or not part.judged or not large:
            return part
        if part not in self._verdicts:
            axis = f"verdict {len(self._verdicts)}"
            found = distinct_labels(part.space, part.values, self.spaces.products)
            self.spaces.outcomes[axis] = found
            self._verdicts[part] = Part(self.spaces.of((axis,)), part.values[found.example])
        return self._verdicts[part]

    def _others(self, role: str, factors: Sequence[Factor], roles: Sequence[str]) -> tuple[str, ...]:
        """List the axes on which the costs of a role hang too.

        An outcome that the role has a share in gives way to the other roles behind it, and one whose roles
        all stand here anyway says no more than they do.
        """
        axes = set().union(*(f.axes for f in factors))
        split = {axis for axis in axes - set(roles) if role in self.spaces.behind(axis)}
        plain = axes.union(*map(self.spaces.behind, split)) & set(roles) - {role}
        derived = {axis for axis in axes - split - set(roles) if not self.spaces.behind(axis) <= plain}
        return (*(r for r in roles if r in plain), *sorted(derived))


def _keys(spaces: Spaces, factors: Sequence[Factor], role: str, reduced: Space) -> Scores:
    """Find the cheapest candidate of a role for every combination of the others."""
    aside = set_aside(spaces, factors, role, reduced)
    if aside is None:
        return cheapest(spaces, factors, role, reduced)[:, 0]
    return cheapest_beside(spaces, factors, role, reduced, aside)
