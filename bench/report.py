"""The report of a benchmark: tables, printed as they come, and the targets that were missed."""

from __future__ import annotations

import os
import platform
import resource
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import ParamSpec, TypeVar

PACKAGES = ("numpy", "pyoxigraph", "PyYAML", "rdflib", "pyshacl", "jinja2")
TARGETS = ("what", "measured", "target", "")
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def clocked(
    action: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> tuple[Result, float]:
    """Do something; give what it gives and the seconds it takes."""
    start = time.perf_counter()
    result = action(*args, **kwargs)
    return result, time.perf_counter() - start


def peak() -> float:
    """Give the largest memory this process ever had, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9


def environment() -> str:
    """Say what is measured on, without names and dates."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"{os.cpu_count()} CPUs ({platform.machine()}), Python {platform.python_version()}, {packages}"


@dataclass
class Report:
    """Collect sections and missed targets."""

    sections: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, title: str, note: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Add a section with a table, and print it."""
        body = [head, *rows]
        widths = [max(len(row[i]) for row in body) for i in range(len(head))]
        lines = [
            " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in body
        ]
        rule = "|".join("-" * (width + 2) for width in widths)
        table = "\n".join((f"| {lines[0]} |", f"|{rule}|", *(f"| {line} |" for line in lines[1:])))
        self.sections.append(f"## {title}\n\n{note}\n\n{table}")
        print(f"\n{self.sections[-1]}", flush=True)

    def target(self, name: str, value: float, limit: float, unit: str) -> tuple[str, str, str, str]:
        """Give a row that compares a figure with its target."""
        if value >= limit:
            self.missed.append(f"{name} took {value:.2f} {unit}, not under {limit:g} {unit}")
        return (
            name,
            f"{value:.2f} {unit}",
            f"under {limit:g} {unit}",
            "reached" if value < limit else "missed",
        )

    def page(self, intro: str) -> str:
        """Give the page of all sections."""
        return "\n\n".join((intro, *self.sections)) + "\n"


def seconds(name: str, spent: float) -> tuple[str, str, str, str]:
    """Give a row for a figure without a target."""
    return name, f"{spent:.2f} s", "", ""
