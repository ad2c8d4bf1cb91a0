"""Plots of the benchmarks, as SVG: a line an engine, the same bytes from the same figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

matplotlib.use("svg")
matplotlib.rcParams.update(
    {"svg.hashsalt": "readson", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 10}
)
OURS = "readson"
COLORS = ("#4878a8", "#e08a3c", "#6a9f58", "#b5567a", "#8c6bb1", "#7f7f7f", "#3aa6a6")
OURS_COLOR = "#111111"
Lines = Mapping[str, Mapping[int, float]]


@dataclass(frozen=True)
class Plot:
    """What a plot shows: its file, its axes, and whether it counts in powers of ten."""

    name: str
    across: str
    up: str
    log: bool = True


def draw(folder: Path, plot: Plot, lines: Lines) -> None:
    """Write a plot of lines; ours are black."""
    figure = Figure(figsize=(7.6, 4.4), layout="constrained")
    axes = figure.add_subplot()
    others = (name for name in lines if not name.startswith(OURS))
    colors = dict(zip(others, COLORS, strict=False))
    for name, points in lines.items():
        _line(axes, name, points, colors.get(name, OURS_COLOR))
    if plot.log:
        axes.set_xscale("log")
    axes.set_yscale("log")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter("{x:g}")
    axes.set_xlabel(plot.across)
    axes.set_ylabel(plot.up)
    axes.grid(color="#dddddd", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False)
    folder.mkdir(parents=True, exist_ok=True)
    figure.savefig(folder / f"{plot.name}.svg", format="svg", metadata={"Date": None, "Creator": None})


def _line(axes: Axes, name: str, points: Mapping[int, float], color: str) -> None:
    ours = name.startswith(OURS)
    style = "--" if ours and name != OURS else "-"
    width = 2.2 if ours else 1.4
    axes.plot(list(points), list(points.values()), style, marker="o", ms=4, lw=width, color=color, label=name)
