"""`readson map`: what the keys of tables and trees mean, as a file that a person can correct."""

from __future__ import annotations

from pathlib import Path

import click

from readson.cli.options import MAP
from readson.cli.reporting import reporting


@click.group("map")
def mapping() -> None:
    """Say what the keys of tables and trees mean."""


@mapping.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@MAP
def draft(file: Path, map_file: Path | None) -> None:
    """Draft a mapping of the keys of FILE, for `readson read --map`.

    With --map that file stays as it is, and lines are added for the keys that it does not have.
    """
    with reporting():
        from readson.documents import read_document
        from readson.mapping.drafts import draft_mapping
        from readson.mapping.files import read_mapping
        from readson.ontology import load_ontology

        lexicon = load_ontology().lexicon
        known = read_mapping(map_file, lexicon) if map_file else None
        old = map_file.read_text("utf-8-sig") if map_file else ""
        text = draft_mapping(read_document(file), lexicon, old, known)
    click.echo(text, nl=False)
