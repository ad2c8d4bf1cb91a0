"""Products as outputs show them: charts, facts, parts, steps, gaps, sources."""

from __future__ import annotations

from dataclasses import dataclass

from readson.results.charts import Chart, RowRef
from readson.results.evidence import Citation
from readson.statements import Place, Statement


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
    """One source; `text` is empty when the file is not text. `passages` stand in the order of the text.

    `form` is what the file is: text, pdf, csv, json and so on. `places` say where in it words stand, such as
    "page 2" or "cell B4", in their order; none where the lines of the text are those of the file.
    """

    id: str
    title: str
    date: str
    file: str
    sha256: str
    text: str
    passages: tuple[Passage, ...] = ()
    form: str = "text"
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What became of one line, cell or key of a document: `state` is used, ambiguous or ignored.

    `start` and `end` count characters of the text of its source. `reasons` say why it is not used or what of
    it is not settled, `choices` what it could mean; `rows` rest on its words.
    """

    start: int
    end: int
    text: str
    locator: str
    state: str
    reasons: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    rows: tuple[RowRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the words of one document; `unit` is what its entries are: line, cell or key."""

    source: str
    unit: str
    entries: tuple[LedgerEntry, ...]


@dataclass(frozen=True, slots=True)
class ProductCharts:
    """All charts of one product, with its facts and sources.

    `gaps` are what is missing, what most rows wait for first; `parts` and `steps` are in the order of the
    description. `ledger` accounts for the documents that the product was read from; a product that somebody
    described has none.
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
    ledger: tuple[Account, ...] = ()

    def chart(self, claim: int) -> Chart:
        """Find the chart of a claim."""
        return next(chart for chart in self.charts if chart.claim == claim)
