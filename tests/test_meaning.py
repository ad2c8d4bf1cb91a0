"""Every shape means something: some reading meets it, some does not, silence never does, and each of its
constraints decides some reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import combinations, permutations

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox
import pytest
from pyshacl import validate
from rdflib import BNode, Graph, URIRef

from products import Facts
from readson.assess import Assessment, assess
from readson.export import reading_iri
from readson.expressions import And, Every, IsA, Route
from readson.focus import Focus
from readson.ontology import Ontology
from readson.opinions import second_opinion, total
from readson.oracle import data_graph
from readson.resources import content_folder, turtle_files
from readson.shapes import Claim, Construction, Element, Patent
from readson.statements import Product
from readson.turtle import Literal, Term, Triples, load
from readson.validation.judging import Judge
from readson.validation.knowledge import Knowledge, Rows
from readson.validation.shapes_graph import read_shapes
from readson.verdicts import FOR, Verdict
from readson.vocabulary import CLAIM, RDF, SH, TYPE
from test_cases import FOLDER, RULED, parse

NUMBERS = range(1, 27)
SILENT = {SH + name for name in ("path", "targetClass", "order", "qualifiedMinCount")}
LARGEST = 60
"""Products described with more items than this are no better witnesses than small ones."""
COUNT = SH + "qualifiedMinCount"
ENOUGH = 2
"""As many readings that meet a shape are varied, and more of a shape with alternatives."""

Constraint = tuple[str, str, Term]
Shape = list[Constraint]
Node = ox.NamedNode
Fact = tuple[Node, Node, Node | ox.Literal]
Mask = npt.NDArray[np.bool_]


def own(claim: Claim) -> list[tuple[Element, Construction]]:
    """List the constructions of the elements of a claim that are not the row that repeats another claim."""
    return [(e, used) for e in claim.elements if not e.inherits for used in e.constructions]


# ---- Witnesses ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Witnesses:
    """Judge the best readings of a claim on a pool of products, in the closed world."""

    patent: Patent
    number: int
    pool: Sequence[Product]
    ontology: Ontology

    @property
    def claim(self) -> Claim:
        return self.patent.claims[self.number]

    @cached_property
    def assessment(self) -> Assessment:
        return assess(self.pool, self.ontology, self.patent, "closed", claims=(self.number,))

    @cached_property
    def focus(self) -> Focus:
        bindings = [self.assessment.binding(self.number, place) for place in range(len(self.pool))]
        roles = {role: np.array([binding[role] for binding in bindings]) for role in self.claim.roles}
        return Focus(np.arange(len(self.pool)), roles)

    def among(self, pool: Sequence[Product]) -> Witnesses:
        return replace(self, pool=pool)

    def of(self, element: Element, used: Construction, verdict: Verdict) -> list[int]:
        """List the products on which a construction has a verdict, on named parts where there are such.

        Nothing that a reading binds fails "a carrier"; a product without one does.
        """
        judge, introduced = self.assessment.search.judge, frozenset(element.introduces)
        found = judge.judge(used.demand, self.focus, introduced) == verdict.value
        roles = self.assessment.search.scope(used.demand)
        bound = [self.focus.roles[role] >= 0 for role in sorted(roles)]
        named: Mask = found & np.all(bound, axis=0)
        places: list[int] = np.flatnonzero(named if named.any() or roles - introduced else found).tolist()
        return places

    def complaints(self) -> Iterator[str]:
        """Name the shapes that no reading meets, that every reading meets, and that silence meets."""
        silent = Silence(self.claim, self.ontology, self.patent)
        for element, used in own(self.claim):
            name = f"{element.id} {used.name}".strip()
            if not self.of(element, used, Verdict.MET):
                yield f"no reading meets {name}"
            if not self.of(element, used, Verdict.NOT_MET):
                yield f"every reading meets {name}"
            if any(silent.of(element, used)):
                yield f"silence meets {name}"

    def chosen(self) -> list[Product]:
        """Choose few products, so that every shape is met by one and not by another."""
        kept: list[int] = []
        for element, used in own(self.claim):
            for verdict in (Verdict.MET, Verdict.NOT_MET):
                places = self.of(element, used, verdict)
                kept += places[:1] if not set(places) & set(kept) else []
        return [self.pool[place] for place in sorted(kept)]


@pytest.fixture(scope="module")
def witnesses(
    described: tuple[Product, ...], ontology: Ontology, patent: Patent
) -> Callable[[int], Witnesses]:
    """Give every claim the products described and those of its rulings, small ones first."""

    @cache
    def found(number: int) -> Witnesses:
        rulings = [case for case in RULED if case.folder == f"claim-{number:02}"]
        decided = [parse(c, ontology, FOLDER) for c in rulings if c.verdict in ("met", "not met")]
        small = [product for product in described if len(product.items) <= LARGEST]
        pool = sorted([*small, *decided], key=lambda p: (len(p.statements), p.slug))
        return Witnesses(patent, number, pool, ontology)

    return found


class Silence:
    """Judge the readings of a product of which nothing is said, with an item a role and without any."""

    def __init__(self, claim: Claim, ontology: Ontology, patent: Patent) -> None:
        self.names = {role: f"item {place}" for place, role in enumerate(claim.roles)}
        product = Facts("silent").item(*self.names.values()).product()
        self.worlds = [
            assess([product], ontology, patent, world) for world in ("open", "documented", "closed")
        ]

    def of(self, element: Element, used: Construction) -> Iterator[bool]:
        """Tell for every world whether a construction has support."""
        for assessment in self.worlds:
            nodes = {role: assessment.graph.names.index(name) for role, name in self.names.items()}
            for bound in (nodes, dict.fromkeys(nodes, -1), dict.fromkeys(nodes, -2)):
                focus = Focus(np.zeros(1, dtype=np.int64), {r: np.array([n]) for r, n in bound.items()})
                judge, introduced = assessment.search.judge, frozenset(element.introduces)
                yield bool(judge.judge(used.demand, focus, introduced)[0] & FOR)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_shape_is_met_by_a_reading_and_not_by_another_and_never_by_silence(
    number: int, witnesses: Callable[[int], Witnesses]
) -> None:
    """In the closed world, where pySHACL agrees on every one of these readings."""
    every = witnesses(number)
    assert list(every.complaints()) == []
    chosen = every.among(every.chosen())
    assert list(chosen.complaints()) == []
    assert total(second_opinion(chosen.assessment).values()).agreed


def construed(patent: Patent, id: str, demand: Every | And) -> Patent:
    """Let an element demand something else."""
    claim = patent.claims[patent.element(id).claim]
    other = replace(patent.element(id).constructions[0], demand=demand)
    elements = tuple(replace(e, constructions=(other,)) if e.id == id else e for e in claim.elements)
    return replace(patent, claims={**patent.claims, claim.number: replace(claim, elements=elements)})


def test_a_shape_that_says_nothing_or_too_much_is_found_out(
    witnesses: Callable[[int], Witnesses], patent: Patent
) -> None:
    element = patent.element("1[d]")
    (role,) = element.introduces
    heat_sink, chip = (patent.roles[r].candidates[0] for r in (role, patent.element("1[b]").introduces[0]))
    vacuous = construed(patent, "1[d]", Every(Route(role, ()), IsA(heat_sink)))
    found = list(replace(witnesses(1), patent=vacuous).complaints())
    assert found == ["every reading meets 1[d]", "silence meets 1[d]"]
    both = And((element.constructions[0].demand, Every(Route(role, ()), IsA(chip))))
    unsatisfiable = construed(patent, "1[d]", both)
    assert list(replace(witnesses(1), patent=unsatisfiable).complaints()) == ["no reading meets 1[d]"]


# ---- Constraints ----------------------------------------------------------------------------------------


@cache
def shapes() -> Triples:
    return load(turtle_files(content_folder("shapes") / "chip-package"))


def shape_of(iri: str, triples: Triples) -> Shape:
    """Give what a shape says in SHACL, blank nodes included."""
    said = [(iri, p, o) for p in triples.predicates(iri) for o in triples.objects(iri, p)]
    said = [triple for triple in said if not triple[1].startswith(CLAIM)]
    return said + [triple for _, _, o in said if is_blank(o) for triple in shape_of(str(o), triples)]


def is_blank(term: Term) -> bool:
    return isinstance(term, str) and term.startswith("_:")


def lighter(shape: Shape) -> Iterator[tuple[Constraint, Shape]]:
    """Take out every constraint, and every member of a list of alternatives, one at a time."""
    paths = {s for _, p, o in shape if p == SH + "path" and is_blank(o) for s in within(str(o), shape)}
    for subject, term, value in shape:
        triple = (subject, term, value)
        if term == RDF + "first" and subject not in paths:
            rest = next(o for s, p, o in shape if s == subject and p == RDF + "rest")
            yield triple, [(s, p, rest if o == subject else o) for s, p, o in shape if s != subject]
        elif term.startswith(SH) and subject not in paths and term not in SILENT:
            # How many values must fit goes with what they must fit.
            number = (subject, COUNT) if term == SH + "qualifiedValueShape" else None
            yield triple, [other for other in shape if other != triple and other[:2] != number]


def within(node: str, shape: Shape) -> set[str]:
    """List the blank nodes below one, itself included."""
    below = [str(o) for s, _, o in shape if s == node and is_blank(o)]
    return {node}.union(*(within(inner, shape) for inner in below))


OTHER = ox.NamedNode("https://example.org/other")
A = ox.NamedNode(TYPE)


def facts(assessment: Assessment, product: int, number: int, mentioned: set[str]) -> tuple[Node, list[Fact]]:
    """Give a reading and what shapes may mention of it, as RDF."""
    reading = ox.NamedNode(str(reading_iri(assessment.graph.products[product].slug, number)))
    # rdflib writes an infinite number in a way of its own.
    text = data_graph(assessment, product).serialize(format="nt").replace('"inf"', '"INF"')
    said = {(t.subject, t.predicate, t.object) for t in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)}
    kept = [f for f in said if f[:2] != (reading, A) and (f[2] if f[1] == A else f[1]).value in mentioned]
    return reading, sorted(kept, key=str)


def variants(reading: Node, base: list[Fact], classes: Iterable[str]) -> Iterator[list[Fact]]:
    """Change one thing: drop a fact, change, add or drop what a property says, move or merge two roles."""
    yield base
    yield from (base[:place] + base[place + 1 :] for place in range(len(base)))
    said: dict[tuple[Node, Node], list[Fact]] = defaultdict(list)
    for fact in base:
        said[fact[:2]].append(fact)
    for (subject, prop), those in said.items():
        rest = [fact for fact in base if fact not in those]
        others = [ox.NamedNode(c) for c in classes] if prop == A else list(changed(those[0][2]))
        yield from ([*rest, (subject, prop, value)] for value in others)
        yield from ([*base, (subject, prop, OTHER)], rest)
    roles = [f for f in base if f[0] == reading and isinstance(f[2], ox.NamedNode)]
    for one, other in permutations(roles, 2):
        yield [fact for fact in base if fact != one] + [(reading, one[1], other[2])]
    for one, other in combinations(roles, 2):
        merged = {other[2]: one[2]}
        yield [(merged.get(s, s), p, merged.get(o, o)) for s, p, o in base]


def changed(value: Node | ox.Literal) -> Iterator[Node | ox.Literal]:
    """Give other values of the same kind."""
    if isinstance(value, ox.NamedNode):
        yield OTHER
    elif value.value in ("true", "false"):
        yield ox.Literal("false" if value.value == "true" else "true", datatype=value.datatype)
    else:
        yield from (ox.Literal(number, datatype=value.datatype) for number in ("0.0", "1.0e9"))


def apart(term: Node | ox.Literal, place: int) -> Node | ox.Literal:
    """Give the items of each variant names of their own."""
    mine = isinstance(term, ox.NamedNode) and "/product/" in term.value
    return ox.NamedNode(f"{term.value}/{place}") if mine else term


class Trials:
    """Try the shapes of a claim on readings that meet them, and on these with one thing changed."""

    def __init__(self, witnesses: Witnesses, triples: Triples) -> None:
        self.triples, self.witnesses = triples, witnesses
        self.shapes = {used.iri: shape_of(used.iri, triples) for _, used in own(witnesses.claim)}
        mentioned = {o for shape in self.shapes.values() for _, _, o in shape if isinstance(o, str)}
        classes = sorted(mentioned & set(witnesses.ontology.class_index))
        self.graphs: list[tuple[Node, list[Fact]]] = []
        for product in self._bases():
            reading, base = facts(witnesses.assessment, product, witnesses.claim.number, mentioned)
            for found in variants(reading, base, classes):
                place = len(self.graphs)
                named = [(apart(s, place), p, apart(o, place)) for s, p, o in found]
                self.graphs.append((apart(reading, place), named))
        rows = Rows()
        for _, graph in self.graphs:
            rows.add(graph)
        self.knowledge: Knowledge = rows.knowledge()
        codes = [self.knowledge.terms.code(reading) for reading, _ in self.graphs]
        self.readings, self.order = np.unique(codes, return_inverse=True)

    def _bases(self) -> list[int]:
        kept: list[int] = []
        for element, used in own(self.witnesses.claim):
            more = any(p == SH + "or" for _, p, _ in self.shapes[used.iri])
            places = self.witnesses.of(element, used, Verdict.MET)
            have = len(set(places) & set(kept))
            kept += [p for p in places if p not in kept][: max(0, (8 if more else ENOUGH) - have)]
        return sorted(kept)

    def conforming(self, iri: str, shape: Shape) -> Mask:
        """Tell which readings conform to a shape."""
        bits = Judge(self.knowledge, read_shapes(Triples(shape))).judge(iri, self.readings)
        return (bits & FOR > 0)[self.order]

    def idle(self) -> Iterator[tuple[str, Constraint]]:
        """List the constraints without which every reading is judged as before."""
        for iri, found in self.decided():
            yield from ((iri, constraint) for constraint, _, places in found if not len(places))

    def decided(self) -> Iterator[tuple[str, list[tuple[Constraint, Shape, npt.NDArray[np.int64]]]]]:
        """Give for every shape its constraints, the shape without each, and the readings that differ then."""
        for iri, shape in self.shapes.items():
            whole = self.conforming(iri, shape)
            yield (
                iri,
                [
                    (constraint, less, np.flatnonzero(self.conforming(iri, less) != whole))
                    for constraint, less in lighter(shape)
                ],
            )


def is_guard(constraint: Constraint, shape: Shape) -> bool:
    """Tell whether a constraint only says that something is there at all.

    The rest of an element may imply it. Shapes say it all the same: a demand on the values of a path would
    else hold of none, and `shapes/meta.ttl` refuses that.
    """
    _, term, value = constraint
    if term == SH + "property":
        inner = {p: o for s, p, o in shape if s == value}
        return (
            set(inner) == {SH + "path", SH + "minCount"}
            and getattr(inner[SH + "minCount"], "value", "") == "1"
        )
    return term == SH + "minCount" and isinstance(value, Literal) and value.value == "1"


@pytest.mark.parametrize("number", NUMBERS)
def test_every_constraint_decides_some_reading(number: int, witnesses: Callable[[int], Witnesses]) -> None:
    """Without it, a reading is judged otherwise, and pySHACL says the same of it with and without."""
    trials = Trials(witnesses(number), shapes())
    questions = Graph()
    answers: dict[tuple[str, str], bool] = {}
    for iri, found in trials.decided():
        shape = trials.shapes[iri]
        assert [c for c, _, places in found if not len(places) and not is_guard(c, shape)] == []
        for place, (_, less, decided) in enumerate(found):
            if len(decided):
                for name, asked in ((f"{iri}/{place}", shape), (f"{iri}/{place}/less", less)):
                    focus, _ = trials.graphs[decided[0]]
                    pose(questions, name, focus, iri, asked)
                    answers[name, focus.value] = bool(trials.conforming(iri, asked)[decided[0]])
    tried = {focus for _, focus in answers}
    data = Graph()
    for reading, graph in trials.graphs:
        if reading.value in tried:
            data.parse(data="".join(f"{s} {p} {o} .\n" for s, p, o in graph), format="nt")
    _, report, _ = validate(data, shacl_graph=questions)
    assert isinstance(report, Graph)
    failed = {(name, focus) for name, focus in violated(report, questions)}
    assert failed == {question for question, conforms in answers.items() if not conforms}


def pose(questions: Graph, name: str, focus: Node, iri: str, shape: Shape) -> None:
    """Add a shape to a shapes graph under a name of its own, with one focus node."""
    mark = f"q{len(questions)}"

    def written(term: Term) -> str:
        if isinstance(term, Literal):
            return f'"{term.value}"^^<{term.datatype}>'
        if term.startswith("_:"):
            return f"_:{mark}{term[2:]}"
        return f"<{name if term == iri else term}>"

    kept = [t for t in shape if t[1] != SH + "targetClass"]
    text = "".join(f"{written(s)} <{p}> {written(o)} .\n" for s, p, o in kept)
    questions.parse(data=f"{text}<{name}> <{SH}targetNode> {focus} .\n", format="nt")


def violated(report: Graph, questions: Graph) -> Iterator[tuple[str, str]]:
    """List the named shapes that failed, with their focus nodes: climb from the shape that a result names."""
    for result in report.objects(None, URIRef(SH + "result")):
        shape = report.value(result, URIRef(SH + "sourceShape"))
        while isinstance(shape, BNode):
            shape = next(iter(questions.subjects(None, shape)))
        yield str(shape), str(report.value(result, URIRef(SH + "focusNode")))


def test_a_constraint_that_decides_nothing_is_found_out(
    witnesses: Callable[[int], Witnesses], patent: Patent
) -> None:
    """Say one thing twice: without either, the other is left."""
    iri = patent.element("1[i]").iri
    (said,) = (o for s, p, o in shape_of(iri, shapes()) if s == iri and p == SH + "property")
    again = [
        ("_:again", p, o) for p in shapes().predicates(str(said)) for o in shapes().objects(str(said), p)
    ]
    twice = Triples([*shapes(), (iri, SH + "property", "_:again"), *again])
    trials = Trials(witnesses(1), twice)
    idle = [constraint for _, constraint in trials.idle() if not is_guard(constraint, trials.shapes[iri])]
    assert {s for s, _, _ in idle} == {iri, str(said), "_:again"}
