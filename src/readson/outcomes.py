"""The distinct outcomes of derived properties: readings that share one need judging only once.

Of all pairs of parts few have anything between them, and all others are alike.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from readson.focus import Values
from readson.paths import Walk
from readson.relations import Nodes, Numbers
from readson.spaces import Outcomes, Space
from readson.verdicts import Bits


def outcomes(space: Space, found: Walk | Values, products: int) -> Outcomes:
    """Number what a derived property comes to on the rows of a space, product by product."""
    label = _labels(space.product * 2 + found.whole, found.row, _entries(found))
    return distinct_labels(space, label, products)


def distinct_labels(space: Space, label: Nodes | Bits, products: int) -> Outcomes:
    """Number the distinct labels of the rows of a space, product by product."""
    both = _paired(space.product, label.astype(np.int64))
    _, example, of = np.unique(both, return_index=True, return_inverse=True)
    count = np.bincount(space.product[example], minlength=products)
    return Outcomes(space, of - (np.cumsum(count) - count)[space.product], count, example)


def _labels(label: Nodes, row: Nodes, entry: Nodes) -> Nodes:
    """Give rows the same label that had the same and have the same entries."""
    order = np.lexsort((entry, row))
    row, entry = row[order], entry[order]
    count = np.bincount(row, minlength=len(label))
    rank = np.arange(len(row)) - (np.cumsum(count) - count)[row]
    for position in range(int(count.max(initial=0))):
        at = rank == position
        more = np.unique(_paired(label[row[at]], entry[at]), return_inverse=True)[1]
        label[row[at]] = label.max() + 1 + more
    return label


def _paired(first: Nodes, second: Nodes) -> Nodes:
    both: Nodes = first * (second.max(initial=0) + 1) + second
    return both


def _entries(found: Walk | Values) -> Nodes:
    """Number the nodes or numbers reached, so that equal ones have the same number."""
    if isinstance(found, Walk):
        return found.node * 2 + found.contested
    b = found.bounds
    ends = _paired(_numbered(b.low), _numbered(b.high))
    return _paired(ends, b.low_open + 2 * b.high_open + 4 * b.known + 8 * found.contested)


def _numbered(numbers: Numbers) -> Nodes:
    return np.unique(numbers, return_inverse=True)[1]


def on_rows(found: Walk | Values, rows: Nodes) -> Walk | Values:
    """Repeat what was found on some rows, a row each."""
    order = np.argsort(found.row, kind="stable")
    ordered = found.row[order]
    first, end = np.searchsorted(ordered, rows), np.searchsorted(ordered, rows, side="right")
    count = end - first
    row = np.repeat(np.arange(len(rows)), count)
    entry = order[np.arange(len(row)) - np.repeat(np.cumsum(count) - count - first, count)]
    contested, whole = found.contested[entry], found.whole[rows]
    if isinstance(found, Walk):
        return replace(found, row=row, node=found.node[entry], contested=contested, whole=whole)
    return replace(found, row=row, bounds=found.bounds.take(entry), contested=contested, whole=whole)
