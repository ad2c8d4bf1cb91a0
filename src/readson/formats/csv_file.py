"""CSV after RFC 4180: UTF-8 with a byte order mark, so that spreadsheets read the signs."""

from __future__ import annotations

import csv
from io import StringIO

from readson.formats.columns import HEADS, cells, entries
from readson.results import Portfolio

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would run as a formula."""


def csv_bytes(portfolio: Portfolio) -> bytes:
    """Write every row of every chart as a record."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEADS)
    writer.writerows([harmless(cell) for cell in cells(entry)] for entry in entries(portfolio))
    return stream.getvalue().encode("utf-8-sig")


def harmless(cell: str | int) -> str | int:
    """Put an apostrophe before what a spreadsheet would run.

    >>> harmless("=1+1"), harmless("x=1"), harmless(-3)
    ("'=1+1", 'x=1', -3)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
