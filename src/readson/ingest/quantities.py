"""Read quantities as people write them, exactly, or say why not; nothing is guessed.

A text becomes tokens in one pass and tokens become bounds in one pass: linear in its length.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from fractions import Fraction

from readson.ingest.quantity_tokens import QuantityError, Token, tokens
from readson.ingest.units import DIMENSIONS, EXAMPLES, NUMBER, Unit, spellings
from readson.statements import Bounds

__all__ = ["QuantityError", "read_dimensions", "read_quantity"]

STANDARD_ATMOSPHERE = 101325
_TWELVE_DIGITS = Context(prec=12)
_COMPARISONS = ("<", "<=", ">", ">=")
_LESS = ("max", "maximum", "at most", "or less", "or fewer", "or below")
_MORE = ("min", "minimum", "at least", "or more", "or greater", "or above")


@dataclass(frozen=True, slots=True)
class Side:
    """A number with its unit: one end of a range, or a whole quantity."""

    number: str
    value: Fraction
    unit: Unit | None = None
    reference: str = ""

    def si(self) -> Fraction:
        """Give the value in SI; gauge pressures count from the standard atmosphere."""
        unit = self.unit or NUMBER
        start = STANDARD_ATMOSPHERE if self.reference == "gauge" else 0
        return (self.value + unit.offset) * unit.factor + start


def read_quantity(text: str, unit: str) -> Bounds:
    """Read a text as bounds on a quantity whose SI unit is the IRI `unit`.

    >>> read_quantity("50-60 µm", "http://qudt.org/vocab/unit/M").high
    6e-05
    """
    return _Reader(list(tokens(text)), unit).bounds(" ".join(text.split()))


def read_dimensions(text: str, unit: str) -> tuple[Bounds, ...]:
    """Read "A x B" or "A x B x C"; an A without a unit has the unit that follows."""
    groups: list[list[Token]] = [[]]
    for token in tokens(text):
        groups.append([]) if token.kind == "by" else groups[-1].append(token)
    for left, right in zip(groups[-2::-1], groups[::-1], strict=False):
        if not any(token.kind == "unit" for token in left):
            left += [token for token in right if token.kind == "unit"][-1:]
    return tuple(_Reader(group, unit).bounds(_text(group)) for group in groups)


def _text(group: Iterable[Token]) -> str:
    return " ".join(token.text.strip() for token in group)


@dataclass(frozen=True, slots=True)
class _Amount:
    """A low and a high end in SI, and the sides they were read from."""

    low: Fraction
    high: Fraction
    sides: tuple[Side, ...]


class _Reader:
    """Walk once over the tokens of one quantity."""

    def __init__(self, found: list[Token], unit: str) -> None:
        self._tokens = found
        self._at = 0
        self._unit = unit
        self._dimension = DIMENSIONS[unit]
        self._example = EXAMPLES[self._dimension]

    def bounds(self, text: str) -> Bounds:
        """Read all tokens: [comparison] amount [comparison]."""
        before = self._take(*_COMPARISONS)
        amount = self._amount()
        # "50 µm <=" would mean the reverse, so only words may follow the number.
        behind = self._text_at().strip("(.)") in _LESS + _MORE
        comparison = before or (self._take("<=", ">=") if behind else "")
        if self._at < len(self._tokens):
            raise QuantityError(f"`{_text(self._tokens[self._at :])}` is too much in `{text}`")
        if comparison and len(amount.sides) > 1:
            raise QuantityError(f"`{text}` has both a comparison and a range; write one of them")
        if amount.low > amount.high:
            raise QuantityError(f"the range `{text}` runs backwards")
        if amount.low < 0:
            raise QuantityError(self._below_zero(text))
        return self._closed(amount, comparison, text)

    def _closed(self, amount: _Amount, comparison: str, text: str) -> Bounds:
        first = amount.sides[0]
        return Bounds(
            low=-math.inf if comparison.startswith("<") else _snap(amount.low),
            high=math.inf if comparison.startswith(">") else _snap(amount.high),
            low_open=comparison == ">",
            high_open=comparison == "<",
            text=text,
            number=first.number if len(amount.sides) == 1 else "",
            unit=first.unit.iri if first.unit else self._unit,
        )

    def _amount(self) -> _Amount:
        opener = self._take("between", "from")
        first = self._side()
        if self._take({"between": "and"}.get(opener, "to")):
            return self._range(first, self._side())
        if opener:
            raise QuantityError("write `between A and B` or `from A to B`")
        if self._take("±"):
            return self._tolerance(first, self._side())
        side = self._checked(first)
        return _Amount(side.si(), side.si(), (side,))

    def _side(self) -> Side:
        if self._at == len(self._tokens) or self._tokens[self._at].kind != "number":
            rest = _text(self._tokens[self._at :])
            place = f" before `{rest}`" if rest else ""
            raise QuantityError(f"a number is missing{place}; write something like `{self._example}`")
        number = self._tokens[self._at]
        self._at += 1
        unit = self._tokens[self._at - 1].unit if self._take("unit") else None
        reference = self._take("gauge", "absolute")
        return Side(number.text, number.value, unit, reference)

    def _range(self, low: Side, high: Side) -> _Amount:
        if low.unit and not high.unit and self._dimension != "number":
            raise QuantityError(f"`{high.number}` has no unit; write the unit after the last number")
        high = self._checked(high)
        low = self._checked(_filled(low, high))
        return _Amount(low.si(), high.si(), (low, high))

    def _tolerance(self, middle: Side, margin: Side) -> _Amount:
        percent = margin.unit and margin.unit.dimension == "number" != self._dimension
        middle = self._checked(middle if percent else _filled(middle, margin))
        factor = middle.unit.factor if middle.unit else Fraction(1)
        if percent and middle.unit and (middle.unit.offset or middle.reference):
            raise QuantityError("a percentage of a temperature or a gauge pressure has no fixed meaning")
        if percent:
            width = middle.value * margin.value * factor / 100
        else:
            margin = self._checked(replace(margin, unit=margin.unit or middle.unit))
            width = margin.value * (margin.unit.factor if margin.unit else 1)
        return _Amount(middle.si() - width, middle.si() + width, (middle, margin))

    def _checked(self, side: Side) -> Side:
        """Check the dimension of a side; counts alone need no unit and may have thousands separators."""
        if side.unit is None and self._dimension != "number":
            units = ", ".join(spellings(self._dimension))
            raise QuantityError(f"`{side.number}` has no unit; units of {self._dimension} are {units}")
        if side.unit and side.unit.dimension != self._dimension:
            expected = f"expected {self._dimension}, such as `{self._example}`"
            raise QuantityError(f"`{side.unit.name}` is a unit of {side.unit.dimension}; {expected}")
        if "," in side.number and self._dimension != "number":
            raise QuantityError(f"`{side.number}` may be a decimal comma; write the number without a comma")
        if side.reference and self._dimension != "pressure":
            raise QuantityError(f"`{side.reference}` goes with a pressure")
        return side

    def _below_zero(self, text: str) -> str:
        hint = "; write `gauge` if it counts from the pressure of the air"
        message = f"`{text}` lies below zero, where no {self._dimension} is"
        return message + (hint if self._dimension == "pressure" else "")

    def _text_at(self) -> str:
        return self._tokens[self._at].text.lower() if self._at < len(self._tokens) else ""

    def _take(self, *kinds: str) -> str:
        if self._at < len(self._tokens) and self._tokens[self._at].kind in kinds:
            self._at += 1
            return self._tokens[self._at - 1].kind
        return ""


def _filled(left: Side, right: Side) -> Side:
    """Give a side the unit and the reference that are written only after the other one."""
    return replace(left, unit=left.unit or right.unit, reference=left.reference or right.reference)


def _snap(exact: Fraction) -> float:
    """Round once, to twelve significant digits, so that equal quantities are equal numbers."""
    return float(_TWELVE_DIGITS.divide(Decimal(exact.numerator), Decimal(exact.denominator)))
