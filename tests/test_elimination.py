"""Roles are eliminated in several ways, and each finds what trying every combination finds."""

from __future__ import annotations

from functools import reduce
from itertools import product as combinations

import numpy as np
import pytest

from readson import elimination, shortlists
from readson.elimination import Minimiser
from readson.factors import NONE, Factor, Part, cheapest, given, pricing
from readson.outcomes import distinct_labels
from readson.relations import Nodes
from readson.shortlists import set_aside
from readson.spaces import Space, Spaces
from readson.verdicts import AGAINST, FOR, Bits, conjoin

ROLES = ("first", "second", "third")
COST = np.array(((2, 1, 3, 2), (1, 1, 2, 3)))
"""What the four verdicts cost, in two lanes; nothing is for nothing."""


def cost(*bits: Bits) -> Nodes:
    return COST[:, reduce(conjoin, bits)]


def spaces_with(*counts: int) -> Spaces:
    """Give two products; each of them has so many candidates for a role, the second one more."""
    return Spaces(lambda role: counts[ROLES.index(role)] + np.arange(2), 2)


def differ(spaces: Spaces, left: str, right: str, draw: np.random.Generator) -> Part:
    """Judge "another one than": not met by the same candidate, or unknown where it may be several things."""
    space = spaces.of((left, right))
    several = draw.random(100) < 0.3
    same = space.choice[left] == space.choice[right]
    last = space.choice[left] == spaces.count(left)[space.product] - 1
    bits = np.where(same, np.where(several[space.choice[left]], 0, AGAINST), np.where(last, 0, FOR))
    return Part(space, bits.astype(np.uint8))


def drawn(spaces: Spaces, axes: tuple[str, ...], draw: np.random.Generator) -> Part:
    """Draw verdicts for all combinations."""
    space = spaces.of(axes)
    return Part(space, draw.integers(0, 4, len(space.product), dtype=np.uint8))


def spare(spaces: Spaces, role: str) -> Factor:
    """Let the last candidate of a role cost more."""
    space = spaces.of((role,))
    last = space.choice[role] == spaces.count(role)[space.product] - 1
    return Factor((Part(space, np.array(((5,), (3,))) * last),), given)


def three_that_differ(spaces: Spaces, draw: np.random.Generator) -> list[Factor]:
    """Let three roles be told apart from each other, beside verdicts on each pair that follows the other."""
    apart = {pair: differ(spaces, *pair, draw) for pair in (("first", "second"), ("first", "third"))}
    last = (drawn(spaces, ("second", "third"), draw), differ(spaces, "second", "third", draw))
    return [
        Factor((apart["first", "second"], drawn(spaces, ("first", "second"), draw)), cost),
        Factor((apart["first", "third"], *last), cost),
        *(spare(spaces, role) for role in ROLES),
    ]


def least(spaces: Spaces, factors: list[Factor], product: int) -> list[tuple[int, tuple[int, ...]]]:
    """Try every combination: the least cost and the first choices that have it, lane by lane."""
    counts = [int(spaces.count(role)[product]) for role in ROLES]
    every = list(combinations(*map(range, counts)))
    columns = dict(zip(ROLES, np.array(every).T, strict=True))
    which = np.full(len(every), product)
    rows = {p.space.axes: spaces.place(p.space, which, columns) for f in factors for p in f.parts}
    total = reduce(np.add, [f.at(rows) for f in factors])
    return [(int(lane.min()), every[int(lane.argmin())]) for lane in total]


def assert_least(spaces: Spaces, factors: list[Factor]) -> None:
    choice, scores = Minimiser(spaces).minimise(ROLES, factors)
    for number in range(spaces.products):
        for lane, best in enumerate(least(spaces, factors, number)):
            found = tuple(int(choice[role][lane, number]) for role in ROLES)
            assert (int(scores[lane, number]), found) == best


def test_a_role_that_only_differs_from_another_is_set_aside_when_there_are_many_candidates() -> None:
    for counts, aside in (((3, 3, 3), None), ((40, 40, 40), ("first",))):
        spaces = spaces_with(*counts)
        factors = three_that_differ(spaces, np.random.default_rng(0))[1:]
        reduced = spaces.of(("first", "second"))
        found = set_aside(spaces, [f for f in factors if "third" in f.roles], "third", reduced)
        assert (found and found.space.axes) == aside


def test_what_hangs_on_a_third_role_too_is_not_set_aside() -> None:
    spaces, draw = spaces_with(40, 40, 40), np.random.default_rng(0)
    factors = [Factor((differ(spaces, "first", "third", draw), drawn(spaces, ROLES, draw)), cost)]
    assert set_aside(spaces, factors, "third", spaces.of(("first", "second"))) is None


def test_three_roles_that_must_differ_are_bound_as_trying_every_combination_does() -> None:
    for seed in range(6):
        draw = np.random.default_rng(seed)
        spaces = spaces_with(*draw.integers(14, 30, 3))
        assert_least(spaces, three_that_differ(spaces, draw))


@pytest.mark.parametrize("seed", range(300))
def test_shortlists_are_long_enough_however_few_candidates_there_are(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shortlists, "OVERHEAD", 1e-9)
    monkeypatch.setattr("readson.factors.BLOCK", (7, 40, 1 << 16, 1 << 16)[seed // 75])
    draw = np.random.default_rng(seed)
    spaces = spaces_with(*draw.integers(1, 5, 3))
    factors = three_that_differ(spaces, draw)
    assert_least(spaces, factors)
    assert_least(spaces, factors[:2])


@pytest.mark.parametrize("block", [3, 40, 1 << 16])
@pytest.mark.parametrize("keep", [1, 2, 3, 5])
def test_as_many_of_the_cheapest_are_kept_as_are_asked_for(
    keep: int, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readson.factors.BLOCK", block)
    for seed, thirds in enumerate((*range(1, 9), *range(1, 9), 700)):
        draw = np.random.default_rng(seed)
        spaces = spaces_with(*draw.integers(1, 9, 2), thirds)
        factors = [Factor((drawn(spaces, ("first", "third"), draw),), cost)]
        reduced = spaces.of(("first",))
        found = np.sort(cheapest(spaces, factors, "third", reduced, keep), axis=1)
        price = pricing(spaces, factors, "third", reduced)
        for row, product in enumerate(reduced.product.tolist()):
            places = np.arange(spaces.count("third")[product])
            every = np.sort(price(np.full(len(places), row), places), axis=1)[:, :keep]
            assert (found[:, : every.shape[1], row] == every).all()
            assert (found[:, every.shape[1] :, row] == NONE).all()


@pytest.mark.parametrize("seed", range(20))
def test_candidates_are_tried_in_blocks_and_condensed_to_verdicts_without_a_difference(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elimination, "LARGE", 0)
    monkeypatch.setattr("readson.factors.BLOCK", 7)
    draw = np.random.default_rng(seed)
    spaces = spaces_with(*draw.integers(1, 6, 3))
    pairs = [drawn(spaces, pair, draw) for pair in (("first", "second"), ("first", "third"), ("third",))]
    assert_least(spaces, [Factor(tuple(pairs), cost), *(spare(spaces, role) for role in ROLES)])


def outcome(spaces: Spaces, deciders: tuple[str, str], other: str, draw: np.random.Generator) -> Space:
    """Let two roles decide an outcome, and lay out what the third has to do with it."""
    pairs = spaces.of(deciders)
    spaces.outcomes["between"] = distinct_labels(pairs, draw.integers(0, 3, len(pairs.product)), 2)
    return spaces.of(("between", other))


@pytest.mark.parametrize("other", ROLES)
@pytest.mark.parametrize("seed", range(20))
def test_an_outcome_stands_for_the_roles_that_decide_it(seed: int, other: str) -> None:
    draw = np.random.default_rng(seed)
    spaces = spaces_with(*draw.integers(1, 6, 3))
    first, second = deciders = tuple(role for role in ROLES if role != other)
    judged = Part(outcome(spaces, deciders, other, draw), draw.integers(0, 4, 10_000, dtype=np.uint8))
    factors = [Factor((judged, drawn(spaces, (first,), draw)), cost), Factor((judged,), cost)]
    factors.append(Factor((drawn(spaces, (second, other), draw),), cost))
    assert_least(spaces, [*factors, *(spare(spaces, role) for role in ROLES)])
