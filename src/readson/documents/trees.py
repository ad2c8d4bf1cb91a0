"""Collect the values of nested data: the text is the file itself, a place a key and an item of a list."""

from __future__ import annotations

from dataclasses import dataclass, field

from readson.documents.content import Content
from readson.documents.decoding import Decoded
from readson.documents.model import Field, Place, Span
from readson.errors import DocumentError, Problem

DEEPEST = 100
MOST_PROBLEMS = 100


@dataclass(slots=True)
class Tree:
    """The values found so far, and what is wrong; `starts` pairs a place in the text with its pointer."""

    name: str
    text: str
    fields: list[Field] = field(default_factory=list)
    starts: list[tuple[int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def place(self, start: int, pointer: str) -> None:
        """Note where something begins that has a pointer; starts must rise."""
        if not self.starts or self.starts[-1][0] < start:
            self.starts.append((start, pointer))

    def problem(self, at: int, message: str) -> None:
        """Note what is wrong at a character."""
        if len(self.problems) >= MOST_PROBLEMS:
            return
        line = self.text.count("\n", 0, at) + 1
        self.problems.append(Problem(self.name, line, at - self.text.rfind("\n", 0, at), message))

    def fail(self, at: int, message: str) -> DocumentError:
        """Give the error with all problems, this one the last."""
        self.problem(at, message)
        return DocumentError(self.problems)

    def content(self, decoded: Decoded) -> Content:
        """Give what was read; raises DocumentError if anything is wrong."""
        if self.problems:
            raise DocumentError(self.problems)
        # What stands before the first key belongs to it.
        starts = [0, *(start for start, _ in self.starts[1:])]
        pointers = [pointer for _, pointer in self.starts] or [""]
        places = zip(starts, pointers, decoded.origins(starts), strict=True)
        made = tuple(Place(start, "at", pointer, origin) for start, pointer, origin in places)
        return Content(self.text, made, fields=tuple(self.fields))


def pointer(path: tuple[str, ...]) -> str:
    """Write a path as a JSON pointer (RFC 6901)."""
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in path)


def nowhere(at: int) -> Span:
    """Give the empty slice that stands for the key of an item of a list."""
    return Span(at, at)
