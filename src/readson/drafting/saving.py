"""Put a description and its sources into a folder: all of it or nothing."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from readson.errors import Problem, UsageError

SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Placed:
    """A document as the description names it; `copy` tells that it is put there from elsewhere."""

    path: Path
    file: str
    copy: bool


def place_files(paths: Sequence[Path], folder: Path) -> tuple[Placed, ...]:
    """Name documents from the folder of their description; those outside go to its `sources/`."""
    placed: list[Placed] = []
    root = folder.resolve()
    for path in paths:
        whole = path.resolve()
        inside = whole.is_relative_to(root)
        taken = {other.file for other in placed}
        file = whole.relative_to(root).as_posix() if inside else _free(path.name, taken)
        placed.append(Placed(path, file, not inside))
    return tuple(placed)


def _free(name: str, taken: set[str]) -> str:
    """Find a name under `sources/` that no other document has."""
    path = PurePosixPath(SOURCES, name)
    tries = (path, *(path.with_stem(f"{path.stem}-{n}") for n in range(2, len(taken) + 2)))
    return next(str(path) for path in tries if str(path) not in taken)


def save(text: str, output: Path, placed: Sequence[Placed], known: Sequence[str] = ()) -> None:
    """Write a description and copy its sources.

    Copies replace only files in `known`, those that the description named before. Raises UsageError, with
    nothing written, where another file stands in the way.
    """
    copies = [one for one in placed if one.copy]
    strange = [
        one for one in copies if one.file not in known and _differs(output.parent / one.file, one.path)
    ]
    if strange:
        raise UsageError([_in_the_way(output, one) for one in strange])
    output.parent.mkdir(parents=True, exist_ok=True)
    for one in copies:
        target = output.parent / one.file
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, one.path.read_bytes())
    _replace(output, text.encode())


def _differs(target: Path, path: Path) -> bool:
    return target.exists() and not (target.is_file() and target.read_bytes() == path.read_bytes())


def _in_the_way(output: Path, one: Placed) -> Problem:
    message = f"another `{one.file}` stands beside `{output.name}`; move it away, or choose another folder"
    return Problem(str(one.path), 0, 0, message)


def _replace(target: Path, data: bytes) -> None:
    """Write a file so that nobody ever sees half of it."""
    part = target.with_name(f".{target.name}.part")
    part.write_bytes(data)
    os.replace(part, target)
