"""Read workbooks (XLSX, XLS, ODS): what their cells show, sheet by sheet."""

from __future__ import annotations

import datetime
import io
import zipfile
import zlib

from python_calamine import CalamineError, CalamineWorkbook

from readson.documents.content import Content
from readson.documents.sheets import Cell, Sheets
from readson.documents.workbook_parts import check_parts, refusal

_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_workbook(name: str, data: bytes) -> Content:
    """Read a workbook; raises DocumentError for one that is large, locked, or lacks values of formulas."""
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                check_parts(name, parts)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as error:
            raise refusal(name, "the file is broken; get it again") from error
    elif _OLE_ENCRYPTED in data:
        raise refusal(name, "the workbook is encrypted; save it without a password")
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return _read(workbook)
    except CalamineError as error:
        raise refusal(name, f"no workbook that can be read: {error}; save it as XLSX") from error


def _read(workbook: CalamineWorkbook) -> Content:
    sheets = Sheets()
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        rows = [[Cell(_shown(value)) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        if any(cell.text for row in rows for cell in row):
            sheets.head(name)
            sheets.add(rows, name, sheet.merged_cell_ranges or ())
    return sheets.content(place[3] for place in sheets.places)


def _shown(value: object) -> str:
    """Write a value as a spreadsheet shows it without a format of its own."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)
