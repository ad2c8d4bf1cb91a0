"""Readings: bind the roles of a claim to parts, coherently, and keep the best binding.

Candidates come from the ontology's classes. Each element is judged once for every combination of the
roles it mentions; roles are then eliminated one after the other, keeping the best binding, so that cost
follows the structure of the claim and not (parts) to the power of (roles).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from readson.expressions import And, Expression, Not, Or, starts
from readson.focus import ABSENT, UNNAMED, Focus
from readson.judging import Judge
from readson.relations import Mask, Nodes
from readson.shapes import Claim, Element, Patent
from readson.verdicts import AGAINST, Bits, conjoin, disjoin, negate, pack

Scores = Nodes
DIGIT = np.int64(64)
"""Base of the lexicographic scores: a claim has fewer elements, own and inherited, than this."""


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
class Space:
    """All combinations of some roles, product by product; the last role varies fastest."""

    roles: tuple[str, ...]
    product: Nodes
    choice: Mapping[str, Nodes]
    first: Nodes


@dataclass(frozen=True, slots=True)
class Table:
    """Verdict bits for every combination of the roles an expression mentions."""

    space: Space
    bits: Bits


@dataclass(frozen=True, slots=True)
class Readings:
    """The best reading of one claim on each product.

    `choice[role]` is the place among the role's candidates, `elements[id]` the bits of each element in
    that reading; `claim` are the bits of the claim on the product, over all readings.
    """

    claim: Bits
    choice: Mapping[str, Nodes]
    elements: Mapping[str, Bits]
    score: Scores


class Search:
    """Find best readings on one graph; tables are judged once and shared between claims."""

    def __init__(self, judge: Judge, patent: Patent, constructions: Mapping[str, str]) -> None:
        self.judge, self.patent, self.constructions = judge, patent, constructions
        self.products = len(judge.graph.products)
        self._candidates: dict[str, Candidates] = {}
        self._spaces: dict[tuple[str, ...], Space] = {}
        self._tables: dict[tuple[str, str], Table] = {}
        self._scopes: dict[str, frozenset[str]] = {}
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
        against = reduce(np.bitwise_and, [paths.is_a(c) for c in classes]) & AGAINST
        node = np.flatnonzero((against == 0) & (graph.owner >= 0))
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

    def space(self, roles: tuple[str, ...]) -> Space:
        """Lay out all combinations of the roles."""
        if roles not in self._spaces:
            counts = [self.candidates(r).count for r in roles]
            total = reduce(np.multiply, counts, np.ones(self.products, dtype=np.int64))
            first = np.cumsum(total) - total
            product = np.repeat(np.arange(self.products), total)
            rest = np.arange(len(product)) - first[product]
            choice: dict[str, Nodes] = {}
            for role, count in zip(reversed(roles), reversed(counts), strict=True):
                choice[role] = rest % count[product]
                rest = rest // count[product]
            self._spaces[roles] = Space(roles, product, choice, first)
        return self._spaces[roles]

    def bound(self, role: str, product: Nodes, choice: Nodes) -> Nodes:
        """Give the nodes that choices stand for."""
        candidates = self.candidates(role)
        nodes: Nodes = candidates.node[candidates.first[product] + choice]
        return nodes

    def place(self, space: Space, product: Nodes, choice: Mapping[str, Nodes]) -> Nodes:
        """Find the rows of a space for given choices of its roles."""
        offset = np.zeros(len(product), dtype=np.int64)
        for role in space.roles:
            offset = offset * self.candidates(role).count[product] + choice[role]
        return space.first[product] + offset

    # Tables

    def scope(self, demand: Expression) -> frozenset[str]:
        """List the roles an expression mentions, through derived properties too."""
        found: set[str] = set()
        for start in starts(demand):
            found |= self.roles_of(start)
        return frozenset(found)

    def roles_of(self, start: str) -> frozenset[str]:
        """List the roles that a role, a derived property or the product depends on."""
        if start in self.patent.roles:
            return frozenset((start,))
        if start in self.patent.derived and start not in self._scopes:
            routes = self.patent.derived[start].routes
            self._scopes[start] = frozenset(r for route in routes for r in self.roles_of(route.start))
        return self._scopes.get(start, frozenset())

    def table(self, element: Element, construction: str = "") -> Table:
        """Judge an element for every combination of its roles."""
        name = construction or self.constructions.get(element.id, "")
        key = (element.id, name)
        if key not in self._tables:
            demand = element.construction(name).demand
            self._tables[key] = self._judge(demand, frozenset(element.introduces))
        return self._tables[key]

    def _judge(self, demand: Expression, introduced: frozenset[str]) -> Table:
        match demand:
            case And(parts=parts) if parts:
                return self._combine([self._judge(p, introduced) for p in parts], conjoin)
            case Or(parts=parts) if parts:
                return self._combine([self._judge(p, introduced) for p in parts], disjoin)
            case Not(part=part):
                table = self._judge(part, introduced)
                return Table(table.space, negate(table.bits))
            case _:
                space = self.space(tuple(sorted(self.scope(demand))))
                roles = {r: self.bound(r, space.product, space.choice[r]) for r in space.roles}
                return Table(space, self.judge.judge(demand, Focus(space.product, roles), introduced))

    def _combine(self, tables: Sequence[Table], operation: np.ufunc | object) -> Table:
        roles = tuple(sorted({r for t in tables for r in t.space.roles}))
        space = self.space(roles)
        columns = [t.bits[self.place(t.space, space.product, space.choice)] for t in tables]
        return Table(space, reduce(operation, columns))  # type: ignore[arg-type]

    # The best reading

    def best(self, claim: Claim) -> Readings:
        """Find the best reading of a claim on every product, and the verdict over all readings."""
        elements = [e for e in self.patent.elements(claim.number) if not e.inherits]
        tables = {e.id: self.table(e) for e in elements}
        everything = np.arange(self.products)
        choice, score = self._lowest(claim, tables, LACKING)
        without_for = score // DIGIT % DIGIT
        by_against, against_score = self._lowest(claim, tables, REFUTED)
        refuted = against_score // DIGIT % DIGIT
        by_met, met_score = self._lowest(claim, tables, MET_FIRST)
        kind = np.where(without_for == 0, 0, np.where(refuted == 0, 1, 2))
        chosen = {r: np.choose(kind, [choice[r], by_against[r], by_met[r]]) for r in claim.roles}
        bits = {e.id: self._at(tables[e.id], everything, chosen) for e in elements}
        supported = without_for == 0
        # In Belnap's logic "conflicting or unknown" is met; a claim is met only by a reading that is.
        disputed = supported & (score % DIGIT > 0)
        verdict = pack(supported, (self._fewest_refuted(claim, tables) > 0) | disputed)
        self._inherit(claim, bits)
        return Readings(verdict, chosen, bits, np.choose(kind, [score, against_score, met_score]))

    def _at(self, table: Table, product: Nodes, choice: Mapping[str, Nodes]) -> Bits:
        return table.bits[self.place(table.space, product, choice)]

    def _inherit(self, claim: Claim, bits: dict[str, Bits]) -> None:
        """Judge the rows that repeat the parent claim: met exactly when all its elements are."""
        for ancestor in self.patent.lineage(claim.number):
            for element in ancestor.elements:
                if element.inherits:
                    parents = self.patent.elements(ancestor.parent)
                    bits[element.id] = reduce(conjoin, [bits[e.id] for e in parents])

    def _fewest_refuted(self, claim: Claim, tables: Mapping[str, Table]) -> Scores:
        return self._lowest(claim, tables, ANY_READING)[1]

    def _lowest(
        self, claim: Claim, tables: Mapping[str, Table], costs: Costs, ban: tuple[str, Nodes] | None = None
    ) -> tuple[dict[str, Nodes], Scores]:
        """Minimise the summed costs of all elements over all bindings, by eliminating the last role first.

        Of equal bindings the first in the order of names wins, role by role.
        """
        factors = [(t.space, costs.of_bits[t.bits]) for t in tables.values()]
        factors += [self._spare_factor(role, costs) for role in claim.roles if costs.spare]
        if ban is not None:
            factors.append(self._ban_factor(*ban))
        best: list[tuple[str, Space, Nodes]] = []
        for role in reversed(claim.roles):
            touching = [f for f in factors if role in f[0].roles]
            factors = [f for f in factors if role not in f[0].roles]
            joint = self._ordered(touching, role, claim.roles)
            total = self._sum(joint, touching)
            reduced, lowest, arg = self._eliminate(joint, total, role)
            best.append((role, reduced, arg))
            factors.append((reduced, lowest))
        everything = np.arange(self.products)
        choice: dict[str, Nodes] = {}
        for role, reduced, arg in reversed(best):
            choice[role] = arg[self.place(reduced, everything, choice)]
        return choice, self._sum(self.space(()), factors)

    def _ordered(self, touching: list[tuple[Space, Scores]], role: str, order: tuple[str, ...]) -> Space:
        others = {r for space, _ in touching for r in space.roles} - {role}
        return self.space((*(r for r in order if r in others), role))

    def _sum(self, space: Space, factors: list[tuple[Space, Scores]]) -> Scores:
        total = np.zeros(len(space.product), dtype=np.int64)
        for smaller, cost in factors:
            total += cost[self.place(smaller, space.product, space.choice)]
        return total

    def _eliminate(self, joint: Space, total: Scores, role: str) -> tuple[Space, Scores, Nodes]:
        reduced = self.space(joint.roles[:-1])
        count = self.candidates(role).count[reduced.product]
        first = np.cumsum(count) - count
        lowest = np.minimum.reduceat(total, first)
        group = np.repeat(np.arange(len(count)), count)
        place = np.where(total == lowest[group], joint.choice[role], np.iinfo(np.int64).max)
        return reduced, lowest, np.minimum.reduceat(place, first)

    def _spare_factor(self, role: str, costs: Costs) -> tuple[Space, Scores]:
        space = self.space((role,))
        return space, self.candidates(role).spare * costs.spare

    def _ban_factor(self, role: str, choice: Nodes) -> tuple[Space, Scores]:
        space = self.space((role,))
        return space, (space.choice[role] == choice[space.product]) * BANNED

    def next_best(self, claim: Claim, readings: Readings) -> list[tuple[str, dict[str, Nodes], Mask]]:
        """For every role with a choice, find the best reading that binds it differently."""
        elements = [e for e in self.patent.elements(claim.number) if not e.inherits]
        tables = {e.id: self.table(e) for e in elements}
        found = []
        for role in claim.roles:
            if self.candidates(role).count.max() > 1:
                choice, score = self._lowest(claim, tables, MET_FIRST, (role, readings.choice[role]))
                found.append((role, choice, score < BANNED // 2))
        return found

    def bits_of(self, claim: Claim, choice: Mapping[str, Nodes]) -> dict[str, Bits]:
        """Judge every element of a claim for given choices, one a product."""
        everything = np.arange(self.products)
        elements = [e for e in self.patent.elements(claim.number) if not e.inherits]
        bits = {e.id: self._at(self.table(e), everything, choice) for e in elements}
        self._inherit(claim, bits)
        return bits


@dataclass(frozen=True, slots=True)
class Costs:
    """What each verdict of an element costs, by its bits, and what a spare unnamed part costs."""

    of_bits: Scores
    spare: int


def _costs(high: Sequence[int], low: Sequence[int], spare: bool = True) -> Costs:
    """Weigh (unknown, met, not met, conflicting) by two digits, the high one first."""
    digits = np.array(high, dtype=np.int64) * DIGIT + np.array(low, dtype=np.int64)
    return Costs(digits, int(DIGIT**3) if spare else 0)


LACKING = _costs((1, 0, 1, 0), (0, 0, 1, 1))
REFUTED = _costs((0, 0, 1, 1), (1, 0, 1, 0))
MET_FIRST = _costs((1, 0, 1, 1), (0, 0, 1, 0))
ANY_READING = Costs(np.array((0, 0, 1, 1), dtype=np.int64), 0)
BANNED = DIGIT**6


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
