"""Documents: what their text is, how it is laid out, and where each character of it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import cells, check_spans, laid_out, problems, read
from readson.documents import LARGEST, read_document, read_document_bytes
from readson.errors import DocumentError

# Running text


def test_a_paragraph_broken_at_a_width_stays_one() -> None:
    text = (
        "The die is bonded to the substrate with solder\nbumps, and the gap is filled with mold\ncompound.\n"
    )
    assert laid_out(read(text)) == [("paragraph", " ".join(text.split()))]


def test_a_line_with_a_key_is_not_glued_to_what_follows() -> None:
    document = read("Underfill: none\nThe lid is of copper and stands over the die.\n")
    assert laid_out(document) == [
        ("paragraph", "Underfill: none"),
        ("paragraph", "The lid is of copper and stands over the die."),
    ]


def test_a_key_whose_value_goes_on_is_not_cut() -> None:
    text = "Description: a package in which a copper lid is set over the die and\nis attached with adhesive."
    assert laid_out(read(text)) == [("paragraph", " ".join(text.split()))]


def test_lines_that_leave_room_for_more_are_blocks_of_their_own() -> None:
    text = "Copper pillars with a solder cap, an organic substrate\n50 um pitch\nNo underfill\nExposed lid"
    assert [words for _, words in laid_out(read(text))] == text.split("\n")


def test_a_line_that_ends_open_goes_on_in_the_next() -> None:
    text = "The cavity is pumped to a pressure of\n20 Torr\nwhile the mold is closed and compound flows in."
    assert laid_out(read(text)) == [("paragraph", " ".join(text.split()))]


@pytest.mark.parametrize(
    "text,rank,words",
    [
        ("# Package #\n\ntext here", 1, "Package"),
        ("### Package\ntext here", 3, "Package"),
        ("Package\n=======\n\ntext here", 1, "Package"),
        ("Package\n---\ntext here", 2, "Package"),
        ("PACKAGE OUTLINE\nThe package is small.", 1, "PACKAGE OUTLINE"),
        ("2.1 Assembly flow\n\nThe die is placed.", 2, "2.1 Assembly flow"),
        ("3. Package\n\nThe die is placed.", 1, "3. Package"),
    ],
)
def test_headings_are_told_by_signs_capitals_and_numbers(text: str, rank: int, words: str) -> None:
    document = read(text)
    first = document.blocks[0]
    assert (first.kind, first.level, document.words(first.span)) == ("heading", rank, words)
    assert [block.kind for block in document.blocks] == ["heading", "paragraph"]


@pytest.mark.parametrize(
    "text", ["1. Place the die\n\n2. Reflow the bumps\n\n3. Mold", "8 mm x 8 mm\n\nis the size.", "2 Torr"]
)
def test_steps_and_quantities_are_no_headings(text: str) -> None:
    assert "heading" not in [block.kind for block in read(text).blocks]


def test_items_are_told_by_bullets_numbers_and_letters_and_nest() -> None:
    steps = "1. place\n   a) heat\n   b) press\n2. mold\n\n145. cure\n\n1.1 Grind the wafer."
    document = read("- die\n  * bumps\n- lid\n\n" + steps)
    assert [(block.kind, block.level, document.words(block.span)) for block in document.blocks] == [
        ("item", 0, "die"),
        ("item", 1, "bumps"),
        ("item", 0, "lid"),
        ("item", 0, "place"),
        ("item", 1, "heat"),
        ("item", 1, "press"),
        ("item", 0, "mold"),
        ("item", 0, "cure"),
        ("item", 0, "Grind the wafer."),
    ]


def test_a_number_at_the_start_of_a_broken_line_begins_no_item() -> None:
    text = "The chip is shown in cross section, with the lid, in figure\n3. The lid is attached to the chip."
    assert [kind for kind, _ in laid_out(read(text))] == ["paragraph"]


def test_a_table_of_pipes_has_cells_without_blanks_and_keeps_lists_whole() -> None:
    text = (
        "Table 1: parts\n\n| Part | Details |\n|---|:--:|\n"
        "| die | <ul><li>Material : Silicon</li><li>Size : 8 mm</li></ul> |\n| lid | a \\| b |\n\nEnd."
    )
    document = read(text)
    assert document.form == "markdown"
    assert cells(document) == [
        ["Part", "Details"],
        ["die", "<ul><li>Material : Silicon</li><li>Size : 8 mm</li></ul>"],
        ["lid", "a \\| b"],
    ]
    assert document.tables[0].headers == 1 and document.tables[0].caption == "Table 1: parts"
    assert laid_out(document)[-1] == ("paragraph", "End.")


# Places


LINES = st.text(st.sampled_from("ab Zµ°–1.:#-|=*()\t"), max_size=30)


@given(st.lists(LINES, min_size=1, max_size=12), st.sampled_from(["\n", "\r\n", "\r"]))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_each_line_keeps_its_number_and_its_byte(encoding: str, lines: list[str], end: str) -> None:
    lines = ["x", *lines, "y"]
    data = end.join(lines).encode(encoding)
    document = read_document_bytes("note.txt", data)
    check_spans(document)
    assert document.text == "\n".join(lines)
    assert [place.text for place in document.places] == [str(n + 1) for n in range(len(lines))]
    plain = "utf-16-le" if encoding == "utf-16" else "utf-8"
    for place, line in zip(document.places, lines, strict=True):
        raw = line.encode(plain)
        assert data[place.origin : place.origin + len(raw)] == raw


def test_windows_text_is_read_where_it_is_plausible() -> None:
    document = read_document_bytes("note.txt", "Spalt 5 µm ± 1 µm über dem Träger".encode("cp1252"))
    assert document.text == "Spalt 5 µm ± 1 µm über dem Träger"


# Refusals


@pytest.mark.parametrize(
    "name,data,says",
    [
        ("a.txt", b"", "a.txt: the file is empty"),
        ("a.txt", b" \n\t\n", "a.txt: the file holds no text"),
        ("a.txt", b"one\ntwo\0", "a.txt:2:1: the character U+0000 stands in no text"),
        ("a.txt", b"one\n\xc2\xb5m \xff", "a.txt:2:1: not UTF-8"),
        ("a.txt", "チップは基板に接合".encode("shift_jis"), "a.txt:1:1: not UTF-8"),
        ("a.txt", b"\xff\xfea\x00\x00\xd8", "not UTF-16-LE as its mark says"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "a.png: the file is a picture"),
        ("a.txt", b"x" * (LARGEST + 1), "a.txt: more than 20 MB; split the file"),
    ],
    ids=["empty", "blank", "nul", "broken", "japanese", "utf-16", "picture", "large"],
)
def test_what_is_no_text_is_refused_with_its_place(name: str, data: bytes, says: str) -> None:
    assert says in problems(name, data)


def test_a_file_that_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"none\.txt: cannot be read: No such file"):
        read_document(tmp_path / "none.txt")
    with pytest.raises(DocumentError, match="cannot be read"):
        read_document(tmp_path)


# Recognition


@pytest.mark.parametrize(
    "name,text,form",
    [
        ("a", "The die is bonded.", "text"),
        ("a", "# Title\n\nThe die.", "markdown"),
        ("a.ttl", "@prefix a: <https://example.org/> .\na:b a a:c .", "rdf"),
        ("a.txt", '# a comment\n<https://example.org/a> <https://example.org/b> "c" .', "rdf"),
        ("a.json", '{"@context": {}, "@id": "x"}', "rdf"),
        ("a", '{"die": 1}\n{"die": 2}\n', "json"),
        ("a", "[1, 2] show that the die is bare.", "text"),
        ("a", "[0012] The die is bare.", "text"),
        ("a", "<U>Package</U>\nThe die is bare.", "text"),
        ("a", "<parts><die>bare</die></parts>\n", "xml"),
        ("a", "<p>The die is <b>bare</b>.", "html"),
        ("a.txt", "<!-- ours --><MainDeclaration><Product/></MainDeclaration>", "ipc-1752a"),
        ("a.xml", "<?xml version='1.0'?><html><p>The die.</p></html>", "html"),
        ("a.txt", "die: bare\nlid: none\n", "text"),
        ("a.yml", "die: bare\nlid: none\n", "yaml"),
        ("a", "---\ndie: bare\n", "yaml"),
        ("a.yaml", "product: X\nparts:\n  die: {kind: chip}\n", "description"),
        ("a", "# ours\nproduct: X\nsources: {}\nprocess:\n- mold\n", "description"),
        ("a.txt", "product: X is new.\nIt has many parts: a die and a lid.", "text"),
    ],
)
def test_the_form_is_told_by_the_content(name: str, text: str, form: str) -> None:
    assert read(text, name).form == form
