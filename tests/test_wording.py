"""Facts, numbers and bounds read as a person would write them."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from products import iri
from readson.ingest import parse_description
from readson.ontology import Ontology
from readson.statements import PRODUCT, TYPE, Bounds, Complete, Content, Denial, Statement, Value
from readson.wording import UNIT, Wording, article, be, bounds_text, listing, number, sentence, spelled, the

TEXT = """
product: x
parts:
  die: {kind: chip, over: carrier}
  carrier: {kind: lead frame}
  solder balls: {kind: solder balls, on: top of carrier}
  lid: {kind: lid, material: copper}
  chip 1: {kind: chip}
  IO die: {kind: chip}
  process window: {kind: lid}
"""
M, M2, PA, K = UNIT + "M", UNIT + "M2", UNIT + "PA", UNIT + "K"


@pytest.fixture(scope="module")
def wording(ontology: Ontology) -> Wording:
    product = parse_description(TEXT, ontology.lexicon, file="x.yaml", folder=Path(), slug="x")
    return Wording(ontology.lexicon, product)


# Numbers


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (55e-6, M, "55 µm"),
        (0.001, M, "1 mm"),
        (0.000999, M, "999 µm"),
        (0.017, M, "17 mm"),
        (1.5, M, "1.5 m"),
        (289e-6, M2, "289 mm²"),
        (2, M2, "2 m²"),
        (101325, PA, "101.325 kPa"),
        (2666.4477483, PA, "2.66645 kPa"),
        (500, PA, "500 Pa"),
        (7e6, PA, "7 MPa"),
        (456.15, K, "183 °C"),
        (233.15, K, "-40 °C"),
        (90, UNIT + "SEC", "90 s"),
        (3.2, UNIT + "W-PER-M-K", "3.2 W/(m·K)"),
        (612, "", "612"),
        (0.5, "", "0.5"),
        (1e6, UNIT + "UNITLESS", "1000000"),
    ],
)
def test_numbers_stand_in_the_unit_that_people_use(value: float, unit: str, text: str) -> None:
    assert number(float(value), unit) == text


@pytest.mark.parametrize(
    ("low", "high", "opens", "text"),
    [
        (55e-6, 55e-6, "", "55 µm"),
        (50e-6, 60e-6, "", "50 µm to 60 µm"),
        (0, 20e-6, "", "at most 20 µm"),
        (-math.inf, 20e-6, "h", "less than 20 µm"),
        (2e-6, math.inf, "", "at least 2 µm"),
        (2e-6, math.inf, "l", "more than 2 µm"),
        (2e-6, 3e-6, "lh", "more than 2 µm and less than 3 µm"),
        (2e-6, 3e-6, "h", "at least 2 µm and less than 3 µm"),
        (3e-6, 2e-6, "", "at least 3 µm and at most 2 µm"),
        (-math.inf, math.inf, "", "any size"),
        (0, math.inf, "", "any size"),
    ],
)
def test_bounds_say_what_they_let_through(low: float, high: float, opens: str, text: str) -> None:
    assert bounds_text(low, high, "l" in opens, "h" in opens, M) == text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (">= 38 um", "at least 38 um"),
        ("≤20 Torr", "at most 20 Torr"),
        ("< 1 mm", "less than 1 mm"),
        (">1", "more than 1"),
        ("50-60 um", "50-60 um"),
        ("max 24 µm", "max 24 µm"),
        ("", ""),
    ],
)
def test_signs_become_words(written: str, text: str) -> None:
    assert spelled(written) == text


# Articles, plurals, agreement


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("chip", "a chip"),
        ("interposer", "an interposer"),
        ("underfill", "an underfill"),
        ("one-piece layer", "a one-piece layer"),
        ("eutectic tin-lead", "a eutectic tin-lead"),
        ("unit", "a unit"),
        ("uninsulated wire", "an uninsulated wire"),
        ("heat sink", "a heat sink"),
        ("the lid", "the lid"),
        ("a lid", "a lid"),
        ("material that flows", "a material that flows"),
    ],
)
def test_articles_follow_the_sound(label: str, text: str) -> None:
    assert article(label) == text


def test_the_definite_article_stands_once() -> None:
    assert [the("gap"), the("the gap"), the("half the height")] == ["the gap", "the gap", "half the height"]


@pytest.mark.parametrize(
    ("item", "name"),
    [
        (PRODUCT, "the product"),
        ("die", "the die"),
        ("solder balls", "the solder balls"),
        ("chip 1", "chip 1"),
        ("IO die", "IO die"),
        ("the lid", "the lid"),
        ("copper of lid", "copper"),
    ],
)
def test_common_nouns_take_the_article_and_proper_names_do_not(
    item: str, name: str, wording: Wording
) -> None:
    assert wording.name(item) == name


@pytest.mark.parametrize(
    ("name", "verb"),
    [
        ("solder balls", "are"),
        ("die", "is"),
        ("glass", "is"),
        ("process window", "is"),
        ("edge of dies", "is"),
    ],
)
def test_verbs_agree_with_names(name: str, verb: str) -> None:
    assert be(name) == verb


def test_kinds_are_plural_for_plural_names_and_bare_for_materials(wording: Wording) -> None:
    assert wording.kind(iri("pkg:SolderBall")) == "a solder ball"
    assert wording.kind(iri("pkg:SolderBall"), "solder balls") == "solder balls"
    assert wording.kind(iri("mat:Copper")) == "copper"
    assert wording.kind(iri("mat:MetalBearing")) == "a metal-bearing material"


VERBS = {
    "adheres": "adhere",
    "attaches": "attach",
    "bears": "bear",
    "comprises": "comprise",
    "conducts": "conduct",
    "contains": "contain",
    "covers": "cover",
    "dices": "dice",
    "does": "do",
    "faces": "face",
    "fills": "fill",
    "forms": "form",
    "gives": "give",
    "has": "have",
    "is": "are",
    "lies": "lie",
    "makes": "make",
    "melts": "melt",
    "provides": "provide",
    "pushes": "push",
    "sits": "sit",
    "takes": "take",
}
"""Every verb that follows the subject in a sentence of the ontology, with its plural."""


def test_every_sentence_of_the_ontology_agrees_with_a_plural_subject(wording: Wording) -> None:
    for prop in wording.lexicon.terms:
        for say in (wording.fact, wording.denial):
            single, several = (say(prop, item, "carrier").split() for item in ("die", "solder balls"))
            if single[:2] == ["the", "die"]:
                assert several[:3] == ["the", "solder", "balls"]
                assert several[3:] == [VERBS.get(single[2], single[2]), *single[3:]]
                assert single[2] in VERBS or single[2] in VERBS.values()


def test_every_property_has_a_sentence_and_a_denial_that_name_both_sides(wording: Wording) -> None:
    for prop, term in wording.lexicon.terms.items():
        for said in (wording.fact(prop, "die", "carrier"), wording.denial(prop, "die", "carrier")):
            assert "{" not in said and "die" in said
            assert term.sort == "truth" or "carrier" in said
        assert wording.fact(prop, "die", "carrier") != wording.denial(prop, "die", "carrier")


# Statements


@pytest.mark.parametrize(
    ("subject", "prop", "content", "text"),
    [
        ("die", TYPE, Value(iri("pkg:Chip")), "The die is a chip."),
        ("solder balls", TYPE, Value(iri("pkg:SolderBall")), "The description names solder balls."),
        ("lid", TYPE, Denial(iri("pkg:Chip")), "The lid is not a chip."),
        ("solder balls", TYPE, Denial(iri("pkg:Chip")), "The solder balls are not chips."),
        ("copper of lid", TYPE, Value(iri("mat:Copper")), "The description names copper."),
        ("lid", iri("pkg:madeOf"), Value("copper of lid"), "The lid is made of copper."),
        ("die", iri("pkg:over"), Value("carrier"), "The die is set over the carrier."),
        ("die", iri("pkg:over"), Denial("chip 1"), "The die is not set over chip 1."),
        ("die", "^" + iri("pkg:over"), Value("lid"), "The lid is set over the die."),
        ("die", iri("pkg:thickness"), Bounds(0.0002, 0.0002, text="200 um"), "The die is 200 um thick."),
        ("die", iri("pkg:thickness"), Bounds(0.0002, 0.0003), "The die is 200 µm to 300 µm thick."),
        ("die", iri("pkg:thickness"), Bounds(high=1e-3, text="<= 1 mm"), "The die is at most 1 mm thick."),
        (
            "lid",
            iri("pkg:madeOf"),
            Complete("", ("copper of lid",)),
            "The lid is made of copper and nothing else.",
        ),
        (PRODUCT, iri("pkg:hasPart"), Complete("", ("die",)), "All parts are named."),
        (PRODUCT, iri("pkg:hasPart"), Complete(iri("pkg:HeatSink")), "There is no heat sink."),
        (
            PRODUCT,
            iri("pkg:hasPart"),
            Complete(iri("pkg:Chip"), ("die", "chip 1")),
            "The die and chip 1 are the only chips.",
        ),
    ],
)
def test_statements_are_told_as_sentences(
    subject: str, prop: str, content: Content, text: str, wording: Wording
) -> None:
    assert wording.statement(Statement("s", subject, prop, content)) == text


def test_a_false_value_is_a_denial_and_a_denied_false_value_a_fact(wording: Wording) -> None:
    adheres = iri("pkg:adheres")
    assert wording.fact(adheres, "lid", False) == wording.denial(adheres, "lid", True)
    assert wording.denial(adheres, "lid", False) == wording.fact(adheres, "lid", True)


def test_names_with_braces_stay_as_they_are(wording: Wording) -> None:
    assert wording.fact(iri("pkg:over"), "{object}", "{subject}") == "{object} is set over {subject}"


def test_long_lists_are_cut_with_their_count() -> None:
    assert listing(()) == "" and listing(["a"]) == "a" and listing(("a", "b")) == "a and b"
    assert listing([str(n) for n in range(8)]) == "0, 1, 2, 3, 4, 5, 6 and 7"
    assert listing([str(n) for n in range(110)]) == "0, 1, 2, 3, 4, 5 and 104 more"


def test_sentences_begin_with_a_capital_and_end_with_one_full_stop() -> None:
    assert [sentence(t) for t in ("a b", "a b.", " a b ", "Is it?")] == ["A b.", "A b.", "A b.", "Is it?"]
