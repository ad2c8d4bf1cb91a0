"""`readson eval`: verdicts on labelled texts, against those of their analyst."""

from __future__ import annotations

from pathlib import Path

import click

from readson.cli.options import WORLDS
from readson.cli.progress import progress
from readson.cli.reporting import reporting


@click.command("eval")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--patent", default="", help="Folder under shapes/; needed when there are several.")
@click.option("--world", default="open", show_default=True, type=WORLDS, help="What silence means.")
def evaluate(folder: Path, patent: str, world: str) -> None:
    """Read labelled texts and compare each verdict with the one that is expected.

    DIR holds a YAML file a text, with `text:`, `expected:` (a verdict an element) and `debatable:` (a list of
    elements).
    """
    with reporting():
        from readson.evaluation.judged import judge
        from readson.evaluation.report import report
        from readson.evaluation.texts import read_labelled
        from readson.ontology import load_ontology
        from readson.shapes import load_patent

        ontology = load_ontology()
        encoded = load_patent(patent, ontology)
        texts = read_labelled(folder, encoded)
        with progress("Reading", len(texts)) as advance:
            judged = judge(texts, ontology, encoded, world, lambda: advance(1))
        text = report(judged)
    click.echo(text)
