"""The second opinion: what pySHACL says of the readings in the charts, held against our verdicts.

SHACL has two answers: a reading conforms to a shape or does not. An element that is met must conform, one
that is not met or unknown must not. docs/architecture.md says why, and what cannot be compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from readson.assess import Assessment
from readson.building import Opinions
from readson.errors import DisagreementError, Problem
from readson.expressions import And, Below, Every, Expression, Not, Or, Reach, Route, Within, conjuncts
from readson.focus import Focus
from readson.judging import Judge, leaf
from readson.oracle import conforming
from readson.results import Apart, Opinion
from readson.shapes import Construction, Element
from readson.verdicts import FOR, Verdict


def second_opinion(assessment: Assessment, advance: Callable[[], object] = lambda: None) -> Opinions:
    """Ask pySHACL about the reading of every chart; `advance` is called after each product.

    All constructions of all elements are asked, own and inherited. Raise DisagreementError with every
    verdict that its answer rules out.
    """
    exact = _exact(assessment)
    found: dict[tuple[int, int], Opinion] = {}
    problems: list[Problem] = []
    for product in range(len(assessment.graph.products)):
        conforms = conforming(assessment, product)
        for claim in assessment.readings:
            answers = list(_Comparison(assessment, exact, product, claim, conforms[claim]).answers())
            problems += (answer for answer in answers if isinstance(answer, Problem))
            found[product, claim] = _count(a for a in answers if not isinstance(a, Problem))
        advance()
    if problems:
        raise DisagreementError(problems)
    return found


def total(opinions: Iterable[Opinion]) -> Opinion:
    """Add opinions up."""
    every = list(opinions)
    apart = Counter[Apart]()
    for opinion in every:
        apart.update(dict(opinion.apart))
    return Opinion(sum(opinion.agreed for opinion in every), _sorted(apart))


def _count(answers: Iterable[Apart | None]) -> Opinion:
    counts = Counter(answers)
    agreed = counts.pop(None, 0)
    return Opinion(agreed, _sorted(Counter({why: n for why, n in counts.items() if why})))


def _sorted(counts: Counter[Apart]) -> tuple[tuple[Apart, int], ...]:
    return tuple((why, counts[why]) for why in Apart if counts[why])


@dataclass(frozen=True)
class _Comparison:
    """Hold the verdicts of one chart against the shapes that its reading conforms to."""

    assessment: Assessment
    exact: Judge
    product: int
    claim: int
    conforms: frozenset[str]

    def answers(self) -> Iterator[Apart | Problem | None]:
        """Give for every construction of every element why it is apart, what is wrong, or None."""
        for element in self.assessment.patent.elements(self.claim):
            yield from (self._answer(element, used) for used in element.constructions)

    def _answer(self, element: Element, used: Construction) -> Apart | Problem | None:
        verdict, conforms = self._verdict(element, used), used.iri in self.conforms
        closed_unknown = verdict is Verdict.UNKNOWN and self.assessment.graph.closed
        if verdict is Verdict.CONFLICTING:
            return Apart.CONFLICT
        if conforms and verdict is not Verdict.MET and self._silent(element, used):
            return Apart.SILENCE
        if not conforms and closed_unknown and self._ranged(element, used):
            return Apart.RANGE
        agrees = conforms is (verdict is Verdict.MET) and not closed_unknown
        return None if agrees else self._problem(element, used, verdict, conforms)

    @cached_property
    def _focus(self) -> Focus:
        binding = self.assessment.binding(self.claim, self.product)
        return Focus(np.array([self.product]), {role: np.array([node]) for role, node in binding.items()})

    def _verdict(self, element: Element, used: Construction) -> Verdict:
        if used is self._charted(element):
            return self.assessment.element(element.id, self.claim, self.product)
        judge, introduced = self.assessment.search.judge, frozenset(element.introduces)
        return Verdict(int(judge.judge(used.demand, self._focus, introduced)[0]))

    def _charted(self, element: Element) -> Construction:
        return element.construction(self.assessment.constructions.get(element.id, ""))

    def _parents(self, element: Element) -> Iterator[tuple[Element, Construction]]:
        patent = self.assessment.patent
        for parent in patent.elements(patent.claims[element.claim].parent):
            yield parent, self._charted(parent)

    def _silent(self, element: Element, used: Construction) -> bool:
        """Tell whether silence alone keeps an element from being met."""
        if self._supported(element, used):
            return False
        if element.inherits:
            return all(self._supported(*parent) or self._silent(*parent) for parent in self._parents(element))
        judge, introduced = self.assessment.search.judge, frozenset(element.introduces)
        supported = judge.judge(used.demand, self._focus, introduced)[0] & FOR
        return not supported and silence_withholds(judge, used.demand, self._focus, introduced)

    def _supported(self, element: Element, used: Construction) -> bool:
        return bool(self._verdict(element, used).value & FOR)

    def _ranged(self, element: Element, used: Construction) -> bool:
        """Tell whether only ranges keep an element unknown: exact quantities would decide it."""
        if element.inherits:
            unknown = [p for p in self._parents(element) if self._verdict(*p) is Verdict.UNKNOWN]
            return bool(unknown) and all(self._ranged(*parent) for parent in unknown)
        judge, introduced = self.assessment.search.judge, frozenset(element.introduces)
        parts = [p for p in conjuncts(used.demand) if not judge.judge(p, self._focus, introduced)[0]]
        return bool(parts) and all(
            self.exact.judge(part, self._focus, introduced)[0] or self._sums_to_a_range(part, introduced)
            for part in parts
        )

    def _sums_to_a_range(self, part: Expression, introduced: frozenset[str]) -> bool:
        """Tell whether a demand is of a number that is a range though all it is made of is exact."""
        if not isinstance(part, Within):
            return False
        bounds = leaf(self.exact, self._focus, introduced).values(part.route).bounds
        return bool((bounds.low < bounds.high).any())

    def _problem(self, element: Element, used: Construction, verdict: Verdict, conforms: bool) -> Problem:
        named = f" ({used.name})" if used.name else ""
        answer = "conforms" if conforms else "does not conform"
        message = (
            f"claim {self.claim}, element {element.id}{named}: readson judges {verdict.label}, but to "
            f"pySHACL the reading {answer}; one of the two is wrong, so rely on neither and report it"
        )
        return Problem(self.assessment.graph.products[self.product].slug, 0, 0, message)


def silence_withholds(judge: Judge, demand: Expression, focus: Focus, introduced: frozenset[str]) -> bool:
    """Tell whether silence alone keeps a demand from being met, on a focus of one row.

    What is unknown of it then speaks of every value, where not all may be known; or it says that two roles
    are on different parts, of which one is not named, or on one, where that name may stand for several.
    """
    match demand:
        case And(parts=parts):
            return all(silence_withholds(judge, part, focus, introduced) for part in parts)
        case Or(parts=parts):
            return any(silence_withholds(judge, part, focus, introduced) for part in parts)
    verdict = Verdict(int(judge.judge(demand, focus, introduced)[0]))
    if verdict is not Verdict.UNKNOWN:
        return bool(verdict.value & FOR)
    here = leaf(judge, focus, introduced)
    match demand:
        case Every(route=route):
            return not here.walk(route).whole.all()
        case Within(route=route):
            return not here.values(route).whole.all()
        case Below(route=route, other=other):
            return not (here.values(route).whole & here.values(Route(other, ())).whole).all()
        case Reach(route=Route(steps=())) | Not(part=Reach(route=Route(steps=()))):
            return True
        case _:
            return False


def _exact(assessment: Assessment) -> Judge:
    """Judge with every range cut down to its lower end."""
    graph = assessment.graph
    exact = {
        prop: replace(column, high=column.low, low_open=no, high_open=no)
        for prop, column in graph.quantities.items()
        for no in [np.zeros(graph.size, dtype=bool)]
    }
    return Judge(replace(graph, quantities=exact), assessment.patent.derived)
