"""Read products from RDF: plain triples are stated values, records say the rest (docs/bulk.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote

from readson.bulk.batch import Batch, Refusal
from readson.bulk.lines import Line, literal, product_of, read_runs, slug_of
from readson.bulk.records import Record, read_statement
from readson.bulk.terms import KIND, LABEL, QUANTITY, RECORD, RELATION, TRUTH, UNKNOWN, Vocabulary, truth
from readson.graph import Rows, enter_statement
from readson.ontology import Ontology
from readson.statements import PRODUCT, TYPE, Complete, Product, Statement


def read_triples(text: str, form: str, ontology: Ontology, spoiled: Iterable[str] = ()) -> Batch:
    """Read all products of a text in N-Triples or N-Quads; each is one run of lines."""
    batch, vocabulary = Batch(spoiled=frozenset(spoiled)), Vocabulary(ontology)
    for iri, run in read_runs(text, form):
        draft = Draft(iri, form == "n-quads", vocabulary, batch.number, batch.first)
        draft.read(run)
        batch.take(draft.product(), draft.rows, draft.refusals)
    return batch


@dataclass(slots=True)
class Draft:
    """What is read of one product; `nodes` numbers its items by their terms, the product first."""

    iri: str
    named_graph: bool
    vocabulary: Vocabulary
    number: int
    first: int
    rows: Rows = field(default_factory=Rows)
    nodes: dict[str, int] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)

    def read(self, run: Iterable[Line]) -> None:
        """Enter what each line states, then what the records do."""
        self.nodes[f"<{self.iri}>"] = self.first
        for line in run:
            try:
                self._enter(line)
            except ValueError as error:
                self._refuse(line[0], str(error), 0 if line[2] else int(line[1]))
        for term, record in self.records.items():
            try:
                self._state(read_statement(term, self.records, self.vocabulary))
            except ValueError as error:
                self._refuse(record.line, str(error))

    def product(self) -> Product:
        """Give the product and the names of its items: their labels, or what their IRIs call them."""
        slug, root = slug_of(self.iri), f"<{self.iri}>"
        others = [term for term in self.nodes if term != root]
        names = [self.labels.get(term) or _fragment(term) for term in others]
        return Product(slug, self.labels.get(root, slug), (PRODUCT, *names), ())

    def _refuse(self, line: int, message: str, column: int = 0) -> None:
        self.refusals.append(Refusal(line, column, slug_of(self.iri), message))

    def _enter(self, line: Line) -> None:
        """Enter one line. Raises ValueError for what is wrong with it."""
        _, subject, predicate, object_ = line
        rows, nodes, vocabulary = self.rows, self.nodes, self.vocabulary
        meaning, prop = vocabulary.properties.get(predicate) or vocabulary.meaning(predicate)
        if meaning == RELATION:
            node = nodes.get(subject) or self._item(subject)
            rows.relations[prop].append(node << 32 | (nodes.get(object_) or self._item(object_)))
        elif meaning == KIND and object_ in vocabulary.classes:
            column = vocabulary.classes[object_]
            rows.typed.append(column << 32 | (nodes.get(subject) or self._item(subject)))
        elif meaning == QUANTITY:
            size = vocabulary.sizes.get(object_) or vocabulary.size(object_)
            rows.bounds[prop].append((nodes.get(subject) or self._item(subject), size, size, False, False))
        elif meaning == LABEL:
            self.labels[subject] = literal(object_)[0]
        elif meaning == TRUTH:
            rows.relations[prop].append((nodes.get(subject) or self._item(subject)) << 32 | truth(object_))
        elif meaning == RECORD or (meaning == KIND and vocabulary.is_record(object_)):
            self._record(line).fields[prop.rpartition("#")[2]].append(object_)
        else:
            self._outside(line, meaning)

    def _outside(self, line: Line, meaning: int) -> None:
        """Pass over what does not tell of a product. Raises ValueError for what looks as if it should."""
        _, _, predicate, object_ = line
        if not predicate:
            raise ValueError(object_)
        if meaning == UNKNOWN:
            hint = self.vocabulary.nearest_property(predicate[1:-1])
            raise ValueError(f"{predicate} is not a property of the ontology{hint}")
        if meaning == KIND and not self.vocabulary.passes_over(object_):
            hint = self.vocabulary.nearest_class(object_[1:-1])
            raise ValueError(f"{object_} is not a class of the ontology{hint}")

    def _record(self, line: Line) -> Record:
        return self.records.setdefault(line[1], Record(line[0]))

    def _item(self, term: str) -> int:
        """Number an item that is named for the first time."""
        if term.startswith('"'):
            raise ValueError(f"expected an item, not {term}")
        if not self.named_graph and product_of(term) != self.iri:
            raise ValueError(f"{term} is not of this product, whose items are called <{self.iri}#NAME>")
        return self.nodes.setdefault(term, self.first + len(self.nodes))

    def _state(self, statement: Statement | None) -> None:
        if statement:
            content = statement.content
            named = content.values if isinstance(content, Complete) else (getattr(content, "object", True),)
            terms = () if statement.property == TYPE else (t for t in named if isinstance(t, str))
            for term in (statement.subject, *terms):
                self.nodes.get(term) or self._item(term)
            enter_statement(self.rows, statement, self.nodes, self.number, self.vocabulary.ontology)


def _fragment(term: str) -> str:
    return unquote(term[1:-1].partition("#")[2]) or term.strip("<>")
