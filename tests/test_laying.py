"""The text of a source is laid out as its file is: lines, pages, cells, keys; what is cited is marked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import portfolio_sample as sample
from readson.documents import read_document
from readson.ingest.quotes import SourceText
from readson.laying import LONGEST, WEIGHT, Line, is_sheet, lay_out, split
from readson.passages import find_passages
from readson.results import Citation, Passage, SourceSheet

DOCUMENTS = Path(__file__).parent / "documents"


def source(name: str) -> SourceSheet:
    text = SourceText(read_document(DOCUMENTS / name)).words
    return SourceSheet("ds", name, "", name, "", text.words, form=text.form, places=text.places)


def cited(sheet: SourceSheet, quote: str, locator: str) -> Passage:
    """Find the words that a fact cites."""
    citation = Citation("s", "it is so", "stated", "ds", "", locator, quote)
    product = replace(sample.ordinary(), facts=sample.facts([citation]), charts=())
    (passage,) = find_passages(product, sheet)
    return passage


def pieces(line: Line) -> list[tuple[str, bool]]:
    return [(piece.text, bool(piece.passages)) for cell in line.cells for piece in cell]


def words(line: Line) -> str:
    return "\t".join("".join(piece.text for piece in cell) for cell in line.cells)


def labels(sheet: SourceSheet) -> list[str]:
    return [line.label for line in lay_out(sheet)]


def test_a_quote_over_two_lines_is_marked_without_its_indentation() -> None:
    sheet = sample.ordinary().sources[1]
    lines = lay_out(sheet)
    assert pieces(lines[5]) == [
        ("Die: 17 mm x 17 mm", True),
        (", ", False),
        ("flip-chip bonded to a four-layer", True),
    ]
    assert pieces(lines[6]) == [("     ", False), ("organic substrate", True)]
    assert [row.id for row in lines[5].rows] == ["1[a]", "1[b]", "1[c]", "1[f]", "10[a]", "21[a]"]
    assert not lines[6].cited, "elements stand beside the line on which the words begin"
    assert "\n".join(map(words, lines)) + "\n" == sheet.text


def test_words_know_the_rows_that_rest_on_them_and_hold_the_anchor_of_their_passage() -> None:
    sheet = sample.ordinary().sources[1]
    (die, _, bonded) = (piece for cell in lay_out(sheet)[5].cells for piece in cell)
    assert [row.id for row in die.rows] == ["1[b]", "10[a]", "21[a]"]
    assert [p.anchor for p in sheet.passages if p.quote.startswith("Die")] == list(die.begins)
    assert not set(die.begins) & set(bonded.begins)


def test_passages_that_overlap_share_their_words() -> None:
    sheet = replace(sample.ordinary().sources[1], text="one two three\n")
    passages = tuple(cited(sheet, quote, "line 1") for quote in ("one two", "two three"))
    (line,) = lay_out(replace(sheet, passages=passages))
    assert [(p.text, len(p.passages), len(p.begins)) for p in line.cells[0]] == [
        ("one ", 1, 1),
        ("two", 2, 1),
        (" three", 1, 0),
    ]


def test_the_place_that_was_named_wins_over_the_first_match() -> None:
    sheet = replace(sample.ordinary().sources[1], text="same words\n\nsame words\n")
    assert [cited(sheet, "same words", f"line {n}").line for n in (1, 3)] == [1, 3]
    assert cited(sheet, "same words", "line 3, second column").line == 3
    assert cited(sheet, "same words", "line 30").line == 1, "line 3 is not line 30"
    bom = source("hl16-bom.xlsx")
    found = [cited(bom, "silicon", f"cell {place}").start for place in ("BOM!E6", "BOM!E8", "E8")]
    assert found[0] < found[1] == found[2]


def test_words_that_are_not_found_stand_at_the_place_that_was_named() -> None:
    sheet = replace(sample.ordinary().sources[1], text="one\ntwo\n")
    lost = cited(sheet, "three", "line 2")
    assert (lost.line, lost.start, lost.end) == (2, 4, 4)
    assert [line.spots for line in lay_out(replace(sheet, passages=(lost,)))] == [(), (lost.anchor,)]
    assert cited(sheet, "three", "page 9").line == 0


def test_text_has_the_numbers_of_its_lines() -> None:
    assert not source("hl16-note.txt").places
    assert labels(source("hl16-note.txt"))[:3] == ["1", "2", "3"]


def test_a_page_of_the_web_has_the_numbers_of_the_lines_of_its_file() -> None:
    assert labels(source("nv220-package.html"))[:4] == ["12", "13", "14", "18"]


def test_the_pages_of_a_pdf_begin_with_their_number() -> None:
    headings = [line.heading for line in lay_out(source("tk410-data-sheet.pdf")) if line.heading]
    assert headings == ["Page 1", "Page 2"]


def test_a_workbook_is_rows_of_cells_under_the_names_of_its_sheets() -> None:
    sheet = source("hl16-bom.xlsx")
    lines = lay_out(sheet)
    assert is_sheet(sheet) and not is_sheet(source("hl16-note.txt"))
    assert [line.heading for line in lines if line.heading] == ["Sheet BOM", "Sheet Assembly notes"]
    row = next(line for line in lines if words(line).startswith("1\tLOG-02"))
    assert (row.label, [len(cell) for cell in row.cells]) == ("6", [1, 1, 1, 1, 1, 1])


def test_cited_data_stand_beside_their_pointer() -> None:
    sheet = source("rm7-supplier.json")
    passage = cited(sheet, '"pkgType": "FCCSP"', "/pkgType")
    lines = lay_out(replace(sheet, passages=(passage,)))
    assert [line.place for line in lines if line.cited] == ["/pkgType"]
    assert {line.place for line in lines if not line.cited} == {""}


def test_a_long_text_goes_over_several_pages_and_none_is_heavy() -> None:
    sheet = replace(sample.ordinary().sources[1], text="a line of some words\n" * 4000, passages=())
    pages = split(lay_out(sheet), lambda line: line.weight)
    assert len(pages) > 2
    assert all(sum(line.weight for line in page) <= WEIGHT for page in pages)
    assert [line.number for page in pages for line in page] == list(range(1, 4001))


def test_a_line_without_end_is_cut_and_a_quote_in_it_is_still_marked() -> None:
    text = "x " * LONGEST + "the words that count" + " y" * LONGEST
    sheet = replace(sample.ordinary().sources[1], text=text)
    passage = cited(sheet, "the words that count", "line 1")
    lines = lay_out(replace(sheet, passages=(passage,)))
    assert len(lines) > 4 and [line.number for line in lines if line.number] == [1]
    assert "".join(map(words, lines)) == text
    marked = [piece.text for line in lines for cell in line.cells for piece in cell if piece.passages]
    assert "".join(marked) == passage.quote


def test_nothing_to_show_is_one_empty_page() -> None:
    assert split([], lambda line: 1) == [[]]
