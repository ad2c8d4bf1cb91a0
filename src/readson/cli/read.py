"""`readson read`: documents as a description that a person can correct and check in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from readson.cli.options import MAP, PRODUCT
from readson.cli.progress import progress
from readson.cli.reporting import reporting

if TYPE_CHECKING:
    from readson.drafting.updating import Updated
    from readson.drafting.writing import Drafted


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the description to this file.")
@PRODUCT
@MAP
@click.option("--explain", is_flag=True, help="Tell what became of every line, cell and key.")
@click.option(
    "--stages",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write what each stage of reading makes of each sentence to this file, as JSON.",
)
def read(
    files: tuple[Path, ...],
    output: Path | None,
    product: str,
    map_file: Path | None,
    explain: bool,
    stages: Path | None,
) -> None:
    """Read documents on one product and write what they say as a description.

    FILES are text, Markdown, HTML, PDF, sheets, JSON, YAML or material declarations. Those that lie outside
    the folder of the description are copied into `sources/` beside it. How much was used is told on standard
    error.

    Where OUTPUT exists it is brought up to date: what was edited in it stays, what was deleted stays deleted,
    and facts whose words have vanished are marked as stale.
    """
    with reporting():
        from readson.drafting.saving import place_files, save
        from readson.drafting.updating import remember

        placed = place_files(files, output.parent if output else Path())
        drafted = _draft(files, [one.file for one in placed], product, map_file)
        updated = _renew(output, drafted) if output and output.exists() else None
        text = updated.text if updated else remember(drafted.text)
        if stages:
            stages.write_text(_stages(files, product), "utf-8")
        if output:
            save(text, output, placed, updated.files if updated else ())
    if output is None:
        click.echo(text, nl=False)
    click.echo(_account(drafted, explain), err=True)
    if updated:
        click.echo(f"{output}: {updated.summary}", err=True)
    for one in placed:
        if one.copy:
            done = "was copied to" if output else "lies elsewhere; copy it beside the description, to"
            click.echo(f"{one.path.name} {done} {one.file}", err=True)


def _draft(files: tuple[Path, ...], names: list[str], product: str, map_file: Path | None) -> Drafted:
    from readson.drafting.inputs import read_documents
    from readson.drafting.reading import draft_documents
    from readson.mapping.files import read_mapping
    from readson.ontology import load_ontology

    lexicon = load_ontology().lexicon
    mapping = read_mapping(map_file, lexicon) if map_file else None
    documents = read_documents(files)
    with progress("Reading", len(documents)) as advance:
        return draft_documents(documents, lexicon, product, names, mapping, lambda: advance(1))


def _renew(path: Path, drafted: Drafted) -> Updated:
    from readson.drafting.renewing import renew
    from readson.ontology import load_ontology

    return renew(path, drafted, load_ontology().lexicon)


def _stages(files: tuple[Path, ...], product: str) -> str:
    """Give what each stage of reading makes of the text of each file, as JSON."""
    from readson.drafting.inputs import read_documents
    from readson.extraction.explaining import explain
    from readson.ontology import load_ontology

    lexicon = load_ontology().lexicon
    told = {document.name: explain(document, lexicon, product) for document in read_documents(files)}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _account(drafted: Drafted, explain: bool) -> str:
    from readson.drafting.ledger import Ledger

    ledger = Ledger.of(drafted)
    return f"{ledger.listing}\n{ledger.summary}" if explain else ledger.summary
