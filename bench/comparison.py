"""Compare engines of plain SHACL: the same data, the same shapes, the same run, and results item by item."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import track

from engines import OURS, PEERS, Engine, EngineFailure, Figures
from products import module, package
from readson.ontology import Ontology
from readson.shapes import Patent
from readson.statements import Product
from workload import write_data, write_shapes

Series = dict[int, Figures]
"""Figures of one engine, by size."""
Files = tuple[Path, Path]
"""Shapes and data."""


@dataclass(frozen=True)
class Sizes:
    """How much engines are given: how many products, our engine alone more, how many dies and claims.

    An engine goes on to the next size while that would take it less than `patience` seconds, and repeats a
    validation for `warm` seconds. Claims vary on `few` products; `agree` products have results compared.
    """

    products: tuple[int, ...]
    alone: tuple[int, ...]
    dies: tuple[int, ...]
    claims: tuple[int, ...]
    few: int
    agree: int
    patience: float
    warm: float


@dataclass
class Comparison:
    """Measure the engines that are installed, on files in one folder; `failures` is what went wrong."""

    ontology: Ontology
    patent: Patent
    sizes: Sizes
    folder: Path
    failures: list[str] = field(default_factory=list)

    # Files

    def packages(self, count: int) -> Files:
        """Write all shapes, and a number of generated packages."""
        return self.shapes(len(self.patent.claims)), self._data(
            f"packages-{count}", map(package, range(count))
        )

    def module(self, dies: int) -> Files:
        """Write all shapes, and one generated module."""
        return self.shapes(len(self.patent.claims)), self._data(f"module-{dies}", [module(dies)])

    def claimed(self, claims: int) -> Files:
        """Write the shapes of the first claims, and few packages."""
        return self.shapes(claims), self.packages(self.sizes.few)[1]

    def shapes(self, claims: int) -> Path:
        """Write the shapes of the first claims."""
        path = self.folder / f"shapes-{claims}.ttl"
        if not path.exists():
            write_shapes(path, self.patent, claims)
        return path

    def report(self, engine: Engine) -> Path:
        """Name the file for the results of an engine."""
        return self.folder / f"report-{engine.name.replace(' ', '-')}.nt"

    def _data(self, name: str, products: Iterable[Product]) -> Path:
        path = self.folder / f"{name}.nt"
        if not path.exists():
            write_data(path, list(products), self.ontology, self.patent)
        return path

    # Figures

    def all_series(self, what: str, sizes: Sequence[int], files: Callable[[int], Files]) -> dict[str, Series]:
        """Measure all engines on ever greater sizes."""
        engines = [OURS, *(peer for peer in PEERS if not peer.lacks())]
        console = Console(stderr=True)
        hidden = not console.is_terminal
        progress = track(engines, f"comparing by {what}", console=console, transient=True, disable=hidden)
        found = {engine.name: self.series(engine, sizes, files) for engine in progress}
        return {name: series for name, series in found.items() if series}

    def series(self, engine: Engine, sizes: Sequence[int], files: Callable[[int], Files]) -> Series:
        """Measure an engine on ever greater sizes, until the next would take too long or it fails."""
        found: Series = {}
        for size in sizes:
            if found and _expected(found, size) > self.sizes.patience:
                break
            wanted = files == self.packages and size == self.sizes.agree
            try:
                report = self.report(engine) if wanted else None
                found[size] = engine.measure(*files(size), self.sizes.warm, report)
            except EngineFailure as failure:
                self.failures.append(f"{failure} ({files.__name__}, {size})")
                break
        return found


def _expected(found: Series, size: int) -> float:
    """Expect time to grow as the size does."""
    last, figures = list(found.items())[-1]
    return (figures.load + figures.first) * size / last


def absent() -> list[str]:
    """List the peers that are not installed, with what they lack."""
    return [f"{peer.name} (no {peer.lacks()})" for peer in PEERS if peer.lacks()]


def fastest_peer(found: dict[str, Series]) -> tuple[str, float]:
    """Name the peer that takes the least time for a product, on the most products it was given."""
    peers = {name: each(series) for name, series in found.items() if name != OURS.name}
    return min(peers.items(), key=lambda item: item[1])


def each(series: Series) -> float:
    """Give the warm seconds for a product, on the most products."""
    size, figures = list(series.items())[-1]
    return figures.warm / size
