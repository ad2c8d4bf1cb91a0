"""Explain what something is: the class a part is known to be of, and the class a claim asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from readson.expressions import Route
from readson.measuring import Measuring
from readson.results import Missing, Reason
from readson.stated import Ground
from readson.telling import last_step
from readson.terms import plural
from readson.together import Place
from readson.verdicts import Verdict
from readson.vocabulary import TYPE
from readson.wording import listing, sentence


class Kinds(Measuring):
    """Explain classes on one product."""

    def _link(self, prop: str, starts: list[int], node: int) -> Reason:
        proof = self._first(self.proofs.fact(prop, s, node) for s in starts)
        text = self.wording.fact(prop, self._listed(starts), self._name(node))
        return self._reason(Verdict.MET, text, self._cite(proof), [], [])

    def _kind(self, node: int, cls: str, verdict: Verdict) -> Reason:
        name = self._name(node)
        verb = (
            "are"
            if name.endswith("s") and self.wording.kind(cls, self._raw(node))[:2] not in ("a ", "an")
            else "is"
        )
        wanted = self.wording.kind(cls, self._raw(node))
        fact = f"{name} {verb} {wanted}"
        if verdict is Verdict.MET:
            fact = self._collected(node) or self._kind_fact(node, cls, name, verb)
        refuting: Iterable[Ground] = ()
        denial = f"{name} {verb} not {wanted}"
        if verdict in (Verdict.NOT_MET, Verdict.CONFLICTING):
            refuting = self.proofs.not_type(node, cls)
            known = self._known_kind(node)
            if known != name and self.wording.is_called(self._raw(node), known):
                denial = f"the description names {known}, not {wanted}"
            elif known not in ("", name):
                denial = f"{name} {verb} {known}, not {wanted}"
        support = self.proofs.type(node, cls) if verdict in (Verdict.MET, Verdict.CONFLICTING) else ()
        if self.wording.is_called(self._raw(node), wanted) and verdict is not Verdict.MET:
            fact = f"{name} {verb} in fact {wanted}"
        gap = Missing(sentence(f"whether {fact}"), name, TYPE)
        if verdict is Verdict.UNKNOWN:
            gap = replace(gap, meets=self._being(node, cls), fails=self._being(node, cls, holds=False))
        return self._reason(
            verdict, self._phrase(verdict, fact, denial), self._cite(support), self._cite(refuting), [gap]
        )

    def _kind_fact(self, node: int, cls: str, name: str, verb: str) -> str:
        """State the class a node is known to be of and the class asked for: "a lid, hence a heat sink"."""
        wanted, known = self.wording.kind(cls, self._raw(node)), self._known_kind(node)
        if self.wording.is_called(self._raw(node), wanted):
            return f"the description names {wanted}"
        if known not in (wanted, name) and self.wording.is_called(self._raw(node), known):
            return f"the description names {known}, which {verb} {wanted}"
        hence = "" if known in ("", wanted, name) else f"{known}, hence "
        return f"{name} {verb} {hence}{wanted}"

    def _kind_reached(self, route: Route, node: int, cls: str, verdict: Verdict, place: Place) -> Reason:
        """Explain the class of what one step leads to: "the mold is formed by a transfer molding"."""
        prop, before = last_step(route)
        starts = place.nodes(Route(route.start, before))
        link = self._link(prop, starts, node)
        kind = self._kind(node, cls, verdict)
        known, wanted = self._known_kind(node), self.wording.kind(cls)
        named = self._raw(node) in self.proofs.stated.nodes
        fact = self.wording.fact(prop, self._listed(starts), self._name(node) if named else known or wanted)
        tail = f", {known}" if named and known and self.kind_label(node) != self._raw(node) else ""
        if verdict is Verdict.NOT_MET:
            tail += f", not by {wanted}" if " by " in fact else f", not {wanted}"
        if verdict is Verdict.CONFLICTING:
            whole = self.wording.fact(prop, self._listed(starts), wanted)
            kind = replace(kind, sentence=sentence(self._phrase(verdict, whole, "")))
        if verdict in (Verdict.UNKNOWN, Verdict.CONFLICTING):
            return replace(kind, supporting=(*link.supporting, *kind.supporting))
        supporting = (*link.supporting, *kind.supporting) if verdict is Verdict.MET else ()
        refuting = (*link.supporting, *kind.refuting) if verdict is Verdict.NOT_MET else ()
        return self._reason(verdict, fact + tail, dict.fromkeys(supporting), dict.fromkeys(refuting), [])

    def _collected(self, node: int) -> str:
        """Say what an item collects that the description does not name itself."""
        for rule in self.graph.ontology.collections:
            if node in self.graph.collected.get(rule.through, ()):
                members = self.proofs.values(rule.through, node)
                verb = "make" if len(members) > 1 or plural(self._raw(members[0])) else "makes"
                names = listing([self._name(n) for n in members])
                return f"{names} {verb} up the {self.wording.lexicon.label(rule.of)} of the product"
        return ""

    def _known_kind(self, node: int) -> str:
        classes = self._lowest_classes(node)
        return self.wording.kind(classes[0], self._raw(node)) if classes else ""
