"""Pictures show what the graph knows of a product, in its place and to scale, and mark what is not known."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

import portfolio_sample
from products import Facts, careless_products
from readson.entailment import entail
from readson.graph import Graph, assemble
from readson.ingest.description import parse_description
from readson.listing import file_name
from readson.ontology import Ontology
from readson.pictures import Picture, draw, lay_out
from readson.pictures.boxes import Box
from readson.pictures.figures import Figure
from readson.pictures.notation import ARRAYS, BODIES, read_notation
from readson.pictures.sheet import Sheet
from readson.resources import content_folder
from readson.site import write_site
from readson.statements import Product
from readson.verdicts import Verdict
from readson.vocabulary import DRAW
from readson.worlds import WORLDS, close

ROOT = Path(__file__).resolve().parents[1]
SVG = "{http://www.w3.org/2000/svg}"
LIMIT = 60_000

FLIP_CHIP = """
product: Flip chip
kind: package
parts:
  substrate: {kind: organic substrate, size: 20 mm x 20 mm x 0.6 mm}
  die: {kind: chip, size: 10 mm x 10 mm x 0.5 mm, flip-chip bonded to: substrate}
  bumps: {kind: solder bumps, count: 612, on: die}
  lid: {kind: heat spreader, size: 16 mm x 16 mm x 0.4 mm, over: die}
  adhesive: {kind: thermal adhesive, between: [die, lid]}
  mold: {kind: molded underfill, covers: substrate, fills: gap between die and substrate}
  balls: {kind: solder balls, on: bottom of substrate}
  capacitors: {kind: capacitors, count: 4, soldered to: substrate}
"""
SIX = "lid: {kind: heat spreader, size: 16 mm x 16 mm x 0.4 mm, over: die}"


def graph_of(products: Iterable[Product], ontology: Ontology, world: str = "documented") -> Graph:
    return close(entail(assemble(list(products), ontology)), world)


def laid_out(text: str, ontology: Ontology, world: str = "documented") -> tuple[Sheet, Picture]:
    product = parse_description(text, ontology.lexicon, file="x.yaml", folder=ROOT, slug="x")
    graph = graph_of([product], ontology, world)
    return lay_out(product, graph)[0], draw(product, graph)


def figure(sheet: Sheet, name: str) -> Figure:
    return next(f for f in sheet.figures.figures if sheet.scene.names.get(f.node) == name)


def box(sheet: Sheet, name: str) -> Box:
    return figure(sheet, name).boxes[0]


def notes(sheet: Sheet) -> list[str]:
    return sorted(note.form for note in sheet.figures.notes)


def label(picture: Picture, name: str) -> str:
    """Give the words of the label of a part."""
    root = ElementTree.fromstring(picture.svg)
    (found,) = (g for g in root.iter(f"{SVG}g") if g.get("data-for") == picture.parts[name])
    return " ".join("".join(text.itertext()) for text in found.iter(f"{SVG}text"))


def words(picture: Picture) -> str:
    root = ElementTree.fromstring(picture.svg)
    return " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


@pytest.fixture(scope="module")
def flip_chip(ontology: Ontology) -> tuple[Sheet, Picture]:
    return laid_out(FLIP_CHIP, ontology)


@pytest.fixture(scope="module")
def sheets(described: tuple[Product, ...], ontology: Ontology) -> list[tuple[Sheet, Picture]]:
    """Draw every product of `data/products`, and products drawn at random with all their contradictions."""
    products = [*described, *careless_products(range(60), ontology)]
    graph = graph_of(products, ontology)
    return [(lay_out(product, graph)[0], draw(product, graph)) for product in graph.products]


# What holds of every picture.


def test_every_picture_is_one_small_well_formed_element_without_script_or_style(
    sheets: list[tuple[Sheet, Picture]],
) -> None:
    for _, picture in sheets:
        root = ElementTree.fromstring(picture.svg)
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert root.tag == f"{SVG}svg" and root.get("role") == "img" and root[0].tag == f"{SVG}title"
        assert not tags & {"script", "style", "foreignObject", "image", "a"}
        assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]
        assert len(picture.svg.encode()) < LIMIT


def test_every_named_part_and_step_has_one_element(sheets: list[tuple[Sheet, Picture]]) -> None:
    for sheet, picture in sheets:
        ids = re.findall(r'\bid="([^"]+)"', picture.svg)
        assert len(ids) == len(set(ids))
        named = [piece.name for piece in sheet.scene.pieces.values()] + [step.name for step in sheet.steps]
        assert not [name for name in named if picture.parts[name] not in ids]
        shown = {*sheet.figures.drawn, *sheet.figures.stand_ins}
        homeless = {piece.node for piece in sheet.homeless}
        assert homeless | shown >= sheet.scene.pieces.keys() and not homeless & shown


def test_every_part_can_be_focused_and_has_a_name(sheets: list[tuple[Sheet, Picture]]) -> None:
    for _, picture in sheets:
        for group in ElementTree.fromstring(picture.svg).iter(f"{SVG}g"):
            if "part" in (group.get("class") or "").split():
                title = group.find(f"{SVG}title")
                assert group.get("tabindex") == "0" and title is not None and title.text


def test_no_label_overlaps_another_or_the_drawing(sheets: list[tuple[Sheet, Picture]]) -> None:
    labeled = 0
    for sheet, _ in sheets:
        boxes = [each.box(sheet.edges) for each in sheet.labels]
        assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
        assert all(b.x1 < sheet.edges[0] or b.x0 > sheet.edges[1] for b in boxes)
        labeled += len(boxes)
    assert labeled > 400


def test_what_lies_over_another_part_is_drawn_above_it(sheets: list[tuple[Sheet, Picture]]) -> None:
    compared = 0
    for sheet, _ in sheets:
        boxes = sheet.placed.boxes
        for upper, lower in sheet.scene.above:
            if upper in boxes and lower in boxes and upper not in sheet.folded.whole.circular:
                assert sheet.placed.box(upper).y0 >= sheet.placed.box(lower).y1 - 1e-6
                compared += 1
    assert compared > 150


def test_parts_whose_sizes_are_known_keep_their_ratio(sheets: list[tuple[Sheet, Picture]]) -> None:
    compared = 0
    for sheet, _ in sheets:
        for node in sheet.placed.wide_to_scale:
            piece, drawn = sheet.scene.pieces[node], sheet.placed.boxes[node][0]
            assert piece.length and drawn.width == pytest.approx(
                piece.length.middle * sheet.placed.scale.across
            )
            compared += 1
        for node in sheet.placed.high_to_scale & sheet.placed.boxes.keys():
            piece, drawn = sheet.scene.pieces[node], sheet.placed.boxes[node][0]
            assert piece.height and drawn.height == pytest.approx(piece.height.middle * sheet.placed.scale.up)
            compared += 1
    assert compared > 60


def test_every_part_that_is_not_to_scale_says_so(sheets: list[tuple[Sheet, Picture]]) -> None:
    for sheet, picture in sheets:
        for node in sheet.placed.boxes:
            if node >= 0 and not {node} <= sheet.placed.wide_to_scale & sheet.placed.high_to_scale:
                assert "not to scale" in label(picture, sheet.scene.names[node])


def test_bodies_beside_each_other_do_not_overlap(sheets: list[tuple[Sheet, Picture]]) -> None:
    for sheet, _ in sheets[:16]:
        bodies = [(n, b) for n, found in sheet.placed.boxes.items() for b in found]
        clashes = [(m, n) for (m, a), (n, b) in combinations(bodies, 2) if m != n and a.overlaps(b)]
        assert not clashes


def test_the_text_alternative_is_of_full_sentences_and_stands_in_the_picture(
    sheets: list[tuple[Sheet, Picture]],
) -> None:
    for _, picture in sheets:
        root = ElementTree.fromstring(picture.svg)
        description = root.find(f"{SVG}desc")
        assert description is not None and description.text == picture.text
        assert root.get("aria-describedby") == description.get("id")
        assert picture.text.endswith(".") and picture.text[0].isupper() and "  " not in picture.text


def test_the_same_graph_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    code = """
from hashlib import sha256
from pathlib import Path
from readson.entailment import entail
from readson.graph import assemble
from readson.ingest import read_descriptions
from readson.ontology import load_ontology
from readson.pictures import draw
names = "stacked-memory-accelerator", "conflicting-sources", "three-chip-stack"
ontology = load_ontology()
paths = [Path("data/products", name, "product.yaml") for name in names]
graph = entail(assemble(read_descriptions(paths, ontology.lexicon), ontology))
print([sha256(draw(product, graph).svg.encode()).hexdigest() for product in graph.products])
"""
    source = str(ROOT / "src")
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": source},
        ).stdout
        for seed in ("1", "77")
    }  # fmt: skip
    assert len(runs) == 1 and len(runs.pop()) > 150


def test_what_a_world_assumes_is_not_drawn(ontology: Ontology) -> None:
    assert len({laid_out(FLIP_CHIP, ontology, world)[1].svg for world in WORLDS}) == 1


# Where parts stand.


def test_bumps_fill_the_gap_and_balls_hang_below(flip_chip: tuple[Sheet, Picture]) -> None:
    sheet, _ = flip_chip
    substrate, die, bumps = (box(sheet, name) for name in ("substrate", "die", "bumps"))
    assert (bumps.y0, bumps.y1) == (substrate.y1, die.y0) and die.x0 < bumps.x0 < bumps.x1 < die.x1
    assert box(sheet, "balls").y1 == substrate.y0


def test_a_layer_between_two_parts_touches_both(flip_chip: tuple[Sheet, Picture]) -> None:
    sheet, _ = flip_chip
    die, layer, lid = (box(sheet, name) for name in ("die", "adhesive", "lid"))
    assert (layer.y0, layer.y1) == (die.y1, lid.y0) and (layer.x0, layer.x1) == (die.x0, die.x1)


def test_passives_stand_beside_the_die_with_their_side_left_open(flip_chip: tuple[Sheet, Picture]) -> None:
    sheet, picture = flip_chip
    left, right = figure(sheet, "capacitors").boxes
    assert left.x1 < box(sheet, "die").x0 and box(sheet, "die").x1 < right.x0
    assert left.y0 == box(sheet, "substrate").y1
    assert figure(sheet, "capacitors").loose and "side not stated" in label(picture, "capacitors")


def test_chips_side_by_side_stand_on_the_carrier_under_one_spreader(ontology: Ontology) -> None:
    sheet, _ = laid_out(
        """
product: Two dice
kind: package
parts:
  frame: {kind: lead frame}
  left: {kind: chip, flip-chip bonded to: frame}
  right: {kind: chip, flip-chip bonded to: frame}
  lid: {kind: lid, over: [left, right]}
  glue: {kind: thermal adhesive, between: [left, right, lid]}
""",
        ontology,
    )
    left, right, lid = (box(sheet, name) for name in ("left", "right", "lid"))
    assert left.x1 < right.x0 and left.y0 == right.y0
    assert lid.x0 <= left.x0 and right.x1 <= lid.x1 and lid.y0 >= right.y1
    assert [round(b.x0, 3) for b in figure(sheet, "glue").boxes] == [round(left.x0, 3), round(right.x0, 3)]


def test_a_part_that_is_not_over_the_die_is_not_drawn_over_it(
    described: tuple[Product, ...], ontology: Ontology
) -> None:
    product = next(p for p in described if p.slug == "two-half-heat-sinks")
    sheet, _ = lay_out(product, graph_of([product], ontology))
    assert box(sheet, "plate").x0 > box(sheet, "die").x1


def test_wires_run_from_the_top_of_the_chip_to_the_carrier_below_the_spreader(ontology: Ontology) -> None:
    sheet, _ = laid_out(
        """
product: Wires
kind: package
parts:
  substrate: {kind: organic substrate}
  lower: {kind: chip, on: substrate}
  upper: {kind: chip, on: lower}
  wires: {kind: bond wires, count: 40, connects: [upper, substrate]}
  lid: {kind: lid, over: upper}
""",
        ontology,
    )
    upper, lower, lid = (box(sheet, name) for name in ("upper", "lower", "lid"))
    arcs = figure(sheet, "wires").arcs
    assert len(arcs) == 4
    for (x, y), (a, b), top in arcs:
        assert y == upper.y1 and upper.x0 < x < upper.x1 and b == box(sheet, "substrate").y1
        assert not lower.x0 <= a <= lower.x1 and y < top < lid.y0


def test_the_mold_reaches_the_top_of_what_is_exposed_and_over_what_is_not(ontology: Ontology) -> None:
    for exposed, flush in (("fully", True), ("no", False)):
        text = FLIP_CHIP.replace(SIX, SIX.replace("over: die", f"over: die, exposed: {exposed}"))
        sheet, _ = laid_out(text, ontology)
        assert (box(sheet, "mold").y1 == box(sheet, "lid").y1) is flush
        assert box(sheet, "mold").y1 >= box(sheet, "lid").y1
        assert ("exposed" in notes(sheet)) is flush


def test_an_exposure_that_nobody_states_is_left_open(flip_chip: tuple[Sheet, Picture]) -> None:
    sheet, picture = flip_chip
    (opening,) = (note.box for note in sheet.figures.notes if note.form == "open")
    assert opening.y0 == box(sheet, "lid").y1 and "not stated what is there" in words(picture)


def test_how_much_is_exposed_is_left_open_where_only_a_part_is_stated(ontology: Ontology) -> None:
    text = FLIP_CHIP.replace(SIX, SIX.replace("over: die", "over: die, exposed: yes"))
    assert notes(laid_out(text, ontology)[0]).count("ajar") == 1


def test_a_gap_that_nobody_says_is_filled_stays_open_and_a_denied_filling_empty(ontology: Ontology) -> None:
    silent = FLIP_CHIP.replace(", fills: gap between die and substrate", "")
    assert notes(laid_out(silent, ontology)[0]).count("open") == 2
    denied = FLIP_CHIP.replace("fills: gap", "fills: {not: gap").replace(
        "substrate}\n  balls", "substrate}}\n  balls"
    )
    assert notes(laid_out(denied, ontology)[0]).count("void") == 1


def test_the_active_face_is_drawn_where_the_die_faces(ontology: Ontology) -> None:
    up = FLIP_CHIP.replace("flip-chip bonded to: substrate", "on: substrate, faces away from: substrate")
    for text, at_top in ((FLIP_CHIP, False), (up, True)):
        sheet, _ = laid_out(text, ontology)
        (face,) = (note.box for note in sheet.figures.notes if note.form == "face")
        die = box(sheet, "die")
        assert (face.y0 > (die.y0 + die.y1) / 2) is at_top


def test_a_lid_fixed_to_the_substrate_stands_on_it(ontology: Ontology) -> None:
    text = FLIP_CHIP.replace(SIX, "lid: {kind: lid, size: 19 mm x 19 mm, over: die, attached to: substrate}")
    sheet, _ = laid_out(text, ontology)
    lid, left, right = figure(sheet, "lid").boxes
    assert left.y0 == right.y0 == box(sheet, "substrate").y1 and left.y1 == lid.y0


# What is not known, denied or in dispute.


def test_a_part_whose_place_nobody_states_is_in_the_tray(ontology: Ontology) -> None:
    sheet, picture = laid_out(FLIP_CHIP.replace(", over: die", "").replace(", lid]", "]"), ontology)
    assert [piece.name for piece in sheet.homeless] == ["lid", "adhesive"]
    assert "Place not stated" in words(picture)
    assert "The description does not state the place of the lid and the adhesive." in picture.text


def test_a_part_that_is_denied_is_not_drawn(ontology: Ontology) -> None:
    _, picture = laid_out(FLIP_CHIP.replace("count: 4,", "count: 0,"), ontology)
    assert "capacitors" not in picture.parts and "capacitors" not in words(picture)


def test_what_sources_disagree_on_is_marked(ontology: Ontology) -> None:
    text = FLIP_CHIP.replace(
        "product: Flip chip", "product: x\nsources: {a: {title: A}, b: {title: B}}\nsource: a"
    )
    disputed = text.replace(SIX, "lid: {kind: lid, over: [{is: die}, {not: die, source: b}]}")
    _, picture = laid_out(disputed, ontology)
    assert "≠ place" in label(picture, "lid") and "≠ sources disagree" in words(picture)
    assert "Sources disagree on the place of the lid." in picture.text
    kinds = text.replace(
        "kind: molded underfill", "kind: [{is: molded underfill}, {is: capillary underfill, source: b}]"
    )
    _, picture = laid_out(kinds, ontology)
    assert "molded underfill or capillary underfill" in label(picture, "mold") and "≠ kind" in label(
        picture, "mold"
    )


def test_parts_that_are_said_to_lie_above_each_other_are_not_placed(ontology: Ontology) -> None:
    text = "product: x\nkind: package\nparts:\n  a: {kind: chip, over: b}\n  b: {kind: chip, over: a}\n"
    sheet, picture = laid_out(text, ontology)
    assert [piece.name for piece in sheet.homeless] == ["a", "b"] and words(picture).count("≠ place") == 2


def test_parts_that_nothing_joins_stand_apart(ontology: Ontology) -> None:
    text = (
        FLIP_CHIP.replace(SIX, "lid: {kind: lid}")
        + "  coil: {kind: inductor}\n  plate: {kind: heat sink, over: coil}\n"
    )
    sheet, _ = laid_out(text, ontology)
    assert len(sheet.placed.assemblies) == 2
    assert box(sheet, "plate").x0 > box(sheet, "substrate").x1


# Many, none, and names of all kinds.


def hundred_dies() -> str:
    dies = [
        f"  d{i:03d}: {{kind: chip, size: 4 mm x 4 mm, flip-chip bonded to: interposer}}\n"
        f"  d{i:03d} bumps: {{kind: microbumps, count: 100, on: d{i:03d}}}"
        for i in range(100)
    ]
    names = ", ".join(f"d{i:03d}" for i in range(100))
    return "\n".join(
        (
            "product: Hundred dies", "kind: package", "parts:",
            "  interposer: {kind: silicon interposer, size: 70 mm x 70 mm}", *dies,
            f"  plate: {{kind: heat spreader, over: [{names}], size: 68 mm x 68 mm x 1 mm}}",
        )
    )  # fmt: skip


def test_of_a_hundred_dies_some_are_drawn_and_the_others_counted(ontology: Ontology) -> None:
    sheet, picture = laid_out(hundred_dies(), ontology)
    drawn = [n for n in sheet.placed.boxes if n >= 0 and sheet.scene.names[n].startswith("d")]
    assert len(drawn) == 5 and "95 more d005 to d099" in words(picture)
    assert picture.parts["d099"] == picture.parts["d050 bumps"] == "more-1" != picture.parts["d000"]
    assert len(picture.svg.encode()) < LIMIT


def test_of_a_pile_of_dies_the_first_two_and_the_last_are_drawn(ontology: Ontology) -> None:
    pile = [f"  m{i}: {{kind: memory chip, on: m{i - 1}}}" for i in range(1, 12)]
    text = "\n".join(("product: Pile", "kind: package", "parts:", "  m0: {kind: memory chip}", *pile))
    sheet, picture = laid_out(text, ontology)
    assert [sheet.scene.names[n] for n in sheet.placed.boxes if n >= 0] == ["m0", "m1", "m11"]
    assert "9 more m2 to m10" in words(picture) and "9 more parts are not drawn" in picture.text


def test_a_name_that_stands_for_several_parts_is_drawn_several_times(ontology: Ontology) -> None:
    text = FLIP_CHIP.replace(
        "die: {kind: chip, size: 10 mm x 10 mm", "die: {kind: chip, count: 8, size: 2 mm x 2 mm"
    )
    sheet, picture = laid_out(text, ontology)
    assert len(figure(sheet, "die").boxes) == 3 and "× 8" in label(picture, "die")


def test_a_description_that_names_nothing_has_a_picture_that_says_so(ontology: Ontology) -> None:
    _, picture = laid_out("product: Nothing\nkind: package\n", ontology)
    assert words(picture) == "The description names no part and no step." and not picture.parts


def test_a_process_is_drawn_as_its_steps_in_order_with_their_conditions(ontology: Ontology) -> None:
    sheet, picture = laid_out(
        """
product: A flow
kind: package
process:
  steps:
    - {name: bonding, kind: flip-chip attach}
    - {name: casting, kind: transfer molding, temperature: 175 °C, cavity pressure: 8 Torr}
    - {name: oven, kind: cure, duration: 4 h}
""",
        ontology,
    )
    assert [(step.name, step.follows) for step in sheet.steps] == [
        ("bonding", False),
        ("casting", True),
        ("oven", True),
    ]
    shown = words(picture)
    assert "2. casting transfer molding cavity pressure 8 Torr" in shown and "temperature 175 °C" in shown
    assert shown.index("1. bonding") < shown.index("2. casting") < shown.index("duration 4 h")
    assert picture.text.startswith("Steps by which A flow is made.")


def test_steps_whose_order_nobody_states_are_joined_by_a_question_mark(ontology: Ontology) -> None:
    facts = Facts().kind("proc:Process", "process").kind("proc:Reflow", "step 1", "step 2")
    product = facts.relate("process", "proc:hasStep", "step 1", "step 2").product()
    picture = draw(product, graph_of([product], ontology))
    assert "?" in words(picture).split()


def test_hostile_names_stay_text(ontology: Ontology) -> None:
    names = ("<b>board</b>", 'die "><script>x</script>', "\u202eevil\u202c \x00\ud800", "a & b " * 30, "芯片")
    facts = (
        Facts("<script>alert(1)</script>").kind("pkg:OrganicSubstrate", names[0]).kind("pkg:Chip", *names[1:])
    )
    for upper, lower in pairwise(reversed(names)):
        facts.relate(upper, "pkg:mountedOn", lower)
    product = facts.kind("proc:Reflow", "<i>step</i>").product()
    picture = draw(product, graph_of([product], ontology))
    root = ElementTree.fromstring(picture.svg)
    assert not [e for e in root.iter() if e.tag.removeprefix(SVG) in ("script", "b", "i")]
    shown = words(picture)
    assert "<b>board</b>" in shown and "<script>x</script>" in shown and "1. <i>step</i>" in shown
    assert not re.search("[\u202a-\u202e\x00\ud800]", picture.svg + picture.text)
    assert all(re.fullmatch(r"part-[a-z0-9-]+", id) for id in picture.parts.values())


def test_names_that_run_from_right_to_left_are_isolated(ontology: Ontology) -> None:
    _, picture = laid_out(
        "product: x\nkind: package\nparts:\n  שבב: {kind: chip}\n  die: {kind: chip}\n", ontology
    )
    assert "\u2068שבב\u2069" in words(picture) and "\u2068die" not in words(picture)


def test_names_alike_but_for_signs_get_ids_of_their_own(ontology: Ontology) -> None:
    product = Facts().kind("pkg:Chip", "die a", "die-a", "Ж", "Щ").product()
    ids = draw(product, graph_of([product], ontology)).parts
    assert len(set(ids.values())) == 4 and ids["die a"] == "part-die-a" != ids["die-a"]


# What styles and pages rely on.


def test_the_page_of_a_product_shows_its_picture_and_stays_well_formed(
    flip_chip: tuple[Sheet, Picture], tmp_path: Path
) -> None:
    portfolio, picture = portfolio_sample.portfolio(), flip_chip[1]
    product = portfolio.products[0]
    write_site(portfolio, tmp_path / "site", pictures={product.slug: picture})
    (page,) = (tmp_path / "site" / "products").glob(f"{file_name(product.slug)}/index.html")
    html = page.read_text("utf-8")
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert html.count("<svg") == 1 and set(picture.parts.values()) <= set(ids) and picture.scale in html
    assert len(ids) == len(set(ids))
    assert "<svg" not in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_each_verdict_has_a_pattern_of_its_own(flip_chip: tuple[Sheet, Picture]) -> None:
    root = ElementTree.fromstring(flip_chip[1].svg)
    found = {p.get("id"): p for p in root.iter(f"{SVG}pattern")}
    strokes = {verdict: found[f"verdict-{verdict.slug}"][1].get("d") for verdict in Verdict}
    assert len(set(strokes.values())) == len(Verdict)


def test_every_paint_of_the_ontology_has_its_color_in_the_style_sheet(ontology: Ontology) -> None:
    css = (content_folder("site") / "static" / "chart.css").read_text("utf-8")
    paints = [iri.removeprefix(DRAW) for iri, _ in ontology.lexicon.annotations(DRAW + "fill")]
    assert len(paints) > 10
    for name in paints:
        assert re.search(rf"--paint-{name}: light-dark\(#\w{{6}}, #\w{{6}}\);", css), (
            "one in light, one in dark"
        )
        assert f".picture .paint-{name} {{" in css


def test_every_kind_of_part_has_a_shape_that_is_drawn(ontology: Ontology) -> None:
    notation = read_notation(ontology.lexicon)
    known = {*BODIES, *ARRAYS, "layer", "fill", "arc", "rods", "group"}
    assert {style.shape for style in notation.styles.values()} <= known
    part = ontology.lexicon.role("parts")
    styled = [cls for cls in ontology.classes if ontology.is_subclass(cls, part)]
    assert all(any(ontology.is_subclass(cls, s) for s in notation.styles) for cls in styled)
