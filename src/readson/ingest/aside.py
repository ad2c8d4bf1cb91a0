"""Check what a description keeps beside its facts: no statement is made of it."""

from __future__ import annotations

from collections.abc import Iterable

from readson.ingest.draft import Draft
from readson.ingest.quotes import PLACES
from readson.ingest.yaml_nodes import Listing, Mapping, Node, Scalar

MEANINGS = "may mean"
UNSETTLED, REJECTED, DRAFTED = ASIDE = ("unsettled", "rejected", "drafted")
"""Words to decide on; facts that a person took out; what was read last."""
UNSETTLED_KEYS = ("quote", "source", *PLACES, "reason", MEANINGS)
REJECTED_KEYS = ("of", "key", "quote", "source", "because")
_VALUES = ("is", "not", "what")


def check_aside(draft: Draft, key: str, node: Node) -> None:
    """Check the form of one of the keys `ASIDE`."""
    if key == DRAFTED:
        _check_drafted(draft, node)
    elif key == UNSETTLED:
        _check_list(draft, node, UNSETTLED_KEYS, ("quote", "reason"))
    else:
        _check_list(draft, node, (*REJECTED_KEYS, *_VALUES, *PLACES), ("key", "quote"))


def _check_drafted(draft: Draft, node: Node) -> None:
    for _, value in node.entries if isinstance(node, Mapping) else ():
        draft.problems.text(value, "the ids of what was read")
    if not isinstance(node, Mapping):
        draft.problems.add(node, "expected the ids of what was read of each source; readson writes them")


def _check_list(draft: Draft, node: Node, keys: Iterable[str], needed: tuple[str, str]) -> None:
    if not isinstance(node, Listing):
        draft.problems.add(node, f"expected a list, each with `{needed[0]}:` and `{needed[1]}:`")
        return
    for item in node.nodes:
        found = {key.text: value for key, value in draft.problems.entries(item, keys)}
        if isinstance(item, Mapping) and not set(needed) <= found.keys():
            draft.problems.add(item, f"expected `{needed[0]}:` and `{needed[1]}:`")
        for key, value in found.items():
            _check_texts(draft, key, value)


def _check_texts(draft: Draft, key: str, value: Node) -> None:
    several = key == MEANINGS or key in _VALUES
    for text in value.nodes if several and isinstance(value, Listing) else (value,):
        if not isinstance(text, Scalar):
            draft.problems.add(text, f"expected a text for `{key}`")
