"""Proofs: the statements that a fact of the graph rests on, found by running the rules backwards.

The columns keep no trace; a chart asks for the few facts it shows. A proof lists statements and the
assumptions of the world it uses; every rule here is one that `entailment.py` or `worlds.py` applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

import networkx as nx
import numpy as np

from readson.graph import TRUE_NODE
from readson.ontology import StepResult
from readson.paths import Paths
from readson.relations import EMPTY, SHIFT, keys, objects, subjects
from readson.stated import Assumption, Fact, Ground, Proof, Stated, distinct_grounds
from readson.statements import Bounds
from readson.verdicts import AGAINST, FOR


class Proofs:
    """Find the grounds of facts of one product. `None` means that a fact does not hold.

    `supposed` are the kinds of which all items are assumed to be named, where the assumptions are chosen.
    """

    def __init__(self, paths: Paths, product: int, supposed: Sequence[str] = ()) -> None:
        self.paths, self.product, self.supposed = paths, product, supposed
        self.graph = graph = paths.graph
        self.onto = graph.ontology
        self.stated = Stated(graph, product)
        self._values: dict[tuple[str, int], list[int]] = {}

    # Facts

    def holds(self, prop: str, x: int, y: int) -> bool:
        """Tell whether the graph holds a fact."""
        if prop.startswith("^"):
            return self.holds(prop[1:], y, x)
        return y in self.values(prop, x)

    def fact(self, prop: str, x: int, y: int, seen: frozenset[Fact] = frozenset()) -> Proof | None:
        """Prove that x has y for a property."""
        if prop.startswith("^"):
            return self.fact(prop[1:], y, x, seen)
        if (prop, x, y) in seen:
            return None
        if (prop, x, y) in self.stated.values:
            return tuple(self.stated.values[prop, x, y])
        if not self.holds(prop, x, y):
            return self._compared(prop, x, y, holds=True)
        seen = seen | {(prop, x, y)}
        return next((p for p in self._derivations(prop, x, y, seen) if p is not None), None)

    def _derivations(self, prop: str, x: int, y: int, seen: frozenset[Fact]) -> Iterator[Proof | None]:
        onto = self.onto
        for lower, uppers in onto.supers.items():
            if prop in uppers and self.holds(lower, x, y):
                yield self.fact(lower, x, y, seen)
        if prop in onto.inverses and self.holds(onto.inverses[prop], y, x):
            yield self.fact(onto.inverses[prop], y, x, seen)
        yield from (self._result(rule, x, y, seen) for rule in onto.results if rule.result == prop)
        for result, first, second in onto.chains:
            if result == prop:
                yield from (self._both((first, x, z), (second, z, y), seen) for z in self.values(first, x))
        if prop in onto.transitive:
            yield self._way(prop, x, y, seen)
        yield from self._by_class(prop, x, y)

    def _both(self, left: Fact, right: Fact, seen: frozenset[Fact]) -> Proof | None:
        if not self.holds(*right):
            return None
        one, two = self.fact(*left, seen), self.fact(*right, seen)
        return None if one is None or two is None else _merge(one, two)

    def _result(self, rule: StepResult, x: int, y: int, seen: frozenset[Fact]) -> Proof | None:
        for step in self.values("^" + rule.subject, x):
            if self.is_a(step, rule.step) & FOR and self.holds(rule.object, step, y):
                found = self._both((rule.subject, step, x), (rule.object, step, y), seen)
                if found is not None:
                    return _merge(self.type(step, rule.step) or (), found)
        return None

    def _way(self, prop: str, x: int, y: int, seen: frozenset[Fact]) -> Proof | None:
        """Prove a transitive fact by the shortest way of facts that need no transitivity."""
        if x not in self._ways(prop) or y not in self._ways(prop):
            return None
        way = _shortest(self._ways(prop), x, y)
        steps = [self.fact(prop, a, b, seen) for a, b in pairwise(way)]
        return None if len(steps) < 2 or any(s is None for s in steps) else _merge(*(s for s in steps if s))

    def _ways(self, prop: str) -> nx.DiGraph[int]:
        if prop not in self._way_graphs:
            pairs = self.graph.bases.get(prop, EMPTY)
            mine = pairs[self.graph.owner[subjects(pairs)] == self.product]
            if prop in self.onto.symmetric:
                mine = np.concatenate((mine, keys(objects(mine), subjects(mine))))
            edges = zip(subjects(mine).tolist(), objects(mine).tolist(), strict=True)
            self._way_graphs[prop] = nx.DiGraph(sorted((a, b) for a, b in edges if a != b))
        return self._way_graphs[prop]

    @cached_property
    def _way_graphs(self) -> dict[str, nx.DiGraph[int]]:
        return {}

    def _by_class(self, prop: str, x: int, y: int) -> Iterator[Proof | None]:
        """Prove facts that hold because of what x or y is."""
        for rule in self.onto.restrictions:
            fits = rule.some or int(bool(rule.value)) == y
            if rule.property == prop and fits and self.is_a(x, rule.of) & FOR:
                yield self.type(x, rule.of)
        if prop in self.onto.parts_of_class:
            yield self.type(y, self.onto.parts_of_class[prop])
        for collection in self.onto.collections:
            if collection.through == prop:
                yield self.type(y, collection.members)
        for threshold in self.onto.thresholds:
            if threshold.property == prop:
                yield self.bound(threshold.quantity, x, "high" if y == TRUE_NODE else "low")

    def values(self, prop: str, x: int) -> list[int]:
        """List the values of a property of one node."""
        if (prop, x) not in self._values:
            pairs = self.paths.relation(prop)
            first, end = np.searchsorted(pairs, (x << SHIFT, (x + 1) << SHIFT))
            self._values[prop, x] = objects(pairs[first:end]).tolist()
        return self._values[prop, x]

    # Classes

    def is_a(self, node: int, cls: str) -> int:
        """Give the bits of whether a node is of a class."""
        return int(self.paths.is_a(cls)[node])

    def stated_classes(self, node: int) -> list[str]:
        """List the classes that sources say a node is of, each once."""
        return list(dict.fromkeys(c for c, holds, _ in self.stated.types[node] if holds))

    def type(self, node: int, cls: str) -> Proof | None:
        """Prove that a node is of a class."""
        stated = [s for c, holds, s in self.stated.types[node] if holds and self.onto.is_subclass(c, cls)]
        if stated:
            return tuple(stated)
        for prop, classes, start, end in self._typing_facts(node):
            if any(self.onto.is_subclass(c, cls) for c in classes):
                found = self.fact(prop, start, end)
                if found is not None:
                    return found
        return self._required_type(node, cls) if self.is_a(node, cls) & FOR else None

    def _typing_facts(self, node: int) -> Iterator[tuple[str, tuple[str, ...], int, int]]:
        for prop, classes in self.onto.domains.items():
            if classes:
                yield from ((prop, classes, node, value) for value in self.values(prop, node))
        for prop, classes in self.onto.ranges.items():
            if classes:
                yield from ((prop, classes, value, node) for value in self.values("^" + prop, node))

    def _required_type(self, node: int, cls: str) -> Proof | None:
        """Prove the class of a value that another item's class requires, or of a collection."""
        for rule in self.onto.restrictions:
            if rule.some and self.onto.is_subclass(rule.some, cls):
                for holder in self.values("^" + rule.property, node):
                    if self.is_a(holder, rule.of) & FOR:
                        return self.type(holder, rule.of)
        for collection in self.onto.collections:
            if self.onto.is_subclass(collection.of, cls):
                members = self.values(collection.through, node)
                return _merge(*(self.type(m, collection.members) or () for m in members))
        return None

    def not_type(self, node: int, cls: str) -> Proof:
        """Prove that a node is not of a class."""
        column = self.onto.class_index[cls]
        for stated, holds, statement in self.stated.types[node]:
            index = self.onto.class_index[stated]
            if (holds and self.onto.apart[index, column]) or (not holds and self.onto.above[column, index]):
                return (statement,)
        for prop, classes, start, end in self._typing_facts(node):
            if any(self.onto.apart[self.onto.class_index[c], column] for c in classes):
                return self.fact(prop, start, end) or ()
        for rule in self.onto.restrictions:
            if rule.some and self.onto.apart[self.onto.class_index[rule.some], column]:
                for holder in self.values("^" + rule.property, node):
                    if self.is_a(holder, rule.of) & FOR:
                        return self.type(holder, rule.of) or ()
        return self.kind_complete(cls) or ()

    # Bounds

    def bound(self, quantity: str, node: int, end: str) -> Proof | None:
        """Prove the low or high bound of a quantity."""
        value = float(getattr(self.graph.quantity(quantity), end)[node])
        stated = [s for s in self.stated.bounds[quantity, node] if getattr(s.content, end) == value]
        if stated:
            return (stated[0],)
        for derive in (self._least_bound, self._product_bound, self._extent_bound):
            found = derive(quantity, node, end)
            if found is not None:
                return found
        if quantity in self.onto.silence_means and np.isfinite(value):
            return (Assumption(quantity, node),) if end == "high" else ()
        return None

    def single(self, node: int) -> Proof:
        """Prove that a node stands for one thing and not for several."""
        return _merge(*(self.bound(q, node, "high") or () for q in sorted(self.onto.silence_means)))

    def stated_bounds(self, quantity: str, node: int) -> tuple[Bounds, ...]:
        """List what sources say of a quantity of one node."""
        return tuple(s.content for s in self.stated.bounds[quantity, node] if isinstance(s.content, Bounds))

    def _least_bound(self, quantity: str, node: int, end: str) -> Proof | None:
        lesser = self.onto.at_least.get(quantity)
        return self.bound(lesser, node, "low") if lesser and end == "low" else None

    def _product_bound(self, quantity: str, node: int, end: str) -> Proof | None:
        factors = self.onto.products_of.get(quantity, ())
        if not factors or not all(self.graph.quantity(f).known[node] for f in factors):
            return None
        return _merge(*(self.bound(f, node, end) or () for f in factors))

    def _extent_bound(self, quantity: str, node: int, end: str) -> Proof | None:
        through = self.onto.extents.get(quantity)
        members = self.values(through, node) if through else []
        if not members:
            return None
        column = self.graph.quantity(quantity)
        if end == "low":
            most = max(members, key=lambda m: (column.low[m], -m))
            return _merge(self.bound(quantity, most, end) or (), self.fact(str(through), node, most) or ())
        ends = [(*(self.bound(quantity, m, end) or ()), *self.single(m)) for m in members]
        ends += [self.fact(str(through), node, m) or () for m in members]
        return _merge(*ends, self.complete(str(through), node) or ())

    def _compared(self, prop: str, x: int, y: int, holds: bool) -> Proof | None:
        rule = self.onto.comparisons.get(prop)
        if rule is None:
            return None
        column = self.graph.quantity(rule.quantity)
        if holds and column.low[x] > column.high[y]:
            return _merge(
                self.bound(rule.quantity, x, "low") or (), self.bound(rule.quantity, y, "high") or ()
            )
        if not holds and column.high[x] <= column.low[y]:
            return _merge(
                self.bound(rule.quantity, x, "high") or (), self.bound(rule.quantity, y, "low") or ()
            )
        return None

    # Denials and completeness

    def exclusion(self, prop: str, x: int, y: int, seen: frozenset[Fact] = frozenset()) -> Proof | None:
        """Prove that x does not have y for a property; y may be a part nobody named."""
        if prop.startswith("^"):
            return self.exclusion(prop[1:], y, x, seen)
        if (prop, x, y) in seen:
            return None
        seen = seen | {(prop, x, y)}
        return next((p for p in self._refutations(prop, x, y, seen) if p), None)

    def _refutations(self, prop: str, x: int, y: int, seen: frozenset[Fact]) -> Iterator[Proof | None]:
        onto = self.onto
        if (prop, x, y) in self.stated.denials:
            yield tuple(self.stated.denials[prop, x, y])
        for left, right in onto.disjoint_properties:
            if right == prop and y >= 0 and self.holds(left, x, y):
                yield self.fact(left, x, y)
        if prop in onto.asymmetric and y >= 0 and self.holds(prop, y, x):
            yield self.fact(prop, y, x)
        yield self._compared(prop, x, y, holds=False) if y >= 0 else None
        for upper in onto.supers.get(prop, ()):
            if self._is_denied(upper, x, y):
                yield self.exclusion(upper, x, y, seen)
        for upper in self.paths.wider(prop):
            if self._limited(upper, x) and not self.holds(upper, x, y):
                yield self.complete(upper, x)
        if prop in onto.denied_with and self._is_denied(onto.denied_with[prop], x, y):
            yield self.exclusion(onto.denied_with[prop], x, y, seen)
        if prop in onto.inverses and self._is_denied(onto.inverses[prop], y, x):
            yield self.exclusion(onto.inverses[prop], y, x, seen)
        yield self.complete(prop, x)
        if y >= 0:
            yield self.complete(onto.inverse(prop), y)
            yield from self._by_members(prop, x, y, seen)
        yield from (self.not_type(x, c) for c in onto.domains.get(prop, ()) if self.denies_class(x, c))
        yield from (
            self.not_type(y, c) for c in onto.ranges.get(prop, ()) if y >= 0 and self.denies_class(y, c)
        )

    def _by_members(self, prop: str, x: int, y: int, seen: frozenset[Fact]) -> Iterator[Proof | None]:
        """Prove that a set does not have a relation by its members: all are known, and none has it."""
        base = self.onto.denied_with.get(prop, "")
        for rule in self.onto.collections:
            if (prop, rule.through, base) in self.onto.chains:
                pairs = [(member, y) for member in self.values(rule.through, x)]
                yield self._none_has(base, pairs, self.complete(rule.through, x), seen)
            if (prop, base, self.onto.inverse(rule.through)) in self.onto.chains:
                pairs = [(x, member) for member in self.values(rule.through, y)]
                yield self._none_has(base, pairs, self.complete(rule.through, y), seen)

    def _none_has(
        self, prop: str, pairs: list[tuple[int, int]], every: Proof | None, seen: frozenset[Fact]
    ) -> Proof | None:
        proofs = [self.exclusion(prop, a, b, seen) for a, b in pairs]
        if every is None or not proofs or any(p is None for p in proofs):
            return None
        return _merge(*(p for p in proofs if p), every)

    def _is_denied(self, prop: str, x: int, y: int) -> bool:
        if y < 0 or x < 0:
            return False
        return bool(self.graph.denies(prop, keys(np.array([x]), np.array([y])))[0])

    def _limited(self, prop: str, x: int) -> bool:
        return not self.graph.closed and bool(self.graph.is_complete(prop, np.array([x]))[0])

    def complete(self, prop: str, x: int) -> Proof | None:
        """Prove that all values of a property of one node are known."""
        stated = self.stated.complete.get((prop, x, ""))
        if stated:
            return tuple(stated)
        if not bool(self.graph.is_complete(prop, np.array([x]))[0]):
            return None
        if prop in self.onto.functional and (values := self.values(prop, x)):
            return _merge(*(self.fact(prop, x, v) or () for v in values)) or self.type_of_holder(prop, x)
        for cls, never in self.onto.never:
            if never == prop and self.is_a(x, cls) & FOR:
                return self.type(x, cls)
        return self._gathers_all(prop, x) or (Assumption(prop, x),)

    def _gathers_all(self, prop: str, x: int) -> Proof | None:
        """Prove that a whole has all items of a kind because all items of that kind are named."""
        cls = self.onto.parts_of_class.get(prop)
        for rule in self.onto.collections:
            cls = rule.members if rule.through == prop and x in self.graph.collected.get(prop, ()) else cls
        return self.kind_complete(cls) if cls else None

    def type_of_holder(self, prop: str, x: int) -> Proof | None:
        """Prove a required value by the class that requires it."""
        return next((self.type(x, r.of) for r in self.onto.restrictions if r.property == prop), None)

    def kind_complete(self, cls: str) -> Proof | None:
        """Prove that all items of a class are named."""
        if not self.graph.kinds_complete[self.product, self.onto.class_index[cls]]:
            return None
        for (_prop, _node, stated), statements in sorted(self.stated.complete.items()):
            if _prop in self.onto.lists_parts and (not stated or self.onto.is_subclass(cls, stated)):
                return tuple(statements)
        for rule in self.onto.collections:
            if self.onto.is_subclass(cls, rule.of) and not self._any_of(rule.of):
                return self.kind_complete(rule.members)
        wider = (kind for kind in self.supposed if self.onto.is_subclass(cls, kind))
        return (Assumption("", int(self.graph.roots[self.product]), next(wider, cls)),)

    def _any_of(self, cls: str) -> bool:
        return any(self.is_a(node, cls) & FOR for node in self.stated.nodes.values())

    def denies_class(self, node: int, cls: str) -> bool:
        """Tell whether a node is known not to be of a class."""
        return bool(self.is_a(node, cls) & AGAINST)


def _shortest(ways: nx.DiGraph[int], x: int, y: int) -> list[int]:
    """Give the shortest way, also from a node round to itself; none is []."""
    starts = sorted(ways.successors(x)) if x == y else [x]
    found = [nx.shortest_path(ways, s, y) for s in starts if nx.has_path(ways, s, y)]
    way: list[int] = min(found, key=len, default=[])
    return [x, *way] if way and x == y else way


def _merge(*proofs: Iterable[Ground]) -> Proof:
    """Join proofs; every ground once, in order."""
    return distinct_grounds(ground for proof in proofs for ground in proof)
