"""PDF: text in the order of reading, a box for every character, cells of ruled tables as slices."""

from __future__ import annotations

from pathlib import Path

import pytest
from fpdf import FPDF
from fpdf.enums import AccessPermission

from reading import FILES, cells, check_spans, laid_out, problems, shown
from readson.documents import read_document_bytes
from readson.documents.model import Box, Document

SHEET = "tk410-data-sheet.pdf"


def printed(*texts: tuple[float, float, str]) -> bytes:
    """Print texts, each at its millimeters from the left and the top."""
    sheet = FPDF()
    sheet.add_page()
    sheet.set_font("helvetica", size=10)
    for left, top, text in texts:
        sheet.set_xy(left, top)
        sheet.cell(0, 5, text)
    return bytes(sheet.output())


def boxes(document: Document, words: str) -> list[Box | None]:
    start = document.text.index(words)
    return list(document.boxes[start : start + len(words)])


def test_a_data_sheet_is_read_column_by_column() -> None:
    document = shown(SHEET)
    assert document.form == "pdf"
    blocks = laid_out(document)
    assert blocks[1] == ("heading", "TK-410 network processor")
    assert [words for kind, words in blocks if kind == "heading"][1:5] == [
        "1 Description",
        "2 Features",
        "3 Assembly",
        "4 Limits",
    ]
    assert ("item", "Top surface of the heat spreader exposed") in blocks
    assert ("paragraph", "Moisture sensitivity: level 3") in blocks


def test_a_hyphen_at_the_end_of_a_line_and_the_line_itself_are_kept() -> None:
    assert "is\ntrans-\nferred under the die" in shown(SHEET).text


def test_heads_and_feet_are_blocks_of_their_own() -> None:
    words = [words for _, words in laid_out(shown(SHEET))]
    assert words.count("TK-410 data sheet, revision 2.1") == 2
    assert "Tarnkappe Semiconductor page 2 of 2" in words


def test_cells_of_a_ruled_table_are_slices_of_the_text() -> None:
    document = shown(SHEET)
    assert cells(document)[0] == ["Part", "Material", "Size", "Thickness"]
    assert cells(document)[2] == ["Heat spreader", "Copper, nickel plated", "30.0 mm x 30.0 mm", "0.50 mm"]
    assert document.tables[0].headers == 1
    cell = document.tables[0].rows[3][3]
    assert document.words(cell) == "60 µm" and document.place(cell.start).text == "2"
    assert not [words for _, words in laid_out(document) if "nickel plated" in words]


def test_of_a_damaged_file_the_text_is_read_though_its_tables_cannot_be() -> None:
    data = (FILES / SHEET).read_bytes().replace(b"/MediaBox [0 0", b"/MediaBox [0 /")
    document = read_document_bytes(SHEET, data)
    assert not document.tables
    assert "Adhesive\tSilicone filled with alumina\t12.4 mm x 11.8 mm\t60 µm" in document.text


def test_every_character_has_its_page_and_box() -> None:
    document = shown(SHEET)
    check_spans(document)
    assert len(document.boxes) == len(document.text)
    for sign, box in zip(document.text, document.boxes, strict=True):
        assert (box is None) == sign.isspace()
    assert [(place.key, place.text) for place in document.places] == [("page", "1"), ("page", "2")]
    left, right = boxes(document, "Description")[0], boxes(document, "Assembly")[0]
    assert left and right and left.page == right.page == 1
    assert left.right < right.left and abs(left.top - right.top) < 1
    (below,) = {box.page for box in boxes(document, "Ordering") if box}
    assert below == 2


LEFT = (
    "The die is bonded to the substrate",
    "with solder bumps and enclosed by",
    "mold compound that fills the gap",
)
RIGHT = (
    "A spreader of copper lies on the die",
    "and is attached with an adhesive, so",
    "that its upper side is exposed.",
)


def test_columns_that_are_printed_line_by_line_are_read_one_after_the_other() -> None:
    texts = [(20.0, 40.0 + 5 * n, text) for n, text in enumerate(LEFT)]
    texts += [(110.0, 40.0 + 5 * n, text) for n, text in enumerate(RIGHT)]
    texts.sort(key=lambda text: (text[1], text[0]))
    wide = "A line that is printed across both columns parts what stands above it from what stands below."
    document = read_document_bytes("a.pdf", printed((20, 30, wide), *texts))
    assert [words for _, words in laid_out(document)] == [wide, " ".join(LEFT), " ".join(RIGHT)]


def test_a_table_without_lines_is_read_row_by_row() -> None:
    rows = [("Die", "8.0 mm"), ("Lid", "12.0 mm"), ("Substrate", "17.0 mm"), ("Bumps", "65 um")]
    texts = [(20.0 + 60 * n, 40.0 + 5 * m, text) for m, row in enumerate(rows) for n, text in enumerate(row)]
    document = read_document_bytes("a.pdf", printed(*texts))
    assert document.text.split("\n") == ["\t".join(row) for row in rows]


def test_a_raised_exponent_stays_raised() -> None:
    sheet = FPDF()
    sheet.add_page()
    sheet.set_font("helvetica", size=11)
    for text, position in (("pumped to 10", "LINE"), ("-3", "SUP"), (" Torr", "LINE")):
        sheet.char_vpos = position
        sheet.write(5, text)
    assert read_document_bytes("a.pdf", bytes(sheet.output())).text == "pumped to 10⁻³ Torr"


def locked(user: str) -> bytes:
    sheet = FPDF()
    sheet.set_encryption(owner_password="owner", user_password=user, permissions=AccessPermission.none())
    sheet.add_page()
    sheet.set_font("helvetica", size=10)
    sheet.cell(0, 5, "The die is bare.")
    return bytes(sheet.output())


def test_a_pdf_that_may_only_not_be_changed_is_read() -> None:
    assert read_document_bytes("a.pdf", locked("")).text == "The die is bare."


@pytest.mark.parametrize(
    "data,says",
    [
        (locked("secret"), "a.pdf: the PDF is encrypted; save it without a password"),
        (b"%PDF-1.7\n1 0 obj\nno object", "a.pdf: the PDF is broken; get it again"),
        (printed(), "a.pdf: the PDF holds no text, only pictures"),
    ],
    ids=["encrypted", "broken", "scanned"],
)
def test_a_pdf_without_text_to_read_is_refused(data: bytes, says: str) -> None:
    assert says in problems("a.pdf", data)


def test_a_pdf_is_told_by_its_content_and_read_alike_each_time() -> None:
    data = (FILES / SHEET).read_bytes()
    first, second = (read_document_bytes("a.txt", data) for _ in range(2))
    assert first == second and first.form == "pdf"


def test_the_data_sheet_among_the_fixtures_is_what_its_script_makes(tmp_path: Path) -> None:
    from documents.make_data_sheet import make

    make(tmp_path / SHEET)
    assert read_document_bytes(SHEET, (tmp_path / SHEET).read_bytes()).text == shown(SHEET).text
