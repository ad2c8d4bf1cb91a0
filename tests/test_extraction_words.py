"""Words: what folding, quantities, tokens and sentences make of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extracted import sentences_of
from readson.extraction.folding import fold
from readson.extraction.inflection import inflect
from readson.extraction.measures import Measure, find_measures

ODD = st.text(alphabet="ab1 .,-–—()[]<>/*_#`|$\\{}&;:'’“µμ×\n\t　。芯片", max_size=80)


def measured(text: str) -> list[Measure]:
    return list(find_measures(fold(text)))


# Folding


@given(ODD | st.text(max_size=80))
def test_folding_moves_no_character(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    "text,words",
    [
        ("**die** and `lid`", "die and lid"),
        ("the die (12) and the lid (306a, 306b)", "the die and the lid"),
        ("see [the lid](http://example.org/x) here", "see the lid here"),
        ("copper(Cu) pillars", "copper pillars"),
        ("thickness ...... 5 mm", "thickness : 5 mm"),
        ("a&nbsp;lid", "a lid"),
        ("die<br>lid", "die| lid"),
        ("# Heading", "Heading"),
    ],
)
def test_markup_and_numerals_of_figures_are_folded_away(text: str, words: str) -> None:
    assert " ".join(fold(text).split()) == " ".join(words.split())


# Quantities


@pytest.mark.parametrize(
    "text,value,dimension",
    [
        ("20 mm-Hg", "20 mm-Hg", "pressure"),
        ("0.5 mil", "0.5 mil", "length"),
        ("5–7 µm", "5-7 µm", "length"),
        ("50 ± 5 µm", "50 ± 5 µm", "length"),
        ("35 um max", "at most 35 um", "length"),
        ("less than 20 Torr", "< 20 Torr", "pressure"),
        ("240C", "240C", "temperature"),
        ("40 x 40 mm", "40 x 40 mm", "length"),
        ("150 W/m-K", "150 W/m-K", "thermal conductivity"),
        ("10 μm", "10 µm", "length"),
        ("10^-3 Torr", "10^-3 Torr", "pressure"),
        ("bond line 150 to 300 um", "150 to 300 um", "length"),
        ("no more than 0.9 mm", "at most 0.9 mm", "length"),
        ("between 20 and 100 microns", "between 20 and 100 microns", "length"),
        ("from 5 to 7 mm", "5 to 7 mm", "length"),
        ("5 mm or more", "at least 5 mm", "length"),
        ("1,000 bumps", "1,000", "number"),
        ("an area of 100 mm²", "100 mm²", "area"),
    ],
)
def test_a_quantity_is_read_with_its_comparison(text: str, value: str, dimension: str) -> None:
    (measure,) = measured(text)
    assert (measure.text, measure.dimension) == (value, dimension)
    assert measure.fit


@pytest.mark.parametrize("text", ["2.5D package", "C4 bumps", "U12", "x86", "a lid"])
def test_a_name_with_digits_is_no_quantity(text: str) -> None:
    assert not measured(text)


@pytest.mark.parametrize("text", ["about 50 µm", "~50 µm", "50 µm typ.", "nominally 50 µm"])
def test_an_approximate_quantity_states_nothing(text: str) -> None:
    (measure,) = measured(text)
    assert measure.approximate and not measure.fit


def test_a_difference_in_temperature_is_no_temperature() -> None:
    (measure,) = measured("10 °C below the solidus")
    assert measure.relative == "below" and not measure.fit


def test_sides_are_counted_and_powers_are_not() -> None:
    assert [measured(text)[0].sides for text in ("12 mm x 12 mm x 1 mm", "40 x 40 mm", "5 x 10^3 Pa")] == [
        3,
        2,
        1,
    ]


@given(
    st.lists(
        st.sampled_from(["5", "µm", "x", "to", "about", "between", "and", "max", "-", "10^-3", "°C", "("])
    )
)
def test_quantities_are_slices_from_left_to_right(words: list[str]) -> None:
    text = " ".join(words)
    ends = [0]
    for measure in find_measures(text):
        assert ends[-1] <= measure.start < measure.end <= len(text)
        ends.append(measure.end)


# Tokens and sentences


@pytest.mark.parametrize(
    "text,expected",
    [
        ("The die is thin. The lid is not.", ["the die is thin", "the lid is not"]),
        ("The die is approx. 5 mm wide. It is thin.", ["the die is # wide", "it is thin"]),
        ("See Fig. 3. The lid is on top.", ["see fig . #", "the lid is on top"]),
        ("Resistors, etc. The die is bare.", ["resistors , etc", "the die is bare"]),
        ("Size is 2.5 mm. Next", ["size is #", "next"]),
        ("die | lid", ["die", "lid"]),
        ("芯片倒装。基板", ["die flip chip", "substrate"]),
        ("flip-chip bond-\n ing", ["flip chip bonding"]),
        ("the die's back", ["the die 's back"]),
        ("12 | 13. 14", []),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(text: str, expected: list[str]) -> None:
    assert sentences_of(text) == expected


def test_german_is_glossed_only_where_the_text_is_german() -> None:
    german = "Der Chip ist mit dem Substrat verbunden und wird mit einer Kappe auf dem Substrat bedeckt."
    assert "carrier" in sentences_of(german)[0] or "substrate" in sentences_of(german)[0]
    assert sentences_of("The mit is a word.") == ["the mit is a word"]


@pytest.mark.parametrize(
    "verb,forms",
    [
        ("attach", {"attach", "attaches", "attached", "attaching"}),
        ("cap", {"cap", "caps", "capped", "capping"}),
        ("dice", {"dice", "dices", "diced", "dicing"}),
        ("carry", {"carry", "carries", "carried", "carrying"}),
        ("overlay", {"overlay", "overlays", "overlayed", "overlaying"}),
        ("seal", {"seal", "seals", "sealed", "sealing"}),
    ],
)
def test_forms_of_verbs_follow_their_spelling(verb: str, forms: set[str]) -> None:
    assert set(inflect([verb], {}, ["seal"])) == forms
