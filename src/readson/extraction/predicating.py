"""Predicating: what clauses say of one part alone: whether it is exposed, its material, its kind."""

from __future__ import annotations

from collections.abc import Iterable

from readson.extraction.chunks import Phrase, Verb
from readson.extraction.clauses import Clause
from readson.extraction.fillers import Surroundings
from readson.extraction.meaning import means
from readson.extraction.record import Record, spanning
from readson.extraction.segments import Segment

# What a clause with two subjects is about can be either.
_SUBJECTS = 2


def state_predicates(record: Record, segment: Segment, around: Surroundings) -> None:
    """State what the clauses of a segment say of one part alone."""
    _narrow(record, segment)
    for clause in segment.clauses:
        if clause.sort in ("bare", "buried"):
            _state_exposed(record, segment, clause, around)
        for phrase in _materials(clause):
            _state_material(record, segment, clause, phrase)


def _narrow(record: Record, segment: Segment) -> None:
    """Make the kind of a part narrower by the words around it: "underfill ... by capillary action"."""
    words = set(segment.words)
    for rule in record.language.narrowings:
        wide = [thing for thing in record.things.of_kind(rule.kind) if thing.kind == rule.kind]
        told = words & rule.words and not words & rule.barred
        if told and len(wide) == 1 and _speaks_of(record, segment, rule.kind):
            wide[0].kind = rule.narrow


def _speaks_of(record: Record, segment: Segment, kind: str) -> bool:
    """Tell whether a segment names a kind, or has the verb that is called like it: "underfilled"."""
    named = any(kind in phrase.kinds and segment.factual(phrase) for phrase in segment.phrases)
    label = record.lexicon.label(kind)
    return named or any(isinstance(chunk, Verb) and chunk.verb == label for chunk in segment.chunks)


def _state_exposed(record: Record, segment: Segment, clause: Clause, around: Surroundings) -> None:
    """State that a cooler is bare or buried: "the top is exposed", but not "exposed at the bottom"."""
    underside = record.language.anchors["underside"]
    if any(prep == "under" or _is_side(prep, clause, underside, around) for prep in clause.slots):
        return
    for filler in around.fillers(clause.subjects[:_SUBJECTS]):
        if filler.feature != underside and around.is_a(filler.kinds, "cooler"):
            words = segment.quote_phrase(filler.phrase)
            quote = spanning((segment.quote(clause.start, clause.start + 1), words))
            exposed = (clause.sort == "bare") != clause.negated
            for thing in means(record, segment, filler):
                record.state(thing, record.language.properties["exposed"], "yes" if exposed else "no", quote)
            return


def _is_side(preposition: str, clause: Clause, side: str, around: Surroundings) -> bool:
    """Tell whether one side of something follows a preposition: "at the bottom of the package"."""
    fillers = around.fillers(clause.slots[preposition])
    return any(around.is_side(filler.feature, side) for filler in fillers)


def _materials(clause: Clause) -> Iterable[Phrase]:
    """Give what a clause can name as a material: "is made of copper", "is an epoxy", "a lid of copper"."""
    if clause.negated:
        return ()
    if clause.sort == "making":
        return clause.objects
    if clause.verb == "be":
        return clause.objects if any(phrase.kinds for phrase in clause.objects) else clause.slotted("of")
    return clause.slotted("of") if clause.sort == "alone" else ()


def _state_material(record: Record, segment: Segment, clause: Clause, phrase: Phrase) -> None:
    """State of what the first part among the subjects is made, if a phrase names a material."""
    material = next((kind for kind in phrase.kinds if record.is_a(kind, "material")), "")
    subject = next((subject for subject in clause.subjects if record.part_kind(subject)), None)
    part = clause.sort == "alone" and record.part_kind(phrase)
    if not material or part or subject is None or not segment.factual(subject):
        return
    quote = spanning((segment.quote_phrase(subject), segment.quote_phrase(phrase)))
    for thing in record.things.resolve(subject, record.part_kind(subject), segment.at)[:1]:
        record.state_made_of(thing, material, quote)
