"""What verdicts rest on: the statements of one product, by property and node, and what a world assumes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from readson.graph import Graph, confirmed
from readson.statements import Bounds, Complete, Denial, Statement, Value
from readson.vocabulary import TYPE


@dataclass(frozen=True, slots=True)
class Assumption:
    """What the chosen world supplies: all values of a property of one node, or all items of a class."""

    property: str
    node: int
    of_class: str = ""


Ground = Statement | Assumption
"""What a verdict may rest on."""
Proof = tuple[Ground, ...]
Fact = tuple[str, int, int]


def key(ground: Ground) -> str | Assumption:
    """Identify a ground within its product, by what is quick to hash."""
    return ground if isinstance(ground, Assumption) else ground.id


def distinct_grounds(grounds: Iterable[Ground]) -> Proof:
    """List grounds, each once, in order."""
    return tuple({key(ground): ground for ground in grounds}.values())


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
