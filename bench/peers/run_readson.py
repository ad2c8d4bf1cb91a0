"""Measure readson's engine of plain SHACL."""

from pathlib import Path

import pyoxigraph as ox

from adapter import Engine, run
from readson import __version__
from readson.validation import Knowledge, Report, load_data, load_shapes, validate
from readson.validation.constraints import Shapes
from readson.validation.report import report_triples


def load(shapes: Path, data: Path) -> tuple[Knowledge, Shapes]:
    """Parse and index the data, and compile the shapes."""
    return load_data([data]), load_shapes([shapes])


def write(report: Report, path: Path) -> None:
    """Write a report."""
    ox.serialize((ox.Quad(*triple) for triple in report_triples(report)), str(path), ox.RdfFormat.N_TRIPLES)


if __name__ == "__main__":
    run(Engine(__version__, load, lambda loaded: validate(*loaded), len, write))
