"""The product graph: all statements of many products, as columns.

Stage two of the flow. Nodes 0 and 1 are the truth values; every item of every product is a node of
its own, so products never mix. `assemble` takes what was stated; `entailment.py` adds what follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from readson.classification import Classification
from readson.ontology import Ontology
from readson.relations import EMPTY, Keys, Mask, Nodes, Numbers, by_subject, contains, distinct, keys
from readson.statements import Bounds, Complete, Denial, Grade, Product, Statement, Value
from readson.verdicts import Bits
from readson.vocabulary import TYPE

FALSE_NODE, TRUE_NODE = 0, 1


@dataclass(frozen=True, slots=True)
class Interval:
    """A quantity of many nodes: what lies between `low` and `high`; open ends exclude themselves.

    Two sources that do not overlap leave `low` above `high`: support for and against at once.
    `known` marks the nodes of which anything at all is said.
    """

    low: Numbers
    high: Numbers
    low_open: Mask
    high_open: Mask
    known: Mask

    @staticmethod
    def unknown(size: int) -> Interval:
        """Make a column of which nothing is known."""
        no = np.zeros(size, dtype=bool)
        return Interval(np.full(size, -np.inf), np.full(size, np.inf), no, no.copy(), no.copy())

    def take(self, nodes: Nodes) -> Interval:
        """Gather the quantity of the given nodes."""
        return Interval(*(getattr(self, f)[nodes] for f in ("low", "high", "low_open", "high_open", "known")))

    def meet(self, other: Interval) -> Interval:
        """Combine two columns of knowledge on the same nodes: the highest low, the lowest high."""
        low = np.maximum(self.low, other.low)
        high = np.minimum(self.high, other.high)
        low_open = ((self.low == low) & self.low_open) | ((other.low == low) & other.low_open)
        high_open = ((self.high == high) & self.high_open) | ((other.high == high) & other.high_open)
        return Interval(low, high, low_open, high_open, self.known | other.known)


@dataclass(frozen=True, slots=True)
class Graph:
    """Hold products as columns: relations, denials, completeness, classes and quantities.

    `relations[p]` and `denials[p]` are sorted keys; `complete[p]` marks nodes whose values of p are all
    known; `typed` and `untyped` are keys (class, node); `kinds_complete[product, class]` says that all
    items of the class are named. `assumed` marks what only the world says (see worlds.py).
    """

    ontology: Ontology
    products: tuple[Product, ...]
    names: tuple[str, ...]
    owner: Nodes
    roots: Nodes
    relations: dict[str, Keys]
    denials: dict[str, Keys]
    complete: dict[str, Mask]
    typed: Keys
    untyped: Keys
    kinds_complete: Mask
    quantities: dict[str, Interval]
    listed: dict[str, Keys] = field(default_factory=dict)
    listed_kinds: tuple[tuple[int, int, Nodes], ...] = ()
    collected: dict[str, Nodes] = field(default_factory=dict)
    closed: bool = False
    bases: dict[str, Keys] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Count the nodes."""
        return len(self.owner)

    @property
    def described(self) -> int:
        """Count the nodes that stood in a description: they come before those the ontology requires."""
        return int(self.roots[-1]) + len(self.products[-1].items) if self.products else 2

    def relation(self, prop: str) -> Keys:
        """Give the known pairs of a property, sorted."""
        return self.relations.get(prop, EMPTY)

    def quantity(self, prop: str) -> Interval:
        """Give the known bounds of a quantity, a row a node."""
        return self.quantities.get(prop) or Interval.unknown(self.size)

    def is_complete(self, prop: str, nodes: Nodes) -> Mask:
        """Tell for which nodes all values of the property are known."""
        if self.closed:
            return np.ones(len(nodes), dtype=bool)
        marked = self.complete.get(prop)
        return np.zeros(len(nodes), dtype=bool) if marked is None else marked[nodes]

    def classification(self) -> Classification:
        """Compute which nodes are of which class, for and against."""
        return Classification(self.ontology, self.size, self.typed, self.untyped, self.closed)

    def is_a(self, cls: str) -> Bits:
        """Judge for every node whether it is of the class: for, against, both or neither."""
        return self.classification().is_a(cls)

    def instances(self, cls: str) -> Nodes:
        """List the nodes that are known to be of the class."""
        support = np.zeros(self.size, dtype=bool)
        below = np.flatnonzero(self.ontology.above[:, self.ontology.class_index[cls]])
        for _, nodes in by_subject(self.typed, below):
            support[nodes] = True
        return np.flatnonzero(support)

    def denies(self, prop: str, pairs: Keys) -> Mask:
        """Tell which pairs are denied by a statement, or by what follows from one."""
        return contains(self.denials.get(prop, EMPTY), pairs)

    def nodes_of(self, product: int) -> range:
        """Give the nodes of one product that stood in its description."""
        first = int(self.roots[product])
        return range(first, first + len(self.products[product].items))


def confirmed(product: Product) -> Iterable[Statement]:
    """List the statements that count: what is only proposed supports and refutes nothing."""
    return (s for s in product.statements if s.evidence.grade is not Grade.PROPOSED)


@dataclass(slots=True)
class _Columns:
    """Collect rows while reading statements."""

    relations: dict[str, list[int]] = field(default_factory=dict)
    denials: dict[str, list[int]] = field(default_factory=dict)
    complete: dict[str, list[int]] = field(default_factory=dict)
    typed: list[int] = field(default_factory=list)
    untyped: list[int] = field(default_factory=list)
    kinds: list[tuple[int, str, Nodes]] = field(default_factory=list)
    listed: dict[str, list[int]] = field(default_factory=dict)
    bounds: dict[str, list[tuple[int, Bounds]]] = field(default_factory=dict)


def assemble(products: Sequence[Product], ontology: Ontology) -> Graph:
    """Put the statements of all products into columns; nothing is inferred yet."""
    sizes = np.array([len(p.items) for p in products], dtype=np.int64)
    roots = np.cumsum(sizes) - sizes + 2
    rows = _Columns()
    for number, product in enumerate(products):
        first = int(roots[number])
        places = {name: first + i for i, name in enumerate(product.items)}
        for statement in confirmed(product):
            _add(rows, statement, places, number, ontology)
    names = ("false", "true", *(name for product in products for name in product.items))
    owner = np.concatenate((np.full(2, -1), np.repeat(np.arange(len(products)), sizes)))
    return Graph(
        ontology=ontology,
        products=tuple(products),
        names=names,
        owner=owner,
        roots=roots,
        relations={p: distinct(np.array(k, dtype=np.int64)) for p, k in rows.relations.items()},
        denials={p: distinct(np.array(k, dtype=np.int64)) for p, k in rows.denials.items()},
        complete={p: _mark(nodes, len(names)) for p, nodes in rows.complete.items()},
        typed=distinct(np.array(rows.typed, dtype=np.int64)),
        untyped=distinct(np.array(rows.untyped, dtype=np.int64)),
        kinds_complete=_kinds(rows.kinds, len(products), ontology),
        quantities={p: _interval(b, len(names)) for p, b in rows.bounds.items()},
        listed={p: distinct(np.array(rows.listed[p], dtype=np.int64)) for p in rows.listed},
        listed_kinds=tuple((n, ontology.class_index[cls], nodes) for n, cls, nodes in rows.kinds if cls),
    )


def _add(rows: _Columns, statement: Statement, places: dict[str, int], product: int, onto: Ontology) -> None:
    node = places[statement.subject]
    match statement.content:
        case Value(object=target) if statement.property == TYPE:
            rows.typed.append((onto.class_index[str(target)] << 32) | node)
        case Denial(object=target) if statement.property == TYPE:
            rows.untyped.append((onto.class_index[str(target)] << 32) | node)
        case Value(object=target):
            rows.relations.setdefault(statement.property, []).append((node << 32) | _place(target, places))
        case Denial(object=target):
            rows.denials.setdefault(statement.property, []).append((node << 32) | _place(target, places))
        case Complete(of_class=cls, values=values) if statement.property in onto.lists_parts:
            rows.kinds.append((product, cls, np.array([places[v] for v in values], dtype=np.int64)))
        case Complete(values=values):
            rows.complete.setdefault(statement.property, []).append(node)
            pairs = [(node << 32) | _place(v, places) for v in values]
            rows.listed.setdefault(statement.property, []).extend(pairs)
            rows.relations.setdefault(statement.property, []).extend(pairs)
        case Bounds() as bounds:
            rows.bounds.setdefault(statement.property, []).append((node, bounds))


def _place(target: str | bool, places: dict[str, int]) -> int:
    return int(target) if isinstance(target, bool) else places[target]


def _mark(nodes: Iterable[int], size: int) -> Mask:
    marked = np.zeros(size, dtype=bool)
    marked[list(nodes)] = True
    return marked


def _kinds(stated: list[tuple[int, str, Nodes]], products: int, onto: Ontology) -> Mask:
    """Spread completeness of a class to its subclasses; an empty class means every class."""
    complete = np.zeros((products, len(onto.classes)), dtype=bool)
    for product, cls, _ in stated:
        complete[product] |= onto.above[:, onto.class_index[cls]] if cls else True
    return complete


def _interval(stated: list[tuple[int, Bounds]], size: int) -> Interval:
    column = Interval.unknown(size)
    for node, bounds in stated:
        _narrow(column, node, bounds)
    column.known[[node for node, _ in stated]] = True
    return column


def _narrow(column: Interval, node: int, bounds: Bounds) -> None:
    """Raise the low and lower the high of one node; an equal end becomes open if either is."""
    if bounds.low > column.low[node] or (bounds.low == column.low[node] and bounds.low_open):
        column.low[node], column.low_open[node] = bounds.low, bounds.low_open
    if bounds.high < column.high[node] or (bounds.high == column.high[node] and bounds.high_open):
        column.high[node], column.high_open[node] = bounds.high, bounds.high_open


def with_nodes(graph: Graph, names: Sequence[str], owners: Nodes) -> Graph:
    """Append nodes of which nothing is known yet; other columns stay short until they are `lengthened`."""
    return replace(graph, names=(*graph.names, *names), owner=np.concatenate((graph.owner, owners)))


def lengthened(graph: Graph) -> Graph:
    """Give the nodes that were appended a place in every column."""
    return replace(
        graph,
        complete={p: np.append(m, np.zeros(graph.size - len(m), bool)) for p, m in graph.complete.items()},
        quantities={p: _longer(q, graph.size - len(q.low)) for p, q in graph.quantities.items()},
    )


def _longer(column: Interval, extra: int) -> Interval:
    more = Interval.unknown(extra)
    pairs = (
        (getattr(column, f), getattr(more, f)) for f in ("low", "high", "low_open", "high_open", "known")
    )
    return Interval(*(np.concatenate(pair) for pair in pairs))


def typed_as(nodes: Nodes, cls: int) -> Keys:
    """Make the keys that type the nodes with one class."""
    return distinct(keys(np.full(len(nodes), cls, dtype=np.int64), nodes))
