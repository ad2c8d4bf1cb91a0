"""Steps: the steps of a process in their order, what each works on and under which conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx

from readson.pictures.known import Known
from readson.pictures.notation import Notation
from readson.terms import fold
from readson.wording import spelled


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `works` says what it does to which items, `conditions` how it is done.

    `follows` tells whether it is known to come after the one before it in the list.
    """

    node: int
    name: str
    kind: str
    works: tuple[str, ...]
    conditions: tuple[str, ...]
    follows: bool


def read_steps(known: Known, notation: Notation, parts: frozenset[int]) -> list[Step]:
    """Read the steps of a product that are no parts, in their order where it is known."""
    lexicon, onto = known.graph.ontology.lexicon, known.graph.ontology
    place = onto.class_index[lexicon.role_range("step")]
    nodes = [n for n in known.nodes if place in known.classes.get(n, ()) and n not in parts]
    after = {pair for prop in notation.placing("after") for pair in known.pairs(prop)}
    graph = nx.DiGraph((earlier, later) for later, earlier in after if {earlier, later} <= set(nodes))
    graph.add_nodes_from(nodes)
    ordered = nx.lexicographical_topological_sort(graph) if nx.is_directed_acyclic_graph(graph) else nodes
    teller = _Teller(known, notation)
    found: list[Step] = []
    for node in ordered:
        found.append(teller.step(node, bool(found) and (node, found[-1].node) in after))
    return found


class _Teller:
    def __init__(self, known: Known, notation: Notation) -> None:
        self.known, self.notation = known, notation
        self.onto, self.lexicon = known.graph.ontology, known.graph.ontology.lexicon

    def step(self, node: int, follows: bool) -> Step:
        name, kind = self.known.graph.names[node], self._kind(node)
        same = fold(kind) == fold(name)
        return Step(
            node, name, "" if same else kind, tuple(self._works(node)), tuple(self._conditions(node)), follows
        )

    def _kind(self, node: int) -> str:
        join = " or " if node in self.known.disputed_kinds else ", "
        return join.join(self.lexicon.label(kind) for kind in self.known.kinds(node))

    def _works(self, node: int) -> Iterator[str]:
        for prop in self.notation.tells:
            stated = [key for key in self.known.stated.values if key[0] == prop and key[1] == node]
            names = [self.known.graph.names[object_] for _, _, object_ in stated]
            if names:
                yield f"{self.lexicon.label(prop)} {', '.join(names)}"

    def _conditions(self, node: int) -> Iterator[str]:
        for prop in sorted(self.onto.quantities):
            written = dict.fromkeys(bounds.text for bounds in self.known.stated_sizes(prop, node))
            size = self.known.size(prop, node)
            if written and size:
                join = " ≠ " if size.disputed else ", "
                yield f"{self.lexicon.label(prop)} {join.join(map(spelled, written))}"
        for prop in sorted(self.onto.truths):
            truth = self.known.truth(prop, node)
            if truth is not None:
                yield self.lexicon.label(prop) if truth else f"{self.lexicon.label(prop)}: no"
