"""`readson ontology`: the proof that the ontology is consistent."""

from __future__ import annotations

import click

from readson.cli.reporting import reporting


@click.command()
def ontology() -> None:
    """Prove with a reasoner that the ontology is consistent and no class is empty."""
    with reporting():
        from readson.reasoner import prove
        from readson.resources import content_folder

        proof = prove(content_folder("ontology"))
    click.echo(
        f"The ontology is consistent: {proof.classes} classes, {proof.properties} properties, "
        f"{proof.axioms} axioms; every class can have members."
    )
