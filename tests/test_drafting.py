"""Findings become a description that reads without a problem and says the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafts import ANY_TEXT, CASES, MAT, PKG, PROC, Reader, any_findings, contents, drafted, said
from readson.drafting.facts import DIMENSIONS
from readson.drafting.merging import merge
from readson.drafting.writing import Drafted
from readson.extraction.findings import Finding, Findings, Item, Quote
from readson.ingest import parse_description
from readson.lexicon import Lexicon
from readson.ontology import Ontology
from readson.statements import PRODUCT, TYPE, Bounds, Complete, Denial, Grade, Value
from readson.vocabulary import BASE

SHEET = """# X1 data sheet

The die is flip-chip bonded to the organic substrate, 50-60 um above it.
A copper lid, 17 mm x 17 mm, lies over the die and is exposed.
There is no memory. The package is an FCBGA.
The molding is done at 8 Torr, then the strip is diced.
"""
TEARDOWN = "The ASIC die is 0.7 mm thick.\nThe heat sink is not exposed.\nThe top die is small.\n"


@pytest.fixture(scope="module")
def lexicon(ontology: Ontology) -> Lexicon:
    return ontology.lexicon


def sheet() -> Reader:
    """Read the data sheet as a reader of text would."""
    reader = Reader(SHEET)
    reader.item("d", PKG + "Chip", "die").item(
        "s", PKG + "OrganicSubstrate", "organic substrate", "substrate"
    )
    reader.item("l", PKG + "HeatSink", "lid").item("g", PKG + "BondingGap", "above it", "gap", of=("d", "s"))
    reader.item("m", PROC + "TransferMolding", "molding", step=True)
    reader.item("c", PROC + "Dicing", "diced", "dicing", step=True)
    reader.says("d", PKG + "flipChipBondedTo", "s", "flip-chip bonded to the organic substrate")
    reader.says("g", PKG + "gapHeight", "50-60 um", "50-60 um")
    reader.says("l", PKG + "over", "d", "over the die").says(
        "l", PKG + "madeOf", MAT + "Copper", "copper lid"
    )
    reader.says("l", DIMENSIONS, "17 mm x 17 mm", "17 mm x 17 mm")
    reader.says("l", PKG + "exposedInPart", "yes", "is exposed")
    reader.says(PRODUCT, PKG + "hasPart", PKG + "MemoryChip", "no memory", "none")
    reader.says(PRODUCT, TYPE, PKG + "BallGridArrayPackage", "FCBGA", why="FCBGA abbreviates flip-chip BGA")
    return reader.says("m", PROC + "cavityPressure", "8 Torr", "8 Torr")


# One document


def test_a_description_reads_as_people_write_them(lexicon: Lexicon) -> None:
    draft = drafted(lexicon, ("x1.txt", SHEET, sheet().findings))
    assert draft.text == (Path(__file__).parent / "drafted.yaml").read_text("utf-8")


def test_every_fact_has_its_source_its_words_and_their_place(lexicon: Lexicon) -> None:
    draft = drafted(lexicon, ("x1.txt", SHEET, sheet().findings))
    stated = [s.evidence for s in draft.product.statements if s.evidence.quote]
    assert len(stated) >= 15
    for evidence in stated:
        line = SHEET.splitlines()[int(evidence.locator.removeprefix("line ")) - 1]
        assert evidence.source == "x1" and evidence.quote in line


def test_an_abbreviation_is_derived_and_says_from_what(lexicon: Lexicon) -> None:
    (kind,) = said(drafted(lexicon, ("x1.txt", SHEET, sheet().findings)), PRODUCT, TYPE)
    assert (kind.evidence.grade, kind.evidence.note) == (Grade.DERIVED, "FCBGA abbreviates flip-chip BGA")
    assert (kind.evidence.quote, kind.evidence.locator) == ("FCBGA", "line 5")


def test_what_there_is_none_of_is_denied_with_its_words(lexicon: Lexicon) -> None:
    draft = drafted(lexicon, ("x1.txt", SHEET, sheet().findings))
    (none,) = [s for s in said(draft, PRODUCT, PKG + "hasPart") if isinstance(s.content, Complete)]
    assert none.content == Complete(PKG + "MemoryChip") and none.evidence.quote == "no memory"


def test_words_that_are_cut_are_made_whole(lexicon: Lexicon) -> None:
    reader = Reader(SHEET).item("p", PKG + "BallGridArrayPackage", "BGA", "package")
    draft = drafted(lexicon, ("x1.txt", SHEET, reader.findings))
    (kind,) = said(draft, "package", TYPE)
    assert kind.evidence.quote == "FCBGA."


def test_words_that_stand_everywhere_are_quoted_with_their_neighbors(lexicon: Lexicon) -> None:
    text = "the die\n" * 150 + "a last die under a lid\n"
    findings = Findings((Item("d", "die", PKG + "Chip", Quote(0, text.index("last") + 5, len(text) - 13)),))
    (kind,) = said(drafted(lexicon, ("x.txt", text, findings)), "die", TYPE)
    assert "last die" in kind.evidence.quote and kind.evidence.locator == "line 151"


def test_a_name_that_would_be_read_as_something_else_gives_way_to_the_kind(lexicon: Lexicon) -> None:
    reader = Reader(SHEET)
    for key, name in enumerate(("product", "back of die", "bumps", "", "x" * 130, "chip", "die and lid")):
        reader.item(str(key), PKG + "Chip", "die", name or " ")
    draft = drafted(lexicon, ("x.txt", SHEET, reader.findings))
    assert draft.product.items == (PRODUCT, "chip", *(f"chip {n}" for n in range(2, 8)))
    assert not [s for s in draft.product.statements if s.property == PKG + "count"]


def test_a_part_that_is_called_unknown_is_a_part(lexicon: Lexicon) -> None:
    reader = Reader(SHEET).item("d", PKG + "Chip", "die", "TBD").item("l", PKG + "HeatSink", "lid")
    reader.says("l", PKG + "over", "d", "over the die")
    draft = drafted(lexicon, ("x.txt", SHEET, reader.findings))
    assert contents(draft, "lid", PKG + "over") == [Value("TBD")]


def test_many_of_a_kind_are_written_in_the_plural(lexicon: Lexicon) -> None:
    reader = Reader(SHEET).item("d", PKG + "Chip", "die", "dies", plural=True)
    draft = drafted(lexicon, ("x.txt", SHEET, reader.findings))
    assert "kind: {is: chips," in draft.text
    assert [s.content.low for s in said(draft, "dies", PKG + "count") if isinstance(s.content, Bounds)] == [2]


def test_a_denial_of_a_kind_is_of_every_part_of_it(lexicon: Lexicon) -> None:
    reader = Reader(SHEET).item("d", PKG + "Chip", "die").item("e", PKG + "MemoryChip", "memory")
    reader.item("l", PKG + "HeatSink", "lid").says("l", PKG + "over", PKG + "Die", "over the die", "not")
    draft = drafted(lexicon, ("x.txt", SHEET, reader.findings))
    assert contents(draft, "lid", PKG + "over") == [Denial("die"), Denial("memory")]


# What a description would refuse


@pytest.mark.parametrize(
    "prop,value,mode,reason",
    [
        (PKG + "gapHeight", "50 um", "is", "does not apply to a heat sink"),
        (PKG + "thickness", "about 5 mm", "is", "`about` has no bounds"),
        (PKG + "thickness", "5 kPa", "is", "is a unit of pressure"),
        (PKG + "thickness", "5 mm", "not", "takes no `not:`"),
        (PKG + "count", "2.5", "is", "is not a whole number"),
        (PKG + "over", "l", "is", "is related to itself"),
        (PKG + "over", PKG + "MemoryChip", "is", "it is not said which memory chip is meant"),
        (PKG + "madeOf", PKG + "Chip", "is", "`chip` is not a known material"),
        (PKG + "flipChipBondedTo", "d", "is", "does not apply to a heat sink"),
        (PKG + "exposedInPart", "perhaps", "is", "is not a known answer"),
        (PKG + "exposedInPart", "unknown", "is", "is not a known answer"),
        (PKG + "exposedInPart", "\xa0", "is", "is not a known answer"),
        (PKG + "noSuchProperty", "d", "is", "descriptions have no key for this"),
        (DIMENSIONS, "5 mm", "is", "expected A x B"),
        (TYPE, BASE + "nowhere#Kind", "is", "no word means"),
        (PKG + "hasPart", PKG + "Chip", "none", "only of the product as a whole"),
    ],
)
def test_what_would_be_refused_is_kept_as_unsettled_with_the_reason(
    lexicon: Lexicon, prop: str, value: str, mode: str, reason: str
) -> None:
    reader = Reader(SHEET).item("l", PKG + "HeatSink", "lid").item("d", PKG + "Chip", "die")
    reader.says("l", PKG + "over", "d", "over the die").says("l", prop, value, "copper lid", mode)
    draft = drafted(lexicon, ("x.txt", SHEET, reader.findings))
    assert [u.reason for u in draft.merged.unsettled if reason in u.reason], draft.text
    assert len(draft.merged.unsettled) == 1 and "quote: copper lid" in draft.text.split("unsettled:")[1]
    assert contents(draft, "lid", PKG + "over") == [Value("die")]


def test_of_facts_that_share_their_words_only_the_wrong_one_is_unsettled(lexicon: Lexicon) -> None:
    reader = Reader(SHEET).item("l", PKG + "HeatSink", "lid").item("d", PKG + "Chip", "die")
    for value in ("l", "d"):
        reader.says("l", PKG + "over", value, "over the die")
    draft = drafted(lexicon, ("x.txt", SHEET, reader.findings))
    assert contents(draft, "lid", PKG + "over") == [Value("die")]
    assert [u.reason for u in draft.merged.unsettled] == ["`lid` is related to itself"]


def test_a_part_of_no_known_kind_takes_what_is_said_of_it_along(lexicon: Lexicon) -> None:
    reader = Reader(SHEET).item("l", BASE + "nowhere#Lid", "lid").item("d", PKG + "Chip", "die")
    reader.says("l", PKG + "over", "d", "over the die").says("d", PKG + "under", "l", "lid")
    draft = drafted(lexicon, ("x.txt", SHEET, reader.findings))
    assert draft.product.items == (PRODUCT, "die") and len(draft.merged.unsettled) == 3


def test_words_that_may_mean_several_things_are_kept_with_their_meanings(lexicon: Lexicon) -> None:
    reader = Reader(SHEET).unsettled("strip", "a carrier, or a step", "carrier: strip", "stripping")
    draft = drafted(lexicon, ("x.txt", SHEET, reader.findings))
    kept = (
        '- {quote: strip, line: 6, reason: "a carrier, or a step", may mean: ["carrier: strip", stripping]}'
    )
    assert kept in draft.text and draft.product.items == (PRODUCT,)


# Any findings


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=CASES)
@given(data=st.data())
def test_any_findings_become_a_description_that_reads_and_says_them(
    data: st.DataObject, lexicon: Lexicon
) -> None:
    texts = [
        (f"{n}.txt", ANY_TEXT, data.draw(any_findings(lexicon, n)))
        for n in range(data.draw(st.integers(1, 2)))
    ]
    draft = drafted(lexicon, *texts)
    read = {source.file: source.text for source in draft.sources}
    again = parse_description(draft.text, lexicon, file="product.yaml", folder=Path(), slug="x1", read=read)
    assert again == draft.product
    merged = merge([found for *_, found in texts], lexicon)
    kept, had = ((*m.items, *m.findings, *m.unsettled) for m in (draft.merged, merged))
    assert len(kept) == len(had)
    assert draft.text == drafted(lexicon, *texts).text
    for finding in draft.merged.findings:
        assert spoken(draft, finding), finding


def spoken(draft: Drafted, finding: Finding) -> bool:
    """Tell whether a finding is a statement on the part that it names, or on a feature of that part."""
    name = draft.names[finding.subject]
    about = [s for s in draft.product.statements if s.subject == name or s.subject.endswith(f" of {name}")]
    if finding.property == DIMENSIONS:
        return any(isinstance(s.content, Bounds) for s in about)
    if finding.mode == "none":
        return Complete(finding.value) in [s.content for s in about]
    found = [s.content for s in about if s.property == finding.property]
    if finding.property == TYPE:
        return (Denial if finding.mode == "not" else Value)(finding.value) in found
    if finding.value in draft.names:
        kind = Denial if finding.mode == "not" else Value
        targets = [str(content.object) for content in found if isinstance(content, kind)]
        return any(draft.names[finding.value] in target for target in targets)
    return bool(found) or finding.value in ("yes", "no")
