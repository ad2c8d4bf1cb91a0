"""The command `readson check --bulk`: what it is asked, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import click

from readson.errors import UsageError

try:
    import pyarrow  # noqa: F401
except ImportError as error:
    raise UsageError("--bulk needs Apache Arrow: pip install 'readson[bulk]'") from error

from readson.bulk.chunks import Plan
from readson.bulk.inputs import check_inputs, extent
from readson.bulk.pools import Pool, cluster, processes
from readson.bulk.run import Listener, Skipped, Summary, check_portfolio, problems_path
from readson.verdicts import Verdict
from readson.workers import cores

MOST_LINES = 100
"""As many problems are printed at most; the file has all."""
Progress = Callable[[str, int], AbstractContextManager[Callable[[int], object]]]
OpenPool = Callable[[Plan], AbstractContextManager[Pool]]
How = tuple[str, str, tuple[tuple[str, str], ...], tuple[int, ...], bool]


def places(count: int | None, address: str) -> OpenPool:
    """Say where chunks are judged: on so many processes here (one a core, if not given), or on a cluster."""
    if count and address:
        raise UsageError("--processes is for this machine and --cluster for others; choose one")
    return lambda plan: cluster(plan, address) if address else processes(plan, count or cores())


def check_files(
    paths: Sequence[Path], output: Path | None, how: How, open_pool: OpenPool, progress: Progress
) -> Summary:
    """Judge the products of files into a Parquet file, print the counts; raises UsageError for bad input."""
    if output is None or output.suffix != ".parquet" or output.is_dir():
        raise UsageError("--bulk writes a table; name it with -o, as in -o verdicts.parquet")
    check_inputs(paths)
    teller = _Teller()
    with progress("Checking", sum(map(extent, paths))) as advance:
        listener = Listener(advance, teller.skip, teller.tell)
        summary = check_portfolio(paths, output, Plan(*how), open_pool, listener)
    teller.close(problems_path(output))
    for line in _lines(summary):
        click.echo(line)
    return summary


class _Teller:
    """Print problems to standard error, not without end."""

    def __init__(self) -> None:
        self.count = 0

    def tell(self, text: str) -> None:
        """Print a line."""
        click.echo(text, err=True)

    def skip(self, skipped: Skipped) -> None:
        """Print why a product is skipped."""
        self.count += 1
        if self.count <= MOST_LINES:
            click.echo(str(skipped), err=True)

    def close(self, problems: Path) -> None:
        """Say where the rest stands."""
        if self.count > MOST_LINES:
            click.echo(f"... and {self.count - MOST_LINES} more problems.", err=True)
        if self.count:
            click.echo(f"All problems: {problems}", err=True)


def _lines(summary: Summary) -> Iterator[str]:
    """Say what came of a portfolio."""
    yield f"{_count(summary.products, 'product')} judged, {summary.skipped} skipped."
    order = (Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.CONFLICTING)
    counts = "   ".join(f"{v.symbol} {summary.verdicts[v]} {v.label}" for v in order)
    yield f"claims: {counts}"
    yield f"Verdicts: {summary.table}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
