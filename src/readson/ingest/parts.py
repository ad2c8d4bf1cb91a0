"""Read the parts of a description, and what it says of all parts of a kind."""

from __future__ import annotations

from collections.abc import Iterator

from readson.ingest.draft import Draft
from readson.ingest.entries import Entry, declare_entry, expect_mapping, find_kind, read_evidence, read_kinds
from readson.ingest.sources import EVIDENCE_KEYS
from readson.ingest.values import STALE, is_stale, own_evidence, unnamed
from readson.ingest.yaml_nodes import Listing, Mapping, Node, Scalar
from readson.statements import PRODUCT, Complete, Evidence, Value

EVERYTHING = ("everything", "all")
Phrases = list[tuple[Scalar, Mapping]]


def declare_parts(draft: Draft, node: Node) -> tuple[list[Entry], Phrases]:
    """Name all parts; what is named by a phrase is left for when every name is known."""
    entries: list[Entry] = []
    phrases: Phrases = []
    parts = expect_mapping(draft, node, "expected the name of each part, and what is known of it")
    for key, value in parts.entries if parts else ():
        body = expect_mapping(draft, value, f"expected `kind:` and facts for `{key.text[:80]}`")
        if body and any(True for r in draft.lexicon.references for _ in r.splits(key.text)):
            phrases.append((key, body))
        elif body:
            entries += declare_entry(draft, key, body, draft.lexicon.role("parts"), strict=False)
    return entries, phrases


def declare_phrases(draft: Draft, phrases: Phrases) -> Iterator[Entry]:
    """Find the features that have an entry of their own, such as "gap between die and substrate"."""
    seen: set[str] = set()
    for key, body in phrases:
        name = draft.find(key.text)
        if not name:
            unnamed(draft, key)
        elif name in seen:
            draft.problems.add(key, f"`{key.text}` stands here twice; the first is `{name}`")
        else:
            seen.add(name)
            evidence = read_evidence(draft, body)
            kinds = tuple(read_kinds(draft, body, evidence, draft.kinds[name][0], strict=False))
            yield Entry(name, body, kinds, evidence)


def list_parts(draft: Draft, entries: list[Entry]) -> None:
    """State that the product has each part that is named."""
    for entry in entries:
        if not entry.stale and draft.is_a(draft.kinds[entry.name], draft.lexicon.role("parts")):
            draft.derive(PRODUCT, draft.lexicon.role("part"), Value(entry.name), "named as a part")


def read_absent(draft: Draft, node: Node) -> None:
    """Read `no:`, the kinds of which there is no part."""
    for value, evidence in _kinds_with_evidence(draft, node):
        kind = find_kind(draft, value, draft.lexicon.role("parts"), strict=True)
        if kind:
            draft.add(PRODUCT, draft.lexicon.role("part"), Complete(kind.iri), evidence)


def read_complete(draft: Draft, node: Node) -> None:
    """Read `complete:`, the kinds of which every part is named, or `everything`."""
    parts = draft.lexicon.role("parts")
    for value, evidence in _kinds_with_evidence(draft, node):
        everything = value.text.lower() in EVERYTHING
        kind = None if everything else find_kind(draft, value, parts, strict=True)
        if kind or everything:
            names = draft.items_of(kind.iri if kind else parts)
            listed = tuple(name for name in names if name != PRODUCT)
            content = Complete(kind.iri if kind else "", listed)
            draft.add(PRODUCT, draft.lexicon.role("part"), content, evidence)


def _kinds_with_evidence(draft: Draft, node: Node) -> Iterator[tuple[Scalar, Evidence]]:
    for item in node.nodes if isinstance(node, Listing) else (node,):
        if isinstance(item, Mapping):
            keys = ("what", *EVIDENCE_KEYS, STALE)
            entries = {key.text: value for key, value in draft.problems.entries(item, keys)}
            what = entries.get("what")
            if is_stale(draft, entries):
                continue
            if isinstance(what, Scalar) and what.text:
                yield what, draft.sources.evidence(item, own_evidence(None, item))
            else:
                draft.problems.add(item, "expected `what:` with a kind of part")
        elif draft.problems.text(item, "a kind of part") and isinstance(item, Scalar) and not item.unknown:
            yield item, own_evidence(None, item)
