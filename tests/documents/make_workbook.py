"""Make hl16-bom.xlsx, the bill of material of an invented module."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

ROWS = (
    ("Level", "Item", "Description", "Qty", "Material", "Size (mm)"),
    (0, "HL-16", "stacked memory module, BGA", 1, None, "17 x 17"),
    (1, "SUB-417", "package substrate, 4 layers", 1, "BT laminate", "17 x 17 x 0.42"),
    (1, "LOG-02", "logic die, flip chip", 1, "silicon", "10.2 x 9.6"),
    (2, "BMP-65", "solder bumps, pitch 150 um", 1104, "SnAg", None),
    (1, "MEM-8G", "memory die", 2, "silicon", "9.0 x 8.4"),
    (1, "HS-125", "heat spreader, top exposed", 1, "copper", "12.5 x 12.5"),
    (1, "MC-9", "mold compound", 0.85, "epoxy", None),
)


def make(path: Path) -> None:
    """Write the workbook; the same bytes each time but for what the library stamps."""
    book = Workbook()
    book.properties.created = book.properties.modified = datetime(2026, 3, 2)
    sheet = book.active
    sheet.title = "BOM"
    sheet["A1"] = "Bill of material HL-16, revision C"
    sheet.merge_cells("A1:F1")
    for number, row in enumerate(ROWS, 3):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value)
    notes = book.create_sheet("Assembly notes")
    for row in (
        ("Parameter", "Value"),
        ("Mold pressure", "9 mbar"),
        ("Underfill", "none"),
        ("Lead-free", True),
    ):
        notes.append(row)
    book.save(path)


if __name__ == "__main__":
    make(Path(__file__).with_name("hl16-bom.xlsx"))
