"""Steps: the doings of a process that a text tells of, in order, with their conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readson.extraction.chunks import Link, Phrase
from readson.extraction.clauses import Clause
from readson.extraction.findings import Finding, Item, Quote
from readson.extraction.items import unique
from readson.extraction.measures import Measure

if TYPE_CHECKING:
    from readson.extraction.text import Reader, Segment


@dataclass
class Step:
    """A step that a text tells of."""

    key: str
    kind: str
    quote: Quote
    order: int
    open: bool = False
    findings: list[Finding] = field(default_factory=list)


class Steps:
    """The steps of one document."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.found: list[Step] = []
        self._all = [kind for _, kind, _, _ in reader.language.steps]

    def read(self, segment: Segment, clauses: Sequence[Clause]) -> None:
        """Find the steps of a segment and what is said of them."""
        here: list[Step] = []
        for place, chunk in enumerate(segment.chunks):
            if isinstance(chunk, Phrase) and segment.factual(chunk):
                words = {token.word for token in segment.tokens}
                barred = {w for _, k, no, _ in self.reader.language.steps for w in no if set(chunk.kinds) & {k}}
                for kind in () if words & barred else chunk.kinds:
                    if any(self.reader.lexicon.is_a(kind, upper) for upper in self._all):
                        here.append(self._add(kind, segment.words_of(self.reader.number, chunk), segment.at))
        for clause in clauses:
            for verbs, kind, barred, wanted in self.reader.language.steps:
                words = {token.word for token in segment.tokens}
                if clause.sort == "verb" and clause.verb in verbs and not clause.negated and not words & barred and (not wanted or words & wanted):
                    here.append(self._add(kind, segment.quote(self.reader.number, clause.start, clause.start + 1), segment.at))
        here = list({id(step): step for step in here}.values())
        if len(here) == 1:
            self._narrow(here[0], segment)
            self._conditions(here[0], segment)

    def _add(self, kind: str, quote: Quote, at: int) -> Step:
        lexicon = self.reader.lexicon
        for step in self.found:
            if lexicon.is_a(step.kind, kind):
                return step
            if lexicon.is_a(kind, step.kind):
                step.kind = kind
                return step
            if any(lexicon.is_a(kind, u) and lexicon.is_a(step.kind, u) for u in self._all):
                # Two ways of one doing: which one was used is open.
                step.kind = next(u for u in self._all if lexicon.is_a(kind, u) and lexicon.is_a(step.kind, u))
                step.open = True
                return step
        step = Step(lexicon.label(kind), kind, quote, at)
        self.found.append(step)
        return step

    def _narrow(self, step: Step, segment: Segment) -> None:
        words = [token.word for token in segment.tokens]
        lexicon = self.reader.lexicon
        kinds = {
            kind for name, kind in self.reader.language.narrower.items()
            if lexicon.is_a(kind, step.kind) and _holds(words, name)
        }
        if len(kinds) == 1 and not step.open:
            self._add(kinds.pop(), step.quote, segment.at)
        elif len(kinds) > 1:
            step.open = True

    def _conditions(self, step: Step, segment: Segment) -> None:
        words = [token.word for token in segment.tokens]
        molded = bool(self.reader.lexicon.properties("reduced pressure", (step.kind,)))
        quote = Quote(self.reader.number, segment.tokens[0].start, segment.tokens[-1].end)
        evacuated = any(_holds(words, name) for name in self.reader.language.vacuum)
        if evacuated and molded:
            self._state(step, "reduced pressure", "yes", quote)
        for place, unit in enumerate(segment.units):
            measure = unit.measure
            if measure is None or not measure.fit:
                continue
            near = [c for c in segment.chunks if isinstance(c, Phrase) and c.property and abs(c.start - place) < 8]
            if any(not self._own(c.property) for c in near):
                continue
            if measure.dimension == "temperature":
                self._state(step, "temperature", measure.text, quote)
            elif measure.dimension == "pressure":
                own = next((c.property for c in near), "")
                label = self.reader.lexicon.label(own) if own else "cavity pressure" if evacuated or _low(measure) else ""
                if label:
                    self._state(step, label, measure.text, quote)

    def _own(self, prop: str) -> bool:
        """Tell whether a property is one of steps."""
        term = self.reader.lexicon.terms.get(prop)
        return term is not None and any(self.reader.lexicon.is_a(d, self.reader.anchor["step"]) for d in (*term.domains, *term.subjects))

    def _state(self, step: Step, label: str, value: str, quote: Quote) -> None:
        terms = self.reader.lexicon.properties(label, (step.kind,))
        if len(terms) == 1:
            step.findings.append(Finding(step.key, terms[0].iri, value, quote))

    def close(self) -> None:
        """Say what each step makes or divides, where only one part can be meant."""
        lexicon, things = self.reader.lexicon, self.reader.things
        for step in self.found:
            for label, found in (("forms", things.of_kind(self.reader.anchor["molded"])), ("dices", things.of_kind(self.reader.anchor["carrier"]))):
                terms = lexicon.properties(label, (step.kind,))
                if len(terms) != 1 or not any(lexicon.is_a(step.kind, d) for d in terms[0].domains):
                    continue
                only = unique(t for t in found if not t.feature)
                if label == "dices" and only:
                    self.reader.record.findings.append(Finding(step.key, terms[0].iri, only.key, step.quote))
                    self._state(step, "units yielded", "at least 2", step.quote)
                elif only and lexicon.is_a(step.kind, self._all[0]):
                    self.reader.record.findings.append(Finding(step.key, terms[0].iri, only.key, step.quote))
            self.reader.record.findings.extend(step.findings)

    def items(self) -> list[Item]:
        """Give the steps as items, in order."""
        return [Item(s.key, s.key, s.kind, s.quote, step=True) for s in sorted(self.found, key=lambda s: s.order)]


def _low(measure: Measure) -> bool:
    return any(unit in measure.text.lower() for unit in ("torr", "mmhg", "mm hg", "mm-hg", "mbar", "hpa"))


def _holds(words: Sequence[str], name: Sequence[str]) -> bool:
    size = len(name)
    return any(tuple(words[at : at + size]) == tuple(name) for at in range(len(words) - size + 1))
