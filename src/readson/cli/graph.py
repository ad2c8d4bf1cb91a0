"""`readson graph`: products, readings and verdicts as RDF."""

from __future__ import annotations

from pathlib import Path

import click

from readson.cli.options import PATHS, Question, assessing
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
    paths: tuple[Path, ...],
    question: Question,
    form: str,
) -> None:
    """Write product graphs, readings and verdicts as RDF."""
    with reporting():
        from readson.export import serialize

        text = serialize(question.assess(paths), form)
    click.echo(text, nl=False)
