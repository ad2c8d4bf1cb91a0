"""Read XML, material declarations (IPC-1752A) among it, as values under the names of elements and attributes.

The path of a value holds the elements from the outside in, an attribute as "@name"; where elements of one
name stand side by side, each has its place among them, as items of a list have. Places are XPaths.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from readson.documents.content import Content
from readson.documents.decoding import Decoded
from readson.documents.model import Field, Place, Span
from readson.documents.pipes import trim
from readson.documents.trees import DEEPEST
from readson.errors import DocumentError, Problem

_ATTRIBUTE = re.compile(r"\s*([^\s=<>\"'/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


@dataclass(slots=True)
class Element:
    """An element: its name, its number among those of its name beside it, and which names are inside."""

    name: str
    holder: Element | None
    number: int
    inside: Counter[str] = field(default_factory=Counter)

    @property
    def one_of_many(self) -> bool:
        """Tell whether others of its name stand beside it."""
        return self.holder is not None and self.holder.inside[self.name] > 1

    def line(self) -> list[Element]:
        """Give the elements from the outermost to this one."""
        elements, element = [self], self.holder
        while element:
            elements.append(element)
            element = element.holder
        return elements[::-1]


def read_xml(name: str, decoded: Decoded) -> Content:
    """Read a file; raises DocumentError where it is no XML, or declares a document type."""
    reader = _Reader(name, decoded.text)
    reader.read()
    starts = [0, *(start for start, _, _ in reader.starts[1:])]
    origins = decoded.origins(starts)
    entries = zip(starts, reader.starts, origins, strict=True)
    places = tuple(
        Place(start, "at", _xpath(element, attribute), origin)
        for start, (_, element, attribute), origin in entries
    )
    fields = tuple(
        Field(_path(element, attribute), key, value, text)
        for element, attribute, key, value, text in reader.values
    )
    return Content(decoded.text, places, fields=fields)


def _path(element: Element, attribute: str) -> tuple[str, ...]:
    path: list[str] = []
    for outer in element.line():
        path += [outer.name, str(outer.number - 1)] if outer.one_of_many else [outer.name]
    return (*path, f"@{attribute}") if attribute else tuple(path)


def _xpath(element: Element, attribute: str) -> str:
    steps = [f"{e.name}[{e.number}]" if e.one_of_many else e.name for e in element.line()]
    return "/" + "/".join([*steps, f"@{attribute}"] if attribute else steps)


class _Reader:
    """Follow the parser; `starts` are places with what begins there, `values` what becomes a field."""

    def __init__(self, name: str, text: str) -> None:
        self.starts: list[tuple[int, Element, str]] = []
        self.values: list[tuple[Element, str, Span, Span, str]] = []
        self._name = name
        self._text = text
        self._data = text.encode("utf-8")
        self._byte = self._char = 0
        self._open: list[tuple[Element, Span]] = []
        self._words: list[str] = []
        self._content = 0
        self._parser = expat.ParserCreate("utf-8")

    def read(self) -> None:
        """Parse the whole text."""
        self._parser.ordered_attributes = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._words.append
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        try:
            self._parser.Parse(self._data, True)
        except expat.ExpatError as error:
            message = f"not XML: {expat.ErrorString(error.code)}"
            raise DocumentError([Problem(self._name, error.lineno, error.offset + 1, message)]) from error

    def _refuse_doctype(self, *_: object) -> NoReturn:
        raise self._refusal("a document type is not read, nor entities of its own; remove the declaration")

    def _refusal(self, message: str) -> DocumentError:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        return DocumentError([Problem(self._name, line, column, message)])

    def _here(self) -> int:
        """Give the character at which the event at hand begins; events come in order."""
        byte = self._parser.CurrentByteIndex
        self._char += len(self._data[self._byte : byte].decode("utf-8"))
        self._byte = byte
        return self._char

    def _start(self, tag: str, attributes: list[str]) -> None:
        at = self._here()
        self._take_words(at)
        if len(self._open) >= DEEPEST:
            raise self._refusal(f"more than {DEEPEST} levels deep")
        holder = self._open[-1][0] if self._open else None
        name = _local(tag)
        if holder:
            holder.inside[name] += 1
        element = Element(name, holder, holder.inside[name] if holder else 1)
        self.starts.append((at, element, ""))
        end = at + 1 + len(tag)
        self._open.append((element, Span(end - len(name), end)))
        for written, key, value, text in self._attributes(end, attributes):
            end = value.end + 1
            if written != "xmlns" and not written.startswith("xmlns:"):
                self.starts.append((key.start, element, _local(written)))
                self.values.append((element, _local(written), key, value, text))
        self._content = self._text.index(">", end) + 1

    def _attributes(self, at: int, attributes: list[str]) -> Iterator[tuple[str, Span, Span, str]]:
        """Find the attributes that the parser gives in the words of the file."""
        for written, text in zip(attributes[::2], attributes[1::2], strict=True):
            if not (found := _ATTRIBUTE.match(self._text, at)):
                raise self._refusal(f"the attribute `{written}` is written in a way that is not read")
            group = 2 if found[2] is not None else 3
            key = Span(found.end(1) - len(_local(written)), found.end(1))
            yield written, key, Span(*found.span(group)), text
            at = found.end()

    def _end(self, _: str) -> None:
        at = self._here()
        self._take_words(at)
        self._open.pop()
        # The parser ends `<b/>` behind it, and `<b></b>` before its end tag.
        closing = self._text.startswith("</", at)
        self._content = self._text.index(">", at) + 1 if closing else at

    def _take_words(self, end: int) -> None:
        """Make a value of the characters since the last tag, unless they are blank."""
        text = "".join(self._words).strip()
        self._words.clear()
        if text and self._open:
            element, key = self._open[-1]
            value = trim(self._text, self._content, end)
            if self.starts[-1][0] < value.start:
                self.starts.append((value.start, element, ""))
            self.values.append((element, "", key, value, text))


def _local(name: str) -> str:
    """Give a name without the prefix of its namespace."""
    return name.rpartition(":")[2]
