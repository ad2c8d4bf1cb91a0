"""Make tk410-data-sheet.pdf: two pages in two columns, with a ruled table, of an invented package."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF

LEFT = (
    ("h", "1 Description"),
    (
        "p",
        "The TK-410 is a network processor in a flip-chip ball grid array of 35 mm x 35 mm. The die is "
        "flip-chip bonded to a build-up substrate with copper pillars. An encapsulating layer of mold "
        "compound fills the gap between the die and the substrate and encloses the edges of the die.",
    ),
    ("h", "2 Features"),
    ("i", "Copper heat spreader above the die, attached with a thermally conductive adhesive"),
    ("i", "Top surface of the heat spreader exposed"),
    ("i", "No underfill is dispensed; the gap is filled in the molding step"),
)
RIGHT = (
    ("h", "3 Assembly"),
    (
        "p",
        "After flip-chip bonding, the strip is placed in a mold. The cavity is evacuated to a pressure below "
        "15 Torr and the molding compound is trans-",
    ),
    # What a hyphen at the end of a line parts.
    ("c", "ferred under the die and around the heat spreader in one step."),
    ("h", "4 Limits"),
    (
        "p",
        "Junction temperature: 125 \u00b0C max\nMoisture sensitivity: level 3\nStorage: -40 to 150 \u00b0C",
    ),
)
ROWS = (
    ("Part", "Material", "Size", "Thickness"),
    ("Die", "Silicon", "12.4 mm x 11.8 mm", "0.70 mm"),
    ("Heat spreader", "Copper, nickel plated", "30.0 mm x 30.0 mm", "0.50 mm"),
    ("Adhesive", "Silicone filled with alumina", "12.4 mm x 11.8 mm", "60 \u00b5m"),
    ("Substrate", "Build-up laminate, ten layers", "35.0 mm x 35.0 mm", "1.20 mm"),
    ("Gap below the die", "Mold compound", "-", "70 \u00b5m"),
)
NOTES = (
    ("h", "6 Notes"),
    (
        "p",
        "Dimensions are nominal. The filler of the mold compound is smaller than 20 \u00b5m, so that it "
        "enters the gap.",
    ),
    ("p", "The heat spreader has a larger area than the die in plan view."),
)
MORE = (
    ("h", "7 Ordering"),
    ("p", "TK-410-FC is delivered in trays of 24 pieces. A version with a lid of aluminum is planned."),
)


class Sheet(FPDF):
    """A page with a running head and foot."""

    def header(self) -> None:
        self.set_font("helvetica", size=8)
        self.set_xy(20, 10)
        self.cell(0, 5, "TK-410 data sheet, revision 2.1")

    def footer(self) -> None:
        self.set_font("helvetica", size=8)
        self.set_xy(20, -15)
        self.cell(0, 5, f"Tarnkappe Semiconductor    page {self.page_no()} of 2")


def column(sheet: Sheet, parts: tuple[tuple[str, str], ...], left: float, top: float) -> None:
    """Write headings, paragraphs and items below one another."""
    sheet.set_y(top)
    for kind, text in parts:
        sheet.set_font("helvetica", "B" if kind == "h" else "", 12 if kind == "h" else 10)
        sheet.set_x(left)
        words = f"- {text}" if kind == "i" else text
        sheet.multi_cell(80, 5, words, align="L", new_x="LEFT", new_y="NEXT")
        if not text.endswith("trans-"):
            sheet.ln(2.5)


def make(path: Path) -> None:
    """Write the data sheet."""
    sheet = Sheet()
    sheet.set_creation_date(datetime(2026, 3, 2, tzinfo=UTC))
    sheet.set_auto_page_break(False)
    sheet.add_page()
    sheet.set_font("helvetica", "B", 18)
    sheet.set_xy(20, 20)
    sheet.cell(0, 10, "TK-410 network processor")
    column(sheet, LEFT, 20, 36)
    column(sheet, RIGHT, 110, 36)
    sheet.add_page()
    sheet.set_font("helvetica", "B", 12)
    sheet.set_xy(20, 20)
    sheet.cell(0, 8, "5 Dimensions and materials")
    sheet.set_font("helvetica", size=9)
    sheet.set_xy(20, 30)
    with sheet.table(
        width=170, col_widths=(35, 45, 50, 40), line_height=6, align="LEFT", text_align="LEFT"
    ) as table:
        for cells in ROWS:
            row = table.row()
            for cell in cells:
                row.cell(cell)
    below = sheet.get_y() + 8
    column(sheet, NOTES, 20, below)
    column(sheet, MORE, 110, below)
    sheet.output(str(path))


if __name__ == "__main__":
    make(Path(__file__).with_name("tk410-data-sheet.pdf"))
