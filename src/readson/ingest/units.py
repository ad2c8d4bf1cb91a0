"""The closed table of units. IRIs, factors and offsets after QUDT 3.5 (CC BY 4.0).

The value in SI is (value + offset) * factor, as in QUDT. Fractions keep every factor exact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

UNIT = "http://qudt.org/vocab/unit/"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, what it measures, and how its values become SI. `name` is its first spelling."""

    name: str
    iri: str
    dimension: str
    factor: Fraction = Fraction(1)
    offset: Fraction = Fraction(0)


EXAMPLES = {
    "length": "55 µm",
    "area": "10 mm2",
    "pressure": "8 Torr",
    "temperature": "175 °C",
    "time": "90 s",
    "thermal conductivity": "3 W/(m.K)",
    "number": "12",
}

_POUND_PER_SQUARE_INCH = Fraction("0.45359237") * Fraction("9.80665") / Fraction("0.0254") ** 2

# spellings | IRI | dimension | factor | offset; "|" divides spellings.
_ROWS: tuple[tuple[str, str, str, Fraction | str, str], ...] = (
    ("m|meter|metre|meters|metres", "M", "length", "1", "0"),
    ("cm|centimeter|centimetre|centimeters|centimetres", "CentiM", "length", "1e-2", "0"),
    ("mm|millimeter|millimetre|millimeters|millimetres", "MilliM", "length", "1e-3", "0"),
    ("µm|um|micron|microns|micrometer|micrometre|micrometers|micrometres", "MicroM", "length", "1e-6", "0"),
    ("nm|nanometer|nanometre|nanometers|nanometres", "NanoM", "length", "1e-9", "0"),
    ("in|inch|inches", "IN", "length", "0.0254", "0"),
    ("mil|mils", "MilLength", "length", "2.54e-5", "0"),
    ("m2|m^2|sq m", "M2", "area", "1", "0"),
    ("cm2|cm^2|sq cm", "CentiM2", "area", "1e-4", "0"),
    ("mm2|mm^2|sq mm|square millimeters", "MilliM2", "area", "1e-6", "0"),
    ("µm2|µm^2|um2|um^2|sq µm|sq um", "MicroM2", "area", "1e-12", "0"),
    ("Pa|pascal|pascals", "PA", "pressure", "1", "0"),
    ("hPa", "HectoPA", "pressure", "1e2", "0"),
    ("kPa", "KiloPA", "pressure", "1e3", "0"),
    ("MPa", "MegaPA", "pressure", "1e6", "0"),
    ("mbar|millibar", "MilliBAR", "pressure", "1e2", "0"),
    ("bar", "BAR", "pressure", "1e5", "0"),
    ("Torr|torr", "TORR", "pressure", Fraction(101325, 760), "0"),
    ("mmHg|mm-Hg|mm Hg", "MilliM_HG", "pressure", "133.322387415", "0"),
    ("atm|atmosphere|atmospheres", "ATM", "pressure", "101325", "0"),
    ("psi", "PSI", "pressure", _POUND_PER_SQUARE_INCH, "0"),
    ("K|kelvin|kelvins", "K", "temperature", "1", "0"),
    ("°C|° C|C|℃|degC|deg C|degrees C|degrees Celsius|Celsius", "DEG_C", "temperature", "1", "273.15"),
    ("°F|° F|℉|F|degF|deg F|degrees F|Fahrenheit", "DEG_F", "temperature", Fraction(5, 9), "459.67"),
    ("s|sec|second|seconds", "SEC", "time", "1", "0"),
    ("min|minute|minutes", "MIN", "time", "60", "0"),
    ("h|hr|hour|hours", "HR", "time", "3600", "0"),
    (
        "W/(m.K)|W/(m·K)|W/(m*K)|W/(m K)|W/(m-K)|W/m.K|W/m·K|W/m*K|W/m-K|W/mK|W/m/K|W/m K",
        "W-PER-M-K",
        "thermal conductivity",
        "1",
        "0",
    ),
    ("%|percent", "PERCENT", "number", "1e-2", "0"),
)

NUMBER = Unit("", UNIT + "UNITLESS", "number")
BY_SPELLING = {
    spelling: Unit(names.split("|")[0], UNIT + iri, dimension, Fraction(factor), Fraction(offset))
    for names, iri, dimension, factor, offset in _ROWS
    for spelling in names.split("|")
}
DIMENSIONS = {unit.iri: unit.dimension for unit in BY_SPELLING.values()} | {
    UNIT + "UNITLESS": "number",
    UNIT + "NUM": "number",
}

# A unit must end where the spelling ends: "mm" in "mm/s", "m" in "m^3" and "C" in "C4" are no units.
# "17mmx17mm" is the one place where a letter may follow.
AFTER_NUMBER = re.compile(
    " ?("
    + "|".join(re.escape(spelling) for spelling in sorted(BY_SPELLING, key=lambda text: (-len(text), text)))
    + r")(?=x ?\d|(?![A-Za-z0-9µ°%/·*^])(?!-[A-Za-z])(?! ?\^))"
)


def spellings(dimension: str) -> tuple[str, ...]:
    """List the first spelling of every unit of a dimension."""
    return tuple(dict.fromkeys(u.name for u in BY_SPELLING.values() if u.dimension == dimension))
