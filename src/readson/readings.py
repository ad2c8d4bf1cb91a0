"""Readings: bind the roles of a claim to parts, coherently, and keep the best binding.

Roles are eliminated one after the other, keeping the best binding, so that cost follows the structure of
the claim and not (parts) to the power of (roles).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from readson.elimination import Minimiser
from readson.factors import Factor, Part, Scores, given
from readson.judging import Judge
from readson.relations import Mask, Nodes
from readson.shapes import Claim, Patent
from readson.tables import Table, Tables
from readson.verdicts import Bits, conjoin, pack

DIGIT = np.int64(64)
"""Base of the lexicographic scores: a claim has fewer elements, own and inherited, than this."""


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


class Search(Tables):
    """Find best readings on one graph."""

    def __init__(self, judge: Judge, patent: Patent, constructions: Mapping[str, str]) -> None:
        super().__init__(judge, patent, constructions)
        self.minimiser = Minimiser(self.spaces)
        self._costs: dict[tuple[str, Aims], Factor] = {}

    def best(self, claim: Claim) -> Readings:
        """Find the best reading of a claim on every product, and the verdict over all readings."""
        everything = np.arange(self.products)
        choice, scores = self.minimiser.minimise(claim.roles, self._factors(claim, AIMS))
        count = scores // DIGIT % DIGIT
        supported = count[LACKING] == 0
        kind = np.where(supported, LACKING, np.where(count[REFUTED] == 0, REFUTED, MET_FIRST))
        chosen = {r: choice[r][kind, everything] for r in claim.roles}
        # In Belnap's logic "conflicting or unknown" is met; a claim is met only by a reading that is.
        disputed = supported & (scores[LACKING] % DIGIT > 0)
        verdict = pack(supported, (scores[ANY_READING] > 0) | disputed)
        return Readings(verdict, chosen, self.bits_of(claim, chosen), scores[kind, everything])

    def next_best(self, claim: Claim, readings: Readings) -> Iterator[tuple[dict[str, Nodes], Mask]]:
        """For every role with a choice, find the best reading that binds it differently."""
        for role in claim.roles:
            if self.candidates(role).count.max() > 1:
                factors = [*self._factors(claim, MOST_MET), self._ban(role, readings.choice[role])]
                choice, scores = self.minimiser.minimise(claim.roles, factors)
                yield {r: places[0] for r, places in choice.items()}, scores[0] < BANNED // 2

    def _factors(self, claim: Claim, aims: Aims) -> list[Factor]:
        """Give what elements and spare parts cost; claims share them, and so the sums of the same ones."""
        elements = {e.id: e for e in self.patent.elements(claim.number) if not e.inherits}
        for id, element in elements.items():
            if (id, aims) not in self._costs:
                parts = tuple(Part(t.space, t.bits) for t in self.tables(element))
                self._costs[id, aims] = Factor(parts, aims.cost)
        for role in claim.roles:
            if (role, aims) not in self._costs:
                column = aims.of_spare[:, None] * self.candidates(role).spare
                self._costs[role, aims] = Factor((Part(self.spaces.of((role,)), column),), given)
        return [self._costs[key, aims] for key in (*elements, *claim.roles)]

    def _ban(self, role: str, choice: Nodes) -> Factor:
        space = self.spaces.of((role,))
        column = (space.choice[role] == choice[space.product]) * BANNED
        return Factor((Part(space, column[None]),), given)

    def bits_of(self, claim: Claim, choice: Mapping[str, Nodes]) -> dict[str, Bits]:
        """Judge every element of a claim for given choices, one a product."""
        elements = [e for e in self.patent.elements(claim.number) if not e.inherits]
        bits = {e.id: self._at(self.tables(e), choice) for e in elements}
        for ancestor in self.patent.lineage(claim.number):
            for element in ancestor.elements:
                if element.inherits:
                    parents = self.patent.elements(ancestor.parent)
                    bits[element.id] = reduce(conjoin, [bits[e.id] for e in parents])
        return bits

    def _at(self, tables: tuple[Table, ...], choice: Mapping[str, Nodes]) -> Bits:
        everything = np.arange(self.products)
        return reduce(conjoin, [t.bits[self.spaces.place(t.space, everything, choice)] for t in tables])


@dataclass(frozen=True, slots=True, eq=False)
class Aims:
    """What a reading may aim at, a lane an aim: the cost of an element by its bits, and of a spare part."""

    of_bits: Scores
    of_spare: Scores

    def cost(self, *bits: Bits) -> Scores:
        """Give what elements cost whose parts have these bits."""
        return self.of_bits.take(reduce(conjoin, bits), axis=1)


LACKING, REFUTED, MET_FIRST, ANY_READING = range(4)
# Fewest elements without support; fewest refuted; most met; fewest refuted, whether parts are spare or not.
# An element that is (unknown, met, not met, conflicting) costs two digits, of which the first weighs more.
_FIRST = np.array(((1, 0, 1, 0), (0, 0, 1, 1), (1, 0, 1, 1), (0, 0, 0, 0)))
_SECOND = np.array(((0, 0, 1, 1), (1, 0, 1, 0), (0, 0, 1, 0), (0, 0, 1, 1)))
AIMS = Aims(_FIRST * DIGIT + _SECOND, np.array((1, 1, 1, 0)) * DIGIT**3)
MOST_MET = Aims(AIMS.of_bits[[MET_FIRST]], AIMS.of_spare[[MET_FIRST]])
BANNED = DIGIT**6
