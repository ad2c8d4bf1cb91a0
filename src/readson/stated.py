"""What the statements of one product say, to be looked up by property and node."""

from __future__ import annotations

from collections import defaultdict

from readson.graph import Graph, confirmed
from readson.statements import Bounds, Complete, Denial, Statement, Value
from readson.vocabulary import TYPE


class Stated:
    """Look up the statements of one product."""

    def __init__(self, graph: Graph, product: int) -> None:
        first = int(graph.roots[product])
        self.nodes = {name: first + i for i, name in enumerate(graph.products[product].items)}
        self.values: defaultdict[tuple[str, int, int], list[Statement]] = defaultdict(list)
        self.denials: defaultdict[tuple[str, int, int], list[Statement]] = defaultdict(list)
        self.types: defaultdict[int, list[tuple[str, bool, Statement]]] = defaultdict(list)
        self.bounds: defaultdict[tuple[str, int], list[Statement]] = defaultdict(list)
        self.complete: defaultdict[tuple[str, int, str], list[Statement]] = defaultdict(list)
        for statement in confirmed(graph.products[product]):
            self._index(statement)

    def _index(self, statement: Statement) -> None:
        node, prop = self.nodes[statement.subject], statement.property
        match statement.content:
            case Value(object=target) | Denial(object=target) if prop == TYPE:
                self.types[node].append((str(target), isinstance(statement.content, Value), statement))
            case Value(object=target):
                self.values[prop, node, self._node(target)].append(statement)
            case Denial(object=target):
                self.denials[prop, node, self._node(target)].append(statement)
            case Bounds():
                self.bounds[prop, node].append(statement)
            case Complete(of_class=cls):
                self.complete[prop, node, cls].append(statement)

    def _node(self, target: str | bool) -> int:
        return int(target) if isinstance(target, bool) else self.nodes[target]
