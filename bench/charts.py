"""The sections on readings, four values and charts: one cold run, many products, many dies."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from math import log2
from pathlib import Path
from statistics import median

from plots import Lines, Plot, draw
from products import module, package
from readson.assess import assess
from readson.charting import portfolio
from readson.entailment import entail
from readson.graph import assemble
from readson.ingest import read_description
from readson.judging import Judge
from readson.ontology import Ontology
from readson.readings import Readings, Search
from readson.resources import content_folder
from readson.shapes import Patent
from readson.statements import Product
from readson.verdicts import Verdict
from readson.worlds import close
from report import TARGETS, Report, clocked, figure, peak, seconds

DATA = content_folder("data") / "products"
COLD, ROUNDS, CHARTED, BATCH = 9, 3, 100, 10_000
Spent = dict[str, float]


# ---- One product ----------------------------------------------------------------------------------------


def cold_run(report: Report) -> None:
    """Run the console command in a fresh process, once before to have its modules compiled."""
    command = [sys.executable, "-m", "readson", "check", DATA / "three-chip-stack"]
    _process(command)
    walls, processor = zip(*(_process(command) for _ in range(COLD)), strict=True)
    rows = [
        report.under(f"wall time, best of {COLD}", min(walls), 0.4, "s"),
        seconds(f"wall time, median of {COLD}", median(walls)),
        seconds(f"processor time, best of {COLD}", min(processor)),
    ]
    note = "`readson check data/products/three-chip-stack`: start, read, judge all claims, print."
    report.add("One product, one process", note, TARGETS, rows)


def _process(command: Sequence[str | Path]) -> tuple[float, float]:
    """Give the wall-clock and the processor seconds that a command takes."""
    # An installed program finds its modules compiled.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    wall, before = time.perf_counter(), os.times()
    subprocess.run(command, check=True, capture_output=True, env=env)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - wall, used


# ---- Many products --------------------------------------------------------------------------------------


def many_products(
    report: Report, ontology: Ontology, patent: Patent, sizes: Sequence[int], plots: Path
) -> None:
    """Judge all claims on more and more generated products, stage by stage.

    The most come first, in batches, so that the peak of memory is theirs.
    """
    most, many = sizes[-1], min(sizes[-1], BATCH)
    found = {most: _batches(most, ontology, patent)}
    memory = peak()
    for count in sizes[:-1]:
        products = [package(number) for number in range(count)]
        found[count] = _least([stages(products, ontology, patent) for _ in range(ROUNDS)])
    grown = {count: found[count] for count in sizes}
    draw(plots, Plot("readings", "products", "seconds"), _lines(grown))
    rows = [
        (str(n), *(f"{figure(s / n * 1e6)} µs" for s in (*f.values(), sum(f.values()))))
        for n, f in grown.items()
    ]
    note = NOTE.format(rounds=ROUNDS, batch=BATCH)
    report.add("Many products", note, ("products", *grown[most], "all"), rows, "readings")
    each = {name: spent / many * 1e3 for name, spent in grown[many].items()}
    whole = sum(each.values())
    targets = (
        report.under(f"all stages, {many} products, each", whole, 0.2, "ms"),
        report.under(f"all but assemble, {many} products, each", whole - each["assemble"], 0.2, "ms"),
        report.under(f"peak of memory, {most} products", memory, 2, "GB"),
    )
    report.add("Targets for many products", _verdicts(ontology, patent, many), TARGETS, targets)


NOTE = """Generated packages with 1 to 6 dies as statements, all claims with their readings in four values,
world: documented. Time a product, best of {rounds} runs; the most products once, in batches of {batch}."""


def stages(products: Sequence[Product], ontology: Ontology, patent: Patent) -> Spent:
    """Take products through the engine; give the time of each stage."""
    graph, assembling = clocked(assemble, products, ontology)
    graph, entailing = clocked(entail, graph)
    graph, closing = clocked(close, graph, "documented")
    judging = clocked(_read_all, Search(Judge(graph, patent.derived), patent, {}), patent)[1]
    return {"assemble": assembling, "entail": entailing, "close": closing, "judge": judging}


def _read_all(search: Search, patent: Patent) -> list[Readings]:
    return [search.best(claim) for claim in patent.claims.values()]


def _batches(count: int, ontology: Ontology, patent: Patent) -> Spent:
    """Add up the stages of batch after batch."""
    total: Counter[str] = Counter()
    for first in range(0, count, BATCH):
        batch = [package(number) for number in range(first, min(first + BATCH, count))]
        total.update(stages(batch, ontology, patent))
    return dict(total)


def _least(runs: Sequence[Spent]) -> Spent:
    return {name: min(run[name] for run in runs) for name in runs[0]}


def _lines(grown: dict[int, Spent]) -> Lines:
    names = next(iter(grown.values()))
    whole = {count: sum(spent.values()) for count, spent in grown.items()}
    return {"readson": whole, **{n: {count: spent[n] for count, spent in grown.items()} for n in names}}


def _verdicts(ontology: Ontology, patent: Patent, count: int) -> str:
    """Say which verdicts the products get, and how long charting takes."""
    assessment = assess([package(number) for number in range(count)], ontology, patent)
    counts = Counter(Verdict(int(bits)) for r in assessment.readings.values() for bits in r.claim)
    said = ", ".join(f"{counts[verdict]} {verdict.label}" for verdict in Verdict)
    few = assess([package(number) for number in range(CHARTED)], ontology, patent)
    charting = clocked(portfolio, few)[1] / CHARTED
    return (
        f"Verdicts of {count} products: {said}.\nCharts, with every reason written out, take "
        f"{figure(charting * 1e3)} ms a product ({CHARTED} products)."
    )


# ---- Many dies ------------------------------------------------------------------------------------------


def hundred_dies(report: Report, ontology: Ontology, patent: Patent) -> None:
    """Chart the described product with 110 dies."""
    path = DATA / "stacked-memory-accelerator" / "product.yaml"
    product, reading = clocked(read_description, path, ontology.lexicon)
    assessment, judging = clocked(assess, [product], ontology, patent)
    charting = clocked(portfolio, assessment)[1]
    rows = [seconds("read", reading), seconds("judge", judging), seconds("chart", charting)]
    rows.append(report.under("all", reading + judging + charting, 2, "s"))
    count = len(product.statements)
    note = f"`data/products/stacked-memory-accelerator`: 110 dies, {count} statements, all claims."
    report.add("A product with a hundred dies", note, TARGETS, rows)


def growth(report: Report, ontology: Ontology, patent: Patent, dies: Sequence[int], plots: Path) -> None:
    """Chart generated modules with more and more dies; judging grows at most as their square."""
    judging, charting = {}, {}
    for count in dies:
        runs = [_module(count, ontology, patent) for _ in range(ROUNDS)]
        judging[count], charting[count] = (min(times) for times in zip(*runs, strict=True))
    draw(plots, Plot("module", "dies in one product", "seconds"), {"judge": judging, "chart": charting})
    rows = [(str(n), f"{figure(judging[n])} s", f"{figure(charting[n])} s") for n in dies]
    note = "Generated modules with stacks of 8 dies, all claims, world: documented."
    report.add("Growth with the number of dies", note, ("dies", "judge", "chart"), rows, "module")
    half, most = dies[-2:]
    limits = {128: 1, 256: 4}
    targets = [report.under(f"judge {n} dies", judging[n], limits[n], "s") for n in dies if n in limits]
    for name, spent in (("judging", judging), ("charting", charting)):
        power = log2(spent[most] / spent[half]) / log2(most / half)
        targets.append(report.under(f"{name}, power of growth from {half} to {most} dies", power, 2, ""))
    report.add("Targets for many dies", "At most quadratic is a power of 2.", TARGETS, targets)


def _module(dies: int, ontology: Ontology, patent: Patent) -> tuple[float, float]:
    assessment, judging = clocked(assess, [module(dies)], ontology, patent)
    return judging, clocked(portfolio, assessment)[1]
