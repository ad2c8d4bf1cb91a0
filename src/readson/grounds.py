"""Grounds: the statements and assumptions that a verdict rests on, none of which could be left out.

A candidate is judged alone, as an excerpt. The search asks for many candidates at once, so that those of all
rows, products and claims are judged in one graph a round.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from readson.assess import Assessment
from readson.excerpts import Excerpt, Excerpts
from readson.expressions import kinds_asked, routes
from readson.graph import confirmed
from readson.stated import Assumption, Ground, Proof, key
from readson.statements import TYPE, Grade, Statement
from readson.together import Asked, alike, bound
from readson.verdicts import Verdict
from readson.ways import properties

Candidate = tuple[int, ...]
"""Grounds by their places in a list of them."""
Search = Generator[list[Candidate], list[bool], Candidate]
"""It asks of candidates whether each suffices, and ends with one that does."""
HANDFULS = 16
"""Into as many parts, about, a long list of candidates is divided."""
NODES = 100_000
"""As many nodes as one graph of excerpts has, about; more excerpts make more graphs."""


@dataclass(frozen=True, slots=True)
class Question(Asked):
    """What to explain: the verdict of a demand on one product, on nodes that its roles are bound to.

    `cited` are the grounds that an explanation found, the most telling first.
    """

    verdict: Verdict
    cited: Proof


def settle(assessment: Assessment, questions: Sequence[Question]) -> list[Proof]:
    """Find for every question grounds that suffice and hold nothing to spare.

    They suffice with all the support that the verdict has. Of a verdict that is one side of a conflict, the
    whole description has more; so what speaks against that side is to spare like all else.
    """
    wide: list[list[Ground]] = [[] for _ in questions]
    searches = [least(_levels(assessment, q, grounds)) for q, grounds in zip(questions, wide, strict=True)]
    asked = {number: next(search) for number, search in enumerate(searches)}
    found: dict[int, Proof] = {}
    while asked:
        rows = [(n, tuple(wide[n][i] for i in c)) for n, candidates in asked.items() for c in candidates]
        verdicts = iter(judge_alone(assessment, [(questions[n], grounds) for n, grounds in rows]))
        for number, candidates in list(asked.items()):
            enough = [questions[number].verdict.is_within(next(verdicts)) for _ in candidates]
            try:
                asked[number] = searches[number].send(enough)
            except StopIteration as ended:
                found[number] = tuple(wide[number][i] for i in ended.value)
                del asked[number]
    return [found[number] for number in range(len(questions))]


# The search


def least(levels: Iterable[Candidate]) -> Search:
    """Find the first level that suffices, and leave out of it whatever is not needed, last things first.

    Should none suffice, the last level is the answer: it holds all that is known.
    """
    for level in levels:
        if (yield [level]) == [True]:
            return (yield from _without_spare(level))
    return level


def _without_spare(kept: Candidate) -> Search:
    """Leave out grounds until no single one can be; many are first tried a handful at a time."""
    size = max(1, len(kept) // HANDFULS)
    while kept:
        handfuls = [kept[i : i + size] for i in range(0, len(kept), size)]
        enough = yield [_without(kept, handful) for handful in handfuls]
        spare = [handful for handful, still in zip(handfuls, enough, strict=True) if still]
        if spare:
            kept = yield from _without_most(kept, spare)
        elif size == 1:
            break
        size = min(max(1, size // 4), max(1, len(kept) // HANDFULS))
    return kept


def _without_most(kept: Candidate, spare: Sequence[Candidate]) -> Search:
    """Leave out as many as can be at once of what is spare one by one, the last first."""
    last = (spare[-count:] for count in range(1, len(spare) + 1))
    shorter = [_without(kept, {ground for handful in handfuls for ground in handful}) for handfuls in last]
    enough = yield shorter[1:]
    return [shorter[0], *(s for s, still in zip(shorter[1:], enough, strict=True) if still)][-1]


def _without(candidate: Candidate, left_out: Collection[int]) -> Candidate:
    return tuple(ground for ground in candidate if ground not in left_out)


# What may be grounds


def _levels(assessment: Assessment, question: Question, wide: list[Ground]) -> Iterator[Candidate]:
    """Fill `wide` with what may be grounds, the most telling first, and give its places to try in turn.

    What is cited; with the kinds of the items it speaks of; with all kinds; with all that the description
    says; and with all that its silence may mean. Assumptions come last, to be left out first.
    """
    assumed = [g for g in question.cited if isinstance(g, Assumption)]
    last, known = tuple(range(len(assumed))), {key(ground) for ground in assumed}
    wide += assumed
    for step in _steps(assessment, question):
        wide += [ground for ground in step if key(ground) not in known]
        known |= {key(ground) for ground in step}
        yield (*range(len(assumed), len(wide)), *last)


def _steps(assessment: Assessment, question: Question) -> Iterator[Sequence[Ground]]:
    said: list[Statement] = [g for g in question.cited if not isinstance(g, Assumption)]
    said.sort(key=lambda s: s.evidence.grade is Grade.DERIVED)
    yield said
    every = list(confirmed(assessment.graph.products[question.product]))
    kinds, spoken = [s for s in every if s.property == TYPE], _spoken_of(assessment, question)
    yield [s for s in kinds if s.subject in spoken]
    yield kinds
    yield every
    if assessment.graph.closed:
        yield list(_silences(assessment, question))


def _silences(assessment: Assessment, question: Question) -> Iterator[Assumption]:
    """List what the closed world supplies for what a demand asks: properties of all nodes, and kinds."""
    derived, nodes = assessment.patent.derived, np.flatnonzero(assessment.graph.owner == question.product)
    for cls in sorted(set(kinds_asked(question.demand, derived))):
        yield Assumption("", int(assessment.graph.roots[question.product]), cls)
    names = {name for route in routes(question.demand, derived) for name in properties(route)}
    for name in sorted(names):
        yield from (Assumption(name, node) for node in nodes.tolist())


def _spoken_of(assessment: Assessment, question: Question) -> set[str]:
    """Name the items that cited grounds speak of, and those that roles are bound to."""
    nodes = [node for _, node in question.roles if node >= 0]
    nodes += [g.node for g in question.cited if isinstance(g, Assumption)]
    found = {assessment.graph.names[node] for node in nodes}
    for ground in question.cited:
        if not isinstance(ground, Assumption):
            found |= {ground.subject, str(getattr(ground.content, "object", ""))}
    return found


# Judging candidates


def judge_alone(assessment: Assessment, rows: Sequence[tuple[Question, Proof]]) -> list[Verdict]:
    """Judge every question on the grounds beside it, and on nothing else."""
    found: list[Verdict] = []
    for batch in batches(assessment, rows):
        found += _judge_batch(assessment, batch)
    return found


def batches(
    assessment: Assessment, rows: Sequence[tuple[Question, Proof]]
) -> Iterator[list[tuple[Question, Proof]]]:
    """Divide rows so that the graph of each part does not get too large."""
    batch: list[tuple[Question, Proof]] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += len(assessment.graph.products[row[0].product].items)
        if size > NODES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def excerpt(question: Question, grounds: Proof) -> Excerpt:
    """Make an excerpt of what grounds say."""
    said = tuple(g for g in grounds if not isinstance(g, Assumption))
    return Excerpt(question.product, said, tuple(g for g in grounds if isinstance(g, Assumption)))


def _judge_batch(assessment: Assessment, rows: Sequence[tuple[Question, Proof]]) -> list[Verdict]:
    places: dict[tuple[object, ...], int] = {}
    alone: list[Excerpt] = []
    at = np.zeros(len(rows), dtype=np.int64)
    for number, (question, grounds) in enumerate(rows):
        at[number] = place = places.setdefault((question.product, *map(key, grounds)), len(alone))
        if place == len(alone):
            alone.append(excerpt(question, grounds))
    excerpts = Excerpts(assessment, alone)
    bits = np.zeros(len(rows), dtype=np.uint8)
    for numbers in alike(question for question, _ in rows):
        several = [rows[n][0] for n in numbers]
        first = several[0]
        bits[numbers] = excerpts.judged(first.demand, at[numbers], bound(several), first.introduced)
    return [Verdict(int(b)) for b in bits]
