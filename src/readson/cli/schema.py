"""`readson schema`: the JSON Schema of descriptions."""

from __future__ import annotations

import click

from readson.cli.reporting import reporting


@click.command()
def schema() -> None:
    """Write the JSON Schema of product descriptions."""
    with reporting():
        from readson.ingest.schema import schema_text
        from readson.ontology import load_ontology

        text = schema_text(load_ontology().lexicon)
    click.echo(text, nl=False)
