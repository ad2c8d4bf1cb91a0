"""Find the description files that paths on the command line mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from readson.errors import UsageError

NAME = "product.yaml"
_HEAD = 1_000_000
# Keys that other files hardly have beside `product`.
_TELLING = {"parts", "process", "sources"}
_KEYS = {"product", "kind", "source", "no", "complete", *_TELLING}


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


def is_description(path: Path) -> bool:
    """Tell a description, even one with mistakes, from a file of any other kind."""
    if path.name == NAME:
        return True
    try:
        with path.open("rb") as stream:
            text = stream.read(_HEAD).decode("utf-8-sig", errors="replace")
    except OSError:
        return False
    keys = set(re.findall(r"^([a-z]+):", text, re.MULTILINE))
    return "product" in keys and (bool(keys & _TELLING) or keys <= _KEYS)
