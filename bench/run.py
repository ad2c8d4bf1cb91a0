"""Measure readson: one cold run, many products at once, many dies in one product, pySHACL, and a site.

Prints the figures, writes them to docs/benchmarks.md, and exits with 1 if a target is missed or if an answer
differs from pySHACL's.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from os import getloadavg
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from products import module, package
from readson.assess import Assessment, assess, assess_descriptions
from readson.charting import portfolio
from readson.entailment import entail
from readson.focus import Focus
from readson.graph import assemble
from readson.ingest import read_description
from readson.judging import Judge
from readson.ontology import Ontology, load_ontology
from readson.oracle import conforming_by, data_graph, shapes_graph, validation_report
from readson.readings import Readings, Search
from readson.resources import content_folder
from readson.shapes import Patent, load_patent
from readson.site import write_site
from readson.statements import Product
from readson.verdicts import FOR, Bits, Verdict
from readson.worlds import close
from report import TARGETS, Report, clocked, environment, peak, seconds

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
INTRO = """# Benchmarks

Written by `make bench` ([bench/run.py](../bench/run.py)), which fails if a target is missed. Measured on
{environment}.
The times are wall-clock times; other work on the machine makes them longer (load average before: {load:.1f}).
Generated products are those of [bench/products.py](../bench/products.py), the same in every run."""
DATA = content_folder("data") / "products"
MANY, FEW, ROUNDS = 10_000, 20, 3


def main() -> int:
    """Run everything; the many products come early, so that the peak of memory is theirs."""
    report = Report()
    load = getloadavg()[0]
    print(f"{environment()}; load average {load:.1f}")
    ontology = load_ontology()
    patent = load_patent("chip-package", ontology)
    cold_run(report)
    among_many = many_products(report, ontology, patent)
    hundred_dies(report, ontology, patent)
    growth(report, ontology, patent)
    against_pyshacl(report, ontology, patent, among_many)
    site(report)
    intro = INTRO.format(environment=environment(), load=load)
    PAGE.write_text(report.page(intro), encoding="utf-8")
    print("\n" + ("Missed: " + "; ".join(report.missed) if report.missed else "All targets are reached."))
    return 1 if report.missed else 0


def cold_run(report: Report) -> None:
    """Run the console command in a fresh process."""
    readson = Path(sys.executable).with_name("readson")
    command = [readson, "check", DATA / "three-chip-stack"]
    times = [clocked(subprocess.run, command, check=True, capture_output=True)[1] for _ in range(7)]
    note = "`readson check data/products/three-chip-stack`: start, read, judge all claims, print."
    rows = [report.target("wall time, median of 7", median(times), 0.4, "s")]
    report.add("One product, one process", note, TARGETS, rows)


# ---- Many products --------------------------------------------------------------------------------------


def many_products(report: Report, ontology: Ontology, patent: Patent) -> float:
    """Judge all claims on many generated products, stage by stage; give the time for one of them."""
    products = [package(number) for number in range(MANY)]
    before = peak()
    runs = [stages(products, ontology, patent) for _ in range(ROUNDS)]
    verdicts = runs[0][1]
    spent = {name: median(times[name] for times, _ in runs) for name in runs[0][0]}
    spent["all"] = median(sum(times.values()) for times, _ in runs)
    rows = [(name, f"{s:.2f} s", each(s, MANY), each(s, verdicts.total())) for name, s in spent.items()]
    triples = sum(len(product.statements) for product in products) / MANY
    note = (
        f"{MANY} products of {triples:.0f} triples on average, with 1 to 6 dies, all claims, "
        f"world: documented; medians of {ROUNDS} runs.\nVerdicts: "
        + ", ".join(f"{verdicts[verdict]} {verdict.label}" for verdict in Verdict)
        + "."
    )
    report.add("Many products", note, ("stage", "time", "a product", "a claim on a product"), rows)
    targets = (
        report.target("all stages", spent["all"], 5, "s"),
        report.target("all but assemble", spent["all"] - spent["assemble"], 2, "s"),
        report.target("peak of memory", peak(), 2, "GB"),
    )
    note = f"The products as such, before anything is judged, take {before:.2f} GB of the memory."
    report.add("Targets for many products", note, TARGETS, targets)
    return spent["all"] / MANY


def stages(
    products: Sequence[Product], ontology: Ontology, patent: Patent
) -> tuple[dict[str, float], Counter[Verdict]]:
    """Take products through the engine: the time of each stage, and the verdicts counted."""
    graph, assembling = clocked(assemble, products, ontology)
    graph, entailing = clocked(entail, graph)
    graph, closing = clocked(close, graph, "documented")
    search = Search(Judge(graph, patent.derived), patent, {})
    readings, judging = clocked(read_all, search, patent)
    times = {"assemble": assembling, "entail": entailing, "close": closing, "judge": judging}
    return times, Counter(Verdict(int(bits)) for reading in readings for bits in reading.claim)


def read_all(search: Search, patent: Patent) -> list[Readings]:
    """Find the best readings of all claims."""
    return [search.best(claim) for claim in patent.claims.values()]


def each(spent: float, count: int) -> str:
    """Share out a time."""
    return f"{spent / count * 1e6:.3g} µs"


# ---- Many dies ------------------------------------------------------------------------------------------


def hundred_dies(report: Report, ontology: Ontology, patent: Patent) -> None:
    """Chart the described product with 110 dies."""
    path = DATA / "stacked-memory-accelerator" / "product.yaml"
    product, reading = clocked(read_description, path, ontology.lexicon)
    assessment, judging = clocked(assess, [product], ontology, patent)
    charting = clocked(portfolio, assessment)[1]
    rows = [seconds("read", reading), seconds("judge", judging), seconds("chart", charting)]
    rows.append(report.target("all", reading + judging + charting, 2, "s"))
    count = len(product.statements)
    note = f"`data/products/stacked-memory-accelerator`: 110 dies, {count} statements, all claims."
    report.add("A product with a hundred dies", note, TARGETS, rows)


def growth(report: Report, ontology: Ontology, patent: Patent) -> None:
    """Chart generated modules with more and more dies."""
    rows = []
    for dies in (16, 32, 64, 128, 256):
        product = module(dies)
        assessment, judging = clocked(assess, [product], ontology, patent)
        charting = clocked(portfolio, assessment)[1]
        rows.append((str(dies), str(len(product.statements)), f"{judging:.2f} s", f"{charting:.2f} s"))
    report.target("256 dies", judging, 4, "s")
    note = "Generated modules with stacks of 8 dies, all claims. Target: 256 dies are judged in under 4 s."
    report.add("Growth with the number of dies", note, ("dies", "triples", "judge", "chart"), rows)


# ---- pySHACL --------------------------------------------------------------------------------------------


def against_pyshacl(report: Report, ontology: Ontology, patent: Patent, among_many: float) -> None:
    """Let pySHACL judge the same readings; compare answers and times."""
    products = [package(number) for number in range(FEW)]
    assessment, assessing = clocked(assess, products, ontology, patent, "closed")
    answers, answering = clocked(dict, all_answers(assessment))
    ours, theirs, different = (assessing + answering) / FEW, 0.0, 0
    for number in range(FEW):
        data = data_graph(assessment, number)
        outcome, spent = clocked(validation_report, data, shapes_graph(patent))
        theirs += spent / FEW
        conforms = conforming_by(outcome, assessment, number)
        pairs = ((bool(bits[number] & FOR), iri in conforms[n]) for (n, iri), bits in answers.items())
        different += sum(here is not there for here, there in pairs)
    if different:
        report.missed.append(f"{different} answers differ from pySHACL's")
    engines = {
        "pySHACL, validation alone": theirs,
        f"readson, all stages, {FEW} products": ours,
        f"readson, all stages, {MANY} products as above": among_many,
    }
    rows = [(name, f"{s * 1e3:.3g} ms", f"{theirs / s:.0f}") for name, s in engines.items()]
    note = (
        f"{FEW} generated products, {len(patent.claims)} readings each, every construction of every element, "
        f"world: closed.\npySHACL is given the entailed graphs and the readings that readson found. "
        f"Of {len(answers) * FEW} answers {different or 'none'} differ."
    )
    report.add("Against pySHACL", note, ("engine", "a product", "times as fast"), rows)


def all_answers(assessment: Assessment) -> Iterator[tuple[tuple[int, str], Bits]]:
    """Judge every construction of every element in the best readings: a column for each claim and shape."""
    search, everything = assessment.search, np.arange(FEW)
    for number, readings in assessment.readings.items():
        bound = {role: search.bound(role, everything, place) for role, place in readings.choice.items()}
        focus = Focus(everything, bound)
        for element in assessment.patent.elements(number):
            for construction in element.constructions:
                bits = readings.elements[element.id]
                if not element.inherits:
                    bits = search.judge.judge(construction.demand, focus, frozenset(element.introduces))
                yield (number, construction.iri), bits


# ---- A site ---------------------------------------------------------------------------------------------


def site(report: Report) -> None:
    """Build the site for all described products."""
    assessment, judging = clocked(assess_descriptions, [DATA], "chip-package")
    charts, charting = clocked(portfolio, assessment)
    with TemporaryDirectory() as folder:
        files, writing = clocked(write_site, charts, Path(folder) / "site")
    rows = [seconds("read and judge", judging), seconds("chart", charting), seconds("write", writing)]
    rows.append(report.target("all", judging + charting + writing, 5, "s"))
    count = len(assessment.graph.products)
    note = f"`readson check data/products -o DIR`: {count} products, all claims, {len(files)} files."
    report.add("A site", note, TARGETS, rows)


if __name__ == "__main__":
    sys.exit(main())
