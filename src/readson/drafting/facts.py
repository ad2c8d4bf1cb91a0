"""Put findings in the words of descriptions, or say why there are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from readson.drafting.merging import Merged
from readson.drafting.naming import kind_label, property_key
from readson.extraction.findings import Finding, Item
from readson.ingest.draft import fold_name
from readson.ingest.problems import a
from readson.lexicon import Lexicon, Term
from readson.statements import PRODUCT, TYPE
from readson.vocabulary import LEX

KIND = "kind"
NO = "no"
DIMENSIONS = LEX + "Dimensions"
"""The property of findings such as "17 mm x 17 mm", which sets several at once."""


class Inexpressible(Exception):
    """No key or value of a description says what a finding says."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One finding in the words of descriptions: `values` of the key `key` of the entry of `subject`."""

    subject: str
    key: str
    mode: str
    values: tuple[str, ...]


class Phrasing:
    """Know the names of all items and their kinds, so that findings can be put in words."""

    def __init__(self, merged: Merged, names: Mapping[str, str], lexicon: Lexicon) -> None:
        self.names = names
        self._lexicon = lexicon
        self._items = {item.key: item for item in merged.items}
        self._kinds = {key: _kinds(key, item, merged) for key, item in self._items.items()}
        self._kinds[PRODUCT] = _kinds(PRODUCT, None, merged)
        self._named = {fold_name(names[key]): key for key in self._items}

    def within(self, key: str) -> str:
        """Give the class in which the kind of an item is looked for."""
        item = self._items.get(key)
        if item is None or not item.step:
            return self.feature(key) or self._lexicon.role("parts")
        return self._lexicon.role_range("step")

    def kind(self, item: Item) -> str:
        """Word the kind of an item; raises Inexpressible where no label means it alone."""
        return self._label(item.kind, self.within(item.key), item.plural)

    def fact(self, finding: Finding) -> Fact:
        """Word a finding; raises Inexpressible with the reason where that cannot be done."""
        if finding.mode == "none":
            return self._absence(finding)
        if finding.subject not in self.names:
            raise Inexpressible("what it is said of has no name")
        if finding.property == TYPE:
            label = self._label(finding.value, self.within(finding.subject))
            return Fact(finding.subject, KIND, finding.mode, (label,))
        if finding.property == DIMENSIONS:
            key = self._lexicon.dimension_keys()[0]
            return Fact(finding.subject, key, finding.mode, (finding.value,))
        term = self._lexicon.terms.get(finding.property)
        if term is None:
            raise Inexpressible("descriptions have no key for this")
        values = self._related(term, finding) if term.sort == "relation" else (finding.value,)
        return Fact(finding.subject, self._key(term, finding.subject), finding.mode, values)

    def phrased(self, finding: Finding) -> bool:
        """Tell whether the name of the subject says it already, as "gap between die and substrate" does."""
        name, value = self.names.get(finding.subject, ""), self.names.get(finding.value)
        same = (r for r in self._lexicon.references if r.property == finding.property)
        named = any(value in split for reference in same for split in reference.splits(name))
        return named and finding.mode == "is"

    def _absence(self, finding: Finding) -> Fact:
        if (finding.subject, finding.property) != (PRODUCT, self._lexicon.role("part")):
            raise Inexpressible("only of the product as a whole can it be said that it has no such part")
        return Fact(PRODUCT, NO, "is", (self._label(finding.value, self._lexicon.role("parts")),))

    def _key(self, term: Term, subject: str) -> str:
        feature = self.feature(subject)
        kinds = (feature,) if feature else self._kinds[subject]
        key = property_key(self._lexicon, term, kinds)
        if not key:
            label, kind = self._lexicon.label(term.iri), self._lexicon.label(kinds[0]) if kinds else "product"
            raise Inexpressible(f"`{label}` does not apply to {a(kind)}")
        return key

    def feature(self, key: str) -> str:
        """Give the class of what a phrase names, "" for an item with a name of its own."""
        name = self.names.get(key, "")
        patterns = (r for r in self._lexicon.references if any(True for _ in r.splits(name)))
        return next((reference.of for reference in patterns), "")

    def _related(self, term: Term, finding: Finding) -> tuple[str, ...]:
        if finding.value in self.names:
            return (self.names[finding.value],)
        if term.iri == self._lexicon.role("material"):
            return (self._material(term, finding.value),)
        is_a = self._lexicon.is_a
        of_kind = [key for key, item in self._items.items() if is_a(item.kind, finding.value)]
        # One part of the kind is that part; a denial is of them all.
        if not of_kind or (finding.mode == "is" and len(of_kind) > 1):
            raise Inexpressible(f"it is not said which {self._lexicon.label(finding.value)} is meant")
        return tuple(dict.fromkeys(self.names[key] for key in of_kind))

    def _material(self, term: Term, iri: str) -> str:
        label = self._label(iri, term.ranges[0])
        named = self._named.get(fold_name(label))
        if named and self._items[named].kind != iri:
            raise Inexpressible(f"`{label}` is the name of something else")
        return label

    def _label(self, iri: str, within: str, several: bool = False) -> str:
        label = kind_label(self._lexicon, iri, within, several)
        if not label:
            raise Inexpressible(f"no word means {a(self._lexicon.label(iri))} alone")
        return label


def _kinds(key: str, item: Item | None, merged: Merged) -> tuple[str, ...]:
    """Give what an item is said to be; its own kind first."""
    own = (item.kind,) if item else ()
    others = (f.value for f in merged.findings if (f.subject, f.property, f.mode) == (key, TYPE, "is"))
    return tuple(dict.fromkeys((*own, *others)))
