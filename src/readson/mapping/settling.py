"""Settle what only the whole document tells: relations, sole bearers, absent kinds."""

from __future__ import annotations

import re
from collections.abc import Set

from readson.documents.model import Span
from readson.extraction.findings import Finding
from readson.lexicon import Reference
from readson.mapping.keys import split_key
from readson.mapping.saying import Absence, Loose, Saying, Told
from readson.statements import PRODUCT

_BREAKS = re.compile(r"\s*[,;+]\s*|\s+and\s+")
_DEEPEST_PHRASE = 3


def settle(saying: Saying) -> None:
    """Settle all that waits, in the order of the document."""
    for loose in saying.relations:
        _relation(saying, loose)
    for loose in saying.homeless:
        _homeless(saying, loose)
    for absence in saying.absences:
        saying.gathering.remove(absence.item)
    kinds = {item.kind for item in saying.gathering.items.values()}
    for absence in saying.absences:
        _absence(saying, absence, kinds)


def _relation(saying: Saying, loose: Loose) -> None:
    """Relate an item to each item that a value names."""
    if (whole := _target(saying, loose.told.text, loose.told)) is not None:
        _relate(saying, loose, whole)
        return
    pieces = [piece for piece in _BREAKS.split(loose.told.text) if piece]
    targets = [_target(saying, piece, loose.told) for piece in pieces]
    for piece, target in zip(pieces, targets, strict=True):
        if target is not None:
            _relate(saying, loose, target)
        else:
            reason = f"`{piece[:80]}` names no item"
            saying.unread(loose.told, reason, partly=any(other is not None for other in targets))


def _relate(saying: Saying, loose: Loose, target: tuple[str, ...]) -> None:
    lexicon, gathering, told = saying.senses.lexicon, saying.gathering, loose.told
    label = lexicon.label(loose.term.iri)
    if len(target) != 1:
        gathering.unsettle(told.span, f"`{told.text[:80]}` may be any of {len(target)} items", target)
    elif target[0] == loose.subject:
        gathering.unsettle(told.span, "relates an item to itself")
    elif not _in_range(saying, loose, target[0]):
        gathering.unsettle(told.span, f"`{label}` does not lead to a {lexicon.label(saying.kind(target[0]))}")
    else:
        gathering.say(loose.subject, loose.term.iri, target[0], told.span)


def _in_range(saying: Saying, loose: Loose, target: str) -> bool:
    kind = saying.kind(target)
    stands_in = any(saying.senses.lexicon.is_a(kind, via.of) for via in loose.term.object_via)
    return stands_in or not any(saying.senses.lexicon.apart(kind, upper) for upper in loose.term.ranges)


def _target(saying: Saying, text: str, told: Told, depth: int = 0) -> tuple[str, ...] | None:
    """Give the items that words may name; a part that stands nowhere else is added. None for no item."""
    called = saying.gathering.called(text)
    if called:
        return called
    kind = saying.senses.part(text.removeprefix("the "))
    if kind and saying.is_product(kind.iri):
        return (PRODUCT,)
    if kind:
        return (saying.gathering.item(kind, text.lower().removeprefix("the "), (), "", told.span),)
    for reference in saying.senses.lexicon.references if depth < _DEEPEST_PHRASE else ():
        for names in reference.splits(text):
            if found := _phrase(saying, reference, names, told, depth):
                return (found,)
    return None


def names_feature(saying: Saying, key: str) -> bool:
    """Tell whether a key is a phrase that names a feature by the items it is of."""
    text = " ".join(split_key(key).words)
    return any(True for reference in saying.senses.lexicon.references for _ in reference.splits(text))


def find_feature(saying: Saying, key: str, span: Span) -> str:
    """Give the feature that a key names, or "" where it names no items."""
    text = " ".join(split_key(key).words)
    found = _target(saying, text, Told(text, span, span))
    return found[0] if found and len(found) == 1 else ""


def _phrase(saying: Saying, reference: Reference, names: tuple[str, ...], told: Told, depth: int) -> str:
    """Give the feature that a phrase names, once each name in it is that of one item."""
    targets = [_target(saying, name, told, depth + 1) for name in names]
    of = tuple(target[0] for target in targets if target and len(target) == 1)
    if len(of) < len(names) or len(set(of)) < len(of):
        return ""
    return saying.gathering.feature(reference.of, reference.pattern.format(*of), of, told.span)


def _homeless(saying: Saying, loose: Loose) -> None:
    """Say of the only item that can have a property what a key says of no item that can."""
    lexicon, gathering = saying.senses.lexicon, saying.gathering
    wanted = loose.term.domains
    items = [
        key
        for key, item in gathering.items.items()
        if key != PRODUCT and not item.of and any(lexicon.is_a(item.kind, domain) for domain in wanted)
    ]
    if len(items) == 1:
        label = lexicon.label(wanted[0])
        saying.say(items[0], loose.term, loose.told, f"the only {label} that the document names")
    else:
        label = lexicon.label(loose.term.iri)
        gathering.unsettle(loose.told.span, f"it is not known of what this is the {label}", tuple(items))


def _absence(saying: Saying, absence: Absence, kinds: Set[str]) -> None:
    """Say that there is no part of a kind; of one item only, that settles nothing where others have one."""
    gathering, lexicon, told = saying.gathering, saying.senses.lexicon, absence.told
    if absence.subject != PRODUCT and any(lexicon.is_a(kind, absence.kind) for kind in kinds):
        label = lexicon.label(absence.kind)
        gathering.unsettle(told.span, f"says of one item that it has no {label}; the document names another")
    else:
        gathering.product(told.span)
        gathering.findings.append(
            Finding(PRODUCT, saying.part, absence.kind, gathering.quote(told.span), "none")
        )
