"""Chunks: noun phrases, verb groups and what stands between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from readson.extraction.language import Language, Rule
from readson.extraction.measures import Measure
from readson.extraction.units import Unit

LONGEST = 20
"""More words make no noun phrase."""
MODALS = ("will", "may", "can", "must", "shall", "should", "could", "would", "might")
INSIDE = (
    "determiner",
    "no",
    "several",
    "mark",
    "measure",
    "adjective",
    "kind",
    "property",
    "name",
    "doing",
    "part",
    "nothing",
    "manner",
    "word",
    "pronoun",
)
HEADS = ("kind", "property", "name", "doing", "part", "nothing", "word")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase. Places count units of the sentence.

    `kinds` are the classes of its head, of which one is meant; empty for a head that names no item.
    `with_kinds` are nouns of the ontology before the head. `owner` is what a possessive names before it.
    """

    start: int
    end: int
    head: str
    sort: str
    name: str = ""
    kinds: tuple[str, ...] = ()
    with_kinds: tuple[tuple[str, ...], ...] = ()
    property: str = ""
    plural: bool = False
    definite: bool = False
    indefinite: bool = False
    absent: bool = False
    several: bool = False
    count: Measure | None = None
    measures: tuple[Measure, ...] = ()
    marks: frozenset[str] = frozenset()
    manners: frozenset[str] = frozenset()
    doings: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    bare: str = ""
    owner: Phrase | None = None
    rules: tuple[tuple[Rule, int], ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb group. `voice` is active, passive or gerund; `modal` words are left to the cues of the sentence."""

    start: int
    end: int
    verb: str
    form: str
    voice: str
    negated: bool = False
    manners: frozenset[str] = frozenset()
    infinitive: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A preposition, conjunction, comma or other word between phrases and verbs."""

    start: int
    end: int
    sort: str
    word: str


Chunk = Phrase | Verb | Link


@dataclass
class _Parts:
    """What has been read of a noun phrase."""

    heads: list[Unit] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    manners: set[str] = field(default_factory=set)
    doings: list[str] = field(default_factory=list)
    adjectives: list[str] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    bare: str = ""
    number: Measure | None = None


def read_chunks(units: Sequence[Unit], language: Language) -> tuple[Chunk, ...]:
    """Read the chunks of a sentence, from left to right."""
    chunks: list[Chunk] = []
    at = 0
    while at < len(units):
        verb = _verb(units, at, chunks, language)
        phrase = None if verb else _pronoun(units, at) or _phrase(units, at, language)
        chunk = verb or phrase or _link(units[at], at)
        chunks.append(chunk)
        at = max(chunk.end, at + 1)
    return tuple(_stating(list(_owned(chunks))))


def _stating(chunks: list[Chunk]) -> list[Chunk]:
    """Read "Lid: copper" as "the lid is copper": an entry of a list states something of its head."""
    place = next((i for i, c in enumerate(chunks[:6]) if isinstance(c, Link) and c.word == ":"), 0)
    heads = [c for c in chunks[:place] if isinstance(c, Phrase)]
    if place and heads and not any(isinstance(c, Verb) for c in chunks[:place]) and heads[0].sort in ("kind", "property"):
        colon = chunks[place]
        chunks[place] = Verb(colon.start, colon.end, "be", "s", "active")
    return chunks


def _pronoun(units: Sequence[Unit], at: int) -> Phrase | None:
    """Read "it", "them", "both", "the two", "the latter" as phrases that stand for others."""
    unit = units[at]
    after = units[at + 1].sort if at + 1 < len(units) else "sign"
    alone = after not in ("kind", "adjective", "word", "name", "doing", "property", "mark", "part", "measure", "nothing")
    many = unit.text in ("they", "them", "both", "these", "those", "two")
    if unit.text in ("it", "them", "they") or (unit.text in ("both", "this", "that", "these") and alone and unit.sort != "relative" and after != "verb_"):
        return Phrase(at, at + 1, unit.text, "pronoun", unit.text, plural=many, several=many)
    return None


def _link(unit: Unit, at: int) -> Link:
    return Link(at, at + 1, unit.sort, unit.value or unit.text)


def _verb(units: Sequence[Unit], at: int, chunks: Sequence[Chunk], language: Language) -> Verb | None:
    """Read a verb group: auxiliaries, "not", adverbs and manners, and the verb itself."""
    place, negated, passive, manners, infinitive = at, False, False, set[str](), False
    helped = False
    while place < len(units):
        unit = units[place]
        if unit.sort in ("be", "have", "do", "to") or unit.text in (
            "will",
            "may",
            "can",
            "must",
            "shall",
            "should",
            "could",
            "would",
            "might",
        ):
            if unit.sort == "to" and not _is_verb(units, place + 1, language):
                break
            infinitive |= unit.sort == "to"
            passive |= unit.sort == "be"
            helped = True
        elif unit.sort == "negation" or (unit.sort == "no" and unit.text == "not"):
            negated = True
        elif unit.sort == "manner" and (helped or place > at or _verb_follows(units, place, language)):
            if not _verb_follows(units, place, language) and not helped:
                break
            manners.add(unit.value)
        elif unit.sort == "adverb" and (helped or _verb_follows(units, place, language)):
            pass
        else:
            break
        place += 1
    if place < len(units) and (found := _as_verb(units, place, at < place, chunks, language)):
        verb, form = found
        if form in ("ed",) and not helped and _adjectival(units, place, chunks):
            return None
        voice = "gerund" if form == "ing" and not passive else "active"
        if form == "ed":
            had = any(u.sort == "have" for u in units[at:place])
            voice = "passive" if passive or not had else "active"
        if form == "ed" and not helped and not passive:
            voice = "reduced"
        return Verb(at, place + 1, verb, form, voice, negated, frozenset(manners), infinitive)
    if helped and any(u.sort in ("be", "have") for u in units[at:place]):
        sort = "be" if any(u.sort == "be" for u in units[at:place]) else "have"
        return Verb(at, place, sort, "s", "active", negated, frozenset(manners), infinitive)
    return None


def _verb_follows(units: Sequence[Unit], at: int, language: Language) -> bool:
    """Tell whether adverbs and manners lead to a verb."""
    for unit in units[at : at + 4]:
        if unit.sort == "verb":
            return True
        if unit.sort not in ("adverb", "manner", "negation"):
            return False
    return False


def _is_verb(units: Sequence[Unit], at: int, language: Language) -> bool:
    place = at
    while place < len(units) and units[place].sort in ("adverb", "manner"):
        place += 1
    return place < len(units) and (
        (units[place].sort == "verb" and units[place].form == "base")
        or bool(units[place].verb[0] and units[place].verb[1] == "base")
        or (units[place].sort in ("be", "have", "do"))
    )


def _as_verb(
    units: Sequence[Unit], at: int, helped: bool, chunks: Sequence[Chunk], language: Language
) -> tuple[str, str] | None:
    """Give the verb that a unit is here, if it is one: words such as "mold" and "mount" may be nouns."""
    unit = units[at]
    before = chunks[-1] if chunks else None
    if unit.sort == "verb":
        if (
            unit.form in ("base", "s")
            and not helped
            and isinstance(before, Link)
            and before.sort in ("preposition", "determiner")
        ):
            return None
        return unit.value, unit.form
    if not unit.verb[0]:
        return None
    verb, form = unit.verb
    after = units[at + 1] if at + 1 < len(units) else None
    objects = after is not None and after.sort in (
        "determiner",
        "kind",
        "several",
        "no",
        "measure",
        "name",
        "mark",
        "adjective",
        "pronoun",
    )
    if form in ("ed", "ing"):
        return (verb, form) if helped or objects or isinstance(before, Phrase) else None
    if helped:
        return verb, form
    opens = before is None or (isinstance(before, Link) and before.word in (":", ",", ";", "then", "."))
    if form == "base" and opens and objects and not _finite_follows(units, at + 1):
        return verb, form
    subject = isinstance(before, Phrase) and before.plural == (form == "base")
    return (verb, form) if subject and objects else None


def _finite_follows(units: Sequence[Unit], at: int) -> bool:
    for unit in units[at : at + 6]:
        if unit.sort in ("be", "have") or (unit.sort == "verb" and unit.form in ("s", "base")):
            return True
        if unit.sort in ("preposition", "sign", "conjunction"):
            return False
    return False


def _adjectival(units: Sequence[Unit], at: int, chunks: Sequence[Chunk]) -> bool:
    """Tell whether a participle stands before its noun: "a bumped die", not "a die bumped with gold"."""
    before = chunks[-1] if chunks else None
    if isinstance(before, Phrase):
        return False
    after = units[at + 1 : at + 3]
    return bool(after) and (
        after[0].sort in ("kind", "name", "property", "doing")
        or (
            len(after) > 1
            and after[0].sort in ("adjective", "mark", "word")
            and after[1].sort in ("kind", "name")
        )
    )


def _phrase(units: Sequence[Unit], at: int, language: Language) -> Phrase | None:
    """Read a noun phrase, or give None where none begins."""
    parts, place = _Parts(), at
    while place < min(len(units), at + LONGEST):
        unit = units[place]
        after = units[place + 1] if place + 1 < len(units) else None
        if not _take(parts, unit, after, units[place - 1] if place > at else None, language):
            break
        place += 1
    if not parts.heads and parts.marks and "definite" in parts.flags:
        return Phrase(at, place, "", "elliptic", marks=frozenset(parts.marks), definite=True)
    if not parts.heads:
        return None
    return _finish(parts, units, at, place, language)


def _take(parts: _Parts, unit: Unit, after: Unit | None, before: Unit | None, language: Language) -> bool:
    """Add a unit to a noun phrase; false where the phrase ends before it."""
    began = bool(parts.heads)
    nouns = ("kind", "name", "property", "doing", "part", "nothing")
    follows = after is not None and after.sort in (*nouns, "adjective", "mark", "manner", "word", "measure")
    match unit.sort:
        case "kind" | "name" | "property" | "doing" | "part" | "nothing":
            if (
                unit.sort == "part"
                and not began
                and after is not None
                and after.sort not in nouns
                and unit.text in ("end", "part")
            ):
                return False
            parts.heads.append(unit)
        case "determiner" if began and unit.capital and len(unit.text) == 1 and parts.heads[-1].sort == "kind":
            parts.marks.add(unit.text)
        case "determiner" if unit.text == "one" and parts.marks:
            parts.heads.append(replace(unit, sort="word"))
        case "determiner" | "no" | "several" if not began:
            parts.flags.add(unit.sort if unit.sort != "determiner" else _article(unit.text))
            number = language.numbers.get(unit.text)
            if number is not None and (number > 1 or "only" in parts.adjectives or "exactly" in parts.adjectives):
                parts.number = Measure(0, 0, str(number), "number")
        case "mark" if not began and after is not None and after.text == "of":
            parts.heads.append(replace(unit, sort="part"))
        case "mark" if not began and (follows or "definite" in parts.flags or (after is not None and after.text == "one")):
            parts.marks.add(unit.value)
        case "measure" if not began and after is not None and after.glued and after.sort in ("word", "adjective"):
            pass  # "6-layer": a number of what is inside the word
        case "measure" if not began and unit.measure and follows:
            parts.measures.append(unit.measure)
        case "adjective" | "adverb" if not began:
            parts.adjectives.append(unit.text)
            number = language.numbers.get(unit.text)
            if number is not None and (number > 1 or unit.text == "single"):
                parts.number = Measure(0, 0, str(number), "number")
            follows = follows or (after is not None and after.text in language.numbers)
            return follows or (after is not None and after.sort == "verb" and after.form == "ed")
        case "adjective" if after is not None and after.sort in nouns:
            pass
        case "manner" if follows or (
            unit.text.endswith(("bonding", "down", "up", "chip", "chips")) and not began
        ):
            parts.manners.add(unit.value)
            if not follows or after is None or after.sort in ("measure", "word"):
                parts.heads.append(unit)
        case "bare" | "buried" if not began and follows:
            parts.bare = unit.sort
        case "verb" if not began and unit.form == "ed" and follows:
            parts.doings.append(unit.value)
        case "verb" if (
            not began
            and unit.form == "ing"
            and follows
            and before is not None
            and before.sort in ("determiner", "adjective")
        ):
            pass
        case "word" if unit.text in MODALS:
            return False
        case "word" if began and parts.heads[-1].sort == "kind" and len(unit.text) == 1 and unit.text.isalpha():
            parts.marks.add(unit.text)
        case "measure" if began and parts.heads[-1].sort == "kind" and _label(unit, after):
            parts.marks.add(unit.measure.text if unit.measure else "")
        case "word":
            if language.numbers.get(unit.text, 0) > 1 and not began:
                parts.number = Measure(0, 0, str(language.numbers[unit.text]), "number")
            elif began and unit.form and not unit.glued:
                return False
            elif began or not follows:
                parts.heads.append(unit)
        case "to" | "preposition" if began and unit.glued and follows and after is not None and after.glued:
            pass  # "die-to-substrate gap"
        case _:
            return False
    return True


def _label(unit: Unit, after: Unit | None) -> bool:
    """Tell whether a number names the thing before it: "chip 1"."""
    measure = unit.measure
    short = measure is not None and measure.dimension == "number" and measure.text.isdigit() and len(measure.text) == 1
    return short and (after is None or after.sort not in ("kind", "word", "property", "name", "mark", "adjective"))


def _article(word: str) -> str:
    if word in ("a", "an", "another", "one", "any", "some"):
        return "indefinite"
    return (
        "several"
        if word in ("these", "those", "all", "both", "several", "multiple", "many", "various", "numerous")
        else "definite"
    )


def _finish(parts: _Parts, units: Sequence[Unit], at: int, end: int, language: Language) -> Phrase:
    head = _head(parts.heads)
    if head.text in ("one", "ones") and parts.marks and len(parts.heads) == 1:
        return Phrase(at, end, head.text, "elliptic", marks=frozenset(parts.marks), definite=True)
    earlier = parts.heads[: parts.heads.index(head)] if head in parts.heads else []
    manners = parts.manners | {m for u in earlier for k in u.kinds[:1] if (m := language.modifiers.get(k))}
    manners |= {m for u in parts.heads if u.sort == "kind" for m in _within(u.text, language)}
    count = next((m for m in parts.measures if m.dimension == "number" and m.sides == 1), parts.number)
    names = tuple((u.rule, units.index(u)) for u in parts.heads if u.rule)
    return Phrase(
        start=at,
        end=end,
        head=head.text,
        sort=head.sort,
        name=" ".join(u.text for u in parts.heads),
        kinds=head.kinds or ((head.rule.kind,) if head.rule and head.rule.kind else ()),
        with_kinds=tuple(u.kinds for u in earlier if u.kinds),
        property=head.value if head.sort == "property" else "",
        plural=head.plural or (parts.number is not None),
        definite="definite" in parts.flags,
        indefinite="indefinite" in parts.flags,
        absent="no" in parts.flags,
        several="several" in parts.flags,
        count=count,
        measures=tuple(m for m in parts.measures if m is not count),
        marks=frozenset(parts.marks),
        manners=frozenset(manners | ({head.value} if head.sort == "manner" else set())),
        doings=tuple(parts.doings),
        adjectives=tuple(parts.adjectives),
        bare=parts.bare,
        rules=names,
    )


def _within(text: str, language: Language) -> Iterator[str]:
    """Give the manners in the name of a kind: "flip chip die"."""
    words = tuple(text.split())
    for size in (2, 3):
        for at in range(len(words) - size):
            if manner := language.manners.get(words[at : at + size]):
                yield manner


def _head(heads: Sequence[Unit]) -> Unit:
    """Give the last noun; a last word that is none of the ontology's takes the phrase with it."""
    return heads[-1]


def _owned(chunks: Sequence[Chunk]) -> Iterator[Chunk]:
    """Join "the die 's rear side" to one phrase with its owner."""
    owner: Phrase | None = None
    kept: list[Chunk] = []
    for place, chunk in enumerate(chunks):
        after = chunks[place + 1] if place + 1 < len(chunks) else None
        if isinstance(chunk, Phrase) and isinstance(after, Link) and after.word == "'s":
            owner = chunk
        elif isinstance(chunk, Link) and chunk.word == "'s" and owner:
            continue
        elif isinstance(chunk, Phrase) and owner:
            kept.append(replace(chunk, owner=owner, start=owner.start))
            owner = None
        else:
            kept.append(chunk)
    yield from kept
