"""Cut files of many products into chunks, at the borders of products, without holding a file in memory.

Files of lines are cut by place: a chunk is a range of bytes, which its worker reads. Of Turtle and of tables
no borders can be seen from outside; they are read here, and a chunk carries its bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pyoxigraph as ox

from readson.bulk.batch import Refusal
from readson.bulk.lines import product_of, slug_of
from readson.bulk.statement_table import row_count, table_chunks
from readson.errors import UsageError

FORMS = {
    ".nt": "n-triples",
    ".nq": "n-quads",
    ".ttl": "turtle",
    ".jsonl": "json-lines",
    ".ndjson": "json-lines",
    ".parquet": "table",
    ".arrow": "table",
}
CHUNK_BYTES = {"n-triples": 24_000_000, "n-quads": 24_000_000, "turtle": 24_000_000, "json-lines": 1_000_000}
CHUNK_ROWS = 100_000
_SUBJECT = re.compile(rb"\s*<([^<>#\s]*)")
_GRAPH = re.compile(rb"<([^<>#\s]*)[^<>\s]*>\s*\.\s*$")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some products of one file: the bytes from `start` to `end`, or `data` where they had to be read.

    `form` says how to read the bytes, `digest` is their SHA-256; `refusals` are of products that could not
    be read when the file was cut.
    """

    number: int
    file: str
    path: str
    form: str
    start: int
    end: int
    digest: str
    data: bytes = b""
    refusals: tuple[Refusal, ...] = ()

    def read(self) -> bytes:
        """Give the bytes. Raises UsageError when they are no longer what they were."""
        if self.data:
            return self.data
        with Path(self.path).open("rb") as stream:
            stream.seek(self.start)
            data = stream.read(self.end - self.start)
        if hashlib.sha256(data).hexdigest() != self.digest:
            raise UsageError(f"`{self.file}` has changed while it was read; start again")
        return data


class Piece(NamedTuple):
    """What a chunk is made of, before it has a number and a file."""

    form: str
    start: int
    end: int
    digest: str
    data: bytes = b""
    refusals: tuple[Refusal, ...] = ()


def check_inputs(paths: Sequence[Path]) -> None:
    """Raise UsageError for files that are not there, of no known kind, or no tables of statements."""
    for path in paths:
        if not path.is_file():
            raise UsageError(f"`{path}` is not a file; --bulk takes files with many products each")
        if path.suffix.lower() not in FORMS:
            raise UsageError(f"`{path}`: --bulk reads {', '.join(FORMS)}; rename or convert the file")
        extent(path)


def extent(path: Path) -> int:
    """Measure a file as the chunks of it are measured: in bytes, a table in rows."""
    return row_count(path) if FORMS[path.suffix.lower()] == "table" else path.stat().st_size


def cut(paths: Sequence[Path]) -> Iterator[Chunk]:
    """Cut files into chunks, in order."""
    number = 0
    for path in paths:
        for piece in _pieces(path):
            yield Chunk(number, str(path), str(path.resolve()), *piece)
            number += 1


def _pieces(path: Path) -> Iterator[Piece]:
    form = FORMS[path.suffix.lower()]
    if form == "turtle":
        return _turtle(path)
    if form == "table":
        return (_carried("table", data, *rows) for rows, data in table_chunks(path, CHUNK_ROWS))
    return _ranges(path, form)


def _carried(form: str, data: bytes, start: int, end: int, refusals: Sequence[Refusal] = ()) -> Piece:
    return Piece(form, start, end, hashlib.sha256(data).hexdigest(), data, tuple(refusals))


# ---- Files of lines -------------------------------------------------------------------------------------


def _ranges(path: Path, form: str) -> Iterator[Piece]:
    """Cut where one product ends and the next begins, after about as many bytes as a chunk has."""
    start, size = 0, path.stat().st_size
    with path.open("rb") as stream:
        while start < size:
            end = min(_border(stream, start + CHUNK_BYTES[form], form), size)
            stream.seek(start)
            yield Piece(form, start, end, hashlib.sha256(stream.read(end - start)).hexdigest())
            start = end


def _border(stream: BinaryIO, place: int, form: str) -> int:
    """Find the first line behind a place that another product has than the line before it, or the end."""
    stream.seek(place)
    stream.readline()
    owner = b"" if form == "json-lines" else None
    while line := stream.readline():
        found = _owner(line, form)
        if found and owner is not None and found != owner:
            return stream.tell() - len(line)
        owner = found or owner
    return stream.tell()


def _owner(line: bytes, form: str) -> bytes:
    """Give the product of a line, b"" where none can be seen; each line of JSON has its own."""
    if form == "json-lines":
        return line.strip()
    found = _GRAPH.search(line) if form == "n-quads" else _SUBJECT.match(line)
    return found[1] if found else b""


# ---- Turtle ---------------------------------------------------------------------------------------------


def _turtle(path: Path) -> Iterator[Piece]:
    """Stream Turtle and carry it on as N-Triples. A syntax error spoils the products it stands between."""
    held = _Held()
    with path.open("rb") as stream:
        for triple in _triples(stream):
            if isinstance(triple, SyntaxError):
                held.broken(triple)
                continue
            if held.enter(triple) and held.size >= CHUNK_BYTES["turtle"]:
                yield held.piece(stream.tell())
                held = _Held(start=stream.tell())
                held.enter(triple)
            held.lines.append(f"{triple.subject} {triple.predicate} {triple.object} .\n")
            held.size += len(held.lines[-1])
        yield held.piece(stream.tell())


def _triples(stream: BinaryIO) -> Iterator[ox.Quad | SyntaxError]:
    """Read triples, and errors as they come; the parser goes on behind them."""
    triples = iter(ox.parse(stream, format=ox.RdfFormat.TURTLE))
    while True:
        try:
            yield next(triples)
        except SyntaxError as error:
            yield error
        except StopIteration:
            return


@dataclass(slots=True)
class _Held:
    """The lines of products that are not in a chunk yet."""

    start: int = 0
    lines: list[str] = field(default_factory=list)
    size: int = 0
    owner: str = ""
    errors: list[Refusal] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def broken(self, error: SyntaxError) -> None:
        """Note a syntax error, and that it spoils the product before it."""
        message = str(error.msg).partition(": ")[2] or str(error.msg)
        self.errors.append(Refusal(error.lineno or 0, error.offset or 0, slug_of(self.owner), message))
        self.refusals.append(self.errors[-1])

    def enter(self, triple: ox.Quad) -> bool:
        """Tell whether the triple is the first of another product; the errors before it spoil that, too."""
        owner = product_of(str(triple.subject))
        other = owner != self.owner
        if other:
            self.owner = owner
            self.refusals += [replace(error, product=slug_of(owner)) for error in self.errors]
        self.errors = []
        return other

    def piece(self, end: int) -> Piece:
        """Give the lines as N-Triples."""
        data = "".join(self.lines).encode()
        return _carried("turtle", data, self.start, end, self.refusals)
