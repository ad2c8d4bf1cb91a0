"""Read the sources of a description, and check that every quote stands in its source."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping as Dict
from dataclasses import replace
from pathlib import Path, PurePosixPath

from readson.documents import read_document
from readson.errors import ReadsonError
from readson.ingest.problems import Problems
from readson.ingest.quotes import PLACES, Found, SourceText, locator, stands
from readson.ingest.yaml_nodes import Mapping, Node, Scalar
from readson.statements import Evidence, Grade, Source

LARGEST = 10_000_000
LONGEST_QUOTE = 2000
SOURCE_KEYS = ("title", "date", "file")
EVIDENCE_KEYS = ("source", "quote", *PLACES, "because")


class Sources:
    """Hold the sources of one description and turn evidence keys into evidence.

    `read` holds, by file name, what has been read already; other files are looked for in `folder`.
    """

    def __init__(self, problems: Problems, folder: Path, read: Dict[str, SourceText]) -> None:
        self._problems = problems
        self._folder = folder
        self._read = read
        self.sources: dict[str, Source] = {}
        self.texts: dict[str, SourceText] = {}
        self.default = ""

    def read(self, node: Node) -> None:
        """Read the `sources:` of a description."""
        if not isinstance(node, Mapping):
            self._problems.add(node, "expected `id: {title: ..., date: ..., file: ...}` for each source")
            return
        for key, entry in node.entries:
            self._read_source(key, entry)

    def read_default(self, node: Node) -> None:
        """Read the `source:` of a description."""
        if isinstance(node, Scalar) and self._known(node):
            self.default = node.text

    def read_evidence(self, node: Node) -> Evidence | None:
        """Read an `evidence:` key, the default for all facts of an entry."""
        if not isinstance(node, Mapping):
            self._problems.add(node, "expected `source:`, `quote:` or a place such as `line:`")
            return None
        for _ in self._problems.entries(node, EVIDENCE_KEYS):
            pass
        return self.evidence(node, Evidence())

    def evidence(self, node: Mapping, default: Evidence) -> Evidence:
        """Read the evidence keys of a mapping; without any, the default stands."""
        texts = {key.text: value for key, value in node.entries if key.text in EVIDENCE_KEYS}
        scalars = {key: value for key, value in texts.items() if isinstance(value, Scalar)}
        for key, value in texts.items():
            if not self._problems.text(value, f"a text for `{key}`"):
                scalars.pop(key, None)
        because = scalars.pop("because", None)
        found = self._cited(node, scalars, default) if scalars else default
        return replace(found, grade=Grade.DERIVED, note=because.text) if because else found

    def _cited(self, node: Mapping, scalars: dict[str, Scalar], default: Evidence) -> Evidence:
        named = scalars.get("source")
        if named is not None and not self._known(named):
            return default
        source = named.text if named else default.source or self.default
        quote = scalars.get("quote")
        if not source:
            self._problems.add(node, "say which source: `source: id` here, or once at the top of the file")
            return default
        found = self._find(source, quote) if quote else None
        locator = self._locator(scalars, found)
        return Evidence(source, locator, found.quote if found else quote.text if quote else "")

    def _read_source(self, key: Scalar, node: Node) -> None:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", key.text):
            self._problems.add(key, f"`{key.text[:40]}` cannot name a source; use letters and digits")
        entries = self._problems.entries(node, SOURCE_KEYS)
        texts = {name.text: self._problems.text(value, f"a {name.text}") for name, value in entries}
        if not texts.get("title"):
            self._problems.add(key, f"the source `{key.text}` needs a title")
        date = texts.get("date", "")
        if date and not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", date):
            self._problems.add(node, f"`{date[:40]}` is not a date; write 2024-03-02, 2024-03 or 2024")
        file = texts.get("file", "")
        digest = self._open(key.text, node, file) if file else ""
        self.sources[key.text] = Source(key.text, texts.get("title", ""), date, file, digest)

    def _open(self, source: str, node: Node, file: str) -> str:
        """Read the words of a source and give its hash; a photo has no words to check or show."""
        path = None if file in self._read else self._file(node, file)
        text = self._read.get(file) or (_text(path) if path else None)
        if text and text.document.text.strip():
            self.texts[source] = text
        if text:
            return text.document.sha256
        return hashlib.sha256(path.read_bytes()).hexdigest() if path else ""

    def _file(self, node: Node, name: str) -> Path | None:
        path = self._folder / PurePosixPath(name)
        inside = not PurePosixPath(name).is_absolute() and "\\" not in name and "\0" not in name
        if not inside or not path.resolve().is_relative_to(self._folder.resolve()):
            self._problems.add(node, f"the file `{name[:80]}` must lie in the folder of the description")
        elif not path.is_file():
            self._problems.add(node, f"there is no file `{name[:80]}` beside the description")
        elif path.stat().st_size > LARGEST:
            self._problems.add(node, f"the file `{name[:80]}` has more than {LARGEST} bytes")
        else:
            return path
        return None

    def _known(self, node: Scalar) -> bool:
        if node.text not in self.sources:
            self._problems.unknown(node, "source", node.text, self.sources)
        return node.text in self.sources

    def _find(self, source: str, quote: Scalar) -> Found | None:
        text = self.texts.get(source)
        if text is None or len(quote.text) > LONGEST_QUOTE:
            if text:
                self._problems.add(quote, f"a quote of more than {LONGEST_QUOTE} characters")
            return None
        found = text.find(quote.text)
        if found is None:
            hint = "; mend it, or mark the fact `stale: yes`"
            start = quote.text[:60] + ("..." if len(quote.text) > 60 else "")
            self._problems.add(quote, f"the quote `{start}` does not stand in the source `{source}`{hint}")
        return found

    def _locator(self, scalars: dict[str, Scalar], found: Found | None) -> str:
        given = {key: scalars[key].text for key in PLACES if key in scalars}
        places = found.places if found else ()
        if places and not any(stands(place, given) for place in places):
            right = " or ".join(locator({place.key: place.text}) for place in places[:5])
            node = next(scalars[key] for key in given)
            self._problems.add(node, f"the quote stands in {right}, not in {locator(given)}")
        return locator(given or {place.key: place.text for place in places[:1]})


def _text(path: Path) -> SourceText | None:
    try:
        return SourceText(read_document(path))
    except ReadsonError:
        return None
