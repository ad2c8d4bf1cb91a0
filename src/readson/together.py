"""Judge single rows together: those of which the same is demanded make one column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from readson.expressions import Expression
from readson.focus import Focus
from readson.judging import Judge
from readson.verdicts import Bits, Verdict

VERDICTS = tuple(Verdict)
Known = Mapping[int, Verdict]
"""The verdicts of a demand and of its parts, by the identity of each."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One demand on one product, on the nodes that its roles are bound to."""

    product: int
    demand: Expression
    introduced: frozenset[str]
    roles: tuple[tuple[str, int], ...]

    @property
    def identity(self) -> tuple[object, ...]:
        """Tell what is asked: the same of elements that make the same demand of the same nodes."""
        return self.product, id(self.demand), self.introduced, self.roles

    @property
    def focus(self) -> Focus:
        """Focus on this row alone."""
        return focus((self,))


def focus(rows: Sequence[Asked]) -> Focus:
    """Focus on rows that bind the same roles."""
    products = np.array([row.product for row in rows])
    nodes = np.array([[node for _, node in row.roles] for row in rows], dtype=np.int64)
    return Focus(products, {role: nodes[:, i] for i, (role, _) in enumerate(rows[0].roles)})


def judge_together(judge: Judge, rows: Sequence[Asked]) -> list[Known]:
    """Judge demands with all their parts, a row each."""
    alike: dict[tuple[object, ...], list[int]] = {}
    for number, row in enumerate(rows):
        names = tuple(role for role, _ in row.roles)
        alike.setdefault((id(row.demand), row.introduced, names), []).append(number)
    known: dict[int, Known] = {}
    for numbers in alike.values():
        first = rows[numbers[0]]
        found = judge.parts(first.demand, focus([rows[n] for n in numbers]), first.introduced)
        known |= zip(numbers, known_by_row(found), strict=True)
    return [known[number] for number in range(len(rows))]


def known_by_row(found: Mapping[int, Bits]) -> Iterator[Known]:
    """Turn columns of bits into the verdicts of each row."""
    for bits in zip(*(column.tolist() for column in found.values()), strict=True):
        yield dict(zip(found, (VERDICTS[b] for b in bits), strict=True))
