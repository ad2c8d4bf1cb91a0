"""Look into the parts of a workbook before it is read: how large they are, and which values are missing."""

from __future__ import annotations

import html
import re
import zipfile

from readson.errors import DocumentError, Problem

LARGEST = 100_000_000
MOST_CELLS = 5_000_000
_MOST_PROBLEMS = 100
_ATTRIBUTES = re.compile(rb'([\w:]+)="([^"<]*)"')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^<>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^<>]*)>")
_CELL = re.compile(rb'<(?:\w+:)?c\s[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_NO_VALUE = re.compile(
    rb"<(?:\w+:)?c\s([^<>]*)>\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


def check_parts(name: str, parts: zipfile.ZipFile) -> None:
    """Raise DocumentError unless the parts are those of a workbook that can be read in full."""
    size = sum(part.file_size for part in parts.infolist())
    if size > LARGEST:
        limit = f"more than {LARGEST // 1_000_000} MB when unpacked; keep the sheets that matter"
        raise refusal(name, limit)
    if any(part.flag_bits & 1 for part in parts.infolist()):
        raise refusal(name, "the file is encrypted; save it without a password")
    # Sizes are what the file says of itself; unpacking checks them.
    if broken := parts.testzip():
        raise refusal(name, f"the file is broken in `{broken}`; get it again")
    names = set(parts.namelist())
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise refusal(name, "the file is a text document or slides; save it as PDF, HTML or text")
    if "xl/workbook.bin" in names:
        raise refusal(name, "the file is a binary workbook; save it as XLSX")
    if "xl/workbook.xml" in names:
        _check_cells(name, parts, names)
    elif "content.xml" not in names:
        raise refusal(name, "the file is an archive and no workbook; unpack it first")


def _check_cells(name: str, parts: zipfile.ZipFile, names: set[str]) -> None:
    problems = []
    for sheet, part in _sheets(parts).items():
        if part not in names:
            continue
        data = parts.read(part)
        if _extent(data) > MOST_CELLS:
            raise refusal(name, f"the cells of sheet `{sheet}` lie too far apart; delete the stray ones")
        for cell in _cells_without_value(data):
            message = f"cell {sheet}!{cell} holds a formula without its value; open and save the file"
            problems.append(Problem(name, 0, 0, f"{message} in a spreadsheet program"))
    if problems:
        raise DocumentError(problems[:_MOST_PROBLEMS])


def _sheets(parts: zipfile.ZipFile) -> dict[str, str]:
    """Map the names of sheets to the parts that hold them."""
    try:
        relations = parts.read("xl/_rels/workbook.xml.rels")
    except KeyError:
        return {}
    targets = {entry["Id"]: entry["Target"] for entry in _entries(_RELATION, relations) if "Id" in entry}
    sheets = {}
    for entry in _entries(_SHEET, parts.read("xl/workbook.xml")):
        target = targets.get(next((v for k, v in entry.items() if k.endswith(":id")), ""), "")
        sheets[entry.get("name", "")] = target.removeprefix("/") if target[:1] == "/" else f"xl/{target}"
    return sheets


def _entries(pattern: re.Pattern[bytes], data: bytes) -> list[dict[str, str]]:
    return [
        {
            key.decode(): html.unescape(value.decode(errors="replace"))
            for key, value in _ATTRIBUTES.findall(tag)
        }
        for tag in pattern.findall(data)
    ]


def _extent(data: bytes) -> int:
    """Count the cells of the smallest sheet that holds all cells."""
    found = set(_CELL.findall(data))
    columns = {letters for letters, _ in found}
    widest = max((sum(26**n * (sign - 64) for n, sign in enumerate(c[::-1])) for c in columns), default=0)
    return widest * max((int(row) for _, row in found), default=0)


def _cells_without_value(data: bytes) -> list[str]:
    """Name the cells with a formula that nobody has computed; an empty text is a value."""
    cells = (dict(_ATTRIBUTES.findall(tag)) for tag in _NO_VALUE.findall(data))
    return [cell.get(b"r", b"?").decode() for cell in cells if cell.get(b"t") != b"str"]


def refusal(name: str, message: str) -> DocumentError:
    """Say of a whole workbook why it is not read."""
    return DocumentError([Problem(name, 0, 0, message)])
