"""Worlds: what silence means. A world only adds assumptions to an entailed graph, never facts.

open        nothing is assumed.
documented  a description that names an item of some kind names all items of that kind; where it states
            a property marked `rule:exhaustiveOnceStated`, it states all its values; one name is one thing.
closed      what the description does not say is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from readson.derivation import derive_quantities
from readson.entailment import collecting
from readson.errors import UsageError
from readson.graph import Graph, Interval
from readson.ontology import Collection
from readson.relations import Mask, distinct, subjects

WORLDS = ("open", "documented", "closed")


def close(graph: Graph, world: str) -> Graph:
    """Add what the world assumes. Raise UsageError for a world that does not exist."""
    rules: dict[str, Callable[[Graph], Graph]] = {
        "open": lambda g: _counts(g, one=False),
        "documented": _documented,
        "closed": _closed,
    }
    if world not in rules:
        raise UsageError(f"`{world}` is not a world; there are {', '.join(WORLDS)}")
    return derive_quantities(_wholes(rules[world](graph)))


def _wholes(graph: Graph) -> Graph:
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


def _documented(graph: Graph) -> Graph:
    kinds = graph.kinds_complete.copy()
    for cls in sorted(graph.ontology.closable):
        named = graph.instances(cls)
        named = named[named < graph.described]
        column = graph.ontology.class_index[cls]
        below = graph.ontology.above[:, column]
        kinds[np.ix_(distinct(graph.owner[named]), below)] = True
    complete = dict(graph.complete)
    for prop in sorted(graph.ontology.exhaustive & set(graph.relations)):
        marked = complete.get(prop, np.zeros(graph.size, dtype=bool)).copy()
        marked[subjects(graph.relations[prop])] = True
        complete[prop] = marked
    return _counts(replace(graph, kinds_complete=kinds, complete=complete), one=True)


def _closed(graph: Graph) -> Graph:
    every = np.ones_like(graph.kinds_complete)
    return _counts(replace(graph, kinds_complete=every, closed=True), one=True)


def _counts(graph: Graph, one: bool) -> Graph:
    """Give every item at least one; without a stated count, in worlds that assume so, exactly one."""
    quantities = dict(graph.quantities)
    for prop, number in sorted(graph.ontology.silence_means.items()):
        column = graph.quantity(prop)
        silent = ~column.known & (graph.owner >= 0)
        # An upper bound alone ("up to 600") must not say less than silence does.
        least = np.where(graph.owner >= 0, number, column.low)
        low = np.maximum(column.low, least)
        high = np.where(silent, number, column.high) if one else column.high
        low_open = column.low_open & (column.low >= least)
        quantities[prop] = Interval(low, high, low_open, column.high_open, column.known | silent)
    return replace(graph, quantities=quantities)
