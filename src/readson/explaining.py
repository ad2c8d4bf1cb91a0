"""Explaining: the reasons of many rows at once, each on its grounds alone.

A row is explained on the whole description first; what that cites is where the search for its grounds
begins. Where the grounds hold less, the row is explained again, on them: so a reason cites nothing to spare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from readson.assess import Assessment
from readson.excerpts import Excerpts
from readson.expressions import Expression
from readson.grounds import Question, batches, excerpt, judge_alone, settle
from readson.reasons import Reasons
from readson.results import Assumed, Grounds, Reason, parts
from readson.shapes import Construction, Element
from readson.stated import Assumption, Proof, distinct_grounds, key
from readson.statements import Statement
from readson.supplying import Supply, checked, judge_supplied
from readson.telling import Telling, shortened
from readson.together import Asked, judge_together
from readson.verdicts import Verdict
from readson.wording import Wording


@dataclass(frozen=True, slots=True)
class Cell:
    """One element on the nodes that its roles are bound to in one product."""

    product: int
    element: str
    roles: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an element has its verdict, and all that this rests on.

    In a conflict `grounds` speak for the element and `rival` against it; elsewhere there are no rivals.
    `otherwise` are the verdicts under the other constructions, in their order.
    """

    reason: Reason
    otherwise: tuple[Verdict, ...]
    grounds: Grounds
    rival: Grounds


def explain(assessment: Assessment, products: Iterable[int]) -> dict[Cell, Explanation]:
    """Explain every row that the charts of these products show, each element and binding once.

    Elements that make the same demand of the same nodes share one reason.
    """
    products = tuple(products)
    tellers = {product: teller(assessment, product) for product in products}
    every = tuple(cells(assessment, products))
    alike: dict[tuple[object, ...], Cell] = {}
    first = {cell: alike.setdefault(_asked(assessment, cell).identity, cell) for cell in every}
    told, found = _explained(assessment, tuple(alike.values()), tellers)
    shown = {cell: shortened(reason) for cell, reason in told.items()}
    listed = {
        cell: tuple(_listed(tellers[cell.product], side) for side in found.get(cell, ((), ())))
        for cell in told
    }
    otherwise = _otherwise(assessment, every)
    return {cell: Explanation(shown[one], otherwise[cell], *listed[one]) for cell, one in first.items()}


def _explained(
    assessment: Assessment, cells: Sequence[Cell], tellers: Mapping[int, Reasons]
) -> tuple[dict[Cell, Reason], dict[Cell, tuple[Proof, Proof]]]:
    """Explain cells, those that are decided on their grounds alone, and give these: for and against."""
    told = _told(assessment, tellers, cells)
    questions = {
        cell: _question(assessment, cell, reason, tellers[cell.product])
        for cell, reason in told.items()
        if reason.verdict is not Verdict.UNKNOWN
    }
    sides = list(_one_sided(told, questions, tellers))
    settled = settle(assessment, [*questions.values(), *(side for _, side in sides)])
    found: dict[Cell, tuple[Proof, Proof]] = {c: (p, ()) for c, p in zip(questions, settled, strict=False)}
    found |= _told_apart(assessment, sides, settled[len(questions) :])
    again = {c: (q, _both(*found[c])) for c, q in questions.items() if _to_spare(q, _both(*found[c]))}
    told |= zip(again, _on_grounds(assessment, list(again.values()), tellers), strict=True)
    told |= _checked(assessment, {c: r for c, r in told.items() if r.verdict is Verdict.UNKNOWN})
    return told, found


def _one_sided(
    told: Mapping[Cell, Reason], questions: Mapping[Cell, Question], tellers: Mapping[int, Telling]
) -> Iterator[tuple[Cell, Question]]:
    """Ask for grounds of either side of each conflict, which decide alone: neither side borrows."""
    for cell, question in questions.items():
        if question.verdict is Verdict.CONFLICTING:
            cited = told[cell].supporting, told[cell].refuting
            for verdict, side in zip((Verdict.MET, Verdict.NOT_MET), cited, strict=True):
                proof = tellers[cell.product].grounds_of(side)
                yield cell, replace(question, verdict=verdict, cited=proof)


def _told_apart(
    assessment: Assessment, asked: Sequence[tuple[Cell, Question]], proofs: Sequence[Proof]
) -> dict[Cell, tuple[Proof, Proof]]:
    """Give both sides of the conflicts of which each decides alone."""
    verdicts = judge_alone(assessment, [(q, proof) for (_, q), proof in zip(asked, proofs, strict=True)])
    sides: dict[Cell, list[Proof]] = {}
    for (cell, question), proof, verdict in zip(asked, proofs, verdicts, strict=True):
        if verdict is question.verdict:
            sides.setdefault(cell, []).append(proof)
    return {cell: (side[0], side[1]) for cell, side in sides.items() if len(side) == 2}


def _both(grounds: Proof, rival: Proof) -> Proof:
    return distinct_grounds((*grounds, *rival))


def cells(assessment: Assessment, products: Iterable[int]) -> Iterator[Cell]:
    """List the cells of all charts of products, each once."""
    listed = (
        cell_of(assessment, element, number, product)
        for product in products
        for number in assessment.readings
        for element in assessment.patent.elements(number)
        if not element.inherits
    )
    yield from dict.fromkeys(listed)


def cell_of(assessment: Assessment, element: Element, claim: int, product: int) -> Cell:
    """Bind the roles that an element mentions, in any construction, as the best reading of a claim does."""
    binding = assessment.binding(claim, product)
    return Cell(product, element.id, tuple((r, binding[r]) for r in assessment.search.roles_in(element)))


def teller(assessment: Assessment, product: int) -> Reasons:
    """Open one product to explaining."""
    wording = Wording(assessment.graph.ontology.lexicon, assessment.graph.products[product])
    return Reasons(assessment.search.judge, assessment.patent, product, assessment.world, wording)


def _told(
    assessment: Assessment, tellers: Mapping[int, Reasons], cells: Sequence[Cell]
) -> dict[Cell, Reason]:
    """Explain cells on the whole description."""
    rows = [_asked(assessment, cell) for cell in cells]
    places = judge_together(assessment.search.judge, rows)
    return {
        cell: tellers[cell.product].explain(row.demand, place)
        for cell, row, place in zip(cells, rows, places, strict=True)
    }


def _asked(assessment: Assessment, cell: Cell) -> Asked:
    return Asked(cell.product, _demand(assessment, cell), _introduced(assessment, cell), cell.roles)


def _otherwise(assessment: Assessment, cells: Iterable[Cell]) -> dict[Cell, tuple[Verdict, ...]]:
    """Judge cells under the constructions that were not chosen."""
    rows = {
        cell: [replace(_asked(assessment, cell), demand=c.demand) for c in _not_chosen(assessment, cell)]
        for cell in cells
    }
    places = iter(
        judge_together(assessment.search.judge, [row for several in rows.values() for row in several])
    )
    return {cell: tuple(next(places).verdict(r.demand) for r in several) for cell, several in rows.items()}


def _not_chosen(assessment: Assessment, cell: Cell) -> list[Construction]:
    element = assessment.patent.element(cell.element)
    return element.others(assessment.constructions.get(cell.element, ""))


def _to_spare(question: Question, grounds: Proof) -> bool:
    """Tell whether something is cited that is not needed."""
    return not {key(g) for g in question.cited} <= {key(g) for g in grounds}


def _demand(assessment: Assessment, cell: Cell) -> Expression:
    name = assessment.constructions.get(cell.element, "")
    return assessment.patent.element(cell.element).construction(name).demand


def _introduced(assessment: Assessment, cell: Cell) -> frozenset[str]:
    return frozenset(assessment.patent.element(cell.element).introduces)


def _question(assessment: Assessment, cell: Cell, reason: Reason, teller: Telling) -> Question:
    demand, introduced = _demand(assessment, cell), _introduced(assessment, cell)
    return Question(cell.product, demand, introduced, cell.roles, reason.verdict, teller.grounds(reason))


def _on_grounds(
    assessment: Assessment, rows: Sequence[tuple[Question, Proof]], tellers: Mapping[int, Telling]
) -> Iterator[Reason]:
    """Explain on grounds alone, in the words of the whole description."""
    for batch in batches(assessment, rows):
        excerpts = Excerpts(assessment, [excerpt(*row) for row in batch])
        asked = [_on_excerpt(excerpts, place, question) for place, (question, _) in enumerate(batch)]
        places = judge_together(excerpts.judge, asked)
        for (question, _), row, place in zip(batch, asked, places, strict=True):
            wording, world = tellers[question.product].wording, assessment.world
            kinds = [a.of_class for a in excerpts.excerpts[row.product].assumptions if a.of_class]
            reasons = Reasons(excerpts.judge, assessment.patent, row.product, world, wording, kinds)
            yield reasons.explain(row.demand, place)


def _on_excerpt(excerpts: Excerpts, place: int, question: Question) -> Asked:
    here, introduced = np.array([place]), excerpts.introduced(question.introduced)
    bound = ((role, int(excerpts.bound(role, here, np.array([node]))[0])) for role, node in question.roles)
    return Asked(place, question.demand, introduced, tuple(bound))


def _checked(assessment: Assessment, told: Mapping[Cell, Reason]) -> dict[Cell, Reason]:
    """Keep of what is proposed for rows that are unknown what would decide them."""
    gaps = {cell: dict.fromkeys(m for r in parts(reason) for m in r.missing) for cell, reason in told.items()}
    whole = {cell: tuple(s for m in reason.missing for s in m.meets) for cell, reason in told.items()}
    single = [(cell, m) for cell, found in gaps.items() for m in found if m.fails]
    complete = [
        cell for cell, reason in told.items() if reason.missing and all(m.meets for m in reason.missing)
    ]
    asked = [*((c, whole[c]) for c in complete), *((c, m.fails) for c, m in single)]
    verdicts = judge_supplied(assessment, [_supply(assessment, *pair) for pair in asked])
    met = {c for c, v in zip(complete, verdicts, strict=False) if v is Verdict.MET}
    failing = zip(single, verdicts[len(complete) :], strict=True)
    failed = {(c, m): v is Verdict.NOT_MET for (c, m), v in failing}
    return {
        cell: checked(reason, cell in met, {m: failed.get((cell, m), False) for m in gaps[cell]})
        for cell, reason in told.items()
    }


def _supply(assessment: Assessment, cell: Cell, statements: tuple[Statement, ...]) -> Supply:
    demand, introduced = _demand(assessment, cell), _introduced(assessment, cell)
    return Supply(cell.product, demand, introduced, cell.roles, statements)


def _listed(teller: Telling, grounds: Proof) -> Grounds:
    """Name grounds: statements by their ids, in the order of the description, and assumptions in words."""
    said = {g.id for g in grounds if not isinstance(g, Assumption)}
    statements = teller.graph.products[teller.product].statements
    assumed = tuple(_assumed(teller, g) for g in grounds if isinstance(g, Assumption))
    return Grounds(tuple(s.id for s in statements if s.id in said), assumed)


def _assumed(teller: Telling, ground: Assumption) -> Assumed:
    item = teller.graph.names[ground.node]
    return Assumed(teller.cite(ground).sentence, item, ground.property, ground.of_class)
