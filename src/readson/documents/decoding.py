"""Decode the bytes of a document, and keep the way back from each character to its byte."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from readson.documents.model import Place
from readson.errors import DocumentError, Problem

# What a file may declare: encodings in which a character has the same bytes wherever it stands.
_DECLARABLE = frozenset(
    ("cp1252", "iso8859-15", "iso8859-2", "gbk", "gb2312", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr")
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF8_SIGN = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
# Western text is mostly ASCII; what is not, is in another encoding or no text.
_FEWEST_ASCII = 0.7


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file, ends of lines as newlines, and the encoding to find their bytes again.

    `first` is the byte at which the text begins; `dropped` are the places in `text` of newlines before which
    a carriage return was dropped.
    """

    text: str
    encoding: str
    first: int
    dropped: tuple[int, ...]

    def origins(self, starts: Iterable[int]) -> Iterator[int]:
        """Give the byte of each character; `starts` must rise."""
        carriage = len("\r".encode(self.encoding))
        done, offset = 0, self.first
        for start in starts:
            offset += len(self.text[done:start].encode(self.encoding))
            done = start
            yield offset + carriage * bisect_left(self.dropped, start)

    def starts(self) -> list[int]:
        """Give the starts of the lines."""
        return line_starts(self.text)

    def line_places(self) -> tuple[Place, ...]:
        """Give each line its place."""
        starts = self.starts()
        origins = zip(starts, self.origins(starts), strict=True)
        return tuple(Place(s, "line", str(n), origin) for n, (s, origin) in enumerate(origins, 1))


def line_starts(text: str) -> list[int]:
    """Give the start of each line; an end of the last line begins no other."""
    lines = text.removesuffix("\n").split("\n")
    return [0, *accumulate(len(line) + 1 for line in lines[:-1])]


def decode(name: str, data: bytes) -> Decoded:
    """Decode a file of text: UTF-8, UTF-16 with its mark, what the file declares, or Windows-1252.

    Raises DocumentError for what is no text in any of these, with the line of the first byte that is wrong.
    """
    mark, encoding = next((m for m in _MARKS if data.startswith(m[0])), (b"", ""))
    try:
        raw = data[len(mark) :].decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        if encoding:
            raise _refusal(
                name, line, f"not {encoding.upper()} as its mark says; save it as UTF-8"
            ) from error
        encoding, raw = _other(name, line, data)
    if found := _CONTROL.search(raw):
        line = raw.count("\n", 0, found.start()) + 1
        what = f"the character U+{ord(found.group()):04X} stands in no text"
        raise _refusal(name, line, f"{what}; the file is of a kind that is not read, or broken")
    return _normalized(raw, encoding or "utf-8", len(mark))


def _other(name: str, line: int, data: bytes) -> tuple[str, str]:
    """Decode what is not UTF-8: as it declares itself, else as Western text if it looks like that."""
    declared = _declared(data)
    for encoding in dict.fromkeys(filter(None, (declared, "cp1252"))):
        try:
            raw = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == declared or _plausible(data):
            return encoding, raw
    raise _refusal(name, line, "not UTF-8, and no other encoding that can be told; save the file as UTF-8")


def _plausible(data: bytes) -> bool:
    """Tell whether bytes are Western text, and not UTF-8 with a broken character."""
    if _UTF8_SIGN.search(data):
        return False
    return sum(byte < 128 for byte in data) >= _FEWEST_ASCII * len(data)


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:2048])
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else ""
    except LookupError:
        return ""
    # Browsers read Latin-1 as its superset, and pages are written for browsers.
    name = "cp1252" if name == "iso8859-1" else name
    return name if name in _DECLARABLE else ""


def _normalized(raw: str, encoding: str, first: int) -> Decoded:
    if "\r" not in raw:
        return Decoded(raw, encoding, first, ())
    pieces = raw.split("\r\n")
    ends = accumulate(len(piece) + 1 for piece in pieces[:-1])
    return Decoded("\n".join(pieces).replace("\r", "\n"), encoding, first, tuple(end - 1 for end in ends))


def _refusal(name: str, line: int, message: str) -> DocumentError:
    return DocumentError([Problem(name, line, 1, message)])
