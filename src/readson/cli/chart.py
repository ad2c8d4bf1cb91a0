"""`readson chart`: the charts as one file to hand over."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

import click

from readson.cli.options import PATHS, Question, assessing
from readson.cli.progress import progress
from readson.cli.reporting import reporting
from readson.errors import UsageError

if TYPE_CHECKING:
    from readson.assess import Assessment
    from readson.formats.cells import Cover
    from readson.results import Portfolio

FORMATS = ("docx", "xlsx", "csv", "md", "json", "pdf", "ttl", "jsonld")
COVERED = ("docx", "xlsx", "md", "pdf")
"""The formats that have a place for a date and a header."""


@click.command()
@PATHS
@assessing
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="Write the charts to this file."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="What to write; needless where the file's name ends so.",
)
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="The date to put on the charts.")
@click.option(
    "--header", default="", metavar="TEXT", help='Stands on every page: "DRAFT - ATTORNEY WORK PRODUCT".'
)
@click.option(
    "--template", type=click.Path(path_type=Path), help="With docx: take the styles of this Word file."
)
def chart(
    paths: tuple[Path, ...],
    question: Question,
    output: Path,
    form: str | None,
    date: datetime | None,
    header: str,
    template: Path | None,
) -> None:
    """Write the charts of claims on products as one file.

    PATHS are as for `readson check`. All formats show the same rows, under the same keys.
    """
    with reporting():
        chosen = form or _by_suffix(output)
        if chosen not in COVERED and (date or header):
            raise UsageError(f"{chosen} has no place for a date or a header; {', '.join(COVERED)} have")
        if template and chosen != "docx":
            raise UsageError("--template goes with docx")
        assessment = question.assess(paths)
        content = _content(chosen, assessment, date, header, template)
        _write(output, content)
    click.echo(f"Charts: {output}")


def _by_suffix(output: Path) -> str:
    suffix = output.suffix.removeprefix(".").lower()
    if suffix not in FORMATS:
        raise UsageError(
            f"`{output.name}` does not end as a format does; name one with --format: {', '.join(FORMATS)}"
        )
    return suffix


def _content(
    form: str, assessment: Assessment, date: datetime | None, header: str, template: Path | None
) -> bytes:
    if form in ("ttl", "jsonld"):
        from readson.export import serialize

        return serialize(assessment, {"ttl": "turtle", "jsonld": "json-ld"}[form]).encode()
    from readson.charting import portfolio
    from readson.formats.cells import Cover

    with progress("Charting", len(assessment.graph.products)) as advance:
        charts = portfolio(assessment, lambda: advance(1))
    cover = Cover(f"{date:%B} {date.day}, {date.year}" if date else "", header)
    return _writers(assessment, template)[form](charts, cover)


def _writers(assessment: Assessment, template: Path | None) -> dict[str, Callable[[Portfolio, Cover], bytes]]:
    """Give what writes each format of the results; libraries load when they are used."""
    return {
        "docx": lambda charts, cover: _docx(charts, cover, template, assessment),
        "xlsx": _xlsx,
        "csv": _csv,
        "md": _md,
        "json": _json,
        "pdf": lambda charts, cover: _pdf(charts, cover, assessment),
    }


def _docx(charts: Portfolio, cover: Cover, template: Path | None, assessment: Assessment) -> bytes:
    try:
        from readson.formats.word import word_bytes
        from readson.formats.word_parts import Picture
    except ImportError as error:
        raise UsageError("Word files need python-docx; install readson[word]") from error
    from readson.pictures import draw

    drawn = {product.slug: draw(product, assessment.graph) for product in assessment.graph.products}
    pictures = {slug: Picture.of(picture.svg, picture.text) for slug, picture in drawn.items()}
    return word_bytes(charts, cover, template, pictures)


def _xlsx(charts: Portfolio, cover: Cover) -> bytes:
    from readson.formats.sheets import sheets_bytes

    return sheets_bytes(charts, cover)


def _csv(charts: Portfolio, cover: Cover) -> bytes:
    from readson.formats.csv_file import csv_bytes

    return csv_bytes(charts)


def _md(charts: Portfolio, cover: Cover) -> bytes:
    from readson.formats.markdown import markdown_text

    return markdown_text(charts, cover).encode()


def _json(charts: Portfolio, cover: Cover) -> bytes:
    from readson.results.records import dump

    return dump(charts).encode()


def _pdf(charts: Portfolio, cover: Cover, assessment: Assessment) -> bytes:
    from readson.building import draw_product
    from readson.printing import print_charts

    products = enumerate(assessment.graph.products)
    pictures = {product.slug: draw_product(assessment, number) for number, product in products}
    with progress("Printing", len(charts.products)) as advance:
        return print_charts(charts, cover, lambda: advance(1), pictures)


def _write(output: Path, content: bytes) -> None:
    """Write a file as a whole or not at all."""
    with NamedTemporaryFile(dir=output.parent, prefix=f".{output.name}-", delete=False) as scratch:
        scratch.write(content)
    os.chmod(scratch.name, 0o644)
    os.replace(scratch.name, output)
