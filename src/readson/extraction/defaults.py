"""Defaults: the things that a text means without naming them, where only one can be meant."""

from __future__ import annotations

from readson.extraction.findings import Quote
from readson.extraction.items import Thing, unique
from readson.extraction.record import Record
from readson.lexicon import Kind


def default(record: Record, name: str, quote: Quote, because: str) -> Thing | None:
    """Give the only thing that "<name>" can mean.

    Where there is none, one is implied if there is a reason (`because`) to do so.
    """
    match record.language.stand_ins.get(name):
        case "flipped":
            return flipped(record)
        case "wired":
            return _wired(record, quote, because)
        case "base":
            return base_of_flipped(record, quote, because)
    kind = record.lexicon.kinds(name)[0]
    if record.is_a(kind.iri, "base"):
        return base(record, kind, quote, because)
    found = record.things.parts_of_kind(kind.iri)
    if record.is_a(kind.iri, "active") and len(found) > 1:
        return unique(thing for thing in found if record.said_by(thing.key, "flipped"))
    if not found and because:
        return record.things.imply(kind.iri, quote, because, kind.plural)
    return unique(found)


def flipped(record: Record) -> Thing | None:
    """Give the only active thing that is flipped onto its base."""
    return unique(_bonded(record, "flipped"))


def _bonded(record: Record, bond: str) -> list[Thing]:
    kind = record.language.anchors["active"]
    return [thing for thing in record.things.of_kind(kind) if record.said_by(thing.key, bond)]


def _wired(record: Record, quote: Quote, because: str) -> Thing | None:
    """Give the only active thing that is wired to its base, or could be."""
    found = record.parts("active")
    if not found and because:
        return record.things.imply(record.language.anchors["usual active"], quote, because)
    free = [thing for thing in found if not record.said_by(thing.key, "flipped")]
    return unique(_bonded(record, "wired") or free)


def base_of_flipped(record: Record, quote: Quote, because: str) -> Thing | None:
    """Give the base of the only flipped thing; where that is not said, the only base."""
    thing = flipped(record)
    keys = record.said_by(thing.key, "flipped") if thing else []
    bearing = unique(thing for thing in record.things.found if thing.key in keys)
    return bearing or base(record, Kind(record.language.anchors["base"], False), quote, because)


def base(record: Record, kind: Kind, quote: Quote, because: str) -> Thing | None:
    """Give the only base in the package, else the only one that bears, that fits, or that is usual."""
    every = record.parts("base")
    inside = [thing for thing in every if not record.is_a(thing.kind, "board")]
    inside = inside or ([] if record.packaged else every)
    active = record.things.of_kind(record.language.anchors["active"])
    borne = {key for thing in active for key in _bases(record, thing)}
    bearing = [thing for thing in inside if thing.key in borne]
    near = [thing for thing in inside if record.things.near(thing.kind, kind.iri)]
    usual = [thing for thing in inside if thing.kind == record.language.anchors["usual base"]]
    only = next((group[0] for group in (inside, bearing, near, usual) if len(group) == 1), None)
    if only or len(inside) > 1 or not because:
        return only
    return record.things.imply(kind.iri, quote, because)


def _bases(record: Record, thing: Thing) -> list[str]:
    """Give the keys of what a thing is bonded to or mounted on."""
    return record.said_by(thing.key, "flipped", "mounted")


def between(record: Record, one: Thing, other: Thing, quote: Quote) -> Thing:
    """Give the gap between two things, named from the one that is mounted on the other."""
    first, second = (other, one) if one.key in _bases(record, other) else (one, other)
    joint = record.language.anchors["joint"]
    pattern = next(ref.pattern for ref in record.lexicon.references if ref.of == joint)
    name = pattern.replace("{}", first.key, 1).replace("{}", second.key, 1)
    return record.things.feature(joint, name, (first.key, second.key), quote)


def gap_below_flipped(record: Record, quote: Quote) -> Thing | None:
    """Give the gap between the only flipped thing and its base."""
    one, other = flipped(record), base_of_flipped(record, quote, "")
    return between(record, one, other, quote) if one and other else None
