"""`readson validate`: any RDF against any SHACL Core shapes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from readson.cli.reporting import reporting

SEVERITIES = ("violation", "warning", "info")
"""What a result of SHACL may weigh, the gravest first."""


@click.command()
@click.argument("shapes", type=click.Path(path_type=Path))
@click.argument("data", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the report to this file.")
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    help="Exit with 1 when there is a result of this severity or a graver one.",
)
def validate(shapes: Path, data: tuple[Path, ...], output: Path | None, fail_on: str | None) -> None:
    """Validate RDF against SHACL Core shapes, any of either.

    Writes a sh:ValidationReport in Turtle. DATA are files of one graph; their suffixes tell the format: ttl,
    nt, nq, trig, rdf or jsonld.
    """
    with reporting():
        from readson.validation import load_data, load_shapes, report_text
        from readson.validation import validate as judge

        report = judge(load_data(data), load_shapes([shapes]))
        text = report_text(report)
        if output is not None:
            output.write_text(text, encoding="utf-8")
    if output is None:
        click.echo(text, nl=False)
    count = len(report)
    click.echo("The graph conforms." if report.conforms else f"{count} result{'s' * (count > 1)}.", err=True)
    if fail_on and set(SEVERITIES[: SEVERITIES.index(fail_on) + 1]) & report.severities:
        sys.exit(1)
