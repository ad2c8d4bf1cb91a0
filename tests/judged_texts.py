"""Judge the composed texts and pairs in one run; as a program, write down which labels are missed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from readson.evaluation.judged import Judged, judge
from readson.evaluation.scores import Answer, Score, answers
from readson.evaluation.texts import LABELS, Labelled, read_labelled
from readson.ontology import load_ontology
from readson.shapes import Patent, load_patent
from readson.verdicts import Verdict

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "texts"
MISSED = FOLDER / "missed.yaml"
PAGE = HERE.parent / "docs" / "extraction.md"
SIDES = ("base", "variant")
HEAD = """\
# What the reader does not find yet in the texts beside this file and in ../metamorphic_texts.yaml: by element
# the verdict that it gives in place of the expected one. `make texts` writes this file anew.
"""
# What the change of a pair makes of the verdict on the base.
CHANGED = {"flips_to_not_met": Verdict.NOT_MET, "becomes_unknown": Verdict.UNKNOWN}

Missed = Mapping[str, Mapping[str, Mapping[str, str]]]
"""By "wrong" or "open", by text and by element: the verdict found, which is not the one expected."""


@cache
def pairs() -> tuple[Mapping[str, Any], ...]:
    return tuple(yaml.safe_load((HERE / "metamorphic_texts.yaml").read_text("utf-8")))


def labelled_texts(patent: Patent) -> Iterator[Labelled]:
    """Yield the texts of all folders under the names "phenomenon/ruling"."""
    for folder in sorted(path for path in FOLDER.iterdir() if path.is_dir()):
        for text in read_labelled(folder, patent):
            yield replace(text, id=f"{folder.name}/{text.id}")


def labelled_pairs() -> Iterator[Labelled]:
    """Yield both sides of every pair, each with the verdicts that it must get."""
    for said in pairs():
        before = LABELS[said["verdict"]]
        for side, verdict in zip(SIDES, (before, CHANGED.get(said["effect"], before)), strict=True):
            expected = dict.fromkeys(said["elements"], verdict)
            name = f"{said['name']}: {side}"
            yield Labelled(name, said[side], said.get("product", ""), expected, frozenset())


@cache
def judged_texts() -> Judged:
    """Judge all texts and all sides of pairs, in the open world; takes seconds."""
    ontology = load_ontology()
    patent = load_patent("chip-package", ontology)
    return judge((*labelled_texts(patent), *labelled_pairs()), ontology, patent, "open")


def missed(judged: Judged) -> dict[str, dict[str, dict[str, str]]]:
    """List the verdicts that differ from those expected, wrong ones apart from those left open."""
    found: dict[str, dict[str, dict[str, str]]] = {"wrong": {}, "open": {}}
    for text, id, label, sort in sorted(_differing(judged, answers(judged))):
        found[sort].setdefault(text, {})[id] = label
    return found


def _differing(judged: Judged, found: Sequence[Answer]) -> Iterator[tuple[str, str, str, str]]:
    for answer in found:
        if answer.found is not answer.expected:
            label = answer.found.label.replace(" ", "_")
            yield judged.texts[answer.text].id, answer.id, label, "wrong" if answer.wrong else "open"


def listed(found: Missed) -> set[tuple[str, str, str]]:
    """Give missed labels as triples: "wrong" or "open", text, element."""
    return {(sort, text, id) for sort, texts in found.items() for text, ids in texts.items() for id in ids}


def known() -> Missed:
    """Read the labels that are known to be missed."""
    read: Missed = yaml.safe_load(MISSED.read_text("utf-8"))
    return read


def of_texts(judged: Judged) -> Iterable[Answer]:
    """Give the answers on the texts alone, those on pairs left out."""
    sides = len(SIDES) * len(pairs())
    return (answer for answer in answers(judged) if answer.text < len(judged.texts) - sides)


def held(found: Missed) -> list[str]:
    """Name the pairs both sides of which get their verdicts."""
    failing = {text for _, text, _ in listed(found)}
    return [p["name"] for p in pairs() if not failing & {f"{p['name']}: {side}" for side in SIDES}]


def figures(judged: Judged) -> dict[str, str]:
    """Give the lines of docs/extraction.md that tell of these texts, by the patterns that find them."""
    cells = " | ".join(Score.of(of_texts(judged)).cells)
    count = f"Of the {len(pairs())} pairs of texts, {len(held(missed(judged)))} keep or change their verdicts"
    texts = r"^\| composed texts, \[tests/texts\]\(\.\./tests/texts\) \| .*$"
    return {
        texts: f"| composed texts, [tests/texts](../tests/texts) | {cells} |",
        r"^Of the \d+ pairs of texts, \d+ keep or change their verdicts": count,
    }


def page(judged: Judged) -> str:
    """Give docs/extraction.md with the figures of today."""
    text = PAGE.read_text("utf-8")
    for pattern, line in figures(judged).items():
        text, changed = re.subn(pattern, line, text, flags=re.MULTILINE)
        assert changed == 1, pattern
    return text


if __name__ == "__main__":
    MISSED.write_text(
        HEAD + yaml.safe_dump(missed(judged_texts()), width=110, default_flow_style=None), "utf-8"
    )
    PAGE.write_text(page(judged_texts()), "utf-8")
