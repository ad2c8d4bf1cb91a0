"""Facts: what a text says of parts, and of which part."""

from __future__ import annotations

import pytest

from extracted import facts_of, findings_of


@pytest.mark.parametrize(
    "text,fact",
    [
        ("The copper lid is attached to the die.", "lid mounted on die"),
        ("The copper lid is attached to the die.", "lid made of copper"),
        ("The lid is not attached to the die.", "not lid mounted on die"),
        (
            "An underfill fills the gap between the die and the substrate.",
            "underfill fills gap between die and substrate",
        ),
        ("A lid or a heat slug lies over the die.", "lid type heat sink"),
        ("A 12 mm x 12 mm lid lies over the die.", "lid width 12 mm"),
        ("The package has a die. The die thickness is 0.5 mm.", "die thickness 0.5 mm"),
        ("The lid is larger than the die.", "lid has greater plan-view area than die"),
        ("The top of the lid is exposed.", "lid exposed yes"),
        ("The lid is not exposed.", "lid exposed no"),
        ("A die on the substrate with 600 solder bumps.", "solder bumps count 600"),
        ("The die sits on top of the package's sole heat spreader.", "heat spreader under die"),
    ],
)
def test_a_sentence_states_its_fact(text: str, fact: str) -> None:
    assert fact in facts_of(text)


def test_a_height_between_two_things_is_that_of_their_gap() -> None:
    facts = facts_of("The stand-off height between the die and the substrate is 60 µm.")
    assert "gap between die and substrate gap height 60 µm" in facts
    assert not any("thickness" in fact for fact in facts)


# Negation


@pytest.mark.parametrize(
    "text,fact",
    [
        ("There is no underfill.", "no underfill"),
        ("Underfill: none", "no underfill"),
        ("Underfill: n/a", "no underfill"),
        ("The package does not use a lid.", "no heat sink"),
        ("The lidless package has a die.", "no heat sink"),
        ("The underfill is omitted.", ""),
    ],
)
def test_what_is_not_there_is_denied(text: str, fact: str) -> None:
    assert {f for f in facts_of(text) if f.startswith("no ")} == ({fact} if fact else set())


def test_what_is_named_elsewhere_is_not_denied() -> None:
    assert "no underfill" not in facts_of("Version A has no underfill. The underfill fills the gap.")


def test_a_denial_at_the_start_of_a_text_is_quoted_with_its_word() -> None:
    text = "Without solder balls."
    (denial,) = [finding for finding in findings_of(text).findings if finding.mode == "none"]
    assert text[denial.quote.start : denial.quote.end] == "Without solder balls"


# Which thing is meant


def test_marks_keep_two_dies_apart() -> None:
    facts = facts_of("The first die is on the substrate. The second die is mounted on the first die.")
    assert {"first die mounted on substrate", "second die mounted on first die"} <= facts


def test_an_indefinite_chip_beside_a_chip_is_another_one() -> None:
    assert "chip mounted on chip 2" in facts_of("A chip is bonded to a larger chip.")


def test_a_pronoun_is_what_can_fill_its_role() -> None:
    facts = facts_of("A die is mounted on a substrate. It is covered by a mold compound.")
    assert "mold compound covers die" in facts


def test_a_thing_that_may_be_one_of_two_is_unsettled() -> None:
    found = findings_of(
        "The memory die and the logic die are on the substrate. A lid is attached to the die."
    )
    assert [one.reason for one in found.unsettled] == ["it may mean any of these"]


def test_a_name_is_expanded_with_its_reason() -> None:
    found = findings_of("The FCBGA has a die.")
    reasons = {finding.because for finding in found.findings if finding.because}
    assert any(reason.startswith("“FCBGA” names") for reason in reasons)
    assert "die flip-chip bonded to carrier" in facts_of("The FCBGA has a die.")


def test_names_that_cannot_both_be_say_nothing_unless_one_was_asked_for() -> None:
    text = "The flip-chip assembly has a die. The wire-bonded assembly has a die on a substrate."
    bonded = {fact for fact in facts_of(text) if "bonded" in fact}
    asked = {fact for fact in facts_of(text, "flip chip package") if "bonded" in fact}
    assert not bonded and asked == {"die flip-chip bonded to substrate"}


def test_a_board_below_the_package_is_left_out() -> None:
    found = findings_of("The package is mounted on a printed circuit board. The die is on the substrate.")
    assert [item.key for item in found.items] == ["die", "substrate"]
    assert [one.reason for one in found.ignored] == ["it is on the board, outside of the package"]


# Scope


TWO = """# FCBGA package

The copper lid lies over the die.

# QFN package

A mold compound covers the die.
"""


def test_the_section_of_the_product_asked_for_is_read_and_the_other_one_is_not() -> None:
    facts = facts_of(TWO, "QFN")
    assert "mold compound covers die" in facts and "lid over die" not in facts
    reasons = {left.reason for left in findings_of(TWO, "QFN").ignored}
    assert reasons == {"it speaks of another product, under `FCBGA package`"}


# Steps


def test_a_step_has_its_conditions_and_what_it_forms() -> None:
    facts = facts_of(
        "It is molded under vacuum at 8 Torr and 175 °C by transfer molding. A mold compound seals it."
    )
    assert {
        "transfer molding cavity pressure 8 Torr",
        "transfer molding temperature 175 °C",
        "transfer molding reduced pressure yes",
        "transfer molding forms mold compound",
    } <= facts


def test_dicing_divides_the_only_carrier_into_units() -> None:
    facts = facts_of("The die is on the substrate. The strip is diced into packages.")
    assert {"dicing step dices substrate", "dicing step units yielded at least 2"} <= facts


def test_dicing_a_wafer_is_no_step_of_the_package() -> None:
    assert not any("dicing" in fact for fact in facts_of("The wafer is diced. The die is on the substrate."))
