"""Measure pySHACL, on graphs of rdflib."""

from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from pyshacl import validate
from rdflib import SH, Graph

from adapter import Engine, run


class Loaded(NamedTuple):
    """Shapes and data, parsed."""

    shapes: Graph
    data: Graph


def load(shapes: Path, data: Path) -> Loaded:
    """Parse both files."""
    return Loaded(Graph().parse(shapes, format="nt"), Graph().parse(data, format="nt"))


def report(loaded: Loaded) -> Graph:
    """Validate without inference, as the profile of the shapes asks."""
    return validate(loaded.data, shacl_graph=loaded.shapes, inference="none", advanced=False)[1]


def count(found: Graph) -> int:
    """Count the results at the top of a report."""
    return len(set(found.objects(None, SH.result)))


def write(found: Graph, path: Path) -> None:
    """Write a report."""
    found.serialize(path, format="nt", encoding="utf-8")


if __name__ == "__main__":
    run(Engine(version("pyshacl"), load, report, count, write))
