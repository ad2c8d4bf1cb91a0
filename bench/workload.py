"""Write products with their readings, and the shapes of a patent, as plain RDF for engines of plain SHACL.

The data are those that `readson.oracle.data_graph` gives to pySHACL, but they are written as N-Triples
straight from the columns, a batch of products at a time. The same products give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np

from readson.assess import Assessment, assess
from readson.export import item_iri, product_iri, reading_iri
from readson.expressions import Derived, Route
from readson.focus import Focus
from readson.graph import Graph, Interval
from readson.judging import Leaf, leaf
from readson.ontology import Ontology
from readson.relations import Nodes, distinct, keys, objects, subjects
from readson.resources import content_folder, turtle_files
from readson.shapes import Claim, Patent
from readson.statements import Product
from readson.turtle import Literal, Term, Triples, load
from readson.vocabulary import CLAIM, RDFS, SH, TYPE, XSD

BATCH = 1000
Lines = Iterator[str]


# ---- Data -----------------------------------------------------------------------------------------------


def write_data(path: Path, products: Sequence[Product], ontology: Ontology, patent: Patent) -> int:
    """Write products and their best readings in the closed world as N-Triples; count the triples."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for first in range(0, len(products), BATCH):
            assessment = assess(products[first : first + BATCH], ontology, patent, "closed")
            lines = list(data_lines(assessment))
            file.write("\n".join(lines) + "\n")
            count += len(lines)
    return count


def data_lines(assessment: Assessment) -> Lines:
    """Give the product graphs and the best readings, a triple a line, none twice."""
    graph, names = assessment.graph, node_names(assessment.graph)
    yield from _labels(graph, names)
    yield from _types(graph, names)
    yield from _relations(graph, names)
    for prop, column in sorted(graph.quantities.items()):
        nodes = np.flatnonzero(column.known & (graph.owner >= 0))
        yield from _numbers([names[n] for n in nodes.tolist()], prop, column.take(nodes))
    for claim in assessment.readings:
        yield from _readings(assessment, assessment.patent.claims[claim], names)
    yield from _comparisons(assessment, names)


def node_names(graph: Graph) -> list[str]:
    """Give every node its term: nodes 0 and 1 are the truth values, and no two items share an IRI."""
    roots = [product_iri(product.slug) for product in graph.products]
    names = [f'"{truth}"^^<{XSD}boolean>' for truth in ("false", "true")]
    taken: set[str] = set()
    local = cache(lambda name: item_iri("", name).removeprefix(product_iri("")))
    for node, owner in enumerate(graph.owner[2:].tolist(), 2):
        first = int(graph.roots[owner])
        iri = str(roots[owner]) if node == first else f"{roots[owner]}{local(graph.names[node])}"
        if iri in taken:
            iri = f"{iri}/{node - first}"
        taken.add(iri)
        names.append(f"<{iri}>")
    return names


def _labels(graph: Graph, names: list[str]) -> Lines:
    titles = {int(root): product.title for root, product in zip(graph.roots, graph.products, strict=True)}
    for node in range(2, graph.size):
        yield f"{names[node]} <{RDFS}label> {_term(Literal(titles.get(node, graph.names[node])))} ."


def _types(graph: Graph, names: list[str]) -> Lines:
    """Give the classes of every node with all classes above them."""
    above = [np.flatnonzero(row) for row in graph.ontology.above]
    parts = [keys(np.full(len(above[c]), n), above[c]) for c, n in zip(*_unpacked(graph.typed), strict=True)]
    for node, cls in zip(*_unpacked(distinct(np.concatenate(parts))), strict=True):
        yield f"{names[node]} <{TYPE}> <{graph.ontology.classes[cls]}> ."


def _relations(graph: Graph, names: list[str]) -> Lines:
    for prop, pairs in sorted(graph.relations.items()):
        if prop not in graph.quantities:
            for subject, object_ in zip(*_unpacked(pairs), strict=True):
                yield f"{names[subject]} <{prop}> {names[object_]} ."


def _unpacked(pairs: Nodes) -> tuple[list[int], list[int]]:
    return subjects(pairs).tolist(), objects(pairs).tolist()


def _numbers(nodes: Sequence[str], prop: str, column: Interval) -> Lines:
    """Give a quantity by both its ends; an open end moves by the least step inward."""
    low = np.where(column.low_open, np.nextafter(column.low, np.inf), column.low)
    high = np.where(column.high_open, np.nextafter(column.high, -np.inf), column.high)
    for node, least, most in zip(nodes, low.tolist(), high.tolist(), strict=True):
        yield f"{node} <{prop}> {_double(least)} ."
        if least != most:
            yield f"{node} <{prop}> {_double(most)} ."


def _double(value: float) -> str:
    text = {np.inf: "INF", -np.inf: "-INF"}.get(value, repr(value))
    return f'"{text}"^^<{XSD}double>'


# ---- Readings -------------------------------------------------------------------------------------------


def _readings(assessment: Assessment, claim: Claim, names: list[str]) -> Lines:
    """Give the reading nodes of one claim: classes, product, parts by role, derived properties."""
    graph, bound = assessment.graph, _bound(assessment, claim)
    readings = [f"<{reading_iri(product.slug, claim.number)}>" for product in graph.products]
    classes = [ancestor.reading_class for ancestor in assessment.patent.lineage(claim.number)]
    for reading, root in zip(readings, graph.roots.tolist(), strict=True):
        yield from (f"{reading} <{TYPE}> <{cls}> ." for cls in classes)
        yield f"{reading} <{CLAIM}product> {names[root]} ."
    for role, parts in bound.items():
        for reading, part in zip(readings, parts.tolist(), strict=True):
            if part >= 0:
                yield f"{reading} <{role}> {names[part]} ."
    here = leaf(assessment.search.judge, Focus(np.arange(len(readings)), bound), frozenset())
    for iri, derived in sorted(assessment.patent.derived.items()):
        if assessment.search.roles_of(iri) <= set(bound):
            yield from _derived(here, derived, readings, names)


def _bound(assessment: Assessment, claim: Claim) -> dict[str, Nodes]:
    """Give the node each role is bound to, a row a product; negative where there is none."""
    everything = np.arange(len(assessment.graph.products))
    choice = assessment.readings[claim.number].choice
    return {role: assessment.search.bound(role, everything, place) for role, place in choice.items()}


def _derived(here: Leaf, derived: Derived, readings: list[str], names: list[str]) -> Lines:
    if not derived.numeric:
        walk = here.walk(Route(derived.iri, ()))
        for row, node in zip(*_unpacked(distinct(keys(walk.row, walk.node))), strict=True):
            yield f"{readings[row]} <{derived.iri}> {names[node]} ."
        return
    values = here.values(Route(derived.iri, ()))
    known = values.bounds.known
    rows = [readings[row] for row in values.row[known].tolist()]
    yield from dict.fromkeys(_numbers(rows, derived.iri, values.bounds.take(np.flatnonzero(known))))


def _comparisons(assessment: Assessment, names: list[str]) -> Lines:
    """Give the comparisons of quantities that hold between the parts of a reading."""
    pairs = distinct(np.concatenate([_paired(_bound(assessment, c)) for c in _claims(assessment)]))
    left, right = subjects(pairs), objects(pairs)
    for prop in sorted(assessment.graph.ontology.comparisons):
        holds = assessment.search.judge.paths.compares(prop, left, right, holds=True)
        for a, b in zip(*_unpacked(pairs[holds]), strict=True):
            yield f"{names[a]} <{prop}> {names[b]} ."


def _claims(assessment: Assessment) -> list[Claim]:
    return [assessment.patent.claims[number] for number in assessment.readings]


def _paired(bound: dict[str, Nodes]) -> Nodes:
    """Pair every two parts of one reading."""
    columns = list(bound.values())
    return distinct(np.concatenate([keys(a, b)[(a >= 0) & (b >= 0)] for a in columns for b in columns]))


# ---- Shapes ---------------------------------------------------------------------------------------------


def write_shapes(path: Path, patent: Patent, claims: int = 0) -> int:
    """Write the shapes of the first claims (all without a number) into one file; count the claims.

    They are the files of `shapes/`, with two things made explicit for engines that know only SHACL:
    alternative constructions get the target of their element, and shapes without a name get one, so that
    every engine can say which of them failed.
    """
    kept = claims or len(patent.claims)
    files = [file for file in turtle_files(content_folder("shapes") / patent.slug) if _number(file) <= kept]
    triples = load(files)
    names = shape_names(triples)
    lines = [" ".join(_term(names.get(t, t)) for t in triple) + " ." for triple in _targeted(triples)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return kept


def _number(file: Path) -> int:
    """Give the claim of a file of shapes; 0 for a file that serves all claims."""
    digits = file.stem.removeprefix("claim-")
    return int(digits) if digits.isdecimal() else 0


def _targeted(triples: Triples) -> Iterator[tuple[str, str, Term]]:
    yield from triples
    for construction in triples.subjects_of(CLAIM + "construes"):
        for element in triples.nodes(construction, CLAIM + "construes"):
            for target in triples.objects(element, SH + "targetClass"):
                yield construction, SH + "targetClass", target


def shape_names(triples: Triples) -> dict[str, str]:
    """Name the blank nodes that are shapes: the name of the shape they stand in, and a count."""
    names: dict[str, str] = {}
    inner = ("property", "node", "not", "qualifiedValueShape")
    lists = ("and", "or", "xone")

    def visit(shape: str, name: str) -> None:
        nested = [n for term in inner for n in triples.nodes(shape, SH + term)]
        members = (triples.list(head) for term in lists for head in triples.nodes(shape, SH + term))
        blank = [n for n in (*nested, *map(str, chain.from_iterable(members))) if n.startswith("_:")]
        for count, node in enumerate(blank, 1):
            names[node] = f"{name}.{count}"
            visit(node, names[node])

    for shape in triples.subjects(TYPE, SH + "NodeShape"):
        visit(shape, shape)
    return names


def _term(term: Term) -> str:
    """Write a term as N-Triples does."""
    if isinstance(term, str):
        return term if term.startswith("_:") else f"<{term}>"
    text = term.value.translate(ESCAPES)
    if term.language:
        return f'"{text}"@{term.language}'
    return f'"{text}"' if term.datatype == XSD + "string" else f'"{text}"^^<{term.datatype}>'


ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
