"""`readson schema`: the JSON Schemas of descriptions and of results."""

from __future__ import annotations

import click

from readson.cli.reporting import reporting

OF = click.Choice(["description", "results"])


@click.command()
@click.argument("of", default="description", type=OF)
def schema(of: str) -> None:
    """Write the JSON Schema of product descriptions, or of results."""
    with reporting():
        text = _results() if of == "results" else _description()
    click.echo(text, nl=False)


def _results() -> str:
    from readson.results.schema import schema_text

    return schema_text()


def _description() -> str:
    from readson.ingest.schema import schema_text
    from readson.ontology import load_ontology

    return schema_text(load_ontology().lexicon)
