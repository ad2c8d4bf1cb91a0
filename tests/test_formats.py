"""Charts as files: opened again by other programs, they hold every row, its words and its verdict."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pypdfium2
import pytest
from click.testing import CliRunner, Result
from docx import Document
from docx.oxml.ns import qn

import portfolio_sample as sample
import readson
from readson.cli import main
from readson.errors import UsageError
from readson.formats.cells import Cover
from readson.formats.columns import HEADS
from readson.formats.csv_file import FORMULA, csv_bytes
from readson.formats.markdown import markdown_text
from readson.formats.sheets import sheets_bytes
from readson.formats.word import bookmark, word_bytes
from readson.formats.word_parts import STYLES, Picture
from readson.printing import BROWSERS, find_browser, margins, print_charts
from readson.results import Portfolio, Row
from readson.results.records import load

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = ROOT / "data/products/conflicting-sources"
COVER = Cover("November 27, 2026", "DRAFT - ATTORNEY WORK PRODUCT")
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x.example")')
BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_browser = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium (apt-get install chromium)")
needs_office = pytest.mark.skipif(
    OFFICE is None, reason="there is no LibreOffice (apt-get install libreoffice-writer libreoffice-calc)"
)


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    return readson.check(PRODUCT, claims=[1, 2, 9])


@pytest.fixture(scope="module")
def hostile() -> Portfolio:
    """The sample, with a product whose texts look like formulas beside the one that looks like markup."""
    sheet = sample.ordinary()
    rows = [replace(row, text=FORMULAS[n % len(FORMULAS)]) for n, row in enumerate(sheet.charts[0].rows)]
    formulas = replace(sheet, slug="=x", title="=1+1", charts=(replace(sheet.charts[0], rows=tuple(rows)),))
    return replace(sample.portfolio(), products=(*sample.portfolio().products, sample.collect(formulas)))


def rows(portfolio: Portfolio) -> list[Row]:
    return [row for product in portfolio.products for chart in product.charts for row in chart.rows]


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["chart", *map(str, arguments)], prog_name="readson")


# CSV


def records(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_holds_every_row_under_its_key(portfolio: Portfolio) -> None:
    found = records(csv_bytes(portfolio))
    assert [(r["Row"], r["Claim language"], r["Verdict"]) for r in found] == [
        (row.key, row.text, row.verdict.label) for row in rows(portfolio)
    ]


def test_csv_is_as_rfc_4180_wants_it(portfolio: Portfolio) -> None:
    content = csv_bytes(portfolio)
    assert content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n")
    lines = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    assert {len(line) for line in lines} == {len(HEADS)}


def test_no_csv_cell_begins_as_a_formula(hostile: Portfolio) -> None:
    cells = [cell for record in records(csv_bytes(hostile)) for cell in record.values()]
    assert not [cell for cell in cells if cell.startswith(FORMULA)]
    assert {f"'{text}" for text in FORMULAS if text[0] != "\t"} <= set(cells)


def test_csv_names_quote_source_and_place(portfolio: Portfolio) -> None:
    row = next(r for r in records(csv_bytes(portfolio)) if r["Row"] == "conflicting-sources/1/1e")
    assert re.search(r"“Caliper: 12.5 mm x 12.5 mm” \(Lab report 6-0417, line \d+\)", row["Against"])


# Excel


@pytest.fixture(scope="module")
def workbook(portfolio: Portfolio) -> Any:
    return openpyxl.load_workbook(BytesIO(sheets_bytes(portfolio, COVER)))


def test_the_matrix_has_a_verdict_for_every_product_and_claim(workbook: Any, portfolio: Portfolio) -> None:
    head, *lines = workbook["Matrix"].iter_rows(values_only=True)
    assert head == ("Product", "Claim 1", "Claim 2", "Claim 9")
    assert lines == [
        (p.title, *(f"{c.verdict.symbol} {c.verdict.label}" for c in p.charts)) for p in portfolio.products
    ]


def test_a_cell_of_the_matrix_leads_to_the_first_row_of_its_chart(workbook: Any) -> None:
    for place, claim in enumerate((1, 2, 9), 2):
        target = workbook["Matrix"].cell(2, place).hyperlink.location
        sheet, cell = target.replace("'", "").split("!")
        assert workbook[sheet][cell].value == f"conflicting-sources/{claim}/1pre".replace(
            "/9/1pre", "/9/9pre"
        )


def test_the_sheet_of_charts_holds_every_row_under_its_key(workbook: Any, portfolio: Portfolio) -> None:
    head, *lines = workbook["Charts"].iter_rows(values_only=True)
    assert head == HEADS
    assert [(line[0], line[5], line[6]) for line in lines] == [
        (row.key, row.text, row.verdict.label) for row in rows(portfolio)
    ]


def test_statements_that_a_row_rests_on_stand_in_their_sheet(workbook: Any) -> None:
    known = {line[1] for line in workbook["Statements"].iter_rows(min_row=2, values_only=True)}
    at = HEADS.index("Statements")
    used = {
        s
        for line in workbook["Charts"].iter_rows(min_row=2, values_only=True)
        for s in (line[at] or "").split()
    }
    stated = {s for s in used if s in known}
    assert len(stated) > 10 and len(known) > len(stated)


@pytest.mark.parametrize("name", ["Matrix", "Charts", "Sources", "Statements"])
def test_sheets_are_filtered_frozen_and_print_their_heads(name: str, workbook: Any) -> None:
    sheet = workbook[name]
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.freeze_panes and sheet.print_title_rows == "$1:$1"
    assert all(sheet.column_dimensions[c.column_letter].width > 5 for c in sheet[1])


def test_every_text_of_a_sheet_is_a_text(hostile: Portfolio) -> None:
    content = sheets_bytes(hostile, COVER)
    book = openpyxl.load_workbook(BytesIO(content))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert set(FORMULAS) <= {cell.value for cell in cells}
    with ZipFile(BytesIO(content)) as archive:
        assert not [n for n in archive.namelist() if b"<f>" in archive.read(n)]


# Word


@pytest.fixture(scope="module")
def written(portfolio: Portfolio) -> bytes:
    return word_bytes(portfolio, COVER)


@pytest.fixture(scope="module")
def word(written: bytes) -> Any:
    return Document(BytesIO(written))


def bookmarks(word: Any) -> list[str]:
    return [e.get(qn("w:name")) for e in word.element.iter(qn("w:bookmarkStart"))]


def charts(word: Any) -> Iterator[Any]:
    """Give the tables that chart a claim."""
    return (table for table in word.tables if table.rows[0].cells[0].text == "Claim language")


def test_every_row_has_its_bookmark(word: Any, portfolio: Portfolio) -> None:
    numbers = {product.slug: n for n, product in enumerate(portfolio.products, 1)}
    marks = [mark for mark in bookmarks(word) if mark.startswith("row_")]
    assert marks == [bookmark(row.key, numbers) for row in rows(portfolio)]
    assert all(re.fullmatch(r"[a-zA-Z]\w{0,39}", mark) for mark in bookmarks(word))


def test_references_and_links_lead_to_bookmarks(word: Any) -> None:
    fields = [e.get(qn("w:instr")) for e in word.element.iter(qn("w:fldSimple"))]
    targets = [f.split()[1] for f in fields] + [
        e.get(qn("w:anchor")) for e in word.element.iter(qn("w:hyperlink"))
    ]
    assert len(fields) >= 10 and set(targets) <= set(bookmarks(word))


def test_inherited_elements_refer_to_the_rows_of_the_parent(word: Any, portfolio: Portfolio) -> None:
    second = list(charts(word))[1]
    language, product, verdict = (
        "".join(text.text for text in cell._tc.iter(qn("w:t"))) for cell in second.rows[1].cells
    )
    assert language == "The elements of claim 1, which this claim incorporates."
    own = portfolio.products[0].chart(1)
    assert product.endswith(", ".join(row.id for row in own.rows))
    assert all(row.id in verdict for row in own.rows)
    assert len(second.rows) == 2 + sum(not row.repeats for row in portfolio.products[0].chart(2).rows)


def test_a_chart_shows_words_quotes_and_places(word: Any, portfolio: Portfolio) -> None:
    first = next(charts(word))
    shown = {row.cells[0].text.split("  ")[0]: [c.text for c in row.cells] for row in first.rows[1:]}
    for row in portfolio.products[0].chart(1).rows:
        language, product, verdict = shown[row.id]
        assert language == f"{row.id}  {row.text}"
        assert verdict.startswith(f"{row.verdict.symbol} {row.verdict.label}  {row.sentence}")
        assert all(c.quote in product and c.source_title in product for c in (*row.supporting, *row.refuting))


def test_no_cell_is_empty(word: Any) -> None:
    assert not [
        t.rows[0].cells[0].text for t in word.tables for r in t.rows for c in r.cells if not c.text.strip()
    ]


def test_silence_is_said_and_not_left_blank() -> None:
    sparse = readson.check(ROOT / "data/products/sparse-data-sheet", claims=[1])
    cells = [row.cells[1].text for row in next(charts(Document(BytesIO(word_bytes(sparse, Cover()))))).rows]
    assert any(cell.startswith("The description does not say whether ") for cell in cells)


def test_table_heads_repeat_and_rows_stay_whole(word: Any) -> None:
    for table in word.tables:
        head, *others = (row._tr.trPr for row in table.rows)
        assert head.find(qn("w:tblHeader")) is not None
        assert all(o.find(qn("w:cantSplit")) is not None for o in (head, *others))
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None


def test_header_title_and_language_are_set(word: Any) -> None:
    assert [p.text for p in word.sections[0].header.paragraphs] == [COVER.header]
    assert word.core_properties.title.startswith("Claim chart: ")
    assert word.core_properties.language == "en-US"
    texts = [p.text for p in word.paragraphs]
    assert COVER.date in texts and texts[0] == "Claim chart"
    assert [p.style.name for p in word.paragraphs[:2]] == ["Title", "Subtitle"]


def test_every_verdict_has_a_style_of_its_own(hostile: Portfolio) -> None:
    found = Document(BytesIO(word_bytes(hostile, Cover())))
    runs = [
        r for t in found.tables for row in t.rows for c in row.cells for p in c.paragraphs for r in p.runs
    ]
    styles = {r.style.name for r in runs if r.style.name.startswith("Verdict")}
    assert styles == {name for name in STYLES if name.startswith("Verdict")}


def test_the_users_template_gives_the_styles(portfolio: Portfolio, tmp_path: Path) -> None:
    template = Document(str(ROOT / "site/word/template.docx"))
    template.styles["Claim Language"].font.name = "Courier New"
    template.add_paragraph("Words of the template that are no part of a chart.")
    template.save(str(tmp_path / "mine.docx"))
    found = Document(BytesIO(word_bytes(portfolio, COVER, tmp_path / "mine.docx")))
    assert found.styles["Claim Language"].font.name == "Courier New"
    assert not [p for p in found.paragraphs if "Words of the template" in p.text]


def test_a_template_that_lacks_styles_is_refused_by_their_names(portfolio: Portfolio, tmp_path: Path) -> None:
    template = Document(str(ROOT / "site/word/template.docx"))
    for name in ("Pin Cite", "Claim Chart"):
        template.styles[name].delete()
    template.save(str(tmp_path / "poor.docx"))
    with pytest.raises(UsageError, match="lacks the styles Claim Chart, Pin Cite"):
        word_bytes(portfolio, COVER, tmp_path / "poor.docx")


def test_what_is_no_word_file_is_no_template(portfolio: Portfolio, tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_text("no")
    with pytest.raises(UsageError, match=r"is no Word file \(\.docx\)"):
        word_bytes(portfolio, COVER, tmp_path / "x.docx")
    with pytest.raises(UsageError, match="is no Word file"):
        word_bytes(portfolio, COVER, tmp_path / "missing.docx")


def test_a_picture_is_there_as_svg_and_png_with_its_words(portfolio: Portfolio) -> None:
    square = '<rect width="90" height="90"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100">{square}</svg>'
    picture = Picture.of(svg, "A die on a substrate.")
    content = word_bytes(portfolio, COVER, pictures={"conflicting-sources": picture})
    with ZipFile(BytesIO(content)) as archive:
        media = {Path(n).suffix: archive.read(n) for n in archive.namelist() if n.startswith("word/media/")}
        assert media[".svg"].decode() == svg and media[".png"].startswith(b"\x89PNG")
        assert b"image/svg+xml" in archive.read("[Content_Types].xml")
    (shape,) = Document(BytesIO(content)).inline_shapes
    assert shape._inline.docPr.get("descr") == "A die on a substrate."


def test_every_part_of_a_word_file_is_xml_that_parses(hostile: Portfolio) -> None:
    with ZipFile(BytesIO(word_bytes(hostile, Cover("<&>", '"&<x>\x07')))) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))


# Markdown


def test_markdown_tables_are_as_wide_as_their_heads(hostile: Portfolio) -> None:
    widths: set[int] = set()
    for line in markdown_text(hostile, COVER).split("\n"):
        if not line.startswith("|"):
            widths = set()
            continue
        widths.add(len(re.findall(r"(?<!\\)\|", line)))
        assert len(widths) == 1, line


def test_markdown_holds_every_row_under_its_key(portfolio: Portfolio) -> None:
    text = markdown_text(portfolio, COVER)
    assert re.findall(r'<a id="([^"]+)">', text) == [row.key for row in rows(portfolio)]
    links = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert links == {row.repeats for row in rows(portfolio) if row.repeats}


def test_markup_in_texts_stays_text(hostile: Portfolio) -> None:
    text = markdown_text(hostile, COVER)
    tags = set(re.findall(r"(?<!\\)<(/?\w+)", text))
    assert tags == {"a", "/a", "br"}


# All formats


@pytest.mark.parametrize("write", [sheets_bytes, word_bytes, markdown_text], ids=lambda w: w.__name__)
def test_the_same_results_give_the_same_bytes(write: Any, hostile: Portfolio) -> None:
    assert write(hostile, COVER) == write(hostile, COVER)


@pytest.mark.parametrize("form", ["docx", "xlsx", "csv", "md", "json", "ttl", "jsonld"])
def test_the_command_writes_each_format(form: str, tmp_path: Path) -> None:
    out = tmp_path / f"chart.{form}"
    done = call(PRODUCT, "--claims", "1", "-o", out)
    assert (done.exit_code, done.output) == (0, f"Charts: {out}\n")
    assert [p.name for p in tmp_path.iterdir()] == [out.name]
    assert str(tmp_path).encode() not in out.read_bytes() and str(ROOT).encode() not in out.read_bytes()


def test_json_is_what_check_returns(tmp_path: Path) -> None:
    call(PRODUCT, "--claims", "1,2", "-o", tmp_path / "x.json")
    assert load((tmp_path / "x.json").read_text("utf-8")) == readson.check(PRODUCT, claims=[1, 2])


def test_date_and_header_come_from_the_user_alone(tmp_path: Path) -> None:
    out = tmp_path / "x.md"
    call(PRODUCT, "--claims", "1", "-o", out, "--date", "2026-03-09", "--header", "PRIVILEGED & CONFIDENTIAL")
    text = out.read_text("utf-8")
    assert "**PRIVILEGED \\& CONFIDENTIAL**" in text and "March 9, 2026" in text
    call(PRODUCT, "--claims", "1", "-o", out)
    assert "2026" not in out.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-o", "chart.pages"), "does not end as a format does; name one with --format: docx, xlsx"),
        (("-o", "x.csv", "--date", "2026-01-01"), "csv has no place for a date or a header"),
        (("-o", "x.json", "--header", "DRAFT"), "json has no place for a date or a header"),
        (("-o", "x.xlsx", "--template", "t.docx"), "--template goes with docx"),
        (("-o", "x.docx", "--template", "t.docx"), "is no Word file"),
        (("-o", "missing/x.csv"), "missing"),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_is_written(
    arguments: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = call(PRODUCT, "--claims", "1", *arguments)
    assert done.exit_code == 2 and message in done.stderr
    assert not list(tmp_path.iterdir())


# Other programs


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_libreoffice_opens_the_file(form: str, portfolio: Portfolio, tmp_path: Path) -> None:
    content = word_bytes(portfolio, COVER) if form == "docx" else sheets_bytes(portfolio, COVER)
    (tmp_path / f"chart.{form}").write_bytes(content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / f"chart.{form}")], check=True, capture_output=True, timeout=120)
    text = pdf_text((tmp_path / "chart.pdf").read_bytes())
    assert "DRAFT - ATTORNEY WORK PRODUCT" in text and "VX-52 storage accelerator" in text
    assert "Reference source not found" not in text


def pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


@needs_browser
@pytest.mark.browser
def test_pdf_prints_every_chart_with_repeated_heads_and_no_address() -> None:
    charted = readson.check(PRODUCT, claims=[1])
    content = print_charts(charted, COVER)
    text = pdf_text(content)
    assert all(row.id in text and row.text.split()[-1] in text for row in rows(charted))
    assert text.count("Claim language") > 1, "the head stands on every page"
    assert text.count(COVER.header) == text.count(COVER.date) == len(pypdfium2.PdfDocument(content))
    assert b"file:" not in content and b"/URI" not in content
    assert print_charts(charted, COVER) == content


@needs_browser
@pytest.mark.browser
def test_several_charts_become_one_tagged_pdf_that_tells_each_element_once() -> None:
    charted = readson.check(PRODUCT, claims=[1, 4, 5])
    advanced: list[None] = []
    content = print_charts(charted, Cover(), lambda: advanced.append(None))
    whole, text = pypdfium2.PdfDocument(content), pdf_text(content)
    chapters = [mark.get_title() for mark in whole.get_toc() if mark.level == 0]
    assert chapters == [f"Claim {n} on VX-52 storage accelerator" for n in (1, 4, 5)]
    assert len(advanced) == 1 and b"/StructTreeRoot" in content
    assert text.count("See 1[d] on claim 1.") == 2
    assert text.count("Every term of the claim stands") == 3


@needs_browser
@pytest.mark.browser
def test_several_products_become_one_pdf() -> None:
    charted = readson.check(PRODUCT, PRODUCT.parent / "sparse-data-sheet", claims=[5])
    text = pdf_text(print_charts(charted, Cover(date="March 9, 2026")))
    assert len(re.findall("Claim 5 on", text)) == 2 and "March 9, 2026" in text


def test_a_header_stays_a_header_whatever_it_holds() -> None:
    hostile = '"; } body { display: none } </style>\n\\'
    styled = margins(Cover(header=hostile))
    assert styled.count("{") == margins(Cover()).count("{") and "<" not in styled
    assert "\\22 \\3b " in styled


def test_without_chromium_pdf_is_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="PDF needs Chromium"):
        find_browser()
