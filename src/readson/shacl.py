"""Read SHACL Core shapes into expressions.

The accepted part is the monotone profile of docs/architecture.md: with it, one more statement never takes
a verdict away. What lies outside is reported as a problem that names the term.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from readson.errors import Problem
from readson.expressions import (
    Alternative,
    And,
    AtLeast,
    Below,
    Derived,
    Every,
    Expression,
    Inherit,
    IsA,
    Not,
    Or,
    Path,
    Reach,
    Repeat,
    Route,
    Sequence,
    Some,
    Step,
    Within,
)
from readson.ontology import Ontology
from readson.turtle import Literal, Term, Triples
from readson.vocabulary import CLAIM, RDF, RDFS, SH, TYPE

SILENT = {"order", "name", "description", "targetClass", "message", "severity", "group"}
COMPARISONS = {"minInclusive": ">=", "minExclusive": ">", "maxInclusive": "<=", "maxExclusive": "<"}
REPEATS = {"zeroOrOnePath": (0, False), "zeroOrMorePath": (0, True), "oneOrMorePath": (1, True)}
DERIVATIONS = ("intersection", "sum", "scaled", "shifted")


class ShapeReader:
    """Turn shape nodes into expressions; collect problems instead of raising."""

    def __init__(self, triples: Triples, ontology: Ontology) -> None:
        self.t, self.onto = triples, ontology
        self.problems: list[Problem] = []
        self._place = "shapes"

    def shape(self, node: str) -> Expression:
        """Read a named shape: an element or a construction."""
        self._place = node
        claims = [c for c in self.t.nodes(node, SH + "node") if CLAIM + "Claim" in self.t.nodes(c, TYPE)]
        if claims:
            return Inherit(claims[0])
        return self._shape(node)

    def _shape(self, node: str) -> Expression:
        path = self.t.object(node, SH + "path")
        if path is None:
            return And(tuple(self._node_parts(node)))
        if len(self.t.objects(node, SH + "path")) > 1:
            self._refuse("a property shape has one sh:path, not several")
        route = self._route(str(path))
        return And(tuple(self._property_parts(node, route)))

    def _refuse(self, message: str) -> None:
        self.problems.append(Problem(self._place, 0, 0, message))

    def _constraints(self, node: str) -> Iterator[tuple[str, Term]]:
        """List the SHACL terms of a shape; foreign metadata is left alone."""
        for term in self.t.predicates(node):
            if term.startswith(SH) and term.removeprefix(SH) not in SILENT | {"path"}:
                for value in self.t.objects(node, term):
                    yield term.removeprefix(SH), value

    def _node_parts(self, node: str) -> Iterator[Expression]:
        for term, value in self._constraints(node):
            if term == "class":
                yield IsA(self._class(value))
            elif (part := self._logic(term, value)) is not None:
                yield part
            else:
                self._refuse(
                    f"sh:{term} on a node shape is outside the profile; use a property shape or drop it"
                )

    def _logic(self, term: str, value: Term) -> Expression | None:
        match term:
            case "property" | "node":
                return self._shape(str(value))
            case "and":
                return And(tuple(self._shape(str(m)) for m in self.t.list(str(value))))
            case "or":
                return Or(tuple(self._shape(str(m)) for m in self.t.list(str(value))))
            case "not":
                return self._negation(str(value))
            case _:
                return None

    def _negation(self, node: str) -> Expression:
        part = self._shape(node)
        while isinstance(part, And) and len(part.parts) == 1:
            part = part.parts[0]
        if isinstance(part, Not):
            return part.part
        self._refuse("sh:not is accepted only around sh:path with sh:disjoint; else silence could meet it")
        return Not(part)

    def _property_parts(self, node: str, route: Route) -> Iterator[Expression]:
        terms = dict(self._constraints(node))
        if "qualifiedMinCount" in terms and "qualifiedValueShape" not in terms:
            self._refuse("sh:qualifiedMinCount counts nothing without sh:qualifiedValueShape")
        for term, value in self._constraints(node):
            part = self._property_part(term, value, route, terms)
            if part is not None:
                yield part
            elif term != "qualifiedMinCount":
                self._refuse(f"sh:{term} is outside the profile that the engine judges; see shapes/README.md")

    def _property_part(
        self, term: str, value: Term, route: Route, terms: dict[str, Term]
    ) -> Expression | None:
        if term in COMPARISONS:
            return Within(route, COMPARISONS[term], self._number(value))
        match term:
            case "minCount":
                return AtLeast(route, int(self._number(value)))
            case "hasValue":
                return Reach(route, self._value(value))
            case "disjoint":
                return Not(Reach(route, str(value)))
            case "class":
                return Every(route, IsA(self._class(value)))
            case "lessThan" | "lessThanOrEquals":
                return Below(route, str(value), term == "lessThanOrEquals")
            case "qualifiedValueShape":
                return Some(route, self._shape(str(value)), int(self._number(terms.get("qualifiedMinCount"))))
        inner = self._logic(term, value)
        return None if inner is None else Every(route, inner)

    def _number(self, value: Term | None) -> float:
        if isinstance(value, Literal):
            with suppress(ValueError):
                return value.number
        found = value.value if isinstance(value, Literal) else value
        self._refuse(f"a number is expected where {found} stands")
        return 0.0

    def _value(self, value: Term) -> bool | str:
        if isinstance(value, Literal) and value.value in ("true", "false"):
            return value.truth
        self._refuse(f"sh:hasValue is accepted for true and false only, not for {value}")
        return False

    def _class(self, value: Term) -> str:
        if str(value) not in self.onto.class_index:
            self._refuse(f"<{value}> is not a class of the ontology")
            return self.onto.classes[0]
        return str(value)

    def _route(self, path: str) -> Route:
        """Read a path; its first member is a role, a derived property or the product if it is one."""
        members = tuple(str(m) for m in self.t.list(path)) or (path,)
        start = members[0] if self._starts_at_reading(members[0]) else ""
        rest = members[1:] if start else members
        quantity = rest[-1] if rest and rest[-1] in self.onto.quantities else ""
        steps = rest[:-1] if quantity else rest
        return Route(start, tuple(self._path(m) for m in steps), quantity)

    def _starts_at_reading(self, iri: str) -> bool:
        kinds = self.t.nodes(iri, TYPE)
        return CLAIM + "Role" in kinds or CLAIM + "DerivedProperty" in kinds or iri == CLAIM + "product"

    def _path(self, node: str) -> Path:
        if not node.startswith("_:"):
            return self._step(node)
        if members := self.t.list(node):
            return Sequence(tuple(self._path(str(m)) for m in members))
        for term, (least, many) in REPEATS.items():
            if (inner := self.t.object(node, SH + term)) is not None:
                return Repeat(self._path(str(inner)), least, many)
        if (inner := self.t.object(node, SH + "inversePath")) is not None:
            return self._step(str(inner), inverse=True)
        if (inner := self.t.object(node, SH + "alternativePath")) is not None:
            return Alternative(tuple(self._path(str(m)) for m in self.t.list(str(inner))))
        self._refuse("a path of an unknown form")
        return Step(RDF + "nil")

    def _step(self, iri: str, inverse: bool = False) -> Step:
        if iri not in self.onto.relations | self.onto.truths:
            self._refuse(f"<{iri}> is not a relation of the ontology and cannot be a step of a path")
        return Step(self.onto.inverse(iri) if inverse else iri)

    def derived(self) -> Iterator[Derived]:
        """Read the derived properties of readings."""
        for iri in sorted(self.t.subjects(TYPE, CLAIM + "DerivedProperty")):
            self._place = iri
            kinds = [k for k in DERIVATIONS if self.t.object(iri, CLAIM + k) is not None]
            if len(kinds) != 1:
                self._refuse(
                    f"a derived property needs exactly one of {', '.join('claim:' + k for k in DERIVATIONS)}"
                )
                continue
            yield self._derived(iri, kinds[0])

    def _derived(self, iri: str, kind: str) -> Derived:
        head = str(self.t.object(iri, CLAIM + kind))
        paths = [str(m) for m in self.t.list(head)] if kind == "intersection" else [head]
        number = self.t.object(iri, CLAIM + {"scaled": "factor", "shifted": "offset"}.get(kind, "none"))
        at_most_one = self.t.object(iri, CLAIM + "atMostOne")
        routes = tuple(self._route(p) for p in paths)
        if not all(route.start for route in routes):
            self._refuse("the path of a derived property starts at a role, another one or claim:product")
        return Derived(
            iri=iri,
            label=next(iter(self.t.texts(iri, RDFS + "label")), ""),
            sentence=next(iter(self.t.texts(iri, CLAIM + "sentence")), ""),
            kind=kind,
            routes=routes,
            of_class=next((self._class(c) for c in self.t.nodes(iri, CLAIM + "ofClass")), ""),
            at_most_one=isinstance(at_most_one, Literal) and at_most_one.truth,
            number=number.number if isinstance(number, Literal) else 0.0,
        )
