"""Bring a description that a person has edited up to date with its sources.

What the person wrote stays, comments too. What they deleted stays deleted, since the description remembers
what was read last. What is new is added; facts whose words have vanished are marked and no longer count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import yaml

from readson.drafting.citing import Source
from readson.drafting.comparing import aligned, compare, wording
from readson.drafting.edits import (
    Edit,
    add_key,
    add_values,
    apply,
    insert_lines,
    last_line,
    mark,
    rewrite,
    unmark,
)
from readson.drafting.emitting import Leaf, entry, heading, inline, keyed
from readson.drafting.reviewed import Fact, Reviewed, keys_of, place_of, review
from readson.ingest.aside import DRAFTED, REJECTED, UNSETTLED
from readson.ingest.quotes import SourceText, stands
from readson.ingest.values import STALE


@dataclass(frozen=True)
class Updated:
    """The new text of a description, what was added to it, and counts of what was kept out and is stale.

    `files` are those of the sources that the description had before.
    """

    text: str
    added: tuple[Fact, ...]
    rejected: int
    stale: int
    files: tuple[str, ...]

    @property
    def summary(self) -> str:
        """Say what has changed."""
        return (
            f"{len(self.added)} facts added, {self.rejected} deleted by hand and kept out, "
            f"{self.stale} stale: their words are no longer there"
        )


def remember(text: str) -> str:
    """Add to a fresh description the ids of all that was read, by source."""
    fresh = review(text)
    return text + "".join(f"{line}\n" for line in _memory(_ids((*fresh.facts, *fresh.unsettled))))


def update(
    old: Reviewed, fresh: Reviewed, sources: Sequence[Source], refused: Mapping[Fact, str] | None = None
) -> Updated:
    """Bring a description up to date with a fresh one that was read of some of its sources.

    New facts that are `refused`, each with its reason, become words that are not settled.
    """
    fresh, names = aligned(old, fresh)
    texts = {names[source.id]: source.text for source in sources}
    found = compare(old, fresh)
    reasons = {wording(fact): reason for fact, reason in (refused or {}).items()}
    new = [fact for fact in found.new if wording(fact) not in reasons]
    shown = {fact.id for fact in old.unsettled}
    doubtful = [_not_settled(f, reasons[wording(f)]) for f in found.new if wording(f) in reasons]
    unsettled = [*found.unsettled, *(fact for fact in doubtful if fact.id not in shown)]
    stale = {f for f in old.facts if f.source in texts and not texts[f.source].find(f.quote)}
    edits = [
        *_marked(old, stale, texts, fresh),
        *_sources(old, [(names[s.id], s) for s in sources]),
        *_added(old, fresh, new),
        *_listed(old, UNSETTLED, [dict(fact.cited) for fact in unsettled]),
        *_listed(old, REJECTED, [_out(fact) for fact in found.gone]),
        *_forgotten(old),
    ]
    out = set(found.out)
    kept = [f for f in fresh.facts if f not in out and wording(f) not in reasons]
    others = {source: ids for source, ids in old.drafted.items() if source not in texts}
    memory = {**others, **_ids((*kept, *fresh.unsettled))}
    text = apply(old.text, edits) + "".join(f"{line}\n" for line in _memory(memory))
    return Updated(text, tuple(new), len(found.gone), len(stale), tuple(old.sources.values()))


# What was read last


def _ids(facts: Iterable[Fact]) -> dict[str, list[str]]:
    ids: defaultdict[str, list[str]] = defaultdict(list)
    for fact in facts:
        ids[fact.source].append(fact.id)
    return dict(ids)


def _memory(drafted: Mapping[str, Sequence[str]]) -> Iterator[str]:
    if any(drafted.values()):
        yield from ("", "# What was read last, so that what is deleted above stays deleted.", f"{DRAFTED}:")
    yield from (f"  {entry(source, ' '.join(ids))}" for source, ids in drafted.items() if ids)


def _forgotten(old: Reviewed) -> Iterator[Edit]:
    """Take the memory of the last reading out, with the comment before it."""
    for key, node in old.root.value:
        if key.value == DRAFTED:
            lines = old.text.split("\n")
            first = key.start_mark.line
            while first > 0 and (not lines[first - 1].strip() or lines[first - 1].startswith("#")):
                first -= 1
            yield Edit((first, 0), (last_line(node) + 1, 0), "")


# Facts that stay


def _marked(
    old: Reviewed, stale: Collection[Fact], texts: Mapping[str, SourceText], fresh: Reviewed
) -> Iterator[Edit]:
    """Mark what has vanished, take marks off what is back, and mend the places of the rest."""
    places = {fact.id: place_of(fact) for fact in fresh.facts}
    for fact in old.facts:
        if fact in stale and STALE not in fact.cited:
            yield mark(fact.node, f"{STALE}: yes")
        elif fact.source in texts and fact not in stale:
            if STALE in fact.cited:
                yield unmark(fact.node, STALE)
            yield from _placed(fact, texts[fact.source], places.get(fact.id, {}))


def _placed(fact: Fact, text: SourceText, read: Mapping[str, str]) -> Iterator[Edit]:
    found, given = text.find(fact.quote), place_of(fact)
    if found and given and not any(stands(place, given) for place in found.places):
        right = read or {place.key: place.text for place in found.places[:1]}
        nodes = keys_of(fact.node)
        yield from (rewrite(nodes[key], value) for key, value in right.items() if key in nodes)


# Facts that are new


def _sources(old: Reviewed, sources: Iterable[tuple[str, Source]]) -> Iterator[Edit]:
    node = keys_of(old.root).get("sources")
    new: list[tuple[str, Leaf]] = [
        (id, {"title": s.title, "file": s.file}) for id, s in sources if id not in old.sources
    ]
    if isinstance(node, yaml.MappingNode):
        yield from (add_key(node, id, said) for id, said in new)
    elif new:
        yield from _section(old, "sources", [f"  {entry(id, said)}" for id, said in new])


def _added(old: Reviewed, fresh: Reviewed, new: Sequence[Fact]) -> Iterator[Edit]:
    """Add facts to the entries that there are, then the entries that are new."""
    by_entry: defaultdict[str, defaultdict[str, list[Leaf]]] = defaultdict(lambda: defaultdict(list))
    for fact in new:
        by_entry[fact.entry][fact.key].append(dict(fact.cited))
    for name, keys in by_entry.items():
        if name in old.entries:
            yield from _to_entry(old.entries[name].node, keys)
    others = {name: keys for name, keys in by_entry.items() if name not in old.entries}
    parts = {name: keys for name, keys in others.items() if not fresh.entries[name].step}
    steps = {name: keys for name, keys in others.items() if fresh.entries[name].step}
    yield from _new_parts(old, parts)
    yield from _new_steps(old, steps)


def _to_entry(node: yaml.MappingNode, keys: Mapping[str, list[Leaf]]) -> Iterator[Edit]:
    pairs = {key.value: (key, value) for key, value in node.value}
    for key, values in keys.items():
        if key in pairs:
            yield from add_values(*pairs[key], values)
    for key, values in keys.items():
        if key not in pairs:
            yield add_key(node, key, *values)


def _new_parts(old: Reviewed, parts: Mapping[str, Mapping[str, list[Leaf]]]) -> Iterator[Edit]:
    lines = [line for name, keys in parts.items() for line in (f"  {heading(name)}", *_lines(keys, 4))]
    yield from _section(old, "parts", lines)


def _new_steps(old: Reviewed, steps: Mapping[str, Mapping[str, list[Leaf]]]) -> Iterator[Edit]:
    """Add steps of which it is not known where among the others they come."""
    node = keys_of(keys_of(old.root).get("process")).get("steps")
    at = node.start_mark.column if node is not None and node.value else 4
    lines: list[str] = []
    for name, keys in steps.items():
        lines += [" " * at + f"- {entry('name', name)}", " " * (at + 2) + "order: unknown"]
        lines += _lines(keys, at + 2)
    if node is not None and lines:
        yield insert_lines(last_line(node), lines)
    else:
        yield from _section(old, "process", ["  steps:", *lines] if lines else [])


def _lines(keys: Mapping[str, list[Leaf]], indent: int) -> Iterator[str]:
    for key, values in keys.items():
        yield from keyed(key, values, indent)


def _listed(old: Reviewed, key: str, items: Sequence[Leaf]) -> Iterator[Edit]:
    """Add to a list at the top of the description."""
    pairs = {name.value: (name, value) for name, value in old.root.value}
    if key in pairs and isinstance(pairs[key][1], yaml.SequenceNode) and items:
        yield from add_values(*pairs[key], items)
    else:
        yield from _section(old, key, [f"  - {inline(item)}" for item in items])


def _section(old: Reviewed, key: str, lines: list[str]) -> Iterator[Edit]:
    """Add lines to a key at the top of the description, below all else when it is not there yet."""
    node = keys_of(old.root).get(key)
    if lines and isinstance(node, yaml.CollectionNode):
        yield insert_lines(last_line(node), lines)
    elif lines:
        yield insert_lines(old.text.count("\n") - 1, ["", f"{key}:", *lines])


def _out(fact: Fact) -> Leaf:
    return {"of": fact.entry, "key": fact.key, **fact.cited}


def _not_settled(fact: Fact, reason: str) -> Fact:
    kept = ("quote", "source", *place_of(fact))
    cited = {key: text for key, text in fact.cited.items() if key in kept}
    return replace(fact, key=UNSETTLED, cited={**cited, "reason": reason})
