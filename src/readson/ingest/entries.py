"""Read what parts, steps and the product itself have in common: a kind, facts, default evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from readson.ingest.draft import Draft
from readson.ingest.values import assertions, read_fact
from readson.ingest.yaml_nodes import Mapping, Node, Scalar
from readson.lexicon import Kind
from readson.statements import TYPE, Bounds, Denial, Evidence, Grade, Value
from readson.terms import plural

ENTRY_KEYS = ("kind", "evidence")


@dataclass(frozen=True, slots=True)
class KindFact:
    """What one source says an item is, or is not."""

    kind: Kind
    denied: bool
    evidence: Evidence
    stale: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One item: what it is, and the keys with facts of it."""

    name: str
    node: Mapping
    kinds: tuple[KindFact, ...]
    evidence: Evidence | None

    @property
    def stale(self) -> bool:
        """Tell whether no source says any more what the item is."""
        return bool(self.kinds) and all(fact.stale for fact in self.kinds)


def declare_entry(draft: Draft, name: Scalar, body: Mapping, within: str, strict: bool) -> Iterator[Entry]:
    """Name one item of a kind; one whose kind is not known has no facts that could be checked."""
    evidence = read_evidence(draft, body)
    before = len(draft.problems)
    kinds = tuple(read_kinds(draft, body, evidence, within, strict))
    if not any(key.text == "kind" for key, _ in body.entries):
        example = draft.lexicon.label(draft.lexicon.first_below(within))
        draft.problems.add(name, f"`{name.text[:80]}` needs a kind, such as `kind: {example}`")
    known = len(draft.problems) == before
    positive = tuple(fact.kind.iri for fact in kinds if not fact.denied)
    if draft.declare(name.text, positive or (within,), name) and known:
        yield Entry(name.text, body, kinds, evidence)


def read_evidence(draft: Draft, body: Mapping) -> Evidence | None:
    """Read the `evidence:` of an entry, the default for its facts."""
    for key, value in body.entries:
        if key.text == "evidence":
            return draft.sources.read_evidence(value)
    return None


def read_kinds(
    draft: Draft, body: Mapping, evidence: Evidence | None, within: str, strict: bool
) -> Iterator[KindFact]:
    """Read the `kind:` of an entry; a word for a part and a material means the part, unless `strict`."""
    for node in (value for key, value in body.entries if key.text == "kind"):
        for assertion in assertions(draft, node, evidence):
            for value in assertion.values:
                kind = find_kind(draft, value, within, strict)
                if assertion.mode == "only":
                    draft.problems.add(assertion.node, "a kind takes `is:` or `not:`")
                elif kind:
                    yield KindFact(kind, assertion.mode == "not", assertion.evidence, assertion.stale)


def find_kind(draft: Draft, value: Scalar, within: str, strict: bool) -> Kind | None:
    """Find the class that a label names; a problem when there is none or more than one."""
    lexicon = draft.lexicon
    kinds = lexicon.kinds(value.text, within) or (() if strict else lexicon.kinds(value.text))
    if len(kinds) == 1:
        return kinds[0]
    if kinds:
        names = " or ".join(f"`{lexicon.label(kind.iri)}`" for kind in kinds)
        draft.problems.add(value, f"`{value.text}` may mean {names}; write one of them")
    else:
        draft.problems.unknown(value, "kind", value.text, lexicon.kind_labels(within if strict else ""))
    return None


def state_entry(draft: Draft, entry: Entry, others: Iterable[str] = ()) -> None:
    """Read the facts of one entry."""
    for fact in entry.kinds:
        if fact.stale:
            continue
        content = Denial(fact.kind.iri) if fact.denied else Value(fact.kind.iri)
        draft.add(entry.name, TYPE, content, fact.evidence)
    skip = (*ENTRY_KEYS, *others)
    for key, value in entry.node.entries:
        if key.text not in skip:
            read_fact(draft, entry.name, key, value, entry.evidence, skip)
    _count_plural(draft, entry)


def _count_plural(draft: Draft, entry: Entry) -> None:
    """Count at least two where the kind or the name is a plural and no count is given."""
    count = draft.lexicon.role("count")
    stated = [fact for fact in entry.kinds if not fact.denied and not fact.stale]
    several = [fact for fact in stated if fact.kind.plural or plural(entry.name)]
    if several and not draft.says(entry.name, count):
        unit = draft.lexicon.terms[count].unit
        cited = several[0].evidence
        note = f"the {'kind' if several[0].kind.plural else 'name'} is written in the plural"
        evidence = Evidence(cited.source, cited.locator, cited.quote, Grade.DERIVED, note)
        draft.add(entry.name, count, Bounds(low=2, text="at least 2", number="2", unit=unit), evidence)


def expect_mapping(draft: Draft, node: Node, message: str) -> Mapping | None:
    """Give the node when it is a mapping, or note the problem."""
    if isinstance(node, Mapping):
        return node
    draft.problems.add(node, message)
    return None
