"""Stating: sayings become findings; roles that nobody names are filled where only one thing fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product

from readson.extraction.clauses import Clause
from readson.extraction.defaults import between, default
from readson.extraction.fillers import Surroundings
from readson.extraction.findings import Quote
from readson.extraction.items import Thing
from readson.extraction.language import Rule
from readson.extraction.meaning import means_all
from readson.extraction.record import Record, spanning
from readson.extraction.sayings import Saying, read_sayings
from readson.extraction.segments import Segment
from readson.lexicon import Lexicon, Reference

_DEFAULT = re.compile(r"<([a-z -]+)>")
_TRUTHS = ("yes", "no")
Roles = Mapping[str, Sequence[Thing]]


def sayings_of(segment: Segment, around: Surroundings) -> Iterator[Saying]:
    """Give what the clauses of a segment say; before a cue only what is taken for granted."""
    clauses = [c for c in segment.clauses if not segment.reason or _is_granted(segment, c)]
    return read_sayings(clauses, around)


def _is_granted(segment: Segment, clause: Clause) -> bool:
    """Tell whether a phrase is taken for granted before the word that makes the rest no fact."""
    last = segment.chunks[min(clause.end, len(segment.chunks)) - 1]
    before = segment.units[last.end - 1].end <= segment.cue
    return clause.sort == "alone" and clause.subjects[0].definite and before


def state_sayings(record: Record, segment: Segment, around: Surroundings) -> None:
    """State what the clauses of a segment say."""
    for saying in sayings_of(segment, around):
        # Meaning comes first: it notes what is unsettled.
        roles = {role: means_all(record, segment, fillers) for role, fillers in saying.fillers.items()}
        phrases = [filler.phrase for fillers in saying.fillers.values() for filler in fillers]
        if not any(phrase.start in segment.apart for phrase in phrases):
            own = [phrase for phrase in phrases if phrase in segment.chunks]
            quote = spanning((segment.quote(saying.start, saying.end), *map(segment.quote_phrase, own)))
            if not roles.get("agent", True):
                roles["agent"] = _doer(record, saying, quote)
            state_rule(record, saying.rule, roles, quote, saying.negated)


def _doer(record: Record, saying: Saying, quote: Quote) -> list[Thing]:
    """Give the doer that a verb implies: what is overmolded has an overmold."""
    kind = saying.rule.default or saying.rule.roles["agent"][0]
    found, many = record.things.of_kind(kind), record.things.grouped(kind)
    said = "the verb says that there are some" if many else "the verb says that there is one"
    things = found or [record.things.imply(kind, quote, said, many)]
    if len(things) > 1:
        return []
    for filler in saying.fillers.get("material", ()):
        material = next(kind for kind in filler.kinds if record.is_a(kind, "material"))
        record.state_made_of(things[0], material, quote)
    return things


def state_rule(
    record: Record, rule: Rule, roles: Roles, quote: Quote, negated: bool = False, because: str = ""
) -> None:
    """State every fact of a rule; the first one decides whether it applies at all, and is all that is denied.

    `because` stands for the rule's own reason.
    """
    reason = because or rule.because
    for place, (subject, label, value) in enumerate(rule.says):
        subjects = fill(record, subject, roles, quote, reason)
        values: Sequence[Thing | str] = [value]
        if value not in _TRUTHS:
            values = fill(record, value, roles, quote, reason)
        stated = [
            record.state(one, label, other, quote, negated, reason)
            for one, other in product(subjects, values)
        ]
        if negated or (place == 0 and not any(stated)):
            return


def fill(record: Record, text: str, roles: Roles, quote: Quote, because: str) -> list[Thing]:
    """Give the things that a role, "<kind>", or a feature of these stands for."""
    if text in roles:
        return list(roles[text])
    if found := _DEFAULT.fullmatch(text):
        thing = default(record, found[1], quote, because)
        return [thing] if thing else []
    reference = _feature(text, record.lexicon)
    filled = [fill(record, name, roles, quote, because) for name in reference[1]] if reference else []
    if len(filled) == 2:
        return [between(record, one, other, quote) for one, other in product(*filled) if one is not other]
    return list(_features(record, reference[0], filled[0], quote)) if reference else []


def _features(record: Record, reference: Reference, things: Iterable[Thing], quote: Quote) -> Iterator[Thing]:
    for thing in things:
        name = reference.pattern.replace("{}", thing.key)
        yield record.things.feature(reference.of, name, (thing.key,), quote)


@lru_cache(maxsize=512)
def _feature(text: str, lexicon: Lexicon) -> tuple[Reference, tuple[str, ...]] | None:
    """Read "bottom of <carrier>" as a feature and what it is of."""
    return next(((ref, names) for ref in lexicon.references for names in ref.splits(text)), None)


def state_implied(record: Record) -> None:
    """State what parts say by being there, where nothing else is said on the matter."""
    for rule in record.language.parts:
        found = record.things.parts_of_kind(rule.kind)
        if any(record.lexicon.apart(one.kind, other.kind) for one, other in product(found, found)):
            continue  # only one of them can be so, and the text does not say which
        for thing in found:
            if not any(record.said(thing.key, label) for _, label, _ in rule.says):
                _state_being(record, rule, thing)


def _state_being(record: Record, rule: Rule, thing: Thing) -> None:
    roles = {"part": [thing]}
    for subject, label, value in rule.says:
        subjects = fill(record, subject, roles, thing.quote, "")
        for one, other in product(subjects, fill(record, value, roles, thing.quote, "")):
            record.state(one, label, other, thing.quote, because=rule.because)
