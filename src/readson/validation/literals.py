"""Literals of XML Schema: which are well formed, and which value they compare by.

Rules: XML Schema 1.1 part 2 for lexical spaces; SPARQL 1.1 section 17.3 for what `<` compares.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from readson.vocabulary import RDF, XSD

Exact = int | Decimal | Fraction | str
_INF = {"INF": "inf", "+INF": "inf", "-INF": "-inf", "NaN": "nan"}
_INTEGERS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    **{name: (-(1 << bits - 1), (1 << bits - 1) - 1) for name, bits in
       (("long", 64), ("int", 32), ("short", 16), ("byte", 8))},
    **{name: (0, (1 << bits) - 1) for name, bits in
       (("unsignedLong", 64), ("unsignedInt", 32), ("unsignedShort", 16), ("unsignedByte", 8))},
}  # fmt: skip
_ZONE = r"(?P<zone>Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_DATE = r"(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])"
_TIME = (
    r"(?:(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d(?:\.\d+)?)"
    r"|(?P<midnight>24:00:00(?:\.0+)?))"
)
_MOMENTS = {
    "dateTime": re.compile(f"{_DATE}T{_TIME}{_ZONE}"),
    "dateTimeStamp": re.compile(f"{_DATE}T{_TIME}(?P<zone>Z|[+-](?:0\\d|1[0-3]):[0-5]\\d|[+-]14:00)"),
    "date": re.compile(_DATE + _ZONE),
    "time": re.compile(_TIME + _ZONE),
}
_NAME = r"[^\W\d][\w.\-·]*"
_PATTERNS = {
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "double": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN",
    "float": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN",
    "boolean": r"true|false|0|1",
    "normalizedString": r"[^\t\n\r]*",
    "token": r"(?:[^\s]+(?: [^\s]+)*)?",
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "NMTOKEN": r"[\w.\-:·]+",
    "Name": rf"(?::|{_NAME})[\w.\-:·]*",
    "NCName": _NAME,
    "gYear": r"-?(?:[1-9]\d{3,}|0\d{3})" + _ZONE,
    "gYearMonth": r"-?(?:[1-9]\d{3,}|0\d{3})-(?:0[1-9]|1[0-2])" + _ZONE,
    "gMonth": r"--(?:0[1-9]|1[0-2])" + _ZONE,
    "gMonthDay": r"--(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|[12]\d))" + _ZONE,
    "gDay": r"---(?:0[1-9]|[12]\d|3[01])" + _ZONE,
    "duration": r"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?",
    "yearMonthDuration": r"-?P(?=.)(?:\d+Y)?(?:\d+M)?",
    "dayTimeDuration": r"-?P(?=.)(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?",
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
    "anyURI": r"[^\s<>\"{}|\\^`]*",
}  # fmt: skip
_LEXICAL = {name: re.compile(pattern) for name, pattern in _PATTERNS.items()}
_INTEGER = re.compile(r"[+-]?\d+")


@dataclass(frozen=True, slots=True)
class Comparable:
    """What `<` compares: values of one family with each other.

    `double` marks binary floating point, with which other numbers compare as floats.
    """

    family: str
    value: Exact
    number: float = 0.0
    double: bool = False


def well_formed(lexical: str, datatype: str, language: str = "") -> bool:
    """Tell whether a literal is in the lexical space of its datatype; of unknown datatypes all are.

    >>> well_formed("300", XSD + "byte"), well_formed("2024-02-30", XSD + "date"), well_formed("a", "ex:t")
    (False, False, True)
    """
    if datatype == RDF + "langString":
        return bool(language)
    if not datatype.startswith(XSD):
        return True
    name = datatype.removeprefix(XSD)
    if name in _INTEGERS:
        return bool(_INTEGER.fullmatch(lexical)) and _in_range(int(lexical), *_INTEGERS[name])
    if name in _MOMENTS:
        return _moment(name, lexical) is not None
    if name == "base64Binary":
        return _is_base64(lexical)
    pattern = _LEXICAL.get(name)
    return pattern is None or bool(pattern.fullmatch(lexical))


def comparable(lexical: str, datatype: str) -> Comparable | None:
    """Give the value a literal compares by; None for one that `<` does not know or that is ill formed."""
    if not well_formed(lexical, datatype):
        return None
    name = datatype.removeprefix(XSD)
    read = _COMPARED.get(name) or (_integer if name in _INTEGERS else None)
    if datatype.startswith(XSD) and read:
        return read(lexical)
    return _moment(name, lexical) if name in _MOMENTS else None


def _integer(lexical: str) -> Comparable:
    return _exact(int(lexical))


def _exact(value: int | Decimal) -> Comparable:
    try:
        number = float(value)
    except OverflowError:
        number = float("inf") if value > 0 else float("-inf")
    return Comparable("number", value, number)


def _floating(lexical: str) -> Comparable:
    return Comparable("number", 0, float(_INF.get(lexical, lexical)), double=True)


_COMPARED: dict[str, Callable[[str], Comparable]] = {
    "decimal": lambda lexical: _exact(Decimal(lexical)),
    "double": _floating,
    "float": _floating,
    "boolean": lambda lexical: Comparable("boolean", int(lexical in ("true", "1"))),
    "string": lambda lexical: Comparable("string", lexical),
}


def _in_range(value: int, least: int | None, most: int | None) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)


def _is_base64(lexical: str) -> bool:
    with suppress(Error, ValueError):
        b64decode(lexical.replace(" ", ""), validate=True)
        return True
    return False


def _moment(name: str, lexical: str) -> Comparable | None:
    """Read a date, a time or both, in seconds; with a time zone they compare only among themselves."""
    found = _MOMENTS[name].fullmatch(lexical)
    if found is None:
        return None
    parts = found.groupdict()
    seconds = Fraction(86400) if parts.get("midnight") else Fraction(0)
    if parts.get("hour"):
        seconds = 3600 * int(parts["hour"]) + 60 * int(parts["minute"]) + Fraction(parts["second"])
    if parts.get("year"):
        year, month, day = int(parts["year"]), int(parts["month"]), int(parts["day"])
        if day > _days_in(year, month):
            return None
        seconds += 86400 * _days(year, month, day)
    zone = parts["zone"]
    family = f"{'dateTime' if name == 'dateTimeStamp' else name}{' with time zone' if zone else ''}"
    return Comparable(family, seconds - _offset(zone))


def _offset(zone: str | None) -> int:
    """Give the seconds of a time zone east of Greenwich."""
    if zone in (None, "Z"):
        return 0
    hours, minutes = zone[1:].split(":")
    return (3600 * int(hours) + 60 * int(minutes)) * (-1 if zone[0] == "-" else 1)


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _days(year: int, month: int, day: int) -> int:
    """Count days from a fixed day, for any year of the proleptic Gregorian calendar."""
    year, month = (year - 1, month + 9) if month < 3 else (year, month - 3)
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day
