"""What follows for quantities: minima, products, the extent of a set, and truths that hang on a limit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from readson.graph import FALSE_NODE, TRUE_NODE, Graph, Interval
from readson.relations import EMPTY, Numbers, keys, objects, subjects, union


def derive_quantities(graph: Graph) -> Graph:
    """Derive bounds: minima from other quantities, products, and the extent of a collection."""
    onto = graph.ontology
    steps: list[tuple[str, Callable[[Graph, str], Interval]]] = [
        *((q, _at_least) for q in sorted(onto.at_least)),
        *((q, _product) for q in sorted(onto.products_of)),
        *((q, _extent) for q in sorted(onto.extents)),
    ]
    for quantity, derive in steps:
        column = graph.quantity(quantity).meet(derive(graph, quantity))
        graph = replace(graph, quantities={**graph.quantities, quantity: column})
    return graph


def _at_least(graph: Graph, quantity: str) -> Interval:
    lesser = graph.quantity(graph.ontology.at_least[quantity])
    no = np.zeros(graph.size, dtype=bool)
    known = lesser.known & (lesser.low > -np.inf)
    return Interval(lesser.low, np.full(graph.size, np.inf), lesser.low_open, no, known)


def _product(graph: Graph, quantity: str) -> Interval:
    """Multiply non-negative quantities, e.g. length by width."""
    left, right = (graph.quantity(q) for q in graph.ontology.products_of[quantity])
    known = left.known & right.known
    low = np.where(known, np.maximum(left.low, 0) * np.maximum(right.low, 0), -np.inf)
    high = np.full(graph.size, np.inf)
    np.multiply(left.high, right.high, out=high, where=known & (right.high > 0) & (left.high > 0))
    opens = (left.low_open | right.low_open, left.high_open | right.high_open)
    return Interval(snap(low), snap(high), opens[0] & known, opens[1] & known, known)


def _extent(graph: Graph, quantity: str) -> Interval:
    """Bound the extent of a collection: no less than its largest member, no more than all together."""
    through = graph.ontology.extents[quantity]
    pairs, column = graph.relation(through), graph.quantity(quantity)
    whole, member = subjects(pairs), objects(pairs)
    low, total = np.full(graph.size, -np.inf), np.zeros(graph.size)
    np.maximum.at(low, whole, np.where(column.known[member], column.low[member], -np.inf))
    most = column.high.copy()
    np.multiply(most, np.maximum(multiplicity(graph), 1), out=most, where=most > 0)
    # A member that is denied adds nothing to the most there may be.
    may = ~graph.denies(through, pairs)
    np.add.at(total, whole[may], np.where(column.known[member], most[member], np.inf)[may])
    some = np.zeros(graph.size, dtype=bool)
    some[whole] = True
    high = np.where(some & graph.is_complete(through, np.arange(graph.size)), total, np.inf)
    no = np.zeros(graph.size, dtype=bool)
    return Interval(low, snap(high), no, no, some & ((low > -np.inf) | (high < np.inf)))


def multiplicity(graph: Graph) -> Numbers:
    """Give for every node the most things of its kind that it may stand for."""
    most = np.full(graph.size, np.inf)
    for quantity in graph.ontology.silence_means:
        most = np.minimum(most, graph.quantity(quantity).high)
    return most


def decide_thresholds(graph: Graph) -> Graph:
    """Decide truth values that hang on a limit, e.g. a pressure below the atmosphere's."""
    relations = dict(graph.relations)
    for rule in graph.ontology.thresholds:
        column = graph.quantity(rule.quantity)
        below = (column.high < rule.limit) | ((column.high == rule.limit) & column.high_open)
        for holds, node in ((below, TRUE_NODE), (column.low >= rule.limit, FALSE_NODE)):
            found = np.flatnonzero(holds & column.known)
            pairs = keys(found, np.full(len(found), node))
            relations[rule.property] = union(relations.get(rule.property, EMPTY), pairs)
    return replace(graph, relations=relations)


def snap(numbers: Numbers) -> Numbers:
    """Round to 12 significant digits, so that 17 mm x 17 mm equals 289 mm2."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        digits = 11 - np.floor(np.log10(np.abs(numbers)))
        factor = np.power(10.0, np.clip(digits, -300, 300))
        rounded = np.round(numbers * factor) / factor
    return np.where(np.isfinite(rounded) & np.isfinite(numbers), rounded, numbers)
