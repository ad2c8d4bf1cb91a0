"""Stating: sayings become findings on things; roles that nobody names are filled where only one thing fits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from readson.extraction.findings import Finding, Quote, Unsettled
from readson.extraction.items import Thing, Things, unique
from readson.extraction.language import Language, Rule
from readson.extraction.sayings import Filler, Saying
from readson.lexicon import Lexicon, Term

_DEFAULT = re.compile(r"<([a-z -]+)>")
Roles = dict[str, list[Thing]]


@dataclass
class Record:
    """What a document has been found to say so far."""

    lexicon: Lexicon
    language: Language
    things: Things
    findings: list[Finding] = field(default_factory=list)
    unsettled: list[Unsettled] = field(default_factory=list)
    packaged: bool = False

    def state(self, subject: Thing, label: str, value: Thing | str, quote: Quote, negated: bool, because: str) -> bool:
        """Add a finding, if the property fits what it is said of."""
        term = self._term(subject, label)
        if term is None:
            return False
        if isinstance(value, Thing) and not self._in_range(term, value):
            return False
        text = value.key if isinstance(value, Thing) else value
        if isinstance(value, Thing) and value is subject:
            return False
        note = because or (subject.implied or (value.implied if isinstance(value, Thing) else ""))
        found = Finding(subject.key, term.iri, text, quote, "not" if negated else "is", note)
        if not any(_same(found, other) for other in self.findings):
            self.findings.append(found)
        return True

    def _term(self, subject: Thing, label: str) -> Term | None:
        terms = self.lexicon.properties(label, (subject.kind,))
        return terms[0] if len(terms) == 1 else None

    def _in_range(self, term: Term, value: Thing) -> bool:
        kinds = [value.kind, *(self.lexicon.terms[via.property].ranges[0] for via in term.object_via if self.lexicon.is_a(value.kind, via.of))]
        return any(all(not self.lexicon.apart(kind, wanted) for wanted in term.ranges) for kind in kinds[-1:])

    def said(self, subject: str, label: str) -> list[str]:
        """Give what is stated of a thing by a property."""
        iris = self.lexicon.named(label)
        return [f.value for f in self.findings if f.subject == subject and f.property in iris and f.mode == "is"]


def _same(one: Finding, other: Finding) -> bool:
    return (one.subject, one.property, one.value, one.mode) == (other.subject, other.property, other.value, other.mode)


@dataclass
class Stating:
    """State sayings. `resolve` gives the things that a filler means."""

    record: Record
    anchor: Mapping[str, str]

    def say(self, saying: Saying, roles: Roles, quote: Quote) -> None:
        """State every fact of a saying; the first one decides whether the rule applies at all."""
        rule = saying.rule
        for place, (subject, label, value) in enumerate(rule.says):
            subjects = self.fill(subject, roles, quote, rule.because)
            values = [value] if value in ("yes", "no") else self.fill(value, roles, quote, rule.because)
            done = False
            for one in subjects:
                for other in values:
                    negated = saying.negated and place == 0
                    done |= self.record.state(one, label, other, quote, negated, rule.because)
            if saying.negated or (place == 0 and not done):
                return

    def fill(self, text: str, roles: Roles, quote: Quote, because: str) -> list[Thing | str]:
        """Give the things that a role, "<kind>", or a feature of these stands for."""
        if text in roles:
            return list(roles[text])
        if found := re.fullmatch(_DEFAULT, text):
            thing = self.default(found[1], quote, because)
            return [thing] if thing else []
        if found := re.fullmatch(r"bottom of (.+)", text):
            return [self._bottom(t, quote) for t in self.fill(found[1], roles, quote, because) if isinstance(t, Thing)]
        if found := re.fullmatch(r"gap between (.+) and (.+)", text):
            ones = self.fill(found[1], roles, quote, because)
            others = self.fill(found[2], roles, quote, because)
            return [self.between(a, b, quote) for a in ones for b in others if isinstance(a, Thing) and isinstance(b, Thing) and a is not b]
        return []

    def _bottom(self, thing: Thing, quote: Quote) -> Thing:
        return self.record.things.feature(self.anchor["bottom"], f"bottom of {thing.name}", (thing.key,), quote)

    def between(self, one: Thing, other: Thing, quote: Quote) -> Thing:
        """Give the gap between two things, named from the one that is mounted on the other."""
        first, second = (other, one) if one.key in self._grounds(other) else (one, other)
        return self.record.things.feature(self.anchor["bonding gap"], f"gap between {first.name} and {second.name}", (first.key, second.key), quote)

    def _grounds(self, thing: Thing) -> list[str]:
        return self.record.said(thing.key, "flip-chip bonded to") + self.record.said(thing.key, "mounted on")

    def default(self, name: str, quote: Quote, because: str) -> Thing | None:
        """Give the only thing that "<kind>" can mean; one that is implied where there is none."""
        things, lexicon = self.record.things, self.record.lexicon
        if name == "flipped chip":
            return self._flipped()
        if name == "wired chip":
            dies = [t for t in things.of_kind(self.anchor["die"]) if not t.feature]
            if not dies and because:
                return things.imply(lexicon.kinds("chip")[0].iri, quote, because, False)
            rest = [d for d in dies if not self.record.said(d.key, "flip-chip bonded to")]
            return unique(self._having("wire-bonded to") or rest)
        if name == "its carrier":
            return self._ground() or self.default("carrier", quote, because)
        kinds = lexicon.kinds(name)
        kind = kinds[0].iri
        found = [t for t in things.of_kind(kind) if not t.feature]
        if lexicon.is_a(kind, self.anchor["carrier"]):
            return self._carrier(kind, quote, because)
        if lexicon.is_a(kind, self.anchor["die"]) and len(found) > 1:
            return unique(t for t in found if self.record.said(t.key, "flip-chip bonded to"))
        if not found:
            return things.imply(kind, quote, because, kinds[0].plural) if because else None
        return found[0] if len(found) == 1 else None

    def _carrier(self, kind: str, quote: Quote, because: str) -> Thing | None:
        things, lexicon = self.record.things, self.record.lexicon
        every = [t for t in things.of_kind(self.anchor["carrier"]) if not t.feature]
        inside = [t for t in every if not lexicon.is_a(t.kind, self.anchor["board"])]
        inside = inside or ([] if self.record.packaged else every)
        bearing = [t for t in inside if t.key in {v for d in things.of_kind(self.anchor["die"]) for v in self._grounds(d)}]
        exact = [t for t in inside if lexicon.is_a(t.kind, kind) or lexicon.is_a(kind, t.kind)]
        for group in (inside, bearing, exact):
            if len(group) == 1:
                return group[0]
        if len(inside) > 1:
            plain = [t for t in inside if any(k.iri == t.kind for k in lexicon.kinds("substrate"))]
            return unique(plain)
        return things.imply(kind, quote, because, False) if because else None

    def _having(self, label: str) -> list[Thing]:
        return [d for d in self.record.things.of_kind(self.anchor["die"]) if self.record.said(d.key, label)]

    def _flipped(self) -> Thing | None:
        return unique(self._having("flip-chip bonded to"))

    def _ground(self) -> Thing | None:
        chip = self._flipped()
        keys = self.record.said(chip.key, "flip-chip bonded to") if chip else []
        return unique(t for t in self.record.things.found if t.key in keys)


def state_implied(stating: Stating) -> None:
    """State what parts say by being there, where nothing else is said on the matter."""
    record = stating.record
    for rule in record.language.parts:
        found = [t for t in record.things.of_kind(rule.kind) if not t.feature]
        if any(record.lexicon.apart(a.kind, b.kind) for a in found for b in found):
            continue  # only one of them can be so, and the text does not say which
        for thing in found:
            if any(record.said(thing.key, label) for _, label, _ in rule.says):
                continue
            for subject, label, value in rule.says:
                for one in stating.fill(subject, {"part": [thing]}, thing.quote, ""):
                    for other in stating.fill(value, {"part": [thing]}, thing.quote, ""):
                        if isinstance(one, Thing):
                            record.state(one, label, other, thing.quote, False, rule.because)
