"""What is known of an RDF graph: triples, denials, and where the values known are all there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyoxigraph as ox

from readson.errors import DataError, Problem, ReadsonError
from readson.relations import EMPTY, LOWER, SHIFT, Keys, Mask, Nodes, contains, distinct, keys
from readson.validation.terms import RDFTerm, Term, Terms

SHIFT_BITS, LOW = int(SHIFT), int(LOWER)
Triple = tuple[RDFTerm, ox.NamedNode, RDFTerm]


@dataclass(frozen=True)
class Knowledge:
    """Hold a graph as columns: for every predicate the sorted pairs (subject, object).

    A step is an IRI, or `^` and an IRI for the way back. `denied` are pairs known not to hold, `complete`
    lists for a step the nodes (sorted) whose values are all known, `described` those of which every property
    is. A `closed` graph is known as a whole: it is judged as SHACL judges it.
    """

    terms: Terms
    triples: Mapping[str, Keys]
    denied: Mapping[str, Keys] = field(default_factory=dict)
    complete: Mapping[str, Nodes] = field(default_factory=dict)
    described: Nodes = field(default_factory=lambda: EMPTY)
    closed: bool = True

    @property
    def size(self) -> int:
        """Count the triples."""
        return sum(map(len, self.triples.values()))

    def pairs(self, predicate: str) -> Keys:
        """Give the pairs of a predicate."""
        return self.triples.get(predicate, EMPTY)

    def is_complete(self, step: str, nodes: Nodes) -> Mask:
        """Tell of which nodes all values of a step are known."""
        if self.closed:
            return np.ones(len(nodes), dtype=bool)
        found = contains(self.complete.get(step, EMPTY), nodes)
        return found if step.startswith("^") else found | contains(self.described, nodes)


def load_data(paths: Sequence[Path]) -> Knowledge:
    """Read RDF files as one closed graph. Raise DataError with every file that is broken."""
    rows = Rows()
    rows.add(parse_all(paths, "b", DataError))
    return rows.knowledge()


def parse_all(paths: Sequence[Path], blank: str, error: type[ReadsonError]) -> Iterator[Triple]:
    """Parse RDF files one after the other; raise `error` at the end with every file that is broken."""
    problems: list[Problem] = []
    for number, path in enumerate(paths):
        try:
            yield from parse(path, f"f{number}{blank}" if len(paths) > 1 else blank)
        except SyntaxError as broken:
            problems.append(Problem(str(path), broken.lineno or 1, broken.offset or 1, str(broken.msg)))
        except (OSError, ValueError) as broken:
            problems.append(Problem(str(path), 0, 0, str(broken)))
    if problems:
        raise error(problems)


def parse(path: Path, blank: str) -> Iterator[Triple]:
    """Parse an RDF file, of the format its suffix says; blank nodes are numbered as they come."""
    form = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if form is None:
        known = "ttl, nt, nq, trig, rdf, jsonld"
        raise ValueError(f"`{path.suffix}` is no suffix of an RDF format; rename the file: {known}")
    names: dict[ox.BlankNode, ox.BlankNode] = {}

    def named(term: ox.BlankNode) -> ox.BlankNode:
        return names.setdefault(term, ox.BlankNode(f"{blank}{len(names)}"))

    base = f"file:///{path.name}"  # no path of the machine gets into a report
    for s, p, o, _ in ox.parse(path=str(path), format=form, base_iri=base):
        yield (
            named(s) if type(s) is ox.BlankNode else s,
            p,
            named(o) if type(o) is ox.BlankNode else o,
        )


class Rows:
    """Collect what is said of a graph, as codes of its terms."""

    def __init__(self) -> None:
        self._codes: dict[Term, int] = {}
        self._rows: list[int] = []
        self._denied: dict[str, list[int]] = {}
        self._listed: dict[str, dict[int, list[set[int]]]] = {}
        self._described: dict[int, list[set[tuple[str, int]]]] = {}

    def code(self, term: Term) -> int:
        """Give the code of a term, a new one for a new term."""
        return self._codes.setdefault(term, len(self._codes))

    def add(self, triples: Iterable[tuple[Term, ox.NamedNode, Term]]) -> None:
        """State triples."""
        codes, append = self._codes, self._rows.append
        for s, p, o in triples:
            append(codes.setdefault(s, len(codes)))
            append(codes.setdefault(p, len(codes)))
            append(codes.setdefault(o, len(codes)))

    def deny(self, subject: Term, predicate: str, object_: Term) -> None:
        """Deny a triple."""
        pair = (self.code(subject) << SHIFT_BITS) | self.code(object_)
        self._denied.setdefault(predicate, []).append(pair)

    def complete(self, node: Term, step: str, values: Iterable[Term]) -> None:
        """State that these are all the values of a step: `^` and an IRI for the way back."""
        inverse, predicate = step.startswith("^"), ox.NamedNode(step.removeprefix("^"))
        listed = list(values)
        self.add((v, predicate, node) if inverse else (node, predicate, v) for v in listed)
        found = {self.code(v) for v in listed}
        self._listed.setdefault(step, {}).setdefault(self.code(node), []).append(found)

    def describe(self, node: Term, triples: Iterable[tuple[str, Term]]) -> None:
        """State that these are all the triples of a node, as (predicate, object)."""
        listed = list(triples)
        self.add((node, ox.NamedNode(p), o) for p, o in listed)
        found = {(p, self.code(o)) for p, o in listed}
        self._described.setdefault(self.code(node), []).append(found)

    def knowledge(self, closed: bool = True) -> Knowledge:
        """Sort what was said into columns; a list of all values denies the others."""
        terms = Terms(self._codes)
        triples = self._columns(terms)
        denied = {p: np.array(pairs, dtype=np.int64) for p, pairs in self._denied.items()}
        for predicate, unlisted in self._unlisted(triples):
            denied[predicate] = np.concatenate((denied.get(predicate, EMPTY), unlisted))
        return Knowledge(
            terms=terms,
            triples=triples,
            denied={p: distinct(pairs) for p, pairs in denied.items()},
            complete={step: np.array(sorted(nodes), dtype=np.int64) for step, nodes in self._listed.items()},
            described=np.array(sorted(self._described), dtype=np.int64),
            closed=closed,
        )

    def _columns(self, terms: Terms) -> dict[str, Keys]:
        rows = np.array(self._rows, dtype=np.int64).reshape(-1, 3)
        rows = rows[np.argsort(rows[:, 1], kind="stable")]
        predicates, first = np.unique(rows[:, 1], return_index=True)
        parts = np.split(rows, first[1:]) if len(rows) else []
        named = [terms[int(p)].value for p in predicates]  # type: ignore[union-attr]
        return {n: distinct(keys(part[:, 0], part[:, 2])) for n, part in zip(named, parts, strict=True)}

    def _unlisted(self, triples: Mapping[str, Keys]) -> Iterator[tuple[str, Keys]]:
        """Give the triples that a list of all values leaves out."""
        for step, nodes in self._listed.items():
            predicate, inverse = step.removeprefix("^"), step.startswith("^")
            pairs = triples.get(predicate, EMPTY)
            ends = [
                (p & LOW, p >> SHIFT_BITS) if inverse else (p >> SHIFT_BITS, p & LOW) for p in pairs.tolist()
            ]
            out = [any(v not in listed for listed in nodes.get(n, ())) for n, v in ends]
            yield predicate, pairs[np.array(out, dtype=bool)]
        for predicate, pairs in triples.items() if self._described else ():
            ends = [(p >> SHIFT_BITS, p & LOW) for p in pairs.tolist()]
            out = [
                any((predicate, v) not in listed for listed in self._described.get(n, ())) for n, v in ends
            ]
            yield predicate, pairs[np.array(out, dtype=bool)]
