"""Merge what several documents say of one product: the same part under two names is one item.

Two items are one when their kinds agree and their marks do not clash, and nothing else could be meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from readson.extraction.findings import Finding, Findings, Ignored, Item, Unsettled
from readson.lexicon import Lexicon, fold
from readson.statements import PRODUCT, TYPE

_Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Merged:
    """What all documents say together. Keys of items are unique.

    `also` holds the names that an item has in other documents, each with the place of the document. `loose`
    are the keys of steps of which no document says what comes before them.
    """

    items: tuple[Item, ...] = ()
    findings: tuple[Finding, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    also: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    loose: frozenset[str] = frozenset()


def merge(findings: Sequence[Findings], lexicon: Lexicon) -> Merged:
    """Merge what readers found, in the order of documents; contradictions stay side by side.

    One document may have been read in several ways, each with findings of its own.
    """
    groups = _Groups(lexicon)
    for number, found in enumerate(findings):
        groups.add(number, found)
    keys = {(member.number, member.item.key): g.key for g in groups.all for member in g.members}
    items = [_renamed_item(group, keys) for group in groups.all]
    main = _main(findings)
    loose = frozenset(
        g.key for g in groups.all if g.step and main >= 0 and main not in {m.number for m in g.members}
    )
    return Merged(
        items=tuple(_in_order(items, groups.all, findings, main)),
        findings=tuple(_findings(groups.all, findings, keys, lexicon)),
        unsettled=(*(u for found in findings for u in found.unsettled), *groups.unsettled),
        ignored=tuple(ignored for found in findings for ignored in found.ignored),
        also={group.key: names for group in groups.all if (names := group.names)},
        loose=loose,
    )


@dataclass(frozen=True, slots=True)
class _Member:
    number: int
    item: Item


@dataclass(slots=True)
class _Group:
    key: str
    members: list[_Member]

    @property
    def step(self) -> bool:
        return self.members[0].item.step

    @property
    def marks(self) -> frozenset[str]:
        return frozenset().union(*(member.item.marks for member in self.members))

    @property
    def names(self) -> tuple[tuple[str, int], ...]:
        """Give the names that differ from the first one."""
        first = fold(self.members[0].item.name)
        return tuple(
            (m.item.name, m.item.quote.document) for m in self.members[1:] if fold(m.item.name) != first
        )


class _Groups:
    """Collect items that are one, a document at a time."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.all: list[_Group] = []
        self.unsettled: list[Unsettled] = []
        self._lexicon = lexicon

    def add(self, number: int, found: Findings) -> None:
        """Add the items of a document, each to the one group that it fits, or as a group of its own."""
        members = [_Member(number, item) for item in found.items if item.key != PRODUCT]
        before = list(self.all)
        chosen = {m.item.key: self._choose(m, members, before) for m in members}
        for member in members:
            group = chosen[member.item.key]
            alone = sum(other is group for other in chosen.values()) == 1
            if group is not None and alone:
                group.members.append(member)
            else:
                self.all.append(_Group(f"{number}:{member.item.key}", [member]))

    def _choose(self, member: _Member, others: list[_Member], groups: list[_Group]) -> _Group | None:
        """Give the group that an item can only belong to; where it may be one of several, say so."""
        # A feature is what it is of: features that are of the same parts get one name when they are written.
        alike = [] if member.item.of else [g for g in groups if self._alike(member, g)]
        fits = [g for g in alike if _agree(member.item.marks, g.marks)]
        named = [g for g in fits if fold(g.members[0].item.name) == fold(member.item.name)]
        marked = [g for g in fits if member.item.marks and member.item.marks == g.marks]
        for sure in (named, marked):
            if len(sure) == 1:
                return sure[0]
        rivals = [o for o in others if not o.item.of and self._kin(o.item, member.item)]
        if len(alike) == 1 and len(rivals) == 1:
            return next(iter(fits), None)
        if len(fits) > 1 and len(rivals) == 1:
            names = tuple(g.members[0].item.name for g in fits)
            reason = f"`{member.item.name}` may be any of several parts that other documents name"
            self.unsettled.append(Unsettled(member.item.quote, reason, names))
        return None

    def _alike(self, member: _Member, group: _Group) -> bool:
        return not any(m.item.of for m in group.members) and all(
            self._kin(m.item, member.item) for m in group.members
        )

    def _kin(self, left: Item, right: Item) -> bool:
        is_a = self._lexicon.is_a
        return left.step == right.step and (is_a(left.kind, right.kind) or is_a(right.kind, left.kind))


def _agree(left: frozenset[str], right: frozenset[str]) -> bool:
    """Tell whether marks can be of one part: "first" and "first logic" can, "top" and "bottom" cannot."""
    return left <= right or right <= left


def _main(findings: Sequence[Findings]) -> int:
    """Give the document that tells the order of the steps: the one with the most; -1 without steps."""
    counts = [sum(item.step for item in found.items) for found in findings]
    return counts.index(max(counts)) if any(counts) else -1


def _in_order(
    items: list[Item], groups: list[_Group], findings: Sequence[Findings], main: int
) -> Iterator[Item]:
    """Give the parts, then the steps in the order of the main document, then the other steps."""
    yield from (item for item in items if not item.step)
    places = {item.key: n for n, item in enumerate(findings[main].items)} if main >= 0 else {}
    of_main = {g.key: places[m.item.key] for g in groups for m in g.members if m.number == main}
    steps = [item for item in items if item.step]
    yield from sorted(steps, key=lambda item: of_main.get(item.key, len(places)))


def _findings(
    groups: list[_Group], findings: Sequence[Findings], keys: Mapping[_Key, str], lexicon: Lexicon
) -> Iterator[Finding]:
    """Give what is said of the merged items; what one document says twice is said once."""
    said: defaultdict[int, set[tuple[str, ...]]] = defaultdict(set)
    for group in groups:
        kind = group.members[0].item.kind
        for member in group.members:
            said[member.item.quote.document].add((group.key, TYPE, "is", kind))
    for finding in (*_kinds(groups), *_renamed(findings, keys, lexicon)):
        fact = (finding.subject, finding.property, finding.mode, finding.value)
        if fact not in said[finding.quote.document]:
            said[finding.quote.document].add(fact)
            yield finding


def _renamed_item(group: _Group, keys: Mapping[_Key, str]) -> Item:
    first = group.members[0]
    of = tuple(keys.get((first.number, key), "") for key in first.item.of)
    return replace(first.item, key=group.key, of=of)


def _kinds(groups: list[_Group]) -> Iterator[Finding]:
    """Say that an item is also what another document says it is."""
    for group in groups:
        first = group.members[0].item
        for member in group.members[1:]:
            if member.item.kind != first.kind:
                yield Finding(group.key, TYPE, member.item.kind, member.item.quote)


def _renamed(findings: Sequence[Findings], keys: Mapping[_Key, str], lexicon: Lexicon) -> Iterator[Finding]:
    for number, found in enumerate(findings):
        for finding in found.findings:
            subject = keys.get((number, finding.subject), finding.subject)
            term = lexicon.terms.get(finding.property)
            # The words of a quantity may look like the key of an item.
            related = term is not None and term.sort == "relation"
            value = keys.get((number, finding.value), finding.value) if related else finding.value
            yield replace(finding, subject=subject, value=value)
