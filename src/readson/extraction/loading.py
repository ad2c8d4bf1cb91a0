"""Load the words of a language from `data/language/`, checked against the ontology."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from readson.errors import OntologyError
from readson.extraction.checks import find_problems
from readson.extraction.entries import plain, read_entries
from readson.extraction.inflection import VerbForms, inflect
from readson.extraction.language import Language, Narrowing, Rule, StepRule, Words, split_words
from readson.extraction.schema import ROLES
from readson.lexicon import Lexicon
from readson.resources import content_folder


@lru_cache(maxsize=4)
def load_language(lexicon: Lexicon, folder: Path | None = None) -> Language:
    """Load the words of a language, by default those of `data/language/`.

    Raise OntologyError with every entry that is not understood: a key that nothing reads, a label that the
    ontology lacks, a fact on a role that its rule does not have.
    """
    entries = read_entries(folder or content_folder("data") / "language")
    if problems := list(find_problems(entries, lexicon)):
        raise OntologyError(problems)
    raw = {name: plain(node) for name, node in entries.items()}
    return Language(
        **_of_words(raw["words"]),
        verbs=_verbs(raw["words"], raw["frames"]),
        words=_lists(raw["words"] | raw["frames"] | raw["implied"]),
        gloss={word: tuple(text.split()) for word, text in raw["gloss"].items()},
        cues={split_words(word): cue["reason"] for cue in raw["cues"] for word in cue["words"]},
        wide_cues=frozenset(cue["reason"] for cue in raw["cues"] if "scope" in cue),
        **_Builder(lexicon).of_frames(raw["frames"]),
        **_Builder(lexicon).of_implied(raw["implied"]),
    )


def _of_words(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "numbers": {word: int(number) for word, number in raw["numbers"].items()},
        "marks": {split_words(word): line[0] for line in raw["marks"] for word in line},
        "prepositions": {split_words(word): line[0] for line in raw["prepositions"] for word in line},
    }


def _lists(raw: Mapping[str, Any]) -> dict[str, frozenset[Words]]:
    """Give the plain lists of words by their names."""
    lists = {key: value for key, value in raw.items() if isinstance(value, list)}
    return {
        key: frozenset(map(split_words, listed))
        for key, listed in lists.items()
        if all(isinstance(word, str) for word in listed)
    }


def _verbs(words: Mapping[str, Any], frames: Mapping[str, Any]) -> VerbForms:
    """Give the forms of all verbs of all entries."""
    entries = (*frames["frames"], *frames["relations"], *frames["steps"])
    lists = [words["verbs"], frames["having"]["verbs"], *(e["verbs"] for e in entries if "verbs" in e)]
    verbs = dict.fromkeys(verb for listed in lists for verb in _listed(listed))
    return inflect(verbs, words["irregular"], words["undoubled"])


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


@dataclass(frozen=True)
class _Builder:
    """Turn entries, which have been checked, into rules."""

    lexicon: Lexicon

    def of_frames(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Build what `frames.yaml` holds."""
        return {
            "manners": {
                split_words(word): manner for manner, words in raw["manners"].items() for word in words
            },
            "noun_endings": tuple(raw["manner_nouns"]),
            "modifiers": {self.kind(kind): manner for kind, manner in raw["modifiers"].items()},
            "having": frozenset(raw["having"]["verbs"]),
            "haves": self.rules(raw["having"]["rules"]),
            **{name: self.rules(raw[name]) for name in ("relations", "frames", "comparing", "facing")},
            "steps": tuple(map(self.step, raw["steps"])),
            "narrower_steps": {
                split_words(w): self.kind(k) for k, words in raw["narrower"].items() for w in words
            },
            "narrowings": tuple(map(self.narrowing, raw["kinds"])),
            "measures": raw["measures"],
        }

    def of_implied(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Build what `implied.yaml` holds."""
        return {
            "names": self.rules(raw["names"]),
            "implied": {manner: self.rule(entry) for manner, entry in raw["manners"].items()},
            "parts": self.rules(raw["parts"]),
            "anchors": {name: self.kind(label) for name, label in raw["anchors"].items()},
            "properties": raw["properties"],
            "stand_ins": raw["stand_ins"],
            "groups": tuple(map(self.kind, raw["groups"])),
            "denied": {self.kind(one): self.kind(other) for one, other in raw["denied"].items()},
            "none": self.by_words(raw["none"]),
            "made": self.by_words(raw["made"]),
        }

    def kind(self, label: str) -> str:
        """Give the class that a label names."""
        return self.lexicon.kinds(label)[0].iri

    def by_words(self, labels: Mapping[str, str]) -> dict[Words, str]:
        """Give classes by the words that name them."""
        return {split_words(word): self.kind(label) for word, label in labels.items()}

    def rules(self, entries: Iterable[Mapping[str, Any]]) -> tuple[Rule, ...]:
        """Build a list of rules."""
        return tuple(map(self.rule, entries))

    def rule(self, entry: Mapping[str, Any]) -> Rule:
        """Build one rule."""
        return Rule(
            says=tuple(_facts(entry["says"])),
            roles={role: tuple(map(self.kind, _listed(entry[role]))) for role in ROLES if role in entry},
            by=frozenset(_listed(entry.get("by", []))),
            verbs=frozenset(_listed(entry.get("verbs", []))),
            words=frozenset(map(split_words, _listed(entry.get("words", [])))),
            manner=entry.get("manner", ""),
            whose=tuple(map(self.kind, _listed(entry.get("whose", [])))),
            default=self.kind(entry["default"]) if "default" in entry else "",
            because=entry.get("because", ""),
            kind=self.kind(entry["kind"]) if "kind" in entry else "",
            alone="alone" in entry,
            further="further" in entry,
            verbal="verbal" in entry,
        )

    def step(self, entry: Mapping[str, Any]) -> StepRule:
        """Build what tells of a step."""
        return StepRule(
            verbs=frozenset(entry["verbs"]),
            kind=self.kind(entry["kind"]),
            barred=frozenset(entry.get("not", ())),
            wanted=frozenset(entry.get("of", ())),
            acts={label: self.kind(kind) for label, kind in entry.get("acts", {}).items()},
            yields=entry.get("yields", {}),
            because=entry.get("because", ""),
        )

    def narrowing(self, entry: Mapping[str, Any]) -> Narrowing:
        """Build what makes a kind narrower."""
        words, barred = frozenset(entry["words"]), frozenset(entry.get("not", ()))
        return Narrowing(self.kind(entry["kind"]), self.kind(entry["is"]), words, barred)


def _facts(says: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for text in says:
        subject, label, value = (piece.strip() for piece in text.split("|"))
        yield subject, label, value
