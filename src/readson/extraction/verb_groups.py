"""Verb groups: auxiliaries, "not", adverbs and manners, and the verb itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from readson.extraction.chunks import Chunk, Phrase, Verb, is_link, is_link_of
from readson.extraction.language import Language
from readson.extraction.units import Unit

# What can follow a verb as its object, before the noun itself.
_OBJECTS = ("determiner", "kind", "several", "no", "measure", "name", "mark", "adjective", "pronoun")
_NOUNS = ("kind", "name", "property", "doing")
_AHEAD = 4
_CLAUSE = 6


@dataclass
class _Helpers:
    """What stands before a verb in its group: `end` is the place of the first unit after it."""

    end: int
    helped: bool = False
    be: bool = False
    have: bool = False
    infinitive: bool = False
    negated: bool = False
    manners: set[str] = field(default_factory=set)


def read_verb(units: Sequence[Unit], at: int, chunks: Sequence[Chunk], language: Language) -> Verb | None:
    """Read the verb group that begins at a place, if one does; `chunks` are those before it."""
    helpers = _helpers(units, at, language)
    place, manners = helpers.end, frozenset(helpers.manners)
    found = _as_verb(units, place, at < place, chunks) if place < len(units) else None
    if not found and _goes_on(units, at, chunks):
        return Verb(at, at + 1, "be", "s", "active", manners=frozenset((units[at].value,)))
    if not found and (helpers.be or helpers.have):
        verb = "be" if helpers.be else "have"
        return Verb(at, place, verb, "s", "active", helpers.negated, manners, helpers.infinitive)
    if not found or (found[1] == "ed" and not helpers.helped and _adjectival(units, place, chunks)):
        return None
    verb, form = found
    return Verb(
        at, place + 1, verb, form, _voice(form, helpers), helpers.negated, manners, helpers.infinitive
    )


def _goes_on(units: Sequence[Unit], at: int, chunks: Sequence[Chunk]) -> bool:
    """Tell whether a manner says on what its subject has been said to be: "is on A and wire bonded to B"."""
    after = units[at + 1].sort if at + 1 < len(units) else ""
    joined = units[at].sort == "manner" and bool(chunks) and is_link_of(chunks[-1], "conjunction")
    return joined and after in ("to", "preposition") and any(isinstance(chunk, Verb) for chunk in chunks)


def _helpers(units: Sequence[Unit], at: int, language: Language) -> _Helpers:
    found = _Helpers(at)
    while found.end < len(units) and _helps(found, units, language):
        found.end += 1
    return found


def _helps(found: _Helpers, units: Sequence[Unit], language: Language) -> bool:
    """Add the next unit to what stands before a verb; false where it does not belong there."""
    unit = units[found.end]
    if unit.sort in ("be", "have", "do") or language.has("modals", unit.text):
        found.helped = True
        found.be |= unit.sort == "be"
        found.have |= unit.sort == "have"
    elif unit.sort == "to":
        infinitive = _is_infinitive(units, found.end + 1)
        found.helped |= infinitive
        found.infinitive |= infinitive
        return infinitive
    elif unit.sort == "negation":
        found.negated = True
    elif unit.sort in ("manner", "adverb") and (found.helped or _verb_follows(units, found.end)):
        found.manners |= {unit.value} if unit.sort == "manner" else set()
    else:
        return False
    return True


def _voice(form: str, helpers: _Helpers) -> str:
    if form == "ed" and not helpers.helped:
        return "reduced"
    if form == "ed":
        return "passive" if helpers.be or not helpers.have else "active"
    return "gerund" if form == "ing" and not helpers.be else "active"


def _verb_follows(units: Sequence[Unit], at: int) -> bool:
    """Tell whether adverbs and manners lead to a verb."""
    after = (u.sort for u in units[at : at + _AHEAD] if u.sort not in ("adverb", "manner", "negation"))
    return next(after, "") == "verb"


def _is_infinitive(units: Sequence[Unit], at: int) -> bool:
    """Tell whether a verb in its base form follows "to"."""
    unit = next((u for u in units[at:] if u.sort not in ("adverb", "manner")), None)
    if unit is None:
        return False
    based = (unit.sort == "verb" and unit.form == "base") or unit.verb[1] == "base"
    return based or unit.sort in ("be", "have", "do")


def _as_verb(units: Sequence[Unit], at: int, helped: bool, chunks: Sequence[Chunk]) -> tuple[str, str] | None:
    """Give the verb and the form that a unit is here, if it is one: words such as "mount" may be nouns."""
    unit, before = units[at], chunks[-1] if chunks else None
    if unit.sort == "verb":
        noun = not helped and unit.form in ("base", "s") and is_link_of(before, "preposition", "determiner")
        return None if noun else (unit.value, unit.form)
    if not unit.verb[0]:
        return None
    form = unit.verb[1]
    objects = at + 1 < len(units) and units[at + 1].sort in _OBJECTS
    if form in ("ed", "ing"):
        return unit.verb if helped or objects or isinstance(before, Phrase) else None
    opens = before is None or is_link(before, ":", ",", ";", "then", ".")
    orders = form == "base" and opens and objects and not _finite_follows(units, at + 1)
    agrees = isinstance(before, Phrase) and before.plural == (form == "base")
    alike = any(isinstance(chunk, Verb) and chunk.form == form for chunk in chunks)
    agrees |= alike and is_link_of(before, "conjunction")  # "covers the die and underfills it"
    return unit.verb if helped or orders or (agrees and objects) else None


def _finite_follows(units: Sequence[Unit], at: int) -> bool:
    for unit in units[at : at + _CLAUSE]:
        if unit.sort in ("be", "have") or (unit.sort == "verb" and unit.form in ("s", "base")):
            return True
        if unit.sort in ("preposition", "sign", "conjunction"):
            return False
    return False


def _adjectival(units: Sequence[Unit], at: int, chunks: Sequence[Chunk]) -> bool:
    """Tell whether a participle stands before its noun: "a bumped die", not "a die bumped with gold"."""
    after = [unit.sort for unit in units[at + 1 : at + 3]]
    if not after or (chunks and isinstance(chunks[-1], Phrase)):
        return False
    described = after[0] in ("adjective", "mark", "word") and after[1:] in (["kind"], ["name"])
    return after[0] in _NOUNS or described
