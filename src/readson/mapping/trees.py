"""Walk nodes: nesting is part-of, a list is several items, what stands beside a value belongs to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from readson.documents.model import Span
from readson.ingest.units import Unit
from readson.mapping.entries import Entry, Node, keyed
from readson.mapping.keys import split_key, unit_of
from readson.mapping.language import language
from readson.mapping.leaves import Leaves, Place
from readson.mapping.saying import Saying, Told
from readson.mapping.senses import Sense, adds_nothing, bound_of, role_of
from readson.mapping.settling import find_feature, names_feature
from readson.mapping.values import describe, head_kind, says_none, says_nothing
from readson.statements import PRODUCT

_NEAR = 160
_CODE = re.compile(r"[A-Z]{1,6}[-_./ ]?\d[\w./-]{0,20}")


@dataclass
class Walk:
    """Read nodes into findings. `sense_of` says what the key of a node means."""

    leaves: Leaves
    sense_of: Callable[[Node], Sense]
    text: str
    phrases: list[tuple[Node, Place]] = field(default_factory=list)

    @property
    def saying(self) -> Saying:
        """Give what makes findings of values."""
        return self.leaves.saying

    def read(self, node: Node, place: Place) -> None:
        """Read one node and all that stands under it."""
        if not node.entry and names_feature(self.saying, node.key):
            self.phrases.append((node, place))
            return
        sense = self.sense_of(node)
        if sense.ignored:
            for entry in node.entries():
                self.saying.gathering.ignore(entry.own, sense.ignored)
        elif node.entry:
            self.leaves.read(node.entry, sense, place)
        elif node.listed:
            self._listing(node, sense, place)
        else:
            self._group(node, sense, place)

    def read_phrases(self) -> None:
        """Read what stands under phrases such as "gap between {} and {}", now that all items are known."""
        for node, place in self.phrases:
            subject = find_feature(self.saying, node.key, self._where(node))
            for child in node.children:
                self.read(child, replace(place, subject=subject))

    def _listing(self, node: Node, sense: Sense, place: Place) -> None:
        """Read a list: several groups are several items, several values are said one by one."""
        groups = [child for child in node.children if not child.entry]
        several = len(groups) > 1
        if several and (self._speaks_of_products(sense)):
            for entry in node.entries():
                reason = "is of one of several products; read them one by one"
                self.saying.gathering.unsettle(entry.quote, reason)
            return
        seen: set[str] = set()
        if sense.property and self.saying.senses.is_size(sense.property) and _numbers(node):
            self._sides(node, sense, place)
            return
        for position, child in enumerate(node.children, 1):
            if child.entry:
                again = child.entry.text in seen
                seen.add(child.entry.text)
                one = replace(place, scope="/".join(child.path)) if again else place
                self.leaves.read(child.entry, self._listed(sense, child.entry.text), one)
            elif child.listed:
                self._listing(child, sense, place)
            else:
                mark = (str(position),) if several and sense.kinds else ()
                apart = several and not label_of(child, self.sense_of)
                inner = replace(place, scope="/".join(child.path)) if apart else place
                self._group(child, replace(self._one(sense), marks=sense.marks or mark), inner, True)

    def _sides(self, node: Node, sense: Sense, place: Place) -> None:
        """Read a list of numbers as a size."""
        entries = list(node.entries())
        text = " x ".join(entry.text for entry in entries)
        span = _join([entry.value for entry in entries])
        self.leaves.read(replace(entries[0], text=text), sense, place, span)

    def _listed(self, sense: Sense, text: str) -> Sense:
        """Say what a value in a list means: the name of a part, if it names one of the kind of the list."""
        kind = self.saying.senses.part(text) if sense.kinds and not sense.property else None
        if kind and self.saying.senses.lexicon.is_a(kind.iri, sense.kinds[-1].iri):
            return Sense()
        return replace(sense, bound="")

    def _one(self, sense: Sense) -> Sense:
        """Speak of one item where the key of a list speaks of several."""
        names = map(self.saying.senses.singular, sense.names, sense.kinds)
        return replace(
            sense, kinds=tuple(replace(kind, plural=False) for kind in sense.kinds), names=tuple(names)
        )

    def _speaks_of_products(self, sense: Sense) -> bool:
        return bool(sense.kinds) and self.saying.is_product(sense.kinds[-1].iri)

    def _group(self, node: Node, sense: Sense, place: Place, element: bool = False) -> None:
        """Read what stands under one key: a label with its value, a value with its unit, or an item."""
        label = None if sense.property or sense.kinds else label_of(node, self.sense_of)
        if label and label.entry:
            self._labeled(node, label, label.entry, place)
        elif any(_measures(child) for child in node.children):
            self._measured(node, sense, place)
        elif sense.property and not self.saying.senses.is_size(sense.property):
            self._about(node, sense, place)
        elif sense.kinds and (absent := self._absent(node)):
            for entry in node.entries():
                if entry is not absent:
                    self.saying.gathering.ignore(entry.own, "said of a part of which there is none")
            self.leaves.read(absent, sense, place)
        else:
            self._individual(node, sense, place, element)

    def _absent(self, node: Node) -> Entry | None:
        """Give what says of an item that it is not there: {present: false}."""
        for child in node.children:
            sense = self.sense_of(child) if child.entry else Sense()
            if child.entry and sense.asks and not sense.kinds and says_none(child.entry.text):
                return child.entry
        return None

    def _labeled(self, node: Node, label: Node, entry: Entry, place: Place) -> None:
        """Read a record of a label and its values: the label is the key."""
        inner = labeled(node, label)
        sense = self.sense_of(inner)
        if sense.ignored:
            for each in node.entries():
                self.saying.gathering.ignore(each.own, sense.ignored)
        else:
            self._measured(inner, sense, place, entry)

    def _measured(self, node: Node, sense: Sense, place: Place, label: Entry | None = None) -> None:
        """Read a value with its unit beside it, or the ends of a range."""
        by_bound: dict[str, Entry] = {}
        for child in node.children:
            entry = child.entry if _measures(child) else None
            if entry and by_bound.setdefault(_end(child), entry) != entry:
                self.saying.gathering.unsettle(entry.quote, "a second value beside the first")
        units = [child.entry for child in node.children if child.entry and _is(child, "unit")]
        beside = [entry for entry in (label, *units) if entry]
        named = (split_key(child.key).unit for child in node.children if _measures(child))
        unit = next((found for entry in units if (found := unit_of(entry.text))), None)
        unit = unit or next(filter(None, named), sense.unit)
        self._ends(by_bound, replace(sense, unit=unit), place, beside)
        for child in node.children:
            if child.entry and (_measures(child) or child.entry in units):
                continue
            subject = self.leaves.subject(sense, place, child.quote) if sense.kinds else place.subject
            self.read(child, replace(place, subject="" if sense.unread else subject))

    def _ends(self, by_bound: dict[str, Entry], sense: Sense, place: Place, beside: list[Entry]) -> None:
        """Say a value, or a range of its least and most; what is usual is no bound."""
        gathering = self.saying.gathering
        given = {end: entry for end, entry in by_bound.items() if not says_nothing(entry.text)}
        least, most = given.get("min"), given.get("max")
        spans = [_around(entry, beside) for entry in given.values()]
        for end, entry in by_bound.items():
            if end not in given:
                gathering.ignore(entry.own, "says that nothing is known")
            elif least and most and end in ("min", "max"):
                continue
            elif end == "typ" and len(given) > 1:
                gathering.ignore(entry.own, "a usual value, which bounds nothing")
            else:
                self.leaves.read(
                    entry, replace(sense, bound=end or sense.bound), place, _around(entry, beside)
                )
        if least and most:
            span = _join([_around(least, beside), _around(most, beside)])
            text = f"{least.text} to {most.text}"
            self.leaves.read(replace(most, text=text), replace(sense, bound=""), place, span)
        for entry in beside:
            if not any(span.start <= entry.value.start and entry.value.end <= span.end for span in spans):
                gathering.ignore(entry.own, "read with the values beside it")

    def _about(self, node: Node, sense: Sense, place: Place) -> None:
        """Read a relation to something that has keys of its own: what it is called is the value."""
        named = {
            role_of(split_key(child.key).words): child for child in reversed(node.children) if child.entry
        }
        value = named.get("kind") or named.get("name")
        for child in node.children:
            if child is value and child.entry:
                self.leaves.read(child.entry, sense, place)
            else:
                self.read(child, replace(place, subject=""))

    def _individual(self, node: Node, sense: Sense, place: Place, element: bool) -> None:
        """Read the keys of one item, after what names it and says its kind."""
        naming = _naming_children(node)
        subject = self._who(node, sense, place, naming, element)
        inner = replace(place, subject=subject, scope="")
        described = sum(_is(child, "kind") for child in naming) > 1
        for child in naming:
            if child.entry and described and self._is_code(child.entry.text):
                self.saying.gathering.ignore(child.entry.own, "a name")
            elif child.entry:
                self._named(child, child.entry, inner)
        self.read_children(tuple(child for child in node.children if child not in naming), inner)

    def read_children(self, nodes: tuple[Node, ...], place: Place) -> None:
        """Read nodes that stand side by side.

        What stands deeper comes first, so that a flat key finds the one item that it may mean.
        """
        if nodes and all(node.key.isdigit() for node in nodes):
            self._listing(Node("", nodes[0].path[:-1], None, nodes), Sense(), place)
            return
        place = replace(place, unit=_unit(nodes) or place.unit)
        for node in (*(each for each in nodes if not each.entry), *(each for each in nodes if each.entry)):
            self.read(node, place)

    def _who(self, node: Node, sense: Sense, place: Place, naming: tuple[Node, ...], element: bool) -> str:
        """Give the item that a group speaks of: by its key, by its kind, by its name, or none."""
        words = split_key(node.key).words
        neutral = adds_nothing(words)
        if sense.kinds:
            subject = self.leaves.subject(sense, place, self._where(node))
            self._call(subject, naming)
            return subject
        for child in naming:
            step = any(split_key(key).words in language().steps for key in child.path)
            found = head_kind(self.saying.senses, child.entry.text, step) if child.entry else None
            if found and child.entry:
                if self.saying.is_product(found[0].iri):
                    return PRODUCT
                name = found[1] if element or neutral or not words else " ".join(words)
                scope = place.scope or "/".join(node.path)
                subject = self.leaves.add(place.subject, found[0], name, (), scope, child.entry.quote)
                self._call(subject, naming)
                return subject
        named = naming and not (neutral and not element)
        known = neutral or element or self.saying.senses.is_size(node.key)
        return place.subject if known and not named else ""

    def _where(self, node: Node) -> Span:
        """Give the slice of the key of a group, or of what stands first in it."""
        first = node.quote
        if node.key.isdigit():
            return next((child.quote for child in _naming_children(node)), first)
        at = self.text.rfind(node.key, max(0, first.start - _NEAR), first.start) if node.key else -1
        return Span(at, at + len(node.key)) if at >= 0 else first

    def _call(self, subject: str, naming: tuple[Node, ...]) -> None:
        for child in naming:
            named = child.entry and not _is(child, "kind") and not says_nothing(child.entry.text)
            if child.entry and named and subject not in ("", PRODUCT):
                self.saying.gathering.call(subject, child.entry.text, mark=True)

    def _is_code(self, text: str) -> bool:
        """Tell whether a text is the number of a part, which stands beside its description: "HS-130"."""
        found = describe(self.saying.senses, text)
        return bool(_CODE.fullmatch(text)) and not (found.kinds or found.materials or found.truths)

    def _named(self, child: Node, entry: Entry, place: Place) -> None:
        """Read a value that names its item or says its kind."""
        told = Told(entry.text, entry.quote, entry.value)
        if entry.null or says_nothing(entry.text):
            self.saying.gathering.ignore(entry.own, "says that nothing is known")
        elif entry.text.isdigit():
            self.saying.gathering.ignore(entry.own, "a number of its own")
        elif not place.subject:
            self.saying.unread(told, f"`{entry.text[:80]}` is no known kind")
        elif role_of(split_key(child.key).words) == "kind":
            self.saying.kind_told(place.subject, told)
        elif place.subject == PRODUCT:
            self.leaves.name_product(entry)
        else:
            self.saying.gathering.ignore(entry.own, "a name")


def label_of(node: Node, sense_of: Callable[[Node], Sense]) -> Node | None:
    """Give the child that is a label, where the others are its values: {parameter: ..., value: ...}."""
    if not any(_measures(child) for child in node.children):
        return None
    for phrase in (*language().parameter, *language().name):
        for child in node.children:
            text = child.entry.text if child.entry else ""
            if not text or split_key(child.key).words != phrase or says_nothing(text):
                continue
            if phrase in language().parameter or not sense_of(keyed(node, text)).unread:
                return child
    return None


def labeled(node: Node, label: Node) -> Node:
    """Give a record of a label and its values the label for its key."""
    text = label.entry.text if label.entry else ""
    others = tuple(child for child in node.children if child is not label)
    return Node(text, (*node.path[:-1], text), None, others)


def _numbers(node: Node) -> bool:
    """Tell whether a list is of two numbers or more."""
    texts = [child.entry.text if child.entry else "" for child in node.children]
    return len(texts) > 1 and all(re.fullmatch(r"\d+([.,]\d+)?", text) for text in texts)


def _end(node: Node) -> str:
    """Say which end of a range a child gives: "min", "max", "typ", or "" for a plain value."""
    return bound_of(split_key(node.key).words)


def _join(spans: list[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _around(entry: Entry, beside: list[Entry]) -> Span:
    """Give the slice of a value with the label and the unit beside it, where they stand near."""
    near = [each.quote for each in beside if abs(each.quote.start - entry.quote.start) <= _NEAR]
    return _join([entry.quote, *near])


def _unit(nodes: tuple[Node, ...]) -> Unit | None:
    """Give the unit that stands among nodes side by side."""
    texts = (node.entry.text for node in nodes if node.entry and _is(node, "unit"))
    return next((unit for text in texts if (unit := unit_of(text))), None)


def _measures(node: Node) -> bool:
    """Tell whether a child is a value or an end of a range of what stands above it."""
    return bool(node.entry) and _is(node, "value")


def _is(node: Node, role: str) -> bool:
    return role_of(split_key(node.key).words) == role


def _naming_children(node: Node) -> tuple[Node, ...]:
    """Give the children that name an item or say its kind, the most telling first."""
    phrases = (*language().kind, *language().name, *language().place)
    leaves = [child for child in node.children if child.entry]
    found = (child for phrase in phrases for child in leaves if split_key(child.key).words == phrase)
    return tuple(dict.fromkeys(found))
