"""The terms of RDF that tell of products: the vocabulary of the ontology, and that of statements.

Everything else is passed over on purpose: terms of other vocabularies, and what readson itself wrote of
patents, readings and verdicts. A term that looks like the project's own but is not declared is a problem.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property

from readson.bulk.lines import literal
from readson.ontology import Ontology
from readson.shapes import patent_slugs
from readson.terms import suggest
from readson.vocabulary import BASE, CLAIM, EV, QTY, RDFS, TYPE, XSD

RELATION, TRUTH, QUANTITY, KIND, RECORD, LABEL, FOREIGN, UNKNOWN = range(8)
_STATEMENT = ("subject", "property", "object", "bounds", "ofClass", "grade", "source", "locator", "quote")
_OTHER = ("note", "derivedFrom", "title", "date", "file", "sha256")
_BOUNDS = ("atLeast", "moreThan", "atMost", "lessThan", "written")
_NUMBERS = frozenset(XSD + name for name in ("double", "float", "decimal", "integer"))


@dataclass
class Vocabulary:
    """Tell what predicates, classes and numbers mean, by their terms as a line of N-Triples has them.

    What stands last in a line has the blank and the dot behind it: "<IRI> .".
    """

    ontology: Ontology
    properties: dict[str, tuple[int, str]] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    sizes: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        onto = self.ontology
        groups = ((RELATION, onto.relations), (TRUTH, onto.truths), (QUANTITY, onto.quantities))
        told = {iri: meaning for meaning, group in groups for iri in group if self._ours(iri)}
        told |= {TYPE: KIND, RDFS + "label": LABEL}
        self.properties.update({f"<{iri}>": (meaning, iri) for iri, meaning in told.items()})
        records = [(EV, name) for name in (*_STATEMENT, *_OTHER)] + [(QTY, name) for name in _BOUNDS]
        self.properties.update({f"<{base}{name}>": (RECORD, name) for base, name in records})
        self.classes.update({f"<{c}> .": i for c, i in onto.class_index.items() if self._ours(c)})

    @staticmethod
    def _ours(iri: str) -> bool:
        return iri.startswith(BASE) and not iri.startswith((CLAIM, EV, QTY))

    @cached_property
    def _judged(self) -> tuple[str, ...]:
        """List the namespaces of verdicts: what stands in them does not tell of a product."""
        return (CLAIM, *(f"{BASE}{slug}#" for slug in patent_slugs()))

    def meaning(self, predicate: str) -> tuple[int, str]:
        """Tell what a predicate means that is not in `properties`; it is there from then on."""
        iri = predicate[1:-1]
        wrong = iri.startswith(BASE) and not iri.startswith(self._judged)
        return self.properties.setdefault(predicate, (UNKNOWN if wrong else FOREIGN, iri))

    def size(self, term: str) -> float:
        """Read a number, once. Raises ValueError for what is none."""
        key = f"{term} ."
        if key not in self.sizes:
            self.sizes[key] = number(term)
        return self.sizes[key]

    @staticmethod
    def is_record(cls: str) -> bool:
        """Tell whether what is of this class is a record, and no item of a product."""
        return cls.startswith((f"<{EV}", f"<{QTY}"))

    def passes_over(self, cls: str) -> bool:
        """Tell whether a class that is not in `classes` may be passed over."""
        return not cls.startswith(f"<{BASE}") or cls[1:-1].startswith(self._judged)

    def nearest_property(self, iri: str) -> str:
        """Give a hint at the property that is meant, or ""."""
        return _hint(iri, [known for meaning, known in self.properties.values() if meaning < LABEL])

    def nearest_class(self, iri: str) -> str:
        """Give a hint at the class that is meant, or ""."""
        return _hint(iri, [cls[1:-3] for cls in self.classes])


def _hint(iri: str, known: list[str]) -> str:
    near = suggest(iri.removeprefix(BASE), [other.removeprefix(BASE) for other in known])
    return f"; did you mean `{near}`?" if near else ""


def number(term: str) -> float:
    """Read a literal as a size in SI. Raises ValueError for what is none."""
    text, datatype = literal(term)
    try:
        value = float(text) if datatype in _NUMBERS else math.nan
    except ValueError:
        value = math.nan
    if not 0 <= value < math.inf:
        raise ValueError(f"expected a number, zero or greater, in the SI unit of the quantity, not {term}")
    return value


def truth(term: str) -> bool:
    """Read a literal as a truth value. Raises ValueError for what is none."""
    text, datatype = literal(term)
    if datatype != XSD + "boolean" or text not in ("true", "false", "1", "0"):
        raise ValueError(f'expected "true" or "false" of datatype xsd:boolean, not {term}')
    return text in ("true", "1")
