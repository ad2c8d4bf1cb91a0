"""Read JSON, and JSON by lines, as values under keys, each with its slice of the file."""

from __future__ import annotations

import json
import re
from typing import NoReturn

from readson.documents.content import Content
from readson.documents.decoding import Decoded
from readson.documents.model import Field, Span
from readson.documents.trees import DEEPEST, Tree, nowhere, pointer

_BLANK = re.compile(r"[ \t\n]*")


def read_json(name: str, decoded: Decoded) -> Content:
    """Read a file of one value, or of one a line; raises DocumentError where it is no JSON."""
    one = _Reader(name, decoded.text)
    end = one.value(one.skip(0), (), None)
    if end == len(decoded.text):
        return one.tree.content(decoded)
    many = _Reader(name, decoded.text)
    at, number = many.skip(0), 0
    while at < len(decoded.text):
        if number and decoded.text[max(at - 99, 0) : at].rstrip(" \t")[-1:] != "\n":
            raise many.tree.fail(at, "expected the end of the file; write one value a file, or one a line")
        at = many.value(at, (str(number),), None)
        number += 1
    return many.tree.content(decoded)


class _Reader:
    """Read values one by one; each method gives the place after what it read and the blanks behind it."""

    def __init__(self, name: str, text: str) -> None:
        self.tree = Tree(name, text)
        self._text = text
        self._scalars = json.JSONDecoder(
            parse_int=str, parse_float=str, parse_constant=self._no_number, strict=False
        )

    def skip(self, at: int) -> int:
        """Skip blanks."""
        found = _BLANK.match(self._text, at)
        return found.end() if found else at

    def value(self, at: int, path: tuple[str, ...], key: Span | None) -> int:
        """Read a value of any sort."""
        if len(path) > DEEPEST:
            raise self.tree.fail(at, f"more than {DEEPEST} levels deep")
        if path:
            self.tree.place(key.start - 1 if key else at, pointer(path))
        sign = self._text[at : at + 1]
        if sign == "{":
            return self._members(at, path)
        if sign == "[":
            return self._items(at, path)
        return self._scalar(at, path, key)

    def _items(self, at: int, path: tuple[str, ...]) -> int:
        at, number = self.skip(at + 1), 0
        if self._text[at : at + 1] == "]":
            return self.skip(at + 1)
        while True:
            at = self.value(at, (*path, str(number)), None)
            number += 1
            if self._next(at, "]"):
                return self.skip(at + 1)
            at = self.skip(at + 1)

    def _members(self, at: int, path: tuple[str, ...]) -> int:
        at, known = self.skip(at + 1), set[str]()
        if self._text[at : at + 1] == "}":
            return self.skip(at + 1)
        while True:
            at = self._member(at, path, known)
            if self._next(at, "}"):
                return self.skip(at + 1)
            at = self.skip(at + 1)

    def _member(self, at: int, path: tuple[str, ...], known: set[str]) -> int:
        if self._text[at : at + 1] != '"':
            raise self.tree.fail(at, "expected a key in double quotation marks")
        key, end = self._decode(at)
        if key in known:
            self.tree.problem(at, f"`{key[:80]}` stands here twice; write each key once")
        known.add(key)
        colon = self.skip(end)
        if self._text[colon : colon + 1] != ":":
            raise self.tree.fail(colon, f"expected a colon after the key `{key[:80]}`")
        return self.value(self.skip(colon + 1), (*path, key), Span(at + 1, end - 1))

    def _next(self, at: int, closing: str) -> bool:
        """Tell whether a list ends here; if it does not, a comma must stand here."""
        sign = self._text[at : at + 1]
        if sign not in (",", closing) or not sign:
            raise self.tree.fail(at, f"expected a comma or `{closing}`")
        return sign == closing

    def _scalar(self, at: int, path: tuple[str, ...], key: Span | None) -> int:
        text, end = self._decode(at)
        quoted = self._text[at] == '"'
        value = Span(at + 1, end - 1) if quoted else Span(at, end)
        null = not quoted and self._text[at] == "n"
        self.tree.fields.append(Field(path, key or nowhere(at), value, text, null))
        return self.skip(end)

    def _decode(self, at: int) -> tuple[str, int]:
        """Decode a text, number, true, false or null; all but texts stay as they are written."""
        try:
            value, end = self._scalars.raw_decode(self._text, at)
        except json.JSONDecodeError as error:
            raise self.tree.fail(error.pos, f"not JSON: {error.msg}") from error
        except _NoNumberError as error:
            raise self.tree.fail(at, f"`{error}` is no value of JSON; write null") from error
        if isinstance(value, str):
            return value, end
        return ("" if value is None else str(value).lower()), end

    def _no_number(self, text: str) -> NoReturn:
        raise _NoNumberError(text)


class _NoNumberError(Exception):
    """NaN or Infinity stands where a number is expected."""
