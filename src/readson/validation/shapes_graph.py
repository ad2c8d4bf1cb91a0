"""Read a shapes graph: every constraint of SHACL Core, and a refusal by name of all else.

What this engine cannot judge, or what is not SHACL at all, is a problem and never skipped: a misspelt
term would otherwise demand nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from readson.errors import ShapeError
from readson.turtle import Term, Triples
from readson.validation.constraints import (
    And,
    ClassOf,
    Closed,
    Constraint,
    Count,
    Datatype,
    Disjoint,
    Equals,
    Fits,
    HasValue,
    In,
    LanguageIn,
    Length,
    LessThan,
    NodeKind,
    Not,
    Or,
    Property,
    Qualified,
    Range,
    Shape,
    Shapes,
    Targets,
    UniqueLang,
    Xone,
    inner,
)
from readson.validation.knowledge import parse_all
from readson.validation.parameters import Parameters, plain, rdf_term, shown
from readson.vocabulary import OWL, RDFS, SH, TYPE

TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
SHAPES = ("property", "node", "not", "qualifiedValueShape")
LISTS = ("and", "or", "xone")
BESIDE = {"name", "description", "order", "group", "defaultValue", "path", "message", "severity",
          "deactivated", "flags", "ignoredProperties", "qualifiedValueShapesDisjoint",
          "qualifiedMinCount", "qualifiedMaxCount"}  # fmt: skip
"""Terms that demand nothing by themselves."""
RANGES = {"minExclusive": (True, False), "minInclusive": (True, True),
          "maxExclusive": (False, False), "maxInclusive": (False, True)}  # fmt: skip
ON_PATHS = {"minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals", "qualifiedValueShape"}
ONCE = {"datatype", "nodeKind", "minCount", "maxCount", "minLength", "maxLength", "minInclusive",
        "minExclusive", "maxInclusive", "maxExclusive", "languageIn", "in", "uniqueLang", "closed",
        "path", "severity", "deactivated"}  # fmt: skip


def load_shapes(paths: Sequence[Path]) -> Shapes:
    """Read the shapes of RDF files. Raise ShapeError with all that SHACL Core does not have."""
    found = parse_all(paths, "s", ShapeError)
    triples = Triples((str(plain(s)), p.value, plain(o)) for s, p, o in found)
    return read_shapes(triples, ", ".join(map(str, paths)))


def read_shapes(triples: Triples, place: str = "shapes") -> Shapes:
    """Read all shapes of a graph. Raise ShapeError with all problems."""
    reader = _Reader(triples, place)
    shapes = {node: reader.shape(node) for node in reader.nodes()}
    targets = {node: found for node in shapes if (found := reader.targets(node)) != Targets()}
    if not reader.problems:
        reader.problems += [reader.problem(cycle[0], _recursive(cycle)) for cycle in _cycles(shapes)]
    if reader.problems:
        raise ShapeError(reader.problems)
    return Shapes(shapes, targets, triples)


class _Reader(Parameters):
    """Turn nodes of the shapes graph into shapes; collect problems instead of raising."""

    def __init__(self, triples: Triples, place: str) -> None:
        super().__init__(triples, place)
        for custom in triples.subjects(TYPE, SH + "ConstraintComponent"):
            self.refuse(custom, "declares a constraint component; only those of SHACL Core are judged")

    # Which nodes are shapes (W3C SHACL, section 2.1)

    def nodes(self) -> list[str]:
        """List the shapes: those that say so, have targets or parameters, or are used as shapes."""
        typed = (*self.t.subjects(TYPE, SH + "NodeShape"), *self.t.subjects(TYPE, SH + "PropertyShape"))
        found = dict.fromkeys(typed)
        for term in (*TARGETS, *_DEMANDS):
            found.update(dict.fromkeys(self.t.subjects_of(SH + term)))
        waiting = list(found)
        while waiting:
            fresh = [n for n in self._used(waiting.pop()) if n not in found]
            found.update(dict.fromkeys(fresh))
            waiting += fresh
        return list(found)

    def _used(self, node: str) -> Iterator[str]:
        for term in SHAPES:
            yield from self.t.nodes(node, SH + term)
        for term in LISTS:
            for head in self.t.nodes(node, SH + term):
                yield from (m for m in self.t.list(head) if isinstance(m, str))

    # One shape

    def shape(self, node: str) -> Shape:
        """Read one shape."""
        path_node = next(iter(self.t.nodes(node, SH + "path")), "")
        for term in self.t.predicates(node):
            if term.startswith(SH):
                self._check(node, term.removeprefix(SH), bool(path_node))
        deactivated = self.flag(node, "deactivated")
        return Shape(
            node=node,
            path=self.path(node, path_node) if path_node else None,
            path_node=path_node,
            constraints=() if deactivated else tuple(self._constraints(node)),
            severity=next(iter(self.t.nodes(node, SH + "severity")), SH + "Violation"),
            messages=self.t.objects(node, SH + "message"),
            deactivated=deactivated,
        )

    def _check(self, node: str, term: str, on_path: bool) -> None:
        if term not in (*TARGETS, *BESIDE, *_DEMANDS):
            beyond = "is not a term of SHACL Core, which is all that is judged"
            self.refuse(node, f"sh:{term} {beyond}; mend the spelling or leave it out")
        elif term in ON_PATHS and not on_path:
            self.refuse(node, f"sh:{term} stands on a node shape; it needs a shape with sh:path")
        if term in ONCE and len(self.t.objects(node, SH + term)) > 1:
            self.refuse(node, f"has sh:{term} more than once; it may have one")

    def _constraints(self, node: str) -> Iterator[Constraint]:
        for predicate in self.t.predicates(node):
            term = predicate.removeprefix(SH) if predicate.startswith(SH) else ""
            if term in _DEMANDS:
                for value in self.t.objects(node, predicate):
                    yield from _DEMANDS[term](self, node, value)

    # Parameters that need others beside them

    def pattern(self, node: str, value: Term) -> Iterator[Constraint]:
        """Read sh:pattern with sh:flags."""
        flags = next(iter(self.t.texts(node, SH + "flags")), "")
        found = self.regex(node, shown(value), flags)
        if found is not None:
            yield found

    def qualified(self, node: str, shape: Term) -> Iterator[Constraint]:
        """Read sh:qualifiedValueShape with its counts."""
        disjoint = self.flag(node, "qualifiedValueShapesDisjoint")
        used = self.used(node, "qualifiedValueShape", shape)
        siblings = tuple(self._siblings(node, used)) if disjoint else ()
        for term, least in (("qualifiedMinCount", True), ("qualifiedMaxCount", False)):
            for value in self.t.objects(node, SH + term):
                yield Qualified(self.number(node, term, value), least, used, siblings)

    def _siblings(self, node: str, own: str) -> Iterator[str]:
        """List the qualified shapes beside this one (W3C SHACL, section 4.7.3)."""
        found: dict[str, None] = {}
        for parent in self.t.subjects(SH + "property", node):
            for sibling in self.t.nodes(parent, SH + "property"):
                found.update(dict.fromkeys(self.t.nodes(sibling, SH + "qualifiedValueShape")))
        return (shape for shape in found if shape != own)

    def closed(self, node: str, _: Term) -> Iterator[Constraint]:
        """Read sh:closed with sh:ignoredProperties."""
        if self.flag(node, "closed"):
            heads = self.t.objects(node, SH + "ignoredProperties")
            ignored = (str(m) for head in heads for m in self.members(node, "ignoredProperties", head))
            paths = (p for s in self.t.nodes(node, SH + "property") for p in self.t.nodes(s, SH + "path"))
            yield Closed(frozenset(p for p in (*ignored, *paths) if not p.startswith("_:")))

    def unique(self, node: str, _: Term) -> Iterator[Constraint]:
        """Read sh:uniqueLang."""
        if self.flag(node, "uniqueLang"):
            yield UniqueLang()

    # Targets

    def targets(self, node: str) -> Targets:
        """Read what a shape is validated on; a shape that is a class is so on its instances."""
        named = {term: self.t.objects(node, SH + term) for term in TARGETS}
        classes = [self.iri(node, "targetClass", value) for value in named["targetClass"]]
        if not node.startswith("_:") and self._is_class(node):
            classes.append(node)
        return Targets(
            tuple(rdf_term(value) for value in named["targetNode"]),
            tuple(classes),
            tuple(self.iri(node, "targetSubjectsOf", value) for value in named["targetSubjectsOf"]),
            tuple(self.iri(node, "targetObjectsOf", value) for value in named["targetObjectsOf"]),
        )

    def _is_class(self, node: str) -> bool:
        above = list(self.t.nodes(node, TYPE))
        for cls in above:
            above += [upper for upper in self.t.nodes(cls, RDFS + "subClassOf") if upper not in above]
        return RDFS + "Class" in above or OWL + "Class" in above


Demand = Callable[[_Reader, str, Term], Iterable[Constraint]]


def _range(term: str, reader: _Reader, node: str, value: Term) -> Iterable[Constraint]:
    lower, inclusive = RANGES[term]
    return [Range(reader.literal(node, term, value), lower, inclusive)]


_DEMANDS: Mapping[str, Demand] = {
    "class": lambda r, n, v: [ClassOf(r.iri(n, "class", v))],
    "datatype": lambda r, n, v: [Datatype(r.iri(n, "datatype", v))],
    "nodeKind": lambda r, n, v: [NodeKind(r.kinds(n, v))],
    "minCount": lambda r, n, v: [Count(r.number(n, "minCount", v), least=True)],
    "maxCount": lambda r, n, v: [Count(r.number(n, "maxCount", v), least=False)],
    **{term: partial(_range, term) for term in RANGES},
    "minLength": lambda r, n, v: [Length(r.number(n, "minLength", v), least=True)],
    "maxLength": lambda r, n, v: [Length(r.number(n, "maxLength", v), least=False)],
    "pattern": _Reader.pattern,
    "languageIn": lambda r, n, v: [LanguageIn(tuple(map(shown, r.members(n, "languageIn", v))))],
    "uniqueLang": _Reader.unique,
    "equals": lambda r, n, v: [Equals(r.iri(n, "equals", v))],
    "disjoint": lambda r, n, v: [Disjoint(r.iri(n, "disjoint", v))],
    "lessThan": lambda r, n, v: [LessThan(r.iri(n, "lessThan", v), or_equals=False)],
    "lessThanOrEquals": lambda r, n, v: [LessThan(r.iri(n, "lessThanOrEquals", v), or_equals=True)],
    "not": lambda r, n, v: [Not(r.used(n, "not", v))],
    "and": lambda r, n, v: [And(r.shapes(n, "and", v))],
    "or": lambda r, n, v: [Or(r.shapes(n, "or", v))],
    "xone": lambda r, n, v: [Xone(r.shapes(n, "xone", v))],
    "node": lambda r, n, v: [Fits(r.used(n, "node", v, on_path=False))],
    "property": lambda r, n, v: [Property(r.used(n, "property", v, on_path=True))],
    "qualifiedValueShape": _Reader.qualified,
    "closed": _Reader.closed,
    "hasValue": lambda r, n, v: [HasValue(rdf_term(v))],
    "in": lambda r, n, v: [In(tuple(map(rdf_term, r.members(n, "in", v))))],
}
"""The whole language on one screen: what each parameter demands."""


def _cycles(shapes: Mapping[str, Shape]) -> Iterator[tuple[str, ...]]:
    """Find shapes that refer to themselves; SHACL leaves their meaning open (section 3.4.3)."""
    done: set[str] = set()

    def visit(node: str, way: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if node in way:
            yield way[way.index(node) :]
        elif node not in done:
            for constraint in shapes[node].constraints:
                for part in inner(constraint):
                    yield from visit(part, (*way, node))
            done.add(node)

    for node in shapes:
        yield from visit(node, ())


def _recursive(cycle: Sequence[str]) -> str:
    names = [f"<{node}>" for node in cycle if not node.startswith("_:")]
    return f"is recursive, by way of {', '.join(names) or 'itself'}; SHACL gives such shapes no meaning"
