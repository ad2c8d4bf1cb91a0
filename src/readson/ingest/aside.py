"""Check what a description keeps beside its facts: no statement is made of it."""

from __future__ import annotations

from readson.ingest.draft import Draft
from readson.ingest.quotes import PLACES
from readson.ingest.yaml_nodes import Listing, Mapping, Node, Scalar

MEANINGS = "may mean"
UNSETTLED_KEYS = ("quote", "source", *PLACES, "reason", MEANINGS)


def check_unsettled(draft: Draft, node: Node) -> None:
    """Check the form of `unsettled:`, the words that a person has yet to decide on."""
    if not isinstance(node, Listing):
        draft.problems.add(node, "expected a list, each with `quote:` and `reason:`")
        return
    for item in node.nodes:
        _check(draft, item)


def _check(draft: Draft, item: Node) -> None:
    found = {key.text: value for key, value in draft.problems.entries(item, UNSETTLED_KEYS)}
    if isinstance(item, Mapping) and not {"quote", "reason"} <= found.keys():
        draft.problems.add(item, "words that are not settled need their `quote:` and the `reason:`")
    for key, value in found.items():
        several = key == MEANINGS and isinstance(value, Listing)
        for text in value.nodes if several and isinstance(value, Listing) else (value,):
            if not isinstance(text, Scalar):
                draft.problems.add(text, f"expected a text for `{key}`")
