"""The ontology as the engine needs it: hierarchies, disjointness, property axioms and rules.

Read from `ontology/*.ttl`. What OWL 2 DL says is read from OWL terms; what it cannot say
(arithmetic, strict orders that are transitive, world policy) from annotations in `rule:`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from readson.errors import OntologyError, Problem
from readson.lexicon import Lexicon
from readson.resources import content_folder
from readson.turtle import Literal, Triples, load
from readson.vocabulary import OWL, RDFS, RULE, TYPE, VANN, XSD

Matrix = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class StepResult:
    """A step of class `step` makes `result` hold between its `subject` and `object` values."""

    result: str
    step: str
    subject: str
    object: str


@dataclass(frozen=True, slots=True)
class Restriction:
    """Every item of class `of` has, along `property`, a value of class `some` (or the truth `value`)."""

    of: str
    property: str
    some: str = ""
    value: bool | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """A product with items of class `members` has an item of class `of` that collects them."""

    of: str
    members: str
    through: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """`property` holds between two items when the quantity of the first is the greater."""

    property: str
    quantity: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """`property` is true of an item when its quantity lies below `limit`, false when not."""

    property: str
    quantity: str
    limit: float


@dataclass(frozen=True, slots=True)
class Ontology:
    """Hold the compiled axioms, properties in their order. Matrices are indexed by `class_index`."""

    lexicon: Lexicon
    classes: tuple[str, ...]
    class_index: Mapping[str, int]
    above: Matrix
    apart: Matrix
    relations: frozenset[str]
    truths: frozenset[str]
    quantities: frozenset[str]
    supers: Mapping[str, tuple[str, ...]]
    inverses: Mapping[str, str]
    functional: frozenset[str]
    symmetric: frozenset[str]
    transitive: frozenset[str]
    asymmetric: frozenset[str]
    disjoint_properties: tuple[tuple[str, str], ...]
    chains: tuple[tuple[str, str, str], ...]
    domains: Mapping[str, tuple[str, ...]]
    ranges: Mapping[str, tuple[str, ...]]
    restrictions: tuple[Restriction, ...]
    never: tuple[tuple[str, str], ...]
    results: tuple[StepResult, ...]
    collections: tuple[Collection, ...]
    parts_of_class: Mapping[str, str]
    comparisons: Mapping[str, Comparison]
    thresholds: tuple[Threshold, ...]
    products_of: Mapping[str, tuple[str, ...]]
    extents: Mapping[str, str]
    at_least: Mapping[str, str]
    silence_means: Mapping[str, float]
    exhaustive: frozenset[str]
    named_in_full: frozenset[str]
    closable: frozenset[str]
    lists_parts: frozenset[str]
    denied_with: Mapping[str, str]
    prefixes: Mapping[str, str]
    ends: Mapping[str, int]

    @property
    def properties(self) -> frozenset[str]:
        """Name all that can be said of an item."""
        return self.relations | self.truths | self.quantities

    def inverse(self, prop: str) -> str:
        """Name the inverse of a relation; a relation without a declared one gets `^`."""
        if prop in self.inverses:
            return self.inverses[prop]
        return prop[1:] if prop.startswith("^") else "^" + prop

    def is_subclass(self, lower: str, upper: str) -> bool:
        """Tell whether every `lower` is an `upper`."""
        return bool(self.above[self.class_index[lower], self.class_index[upper]])


def load_ontology(folder: Path | None = None) -> Ontology:
    """Read and compile all Turtle files of the ontology folder."""
    folder = folder or content_folder("ontology")
    triples = load(sorted(folder.glob("*.ttl")))
    return compile_ontology(triples)


def compile_ontology(triples: Triples) -> Ontology:
    """Compile OWL axioms and rule annotations. Raise OntologyError for what is not understood."""
    return _Compiler(triples).compile()


class _Compiler:
    """Read one group of axioms a method, from one set of triples."""

    def __init__(self, triples: Triples) -> None:
        self.t = triples

    @cached_property
    def classes(self) -> tuple[str, ...]:
        named = {c for c in self.t.subjects(TYPE, OWL + "Class") if not c.startswith("_:")}
        return tuple(sorted(named))

    @cached_property
    def relations(self) -> frozenset[str]:
        return frozenset(self.t.subjects(TYPE, OWL + "ObjectProperty"))

    @cached_property
    def truths(self) -> frozenset[str]:
        return frozenset(p for p in self._data_properties() if XSD + "boolean" in self._ranges(p))

    @cached_property
    def quantities(self) -> frozenset[str]:
        return frozenset(p for p in self._data_properties() if XSD + "double" in self._ranges(p))

    def _data_properties(self) -> Iterable[str]:
        return self.t.subjects(TYPE, OWL + "DatatypeProperty")

    def _ranges(self, prop: str) -> tuple[str, ...]:
        return tuple(str(r) for r in self.t.objects(prop, RDFS + "range"))

    def _typed(self, kind: str) -> frozenset[str]:
        return frozenset(self.t.subjects(TYPE, OWL + kind))

    def _flagged(self, annotation: str) -> frozenset[str]:
        return frozenset(self.t.subjects_of(RULE + annotation))

    def _objects(self, subject: str, predicate: str) -> tuple[str, ...]:
        return tuple(o for o in self.t.objects(subject, predicate) if isinstance(o, str))

    def _pairs(self, annotation: str) -> dict[str, str]:
        subjects = sorted(self.t.subjects_of(RULE + annotation))
        return {s: str(self.t.object(s, RULE + annotation)) for s in subjects}

    def _number(self, subject: str, annotation: str) -> float:
        value = self.t.object(subject, RULE + annotation)
        if not isinstance(value, Literal):
            raise OntologyError(
                [Problem("ontology", 0, 0, f"<{subject}> needs a number for rule:{annotation}")]
            )
        return float(value.value)

    def compile(self) -> Ontology:
        index = {iri: i for i, iri in enumerate(self.classes)}
        above = self._above(index)
        inverses = self._inverses()
        restrictions, never = self._restrictions()
        return Ontology(
            lexicon=Lexicon(self.t),
            classes=self.classes,
            class_index=index,
            above=above,
            apart=self._apart(index, above),
            relations=self.relations,
            truths=self.truths,
            quantities=self.quantities,
            supers=self._supers(),
            inverses=inverses,
            functional=self._typed("FunctionalProperty") | self._inverse_functional(inverses),
            symmetric=self._typed("SymmetricProperty"),
            transitive=self._transitive(inverses),
            asymmetric=self._typed("AsymmetricProperty") | self._flagged("strictOrder"),
            disjoint_properties=self._disjoint_properties(),
            chains=self._chains(),
            domains={p: self._named(p, "domain") for p in sorted(self.relations | self.truths)},
            ranges={p: self._named(p, "range") for p in sorted(self.relations)},
            restrictions=restrictions,
            never=never,
            results=self._results(),
            collections=self._collections(),
            parts_of_class=self._pairs("partsOfClass"),
            comparisons=self._comparisons(),
            thresholds=self._thresholds(),
            products_of=self._products(),
            extents=self._pairs("extentOver"),
            at_least=self._pairs("atLeast"),
            silence_means={p: self._number(p, "silenceMeans") for p in sorted(self._flagged("silenceMeans"))},
            exhaustive=self._flagged("exhaustiveOnceStated"),
            named_in_full=self._flagged("namedInFull"),
            closable=self._closable(index, above),
            lists_parts=self._lists_parts(),
            denied_with=self._pairs("deniedWith"),
            prefixes=self._prefixes(),
            ends={p: int(self._number(p, "ends")) for p in sorted(self._flagged("ends"))},
        )

    def _above(self, index: Mapping[str, int]) -> Matrix:
        above = np.eye(len(index), dtype=bool)
        for lower in self.classes:
            for upper in self._objects(lower, RDFS + "subClassOf"):
                if upper in index:
                    above[index[lower], index[upper]] = True
        return _closure(above)

    def _apart(self, index: Mapping[str, int], above: Matrix) -> Matrix:
        apart = np.zeros((len(index), len(index)), dtype=bool)
        for left, right in self._disjoint_pairs("disjointWith", "AllDisjointClasses"):
            below_left, below_right = above[:, index[left]], above[:, index[right]]
            apart |= np.outer(below_left, below_right) | np.outer(below_right, below_left)
        return apart

    def _disjoint_pairs(self, between: str, among: str) -> Iterable[tuple[str, str]]:
        for left in sorted(self.t.subjects_of(OWL + between)):
            for right in self._objects(left, OWL + between):
                yield left, right
        for group in sorted(self.t.subjects(TYPE, OWL + among)):
            members = [str(m) for m in self.t.list(str(self.t.object(group, OWL + "members")))]
            yield from ((a, b) for i, a in enumerate(members) for b in members[i + 1 :])

    def _disjoint_properties(self) -> tuple[tuple[str, str], ...]:
        pairs = set(self._disjoint_pairs("propertyDisjointWith", "AllDisjointProperties"))
        return tuple(sorted(pairs | {(b, a) for a, b in pairs}))

    def _supers(self) -> dict[str, tuple[str, ...]]:
        direct = {p: self._objects(p, RDFS + "subPropertyOf") for p in sorted(self.relations | self.truths)}
        return {p: direct[p] for p in direct if direct[p]}

    def _inverses(self) -> dict[str, str]:
        found: dict[str, str] = {p: p for p in self._typed("SymmetricProperty")}
        for prop in sorted(self.t.subjects_of(OWL + "inverseOf")):
            for other in self._objects(prop, OWL + "inverseOf"):
                found[prop], found[other] = other, prop
        return found

    def _inverse_functional(self, inverses: Mapping[str, str]) -> frozenset[str]:
        return frozenset(inverses.get(p, "^" + p) for p in self._typed("InverseFunctionalProperty"))

    def _transitive(self, inverses: Mapping[str, str]) -> frozenset[str]:
        declared = self._typed("TransitiveProperty")
        return declared | {inverses[p] for p in declared if p in inverses}

    def _chains(self) -> tuple[tuple[str, str, str], ...]:
        found = []
        for prop in sorted(self.t.subjects_of(OWL + "propertyChainAxiom")):
            for chain in self._objects(prop, OWL + "propertyChainAxiom"):
                members = [str(m) for m in self.t.list(chain)]
                if len(members) != 2:
                    message = f"the property chain of <{prop}> has {len(members)} members, expected 2"
                    raise OntologyError([Problem("ontology", 0, 0, message)])
                found.append((prop, members[0], members[1]))
        return tuple(sorted(found))

    def _named(self, prop: str, side: str) -> tuple[str, ...]:
        return tuple(c for c in self._objects(prop, RDFS + side) if c in set(self.classes))

    def _restrictions(self) -> tuple[tuple[Restriction, ...], tuple[tuple[str, str], ...]]:
        found: list[Restriction] = []
        never: list[tuple[str, str]] = []
        for of in self.classes:
            for node in self._objects(of, RDFS + "subClassOf"):
                if not node.startswith("_:"):
                    continue
                prop = str(self.t.object(node, OWL + "onProperty"))
                if (some := self.t.object(node, OWL + "someValuesFrom")) is not None:
                    found.append(Restriction(of, prop, some=str(some)))
                elif isinstance(value := self.t.object(node, OWL + "hasValue"), Literal):
                    found.append(Restriction(of, prop, value=value.value in ("true", "1")))
                elif self.t.object(node, OWL + "maxCardinality") is not None:
                    never.append((of, prop))
                else:
                    message = f"a restriction on <{of}> is of a form the engine does not read"
                    raise OntologyError([Problem("ontology", 0, 0, message)])
        return tuple(sorted(found, key=str)), tuple(sorted(never))

    def _results(self) -> tuple[StepResult, ...]:
        found = []
        for prop in sorted(self.t.subjects_of(RULE + "resultOf")):
            for node in self._objects(prop, RULE + "resultOf"):
                step, subject, object_ = (
                    str(self.t.object(node, RULE + k)) for k in ("step", "subject", "object")
                )
                found.append(StepResult(prop, step, subject, object_))
        return tuple(sorted(found, key=str))

    def _collections(self) -> tuple[Collection, ...]:
        members = self._pairs("collects")
        through = self._pairs("through")
        return tuple(Collection(of, members[of], through[of]) for of in sorted(members))

    def _comparisons(self) -> dict[str, Comparison]:
        return {p: Comparison(p, q) for p, q in self._pairs("compares").items()}

    def _thresholds(self) -> tuple[Threshold, ...]:
        quantity = self._pairs("quantity")
        return tuple(
            Threshold(p, quantity[p], self._number(p, "below")) for p in sorted(self._flagged("below"))
        )

    def _products(self) -> dict[str, tuple[str, ...]]:
        lists = self._pairs("product")
        return {p: tuple(str(m) for m in self.t.list(head)) for p, head in lists.items()}

    def _prefixes(self) -> dict[str, str]:
        """Read the prefix and namespace that every ontology file prefers."""
        headers = self.t.subjects_of(VANN + "preferredNamespacePrefix")
        pairs = (
            (self.t.texts(h, VANN + f"preferredNamespace{k}") for k in ("Prefix", "Uri")) for h in headers
        )
        return {prefix: uri for (prefix,), (uri,) in pairs}

    def _lists_parts(self) -> frozenset[str]:
        """Find the properties above those that relate a product to its parts of a class."""
        narrow = self.t.subjects_of(RULE + "partsOfClass")
        return frozenset(upper for p in narrow for upper in self._objects(p, RDFS + "subPropertyOf"))

    def _closable(self, index: Mapping[str, int], above: Matrix) -> frozenset[str]:
        roots = [index[c] for c in self._flagged("namedInFull")]
        return frozenset(c for c, i in index.items() if any(above[i, r] and i != r for r in roots))


def _closure(matrix: Matrix) -> Matrix:
    """Close a relation under transitivity (Warshall)."""
    closed = matrix.copy()
    for middle in range(len(closed)):
        closed[closed[:, middle]] |= closed[middle]
    return closed
