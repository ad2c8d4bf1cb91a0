"""Account for every line, cell and key of the documents that were read: used, ambiguous or ignored."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate

from readson.documents.model import Document, Place, Span
from readson.drafting.citing import Source
from readson.drafting.merging import Merged
from readson.drafting.writing import Drafted
from readson.extraction.findings import Quote
from readson.ingest.quotes import locator

SILENT = "says nothing on the parts, relations or steps the ontology knows"
CELLS = ("csv", "xlsx")


class State(Enum):
    """What became of a line, a cell or a key."""

    USED = "used"
    AMBIGUOUS = "ambiguous"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line, cell or key of a document. `reasons` say why it is not used, or what of it is not settled.

    `choices` are what words that are not settled could mean.
    """

    span: Span
    text: str
    place: Place | None
    state: State
    reasons: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Tell what became of it: "line 4: used: The lid is exposed."."""
        where = self.locator or "somewhere"
        why = f" ({'; '.join(self.reasons)})" if self.reasons else ""
        return f"{where}: {self.state.value}{why}: {self.text}"

    @property
    def locator(self) -> str:
        """Say where it stands; "" in a document without places."""
        return locator({self.place.key: self.place.text}) if self.place else ""


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one document; `source` is its id in the description, `unit` what its entries are."""

    source: str
    name: str
    unit: str
    entries: tuple[Entry, ...]

    @property
    def summary(self) -> str:
        """Count what was used, in one line."""
        counts = Counter(entry.state for entry in self.entries)
        units = f"{self.unit}{'s' * (len(self.entries) != 1)}"
        rest = ", ".join(f"{counts[state]} {state.value}" for state in (State.AMBIGUOUS, State.IGNORED))
        return f"{self.name}: {counts[State.USED]} of {len(self.entries)} {units} used, {rest}"


@dataclass(frozen=True, slots=True)
class Ledger:
    """The accounts of all documents that were read together."""

    accounts: tuple[Account, ...]
    unsettled: int

    @staticmethod
    def of(drafted: Drafted) -> Ledger:
        """Account for what a description was made of."""
        accounts = (_account(n, source, drafted.merged) for n, source in enumerate(drafted.sources))
        return Ledger(tuple(accounts), len(drafted.merged.unsettled))

    @property
    def summary(self) -> str:
        """Say how much of each document was used, and how much is left to decide."""
        left = f"{self.unsettled} not settled; `readson read` writes them down" if self.unsettled else ""
        return "\n".join([*(account.summary for account in self.accounts), *([left] if left else [])])

    @property
    def listing(self) -> str:
        """Tell what became of every line, cell and key."""
        return "\n".join(
            f"{account.name}, {entry.sentence}" for account in self.accounts for entry in account.entries
        )


def _account(number: int, source: Source, merged: Merged) -> Account:
    used = _Words(((quote, "") for quote in _used(merged)), number)
    unsettled = _Words(((u.quote, u.reason) for u in merged.unsettled), number)
    choices = _Words(((u.quote, choice) for u in merged.unsettled for choice in u.choices), number)
    ignored = _Words(((i.quote, i.reason) for i in merged.ignored), number)
    unit, spans = _units(source.document)
    entries = (_entry(span, source, used, unsettled, choices, ignored) for span in spans)
    return Account(source.id, source.document.name, unit, tuple(entries))


def _used(merged: Merged) -> Iterator[Quote]:
    yield from (item.quote for item in merged.items)
    yield from (finding.quote for finding in merged.findings)


def _entry(
    span: Span, source: Source, used: _Words, unsettled: _Words, choices: _Words, ignored: _Words
) -> Entry:
    open_ = unsettled.reasons(span)
    text = " ".join(source.document.words(span).split())
    place = next(iter(source.text.place(span.start)), None)
    if used.reasons(span):
        return Entry(span, text, place, State.USED, open_, choices.reasons(span))
    if open_:
        return Entry(span, text, place, State.AMBIGUOUS, open_, choices.reasons(span))
    return Entry(span, text, place, State.IGNORED, ignored.reasons(span) or (SILENT,))


class _Words:
    """Find the reasons of quotes that overlap a slice of a document."""

    def __init__(self, said: Iterable[tuple[Quote, str]], number: int) -> None:
        here = ((q, reason) for q, reason in said if q.document == number and q.start < q.end)
        found = sorted((q.start, q.end, reason) for q, reason in here)
        self._found = found
        self._starts = [start for start, _, _ in found]
        # The furthest end of the quotes up to each one: before it, none reaches a later slice.
        self._reach = list(accumulate((end for _, end, _ in found), max))

    def reasons(self, span: Span) -> tuple[str, ...]:
        """Give the reasons of all quotes in which the slice has a part, in their order."""
        last = bisect_left(self._starts, span.end)
        first = bisect_left(self._reach, span.start + 1, 0, last)
        over = (reason for _, end, reason in self._found[first:last] if end > span.start)
        return tuple(dict.fromkeys(over))


def _units(document: Document) -> tuple[str, list[Span]]:
    """Cut a document into what people look up in it: keys, cells or lines; blank ones are none."""
    if document.fields:
        return "key", [Span(min(f.key.start, f.value.start), f.value.end) for f in document.fields]
    if document.form in CELLS and document.tables:
        cells = (cell for table in document.tables for row in table.rows for cell in row)
        return "cell", sorted({cell for cell in cells if document.words(cell).strip()})
    spans = (Span(*line.span()) for line in re.finditer(r"[^\n]+", document.text))
    return "line", [span for span in spans if document.words(span).strip()]
