"""What verdicts rest on: citations, reasons, what is missing, grounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from readson.statements import Statement
from readson.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Citation:
    """One fact as a sentence, with its exact words and where they stand."""

    statement: str
    sentence: str
    grade: str
    source: str = ""
    source_title: str = ""
    locator: str = ""
    quote: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing the description does not say and that would have to be known.

    `meets` are proposed statements by which, with those of the other gaps of the row, the element is met;
    `fails` are such that the element is not met by them alone. Both are checked, and empty where no
    statement does that: where nobody named the part, or where two names may stand for one thing.
    `if_met` and `if_not_met` say the same in sentences.
    """

    sentence: str
    subject: str
    property: str
    meets: tuple[Statement, ...] = ()
    fails: tuple[Statement, ...] = ()
    if_met: tuple[str, ...] = ()
    if_not_met: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one requirement of an element has its verdict; `parts` are the requirements inside it."""

    verdict: Verdict
    sentence: str
    supporting: tuple[Citation, ...] = ()
    refuting: tuple[Citation, ...] = ()
    missing: tuple[Missing, ...] = ()
    parts: tuple[Reason, ...] = ()


def parts(reason: Reason) -> Iterator[Reason]:
    """List a reason and all the reasons inside it."""
    yield reason
    for part in reason.parts:
        yield from parts(part)


def citations(reason: Reason) -> Iterator[Citation]:
    """List what a reason cites, in its parts too, with repeats."""
    yield from chain(reason.supporting, reason.refuting, *map(citations, reason.parts))


@dataclass(frozen=True, slots=True)
class Assumed:
    """What the world supplies: all values of a property of one item, or all items of a class."""

    sentence: str
    item: str
    property: str
    of_class: str = ""


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that a verdict rests on: statements, by their ids, and what the world assumes.

    They give the verdict on their own, and would not if one of them were left out.
    """

    statements: tuple[str, ...] = ()
    assumptions: tuple[Assumed, ...] = ()


NOTHING = Grounds()
"""The grounds of a verdict that rests on none: of one that is unknown."""
