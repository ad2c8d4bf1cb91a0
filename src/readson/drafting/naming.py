"""Name items, classes and properties as descriptions do, so that each name is read as what it names."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from readson.drafting.merging import Merged
from readson.extraction.findings import Item
from readson.ingest.draft import DEEPEST_PHRASE, fits, fold_name
from readson.ingest.process import PROCESS
from readson.lexicon import Lexicon, Reference, Term
from readson.statements import PRODUCT
from readson.terms import plural, plural_of

_OWN = (fold_name(PRODUCT), fold_name(PROCESS))
"""The names that every description gives by itself."""


def kind_label(lexicon: Lexicon, iri: str, within: str, several: bool = False) -> str:
    """Give the first label that means a class among those `within` another, or "" when none does."""
    for label in lexicon.labels(iri):
        written = plural_of(label) if several and not _named(lexicon, label, iri, within, True) else label
        if _named(lexicon, written, iri, within, several):
            return written
    return kind_label(lexicon, iri, within) if several else ""


def _named(lexicon: Lexicon, label: str, iri: str, within: str, several: bool) -> bool:
    kinds = lexicon.kinds(label, within) or lexicon.kinds(label)
    return len(kinds) == 1 and kinds[0].iri == iri and kinds[0].plural == several


def property_key(lexicon: Lexicon, term: Term, kinds: Iterable[str]) -> str:
    """Give the first label that means a property of a subject of these kinds, or "" when none does."""
    kinds = tuple(kinds)
    labels = lexicon.labels(term.iri)
    return next((label for label in labels if lexicon.properties(label, kinds) == (term,)), "")


def item_names(merged: Merged, lexicon: Lexicon) -> dict[str, str]:
    """Give each item the name of its entry, by its key; items that one phrase names share it."""
    names = _Names(merged, lexicon)
    for item in merged.items:
        names.of(item.key, 0)
    return {PRODUCT: PRODUCT, **names.found}


class _Names:
    """Find the names of items: phrases for what is named by its relations, else names of their own."""

    def __init__(self, merged: Merged, lexicon: Lexicon) -> None:
        self.found: dict[str, str] = {}
        self._lexicon = lexicon
        self._items = {item.key: item for item in merged.items}
        self._taken = set(_OWN)

    def of(self, key: str, depth: int) -> str:
        """Name an item, and first those that its phrase names; "" in a circle of phrases."""
        if key in self.found or key not in self._items or depth >= DEEPEST_PHRASE:
            return self.found.get(key, "")
        item = self._items[key]
        name = self._phrase(item, depth) or self._own(item)
        return self.found.setdefault(key, name)

    def _phrase(self, item: Item, depth: int) -> str:
        names = [self.of(other, depth + 1) for other in item.of]
        if not names or not all(names) or len(set(names)) < len(names):
            return ""
        fitting = (
            reference
            for reference in self._lexicon.references
            if self._lexicon.is_a(item.kind, reference.of) and reference.pattern.count("{}") == len(names)
        )
        phrase = next((self._one(reference, names) for reference in fitting), "")
        return phrase if fits(phrase) else ""

    def _one(self, reference: Reference, names: list[str]) -> str:
        """Give the phrase that is taken already when it names the same items in another order."""
        phrases = [reference.pattern.format(*order) for order in (names, names[::-1])]
        return next((p for p in phrases if p in self.found.values()), phrases[0])

    def _own(self, item: Item) -> str:
        name = " ".join(item.name.split())
        if not self._fit(name, item):
            label = self._lexicon.label(item.kind)
            name = plural_of(label) if item.plural else label
        tries = (name if n == 1 else f"{name} {n}" for n in count(1))
        name = next(text for text in tries if fold_name(text) not in self._taken)
        self._taken.add(fold_name(name))
        return name

    def _fit(self, name: str, item: Item) -> bool:
        """Tell whether a name would be read as no more than a name; "back of die" is a phrase."""
        several = plural(name) and not item.plural
        splits = (split for reference in self._lexicon.references for split in reference.splits(name))
        phrase = " of " in name or " and " in name or next(splits, ())
        return fits(name) and len(name) < 110 and not several and not phrase and fold_name(name) not in _OWN
