"""Products as outputs show them: charts, facts, parts, steps, gaps, sources."""

from __future__ import annotations

from dataclasses import dataclass

from readson.results.charts import Chart, RowRef
from readson.results.evidence import Citation
from readson.statements import Statement


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the description says: as a sentence, as a statement, and the rows that cite it."""

    citation: Citation
    statement: Statement
    rows: tuple[RowRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """A role of a claim that a part is bound to on the best reading, and the rows that speak of it."""

    claim: int
    role: str
    rows: tuple[RowRef, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One item of the product that some role is bound to; `title` names it in a sentence."""

    name: str
    title: str
    kind: str
    bound: tuple[Bound, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the process, in the order listed; `after` are steps it is said to come after."""

    name: str
    kind: str
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing no source says, and the rows that wait for it.

    `if_met` are sentences one set of which, were they stated, would let those rows be met (together with
    what else a row lacks); by `if_not_met` they would be not met.
    """

    sentence: str
    rows: tuple[RowRef, ...]
    if_met: tuple[str, ...] = ()
    if_not_met: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a source that facts rest on, and who cites them.

    `start` and `end` count characters of the text; both are -1 and `line` is 0 where the words are not in it.
    """

    quote: str
    locator: str
    line: int
    start: int
    end: int
    anchor: str
    rows: tuple[RowRef, ...]


@dataclass(frozen=True, slots=True)
class SourceSheet:
    """One source; `text` is empty when the file is not text. `passages` stand in the order of the text."""

    id: str
    title: str
    date: str
    file: str
    sha256: str
    text: str
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class ProductCharts:
    """All charts of one product, with its facts and sources.

    `gaps` are what is missing, what most rows wait for first; `parts` and `steps` are in the order of the
    description.
    """

    slug: str
    title: str
    kind: str
    world: str
    facts: tuple[Fact, ...]
    sources: tuple[SourceSheet, ...]
    charts: tuple[Chart, ...]
    parts: tuple[Part, ...] = ()
    steps: tuple[Step, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def chart(self, claim: int) -> Chart:
        """Find the chart of a claim."""
        return next(chart for chart in self.charts if chart.claim == claim)
