"""Tables: the verdicts of elements for every combination of the parts that their roles may be bound to.

Candidates for a role come from the ontology's classes. What an element demands is judged once for every
combination of the roles it mentions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from readson.expressions import And, Below, Expression, Not, Or, Reach, Route, conjuncts, starts
from readson.focus import ABSENT, UNNAMED, Focus, Values
from readson.judging import Judge, leaf
from readson.outcomes import on_rows, outcomes
from readson.paths import Walk
from readson.relations import Mask, Nodes, marks
from readson.shapes import Element, Patent
from readson.spaces import Space, Spaces
from readson.verdicts import AGAINST, FOR, Bits, conjoin, disjoin, negate

MANY = 4
"""A derived property is judged by its outcomes where that saves so many times its own combinations."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The parts a role may be bound to, those of one product together.

    The last entry of a product may be UNNAMED (its parts of that kind may not all be named) or ABSENT
    (there is known to be none). `spare` marks an UNNAMED entry beside named ones.
    """

    node: Nodes
    first: Nodes
    count: Nodes
    spare: Mask


@dataclass(frozen=True, slots=True)
class Table:
    """Verdict bits for every combination of the roles an expression mentions."""

    space: Space
    bits: Bits


class Tables:
    """Judge elements on one graph; each is judged once, and its tables are shared between claims."""

    def __init__(self, judge: Judge, patent: Patent, constructions: Mapping[str, str]) -> None:
        self.judge, self.patent, self.constructions = judge, patent, constructions
        self.products = len(judge.graph.products)
        self._candidates: dict[str, Candidates] = {}
        self.spaces = Spaces(lambda role: self.candidates(role).count, self.products)
        self._tables: dict[tuple[str, str], tuple[Table, ...]] = {}
        self._leaves: dict[tuple[Expression, frozenset[str]], Table] = {}
        self._scopes: dict[str, frozenset[str]] = {}
        self._mentioned: dict[str, tuple[str, ...]] = {}
        self._found: dict[str, tuple[str, Walk | Values]] = {}
        self._rank = _ranks(judge.graph.names)

    # Candidates and spaces

    def candidates(self, role: str) -> Candidates:
        """List what a role may be bound to in each product, in the order of names."""
        if role not in self._candidates:
            self._candidates[role] = self._find_candidates(role)
        return self._candidates[role]

    def _find_candidates(self, role: str) -> Candidates:
        graph, paths = self.judge.graph, self.judge.paths
        classes = self.patent.roles[role].candidates
        # A part of a disputed kind stays a candidate: its reading is in conflict, it is not gone.
        refuted = reduce(np.logical_and, [paths.is_a(c) == AGAINST for c in classes])
        known = reduce(np.logical_or, [paths.is_a(c) & FOR > 0 for c in classes])
        # The product as a whole is none of its own parts, unless it is said to be of such a kind.
        whole = marks(graph.roots, graph.size) & ~known
        node = np.flatnonzero(~refuted & ~whole & (graph.owner >= 0))
        node = node[np.lexsort((self._rank[node], graph.owner[node]))]
        columns = [graph.ontology.class_index[c] for c in classes]
        named = np.bincount(graph.owner[node], minlength=self.products)
        complete = graph.kinds_complete[:, columns].all(axis=1)
        extra = np.where(complete, ABSENT, UNNAMED)
        more = ~complete | (named == 0)
        product = np.concatenate((graph.owner[node], np.flatnonzero(more)))
        entry = np.concatenate((node, extra[more]))
        by_product = np.argsort(product, kind="stable")
        count = np.bincount(product, minlength=self.products)
        spare = (entry == UNNAMED) & (named[product] > 0)
        return Candidates(entry[by_product], np.cumsum(count) - count, count, spare[by_product])

    def bound(self, role: str, product: Nodes, choice: Nodes) -> Nodes:
        """Give the nodes that choices stand for."""
        candidates = self.candidates(role)
        nodes: Nodes = candidates.node[candidates.first[product] + choice]
        return nodes

    # Tables

    def scope(self, demand: Expression) -> frozenset[str]:
        """List the roles an expression mentions, through derived properties too."""
        found: set[str] = set()
        for start in starts(demand):
            found |= self.roles_of(start)
        return frozenset(found)

    def roles_in(self, element: Element) -> tuple[str, ...]:
        """List the roles that an element mentions, in any construction, in order."""
        if element.id not in self._mentioned:
            scopes = (self.scope(c.demand) for c in element.constructions)
            self._mentioned[element.id] = tuple(sorted(frozenset().union(*scopes)))
        return self._mentioned[element.id]

    def roles_of(self, start: str) -> frozenset[str]:
        """List the roles that a role, a derived property or the product depends on."""
        if start in self.patent.roles:
            return frozenset((start,))
        if start in self.patent.derived and start not in self._scopes:
            routes = self.patent.derived[start].routes
            self._scopes[start] = frozenset(r for route in routes for r in self.roles_of(route.start))
        return self._scopes.get(start, frozenset())

    def tables(self, element: Element, construction: str = "") -> tuple[Table, ...]:
        """Judge an element for every combination of its roles: it is met where all tables are."""
        name = construction or self.constructions.get(element.id, "")
        key = (element.id, name)
        if key not in self._tables:
            demand = element.construction(name).demand
            self._tables[key] = self._conjuncts(demand, frozenset(element.introduces))
        return self._tables[key]

    def _conjuncts(self, demand: Expression, introduced: frozenset[str]) -> tuple[Table, ...]:
        """Judge the parts of an AND; only those are joined whose roles another part mentions too."""
        tables = [self._judge(part, introduced) for part in conjuncts(demand)]
        scopes = sorted({t.space.axes for t in tables})
        widest = [s for s in scopes if not any(set(s) < set(other) for other in scopes)]
        return tuple(self._join([t for t in tables if set(t.space.axes) <= set(s)], conjoin) for s in widest)

    def _judge(self, demand: Expression, introduced: frozenset[str]) -> Table:
        match demand:
            case And(parts=parts) if parts:
                return self._join([self._judge(p, introduced) for p in parts], conjoin)
            case Or(parts=parts) if parts:
                return self._join([self._judge(p, introduced) for p in parts], disjoin)
            case Not(part=part):
                table = self._judge(part, introduced)
                return Table(table.space, negate(table.bits))
            case _:
                return self._leaf(demand, introduced & self.scope(demand))

    def _leaf(self, demand: Expression, introduced: frozenset[str]) -> Table:
        """Judge one constraint; elements that share it share its table."""
        if (demand, introduced) not in self._leaves:
            space = self.spaces.of(self._axes(demand, introduced))
            bits = self.judge.judge(demand, self._focus(space), introduced)
            self._leaves[demand, introduced] = Table(space, bits)
        return self._leaves[demand, introduced]

    def _focus(self, space: Space) -> Focus:
        """Focus on the combinations of a space."""
        axes = {axis: space.choice[axis] for axis in space.axes if axis not in self._found}
        roles = {role: self.bound(role, space.product, choice) for role, choice in axes.items()}
        derived = dict(self._derived(axis, space) for axis in space.axes if axis in self._found)
        return Focus(space.product, roles, derived=derived)

    def _derived(self, axis: str, space: Space) -> tuple[str, Walk | Values]:
        start, found = self._found[axis]
        there = self.spaces.outcomes[axis]
        first = np.cumsum(there.count) - there.count
        rows = there.example[first[space.product] + space.choice[axis]]
        return start, on_rows(found, rows)

    # Outcomes of derived properties

    def _axes(self, demand: Expression, introduced: frozenset[str]) -> tuple[str, ...]:
        """List the axes on which to judge: roles, and derived properties where that makes far fewer rows."""
        scope, axes = self.scope(demand), set[str]()
        for start in set(starts(demand)):
            roles = self.roles_of(start)
            derived = isinstance(demand, Reach | Below) and start in self.patent.derived
            if derived and self._rows(scope) > MANY * self._rows(roles):
                axes.add(self._outcome(start, introduced))
            else:
                axes |= roles
        return tuple(sorted(axes))

    def _rows(self, roles: Iterable[str]) -> int:
        one: Nodes = np.ones(self.products, dtype=np.int64)
        return int(reduce(np.multiply, map(self.spaces.count, roles), one).sum())

    def _outcome(self, start: str, introduced: frozenset[str]) -> str:
        """Give the axis of the outcomes of a derived property; absent roles count where introduced."""
        roles = sorted(self.roles_of(start))
        axis = " ".join((start, *(role for role in roles if role in introduced)))
        if axis not in self._found:
            space = self.spaces.of(tuple(roles))
            open_ = leaf(self.judge, self._focus(space), introduced)
            route = Route(start, ())
            found = open_.values(route) if self.patent.derived[start].numeric else open_.walk(route)
            self._found[axis] = (start, found)
            self.spaces.outcomes[axis] = outcomes(space, found, self.products)
        return axis

    def _join(self, tables: Sequence[Table], operation: Callable[[Bits, Bits], Bits]) -> Table:
        space = self.spaces.of(tuple(sorted({axis for t in tables for axis in t.space.axes})))
        return Table(space, reduce(operation, [self._spread(t, space) for t in tables]))

    def _spread(self, table: Table, space: Space) -> Bits:
        if table.space is space:
            return table.bits
        return table.bits[self.spaces.place(table.space, space.product, space.choice)]


def _ranks(names: Sequence[str]) -> Nodes:
    """Rank names as people count: `die 2` before `die 10`."""
    order = {name: rank for rank, name in enumerate(sorted(set(names), key=natural))}
    return np.array([order[name] for name in names], dtype=np.int64)


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """Split a name so that numbers in it compare as numbers.

    >>> sorted(["die 10", "die 2"], key=natural)
    ['die 2', 'die 10']
    """
    parts: list[tuple[int, str]] = []
    word = ""
    for char in name:
        if word and word[-1].isdigit() != char.isdigit():
            parts.append((int(word) if word.isdecimal() else 0, word))
            word = ""
        word += char
    return (*parts, (int(word) if word.isdecimal() else 0, word))
