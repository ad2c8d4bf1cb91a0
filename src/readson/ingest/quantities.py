"""Read quantities as people write them, exactly, or say why not; nothing is guessed.

A text becomes tokens in one pass, tokens become bounds in one pass, so the time is linear in the length.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from readson.ingest.units import AFTER_NUMBER, BY_SPELLING, DIMENSIONS, EXAMPLES, NUMBER, Unit, spellings
from readson.statements import Bounds
from readson.terms import suggest

LONGEST = 200
STANDARD_ATMOSPHERE = 101325
_TWELVE_DIGITS = Context(prec=12)


class QuantityError(ValueError):
    """A text is not a quantity of the kind that is needed; the message says how to write it."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a quantity: `kind` is number, unit, compare, to, and, between, pm, by, gauge or absolute."""

    kind: str
    text: str
    start: int
    end: int
    value: Fraction = Fraction(0)
    unit: Unit = NUMBER
    operator: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """A number with its unit: one end of a range, or the whole quantity."""

    value: Fraction
    text: str
    unit: Unit | None = None
    gauge: bool | None = None

    def si(self) -> Fraction:
        """Give the value in SI."""
        unit = self.unit or NUMBER
        return (self.value + unit.offset) * unit.factor + (STANDARD_ATMOSPHERE if self.gauge else 0)


_OPERATORS = {
    "<=": "<= ≤ =< max max. maximum|maximum of|up to|at most|no more than|not more than|no greater than"
    "|not greater than|not exceeding|or less|or fewer|or below|or under",
    ">=": ">= ≥ => min min. minimum|minimum of|at least|no less than|not less than|no fewer than|or more"
    "|or greater|or above|or over",
    "<": "< below under|less than|smaller than|lower than|fewer than",
    ">": "> above over|more than|greater than|larger than|higher than",
}
_COMPARE = {
    word: operator
    for operator, words in _OPERATORS.items()
    for group in words.split("|")
    for word in ([group] if " " in group and not re.match(r"[<>]", group) else group.split())
}
