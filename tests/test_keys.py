"""Keys, units and nesting of tables and trees say what a product is made of; nothing is dropped silently."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keyed_documents import sheet, tree
from readson.documents import read_document_bytes
from readson.documents.model import Document, Span
from readson.extraction.findings import Quote
from readson.lexicon import Lexicon
from readson.mapping.keys import split_key, unit_of
from readson.mapping.reading import Keyed, read_keys
from readson.mapping.senses import Senses
from readson.resources import content_folder, turtle_files
from readson.turtle import load
from readson.vocabulary import BASE

# READSON_CASES asks for as many examples.
CASES = int(os.environ.get("READSON_CASES", "0")) or 80
PKG, MAT, PROC = BASE + "package#", BASE + "material#", BASE + "process#"


@cache
def lexicon() -> Lexicon:
    return Lexicon(load(turtle_files(content_folder("ontology"))))


@cache
def senses() -> Senses:
    return Senses(lexicon())


def read(document: Document) -> Keyed:
    return read_keys(document, 0, lexicon())


def said(document: Document) -> set[tuple[str, str, str]]:
    """Give (subject, property, value) of all findings, "not" and "none" before the value, classes by name."""
    return {
        (found.subject, _name(found.property), f"{found.mode} {_name(found.value)}".removeprefix("is "))
        for found in read(document).findings.findings
    }


def items(document: Document) -> dict[str, str]:
    return {item.key: _name(item.kind) for item in read(document).findings.items}


def reasons(document: Document) -> list[str]:
    return [words.reason for words in read(document).findings.unsettled]


def passed(document: Document) -> list[str]:
    return [words.reason for words in read(document).findings.ignored]


def prose(document: Document) -> list[str]:
    return [document.words(span) for span in read(document).prose]


def _name(iri: str) -> str:
    return iri.rpartition("#")[2]


def quoted(document: Document, value: str) -> str:
    """Give the quote of the finding with a value."""
    found = [each.quote for each in read(document).findings.findings if _name(each.value) == value]
    return document.words(found[0].span)


# ---- Keys -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key,words",
    [
        ("lidSizeMm", "lid size mm"),
        ("lid_size", "lid size"),
        ("lid-size", "lid size"),
        ("Lid size", "lid size"),
        ("pkgThk", "package thickness"),
        ("UF matl", "underfill material"),
        ("HS_dia", "heat sink diameter"),
        ("No. of bumps", "number of bumps"),
        ("dies[1].thk", "dies 1 thickness"),
        ("TIM1Thickness", "tim 1 thickness"),
        ("mold cmpd", "mold compound"),
        ("die attach", "die attach adhesive"),
        ("die attach adhesive", "die attach adhesive"),
    ],
)
def test_a_key_is_split_into_words_and_abbreviations_are_written_out(key: str, words: str) -> None:
    assert " ".join(split_key(key).words) == words


@pytest.mark.parametrize(
    "key,unit",
    [
        ("lid thickness (mm)", "mm"),
        ("lid thickness [µm]", "µm"),
        ("thickness (mm, max)", "mm"),
        ("k (W/m-K)", "W/(m.K)"),
        ("pressure (Torr)", "Torr"),
    ],
)
def test_a_unit_in_brackets_is_no_word(key: str, unit: str) -> None:
    found = split_key(key).unit
    assert found and found.name == unit


def test_min_in_brackets_is_the_end_of_a_range_and_no_minute() -> None:
    assert split_key("thickness (min)").unit is None
    assert senses().sense("thickness (min)").bound == "min"


def test_units_are_known_whatever_their_case() -> None:
    assert [unit.name for text in ("MM", "Um", "degc", "TORR") if (unit := unit_of(text))] == [
        "mm",
        "µm",
        "°C",
        "Torr",
    ]


@pytest.mark.parametrize(
    "key,kinds,label,unit",
    [
        ("lid_size_mm", ["Lid"], "size", "mm"),
        ("die thickness (um)", ["Chip"], "thickness", "µm"),
        ("thickness of lid", ["Lid"], "thickness", ""),
        ("interposer_tsv_diameter", ["Interposer", "ThroughVia"], "diameter", ""),
        ("ball count", ["SolderBall"], "count", ""),
        ("reflow_temperature_c", ["Reflow"], "temperature", "°C"),
        ("molding_pressure_torr", [], "molding pressure", "Torr"),
        ("mold temperature", [], "mold temperature", ""),
        ("flip_chip_bonded_to", [], "flip chip bonded to", ""),
        ("length_in", [], "length", "in"),
        ("thermal_cond_w_per_mk", [], "thermal conductivity", "W/(m.K)"),
    ],
)
def test_the_last_part_of_a_key_bears_its_property(key: str, kinds: list[str], label: str, unit: str) -> None:
    sense = senses().sense(key)
    assert [_name(kind.iri) for kind in sense.kinds] == kinds
    assert (sense.property, sense.unit.name if sense.unit else "") == (label, unit)
    assert not sense.unread


@pytest.mark.parametrize("key", ["lid adhesive thickness", "frobnicator size", "die to lid distance", "x"])
def test_a_key_with_a_word_that_is_not_known_is_not_understood(key: str) -> None:
    assert senses().sense(key).unread


@pytest.mark.parametrize(
    "key",
    ["MSL", "RoHS", "ECCN", "unit_price", "Supplier", "dateCode", "MPN", "lead time", "Pb-free", "weight_g"],
)
def test_trade_and_compliance_are_passed_over_with_a_reason(key: str) -> None:
    document = tree(json.dumps({key: "anything", "lid": True}))
    assert items(document) == {"lid": "Lid"}
    assert len(passed(document)) == 1


def test_a_pin_count_makes_no_pins() -> None:
    assert items(tree('{"pin_count": 256}')) == {}


# ---- Parts, and whether they are there ------------------------------------------------------------------


@pytest.mark.parametrize("value", ["none", "N/A", "no", "not present"])
@pytest.mark.parametrize("key", ["underfill", "has_underfill"])
def test_none_under_a_part_says_that_there_is_none(key: str, value: str) -> None:
    assert said(tree(json.dumps({key: value}))) == {("product", "hasPart", "none Underfill")}


@pytest.mark.parametrize("text", ['{"underfill": false}', '{"underfills": 0}', '{"underfill": 0}'])
def test_false_and_zero_under_a_part_say_that_there_is_none(text: str) -> None:
    assert said(tree(text)) == {("product", "hasPart", "none Underfill")}


@pytest.mark.parametrize(
    "text", ['{"no_underfill": true}', '{"without underfill": "yes"}', '{"lidless": true}']
)
def test_a_key_that_denies_a_part_says_that_there_is_none(text: str) -> None:
    assert [value.split()[0] for _, _, value in said(tree(text))] == ["none"]


def test_a_key_that_denies_a_part_and_is_false_says_that_it_is_there() -> None:
    assert items(tree('{"no_lid": false}')) == {"lid": "Lid"}


@pytest.mark.parametrize("text", ['{"is_lidded": true}', '{"lid": "yes"}', '{"has_lid": "Y"}', '{"lid": 1}'])
def test_yes_says_that_a_part_is_there(text: str) -> None:
    assert list(items(tree(text)).values()) == ["Lid"]
    assert said(tree(text)) == set()


@pytest.mark.parametrize("value", ["null", '"TBD"', '"unknown"', '"-"', '""', '"not specified"'])
def test_null_and_tbd_say_nothing(value: str) -> None:
    document = tree(f'{{"lid": {value}, "die": {{"size": {value}, "kind": {value}}}}}')
    assert items(document) == {"die": "Chip"}
    assert said(document) == set()
    assert passed(document) == ["says that nothing is known"] * 3


@pytest.mark.parametrize("key", ["lid_size", "lid_thickness_mm"])
@pytest.mark.parametrize("value", ["N/A", "none", "0"])
def test_none_under_a_quantity_says_nothing_of_its_part(key: str, value: str) -> None:
    document = tree(json.dumps({key: value}))
    assert (items(document), said(document), passed(document)) == ({}, set(), ["gives no value"])


def test_what_is_optional_is_no_fact() -> None:
    document = tree('{"lid": "optional"}')
    assert items(document) == {}
    assert reasons(document) == ["`optional` leaves open whether it is so"]


def test_a_count_of_none_takes_the_part_back() -> None:
    document = tree('{"bumps": {"count": 0, "pitch_um": 130}, "lid": true}')
    assert items(document) == {"product": "Part", "lid": "Lid"}
    assert said(document) == {("product", "hasPart", "none Bump")}


def test_a_part_that_is_not_present_is_none_whatever_else_is_said_of_it() -> None:
    document = tree('{"underfill": {"present": false, "type": "capillary"}, "lid": {"present": true}}')
    assert items(document) == {"product": "Part", "lid": "Lid"}
    assert said(document) == {("product", "hasPart", "none Underfill")}


def test_one_die_without_underfill_does_not_deny_the_underfill_of_another() -> None:
    document = tree('{"dies": [{"underfill": false}, {"underfill": true}]}')
    assert said(document) == {("die 2", "hasPart", "underfill")}
    assert "another" in reasons(document)[0]


def test_the_only_die_without_underfill_means_none() -> None:
    assert ("product", "hasPart", "none Underfill") in said(tree('{"die": {"underfill": "none"}}'))


def test_yes_and_no_in_one_document_stay_side_by_side() -> None:
    document = tree('{"has_underfill": false, "underfill": {"material": "epoxy"}}')
    assert said(document) == {("product", "hasPart", "none Underfill"), ("underfill", "madeOf", "EpoxyResin")}


def test_a_whole_number_under_a_plural_counts() -> None:
    assert said(tree('{"capacitors": 8}')) == {("capacitors", "count", "8")}


def test_a_whole_number_under_a_singular_may_be_a_number_of_its_own() -> None:
    document = tree('{"die": 4}')
    assert said(document) == set()
    assert reasons(document) == ["`4` may be a count or a number of its own"]


# ---- Nesting, lists and names ---------------------------------------------------------------------------


def test_nesting_is_part_of() -> None:
    document = tree('{"die": {"bumps": {"count": 96}}}')
    assert items(document) == {"die": "Chip", "bumps": "Bump"}
    assert said(document) == {("die", "hasPart", "bumps"), ("bumps", "count", "96")}


def test_the_package_of_a_document_is_the_product() -> None:
    document = tree('{"package": {"type": "FCBGA", "size": "40 x 40 mm", "lid": true}}')
    assert items(document) == {"product": "BallGridArrayPackage", "lid": "Lid"}
    assert ("product", "length", "40 mm") in said(document)


def test_the_only_key_at_the_root_is_the_product() -> None:
    assert said(tree('{"X100": {"thickness": "3 mm"}}')) == {("product", "thickness", "3 mm")}


def test_what_stands_under_an_unknown_key_is_said_of_nothing() -> None:
    document = tree('{"frobnicator": {"material": "copper"}, "lid": true}')
    assert said(document) == set()
    assert len(reasons(document)) == 1


def test_a_list_is_several_items_and_siblings_name_them() -> None:
    document = tree('{"dies": [{"name": "U1", "type": "logic die"}, {"id": "U2", "thickness": "0.5 mm"}]}')
    found = read(document).findings.items
    assert [(item.key, _name(item.kind), sorted(item.marks)) for item in found] == [
        ("die 1", "LogicChip", ["1", "U1"]),
        ("die 2", "Chip", ["2", "U2"]),
    ]
    assert ("die 2", "thickness", "0.5 mm") in said(document)


def test_a_list_of_one_is_the_one() -> None:
    assert items(tree('{"dies": [{"size": "9 x 9 mm"}], "die_thickness": "0.5 mm"}')) == {"die": "Chip"}


def test_a_list_of_names_is_a_list_of_parts() -> None:
    assert items(tree('{"parts": ["lid", "capillary underfill", "glue"]}')) == {
        "lid": "Lid",
        "capillary underfill": "CapillaryUnderfill",
    }


def test_a_name_that_a_list_repeats_is_of_another_part() -> None:
    assert set(items(tree('{"dies": ["memory die", "memory die"]}'))) == {"memory die", "memory die 2"}


def test_flat_keys_of_one_part_speak_of_one_item() -> None:
    document = tree('{"lid_size_mm": "40 x 40", "lid_material": "copper", "lid": {"thickness": "1 mm"}}')
    assert items(document) == {"lid": "Lid"}
    assert len(said(document)) == 4


def test_a_flat_key_that_may_mean_any_of_several_items_is_unsettled() -> None:
    document = tree('{"dies": [{"size": "1 x 1 mm"}, {"size": "2 x 2 mm"}], "die_thickness": "0.5 mm"}')
    assert not [fact for fact in said(document) if fact[1] == "thickness"]
    assert "`die` may be any of 2 items" in reasons(document)


def test_numbers_in_keys_tell_items_apart() -> None:
    document = tree(
        '{"die1_size": "1 x 1 mm", "die2_size": "2 x 2 mm", "TIM1_material": "indium", "TIM2": true}'
    )
    assert set(items(document)) == {"die 1", "die 2", "tim 1", "tim 2"}


def test_the_kind_of_an_item_may_stand_beside_it() -> None:
    document = tree(
        '{"components": [{"type": "lid", "material": "copper"}, {"description": "Stiffener ring"}]}'
    )
    assert items(document) == {"lid": "Lid", "stiffener ring": "Stiffener"}
    assert said(document) == {("lid", "madeOf", "Copper")}


def test_an_element_of_no_known_kind_bears_nothing() -> None:
    document = tree('{"components": [{"name": "frobnicator", "material": "copper"}]}')
    assert (items(document), said(document)) == ({}, set())
    assert len(reasons(document)) == 2


def test_several_products_in_one_document_are_not_mixed() -> None:
    document = tree('{"packages": [{"lid": true}, {"lid": false}]}')
    assert (items(document), said(document)) == ({}, set())
    assert reasons(document) == ["is of one of several products; read them one by one"] * 2


def test_an_alternative_is_not_the_product() -> None:
    assert items(tree('{"alternative": {"lid": true}, "variants": [{"lid": true}]}')) == {}


# ---- Quantities -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        '{"lid_thickness_mm": 0.5}',
        '{"lid": {"thickness (mm)": "0.5"}}',
        '{"lid": {"thickness": 0.5, "unit": "mm"}}',
        '{"units": "mm", "lid": {"thickness": 0.5}}',
        '{"lid": {"thickness": {"value": 0.5, "uom": "mm"}}}',
        '{"lid": {"thk": "0.5 mm"}}',
        '{"parameters": [{"name": "Lid thickness", "value": "0.5", "unit": "mm"}]}',
    ],
)
def test_a_unit_stands_in_the_key_in_the_value_or_beside_it(text: str) -> None:
    assert said(tree(text)) == {("lid", "thickness", "0.5 mm")}


def test_the_unit_of_a_value_counts_before_that_of_its_key() -> None:
    assert said(tree('{"lid_thickness_mm": "500 um"}')) == {("lid", "thickness", "500 um")}


def test_a_number_without_a_unit_is_unsettled() -> None:
    document = tree('{"lid_thickness": 0.5}')
    assert said(document) == set()
    assert "has no unit" in reasons(document)[0]


def test_a_unit_of_another_dimension_is_unsettled() -> None:
    assert said(tree('{"lid": {"thickness": "5 Torr", "unit": "s"}}')) == set()


@pytest.mark.parametrize("value", ["40 x 30", "40 mm x 30 mm", "40 × 30 mm", "40 by 30"])
def test_a_size_sets_length_and_width(value: str) -> None:
    document = tree(json.dumps({"lid_size_mm": value}))
    assert {fact[:2] for fact in said(document)} == {("lid", "length"), ("lid", "width")}


def test_a_list_of_numbers_is_a_size() -> None:
    assert said(tree('{"lid_size_mm": [40.5, 30]}')) == {
        ("lid", "length", "40.5 mm"),
        ("lid", "width", "30 mm"),
    }


def test_the_sides_of_a_size_may_be_its_header() -> None:
    assert ("lid", "width", "30 mm") in said(sheet("Part|L x W [mm]\nLid|40 x 30"))


def test_a_size_may_have_keys_of_its_own() -> None:
    document = tree('{"lid": {"dimensions": {"length": 40, "width": 30, "height": 3, "unit": "mm"}}}')
    assert said(document) == {
        ("lid", "length", "40 mm"),
        ("lid", "width", "30 mm"),
        ("lid", "thickness", "3 mm"),
    }


def test_the_least_and_the_most_are_a_range_and_the_usual_is_no_bound() -> None:
    document = tree('{"die": {"thickness": {"min": 0.7, "typ": 0.75, "max": 0.8, "unit": "mm"}}}')
    assert said(document) == {("die", "thickness", "0.7 to 0.8 mm")}
    assert passed(document) == ["a usual value, which bounds nothing"]


def test_the_most_alone_is_a_bound() -> None:
    assert said(tree('{"max_die_thickness_um": 800}')) == {("die", "thickness", "max 800 µm")}


def test_a_typical_value_alone_has_no_bounds() -> None:
    document = tree('{"die": {"thickness": {"typ": 0.75, "unit": "mm"}}}')
    assert said(document) == set()
    assert reasons(document) == ["a typical value alone has no bounds"]


def test_about_is_no_bound() -> None:
    assert said(tree('{"die_thickness": "approx. 0.7 mm"}')) == set()


@pytest.mark.parametrize("value", ["96", "96 pcs", "96 ea", "x96"])
def test_a_count_may_say_that_it_is_of_pieces(value: str) -> None:
    (fact,) = said(tree(json.dumps({"bumps": {"qty": value}})))
    assert fact == ("bumps", "count", "96")


def test_how_many_products_are_ordered_is_no_fact_on_one() -> None:
    document = tree('{"quantity": 1000, "lid": true}')
    assert said(document) == set()
    assert passed(document) == ["counts products, not parts of one"]


def test_a_property_of_one_kind_of_part_is_said_of_the_only_one() -> None:
    document = tree('{"underfill": "MUF", "max filler size": "20 um"}')
    (found,) = [each for each in read(document).findings.findings if each.value == "20 um"]
    assert (found.subject, found.because) == ("underfill", "the only encapsulant that the document names")


def test_a_property_that_several_parts_may_have_is_unsettled() -> None:
    document = tree('{"underfill": true, "mold compound": true, "max filler size": "20 um"}')
    assert said(document) == set()
    assert len(reasons(document)) == 1


# ---- Words of the ontology ------------------------------------------------------------------------------


def test_a_value_may_name_a_kind_a_material_and_a_quality() -> None:
    document = tree('{"lid": "copper, exposed", "substrate": "organic laminate", "type": "FCBGA"}')
    assert said(document) == {
        ("lid", "madeOf", "Copper"),
        ("lid", "exposedInPart", "yes"),
        ("substrate", "type", "OrganicSubstrate"),
        ("product", "type", "BallGridArrayPackage"),
    }


@pytest.mark.parametrize(
    "text,kind",
    [
        ('{"underfill": {"type": "capillary"}}', "CapillaryUnderfill"),
        ('{"substrate": {"type": "organic"}}', "OrganicSubstrate"),
        ('{"die": {"function": "ASIC"}}', "LogicChip"),
        ('{"package_type": "FCBGA-1156"}', "BallGridArrayPackage"),
    ],
)
def test_a_kind_may_be_said_in_part_or_with_a_number(text: str, kind: str) -> None:
    assert list(items(tree(text)).values()) == [kind]


def test_a_key_may_name_a_surface_of_its_item() -> None:
    document = tree('{"lid": {"topSurface": "exposed", "material": "copper"}}')
    (top,) = [item for item in read(document).findings.items if item.of]
    assert (top.key, _name(top.kind), top.of) == ("top of lid", "TopSurface", ("lid",))
    assert ("top of lid", "exposedInPart", "yes") in said(document)


def test_a_material_may_be_several() -> None:
    document = tree('{"substrate": {"material": ["BT resin", "copper"]}, "lid_material": "copper, nickel"}')
    assert {fact for fact in said(document) if fact[1] == "madeOf"} == {
        ("substrate", "madeOf", "BismaleimideTriazine"),
        ("substrate", "madeOf", "Copper"),
        ("lid", "madeOf", "Copper"),
        ("lid", "madeOf", "Nickel"),
    }


def test_a_material_may_have_keys_of_its_own() -> None:
    document = tree('{"lid": {"material": {"name": "copper", "grade": "C194"}}}')
    assert said(document) == {("lid", "madeOf", "Copper")}
    assert len(reasons(document)) == 1


def test_a_known_material_beside_an_unknown_one_is_not_all() -> None:
    document = tree('{"lid_material": "copper, unobtainium"}')
    assert said(document) == {("lid", "madeOf", "Copper"), ("lid", "madeOf", "Material")}
    assert reasons(document) == ["`unobtainium` is no known material"]


def test_a_chip_is_no_kind_of_package() -> None:
    document = tree('{"category": "Integrated circuit", "lid": true}')
    assert said(document) == set()
    assert len(reasons(document)) == 1


@pytest.mark.parametrize("value,full", [("partly", "no"), ("fully", "yes")])
def test_how_much_is_exposed_sets_both_properties(value: str, full: str) -> None:
    document = tree(json.dumps({"lid_exposed": value}))
    assert said(document) == {("lid", "exposedInPart", "yes"), ("lid", "exposedInFull", full)}


def test_a_relation_leads_to_the_item_that_its_value_names() -> None:
    document = tree('{"dies": [{"id": "U1"}, {"id": "U2", "attached_to": "U1"}], "lid": {"over": "U2"}}')
    assert said(document) == {("die 2", "attachedTo", "die 1"), ("lid", "over", "die 2")}


def test_a_relation_to_a_part_that_stands_nowhere_else_names_it() -> None:
    document = tree('{"die": {"flip_chip_bonded_to": "substrate"}}')
    assert items(document) == {"die": "Chip", "substrate": "PackagingSubstrate"}
    assert said(document) == {("die", "flipChipBondedTo", "substrate")}


def test_a_relation_to_what_may_be_several_items_is_unsettled() -> None:
    document = tree('{"dies": [{"id": "U1"}, {"id": "U2"}], "lid": {"over": "die"}}')
    assert said(document) == set()
    assert "may be any of 2 items" in reasons(document)[0]


def test_a_relation_to_nothing_known_is_unsettled() -> None:
    assert reasons(tree('{"lid": {"over": "frobnicator"}}')) == ["`frobnicator` names no item"]


def test_a_phrase_names_a_feature_by_its_parts() -> None:
    document = tree('{"underfill": {"fills": "gap between die and substrate"}, "die": true}')
    (gap,) = [item for item in read(document).findings.items if item.of]
    assert (_name(gap.kind), gap.of) == ("BondingGap", ("die", "substrate"))
    assert ("underfill", "fills", gap.key) in said(document)


def test_a_phrase_may_be_a_key() -> None:
    document = tree('{"gap between die and substrate": {"height_um": 60}, "die": true, "substrate": true}')
    assert said(document) == {("gap between die and substrate", "gapHeight", "60 µm")}


def test_steps_stand_in_the_order_of_their_list() -> None:
    document = tree(
        '{"process": ["flip chip attach", {"step": "transfer molding", "pressure": "8 Torr", "temp_c": 175},'
        ' "dicing"]}'
    )
    found = read(document).findings.items
    assert [(item.key, item.step) for item in found] == [
        ("flip chip attach", True),
        ("transfer molding", True),
        ("dicing", True),
    ]
    assert said(document) == {
        ("transfer molding", "cavityPressure", "8 Torr"),
        ("transfer molding", "temperature", "175 °C"),
    }


def test_a_word_for_a_step_among_facts_on_a_part_is_no_step() -> None:
    document = tree('{"die": {"attach": "flip chip"}}')
    assert items(document) == {"die": "Chip"}
    assert len(reasons(document)) == 1


def test_die_attach_is_a_step_among_steps_and_a_layer_among_parts() -> None:
    assert items(tree('{"process": [{"step": "die attach"}]}')) == {"die attach": "DieAttach"}
    assert items(tree('{"parts": [{"name": "die attach"}]}')) == {"die attach": "DieAttachLayer"}


# ---- Prose ----------------------------------------------------------------------------------------------


def test_running_text_is_handed_on_without_its_quotation_marks() -> None:
    words = "The lid is attached to the back of the die."
    assert prose(tree(json.dumps({"notes": words, "zzz": words, "lid": words}))) == [words] * 3


def test_a_few_words_that_are_not_understood_are_unsettled_and_no_prose() -> None:
    document = tree('{"lid": "frobnicated thrice"}')
    assert prose(document) == []
    assert reasons(document) == ["`frobnicated thrice` is not understood"]


# ---- Quotes ---------------------------------------------------------------------------------------------


def test_key_and_value_side_by_side_are_one_quote() -> None:
    document = tree('{"lid_material": "copper"}')
    assert quoted(document, "Copper") == '"lid_material": "copper"'


def test_a_unit_beside_a_value_is_in_its_quote() -> None:
    document = tree('{"lid": {"thickness": {"value": 0.5, "unit": "mm"}}}')
    assert quoted(document, "0.5 mm") == '"value": 0.5, "unit": "mm"'


def test_a_row_is_quoted_from_its_label_to_the_value() -> None:
    document = sheet("Parameter|Value|Unit|Note\nLid thickness|0.5|mm|a")
    assert quoted(document, "0.5 mm") == "Lid thickness|0.5|mm"


def test_a_group_is_quoted_by_its_key() -> None:
    document = tree('{"die": {"size": "1 x 1 mm"}}')
    (die,) = read(document).findings.items
    assert document.words(die.quote.span) == "die"


# ---- Tables ---------------------------------------------------------------------------------------------


def test_a_table_of_parameters_is_read_by_its_rows() -> None:
    document = sheet(
        "Parameter|Min|Typ|Max|Unit\n"
        "Body size|40 x 40|||mm\n"
        "Lid thickness|0.45|0.5|0.55|mm\n"
        "Underfill|none|||\n"
        "MSL||3||"
    )
    assert said(document) == {
        ("product", "length", "40 mm"),
        ("product", "width", "40 mm"),
        ("lid", "thickness", "0.45 to 0.55 mm"),
        ("product", "hasPart", "none Underfill"),
    }


def test_a_row_of_one_cell_is_the_heading_of_those_below() -> None:
    document = sheet("Parameter|Value\nDie\nThickness|0.8 mm\nLid\nThickness|1 mm")
    assert said(document) == {("die", "thickness", "0.8 mm"), ("lid", "thickness", "1 mm")}


def test_two_columns_need_no_header() -> None:
    document = sheet("Lid material|copper\nDie thickness|0.8 mm")
    assert said(document) == {("lid", "madeOf", "Copper"), ("die", "thickness", "0.8 mm")}


def test_a_row_of_units_belongs_to_the_header() -> None:
    document = sheet("Part|Thickness|Length\n-|um|mm\nLid|500|40")
    assert said(document) == {("lid", "thickness", "500 µm"), ("lid", "length", "40 mm")}


def test_a_bill_of_materials_has_an_item_a_row_and_levels_are_depth() -> None:
    document = sheet(
        "Level|RefDes|Qty|Description|Material|Size (mm)|Supplier\n"
        "0||1|FCBGA package||40 x 40|\n"
        "1|U1|1|Logic die|silicon|10 x 12|ACME\n"
        "2||96|Solder bumps|SAC305||\n"
        "1|L1|1|Lid, nickel-plated|copper|38 x 38|\n"
        "1||0|Stiffener ring|||"
    )
    assert items(document) == {
        "product": "BallGridArrayPackage",
        "logic die": "LogicChip",
        "solder bumps": "SolderBump",
        "lid": "Lid",
    }
    facts = said(document)
    assert {
        ("logic die", "hasPart", "solder bumps"),
        ("solder bumps", "count", "96"),
        ("solder bumps", "madeOf", "TinSilverCopper"),
        ("lid", "length", "38 mm"),
        ("product", "length", "40 mm"),
        ("product", "hasPart", "none Stiffener"),
    } <= facts


def test_several_references_are_a_count() -> None:
    document = sheet("RefDes|Description\nC1-C24|Capacitor, ceramic 100nF\nU1|ASIC die")
    assert said(document) == {("capacitor", "count", "24")}


def test_rows_of_one_kind_are_items_of_their_own() -> None:
    document = sheet("RefDes|Description|Thickness (um)\nU1|Memory die|50\nU2|Memory die|60")
    assert said(document) == {("memory die", "thickness", "50 µm"), ("memory die 2", "thickness", "60 µm")}


@pytest.mark.parametrize(
    "description,kind",
    [
        ("Lid, copper", "Lid"),
        ("Thermally enhanced copper lid", "Lid"),
        ("Capacitor ceramic 100nF", "Capacitor"),
        ("Underfill for die", "Underfill"),
        ("FCBGA substrate", "BuildUpSubstrate"),
    ],
)
def test_a_description_is_of_the_kind_that_it_ends_in(description: str, kind: str) -> None:
    assert list(items(sheet(f"RefDes|Description\nX1|{description}")).values()) == [kind]


@pytest.mark.parametrize("description", ["Lid adhesive", "Die coating", "No lid", "Gap below the die"])
def test_a_description_that_only_begins_with_a_kind_is_of_none(description: str) -> None:
    assert items(sheet(f"RefDes|Description\nX1|{description}")) == {}


def test_a_table_of_materials_says_what_parts_are_made_of() -> None:
    document = sheet(
        "Component|Material|Weight (mg)\nDie|Silicon|12\nMold compound|Epoxy resin|9\n|Silica|30"
    )
    assert {fact for fact in said(document) if fact[0] == "mold compound"} == {
        ("mold compound", "madeOf", "EpoxyMoldingCompound"),
        ("mold compound", "madeOf", "EpoxyResin"),
        ("mold compound", "madeOf", "Silica"),
    }


def test_a_cell_may_list_keys_with_their_values() -> None:
    page = (
        "<table><tr><th>Part</th><th>Details</th></tr>"
        "<tr><td>1. Die</td><td><ul><li>Material : Silicon</li><li>Size: 5 mm x 4 mm</li></ul></td></tr>"
        "<tr><td>2. Lid</td><td><ul><li>Material : Copper</li></ul></td></tr></table>"
    )
    document = read_document_bytes("a.html", page.encode())
    assert said(document) == {
        ("die", "madeOf", "Silicon"),
        ("die", "length", "5 mm"),
        ("die", "width", "4 mm"),
        ("lid", "madeOf", "Copper"),
    }
    assert quoted(document, "5 mm") == "Die\t\nMaterial : Silicon\nSize: 5 mm x 4 mm"


def test_a_colon_in_a_few_cells_makes_no_list_of_keys() -> None:
    table = "Part|Material|Note\nDie|silicon|see: page 2\nLid|copper|\nSubstrate|BT laminate|"
    assert ("lid", "madeOf", "Copper") in said(sheet(table))


def test_a_row_may_give_one_property_of_an_item() -> None:
    rows = (
        "Part|Dimension|Value|Material",
        "Die|Size|5.2 mm x 4.8 mm|silicon",
        "Die|Thickness|280 um|",
        "Lid|||copper",
    )
    document = sheet("\n".join(rows))
    assert said(document) == {
        ("die", "length", "5.2 mm"),
        ("die", "width", "4.8 mm"),
        ("die", "madeOf", "Silicon"),
        ("die", "thickness", "280 um"),
        ("lid", "madeOf", "Copper"),
    }
    assert quoted(document, "280 um") == "Die|Thickness|280 um"


def test_a_cell_that_spans_rows_is_read_once() -> None:
    page = (
        "<table><tr><th>Part</th><th>Dimension</th><th>Value</th><th>Material</th></tr>"
        "<tr><td rowspan=2>Die</td><td>Length</td><td>5 mm</td><td rowspan=2>Silicon</td></tr>"
        "<tr><td>Width</td><td>4 mm</td></tr></table>"
    )
    findings = read(read_document_bytes("a.html", page.encode())).findings.findings
    assert [_name(found.value) for found in findings] == ["5 mm", "Silicon", "4 mm"]


def test_the_number_of_a_part_beside_its_description_is_a_name() -> None:
    document = sheet("Item|Description|Material\nHS-130|heat spreader|copper\nQ7 lot|lid|steel")
    assert passed(document)[-1] == "a name"
    assert reasons(document) == ["`Q7 lot` is not understood"]


def test_rows_may_be_numbered() -> None:
    table = "Part|Material\n1. Die|silicon\n2) Lid|copper\n(3) Substrate|BT laminate"
    assert set(items(sheet(table))) == {"die", "lid", "substrate"}
    table = "Part|Dimension|Value\n1. Die|Length|5 mm\n2. Die|Length|6 mm"
    assert len(items(sheet(table))) == 2


def test_a_table_of_several_products_is_unsettled() -> None:
    document = sheet("Feature|X100|X200\nLid|copper|none\nDie size|1 x 1 mm|2 x 2 mm")
    assert said(document) == set()
    assert set(reasons(document)) == {"the table is of several products; choose one of `X100`, `X200`"}


def test_a_table_with_a_product_a_row_is_unsettled_unless_it_is_one() -> None:
    several = sheet("Product|Lid material|Die thickness (um)\nX1|copper|50\nX2|nickel|60")
    assert said(several) == set()
    one = sheet("Product|Lid material|Die thickness (um)\nX1|copper|50")
    assert said(one) == {("lid", "madeOf", "Copper"), ("die", "thickness", "50 µm")}


def test_a_table_that_no_header_explains_is_left_to_the_reading_of_text() -> None:
    document = sheet("City|Population\nParis|3\nRome|4")
    assert read(document).unclaimed == document.tables
    assert read(document).findings.items == ()


def test_decimal_commas_are_read_in_a_document_that_uses_them() -> None:
    document = sheet("Lid size (mm)|40,5 x 40,5\nDie thickness|0,8 mm\nBumps|1.156")
    assert {("lid", "length", "40.5 mm"), ("die", "thickness", "0.8 mm"), ("bumps", "count", "1156")} <= said(
        document
    )


def test_a_comma_between_thousands_is_no_decimal_comma() -> None:
    assert said(sheet("Parameter|Value\nBumps|1,156\nLid thickness|0.5 mm")) == {
        ("bumps", "count", "1,156"),
        ("lid", "thickness", "0.5 mm"),
    }


# ---- Material declarations ------------------------------------------------------------------------------

DECLARATION: dict[str, Any] = {
    "MainDeclaration": {
        "BusinessInfo": {"Response": {"SupplyCompany": {"CompanyID": {"name": "Copper Works"}}}},
        "Product": {
            "ProductID": {"itemName": "X100", "itemNumber": "123"},
            "Amount": {"value": "3", "UOM": "g"},
            "SubProduct": [
                {
                    "name": "Lid",
                    "HomogeneousMaterialList": {
                        "HomogeneousMaterial": [
                            {
                                "name": "Copper alloy",
                                "Amount": {"value": 2},
                                "Substance": [{"name": "Nickel"}],
                            }
                        ]
                    },
                },
                {"name": "Frobnicator", "HomogeneousMaterial": {"name": "Steel"}},
            ],
            "MaterialInfo": {
                "HomogeneousMaterial": [
                    {"name": "Die Attach", "Substance": {"name": "Silver (metallic)"}},
                    {
                        "name": "Mold Compound",
                        "Substance": [{"name": "Silica, vitreous"}, {"name": "Zirconium"}],
                    },
                ]
            },
        },
    }
}


def test_a_declaration_says_which_parts_there_are_and_what_they_are_made_of() -> None:
    document = tree(json.dumps(DECLARATION), form="ipc-1752a")
    assert said(document) == {
        ("lid", "madeOf", "Copper"),
        ("lid", "madeOf", "Nickel"),
        ("die attach", "madeOf", "Silver"),
        ("mold compound", "madeOf", "Silica"),
        ("mold compound", "madeOf", "Material"),
    }
    assert next(iter(read(document).findings.items)).name == "X100"


def test_masses_and_the_rest_of_a_declaration_are_passed_over_with_a_reason() -> None:
    document = tree(json.dumps(DECLARATION), form="ipc-1752a")
    assert set(passed(document)) == {
        "a mass, of which the ontology says nothing",
        "of the declaration itself, not of what the product is made of",
    }


def test_a_material_of_an_unknown_part_is_unsettled() -> None:
    document = tree(json.dumps(DECLARATION), form="ipc-1752a")
    assert len(reasons(document)) == 2


# ---- Nothing is dropped, whatever the keys --------------------------------------------------------------

WORDS = [
    *(
        "die",
        "lid",
        "size",
        "bumps",
        "count",
        "thickness",
        "material",
        "type",
        "name",
        "unit",
        "value",
        "min",
    ),
    *(
        "max",
        "typ",
        "parameter",
        "underfill",
        "package",
        "parts",
        "process",
        "over",
        "exposed",
        "notes",
        "msl",
    ),
    *(
        "gap between die and lid",
        "has",
        "no",
        "substrate",
        "level",
        "qty",
        "mm",
        "description",
        "id",
        "x",
        "0",
    ),
]
KEYS = st.one_of(
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map("_".join),
    st.text(max_size=8),
)
TEXTS = st.sampled_from(
    [
        "copper",
        "none",
        "TBD",
        "40 x 40 mm",
        "0.5 mm",
        "die",
        "lid",
        "optional",
        "a lid is set over the die",
        "5,5",
    ]
)
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(-9, 9999), TEXTS, st.text(max_size=12))
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)


def accounts(keyed: Keyed) -> tuple[list[Span], list[Span]]:
    """Give the slices that end in something, and those that are passed over."""
    found = keyed.findings
    quotes: list[Quote] = [each.quote for each in (*found.items, *found.findings, *found.unsettled)]
    used = [quote.span for quote in quotes] + list(keyed.prose)
    return used, [each.quote.span for each in found.ignored]


def covered(value: Span, spans: list[Span]) -> bool:
    return any(span.start < value.end and value.start < span.end for span in spans)


def check_accounts(document: Document, values: list[Span]) -> None:
    used, passed_over = accounts(read(document))
    for span in (*used, *passed_over):
        assert 0 <= span.start < span.end <= len(document.text)
    for value in values:
        if value.end > value.start:
            assert covered(value, used) or covered(value, passed_over), document.words(value)


@settings(max_examples=CASES, deadline=None)
@given(TREES)
def test_every_key_of_any_tree_ends_in_something(value: Any) -> None:
    document = tree(json.dumps(value))
    check_accounts(document, [field.value for field in document.fields])
    keys = [item.key for item in read(document).findings.items]
    assert len(keys) == len(set(keys))
    known = {*keys, "product"}
    assert {found.subject for found in read(document).findings.findings} <= known


@settings(max_examples=CASES, deadline=None)
@given(TREES)
def test_every_entry_of_any_declaration_ends_in_something(value: Any) -> None:
    document = tree(json.dumps({"MainDeclaration": {"Product": {"SubProduct": value}}}), form="ipc-1752a")
    check_accounts(document, [field.value for field in document.fields])


CELLS = st.one_of(st.sampled_from(WORDS), TEXTS, st.just(""))


def rows_of(width: int) -> st.SearchStrategy[list[list[str]]]:
    return st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=2, max_size=5)


@settings(max_examples=CASES, deadline=None)
@given(
    st.integers(2, 5).flatmap(
        lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=2, max_size=5)
    )
)
def test_every_cell_of_any_table_ends_in_something(rows: list[list[str]]) -> None:
    document = sheet("\n".join("|".join(row) for row in rows))
    if not read(document).unclaimed:
        body = [span for row in document.tables[0].rows for span in row]
        check_accounts(document, body)


def test_what_stands_too_deep_is_unsettled() -> None:
    deep: Any = "copper"
    for _ in range(45):
        deep = {"lid": deep}
    assert reasons(tree(json.dumps(deep))) == ["stands more than 40 levels deep"]


@pytest.mark.parametrize("piece", [" ", "1", "(", "1,", "a ", "x", "1.1", "µ"])
def test_reading_is_linear_in_the_length_of_a_value(piece: str) -> None:
    document = tree(json.dumps({"lid_size_mm": piece * 20000, "lid": piece * 20000}))
    assert senses().sense(piece * 20000) == senses().sense(piece * 30000)
    assert read(document).findings


SHOWN = """
import sys
sys.path.insert(0, sys.argv[1])
from test_keys import DECLARATION, read, sheet, tree
import json
def show(document):
    keyed = read(document)
    print([(item.key, item.kind, item.quote, sorted(item.marks)) for item in keyed.findings.items])
    print(keyed.findings.findings, keyed.findings.unsettled, keyed.findings.ignored, keyed.prose)
show(tree(json.dumps(DECLARATION), form="ipc-1752a"))
show(tree('{"dies": [{"id": "U1"}, {"id": "U2", "over": "U1"}], "lid": "copper, exposed"}'))
show(sheet("Part|Material|Thickness (um)\\nLid|copper, nickel|500\\nDie|silicon|50"))
"""


def test_the_same_document_reads_the_same_under_any_hash_seed() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SHOWN, os.path.dirname(__file__)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1 and b"madeOf" in outputs.pop()
