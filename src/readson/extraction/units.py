"""Units: what each word or phrase of a sentence can be, the longest phrase first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from readson.extraction.language import Language, Rule
from readson.extraction.measures import Measure
from readson.extraction.names import SORTS, Names, Sense
from readson.extraction.tokens import Token


@dataclass(frozen=True, slots=True)
class Unit:
    """One word or phrase. `sort` is one of SORTS, or verb, measure, sign or word.

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
    verb, form = language.verbs.get(token.word, ("", ""))
    named = _named(tokens, at, text, names, (verb, form))
    # A verb wins over a word that only describes: "it is plated".
    if named and not (verb and named.sort in ("adverb", "adjective")):
        return named
    if verb:
        return Unit("verb", at, at + 1, token.word, verb, form, glued=token.glued)
    if not token.word[0].isalnum() and token.word != "□":
        return Unit("sign", at, at + 1, token.word, token.word)
    return Unit("word", at, at + 1, token.word, token.word, _ending(token.word), glued=token.glued)


def _ending(word: str) -> str:
    """Give the form that an unknown word has, if it looks like that of a verb."""
    return next((form for form in ("ed", "ing") if word.endswith(form) and len(word) > len(form) + 2), "")


def _named(tokens: Sequence[Token], at: int, text: str, names: Names, verb: tuple[str, str]) -> Unit | None:
    """Read the longest phrase that is known, if there is one."""
    for size in range(min(names.longest.get(tokens[at].word, 0), len(tokens) - at), 0, -1):
        span = tokens[at : at + size]
        senses = names.senses.get(tuple(token.word for token in span), ())
        fitting = [sense for sense in senses if not sense.cased or _cased(sense, span, text)]
        if fitting:
            capital = size == 1 and at > 0 and text[span[0].start].isupper()
            return _meant(fitting, span, at, verb if size == 1 else ("", ""), capital)
    return None


def _cased(sense: Sense, span: Sequence[Token], text: str) -> bool:
    """Tell whether a short label such as "Al" or "IC" stands in the text with its capitals."""
    return text[span[0].start : span[-1].end] in (sense.cased, sense.cased + "s")


def _meant(
    senses: Sequence[Sense], span: Sequence[Token], at: int, verb: tuple[str, str], capital: bool
) -> Unit:
    """Choose among the senses of a phrase; a manner keeps the kinds that it can name too."""
    best = min(senses, key=lambda sense: SORTS.index(sense.sort))
    same = senses if best.sort == "manner" else [sense for sense in senses if sense.sort == best.sort]
    return Unit(
        best.sort,
        at,
        at + len(span),
        " ".join(token.word for token in span),
        best.value,
        kinds=tuple(dict.fromkeys(sense.kind.iri for sense in same if sense.kind)),
        plural=bool(best.kind and best.kind.plural),
        glued=span[0].glued,
        capital=capital,
        verb=verb,
        rule=best.rule,
    )
