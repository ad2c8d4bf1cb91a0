"""Steps: the doings of a process that a text tells of, in order, with their conditions."""

from __future__ import annotations

from collections.abc import Iterator

from readson.extraction.findings import Finding, Quote
from readson.extraction.items import unique
from readson.extraction.language import StepRule
from readson.extraction.measures import Measure
from readson.extraction.record import Record, Step
from readson.extraction.segments import Segment

# So many units from a quantity, what is named is what the quantity is of.
_NEAR = 8


def read_steps(record: Record, segment: Segment) -> None:
    """Find the steps of a segment, and what is said of the only one."""
    named = [*_named(record, segment), *_done(record, segment)]
    steps = {id(step): step for step in (_add(record, kind, quote, segment.at) for kind, quote in named)}
    if len(steps) == 1:
        (step,) = steps.values()
        _narrow(record, segment, step)
        _read_conditions(record, segment, step)
    elif not steps and (only := _in_cavity(record, segment)):
        _read_conditions(record, segment, only)


def _in_cavity(record: Record, segment: Segment) -> Step | None:
    """Give the only step told before that a vacuum in the cavity can be of: "the cavity is pumped down"."""
    words = record.language.words
    if not all(any(segment.holds(word) for word in words[listing]) for listing in ("vacuum", "cavities")):
        return None
    evacuated = record.language.properties["evacuated"]
    found = [step for step in record.steps if record.lexicon.properties(evacuated, (step.kind,))]
    return found[0] if len(found) == 1 else None


def _named(record: Record, segment: Segment) -> Iterator[tuple[str, Quote]]:
    """Give the steps that phrases name."""
    words = set(segment.words)
    for phrase in segment.phrases:
        rules = record.language.steps
        barred = any(words & rule.barred for rule in rules if rule.kind in phrase.kinds)
        if not barred and segment.factual(phrase):
            for kind in phrase.kinds:
                if any(record.lexicon.is_a(kind, rule.kind) for rule in rules):
                    yield kind, segment.quote_phrase(phrase)


def _done(record: Record, segment: Segment) -> Iterator[tuple[str, Quote]]:
    """Give the steps that verbs tell of."""
    words = set(segment.words)
    for clause in segment.clauses:
        if clause.sort == "verb" and not clause.negated:
            for rule in record.language.steps:
                if clause.verb in rule.verbs and _applies(rule, words):
                    yield rule.kind, segment.quote(clause.start, clause.start + 1)


def _applies(rule: StepRule, words: set[str]) -> bool:
    return not words & rule.barred and bool(not rule.wanted or words & rule.wanted)


def _add(record: Record, kind: str, quote: Quote, at: int) -> Step:
    """Give the step that is meant, its kind grown narrower, or a new one."""
    lexicon = record.lexicon
    for step in record.steps:
        if lexicon.is_a(step.kind, kind):
            return step
        if lexicon.is_a(kind, step.kind):
            step.kind = kind
            return step
        if shared := _shared(record, kind, step.kind):
            # Two ways of one doing: which one was used is open.
            step.kind, step.open = shared, True
            return step
    record.steps.append(Step(lexicon.label(kind), kind, quote, at))
    return record.steps[-1]


def _shared(record: Record, one: str, other: str) -> str:
    """Give the doing of which two kinds of steps are ways, or ""."""
    kinds = (rule.kind for rule in record.language.steps)
    return next((k for k in kinds if record.lexicon.is_a(one, k) and record.lexicon.is_a(other, k)), "")


def _narrow(record: Record, segment: Segment, step: Step) -> None:
    """Make a step narrower by the words around it: "transfer molded"."""
    narrower = record.language.narrower_steps.items()
    kinds = {k for words, k in narrower if record.lexicon.is_a(k, step.kind) and segment.holds(words)}
    if len(kinds) == 1 and not step.open:
        _add(record, kinds.pop(), step.quote, segment.at)
    elif len(kinds) > 1:
        step.open = True


def _read_conditions(record: Record, segment: Segment, step: Step) -> None:
    """Read the vacuum, temperatures and pressures of a step."""
    properties, quote = record.language.properties, segment.whole
    evacuated = any(segment.holds(words) for words in record.language.words["vacuum"])
    if evacuated:
        _state(record, step, properties["evacuated"], "yes", quote)
    for place, unit in enumerate(segment.units):
        measure = unit.measure
        if measure and measure.fit:
            near = [p.property for p in segment.phrases if p.property and abs(p.start - place) < _NEAR]
            if all(_is_of_steps(record, iri) for iri in near):
                label = _condition(record, measure, near, evacuated)
                _state(record, step, label, measure.text, quote)


def _condition(record: Record, measure: Measure, near: list[str], evacuated: bool) -> str:
    """Give the label of what a quantity is of in a step, or ""; `near` are the properties named beside it."""
    if measure.dimension == "temperature":
        return record.language.properties["temperature"]
    if measure.dimension != "pressure":
        return ""
    if near:
        return record.lexicon.label(near[0])
    text = measure.text.lower().replace("-", " ")
    low = any(" ".join(unit) in text for unit in record.language.words["vacuum_units"])
    return record.language.properties["pressure"] if evacuated or low else ""


def _is_of_steps(record: Record, iri: str) -> bool:
    """Tell whether a property is one of steps."""
    term = record.lexicon.terms.get(iri)
    return term is not None and any(record.is_a(kind, "step") for kind in (*term.domains, *term.subjects))


def _state(record: Record, step: Step, label: str, value: str, quote: Quote) -> None:
    terms = record.lexicon.properties(label, (step.kind,)) if label else ()
    if len(terms) == 1:
        step.findings.append(Finding(step.key, terms[0].iri, value, quote))


def close_steps(record: Record) -> None:
    """State what each step acts on, where only one part can be meant, and what else is said of it."""
    for step in record.steps:
        for rule in record.language.steps:
            if record.lexicon.is_a(step.kind, rule.kind):
                for label, kind in rule.acts.items():
                    _state_act(record, step, label, kind, rule)
        for finding in step.findings:
            record.add(finding)


def _state_act(record: Record, step: Step, label: str, kind: str, rule: StepRule) -> None:
    terms = record.lexicon.properties(label, (step.kind,))
    found = record.things.parts_of_kind(kind)
    only = unique(found)
    if rule.because and not found:
        only = record.things.imply(kind, step.quote, rule.because)
    if only and len(terms) == 1:
        record.add(Finding(step.key, terms[0].iri, only.key, step.quote))
        for yielded, value in rule.yields.items():
            _state(record, step, yielded, value, step.quote)
