"""Excerpts: some statements of a description, with some assumptions of the world, judged alone.

An excerpt names all items of its description, so that an item of which it says nothing is not gone. What is
assumed to be all there is must be there: values count as all only where the excerpt gives every one of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from readson.assess import Assessment
from readson.derivation import derive_quantities
from readson.entailment import entail
from readson.expressions import Expression
from readson.focus import ABSENT, UNNAMED, Focus
from readson.graph import Graph, assemble
from readson.judging import Judge
from readson.paths import Paths
from readson.relations import EMPTY, Keys, Mask, Nodes, distinct, keys, subjects, union
from readson.stated import Assumption
from readson.statements import Product, Statement
from readson.verdicts import AGAINST, FOR, Bits, Verdict
from readson.worlds import Assumptions, suppose, wholes


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some statements of one product, and some assumptions on its nodes."""

    product: int
    statements: tuple[Statement, ...]
    assumptions: tuple[Assumption, ...]


class Excerpts:
    """Judge excerpts of the descriptions of one assessment, many at once."""

    def __init__(self, assessment: Assessment, excerpts: Sequence[Excerpt]) -> None:
        self.full, self.patent = assessment.search.judge, assessment.patent
        self.world, self.excerpts = assessment.world, excerpts
        self.product = np.array([e.product for e in excerpts], dtype=np.int64)
        graph = entail(assemble([self._product(n) for n in range(len(excerpts))], self.full.graph.ontology))
        self.first, self.roots = graph.described, graph.roots
        self.extras = _named(graph, self.first)
        self.origin = self._origin(graph)
        self.judge = Judge(self._closed(graph), assessment.patent.derived)
        self._absences: dict[str, Mask] = {}

    def judged(
        self, demand: Expression, places: Nodes, roles: Mapping[str, Nodes], introduced: frozenset[str]
    ) -> Bits:
        """Judge a demand on excerpts (by their places) and on nodes of the whole graph, a row each.

        Where an excerpt does not give rise to a part that a role is bound to, nothing is known.
        """
        bound = {role: self.bound(role, places, nodes) for role, nodes in roles.items()}
        lost = np.zeros(len(places), dtype=bool)
        for role, nodes in roles.items():
            lost |= (bound[role] < 0) & (nodes >= 0)
        bits = self.judge.judge(demand, Focus(places, bound), self.introduced(introduced))
        return np.where(lost, np.uint8(Verdict.UNKNOWN.value), bits)

    def introduced(self, roles: frozenset[str]) -> frozenset[str]:
        """List the roles whose absence counts: in the closed world, all."""
        return frozenset(self.patent.roles) if self.world == "closed" else roles

    def bound(self, role: str, places: Nodes, nodes: Nodes) -> Nodes:
        """Find the nodes that roles are bound to in excerpts; a role is absent only where that follows."""
        found = np.array([self._at(k, node) for k, node in zip(places.tolist(), nodes.tolist(), strict=True)])
        return np.where((nodes == ABSENT) & ~self._absent(role)[places], UNNAMED, found)

    def _at(self, place: int, node: int) -> int:
        """Find a node of the whole graph in one excerpt; UNNAMED if it is not there."""
        graph, number = self.full.graph, self.excerpts[place].product
        offset = node - int(graph.roots[number])
        if node < 0:
            return node
        if 0 <= offset < len(graph.products[number].items):
            return int(self.roots[place]) + offset
        return self.extras.get((place, graph.names[node]), UNNAMED)

    def _absent(self, role: str) -> Mask:
        """Tell in which excerpts no part can fill a role: all of its kind are named, and no item is one."""
        if role not in self._absences:
            graph, classes = self.judge.graph, self.patent.roles[role].candidates
            refuted = reduce(np.logical_and, [self.judge.paths.is_a(c) == AGAINST for c in classes])
            left = np.bincount(graph.owner[2:][~refuted[2:]], minlength=len(self.excerpts))
            columns = [graph.ontology.class_index[c] for c in classes]
            self._absences[role] = graph.kinds_complete[:, columns].all(axis=1) & (left == 0)
        return self._absences[role]

    # From statements and assumptions to a graph

    def _product(self, place: int) -> Product:
        excerpt = self.excerpts[place]
        return replace(self.full.graph.products[excerpt.product], statements=excerpt.statements)

    def _origin(self, graph: Graph) -> Nodes:
        """Give the node of the whole graph that each node stands for; -1 where there is none."""
        whole = self.full.graph
        named = _named(whole, whole.described)
        owner = graph.owner[2 : self.first]
        described = np.arange(2, self.first) - graph.roots[owner] + whole.roots[self.product[owner]]
        extra = [
            named.get((int(self.product[graph.owner[n]]), graph.names[n]), -1)
            for n in range(self.first, graph.size)
        ]
        return np.concatenate((np.array([0, 1]), described, np.array(extra, dtype=np.int64)))

    def _closed(self, graph: Graph) -> Graph:
        """Add the assumptions, and what follows where all values are there."""
        said = graph.complete
        graph = wholes(suppose(graph, self._assumed(graph)))
        if self.world == "closed":
            graph = replace(graph, untyped=union(graph.untyped, self._silent_kinds(graph)))
        complete = {
            prop: marked & (said.get(prop, np.zeros_like(marked)) | self._in_full(graph, prop))
            for prop, marked in graph.complete.items()
        }
        return derive_quantities(replace(graph, complete=complete))

    def _assumed(self, graph: Graph) -> Assumptions:
        kinds, onto = np.zeros_like(graph.kinds_complete), graph.ontology
        values: dict[str, Mask] = {}
        single: dict[str, Mask] = {}
        for place, excerpt in enumerate(self.excerpts):
            for assumption in excerpt.assumptions:
                if assumption.of_class:
                    kinds[place] |= onto.above[:, onto.class_index[assumption.of_class]]
                    continue
                columns = single if assumption.property in onto.silence_means else values
                column = columns.setdefault(assumption.property, np.zeros(graph.size, dtype=bool))
                node = self._at(place, assumption.node)
                column[node] |= node >= 0
        return Assumptions(kinds, values, single)

    def _in_full(self, graph: Graph, prop: str) -> Mask:
        """Tell which nodes have all the values of a property that they have in the whole graph."""
        whole, known = self.full, self.origin >= 0
        if prop in graph.ontology.quantities:
            return known & ~whole.graph.quantity(prop).known[self.origin]
        here, there = _counts(Paths(graph), prop, graph.size), _counts(whole.paths, prop, whole.graph.size)
        return known & (here >= there[self.origin])

    def _silent_kinds(self, graph: Graph) -> Keys:
        """Deny, where a kind is assumed to be named in full, what the whole graph does not say is of it."""
        found = [EMPTY]
        for place, excerpt in enumerate(self.excerpts):
            nodes = np.flatnonzero(graph.owner == place)
            for cls in (a.of_class for a in excerpt.assumptions if a.of_class):
                silent = nodes[(self.full.paths.is_a(cls)[self.origin[nodes]] & FOR) == 0]
                found.append(keys(np.full(len(silent), graph.ontology.class_index[cls]), silent))
        return distinct(np.concatenate(found))


def _named(graph: Graph, first: int) -> dict[tuple[int, str], int]:
    """Find the nodes that the ontology requires, by product and name."""
    return {(int(graph.owner[n]), graph.names[n]): n for n in reversed(range(first, graph.size))}


def _counts(paths: Paths, prop: str, size: int) -> Nodes:
    return np.bincount(subjects(paths.relation(prop)), minlength=size)
