"""The folder of finished parts, from which a run that was ended goes on.

A part is named after its place and the SHA-256 of its input; a manifest says how the parts were judged.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from readson import __version__
from readson.bulk.chunks import Plan
from readson.bulk.inputs import CHUNK_BYTES, CHUNK_ROWS, Chunk
from readson.bulk.pools import Pending, Submit
from readson.resources import content_folder, turtle_files

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Parts:
    """Hold finished parts on disk. A part is there whole or not at all."""

    folder: Path

    def resuming(self, submit: Submit) -> Submit:
        """Have only those chunks judged of which there is no part yet."""
        return lambda chunk: _Kept(path) if (path := self._path(chunk)).is_file() else submit(chunk)

    def keep(self, chunk: Chunk, data: bytes) -> None:
        """Keep a part, if it is new."""
        path = self._path(chunk)
        if not path.is_file():
            write_whole(path, data)

    def remove(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder)

    def _path(self, chunk: Chunk) -> Path:
        return self.folder / f"{chunk.number:07}-{chunk.digest[:32]}.arrow"


@dataclass(frozen=True, slots=True)
class _Kept(Pending):
    """A part of an earlier run."""

    path: Path

    def result(self) -> bytes:
        return self.path.read_bytes()


def open_parts(output: Path, paths: Sequence[Path], plan: Plan, tell: Callable[[str], object]) -> Parts:
    """Take up an earlier run of the same inputs and options; start afresh after any other, and say so."""
    folder = output.with_name(output.name + ".partial")
    manifest = _manifest(paths, plan)
    path = folder / MANIFEST
    if folder.exists() and (not path.is_file() or path.read_text("utf-8") != manifest):
        tell(f"`{folder}` is of other inputs or options; starting afresh.")
        shutil.rmtree(folder)
    elif folder.exists():
        tell(f"Going on from the {len(list(folder.glob('*.arrow')))} finished parts in `{folder}`.")
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(path, manifest.encode())
    return Parts(folder)


def _manifest(paths: Sequence[Path], plan: Plan) -> str:
    """Say all that verdicts depend on; of the inputs, parts have the hashes."""
    about = {
        "version": __version__,
        "content": _digest(("ontology", f"shapes/{plan.patent}")),
        "inputs": [[str(path), path.stat().st_size] for path in paths],
        "chunks": [*sorted(CHUNK_BYTES.items()), ("table", CHUNK_ROWS)],
        **asdict(plan),
    }
    return json.dumps(about, indent=2, sort_keys=True) + "\n"


def _digest(folders: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for name in folders:
        top, _, below = name.partition("/")
        for path in turtle_files(content_folder(top) / below):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(data)
    os.replace(beside, path)
