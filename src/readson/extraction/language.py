"""The words of a language and what they say of parts, as `data/language/` holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from readson.errors import OntologyError, Problem
from readson.lexicon import Lexicon
from readson.resources import content_folder

FILES = ("words", "cues", "frames", "implied", "gloss")
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """What a verb, a preposition or a name says of parts.

    `roles` gives the classes of which the part in a role must be one. Each of `says` is
    (subject, property, object): a role, "<kind>", or a feature of these. `default` is the kind of the agent
    that is not named.
    """

    says: tuple[tuple[str, str, str], ...]
    roles: Mapping[str, tuple[str, ...]]
    by: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    words: frozenset[Phrase] = frozenset()
    manner: str = ""
    default: str = ""
    because: str = ""
    kind: str = ""
    alone: bool = False
    further: bool = False


@dataclass(frozen=True, eq=False)
class Language:
    """Everything that the text reader knows of words. Phrases are tuples of folded tokens."""

    words: Mapping[str, frozenset[Phrase]]
    numbers: Mapping[str, int]
    marks: Mapping[Phrase, str]
    prepositions: Mapping[Phrase, str]
    verbs: Mapping[str, tuple[str, str]]
    cues: Mapping[Phrase, str]
    wide_cues: frozenset[str]
    manners: Mapping[Phrase, str]
    modifiers: Mapping[str, str]
    relations: tuple[Rule, ...]
    frames: tuple[Rule, ...]
    having: frozenset[str]
    haves: tuple[Rule, ...]
    comparing: tuple[Rule, ...]
    facing: tuple[Rule, ...]
    names: tuple[Rule, ...]
    implied: Mapping[str, Rule]
    parts: tuple[Rule, ...]
    gloss: Mapping[str, tuple[str, ...]]
    anchors: Mapping[str, str]
    groups: tuple[str, ...]
    lacking: frozenset[str]
    unused: frozenset[str]
    denied: Mapping[str, str]
    none: Mapping[Phrase, str]
    tools: frozenset[str]
    made: Mapping[Phrase, str]
    steps: tuple[tuple[frozenset[str], str, frozenset[str], frozenset[str]], ...]
    narrower: Mapping[Phrase, str]
    vacuum: frozenset[Phrase]
    kinds_by_words: tuple[tuple[str, str, frozenset[str]], ...]
    measures: Mapping[str, str]
    square: frozenset[Phrase]


def phrase(text: str) -> Phrase:
    """Split a label into the tokens that a text would have.

    >>> phrase("Flip-Chip bonded")
    ('flip', 'chip', 'bonded')
    """
    return tuple(text.lower().replace("-", " ").replace("/", " / ").split())


@lru_cache(maxsize=4)
def load_language(lexicon: Lexicon, folder: Path | None = None) -> Language:
    """Load the words of `data/language/`; raise OntologyError with every label that the ontology lacks."""
    folder = folder or content_folder("data") / "language"
    raw = {name: _read(folder / f"{name}.yaml") for name in FILES}
    reader = _Rules(lexicon, folder / "frames.yaml")
    words, frames, implied = raw["words"], raw["frames"], raw["implied"]
    language = Language(
        words={
            key: frozenset(map(phrase, listed))
            for key, listed in (words | frames).items()
            if isinstance(listed, list) and all(isinstance(word, str) for word in listed)
        },
        numbers={word: int(number) for word, number in words["numbers"].items()},
        marks={phrase(word): line[0] for line in words["marks"] for word in line},
        prepositions={phrase(word): line[0] for line in words["prepositions"] for word in line},
        verbs=_verb_forms(words, frames),
        cues={phrase(word): cue["reason"] for cue in raw["cues"] for word in cue["words"]},
        wide_cues=frozenset(cue["reason"] for cue in raw["cues"] if cue.get("scope") == "paragraph"),
        manners={phrase(word): name for name, words_ in frames["manners"].items() for word in words_},
        modifiers={reader.kind(kind): manner for kind, manner in frames["modifiers"].items()},
        relations=tuple(map(reader.rule, frames["relations"])),
        frames=tuple(map(reader.rule, frames["frames"])),
        having=frozenset(frames["having"]["verbs"]),
        haves=tuple(map(reader.rule, frames["having"]["rules"])),
        comparing=tuple(map(reader.rule, frames["comparing"])),
        facing=tuple(map(reader.rule, frames["facing"])),
        names=tuple(map(reader.rule, implied["names"])),
        implied={name: reader.rule(entry) for name, entry in implied["manners"].items()},
        parts=tuple(map(reader.rule, implied["parts"])),
        gloss={word: tuple(text.split()) for word, text in raw["gloss"].items()},
        anchors={name: reader.kind(label) for name, label in implied["anchors"].items()},
        groups=tuple(map(reader.kind, implied["groups"])),
        lacking=frozenset(implied["lacking"]),
        unused=frozenset(implied["unused"]),
        tools=frozenset(implied["tools"]),
        none={phrase(word): reader.kind(kind) for word, kind in implied["none"].items()},
        made={phrase(word): reader.kind(kind) for word, kind in implied["made"].items()},
        denied={reader.kind(one): reader.kind(other) for one, other in implied["denied"].items()},
        steps=tuple(
            (frozenset(e["verbs"]), reader.kind(e["kind"]), frozenset(e.get("not", ())), frozenset(e.get("of", ()))) for e in frames["steps"]
        ),
        narrower={phrase(word): reader.kind(kind) for kind, listed in frames["narrower"].items() for word in listed},
        kinds_by_words=tuple(
            (reader.kind(e["kind"]), reader.kind(e["is"]), frozenset(e["words"])) for e in frames["kinds"]
        ),
        vacuum=frozenset(map(phrase, frames["vacuum"])),
        measures=frames["measures"],
        square=frozenset(map(phrase, frames["square"])),
    )
    reader.check()
    return language


def _read(path: Path) -> Any:
    try:
        # All scalars are texts: "no" and "on" are words here.
        return yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)
    except (OSError, yaml.YAMLError) as error:
        raise OntologyError([Problem(path.name, 0, 0, f"cannot be read: {error}")]) from error


class _Rules:
    """Turn entries of the files into rules, and note the labels that name nothing."""

    def __init__(self, lexicon: Lexicon, path: Path) -> None:
        self._lexicon, self._path = lexicon, path
        self._problems: list[Problem] = []

    def rule(self, entry: Mapping[str, Any]) -> Rule:
        roles = ("thing", "ground", "other", "via", "agent", "under", "whole", "part")
        return Rule(
            says=tuple(self._saying(text) for text in entry["says"]),
            roles={role: tuple(map(self.kind, _listed(entry[role]))) for role in roles if role in entry},
            by=frozenset(_listed(entry.get("by", []))),
            verbs=frozenset(_listed(entry.get("verbs", []))),
            words=frozenset(map(phrase, _listed(entry.get("words", [])))),
            manner=entry.get("manner", ""),
            default=self.kind(entry["default"]) if "default" in entry else "",
            because=entry.get("because", ""),
            alone=entry.get("alone", "") == "yes",
            further=entry.get("further", "") == "yes",
            kind=self.kind(entry["kind"]) if "kind" in entry else "",
        )

    def kind(self, label: str) -> str:
        """Give the class that a label names."""
        found = self._lexicon.kinds(label)
        if len(found) != 1:
            self._note(f"`{label}` names {len(found)} classes of the ontology; expected one")
            return ""
        return found[0].iri

    def _saying(self, text: str) -> tuple[str, str, str]:
        pieces = tuple(piece.strip() for piece in text.split("|"))
        if len(pieces) != 3:
            self._note(f"`{text}` is not `subject | property | object`")
            return ("", "", "")
        if not self._lexicon.knows_key(pieces[1]):
            self._note(f"`{pieces[1]}` is no property of the ontology")
        return pieces

    def _note(self, message: str) -> None:
        self._problems.append(Problem(self._path.name, 0, 0, message))

    def check(self) -> None:
        """Raise all problems found, if any."""
        if self._problems:
            raise OntologyError(self._problems)


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _verb_forms(words: Mapping[str, Any], frames: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Give every form of every verb: its verb and "base", "s", "ed" or "ing"."""
    lists = [words["verbs"], frames["having"]["verbs"], *(entry["verbs"] for entry in frames["frames"])]
    lists += [_listed(entry["verbs"]) for entry in (*frames["relations"], *frames["steps"]) if "verbs" in entry]
    verbs = dict.fromkeys(verb for verbs in lists for verb in verbs)
    forms = {form: (verb, tag) for verb in verbs for form, tag in _forms(verb)}
    return forms | {form: (verb, "ed") for form, verb in words["irregular"].items()}


def _forms(verb: str) -> Iterable[tuple[str, str]]:
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    doubled = stem + stem[-1] if _doubles(stem) else stem
    yield verb, "base"
    yield (
        (
            verb[:-1] + "ies"
            if verb[-1] == "y" and verb[-2] not in "aeiou"
            else verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s")
        ),
        "s",
    )
    yield from _pasts(verb, stem, doubled)


def _pasts(verb: str, stem: str, doubled: str) -> Iterator[tuple[str, str]]:
    yield (verb[:-1] + "ied" if verb[-1] == "y" and verb[-2] not in "aeiou" else doubled + "ed"), "ed"
    yield doubled + "ing", "ing"


def _doubles(stem: str) -> bool:
    short = 3 <= len(stem) <= 4 and stem not in (
        "join",
        "seal",
        "coat",
        "wick",
        "seep",
        "heat",
        "cool",
        "load",
        "weld",
        "mold",
    )
    return (
        short and stem[-1] in "bdgmnpt" and stem[-2] in "aeiou" and stem[-3] not in "aeiou"
    )
