"""Boards: what lies outside of the package, on the board that carries it, is left out."""

from __future__ import annotations

from readson.extraction.findings import Ignored
from readson.extraction.items import Thing
from readson.extraction.record import Record


def leave_boards(record: Record) -> None:
    """Leave out a board that carries a package and nothing active, and what stands on it alone."""
    boards = _bare_boards(record)
    gone = {thing.key for thing in boards}
    gone |= {thing.key for thing in record.things.found if thing.feature and gone & set(thing.of)}
    gone |= _standing_on(record, gone)
    left = [thing for thing in record.things.found if thing.key in gone and not thing.feature]
    record.ignored += [Ignored(thing.quote, "it is on the board, outside of the package") for thing in left]
    record.things.found = [thing for thing in record.things.found if thing.key not in gone]
    record.findings = [f for f in record.findings if f.subject not in gone and f.value not in gone]


def _bare_boards(record: Record) -> list[Thing]:
    """Give the boards that carry nothing active."""
    active = {thing.key for thing in record.things.of_kind(record.language.anchors["active"])}
    bearing = {finding.value for finding in record.findings if finding.subject in active}
    features = [thing for thing in record.things.found if thing.feature and active & set(thing.of)]
    bearing |= {key for feature in features for key in feature.of}
    return [thing for thing in record.parts("board") if thing.key not in bearing]


def _standing_on(record: Record, gone: set[str]) -> set[str]:
    """Give what is related to what is gone and to nothing else."""
    keys = {thing.key for thing in record.things.found}
    relations = [finding for finding in record.findings if finding.value in keys]
    related: set[str] = {finding.value for finding in relations}
    ends: dict[str, set[str]] = {}
    for finding in relations:
        if finding.mode == "is":
            ends.setdefault(finding.subject, set()).add(finding.value)
    found: set[str] = set()
    for thing in record.things.found:
        values = ends.get(thing.key, set())
        if values and thing.key not in related and values <= gone | found:
            found.add(thing.key)
    return found
