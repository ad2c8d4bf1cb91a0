"""Results of engines, made comparable: read from their reports, item by item.

A result is its focus node, path, value, component, shape and severity. Numbers count by value, and paths by
what they say, whatever the blank nodes in them are called.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from readson.vocabulary import RDF, SH, XSD

KEYS = ("focusNode", "resultPath", "value", "sourceConstraintComponent", "sourceShape", "resultSeverity")
NUMBERS = {XSD + name for name in ("double", "decimal", "integer", "float")}
NIL, UNTOLD = f"<{RDF}nil>", "[]"
Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Edges = dict[Node, dict[str, list[Node]]]
Results = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class Difference:
    """How the results of an engine differ from those of another."""

    missing: int
    added: int

    def __bool__(self) -> bool:
        return bool(self.missing or self.added)

    def __str__(self) -> str:
        return f"{self.missing} missing, {self.added} too many" if self else "the same"


def difference(found: Results, wanted: Results) -> Difference:
    """Compare results with those that another engine found."""
    return Difference((wanted - found).total(), (found - wanted).total())


def read_results(path: Path, shapes: Path) -> Results:
    """Read the results at the top of a report; details below them are left out.

    A path that a report names by a blank node and does not describe is that of the shape.
    """
    edges, shape_edges = _edges(path), _edges(shapes)
    tops = {node for terms in list(edges.values()) for node in terms.get(SH + "result", ())}
    found: Results = Counter()
    for top in tops:
        texts = {key: _text(edges, edges[top].get(SH + key, [])) for key in KEYS}
        if texts["resultPath"] == UNTOLD:
            (shape,) = edges[top][SH + "sourceShape"]
            texts["resultPath"] = _text(shape_edges, shape_edges[shape][SH + "path"])
        found[tuple(texts.values())] += 1
    return found


def _edges(path: Path) -> Edges:
    edges: Edges = defaultdict(lambda: defaultdict(list))
    for quad in ox.parse(path=path, format=ox.RdfFormat.N_TRIPLES):
        edges[quad.subject][quad.predicate.value].append(quad.object)
    return edges


def _text(edges: Edges, nodes: list[Node]) -> str:
    return " ".join(sorted(_spelled(edges, node) for node in nodes))


def _spelled(edges: Edges, node: Node) -> str:
    """Write a term, a number by its value, a blank node by what hangs on it; a path in a path is one path."""
    if isinstance(node, ox.Literal):
        return repr(float(node.value)) if node.datatype.value in NUMBERS else str(node)
    if not isinstance(node, ox.BlankNode):
        return str(node)
    below = edges.get(node, {})
    if RDF + "first" in below:
        first, rest = (_text(edges, below[RDF + name]) for name in ("first", "rest"))
        return first if rest == NIL else f"{first} / {rest}"
    return f"[{' '.join(f'{term} {_text(edges, below[term])}' for term in sorted(below))}]"
