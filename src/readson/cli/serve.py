"""`readson serve`: charts as a site on this machine that follows its descriptions."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from readson.cli.options import PATHS, Question, assessing
from readson.cli.progress import progress
from readson.cli.reporting import reporting


@click.command()
@PATHS
@assessing
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Listen on this port; 0 takes a free one.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Keep the site in this folder.")
def serve(paths: tuple[Path, ...], question: Question, port: int, output: Path | None) -> None:
    """Chart products on a site of this machine, and again when a file changes.

    PATHS are those of `readson check`. Open pages reload by themselves and show what is wrong. Ctrl-C ends.
    """
    with reporting(), TemporaryDirectory(prefix="readson-") as scratch:
        _serve(paths, question, port, output or Path(scratch, "site"))


def _serve(paths: tuple[Path, ...], question: Question, port: int, site: Path) -> None:
    from readson.serving import News, serving, watch

    news = News()
    with serving(site, news, port) as address:
        click.echo(f"Serving {address} (Ctrl-C ends)")
        try:
            for _ in watch(paths, site, lambda: _build(paths, question, site), news, click.echo):
                pass
        except KeyboardInterrupt:
            click.echo("Ended.")


def _build(paths: tuple[Path, ...], question: Question, site: Path) -> None:
    from readson.building import build_site

    assessment = question.assess(paths)
    with progress("Charting", len(assessment.graph.products)) as advance:
        build_site(assessment, site, advance)
