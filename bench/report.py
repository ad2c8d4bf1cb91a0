"""The report of a benchmark: tables and plots, printed as they come, and the targets that were missed."""

from __future__ import annotations

import os
import platform
import resource
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import ParamSpec, TypeVar

PACKAGES = ("numpy", "pyoxigraph", "PyYAML", "rdflib", "jinja2")
TARGETS = ("what", "measured", "target", "")
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def clocked(
    action: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> tuple[Result, float]:
    """Do something; give what it gives, and the lesser of the wall-clock and the CPU seconds it takes.

    Other work on the machine stretches the first, threads that help stretch the second.
    """
    wall, cpu = time.perf_counter(), time.process_time()
    result = action(*args, **kwargs)
    return result, min(time.perf_counter() - wall, time.process_time() - cpu)


def best(rounds: int, action: Callable[Arguments, object], *args: Arguments.args) -> float:
    """Give the least time of several rounds."""
    return min(clocked(action, *args)[1] for _ in range(rounds))


def peak() -> float:
    """Give the largest memory this process ever had, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9


def environment() -> str:
    """Say what is measured on, without names and dates."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"{os.cpu_count()} CPUs ({platform.machine()}), Python {platform.python_version()}, {packages}"


@dataclass
class Report:
    """Collect sections, missed targets, and what is wrong however fast it is."""

    sections: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(
        self, title: str, note: str, head: Sequence[str], rows: Iterable[Sequence[str]], *plots: str
    ) -> None:
        """Add a section with a table and, by their names, plots; print it."""
        shown = [f"![{title}](plots/{plot}.svg)" for plot in plots]
        self.sections.append("\n\n".join((f"## {title}", note, table(head, rows), *shown)))
        print(f"\n{self.sections[-1]}", flush=True)

    def under(self, name: str, value: float, limit: float, unit: str) -> tuple[str, str, str, str]:
        """Give a row that compares a figure with the limit it must stay under."""
        return self._row(name, value, limit, unit, "under", value < limit)

    def at_least(self, name: str, value: float, limit: float, unit: str) -> tuple[str, str, str, str]:
        """Give a row that compares a figure with the least it must be."""
        return self._row(name, value, limit, unit, "at least", value >= limit)

    def _row(
        self, name: str, value: float, limit: float, unit: str, how: str, reached: bool
    ) -> tuple[str, str, str, str]:
        if not reached:
            self.missed.append(f"{name}: {figure(value)} {unit}, not {how} {limit:g} {unit}")
        said = "reached" if reached else "missed"
        return name, f"{figure(value)} {unit}", f"{how} {limit:g} {unit}", said

    def page(self, intro: str) -> str:
        """Give the page of all sections."""
        return "\n\n".join((intro, *self.sections)) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table in Markdown, its columns aligned."""
    body = [head, *rows]
    widths = [max(len(row[i]) for row in body) for i in range(len(head))]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in body]
    rule = "|".join("-" * (width + 2) for width in widths)
    return "\n".join((f"| {lines[0]} |", f"|{rule}|", *(f"| {line} |" for line in lines[1:])))


def figure(value: float) -> str:
    """Write a figure with three digits that count.

    >>> [figure(v) for v in (0.0512, 4.196, 23.0, 1234.5)]
    ['0.0512', '4.20', '23.0', '1234']
    """
    if not 0 < abs(value) < 100:
        return f"{value:.0f}"
    digits = 2 - int(f"{value:.2e}".partition("e")[2])
    return f"{value:.{digits}f}"


def seconds(name: str, spent: float) -> tuple[str, str, str, str]:
    """Give a row for a time without a target."""
    return name, f"{figure(spent)} s", "", ""
