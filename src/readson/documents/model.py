"""What every reader of documents gives: text, where each character of it stands, and how it is laid out."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A slice of a document's text: characters `start` to `end`, the last one not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A run of running text: a heading, a paragraph, or an item of a list.

    `level` is the rank of a heading (1 the highest) and the depth of an item (0 the outermost).
    """

    kind: str
    span: Span
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Cells row by row, each a slice of the text; the first `headers` rows name the columns."""

    rows: tuple[tuple[Span, ...], ...]
    headers: int = 1
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A value under keys, as in JSON: `path` holds the keys from the outside in, places of lists as "0", "1".

    `key` is the slice of the innermost key, empty for what stands in a list. `value` is the slice of the
    value as it is written, and `text` what it says: "" with `null` for null.
    """

    path: tuple[str, ...]
    key: Span
    value: Span
    text: str
    null: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text from `start` on stands in the file: line 4, page 2, cell BOM!C4, at /die/size.

    `key` is the place as descriptions write it: line, page, sheet, cell or at; `text` is what stands under
    that key. `origin` is the offset in bytes of the character at `start`; -1 where the file has none.
    """

    start: int
    key: str
    text: str
    origin: int = -1


@dataclass(frozen=True, slots=True)
class Box:
    """Where some text stands on a page, in points from its lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class Document:
    """One document as text. Spans of blocks, tables and fields are slices of `text`.

    `name` is the file's own name, `form` what it is: text, markdown, html, pdf, csv, xlsx (any workbook),
    json, yaml, ipc-1752a, xml, rdf, or description, which is a product's own. `places` are in the order of
    their starts; each holds up to the next one. `boxes` give each character of a PDF its box, in the order
    of the text; None for a character that the reader has put in.
    """

    name: str
    form: str
    sha256: str
    text: str
    places: tuple[Place, ...]
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    fields: tuple[Field, ...] = ()
    boxes: tuple[Box | None, ...] = ()

    def words(self, span: Span) -> str:
        """Give the text of a slice, to the letter."""
        return self.text[span.start : span.end]

    def place(self, start: int) -> Place:
        """Give the place of the character at `start`."""
        after = bisect_right(self.places, start, key=lambda place: place.start)
        return self.places[max(after - 1, 0)]
