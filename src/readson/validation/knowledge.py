"""What is known of an RDF graph: triples, denials, and where the values known are all there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyoxigraph as ox

from readson.errors import DataError, Problem
from readson.relations import EMPTY, Keys, Mask, Nodes, contains, distinct, keys
from readson.validation.terms import RDFTerm, Term, Terms

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
    problems: list[Problem] = []
    for number, path in enumerate(paths):
        try:
            rows.add(parse(path, f"f{number}b" if len(paths) > 1 else "b"))
        except SyntaxError as broken:
            problems.append(Problem(str(path), broken.lineno or 1, broken.offset or 1, str(broken.msg)))
        except (OSError, ValueError) as broken:
            problems.append(Problem(str(path), 0, 0, str(broken)))
    if problems:
        raise DataError(problems)
    return rows.knowledge()


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
    """Collect triples as codes."""

    def __init__(self) -> None:
        self._codes: dict[Term, int] = {}
        self._rows: list[int] = []

    def add(self, triples: Iterable[Triple]) -> None:
        """Append triples."""
        codes, append = self._codes, self._rows.append
        for s, p, o in triples:
            append(codes.setdefault(s, len(codes)))
            append(codes.setdefault(p, len(codes)))
            append(codes.setdefault(o, len(codes)))

    def knowledge(self) -> Knowledge:
        """Sort the triples into columns by predicate, each once."""
        terms = Terms(self._codes)
        rows = np.array(self._rows, dtype=np.int64).reshape(-1, 3)
        rows = rows[np.argsort(rows[:, 1], kind="stable")]
        predicates, first = np.unique(rows[:, 1], return_index=True)
        parts = np.split(rows, first[1:]) if len(rows) else []
        named = [terms[int(p)].value for p in predicates]  # type: ignore[union-attr]
        return Knowledge(
            terms, {n: distinct(keys(part[:, 0], part[:, 2])) for n, part in zip(named, parts, strict=True)}
        )
