"""Units: what each word or phrase of a sentence can be, the longest phrase first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from readson.extraction.language import Language, Phrase, Rule, phrase
from readson.extraction.measures import Measure
from readson.extraction.tokens import Token
from readson.lexicon import Kind, Lexicon
from readson.vocabulary import LEX

_SHORT = 3
# Where a phrase can be several things, the first of these is meant.
ORDER = (
    "name",
    "manner",
    "nothing",
    "comparing",
    "facing",
    "kind",
    "property",
    "buried",
    "bare",
    "absent",
    "compared",
    "no",
    "several",
    "mark",
    "making",
    "preposition",
    "conjunction",
    "negation",
    "be",
    "have",
    "do",
    "to",
    "relative",
    "doing",
    "part",
    "adjective",
    "determiner",
    "pronoun",
    "adverb",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One word or phrase. `sort` is one of ORDER, or verb, measure, sign or word.

    `kinds` are the classes that it can name; `value` is the canonical word, the verb or the property; `form`
    is that of a verb: base, s, ed or ing. `verb` is a verb that a word naming a kind can be instead.
    """

    sort: str
    start: int
    end: int
    text: str
    value: str = ""
    form: str = ""
    kinds: tuple[str, ...] = ()
    plural: bool = False
    glued: bool = False
    capital: bool = False
    verb: tuple[str, str] = ("", "")
    measure: Measure | None = None
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    sort: str
    value: str = ""
    kind: Kind | None = None
    cased: str = ""
    rule: Rule | None = None


@dataclass
class Names:
    """All phrases that the reader knows, by their first word."""

    entries: dict[Phrase, list[_Entry]] = field(default_factory=lambda: defaultdict(list))
    longest: dict[str, int] = field(default_factory=dict)

    def add(self, name: Phrase, entry: _Entry) -> None:
        """Add one phrase."""
        if name:
            self.entries[name].append(entry)
            self.longest[name[0]] = max(self.longest.get(name[0], 0), len(name))


@lru_cache(maxsize=4)
def load_names(lexicon: Lexicon, language: Language) -> Names:
    """Put the labels of the ontology and the phrases of the language into one table."""
    names = Names()
    for label, kind, rank in sorted(lexicon.names(), key=lambda named: (named[2], named[0])):
        cased = label if len(label) <= _SHORT and label != label.lower() else ""
        names.add(phrase(label), _Entry("kind", kind=kind, cased=cased))
    for label, property in _property_labels(lexicon):
        if not _composed(phrase(label), names, lexicon):
            names.add(phrase(label), _Entry("property", property))
    for rule in language.names:
        for name in rule.words:
            names.add(name, _Entry("name", rule=rule))
            names.add((*name[:-1], name[-1] + "s"), _Entry("name", rule=rule))
    for sort, rules in (("comparing", language.comparing), ("facing", language.facing)):
        for rule in rules:
            for name in rule.words:
                names.add(name, _Entry(sort, " ".join(name)))
    for sort, phrases in _phrases(language):
        for name, value in phrases:
            names.add(name, _Entry(sort, value))
    return names


def _property_labels(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    for term in lexicon.terms.values():
        if term.sort == "quantity":
            yield from ((label, term.iri) for label in lexicon.labels(term.iri))
    yield from ((label, LEX + "Dimensions") for label in lexicon.dimension_keys())


def _composed(label: Phrase, names: Names, lexicon: Lexicon) -> bool:
    """Tell whether a label is the name of a part and another label: "bump height" is read as its two halves."""
    return any(
        label[:at] in names.entries and (lexicon.knows_key(" ".join(label[at:])) or label[at:] == ("size",))
        for at in range(1, len(label))
    )


def _phrases(language: Language) -> Iterator[tuple[str, list[tuple[Phrase, str]]]]:
    """Give the phrases of the language by what they do."""
    yield "manner", list(language.manners.items())
    yield "mark", list(language.marks.items())
    yield "preposition", list(language.prepositions.items())
    plain = {
        "determiners": "determiner",
        "several": "several",
        "pronouns": "pronoun",
        "relatives": "relative",
        "absent": "absent",
        "compared": "compared",
        "conjunctions": "conjunction",
        "negations": "negation",
        "no": "no",
        "be": "be",
        "have": "have",
        "do": "do",
        "to": "to",
        "adverbs": "adverb",
        "adjectives": "adjective",
        "making": "making",
        "bare": "bare",
        "buried": "buried",
        "doings": "doing",
        "parts_of": "part",
        "nothing": "nothing",
    }
    for key, sort in plain.items():
        yield sort, [(name, " ".join(name)) for name in sorted(language.words.get(key, ()))]


def read_units(tokens: Sequence[Token], text: str, names: Names, language: Language) -> tuple[Unit, ...]:
    """Read the units of a sentence, from left to right; `text` is the document's, for capitals."""
    found: list[Unit] = []
    at = 0
    while at < len(tokens):
        unit = _unit(tokens, at, text, names, language)
        found.append(unit)
        at = unit.end
    return tuple(found)


def _unit(tokens: Sequence[Token], at: int, text: str, names: Names, language: Language) -> Unit:
    token = tokens[at]
    if token.measure:
        return Unit("measure", at, at + 1, token.word, measure=token.measure)
    verb = language.verbs.get(token.word, ("", ""))
    for size in range(min(names.longest.get(token.word, 0), len(tokens) - at), 0, -1):
        name = tuple(t.word for t in tokens[at : at + size])
        entries = [e for e in names.entries.get(name, ()) if _fits(e, tokens[at : at + size], text)]
        if entries:
            unit = _named(entries, at, size, tokens, verb if size == 1 else ("", ""))
            if size == 1 and text[token.start].isupper() and at:
                unit = replace(unit, capital=True)
            if unit.sort in ("adverb", "adjective") and verb[0]:
                break
            return unit
    if verb[0]:
        return Unit("verb", at, at + 1, token.word, verb[0], verb[1], glued=token.glued)
    if not token.word[0].isalnum() and token.word != "□":
        return Unit("sign", at, at + 1, token.word, token.word)
    form = next((f for f in ("ed", "ing") if token.word.endswith(f) and len(token.word) > len(f) + 2), "")
    return Unit("word", at, at + 1, token.word, token.word, form, glued=token.glued)


def _fits(entry: _Entry, tokens: Sequence[Token], text: str) -> bool:
    """Tell whether a short label such as "Al" or "IC" stands in the text with its capitals."""
    if not entry.cased:
        return True
    return text[tokens[0].start : tokens[-1].end] in (entry.cased, entry.cased + "s")


def _named(entries: list[_Entry], at: int, size: int, tokens: Sequence[Token], verb: tuple[str, str]) -> Unit:
    best = min(entries, key=lambda e: ORDER.index(e.sort))
    same = [e for e in entries if e.sort == best.sort]
    named = entries if best.sort == "manner" else same
    kinds = tuple(dict.fromkeys(e.kind.iri for e in named if e.kind))
    plural = bool(best.kind and best.kind.plural)
    words = " ".join(t.word for t in tokens[at : at + size])
    return Unit(
        best.sort,
        at,
        at + size,
        words,
        best.value,
        kinds=kinds,
        plural=plural,
        glued=tokens[at].glued,
        verb=verb,
        rule=best.rule,
    )
