"""Explain comparisons of quantities: what is known of each side, and what the claim asks for."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from readson.charts import Missing, Reason
from readson.expressions import Below, Derived, Route, Within
from readson.judging import leaf
from readson.proofs import Ground, Proof
from readson.telling import Place, Telling, last_step
from readson.verdicts import Verdict
from readson.wording import interval_text, number, sentence, the

WHICH = {"<": "less than", "<=": "at most", ">": "more than", ">=": "at least"}


class Measuring(Telling):
    """Explain numbers on one product."""

    def _compare(self, demand: Within | Below, place: Place) -> Reason:
        verdict = self._verdict(demand, place)
        absent = self._unbound(demand, place, verdict)
        if absent is not None:
            return absent
        left, grounds, unit = self._measured(demand.route, place)
        if isinstance(demand, Within):
            text = f"{left or self._unmeasured(demand.route, place)}; {self._limit(demand, unit)}"
            if not left:
                text = f"the description does not give {self._unmeasured(demand.route, place)}"
            sides = [left]
            if verdict is Verdict.UNKNOWN and left:
                text += ", which leaves it open"
        else:
            right, more, _ = self._measured(Route(demand.other, ()), place)
            grounds = [*grounds, *more]
            ask = self._unmeasured(demand.route, place), self._unmeasured(Route(demand.other, ()), place)
            sides = [left, right]
            silent = [a for a, side in zip(ask, sides, strict=True) if not side]
            text = "; ".join(s for s in sides if s)
            if verdict is Verdict.UNKNOWN and all(sides):
                text += ", which leaves it open"
            if silent:
                said = f"{sentence(text)} " if text else ""
                text = f"{said}The description does not give {' or '.join(silent)}"
        gaps = [
            Missing(sentence(name), name, "")
            for side, name in zip(sides, self._asked(demand, place), strict=True)
            if not side or verdict is Verdict.UNKNOWN
        ]
        cited = self._cite(grounds)
        against = cited if verdict in (Verdict.NOT_MET, Verdict.CONFLICTING) else ()
        support = () if verdict is Verdict.NOT_MET else cited
        return self._reason(verdict, text, support, against, gaps)

    def _asked(self, demand: Within | Below, place: Place) -> list[str]:
        asked = [self._unmeasured(demand.route, place)]
        if isinstance(demand, Below):
            asked.append(self._unmeasured(Route(demand.other, ()), place))
        return asked

    def _limit(self, demand: Within, unit: str) -> str:
        return f"the claim asks for {WHICH[demand.comparison]} {number(demand.number, unit)}"

    def _unmeasured(self, route: Route, place: Place) -> str:
        """Name a quantity of which nothing is said."""
        derived = self.judge.derived.get(route.start)
        if derived is not None and derived.numeric:
            return the(derived.label)
        nodes = self._nodes(Route(route.start, route.steps), place)
        subject = self._listed(nodes) or self._start_name(route, place)
        return f"the {self.wording.lexicon.label(route.quantity)} of {subject}"

    def _measured(self, route: Route, place: Place) -> tuple[str, list[Ground], str]:
        """State the bounds of a route's quantity, with their grounds and unit; "" when nothing is known."""
        derived = self.judge.derived.get(route.start)
        if derived is not None and derived.numeric:
            return self._measured_derived(derived, place)
        nodes = self._nodes(Route(route.start, route.steps), place)
        column, unit = self.graph.quantity(route.quantity), self.wording.unit(route.quantity)
        known = [n for n in nodes if column.known[n]]
        said = [
            self.wording.fact(route.quantity, self._raw(n), self._shown(route.quantity, n)) for n in known
        ]
        return "; ".join(said), list(self._bounds(route.quantity, known)), unit

    def _shown(self, quantity: str, node: int) -> str:
        """Show a quantity as its one source wrote it, as the bounds that several make, or as they differ."""
        column = self.graph.quantity(quantity)
        stated = list(dict.fromkeys(b.text for b in self.proofs.stated_bounds(quantity, node)))
        if column.low[node] > column.high[node] and len(stated) > 1:
            return " in one source and ".join(stated[:2]) + " in another"
        as_written = len(stated) == 1 and stated[0] and " x " not in stated[0]
        return stated[0] if as_written else interval_text(column, node, self.wording.unit(quantity))

    def _measured_derived(self, derived: Derived, place: Place) -> tuple[str, list[Ground], str]:
        values = leaf(self.judge, place.focus, place.introduced).values(Route(derived.iri, ()))
        route = derived.routes[0]
        nodes = self._nodes(Route(route.start, route.steps), place)
        unit = self.wording.unit(route.quantity)
        grounds = list(self._bounds(route.quantity, nodes))
        if derived.kind == "sum":
            grounds += [g for n in nodes for g in self._membership(route, n, place)]
            if not nodes and values.bounds.low[0] == 0 and not np.isfinite(values.bounds.high[0]):
                return "", [], unit
            if not nodes and values.bounds.high[0] == 0:
                grounds += list(self.proofs.kind_complete(derived.of_class) or ())
        if not len(values.row) or not values.bounds.known[0]:
            return "", [], unit
        shown = interval_text(values.bounds, 0, unit)
        pattern = derived.sentence or f"the {derived.label} is {{value}}"
        return pattern.replace("{value}", shown), grounds, unit

    def _membership(self, route: Route, node: int, place: Place) -> Proof:
        prop, before = last_step(Route(route.start, route.steps))
        starts = self._nodes(Route(route.start, before), place) if prop else []
        return self._first(self.proofs.fact(prop, s, node) for s in starts)

    def _bounds(self, quantity: str, nodes: Iterable[int]) -> Proof:
        found = [self.proofs.bound(quantity, n, end) or () for n in nodes for end in ("low", "high")]
        return tuple(dict.fromkeys(g for proof in found for g in proof))
