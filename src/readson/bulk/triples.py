"""Read products from RDF: plain triples are stated values, records say the rest (docs/bulk.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from readson.bulk.batch import Batch, Refusal
from readson.bulk.lines import (
    PLAIN_END,
    PLAIN_FRAGMENT,
    PLAIN_IRI,
    PLAIN_TEXT_END,
    Run,
    literal,
    product_of,
    read_runs,
    read_terms,
    slug_of,
)
from readson.bulk.records import Record, read_statement
from readson.bulk.terms import (
    FOREIGN,
    KIND,
    LABEL,
    QUANTITY,
    RECORD,
    RELATION,
    TRUTH,
    UNKNOWN,
    Vocabulary,
    truth,
)
from readson.graph import Rows, enter_statement
from readson.ontology import Ontology
from readson.statements import PRODUCT, TYPE, Complete, Denial, Product, Statement, Value


def read_triples(text: str, form: str, ontology: Ontology, spoiled: Iterable[str] = ()) -> Batch:
    """Read all products of a text in N-Triples or N-Quads; each is one run of lines."""
    batch, vocabulary = Batch(spoiled=frozenset(spoiled)), Vocabulary(ontology)
    for run in read_runs(text, form):
        draft = Draft(run, form, vocabulary, batch.number, batch.first)
        draft.read()
        if run.iri and not (draft.rows.said() or draft.refusals):
            draft.refuse(run.number, "nothing is said of it in the terms of the ontology")
        if run.iri or draft.refusals:
            batch.take(draft.product(), draft.rows, draft.refusals)
    return batch


@dataclass(slots=True)
class Draft:
    """What is read of one product.

    `nodes` numbers its items, the product first, by their terms as a line has them: "<IRI>" where it begins,
    "<IRI> ." where it ends.
    """

    run: Run
    form: str
    vocabulary: Vocabulary
    number: int
    first: int
    rows: Rows = field(default_factory=Rows)
    nodes: dict[str, int] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def read(self) -> None:
        """Enter what each line states, then what the records do."""
        self._add(f"<{self.run.iri}>")
        if self.form == "n-quads":
            tail = f" <{self.run.iri}> ."
            self._lines([f"{line.removesuffix(tail)} ." for line in self.run.lines])
        else:
            self._lines(self.run.lines)
        for term, record in self.records.items():
            try:
                self._state(read_statement(term, self.records, self.vocabulary))
            except ValueError as error:
                self.refuse(record.line, str(error))

    def _lines(self, lines: Iterable[str]) -> None:
        """Enter lines. Those of terms in plain form that state a value are entered right here, for speed."""
        properties, classes, sizes = (
            self.vocabulary.properties,
            self.vocabulary.classes,
            self.vocabulary.sizes,
        )
        nodes, relations, typed, bounds = self.nodes, self.rows.relations, self.rows.typed, self.rows.bounds
        records, nothing = self.records, (FOREIGN, "")
        for place, line in enumerate(lines):
            subject, _, rest = line.partition(" ")
            predicate, _, end = rest.partition(" ")
            meaning, prop = properties.get(predicate, nothing)
            if meaning == RELATION:
                node = nodes.get(subject) or self._plain_item(subject)
                target = nodes.get(end) or self._plain_item(end.removesuffix(" ."))
                if node and target and end[-2:] == " .":
                    relations[prop].append(node << 32 | target)
                    continue
            elif meaning == KIND and end in classes:
                if node := nodes.get(subject) or self._plain_item(subject):
                    typed.append(classes[end] << 32 | node)
                    continue
            elif meaning == QUANTITY:
                node = end in sizes and (nodes.get(subject) or self._plain_item(subject))
                if node:
                    bounds[prop].append((node, sizes[end], sizes[end], False, False))
                    continue
            elif meaning == LABEL and subject in nodes and PLAIN_TEXT_END.fullmatch(end):
                self.labels[subject] = end[1:-3]
                continue
            elif meaning == RECORD and subject in records and PLAIN_END.fullmatch(end):
                records[subject].fields[prop].append(end[:-2])
                continue
            self._other(place)

    def _plain_item(self, term: str) -> int:
        """Number an item whose term is in plain form, or give 0."""
        if self.form == "n-quads":
            return self._add(term) if PLAIN_IRI.fullmatch(term) else 0
        start = len(self.run.iri) + 2
        plain = term.startswith(f"<{self.run.iri}#") and PLAIN_FRAGMENT.fullmatch(term, start)
        return self._add(term) if plain else 0

    def _add(self, term: str) -> int:
        node = self.first + len(self.nodes) // 2
        self.nodes[term] = self.nodes[f"{term} ."] = node
        return node

    def product(self) -> Product:
        """Give the product and the names of its items: their labels, or what their IRIs call them."""
        slug = slug_of(self.run.iri)
        root, *others = list(self.nodes)[::2]
        names = [self.labels.get(term) or _fragment(term) for term in others]
        called = dict(zip((root, *others), (PRODUCT, *names), strict=True))
        statements = tuple(_renamed(statement, called) for statement in self.statements)
        return Product(slug, self.labels.get(root, slug), tuple(called.values()), statements)

    def refuse(self, line: int, message: str, column: int = 0) -> None:
        """Note what is wrong."""
        self.refusals.append(Refusal(line, column, slug_of(self.run.iri), message))

    def _other(self, place: int) -> None:
        """Enter a line of any form, or note what is wrong with it."""
        number = self.run.number + place
        try:
            for terms in read_terms(self.run.lines[place], self.form):
                self._enter(number, *terms)
        except SyntaxError as error:
            message = str(error.msg).partition(": ")[2] or str(error.msg)
            self.refuse(number, message, error.offset or 0)
        except ValueError as error:
            self.refuse(number, str(error))

    def _enter(self, number: int, subject: str, predicate: str, object_: str) -> None:
        """Enter a triple. Raises ValueError for what is wrong with it."""
        vocabulary = self.vocabulary
        meaning, prop = vocabulary.properties.get(predicate) or vocabulary.meaning(predicate)
        if meaning == RELATION:
            self.rows.relations[prop].append(self._item(subject) << 32 | self._item(object_))
        elif meaning == KIND and f"{object_} ." in vocabulary.classes:
            self.rows.typed.append(vocabulary.classes[f"{object_} ."] << 32 | self._item(subject))
        elif meaning == QUANTITY:
            size = vocabulary.size(object_)
            self.rows.bounds[prop].append((self._item(subject), size, size, False, False))
        elif meaning == LABEL:
            self.labels[subject] = literal(object_)[0]
        elif meaning == TRUTH:
            self.rows.relations[prop].append(self._item(subject) << 32 | truth(object_))
        elif meaning == RECORD or (meaning == KIND and vocabulary.is_record(object_)):
            record = self.records.setdefault(subject, Record(number))
            record.fields["type" if meaning == KIND else prop].append(object_)
        else:
            self._pass_over(meaning, predicate, object_)

    def _pass_over(self, meaning: int, predicate: str, object_: str) -> None:
        """Pass over what does not tell of a product. Raises ValueError for what looks as if it should."""
        if meaning == UNKNOWN:
            hint = self.vocabulary.nearest_property(predicate[1:-1])
            raise ValueError(f"{predicate} is not a property of the ontology{hint}")
        if meaning == KIND and not self.vocabulary.passes_over(object_):
            hint = self.vocabulary.nearest_class(object_[1:-1])
            raise ValueError(f"{object_} is not a class of the ontology{hint}")

    def _item(self, term: str) -> int:
        """Number an item. Raises ValueError for a term that names none of this product."""
        if term.startswith('"'):
            raise ValueError(f"expected an item, not {term}")
        if self.form == "n-triples" and product_of(term) != self.run.iri:
            raise ValueError(f"{term} is not of this product, whose items are called <{self.run.iri}#NAME>")
        return self.nodes.get(term) or self._add(term)

    def _state(self, statement: Statement | None) -> None:
        if statement:
            content = statement.content
            named = content.values if isinstance(content, Complete) else (getattr(content, "object", True),)
            terms = () if statement.property == TYPE else (t for t in named if isinstance(t, str))
            for term in (statement.subject, *terms):
                self._item(term)
            enter_statement(self.rows, statement, self.nodes, self.number, self.vocabulary.ontology)
            self.statements.append(statement)


def _renamed(statement: Statement, called: Mapping[str, str]) -> Statement:
    """Put the names of items for their terms; classes and truth values stay."""
    content = statement.content
    if isinstance(content, Complete):
        values = tuple(called.get(value, value) for value in content.values)
        content = replace(content, values=values)
    elif isinstance(content, Value | Denial):
        content = replace(content, object=called.get(str(content.object), content.object))
    return replace(statement, subject=called[statement.subject], content=content)


def _fragment(term: str) -> str:
    return unquote(term[1:-1].partition("#")[2]) or term.strip("<>")
