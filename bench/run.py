"""Measure readson and other engines of SHACL, write docs/benchmarks.md and its plots, compare with targets.

Exits with 1 if a target is missed or if results differ from those of the reference. With READSON_BENCH=quick
it measures less, in some three minutes, writes nothing to docs/, and does not mind the targets, which are
those of the full run.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from os import getloadavg
from pathlib import Path
from tempfile import TemporaryDirectory

from charts import cold_run, growth, hundred_dies, many_products
from comparison import Comparison, Sizes
from engines import BUILD
from plain import compare
from readson.ontology import load_ontology
from readson.shapes import load_patent
from report import Report, environment

DOCS = Path(__file__).resolve().parents[1] / "docs"
INTRO = """# Benchmarks

Written by `make bench` ([bench/run.py](../bench/run.py)), which fails if a target is missed. Measured on
{environment}.
Times are the lesser of wall-clock and processor time, that of the cold process wall-clock time; other work on
the machine makes both longer (load average before: {load:.1f}). Generated products are the same in every run.
[bench/README.md](../bench/README.md) says what is measured and how."""


@dataclass(frozen=True)
class Scale:
    """How much is measured: sizes of plain SHACL, numbers of products with readings, and of dies."""

    sizes: Sizes
    products: tuple[int, ...]
    dies: tuple[int, ...]


FULL = Scale(
    Sizes(
        products=(1, 10, 100, 1000),
        alone=(10_000,),
        dies=(1, 4, 16, 64, 256),
        claims=(1, 9, 17, 26),
        few=10,
        agree=100,
        patience=100,
        warm=10,
    ),
    products=(1, 10, 100, 1000, 10_000, 100_000),
    dies=(1, 2, 4, 8, 16, 32, 64, 128, 256),
)
QUICK = Scale(
    Sizes((1, 10), (100, 1000), dies=(1, 16), claims=(1, 26), few=5, agree=10, patience=20, warm=2),
    products=(1, 100, 1000),
    dies=(16, 64, 128),
)


def main() -> int:
    """Run everything; the many products come early, so that the peak of memory is theirs."""
    quick = os.environ.get("READSON_BENCH") == "quick"
    scale, report, load = QUICK if quick else FULL, Report(), getloadavg()[0]
    print(f"{environment()}; load average {load:.1f}")
    ontology = load_ontology()
    patent = load_patent("chip-package", ontology)
    BUILD.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=BUILD) as name:
        folder = Path(name)
        plots = folder / "plots" if quick else DOCS / "plots"
        cold_run(report)
        many_products(report, ontology, patent, scale.products, plots)
        hundred_dies(report, ontology, patent)
        growth(report, ontology, patent, scale.dies, plots)
        compare(report, Comparison(ontology, patent, scale.sizes, folder), plots)
    if not quick:
        intro = INTRO.format(environment=environment(), load=load)
        (DOCS / "benchmarks.md").write_text(report.page(intro), encoding="utf-8")
    for line in (*report.wrong, *report.missed):
        print(f"Missed: {line}")
    return 1 if report.wrong or (report.missed and not quick) else 0


if __name__ == "__main__":
    sys.exit(main())
