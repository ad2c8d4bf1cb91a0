"""The manifest of a site: what the pages of each product were made from, so that only changes are made anew.

It stands in the folder of the site, as JSON, and marks it as one. What cannot be read counts as nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from readson.resources import content_folder
from readson.searching import Entry

MARKER = ".readson-site"
NOTE = "Made by readson; replaced as a whole on the next run."


@dataclass(frozen=True, slots=True)
class Made:
    """The pages of one product: the key of all they show, a hash of each file, what the search finds."""

    key: str
    files: dict[str, str]
    entries: tuple[Entry, ...]


def write_manifest(folder: Path, products: Mapping[str, Made]) -> None:
    """Write the manifest of a site, the products by their slugs."""
    entries = {slug: asdict(made) for slug, made in sorted(products.items())}
    text = json.dumps({"note": NOTE, "products": entries}, ensure_ascii=False, sort_keys=True, indent=0)
    (folder / MARKER).write_text(text + "\n", encoding="utf-8", errors="surrogatepass")


def read_manifest(folder: Path) -> dict[str, Made]:
    """Read the manifest of a site: nothing, where there is none that could be trusted."""
    try:
        entries = json.loads((folder / MARKER).read_text("utf-8", "surrogatepass"))["products"]
        return {slug: _made(**entry) for slug, entry in entries.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _made(key: str, files: dict[str, str], entries: list[list[str]]) -> Made:
    if not (isinstance(key, str) and all(map(_is_inside, files))):
        raise TypeError("a key is text, and files are in the folder")
    return Made(key, dict(files), tuple(map(_entry, entries)))


def _entry(texts: list[str]) -> Entry:
    sort, text, beside, page = texts
    if not all(isinstance(one, str) for one in texts):
        raise TypeError("an entry is of four texts")
    return sort, text, beside, page


def _is_inside(name: str) -> bool:
    return not Path(name).is_absolute() and ".." not in Path(name).parts


def is_unchanged(folder: Path, files: Mapping[str, str]) -> bool:
    """Tell whether all files are there as they were written."""
    try:
        return all(digest((folder / name).read_bytes()) == hash_ for name, hash_ in files.items())
    except OSError:
        return False


def digest(*parts: bytes) -> str:
    """Hash what something depends on."""
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()


def content_key(patent: str) -> str:
    """Hash all content and code that pages depend on beside their product."""
    folders = [content_folder("ontology"), content_folder("shapes") / patent, content_folder("site")]
    code = _folder_key(Path(__file__).parent, "*.py")
    return digest(code, *(_folder_key(folder, "*") for folder in folders))


def _folder_key(folder: Path, pattern: str) -> bytes:
    files = sorted(path for path in folder.rglob(pattern) if path.is_file())
    parts = ((p.relative_to(folder).as_posix().encode(), p.read_bytes()) for p in files)
    return digest(*(part for pair in parts for part in pair)).encode()
