"""Measure `readson check --bulk` from files to the table of verdicts: time, processor time and memory.

`python bench/bulk.py [PRODUCTS]` prints the figures, writes them into docs/scale.md, and exits with 1 if a
target is missed. Wall-clock times hang on what else the machine does; processor time does so much less.
"""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq

from products import package
from readson.bulk.statement_table import SCHEMA, statement_table
from readson.bulk.writing import n_triples
from readson.export import product_iri
from running import Run, run

PAGE = Path(__file__).resolve().parents[1] / "docs" / "scale.md"
MARKS = ("<!-- figures of bench/bulk.py -->", "<!-- end of figures -->")
MANY, FEW, VERY_FEW = 100_000, 2_000, 50
DISTINCT = 5_000
"""As many products are drawn; larger portfolios have them again, under other names."""
FASTEST, LARGEST = 3_000, 1.5
"""The targets: products a second on two cores, and GB of memory, all processes together."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run took: seconds, seconds of processor time, GB at most, and bytes written."""

    name: str
    products: int
    wall: float
    processor: float
    memory: float
    written: int

    def row(self) -> str:
        """Give a row of the table; what two cores can do follows from the processor time."""
        each = self.processor / self.products
        cells = (
            self.name,
            f"{self.products:,}",
            f"{self.wall:.1f} s",
            f"{self.processor:.1f} s",
            f"{each * 1e6:,.0f} µs",
            f"{2 / each:,.0f}",
            f"{self.memory:.2f} GB",
            f"{self.written / self.products:,.0f}",
        )
        return f"| {' | '.join(cells)} |"


COLUMNS = ("input", "products", "time", "processor time", "a product", "a second on 2 cores", "memory")
HEAD = f"| {' | '.join((*COLUMNS, 'bytes a product'))} |\n|{'---|' * (len(COLUMNS) + 1)}"


def main() -> int:
    """Run everything."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    few = min(FEW, many)
    load = os.getloadavg()[0]
    with TemporaryDirectory() as name:
        folder = Path(name)
        start = idle(folder)
        print(HEAD)
        rows = [
            measured(folder, "N-Triples", "nt", few, start),
            measured(folder, "N-Triples", "nt", many // 10, start),
            measured(folder, "N-Triples", "nt", many, start),
            measured(folder, "N-Quads", "nq", few, start),
            measured(folder, "Turtle", "ttl", few, start),
            measured(folder, "Parquet statements", "parquet", few, start),
            measured(folder, "N-Triples, `--statements`", "nt", VERY_FEW, start, "--statements"),
        ]
    page = PAGE.read_text("utf-8")
    machine = f"Measured on {os.cpu_count()} CPUs ({platform.machine()}), Python {platform.python_version()}"
    about = f"{machine}; load average {load:.1f} before, {os.getloadavg()[0]:.1f} after.\n"
    table = "\n".join((MARKS[0], about, HEAD, *(row.row() for row in rows), MARKS[1]))
    PAGE.write_text(re.sub(f"{MARKS[0]}.*{MARKS[1]}", lambda _: table, page, flags=re.DOTALL), "utf-8")
    missed = list(missed_targets(rows[2]))
    print("\n" + ("Missed: " + "; ".join(missed) if missed else "All targets are reached."))
    return 1 if missed else 0


def missed_targets(figures: Figures) -> Iterator[str]:
    """Compare the largest run with the targets."""
    speed = 2 * figures.products / figures.processor
    if speed < FASTEST:
        yield f"{speed:,.0f} products a second on 2 cores, not {FASTEST:,}"
    if figures.memory > LARGEST:
        yield f"{figures.memory:.2f} GB of memory, not under {LARGEST:g} GB"


def idle(folder: Path) -> float:
    """Measure the processor time that starting takes; two chunks start all processes."""
    paths = [folder / "one.nt", folder / "two.nt"]
    for number, path in enumerate(paths):
        path.write_text(triples(number), "utf-8")
    return checked([*paths, "-o", folder / "verdicts.parquet"]).processor


def measured(folder: Path, name: str, suffix: str, count: int, start: float, *options: str) -> Figures:
    """Write products, judge them in processes of their own, and measure that; starting is taken off."""
    path, output = folder / f"portfolio.{suffix}", folder / "verdicts.parquet"
    write(path, count)
    took = checked([path, "-o", output, *options])
    judged = pq.read_table(output, columns=["product", "element"])
    if judged["element"].null_count < count:
        raise SystemExit(f"{name}: not all products were judged")
    processor, written = max(took.processor - start, 1e-6), output.stat().st_size
    figures = Figures(name, count, took.wall, processor, took.memory, written)
    print(figures.row(), flush=True)
    path.unlink()
    return figures


def checked(arguments: Sequence[str | Path]) -> Run:
    """Run the program on portfolios."""
    return run([sys.executable, "-m", "readson", "check", "--bulk", *arguments])


# ---- Portfolios -----------------------------------------------------------------------------------------


def write(path: Path, count: int) -> None:
    """Write generated products, of which some are alike but for their names."""
    if path.suffix == ".parquet":
        with pq.ParquetWriter(path, SCHEMA) as writer:
            for first in range(0, count, 1000):
                writer.write_table(statement_table(map(package, range(first, min(first + 1000, count)))))
        return
    form: Callable[[int], str] = quads if path.suffix == ".nq" else triples
    with get_context("spawn").Pool() as pool:
        texts = pool.map(form, range(min(count, DISTINCT)), chunksize=200)
    with path.open("w", encoding="utf-8") as stream:
        for copy in range(-(-count // DISTINCT)):
            stream.writelines(
                text.replace("/package-", f"/package-{copy}-") for text in texts[: count - copy * DISTINCT]
            )


def triples(number: int) -> str:
    """Write one product as N-Triples, which is Turtle too."""
    return n_triples(package(number))


def quads(number: int) -> str:
    """Write one product as N-Quads."""
    product = package(number)
    return n_triples(product).replace(" .\n", f" <{product_iri(product.slug)}> .\n")


if __name__ == "__main__":
    sys.exit(main())
