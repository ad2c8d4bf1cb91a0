"""Quantities: what people write becomes exact bounds in SI, or an error that says how to write it."""

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readson.ingest.quantities import QuantityError, read_dimensions, read_quantity
from readson.ingest.quantity_tokens import LONGEST
from readson.ingest.units import BY_SPELLING, DIMENSIONS, UNIT, spellings
from readson.statements import Bounds

SI = {
    "length": UNIT + "M",
    "area": UNIT + "M2",
    "pressure": UNIT + "PA",
    "temperature": UNIT + "K",
    "time": UNIT + "SEC",
    "thermal conductivity": UNIT + "W-PER-M-K",
    "number": UNIT + "UNITLESS",
}
ATMOSPHERE = 101325


def read(text: str, dimension: str = "length") -> Bounds:
    return read_quantity(text, SI[dimension])


@pytest.mark.parametrize(
    "text,dimension,value",
    [
        ("55 um", "length", 55e-6),
        ("55 µm", "length", 55e-6),
        ("10 μm", "length", 10e-6),
        ("55um", "length", 55e-6),
        ("2 microns", "length", 2e-6),
        ("0.5 mil", "length", 1.27e-5),
        ("5 in", "length", 0.127),
        ("1.5 x 10^-3 m", "length", 0.0015),
        ("1.5e-3 m", "length", 0.0015),
        (".5 mm", "length", 0.0005),
        ("  7   mm ", "length", 0.007),
        ("10 mm2", "area", 1e-5),
        ("10 mm²", "area", 1e-5),
        ("10 mm^2", "area", 1e-5),
        ("10 sq mm", "area", 1e-5),
        ("20 mm-Hg", "pressure", 2666.4477483),
        ("20 mmHg", "pressure", 2666.4477483),
        ("20 mm Hg", "pressure", 2666.4477483),
        ("8 Torr", "pressure", 1066.57894737),
        ("760 Torr", "pressure", 101325),
        ("10^-3 Torr", "pressure", 0.133322368421),
        ("10⁻³ Torr", "pressure", 0.133322368421),
        ("3 mbar", "pressure", 300),
        ("2 MPa", "pressure", 2e6),
        ("14.5 psi", "pressure", 99973.9807509),
        ("-750 mmHg gauge", "pressure", 1333.20943875),
        ("−750 mmHg gauge", "pressure", 1333.20943875),
        ("20 kPa (g)", "pressure", 121325),
        ("0 psig", "pressure", 101325),
        ("20 kPa abs", "pressure", 20000),
        ("183 °C", "temperature", 456.15),
        ("183°C", "temperature", 456.15),
        ("240C", "temperature", 513.15),
        ("183 degC", "temperature", 456.15),
        ("-40 °C", "temperature", 233.15),
        ("212 °F", "temperature", 373.15),
        ("300 K", "temperature", 300),
        ("90 s", "time", 90),
        ("5 min", "time", 300),
        ("2 h", "time", 7200),
        ("150 W/m-K", "thermal conductivity", 150),
        ("3 W/(m·K)", "thermal conductivity", 3),
        ("3 W/mK", "thermal conductivity", 3),
        ("612", "number", 612),
        ("1,234", "number", 1234),
        ("50 %", "number", 0.5),
    ],
)
def test_one_value(text: str, dimension: str, value: float) -> None:
    bounds = read(text, dimension)
    assert (bounds.low, bounds.high) == (value, value)
    assert not bounds.low_open and not bounds.high_open


@pytest.mark.parametrize(
    "text,low,high",
    [
        ("50-60 µm", 50e-6, 60e-6),
        ("50 - 60 µm", 50e-6, 60e-6),
        ("50–60 µm", 50e-6, 60e-6),
        ("5—7 µm", 5e-6, 7e-6),
        ("50…60 µm", 50e-6, 60e-6),
        ("50...60 µm", 50e-6, 60e-6),
        ("50~60 µm", 50e-6, 60e-6),
        ("50 to 60 um", 50e-6, 60e-6),
        ("50 um to 60 um", 50e-6, 60e-6),
        ("from 50 to 60 um", 50e-6, 60e-6),
        ("between 50 and 60 µm", 50e-6, 60e-6),
        ("900 um to 1 mm", 9e-4, 1e-3),
        ("50 ± 5 um", 45e-6, 55e-6),
        ("50 +/- 5 um", 45e-6, 55e-6),
        ("50 um ± 5 um", 45e-6, 55e-6),
        ("50 um ± 10 %", 45e-6, 55e-6),
        ("0.05 mm ± 5 um", 45e-6, 55e-6),
    ],
)
def test_ranges_and_tolerances(text: str, low: float, high: float) -> None:
    bounds = read(text)
    assert (bounds.low, bounds.high) == (low, high)


@pytest.mark.parametrize(
    "text,dimension,low,high",
    [
        ("175 ± 5 °C", "temperature", 443.15, 453.15),
        ("-55 to 125 °C", "temperature", 218.15, 398.15),
        ("-55--40 °C", "temperature", 218.15, 233.15),
        ("-100 to -90 kPa gauge", "pressure", 1325, 11325),
        ("0 ± 1 kPa gauge", "pressure", ATMOSPHERE - 1000, ATMOSPHERE + 1000),
    ],
)
def test_ranges_of_units_with_an_offset(text: str, dimension: str, low: float, high: float) -> None:
    bounds = read(text, dimension)
    assert (bounds.low, bounds.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "max 24 µm",
            "max. 24 µm",
            "24 µm max",
            "24 um max.",
            "24 µm (max.)",
            "up to 24 µm",
            "at most 24 µm",
        ),
        *("<= 24 um", "≤24 µm", "no more than 24 um", "24 um or less", "Maximum 24 um"),
    ],
)
def test_an_upper_bound(text: str) -> None:
    assert (b := read(text)).low == -math.inf and b.high == 24e-6 and not b.high_open


@pytest.mark.parametrize("text", ["< 20 Torr", "less than 20 Torr", "below 20 Torr", "under 20 Torr"])
def test_an_open_upper_bound(text: str) -> None:
    assert (b := read(text, "pressure")).low == -math.inf and b.high == 2666.44736842 and b.high_open


@pytest.mark.parametrize("text", [">= 10 mm2", "at least 10 mm2", "min 10 mm2", "10 mm2 min.", "≥ 10 mm²"])
def test_a_lower_bound(text: str) -> None:
    assert (b := read(text, "area")).low == 1e-5 and b.high == math.inf and not b.low_open


@pytest.mark.parametrize("text", ["> 10 mm2", "above 10 mm2", "over 10 mm2", "more than 10 mm2"])
def test_an_open_lower_bound(text: str) -> None:
    assert (b := read(text, "area")).low == 1e-5 and b.high == math.inf and b.low_open


def test_what_was_written_is_kept() -> None:
    bounds = read(" <  20  mm-Hg", "pressure")
    assert (bounds.text, bounds.number, bounds.unit) == ("< 20 mm-Hg", "20", UNIT + "MilliM_HG")
    assert (read("50-60 um").number, read("50-60 um").unit) == ("", UNIT + "MicroM")


@pytest.mark.parametrize(
    "text,dimension,hint",
    [
        ("", "length", "a number is missing"),
        ("max", "length", "a number is missing"),
        ("50", "length", "units of length are m, cm, mm"),
        ("8 um", "pressure", "unit of length; expected pressure, such as `8 Torr`"),
        ("50 min", "length", "unit of time"),
        ("2 min", "number", "unit of time"),
        ("50 nmm", "length", "did you mean `nm`"),
        ("1,5 mm", "length", "decimal point"),
        ("1,500 mm", "length", "may be a decimal comma"),
        ("about 50 um", "length", "has no bounds"),
        ("~50 um", "length", "has no bounds"),
        ("approx. 50 um", "length", "has no bounds"),
        ("typ. 50 um", "length", "has no bounds"),
        ("60-50 um", "length", "runs backwards"),
        ("max 50-60 um", "length", "comparison and a range"),
        ("max 50 um min", "length", "too much"),
        ("50 um <=", "length", "too much"),
        ("50 um under", "length", "too much"),
        ("50 µm - 60", "length", "has no unit"),
        ("between 50 um", "length", "between A and B"),
        ("50 1 mm", "length", ""),
        ("½ mm", "length", "not understood"),
        ("-5 mm", "length", "below zero"),
        ("5 ± 6 mm", "length", "below zero"),
        ("-750 mmHg", "pressure", "write `gauge`"),
        ("-300 °C", "temperature", "below zero"),
        ("20 mm gauge", "length", "goes with a pressure"),
        ("175 °C ± 5 %", "temperature", "no fixed meaning"),
        ("10 °C below the solidus", "temperature", "not understood"),
        ("2.5D", "length", "not a unit"),
        ("C4", "temperature", "not understood"),
        ("1 at%", "pressure", "not a unit"),
        ("15 ppm/°C", "temperature", "not a unit"),
        ("5 mm/s", "length", "not a unit"),
        ("5 mm^3", "length", "not a unit"),
        ("3 W/m", "thermal conductivity", "not a unit"),
        ("5 MM", "length", "not a unit"),
        ("50~60mm (in develop.)", "length", "not understood"),
        ("1e999 mm", "length", "not a unit"),
        ("5 mm x 5 mm", "length", "too much"),
        ("1 " * LONGEST, "length", "characters"),
        ("٣ mm", "length", "not understood"),
    ],
)
def test_what_is_not_clear_is_an_error_with_a_hint(text: str, dimension: str, hint: str) -> None:
    with pytest.raises(QuantityError) as caught:
        read(text, dimension)
    assert hint in str(caught.value)


@pytest.mark.parametrize(
    "text,values",
    [
        ("17 mm x 17 mm", [0.017, 0.017]),
        ("17 x 17 mm", [0.017, 0.017]),
        ("17x17mm", [0.017, 0.017]),
        ("17mmx17mm", [0.017, 0.017]),
        ("17 × 15 × 1.2 mm", [0.017, 0.015, 0.0012]),
        ("17 mm by 15 mm by 900 µm", [0.017, 0.015, 0.0009]),
        ("17 mm", [0.017]),
    ],
)
def test_dimensions(text: str, values: list[float]) -> None:
    assert [bounds.low for bounds in read_dimensions(text, SI["length"])] == values


def test_dimensions_keep_the_unit_in_their_text() -> None:
    assert [b.text for b in read_dimensions("17 ± 0.1 x 15 mm", SI["length"])] == ["17 ± 0.1 mm", "15 mm"]


@pytest.mark.parametrize("text", ["17 x 17", "17 x mm", "x", "17 mm x", "17 mm x 5 Torr"])
def test_dimensions_that_are_not_clear_are_errors(text: str) -> None:
    with pytest.raises(QuantityError):
        read_dimensions(text, SI["length"])


def test_every_spelling_is_read_as_its_unit() -> None:
    for spelling, unit in BY_SPELLING.items():
        bounds = read(f"100 {spelling}", unit.dimension)
        assert (bounds.unit, bounds.number) == (unit.iri, "100")


def test_every_dimension_has_units_and_an_example() -> None:
    for dimension in set(DIMENSIONS.values()):
        assert spellings(dimension)


PIECES = [
    "5",
    "50",
    "1,000",
    ".",
    "-",
    "–",
    "±",
    "x",
    "x 10^",
    "^",
    " ",
    "mm",
    "µm",
    "°C",
    "Torr",
    "gauge",
    "max",
]
PIECES += ["<", "≥", "to", "between", "and", "about", "(", ")", "%", "⁻³", "e9", "C", "in", "min", "\n", "²"]
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))


@given(TEXTS, st.sampled_from(sorted(SI)))
def test_any_text_is_bounds_or_an_error(text: str, dimension: str) -> None:
    try:
        bounds = read(text, dimension)
    except QuantityError as error:
        assert str(error)
    else:
        assert bounds.low <= bounds.high
        assert not math.isnan(bounds.low) and max(bounds.high, 0) >= 0


@given(TEXTS)
def test_any_text_is_dimensions_or_an_error(text: str) -> None:
    try:
        assert read_dimensions(text, SI["length"])
    except QuantityError as error:
        assert str(error)


@given(st.decimals("0.001", "99999", places=3), st.sampled_from(["nm", "µm", "mm", "cm", "m"]))
def test_a_value_is_the_nearest_double_of_its_twelve_digits(number: object, unit: str) -> None:
    value = read(f"{number} {unit}").low
    assert value == float(f"{value:.12g}")
    assert value == pytest.approx(float(str(number)) * float(BY_SPELLING[unit].factor), rel=1e-11)


@pytest.mark.parametrize(
    "piece", [" ", "1", "(", ",", "1,", "1 ", "x", "-", "1-", "^", "10^", "max ", "mm", "1 mm x "]
)
def test_a_long_text_is_refused_at_once(piece: str) -> None:
    start = time.perf_counter()
    for read_text in (read_quantity, read_dimensions):
        with pytest.raises(QuantityError):
            read_text(piece * 20_000 + "!", SI["length"])
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize(
    "piece", ["1", "(", ",", "1,111", "x", "-", "^", "max ", "mm", "1 mm x ", "1.", "10^1"]
)
def test_a_text_of_the_greatest_length_is_read_at_once(piece: str) -> None:
    start = time.perf_counter()
    text = (piece * LONGEST)[: LONGEST - 1] + "!"
    with pytest.raises(QuantityError):
        read(text)
    assert time.perf_counter() - start < 0.1
