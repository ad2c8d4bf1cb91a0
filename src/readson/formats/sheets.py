"""Sheets: an Excel file with the matrix, all rows of all charts, the sources and the statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from readson.formats.cells import Cover, basis_lines, patent_line, pin_cite, printable
from readson.formats.columns import COLUMNS, HEADS, cells, entries
from readson.formats.packing import EPOCH, repacked
from readson.results import ORDER, Portfolio, ProductCharts, RowRef
from readson.verdicts import Verdict

LONGEST = 32_767
"""As many characters fit into a cell."""
COLORS = {
    Verdict.MET: ("#17592F", "#EAF4EC"),
    Verdict.NOT_MET: ("#8F1C14", "#FBECEA"),
    Verdict.UNKNOWN: ("#4B4A55", "#F1F0F2"),
    Verdict.CONFLICTING: ("#6A3A00", "#FCF0DC"),
}
"""Ink and paper of the verdicts, as on the pages; the word stands in every cell too."""


def sheets_bytes(portfolio: Portfolio, cover: Cover) -> bytes:
    """Write an Excel file. Every text is a text: none is taken for a formula, a number or an address."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        workbook.set_properties(
            {"title": printable(f"Claim chart: {patent_line(portfolio)}")[:255], "created": datetime(*EPOCH)}
        )
        _Sheets(workbook, cover).write(portfolio)
    return repacked(stream.getvalue())


class _Sheets:
    """Write the sheets of a workbook."""

    def __init__(self, workbook: Workbook, cover: Cover) -> None:
        self.workbook, self.cover = workbook, cover
        base = {"valign": "top", "text_wrap": True, "font_size": 10}
        self.plain: Format = workbook.add_format(base)
        self.head: Format = workbook.add_format(base | {"bold": True, "bg_color": "#EEF0F3", "bottom": 2})
        self.title: Format = workbook.add_format({"bold": True, "font_size": 16})
        self.verdicts: dict[Verdict, Format] = {
            verdict: workbook.add_format(base | {"font_color": ink, "bg_color": paper, "bold": True})
            for verdict, (ink, paper) in COLORS.items()
        }

    def write(self, portfolio: Portfolio) -> None:
        places = {entry[2].key: n for n, entry in enumerate(entries(portfolio), 1)}
        self._matrix(portfolio, places)
        self._rows(portfolio)
        self._sources(portfolio.products)
        self._statements(portfolio.products)
        self._about(portfolio)

    def _sheet(self, name: str, heads: Sequence[str], widths: Sequence[float], frozen: int) -> Worksheet:
        """Add a sheet with a head that stays in view and is printed on every page."""
        sheet: Worksheet = self.workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, frozen)
        sheet.set_header(f"&C{self.cover.header.replace('&', '&&')}" if self.cover.header else "")
        sheet.set_footer(f"&L{self.cover.date.replace('&', '&&')}&R&P of &N")
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, printable(head), self.head)
        return sheet

    def _filtered(self, sheet: Worksheet, rows: Iterable[Sequence[str | int]], columns: int) -> None:
        last = 0
        for last, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                self._cell(sheet, last, column, value, self.plain)
        sheet.autofilter(0, 0, last, columns - 1)

    def _cell(self, sheet: Worksheet, row: int, column: int, value: str | int, form: Format) -> None:
        if isinstance(value, int):
            sheet.write_number(row, column, value, form)
        else:
            sheet.write_string(row, column, printable(value)[:LONGEST], form)

    def _matrix(self, portfolio: Portfolio, places: dict[str, int]) -> None:
        """Write products by claims; each cell leads to the first row of its chart."""
        numbers = sorted({chart.claim for product in portfolio.products for chart in product.charts})
        heads = ("Product", *(f"Claim {n}" for n in numbers))
        sheet = self._sheet("Matrix", heads, (36, *(13 for _ in numbers)), 1)
        for row, product in enumerate(portfolio.products, 1):
            self._cell(sheet, row, 0, product.title, self.plain)
            for chart in product.charts:
                form, place = self.verdicts[chart.verdict], places[chart.rows[0].key]
                label = f"{chart.verdict.symbol} {chart.verdict.label}"
                sheet.write_url(
                    row, 1 + numbers.index(chart.claim), f"internal:'Charts'!A{place + 1}", form, label
                )
        sheet.autofilter(0, 0, len(portfolio.products), len(numbers))

    def _rows(self, portfolio: Portfolio) -> None:
        widths = [width for _, width, _ in COLUMNS]
        sheet = self._sheet("Charts", HEADS, widths, 4)
        self._filtered(sheet, map(cells, entries(portfolio)), len(HEADS))
        at = HEADS.index("Verdict")
        for place, (_, _, row) in enumerate(entries(portfolio), 1):
            self._cell(sheet, place, at, row.verdict.label, self.verdicts[row.verdict])

    def _sources(self, products: Sequence[ProductCharts]) -> None:
        heads = ("Product", "Source", "Title", "Date", "File", "SHA-256")
        sheet = self._sheet("Sources", heads, (36, 14, 44, 14, 36, 68), 1)
        rows = [(p.title, s.id, s.title, s.date, s.file, s.sha256) for p in products for s in p.sources]
        self._filtered(sheet, rows, len(heads))

    def _statements(self, products: Sequence[ProductCharts]) -> None:
        heads = ("Product", "Statement", "Fact", "Grade", "Words of the source", "Place", "Note", "Cited by")
        sheet = self._sheet("Statements", heads, (30, 14, 48, 10, 56, 36, 36, 40), 2)
        rows = [
            (p.title, f.statement.id, c.sentence, c.grade, c.quote, pin_cite(c), c.note, _keys(f.rows))
            for p in products
            for f in p.facts
            for c in (f.citation,)
        ]
        self._filtered(sheet, rows, len(heads))

    def _about(self, portfolio: Portfolio) -> None:
        """Say what the sheets show, on what basis, and what the verdicts mean."""
        sheet = self._sheet("About", ("About these charts", ""), (24, 110), 0)
        by_verdict = {note.verdict: note.sentence for note in portfolio.glossary.values}
        rows = [
            ("Patent", patent_line(portfolio)),
            *([("Date", self.cover.date)] if self.cover.date else []),
            *(("Basis", line) for line in basis_lines(portfolio)),
            *((verdict.label, by_verdict[verdict]) for verdict in ORDER),
            *(("Not decided", limit) for limit in portfolio.glossary.limits),
        ]
        for place, (label, text) in enumerate(rows, 1):
            self._cell(sheet, place, 0, label, self.plain)
            self._cell(sheet, place, 1, text, self.plain)


def _keys(rows: Iterable[RowRef]) -> str:
    return ", ".join(ref.key for ref in rows)
