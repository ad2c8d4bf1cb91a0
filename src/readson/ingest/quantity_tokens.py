"""Split a quantity into tokens, in one pass; what is not a token is an error with a hint."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from readson.ingest.units import AFTER_NUMBER, BY_SPELLING, NUMBER, Unit
from readson.terms import suggest

LONGEST = 200


class QuantityError(ValueError):
    """A text is not a quantity of the kind that is needed; the message says how to write it."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a quantity.

    `kind` is number, unit, <, <=, >, >=, to, and, between, from, ±, by, gauge or absolute.
    """

    kind: str
    text: str
    value: Fraction = Fraction(0)
    unit: Unit = NUMBER


_WORDS: dict[str, tuple[str, ...]] = {
    "<=": (
        *("max", "max.", "(max)", "(max.)", "maximum", "maximum of", "up to", "at most", "no more than"),
        *("not more than", "no greater than", "not greater than", "not exceeding", "or less", "or fewer"),
        *("or below", "<=", "=<", "≤", "⩽"),
    ),
    ">=": (
        *("min", "min.", "(min)", "(min.)", "minimum", "minimum of", "at least", "no less than"),
        *("not less than", "no fewer than", "or more", "or greater", "or above", ">=", "=>", "≥", "⩾"),
    ),
    "<": ("less than", "smaller than", "lower than", "fewer than", "below", "under", "<"),
    ">": ("more than", "greater than", "larger than", "higher than", "above", "over", ">"),
    "to": ("to", "...", "..", "~"),
    "and": ("and",),
    "between": ("between",),
    "from": ("from",),
    "±": ("±", "+/-", "+-", "+ -"),
    "by": ("x", "×", "*", "by"),
    "gauge": ("gauge", "gage", "(gauge)", "(g)"),
    "absolute": ("absolute", "abs", "abs.", "(absolute)", "(abs)", "(a)"),
}
_KIND = {word: kind for kind, words in _WORDS.items() for word in words}
_VAGUE = re.compile(
    r"(?:about|approx\.?|approximately|around|circa|ca\.?|roughly|nearly|almost|nominal|nom\.?|typ\.?|typical"
    r"|typically|≈|~|≃)(?![A-Za-z])",
    re.IGNORECASE,
)
_WORD = re.compile(
    "|".join(re.escape(word) for word in sorted(_KIND, key=lambda text: (-len(text), text))), re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?P<power>10\^[+-]?\d{1,2}(?!\d))"
    r"|(?=\.?\d)(?P<digits>\d{1,3}(?:,\d{3})+(?![\d,])|\d+)?(?P<rest>\.\d+)?"
    r"(?P<exponent>[eE][+-]?\d{1,2}(?!\d))?(?: ?[x×*·] ?10\^(?P<ten>[+-]?\d{1,2})(?!\d))?",
    re.ASCII,
)
_SUPERSCRIPT = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
# Two letters for one micro sign, one sign for two letters, and all the dashes.
_FOLD = str.maketrans({"μ": "µ", "㎛": "µm", "㎜": "mm", "㎝": "cm", "㎚": "nm", "…": "...", "∼": "~"})
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d", "-"))
_GLUED = re.compile(r"\b(psi|bar)([ga])\b")


def tokens(text: str) -> Iterator[Token]:
    """Split a text into tokens; raises QuantityError at the first thing that is none."""
    if len(text) > LONGEST:
        raise QuantityError(f"a quantity of {len(text)} characters; at most {LONGEST} are read")
    text = tidy(text)
    at, last = 0, ""
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        token = _token(text, at, last)
        yield token
        at, last = at + len(token.text), token.kind


def tidy(text: str) -> str:
    """Fold blanks, dashes, superscripts and compatibility signs, so that one spelling is left of each."""
    text = " ".join(text.split()).translate(_FOLD).translate(_DASHES)
    text = _SUPERSCRIPT.sub(lambda found: "^" + found[0].translate(_PLAIN), text)
    return _GLUED.sub(lambda found: f"{found[1]} {'gauge' if found[2] == 'g' else 'absolute'}", text)


def _token(text: str, at: int, last: str) -> Token:
    if last == "number" and (found := AFTER_NUMBER.match(text, at)):
        return Token("unit", found[0], unit=BY_SPELLING[found[1]])
    ends = last in ("number", "unit", "gauge", "absolute")
    if not ends and (vague := _VAGUE.match(text, at)):
        raise QuantityError(f"`{vague[0]}` has no bounds; write a range such as `48-52 µm` or `50 ± 5 µm`")
    if (found := _WORD.match(text, at)) and _whole(text, found):
        return Token(_KIND[found[0].lower()], found[0])
    if ends and text[at] == "-":
        return Token("to", "-")
    sign = text[at] if text[at] in "+-" else ""
    number = _NUMBER.match(text, at + len(sign))
    if number:
        return Token("number", sign + number[0], value=_value(number) * (-1 if sign == "-" else 1))
    raise QuantityError(_not_understood(text[at:], last))


def _whole(text: str, found: re.Match[str]) -> bool:
    """Tell whether a word ends where it should: "to" in "total" and "x" in "xy" are no words."""
    return not (found[0][-1].isalpha() and text[found.end() : found.end() + 1].isalpha())


def _value(number: re.Match[str]) -> Fraction:
    if number["power"]:
        return Fraction(10) ** int(number["power"][3:])
    plain = (number["digits"] or "0").replace(",", "") + (number["rest"] or "") + (number["exponent"] or "")
    return Fraction(plain) * Fraction(10) ** int(number["ten"] or 0)


def _not_understood(rest: str, last: str) -> str:
    if last == "number" and re.match(r",\d", rest):
        return "write a decimal point, not a decimal comma"
    word = re.match(r"[^\s\d]+\d?", rest)
    piece = word[0][:40] if word else rest[:40]
    if last == "number":
        near = suggest(piece, BY_SPELLING)
        return f"`{piece}` is not a unit" + (f"; did you mean `{near}`?" if near else "")
    return f"`{rest[:40]}` is not understood"
