"""The command line: `readson check`, `graph`, `query`, `validate`, `ontology` and `schema`.

Exit codes: 0 done, 1 a verdict named by --fail-on was found, 2 bad input. Stages load only when used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from readson import __version__
from readson.errors import Problem, ReadsonError, UsageError
from readson.verdicts import Verdict

if TYPE_CHECKING:
    from readson.assess import Assessment
    from readson.opinions import Opinions

LABELS = {verdict.slug: verdict for verdict in Verdict}
SEVERITIES = ("violation", "warning", "info")
"""What a result of SHACL may weigh, the gravest first."""
Command = TypeVar("Command", bound=Callable[..., object])
PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="readson")
def main() -> None:
    """Decide, element by element, whether a patent claim reads on a product."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # the signs of verdicts are in no other common encoding
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def assessing(command: Command) -> Command:
    """Add the options that every command shares which judges products."""
    options = (
        click.option("--patent", default="", help="Folder under shapes/; needed when there are several."),
        click.option(
            "--world",
            default="documented",
            show_default=True,
            type=click.Choice(["open", "documented", "closed"]),
            help="What silence means.",
        ),
        click.option(
            "--construction",
            "constructions",
            multiple=True,
            metavar="ELEMENT=NAME",
            help="Construe an element otherwise, e.g. 1[e]=total-surface.",
        ),
        click.option("--claims", default="", metavar="1,9,…", help="Judge these claims only."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@main.command()
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
    patent: str,
    world: str,
    constructions: tuple[str, ...],
    claims: str,
    output: Path | None,
    fail_on: tuple[str, ...],
    bulk: bool,
    processes: int | None,
    cluster: str,
    statements: bool,
    asks_second: bool,
) -> None:
    """Judge claims on products and chart them.

    PATHS are descriptions, folders with a product.yaml, or folders of such folders. With --bulk they are
    files of many products: .nt, .nq, .ttl, .jsonl, .parquet or .arrow.
    """
    if bulk:
        with reporting():
            from readson.bulk.command import check_files, places

            chosen = tuple(sorted(_chosen(constructions).items()))
            how = (patent, world, chosen, _numbers(claims), statements)
            summary = check_files(paths, output, how, places(processes, cluster), _progress)
        _fail_on(fail_on, {verdict for verdict, count in summary.verdicts.items() if count})
        return
    with reporting():
        if processes or cluster or statements:
            raise UsageError("--processes, --cluster and --statements go with --bulk")
        assessment = _assess(paths, patent, world, constructions, claims)
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


@main.command()
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
    paths: tuple[Path, ...], patent: str, world: str, constructions: tuple[str, ...], claims: str, form: str
) -> None:
    """Write product graphs, readings and verdicts as RDF."""
    with reporting():
        from readson.export import serialize

        text = serialize(_assess(paths, patent, world, constructions, claims), form)
    click.echo(text, nl=False)


@main.command()
@click.argument("query")
@PATHS
@assessing
def query(
    query: str, paths: tuple[Path, ...], patent: str, world: str, constructions: tuple[str, ...], claims: str
) -> None:
    """Run SPARQL over product graphs, readings and verdicts.

    QUERY is a file, or the name of one in data/queries, e.g. claims-met.
    """
    with reporting():
        from readson.queries import find_query, run_query

        text = find_query(query)
        lines = run_query(text, _assess(paths, patent, world, constructions, claims))
    for line in lines:
        click.echo(line)


@main.command()
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


@main.command()
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


@main.command()
def schema() -> None:
    """Write the JSON Schema of product descriptions."""
    with reporting():
        from readson.ingest.schema import schema_text
        from readson.ontology import load_ontology

        text = schema_text(load_ontology().lexicon)
    click.echo(text, nl=False)


@contextmanager
def reporting() -> Iterator[None]:
    """Turn errors of readson and of the disk into lines on standard error and exit code 2."""
    try:
        yield
    except (ReadsonError, OSError) as error:
        problems = error.problems if isinstance(error, ReadsonError) else (_disk_problem(error),)
        for problem in problems:
            click.echo(str(problem), err=True)
        count = len(problems)
        click.echo(f"{count} problem{'s' * (count != 1)}; nothing was written.", err=True)
        sys.exit(2)


def _disk_problem(error: OSError) -> Problem:
    return Problem(str(error.filename or "readson"), 0, 0, error.strerror or str(error))


def _assess(
    paths: Iterable[Path], patent: str, world: str, constructions: Iterable[str], claims: str
) -> Assessment:
    from readson.assess import assess_descriptions

    return assess_descriptions(tuple(paths), patent, world, _chosen(constructions), _numbers(claims))


def _chosen(constructions: Iterable[str]) -> dict[str, str]:
    """Read ELEMENT=NAME pairs; an element has one construction at a time."""
    chosen: dict[str, str] = {}
    for id, name in map(_pair, constructions):
        if chosen.setdefault(id, name) != name:
            raise UsageError(f"{id} is construed twice, as {chosen[id]} and as {name}; choose one")
    return chosen


def _pair(text: str) -> tuple[str, str]:
    id, _, name = text.partition("=")
    return id.strip(), name.strip()


def _numbers(text: str) -> tuple[int, ...]:
    words = [word.strip() for word in text.split(",") if word.strip()]
    wrong = [word for word in words if not word.isdecimal()]
    if wrong:
        raise UsageError(f"`{wrong[0]}` is not a claim number; write --claims 1,9")
    return tuple(dict.fromkeys(int(word) for word in words))


def _ask_second(assessment: Assessment) -> Opinions:
    from readson.opinions import second_opinion

    with _progress("Asking pySHACL", len(assessment.graph.products)) as advance:
        return second_opinion(assessment, lambda: advance(1))


def _opinion(opinions: Opinions) -> str:
    from readson.opinions import total

    return f"Second opinion: {total(opinions.values()).sentence}."


def _write_site(assessment: Assessment, output: Path, opinions: Opinions) -> None:
    from readson.charting import portfolio
    from readson.site import write_site

    with _progress("Charting", len(assessment.graph.products)) as advance:
        charts = portfolio(assessment, lambda: advance(1))
    if opinions:
        from readson.opinions import noted

        charts = noted(charts, opinions)
    try:
        write_site(charts, output)
    except OSError as error:
        raise UsageError(f"`{output}` cannot be written: {error.strerror}; choose another folder") from error


@contextmanager
def _progress(label: str, total: int) -> Iterator[Callable[[int], object]]:
    """Show a bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done: bar.advance(task, done)


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
