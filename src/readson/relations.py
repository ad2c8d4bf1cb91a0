"""Relations between nodes as sorted columns of 64-bit keys, and the joins on them.

A pair (subject, object) is one key: subject in the upper 32 bits, object in the lower.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import numpy as np
import numpy.typing as npt

Nodes = npt.NDArray[np.int64]
Keys = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]

SHIFT = np.int64(32)
LOWER = np.int64(0xFFFFFFFF)
EMPTY: Keys = np.empty(0, dtype=np.int64)


def keys(subjects: Nodes, objects: Nodes) -> Keys:
    """Pack pairs into keys, in the order given."""
    return (subjects.astype(np.int64, copy=False) << SHIFT) | objects


def subjects(pairs: Keys) -> Nodes:
    """Unpack the subjects."""
    return pairs >> SHIFT


def objects(pairs: Keys) -> Nodes:
    """Unpack the objects."""
    return pairs & LOWER


def swap(pairs: Keys) -> Keys:
    """Turn every pair around, sorted."""
    return np.sort(keys(objects(pairs), subjects(pairs)))


def union(left: Keys, right: Keys) -> Keys:
    """Merge two sorted columns without doubles."""
    if not len(right):
        return left
    if not len(left):
        return right
    return distinct(np.concatenate((left, right)))


def distinct(numbers: Keys) -> Keys:
    """Sort a column and drop doubles (np.unique hashes, which packed keys make slow)."""
    ordered = np.sort(numbers)
    if len(ordered) < 2:
        return ordered
    keep = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=keep[1:])
    return ordered[keep]


def marks(nodes: Nodes, size: int) -> Mask:
    """Mark the nodes among `size`."""
    marked = np.zeros(size, dtype=bool)
    marked[nodes] = True
    return marked


def missing(wanted: Keys, present: Keys) -> Keys:
    """Keep the keys of `wanted` that sorted `present` does not hold."""
    return wanted[~contains(present, wanted)]


def contains(present: Keys, wanted: Keys) -> Mask:
    """Tell for each wanted key whether sorted `present` holds it."""
    if not len(present):
        return np.zeros(len(wanted), dtype=bool)
    place = np.minimum(present.searchsorted(wanted), len(present) - 1)
    found: Mask = present[place] == wanted
    return found


def all_of(masks: Iterable[Mask]) -> Mask:
    """Mark the rows that every mask marks."""
    return reduce(lambda left, right: left & right, masks)


def any_of(masks: Iterable[Mask]) -> Mask:
    """Mark the rows that any mask marks."""
    return reduce(lambda left, right: left | right, masks)


def expand(nodes: Nodes, pairs: Keys) -> tuple[Nodes, Nodes]:
    """Follow a relation from each node: (position in `nodes`, object) for every pair that starts there."""
    first = pairs.searchsorted(nodes << SHIFT)
    last = pairs.searchsorted((nodes + 1) << SHIFT)
    return ranges(first, last, pairs)


def by_subject(pairs: Keys, subjects: Nodes) -> Iterable[tuple[int, Nodes]]:
    """Give the objects of each of the subjects that has some."""
    first, end = pairs.searchsorted(subjects << SHIFT), pairs.searchsorted((subjects + 1) << SHIFT)
    for i in (first < end).nonzero()[0].tolist():
        yield int(subjects[i]), objects(pairs[first[i] : end[i]])


def ranges(first: Nodes, last: Nodes, pairs: Keys) -> tuple[Nodes, Nodes]:
    """List the objects of the slices [first, last) of a column, with the slice each comes from."""
    counts = last - first
    if counts.max(initial=0) <= 1:  # as with functional properties, and far cheaper
        position = counts.nonzero()[0]
        return position, objects(pairs[first[position]])
    position = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(len(position)) + np.repeat(first - (np.cumsum(counts) - counts), counts)
    return position, objects(pairs[place])


def compose(left: Keys, right: Keys) -> Keys:
    """Join two relations: (x, z) where (x, y) is in the left and (y, z) in the right one."""
    if not len(left) or not len(right):
        return EMPTY
    turned = swap(left)  # looking up in order is many times as fast
    position, found = expand(subjects(turned), right)
    return distinct(keys(objects(turned)[position], found))


def transitive_closure(pairs: Keys) -> Keys:
    """Close a relation under transitivity."""
    closed, fresh = pairs, pairs
    while len(fresh):
        fresh = missing(compose(fresh, pairs), closed)
        closed = union(closed, fresh)
    return closed


def equivalence_closure(pairs: Keys) -> Keys:
    """Close a symmetric relation under transitivity: all pairs inside each connected group."""
    if not len(pairs):
        return pairs
    nodes = distinct(np.concatenate((subjects(pairs), objects(pairs))))
    code = np.zeros(nodes[-1] + 1, dtype=np.int64)
    code[nodes] = np.arange(len(nodes))
    group = _groups(code[subjects(pairs)], code[objects(pairs)], len(nodes))
    by_group = np.sort(keys(group, nodes))
    position, partner = expand(group, by_group)
    return np.sort(keys(nodes[position], partner))


def _groups(left: Nodes, right: Nodes, size: int) -> Nodes:
    """Label every node with the least node of its group, by propagation to the neighbours."""
    group = np.arange(size)
    while True:
        lower = group.copy()
        np.minimum.at(lower, left, group[right])
        np.minimum.at(lower, right, group[left])
        lower = lower[lower]
        if (lower == group).all():
            return group
        group = lower
