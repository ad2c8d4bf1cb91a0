"""Tables in CSV and in workbooks: cells with their names, and the byte of each where the file has one."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from reading import FILES, cells, check_spans, laid_out, problems, read, runs, shown
from readson.documents import read_document_bytes

# CSV


def test_a_sheet_with_decimal_commas_is_read_by_its_semicolons() -> None:
    document = shown("hl16-layers.csv")
    assert document.form == "csv"
    assert cells(document)[1] == ["Deckel; oben offen", "Kupfer, vernickelt", "300,0", "12,5"]
    assert cells(document)[2][1] == 'Silikon "TC-4"'
    assert cells(document)[5][1] == "Laminat 4 Lagen"
    assert document.tables[0].headers == 1
    place = document.place(document.tables[0].rows[2][1].start)
    assert (place.key, place.text) == ("cell", "B3")


@pytest.mark.parametrize(
    "name,text,first",
    [
        ("a.csv", "a,b\n1,2\n", ["a", "b"]),
        ("a.csv", "a;b\n1,5;2,5\n3,5;4,5\n", ["a", "b"]),
        ("a.tsv", "a, x\tb\n1\t2\n", ["a, x", "b"]),
        ("a.csv", "sep=|\na|b;c\n1|2\n", ["a", "b;c"]),
        ("a.csv", "part\ndie\nlid", None),
        ("a", "part,qty,size\ndie,1,8\nlid,1,12\n", ["part", "qty", "size"]),
        ("a", "part\tqty\ndie\t1\nlid\t1\n", ["part", "qty"]),
    ],
)
def test_the_delimiter_is_the_one_that_stands_in_all_rows(
    name: str, text: str, first: list[str] | None
) -> None:
    document = read(text, name)
    assert document.form == "csv"
    assert first is None or cells(document)[0] == first


def test_sentences_with_commas_are_no_table() -> None:
    text = "A die, a lid, a wire.\nA bump, a ball, a pad.\nA gap, a mold, a step."
    assert read(text, "a").form == "text"


def test_lone_cells_above_a_table_are_running_text_and_empty_rows_part_tables() -> None:
    document = read("Parts of X\n\na,b,c\nx,1,2\n,,\nd,e,f\ny,3,4\n", "a.csv")
    assert laid_out(document) == [("paragraph", "Parts of X")]
    assert [cells(document, n)[0] for n in range(len(document.tables))] == [["a", "b", "c"], ["d", "e", "f"]]


WORDS = st.text('ab,;"\n µ1', max_size=5)
ROWS = st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=2, max_size=5)


@given(
    ROWS,
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-16"]),
)
def test_any_table_keeps_its_cells_and_bytes(
    rows: list[list[str]], sign: str, end: str, encoding: str
) -> None:
    rows = [["x", "y", "z"], *rows]
    out = io.StringIO()
    csv.writer(out, delimiter=sign, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    data = out.getvalue().encode(encoding)
    document = read_document_bytes("a.csv", data)
    check_spans(document)
    lines = document.text.split("\n")[:-1]
    assert [line.split("\t") for line in lines] == [
        [cell.replace("\n", " ") if cell.strip() else "" for cell in row] for row in rows
    ]
    for place, run in runs(document):
        plain = "utf-16-le" if encoding == "utf-16" else "utf-8"
        source = data[place.origin :].decode(plain).replace("\n", " ")
        assert source.startswith(run.rstrip("\n\t")), (place, run)


def test_a_quotation_mark_that_is_not_closed_is_refused() -> None:
    assert "a.csv:2:3: the quotation mark is not closed" in problems("a.csv", b'a,b\n1,"2\n3,4\n')


# Workbooks


def book(*rows: tuple[object, ...], title: str = "BOM") -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def test_a_bill_of_material_is_read_sheet_by_sheet() -> None:
    document = shown("hl16-bom.xlsx")
    check_spans(document)
    assert document.form == "xlsx"
    assert laid_out(document) == [
        ("heading", "BOM"),
        ("paragraph", "Bill of material HL-16, revision C"),
        ("heading", "Assembly notes"),
    ]
    assert cells(document)[4] == ["2", "BMP-65", "solder bumps, pitch 150 um", "1104", "SnAg", ""]
    assert document.place(document.tables[0].rows[4][2].start).text == "BOM!C7"
    assert cells(document, 1)[-1] == ["Lead-free", "TRUE"]
    assert document.place(document.tables[1].rows[1][1].start).text == "'Assembly notes'!B2"


def test_merged_cells_stand_in_each_of_their_places() -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (("part", "layer", "um"), ("die", "top", 5), (None, "bottom", 7.25)):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    assert cells(read_document_bytes("a.xlsx", saved(workbook)))[2] == ["die", "bottom", "7.25"]


def test_a_workbook_is_told_by_its_content() -> None:
    assert read_document_bytes("a.csv", book(("a", "b"))).form == "xlsx"


def test_open_document_sheets_are_read() -> None:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Parts">'
        f"<table:table-row>{cell.format('lid')}{cell.format('copper')}</table:table-row>"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0"/>'
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    document = read_document_bytes(
        "a.ods",
        archive(
            {"mimetype": kind, "META-INF/manifest.xml": manifest.encode(), "content.xml": content.encode()}
        ),
    )
    assert cells(document) == [["lid", "copper"]]
    assert document.place(document.text.index("copper")).text == "Parts!B1"


def test_formulas_without_a_value_are_named_together() -> None:
    said = problems("a.xlsx", book(("a", "b"), ("=1+1", 2), ("=A2", '=B2&""')))
    assert [line.split(";")[0] for line in said.split("\n")] == [
        f"a.xlsx: cell BOM!{cell} holds a formula without its value" for cell in ("A2", "A3", "B3")
    ]


def test_cells_far_apart_are_refused_before_they_fill_the_memory() -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "a", "b"
    assert "the cells of sheet `Sheet` lie too far apart" in problems("a.xlsx", saved(workbook))


def lying(data: bytes) -> bytes:
    """Change what an archive says of the size of its first part."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        size = file.infolist()[0].file_size
    return data.replace(size.to_bytes(4, "little"), (7).to_bytes(4, "little"))


@pytest.mark.parametrize(
    "data,says",
    [
        (archive({"xl/workbook.xml": bytes(100_000_001)}), "more than 100 MB when unpacked"),
        (lying(archive({"xl/workbook.xml": bytes(70_000)})), "the file is broken"),
        (archive({"word/document.xml": b"<a/>"}), "save it as PDF, HTML or text"),
        (archive({"xl/workbook.bin": b"a"}), "save it as XLSX"),
        (archive({"a.txt": b"a"}), "no workbook; unpack it first"),
        (archive({"xl/workbook.xml": b"<workbook/>"}), "no workbook that can be read"),
        (book(("a",))[:-200], "the file is broken; get it again"),
        (book(("a",))[30:], "not UTF-8"),
        (book(("a",)).replace(b"\x00\x00\x00\x08\x00", b"\x00\x00\x00\x08\x00\xff", 1), "the file is broken"),
        (book(), "the file holds no text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "no workbook that can be read"),
    ],
    ids=[
        "bomb",
        "lying",
        "word",
        "binary",
        "zip",
        "bare",
        "cut",
        "headless",
        "shifted",
        "blank",
        "encrypted",
        "ole",
    ],
)
def test_workbooks_that_cannot_be_read_in_full_are_refused(data: bytes, says: str) -> None:
    assert says in problems("a.xlsx", data)


def test_the_workbook_among_the_fixtures_is_what_its_script_makes(tmp_path: Path) -> None:
    from documents.make_workbook import make

    make(tmp_path / "a.xlsx")
    made = read_document_bytes("hl16-bom.xlsx", (tmp_path / "a.xlsx").read_bytes())
    assert made.text == shown("hl16-bom.xlsx").text and FILES.is_dir()
