"""Labels of the ontology mean classes and properties, and nothing is chosen where two would do."""

from functools import cache
from itertools import product

import pytest

from readson.errors import OntologyError
from readson.ingest.units import DIMENSIONS
from readson.lexicon import Kind, Lexicon, fold, suggest
from readson.resources import content_folder, turtle_files
from readson.turtle import Triples, load
from readson.vocabulary import BASE

PKG, PROC, MAT = BASE + "package#", BASE + "process#", BASE + "material#"
AMBIGUOUS = {fold(label + s) for label in ("EMC", "mold compound", "molding compound") for s in ("", "s")}


@cache
def triples() -> Triples:
    return load(turtle_files(content_folder("ontology")))


@cache
def lexicon() -> Lexicon:
    return Lexicon(triples())


@pytest.mark.parametrize(
    "label,kind",
    [
        ("heat sink", Kind(PKG + "HeatSink")),
        ("Heat-Sinks", Kind(PKG + "HeatSink", plural=True)),
        ("heatsink", Kind(PKG + "HeatSink")),
        ("die", Kind(PKG + "Chip")),
        ("dice", Kind(PKG + "Chip", plural=True)),
        ("solder bumps", Kind(PKG + "SolderBump", plural=True)),
        ("BALL GRID ARRAY PACKAGE", Kind(PKG + "BallGridArrayPackage")),
        ("copper", Kind(MAT + "Copper")),
        ("transfer molding", Kind(PROC + "TransferMolding")),
        ("bonding gap", Kind(PKG + "BondingGap")),
    ],
)
def test_a_label_names_a_class(label: str, kind: Kind) -> None:
    assert lexicon().kinds(label) == (kind,)


def test_a_label_is_looked_for_inside_a_class() -> None:
    assert lexicon().kinds("mold compound", MAT + "Material") == (Kind(MAT + "EpoxyMoldingCompound"),)
    assert lexicon().kinds("mold compound", PKG + "Part") == (Kind(PKG + "MoldedEncapsulant"),)
    assert len(lexicon().kinds("mold compound")) == 2
    assert lexicon().kinds("copper", PKG + "Part") == ()
    assert lexicon().kinds("claim") == ()


def test_a_label_names_one_class_unless_part_and_material_share_it() -> None:
    shared = [label for label in lexicon().kind_labels() if len(lexicon().kinds(label)) > 1]
    assert {fold(label) for label in shared} <= AMBIGUOUS
    for label, root in product(shared, (PKG + "Part", MAT + "Material")):
        assert len(lexicon().kinds(label, root)) == 1


@pytest.mark.parametrize(
    "key,kind,term",
    [
        ("on", "SolderBump", "sitsOn"),
        ("on", "Chip", "mountedOn"),
        ("on", "Capacitor", "mountedOn"),
        ("set over", "Lid", "over"),
        ("Flip chip bonded to", "Chip", "flipChipBondedTo"),
        ("flip-chip-bonded-to", "Chip", "flipChipBondedTo"),
        ("exposed", "Lid", "exposedInPart"),
        ("exposed", "TopSurface", "exposedInPart"),
        ("thickness", "Lid", "thickness"),
        ("thickness", "BondingGap", "gapHeight"),
        ("height", "BondingGap", "gapHeight"),
        ("material", "Lid", "madeOf"),
        ("top cut", "MoldedUnderfill", "maxParticleDiameter"),
        ("count", "SolderBall", "count"),
    ],
)
def test_a_key_means_a_property_of_its_subject(key: str, kind: str, term: str) -> None:
    assert [t.iri for t in lexicon().properties(key, [PKG + kind])] == [PKG + term]


@pytest.mark.parametrize("key,kind", [("fills", "Lid"), ("connects", "Chip"), ("mass", "Lid")])
def test_a_key_that_does_not_apply_means_nothing(key: str, kind: str) -> None:
    assert lexicon().properties(key, [PKG + kind]) == ()


def test_a_key_means_at_most_one_property_of_any_subject() -> None:
    words = lexicon()
    kinds = [k.iri for label in words.kind_labels() for k in words.kinds(label) if k.iri != PKG + "Item"]
    for key, kind in product(words.property_keys(), dict.fromkeys(kinds)):
        assert len(words.properties(key, [kind])) <= 1, (key, kind)


def test_every_property_of_an_item_has_a_sentence_and_a_denial() -> None:
    for term in lexicon().terms_for(""):
        assert "{subject}" in lexicon().sentence(term.iri), term.iri
        assert "{subject}" in lexicon().denial(term.iri), term.iri
        assert ("{object}" in lexicon().sentence(term.iri)) == (term.sort != "truth"), term.iri


def test_every_quantity_has_a_unit_that_can_be_read() -> None:
    quantities = [term for term in lexicon().terms_for("") if term.sort == "quantity"]
    assert quantities
    assert all(term.unit in DIMENSIONS for term in quantities)


def test_dimensions_come_in_order() -> None:
    assert "size" in lexicon().dimension_keys()
    assert [t.iri for t in lexicon().dimensions([PKG + "Lid"])] == [
        PKG + n for n in ("length", "width", "thickness")
    ]


def test_words_set_truth_values() -> None:
    part, full = PKG + "exposedInPart", PKG + "exposedInFull"
    words = lexicon().terms[part].words
    assert words[fold("in part")] == ((part, True), (full, False))
    assert words[fold("no")] == ((part, False), (full, False))


@pytest.mark.parametrize(
    "text,splits",
    [
        ("gap between die and substrate", [("die", "substrate")]),
        ("The gap between the die and the substrate", [("the die", "the substrate")]),
        ("gap between a and b and c", [("a", "b and c"), ("a and b", "c")]),
        ("gap between die", []),
        ("active surface of die", [("die",)]),
        ("top of a and b", [("a and b",)]),
        ("topping of lid", []),
        ("top of ", []),
    ],
)
def test_a_phrase_is_split_into_names(text: str, splits: list[tuple[str, ...]]) -> None:
    found = [split for reference in lexicon().references for split in reference.splits(text)]
    assert found == splits


def test_classes_above_and_apart() -> None:
    assert lexicon().is_a(PKG + "Lid", PKG + "HeatSink")
    assert lexicon().is_a(PKG + "Lid", PKG + "Item")
    assert not lexicon().is_a(PKG + "HeatSink", PKG + "Lid")
    assert lexicon().apart(PKG + "Lid", PKG + "TopSurface")
    assert not lexicon().apart(PKG + "Lid", PKG + "HeatSink")


def test_labels() -> None:
    assert lexicon().label(PKG + "HeatSink") == "heat sink"
    assert lexicon().label("http://a/b#someTerm") == "someTerm"
    assert lexicon().definition(PKG + "over").endswith(".")


@pytest.mark.parametrize(
    "name,nearest",
    [("heat snik", "heat sink"), ("HEATSINK", "heat sink"), ("chp", "chip"), ("zzz", ""), ("", "")],
)
def test_the_nearest_name_is_suggested(name: str, nearest: str) -> None:
    assert suggest(name, ["chip", "heat sink", "lid"]) == nearest


def test_a_role_that_nothing_plays_is_an_error() -> None:
    with pytest.raises(OntologyError, match='lex:role "part", found 0'):
        Lexicon(Triples([])).role("part")
