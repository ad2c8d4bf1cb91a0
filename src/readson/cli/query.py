"""`readson query`: SPARQL over products, readings and verdicts."""

from __future__ import annotations

from pathlib import Path

import click

from readson.cli.options import PATHS, Question, assessing
from readson.cli.reporting import reporting


@click.command()
@click.argument("query")
@PATHS
@assessing
def query(
    query: str,
    paths: tuple[Path, ...],
    question: Question,
) -> None:
    """Run SPARQL over product graphs, readings and verdicts.

    QUERY is a file, or the name of one in data/queries, e.g. claims-met.
    """
    with reporting():
        from readson.queries import find_query, run_query

        text = find_query(query)
        lines = run_query(text, question.assess(paths))
    for line in lines:
        click.echo(line)
