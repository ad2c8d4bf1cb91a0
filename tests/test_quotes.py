"""Quotes are looked up in any document, and their places are checked in that document's own terms."""

import pytest

from readson.documents.model import Document, Place
from readson.ingest.quotes import SourceText, stands

PAGES = Document(
    "sheet.pdf",
    "pdf",
    "",
    "The lid is “copper”.\nOver-\nmold, 0.3 mm.\nThe lid is on the die.",
    (
        Place(0, "page", "1"),
        Place(21, "page", "2"),
        Place(27, "page", "3"),
        Place(41, "page", "4"),
    ),
)
CELL = Place(0, "cell", "BOM!C4")
POINTER = Place(0, "at", "/die/size")


def places(quote: str) -> list[str]:
    found = SourceText(PAGES).find(quote)
    return [place.text for place in found.places] if found else []


@pytest.mark.parametrize(
    "quote,where",
    [
        ('The lid is "copper"', ["1"]),
        ("Over- mold, 0.3 mm", ["2"]),
        ("0.3 mm", ["3"]),
        ("the lid", []),
        ("The lid", ["1", "4"]),
        ("3 mm", []),
        ("mm. The lid is on", ["3"]),
    ],
)
def test_a_quote_stands_where_its_first_word_stands(quote: str, where: list[str]) -> None:
    assert places(quote) == where


def test_a_quote_is_given_in_the_letters_of_the_document() -> None:
    found = SourceText(PAGES).find('is "copper"')
    assert found and found.quote == "is “copper”"


@pytest.mark.parametrize(
    "place,keys,right",
    [
        (PAGES.places[3], {"page": "4"}, True),
        (PAGES.places[3], {"page": "1"}, False),
        (PAGES.places[3], {"page": "4", "line": "3"}, True),
        (CELL, {"cell": "BOM!C4"}, True),
        (CELL, {"cell": "C4"}, True),
        (CELL, {"sheet": "BOM", "cell": "C4"}, True),
        (CELL, {"sheet": "Notes", "cell": "C4"}, False),
        (CELL, {"cell": "BOM!C5"}, False),
        (CELL, {"sheet": "BOM", "cell": "BOM!C4"}, True),
        (Place(0, "sheet", "BOM"), {"sheet": "Notes", "cell": "A1"}, False),
        (POINTER, {"at": "/die/size"}, True),
        (POINTER, {"at": "/die"}, False),
        # What the document has no such places for cannot be checked: pages of a Markdown file.
        (Place(0, "line", "3"), {"page": "9", "at": "top"}, True),
        (Place(0, "line", "3"), {"page": "9", "line": "4"}, False),
    ],
)
def test_a_place_is_checked_in_the_terms_of_its_document(
    place: Place, keys: dict[str, str], right: bool
) -> None:
    assert stands(place, keys) is right
