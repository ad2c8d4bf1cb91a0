"""What a Word file is made of: template, properties, paragraphs, tables, bookmarks, references, pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import resvg_py
from docx import Document
from docx.document import Document as Doc
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Inches
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from readson.errors import UsageError
from readson.formats.cells import Cover, printable
from readson.formats.packing import EPOCH
from readson.resources import content_folder

STYLES = (
    "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption", "Quote", "Header",
    "Table Text", "Table Head", "Table Label", "Claim Language", "Claim Chart",
    "Element Id", "Quoted Words", "Pin Cite", "Grade", "Cross-Reference",
    "Verdict Met", "Verdict Not Met", "Verdict Unknown", "Verdict Conflicting",
)  # fmt: skip
"""The styles that a template must have."""
SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
FALLBACK_FONT = "DejaVu Sans"
"""What a PNG is lettered in where none of the fonts that its SVG names is installed."""
WIDEST = 9.0
"""Inches that a picture may take."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of a product: as SVG, as PNG for programs that show no SVG, and in words."""

    svg: str
    png: bytes
    alt: str

    @classmethod
    def of(cls, svg: str, alt: str) -> Picture:
        """Draw an SVG as PNG too, at twice its size, for print."""
        png = resvg_py.svg_to_bytes(svg_string=svg, zoom=2, sans_serif_family=FALLBACK_FONT)
        return cls(svg, bytes(png), alt)


def open_template(path: Path | None) -> Doc:
    """Open a template without its text. Raise UsageError when it is no Word file or lacks a style."""
    place = path or content_folder("site") / "word" / "template.docx"
    try:
        document = Document(str(place))
    except (PackageNotFoundError, BadZipFile, ValueError, KeyError) as error:
        raise UsageError(f"the template `{place}` is no Word file (.docx): {error}") from error
    found = {style.name for style in document.styles}
    if missing := [name for name in STYLES if name not in found]:
        known = "site/word/template.docx has them all; start from that file"
        raise UsageError(f"the template `{place}` lacks the styles {', '.join(missing)}; {known}")
    body = document.element.body
    for element in [e for e in body if e.tag != qn("w:sectPr")]:
        body.remove(element)
    return document


def describe(document: Doc, title: str, cover: Cover) -> None:
    """Set the properties of the file and the header of its pages."""
    properties = document.core_properties
    properties.title, properties.language, properties.revision = printable(title)[:255], "en-US", 1
    properties.author = properties.last_modified_by = "readson"
    properties.created = properties.modified = datetime(*EPOCH)
    if cover.header:
        paragraph = document.sections[0].header.paragraphs[0]
        paragraph.style = "Header"
        paragraph.add_run(printable(cover.header))


class Rows:
    """A table that grows by rows."""

    def __init__(self, table: Table, widths: Sequence[float]) -> None:
        self.table, self.widths = table, widths

    def row(self) -> tuple[_Cell, ...]:
        """Add a row that no page break cuts, and give its cells."""
        row: _Row = self.table.add_row()  # type: ignore[no-untyped-call]
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        cells = tuple(row.cells)
        for cell, width in zip(cells, self.widths, strict=True):
            cell.width = Inches(width)
            cell.paragraphs[0].style = "Table Text"
        return cells


class Writer:
    """Write into a document, in its styles."""

    def __init__(self, document: Doc) -> None:
        self.document, self.marks = document, 0

    def paragraph(self, text: str, style: str = "Normal") -> Paragraph:
        """Add a paragraph."""
        return self.document.add_paragraph(printable(text), style=style)

    def run(self, paragraph: Paragraph, text: str, style: str | None = None) -> Run:
        """Add words to a paragraph."""
        return paragraph.add_run(printable(text), style=style)

    def text(self, cell: _Cell, text: str) -> None:
        """Write into the first paragraph of a cell."""
        self.run(cell.paragraphs[0], text)

    def table(self, heads: Sequence[str], widths: Sequence[float], title: str) -> Rows:
        """Add a table whose head is repeated on every page; `title` is its text alternative."""
        table = self.document.add_table(rows=1, cols=len(heads), style="Claim Chart")
        table.autofit = False
        self._alternative(table, title)
        row = table.rows[0]
        for tag in ("w:cantSplit", "w:tblHeader"):
            row._tr.get_or_add_trPr().append(OxmlElement(tag))
        for cell, head, width in zip(row.cells, heads, widths, strict=True):
            cell.width = Inches(width)
            cell.paragraphs[0].style = "Table Head"
            self.text(cell, head)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Inches(width)
        return Rows(table, widths)

    def _alternative(self, table: Table, title: str) -> None:
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), printable(title))
        table._tbl.tblPr.append(caption)

    def marked(self, paragraph: Paragraph, text: str, name: str, style: str | None = None) -> None:
        """Add words that carry a bookmark."""
        start, end = self._mark(name)
        paragraph._p.append(start)
        self.run(paragraph, text, style)
        paragraph._p.append(end)

    def _mark(self, name: str) -> tuple[BaseOxmlElement, BaseOxmlElement]:
        self.marks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(self.marks))
        start.set(qn("w:name"), name)
        return start, end

    def link(self, paragraph: Paragraph, text: str, to: str) -> None:
        """Add words that lead to a bookmark."""
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), to)
        link.append(self.run(paragraph, text, "Cross-Reference")._r)
        paragraph._p.append(link)

    def reference(self, paragraph: Paragraph, text: str, to: str, name: str) -> None:
        """Add a cross-reference: a field that shows the words of a bookmark; it carries one of its own."""
        start, end = self._mark(name)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), f" REF {to} \\h ")
        field.append(self.run(paragraph, text, "Cross-Reference")._r)
        for element in (start, field, end):
            paragraph._p.append(element)


def place_picture(document: Doc, picture: Picture) -> None:
    """Add a picture: the SVG, and the PNG for programs that show no SVG."""
    shape = document.add_picture(BytesIO(picture.png))
    if shape.width > Inches(WIDEST):
        shape.height, shape.width = int(shape.height * Inches(WIDEST) / shape.width), Inches(WIDEST)
    shape._inline.docPr.set("descr", printable(picture.alt))
    part, blip = document.part, shape._inline.graphic.graphicData.pic.blipFill.blip
    number = len([p for p in part.package.iter_parts() if p.partname.endswith(".svg")]) + 1
    relation = part.relate_to(_svg_part(part, picture.svg, number), RELATIONSHIP_TYPE.IMAGE)
    blip.append(
        parse_xml(
            f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
            f'<asvg:svgBlip xmlns:asvg="{SVG}" r:embed="{relation}"/></a:ext></a:extLst>'
        )
    )


def _svg_part(part: Part, svg: str, number: int) -> Part:
    return Part(PackURI(f"/word/media/drawing{number}.svg"), "image/svg+xml", svg.encode(), part.package)
