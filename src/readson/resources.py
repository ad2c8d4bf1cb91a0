"""Find the content folders: beside the code in a wheel, at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

from readson.errors import UsageError

FOLDERS = ("ontology", "shapes", "data", "site")
_PACKAGE = Path(__file__).resolve().parent


def content_folder(name: str) -> Path:
    """Give the folder of that name ("ontology", "shapes", "data", "site")."""
    if name not in FOLDERS:
        raise UsageError(f"`{name}` is not a content folder; there are {', '.join(FOLDERS)}")
    for folder in (_PACKAGE / "_content" / name, _PACKAGE.parents[1] / name):
        if folder.is_dir():
            return folder
    raise UsageError(f"the folder `{name}` is missing from this installation of readson")


def turtle_files(folder: Path) -> tuple[Path, ...]:
    """List the Turtle files of a folder and the folders in it, in the order of their paths."""
    return tuple(sorted(folder.rglob("*.ttl"), key=lambda path: path.relative_to(folder).as_posix()))
