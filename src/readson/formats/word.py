"""Word: claim charts as US contentions have them, in the styles of a template that the user can replace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import groupby
from pathlib import Path

from docx.document import Document as Doc
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph

from readson.formats.cells import (
    Cover,
    basis_lines,
    claim_heading,
    exhibits,
    grade_mark,
    notes,
    patent_line,
    sides,
    sources_of,
)
from readson.formats.packing import repacked
from readson.formats.word_parts import Picture, Writer, describe, open_template, place_picture
from readson.results import Chart, Citation, Portfolio, ProductCharts, Row
from readson.verdicts import Verdict

WIDTHS = (3.0, 3.7, 2.7)
"""Inches of the three columns of a chart."""


def word_bytes(
    portfolio: Portfolio,
    cover: Cover,
    template: Path | None = None,
    pictures: Mapping[str, Picture] | None = None,
) -> bytes:
    """Write charts as a Word file; `pictures` are those of products, by their slugs.

    Raise UsageError when the template is no Word file or lacks a style.
    """
    document = open_template(template)
    describe(document, f"Claim chart: {patent_line(portfolio)}", cover)
    _Charts(document, portfolio, pictures or {}).write(cover)
    stream = BytesIO()
    document.save(stream)
    return repacked(stream.getvalue())


def bookmark(key: str, numbers: Mapping[str, int]) -> str:
    """Name the bookmark of a row: Word takes letters, digits and underscores only.

    >>> bookmark("x100/2/1d", {"x100": 1})
    'row_1_2_1d'
    """
    slug, claim, anchor = key.rsplit("/", 2)
    return f"row_{numbers[slug]}_{claim}_{anchor}"


class _Charts:
    """Write the charts of a portfolio into a document."""

    def __init__(self, document: Doc, portfolio: Portfolio, pictures: Mapping[str, Picture]) -> None:
        self.document, self.portfolio, self.pictures = document, portfolio, pictures
        self.writer = Writer(document)
        self.numbers = {product.slug: n for n, product in enumerate(portfolio.products, 1)}

    def write(self, cover: Cover) -> None:
        writer = self.writer
        writer.paragraph("Claim chart", "Title")
        writer.paragraph(patent_line(self.portfolio), "Subtitle")
        for line in filter(None, (cover.date, *basis_lines(self.portfolio))):
            writer.paragraph(line)
        for product in self.portfolio.products:
            self._product(product)
        self._glossary()

    def _product(self, product: ProductCharts) -> None:
        self.writer.paragraph(product.title, "Heading 1")
        if product.kind:
            self.writer.paragraph(f"Described as: {product.kind}.")
        if product.slug in self.pictures:
            place_picture(self.document, self.pictures[product.slug])
        self._summary(product)
        for chart in product.charts:
            self._chart(chart)
        self._sources(product)

    def _summary(self, product: ProductCharts) -> None:
        """List the claims with their verdicts, each linked to its chart."""
        title = f"Claims charted on {product.title}"
        table = self.writer.table(("Claim", "Verdict", "Why"), (1.2, 1.5, 6.7), title)
        for chart in product.charts:
            claim, verdict, why = table.row()
            self.writer.link(claim.paragraphs[0], f"Claim {chart.claim}", self._chart_mark(chart))
            self._verdict(verdict.paragraphs[0], chart.verdict)
            self.writer.text(why, chart.sentence)

    def _chart_mark(self, chart: Chart) -> str:
        slug, claim = chart.key.rsplit("/", 1)
        return f"claim_{self.numbers[slug]}_{claim}"

    def _chart(self, chart: Chart) -> None:
        heading = self.writer.paragraph("", "Heading 2")
        self.writer.marked(heading, claim_heading(chart), self._chart_mark(chart))
        finding = self.writer.paragraph("")
        self._verdict(finding, chart.verdict)
        self.writer.run(finding, f"  {chart.sentence}")
        self._reading(chart)
        heads = ("Claim language", "Accused product", "Verdict and reason")
        table = self.writer.table(heads, WIDTHS, f"Claim {chart.claim}, element by element")
        for parent, rows in groupby(chart.rows, lambda row: row.claim if row.repeats else 0):
            if parent:
                self._incorporated(table.row(), parent, tuple(rows))
            else:
                for row in rows:
                    self._row(table.row(), row)
        self._others(chart)

    def _reading(self, chart: Chart) -> None:
        if chart.bindings:
            self.writer.paragraph("Every term is read on one and the same part in all elements.", "Caption")
            table = self.writer.table(
                ("Term of the claim", "Reading"), (3.0, 6.4), "What the terms are read on"
            )
            for binding in chart.bindings:
                label, reading = table.row()
                self.writer.text(label, binding.label)
                self.writer.text(reading, binding.sentence)
            self.writer.paragraph("")

    def _incorporated(self, cells: tuple[Cell, ...], parent: int, rows: tuple[Row, ...]) -> None:
        """Refer to the rows of a claim that this one depends on, where they say the same."""
        language, product, verdict = cells
        self.writer.text(language, f"The elements of claim {parent}, which this claim incorporates.")
        self.writer.text(product, f"The same parts, as charted for claim {parent}:")
        self._references(product, rows)
        for value in dict.fromkeys(row.verdict for row in rows):
            line = (
                verdict.paragraphs[0]
                if not verdict.paragraphs[0].text
                else verdict.add_paragraph(style="Table Text")
            )
            self._verdict(line, value)
            self.writer.run(line, f"  {', '.join(row.id for row in rows if row.verdict is value)}")

    def _references(self, cell: Cell, rows: tuple[Row, ...]) -> None:
        line = cell.add_paragraph(style="Table Text")
        for number, row in enumerate(rows):
            self.writer.run(line, ", " if number else "")
            mark = bookmark(row.key, self.numbers)
            self.writer.reference(line, row.id, bookmark(row.repeats, self.numbers), mark)

    def _row(self, cells: tuple[Cell, ...], row: Row) -> None:
        language, product, verdict = cells
        line = language.paragraphs[0]
        line.style = "Claim Language"
        self.writer.marked(line, row.id, bookmark(row.key, self.numbers), "Element Id")
        self.writer.run(line, f"  {row.text}")
        self._evidence(product, row)
        line = verdict.paragraphs[0]
        self._verdict(line, row.verdict)
        self.writer.run(line, f"  {row.sentence}")
        for label, texts in notes(row):
            verdict.add_paragraph(label, style="Table Label")
            for text in texts:
                self.writer.run(verdict.add_paragraph(style="Table Text"), text)

    def _evidence(self, cell: Cell, row: Row) -> None:
        """Quote the sources; where a row cites nothing, say why."""
        first = [cell.paragraphs[0]]
        if not sides(row):
            self.writer.text(cell, row.sentence)
        for label, cited in sides(row):
            if label:
                self._line(cell, first, "Table Label", label)
            self._exhibits(cell, first, cited)

    def _exhibits(self, cell: Cell, first: list[Paragraph], cited: tuple[Citation, ...]) -> None:
        for exhibit in exhibits(cited):
            line = self._line(cell, first, "Table Text", " ".join(exhibit.sentences))
            if exhibit.quote:
                line = self._line(cell, first, "Quote", "")
                self.writer.run(line, f"“{exhibit.quote}”", "Quoted Words")
            if exhibit.place:
                self.writer.run(line, f"  {exhibit.place}", "Pin Cite")
            if mark := grade_mark(exhibit):
                self.writer.run(line, f"  {mark}", "Grade")

    def _line(self, cell: Cell, first: list[Paragraph], style: str, text: str) -> Paragraph:
        """Begin a paragraph; a cell begins with an empty one, which `first` holds until it is used."""
        line = first.pop() if first else cell.add_paragraph()
        line.style = style
        self.writer.run(line, text)
        return line

    def _others(self, chart: Chart) -> None:
        if chart.others:
            self.writer.paragraph("Other readings", "Heading 3")
        for other in chart.others:
            line = self.writer.paragraph("")
            self._verdict(line, other.verdict)
            moved = "; ".join(f"{b.label}: {b.part or 'no part that is named'}" for b in other.bindings)
            self.writer.run(line, f"  {moved}. {other.sentence}")

    def _verdict(self, paragraph: Paragraph, verdict: Verdict) -> None:
        self.writer.run(paragraph, f"{verdict.symbol} {verdict.label}", f"Verdict {verdict.label.title()}")

    def _sources(self, product: ProductCharts) -> None:
        self.writer.paragraph("Sources", "Heading 2")
        if not product.sources:
            self.writer.paragraph("The description names no source.")
            return
        heads, widths = ("Source", "Date", "File", "SHA-256"), (3.4, 1.2, 2.4, 2.4)
        table = self.writer.table(heads, widths, f"Sources on {product.title}")
        for title, date, file, digest in sources_of(product):
            silent = ("no title", "no date is given", "no file is given", "no file, no digest")
            for cell, text in zip(table.row(), _or_why((title, date, file, digest), silent), strict=True):
                self.writer.text(cell, text)

    def _glossary(self) -> None:
        self.writer.paragraph("What the verdicts mean", "Heading 1")
        table = self.writer.table(("Verdict", "It means"), (1.5, 7.9), "The four verdicts")
        for note in self.portfolio.glossary.values:
            value, means = table.row()
            self._verdict(value.paragraphs[0], note.verdict)
            self.writer.text(means, note.sentence)
        self.writer.paragraph("What is not decided", "Heading 2")
        for limit in self.portfolio.glossary.limits:
            self.writer.paragraph(limit)


def _or_why(texts: tuple[str, ...], reasons: tuple[str, ...]) -> Iterator[str]:
    """Leave no cell empty: say why there is nothing in it."""
    return (text or reason for text, reason in zip(texts, reasons, strict=True))
