"""What a key means: the parts it names from the outside in, and the property said of the last.

The words of a key are cut into as few phrases as possible, each a label of the ontology or a phrase of the
language; a key with a word that is neither is not understood, so that "lid adhesive thickness" is never taken
for the thickness of the lid.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from readson.ingest.units import DIMENSIONS, Unit
from readson.lexicon import Kind, Lexicon, Reference, Term, fold
from readson.mapping.keys import Key, split_key, unit_of
from readson.mapping.language import Phrase, language
from readson.terms import plural_of

LONGEST = 14


@dataclass(frozen=True, slots=True)
class Sense:
    """What the words of a key say.

    `kinds` are of the parts or steps it names, the outermost first, `names` what it calls them;
    `property` is the label of what is said of the last; `role` is "name", "kind", "unit", "value",
    "parameter", "place", "level", "remark", "text" or "filler" for a key that is no property; `bound` is
    "min", "max" or "typ"; `asks` is True for "has x", False for "no x". `marks` tell the part from others of
    its kind. `unread` are words that are not understood, `ignored` is why the key is passed over.
    """

    kinds: tuple[Kind, ...] = ()
    names: tuple[str, ...] = ()
    property: str = ""
    role: str = ""
    unit: Unit | None = None
    bound: str = ""
    asks: bool | None = None
    marks: Phrase = ()
    unread: Phrase = ()
    ignored: str = ""


class Piece(NamedTuple):
    """A phrase of a key and what it is: kind, step, property, unit, bound, asks, role, mark, or unread."""

    sort: str
    words: Phrase
    kind: Kind | None = None
    told: str = ""


@dataclass(frozen=True)
class Senses:
    """Read keys with one lexicon, each once."""

    lexicon: Lexicon
    _read: dict[str, Sense] = field(default_factory=dict)
    _kinds: dict[tuple[str, str], Kind | None] = field(default_factory=dict)

    @cached_property
    def parts(self) -> str:
        """Give the class of all parts."""
        return self.lexicon.role("parts")

    @cached_property
    def steps(self) -> str:
        """Give the class of all steps."""
        return self.lexicon.role_range("step")

    @cached_property
    def materials(self) -> str:
        """Give the class of all materials."""
        return self.lexicon.role_range("material")

    def sense(self, text: str) -> Sense:
        """Read a key."""
        if text not in self._read:
            self._read[text] = self._sense(split_key(text))
        return self._read[text]

    def _sense(self, key: Key) -> Sense:
        words = key.words
        if not words or len(words) > LONGEST:
            return Sense(unread=words[:LONGEST] or ("an empty key",))
        role = "" if words in language().sizes else role_of(words)
        if role:
            return Sense(role=role, unit=key.unit, bound=bound_of(words))
        if words in language().sizes:
            return Sense(property=self.lexicon.dimension_keys()[0], unit=key.unit)
        pieces = self._cut(words)
        found = put_together(pieces)
        found = replace(found, unit=key.unit or found.unit)
        return found if key.unit else self._with_unit(words, found)

    def _with_unit(self, words: Phrase, found: Sense) -> Sense:
        """Take the last words for a unit, where what is said can be measured in it."""
        for size in range(min(4, len(words) - 1), 0, -1):
            unit = _unit_at_end(words[-size:])
            rest = self._cut(words[:-size]) if unit else ()
            sense = put_together(rest)
            if unit and not sense.unread and self._measures(sense, unit):
                return replace(sense, unit=unit)
        return found

    def _measures(self, sense: Sense, unit: Unit) -> bool:
        if sense.property and self.is_size(sense.property):
            return unit.dimension == "length"
        terms = self.lexicon.properties(sense.property, ())
        units = {DIMENSIONS[term.unit] for term in terms if term.unit}
        return unit.dimension in units or bool(sense.role or sense.bound)

    def is_size(self, label: str) -> bool:
        """Tell whether a label is a key that takes A x B x C."""
        return fold(label) in map(fold, self.lexicon.dimension_keys())

    def kind(self, label: str, within: str) -> Kind | None:
        """Give the one class below another that a label names, if there is one."""
        if (label, within) not in self._kinds:
            found = self.lexicon.kinds(label, within)
            self._kinds[label, within] = found[0] if len(found) == 1 else None
        return self._kinds[label, within]

    def part(self, label: str) -> Kind | None:
        """Give the class of parts that a label names; "part" itself names none."""
        found = self.kind(label, self.parts)
        return found if found and found.iri != self.parts else None

    def step(self, label: str) -> Kind | None:
        """Give the class of steps that a label names."""
        return self.kind(label, self.steps)

    def material(self, label: str) -> Kind | None:
        """Give the class of materials that a label names."""
        return self.kind(label, self.materials)

    def feature(self, label: str) -> Reference | None:
        """Give the phrase for a feature of one item that a label names: "top surface", "back side"."""
        kinds = {kind.iri for kind in self.lexicon.kinds(label)}
        named = (each for each in self.lexicon.references if each.pattern.count("{}") == 1)
        return next((each for each in named if kinds == {each.of}), None)

    def is_step(self, kind: str) -> bool:
        """Tell whether a class is one of steps."""
        return self.lexicon.is_a(kind, self.steps)

    # How a key is cut.

    def _cut(self, words: Phrase) -> tuple[Piece, ...]:
        """Cut words into phrases: as few unread words as possible, then as few phrases as possible."""
        best: list[tuple[int, int, tuple[Piece, ...]]] = [(0, 0, ())]
        for end in range(1, len(words) + 1):
            options = []
            for start in range(end):
                piece = self._piece(words[start:end])
                unread, count, before = best[start]
                if piece or end - start == 1:
                    piece = piece or Piece("unread", words[start:end])
                    options.append((unread + (piece.sort == "unread"), count + 1, (*before, piece)))
            best.append(min(options, key=lambda option: option[:2]))
        return best[-1][2]

    def _piece(self, words: Phrase) -> Piece | None:
        """Say what one phrase is; None for what has no meaning as a whole."""
        text, told = " ".join(words), language()
        if words in told.ignored:
            return Piece("ignored", words, told=told.ignored[words])
        if words in told.adjectives:
            return Piece("there", words, self.part(" ".join(told.adjectives[words])))
        if words in told.lacks:
            return Piece("lacking", words, self.part(" ".join(told.lacks[words])))
        if kind := self.part(text):
            return Piece("kind", words, kind, self._mark(words, kind))
        if self._is_property(words):
            return Piece("property", words)
        if kind := self.step(text):
            return Piece("step", words, kind)
        return _plain_piece(words)

    def _mark(self, words: Phrase, kind: Kind) -> str:
        """Give the number at the end of a label that tells one part from others: "tim 2", but not "c 4"."""
        numbered = words[-1].isdigit() and self.part(" ".join(words[:-1])) == kind
        return words[-1] if numbered else ""

    def _is_property(self, words: Phrase) -> bool:
        """Tell whether words are a label of a property, and not that of a part and one of its properties."""
        text = " ".join(words)
        if not (self.lexicon.knows_key(text) or self.is_size(text)):
            return False
        return not any(self._splits(text, words[:at], words[at:]) for at in range(1, len(words)))

    def _splits(self, whole: str, first: Phrase, rest: Phrase) -> bool:
        """Tell whether words name a part and the same property of it: "die size", not "mold temperature"."""
        label, text = " ".join(first), " ".join(rest)
        part, step = self.part(label), self.step(label)
        if part and self.is_size(whole):
            return self.is_size(text)
        terms = self.lexicon.properties(text, (part.iri,)) if part else ()
        terms = terms or (self.step_terms(text, step.iri) if step else ())
        return bool(set(terms) & set(self.lexicon.properties(whole, ())))

    def singular(self, name: str, kind: Kind) -> str:
        """Give the name of one item of a kind from the name of several."""
        if not kind.plural:
            return name
        labels = self.lexicon.labels(kind.iri)
        return next((label for label in labels if fold(plural_of(label)) == fold(name)), labels[0])

    def step_terms(self, label: str, kind: str) -> tuple[Term, ...]:
        """Give the properties of steps that a label means; what holds of any item holds of no step."""
        terms = self.lexicon.properties(label, (kind,))
        return tuple(term for term in terms if any(self.is_step(domain) for domain in term.domains))


def adds_nothing(words: Phrase) -> bool:
    """Tell whether the key of a group adds nothing: "parts", "process", "product"."""
    told = language()
    return words in told.groups or words in told.steps or words in told.product_words


@lru_cache(maxsize=4096)
def role_of(words: Phrase) -> str:
    """Say what a key is for that names no part and no property by itself, or ""."""
    told = language()
    for role in ("remark", "level", "place", "unit", "kind", "name", "value"):
        if words in getattr(told, role):
            return role
    if bound_of(words):
        return "value"
    return "parameter" if words in told.parameter else "filler" if words in told.filler else ""


def bound_of(words: Phrase) -> str:
    """Say which end of a range words name: "min", "max", "typ", or ""."""
    told = language()
    for bound, phrases in (("min", told.least), ("max", told.most), ("typ", told.usual)):
        if words in phrases:
            return bound
    return ""


def _plain_piece(words: Phrase) -> Piece | None:
    told = language()
    if words in told.asks:
        return Piece("asks", words)
    if words in told.lacking:
        return Piece("lacking", words)
    if bound := bound_of(words):
        return Piece("bound", words, told=bound)
    if words in told.unit | frozenset(told.kind) | frozenset(told.name):
        return Piece("role", words, told=role_of(words))
    if len(words) == 1 and (words[0].isdigit() or (len(words[0]) == 1 and words[0] in "abcd")):
        return Piece("mark", words)
    return Piece("filler", words) if words in told.filler else None


def put_together(pieces: tuple[Piece, ...]) -> Sense:
    """Say what the phrases of a key say together."""
    ignored = [piece.told for piece in pieces if piece.sort == "ignored"]
    unread = [word for piece in pieces if piece.sort == "unread" for word in piece.words]
    kinds = [(piece.kind, " ".join(piece.words)) for piece in pieces if piece.kind]
    properties = [" ".join(piece.words) for piece in pieces if piece.sort == "property"]
    bounds = [piece.told for piece in pieces if piece.sort == "bound"]
    roles = [piece.told for piece in pieces if piece.sort == "role"]
    asks = [piece.sort != "lacking" for piece in pieces if piece.sort in ("asks", "there", "lacking")]
    if len(properties) > 1 or len(bounds) > 1 or (asks and asks[0] is False and not kinds):
        unread = [word for piece in pieces for word in piece.words]
    return Sense(
        kinds=tuple(kind for kind, _ in kinds),
        names=tuple(name for _, name in kinds),
        property=properties[-1] if properties else "",
        # "substrate type" asks for a kind; a word such as "item" beside a property adds nothing.
        role=roles[-1] if roles and (not properties or roles[-1] == "unit") else "",
        bound=bounds[0] if bounds else "",
        asks=all(asks) if asks else None,
        marks=tuple(mark for piece in pieces if (mark := _mark(piece))),
        unread=tuple(unread),
        ignored=ignored[0] if ignored else "",
    )


def _mark(piece: Piece) -> str:
    return piece.words[0] if piece.sort == "mark" else piece.told if piece.sort == "kind" else ""


@lru_cache(maxsize=4096)
def _unit_at_end(words: Phrase) -> Unit | None:
    """Read the last words of a key as a unit: "mm", "deg c", "w per m k"."""
    text = " ".join(words)
    return None if text in ("min",) else unit_of(text) or unit_of(text.replace(" per ", "/"))
