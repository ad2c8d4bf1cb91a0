"""Term sheets: the ontology as pages show it, and which elements of a patent use which term."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from readson.results import OntologySheet, TermSheet, Use
from readson.shapes import Patent
from readson.terms import LABELS
from readson.turtle import Triples
from readson.vocabulary import DCTERMS, LEX, OWL, RDFS, SKOS, TYPE, VANN, XSD

SORTS = {
    "Class": "class",
    "ObjectProperty": "relation",
    "DatatypeProperty": "value",
    "AnnotationProperty": "annotation",
    "NamedIndividual": "individual",
}
VALUES = {XSD + "boolean": "truth", XSD + "double": "quantity"}
TRAITS = ("Functional", "InverseFunctional", "Symmetric", "Asymmetric", "Transitive", "Irreflexive")
UPWARD = (RDFS + "subClassOf", RDFS + "subPropertyOf")
APART = (
    (OWL + "disjointWith", "AllDisjointClasses"),
    (OWL + "propertyDisjointWith", "AllDisjointProperties"),
)


def ontology_sheets(triples: Triples, patent: Patent) -> tuple[OntologySheet, ...]:
    """Show the files of the ontology, in the order of their names, with the elements that use their terms."""
    reader = _SheetReader(triples, uses_of(patent))
    headers = sorted(triples.subjects(TYPE, OWL + "Ontology"))
    return tuple(reader.ontology(header) for header in headers)


def uses_of(patent: Patent) -> dict[str, tuple[Use, ...]]:
    """List for every term the elements that name it, in the order of the claims."""
    found: defaultdict[str, dict[Use, None]] = defaultdict(dict)
    for claim in patent.claims.values():
        for element in claim.elements:
            for iri in (iri for construction in element.constructions for iri in construction.terms):
                found[iri][Use(claim.number, element.id, element.anchor)] = None
    return {iri: tuple(uses) for iri, uses in found.items()}


class _SheetReader:
    """Read one term or file after the other from the triples of the ontology."""

    def __init__(self, triples: Triples, uses: Mapping[str, tuple[Use, ...]]) -> None:
        self.t, self.uses = triples, uses
        self.below = _turned((s, o) for p in UPWARD for s, o in _pairs(triples, p))
        self.inverses = _both(_pairs(triples, OWL + "inverseOf"))
        self.apart = _both(pair for p, group in APART for pair in self._apart(p, group))

    def ontology(self, header: str) -> OntologySheet:
        terms = self.t.subjects(RDFS + "isDefinedBy", header)
        return OntologySheet(
            name=_last(header),
            prefix=self._text(header, VANN + "preferredNamespacePrefix"),
            namespace=self._text(header, VANN + "preferredNamespaceUri"),
            title=self._text(header, DCTERMS + "title"),
            description=self._text(header, DCTERMS + "description"),
            terms=tuple(map(self.term, terms)),
        )

    def term(self, iri: str) -> TermSheet:
        types = self.t.nodes(iri, TYPE)
        sort = next((said for kind, said in SORTS.items() if OWL + kind in types), "individual")
        labels = tuple(dict.fromkeys(text for p, _ in LABELS[:3] for text in self.t.texts(iri, p)))
        above = types if sort == "individual" else (o for p in UPWARD for o in self.t.nodes(iri, p))
        ranges = self.t.nodes(iri, RDFS + "range")
        return TermSheet(
            iri=iri,
            name=_last(iri),
            sort=next((VALUES[r] for r in ranges if r in VALUES), sort),
            label=labels[0] if labels else _last(iri),
            other_labels=labels[1:],
            definition=self._text(iri, SKOS + "definition"),
            above=self._declared(above),
            below=self.below.get(iri, ()),
            domains=self._declared(self.t.nodes(iri, RDFS + "domain")),
            ranges=self._declared(ranges),
            inverses=self.inverses.get(iri, ()),
            apart=self.apart.get(iri, ()),
            traits=tuple(_words(trait) for trait in TRAITS if f"{OWL}{trait}Property" in types),
            sentence=self._text(iri, LEX + "sentence"),
            unit=next(map(_last, self.t.nodes(iri, LEX + "unit")), ""),
            uses=self.uses.get(iri, ()),
        )

    def _text(self, iri: str, predicate: str) -> str:
        return next(iter(self.t.texts(iri, predicate)), "")

    def _declared(self, iris: Iterable[str]) -> tuple[str, ...]:
        """Keep what the ontology declares: no blank node, no term of OWL."""
        return tuple(dict.fromkeys(iri for iri in iris if self.t.objects(iri, RDFS + "isDefinedBy")))

    def _apart(self, predicate: str, group: str) -> Iterable[tuple[str, str]]:
        yield from _pairs(self.t, predicate)
        for node in self.t.subjects(TYPE, OWL + group):
            members = [m for head in self.t.nodes(node, OWL + "members") for m in self.t.list(head)]
            named = [member for member in members if isinstance(member, str)]
            yield from ((a, b) for n, a in enumerate(named) for b in named[n + 1 :])


def _pairs(triples: Triples, predicate: str) -> Iterable[tuple[str, str]]:
    return ((s, o) for s in triples.subjects_of(predicate) for o in triples.nodes(s, predicate))


def _turned(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Map seconds to firsts."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for first, second in pairs:
        found[second][first] = None
    return {second: tuple(firsts) for second, firsts in found.items()}


def _both(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Map each of a pair to the other."""
    either = tuple(pairs)
    return _turned((*either, *((second, first) for first, second in either)))


def _last(iri: str) -> str:
    return re.split("[#/]", iri)[-1]


def _words(name: str) -> str:
    """Spell a name in camel case out.

    >>> _words("InverseFunctional")
    'inverse functional'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
