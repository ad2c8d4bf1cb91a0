"""Measure the site: time, memory and weight, for the described products and for many generated ones.

`python bench/site.py [PRODUCTS]` prints the figures, writes them into docs/benchmarks.md, and exits with 1
if a target is missed; with READSON_BENCH=quick it measures less, and does neither.
`python bench/site.py build PRODUCTS CHANGED FOLDER` is one build, in a process of its own: of generated
products, of which the first CHANGED have another source of chance than the others.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from products import package
from readson.assess import assess
from readson.building import build_site
from readson.ontology import load_ontology
from readson.resources import content_folder
from readson.shapes import load_patent
from readson.statements import Product
from report import TARGETS, Report, figure, table
from running import Run, run

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
DATA = content_folder("data") / "products"
MANY, FEW, SHELF = 1000, 50, 14
HEAD = ("site", "products", "time", "processor time", "memory", "chart at most", "index", "all pages")


def main() -> int:
    """Run everything, or one build."""
    if sys.argv[1:2] == ["build"]:
        build(int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
        return 0
    quick, load, report = os.environ.get("READSON_BENCH") == "quick", os.getloadavg()[0], Report()
    many = int(sys.argv[1]) if len(sys.argv) > 1 else FEW if quick else MANY
    described_products = sorted(path for path in DATA.iterdir() if path.is_dir())[:SHELF]
    with TemporaryDirectory() as name:
        described, generated = Path(name, "described"), Path(name, "generated")
        check = [sys.executable, "-m", "readson", "check", *described_products, "-o", described]
        ours = [sys.executable, __file__, "build", str(many)]
        first = run(check)
        rows = [row("described", SHELF, first, described)]
        rows.append(row("described, nothing new", SHELF, run(check), described))
        most = run([*ours, "0", generated])
        rows.append(row("generated", many, most, generated))
        for name, changed in (("generated, nothing new", "0"), ("generated, one changed", "1")):
            rows.append(row(name, many, run([*ours, changed, generated]), generated))
        heaviest = max(size for folder in (described, generated) for size in charts(folder)) / 1000
    targets = [
        report.under(f"{SHELF} described products", first.wall, 5, "s"),
        report.under(f"{many} generated products", most.wall, 120 * many / MANY, "s"),
        report.under("memory", most.memory, 1, "GB"),
        report.under("a chart", heaviest, 300, "kB"),
    ]
    note = NOTE.format(load=load)
    report.add("A site", f"{note}\n\n{table(HEAD, rows)}", TARGETS, targets)
    if not quick:
        write(report.sections[-1])
    return 1 if report.missed and not quick else 0


NOTE = """`readson check` of 14 folders of data/products, and generated packages, all claims: from the
start of the process to its end, in wall-clock time. Load average before: {load:.1f}. Memory is that of
all processes."""


def build(count: int, changed: int, folder: Path) -> None:
    """Build the site of generated products."""
    ontology = load_ontology()
    products = [drawn(number, number < changed) for number in range(count)]
    build_site(assess(products, ontology, load_patent("chip-package", ontology)), folder)


def drawn(number: int, changed: bool) -> Product:
    """Draw a product, or another one in its place."""
    product = package(number)
    return replace(package(number + MANY), slug=product.slug, title=product.title) if changed else product


def row(name: str, products: int, built: Run, folder: Path) -> tuple[str, ...]:
    """Give a row of the table."""
    pages = sum(path.stat().st_size for path in folder.rglob("*.html"))
    return (
        name,
        str(products),
        f"{figure(built.wall)} s",
        f"{figure(built.processor)} s",
        f"{built.memory:.2f} GB",
        f"{max(charts(folder)) / 1000:.0f} kB",
        f"{(folder / 'index.html').stat().st_size / 1000:.0f} kB",
        f"{pages / 1e6:.0f} MB",
    )


def charts(folder: Path) -> Iterator[int]:
    """Give the bytes of every chart."""
    return (path.stat().st_size for path in folder.glob("products/*/claim-*.html"))


def write(section: str) -> None:
    """Put the section in its place on the page, or at its end."""
    page = re.sub(r"## A site\n.*?(?=\n## |\Z)", "", PAGE.read_text("utf-8"), flags=re.DOTALL)
    PAGE.write_text(f"{page.rstrip()}\n\n{section}\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
