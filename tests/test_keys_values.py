"""The values beside keys: quantities, words of the ontology, prose, and the words that are quoted."""

from __future__ import annotations

import json

import pytest

from keyed_documents import (
    items,
    local_name,
    passed,
    prose,
    quoted,
    read,
    reasons,
    said,
    sheet,
    tree,
)

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
    assert (top.key, local_name(top.kind), top.of) == ("top of lid", "TopSurface", ("lid",))
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
    assert (local_name(gap.kind), gap.of) == ("BondingGap", ("die", "substrate"))
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
