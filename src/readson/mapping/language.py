"""The words of keys and values that are no terms of the ontology, from `data/language/keys.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import yaml

from readson.resources import content_folder

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """What words do in keys and values; keys are phrases, tuples of words in lower case.

    `expansions` maps a phrase to what it is short for, `adjectives` and `lacks` map an adjective to the part
    that is there or is not, and `ignored` maps a key that says nothing to the reason.
    """

    expansions: Mapping[Phrase, Phrase]
    adjectives: Mapping[Phrase, Phrase]
    lacks: Mapping[Phrase, Phrase]
    asks: frozenset[Phrase]
    lacking: frozenset[Phrase]
    name: tuple[Phrase, ...]
    kind: tuple[Phrase, ...]
    unit: frozenset[Phrase]
    value: tuple[Phrase, ...]
    least: frozenset[Phrase]
    most: frozenset[Phrase]
    usual: frozenset[Phrase]
    parameter: tuple[Phrase, ...]
    place: frozenset[Phrase]
    level: frozenset[Phrase]
    remark: frozenset[Phrase]
    filler: frozenset[Phrase]
    sizes: frozenset[Phrase]
    groups: frozenset[Phrase]
    steps: frozenset[Phrase]
    product: tuple[Phrase, ...]
    product_words: frozenset[Phrase]
    unknown: frozenset[str]
    absent: frozenset[str]
    present: frozenset[str]
    open: frozenset[str]
    pieces: frozenset[str]
    ignored: Mapping[Phrase, str]


_TEXTS = ("unknown", "absent", "present", "open", "pieces")
_PAIRS = ("expansions", "adjectives", "lacks")
_ORDERED = ("name", "kind", "value", "parameter", "product")


@cache
def language() -> Language:
    """Read the file, once."""
    path = content_folder("data") / "language" / "keys.yaml"
    raw: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    told = {field.name: _told(field.name, raw[field.name]) for field in fields(Language)}
    return Language(**told)


def _told(name: str, raw: Any) -> Any:
    if name == "ignored":
        return {phrase: group["why"] for group in raw for phrase in _phrases(group["keys"])}
    if name in _PAIRS:
        return {_phrase(short): _phrase(full) for short, full in raw.items()}
    if name in _TEXTS:
        return frozenset(str(text) for text in raw)
    return tuple(_phrases(raw)) if name in _ORDERED else frozenset(_phrases(raw))


def _phrases(texts: Iterable[str]) -> list[Phrase]:
    return [_phrase(text) for text in texts]


def _phrase(text: str) -> Phrase:
    return tuple(str(text).split())
