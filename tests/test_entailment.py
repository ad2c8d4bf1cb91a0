"""What follows from a description by the ontology, and what silence adds in each world: rulings in short."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from products import Facts, has, iri, pair
from readson.entailment import entail
from readson.errors import UsageError
from readson.graph import Graph, Interval, assemble
from readson.ontology import Ontology
from readson.statements import PRODUCT
from readson.verdicts import AGAINST, FOR
from readson.worlds import WORLDS, close

BOTH = FOR | AGAINST
Entail = Callable[..., Graph]


@pytest.fixture
def entailed(ontology: Ontology) -> Entail:
    """Entail what facts say, and close it in a world if one is named."""

    def build(facts: Facts, world: str = "") -> Graph:
        graph = entail(assemble([facts.product()], ontology))
        return close(graph, world) if world else graph

    return build


def is_a(graph: Graph, name: str, cls: str) -> int:
    return int(graph.is_a(iri(cls))[graph.names.index(name)])


def denied(graph: Graph, subject: str, prop: str, target: str | bool) -> bool:
    return bool(graph.denies(iri(prop), np.array([pair(graph, subject, target)]))[0])


def complete(graph: Graph, subject: str, prop: str) -> bool:
    return bool(graph.is_complete(iri(prop), np.array([graph.names.index(subject)]))[0])


def quantity(graph: Graph, name: str, prop: str) -> Interval:
    return graph.quantity(iri(prop)).take(np.array([graph.names.index(name)]))


def ends(graph: Graph, name: str, prop: str) -> tuple[float, float]:
    """Give the bounds of a quantity; nothing known is no bound at all."""
    column = quantity(graph, name, prop)
    return float(column.low[0]), float(column.high[0])


# ---- Relations ------------------------------------------------------------------------------------------


def test_a_relation_holds_with_those_above_it(entailed: Entail) -> None:
    graph = entailed(Facts().relate("die", "pkg:flipChipBondedTo", "board"))
    for prop in ("mountedOn", "attachedTo", "over", "setOver", "facesToward", "electricallyConnectedTo"):
        assert has(graph, "die", f"pkg:{prop}", "board"), prop
    assert not has(graph, "die", "pkg:wireBondedTo", "board")


def test_a_relation_holds_with_its_inverse(entailed: Entail) -> None:
    graph = entailed(Facts().relate("gap", "pkg:filledBy", "mold").relate("die", "pkg:over", "board"))
    assert has(graph, "mold", "pkg:fills", "gap")
    assert has(graph, "board", "pkg:under", "die")


def test_connection_runs_both_ways_and_onward(entailed: Entail) -> None:
    graph = entailed(
        Facts().relate("a", "pkg:solderedTo", "b").relate("c", "pkg:electricallyConnectedTo", "b")
    )
    assert has(graph, "a", "pkg:electricallyConnectedTo", "c")
    assert has(graph, "c", "pkg:electricallyConnectedTo", "a")
    assert not has(graph, "a", "pkg:attachedTo", "c")


def test_being_over_runs_onward_and_never_back(entailed: Entail) -> None:
    graph = entailed(Facts().relate("lid", "pkg:over", "die").relate("die", "pkg:mountedOn", "board"))
    assert has(graph, "lid", "pkg:over", "board")
    assert has(graph, "board", "pkg:under", "lid")
    assert denied(graph, "board", "pkg:over", "lid")
    assert denied(graph, "die", "pkg:over", "lid")
    assert not denied(graph, "lid", "pkg:over", "die")


def test_parts_over_each_other_in_a_circle_are_in_conflict(entailed: Entail) -> None:
    graph = entailed(Facts().relate("a", "pkg:over", "b").relate("b", "pkg:over", "a"))
    assert has(graph, "a", "pkg:over", "b") and denied(graph, "a", "pkg:over", "b")


def test_a_wire_connects_what_it_joins(entailed: Entail) -> None:
    graph = entailed(Facts().relate("wires", "pkg:connects", "die", "board"))
    assert has(graph, "die", "pkg:electricallyConnectedTo", "board")


def test_what_is_said_of_a_surface_is_said_of_its_part(entailed: Entail) -> None:
    facts = Facts().relate("top", "pkg:topSurfaceOf", "die").relate("back", "pkg:backSurfaceOf", "chip")
    facts.relate("lid", "pkg:over", "top").relate("mold", "pkg:covers", "top")
    facts.relate("plate", "pkg:attachedTo", "back").relate("glue", "pkg:between", "back")
    graph = entailed(facts)
    assert has(graph, "lid", "pkg:over", "die")
    assert has(graph, "mold", "pkg:covers", "die")
    assert has(graph, "plate", "pkg:attachedTo", "chip") and has(
        graph, "plate", "pkg:attachedToBackOf", "chip"
    )
    assert has(graph, "glue", "pkg:between", "chip")


def test_what_is_under_one_chip_of_a_set_is_under_the_set_and_not_under_its_other_chips(
    entailed: Entail,
) -> None:
    facts = Facts().relate("set", "pkg:hasMember", "chip 1", "chip 2").relate("chip 1", "pkg:over", "board")
    graph = entailed(facts.relate("lid", "pkg:over", "chip 2"))
    assert has(graph, "set", "pkg:setOver", "board") and has(graph, "lid", "pkg:setOver", "set")
    assert not has(graph, "lid", "pkg:over", "chip 1") and not has(graph, "lid", "pkg:over", "board")


# ---- Kinds ----------------------------------------------------------------------------------------------


def test_a_relation_tells_the_kind_of_both_ends(entailed: Entail) -> None:
    graph = entailed(Facts().relate("mold", "pkg:fills", "gap"))
    assert is_a(graph, "mold", "pkg:Encapsulant") == FOR
    assert is_a(graph, "gap", "pkg:Gap") == FOR
    assert is_a(graph, "gap", "pkg:Surface") == AGAINST
    assert is_a(graph, "mold", "pkg:MoldedEncapsulant") == 0


def test_kinds_that_exclude_each_other_refute_each_other(entailed: Entail) -> None:
    graph = entailed(Facts().kind("pkg:SiliconInterposer", "board").kind("pkg:Carrier", "tray"))
    assert is_a(graph, "board", "pkg:Carrier") == FOR
    assert is_a(graph, "board", "pkg:PackagingSubstrate") == AGAINST
    assert is_a(graph, "board", "pkg:GlassInterposer") == AGAINST
    assert is_a(graph, "tray", "pkg:PackagingSubstrate") == 0


def test_denying_a_kind_denies_the_kinds_below_it_and_no_other(entailed: Entail) -> None:
    graph = entailed(Facts().kind("pkg:Part", "plate").not_kind("pkg:HeatSink", "plate"))
    assert is_a(graph, "plate", "pkg:Lid") == is_a(graph, "plate", "pkg:HeatSink") == AGAINST
    assert is_a(graph, "plate", "pkg:Part") == FOR
    assert is_a(graph, "plate", "pkg:Film") == 0


def test_a_relation_that_an_item_cannot_have_makes_its_kind_disputed(entailed: Entail) -> None:
    graph = entailed(Facts().kind("pkg:HeatSink", "lid").relate("lid", "pkg:flipChipBondedTo", "board"))
    assert is_a(graph, "lid", "pkg:Die") == is_a(graph, "lid", "pkg:HeatSink") == BOTH
    assert denied(graph, "lid", "pkg:flipChipBondedTo", "board")
    assert has(graph, "lid", "pkg:flipChipBondedTo", "board")


def test_a_kind_gives_its_truths(entailed: Entail) -> None:
    facts = Facts().kind("pkg:ThermalGrease", "grease").kind("proc:ReducedPressureTransferMolding", "step")
    graph = entailed(facts.relate("mold", "proc:formedBy", "step"))
    assert has(graph, "grease", "pkg:conductsHeat", True) and has(graph, "grease", "pkg:adheres", False)
    assert has(graph, "step", "proc:reducedPressure", True)
    assert has(graph, "mold", "pkg:onePiece", True)


# ---- What a kind requires -------------------------------------------------------------------------------


def test_a_chip_has_an_active_surface_that_nobody_named(entailed: Entail) -> None:
    graph = entailed(Facts().kind("pkg:Chip", "die"))
    assert has(graph, "die", "pkg:hasActiveSurface", "active surface of die")
    assert complete(graph, "die", "pkg:hasActiveSurface")


def test_a_surface_that_is_named_is_the_one_required(entailed: Entail) -> None:
    graph = entailed(Facts().kind("pkg:Chip", "die").relate("face", "pkg:activeSurfaceOf", "die"))
    assert has(graph, "die", "pkg:hasActiveSurface", "face")
    assert is_a(graph, "face", "pkg:ActiveSurface") == FOR
    assert "active surface of die" not in graph.names


def test_the_step_that_forms_a_molded_layer_is_a_molding_step(entailed: Entail) -> None:
    graph = entailed(Facts().kind("pkg:MoldedUnderfill", "mold").relate("mold", "proc:formedBy", "step"))
    assert is_a(graph, "step", "proc:Molding") == FOR
    assert is_a(graph, "step", "proc:Dispensing") == AGAINST
    assert is_a(graph, "step", "proc:TransferMolding") == 0


def test_a_dummy_die_never_has_an_active_surface(entailed: Entail) -> None:
    facts = Facts().kind("pkg:DummyDie", "dummy").kind("pkg:DummyDie", "odd")
    graph = entailed(facts.relate("odd", "pkg:hasActiveSurface", "face"))
    assert complete(graph, "dummy", "pkg:hasActiveSurface")
    assert denied(graph, "odd", "pkg:hasActiveSurface", "face")


def test_dies_are_parts_of_the_product(entailed: Entail) -> None:
    graph = entailed(Facts().kind("pkg:LogicChip", "die").kind("pkg:Lid", "lid"))
    assert has(graph, PRODUCT, "pkg:hasDie", "die") and has(graph, PRODUCT, "pkg:hasPart", "die")
    assert not has(graph, PRODUCT, "pkg:hasDie", "lid")


# ---- Collections ----------------------------------------------------------------------------------------


def test_chips_that_nobody_grouped_form_a_set(entailed: Entail) -> None:
    graph = entailed(Facts().kind("pkg:Chip", "chip 1", "chip 2"))
    assert is_a(graph, "chipset", "pkg:Chipset") == FOR
    assert has(graph, "chipset", "pkg:hasMember", "chip 1") and has(
        graph, "chip 2", "pkg:memberOf", "chipset"
    )


def test_a_named_set_of_all_chips_is_the_only_one(entailed: Entail) -> None:
    graph = entailed(Facts().kind("pkg:Chip", "chip 1").relate("stack", "pkg:hasMember", "chip 1"))
    assert "chipset" not in graph.names


def test_a_named_set_of_some_chips_stands_beside_the_set_of_all(entailed: Entail) -> None:
    facts = Facts().kind("pkg:Chip", "chip 1", "chip 2").relate("stack", "pkg:hasMember", "chip 1")
    graph = entailed(facts)
    assert has(graph, "chipset", "pkg:hasMember", "chip 1") and has(
        graph, "chipset", "pkg:hasMember", "chip 2"
    )
    assert not has(graph, "stack", "pkg:hasMember", "chip 2")


def test_a_set_of_all_chips_is_known_as_a_whole_once_all_chips_are_named(entailed: Entail) -> None:
    facts = Facts().kind("pkg:Chip", "chip 1", "chip 2").relate("stack", "pkg:hasMember", "chip 1", "chip 2")
    assert not complete(entailed(facts, "open"), "stack", "pkg:hasMember")
    assert complete(entailed(facts, "documented"), "stack", "pkg:hasMember")
    partial = Facts().kind("pkg:Chip", "chip 1", "chip 2").relate("stack", "pkg:hasMember", "chip 1")
    assert not complete(entailed(partial, "documented"), "stack", "pkg:hasMember")
    assert complete(entailed(partial, "documented"), "chipset", "pkg:hasMember")


# ---- Steps ----------------------------------------------------------------------------------------------


def test_a_flip_chip_step_leaves_a_flip_chip_bond(entailed: Entail) -> None:
    facts = Facts().kind("proc:FlipChipAttach", "bonding").relate("bonding", "proc:attaches", "die")
    graph = entailed(
        facts.kind("pkg:Chip", "die").kind("pkg:Carrier", "board").relate("bonding", "proc:onto", "board")
    )
    assert has(graph, "die", "pkg:flipChipBondedTo", "board") and has(graph, "die", "pkg:over", "board")


def test_a_step_of_another_kind_leaves_no_flip_chip_bond(entailed: Entail) -> None:
    facts = Facts().kind("proc:DieAttach", "bonding").relate("bonding", "proc:attaches", "die")
    graph = entailed(facts.relate("bonding", "proc:onto", "board").relate("bonding", "proc:through", "glue"))
    assert has(graph, "die", "pkg:attachedTo", "board") and not has(
        graph, "die", "pkg:flipChipBondedTo", "board"
    )
    assert has(graph, "glue", "pkg:between", "die") and has(graph, "glue", "pkg:between", "board")


def test_the_order_of_steps_runs_onward(entailed: Entail) -> None:
    facts = Facts().relate("c", "proc:immediatelyAfter", "b").relate("b", "proc:immediatelyAfter", "a")
    graph = entailed(facts)
    assert has(graph, "c", "proc:after", "a") and has(graph, "a", "proc:before", "c")
    assert not has(graph, "c", "proc:immediatelyAfter", "a")
    assert denied(graph, "a", "proc:after", "c")


# ---- Quantities -----------------------------------------------------------------------------------------


def test_length_by_width_is_the_area(entailed: Entail) -> None:
    graph = entailed(Facts().measure("die", "pkg:length", 0.017).measure("die", "pkg:width", 0.017))
    assert ends(graph, "die", "pkg:planArea") == (0.000289, 0.000289)


def test_ranges_multiply_end_by_end_and_open_ends_stay_open(entailed: Entail) -> None:
    facts = Facts().measure("die", "pkg:length", 0.01, 0.02, high_open=True)
    graph = entailed(facts.measure("die", "pkg:width", 0.01, 0.03))
    area = quantity(graph, "die", "pkg:planArea")
    assert (area.low[0], area.high[0]) == (0.0001, 0.0006)
    assert not area.low_open[0] and area.high_open[0]


def test_a_length_alone_gives_no_area(entailed: Entail) -> None:
    graph = entailed(Facts().measure("die", "pkg:length", 0.01))
    assert not quantity(graph, "die", "pkg:planArea").known[0]


def test_sources_that_do_not_overlap_leave_a_range_upside_down(entailed: Entail) -> None:
    graph = entailed(Facts().measure("lid", "pkg:length", 0.03).measure("lid", "pkg:length", 0.02))
    assert ends(graph, "lid", "pkg:length") == (0.03, 0.02)


def test_the_largest_particle_is_no_smaller_than_the_mean(entailed: Entail) -> None:
    graph = entailed(Facts().measure("mold", "pkg:meanParticleDiameter", 1e-5))
    assert ends(graph, "mold", "pkg:maxParticleDiameter") == (1e-5, np.inf)
    below = entailed(Facts().measure("mold", "pkg:meanParticleDiameter", -np.inf, 1e-5))
    assert not quantity(below, "mold", "pkg:maxParticleDiameter").known[0]


def areas(facts: Facts, **sides: float) -> Facts:
    for name, area in sides.items():
        facts.kind("pkg:Chip", name).measure(name, "pkg:planArea", area)
    return facts


def test_a_set_is_as_large_as_its_largest_chip_and_no_larger_than_all_together(entailed: Entail) -> None:
    facts = areas(Facts(), a=1e-4, b=3e-4)
    assert ends(entailed(facts, "open"), "chipset", "pkg:planArea") == (3e-4, np.inf)
    assert ends(entailed(facts, "documented"), "chipset", "pkg:planArea") == (3e-4, 4e-4)


def test_a_chip_of_unknown_size_leaves_the_set_open_upward(entailed: Entail) -> None:
    facts = areas(Facts(), a=1e-4).kind("pkg:Chip", "b")
    assert ends(entailed(facts, "closed"), "chipset", "pkg:planArea") == (1e-4, np.inf)


def test_chips_counted_in_one_part_weigh_as_many_times(entailed: Entail) -> None:
    facts = areas(Facts(), a=1e-4).measure("a", "pkg:count", 3)
    assert ends(entailed(facts, "documented"), "chipset", "pkg:planArea") == (1e-4, pytest.approx(3e-4))


def test_a_chip_of_no_area_adds_nothing_whatever_its_count(entailed: Entail) -> None:
    facts = areas(Facts(), a=1e-4, b=0.0).measure("b", "pkg:count", 2, np.inf)
    assert ends(entailed(facts, "documented"), "chipset", "pkg:planArea") == (1e-4, 1e-4)


@pytest.mark.parametrize(
    "low,high,opens,reduced",
    [
        (1000, 1000, False, {True}),
        (-np.inf, 101325, True, {True}),
        (-np.inf, 101325, False, set()),
        (101325, 101325, False, {False}),
        (50000, 200000, False, set()),
    ],
)
def test_a_pressure_below_that_of_the_air_is_reduced(
    low: float, high: float, opens: bool, reduced: set[bool], entailed: Entail
) -> None:
    graph = entailed(Facts().measure("step", "proc:cavityPressure", low, high, high_open=opens))
    assert {truth for truth in (True, False) if has(graph, "step", "proc:reducedPressure", truth)} == reduced


# ---- Denials --------------------------------------------------------------------------------------------


def test_denying_a_relation_denies_those_below_it_and_its_inverse(entailed: Entail) -> None:
    graph = entailed(Facts().deny("lid", "pkg:over", "die"))
    for prop in ("over", "mountedOn", "flipChipBondedTo"):
        assert denied(graph, "lid", f"pkg:{prop}", "die"), prop
    assert denied(graph, "die", "pkg:under", "lid")
    assert not denied(graph, "lid", "pkg:attachedTo", "die")
    assert not denied(graph, "die", "pkg:over", "lid")


def test_denying_a_relation_says_nothing_of_those_above_it(entailed: Entail) -> None:
    graph = entailed(Facts().deny("die", "pkg:flipChipBondedTo", "board"))
    assert not denied(graph, "die", "pkg:attachedTo", "board")


def test_facing_away_excludes_facing_toward_and_a_flip_chip_bond(entailed: Entail) -> None:
    graph = entailed(Facts().relate("die", "pkg:facesAwayFrom", "board").item("other"))
    assert denied(graph, "die", "pkg:facesToward", "board")
    assert denied(graph, "die", "pkg:flipChipBondedTo", "board")
    assert not denied(graph, "die", "pkg:facesToward", "other")


def test_wire_bonds_exclude_a_flip_chip_bond_between_the_same_two(entailed: Entail) -> None:
    graph = entailed(Facts().relate("die", "pkg:wireBondedTo", "board").item("other"))
    assert denied(graph, "die", "pkg:flipChipBondedTo", "board")
    assert not denied(graph, "die", "pkg:flipChipBondedTo", "other")


def test_two_values_of_a_property_that_has_one_deny_each_other(entailed: Entail) -> None:
    graph = entailed(
        Facts().relate("gap", "pkg:filledBy", "mold", "glue").relate("slit", "pkg:filledBy", "mold")
    )
    assert denied(graph, "gap", "pkg:filledBy", "mold") and denied(graph, "glue", "pkg:fills", "gap")
    assert not denied(graph, "slit", "pkg:filledBy", "mold")


def test_yes_and_no_deny_each_other(entailed: Entail) -> None:
    graph = entailed(Facts().relate("top", "pkg:exposedInPart", True, False))
    assert denied(graph, "top", "pkg:exposedInPart", True) and denied(
        graph, "top", "pkg:exposedInPart", False
    )


# ---- Completeness ---------------------------------------------------------------------------------------


def test_a_list_of_all_values_denies_what_it_leaves_out(entailed: Entail) -> None:
    facts = Facts().relate("lid", "pkg:madeOf", "copper", "nickel").complete("lid", "pkg:madeOf", "copper")
    graph = entailed(facts)
    assert complete(graph, "lid", "pkg:madeOf")
    assert denied(graph, "lid", "pkg:madeOf", "nickel") and not denied(graph, "lid", "pkg:madeOf", "copper")


def test_what_a_list_names_holds(entailed: Entail) -> None:
    graph = entailed(Facts().complete("glue", "pkg:between", "die", "lid"))
    assert has(graph, "glue", "pkg:between", "die") and has(graph, "glue", "pkg:between", "lid")


def test_a_list_says_nothing_of_other_items(entailed: Entail) -> None:
    facts = Facts().relate("bumps", "pkg:sitsOn", "face").complete("bumps", "pkg:sitsOn", "face")
    graph = entailed(facts.relate("balls", "pkg:sitsOn", "bottom"))
    assert not denied(graph, "balls", "pkg:sitsOn", "bottom")
    assert not denied(graph, "bumps", "pkg:sitsOn", "face")


def test_what_follows_from_a_listed_value_needs_no_listing(entailed: Entail) -> None:
    facts = Facts().relate("lid", "pkg:over", "die").complete("lid", "pkg:over", "die")
    graph = entailed(facts.relate("die", "pkg:over", "board"))
    assert has(graph, "lid", "pkg:over", "board") and not denied(graph, "lid", "pkg:over", "board")


def test_a_list_of_all_items_of_a_kind_refutes_the_kind_of_others(entailed: Entail) -> None:
    facts = Facts().kind("pkg:Chip", "die", "other").all_of("pkg:Chip", "die").kind("pkg:DummyDie", "dummy")
    graph = entailed(facts)
    assert (is_a(graph, "die", "pkg:Chip"), is_a(graph, "other", "pkg:Chip")) == (FOR, BOTH)
    assert is_a(graph, "dummy", "pkg:Die") == FOR


def test_all_of_a_kind_means_all_of_the_kinds_below_it(entailed: Entail, ontology: Ontology) -> None:
    graph = entailed(Facts().all_of("pkg:Die"))
    kinds = {cls for cls, place in ontology.class_index.items() if graph.kinds_complete[0, place]}
    assert {iri("pkg:Die"), iri("pkg:Chip"), iri("pkg:DummyDie")} <= kinds
    assert not {iri("pkg:Part"), iri("pkg:Carrier")} & kinds


def test_a_complete_bill_of_material_names_all_of_every_kind(entailed: Entail) -> None:
    assert entailed(Facts().all_of("")).kinds_complete.all()


# ---- Worlds ---------------------------------------------------------------------------------------------


def kinds_named(graph: Graph, *classes: str) -> list[bool]:
    return [bool(graph.kinds_complete[0, graph.ontology.class_index[iri(c)]]) for c in classes]


def test_the_open_world_assumes_nothing_of_kinds(entailed: Entail) -> None:
    graph = entailed(Facts().kind("pkg:Lid", "lid"), "open")
    assert kinds_named(graph, "pkg:Lid", "pkg:HeatSink", "pkg:Chip") == [False, False, False]


def test_the_documented_world_takes_the_named_of_a_kind_for_all_of_it(entailed: Entail) -> None:
    graph = entailed(Facts().kind("pkg:Lid", "lid"), "documented")
    assert kinds_named(graph, "pkg:Lid", "pkg:HeatSink", "pkg:HeatSpreader") == [True, True, True]
    assert kinds_named(graph, "pkg:Chip", "pkg:Encapsulant", "pkg:Part") == [False, False, False]
    assert not complete(graph, "lid", "pkg:over")


def test_what_a_class_requires_does_not_name_a_kind(entailed: Entail) -> None:
    graph = entailed(Facts().kind("pkg:MoldedUnderfill", "mold"), "documented")
    assert kinds_named(graph, "proc:Molding", "proc:TransferMolding") == [False, False]


def test_materials_that_are_stated_are_all_in_the_documented_world(entailed: Entail) -> None:
    facts = Facts().relate("lid", "pkg:madeOf", "copper").kind("pkg:Encapsulant", "mold")
    assert complete(entailed(facts, "documented"), "lid", "pkg:madeOf")
    assert not complete(entailed(facts, "documented"), "mold", "pkg:madeOf")
    assert not complete(entailed(facts, "open"), "lid", "pkg:madeOf")


def test_the_closed_world_leaves_nothing_open(entailed: Entail) -> None:
    graph = entailed(Facts().kind("pkg:Lid", "lid"), "closed")
    assert graph.kinds_complete.all() and complete(graph, "lid", "pkg:over")
    assert is_a(graph, "lid", "pkg:VaporChamber") == AGAINST
    assert is_a(graph, "lid", "pkg:HeatSink") == FOR


def test_silence_on_a_count_means_one_or_more_and_one_where_a_world_says_so(entailed: Entail) -> None:
    facts = Facts().kind("pkg:Lid", "lid").measure("bumps", "pkg:count", 600)
    assert ends(entailed(facts, "open"), "lid", "pkg:count") == (1, np.inf)
    assert ends(entailed(facts, "documented"), "lid", "pkg:count") == (1, 1)
    assert {ends(entailed(facts, world), "bumps", "pkg:count") for world in WORLDS} == {(600, 600)}


@pytest.mark.parametrize("world", WORLDS)
def test_at_most_so_many_is_at_least_one(world: str, entailed: Entail) -> None:
    facts = Facts().measure("bumps", "pkg:count", -np.inf, 600)
    assert ends(entailed(facts, world), "bumps", "pkg:count") == (1, 600)


def test_a_world_takes_nothing_away(entailed: Entail) -> None:
    facts = (
        Facts()
        .kind("pkg:Chip", "die")
        .relate("die", "pkg:flipChipBondedTo", "board")
        .measure("die", "pkg:length", 1)
    )
    plain = entailed(facts)
    for world in WORLDS:
        graph = entailed(facts, world)
        assert all((graph.relation(p) == pairs).all() for p, pairs in plain.relations.items())
        assert all(
            (graph.is_a(cls) & plain.is_a(cls) == plain.is_a(cls)).all() for cls in graph.ontology.classes
        )


def test_a_world_that_does_not_exist_is_a_wrong_call(entailed: Entail) -> None:
    with pytest.raises(UsageError, match="there are open, documented, closed"):
        entailed(Facts(), "flat")
