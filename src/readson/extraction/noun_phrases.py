"""Noun phrases: determiners, marks, numbers and adjectives before a head, and what they say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from readson.extraction.chunks import Phrase
from readson.extraction.language import Language
from readson.extraction.measures import Measure
from readson.extraction.units import Unit

LONGEST = 20
"""More words make no noun phrase."""
_NOUNS = ("kind", "name", "property", "doing", "part", "nothing")
_GOES_ON = (*_NOUNS, "adjective", "mark", "manner", "word", "measure")
_AFTER_PRONOUN = (*_NOUNS, "adjective", "word", "mark", "measure")
_AFTER_LABEL = ("kind", "word", "property", "name", "mark", "adjective")


@dataclass
class _Parts:
    """What has been read of a noun phrase, and the units around the one that comes next."""

    language: Language
    heads: list[Unit] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    manners: set[str] = field(default_factory=set)
    doings: list[str] = field(default_factory=list)
    adjectives: list[str] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    bare: str = ""
    number: Measure | None = None
    before: Unit | None = None
    after: Unit | None = None

    @property
    def began(self) -> bool:
        """Tell whether a head has been read."""
        return bool(self.heads)

    @property
    def follows(self) -> bool:
        """Tell whether what comes next can go on with the phrase."""
        return self.after is not None and self.after.sort in _GOES_ON

    @property
    def named(self) -> bool:
        """Tell whether the last noun read is a kind."""
        return self.began and self.heads[-1].sort == "kind"

    def number_of(self, word: str) -> int:
        """Give the number that a word says, 0 for none."""
        return self.language.numbers.get(word, 0)

    def counts(self, number: int) -> None:
        """Note that the phrase speaks of so many."""
        self.number = Measure(0, 0, str(number), "number")

    def next_is(self, *words: str) -> bool:
        """Tell whether one of some words comes next."""
        return self.after is not None and self.after.text in words


def read_pronoun(units: Sequence[Unit], at: int, language: Language) -> Phrase | None:
    """Read "it", "them", "both" as a phrase that stands for others."""
    unit = units[at]
    alone = at + 1 >= len(units) or units[at + 1].sort not in _AFTER_PRONOUN
    points = language.has("pointing", unit.text) and unit.sort != "relative" and alone
    if not points and not language.has("personal", unit.text):
        return None
    many = language.has("many", unit.text)
    return Phrase(at, at + 1, unit.text, "pronoun", unit.text, plural=many, several=many)


def read_phrase(units: Sequence[Unit], at: int, language: Language) -> Phrase | None:
    """Read the noun phrase that begins at a place, if one does."""
    parts, place = _Parts(language), at
    while place < min(len(units), at + LONGEST):
        parts.before = units[place - 1] if place > at else None
        parts.after = units[place + 1] if place + 1 < len(units) else None
        take = _TAKE.get(units[place].sort)
        if take is None or not take(parts, units[place]):
            break
        place += 1
    elliptic = not parts.heads and "definite" in parts.flags
    if parts.marks and (elliptic or (len(parts.heads) == 1 and parts.heads[0].text in ("one", "ones"))):
        head = "" if elliptic else parts.heads[0].text
        return Phrase(at, place, head, "elliptic", marks=frozenset(parts.marks), definite=True)
    return _finish(parts, units, at, place) if parts.heads else None


# Each of these adds a unit to a phrase; false where the phrase ends before the unit.


def _take_noun(parts: _Parts, unit: Unit) -> bool:
    acts = parts.began and unit.verb[1] in ("s", "ing")
    if acts and parts.after and parts.after.sort in ("determiner", "pronoun"):
        return False  # "the compound underfills the die", "an adhesive attaching the lid"
    parts.heads.append(unit)
    return True


def _take_determiner(parts: _Parts, unit: Unit) -> bool:
    if parts.named and unit.capital and len(unit.text) == 1:
        parts.marks.add(unit.text)  # "chip A"
        return True
    if unit.text == "one" and parts.marks:
        return _take_noun(parts, replace(unit, sort="word"))
    return _take_quantifier(parts, unit)


def _take_quantifier(parts: _Parts, unit: Unit) -> bool:
    if parts.began:
        return False
    parts.flags.add(_article(unit.text, parts.language) if unit.sort == "determiner" else unit.sort)
    *before, last = unit.text.split()
    if before and parts.language.has("determiners", last):
        parts.flags.add(_article(last, parts.language))  # "none of the lids": they are there
    number = parts.number_of(unit.text)
    if number > 1 or (number and {"only", "exactly"} & set(parts.adjectives)):
        parts.counts(number)
    return True


def _take_mark(parts: _Parts, unit: Unit) -> bool:
    if parts.began:
        return False
    owned = parts.before is not None and parts.language.has("possessive", parts.before.text)
    if parts.next_is("of") or (owned and not parts.follows and parts.language.has("parts_of", unit.text)):
        return _take_noun(parts, replace(unit, sort="part"))  # "the top of the lid", "its top"
    if parts.follows or "definite" in parts.flags or parts.next_is("one"):
        parts.marks.add(unit.value)
        return True
    return False


def _take_measure(parts: _Parts, unit: Unit) -> bool:
    after, measure = parts.after, unit.measure
    if measure and parts.named and _is_label(measure, after):
        parts.marks.add(measure.text)
        return True
    if parts.began or measure is None:
        return False
    if after and after.glued and after.sort in ("word", "adjective"):
        return True  # "6-layer": a number of what is inside the word
    if parts.follows:
        parts.measures.append(measure)
    return parts.follows


def _take_adjective(parts: _Parts, unit: Unit) -> bool:
    if parts.began:
        return unit.sort == "adjective" and parts.after is not None and parts.after.sort in _NOUNS
    parts.adjectives.append(unit.text)
    number, after = parts.number_of(unit.text), parts.after
    if number > 1 or (number and unit.text == "single"):
        parts.counts(number)
    done = after is not None and after.sort == "verb" and after.form == "ed"
    return parts.follows or done or (after is not None and after.text in parts.language.numbers)


def _take_manner(parts: _Parts, unit: Unit) -> bool:
    if not parts.follows and (parts.began or not unit.text.endswith(parts.language.noun_endings)):
        return False
    parts.manners.add(unit.value)
    if not parts.follows or (parts.after and parts.after.sort in ("measure", "word")):
        parts.heads.append(unit)
    return True


def _take_bare(parts: _Parts, unit: Unit) -> bool:
    if parts.began or not parts.follows:
        return False
    parts.bare = unit.sort
    return True


def _take_verb(parts: _Parts, unit: Unit) -> bool:
    if parts.began or not parts.follows:
        return False
    if unit.form == "ed":
        parts.doings.append(unit.value)
        return True
    before = parts.before
    return unit.form == "ing" and before is not None and before.sort in ("determiner", "adjective")


def _take_word(parts: _Parts, unit: Unit) -> bool:
    if parts.language.has("modals", unit.text):
        return False
    if parts.named and len(unit.text) == 1 and unit.text.isalpha():
        parts.marks.add(unit.text)
    elif not parts.began and parts.number_of(unit.text) > 1:
        if not (parts.after and parts.after.glued):  # "four-layer": a number of what is inside the word
            parts.counts(parts.number_of(unit.text))
    elif parts.began and unit.form and not unit.glued:
        return False
    elif parts.began or not parts.follows:
        parts.heads.append(unit)
    return True


def _take_hyphened(parts: _Parts, unit: Unit) -> bool:
    """Go on in "die-to-substrate gap"."""
    return parts.began and unit.glued and parts.follows and parts.after is not None and parts.after.glued


_TAKE: Mapping[str, Callable[[_Parts, Unit], bool]] = {
    **dict.fromkeys(_NOUNS, _take_noun),
    **dict.fromkeys(("no", "several"), _take_quantifier),
    **dict.fromkeys(("adjective", "adverb"), _take_adjective),
    **dict.fromkeys(("bare", "buried"), _take_bare),
    **dict.fromkeys(("to", "preposition"), _take_hyphened),
    "determiner": _take_determiner,
    "mark": _take_mark,
    "measure": _take_measure,
    "manner": _take_manner,
    "verb": _take_verb,
    "word": _take_word,
}


def _is_label(measure: Measure, after: Unit | None) -> bool:
    """Tell whether a number names the thing before it: "chip 1"."""
    digit = measure.dimension == "number" and len(measure.text) == 1 and measure.text.isdigit()
    return digit and (after is None or after.sort not in _AFTER_LABEL)


def _article(word: str, language: Language) -> str:
    if language.has("indefinite", word):
        return "indefinite"
    return "several" if language.has("collective", word) else "definite"


def _finish(parts: _Parts, units: Sequence[Unit], at: int, end: int) -> Phrase:
    """Make a phrase of its parts; the last noun is its head."""
    head, earlier = parts.heads[-1], parts.heads[:-1]
    count = next((m for m in parts.measures if m.dimension == "number" and m.sides == 1), parts.number)
    return Phrase(
        start=at,
        end=end,
        head=head.text,
        sort=head.sort,
        name=" ".join(unit.text for unit in parts.heads),
        kinds=head.kinds or ((head.rule.kind,) if head.rule and head.rule.kind else ()),
        with_kinds=tuple(unit.kinds for unit in earlier if unit.kinds),
        property=head.value if head.sort == "property" else "",
        plural=head.plural or parts.number is not None,
        definite="definite" in parts.flags,
        indefinite="indefinite" in parts.flags,
        absent="no" in parts.flags,
        several="several" in parts.flags,
        count=count,
        measures=tuple(measure for measure in parts.measures if measure is not count),
        marks=frozenset(parts.marks),
        manners=frozenset(_manners(parts)),
        doings=tuple(parts.doings),
        adjectives=tuple(parts.adjectives),
        bare=parts.bare,
        rules=tuple((unit.rule, units.index(unit)) for unit in parts.heads if unit.rule),
    )


def _manners(parts: _Parts) -> Iterator[str]:
    """Give the manners that words, nouns before the head, and names of kinds say: "flip chip die"."""
    yield from parts.manners
    for unit in parts.heads[:-1]:
        yield from (m for kind in unit.kinds[:1] if (m := parts.language.modifiers.get(kind)))
    for unit in parts.heads:
        words = tuple(unit.text.split()) if unit.sort == "kind" else ()
        spans = (words[at : at + size] for size in (2, 3) for at in range(len(words) - size))
        yield from (m for span in spans if (m := parts.language.manners.get(span)))
    if parts.heads[-1].sort == "manner":
        yield parts.heads[-1].value
