"""Find the description files that paths on the command line mean."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from readson.errors import UsageError

NAME = "product.yaml"


def find_descriptions(paths: Iterable[Path]) -> tuple[Path, ...]:
    """List descriptions: a file itself, a folder's product.yaml, or those in the folders inside it.

    Raises UsageError for a path that does not exist or leads to no description.
    """
    found = [file for path in paths for file in _descriptions(path)]
    if not found:
        raise UsageError("name at least one description, or a folder that holds some")
    return tuple(dict.fromkeys(found))


def _descriptions(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise UsageError(f"`{path}` does not exist; expected a description or a folder with {NAME}")
    if (path / NAME).is_file():
        return [path / NAME]
    inside = sorted(path.glob(f"*/{NAME}"))
    if not inside:
        raise UsageError(f"`{path}` holds no {NAME}, and none of its folders does")
    return inside
