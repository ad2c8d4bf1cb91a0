"""Near readings: of every claim, for each of its roles, the best reading that binds that role otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from readson.assess import Assessment
from readson.verdicts import VERDICTS, Verdict, conjoin


@dataclass(frozen=True, slots=True)
class NearReading:
    """One reading of a claim on one product: the nodes of its roles, and the verdicts on it."""

    binding: Mapping[str, int]
    elements: Mapping[str, Verdict]
    claim: Verdict


@dataclass(frozen=True, slots=True)
class NearReadings:
    """A reading of a claim on every product, as columns; `usable` marks where there is one."""

    nodes: Mapping[str, Sequence[int]]
    bits: Mapping[str, Sequence[int]]
    claim: Sequence[int]
    usable: Sequence[bool]

    def on(self, product: int) -> NearReading:
        """Give the reading on one product."""
        binding = {role: column[product] for role, column in self.nodes.items()}
        elements = {id: VERDICTS[column[product]] for id, column in self.bits.items()}
        return NearReading(binding, elements, VERDICTS[self.claim[product]])


def near_readings(assessment: Assessment, claim: int) -> Iterator[NearReadings]:
    """Find, for every role of a claim, the best reading that binds it otherwise, on all products at once."""
    search, every = assessment.search, np.arange(len(assessment.graph.products))
    for choice, usable in search.next_best(assessment.patent.claims[claim], assessment.readings[claim]):
        bits = search.bits_of(assessment.patent.claims[claim], choice)
        yield NearReadings(
            nodes={role: search.bound(role, every, place).tolist() for role, place in choice.items()},
            bits={id: column.tolist() for id, column in bits.items()},
            claim=reduce(conjoin, bits.values()).tolist(),
            usable=usable.tolist(),
        )
