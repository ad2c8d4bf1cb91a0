"""Random shapes of every component, random graphs, and what a description may tell of such a graph.

A graph is the truth; a `Description` knows some of its triples, denies some that it lacks, knows here and
there that it has named all values, and gives of some numbers only bounds. The truth is one completion of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pyoxigraph as ox
from hypothesis import strategies as st

from readson.turtle import Triples
from readson.validation.constraints import Shapes
from readson.validation.knowledge import Knowledge, Rows
from readson.validation.parameters import plain
from readson.validation.shapes_graph import read_shapes
from readson.validation.terms import Between, Term, double
from readson.vocabulary import RDFS, TYPE, XSD

EX = "http://example.org/"
PREFIXES = f"""@prefix ex: <{EX}> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <{XSD}> .
"""
NODES = tuple(ox.NamedNode(EX + name) for name in "abcd")
CLASSES = tuple(EX + name for name in ("C", "D", "E"))
PREDICATES = tuple(EX + name for name in "pqr")
SUBCLASS = (ox.NamedNode(EX + "D"), RDFS + "subClassOf", ox.NamedNode(EX + "C"))
NUMBERS = (0.5, 1.5, 2.5)
WRITTEN = (
    '"1"^^xsd:integer', '"2"^^xsd:integer', '"1.5"^^xsd:decimal', '"x"', '"xyz"', '"x"@en', '"y"@en',
    '"z"@fr', '"2024-01-01"^^xsd:date', '"2024-02-01"^^xsd:date', '"bad"^^xsd:integer', '"true"^^xsd:boolean',
)  # fmt: skip
Triple = tuple[Term, str, Term]


def turtle(text: str) -> list[ox.Quad]:
    return list(ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE))


LITERALS = tuple(quad.object for quad in turtle(f"ex:a ex:p {', '.join(WRITTEN)} .")) + tuple(
    double(number) for number in NUMBERS
)


# ---- Shapes ---------------------------------------------------------------------------------------------


@st.composite
def paths(draw: st.DrawFn, depth: int = 2) -> str:
    """Write a path."""
    form = draw(st.sampled_from(("step", "step", "step", "inverse", "sequence", "either", "?", "*", "+")))
    if form == "step" or not depth:
        return f"ex:{draw(st.sampled_from('pqr'))}"
    inner = draw(paths(depth - 1))
    other = draw(paths(depth - 1)) if form in ("sequence", "either") else ""
    return {
        "inverse": f"[ sh:inversePath {inner} ]",
        "sequence": f"( {inner} {other} )",
        "either": f"[ sh:alternativePath ( {inner} {other} ) ]",
        "?": f"[ sh:zeroOrOnePath {inner} ]",
        "*": f"[ sh:zeroOrMorePath {inner} ]",
        "+": f"[ sh:oneOrMorePath {inner} ]",
    }[form]


literal = st.sampled_from((*WRITTEN, *(f'"{n}"^^xsd:double' for n in NUMBERS)))
limit = st.sampled_from(
    ('"1"^^xsd:integer', '"1.5"^^xsd:decimal', '"1.5"^^xsd:double', '"2024-01-15"^^xsd:date')
)
term = st.one_of(literal, st.sampled_from(("ex:a", "ex:b", "ex:c")))
predicate = st.sampled_from(("ex:p", "ex:q", "ex:r"))
count = st.integers(0, 3).map(str)
SIMPLE: dict[str, st.SearchStrategy[str]] = {
    "class": st.sampled_from(("ex:C", "ex:D", "ex:E")),
    "datatype": st.sampled_from(("xsd:integer", "xsd:double", "xsd:string", "xsd:date", "ex:other")),
    "nodeKind": st.sampled_from(("sh:IRI", "sh:Literal", "sh:BlankNode", "sh:IRIOrLiteral")),
    "minExclusive": limit,
    "minInclusive": limit,
    "maxExclusive": limit,
    "maxInclusive": limit,
    "minLength": count,
    "maxLength": count,
    "pattern": st.sampled_from(('"^x"', '"y|z"', '"b$"')),
    "languageIn": st.sampled_from(('( "en" )', '( "fr" "de" )')),
    "in": st.lists(term, min_size=1, max_size=3).map(lambda terms: f"( {' '.join(terms)} )"),
    "hasValue": term,
    "equals": predicate,
    "disjoint": predicate,
}
ON_PATH: dict[str, st.SearchStrategy[str]] = {
    "minCount": count,
    "maxCount": count,
    "uniqueLang": st.just("true"),
    "lessThan": predicate,
    "lessThanOrEquals": predicate,
}
NESTED = ("not", "and", "or", "xone", "node", "property", "closed", "qualified")


@st.composite
def demands(draw: st.DrawFn, depth: int, on_path: bool) -> str:
    """Write what one constraint adds to a shape."""
    names = (*SIMPLE, *(ON_PATH if on_path else ()), *(NESTED if depth else ()))
    name = draw(st.sampled_from(names))
    if name in SIMPLE:
        return f"sh:{name} {draw(SIMPLE[name])}"
    if name in ON_PATH:
        return f"sh:{name} {draw(ON_PATH[name])}"
    return draw(nested(name, depth - 1, on_path))


@st.composite
def nested(draw: st.DrawFn, name: str, depth: int, on_path: bool) -> str:
    """Write a constraint that holds shapes."""
    match name:
        case "not":
            return f"sh:not {draw(shapes(depth))}"
        case "node":
            return f"sh:node {draw(node_shapes(depth))}"
        case "property":
            return f"sh:property {draw(property_shapes(depth))}"
        case "closed":
            held = " ".join(f"ex:{p}" for p in draw(st.sets(st.sampled_from("pqr"))))
            return f"sh:closed true ; sh:ignoredProperties ( {held} <{TYPE}> )"
        case "qualified":
            return f"sh:property {draw(qualified(depth))}, {draw(qualified(depth))}"
        case _:
            members = draw(st.lists(shapes(depth), min_size=1, max_size=3))
            return f"sh:{name} ( {' '.join(members)} )"


@st.composite
def qualified(draw: st.DrawFn, depth: int) -> str:
    """Write a property shape that counts values of a shape, in half the cases apart from its siblings."""
    apart = "sh:qualifiedValueShapesDisjoint true ;" if draw(st.booleans()) else ""
    term, number = draw(st.sampled_from(("qualifiedMinCount", "qualifiedMaxCount"))), draw(count)
    shape = draw(shapes(depth))
    return f"[ sh:path {draw(paths())} ; {apart} sh:qualifiedValueShape {shape} ; sh:{term} {number} ]"


def content(depth: int, on_path: bool) -> st.SearchStrategy[str]:
    """Write the constraints of one shape; of those that may stand once, one of a kind."""
    several = st.lists(demands(depth, on_path), min_size=1, max_size=3, unique_by=lambda d: d.split()[0])
    return several.map(" ; ".join)


@st.composite
def property_shapes(draw: st.DrawFn, depth: int) -> str:
    """Write a property shape."""
    return f"[ sh:path {draw(paths())} ; {draw(content(depth, on_path=True))} ]"


def node_shapes(depth: int) -> st.SearchStrategy[str]:
    """Write a node shape."""
    return content(depth, on_path=False).map(lambda body: f"[ {body} ]")


def shapes(depth: int) -> st.SearchStrategy[str]:
    """Write a shape."""
    return st.one_of(property_shapes(depth), node_shapes(depth))


targeted = st.one_of(shapes(2), shapes(1)).map(lambda text: f"ex:S sh:targetNode ex:a ; {text[2:-2]} .")
"""A shape with a name, on one target."""


def read(text: str) -> Shapes:
    """Read shapes from Turtle."""
    triples = [(str(plain(q.subject)), q.predicate.value, plain(q.object)) for q in turtle(text)]
    return read_shapes(Triples(triples))


# ---- Graphs and descriptions ----------------------------------------------------------------------------

triples = st.one_of(
    st.tuples(st.sampled_from(NODES), st.sampled_from(PREDICATES), st.sampled_from((*NODES, *LITERALS))),
    st.tuples(st.sampled_from(NODES), st.just(TYPE), st.sampled_from([ox.NamedNode(c) for c in CLASSES])),
)
graphs = st.lists(triples, max_size=14, unique=True).map(tuple)
"""A graph, without the hierarchy of its classes, which everybody knows."""


@dataclass(frozen=True)
class Description:
    """What is said of a graph."""

    known: tuple[Triple, ...] = ()
    denied: tuple[Triple, ...] = ()
    complete: tuple[tuple[Term, str, tuple[Term, ...]], ...] = ()
    described: tuple[tuple[Term, tuple[tuple[str, Term], ...]], ...] = ()

    def knowledge(self, first: Iterable[Term] = ()) -> Knowledge:
        """Put what is said into columns; `first` are terms that get the first codes."""
        rows = Rows()
        for one in first:
            rows.code(one)
        rows.add((s, ox.NamedNode(p), o) for s, p, o in (SUBCLASS, *self.known))
        for s, p, o in self.denied:
            rows.deny(s, p, o)
        for node, step, values in self.complete:
            rows.complete(node, step, values)
        for node, said in self.described:
            rows.describe(node, said)
        return rows.knowledge(closed=False)

    def with_all_of(self, other: Description) -> Description:
        """Say what two descriptions say."""
        return Description(
            self.known + other.known,
            self.denied + other.denied,
            self.complete + other.complete,
            self.described + other.described,
        )


def truth(graph: Iterable[Triple]) -> Knowledge:
    """Know a graph as a whole."""
    rows = Rows()
    for node in NODES:
        rows.code(node)
    rows.add((s, ox.NamedNode(p), o) for s, p, o in (SUBCLASS, *graph))
    return rows.knowledge()


def values(graph: Iterable[Triple], node: Term, step: str) -> tuple[Term, ...]:
    """Give what a node has for a step."""
    if step.startswith("^"):
        return tuple(s for s, p, o in graph if p == step[1:] and o == node)
    return tuple(o for s, p, o in graph if p == step and s == node)


@st.composite
def descriptions(draw: st.DrawFn, graph: tuple[Triple, ...]) -> Description:
    """Tell some of a graph, all of it true."""
    known = tuple(triple for triple in graph if draw(st.booleans()))
    false = draw(st.lists(triples, max_size=4).map(lambda found: [t for t in found if _false(t, graph)]))
    steps = (*PREDICATES, TYPE, *(f"^{p}" for p in PREDICATES))
    ends = draw(st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(steps)), max_size=6, unique=True))
    complete = tuple((node, step, values(graph, node, step)) for node, step in ends)
    told = draw(st.sets(st.sampled_from(NODES), max_size=1))
    described = tuple((n, tuple((p, o) for s, p, o in graph if s == n)) for n in sorted(told, key=str))
    found = Description(known, tuple(false), complete, described)
    return blurred(found, draw(st.booleans()))


def _false(triple: Triple, graph: tuple[Triple, ...]) -> bool:
    """Tell whether a graph lacks a triple; one that denies a class denies its subclasses too."""
    s, p, o = triple
    lower = [(s, p, SUBCLASS[0])] if p == TYPE and o == SUBCLASS[2] else []
    return not {triple, *lower} & set(graph)


def blurred(description: Description, blur: bool) -> Description:
    """Give of every double only bounds, each with a name of its own."""
    if not blur:
        return description

    def bounds(s: Term, p: str, o: Term) -> Term:
        if not (isinstance(o, ox.Literal) and o.datatype.value == XSD + "double"):
            return o
        number = float(o.value)
        return Between(f"{s} {p} {number}", number - 1, number + 0.25)

    return replace(
        description,
        known=tuple((s, p, bounds(s, p, o)) for s, p, o in description.known),
        complete=tuple(
            (n, step, tuple(v if step.startswith("^") else bounds(n, step, v) for v in listed))
            for n, step, listed in description.complete
        ),
        described=tuple(
            (n, tuple((p, bounds(n, p, o)) for p, o in said)) for n, said in description.described
        ),
    )
