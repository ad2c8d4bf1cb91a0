"""Read values: what says nothing, what says no, quantities with their unit, and words of the ontology."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from readson.ingest.quantities import QuantityError, read_dimensions, read_quantity
from readson.ingest.units import DIMENSIONS, UNIT, Unit
from readson.lexicon import Kind, Term, fold
from readson.mapping.keys import split_key
from readson.mapping.language import language
from readson.mapping.senses import Senses

LONGEST_DESCRIPTION = 20
LONGEST_QUANTITY = 200
_LAST_NUMBER = re.compile(r"(?<![\w.])((?:\d[\d.,]*|\.\d+)(?:[eE][+-]?\d+)?)(?=[^\d]*$)")
_COMMA = re.compile(r"(?<![\d.,])(\d+),(\d+)(?![\d,])(?!\.\d)")
_THOUSANDS = re.compile(r"(?<![\d.,])([1-9]\d{0,2})\.(\d{3})(?![\d.])")
_POINT = re.compile(r"(?<![\d.,])(?![1-9]\d{0,2}\.\d{3}(?!\d))\d+\.\d+(?![\d.])")
# What follows the phrase that names an item: "gap below the die" is a gap.
_BEHIND = re.compile(
    r"[,;:(\[]| (?:above|at|around|below|beneath|beside|between|for|from|in|inside|of|on|over|through|to"
    r"|under|with) "
)
_BREAKS = re.compile(r"\s*[,;+]\s*|\s+(?:and|with|/)\s+|\s*&\s*")


def says_nothing(text: str) -> bool:
    """Tell whether a value says that nothing is known: "TBD", "-"."""
    return _plain(text) in language().unknown


def says_none(text: str) -> bool:
    """Tell whether a value says no: "none", "N/A", "false", "0"."""
    return _plain(text) in language().absent


def says_there(text: str) -> bool:
    """Tell whether a value says yes: "true", "present"."""
    return _plain(text) in language().present


def says_open(text: str) -> bool:
    """Tell whether a value leaves open whether something is there: "optional"."""
    return _plain(text) in language().open


def _plain(text: str) -> str:
    return text.strip().strip("\"'").strip().lower()


def is_prose(text: str) -> bool:
    """Tell whether a value is running text, for the reading of text to take up."""
    return len(re.findall(r"[^\W\d_]{2,}", text)) >= 4


def has_decimal_commas(texts: Iterable[str]) -> bool:
    """Tell whether a document writes decimal commas: some number needs one, and none has a point.

    >>> has_decimal_commas(["0,8", "1,156"]), has_decimal_commas(["1,156"])
    (True, False)
    """
    texts = list(texts)
    commas = [found for text in texts for found in _COMMA.findall(text)]
    surely = any(len(rest) != 3 or whole.startswith("0") for whole, rest in commas)
    return surely and not any(_POINT.search(text) for text in texts)


def with_points(text: str) -> str:
    """Write decimal points for decimal commas, and no points between thousands.

    >>> with_points("1.156"), with_points("40,5 x 40,5 mm")
    ('1156', '40.5 x 40.5 mm')
    """
    return _COMMA.sub(r"\1.\2", _THOUSANDS.sub(r"\1\2", text))


def measured(text: str, term: Term, unit: Unit | None, bound: str) -> str:
    """Give the words of a quantity, with a unit from elsewhere if they have none. Raises QuantityError."""
    words = _bounded(text, bound)
    try:
        read_quantity(words, term.unit)
        return words
    except QuantityError:
        if unit is None or unit.dimension != DIMENSIONS[term.unit] or len(text) > LONGEST_QUANTITY:
            raise
    words = _with_unit(words, unit)
    read_quantity(words, term.unit)
    return words


def _with_unit(text: str, unit: Unit) -> str:
    """Write a unit after the last number."""
    return _LAST_NUMBER.sub(rf"\1 {unit.name}", text)


def sized(text: str, terms: tuple[Term, ...], unit: Unit | None) -> tuple[tuple[Term, str], ...]:
    """Give "A x B" or "A x B x C" as the words of each dimension. Raises QuantityError."""
    try:
        found = read_dimensions(text, terms[0].unit)
    except QuantityError:
        if unit is None or len(text) > LONGEST_QUANTITY:
            raise
        found = read_dimensions(_with_unit(text, unit), terms[0].unit)
    if not 2 <= len(found) <= len(terms):
        raise QuantityError(f"expected A x B or A x B x C, not `{text}`")
    return tuple((term, bounds.text) for term, bounds in zip(terms, found, strict=False))


def counted(text: str) -> str:
    """Give the words of a count, without the word for pieces. Raises QuantityError."""
    pieces = "|".join(re.escape(word) for word in sorted(language().pieces, key=lambda w: (-len(w), w)))
    words = re.sub(rf"^\s*x\s*(?=\d)|(?<=\d)\s*(?:{pieces})\.?\s*$", "", text, flags=re.IGNORECASE)
    bounds = read_quantity(words, UNIT + "UNITLESS")
    if not all(end.is_integer() for end in (bounds.low, bounds.high) if abs(end) != float("inf")):
        raise QuantityError(f"`{text}` is not a whole number")
    return words


def _bounded(text: str, bound: str) -> str:
    """Write the end of a range that the key names before a bare number."""
    return f"{bound} {text}" if bound in ("min", "max") and re.match(r"[\d.]", text) else text


@dataclass(frozen=True, slots=True)
class Described:
    """What words of a value are: kinds of parts, kinds of material, labels of yes-or-no properties.

    `unread` are the parts of the value that are none of these.
    """

    kinds: tuple[Kind, ...] = ()
    materials: tuple[Kind, ...] = ()
    truths: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def describe(senses: Senses, text: str) -> Described:
    """Read a value of labels: "copper", "exposed copper lid", "copper, nickel-plated"."""
    whole = _phrases(senses, text)
    if whole is not None:
        return whole
    found = [(piece, _phrases(senses, piece)) for piece in _BREAKS.split(text) if piece.strip("()[] .")]
    read = [told for _, told in found if told]
    return Described(
        tuple(kind for told in read for kind in told.kinds),
        tuple(kind for told in read for kind in told.materials),
        tuple(truth for told in read for truth in told.truths),
        tuple(piece for piece, told in found if told is None),
    )


def _phrases(senses: Senses, text: str) -> Described | None:
    """Cut words into labels, the longest first; None when some word is in none of them."""
    words = [word.strip("()[].,:") for word in text.split()]
    words = [word for word in words if word and (word.lower(),) not in language().filler]
    if not words or len(words) > LONGEST_DESCRIPTION:
        return None
    found = Described()
    at = 0
    while at < len(words):
        for end in range(len(words), at, -1):
            told = _label(senses, " ".join(words[at:end]))
            if told:
                kinds, materials, truths = told.kinds, told.materials, told.truths
                found = Described(found.kinds + kinds, found.materials + materials, found.truths + truths)
                at = end
                break
        else:
            return None
    return found


def _label(senses: Senses, text: str) -> Described | None:
    """Read one label. A word for a part and a material, such as "mold compound", is given as both."""
    part, material = senses.part(text), senses.material(text)
    if part or material:
        return Described((part,) if part else (), (material,) if material else ())
    truths = [term for term in senses.lexicon.properties(text, ()) if term.sort == "truth"]
    return Described(truths=(text,)) if len(truths) == 1 else None


def head_kind(senses: Senses, text: str, step: bool = False) -> tuple[Kind, str] | None:
    """Give the kind of part or step that a phrase is of, and its words: "copper lid, 2 mm" is a lid.

    A phrase is of the kind that it ends in; figures and materials behind that do not count. Where a `step` is
    named, "die attach" is one; elsewhere it is short for the part.
    """
    words = _BEHIND.split(text[:LONGEST_QUANTITY], maxsplit=1)[0].split()
    if not words or (words[0].lower(),) in language().lacking:
        return None
    while len(words) > 1 and (re.search(r"\d", words[-1]) or senses.material(words[-1])):
        if _kind_at_end(senses, words, step):
            break
        words.pop()
    return _kind_at_end(senses, words, step)


def _kind_at_end(senses: Senses, words: list[str], step: bool) -> tuple[Kind, str] | None:
    for start in range(len(words)):
        label = " ".join(words[start:])
        full = " ".join(split_key(label).words)
        first = senses.step(label) if step else senses.part(label) or senses.part(full)
        bare = re.sub(r"[-_]\d+$", "", label)
        if kind := first or senses.part(label) or senses.step(label) or senses.part(bare):
            return kind, label.lower()
    return None


def answers(term: Term, text: str) -> tuple[tuple[str, str], ...]:
    """Give what a value sets of a yes-or-no property: pairs of a property and "yes" or "no"."""
    word = fold(_plain(text))
    if word in term.words:
        return tuple((prop, "yes" if truth else "no") for prop, truth in term.words[word])
    if says_there(text):
        return ((term.iri, "yes"),)
    return ((term.iri, "no"),) if says_none(text) else ()
