"""Measure shifty, by its Python package.

The faster of its two ways to results parses the data each time. Parsing is measured with a shape that has no
target, and taken off. Only the slower way gives results as SHACL has them, so that they are not counted here.
"""

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from shifty import PreparedValidator

from adapter import Engine, run

PLAIN: dict[str, Any] = {"graph_mode": "data", "infer": False, "sort_results": False}
NO_TARGET = "[] a <http://www.w3.org/ns/shacl#NodeShape> .\n"


@dataclass(frozen=True)
class Loaded:
    """Shapes, prepared, and where the data are."""

    validator: PreparedValidator
    data: Path


def load(shapes: Path, data: Path) -> Loaded:
    """Prepare the shapes, and parse the data once to no effect."""
    loaded = Loaded(PreparedValidator(shapes), data)
    parse(loaded)
    return loaded


def parse(loaded: Loaded) -> None:
    """Parse the data, and find that nothing in them is to be validated."""
    PreparedValidator(NO_TARGET).validate_algebra(loaded.data, **PLAIN)


def report(loaded: Loaded) -> Loaded:
    """Parse the data and validate them."""
    loaded.validator.validate_algebra(loaded.data, **PLAIN)
    return loaded


def write(loaded: Loaded, path: Path) -> None:
    """Validate in the slower way and write its report."""
    found = loaded.validator.validate(loaded.data, **PLAIN)[1]
    found.serialize(path, format="nt", encoding="utf-8")


if __name__ == "__main__":
    run(Engine(version("pyshifty"), load, report, lambda loaded: None, write, parse))
