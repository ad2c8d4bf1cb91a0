"""The same part under two names is one part, and what may be two parts stays two."""

from __future__ import annotations

import pytest

from drafts import MAT, PKG, PROC, Reader, drafted
from readson.drafting.merging import merge
from readson.extraction.findings import Findings
from readson.ontology import Ontology
from readson.statements import TYPE, Value

WORDS = "die lid U1 U2 first second memory logic substrate bumps copper molding dicing cure 5 mm 6 mm\n"
Named = tuple[str, str] | tuple[str, str, str]
"""The key of an item, its class, and the mark that tells it from others of its class."""


def read(number: int, *items: Named, steps: bool = False) -> Reader:
    """Read a document that names items; the key is the name."""
    reader = Reader(WORDS, number)
    for key, kind, *marks in items:
        reader.item(key, kind, "die", key, marks=frozenset(marks), step=steps)
    return reader


def names(ontology: Ontology, *documents: Reader) -> list[str]:
    """Give the items that remain, each with its other names."""
    merged = merge([document.findings for document in documents], ontology.lexicon)
    also = {key: [name for name, _ in names] for key, names in merged.also.items()}
    return ["=".join([item.name, *also.get(item.key, [])]) for item in merged.items]


@pytest.mark.parametrize(
    "first,second,remaining",
    [
        ([("die", PKG + "Chip")], [("die", PKG + "Chip")], ["die"]),
        ([("die", PKG + "Chip")], [("ASIC", PKG + "Chip")], ["die=ASIC"]),
        ([("die", PKG + "Chip")], [("logic die", PKG + "LogicChip")], ["die=logic die"]),
        ([("logic die", PKG + "LogicChip")], [("die", PKG + "Chip")], ["logic die=die"]),
        ([("lid", PKG + "HeatSink")], [("spreader", PKG + "HeatSpreader")], ["lid=spreader"]),
        # A die is no lid, and a logic die no memory.
        ([("die", PKG + "Chip")], [("lid", PKG + "HeatSink")], ["die", "lid"]),
        ([("a", PKG + "LogicChip")], [("b", PKG + "MemoryChip")], ["a", "b"]),
        # Marks that clash tell parts apart, marks that do not are one more name.
        ([("U1", PKG + "Chip", "U1")], [("U2", PKG + "Chip", "U2")], ["U1", "U2"]),
        ([("U1", PKG + "Chip", "U1")], [("die", PKG + "Chip")], ["U1=die"]),
        # Two dies in one document: only a name or a mark says which.
        (
            [("a", PKG + "Chip", "first"), ("b", PKG + "Chip", "second")],
            [("c", PKG + "Chip", "second")],
            ["a", "b=c"],
        ),
        ([("a", PKG + "Chip"), ("b", PKG + "Chip")], [("b", PKG + "Chip")], ["a", "b"]),
        ([("a", PKG + "Chip"), ("b", PKG + "Chip")], [("die", PKG + "Chip")], ["a", "b", "die"]),
        ([("die", PKG + "Chip")], [("a", PKG + "Chip"), ("b", PKG + "Chip")], ["die", "a", "b"]),
        ([("die", PKG + "Chip")], [("a", PKG + "LogicChip"), ("b", PKG + "MemoryChip")], ["die", "a", "b"]),
    ],
)
def test_which_parts_are_one(
    ontology: Ontology, first: list[Named], second: list[Named], remaining: list[str]
) -> None:
    assert names(ontology, read(0, *first), read(1, *second)) == remaining


def test_a_part_that_may_be_either_of_two_is_told_as_unsettled(ontology: Ontology) -> None:
    two = read(0, ("a", PKG + "Chip"), ("b", PKG + "Chip"))
    merged = merge([two.findings, read(1, ("die", PKG + "Chip")).findings], ontology.lexicon)
    assert [(u.choices, u.quote.document) for u in merged.unsettled] == [(("a", "b"), 1)]


def test_a_third_document_adds_to_what_two_say_together(ontology: Ontology) -> None:
    kinds = (PKG + "Chip", PKG + "LogicChip", PKG + "Chip")
    documents = [read(n, (name, kind)) for n, (name, kind) in enumerate(zip("abc", kinds, strict=True))]
    assert names(ontology, *documents) == ["a=b=c"]


def test_facts_of_both_documents_are_said_of_the_one_part(ontology: Ontology) -> None:
    one = read(0, ("die", PKG + "Chip")).says("die", PKG + "thickness", "5 mm", "5 mm")
    two = read(1, ("ASIC", PKG + "LogicChip"), ("lid", PKG + "HeatSink"))
    two.says("lid", PKG + "over", "ASIC", "die").says("ASIC", PKG + "thickness", "6 mm", "6 mm")
    draft = drafted(ontology.lexicon, ("ds.txt", WORDS, one.findings), ("td.txt", WORDS, two.findings))
    facts = {(s.subject, s.property, s.evidence.source) for s in draft.product.statements if s.evidence.quote}
    assert facts == {
        ("die", TYPE, "ds"),
        ("die", TYPE, "td"),
        ("die", PKG + "thickness", "ds"),
        ("die", PKG + "thickness", "td"),
        ("lid", TYPE, "td"),
        ("lid", PKG + "over", "td"),
    }
    over = next(s for s in draft.product.statements if s.property == PKG + "over")
    assert over.content == Value("die")


def test_the_description_shows_what_was_merged(ontology: Ontology) -> None:
    texts = [("ds.txt", WORDS, read(0, ("die", PKG + "Chip")).findings)]
    texts.append(("td.txt", WORDS, read(1, ("ASIC # die\n", PKG + "Chip")).findings))
    draft = drafted(ontology.lexicon, *texts)
    assert '  die:  # also called "ASIC # die " in td.txt\n' in draft.text
    assert draft.product.items == ("product", "die")


def test_what_one_document_says_twice_is_said_once(ontology: Ontology) -> None:
    one = read(0, ("die", PKG + "Chip")).says("die", PKG + "thickness", "5 mm", "5 mm")
    one.says("die", PKG + "thickness", "5 mm", "5 mm 6")
    merged = merge([one.findings, one.findings], ontology.lexicon)
    assert len(merged.findings) == 1


def test_the_words_of_a_quantity_are_not_taken_for_a_part(ontology: Ontology) -> None:
    one = read(0, ("5", PKG + "Chip"), ("bumps", PKG + "SolderBump")).says("bumps", PKG + "count", "5", "5")
    assert [finding.value for finding in merge([one.findings], ontology.lexicon).findings] == ["5"]


def test_the_steps_of_one_document_are_in_order_and_others_of_no_order(ontology: Ontology) -> None:
    flow = read(0, ("molding", PROC + "Molding"), ("dicing", PROC + "Dicing"), steps=True)
    sheet = read(1, ("transfer molding", PROC + "TransferMolding"), ("curing", PROC + "Cure"), steps=True)
    for documents in ((flow, sheet), (sheet, flow)):
        found: list[Findings] = [d.findings for d in documents]
        assert len(merge(found, ontology.lexicon).loose) == 1
    draft = drafted(ontology.lexicon, ("f.txt", WORDS, flow.findings), ("s.txt", WORDS, sheet.findings))
    after = [s for s in draft.product.statements if s.property == PROC + "immediatelyAfter"]
    assert [(s.subject, s.content) for s in after] == [("dicing", Value("molding"))]
    assert "- name: curing\n      order: unknown\n" in draft.text


def test_gaps_are_one_when_they_are_between_the_same_parts(ontology: Ontology) -> None:
    documents = []
    for number, kinds in enumerate([("die", "substrate"), ("die", "substrate"), ("die", "lid")]):
        classes = {"die": PKG + "Chip", "substrate": PKG + "OrganicSubstrate", "lid": PKG + "HeatSink"}
        reader = read(number, *((kind, classes[kind]) for kind in kinds))
        reader.item("gap", PKG + "BondingGap", "die", "gap", of=kinds).says(
            "gap", PKG + "gapHeight", "5 mm", "5 mm"
        )
        documents.append((f"{number}.txt", WORDS, reader.findings))
    draft = drafted(ontology.lexicon, *documents)
    gaps = [name for name in draft.product.items if name.startswith("gap")]
    assert gaps == ["gap between die and substrate", "gap between die and lid"]


def test_a_material_is_one_in_all_documents(ontology: Ontology) -> None:
    documents = [read(n, ("copper", MAT + "Copper")) for n in range(2)]
    assert names(ontology, *documents) == ["copper"]
