"""Read statements that RDF writes out as records: denials, bounds, completeness, each with its evidence."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from readson.bulk.lines import literal
from readson.bulk.terms import KIND, QUANTITY, RELATION, TRUTH, Vocabulary, truth
from readson.statements import Bounds, Complete, Content, Denial, Evidence, Grade, Statement, Value
from readson.vocabulary import EV

_ENDS = ("atLeast", "moreThan", "atMost", "lessThan")


@dataclass(slots=True)
class Record:
    """What is said of one `ev:` or `qty:` node: terms by the local names of its properties."""

    line: int
    fields: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def term(self, name: str) -> str:
        """Give the first term of a property, or ""."""
        return self.fields[name][0] if name in self.fields else ""

    def text(self, name: str) -> str:
        """Give the text of a literal, or ""."""
        return literal(self.term(name))[0]

    def is_a(self, name: str) -> bool:
        """Tell whether the record is of a class of the vocabulary of statements."""
        return f"<{EV}{name}>" in self.fields["type"]


def read_statement(iri: str, records: Mapping[str, Record], vocabulary: Vocabulary) -> Statement | None:
    """Read one record, its items by their terms; None where it states nothing. Raises ValueError."""
    record = records[iri]
    if not record.term("subject") or record.term("grade") == f"<{EV}{Grade.PROPOSED.value}>":
        return None
    meaning, prop = vocabulary.properties.get(record.term("property"), (-1, ""))
    if meaning not in (RELATION, TRUTH, QUANTITY, KIND):
        raise ValueError(f"a statement needs an ev:property of the ontology, not {record.term('property')}")
    content = _content(record, records, meaning, vocabulary)
    evidence = Evidence(
        _name(record.term("source")),
        record.text("locator"),
        record.text("quote"),
        _grade(record.term("grade")),
    )
    return Statement(_name(iri), record.term("subject"), prop, content, evidence)


def _grade(term: str) -> Grade:
    """Read a grade; what has none is stated."""
    return Grade(term[1:-1].removeprefix(EV)) if term else Grade.STATED


def _name(term: str) -> str:
    """Give what an IRI calls a statement or a source: what stands last in it."""
    return unquote(term[1:-1].rpartition("#")[2].rpartition("/")[2])


def _content(record: Record, records: Mapping[str, Record], meaning: int, vocabulary: Vocabulary) -> Content:
    if meaning == QUANTITY:
        return _bounds(records.get(record.term("bounds")), vocabulary)
    values = tuple(_value(term, meaning, vocabulary) for term in record.fields["object"])
    if record.is_a("Completeness"):
        if meaning not in (RELATION, TRUTH):
            raise ValueError("ev:Completeness is of a relation")
        return Complete(_class(record.term("ofClass"), vocabulary), values)  # type: ignore[arg-type]
    if len(values) != 1:
        raise ValueError(f"a statement has one ev:object, not {len(values)}")
    return Denial(values[0]) if record.is_a("Denial") else Value(values[0])


def _value(term: str, meaning: int, vocabulary: Vocabulary) -> str | bool:
    if meaning == KIND:
        return _class(term, vocabulary)
    return truth(term) if meaning == TRUTH else term


def _class(term: str, vocabulary: Vocabulary) -> str:
    if term and f"{term} ." not in vocabulary.classes:
        raise ValueError(f"{term} is not a class of the ontology{vocabulary.nearest_class(term[1:-1])}")
    return term[1:-1]


def _bounds(record: Record | None, vocabulary: Vocabulary) -> Bounds:
    if record is None:
        raise ValueError("a statement on a quantity needs ev:bounds")
    ends = {name: vocabulary.size(terms[0]) for name, terms in record.fields.items() if name in _ENDS}
    return Bounds(
        low=max(ends.get("atLeast", -math.inf), ends.get("moreThan", -math.inf)),
        high=min(ends.get("atMost", math.inf), ends.get("lessThan", math.inf)),
        low_open=ends.get("moreThan", -math.inf) > ends.get("atLeast", -math.inf),
        high_open=ends.get("lessThan", math.inf) < ends.get("atMost", math.inf),
        text=record.text("written"),
    )
