"""Judge one chunk: a pure function from bytes to bytes, for any process on any machine."""

from __future__ import annotations

import gc
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pyarrow as pa

from readson.assess import assess_graph, engine
from readson.bulk.batch import Batch, Refusal
from readson.bulk.inputs import Chunk
from readson.bulk.json_lines import read_json_lines
from readson.bulk.statement_table import read_table
from readson.bulk.telling import with_statements
from readson.bulk.triples import read_triples
from readson.bulk.verdict_table import SCHEMA, verdict_counts, verdict_table
from readson.ontology import Ontology
from readson.verdicts import Verdict

RDF_FORMS = ("n-triples", "n-quads", "turtle")


@dataclass(frozen=True)
class Plan:
    """Say how products are judged."""

    patent: str
    world: str = "documented"
    constructions: tuple[tuple[str, str], ...] = ()
    claims: tuple[int, ...] = ()
    statements: bool = False


@dataclass(frozen=True)
class Part:
    """Hold what came of one chunk: the table of verdicts, what was refused, and counts.

    `lines` is how many lines, or rows, the chunk has; refusals count theirs from its start.
    """

    table: pa.Table
    refusals: tuple[Refusal, ...]
    lines: int
    products: int
    verdicts: Mapping[Verdict, int]


def judge_chunk(chunk: Chunk, plan: Plan) -> bytes:
    """Judge the products of a chunk; `unpack` reads what comes back."""
    ontology, patent = engine(plan.patent)
    data = chunk.read()
    # Nothing here is cyclic, and looking for cycles among millions of strings takes a third of the time.
    gc.disable()
    try:
        batch, lines = read_chunk(chunk, data, ontology)
        if plan.statements and chunk.form in RDF_FORMS:
            batch.products = with_statements(batch.products, batch.rows, ontology)
        table = SCHEMA.empty_table()
        if batch.products:
            graph = batch.graph(ontology)
            assessment = assess_graph(graph, patent, plan.world, dict(plan.constructions), plan.claims)
            table = verdict_table(assessment, plan.statements)
        return _pack(table, (*chunk.refusals, *batch.refusals), lines, len(batch.products))
    finally:
        gc.enable()


def read_chunk(chunk: Chunk, data: bytes, ontology: Ontology) -> tuple[Batch, int]:
    """Read the products of a chunk; give the number of its lines, too."""
    if chunk.form == "table":
        batch = read_table(data, ontology)
        return batch, pa.ipc.open_stream(data).read_all().num_rows
    text = data.decode("utf-8", "surrogateescape")
    lines = data.count(b"\n")
    if chunk.form == "json-lines":
        return read_json_lines(text, Path(chunk.path).parent, ontology), lines
    if chunk.form == "turtle":
        spoiled = {refusal.product for refusal in chunk.refusals}
        batch = read_triples(text, "n-triples", ontology, spoiled)
        batch.refusals = [replace(refusal, line=0, column=0) for refusal in batch.refusals]
        return batch, 0
    return read_triples(text, chunk.form, ontology), lines


def _pack(table: pa.Table, refusals: tuple[Refusal, ...], lines: int, products: int) -> bytes:
    about = {
        "refusals": [asdict(refusal) for refusal in refusals],
        "lines": lines,
        "products": products,
        "verdicts": {verdict.name: count for verdict, count in verdict_counts(table).items()},
    }
    schema = SCHEMA.with_metadata({"readson": json.dumps(about)})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(table.replace_schema_metadata(schema.metadata))
    return bytes(sink.getvalue())


def unpack(data: bytes) -> Part:
    """Read what `judge_chunk` gives."""
    reader = pa.ipc.open_stream(data)
    about = json.loads(reader.schema.metadata[b"readson"])
    return Part(
        table=reader.read_all().replace_schema_metadata(None),
        refusals=tuple(Refusal(**refusal) for refusal in about["refusals"]),
        lines=about["lines"],
        products=about["products"],
        verdicts={Verdict[name]: count for name, count in about["verdicts"].items()},
    )
