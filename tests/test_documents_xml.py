"""XML: every attribute and text is a value under the names of its elements, at its XPath and byte."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import FILES, check_spans, problems, read, runs, shown
from readson.documents import read_document_bytes

LIST = ("MainDeclaration", "Product", "SubProduct", "1", "MaterialInfo", "HomogeneousMaterialList")
BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">\n'
    '<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>\n<a>&d;</a>'
)


def test_a_material_declaration_is_read_as_values_under_elements() -> None:
    document = shown("pw5-declaration.xml")
    assert document.form == "ipc-1752a"
    found = {field.path: field.text for field in document.fields}
    assert found[(*LIST, "HomogeneousMaterial", "1", "@name")] == "Bumps (Cu pillar & solder cap)"
    assert found[(*LIST, "HomogeneousMaterial", "2", "Amount", "@value")] == "33.0"
    assert found["MainDeclaration", "Product", "ProductID", "@itemNumber"] == "PW-5-QFN40"
    field = next(field for field in document.fields if field.text.startswith("exposed at the top"))
    assert document.words(field.key) == "comment" and document.words(field.value) == field.text
    place = document.place(field.value.start)
    assert place.key == "at"
    assert place.text == (
        "/MainDeclaration/Product/SubProduct[2]/MaterialInfo/HomogeneousMaterialList/HomogeneousMaterial[3]/@comment"
    )


def test_values_are_those_of_the_standard_parser() -> None:
    root = ET.fromstring((FILES / "pw5-declaration.xml").read_bytes())
    wanted = [value for element in root.iter() for value in element.attrib.values()]
    assert [field.text for field in shown("pw5-declaration.xml").fields] == wanted


def test_texts_are_values_of_their_element() -> None:
    document = read(
        "<?xml version='1.0'?>\n<a x='1'> die &lt; 1 <b>two</b><b><![CDATA[<3>]]></b> en<c/>d</a>", "a.xml"
    )
    assert document.form == "xml"
    assert [(field.path, field.text) for field in document.fields] == [
        (("a", "@x"), "1"),
        (("a",), "die < 1"),
        (("a", "b", "0"), "two"),
        (("a", "b", "1"), "<3>"),
        (("a",), "en"),
        (("a",), "d"),
    ]
    assert [document.words(field.value) for field in document.fields[-2:]] == ["en", "d"]
    assert document.words(document.fields[1].value) == "die &lt; 1"
    assert document.place(document.text.index("two")).text == "/a/b[1]"


@given(st.lists(st.text("aµ– \n", max_size=5), max_size=5), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_bytes_and_places_of_any_file_are_kept(texts: list[str], encoding: str) -> None:
    items = "".join(f'<i t="{text}">x{text}y</i>' for text in texts)
    data = f"<a>µ{items}</a>".encode(encoding)
    document = read_document_bytes("a.xml", data)
    check_spans(document)
    plain = "utf-16-le" if encoding == "utf-16" else "utf-8"
    for place, run in runs(document):
        assert data[place.origin :].startswith(run.encode(plain))
    assert len(document.fields) == 1 + 2 * len(texts)


@pytest.mark.parametrize(
    "text,says",
    [
        (BOMB, "a.xml:2:13: a document type is not read"),
        ("<a>\n<b></a>", "a.xml:2:6: not XML: mismatched tag"),
        ("<a>&b;</a>", "a.xml:1:4: not XML: undefined entity"),
        ("<a>" * 200, "a.xml:1:301: more than 100 levels deep"),
    ],
    ids=["bomb", "tag", "entity", "depth"],
)
def test_xml_that_is_broken_or_harmful_is_refused(text: str, says: str) -> None:
    assert says in problems("a.xml", text.encode())
