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
_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3}){1,4}(?![\d])|\d{1,9})?(?:\.\d{1,9})?(?<=\d)"
    r"(?: ?x ?10(?:\^-?\d{1,2}|[⁻⁰¹²³⁴-⁹]{1,3})|\^-?\d{1,2}|[⁻⁰¹²³⁴-⁹]{1,3}|[eE]-?\d{1,2})?"
)
_SQUARES = {
    spelling.replace("^", "").replace("2", "²"): spelling for spelling in BY_SPELLING if "2" in spelling
}
_UNITS = {**BY_SPELLING, **{square: BY_SPELLING[spelling] for square, spelling in _SQUARES.items()}}
# "5 in the gap" is no inch.
_SPELLINGS = sorted((s for s in _UNITS if s != "in"), key=lambda s: (-len(s), s))
_UNIT = "(?P<unit>" + "|".join(map(re.escape, _SPELLINGS)) + r")(?![A-Za-z0-9/^²³·])(?!-[a-z]{4})"
_FIND_UNIT = re.compile(r"(?<=[\d -])" + _UNIT)
_UNIT = _UNIT.replace("?P<unit>", "?:")
_SI = {dimension: unit for unit, dimension in DIMENSIONS.items() if dimension != "number"} | {
    "number": UNIT + "NUM"
}
_SIDE = rf"[-+]?{_NUMBER}(?: ?-? ?{_UNIT})?(?: ?\(?(?:gauge|gage|absolute|abs)\b\)?)?"
_AMOUNT = re.compile(
    rf"{_SIDE}"
    rf"(?:(?: ?(?:x|\*|by) ?{_SIDE}){{1,2}}"
    rf"| ?(?:-|to|~|\.\.\.?|\+/-|±|and) ?{_SIDE})?",
)
_BEFORE = re.compile(
    r"(?:(?P<approx>about|approx(?:imately|\.)?|around|circa|ca\.|roughly|nearly|almost|typ(?:ically|\.|ical)?|nom(?:inal(?:ly)?|\.)?|~|≈|as (?:thin|small|low|fine|large|high|thick|much|many) as)"
    r"|(?P<low>at least|no less than|no fewer than|not less than|not fewer than|minimum(?: of)?|min\.?|more than|greater than|larger than|over|above|exceeding|in excess of|>=|≥|>|starting at)"
    r"|(?P<high>at most|no more than|not more than|no greater than|not greater than|not exceeding|up to|maximum(?: of)?|max\.?|less than|smaller than|lower than|fewer than|below|under|<=|≤|<|within)"
    r"|(?P<range>between|from))[ :(]*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r" ?\(?(?P<word>max(?:imum|\.)?|min(?:imum|\.)?|or (?:less|fewer|below|smaller|under|more|greater|above|larger)|typ(?:ical|\.)?|nom(?:inal|\.)?)\b\)?",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r" ?(?:lower than|below|less than|under|above|higher than|over)\b", re.IGNORECASE)


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


def find_measures(text: str) -> Iterator[Measure]:
    """Find the quantities of a folded text, from left to right, none inside another."""
    at = 0
    for digit in re.finditer(r"(?<![\w.])[-+]?\.?\d|(?<=[(~<>≤≥±])\d", text):
        if digit.start() >= at and (found := _measure(text, digit.start())):
            yield found
            at = found.end


def _measure(text: str, start: int) -> Measure | None:
    signed = text[start] in "+-"
    if signed and start and text[start - 1].isalnum():
        start += 1
    amount = _AMOUNT.match(text, start)
    if not amount:
        return None
    core, end = amount[0], amount.end()
    before = _BEFORE.search(text, max(start - _BACK, 0), start)
    dimension, core = _dimension(core, bool(before and before["range"]))
    end = start + len(core)
    if text[end : end + 1].isalpha():
        return None
    after = _AFTER.match(text, end)
    words, begin = _words(readable(core), before, after)
    if after and after["word"] and not words[0]:
        end = after.end()
    relative = _RELATIVE.match(text, end) if dimension == "temperature" else None
    return Measure(
        start=begin if begin >= 0 else start,
        end=end,
        text=words[1],
        dimension=dimension,
        sides=1 + len(re.findall(r" ?(?:x|\*|by) ?[\d.]", core)) if not re.search(r"x ?10\^", core) else 1,
        approximate=words[0],
        relative=relative[0].strip() if relative else "",
    )


def _words(
    core: str, before: re.Match[str] | None, after: re.Match[str] | None
) -> tuple[tuple[bool, str], int]:
    """Put the comparison beside the amount as `ingest` reads it; tell whether it is approximate."""
    tail = after["word"].lower() if after else ""
    if tail.startswith(("typ", "nom")) or (before and before["approx"]):
        return (True, core), before.start() if before else -1
    if before and before["range"] and re.search(r"\d.*(?:to|and)", core):
        return (False, f"{before['range'].lower()} {core}".replace("from ", "")), before.start()
    if before and before["low"]:
        return (False, f"{'>' if _strict(before['low']) else 'at least'} {core}"), before.start()
    if before and before["high"]:
        return (False, f"{'<' if _strict(before['high']) else 'at most'} {core}"), before.start()
    if tail:
        least = tail.startswith(("min", "or more", "or greater", "or above", "or larger"))
        return (False, f"{'at least' if least else 'at most'} {core}"), -1
    return (False, core), -1


def _strict(word: str) -> bool:
    word = word.lower()
    return (
        (word.endswith("than")
        and not word.startswith(("no ", "not ")))
        or word in ("<", ">", "below", "above", "under", "over", "exceeding", "in excess of")
    )


def _dimension(core: str, opened: bool) -> tuple[str, str]:
    """Give the dimension of an amount, and the amount without a second half of another one."""
    if not opened and (joined := re.search(r" ?\band\b", core)):
        core = core[: joined.start()]
    unit = _FIND_UNIT.search(core)
    dimension = _UNITS[unit["unit"]].dimension if unit else "number"
    if core.isdigit() or _reads(readable(core), _SI[dimension], opened):
        return dimension, core
    first = re.match(_SIDE, core)
    return (dimension, core) if not first or first[0] == core else _dimension(first[0], False)


def readable(core: str) -> str:
    """Write an amount as `ingest` reads it: no hyphen before a unit, the smaller end of a range first."""
    core = re.sub(rf"(?<=\d)-(?={_UNIT})", " ", core)
    ends = re.fullmatch(rf"({_SIDE}) ?(?:to|-) ?({_SIDE})", core)
    if ends and (left := re.match(r"[\d.]+", ends[1])) and (right := re.match(r"[\d.]+", ends[2])):
        if float(left[0]) > float(right[0]) and ends[1][left.end() :] == ends[2][right.end() :]:
            return f"{ends[2]} to {ends[1]}"
    return core


def _reads(core: str, unit: str, opened: bool) -> bool:
    if opened and " and " in core:
        core = f"between {core}"
    try:
        read_dimensions(core, unit) if re.search(r"\d[^\d]*(?:x|\*| by ) ?\d", core) else read_quantity(
            core, unit
        )
    except QuantityError:
        return False
    return True
