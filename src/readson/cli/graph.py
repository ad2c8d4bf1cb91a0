"""`readson graph`: products, readings and verdicts as RDF."""

from __future__ import annotations

from pathlib import Path

import click

from readson.cli.options import PATHS, assess_paths, assessing
from readson.cli.reporting import reporting


@click.command()
@PATHS
@assessing
@click.option(
    "--format",
    "form",
    default="turtle",
    show_default=True,
    type=click.Choice(["turtle", "json-ld", "n-triples"]),
)
def graph(
    paths: tuple[Path, ...], patent: str, world: str, constructions: tuple[str, ...], claims: str, form: str
) -> None:
    """Write product graphs, readings and verdicts as RDF."""
    with reporting():
        from readson.export import serialize

        text = serialize(assess_paths(paths, patent, world, constructions, claims), form)
    click.echo(text, nl=False)
