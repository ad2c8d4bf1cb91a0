"""The composed texts in `tests/texts` and the pairs in `tests/metamorphic_texts.yaml` get their verdicts.

`texts/README.md` gives their format. What the reader does not find yet is listed in `texts/missed.yaml`, and
nothing else is missed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import pytest
import yaml

from judged_texts import (
    FOLDER,
    MISSED,
    PAGE,
    SIDES,
    held,
    judged_texts,
    known,
    listed,
    missed,
    of_texts,
    page,
    pairs,
)
from readson.evaluation.judged import Judged
from readson.evaluation.scores import Score
from readson.shapes import Patent
from readson.verdicts import Verdict

LEAST = 130
LEAST_PHENOMENA = 20
LEAST_PAIRS = 30
# What of the verdicts on texts must be right, and found, in percent.
LEAST_RIGHT = 96
LEAST_MET, LEAST_NOT_MET = 65, 35
LEAST_HELD = 50
# A text that decides nothing says so of the elements that a reader would look for first.
SILENT = "irrelevant"
LEAST_SILENT = 12
VERDICTS = {verdict.name.lower() for verdict in Verdict} - {"conflicting"}
KEYS = {"text", "product", "expected", "why"}
PAIR_KEYS = {"name", "base", "variant", "product", "elements", "verdict", "effect"}
# What a change may do, and the verdicts that it can do it to.
EFFECTS = {"same": VERDICTS, "flips_to_not_met": {"met"}, "becomes_unknown": {"met", "not_met"}}
WORDS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@cache
def texts() -> Mapping[str, Any]:
    """Map "phenomenon/ruling" to what the file says."""
    paths = sorted(FOLDER.glob("*/*.yaml"))
    return {f"{path.parent.name}/{path.stem}": yaml.safe_load(path.read_text("utf-8")) for path in paths}


def folded(text: str) -> str:
    """Take a text without case and white space, in which copies differ."""
    return re.sub(r"\s", "", text).casefold()


def twice(values: Iterable[str]) -> list[str]:
    """List the values that occur more than once."""
    return sorted(value for value, count in Counter(values).items() if count > 1)


def text_problems(name: str, said: Mapping[str, Any], elements: set[str]) -> Iterator[str]:
    """Yield what is wrong with the text of one file."""
    if not {"text", "expected"} <= set(said) <= KEYS:
        yield f"keys {sorted(said)}"
        return
    expected, why = said["expected"], said.get("why", {})
    if not said["text"].strip() or not expected:
        yield "nothing is said or expected"
    yield from (f"no element {part}" for key in expected for part in key.split("+") if part not in elements)
    yield from (f"no verdict {value}" for value in expected.values() if value not in VERDICTS)
    yield from (f"why of {key}, which is not expected" for key in set(why) - set(expected))
    if name.split("/")[0] == SILENT:
        if len(expected) < LEAST_SILENT or set(expected.values()) != {"unknown"}:
            yield "an irrelevant text decides nothing, and says so of the main elements"
    else:
        yield from (
            f"no reason for {key}" for key, value in expected.items() if value != "met" and key not in why
        )
    if "product" in said and folded(said["product"]) not in folded(said["text"]):
        yield f"no product {said['product']} in the text"


def pair_problems(said: Mapping[str, Any], elements: set[str]) -> Iterator[str]:
    """Yield what is wrong with one pair."""
    if not PAIR_KEYS - {"product"} <= set(said) <= PAIR_KEYS:
        yield f"keys {sorted(said)}"
        return
    if said["base"] == said["variant"]:
        yield "nothing is changed"
    yield from (f"no element {key}" for key in said["elements"] if key not in elements)
    if not said["elements"]:
        yield "no elements"
    if said["verdict"] not in EFFECTS.get(said["effect"], set()):
        yield f"{said['verdict']} {said['effect']}"
    if "product" in said and said["product"] not in said["base"]:
        yield f"no product {said['product']} in the text"


@pytest.fixture(scope="session")
def judged() -> Judged:
    return judged_texts()


@pytest.fixture(scope="module")
def elements(patent: Patent) -> set[str]:
    return {element.id for claim in patent.claims.values() for element in claim.elements}


def test_texts_keep_the_format(elements: set[str]) -> None:
    assert not [
        (name, problem) for name, said in texts().items() for problem in text_problems(name, said, elements)
    ]


def test_pairs_keep_the_format(elements: set[str]) -> None:
    assert not [(said["name"], problem) for said in pairs() for problem in pair_problems(said, elements)]


def test_names_are_words() -> None:
    assert not [name for name in texts() if not all(WORDS.fullmatch(part) for part in name.split("/"))]
    assert not [said["name"] for said in pairs() if not WORDS.fullmatch(re.sub(r",? ", "-", said["name"]))]


def test_every_file_of_the_folder_is_a_text_or_the_format() -> None:
    files = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    assert files == {f"{name}.yaml" for name in texts()} | {"README.md", MISSED.name}


def test_no_two_texts_are_equal() -> None:
    assert not twice(folded(said["text"]) for said in texts().values())
    assert not twice(said["name"] for said in pairs())


def test_texts_are_many_and_of_many_phenomena() -> None:
    assert len(texts()) >= LEAST
    assert len({name.split("/")[0] for name in texts()}) >= LEAST_PHENOMENA
    assert len(pairs()) >= LEAST_PAIRS


def test_texts_expect_every_verdict() -> None:
    assert {value for said in texts().values() for value in said["expected"].values()} == VERDICTS
    assert {said["effect"] for said in pairs()} == set(EFFECTS)


def test_every_element_of_the_first_claim_is_met_refuted_and_left_open(elements: set[str]) -> None:
    ruled = {pair for said in texts().values() for pair in said["expected"].items()}
    first = {key for key in elements if re.fullmatch(r"1\[[b-i]\]", key)}
    assert first and not {(key, verdict) for key in first for verdict in VERDICTS} - ruled


@pytest.mark.parametrize(
    "change,problem",
    [
        ({"title": "x"}, "keys"),
        ({"text": " "}, "nothing is said"),
        ({"expected": {"99[z]": "met"}}, "no element 99[z]"),
        ({"expected": {"1[a]+99[z]": "met"}}, "no element 99[z]"),
        ({"expected": {"1[a]": "not met"}}, "no verdict not met"),
        ({"why": {"1[b]": "x"}}, "why of 1[b]"),
        ({"expected": {"1[a]": "unknown"}}, "no reason for 1[a]"),
        ({"product": "Z9"}, "no product Z9"),
    ],
)
def test_the_text_rules_find_what_they_forbid(
    change: Mapping[str, Any], problem: str, elements: set[str]
) -> None:
    sound = {"text": "There is a carrier.", "expected": {"1[a]": "met"}}
    assert not list(text_problems("x/y", sound, elements))
    assert any(found.startswith(problem) for found in text_problems("x/y", {**sound, **change}, elements))


def test_an_irrelevant_text_that_decides_something_is_found(elements: set[str]) -> None:
    said = {"text": "There is a carrier.", "expected": {"1[a]": "met"}}
    assert list(text_problems(f"{SILENT}/y", said, elements))


@pytest.mark.parametrize(
    "change,problem",
    [
        ({"note": "x"}, "keys"),
        ({"variant": "There is a carrier."}, "nothing is changed"),
        ({"elements": ["99[z]"]}, "no element 99[z]"),
        ({"elements": []}, "no elements"),
        ({"effect": "vanishes"}, "met vanishes"),
        ({"verdict": "not_met", "effect": "flips_to_not_met"}, "not_met flips_to_not_met"),
        ({"verdict": "unknown", "effect": "becomes_unknown"}, "unknown becomes_unknown"),
        ({"product": "Z9"}, "no product Z9"),
    ],
)
def test_the_pair_rules_find_what_they_forbid(
    change: Mapping[str, Any], problem: str, elements: set[str]
) -> None:
    sound = {
        "name": "x",
        "base": "There is a carrier.",
        "variant": "A carrier is there.",
        "elements": ["1[a]"],
        "verdict": "met",
        "effect": "same",
    }
    assert not list(pair_problems(sound, elements))
    assert any(found.startswith(problem) for found in pair_problems({**sound, **change}, elements))


# Verdicts


def test_no_verdict_is_wrong_or_missed_that_is_not_listed(judged: Judged) -> None:
    assert not listed(missed(judged)) - listed(known())


def test_what_is_found_leaves_the_list(judged: Judged) -> None:
    gone = listed(known()) - listed(missed(judged))
    assert not gone, "found now: run `make texts`"


def test_the_list_gives_the_verdicts_that_are_found(judged: Judged) -> None:
    assert missed(judged) == known()


def test_decided_verdicts_on_texts_are_right_nearly_always(judged: Judged) -> None:
    score = Score.of(of_texts(judged))
    assert 100 * score.right >= LEAST_RIGHT * score.decided
    assert 100 * score.met_found >= LEAST_MET * score.met
    assert 100 * score.not_met_found >= LEAST_NOT_MET * score.not_met


def test_changes_of_texts_do_to_verdicts_what_they_should(judged: Judged) -> None:
    """Both sides of a pair get their verdicts, in all pairs but those listed."""
    right = held(known())
    assert 100 * len(right) >= LEAST_HELD * len(pairs())
    verdicts = {text.id: number for number, text in enumerate(judged.texts)}
    for said in pairs():
        if said["name"] in right:
            base, variant = (verdicts[f"{said['name']}: {side}"] for side in SIDES)
            alike = {judged.verdict(id, base) is judged.verdict(id, variant) for id in said["elements"]}
            assert alike == {said["effect"] == "same"}, said["name"]


def test_the_page_gives_the_figures_of_today(judged: Judged) -> None:
    assert page(judged) == PAGE.read_text("utf-8"), "run `make texts`"


def test_irrelevant_texts_decide_nothing_but_what_is_listed(judged: Judged) -> None:
    """A word that means something else elsewhere may deceive the reader; three of sixty labels do."""
    decided = [text for sort, text, _ in listed(missed(judged)) if text.startswith(f"{SILENT}/")]
    assert len(decided) <= 3


def test_a_list_that_is_out_of_step_is_found(judged: Judged) -> None:
    found, written = listed(missed(judged)), listed(known())
    wrong = next(triple for triple in sorted(written) if triple[0] == "wrong")
    assert found - (written - {wrong}) == {wrong}
    turned = {("open", *wrong[1:])} | written - {wrong}
    assert found - turned == {wrong}
    assert (written | {("open", "x/y", "1[a]")}) - found == {("open", "x/y", "1[a]")}
