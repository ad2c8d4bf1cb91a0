"""Count right and wrong verdicts, by element and in total."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from readson.evaluation.judged import Judged
from readson.verdicts import Verdict

DECIDED = (Verdict.MET, Verdict.NOT_MET)


@dataclass(frozen=True, slots=True)
class Answer:
    """One element on one text: the verdict that was expected, and the one found."""

    text: int
    id: str
    expected: Verdict
    found: Verdict
    debatable: bool

    @property
    def wrong(self) -> bool:
        """Tell whether a verdict was decided that the analyst did not give."""
        return self.found in DECIDED and self.found is not self.expected


@dataclass(frozen=True, slots=True)
class Score:
    """How many verdicts were decided and right, and how many of those to be found were found."""

    decided: int
    right: int
    met: int
    met_found: int
    not_met: int
    not_met_found: int

    @staticmethod
    def of(answers: Iterable[Answer]) -> Score:
        """Count answers."""
        answers = tuple(answers)
        right = [a for a in answers if a.found in DECIDED and not a.wrong]
        decided = sum(a.found in DECIDED for a in answers)
        met, not_met = ([a for a in answers if a.expected is v] for v in DECIDED)
        found = [sum(a.expected is v for a in right) for v in DECIDED]
        return Score(decided, len(right), len(met), found[0], len(not_met), found[1])

    @property
    def cells(self) -> tuple[str, str, str]:
        """Give precision and both recalls as texts: "41 of 42 (98 %)"."""
        return (
            _share(self.right, self.decided),
            _share(self.met_found, self.met),
            _share(self.not_met_found, self.not_met),
        )


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.0f} %)" if whole else "none"


def answers(judged: Judged) -> tuple[Answer, ...]:
    """Give the answers on all texts, element by element in the order of the claims."""
    return tuple(
        Answer(number, id, text.expected[id], judged.verdict(id, number), id in text.debatable)
        for id in _ids(judged)
        for number, text in enumerate(judged.texts)
        if id in text.expected
    )


def _ids(judged: Judged) -> list[str]:
    claims = judged.assessment.patent.claims.values()
    order = {element.id: n for n, element in enumerate(e for claim in claims for e in claim.elements)}
    labelled = {id for text in judged.texts for id in text.expected}
    return sorted(labelled, key=lambda id: [order[part] for part in id.split("+")])


def table(found: Sequence[Answer]) -> Iterator[tuple[str, ...]]:
    """Give a row an element and one for all: name, decided right, met found, not met found."""
    for id in dict.fromkeys(answer.id for answer in found):
        yield id, *Score.of(answer for answer in found if answer.id == id).cells
    yield "all", *Score.of(found).cells
