"""The lexicon: how people name the classes and properties of the ontology, and how to say them back.

Built from labels (SKOS) and `lex:` annotations, so that a new term in `ontology/` needs no Python.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeVar

from readson.errors import OntologyError
from readson.terms import (
    LABELS,
    Kind,
    Reference,
    Term,
    class_labels,
    fold,
    read_references,
    read_terms,
    suggest,
)
from readson.turtle import Literal, Triples
from readson.vocabulary import LEX, OWL, RDFS, SKOS, TYPE

__all__ = ["Kind", "Lexicon", "Reference", "Term", "fold", "suggest"]

Found = TypeVar("Found")


class Lexicon:
    """Answer what a label means and what a term is called."""

    def __init__(self, triples: Triples) -> None:
        self._triples = triples
        classes = [c for c in triples.subjects(TYPE, OWL + "Class") if not c.startswith("_:")]
        self._above = {c: _supers(triples, c) for c in classes}
        self._apart = _disjoint_pairs(triples)
        self.terms = {term.iri: term for term in read_terms(triples)}
        self.references: tuple[Reference, ...] = tuple(read_references(triples))
        self._keys = self._read_keys()
        self._labels: dict[str, tuple[str, ...]] = {}
        self._names: dict[str, str] = {}
        self._masses: dict[str, bool] = {}
        self._property_keys: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._kinds: dict[str, tuple[tuple[int, Kind], ...]] | None = None

    # Saying: what a term is called.

    def label(self, iri: str) -> str:
        """Give the label of a term, or the end of its IRI when it has none."""
        if iri not in self._names:
            self._names[iri] = next(iter(self.labels(iri)), re.split(r"[#/]", iri)[-1])
        return self._names[iri]

    def labels(self, iri: str) -> tuple[str, ...]:
        """Give all names of a term, the preferred one first."""
        return tuple(dict.fromkeys(text for p, _ in LABELS for text in self._triples.texts(iri, p)))

    def definition(self, iri: str) -> str:
        """Give the definition of a term, or ""."""
        return next(iter(self._triples.texts(iri, SKOS + "definition")), "")

    def sentence(self, iri: str) -> str:
        """Give the sentence that states a property, with {subject} and {object}, or ""."""
        return next(iter(self._triples.texts(iri, LEX + "sentence")), "")

    def denial(self, iri: str) -> str:
        """Give the sentence that denies a property, or ""."""
        return next(iter(self._triples.texts(iri, LEX + "denial")), "")

    def annotations(self, annotation: str) -> Iterator[tuple[str, str]]:
        """Give (term, text or IRI) for every use of an annotation, in the order of the files."""
        for iri in self._triples.subjects_of(annotation):
            for value in self._triples.objects(iri, annotation):
                yield iri, value.value if isinstance(value, Literal) else value

    def mass(self, cls: str) -> bool:
        """Tell whether the label of a class is a mass noun, which takes no article."""
        if cls not in self._masses:
            label = self.label(cls)
            roots = [c for c in self._triples.subjects_of(LEX + "massNoun") if self.is_a(cls, c)]
            self._masses[cls] = any(not label.endswith(self.label(root)) for root in roots)
        return self._masses[cls]

    # Classes: what an item is.

    def is_a(self, lower: str, upper: str) -> bool:
        """Tell whether every `lower` is an `upper`."""
        return lower == upper or upper in self._above.get(lower, ())

    def above(self, cls: str) -> tuple[str, ...]:
        """Give a class and all named classes above it, the nearest first."""
        return self._above.get(cls, (cls,))

    def is_narrower(self, lower: str, upper: str) -> bool:
        """Tell whether a property is another one or directly below it."""
        return lower == upper or upper in self._triples.nodes(lower, RDFS + "subPropertyOf")

    def apart(self, left: str, right: str) -> bool:
        """Tell whether nothing can be both."""
        lefts, rights = self._above.get(left, (left,)), self._above.get(right, (right,))
        return any((a, b) in self._apart for a in lefts for b in rights)

    def kinds(self, label: str, within: str = "") -> tuple[Kind, ...]:
        """Give the classes a label names best, inside `within` if given; more than one is ambiguous."""
        found = self._kind_index().get(fold(label), ())
        return _best(((rank,), kind) for rank, kind in found if not within or self.is_a(kind.iri, within))

    def kind_labels(self, within: str = "") -> tuple[str, ...]:
        """Give every label of a class inside `within`, plurals too."""
        if within not in self._labels:
            classes = [c for c in self._item_classes() if not within or self.is_a(c, within)]
            labels = (label for c in classes for _, label, _ in class_labels(self._triples, c))
            self._labels[within] = tuple(dict.fromkeys(labels))
        return self._labels[within]

    def names(self) -> Iterator[tuple[str, Kind, int]]:
        """Give every name of every class of items, plurals too, with its rank: 0 is the preferred one."""
        for iri in self._item_classes():
            for rank, label, plural in class_labels(self._triples, iri):
                yield label, Kind(iri, plural), rank

    def first_below(self, upper: str) -> str:
        """Give the first class below another, as an example of its kind."""
        return next((c for c in self._above if c != upper and self.is_a(c, upper)), upper)

    # Properties: what is said of an item.

    def properties(self, key: str, kinds: Iterable[str]) -> tuple[Term, ...]:
        """Give the properties a key means for a subject of these kinds; more than one is ambiguous."""
        kinds = tuple(kinds)
        scored = [(self._fit(term, kinds), rank, term) for rank, term in self._keys.get(fold(key), ())]
        return _best(((*fit, rank), term) for fit, rank, term in scored if fit)

    def named(self, label: str) -> frozenset[str]:
        """Give the properties that have a label, whatever they are said of."""
        return frozenset(term.iri for _, term in self._keys.get(fold(label), ()))

    def knows_key(self, key: str) -> bool:
        """Tell whether some property has this key."""
        return fold(key) in self._keys

    def property_keys(self, kinds: Iterable[str] = ()) -> tuple[str, ...]:
        """Give every key that a subject of these kinds may have; with no kinds, every key."""
        kinds = tuple(kinds)
        if kinds not in self._property_keys:
            terms = [t for t in self.terms.values() if not kinds or self._fit(t, kinds)]
            sizes = self.dimension_keys() if any(t.dimension for t in terms) else ()
            keys = dict.fromkeys([*(label for t in terms for label in self.labels(t.iri)), *sizes])
            self._property_keys[kinds] = tuple(keys)
        return self._property_keys[kinds]

    def terms_for(self, root: str) -> tuple[Term, ...]:
        """Give the properties of items of a class or of any class below it; "" means all items."""
        kinds = [c for c in self._item_classes() if not root or self.is_a(c, root)]
        return tuple(t for t in self.terms.values() if any(self._fit(t, (kind,)) for kind in kinds))

    def dimension_keys(self) -> tuple[str, ...]:
        """Give the keys that take A x B x C."""
        return self.labels(LEX + "Dimensions")

    def dimensions(self, kinds: Iterable[str]) -> tuple[Term, ...]:
        """Give the properties that A x B x C set, in that order, for a subject of these kinds."""
        kinds = tuple(kinds)
        terms = [t for t in self.terms.values() if t.dimension and self._fit(t, kinds)]
        return tuple(sorted(terms, key=lambda term: term.dimension))

    def role(self, name: str) -> str:
        """Give the term that every description uses in this role, marked `lex:role` in the ontology."""
        found = self._triples.subjects(LEX + "role", Literal(name))
        if len(found) != 1:
            raise OntologyError(f'expected one term with lex:role "{name}", found {len(found)}')
        return found[0]

    def role_range(self, name: str) -> str:
        """Give the class of the values of the property in this role."""
        ranges = self._triples.nodes(self.role(name), RDFS + "range")
        if not ranges:
            raise OntologyError(f'the property with lex:role "{name}" needs a range')
        return ranges[0]

    # How the answers are found.

    def _fit(self, term: Term, kinds: tuple[str, ...]) -> tuple[int, int] | None:
        """Rank how well a property suits a subject (lower is better), None when it cannot."""
        vias = tuple(via.of for via in term.subject_via)
        stands_in = any(self.is_a(kind, via) for kind in kinds for via in vias)
        if not stands_in and any(self.apart(kind, domain) for kind in kinds for domain in term.domains):
            return None
        named = term.subjects or term.domains + vias
        inside = [c for c in named if any(self.is_a(kind, c) for kind in kinds)]
        depth = -max((len(self._above.get(c, ())) for c in inside), default=0)
        if term.subjects:
            return (0, depth) if inside else None
        return (1, depth) if inside else (2, 0)

    def _item_classes(self) -> tuple[str, ...]:
        root = self.role_range("part")
        return tuple(c for c in self._above if self.is_a(c, root))

    def _kind_index(self) -> dict[str, tuple[tuple[int, Kind], ...]]:
        if self._kinds is None:
            index: defaultdict[str, dict[str, tuple[int, Kind]]] = defaultdict(dict)
            for iri in self._item_classes():
                for rank, label, plural in class_labels(self._triples, iri):
                    # The singular wins where a word is both ("lens").
                    index[fold(label)].setdefault(iri, (rank, Kind(iri, plural)))
            self._kinds = {key: tuple(found.values()) for key, found in index.items()}
        return self._kinds

    def _read_keys(self) -> dict[str, tuple[tuple[int, Term], ...]]:
        keys: defaultdict[str, dict[str, tuple[int, Term]]] = defaultdict(dict)
        for term in self.terms.values():
            for predicate, rank in LABELS:
                for label in self._triples.texts(term.iri, predicate):
                    # A term found by several of its labels keeps the best rank.
                    keys[fold(label)].setdefault(term.iri, (rank, term))
        return {key: tuple(found.values()) for key, found in keys.items()}


def _best(scored: Iterable[tuple[tuple[int, ...], Found]]) -> tuple[Found, ...]:
    pairs = tuple(scored)
    least = min((score for score, _ in pairs), default=())
    return tuple(found for score, found in pairs if score == least)


def _supers(triples: Triples, start: str) -> tuple[str, ...]:
    """List a class and all named classes above it."""
    found = [start]
    for lower in found:
        uppers = triples.nodes(lower, RDFS + "subClassOf")
        found += [upper for upper in uppers if upper not in found and not upper.startswith("_:")]
    return tuple(found)


def _disjoint_pairs(triples: Triples) -> frozenset[tuple[str, str]]:
    disjoint = OWL + "disjointWith"
    pairs = {(a, b) for a in triples.subjects_of(disjoint) for b in triples.nodes(a, disjoint)}
    for node in triples.subjects(TYPE, OWL + "AllDisjointClasses"):
        members = [str(m) for head in triples.nodes(node, OWL + "members") for m in triples.list(head)]
        pairs |= {(a, b) for a in members for b in members if a != b}
    return frozenset(pairs | {(b, a) for a, b in pairs})
