"""The sections on plain SHACL: readson beside other engines, by products, dies and claims."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from comparison import Comparison, Series, absent, each, fastest_peer
from engines import OURS, PEERS, REFERENCE
from plots import Lines, Plot, draw
from readson.validation import load_shapes, validate
from readson.validation.knowledge import Rows, parse
from readson.validation.report import report_text
from report import TARGETS, Report, best, clocked, figure
from results import difference, read_results

ENGINES = ("engine", "version", "products", "load", "first", "warm", "each", "times", "memory", "results")
NOTE = """The shapes of all claims on generated packages with their readings. An engine goes on to more
products while that would take it less than {patience:.0f} s; shown is the most it was given.
Load: parse, index, compile the shapes. First and warm: validate once, and the best of later times. Each:
warm, for one product. Times: as many times as long as readson takes for the same products.
{absent}{failures}"""


def compare(report: Report, comparison: Comparison, plots: Path) -> None:
    """Add the sections on plain SHACL."""
    sizes = comparison.sizes
    found = comparison.all_series("products", sizes.products, comparison.packages)
    ours = dict(found[OURS.name])
    alone = comparison.series(OURS, sizes.alone, comparison.packages)
    longer = {**found, OURS.name: {**ours, **alone}}
    draw(plots, Plot("products", "products", "seconds to validate, warm"), warm(longer))
    draw(plots, Plot("memory", "products", "peak of memory, MB"), memory(longer))
    rows = [_row(name, series, ours) for name, series in found.items()]
    rows += [_row(OURS.name, {size: figures}, {}) for size, figures in alone.items()]
    report.add("Plain SHACL", _note(comparison), ENGINES, rows, "products", "memory")
    agreement(report, comparison)
    targets(report, found, *stages(report, comparison))
    across(report, comparison, plots)


def _note(comparison: Comparison) -> str:
    missing = absent()
    return NOTE.format(
        patience=comparison.sizes.patience,
        absent=f"Not installed here: {', '.join(missing)}." if missing else "All peers are installed.",
        failures="".join(f" Failed: {failure}." for failure in comparison.failures),
    )


def _row(name: str, series: Series, ours: Series) -> tuple[str, ...]:
    size, figures = list(series.items())[-1]
    return (
        name,
        figures.version,
        str(size),
        *(f"{figure(spent)} s" for spent in (figures.load, figures.first, figures.warm)),
        f"{figure(figures.warm / size * 1e3)} ms",
        figure(figures.warm / ours[size].warm) if size in ours else "",
        f"{figures.memory / 1e6:.0f} MB",
        "not counted" if figures.results is None else str(figures.results),
    )


def warm(found: dict[str, Series]) -> Lines:
    """Give lines of warm seconds."""
    return {name: {size: f.warm for size, f in series.items()} for name, series in found.items()}


def memory(found: dict[str, Series]) -> Lines:
    """Give lines of memory."""
    return {name: {size: f.memory / 1e6 for size, f in series.items()} for name, series in found.items()}


def agreement(report: Report, comparison: Comparison) -> None:
    """Compare the results of all engines item by item; ours must be those of the reference."""
    shapes = comparison.shapes(len(comparison.patent.claims))
    reports = {engine.name: comparison.report(engine) for engine in (OURS, *PEERS)}
    found = {name: read_results(path, shapes) for name, path in reports.items() if path.exists()}
    wanted = found.get(REFERENCE.name)
    if wanted is None:
        report.wrong.append(f"{REFERENCE.name} gave no results to compare with")
        return
    rows = [(name, str(r.total()), str(difference(r, wanted))) for name, r in found.items()]
    if difference(found[OURS.name], wanted):
        report.wrong.append(f"results differ from those of {REFERENCE.name}")
    note = (
        f"{comparison.sizes.agree} packages, results against those of {REFERENCE.name}: focus node, path, "
        "value, component, shape and severity.\nshacl-engine fails on a shape with two `sh:not`; its adapter "
        "joins them, so that it has one result for two. It loses others on its own."
    )
    report.add("Plain SHACL: the same results", note, ("engine", "results", "beside the reference"), rows)


def stages(report: Report, comparison: Comparison) -> tuple[float, float, float]:
    """Measure the stages of our engine apart; give what parsing alone takes, judging, and listing."""
    count = comparison.sizes.products[-1]
    shapes_path, path = comparison.packages(count)
    triples, parsing = clocked(_parsed, path)
    rows = Rows()
    reading = clocked(rows.add, parse(path, "b"))[1]
    knowledge, indexing = clocked(rows.knowledge)
    shapes, compiling = clocked(load_shapes, [shapes_path])
    judging = best(5, validate, knowledge, shapes)
    found = validate(knowledge, shapes)
    spent = {
        "parse with pyoxigraph, and drop": parsing,
        "parse, and number the terms": reading,
        "index": indexing,
        "compile the shapes": compiling,
        "judge": judging,
        "list the results as terms": clocked(list, found)[1],
        "write the report": clocked(report_text, found)[1],
    }
    cells = [(n, f"{figure(s)} s", _each(s, count), _each(s, triples)) for n, s in spent.items()]
    note = f"{count} packages, {triples} triples, {len(found)} results. The first row is for comparison."
    report.add("Plain SHACL: stage by stage", note, ("stage", "time", "a product", "a triple"), cells)
    return parsing, judging, spent["list the results as terms"]


def _parsed(path: Path) -> int:
    return sum(1 for _ in ox.parse(path=str(path), format=ox.RdfFormat.N_TRIPLES))


def _each(spent: float, count: int) -> str:
    return f"{figure(spent / count * 1e6)} µs"


def targets(report: Report, found: dict[str, Series], parsing: float, judging: float, listing: float) -> None:
    """Compare with the targets."""
    ours, (name, fastest) = each(found[OURS.name]), fastest_peer(found)
    listed = (judging + listing) / judging * ours
    rows = [report.at_least(f"{name}, the fastest peer, times readson", fastest / ours, 20, "×")]
    if REFERENCE.name in found:
        reference = each(found[REFERENCE.name])
        rows.append(report.at_least(f"{REFERENCE.name}, times readson", reference / ours, 1000, "×"))
        slower = f"{figure(reference / listed)} ×"
        rows.append((f"{REFERENCE.name}, times readson with results listed", slower, "", ""))
    rows.append(report.under("judging, times parsing with pyoxigraph", judging / parsing, 1, "×"))
    note = "Warm, a product, each engine on the most products it was given in the table of engines."
    report.add("Plain SHACL: targets", note, TARGETS, rows)


def across(report: Report, comparison: Comparison, plots: Path) -> None:
    """Compare by dies in one product, and by claims."""
    sizes = comparison.sizes
    dies = comparison.all_series("dies", sizes.dies, comparison.module)
    draw(plots, Plot("dies", "dies in one product", "seconds to validate, warm"), warm(dies))
    note = "One generated module with its readings, the shapes of all claims; seconds to validate, warm."
    report.add("Plain SHACL: dies in one product", note, *_crossed(sizes.dies, dies), "dies")
    claims = comparison.all_series("claims", sizes.claims, comparison.claimed)
    draw(plots, Plot("claims", "claims", "seconds to validate, warm", log=False), warm(claims))
    note = f"{sizes.few} generated packages, the shapes of the first claims; seconds to validate, warm."
    report.add("Plain SHACL: claims", note, *_crossed(sizes.claims, claims), "claims")


def _crossed(sizes: Sequence[int], found: dict[str, Series]) -> tuple[Sequence[str], list[Sequence[str]]]:
    """Give the head and the rows of a table of warm seconds: an engine a row, a size a column."""
    cells = [(n, *(figure(s[i].warm) if i in s else "" for i in sizes)) for n, s in found.items()]
    return ("engine", *map(str, sizes)), cells
