"""`readson check`: verdicts on a terminal, charts as a site, portfolios as tables."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from readson.cli.options import PATHS, Question, assessing
from readson.cli.progress import progress
from readson.cli.reporting import reporting
from readson.errors import UsageError
from readson.verdicts import Verdict

if TYPE_CHECKING:
    from readson.assess import Assessment
    from readson.building import Opinions

LABELS = {verdict.slug: verdict for verdict in Verdict}


@click.command()
@PATHS
@assessing
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write the claim-chart site to this folder."
)
@click.option(
    "--fail-on",
    multiple=True,
    type=click.Choice(sorted(LABELS)),
    help="Exit with 1 when a claim has this verdict.",
)
@click.option("--bulk", is_flag=True, help="Judge files of many products into the Parquet file OUTPUT.")
@click.option("--processes", type=click.IntRange(min=1), help="With --bulk: use so many, not one a core.")
@click.option("--cluster", default="", metavar="ADDRESS", help="With --bulk: judge on this Dask cluster.")
@click.option(
    "--statements",
    is_flag=True,
    help="With --bulk: name what each verdict rests on; much slower.",
)
@click.option(
    "--second-opinion", "asks_second", is_flag=True, help="Have pySHACL judge the reading of every chart too."
)
def check(
    paths: tuple[Path, ...],
    question: Question,
    output: Path | None,
    fail_on: tuple[str, ...],
    bulk: bool,
    processes: int | None,
    cluster: str,
    statements: bool,
    asks_second: bool,
) -> None:
    """Judge claims on products and chart them.

    PATHS are descriptions, folders with a product.yaml, or folders of such folders. All other files are
    documents on one product: text, PDF, HTML, sheets or data. With --bulk they are files of many products:
    .nt, .nq, .ttl, .jsonl, .parquet or .arrow.
    """
    if bulk:
        with reporting():
            from readson.bulk.command import check_files, places

            if question.product:
                raise UsageError("--product goes with documents, not with --bulk")
            how = (
                question.patent,
                question.world,
                tuple(sorted(question.chosen.items())),
                question.numbers,
                statements,
            )
            summary = check_files(paths, output, how, places(processes, cluster), progress)
        _fail_on(fail_on, {verdict for verdict, count in summary.verdicts.items() if count})
        return
    with reporting():
        if processes or cluster or statements:
            raise UsageError("--processes, --cluster and --statements go with --bulk")
        assessment = question.assess(paths)
        opinions = _ask_second(assessment) if asks_second else {}
        if output is not None:
            _write_site(assessment, output, opinions)
    click.echo(_matrix(assessment))
    if opinions:
        click.echo(_opinion(opinions))
    if output is not None:
        click.echo(f"Charts: {output / 'index.html'}")
    _fail_on(fail_on, {v for row in _verdicts(assessment) for v in row})


def _fail_on(labels: Iterable[str], found: set[Verdict]) -> None:
    """Exit with 1 when a verdict that is named by its label was found."""
    if {LABELS[label] for label in labels} & found:
        sys.exit(1)


def _ask_second(assessment: Assessment) -> Opinions:
    from readson.opinions import second_opinion

    with progress("Asking pySHACL", len(assessment.graph.products)) as advance:
        return second_opinion(assessment, lambda: advance(1))


def _opinion(opinions: Opinions) -> str:
    from readson.opinions import total

    return f"Second opinion: {total(opinions.values()).sentence}."


def _write_site(assessment: Assessment, output: Path, opinions: Opinions) -> None:
    from readson.building import build_site

    try:
        with progress("Charting", len(assessment.graph.products)) as advance:
            build_site(assessment, output, advance, opinions)
    except OSError as error:
        raise UsageError(f"`{output}` cannot be written: {error.strerror}; choose another folder") from error


def _verdicts(assessment: Assessment) -> list[list[Verdict]]:
    numbers = assessment.readings
    return [[assessment.verdict(n, i) for n in numbers] for i in range(len(assessment.graph.products))]


def _matrix(assessment: Assessment) -> str:
    """Lay out products by claims as text: a symbol a verdict, with a legend."""
    slugs = [product.slug for product in assessment.graph.products]
    width = max(map(len, slugs))
    heads = [f"{n:>3}" for n in assessment.readings]
    lines = [f"{'claim':<{width}} {''.join(heads)}"]
    for slug, row in zip(slugs, _verdicts(assessment), strict=True):
        lines.append(f"{slug:<{width}} {''.join(f'  {v.symbol}' for v in row)}")
    legend = "   ".join(
        f"{v.symbol} {v.label}" for v in (Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.CONFLICTING)
    )
    return "\n".join([*lines, "", f"{legend}   (world: {assessment.world})"])
