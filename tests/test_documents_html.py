"""HTML: what is visible is read, tags do not cut words, and each run keeps its line and byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import FILES, cells, check_origins, check_spans, laid_out, read, shown
from readson.documents import read_document_bytes


def page(body: str) -> str:
    return f"<!doctype html><body>{body}</body>"


def test_a_page_is_read_as_its_reader_sees_it() -> None:
    document = shown("nv220-package.html")
    assert document.form == "html"
    blocks = laid_out(document)
    assert ("heading", "NV-220 microcontroller in a plastic ball grid array") in blocks
    assert ("item", "The mold cavity is held below 10² Torr during transfer.") in blocks
    assert ("paragraph", "Lid: none") in blocks and ("paragraph", "All dimensions are nominal.") in blocks
    assert not [word for word in ("tracking", "Draft", "color", "| Novarra") if word in document.text]
    assert [block.level for block in document.blocks if block.kind == "item"] == [0, 0, 1, 0]


def test_tags_and_entities_do_not_cut_words() -> None:
    document = read(
        page("<p>ex<b>pos</b>ed&shy;ly 5&ndash;7&nbsp;&#181;m&micro;, AT&T, 10<sup>-3</sup> Torr"), "a.html"
    )
    assert document.text == "exposedly 5–7\u00a0µmµ, AT&T, 10⁻³ Torr"


def test_rows_and_columns_are_spanned() -> None:
    document = shown("nv220-package.html")
    table, terms = document.tables
    assert (table.headers, table.caption) == (1, "Table 1. Dimensions and materials")
    assert cells(document)[1] == ["Die", "Size", "5.2 mm × 4.8 mm", "Silicon"]
    assert cells(document)[2] == ["Die", "Thickness", "280 µm", "Silicon"]
    assert terms.headers == 0
    assert cells(document, 1)[1] == ["Underfill", "none"]


def test_a_table_that_lays_out_a_page_is_running_text() -> None:
    document = read(page("<table><tr><td>menu<td><h2>Die</h2>It is bare.</table>"), "a.html")
    assert not document.tables
    assert laid_out(document) == [("paragraph", "menu"), ("heading", "Die"), ("paragraph", "It is bare.")]


def test_a_table_within_a_table_is_read_and_the_outer_one_is_layout() -> None:
    document = read(page("<table><tr><td>x<table><tr><th>a<th>b<tr><td>1<td>2</table></table>"), "a.html")
    assert [cells(document, n) for n in range(len(document.tables))] == [[["a", "b"], ["1", "2"]]]


@pytest.mark.parametrize(
    "body,text",
    [
        ("a<!-- b -->c<script>d</script>e<template>f</template>", "ace"),
        ("<p hidden>a<p>b", "b"),
        ("<div style='display: none'>a<div>b</div>c</div>d", "d"),
        ("<p>a</p><p></p><br><p> b</p>", "a\nb"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("a &bogus; &#xb5; &lt;b&gt;", "a &bogus; µ <b>"),
        ("a<table><tr><td><td>b<tr><td>c</table>", "a\n\tb\nc"),
    ],
)
def test_text_is_what_is_visible(body: str, text: str) -> None:
    assert read(page(body), "a.html").text == text


def test_lines_and_bytes_of_a_page_are_kept() -> None:
    data = (FILES / "nv220-package.html").read_bytes()
    document = shown("nv220-package.html")
    check_spans(document)
    check_origins(document, data)
    start = document.text.index("No heat sink")
    assert document.place(start).text == str(data[: data.index(b"No heat sink")].count(b"\n") + 1)


TAGS = "p /p b /b br ul li /ul table tr td th /table h2 /h2 pre /pre sup /sup dl dt dd /dl"
WORDS = [
    "&micro;",
    "&lt;",
    "&T",
    "die",
    "µm ",
    "  ",
    "\n",
    "5",
    "-3",
    "&nbsp;",
    "\u00ad",
    "<i hidden>",
    "</i>",
    "<!---->",
]
PIECES = st.sampled_from([*(f"<{tag}>" for tag in TAGS.split()), *WORDS])


@given(st.lists(PIECES, max_size=25), st.sampled_from(["utf-8", "utf-8-sig"]))
def test_any_page_keeps_its_spans_and_bytes(pieces: list[str], encoding: str) -> None:
    data = page("".join(["x ", *pieces])).encode(encoding)
    document = read_document_bytes("a.html", data)
    check_spans(document)
    check_origins(document, data)


def test_a_declared_encoding_is_used() -> None:
    data = "<html><head><meta charset=shift_jis></head><p>リードフレーム</p>".encode("shift_jis")
    document = read_document_bytes("a.html", data)
    assert document.text == "リードフレーム"
    check_origins(document, data, "shift_jis")
