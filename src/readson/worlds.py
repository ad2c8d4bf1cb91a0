"""Worlds: what silence means. A world only adds assumptions to an entailed graph, never facts.

open        nothing is assumed.
documented  a description that names an item of some kind names all items of that kind; where it states
            a property marked `rule:exhaustiveOnceStated`, it states all its values; one name is one thing.
closed      what the description does not say is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from readson.derivation import derive_quantities
from readson.entailment import collecting
from readson.errors import UsageError
from readson.graph import Graph, Interval
from readson.ontology import Collection
from readson.relations import Mask, distinct, subjects

WORLDS = ("open", "documented", "closed")


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Completeness that no statement gives, as columns: kinds all named, values all given, single items.

    `kinds[product, class]`, `values[property]` and `single[count]` are masks; see `Graph`.
    """

    kinds: Mask
    values: Mapping[str, Mask]
    single: Mapping[str, Mask]


def close(graph: Graph, world: str) -> Graph:
    """Add what the world assumes. Raise UsageError for a world that does not exist."""
    rules: dict[str, Callable[[Graph], Graph]] = {
        "open": lambda g: suppose(g, nothing(g)),
        "documented": lambda g: suppose(g, documented(g)),
        "closed": _closed,
    }
    if world not in rules:
        raise UsageError(f"`{world}` is not a world; there are {', '.join(WORLDS)}")
    return derive_quantities(wholes(rules[world](graph)))


def suppose(graph: Graph, assumed: Assumptions) -> Graph:
    """Add assumptions to an entailed graph; what follows from them is left to `wholes`."""
    complete = dict(graph.complete)
    for prop, nodes in sorted(assumed.values.items()):
        complete[prop] = complete.get(prop, np.zeros(graph.size, dtype=bool)) | nodes
    kinds = graph.kinds_complete | assumed.kinds
    return _counts(replace(graph, kinds_complete=kinds, complete=complete), assumed.single)


def wholes(graph: Graph) -> Graph:
    """Complete what gathers all items of a kind, for products that name all items of that kind."""
    onto, complete, kinds = graph.ontology, dict(graph.complete), graph.kinds_complete.copy()
    gathered = [(p, cls, graph.roots) for p, cls in sorted(onto.parts_of_class.items())]
    for rule in onto.collections:
        gathered.append((rule.through, rule.members, collecting(graph, rule)))
    for prop, cls, nodes in gathered:
        marked = complete.get(prop, np.zeros(graph.size, dtype=bool)).copy()
        marked[nodes] |= graph.kinds_complete[graph.owner[nodes], onto.class_index[cls]]
        complete[prop] = marked
    for rule in onto.collections:
        _collections_named(graph, rule, kinds)
    return replace(graph, complete=complete, kinds_complete=kinds)


def _collections_named(graph: Graph, rule: Collection, kinds: Mask) -> None:
    """Complete a kind of collection where its members are all named."""
    onto = graph.ontology
    named = np.flatnonzero(kinds[:, onto.class_index[rule.members]])
    kinds[np.ix_(named, onto.above[:, onto.class_index[rule.of]])] = True


def nothing(graph: Graph) -> Assumptions:
    """Assume nothing."""
    return Assumptions(np.zeros_like(graph.kinds_complete), {}, {})


def documented(graph: Graph) -> Assumptions:
    """Assume that descriptions name all items of the kinds they name, and that one name is one thing."""
    kinds = np.zeros_like(graph.kinds_complete)
    for cls in sorted(graph.ontology.closable):
        named = graph.instances(cls)
        named = named[named < graph.described]
        column = graph.ontology.class_index[cls]
        below = graph.ontology.above[:, column]
        kinds[np.ix_(distinct(graph.owner[named]), below)] = True
    values = {}
    for prop in sorted(graph.ontology.exhaustive & set(graph.relations)):
        values[prop] = np.zeros(graph.size, dtype=bool)
        values[prop][subjects(graph.relations[prop])] = True
    return Assumptions(kinds, values, _every_one(graph))


def _every_one(graph: Graph) -> dict[str, Mask]:
    return {prop: np.ones(graph.size, dtype=bool) for prop in graph.ontology.silence_means}


def _closed(graph: Graph) -> Graph:
    every = np.ones_like(graph.kinds_complete)
    return _counts(replace(graph, kinds_complete=every, closed=True), _every_one(graph))


def _counts(graph: Graph, single: Mapping[str, Mask]) -> Graph:
    """Give every item at least one; where it is assumed and no count is stated, exactly one."""
    quantities = dict(graph.quantities)
    for prop, number in sorted(graph.ontology.silence_means.items()):
        column = graph.quantity(prop)
        silent = ~column.known & (graph.owner >= 0)
        # An upper bound alone ("up to 600") must not say less than silence does.
        least = np.where(graph.owner >= 0, number, column.low)
        low = np.maximum(column.low, least)
        high = np.where(silent & single[prop], number, column.high) if prop in single else column.high
        low_open = column.low_open & (column.low >= least)
        quantities[prop] = Interval(low, high, low_open, column.high_open, column.known | silent)
    return replace(graph, quantities=quantities)
