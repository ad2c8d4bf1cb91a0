"""Quotes are looked up in any document, and their places are checked in that document's own terms."""

import pytest

from readson.documents.model import Document, Place
from readson.ingest.quotes import SourceText, locator, place_keys, stands

PAGES = Document(
    "sheet.pdf",
    "pdf",
    "",
    "The lid is “copper”.\nOver-\nmold, 0.3 mm.\nThe lid is on the die.",
    (
        Place(0, "page", "page 1, line 1"),
        Place(21, "page", "page 1, line 2"),
        Place(27, "page", "page 1, line 3"),
        Place(41, "page", "page 2, line 1"),
    ),
)
CELL = Place(0, "cell", "cell BOM!C4")
POINTER = Place(0, "at", "/die/size")


def places(quote: str) -> list[str]:
    found = SourceText(PAGES).find(quote)
    return [place.text for place in found.places] if found else []


@pytest.mark.parametrize(
    "quote,where",
    [
        ('The lid is "copper"', ["page 1, line 1"]),
        ("Over- mold, 0.3 mm", ["page 1, line 2"]),
        ("0.3 mm", ["page 1, line 3"]),
        ("the lid", []),
        ("The lid", ["page 1, line 1", "page 2, line 1"]),
        ("3 mm", []),
        ("mm. The lid is on", ["page 1, line 3"]),
    ],
)
def test_a_quote_stands_where_its_first_word_stands(quote: str, where: list[str]) -> None:
    assert places(quote) == where


def test_a_quote_is_given_in_the_letters_of_the_document() -> None:
    found = SourceText(PAGES).find('is "copper"')
    assert found and found.quote == "is “copper”"


@pytest.mark.parametrize("place", [*PAGES.places, CELL, POINTER], ids=lambda place: place.text)
def test_a_place_that_is_written_is_read_as_the_same_place(place: Place) -> None:
    assert locator(place_keys(place)) == place.text
    assert stands(place, place_keys(place))


@pytest.mark.parametrize(
    "place,keys,right",
    [
        (PAGES.places[3], {"page": "2"}, True),
        (PAGES.places[3], {"page": "1"}, False),
        (PAGES.places[3], {"page": "2", "line": "3"}, False),
        (CELL, {"cell": "BOM!C4"}, True),
        (CELL, {"cell": "C4"}, True),
        (CELL, {"sheet": "BOM", "cell": "C4"}, True),
        (CELL, {"sheet": "Notes", "cell": "C4"}, False),
        (CELL, {"cell": "BOM!C5"}, False),
        (CELL, {"sheet": "BOM"}, True),
        (POINTER, {"at": "/die/size"}, True),
        (POINTER, {"at": "/die"}, False),
        # What the document has no such places for cannot be checked: pages of a Markdown file.
        (Place(0, "line", "line 3"), {"page": "9", "at": "top"}, True),
        (Place(0, "line", "line 3"), {"page": "9", "line": "4"}, False),
    ],
)
def test_a_place_is_checked_in_the_terms_of_its_document(
    place: Place, keys: dict[str, str], right: bool
) -> None:
    assert stands(place, keys) is right
