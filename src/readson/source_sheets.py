"""Source sheets: the sources of a product as outputs show them, and what became of the words of documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from readson.results import Account, LedgerEntry, SourceSheet
from readson.statements import Product, Text

if TYPE_CHECKING:
    from readson.drafting.ledger import Entry, Ledger

NO_TEXT = Text("")
"""What is shown of a source that is not text, such as a photograph."""


def source_sheets(product: Product) -> Iterator[SourceSheet]:
    """Give each source of a product with its text and where in its file that stands."""
    for source in product.sources:
        text = product.documents.get(source.id, NO_TEXT)
        yield SourceSheet(
            source.id,
            source.title,
            source.date,
            source.file,
            source.sha256,
            text.words,
            form=text.form,
            places=text.places,
        )


def account_sheets(ledger: Ledger | None) -> Iterator[Account]:
    """Account for the documents that a product was read from; none where somebody described it."""
    for account in ledger.accounts if ledger else ():
        yield Account(account.source, account.unit, tuple(map(_entry, account.entries)))


def _entry(entry: Entry) -> LedgerEntry:
    span = entry.span
    return LedgerEntry(
        span.start, span.end, entry.text, entry.locator, entry.state.value, entry.reasons, entry.choices
    )
