"""Read single values: whether a part is there, of what kind it is, what a property of it is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from readson.documents.model import Span
from readson.ingest.units import Unit
from readson.lexicon import Kind
from readson.mapping.entries import Entry
from readson.mapping.language import Phrase, language
from readson.mapping.saying import Absence, Saying, Told
from readson.mapping.senses import Sense
from readson.mapping.values import says_none, says_nothing, says_open, says_there, with_points
from readson.statements import PRODUCT, TYPE

_HELPING = {"unit": "a unit, read with the values beside it", "level": "says how deep an item stands"}


@dataclass(frozen=True, slots=True)
class Place:
    """Of what the keys at a place speak: an item, or "" where that is not known.

    `scope` is the path of an element of a list, which keeps it apart from its like; `unit` is the unit given
    further out.
    """

    subject: str = PRODUCT
    scope: str = ""
    unit: Unit | None = None


@dataclass(frozen=True)
class Leaves:
    """Read values under the sense of their keys; `commas` says that the document writes decimal commas."""

    saying: Saying
    commas: bool = False

    def read(self, entry: Entry, sense: Sense, place: Place, span: Span | None = None) -> None:
        """Read one value; `span` is its source where that is more than the entry's own."""
        text = with_points(entry.text) if self.commas else entry.text
        told = Told(text, span or entry.quote, entry.value, sense.unit or place.unit, sense.bound)
        gathering, own = self.saying.gathering, span or entry.own
        if entry.null or says_nothing(text):
            gathering.ignore(own, "says that nothing is known")
        elif sense.role == "text":
            self.saying.gathering.hand_on(told.value, told.span)
        elif sense.unread and (feature := self._feature(sense, place, told)):
            self.saying.describe(feature, told)
        elif sense.unread:
            self.saying.unread(told, f"`{' '.join(sense.unread)[:80]}` is not understood")
        elif says_open(text):
            gathering.unsettle(told.span, f"`{text}` leaves open whether it is so")
        elif says_none(text) and self._gives_nothing(sense):
            gathering.ignore(own, "gives no value")
        elif says_none(text) and sense.role == "kind" and sense.kinds:
            self._absent(sense, place, told)
        elif sense.asks and not sense.kinds and says_there(text) and place.subject:
            gathering.ignore(own, "says that the part is there, as its key does")
        elif sense.property:
            self.saying.property(self.subject(sense, place, told.span), sense.property, told)
        elif sense.role:
            self._role(replace(entry, own=own), sense, place, told)
        elif sense.kinds:
            self._part(sense, place, told)
        else:
            self._naming(place, told)

    def _feature(self, sense: Sense, place: Place, told: Told) -> str:
        """Give the feature that a key names of the item around it, such as its top surface, or ""."""
        reference = self.saying.senses.feature(" ".join(sense.unread))
        if reference is None or place.subject in ("", PRODUCT):
            return ""
        name = reference.pattern.format(place.subject)
        return self.saying.gathering.feature(reference.of, name, (place.subject,), told.span)

    def _gives_nothing(self, sense: Sense) -> bool:
        """Tell whether "none" under a key is no value; of yes-or-no properties and counts it is one."""
        terms = self.saying.senses.lexicon.properties(sense.property, ()) if sense.property else ()
        count = self.saying.senses.lexicon.role("count")
        return bool(sense.property) and all(term.sort == "quantity" and term.iri != count for term in terms)

    def _role(self, entry: Entry, sense: Sense, place: Place, told: Told) -> None:
        subject = self.subject(sense, place, told.span)
        if sense.role == "kind" and subject:
            self.saying.kind_told(subject, told)
        elif sense.role == "name" and subject == PRODUCT:
            self.name_product(entry)
        elif sense.role == "name":
            self.saying.gathering.ignore(entry.own, "a name")
        elif sense.role in _HELPING:
            self.saying.gathering.ignore(entry.own, _HELPING[sense.role])
        elif sense.role == "remark" and told.text.isdigit():
            self.saying.gathering.ignore(entry.own, "a number of its own")
        else:
            self.saying.unread(told, "the key does not say what this is of")

    def name_product(self, entry: Entry) -> None:
        """Name the product itself."""
        self.saying.gathering.product(entry.own, name=entry.text)
        if not self.saying.gathering.rests_on(PRODUCT, entry.own):
            self.saying.gathering.ignore(entry.own, "a name")

    def _part(self, sense: Sense, place: Place, told: Told) -> None:
        """Read the value of a key that names a part: whether it is there, how many, of what kind."""
        kind, text = sense.kinds[-1], told.text
        if sense.asks is not None and not (says_none(text) or says_there(text)):
            self.saying.unread(told, f"`{text[:80]}` is neither yes nor no")
        elif says_none(text) if sense.asks is not False else says_there(text):
            self._absent(sense, place, told)
        elif sense.asks is False or says_there(text) or (text == "1" and not kind.plural):
            self._mentioned(self.subject(sense, place, told.span), kind, told)
        elif self.saying.senses.is_step(kind.iri):
            self.saying.unread(told, "names a step, and says nothing that is known of it")
        elif text.replace(",", "").isdigit():
            self._number(sense, place, told)
        else:
            self._described(sense, place, told)

    def _absent(self, sense: Sense, place: Place, told: Told) -> None:
        kind = sense.kinds[-1]
        if self.saying.senses.is_step(kind.iri) or self.saying.is_product(kind.iri):
            self.saying.gathering.unsettle(told.span, "says of no part that there is none")
            return
        outer = replace(sense, kinds=sense.kinds[:-1], names=sense.names[:-1])
        subject = self.subject(outer, place, told.span) if outer.kinds else place.subject
        self.saying.absences.append(Absence(subject, kind.iri, told))

    def _number(self, sense: Sense, place: Place, told: Told) -> None:
        if not sense.kinds[-1].plural:
            self.saying.gathering.unsettle(told.span, f"`{told.text}` may be a count or a number of its own")
            return
        count = self.saying.senses.lexicon.label(self.saying.senses.lexicon.role("count"))
        self.saying.property(self.subject(sense, place, told.span), count, told)

    def _described(self, sense: Sense, place: Place, told: Told) -> None:
        """Say what a value tells of a part; "no lid" under a key for lids says that there is none."""
        first, _, rest = told.text.partition(" ")
        if (first.lower(),) in language().lacking and self.saying.senses.part(rest) == sense.kinds[-1]:
            self._absent(sense, place, told)
            return
        if subject := self.subject(sense, place, told.span):
            self.saying.describe(subject, told)

    def _naming(self, place: Place, told: Told) -> None:
        """Read a value that stands under no telling key: the name of a part or a step in a list."""
        senses = self.saying.senses
        kind = senses.part(told.text) or senses.step(told.text)
        if kind and not self.saying.is_product(kind.iri):
            self._mentioned(self.subject(Sense((kind,), (told.text.lower(),)), place, told.span), kind, told)
        else:
            self.saying.unread(told, f"`{told.text[:80]}` names no part and no step")

    def _mentioned(self, subject: str, kind: Kind, told: Told) -> None:
        """Say what kind an item is of that is known from elsewhere, too."""
        if subject and not self.saying.gathering.rests_on(subject, told.span):
            self.saying.gathering.say(subject, TYPE, kind.iri, told.span)

    def subject(self, sense: Sense, place: Place, span: Span) -> str:
        """Give the item that a key speaks of, from the outside in; each is a part of the one around it."""
        subject = place.subject
        for at, (kind, name) in enumerate(zip(sense.kinds, sense.names, strict=True)):
            marks = sense.marks if at == len(sense.kinds) - 1 else ()
            subject = self._inner(subject, kind, name, marks, place, span)
        return subject

    def _inner(self, subject: str, kind: Kind, name: str, marks: Phrase, place: Place, span: Span) -> str:
        gathering, lexicon = self.saying.gathering, self.saying.senses.lexicon
        if subject == PRODUCT and self.saying.is_product(kind.iri):
            return gathering.product(span, kind.iri)
        if subject not in ("", PRODUCT) and lexicon.is_a(gathering.kind(subject), kind.iri) and not marks:
            return subject
        if subject in ("", PRODUCT) and not place.scope:
            alike = gathering.alike(kind.iri, marks)
            if len(alike) == 1:
                return alike[0]
            if len(alike) > 1:
                gathering.unsettle(span, f"`{name}` may be any of {len(alike)} items", alike)
                return ""
        return self.add(subject, kind, name, marks, place.scope, span)

    def add(self, subject: str, kind: Kind, name: str, marks: Phrase, scope: str, span: Span) -> str:
        """Give an item in a scope; one that is new is a part of the item around it."""
        gathering = self.saying.gathering
        before = len(gathering.items)
        item = gathering.item(kind, name, marks, f"{scope}/{subject}", span)
        part = not self.saying.senses.is_step(kind.iri)
        if len(gathering.items) > before and subject not in ("", PRODUCT) and part:
            gathering.say(subject, self.saying.part, item, span)
        return item
