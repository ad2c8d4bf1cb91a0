"""The product graph: all statements of many products, as columns.

Stage two of the flow. Nodes 0 and 1 are the truth values; every item of every product is a node of
its own, so products never mix. `assemble` takes what was stated; `entailment.py` adds what follows.
What reads products in bulk enters rows itself; every graph is made of rows by `columns`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

import numpy as np

from readson.classification import Classification
from readson.ontology import Ontology
from readson.relations import EMPTY, Keys, Mask, Nodes, Numbers, by_subject, contains, distinct, keys
from readson.statements import Bounds, Complete, Denial, Grade, Product, Statement, Value
from readson.verdicts import Bits
from readson.vocabulary import TYPE

FALSE_NODE, TRUE_NODE, FIRST_NODE = 0, 1, 2
BoundsRow = tuple[int, float, float, bool, bool]


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
        return int(self.roots[-1]) + len(self.products[-1].items) if self.products else FIRST_NODE

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
        below = self.ontology.above[:, self.ontology.class_index[cls]].nonzero()[0]
        found = [nodes for _, nodes in by_subject(self.typed, below)]
        return found[0] if len(found) == 1 else distinct(np.concatenate((EMPTY, *found)))

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
class Rows:
    """Collect what is said as numbers, a list a property, before columns are made of it.

    Relations and denials are keys; classes are keys (class, node); bounds are (node, low, high, low is
    open, high is open); kinds are (product, class or "", nodes): these are all the items of the class.
    """

    relations: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    denials: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    complete: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    listed: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    typed: list[int] = field(default_factory=list)
    untyped: list[int] = field(default_factory=list)
    kinds: list[tuple[int, str, Nodes]] = field(default_factory=list)
    bounds: defaultdict[str, list[BoundsRow]] = field(default_factory=lambda: defaultdict(list))

    def said(self) -> bool:
        """Tell whether anything is said."""
        return any(getattr(self, f.name) for f in fields(self))

    def extend(self, more: Rows) -> None:
        """Append the rows of further products."""
        self.typed += more.typed
        self.untyped += more.untyped
        self.kinds += more.kinds
        for name in ("relations", "denials", "complete", "listed", "bounds"):
            mine = getattr(self, name)
            for prop, found in getattr(more, name).items():
                mine[prop] += found


def assemble(products: Sequence[Product], ontology: Ontology) -> Graph:
    """Put the statements of all products into columns; nothing is inferred yet."""
    rows, first = Rows(), FIRST_NODE
    for number, product in enumerate(products):
        enter(rows, product, number, first, ontology)
        first += len(product.items)
    return columns(rows, products, ontology)


def enter(rows: Rows, product: Product, number: int, first: int, ontology: Ontology) -> None:
    """Enter the statements of one product, whose items are the nodes from `first` on."""
    places = {name: first + i for i, name in enumerate(product.items)}
    for statement in confirmed(product):
        enter_statement(rows, statement, places, number, ontology)


def enter_statement(
    rows: Rows, statement: Statement, places: Mapping[str, int], product: int, onto: Ontology
) -> None:
    """Enter one statement on a product; `places` gives the nodes of the items that it names."""
    node, prop = places[statement.subject], statement.property
    match statement.content:
        case Value(object=target) if prop == TYPE:
            rows.typed.append((onto.class_index[str(target)] << 32) | node)
        case Denial(object=target) if prop == TYPE:
            rows.untyped.append((onto.class_index[str(target)] << 32) | node)
        case Value(object=target):
            rows.relations[prop].append((node << 32) | _place(target, places))
        case Denial(object=target):
            rows.denials[prop].append((node << 32) | _place(target, places))
        case Complete(of_class=cls, values=values) if prop in onto.lists_parts:
            rows.kinds.append((product, cls, np.array([places[v] for v in values], dtype=np.int64)))
        case Complete(values=values):
            rows.complete[prop].append(node)
            pairs = [(node << 32) | _place(v, places) for v in values]
            rows.listed[prop].extend(pairs)
            rows.relations[prop].extend(pairs)
        case Bounds(low=low, high=high, low_open=low_open, high_open=high_open):
            rows.bounds[prop].append((node, low, high, low_open, high_open))


def _place(target: str | bool, places: Mapping[str, int]) -> int:
    return int(target) if isinstance(target, bool) else places[target]


def columns(rows: Rows, products: Sequence[Product], ontology: Ontology) -> Graph:
    """Make columns of rows; the items of the products are the nodes from FIRST_NODE on, in order."""
    sizes = np.array([len(p.items) for p in products], dtype=np.int64)
    names = ("false", "true", *(name for product in products for name in product.items))
    return Graph(
        ontology=ontology,
        products=tuple(products),
        names=names,
        owner=np.concatenate((np.full(FIRST_NODE, -1), np.repeat(np.arange(len(products)), sizes))),
        roots=np.cumsum(sizes) - sizes + FIRST_NODE,
        relations=_keys(rows.relations),
        denials=_keys(rows.denials),
        complete={p: _mark(nodes, len(names)) for p, nodes in rows.complete.items()},
        typed=distinct(np.array(rows.typed, dtype=np.int64)),
        untyped=distinct(np.array(rows.untyped, dtype=np.int64)),
        kinds_complete=_kinds(rows.kinds, len(products), ontology),
        quantities={p: _interval(stated, len(names)) for p, stated in rows.bounds.items()},
        listed=_keys(rows.listed),
        listed_kinds=tuple((n, ontology.class_index[cls], nodes) for n, cls, nodes in rows.kinds if cls),
    )


def _keys(lists: dict[str, list[int]]) -> dict[str, Keys]:
    return {prop: distinct(np.array(found, dtype=np.int64)) for prop, found in lists.items()}


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


def _interval(stated: list[BoundsRow], size: int) -> Interval:
    """Meet all bounds on each node; where several have the same end, it is open if one of them is."""
    column = Interval.unknown(size)
    node, low, high, low_open, high_open = np.array(stated, dtype=np.float64).T
    at = node.astype(np.int64)
    np.maximum.at(column.low, at, low)
    np.minimum.at(column.high, at, high)
    column.low_open[at[(low == column.low[at]) & (low_open > 0)]] = True
    column.high_open[at[(high == column.high[at]) & (high_open > 0)]] = True
    column.known[at] = True
    return column


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
