"""Verdicts on labelled texts are counted as an analyst would count them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from products import Facts, flip_chip_package
from readson.assess import assess
from readson.cli import main
from readson.errors import DescriptionError, UsageError
from readson.evaluation.judged import Judged, element_verdicts
from readson.evaluation.report import report
from readson.evaluation.scores import Answer, Score, answers, table
from readson.evaluation.texts import Labelled, read_labelled
from readson.ontology import Ontology
from readson.shapes import Patent
from readson.verdicts import Verdict

MET, NOT, OPEN, BOTH = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.CONFLICTING


def judged(
    facts: Mapping[str, tuple[Facts, Mapping[str, Verdict]]],
    ontology: Ontology,
    patent: Patent,
    debatable: frozenset[str] = frozenset(),
) -> Judged:
    """Judge products as if they had been read from labelled texts."""
    texts = tuple(Labelled(id, "", "", expected, debatable) for id, (_, expected) in facts.items())
    assessment = assess([f.product() for f, _ in facts.values()], ontology, patent, "open")
    ids = {part for text in texts for id in text.expected for part in id.split("+")}
    return Judged(texts, assessment, {id: element_verdicts(assessment, patent.element(id)) for id in ids})


# The verdict of an element


def test_an_element_has_the_verdict_of_the_reading_that_is_shown(ontology: Ontology, patent: Patent) -> None:
    expected = {"1[b]": MET, "1[d]": MET, "4[a]": MET, "13[a]": OPEN}
    found = judged({"flip": (flip_chip_package(), expected)}, ontology, patent)
    assert {id: found.verdict(id, 0) for id in expected} == expected


def beside(*, complete: bool) -> Facts:
    """Describe a package whose only named heat sink is not over the chip."""
    facts = Facts("beside").kind("pkg:Package", "product").kind("pkg:LogicChip", "die")
    facts.kind("pkg:HeatSpreader", "lid").relate("product", "pkg:hasPart", "die", "lid")
    facts.deny("lid", "pkg:over", "die")
    return facts.all_of("pkg:HeatSink", "lid").all_of("pkg:Chip", "die") if complete else facts


def test_what_is_brought_in_may_be_a_part_that_nobody_named(ontology: Ontology, patent: Patent) -> None:
    found = judged({"one": (beside(complete=False), {"1[d]": OPEN})}, ontology, patent)
    assert found.assessment.element("1[d]", 1, 0) is NOT
    assert found.verdict("1[d]", 0) is OPEN


def test_it_is_not_met_when_every_part_that_it_may_be_fails(ontology: Ontology, patent: Patent) -> None:
    found = judged({"all": (beside(complete=True), {"1[d]": NOT, "9[e]": NOT})}, ontology, patent)
    assert found.verdict("1[d]", 0) is NOT and found.verdict("9[e]", 0) is NOT


def test_a_conjunction_is_and_of_its_parts(ontology: Ontology, patent: Patent) -> None:
    expected = {"1[b]+1[d]": NOT, "4[a]+1[b]": OPEN}
    texts = {"all": (beside(complete=True), expected), "flip": (flip_chip_package(), expected)}
    found = judged(texts, ontology, patent)
    assert [found.verdict(id, n) for id in expected for n in range(2)] == [NOT, MET, OPEN, MET]


# Counting

answer = partial(Answer, 0, "1[a]", debatable=False)


@pytest.mark.parametrize(
    "expected,found,decided,right,met,not_met",
    [
        (MET, MET, 1, 1, (1, 1), (0, 0)),
        (MET, NOT, 1, 0, (0, 1), (0, 0)),
        (MET, OPEN, 0, 0, (0, 1), (0, 0)),
        (MET, BOTH, 0, 0, (0, 1), (0, 0)),
        (NOT, NOT, 1, 1, (0, 0), (1, 1)),
        (NOT, MET, 1, 0, (0, 0), (0, 1)),
        (OPEN, MET, 1, 0, (0, 0), (0, 0)),
        (OPEN, OPEN, 0, 0, (0, 0), (0, 0)),
    ],
)
def test_what_counts_as_decided_right_and_found(
    expected: Verdict,
    found: Verdict,
    decided: int,
    right: int,
    met: tuple[int, int],
    not_met: tuple[int, int],
) -> None:
    one = answer(expected=expected, found=found)
    score = Score.of([one])
    assert (score.decided, score.right) == (decided, right)
    assert (score.met_found, score.met, score.not_met_found, score.not_met) == (*met, *not_met)
    assert one.wrong is (decided > right)


def test_shares_are_given_with_what_they_are_shares_of() -> None:
    three = [
        answer(expected=MET, found=MET),
        answer(expected=MET, found=OPEN),
        answer(expected=NOT, found=MET),
    ]
    assert Score.of(three).cells == ("1 of 2 (50 %)", "1 of 2 (50 %)", "0 of 1 (0 %)")
    assert list(table(three))[-1] == ("all", "1 of 2 (50 %)", "1 of 2 (50 %)", "0 of 1 (0 %)")
    assert Score.of([]).cells == ("none", "none", "none")


def test_elements_come_in_the_order_of_the_claims(ontology: Ontology, patent: Patent) -> None:
    expected = dict.fromkeys(("10[a]", "9[b]+9[c]", "1[d]", "1[b]"), OPEN)
    found = answers(judged({"flip": (flip_chip_package(), expected)}, ontology, patent))
    assert [a.id for a in found] == ["1[b]", "1[d]", "9[b]+9[c]", "10[a]"]


def test_a_text_need_not_label_every_element(ontology: Ontology, patent: Patent) -> None:
    facts = {"a": (flip_chip_package("a"), {"1[b]": MET}), "b": (flip_chip_package("b"), {"1[d]": MET})}
    assert [(a.text, a.id) for a in answers(judged(facts, ontology, patent))] == [(0, "1[b]"), (1, "1[d]")]


# The report


def test_wrong_verdicts_are_listed_with_the_statements_behind_them(
    ontology: Ontology, patent: Patent
) -> None:
    expected = {"1[b]": MET, "1[d]": NOT, "4[a]": OPEN}
    found = judged({"flip": (flip_chip_package(), expected)}, ontology, patent, frozenset({"4[a]"}))
    text = report(found)
    assert "2 wrong\n" in text
    first, second = text.split("2 wrong\n")[1].split("flip 4[a]: ")
    assert first.startswith("flip 1[d]: met, expected not met\n    ") and "Sink 1" in first
    assert second.startswith("met, expected unknown, debatable\n    ")
    settled, debatable = text.split("\ndebatable\n")
    assert "4[a]" in debatable and "4[a]" not in settled.split("wrong")[0]
    assert "1 of 2 (50 %)" in settled


def test_a_report_of_right_verdicts_lists_none(ontology: Ontology, patent: Patent) -> None:
    text = report(judged({"flip": (flip_chip_package(), {"1[b]": MET})}, ontology, patent))
    assert "wrong" not in text and text.startswith("1 text (world: open)\n\nnot debatable\n")


# Labelled texts


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, "utf-8")


def test_labelled_texts_are_read_in_the_order_of_their_names(tmp_path: Path, patent: Patent) -> None:
    write(tmp_path, "b.yaml", "text: x\nexpected: {'1[a]': met}")
    write(
        tmp_path,
        "a.yaml",
        "text: |\n  A die.\njudged_product: the X1\nexpected: {'9[b]+9[c]': not_met, '1[a]': unknown}\n"
        "debatable: ['1[a]']\n",
    )
    first, second = read_labelled(tmp_path, patent)
    assert first == Labelled("a", "A die.\n", "the X1", {"9[b]+9[c]": NOT, "1[a]": OPEN}, frozenset({"1[a]"}))
    assert (second.id, second.product) == ("b", "")


@pytest.mark.parametrize(
    "text,message",
    [
        ("[", "cannot be read"),
        ("expected: {}", "expected `text:`"),
        ("text: x", "expected `expected:`"),
        ("text: x\nexpected: {'99[a]': met}", "no element `99[a]`"),
        ("text: x\nexpected: {}\ndebatable: [9]", "no element `9`"),
        ("text: x\nexpected: {'1[a]': perhaps}", "`perhaps` is no verdict; write met, not_met, unknown"),
    ],
)
def test_a_text_that_is_not_labelled_well_is_refused(
    tmp_path: Path, patent: Patent, text: str, message: str
) -> None:
    write(tmp_path, "a.yaml", text)
    with pytest.raises(DescriptionError) as caught:
        read_labelled(tmp_path, patent)
    assert message in str(caught.value) and "a.yaml" in str(caught.value)


def test_a_folder_without_labelled_texts_is_refused(tmp_path: Path, patent: Patent) -> None:
    with pytest.raises(UsageError, match="holds no labelled texts"):
        read_labelled(tmp_path, patent)


def test_the_command_reads_judges_and_reports(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "text: The package has an organic substrate.\nexpected: {'1[a]': met}")
    write(tmp_path, "b.yaml", "text: ''\nexpected: {'1[a]': unknown}")
    result = CliRunner().invoke(main, ["eval", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert result.output.startswith("2 texts (world: open)") and "1 of 1 (100 %)" in result.output
    assert CliRunner().invoke(main, ["eval", str(tmp_path / "none")]).exit_code == 2
