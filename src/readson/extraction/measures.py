"""Find quantities in running text: numbers with what stands around them, as `ingest` reads them.

Every search starts at a digit and looks a fixed way back and on, so that it is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from readson.ingest.quantities import QuantityError, read_dimensions, read_quantity
from readson.ingest.units import BY_SPELLING, DIMENSIONS, UNIT

_BACK = 40
_EXPONENT = r"[⁻⁰¹²³⁴-⁹]{1,3}"
_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3}){1,4}(?![\d])|\d{1,9})?(?:\.\d{1,9})?(?<=\d)"
    rf"(?: ?x ?10(?:\^-?\d{{1,2}}|{_EXPONENT})|\^-?\d{{1,2}}|{_EXPONENT}|[eE]-?\d{{1,2}})?"
)
_UNITS = BY_SPELLING | {
    spelling.replace("^", "").replace("2", "²"): unit
    for spelling, unit in BY_SPELLING.items()
    if "2" in spelling
}
# "5 in the gap" is no inch.
_SPELLINGS = sorted((s for s in _UNITS if s != "in"), key=lambda s: (-len(s), s))
_ANY_UNIT = "|".join(map(re.escape, _SPELLINGS))
_ENDS = r"(?![A-Za-z0-9/^²³·])(?!-[a-z]{4})"
_UNIT = rf"(?:{_ANY_UNIT}){_ENDS}"
_FIND_UNIT = re.compile(rf"(?<=[\d -])(?P<unit>{_ANY_UNIT}){_ENDS}")
# The SI unit of each dimension, as `ingest` names it.
_SI = {name: unit for unit, name in DIMENSIONS.items() if name != "number"} | {"number": UNIT + "NUM"}
_SIDE = rf"[-+]?{_NUMBER}(?: ?-? ?{_UNIT})?(?: ?\(?(?:gauge|gage|absolute|abs)\b\)?)?"
_AMOUNT = re.compile(
    rf"{_SIDE}(?:(?: ?(?:x|\*|by) ?{_SIDE}){{1,2}}| ?(?:-|to|~|\.\.\.?|\+/-|±|and) ?{_SIDE})?"
)
_FIRST_SIDE = re.compile(_SIDE)
_RANGE = re.compile(rf"({_SIDE}) ?(?:to|-) ?({_SIDE})")
_HYPHENED_UNIT = re.compile(rf"(?<=\d)-(?={_UNIT})")
_BEFORE = re.compile(
    r"(?:(?P<approx>about|approx(?:imately|\.)?|around|circa|ca\.|roughly|nearly|almost|typ(?:ically|\.|ical)?"
    r"|nom(?:inal(?:ly)?|\.)?|~|≈|as (?:thin|small|low|fine|large|high|thick|much|many) as)"
    r"|(?P<low>at least|no less than|no fewer than|not less than|not fewer than|minimum(?: of)?|min\.?"
    r"|more than|greater than|larger than|over|above|exceeding|in excess of|>=|≥|>|starting at)"
    r"|(?P<high>at most|no more than|not more than|no greater than|not greater than|not exceeding|up to"
    r"|maximum(?: of)?|max\.?|less than|smaller than|lower than|fewer than|below|under|<=|≤|<|within)"
    r"|(?P<range>between|from))[ :(]*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r" ?\(?(?P<word>max(?:imum|\.)?|min(?:imum|\.)?|typ(?:ical|\.)?|nom(?:inal|\.)?"
    r"|or (?:less|fewer|below|smaller|under|more|greater|above|larger))\b\)?",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r" ?(?:lower than|below|less than|under|above|higher than|over)\b", re.IGNORECASE)
_STRICT = ("<", ">", "below", "above", "under", "over", "exceeding", "in excess of")
_LEAST = ("min", "or more", "or greater", "or above", "or larger")


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity in a text: its slice, what `ingest` can read, and how sure the text is.

    `dimension` is that of its unit, or "number". `sides` counts the numbers of "A x B". `approximate` says
    that the text gives no bounds; `relative` that it is a difference to what follows ("10 °C below").
    """

    start: int
    end: int
    text: str
    dimension: str
    sides: int = 1
    approximate: bool = False
    relative: str = ""

    @property
    def fit(self) -> bool:
        """Tell whether a value can be stated by it."""
        return not self.approximate and not self.relative


@dataclass(frozen=True, slots=True)
class _Comparison:
    """An amount with its comparison as `ingest` reads both; `start` is -1 where it begins with the amount."""

    text: str
    start: int = -1
    approximate: bool = False


def find_measures(text: str) -> Iterator[Measure]:
    """Find the quantities of a folded text, from left to right, none inside another."""
    at = 0
    for digit in re.finditer(r"(?<![\w.])[-+]?\.?\d|(?<=[(~<>≤≥±])\d", text):
        if digit.start() >= at and (found := _measure(text, digit.start(), at)):
            yield found
            at = found.end


def _measure(text: str, start: int, after_last: int) -> Measure | None:
    """Read the quantity at a place; what the last one ends with, at `after_last`, is not looked back at."""
    if text[start - 1 : start] == "-" and text[start - 2 : start - 1].isalpha():
        return None  # "TK-410", "FR-4": part of a name
    if text[start] in "+-" and start and text[start - 1].isdigit():
        start += 1  # a hyphen, and no sign
    amount = _AMOUNT.match(text, start)
    if not amount:
        return None
    before = _BEFORE.search(text, max(start - _BACK, after_last), start)
    dimension, core = _dimension(amount[0], bool(before and before["range"]))
    end = start + len(core)
    if text[end : end + 1].isalpha():
        return None
    after = _AFTER.match(text, end)
    compared = _compare(readable(core), before, after["word"].lower() if after else "")
    if after and not compared.approximate:
        end = after.end()
    relative = _RELATIVE.match(text, end) if dimension == "temperature" else None
    return Measure(
        start=compared.start if compared.start >= 0 else start,
        end=end,
        text=compared.text,
        dimension=dimension,
        sides=_sides(core),
        approximate=compared.approximate,
        relative=relative[0].strip() if relative else "",
    )


def _sides(core: str) -> int:
    """Count the numbers of "A x B"; "5 x 10^3" is one."""
    return 1 if re.search(r"x ?10\^", core) else 1 + len(re.findall(r" ?(?:x|\*|by) ?[\d.]", core))


def _compare(core: str, before: re.Match[str] | None, tail: str) -> _Comparison:
    """Put the comparison before or after an amount beside it, as `ingest` reads it."""
    start = before.start() if before else -1
    if tail.startswith(("typ", "nom")) or (before and before["approx"]):
        return _Comparison(core, start, approximate=True)
    if before and before["range"] and re.search(r"\d.*(?:to|and)", core):
        return _Comparison(f"{before['range'].lower()} {core}".replace("from ", ""), start)
    if before and before["low"]:
        return _Comparison(f"{'>' if _strict(before['low']) else 'at least'} {core}", start)
    if before and before["high"]:
        return _Comparison(f"{'<' if _strict(before['high']) else 'at most'} {core}", start)
    if tail:
        return _Comparison(f"{'at least' if tail.startswith(_LEAST) else 'at most'} {core}")
    return _Comparison(core)


def _strict(word: str) -> bool:
    """Tell whether a comparison leaves out the bound itself."""
    word = word.lower()
    return word in _STRICT or (word.endswith("than") and not word.startswith(("no ", "not ")))


def _dimension(core: str, opened: bool) -> tuple[str, str]:
    """Give the dimension of an amount, and the amount without a second half of another one."""
    if not opened and (joined := re.search(r" ?\band\b", core)):
        core = core[: joined.start()]
    unit = _FIND_UNIT.search(core)
    dimension = _UNITS[unit["unit"]].dimension if unit else "number"
    if core.isdigit() or _reads(readable(core), _SI[dimension], opened):
        return dimension, core
    first = _FIRST_SIDE.match(core)
    return (dimension, core) if not first or first[0] == core else _dimension(first[0], False)


def readable(core: str) -> str:
    """Write an amount as `ingest` reads it: no hyphen before a unit, the smaller end of a range first.

    >>> readable("50-µm"), readable("60 to 50")
    ('50 µm', '50 to 60')
    """
    core = _HYPHENED_UNIT.sub(" ", core)
    ends = _RANGE.fullmatch(core)
    if not ends:
        return core
    left, right = (re.match(r"[\d.]+", end) for end in ends.groups())
    falls = left and right and float(left[0]) > float(right[0])
    if left and right and falls and ends[1][left.end() :] == ends[2][right.end() :]:
        return f"{ends[2]} to {ends[1]}"
    return core


def _reads(core: str, unit: str, opened: bool) -> bool:
    """Tell whether `ingest` reads an amount."""
    read = read_dimensions if re.search(r"\d[^\d]*(?:x|\*| by ) ?\d", core) else read_quantity
    try:
        read(f"between {core}" if opened and " and " in core else core, unit)
    except QuantityError:
        return False
    return True
