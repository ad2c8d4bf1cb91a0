"""Split keys into words: camelCase, snake_case, kebab-case, brackets, units and abbreviations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from readson.ingest.units import BY_SPELLING, Unit
from readson.mapping.language import Phrase, language

LONGEST_KEY = 160
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]{0,40})[)\]}]")
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-zµμ]+|[A-Z]+|\d+(?:\.\d+)?|#|[^\W\d_]+")
_PLURAL_CAPITALS = re.compile(r"\b([A-Z]{2,})s\b")
_SYMBOLS = str.maketrans({"μ": "µ", "Ø": " diameter ", "ø": " diameter ", "⌀": " diameter "})


@dataclass(frozen=True, slots=True)
class Key:
    """A key as words in lower case, and the unit that stands in brackets in it."""

    words: Phrase
    unit: Unit | None = None


@lru_cache(maxsize=4096)
def split_key(text: str) -> Key:
    """Split a key into its words, abbreviations written out.

    >>> split_key("pkgThk (mm)").words
    ('package', 'thickness')
    """
    text = text[:LONGEST_KEY].translate(_SYMBOLS)
    parts = [part for found in _BRACKETS.finditer(text) for part in found[1].split(",")]
    units = [unit for part in parts if (unit := _bracketed(part))]
    plain = _BRACKETS.sub(lambda found: _without_units(found[1]), text)
    plain = _PLURAL_CAPITALS.sub(lambda found: found[1].lower() + "s", plain)
    words = tuple(word.lower() for word in _WORD.findall(plain))
    return Key(expand(words), units[-1] if units else None)


def unit_of(text: str) -> Unit | None:
    """Give the unit that a text is, whatever its case; None for what is no unit.

    >>> unit_of("MM").name, unit_of("lid")
    ('mm', None)
    """
    text = " ".join(text.translate(_SYMBOLS).split())
    return BY_SPELLING.get(text) or _BY_FOLD.get(_folded(text))


def _without_units(text: str) -> str:
    return f" {' '.join(part for part in text.split(',') if not _bracketed(part))} "


def _bracketed(text: str) -> Unit | None:
    """Give the unit in brackets; "(min)" is the end of a range, and no minute."""
    end = (text.strip().lower(),) in language().least | language().most
    return None if end else unit_of(text)


def expand(words: Phrase) -> Phrase:
    """Write abbreviations out, the longest first, each once."""
    table, longest = language().expansions, _longest()
    found: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(longest, len(words) - at), 0, -1):
            if (full := table.get(words[at : at + size])) and not _written_out(words, at, full):
                found += full
                at += size
                break
        else:
            found.append(words[at])
            at += 1
    return tuple(found)


def _written_out(words: Phrase, at: int, full: Phrase) -> bool:
    """Tell whether an abbreviation that begins what it is short for stands here with the rest of it."""
    return words[at : at + len(full)] == full


@cache
def _longest() -> int:
    return max(len(phrase) for phrase in language().expansions)


def _folded(text: str) -> str:
    return re.sub(r"[^\w%°]+", "", text.replace("°", "deg")).casefold()


# No two units of the table differ in case alone; of those that fold alike, the first spelling stands.
_BY_FOLD: dict[str, Unit] = {}
for _spelling, _unit in BY_SPELLING.items():
    _BY_FOLD.setdefault(_folded(_spelling), _unit)
