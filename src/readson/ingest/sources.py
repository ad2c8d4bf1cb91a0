"""Read the sources of a description, and check that every quote stands in its source."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path, PurePosixPath

from readson.ingest.problems import Problems
from readson.ingest.yaml_nodes import Mapping, Node, Scalar
from readson.statements import Evidence, Source

LARGEST = 10_000_000
LONGEST_QUOTE = 2000
SOURCE_KEYS = ("title", "date", "file")
PLACES = ("page", "line", "section", "sheet", "cell", "at")
EVIDENCE_KEYS = ("source", "quote", *PLACES)
_MOST_PLACES = 100
# One sign for each group of signs that people exchange; each stays one character long.
_FOLD = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        "μ": "µ",
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """A quote in the source's own characters, and the lines on which it begins."""

    quote: str
    lines: tuple[int, ...]


class Document:
    """The text of a source, and where quotes stand in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._words = " ".join(text.split())
        self._folded = self._words.translate(_FOLD)
        self._lines = [number for number, line in enumerate(text.split("\n"), 1) for _ in line.split()]
        self._starts = [0, *accumulate(len(word) + 1 for word in self._words.split(" "))]

    def find(self, quote: str) -> Found | None:
        """Find a quote; white space, and typographic quotes and dashes, may differ."""
        starts = list(islice(self._places(" ".join(quote.split()).translate(_FOLD)), _MOST_PLACES))
        if not starts:
            return None
        lines = (self._lines[bisect_right(self._starts, start) - 1] for start in starts)
        exact = self._words[starts[0] : starts[0] + len(" ".join(quote.split()))]
        return Found(exact, tuple(dict.fromkeys(lines)))

    def _places(self, folded: str) -> Iterator[int]:
        start = self._folded.find(folded)
        while start >= 0 and folded:
            if self._whole(start, start + len(folded)):
                yield start
            start = self._folded.find(folded, start + 1)

    def _whole(self, start: int, end: int) -> bool:
        """Tell whether no word or number is cut: "5 µm" does not stand in "25 µm", nor "1" in "1.5"."""
        text = self._folded
        before, after = text[max(start - 2, 0) : start], text[end : end + 2]
        if before and text[start].isalnum() and (before[-1].isalnum() or _joins(before, text[start])):
            return False
        return not (
            after and text[end - 1].isalnum() and (after[0].isalnum() or _joins(text[end - 1], after))
        )


def _joins(left: str, right: str) -> bool:
    """Tell whether a decimal point or comma between digits joins two texts."""
    return bool(re.search(r"\d[.,]\d", left + right))


class Sources:
    """Hold the sources of one description and turn evidence keys into evidence."""

    def __init__(self, problems: Problems, folder: Path) -> None:
        self._problems = problems
        self._folder = folder
        self.sources: dict[str, Source] = {}
        self.documents: dict[str, Document] = {}
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
        if not scalars:
            return default
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
        data = self._file(node, texts["file"]) if texts.get("file") else b""
        digest = hashlib.sha256(data).hexdigest() if texts.get("file") and data is not None else ""
        self.sources[key.text] = Source(key.text, texts.get("title", ""), date, texts.get("file", ""), digest)
        if data and (text := _text(data)) is not None:
            self.documents[key.text] = Document(text)

    def _file(self, node: Node, name: str) -> bytes | None:
        path = self._folder / PurePosixPath(name)
        inside = not PurePosixPath(name).is_absolute() and "\\" not in name and "\0" not in name
        if not inside or not path.resolve().is_relative_to(self._folder.resolve()):
            self._problems.add(node, f"the file `{name[:80]}` must lie in the folder of the description")
        elif not path.is_file():
            self._problems.add(node, f"there is no file `{name[:80]}` beside the description")
        elif path.stat().st_size > LARGEST:
            self._problems.add(node, f"the file `{name[:80]}` has more than {LARGEST} bytes")
        else:
            return path.read_bytes()
        return None

    def _known(self, node: Scalar) -> bool:
        if node.text not in self.sources:
            self._problems.unknown(node, "source", node.text, self.sources)
        return node.text in self.sources

    def _find(self, source: str, quote: Scalar) -> Found | None:
        document = self.documents.get(source)
        if document is None or len(quote.text) > LONGEST_QUOTE:
            if document:
                self._problems.add(quote, f"a quote of more than {LONGEST_QUOTE} characters")
            return None
        found = document.find(quote.text)
        if found is None:
            start = quote.text[:60] + ("..." if len(quote.text) > 60 else "")
            self._problems.add(quote, f"the quote `{start}` does not stand in the source `{source}`")
        return found

    def _locator(self, scalars: dict[str, Scalar], found: Found | None) -> str:
        line = scalars.get("line")
        if line and found and line.text not in map(str, found.lines):
            right = ", ".join(map(str, found.lines[:5]))
            self._problems.add(line, f"the quote stands in line {right}, not in line {line.text}")
        places = {key: scalars[key].text for key in PLACES if key in scalars}
        given = [text if key == "at" else f"{key} {text}" for key, text in places.items()]
        return ", ".join(given) or (f"line {found.lines[0]}" if found else "")


def _text(data: bytes) -> str | None:
    """Decode a source; one that is not text cannot be checked or shown."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text.replace("\r\n", "\n").replace("\r", "\n")
