"""Measure rudof, by its Python package."""

import os

# It reads the certificates of the machine for every graph, some 70 ms; nothing here is fetched.
os.environ.update(SSL_CERT_FILE=os.devnull, SSL_CERT_DIR=os.devnull)

from importlib.metadata import version
from pathlib import Path

from pyrudof import (
    RDFFormat,
    ResultShaclValidationFormat,
    Rudof,
    RudofConfig,
    ShaclFormat,
    ShaclValidationMode,
    ShaclValidationReport,
)

from adapter import Engine, run


class Loaded:
    """Hold a session with shapes and data, and its last report."""

    def __init__(self, shapes: Path, data: Path) -> None:
        self.session = Rudof(RudofConfig())
        self.session.read_shacl(str(shapes), ShaclFormat.NTriples)
        self.session.read_data(str(data), RDFFormat.NTriples)
        self.report: ShaclValidationReport | None = None


def report(loaded: Loaded) -> Loaded:
    """Validate with the native engine, the faster of its two."""
    loaded.report = loaded.session.validate_shacl(ShaclValidationMode.Native)
    return loaded


def write(loaded: Loaded, path: Path) -> None:
    """Write a report."""
    text = loaded.session.serialize_shacl_validation_results(ResultShaclValidationFormat.NTriples)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    run(Engine(version("pyrudof"), Loaded, report, lambda loaded: len(loaded.report), write))
