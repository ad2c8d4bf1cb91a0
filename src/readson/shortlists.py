"""Shortlists: eliminate a role without trying each of its candidates against each of another role.

"The third is another one than the first" costs the same for every third but one. For each way in which such
a role may matter, the others are combined once and the few cheapest candidates kept: as many as a candidate
of that role has exceptions, and one more. The exceptions are then tried by themselves. So three roles that
must differ cost the square of the candidates, not the cube, and the result is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from readson.factors import NONE, PLACES, Factor, Part, Scores, cheapest, pricing
from readson.relations import Nodes
from readson.spaces import Space, Spaces
from readson.verdicts import Bits

VERDICTS = 4
OVERHEAD = 2
"""A combination that is tried by shortlists takes about as many times as long."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A role that is set aside while another is eliminated.

    `usual` gives for each candidate (a row of `space`) its place in `variants`: what things cost beside it,
    whichever candidate the other role takes. `exceptions` are the places of those for which they cost
    something else, a row a candidate, filled up with -1.
    """

    space: Space
    usual: Nodes
    variants: tuple[tuple[Factor, ...], ...]
    exceptions: Nodes


def set_aside(spaces: Spaces, factors: Sequence[Factor], role: str, reduced: Space) -> Aside | None:
    """Find the role that is best set aside while another is eliminated; None where that saves no work."""
    least = int(spaces.count(role)[reduced.product].sum()) // OVERHEAD
    best = None
    for other in reduced.axes:
        if _only_in_pairs(factors, role, other) and _work(spaces, role, other, reduced, (1, 1)) < least:
            found = _aside(spaces, factors, role, other)
            work = _work(spaces, role, other, reduced, (len(found.variants), found.exceptions.shape[1]))
            if work < least:
                best, least = found, work
    return best


def _work(spaces: Spaces, role: str, other: str, reduced: Space, counts: tuple[int, int]) -> int:
    """Count the combinations to try, for so many variants and exceptions."""
    variants, exceptions = counts
    tried = int(spaces.count(role)[_narrow(spaces, reduced, other).product].sum())
    return variants * tried + (2 * exceptions + 1) * len(reduced.product)


def _narrow(spaces: Spaces, reduced: Space, other: str) -> Space:
    return spaces.of(tuple(axis for axis in reduced.axes if axis != other))


def _only_in_pairs(factors: Sequence[Factor], role: str, other: str) -> bool:
    """Tell whether all parts with the other role are verdicts on the two roles and no third one."""
    parts = _parts(factors, other)
    return all(part.judged and set(part.space.axes) == {role, other} for part in parts)


def _parts(factors: Sequence[Factor], other: str) -> list[Part]:
    return [part for f in factors for part in f.parts if other in part.space.roles.union(part.space.axes)]


def _aside(spaces: Spaces, factors: Sequence[Factor], role: str, other: str) -> Aside:
    """Tell apart, for each candidate of the other role, what is usual and what is an exception."""
    space, parts = spaces.of((other,)), _parts(factors, other)
    pairs, size = parts[0].space, len(space.product)
    row = spaces.place(space, pairs.product, pairs.choice)
    bits = np.array([part.values for part in parts])
    usual = np.array([_most_frequent(row, values, size) for values in bits])
    odd = (bits != usual[:, row]).any(axis=0)
    kinds, kind = np.unique(usual, axis=1, return_inverse=True)
    variants = tuple(_variant(factors, other, values, spaces.of(())) for values in kinds.T)
    exceptions = _by_row(row[odd], pairs.choice[role][odd], size)
    return Aside(space, kind.reshape(-1), variants, exceptions)


def _most_frequent(row: Nodes, bits: Bits, size: int) -> Bits:
    counts = np.bincount(row * VERDICTS + bits, minlength=size * VERDICTS)
    most: Bits = counts.reshape(size, VERDICTS).argmax(axis=1).astype(np.uint8)
    return most


def _variant(factors: Sequence[Factor], other: str, usual: Bits, nowhere: Space) -> tuple[Factor, ...]:
    """Put the usual verdicts, which hang on no role, in the place of the parts with the other role."""
    rest = iter(usual)

    def part(given: Part) -> Part:
        return (
            Part(nowhere, np.full(len(nowhere.product), next(rest))) if other in given.space.axes else given
        )

    return tuple(replace(f, parts=tuple(map(part, f.parts))) for f in factors)


def _by_row(row: Nodes, place: Nodes, size: int) -> Nodes:
    """List places row by row, a column each, filled up with -1."""
    order, count = np.argsort(row, kind="stable"), np.bincount(row, minlength=size)
    column = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    listed = np.full((size, count.max(initial=0)), -1)
    listed[row[order], column] = place[order]
    return listed


def cheapest_beside(
    spaces: Spaces, factors: Sequence[Factor], role: str, reduced: Space, aside: Aside
) -> Scores:
    """Find for every combination of the other roles the key of the cheapest candidate of a role."""
    (other,) = aside.space.axes
    narrow = _narrow(spaces, reduced, other)
    keep = aside.exceptions.shape[1] + 1
    lists = np.stack([cheapest(spaces, variant, role, narrow, keep) for variant in aside.variants])
    row = spaces.place(aside.space, reduced.product, reduced.choice)
    rest = spaces.place(narrow, reduced.product, reduced.choice)
    exceptions = aside.exceptions[row].T
    tried = [_exceptional(spaces, factors, role, reduced, places) for places in exceptions]
    for rank in range(keep):
        keys = lists[aside.usual[row], :, rank, rest].T
        taken = (keys % PLACES == exceptions[:, None]).any(axis=0)
        tried.append(np.where(taken, NONE, keys))
    return reduce(np.minimum, tried)


def _exceptional(
    spaces: Spaces, factors: Sequence[Factor], role: str, reduced: Space, places: Nodes
) -> Scores:
    """Give the keys of one exceptional candidate a row."""
    keys = pricing(spaces, factors, role, reduced)(np.arange(len(places)), np.maximum(places, 0))
    return np.where(places < 0, NONE, keys)
