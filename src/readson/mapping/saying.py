"""Make findings of values: what a property, a kind or a part-typed key says of its item."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from readson.documents.model import Span
from readson.ingest.quantities import QuantityError
from readson.ingest.units import Unit
from readson.lexicon import Kind, Term
from readson.mapping.gathering import Gathering
from readson.mapping.language import language
from readson.mapping.senses import Senses
from readson.mapping.values import (
    Described,
    answers,
    counted,
    describe,
    head_kind,
    is_prose,
    measured,
    says_none,
    sized,
)
from readson.statements import PRODUCT, TYPE


class Told(NamedTuple):
    """A value as a document gives it: its words, the slice that is its source, the unit beside it."""

    text: str
    span: Span
    value: Span
    unit: Unit | None = None
    bound: str = ""


class Loose(NamedTuple):
    """Something said by a relation to another item, or of an item that only the whole document tells."""

    subject: str
    term: Term
    told: Told


class Absence(NamedTuple):
    """A kind of which a key says that there is none, of what it says so, and the item that is none."""

    subject: str
    kind: str
    told: Told
    item: str = ""


@dataclass
class Saying:
    """Say what values mean. What names other items waits in `relations` until all items are known."""

    senses: Senses
    gathering: Gathering
    relations: list[Loose] = field(default_factory=list)
    homeless: list[Loose] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)

    @property
    def part(self) -> str:
        """Give the property of a whole and its parts."""
        return self.senses.lexicon.role("part")

    def property(self, subject: str, label: str, told: Told) -> None:
        """Say what the property with this label is of an item."""
        if not subject:
            self.gathering.unsettle(told.span, f"it is not known of what the {label} is")
        elif self.senses.is_size(label):
            self._size(subject, label, told)
        else:
            self._term(subject, label, told)

    def _term(self, subject: str, label: str, told: Told) -> None:
        terms = self._terms(subject, label)
        if len(terms) == 1:
            self.say(subject, terms[0], told)
        elif terms:
            names = tuple(self.senses.lexicon.label(term.iri) for term in terms)
            self.gathering.unsettle(told.span, f"`{label}` may mean {' or '.join(names)}", names)
        elif subject == PRODUCT and len(others := self.senses.lexicon.properties(label, ())) == 1:
            self.homeless.append(Loose(subject, others[0], told))
        else:
            kind = self.senses.lexicon.label(self.kind(subject))
            self.gathering.unsettle(told.span, f"`{label}` is not said of a {kind}")

    def _terms(self, subject: str, label: str) -> tuple[Term, ...]:
        kind = self.kind(subject)
        if self.senses.is_step(kind):
            return self.senses.step_terms(label, kind)
        return self.senses.lexicon.properties(label, (kind,))

    def kind(self, subject: str) -> str:
        """Give the class of an item; the product is of the first kind of products until it is known."""
        if subject == PRODUCT and self.gathering.kind(PRODUCT) == self.senses.lexicon.role("parts"):
            return self.product_kinds()[0]
        return self.gathering.kind(subject)

    def product_kinds(self) -> tuple[str, ...]:
        """Give the classes that a whole document may speak of."""
        found = [self.senses.part(" ".join(phrase)) for phrase in language().product]
        return tuple(kind.iri for kind in found if kind)

    def is_product(self, kind: str) -> bool:
        """Tell whether a class is one that a whole document may speak of."""
        return any(self.senses.lexicon.is_a(kind, upper) for upper in self.product_kinds())

    def say(self, subject: str, term: Term, told: Told, why: str = "") -> None:
        """Say what a property is of an item, by the sort of its values."""
        if term.sort == "quantity":
            self._quantity(subject, term, told, why)
        elif term.sort == "truth":
            self._truth(subject, term, told, why)
        elif says_none(told.text):
            self.gathering.unsettle(
                told.span, "says of a relation that there is none; name what it is denied of"
            )
        elif term.iri == self.senses.lexicon.role("material"):
            self._material(subject, term, told, why)
        else:
            self.relations.append(Loose(subject, term, told))

    def _truth(self, subject: str, term: Term, told: Told, why: str) -> None:
        found = answers(term, told.text)
        for prop, answer in found:
            self.gathering.say(subject, prop, answer, told.span, why=why)
        if not found:
            label = self.senses.lexicon.label(term.iri)
            self.unread(told, f"`{told.text[:80]}` is no answer to whether it is `{label}`")

    # Quantities.

    def _quantity(self, subject: str, term: Term, told: Told, why: str) -> None:
        if term.iri == self.senses.lexicon.role("count"):
            self._count(subject, term, told)
            return
        if told.bound == "typ":
            self.gathering.unsettle(told.span, "a typical value alone has no bounds")
            return
        try:
            self.gathering.say(
                subject, term.iri, measured(told.text, term, told.unit, told.bound), told.span, why=why
            )
        except QuantityError as error:
            self._not_measured(told, str(error))

    def _not_measured(self, told: Told, message: str) -> None:
        if says_none(told.text):
            self.gathering.ignore(told.span, "gives no value")
        else:
            self.unread(told, message)

    def _count(self, subject: str, term: Term, told: Told) -> None:
        if subject == PRODUCT:
            self.gathering.ignore(told.span, "counts products, not parts of one")
            return
        try:
            words = counted(told.text)
        except QuantityError as error:
            self._not_measured(told, str(error))
            return
        if words == "0":
            self.absences.append(Absence(PRODUCT, self.kind(subject), told, subject))
        else:
            self.gathering.say(subject, term.iri, words, told.span)

    def _size(self, subject: str, label: str, told: Told) -> None:
        terms = self.senses.lexicon.dimensions((self.kind(subject),))
        if not terms:
            self.gathering.unsettle(told.span, f"`{label}` does not apply here")
            return
        try:
            found = sized(told.text, terms, told.unit)
        except QuantityError as error:
            self._not_measured(told, str(error))
            return
        for term, words in found:
            self.gathering.say(subject, term.iri, words, told.span)

    # Words of the ontology.

    def _material(self, subject: str, term: Term, told: Told, why: str) -> None:
        found = describe(self.senses, told.text)
        for material in found.materials:
            self.gathering.say(subject, term.iri, material.iri, told.span, why=why)
        if found.materials and found.unread:
            self.other_material(subject, told)
        only_parts = [kind for kind in found.kinds if not found.materials]
        if found.unread or only_parts or found.truths or not found.materials:
            words = ", ".join(found.unread or (told.text,))[:80]
            self.unread(told, f"`{words}` is no known material", partly=bool(found.materials))

    def other_material(self, subject: str, told: Told) -> None:
        """Say that an item is made of a material of no known kind, lest the known ones pass for all."""
        lexicon = self.senses.lexicon
        self.gathering.say(subject, lexicon.role("material"), lexicon.role_range("material"), told.span)

    def kind_told(self, subject: str, told: Told) -> None:
        """Say what kind an item is of; further words of a description are its quote and no more."""
        head = head_kind(self.senses, told.text)
        if told.text and (kind := self._narrower(subject, told.text)):
            self._kind(subject, kind, told)
        elif describe(self.senses, told.text).unread and head and self._fits(subject, head[0]):
            self._kind(subject, head[0], told)
        else:
            self.describe(subject, told)

    def _narrower(self, subject: str, text: str) -> Kind | None:
        """Give the kind that a word and the kind of its item make together: "capillary", of an underfill."""
        kind = self.kind(subject)
        found = (self.senses.part(f"{text} {label}") for label in self.senses.lexicon.labels(kind))
        return next((each for each in found if each and self.senses.lexicon.is_a(each.iri, kind)), None)

    def describe(self, subject: str, told: Told) -> None:
        """Say what words are true of an item: its kinds, its materials, what it is like."""
        found = describe(self.senses, told.text)
        told_kinds = [kind for kind in found.kinds if self._fits(subject, kind)]
        for kind in told_kinds:
            self._kind(subject, kind, told)
        self._materials_and_truths(subject, found, told)
        if found.materials and found.unread:
            self.other_material(subject, told)
        misfits = [kind for kind in found.kinds if kind not in told_kinds]
        if misfits and not found.materials:
            label = self.senses.lexicon.label(misfits[0].iri)
            self.gathering.unsettle(told.span, f"`{told.text[:80]}` names a {label}, which this is not")
        elif found.unread:
            words = ", ".join(found.unread)[:80]
            partly = bool(told_kinds or found.materials or found.truths)
            self.unread(told, f"`{words}` is not understood", partly=partly)

    def _fits(self, subject: str, kind: Kind) -> bool:
        if subject == PRODUCT:
            return self.is_product(kind.iri)
        return not self.senses.lexicon.apart(self.kind(subject), kind.iri)

    def _kind(self, subject: str, kind: Kind, told: Told) -> None:
        if subject == PRODUCT:
            self.gathering.product(told.span, kind.iri)
        known = subject != PRODUCT and self.gathering.rests_on(subject, told.span)
        if not known or self.kind(subject) != kind.iri:
            self.gathering.say(subject, TYPE, kind.iri, told.span)
            self.gathering.narrow(subject, kind.iri)

    def _materials_and_truths(self, subject: str, found: Described, told: Told) -> None:
        lexicon = self.senses.lexicon
        for material in found.materials:
            self.gathering.say(subject, lexicon.role("material"), material.iri, told.span)
        for label in found.truths:
            terms = lexicon.properties(label, (self.kind(subject),))
            if len(terms) == 1:
                self.gathering.say(subject, terms[0].iri, "yes", told.span)
            else:
                self.gathering.unsettle(told.span, f"`{label}` does not apply here")

    def unread(self, told: Told, reason: str, partly: bool = False) -> None:
        """Hand running text on to the reading of text; unsettle what is none."""
        if is_prose(told.text) and not partly and not re.match(r"[\d<>=≤≥±.]", told.text):
            self.gathering.hand_on(told.value, told.span)
        else:
            self.gathering.unsettle(told.span, reason)
