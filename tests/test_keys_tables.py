"""Tables and material declarations say what a product is made of."""

from __future__ import annotations

import json

import pytest

from keyed_documents import (
    DECLARATION,
    items,
    local_name,
    passed,
    quoted,
    read,
    reasons,
    said,
    sheet,
    tree,
)
from readson.documents import read_document_bytes

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
    assert [local_name(found.value) for found in findings] == ["5 mm", "Silicon", "4 mm"]


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
