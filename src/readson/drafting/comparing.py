"""Compare a description as a person left it with a fresh one: what is new in it, and what they took out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from readson.drafting.reviewed import VALUES, Cited, Fact, Reviewed
from readson.ingest.draft import fold_name
from readson.statements import PRODUCT

_KIND = "kind"


@dataclass(frozen=True)
class Comparison:
    """Facts that the description does not have yet, and those that a person deleted since the last reading.

    `out` are all that are kept out, those that were rejected before included; `unsettled` are words to decide
    on that are new.
    """

    new: tuple[Fact, ...]
    gone: tuple[Fact, ...]
    out: tuple[Fact, ...]
    unsettled: tuple[Fact, ...]


def aligned(old: Reviewed, fresh: Reviewed) -> tuple[Reviewed, dict[str, str]]:
    """Give fresh facts the ids of sources that the old description uses, and those ids by the fresh ones."""
    by_file = {file: id for id, file in old.sources.items() if file}
    names: dict[str, str] = {}
    for id, file in fresh.sources.items():
        tries = (id, *(f"{id}-{n}" for n in range(2, len(old.sources) + len(names) + 3)))
        taken = {*old.sources, *names.values()}
        names[id] = by_file.get(file) or next(name for name in tries if name not in taken)
    facts = tuple(_resourced(fact, names, old.default) for fact in fresh.facts)
    unsettled = tuple(_resourced(fact, names, old.default) for fact in fresh.unsettled)
    return replace(fresh, facts=facts, unsettled=unsettled, rejected=()), names


def _resourced(fact: Fact, names: Mapping[str, str], default: str) -> Fact:
    source = names.get(fact.source, fact.source)
    cited: Cited = {key: text for key, text in fact.cited.items() if key in VALUES}
    cited |= {"source": source} if source != default else {}
    cited |= {key: text for key, text in fact.cited.items() if key not in (*VALUES, "source")}
    return replace(fact, source=source, cited=cited)


def renames(old: Reviewed, fresh: Reviewed) -> dict[str, str]:
    """Give the names that a person gave to parts, by those that the same parts have when read afresh."""
    read = {fold_name(name) for name in fresh.entries}
    known: defaultdict[str, set[str]] = defaultdict(set)
    for fact in old.facts:
        if fold_name(fact.entry) not in read:
            known[fact.id].add(fact.entry)
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for fact in aligned(old, fresh)[0].facts:
        for entry in known[fact.id] if len(known[fact.id]) == 1 else ():
            votes[fact.entry][entry] += 1
    there = {fold_name(name) for name in (*old.entries, PRODUCT)}
    strange = {name: counts for name, counts in votes.items() if fold_name(name) not in there}
    return {name: min(counts, key=lambda entry: (-counts[entry], entry)) for name, counts in strange.items()}


def compare(old: Reviewed, fresh: Reviewed) -> Comparison:
    """Compare with a fresh description whose sources are aligned."""
    drafted = Counter(id for ids in old.drafted.values() for id in ids)
    rejected = Counter(fact.id for fact in old.rejected)
    there: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in old.facts:
        there[fact.id].append(fact)
    new: list[Fact] = []
    gone: list[Fact] = []
    out: list[Fact] = []
    for id, left in _unmatched(fresh.facts, there).items():
        deleted = max(0, drafted[id] - len(there[id]) - rejected[id])
        blocked = deleted + rejected[id]
        gone += left[:deleted]
        out += left[:blocked]
        new += left[blocked:]
    shown = {fact.id for fact in old.unsettled}
    unsettled = [f for f in fresh.unsettled if f.id not in shown and not drafted[f.id]]
    order = {fact: place for place, fact in enumerate(fresh.facts)}
    new.sort(key=order.__getitem__)
    kept, orphans = _with_parts(old, fresh, new)
    return Comparison(tuple(kept), (*gone, *orphans), (*out, *orphans), tuple(unsettled))


def _unmatched(fresh: Iterable[Fact], there: Mapping[str, list[Fact]]) -> dict[str, list[Fact]]:
    """Give the fresh facts for which the old description has none, by their ids."""
    left: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in fresh:
        left[fact.id].append(fact)
    for id, facts in left.items():
        for old in there.get(id, ()):
            best = max(
                facts, key=lambda fact: (fact.entry == old.entry, fact.value == old.value), default=None
            )
            if best is not None:
                facts.remove(best)
    return {id: facts for id, facts in left.items() if facts}


def _with_parts(old: Reviewed, fresh: Reviewed, new: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    """Set apart what is said of parts that the person took out."""
    fresh_kinds = {fact.entry for fact in fresh.facts if fact.key == _KIND}
    named = {fact.entry for fact in new if fact.key == _KIND} | set(old.entries)
    out = {fact.entry for fact in new if fact.entry in fresh_kinds} - named
    return [f for f in new if f.entry not in out], [f for f in new if f.entry in out]


def wording(fact: Fact) -> tuple[str, str, str, str]:
    """Give all by which two readings of one fact are the same."""
    return fact.entry, fact.key, fact.value, fact.quote
