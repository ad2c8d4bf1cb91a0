"""Names: all phrases that the text reader knows, those of the ontology and those of the language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from readson.extraction.language import Language, Rule, Words, split_words
from readson.lexicon import Kind, Lexicon
from readson.vocabulary import LEX

# Labels up to this length need their capitals: "Al", "IC", "In".
_SHORT = 3
SORTS = (
    *("name", "manner", "nothing", "comparing", "facing", "kind", "property", "buried", "bare", "absent"),
    *("compared", "no", "several", "mark", "making", "preposition", "conjunction", "negation", "be", "have"),
    *("do", "to", "relative", "doing", "part", "adjective", "determiner", "pronoun", "adverb"),
)
"""What a phrase can be; where it can be several things, the first of these is meant."""
_LISTS = {
    **{name: name for name in ("several", "absent", "compared", "no", "be", "have", "do", "to")},
    **{name: name for name in ("making", "bare", "buried", "nothing")},
    **{"determiners": "determiner", "pronouns": "pronoun", "relatives": "relative", "adverbs": "adverb"},
    **{"conjunctions": "conjunction", "negations": "negation", "adjectives": "adjective"},
    **{"doings": "doing", "parts_of": "part"},
}


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a phrase can be. `cased` is the label as it must stand in the text, "" for any."""

    sort: str
    value: str = ""
    kind: Kind | None = None
    cased: str = ""
    rule: Rule | None = None


@dataclass(frozen=True, eq=False)
class Names:
    """What each phrase can be, and how many words the longest phrase has that begins with a word."""

    senses: defaultdict[Words, list[Sense]] = field(default_factory=lambda: defaultdict(list))
    longest: dict[str, int] = field(default_factory=dict)

    def add(self, name: Words, sense: Sense) -> None:
        """Add one phrase."""
        if name:
            self.senses[name].append(sense)
            self.longest[name[0]] = max(self.longest.get(name[0], 0), len(name))


@lru_cache(maxsize=4)
def load_names(lexicon: Lexicon, language: Language) -> Names:
    """Put the labels of the ontology and the phrases of the language into one table."""
    names = Names()
    for label, kind, _ in sorted(lexicon.names(), key=lambda named: (named[2], named[0])):
        cased = label if len(label) <= _SHORT and label != label.lower() else ""
        names.add(split_words(label), Sense("kind", kind=kind, cased=cased))
    for label, iri in _property_labels(lexicon):
        if not _composed(split_words(label), names, lexicon):
            names.add(split_words(label), Sense("property", iri))
    for name, sense in _phrases(language):
        names.add(name, sense)
    return names


def _property_labels(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    for term in lexicon.terms.values():
        if term.sort == "quantity":
            yield from ((label, term.iri) for label in lexicon.labels(term.iri))
    yield from ((label, LEX + "Dimensions") for label in lexicon.dimension_keys())


def _composed(label: Words, names: Names, lexicon: Lexicon) -> bool:
    """Tell whether a label is the name of a part and another label: "bump height" is read in two."""
    return any(
        label[:at] in names.senses and (lexicon.knows_key(" ".join(label[at:])) or label[at:] == ("size",))
        for at in range(1, len(label))
    )


def _phrases(language: Language) -> Iterator[tuple[Words, Sense]]:
    """Give the phrases of the language by what they do."""
    for rule in language.names:
        for name in rule.words:
            yield name, Sense("name", rule=rule)
            yield (*name[:-1], name[-1] + "s"), Sense("name", rule=rule)
    for sort, rules in (("comparing", language.comparing), ("facing", language.facing)):
        yield from ((name, Sense(sort, " ".join(name))) for rule in rules for name in rule.words)
    mapped = {"manner": language.manners, "mark": language.marks, "preposition": language.prepositions}
    for sort, values in mapped.items():
        yield from ((name, Sense(sort, value)) for name, value in values.items())
    for listing, sort in _LISTS.items():
        yield from ((name, Sense(sort, " ".join(name))) for name in language.words[listing])
