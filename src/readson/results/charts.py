"""Charts: the verdicts of one claim on one product, row by row, on its best reading."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from readson.results.evidence import NOTHING, Citation, Grounds, Missing, Reason, citations
from readson.verdicts import Verdict

ORDER = (Verdict.NOT_MET, Verdict.CONFLICTING, Verdict.UNKNOWN, Verdict.MET)
"""The order in which verdicts are listed: what decides against a claim first."""


@dataclass(frozen=True, slots=True)
class RowRef:
    """Point at a row: its `key`, the claim on whose chart it stands, and its `id` and `anchor` there.

    `key` is "<product>/<claim charted>/<anchor>" and names one row in every output of a portfolio.
    """

    key: str
    id: str
    claim: int
    anchor: str


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

    `claim` is the claim that recites the element; on the chart of a claim that depends on it the row is
    `inherited`. `repeats` is then the key of the row of that other chart that says the same, or "" where the
    reading of this claim makes it say something else. `grounds` lists all that the verdict rests on; of it,
    the reason cites what people want to read. In a conflict they are those for the element and `rival` lists
    those against it, where they can be told apart.
    """

    id: str
    anchor: str
    claim: int
    text: str
    verdict: Verdict
    inherited: bool
    reason: Reason
    construction: str = ""
    construction_note: str = ""
    alternatives: tuple[Alternative, ...] = ()
    roles: tuple[str, ...] = ()
    note: str = ""
    grounds: Grounds = NOTHING
    rival: Grounds = NOTHING
    key: str = ""
    repeats: str = ""

    @property
    def sentence(self) -> str:
        """Say why in one sentence."""
        return self.reason.sentence

    @property
    def supporting(self) -> tuple[Citation, ...]:
        """Cite what speaks for the element."""
        return self.reason.supporting

    @property
    def refuting(self) -> tuple[Citation, ...]:
        """Cite what speaks against the element."""
        return self.reason.refuting

    @property
    def missing(self) -> tuple[Missing, ...]:
        """List what would have to be known."""
        return self.reason.missing

    @property
    def uncited(self) -> int:
        """Count the statements that the verdict rests on and the reason does not cite."""
        shown = {c.statement for c in citations(self.reason)}
        return len({*self.grounds.statements, *self.rival.statements} - shown)


@dataclass(frozen=True, slots=True)
class Binding:
    """One role of the claim and the part it reads on; `part` is empty when no part is named.

    `members` are the parts that `part` collects where it is several that count as one.
    """

    role: str
    label: str
    part: str
    kind: str
    element: str
    sentence: str
    members: tuple[str, ...] = ()


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
class Tally:
    """The rows of a chart that have one verdict."""

    verdict: Verdict
    rows: tuple[RowRef, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """One claim on one product. `parent` is the claim it depends on, 0 for none.

    `key` is "<product>/<claim>". `opinion` is there when a second engine was asked.
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
    key: str = ""
    tally: tuple[Tally, ...] = ()

    def ref(self, row: Row) -> RowRef:
        """Point at a row of this chart."""
        return RowRef(row.key, row.id, self.claim, row.anchor)
