"""One more statement never takes a verdict away; the order of statements and products never matters."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product as combinations
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from products import LIKELY, Facts, chip_stack, flip_chip_package, iri, random_products, shuffled
from readson.assess import Assessment, assess
from readson.focus import Focus
from readson.graph import Graph
from readson.ontology import Ontology, load_ontology
from readson.shapes import Patent, load_patent
from readson.statements import PRODUCT, TYPE, Bounds, Complete, Content, Denial, Product, Statement, Value
from readson.verdicts import AGAINST, FOR, Verdict, conjoin, disjoin, negate, pack
from readson.worlds import WORLDS

VALUES = np.arange(4, dtype=np.uint8)
# READSON_CASES asks for as many examples, new ones every time.
CASES = os.environ.get("READSON_CASES", "")
FEW = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=not CASES,
    max_examples=int(CASES or 30),
)

# ---- The laws of four values ----------------------------------------------------------------------------


def every(columns: int) -> list[np.ndarray[tuple[int], np.dtype[np.uint8]]]:
    """Give columns that hold every combination of verdicts."""
    return [np.array(c, dtype=np.uint8) for c in zip(*combinations(range(4), repeat=columns), strict=True)]


def same(left: np.ndarray, right: np.ndarray) -> bool:
    return left.tolist() == right.tolist()


@pytest.mark.parametrize("operation", [conjoin, disjoin])
def test_order_and_grouping_do_not_matter(operation) -> None:
    a, b, c = every(3)
    assert same(operation(a, b), operation(b, a))
    assert same(operation(operation(a, b), c), operation(a, operation(b, c)))
    assert same(operation(a, a), a)


def test_and_distributes_over_or_and_or_over_and() -> None:
    a, b, c = every(3)
    assert same(conjoin(a, disjoin(b, c)), disjoin(conjoin(a, b), conjoin(a, c)))
    assert same(disjoin(a, conjoin(b, c)), conjoin(disjoin(a, b), disjoin(a, c)))


def test_de_morgan_and_double_negation() -> None:
    a, b = every(2)
    assert same(negate(conjoin(a, b)), disjoin(negate(a), negate(b)))
    assert same(negate(disjoin(a, b)), conjoin(negate(a), negate(b)))
    assert same(negate(negate(VALUES)), VALUES)


def test_met_is_neutral_for_and_and_not_met_for_or() -> None:
    met, not_met = (np.full(4, bit, dtype=np.uint8) for bit in (FOR, AGAINST))
    assert same(conjoin(VALUES, met), VALUES)
    assert same(disjoin(VALUES, not_met), VALUES)
    assert same(conjoin(VALUES, not_met), not_met)
    assert same(disjoin(VALUES, met), met)


def test_more_knowledge_about_the_parts_keeps_what_was_known_of_the_whole() -> None:
    a, b, more_a, more_b = every(4)
    for operation in (conjoin, disjoin):
        less, more = operation(a, b), operation(a | more_a, b | more_b)
        assert same(less & more, less)
    assert same(negate(a) & negate(a | more_a), negate(a))


def test_bits_are_packed_as_verdicts_are_numbered() -> None:
    yes, no = np.array([False, True, False, True]), np.array([False, False, True, True])
    assert same(pack(yes, no), VALUES)
    assert [Verdict(bits).name for bits in range(4)] == ["UNKNOWN", "MET", "NOT_MET", "CONFLICTING"]


@pytest.mark.parametrize("verdict", Verdict)
def test_no_verdict_is_a_truth_value(verdict: Verdict) -> None:
    with pytest.raises(
        TypeError, match=r"^a verdict has four values; compare it with Verdict\.MET and so on$"
    ):
        bool(verdict)


# ---- One more statement ---------------------------------------------------------------------------------


@cache
def shared() -> tuple[Ontology, Patent, list[Product]]:
    """Load what every example needs, and draw the products that examples begin with."""
    ontology = load_ontology()
    products = random_products(range(5000, 5040), ontology, most=14, spread=True)
    return ontology, load_patent("chip-package", ontology), products


@st.composite
def statements(draw: st.DrawFn, product: Product) -> Statement:
    """Draw one statement about the items of a product; it may contradict the others."""
    ontology, _, _ = shared()
    items = st.sampled_from(product.items)
    subject = draw(items)
    relations, truths = sorted(ontology.relations), sorted(ontology.truths)
    sort = draw(
        st.sampled_from(("relation", "truth", "class", "bounds", "all", "all of a class", "likely", "varied"))
    )
    match sort:
        case "relation":
            content = draw(st.sampled_from((Value, Denial)))(draw(items))
            return Statement("new", subject, draw(st.sampled_from(relations)), content)
        case "truth":
            content = draw(st.sampled_from((Value, Denial)))(draw(st.booleans()))
            return Statement("new", subject, draw(st.sampled_from(truths)), content)
        case "class":
            content = draw(st.sampled_from((Value, Denial)))(draw(st.sampled_from(ontology.classes)))
            return Statement("new", subject, TYPE, content)
        case "bounds":
            return Statement(
                "new", subject, draw(st.sampled_from(sorted(ontology.quantities))), draw(bounds())
            )
        case "all":
            values = tuple(draw(st.lists(items, max_size=3, unique=True)))
            return Statement("new", subject, draw(st.sampled_from(relations)), Complete("", values))
        case "all of a class":
            of = draw(st.sampled_from(("", *ontology.classes)))
            values = tuple(draw(st.lists(items, max_size=3, unique=True)))
            return Statement("new", PRODUCT, sorted(ontology.lists_parts)[0], Complete(of, values))
        case "likely":
            return draw(st.sampled_from(likely(product)))
    return draw(st.sampled_from(variants(product)))


@cache
def likely(product: Product) -> tuple[Statement, ...]:
    """List what products of this field are likely to say of such items, and its denials."""
    groups: dict[str, list[str]] = {}
    for name in product.items:
        groups.setdefault(name.split()[0], []).append(name)
    pairs = [
        (one, iri(prop), other)
        for first, prop, second in sorted(set(LIKELY))
        for one, other in combinations(groups.get(first, ()), groups.get(second, ()))
    ]
    return tuple(
        Statement("new", one, prop, sort(other)) for one, prop, other in pairs for sort in (Value, Denial)
    )


def bounds() -> st.SearchStrategy[Bounds]:
    """Draw bounds that often touch those of others."""
    numbers = st.sampled_from((0.0, 1e-5, 3e-5, 4e-5, 0.01, 0.0004, 1.0, 2.0, 448.15, 2666.4477483, 101325.0))
    return st.one_of(
        st.builds(lambda x: Bounds(x, x), numbers),
        st.builds(lambda x, opens: Bounds(low=x, low_open=opens), numbers, st.booleans()),
        st.builds(lambda x, opens: Bounds(high=x, high_open=opens), numbers, st.booleans()),
    )


@cache
def variants(product: Product) -> tuple[Statement, ...]:
    """Vary what a product says already: deny it, call it all there is, or bound it from one side."""
    return tuple(replace(s, id="new", content=c) for s in product.statements for c in _variants(s.content))


def _variants(content: Content) -> Iterator[Content]:
    match content:
        case Value(object=target):
            yield Denial(target)
            if isinstance(target, str):
                yield Complete("", (target,)) if "/" not in target else Value(target)
        case Bounds(low=low, high=high):
            yield from (Bounds(low=low), Bounds(high=high), Bounds(high=high, high_open=True))


def with_statement(product: Product, statement: Statement) -> Product:
    return replace(product, statements=(*product.statements, statement))


@dataclass(frozen=True)
class Bound:
    """Bindings of the roles of one claim, by the names of parts; a number stands for no part."""

    roles: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


def bindings(assessment: Assessment, claim: int, most: int = 150) -> Bound:
    """List bindings of a claim on the first product: all there are, or a sample."""
    roles = assessment.patent.claims[claim].roles
    graph = assessment.graph
    entries = [assessment.search.candidates(role).node.tolist() for role in roles]
    named = [[graph.names[n] if n >= 0 else n for n in nodes] for nodes in entries]
    total = int(np.prod([len(nodes) for nodes in named]))
    rows = combinations(*named) if total <= most else sampled(named, most)
    return Bound(roles, tuple(rows))


def sampled(named: Sequence[Sequence[str | int]], count: int) -> Iterator[tuple[str | int, ...]]:
    draw = Random(0)
    return (tuple(draw.choice(nodes) for nodes in named) for _ in range(count))


def judged(assessment: Assessment, claim: int, bound: Bound) -> dict[tuple[str, str], np.ndarray]:
    """Judge every construction of every element of a claim on given bindings; -1 where a part is no more."""
    places = {name: place for place, name in enumerate(assessment.graph.names) if place > 1}
    nodes = [[n if isinstance(n, int) else places.get(n, -9) for n in row] for row in bound.rows]
    columns = np.array(nodes, dtype=np.int64).reshape(len(bound.rows), len(bound.roles))
    there = (columns != -9).all(axis=1)
    focus = Focus(
        np.zeros(there.sum(), dtype=np.int64), dict(zip(bound.roles, columns[there].T, strict=True))
    )
    found = {}
    for element in assessment.patent.claims[claim].elements:
        for used in () if element.inherits else element.constructions:
            bits = np.full(len(columns), -1)
            bits[there] = assessment.search.judge.judge(used.demand, focus, frozenset(element.introduces))
            found[element.id, used.name] = bits
    return found


def lost(less: Assessment, more: Assessment) -> list[str]:
    """List the elements and claims of which the first assessment knew something that the second does not."""
    found = []
    for claim in less.readings:
        bound = bindings(less, claim)
        before, after = judged(less, claim, bound), judged(more, claim, bound)
        for key, bits in before.items():
            kept = (after[key] < 0) | (bits & after[key] == bits)
            found += [f"{key} {bound.rows[row]}" for row in np.flatnonzero(~kept)[:1]]
        was, is_ = less.verdict(claim, 0), more.verdict(claim, 0)
        if was is not is_ and is_ is not Verdict.CONFLICTING and was in (Verdict.MET, Verdict.NOT_MET):
            found.append(f"claim {claim}: {was.label}, then {is_.label}")
    return found


@FEW
@given(st.data())
def test_one_more_statement_takes_no_verdict_away_in_the_open_world(data: st.DataObject) -> None:
    ontology, patent, products = shared()
    product = products[data.draw(st.integers(0, len(products) - 1), label="product")]
    statement = data.draw(statements(product), label="statement")
    less, more = (
        assess([p], ontology, patent, "open") for p in (product, with_statement(product, statement))
    )
    assume(beyond_axioms(more) <= beyond_axioms(less))
    assert lost(less, more) == []


def beyond_axioms(assessment: Assessment) -> set[str]:
    """Name what a description may overdo without a word of the ontology against it.

    A second gap between the same two parts, and wires with more ends than a wire has: what was met of
    the gap, or of wires between two parts, is then unknown and not in conflict.
    """
    graph, found = assessment.graph, set()
    joined = {p: related(graph, iri(f"pkg:{p}")) for p in ("between", "connects")}
    gaps = [n for n in joined["between"] if graph.is_a(iri("pkg:Gap"))[n] & FOR]
    for one, other in combinations(gaps, gaps):
        if one < other and len(joined["between"][one] & joined["between"][other]) > 1:
            found |= {graph.names[one], graph.names[other]}
    return found | {graph.names[n] for n, ends in joined["connects"].items() if len(ends) > 2}


def related(graph: Graph, prop: str) -> dict[int, set[int]]:
    """List the values of a relation, item by item."""
    found: dict[int, set[int]] = {}
    for key in graph.relation(prop).tolist():
        found.setdefault(key >> 32, set()).add(key & 0xFFFFFFFF)
    return found


def nothing_lost(before: Product, after: Product, world: str = "open") -> bool:
    ontology, patent, _ = shared()
    less, more = (assess([p], ontology, patent, world) for p in (before, after))
    assert {Verdict.MET, Verdict.NOT_MET} & {less.verdict(claim, 0) for claim in less.readings}
    return lost(less, more) == []


def two_bumps() -> Facts:
    """Describe a chip with bumps of two kinds that nobody counted."""
    facts = flip_chip_package()
    facts.statements = [s for s in facts.statements if s.property != iri("pkg:count")]
    return facts.kind("pkg:SolderBump", "bumps 2").relate("bumps 2", "pkg:sitsOn", "face 1")


def all_chips_named() -> Facts:
    """Describe a stack of which all chips are named and measured; a set is named that holds two of them."""
    facts = chip_stack(face_up=1)
    facts.statements = [s for s in facts.statements if s.property != iri("pkg:planArea")]
    facts.statements = [s for s in facts.statements if s.content != Value("die 3")]
    facts.all_of("pkg:Chip", "die 1", "die 2", "die 3")
    for die in ("die 1", "die 2", "die 3"):
        facts.measure(die, "pkg:planArea", 0.000289).measure(die, "pkg:count", 1)
    return facts.relate("sink 1", "pkg:over", "die 3")


def test_an_upper_bound_on_a_count_says_no_less_than_silence() -> None:
    after = two_bumps().measure("bumps 2", "pkg:count", -np.inf, 600)
    assert nothing_lost(two_bumps().product(), after.product())


def test_a_disputed_kind_does_not_make_a_part_vanish() -> None:
    after = flip_chip_package().not_kind("pkg:Carrier", "carrier 1")
    assert nothing_lost(flip_chip_package().product(), after.product())


def test_a_named_set_that_gets_its_last_chip_is_known_as_well_as_one_nobody_named() -> None:
    after = all_chips_named().relate("set 1", "pkg:hasMember", "die 3")
    assert nothing_lost(all_chips_named().product(), after.product())


# ---- Order and company ----------------------------------------------------------------------------------


def verdicts(assessment: Assessment, product: int) -> dict[object, object]:
    """Give all that was decided of one product: claims, elements, and parts by name."""
    names = assessment.graph.names
    return {
        claim: (
            assessment.verdict(claim, product),
            {id: int(bits[product]) for id, bits in readings.elements.items()},
            {r: names[n] if n >= 0 else n for r, n in assessment.binding(claim, product).items()},
        )
        for claim, readings in assessment.readings.items()
    }


@pytest.mark.parametrize("world", WORLDS)
def test_a_product_is_judged_alike_alone_and_in_any_company(world: str) -> None:
    ontology, patent, products = shared()
    together = assess(products, ontology, patent, world)
    order = Random(1).sample(range(len(products)), len(products))
    mixed = assess([products[n] for n in order], ontology, patent, world)
    for place, number in enumerate(order):
        assert verdicts(mixed, place) == verdicts(together, number)
    for number in order[:12]:
        assert verdicts(assess([products[number]], ontology, patent, world), 0) == verdicts(together, number)


@pytest.mark.parametrize("world", WORLDS)
def test_the_order_of_statements_does_not_matter(world: str) -> None:
    ontology, patent, products = shared()
    mixed = [shuffled(product, Random(number)) for number, product in enumerate(products)]
    one, other = (assess(found, ontology, patent, world) for found in (products, mixed))
    assert [verdicts(one, n) for n in range(len(products))] == [verdicts(other, n) for n in range(len(mixed))]


def test_saying_a_thing_twice_changes_nothing() -> None:
    ontology, patent, products = shared()
    twice = [replace(p, statements=p.statements * 2) for p in products]
    one, other = (assess(found, ontology, patent, "open") for found in (products, twice))
    assert [verdicts(one, n) for n in range(len(products))] == [verdicts(other, n) for n in range(len(twice))]


def named_set() -> Facts:
    """Describe a set of which all members are listed."""
    facts = all_chips_named().relate("set 1", "pkg:hasMember", "die 3").item("part 1")
    return facts.complete("set 1", "pkg:hasMember", "die 1", "die 2", "die 3")


def test_a_member_that_a_list_leaves_out_does_not_widen_the_set() -> None:
    assert nothing_lost(
        named_set().product(), named_set().relate("set 1", "pkg:hasMember", "part 1").product()
    )
    assert nothing_lost(named_set().product(), named_set().kind("pkg:Chip", "part 1").product())


LAYERED = (TYPE, iri("proc:formedBy"))


def layered() -> Facts:
    """Describe an encapsulant that was laid down in layers: no one step forms it."""
    facts = flip_chip_package()
    facts.statements = [s for s in facts.statements if s.subject != "fill 1" or s.property not in LAYERED]
    return facts.kind("pkg:LayeredEncapsulant", "fill 1")


def test_what_a_class_never_has_stays_refuted_when_it_is_stated() -> None:
    after = layered().relate("fill 1", "proc:formedBy", "step 1")
    assert nothing_lost(layered().product(), after.product(), "documented")


def poured() -> Facts:
    """Describe an encapsulant of which only the step that formed it tells the kind."""
    facts = flip_chip_package()
    facts.statements = [s for s in facts.statements if s.subject != "fill 1" or s.property != TYPE]
    return facts.kind("pkg:Encapsulant", "fill 1", "fill 2").kind("proc:CapillaryDispense", "step 3")


def test_a_rival_of_the_one_value_there_can_be_makes_a_conflict_and_no_refutation() -> None:
    for rival in (("fill 1", "proc:formedBy", "step 3"), ("fill 2", "pkg:fills", "gap 1")):
        assert nothing_lost(poured().product(), poured().relate(*rival).product())


def unlinked() -> Facts:
    """Describe a molded underfill and a molding step, without a word on what the step forms."""
    facts = flip_chip_package()
    facts.statements = [s for s in facts.statements if s.property != iri("proc:formedBy")]
    return facts.relate("step 1", "proc:reducedPressure", True)


def test_what_only_a_class_requires_may_be_an_item_that_is_named() -> None:
    after = unlinked().relate("fill 1", "proc:formedBy", "step 1")
    assert nothing_lost(unlinked().product(), after.product())
