"""Read HTML: the text that a reader sees, and where in the file each run of it stands.

Inline tags join, block tags break, entities are decoded, white space is folded as a browser folds it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping

from readson.documents.content import Content
from readson.documents.decoding import Decoded
from readson.documents.html_tables import Grid
from readson.documents.html_tokens import Token, cut_html
from readson.documents.model import Block, Place, Span
from readson.documents.pipes import trim
from readson.documents.prose import read_prose

_HIDDEN = frozenset(
    ("head", "script", "style", "template", "noscript", "object", "iframe", "textarea", "select")
)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_BREAKING = re.compile(
    r"address|article|aside|blockquote|body|caption|center|d[dlt]|details|dialog|div|fieldset|figcaption|figure"
    r"|footer|form|h[1-6]|header|hr|legend|li|main|menu|nav|[ou]l|p|pre|section|summary|table|t[dhr]"
)
_ENDLESS = ("p", "li", "option", "tr", "td", "th")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = ("ul", "ol", "menu")
_CELLS = ("td", "th", "dt", "dd")
_STRUCTURE = frozenset((*_HEADINGS, *_LISTS, *_CELLS, "li", "table", "dl", "tr", "caption", "pre", "sup"))
# What a start tag ends, up to the element that holds it: `<li>` ends the item before it.
_ENDS = {
    "li": (("li",), _LISTS),
    "tr": (("tr",), ("table",)),
    "td": (("td", "th", "caption"), ("table",)),
    "th": (("td", "th", "caption"), ("table",)),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
}
_DEEPEST = 500
_LINES = re.compile(r"\n|[^\n]+")
_BLANKS = re.compile(r"[ \t\n\r\f]+|[^ \t\n\r\f]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_STYLED_AWAY = re.compile(r"display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden", re.IGNORECASE)
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def read_html(decoded: Decoded) -> Content:
    """Read a page."""
    page = _Page()
    for token in cut_html(decoded.text):
        page.take(token)
    page.finish()
    text = "".join(page.pieces)
    tables = tuple(grid.table(text) for grid in page.tables)
    return Content(text, _places(decoded, page.runs), tuple(_blocks(text, page.blocks)), tables)


def _places(decoded: Decoded, runs: list[tuple[int, int]]) -> tuple[Place, ...]:
    """Give each run of text its line and its byte."""
    starts = decoded.starts()
    origins = decoded.origins(source for _, source in runs)
    return tuple(
        Place(start, "line", str(bisect_right(starts, source)), origin)
        for (start, source), origin in zip(runs, origins, strict=True)
    )


def _blocks(text: str, blocks: list[Block]) -> list[Block]:
    """Cut blocks that hold ends of lines as running text is cut."""
    found = []
    for block in blocks:
        span = trim(text, block.span.start, block.span.end)
        if block.kind == "heading" or "\n" not in text[span.start : span.end]:
            found += [Block(block.kind, span, block.level)] if span.start < span.end else []
            continue
        inner = read_prose(text, block.span.start, block.span.end)[0]
        item = block.kind == "item"
        found += [Block("item", part.span, block.level) if item else part for part in inner]
    return found


class _Page:
    """Collect the text; `runs` pairs places in it with places in the file, `_open` holds open elements."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.runs: list[tuple[int, int]] = []
        self.blocks: list[Block] = []
        self.tables: list[Grid] = []
        self._length = 0
        self._pending = ""
        self._blank, self._line_ends = 0, False
        self._begun = -1
        self._shift = 0
        self._apart = False
        self._open: list[str] = []
        self._grids: list[Grid] = []
        self._hidden: list[str] = []

    def take(self, token: Token) -> None:
        """Take the next tag, entity or text."""
        if token.kind == "start":
            self._start(token.text, token.attributes)
        elif token.kind == "end":
            self._finish(token.text)
        elif not self._hidden:
            self._take(token.text, token.start, token.kind == "entity")

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._hidden:
            self._go_on_hiding(tag)
        if self._hidden:
            return
        if tag not in _VOID and (tag in _HIDDEN or _is_hidden(attributes)):
            self._hidden.append(tag)
        elif tag == "br":
            self._pending = "\n" if self._pending in ("", " ") else self._pending
        else:
            self._begin(tag, attributes)

    def _go_on_hiding(self, tag: str) -> None:
        """See to the hidden element ending where it has no end tag of its own."""
        hidden = self._hidden[-1]
        if (tag == hidden and tag in _ENDLESS) or (tag == "body" and hidden == "head"):
            self._hidden.pop()
        elif tag == hidden:
            self._hidden.append(tag)

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        if _BREAKING.fullmatch(tag):
            self._end_block()
        if len(self._open) >= _DEEPEST:
            return
        if ends := _ENDS.get(tag):
            self._leave(*ends)
        if tag in ("table", "dl"):
            for outer in self._grids:
                outer.layout = True
            self._grids.append(Grid(tag == "dl", len(self.blocks)))
        elif tag in _HEADINGS and self._grids:
            self._grids[-1].layout = True
        elif tag == "tr" and self._grids:
            self._grids[-1].row()
        elif tag in _CELLS and self._grids:
            self._cell(tag, attributes)
        elif tag == "thead" and self._grids:
            self._grids[-1].head = True
        if tag in _STRUCTURE:
            self._open.append(tag)

    def _cell(self, tag: str, attributes: Mapping[str, str]) -> None:
        beside = self._grids[-1].begin(tag, attributes)
        if self._length and (beside or self._pending):
            self._put("\t" if beside else "\n")
        self._pending = ""
        self._grids[-1].start(self._length)

    def _finish(self, tag: str) -> None:
        """Close an element, and what is still open in it."""
        if self._hidden:
            if tag == self._hidden[-1]:
                self._hidden.pop()
            return
        if _BREAKING.fullmatch(tag):
            self._end_block()
        if tag in _STRUCTURE:
            self._leave((tag,), ("table",) if tag != "table" else ())
        elif tag == "thead" and self._grids:
            self._grids[-1].head = False

    def _leave(self, tags: tuple[str, ...], within: tuple[str, ...]) -> None:
        """Close the innermost open element of these, unless one of `within` lies between."""
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at] in tags:
                for closed in reversed(self._open[at:]):
                    self._closed(closed)
                del self._open[at:]
                return
            if self._open[at] in within:
                return

    def _closed(self, tag: str) -> None:
        if tag in _CELLS and self._grids:
            self._grids[-1].end(self._length)
        elif tag in ("table", "dl") and self._grids:
            self._end_grid(self._grids.pop())
        elif tag == "caption" and self._grids and len(self.blocks) > self._grids[-1].first_block:
            self._grids[-1].caption_at(self.blocks[-1].span, len(self.blocks))

    def _end_grid(self, grid: Grid) -> None:
        """Take a table of data out of the running text; a table that only lays out stays running text."""
        self._pending = "\n"
        if grid.layout or not any(grid.rows):
            return
        del self.blocks[grid.first_block :]
        self.tables.append(grid)

    def _take(self, data: str, source: int, entity: bool) -> None:
        if "pre" in self._open:
            for line in _LINES.finditer(data):
                self._write(line.group(), source + line.start(), entity)
                self._apart = True
            return
        raised = self._open[-1:] == ["sup"]
        for found in _BLANKS.finditer(data):
            words, start = found.group(), source + found.start()
            if words[0] in " \t\n\r\f":
                self._pending = self._pending or " "
                self._blank = start
                self._line_ends = "\n" in words
            else:
                self._write(words.translate(_RAISED) if raised else words, start, entity or raised)

    def _write(self, words: str, source: int, apart: bool) -> None:
        """Write visible signs; `apart` gives them a run of their own."""
        if not self._length or (self._begun < 0 and self._pending == " "):
            self._pending = ""
        if self._pending == " ":
            self._run(self._blank, apart=False)
            self._apart = self._line_ends
        self._put(self._pending)
        self._pending = ""
        if self._begun < 0:
            self._begun = self._length
        if _INVISIBLE.search(words):
            self._write_visible(words, source)
            return
        self._run(source, apart)
        self._put(words)
        self._apart = apart

    def _write_visible(self, words: str, source: int) -> None:
        for offset, sign in enumerate(words):
            if not _INVISIBLE.match(sign):
                self._run(source + offset, apart=False)
                self._put(sign)

    def _run(self, source: int, apart: bool) -> None:
        """Begin a run where the text no longer goes on as the file does."""
        if not self.runs or apart or self._apart or source - self._length != self._shift:
            if self.runs and self.runs[-1][0] == self._length:
                self.runs.pop()
            self.runs.append((self._length, source))
            self._shift = source - self._length
            self._apart = False

    def _put(self, text: str) -> None:
        self.pieces.append(text)
        self._length += len(text)

    def _end_block(self) -> None:
        """End the block at hand, if anything was written."""
        if self._begun >= 0 and self._length > self._begun:
            kind, level = self._kind()
            self.blocks.append(Block(kind, Span(self._begun, self._length), level))
        self._begun = -1
        if self._length:
            self._pending = "\n"

    def _kind(self) -> tuple[str, int]:
        for tag in reversed(self._open):
            if tag in _HEADINGS:
                return "heading", int(tag[1])
            if tag == "li":
                return "item", max(sum(name in _LISTS for name in self._open) - 1, 0)
        return "paragraph", 0

    def finish(self) -> None:
        """Close all that is open at the end of the file."""
        self._end_block()
        for tag in reversed(self._open):
            self._closed(tag)


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or bool(_STYLED_AWAY.search(attributes.get("style", "")))
