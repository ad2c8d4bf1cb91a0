"""The errors readson raises, and the problems they carry.

ReadsonError
├── DescriptionError   a product description or its sources cannot be used
├── DocumentError      a file of text, tables or data cannot be read as a document
├── DataError          an RDF graph to validate cannot be read
├── OntologyError      an ontology file is broken or inconsistent
├── ShapeError         a shapes file says what the engine cannot or must not judge
├── UsageError         a command or call asks for what does not exist
└── DisagreementError  two engines disagree on a verdict
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """State one thing that is wrong: where, what was expected, how to mend it."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.message}"


class ReadsonError(Exception):
    """Report one or more problems; `str()` gives one line a problem."""

    def __init__(self, problems: Sequence[Problem] | str) -> None:
        if isinstance(problems, str):
            problems = [Problem("readson", 0, 0, problems)]
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class DescriptionError(ReadsonError):
    """A product description or one of its sources cannot be used."""


class DocumentError(ReadsonError):
    """A file of text, tables or data cannot be read as a document."""


class DataError(ReadsonError):
    """An RDF graph to validate cannot be read."""


class OntologyError(ReadsonError):
    """An ontology file is broken, or the ontology contradicts itself."""


class ShapeError(ReadsonError):
    """A shapes file holds what the engine cannot judge or must not accept."""


class UsageError(ReadsonError):
    """A command or call names something that does not exist."""


class DisagreementError(ReadsonError):
    """Two engines disagree on a verdict."""
