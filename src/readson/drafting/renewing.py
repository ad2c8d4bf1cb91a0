"""Renew a description from its sources: read them afresh, and keep the names and edits of a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from readson.drafting.comparing import renames
from readson.drafting.emitting import heading, inline
from readson.drafting.reviewed import Fact, review
from readson.drafting.updating import Updated, update
from readson.drafting.writing import Drafted, write
from readson.errors import DescriptionError
from readson.ingest import parse_description
from readson.ingest.yaml_nodes import read_nodes
from readson.lexicon import Lexicon


def renew(path: Path, drafted: Drafted, lexicon: Lexicon) -> Updated:
    """Bring the description at `path` up to date; raises DescriptionError where a person's edit is wrong."""
    text = path.read_text("utf-8-sig").rstrip("\n") + "\n"
    read_nodes(text, str(path))
    old = review(text)
    drafted = _renamed(drafted, renames(old, review(drafted.text)), lexicon)
    refused: dict[Fact, str] = {}
    while True:
        updated = update(old, review(drafted.text), drafted.sources, refused)
        more = _problems(updated, path, drafted, lexicon)
        if not more:
            return updated
        refused |= more


def _renamed(drafted: Drafted, names: Mapping[str, str], lexicon: Lexicon) -> Drafted:
    """Write again with the names that a person gave to the parts."""
    items = [replace(i, name=names.get(drafted.names[i.key], i.name)) for i in drafted.merged.items]
    merged = replace(drafted.merged, items=tuple(items))
    return write(drafted.product.title, merged, drafted.sources, lexicon, drafted.product.slug)


def _problems(updated: Updated, path: Path, drafted: Drafted, lexicon: Lexicon) -> dict[Fact, str]:
    """Give the new facts that do not go with what the person wrote; raises for all other problems."""
    read = {source.file: source.text for source in drafted.sources}
    slug = drafted.product.slug
    try:
        parse_description(updated.text, lexicon, file=str(path), folder=path.parent, slug=slug, read=read)
    except DescriptionError as error:
        lines = updated.text.split("\n")
        blamed = {
            fact: problem.message
            for problem in error.problems
            for fact in updated.added
            if problem.line and _stands_in(fact, lines[problem.line - 1])
        }
        if not blamed:
            raise
        return blamed
    return {}


def _stands_in(fact: Fact, line: str) -> bool:
    return inline(dict(fact.cited)) in line or heading(fact.entry) in line
