"""Check a portfolio: cut its files, have the chunks judged, and merge what comes back into one table.

The table and the list of problems appear at the end, whole; a run that was ended goes on where it stood.
"""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from readson import __version__
from readson.assess import check_claims, check_constructions, engine
from readson.bulk.batch import TWICE, Refusal
from readson.bulk.chunks import Part, Plan, unpack
from readson.bulk.inputs import Chunk, check_inputs, cut
from readson.bulk.parts import Parts, open_parts
from readson.bulk.pools import Pool, in_order
from readson.bulk.seen import Seen
from readson.bulk.verdict_table import SCHEMA, verdict_counts
from readson.errors import DescriptionError, Problem
from readson.verdicts import Verdict

FIELDS = ("file", "line", "column", "product", "message")
MOST_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class Skipped:
    """Name a product that was skipped, and say why."""

    product: str
    problem: Problem

    def __str__(self) -> str:
        problem = self.problem
        return str(replace(problem, message=f"product `{self.product}` is skipped: {problem.message}"))


@dataclass(frozen=True, slots=True)
class Listener:
    """Hear of progress (how much of the input is done), of products that are skipped, and of the rest."""

    advance: Callable[[int], object] = lambda _: None
    skip: Callable[[Skipped], object] = lambda _: None
    tell: Callable[[str], object] = lambda _: None


@dataclass(slots=True)
class Summary:
    """Count what came of a portfolio: products judged and skipped, and the verdicts of claims."""

    table: Path
    products: int = 0
    skipped: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)


def problems_path(output: Path) -> Path:
    """Name the list of problems, which stands beside the table."""
    return output.with_name(f"{output.stem}.problems.csv")


def check_portfolio(
    paths: Sequence[Path],
    output: Path,
    plan: Plan,
    pool: Callable[[Plan], AbstractContextManager[Pool]],
    listener: Listener,
) -> Summary:
    """Judge all products in the files, and write the table of verdicts and the list of problems.

    Raises UsageError for what cannot be begun, and DescriptionError when no product can be read.
    """
    check_inputs(paths)
    _, patent = engine(plan.patent)
    check_constructions(patent, dict(plan.constructions))
    check_claims(patent, plan.claims)
    plan = replace(plan, patent=patent.slug)
    with pool(plan) as (submit, ahead):
        parts = open_parts(output, paths, plan, listener.tell)
        problems = problems_path(output)
        results = in_order(parts.resuming(submit), cut(paths), ahead)
        table, rest = parts.folder / output.name, parts.folder / problems.name
        with _writer(table, plan) as write, _lister(rest) as note:
            merge = _Merge(parts, write, note, listener, Summary(output))
            for chunk, data in results:
                merge.take(chunk, data)
    summary = merge.summary
    if not summary.products:
        parts.remove()
        raise DescriptionError(merge.first or [Problem(str(paths[0]), 0, 0, "there is no product in it")])
    os.replace(table, output)
    problems.unlink(missing_ok=True)
    if summary.skipped:
        os.replace(rest, problems)
    parts.remove()
    return summary


@contextmanager
def _writer(path: Path, plan: Plan) -> Iterator[Callable[[pa.Table], None]]:
    """Write tables into one file, each as a row group."""
    about = {
        "version": __version__,
        "patent": plan.patent,
        "world": plan.world,
        "constructions": dict(plan.constructions),
    }
    schema = SCHEMA.with_metadata({"readson": json.dumps(about, sort_keys=True)})
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        yield lambda table: writer.write_table(table, row_group_size=max(table.num_rows, 1))


@contextmanager
def _lister(path: Path) -> Iterator[Callable[[Skipped], None]]:
    """Write problems into a CSV file."""
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(FIELDS)
        yield lambda skipped: rows.writerow(_cells(skipped))


def _cells(skipped: Skipped) -> tuple[str | int, ...]:
    problem = skipped.problem
    return problem.file, problem.line or "", problem.column or "", skipped.product, problem.message


@dataclass(slots=True)
class _Merge:
    """Take in the parts in order: each product once, its problems with their places in the file."""

    parts: Parts
    write: Callable[[pa.Table], None]
    note: Callable[[Skipped], None]
    listener: Listener
    summary: Summary
    seen: Seen = field(default_factory=Seen)
    lines: Counter[str] = field(default_factory=Counter)
    first: list[Problem] = field(default_factory=list)

    def take(self, chunk: Chunk, data: bytes) -> None:
        """Keep what came of a chunk, and add it to the table."""
        self.parts.keep(chunk, data)
        part = self._once(unpack(data))
        if part.products:
            self.write(part.table)
        self._note(chunk.file, part.refusals)
        self.lines[chunk.file] += part.lines
        self.summary.products += part.products
        self.summary.verdicts.update(part.verdicts)
        self.listener.advance(chunk.end - chunk.start)

    def _once(self, part: Part) -> Part:
        """Leave out products that stood in an earlier chunk."""
        doubles = self.seen.add(_products(part.table)) if part.products else []
        if not doubles:
            return part
        double = pc.is_in(part.table["product"].cast(pa.string()), pa.array(doubles))
        table = part.table.filter(pc.invert(double))
        refusals = (*part.refusals, *(Refusal(0, 0, name, TWICE) for name in doubles))
        return Part(table, refusals, part.lines, part.products - len(doubles), verdict_counts(table))

    def _note(self, file: str, refusals: Sequence[Refusal]) -> None:
        before = self.lines[file]
        for r in refusals:
            problem = Problem(file, r.line and r.line + before, r.column, r.message)
            self.note(Skipped(r.product, problem))
            self.listener.skip(Skipped(r.product, problem))
            self.first = [*self.first, problem][:MOST_PROBLEMS]
        self.summary.skipped += len({refusal.product for refusal in refusals})


def _products(table: pa.Table) -> list[str]:
    """List the products of a table that one chunk gave, each once."""
    names: list[str] = table["product"].unify_dictionaries().chunk(0).dictionary.to_pylist()
    return names
