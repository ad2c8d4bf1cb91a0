"""Verdicts: Belnap's four values as two bits, in scalars and in NumPy columns.

Bit 1 is support FOR, bit 2 is support AGAINST. AND, OR and NOT are bit operations (Belnap-Dunn FDE).
"""

from __future__ import annotations

from enum import Enum

import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.uint8]
FOR = np.uint8(1)
AGAINST = np.uint8(2)
STEP = np.uint8(1)


class Verdict(Enum):
    """One of four values; it is never a truth value of Python."""

    UNKNOWN = 0
    MET = 1
    NOT_MET = 2
    CONFLICTING = 3

    def __bool__(self) -> bool:
        raise TypeError("a verdict has four values; compare it with Verdict.MET and so on")

    @property
    def label(self) -> str:
        """Name the verdict as people write it: "met", "not met", "unknown", "conflicting"."""
        return self.name.lower().replace("_", " ")

    @property
    def slug(self) -> str:
        """Name the verdict in files and CSS classes: "not-met"."""
        return self.label.replace(" ", "-")

    @property
    def symbol(self) -> str:
        """Give the sign that stands beside the word, so that colour is never alone."""
        return {"MET": "✓", "NOT_MET": "✗", "UNKNOWN": "?", "CONFLICTING": "≠"}[self.name]

    def is_within(self, other: Verdict) -> bool:
        """Tell whether the other has all the support, for and against, that this one has.

        >>> Verdict.MET.is_within(Verdict.CONFLICTING), Verdict.MET.is_within(Verdict.NOT_MET)
        (True, False)
        """
        return int(self.value) & int(other.value) == int(self.value)


VERDICTS = tuple(Verdict)
"""Every verdict, at the place of its bits."""


def conjoin(left: Bits, right: Bits) -> Bits:
    """AND: for where both are for, against where one is against.

    >>> conjoin(np.array([1, 1, 0], np.uint8), np.array([1, 2, 2], np.uint8)).tolist()
    [1, 2, 2]
    """
    return (left & right & FOR) | ((left | right) & AGAINST)


def disjoin(left: Bits, right: Bits) -> Bits:
    """OR: for where one is for, against where both are against.

    >>> disjoin(np.array([1, 2, 0], np.uint8), np.array([2, 2, 2], np.uint8)).tolist()
    [1, 2, 0]
    """
    return ((left | right) & FOR) | (left & right & AGAINST)


def negate(column: Bits) -> Bits:
    """NOT: swap the bits.

    >>> negate(np.array([0, 1, 2, 3], np.uint8)).tolist()
    [0, 2, 1, 3]
    """
    return ((column & FOR) << STEP) | ((column & AGAINST) >> STEP)


def pack(support: npt.NDArray[np.bool_], refutation: npt.NDArray[np.bool_]) -> Bits:
    """Pack two truth columns into one column of verdict bits."""
    return (support * FOR) | (refutation * AGAINST)
