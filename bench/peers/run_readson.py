"""Measure readson's own engine of plain SHACL."""

from pathlib import Path
from typing import Any

from readson import __version__
from readson.validation import load_data, load_shapes, validate

from adapter import Engine, run


def load(shapes: Path, data: Path) -> tuple[Any, Any]:
    """Parse and index the data, and compile the shapes."""
    return load_data([data]), load_shapes([shapes])
