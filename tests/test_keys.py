"""Keys and nesting of tables and trees say which parts a product has, and which it has not."""

from __future__ import annotations

import json

import pytest

from keyed_documents import (
    items,
    local_name,
    passed,
    read,
    reasons,
    said,
    senses,
    tree,
)
from readson.mapping.keys import split_key, unit_of

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
    assert [local_name(kind.iri) for kind in sense.kinds] == kinds
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
    assert [(item.key, local_name(item.kind), sorted(item.marks)) for item in found] == [
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
