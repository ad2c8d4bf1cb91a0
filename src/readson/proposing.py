"""Proposing: proposed statements as sentences, what nobody named called by its kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from readson.results import Missing, Reason
from readson.statements import TYPE, Bounds, Statement, Value
from readson.terms import plural, plural_of
from readson.wording import Wording, article, sentence, the


class Proposing:
    """Say what is proposed for the gaps of one product in sentences, each gap once."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._said: dict[tuple[Statement, ...], tuple[str, ...]] = {}

    def said(self, reason: Reason) -> Reason:
        """Say it for the gaps of a reason, and of those inside it."""
        missing, parts = tuple(map(self._gap, reason.missing)), tuple(map(self.said, reason.parts))
        return replace(reason, missing=missing, parts=parts) if missing or parts else reason

    def _gap(self, gap: Missing) -> Missing:
        if_met = (gap.if_met or self._proposals(gap.meets)) if gap.meets else ()
        if_not_met = (gap.if_not_met or self._proposals(gap.fails)) if gap.fails else ()
        return replace(gap, if_met=if_met, if_not_met=if_not_met)

    def _proposals(self, statements: tuple[Statement, ...]) -> tuple[str, ...]:
        if statements not in self._said:
            self._said[statements] = proposals(statements, self._wording)
        return self._said[statements]


def proposals(statements: Sequence[Statement], wording: Wording) -> tuple[str, ...]:
    """Say proposed statements: "the process comprises a step", and then "the step ..."."""
    mentioned = dict.fromkeys(item for s in statements for item in _items(s))
    new = _introduced(
        statements, [i for i in mentioned if i not in wording.items and not wording.phrase(i)], wording
    )
    told = [s for s in statements if not (s.subject in new and s.property == TYPE)]
    names = {item: _indefinite(label) for item, label in new.items()}
    sentences = []
    for statement in told:
        sentences.append(wording.calling(mentioned, names).statement(statement))
        names |= {item: the(new[item]) for item in _items(statement) if item in new}
    kept = [said for said in dict.fromkeys(sentences) if not said.startswith("The description names ")]
    return tuple(kept) or tuple(sentence(f"there is {article(label)}") for label in new.values())


def _introduced(statements: Sequence[Statement], items: Iterable[str], wording: Wording) -> dict[str, str]:
    """Say what to call items that nobody named: by their kind, in the plural if there are many."""
    called, count = {item: item for item in items}, wording.lexicon.role("count")
    for s in statements:
        if s.subject in called and s.property == TYPE and isinstance(s.content, Value):
            called[s.subject] = wording.lexicon.label(str(s.content.object))
    for s in statements:
        if (
            s.subject in called
            and s.property == count
            and isinstance(s.content, Bounds)
            and s.content.low > 1
        ):
            called[s.subject] = plural_of(called[s.subject])
    return called


def _items(statement: Statement) -> tuple[str, ...]:
    """List the items that a statement relates."""
    target = getattr(statement.content, "object", None)
    if statement.property == TYPE or not isinstance(target, str):
        return (statement.subject,)
    return statement.subject, target


def _indefinite(label: str) -> str:
    """Introduce by a kind: "a wire", "wires"."""
    return label if plural(label) else article(label)
