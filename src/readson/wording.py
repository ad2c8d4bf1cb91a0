"""Wording: facts, bounds and gaps as sentences. Sentence patterns come from the lexicon."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cache

from readson.graph import Interval
from readson.lexicon import Lexicon
from readson.statements import PRODUCT, Bounds, Complete, Denial, Product, Statement, Value
from readson.terms import plural, plural_of
from readson.vocabulary import TYPE

UNIT = "http://qudt.org/vocab/unit/"
# Units to show a number in: (SI unit, factor, offset, symbol, from which SI magnitude on).
SHOWN: dict[str, tuple[tuple[float, float, float, str], ...]] = {
    "M": ((1.0, 1.0, 0.0, "m"), (1e-3, 1e-3, 0.0, "mm"), (0.0, 1e-6, 0.0, "µm")),
    "M2": ((1.0, 1.0, 0.0, "m²"), (0.0, 1e-6, 0.0, "mm²")),
    "PA": ((1e6, 1e6, 0.0, "MPa"), (1e3, 1e3, 0.0, "kPa"), (-math.inf, 1.0, 0.0, "Pa")),
    "K": ((-math.inf, 1.0, -273.15, "°C"),),
    "SEC": ((-math.inf, 1.0, 0.0, "s"),),
    "W-PER-M-K": ((-math.inf, 1.0, 0.0, "W/(m·K)"),),
}


def number(value: float, unit: str) -> str:
    """Write an SI number as people read it.

    >>> number(5.5e-05, UNIT + "M"), number(456.15, UNIT + "K"), number(612.0, "")
    ('55 µm', '183 °C', '612')
    """
    for least, factor, offset, symbol in SHOWN.get(unit.removeprefix(UNIT), ()):
        if abs(value) >= least:
            return f"{(value / factor) + offset:.6g} {symbol}"
    return f"{value:.10g}"


def bounds_text(low: float, high: float, low_open: bool, high_open: bool, unit: str) -> str:
    """Write bounds: "55 µm", "50 µm to 60 µm", "at most 20 µm", "more than 2"."""
    if low == high:
        return number(low, unit)
    below = "" if high == math.inf else f"{'less than' if high_open else 'at most'} {number(high, unit)}"
    above = (
        "" if low in (-math.inf, 0.0) else f"{'more than' if low_open else 'at least'} {number(low, unit)}"
    )
    if below and above and low < high and not (low_open or high_open):
        return f"{number(low, unit)} to {number(high, unit)}"
    return " and ".join(filter(None, (above, below))) or "any size"


def interval_text(column: Interval, row: int, unit: str) -> str:
    """Write the bounds of one row of a column."""
    ends = float(column.low[row]), float(column.high[row])
    return bounds_text(*ends, bool(column.low_open[row]), bool(column.high_open[row]), unit)


AGREEMENT = re.compile(r"\{subject\} ([a-z]+)\b")
# Letters that sound like a vowel: not those of "eutectic", "unit" and "one-piece".
VOWEL = re.compile(r"(?!eu|uni(?!n)|us[ae]|one\b)[aeiou]", re.IGNORECASE)
PLURAL_VERBS = {"is": "are", "has": "have", "does": "do", "attaches": "attach", "pushes": "push"}


@cache
def _pieces(pattern: str, several: bool) -> tuple[str, ...]:
    """Split a pattern at its blanks; its verb is one for several where the subject is."""
    if several and pattern.startswith("{subject}"):
        pattern = AGREEMENT.sub(lambda verb: "{subject} " + _plural_verb(verb[1]), pattern)
    return tuple(re.split(r"(\{subject\}|\{object\})", pattern))


def _plural_verb(verb: str) -> str:
    return PLURAL_VERBS.get(verb, verb.removesuffix("s"))


SIGNS = {
    "<=": "at most",
    "≤": "at most",
    ">=": "at least",
    "≥": "at least",
    "<": "less than",
    ">": "more than",
}
SIGN = re.compile(f"({'|'.join(SIGNS)})\\s*")


def spelled(text: str) -> str:
    """Write comparison signs as words.

    >>> spelled(">= 38 um"), spelled("<20 Torr"), spelled("50-60 um")
    ('at least 38 um', 'less than 20 Torr', '50-60 um')
    """
    return SIGN.sub(lambda found: f"{SIGNS[found[1]]} ", text)


class Wording:
    """Say things about one product in sentences."""

    def __init__(self, lexicon: Lexicon, product: Product) -> None:
        self.lexicon, self.product = lexicon, product
        self.items = frozenset(product.items)
        self._masses = dict(self._mass_names())
        self._names = {PRODUCT: "the product", **self._masses}

    def _mass_names(self) -> Iterator[tuple[str, str]]:
        """List what is named by its material and its holder: "copper of lid" is said as "copper"."""
        for statement in self.product.statements:
            if statement.property == TYPE and isinstance(statement.content, Value):
                cls = str(statement.content.object)
                label = self.lexicon.label(cls)
                if statement.subject.startswith(f"{label} of ") and self.lexicon.mass(cls):
                    yield statement.subject, label

    def name(self, item: str) -> str:
        """Name an item as the description does, with articles where names are common nouns."""
        if item not in self._names:
            self._names[item] = self.phrase(item) or _definite(item)
        return self._names[item]

    def calling(self, items: Iterable[str], names: Mapping[str, str]) -> Wording:
        """Speak of further items too, some under names of their own."""
        speaker = copy(self)
        speaker.items = self.items.union(items)
        speaker._names = {PRODUCT: "the product", **self._masses, **names}
        return speaker

    def phrase(self, item: str) -> str:
        """Name what is named by other items, or "": "gap between die and lid", "molding step of mold"."""
        for reference in self.lexicon.references:
            for names in reference.splits(item):
                if self.items.issuperset(names):
                    return "the " + reference.pattern.format(*map(self.name, names))
        for found in re.finditer(" of ", item):
            head, holder = item[: found.start()], item[found.end() :]
            if holder in self.items and head[:1].islower():
                return f"{_definite(head)} of {self.name(holder)}"
        return ""

    def fact(self, prop: str, subject: str, object_: str | bool) -> str:
        """State a fact without a full stop: "lid is set over die"."""
        if prop.startswith("^"):
            return self.fact(prop[1:], str(object_), subject)
        if object_ is False:
            return self.denial(prop, subject, True)
        pattern = self.lexicon.sentence(prop) or f"{{subject}} has {self.lexicon.label(prop)} {{object}}"
        return self._fill(pattern, subject, object_)

    def denial(self, prop: str, subject: str, object_: str | bool) -> str:
        """State that a fact does not hold, without a full stop."""
        if prop.startswith("^"):
            return self.denial(prop[1:], str(object_), subject)
        if object_ is False:
            return self.fact(prop, subject, True)
        pattern = self.lexicon.denial(prop)
        if not pattern:
            return f"it is not so that {self.fact(prop, subject, object_)}"
        return self._fill(pattern, subject, object_)

    def everything(self, prop: str, item: str) -> str:
        """Say that all values of a property are given: "the description names everything that ..."."""
        pattern, name = self.lexicon.sentence(prop.removeprefix("^")), self.name(item)
        if not prop.startswith("^") and pattern.startswith("{subject} ") and pattern.endswith(" {object}"):
            verb = self._fill(pattern, item, "").removeprefix(name).strip()
            return f"the description names everything that {name} {verb}"
        if prop.startswith("^") and pattern.startswith("{subject} "):
            said = pattern.removeprefix("{subject} ").replace("{object}", name)
            return f"the description names everything that {said}"
        label = self.lexicon.label(prop.removeprefix("^"))
        return f"the description gives everything that {name} has for “{label}”"

    def _fill(self, pattern: str, subject: str, object_: str | bool) -> str:
        shown = self.name(object_) if isinstance(object_, str) and object_ in self.items else str(object_)
        if shown == self.name(subject) and pattern.startswith("{subject}"):
            shown = _itself(subject, pattern)
        named = {"{subject}": self.name(subject), "{object}": shown}
        said = "".join(named.get(piece, piece) for piece in _pieces(pattern, plural(subject)))
        return said.replace(" at at ", " at ")

    def kind(self, cls: str, of: str = "") -> str:
        """Name a class with its article: "a heat sink", "an interposer"; in the plural for plural items."""
        label = self.lexicon.label(cls)
        if self.lexicon.mass(cls):
            return label
        return plural_of(label) if plural(of) else article(label)

    def unit(self, quantity: str) -> str:
        """Give the SI unit of a quantity."""
        term = self.lexicon.terms.get(quantity)
        return term.unit if term else ""

    def statement(self, statement: Statement) -> str:
        """Say a whole statement as a sentence."""
        subject, prop = statement.subject, statement.property
        match statement.content:
            case Value(object=cls) if prop == TYPE:
                text = self._is_of(subject, str(cls))
            case Denial(object=cls) if prop == TYPE:
                text = f"{self.name(subject)} {be(subject)} not {self.kind(str(cls), subject)}"
            case Value(object=target):
                text = self._told(prop, subject, target)
            case Denial(object=target):
                text = self.denial(prop, subject, target)
            case Bounds() as b:
                shown = spelled(b.text) or bounds_text(
                    b.low, b.high, b.low_open, b.high_open, self.unit(prop)
                )
                text = self.fact(prop, subject, shown)
            case Complete(of_class=cls, values=values) if cls:
                text = self._all_of(cls, values)
            case Complete(values=values):
                text = self._all_values(prop, subject, values)
        return sentence(text)

    def _is_of(self, item: str, cls: str) -> str:
        """State the class of an item; one that is called by its class is named, no more."""
        kind = self.kind(cls, item)
        if self.name(item).startswith(f"the {self.lexicon.label(cls)} of "):
            return f"the description names {self.name(item)}"
        if self.is_called(item, kind):
            return f"the description names {kind}"
        return f"{self.name(item)} {be(item)} {kind}"

    def is_called(self, item: str, kind: str) -> bool:
        """Tell whether an item is called by its kind, so that to say "the lid is a lid" says nothing."""
        return kind in (item, self.name(item), article(item))

    def _told(self, prop: str, subject: str, target: str | bool) -> str:
        """State a fact; where the name alone gives rise to it, say that the item is named."""
        said = self.fact(prop, subject, target)
        left, _, right = said.partition(" is ")
        if " of " in right and left.partition(" of ")[2] == right.partition(" of ")[2]:
            return f"the description names {right}"
        return said

    def _all_of(self, cls: str, values: tuple[str, ...]) -> str:
        label = self.lexicon.label(cls)
        if not values:
            return f"there is no {label}"
        named = listing([self.name(value) for value in values])
        if len(values) == 1 and not plural(values[0]):
            return f"{named} is the only {label}"
        return f"{named} are the only {plural_of(label)}"

    def _all_values(self, prop: str, subject: str, values: tuple[str, ...]) -> str:
        if prop in (self.lexicon.role("part"),):
            return "all parts are named"
        if not values:
            return self.denial(prop, subject, "anything")
        return f"{self.fact(prop, subject, listing([self.name(value) for value in values]))} and nothing else"


def _definite(name: str) -> str:
    """Put the article before a common noun; names of their own, such as "chip 1" and "IO die", take none."""
    common = name[:1].islower() and not name[-1:].isdigit() and not name.startswith(("the ", "a ", "an "))
    return f"the {name}" if common else name


def _itself(subject: str, pattern: str) -> str:
    """Name the other side of a relation of an item, which may stand for several things, to itself."""
    if plural(subject):
        return "one another"
    return "itself" if " not " in pattern or pattern.startswith("no ") else "another of its kind"


def be(name: str) -> str:
    """Give the form of "to be" that a name takes."""
    return "are" if plural(name) else "is"


def the(label: str) -> str:
    """Put the definite article before a label that has none.

    >>> the("bonding gap"), the("half the height"), the("the lid")
    ('the bonding gap', 'half the height', 'the lid')
    """
    return label if label.startswith(("the ", "half ")) else f"the {label}"


def article(label: str) -> str:
    """Put an indefinite article before a noun, unless it starts with one.

    >>> article("interposer"), article("eutectic bond"), article("one-piece layer"), article("the lid")
    ('an interposer', 'a eutectic bond', 'a one-piece layer', 'the lid')
    """
    if label.startswith(("a ", "an ", "the ")):
        return label
    return f"{'an' if VOWEL.match(label) else 'a'} {label}"


def enumerated(names: Sequence[str]) -> str:
    """Join names, however many: "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1] if names else "")))


def listing(names: tuple[str, ...] | list[str]) -> str:
    """Join names: "a", "a and b", "a, b and c"; long lists are cut with their count.

    >>> listing(("a", "b", "c"))
    'a, b and c'
    """
    if len(names) > 8:
        return f"{', '.join(names[:6])} and {len(names) - 6} more"
    return enumerated(names)


def sentence(text: str) -> str:
    """Make a clause a sentence: first letter up, full stop at the end."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")
