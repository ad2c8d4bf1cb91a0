"""The best reading is the one that trying every binding finds, and finding it stays affordable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product as combinations
from math import prod

import numpy as np
import pytest

from products import Facts, chip_stack, flip_chip_package, iri, random_products
from readson import elimination, shortlists, tables
from readson.assess import Assessment, assess
from readson.focus import ABSENT, UNNAMED, Focus
from readson.ontology import Ontology
from readson.shapes import Patent
from readson.statements import PRODUCT
from readson.tables import natural
from readson.verdicts import AGAINST, FOR, Verdict, conjoin
from readson.worlds import WORLDS

MOST = 30_000
"""As many bindings of one claim are tried one by one; claims with more are left out."""


@dataclass(frozen=True)
class Tried:
    """All bindings of a claim: the choice of candidates, whether some are spare, and the bits of elements."""

    choices: tuple[tuple[int, ...], ...]
    spare: np.ndarray
    bits: dict[str, np.ndarray]

    @property
    def claim(self) -> np.ndarray:
        """Give the bits of the claim on every binding: AND over its elements."""
        return reduce(conjoin, self.bits.values())

    def count(self, verdict: Verdict) -> np.ndarray:
        """Count the elements with a verdict on every binding."""
        return np.sum([bits == verdict.value for bits in self.bits.values()], axis=0)


def try_all(assessment: Assessment, claim: int) -> Tried:
    """Judge every element of a claim on every binding of its roles to candidates of the only product."""
    search, roles = assessment.search, assessment.patent.claims[claim].roles
    nodes = [search.candidates(role).node for role in roles]
    choices = tuple(combinations(*(range(len(n)) for n in nodes)))
    columns = np.array(choices).reshape(len(choices), len(roles)).T
    bound = {role: n[column] for role, n, column in zip(roles, nodes, columns, strict=True)}
    spare = [search.candidates(role).spare[column] for role, column in zip(roles, columns, strict=True)]
    focus = Focus(np.zeros(len(choices), dtype=np.int64), bound)
    bits = {
        e.id: search.judge.judge(e.constructions[0].demand, focus, frozenset(e.introduces))
        for e in assessment.patent.elements(claim)
        if not e.inherits
    }
    return Tried(choices, np.sum(spare, axis=0), bits)


def bindings(assessment: Assessment, claim: int) -> int:
    """Count the bindings of a claim."""
    roles = assessment.patent.claims[claim].roles
    return prod(len(assessment.search.candidates(role).node) for role in roles)


BEST_FIRST = [Verdict.MET, Verdict.CONFLICTING, Verdict.UNKNOWN, Verdict.NOT_MET]


def best_row(tried: Tried) -> int:
    """Rank bindings as section 5 of the architecture does; the order of candidates breaks ties."""
    rank = np.array([BEST_FIRST.index(Verdict(int(bits))) for bits in tried.claim])
    keys = (tried.count(Verdict.NOT_MET), -tried.count(Verdict.MET), rank, tried.spare)
    return int(np.lexsort(keys)[0])


def over_all(tried: Tried) -> Verdict:
    """Judge a claim over all readings: met only if one of them is met, not met only if all are refuted."""
    verdicts = set(tried.claim.tolist())
    supported, refuted = any(v & FOR for v in verdicts), all(v & AGAINST for v in verdicts)
    if supported and Verdict.MET.value not in verdicts:
        return Verdict.CONFLICTING
    return Verdict(supported * FOR | refuted * AGAINST)


def search_as_if_large(patch: pytest.MonkeyPatch) -> None:
    """Search in the ways that only pay with many parts."""
    patch.setattr(tables, "MANY", 0)
    patch.setattr(elimination, "LARGE", 0)
    patch.setattr(shortlists, "OVERHEAD", 1e-9)


def chosen(choice: dict[str, np.ndarray], roles: Sequence[str]) -> tuple[int, ...]:
    return tuple(int(choice[role][0]) for role in roles)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("world", WORLDS)
def test_best_reading_is_what_trying_every_binding_finds(
    world: str, large: bool, ontology: Ontology, patent: Patent, monkeypatch: pytest.MonkeyPatch
) -> None:
    if large:
        search_as_if_large(monkeypatch)
    tried, numbers = 0, range(7050, 7055) if large else range(7000, 7016)
    for product in random_products(numbers, ontology, most=8, spread=True):
        assessment = assess([product], ontology, patent, world)
        for number, claim in patent.claims.items():
            if bindings(assessment, number) > MOST:
                continue
            every = try_all(assessment, number)
            best, found = best_row(every), assessment.readings[number]
            assert chosen(found.choice, claim.roles) == every.choices[best], (product.slug, number)
            for id, bits in every.bits.items():
                assert found.elements[id][0] == bits[best], (product.slug, number, id)
            assert assessment.verdict(number, 0) is over_all(every), (product.slug, number)
            tried += 1
    assert tried > 18 * len(numbers)


@pytest.mark.parametrize("world", WORLDS)
def test_near_best_reading_is_the_best_that_binds_the_role_otherwise(
    world: str, ontology: Ontology, patent: Patent
) -> None:
    compared = 0
    for product in random_products(range(7100, 7110), ontology, most=8, spread=True):
        assessment = assess([product], ontology, patent, world)
        for number, claim in patent.claims.items():
            if bindings(assessment, number) > MOST:
                continue
            every, best = try_all(assessment, number), assessment.readings[number]
            order = np.lexsort((every.count(Verdict.NOT_MET), -every.count(Verdict.MET), every.spare))
            varied = [r for r in claim.roles if len(assessment.search.candidates(r).node) > 1]
            near = assessment.search.next_best(claim, best)
            for role, (choice, usable) in zip(varied, near, strict=True):
                place = claim.roles.index(role)
                others = [c for row in order if (c := every.choices[row])[place] != best.choice[role][0]]
                assert usable[0]
                assert chosen(choice, claim.roles) == others[0], (product.slug, number, role)
                compared += 1
    assert compared > 300


# ---- Candidates -----------------------------------------------------------------------------------------


def entries(facts: Facts, role: str, ontology: Ontology, patent: Patent, world: str = "documented") -> list:
    """Name the candidates of a role, in order."""
    facts.kind("pkg:Package", PRODUCT)
    assessment = assess([facts.product()], ontology, patent, world)
    names = assessment.graph.names
    nodes = assessment.search.candidates(iri(f"cp:{role}")).node.tolist()
    return [names[n] if n >= 0 else n for n in nodes]


def test_a_part_of_an_unknown_kind_is_a_candidate_and_one_of_another_kind_is_not(
    ontology: Ontology, patent: Patent
) -> None:
    facts = Facts().kind("pkg:HeatSink", "sink").kind("pkg:Part", "plate").kind("pkg:Stiffener", "ring")
    assert entries(facts, "heatSink", ontology, patent) == ["plate", "sink"]


def test_a_part_nobody_named_is_a_candidate_unless_the_kind_is_named_in_full(
    ontology: Ontology, patent: Patent
) -> None:
    facts = Facts().kind("pkg:HeatSink", "sink")
    assert entries(facts, "heatSink", ontology, patent, "open") == ["sink", UNNAMED]
    assert entries(facts.all_of("pkg:HeatSink", "sink"), "heatSink", ontology, patent, "open") == ["sink"]
    assert entries(Facts().all_of("pkg:HeatSink"), "heatSink", ontology, patent, "open") == [ABSENT]
    assert entries(Facts(), "heatSink", ontology, patent) == [UNNAMED]
    assert entries(Facts(), "heatSink", ontology, patent, "closed") == [ABSENT]


def test_candidates_stand_in_the_order_in_which_people_count(ontology: Ontology, patent: Patent) -> None:
    facts = Facts().kind("pkg:HeatSink", "sink 10", "sink 9", "a sink", "sink")
    assert entries(facts, "heatSink", ontology, patent) == ["a sink", "sink", "sink 9", "sink 10"]
    assert sorted(["die 10", "die 9a", "die 9"], key=natural) == ["die 9", "die 9a", "die 10"]


def test_of_equal_parts_the_first_by_name_is_bound(ontology: Ontology, patent: Patent) -> None:
    facts = flip_chip_package().kind("pkg:PolyimideFilm", "film 10", "film 9", "another film")
    for name in ("film 10", "film 9", "another film"):
        facts.relate(name, "pkg:appliedOver", "sink 1")
    assessment = assess([facts.product()], ontology, patent)
    assert assessment.verdict(21, 0) is Verdict.MET
    assert assessment.graph.names[assessment.binding(21, 0)[iri("cp:film")]] == "another film"


def test_a_claim_stays_open_while_a_part_nobody_named_might_meet_it(
    ontology: Ontology, patent: Patent
) -> None:
    facts = flip_chip_package()
    facts.statements = [s for s in facts.statements if s.property != iri("pkg:over") or s.subject != "sink 1"]
    facts.deny("sink 1", "pkg:over", "die 1")
    verdicts = {w: assess([facts.product()], ontology, patent, w).verdict(1, 0) for w in WORLDS}
    assert verdicts == dict(zip(WORLDS, (Verdict.UNKNOWN, Verdict.NOT_MET, Verdict.NOT_MET), strict=True))


# ---- Work -----------------------------------------------------------------------------------------------


def stack_of(dies: int) -> Facts:
    """Describe a stack of many dies, each flip-chip bonded to the one below, and a film in every gap."""
    facts = chip_stack(f"stack-{dies}")
    for number in range(4, dies + 1):
        facts.kind("pkg:MemoryChip", f"die {number}")
        facts.relate(f"die {number}", "pkg:flipChipBondedTo", f"die {number - 1}")
        facts.kind("pkg:BondingGap", f"gap {number}").kind("pkg:UnderfillFilm", f"film {number}")
        facts.relate(f"gap {number}", "pkg:between", f"die {number}", f"die {number - 1}")
        facts.relate(f"film {number}", "pkg:fills", f"gap {number}")
    return facts


def test_work_grows_at_most_with_the_square_of_the_number_of_dies(ontology: Ontology, patent: Patent) -> None:
    rows = {}
    for dies in (16, 32, 64):
        assessment = assess([stack_of(dies).product()], ontology, patent)
        assert assessment.verdict(9, 0) is Verdict.MET
        rows[dies] = max(len(space.product) for space in assessment.search.spaces._spaces.values())
    assert rows[32] <= 4 * rows[16]
    assert rows[64] <= 4 * rows[32]
