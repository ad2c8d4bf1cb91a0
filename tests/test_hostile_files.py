"""Files that are broken, locked or harmful are refused with their name and place, and nothing is written."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fpdf import FPDF
from fpdf.enums import AccessPermission
from openpyxl import Workbook

from readson.cli import main

SOUND = "A copper lid lies over the die.\n"
LEVELS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def locked() -> bytes:
    sheet = FPDF()
    sheet.set_encryption(owner_password="owner", user_password="user", permissions=AccessPermission.none())
    sheet.add_page()
    sheet.set_font("helvetica", size=10)
    sheet.cell(0, 5, "The die is bare.")
    return bytes(sheet.output())


def formulas() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "BOM"
    for row in (("Item", "Qty"), ("lid", "=1+1")):
        sheet.append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def bomb() -> bytes:
    """Make a workbook that unpacks to more than a hundred megabytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", bytes(100_000_001))
    return packed.getvalue()


# Name of the file, what it holds, and what the program says of it after the name.
HOSTILE = {
    "a PDF that is broken": ("a.pdf", b"%PDF-1.7\n1 0 obj\nno object", ": the PDF is broken; get it again"),
    "a PDF that is locked": ("a.pdf", locked(), ": the PDF is encrypted; save it without a password"),
    "a file that is empty": ("a.txt", b"", ": the file is empty"),
    "text in no known encoding": ("a.txt", b"A lid.\n5 \xc2\xb5m \xff", ":2:1: not UTF-8"),
    "a page that breaks its encoding": (
        "a.html",
        b'<meta charset="utf-8">\n<p>\xc2\xb5m \xff',
        ":2:1: not UTF-8",
    ),
    "entities that grow": (
        "a.xml",
        f"<!DOCTYPE a [{LEVELS}]><a>&l9;</a>".encode(),
        ":1:13: a document type is not read",
    ),
    "a workbook that grows": ("a.xlsx", bomb(), ": more than 100 MB when unpacked"),
    "a workbook that is cut": ("a.xlsx", formulas()[:-200], ": the file is broken; get it again"),
    "a formula without its value": ("a.xlsx", formulas(), ": cell BOM!B2 holds a formula without its value"),
    "tags that make objects": ("a.yaml", b"die:\n  size: !!python/name:os.system x\n", ":2:9: the tag `"),
    "aliases that grow": ("a.yaml", b"a: &x [1, 1]\nb: [*x, *x]\n", ":1:4: the anchor `&x` is not read"),
    "levels without end": (
        "a.json",
        json.dumps("[").strip('"').encode() * 5000,
        ":1:102: more than 100 levels deep",
    ),
    "a picture": ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(40), ": the file is a picture"),
}


def readson(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], prog_name="readson")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Give a folder with a sound text and an earlier description, which stay as they are."""
    (tmp_path / "out").mkdir()
    before = {tmp_path / "sound.txt": SOUND, tmp_path / "out/keep.txt": "mine"}
    for path, text in before.items():
        path.write_text(text, "utf-8")
    yield tmp_path
    assert {path: path.read_text("utf-8") for path in before} == before
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["keep.txt"]


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_named_and_nothing_is_written(case: str, folder: Path) -> None:
    name, data, says = HOSTILE[case]
    (folder / name).write_bytes(data)
    result = readson("read", folder / "sound.txt", folder / name, "-o", folder / "out" / "product.yaml")
    assert result.exit_code == 2, result.output
    assert f"{folder / name}{says}" in result.stderr or f"{name}{says}" in result.stderr
    assert result.stderr.endswith("nothing was written.\n") and result.stdout == ""
    assert "Traceback" not in result.stderr


def test_a_hostile_file_keeps_a_site_from_being_written(folder: Path) -> None:
    (folder / "a.pdf").write_bytes(locked())
    result = readson("check", folder / "sound.txt", folder / "a.pdf", "-o", folder / "out" / "site")
    assert result.exit_code == 2 and "a.pdf: the PDF is encrypted" in result.stderr


def test_all_hostile_files_are_named_at_once(folder: Path) -> None:
    files = []
    for number, (name, data, _) in enumerate(HOSTILE.values()):
        files.append(folder / f"{number}-{name}")
        files[-1].write_bytes(data)
    result = readson("read", *files, folder / "sound.txt", "-o", folder / "out" / "product.yaml")
    assert result.exit_code == 2
    assert not [path.name for path in files if f"{path.name}:" not in result.stderr]
    assert "sound.txt:" not in result.stderr


def test_what_is_sound_is_written_once_the_hostile_file_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "sound.txt").write_text(SOUND, "utf-8")
    result = readson("read", tmp_path / "sound.txt", "-o", tmp_path / "product.yaml")
    assert result.exit_code == 0 and "copper" in (tmp_path / "product.yaml").read_text("utf-8")
