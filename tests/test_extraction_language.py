"""The files of a language: what is not understood is refused, all of it at once, with file and line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from readson.errors import OntologyError
from readson.extraction.loading import load_language
from readson.ontology import Ontology
from readson.resources import content_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the files of the language."""
    return Path(shutil.copytree(content_folder("data") / "language", tmp_path / "language"))


@pytest.fixture
def refused(folder: Path, ontology: Ontology) -> Callable[..., list[str]]:
    """Give what is refused, once a text in a file stands for another."""

    def refuse(name: str, old: str, new: str) -> list[str]:
        path = folder / f"{name}.yaml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        with pytest.raises(OntologyError) as caught:
            load_language(ontology.lexicon, folder)
        return [str(problem) for problem in caught.value.problems]

    return refuse


def test_the_language_of_the_project_is_understood(ontology: Ontology) -> None:
    assert load_language(ontology.lexicon).frames


@pytest.mark.parametrize(
    "name,old,new,message",
    [
        (
            "frames",
            "modifiers:\n  bond wire:",
            "modifiers:\n  bond wier:",
            "`bond wier` is no class; did you mean",
        ),
        (
            "frames",
            "{thing: semiconductor die, by: [to]",
            "{thing: semiconductor dei, by: [to]",
            "is no class",
        ),
        (
            "frames",
            "| flip-chip bonded to |",
            "| flip-chip bonded two |",
            "`flip-chip bonded two` is no property",
        ),
        (
            "frames",
            '"thing | wire-bonded to | ground"',
            '"thing | wire-bonded to"',
            "is not `subject | property",
        ),
        (
            "frames",
            '"thing | wire-bonded to | ground"',
            '"thing | wire-bonded to | grund"',
            "`grund` is no role",
        ),
        ("frames", "<carrier>", "<carrrier>", "`carrrier` is no class; did you mean `carrier`?"),
        ("frames", "manner: flipped", "maner: flipped", "nothing reads `maner` here; did you mean `manner`?"),
        ("frames", "manner: flipped", "manner: fliped", "`fliped` is no manner; did you mean `flipped`?"),
        ("frames", "by: [to, on", "by: [onto, on", "`onto` is no first of a line of prepositions"),
        ("frames", "acts: {forms:", "acts: {frms:", "`frms` is no property"),
        ("frames", "thick: thickness", "thick: thicknes", "`thicknes` is no property"),
        (
            "implied",
            "cooler: heat sink",
            "cooler: heat snik",
            "`heat snik` is no class; did you mean `heat sink`?",
        ),
        ("implied", "exposed: exposed", "exposed: exposd", "`exposd` is no property"),
        ("implied", "groups: [bump", "groups: [bmup", "`bmup` is no class"),
        (
            "implied",
            "part | covers | <carrier>",
            "whole | covers | <carrier>",
            "`whole` is no role of this rule",
        ),
        ("words", "modals:", "modal:", "nothing reads the section `modal`; did you mean `modals`?"),
        ("words", "modals:", "modal:", "the section `modals` is missing"),
        ("words", "modals: [", "modals: [[x], ", "expected a text"),
        ("words", "to: [to]", "to: to", "expected a list of words"),
        ("words", "relatives:", "modals: [x]\nrelatives:", "`modals` stands here twice"),
        ("cues", "scope: paragraph\n", "scope: page\n", "`page` is no scope"),
        ("cues", "- reason:", "- cause: x\n  reason:", "nothing reads `cause` here"),
        ("gloss", "芯片: die", "芯片: [die]", "expected a text"),
    ],
)
def test_what_is_not_understood_is_refused(
    refused: Callable[..., list[str]], name: str, old: str, new: str, message: str
) -> None:
    problems = refused(name, old, new)
    assert [problem for problem in problems if message in problem], problems
    assert all(problem.startswith(f"language/{name}.yaml:") for problem in problems)


def test_a_problem_names_its_line(refused: Callable[..., list[str]], folder: Path) -> None:
    lines = (folder / "implied.yaml").read_text("utf-8").splitlines()
    line = 1 + next(place for place, text in enumerate(lines) if text.startswith("  cooler:"))
    (problem,) = refused("implied", "cooler: heat sink", "cooler: heat snik")
    assert problem.startswith(f"language/implied.yaml:{line}:11: ")


def test_all_problems_are_told_at_once(refused: Callable[..., list[str]], folder: Path) -> None:
    path = folder / "frames.yaml"
    path.write_text(path.read_text("utf-8").replace("thick: thickness", "thick: thicknes"), "utf-8")
    problems = refused("implied", "cooler: heat sink", "cooler: heat snik")
    assert sorted(problem.split(":")[0] for problem in problems) == [
        "language/frames.yaml",
        "language/implied.yaml",
    ]


def test_files_that_are_no_yaml_or_missing_are_told_at_once(folder: Path, ontology: Ontology) -> None:
    (folder / "cues.yaml").write_text("- [", "utf-8")
    (folder / "gloss.yaml").unlink()
    (folder / "words.yaml").write_text("", "utf-8")
    with pytest.raises(OntologyError) as caught:
        load_language(ontology.lexicon, folder)
    told = [str(problem).split(": ")[:2] for problem in caught.value.problems]
    assert told == [
        ["language/cues.yaml:2:1", "not YAML"],
        ["language/gloss.yaml", "cannot be read"],
        ["language/words.yaml:1:1", "the file is empty"],
    ]
