"""Every line, cell and key of a document ends as used, ambiguous or ignored, with the reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts import PKG, Reader, document, drafted
from readson.documents.model import Document, Field, Place, Span, Table
from readson.drafting.citing import name_sources
from readson.drafting.ledger import SILENT, Account, Ledger, State
from readson.drafting.merging import merge
from readson.drafting.writing import write
from readson.extraction.findings import Findings, Ignored, Item, Quote
from readson.lexicon import Lexicon
from readson.ontology import Ontology

TEXT = (
    "The die.\n\n  A lid may be used.\nThe carrier is peeled off.\nContact us.\nThe die is a chip\nof two.\n"
)
USED, AMBIGUOUS, IGNORED = State.USED, State.AMBIGUOUS, State.IGNORED


@pytest.fixture(scope="module")
def lexicon(ontology: Ontology) -> Lexicon:
    return ontology.lexicon


def account(lexicon: Lexicon, found: Findings, read: Document | None = None) -> Account:
    """Account for one document."""
    read = read or document("x.txt", TEXT)
    sources = name_sources([read], [read.name])
    draft = write("X", merge([found], lexicon), sources, lexicon, "x")
    return Ledger.of(draft).accounts[0]


def findings() -> Findings:
    reader = Reader(TEXT).item("d", PKG + "Chip", "die")
    reader.says("d", PKG + "thickness", "about 5 mm", "die is a chip\nof two")
    reader.unsettled("The carrier", "the carrier may be several parts")
    ignored = (Ignored(reader.quote("A lid may"), "an option is not a fact"),)
    return replace(reader.findings, ignored=ignored)


def test_every_line_has_a_state_and_a_reason(lexicon: Lexicon) -> None:
    vague = "`about` has no bounds; write a range such as `48-52 µm` or `50 ± 5 µm`"
    told = [(e.place and e.place.text, e.state, e.reasons) for e in account(lexicon, findings()).entries]
    assert told == [
        ("1", USED, ()),
        ("3", IGNORED, ("an option is not a fact",)),
        ("4", AMBIGUOUS, ("the carrier may be several parts",)),
        ("5", IGNORED, (SILENT,)),
        ("6", AMBIGUOUS, (vague,)),
        ("7", AMBIGUOUS, (vague,)),
    ]


def test_a_line_that_is_used_tells_what_of_it_is_not_settled(lexicon: Lexicon) -> None:
    reader = Reader(TEXT).item("d", PKG + "Chip", "die").unsettled("The", "an article of what?")
    (first, *_) = account(lexicon, reader.findings).entries
    assert (first.state, first.reasons) == (USED, ("an article of what?",))


def test_the_summary_counts_and_the_listing_tells_all(lexicon: Lexicon) -> None:
    draft = drafted(lexicon, ("x.txt", TEXT, findings()))
    ledger = Ledger.of(draft)
    assert ledger.summary == (
        "x.txt: 1 of 6 lines used, 3 ambiguous, 2 ignored\n2 not settled; `readson read` writes them down"
    )
    lines = ledger.listing.splitlines()
    assert lines[0] == "x.txt, line 1: used: The die."
    assert lines[1] == "x.txt, line 3: ignored (an option is not a fact): A lid may be used."
    assert len(lines) == 6


def test_keys_are_accounted_for_where_a_document_has_keys(lexicon: Lexicon) -> None:
    text = '{"die": {"size": "5 mm"}, "mass": "2 g"}'
    at = text.index
    fields = (
        Field(("die", "size"), Span(at('"size'), at('"size') + 6), Span(at('"5'), at('"5') + 6), "5 mm"),
        Field(("mass",), Span(at('"mass'), at('"mass') + 6), Span(at('"2'), at('"2') + 5), "2 g"),
    )
    places = (Place(0, "at", ""), Place(at('"size'), "at", "/die/size"), Place(at('"mass'), "at", "/mass"))
    read = Document("x.json", "json", "", text, places, fields=fields)
    found = Findings((Item("d", "die", PKG + "Chip", Quote(0, at('"5'), at('"5') + 6)),))
    keys = account(lexicon, found, read)
    assert keys.unit == "key" and [entry.state for entry in keys.entries] == [USED, IGNORED]
    assert keys.entries[1].sentence == f'/mass: ignored ({SILENT}): "mass": "2 g"'


def test_cells_are_accounted_for_in_a_sheet(lexicon: Lexicon) -> None:
    text = "die\t2\t\nlid\t1\t"
    spans = ((Span(0, 3), Span(4, 5), Span(6, 6)), (Span(7, 10), Span(11, 12), Span(13, 13)))
    names = ("A1", "B1", "C1", "A2", "B2", "C2")
    cells = zip((cell for row in spans for cell in row), names, strict=True)
    places = tuple(Place(cell.start, "cell", f"BOM!{name}") for cell, name in cells)
    read = Document("x.csv", "csv", "", text, places, tables=(Table(spans, headers=0),))
    found = Findings((Item("l", "lid", PKG + "HeatSink", Quote(0, 7, 10)),))
    told = account(lexicon, found, read)
    assert told.summary == "x.csv: 1 of 4 cells used, 0 ambiguous, 3 ignored"
    assert told.entries[2].sentence == "cell BOM!A2: used: lid"


SPANS = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)


@given(st.lists(SPANS, max_size=8))
def test_a_line_is_used_if_a_quote_has_a_part_in_it(lexicon: Lexicon, spans: list[list[int]]) -> None:
    text = "".join(f"line {n}\n" for n in range(9))
    items = tuple(Item(str(n), "die", PKG + "Chip", Quote(0, *span)) for n, span in enumerate(spans))
    entries = account(lexicon, Findings(items), document("x.txt", text)).entries
    assert len(entries) == 9
    for entry in entries:
        over = any(max(a, entry.span.start) < min(b, entry.span.end) for a, b in spans)
        assert (entry.state is USED) is over
