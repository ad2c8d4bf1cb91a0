"""Supplying: see whether what a reason says is missing would decide the element, were it said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from readson.assess import Assessment
from readson.entailment import entail
from readson.expressions import Expression
from readson.focus import UNNAMED
from readson.gaps import new_items
from readson.graph import assemble
from readson.judging import Judge
from readson.results import Missing, Reason
from readson.statements import Evidence, Product, Statement
from readson.together import Asked, judge_together
from readson.verdicts import Verdict
from readson.worlds import close


@dataclass(frozen=True, slots=True)
class Supply:
    """One demand on one product, on nodes that its roles are bound to, with statements to add."""

    product: int
    demand: Expression
    introduced: frozenset[str]
    roles: tuple[tuple[str, int], ...]
    statements: tuple[Statement, ...]


def judge_supplied(assessment: Assessment, supplies: Sequence[Supply]) -> list[Verdict]:
    """Judge every demand as if its statements had been made too, in the same world, on the same parts."""
    if not supplies:
        return []
    products = [supplied(assessment.graph.products[s.product], s.statements) for s in supplies]
    graph = close(entail(assemble(products, assessment.graph.ontology)), assessment.world)
    judge, names = Judge(graph, assessment.patent.derived), assessment.graph.names
    nodes: list[dict[str, int]] = [{} for _ in products]
    for node, (name, owner) in enumerate(zip(graph.names[2:], graph.owner[2:].tolist(), strict=True), 2):
        nodes[owner].setdefault(name, node)
    rows = []
    for number, supply in enumerate(supplies):
        bound = tuple((r, nodes[number].get(names[n], UNNAMED) if n >= 0 else n) for r, n in supply.roles)
        rows.append(Asked(number, supply.demand, supply.introduced, bound))
    places = judge_together(judge, rows)
    return [place.verdict(row.demand) for row, place in zip(rows, places, strict=True)]


def supplied(product: Product, statements: Iterable[Statement]) -> Product:
    """Add proposed statements to a description as if they had been made."""
    made = tuple(
        replace(s, id=f"supplied {n}", evidence=Evidence()) for n, s in enumerate(dict.fromkeys(statements))
    )
    items = (*product.items, *new_items(made, frozenset(product.items)))
    return replace(product, items=items, statements=(*product.statements, *made))


def checked(reason: Reason, meets: bool, fails: Mapping[Missing, bool]) -> Reason:
    """Leave of proposals those that do what they are proposed for."""
    missing = tuple(
        replace(m, meets=m.meets if meets else (), fails=m.fails if fails.get(m) else ())
        for m in reason.missing
    )
    return replace(reason, missing=missing, parts=tuple(checked(p, meets, fails) for p in reason.parts))
