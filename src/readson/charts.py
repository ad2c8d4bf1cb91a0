"""Charts: the verdicts of claims on products as data, ready for every output format.

Nothing here computes a verdict; `assess.py` fills these classes, `site.py` and others render them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
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
    """

    sentence: str
    subject: str
    property: str
    meets: tuple[Statement, ...] = ()
    fails: tuple[Statement, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Alternative:
    """The verdict of an element, on the same reading, under another construction."""

    name: str
    note: str
    verdict: Verdict
    changes: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One element of a claim on one product. `anchor` is its id in pages ("1d").

    `grounds` lists all that the verdict rests on; of it, the reason cites what people want to read. In a
    conflict they are those for the element and `rival` lists those against it, where they can be told apart.
    """

    id: str
    anchor: str
    claim: int
    text: str
    verdict: Verdict
    sentence: str
    inherited: bool
    reason: Reason
    supporting: tuple[Citation, ...]
    refuting: tuple[Citation, ...]
    missing: tuple[Missing, ...]
    construction: str
    construction_note: str
    alternatives: tuple[Alternative, ...]
    roles: tuple[str, ...]
    note: str
    grounds: Grounds = Grounds()
    rival: Grounds = Grounds()

    @property
    def uncited(self) -> int:
        """Count the statements that the verdict rests on and the reason does not cite."""
        shown = {c.statement for c in (*self.supporting, *self.refuting, *citations(self.reason))}
        return len({*self.grounds.statements, *self.rival.statements} - shown)


@dataclass(frozen=True, slots=True)
class Binding:
    """One role of the claim and the part it reads on; `part` is empty when no part is named."""

    role: str
    label: str
    part: str
    kind: str
    element: str
    sentence: str


@dataclass(frozen=True, slots=True)
class OtherReading:
    """A near-best reading: what it binds differently and what that does."""

    bindings: tuple[Binding, ...]
    verdict: Verdict
    sentence: str


class Apart(Enum):
    """Why SHACL cannot judge a verdict: it has two answers and takes what it sees for all there is."""

    CONFLICT = "in conflict"
    SILENCE = "kept open by silence"
    RANGE = "in a range"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a second engine says of element verdicts: on how many it agrees, and how many it cannot judge.

    An engine that disagrees on one gives no opinion but a DisagreementError.
    """

    agreed: int
    apart: tuple[tuple[Apart, int], ...] = ()

    @property
    def sentence(self) -> str:
        """Say what was compared and what was not."""
        said = f"pySHACL agrees on {self.agreed:,} of {self.agreed:,} element verdicts"
        left = ", ".join(f"{count:,} {why.value}" for why, count in self.apart)
        return f"{said} ({left}: not questions that SHACL can answer)" if left else said


@dataclass(frozen=True, slots=True)
class Chart:
    """One claim on one product. `parent` is the claim it depends on, 0 for none.

    `opinion` is there when a second engine was asked.
    """

    claim: int
    parent: int
    category: str
    text: str
    verdict: Verdict
    sentence: str
    rows: tuple[Row, ...]
    bindings: tuple[Binding, ...]
    others: tuple[OtherReading, ...]
    opinion: Opinion | None = None


@dataclass(frozen=True, slots=True)
class SourceSheet:
    """One source as the site shows it; `text` is empty when the file is not text."""

    id: str
    title: str
    date: str
    file: str
    sha256: str
    text: str


@dataclass(frozen=True, slots=True)
class ProductCharts:
    """All charts of one product, with its facts and sources."""

    slug: str
    title: str
    kind: str
    world: str
    facts: tuple[Citation, ...]
    sources: tuple[SourceSheet, ...]
    charts: tuple[Chart, ...]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What one site shows: a patent's claims and the products they were read on."""

    patent: str
    patent_title: str
    world: str
    constructions: tuple[str, ...]
    products: tuple[ProductCharts, ...]
