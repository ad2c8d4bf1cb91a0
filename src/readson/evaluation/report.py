"""Tell how good the verdicts on labelled texts are, and what the wrong ones rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from readson.evaluation.judged import Judged
from readson.evaluation.scores import Answer, answers, table
from readson.explaining import Cell, Explanation, cell_of, explain, teller
from readson.results import Citation
from readson.telling import citation

HEADS = ("element", "decided, of these right", "met, found", "not met, found")


def report(judged: Judged) -> str:
    """Write the figures and every wrong verdict with the statements behind it."""
    found = answers(judged)
    settled = [answer for answer in found if not answer.debatable]
    debatable = [answer for answer in found if answer.debatable]
    count = len(judged.texts)
    lines = [f"{count} text{'s' * (count != 1)} (world: {judged.assessment.world})"]
    for title, some in (("not debatable", settled), ("debatable", debatable)):
        if some:
            lines += ["", title, *_laid_out([HEADS, *table(some)])]
    return "\n".join([*lines, *_wrong(judged, found)])


def _laid_out(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _wrong(judged: Judged, found: Sequence[Answer]) -> Iterator[str]:
    wrong = [answer for answer in found if answer.wrong]
    if not wrong:
        return
    explained = explain(judged.assessment, sorted({answer.text for answer in wrong}))
    yield from ("", f"{len(wrong)} wrong")
    for answer in wrong:
        apart = ", debatable" if answer.debatable else ""
        yield (
            f"{judged.texts[answer.text].id} {answer.id}: {answer.found.label}, "
            f"expected {answer.expected.label}{apart}"
        )
        for cited in _behind(judged, answer, explained):
            words = f': "{cited.quote}" ({cited.locator})' if cited.quote else ""
            because = f" ({cited.note})" if cited.note else ""
            yield f"    {cited.sentence.rstrip('.')}{words}{because}"


def _behind(judged: Judged, answer: Answer, explained: Mapping[Cell, Explanation]) -> Iterator[Citation]:
    """Give the statements that a wrong verdict rests on."""
    assessment = judged.assessment
    reasons, product = teller(assessment, answer.text), assessment.graph.products[answer.text]
    ids: dict[str, None] = {}
    for part in answer.id.split("+"):
        element = assessment.patent.element(part)
        cell = cell_of(assessment, element, element.claim, answer.text)
        if cell in explained:
            ids |= dict.fromkeys(explained[cell].grounds.statements)
    for statement in product.statements:
        if statement.id in ids:
            yield citation(statement, reasons.wording, reasons.titles)
