"""Compare terms by value, as `<` of SPARQL does, on columns: verdict bits a pair."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox

from readson.relations import Mask, Nodes
from readson.validation.literals import Comparable, comparable
from readson.validation.terms import Between, Term, Terms
from readson.verdicts import Bits, pack
from readson.vocabulary import XSD

Numbers = npt.NDArray[np.float64]
UNREAD, NONE = -1, 0
"""Families of terms that were not looked at yet, and of terms that compare with nothing."""


class Comparisons:
    """Hold what terms compare by; a term is read when it is first compared."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._families = {"": NONE, "number": 1}
        self._family: npt.NDArray[np.int8] = np.empty(0, dtype=np.int8)
        self._low: Numbers = np.empty(0)
        self._high: Numbers = np.empty(0)
        self._double: Mask = np.empty(0, dtype=bool)
        self._exact: dict[int, Any] = {}

    def less(self, left: Nodes, right: Nodes, or_equal: bool) -> Bits:
        """Judge `left < right` (or `<=`) pair by pair; what does not compare is not less."""
        self._read(np.concatenate((left, right)))
        same = (self._family[left] == self._family[right]) & (self._family[left] > NONE)
        surely, possibly = (np.less_equal, np.less_equal) if or_equal else (np.less, np.less)
        holds = surely(self._high[left], self._low[right])
        may = possibly(self._low[left], self._high[right])
        self._decide_ties(left, right, same, or_equal, holds, may)
        return pack(same & holds, ~(same & may))

    def _decide_ties(
        self, left: Nodes, right: Nodes, same: Mask, or_equal: bool, holds: Mask, may: Mask
    ) -> None:
        """Compare exact values where floats are equal: long decimals, and all that are not numbers."""
        exact = ~self._double[left] & ~self._double[right]
        tied = same & exact & (self._low[left] == self._low[right])
        for place in np.flatnonzero(tied).tolist():
            a, b = self._exact[int(left[place])], self._exact[int(right[place])]
            holds[place] = may[place] = a <= b if or_equal else a < b

    def _read(self, codes: Nodes) -> None:
        self._grow()
        for code in np.unique(codes[self._family[codes] == UNREAD]).tolist():
            self._place(code, self.terms[code])

    def _grow(self) -> None:
        more = len(self.terms) - len(self._family)
        if more:
            self._family = np.concatenate((self._family, np.full(more, UNREAD, dtype=np.int8)))
            self._low = np.concatenate((self._low, np.zeros(more)))
            self._high = np.concatenate((self._high, np.zeros(more)))
            self._double = np.concatenate((self._double, np.zeros(more, dtype=bool)))

    def _place(self, code: int, term: Term) -> None:
        if isinstance(term, Between):
            self._family[code], self._double[code] = self._families["number"], True
            self._low[code], self._high[code] = term.low, term.high
            return
        found = _value(term)
        if found is None:
            self._family[code] = NONE
            return
        self._family[code] = self._families.setdefault(found.family, len(self._families))
        self._low[code] = self._high[code] = found.number
        self._double[code], self._exact[code] = found.double, found.value


def _value(term: Term) -> Comparable | None:
    if not isinstance(term, ox.Literal):
        return None
    return comparable(term.value, term.datatype.value)


def may_equal(left: Term, right: Term) -> bool:
    """Tell whether two terms of different names, one a number with bounds, may be the same term."""
    a, b = _doubles(left), _doubles(right)
    return a is not None and b is not None and max(a[0], b[0]) <= min(a[1], b[1])


def _doubles(term: Term) -> tuple[float, float] | None:
    """Give the bounds of a double, of itself for a literal."""
    if isinstance(term, Between):
        return term.low, term.high
    if not isinstance(term, ox.Literal) or term.datatype.value != XSD + "double":
        return None
    found = _value(term)
    return None if found is None or math.isnan(found.number) else (found.number, found.number)
