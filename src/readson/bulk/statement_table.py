"""Tables of statements, in Parquet or Arrow: a row a statement, the rows of one product together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from readson.bulk.batch import Batch, Refusal
from readson.errors import Problem, UsageError
from readson.graph import Rows, enter
from readson.ontology import Ontology
from readson.statements import (
    PRODUCT,
    TYPE,
    Bounds,
    Complete,
    Content,
    Denial,
    Evidence,
    Grade,
    Product,
    Statement,
    Value,
)

_TEXT, _NUMBER, _FLAG = pa.string(), pa.float64(), pa.bool_()
SCHEMA = pa.schema(
    [
        pa.field("product", _TEXT, nullable=False),
        pa.field("subject", _TEXT, nullable=False),
        pa.field("property", _TEXT, nullable=False),
        pa.field("kind", _TEXT, nullable=False),
        *(pa.field(name, _TEXT) for name in ("object",)),
        *(pa.field(name, _NUMBER) for name in ("low", "high")),
        *(pa.field(name, _FLAG) for name in ("low_open", "high_open")),
        *(pa.field(name, _TEXT) for name in ("of_class", "source", "locator", "quote", "grade", "id")),
    ]
)
"""docs/bulk.md says what the columns hold. Columns that may be null may also be missing."""
KINDS = ("value", "denial", "bounds", "complete")
Row = dict[str, object]


# ---- Out ------------------------------------------------------------------------------------------------


def statement_table(products: Iterable[Product]) -> pa.Table:
    """Put the statements of products into a table."""
    return pa.Table.from_pylist([row for product in products for row in _rows(product)], SCHEMA)


def _rows(product: Product) -> Iterator[Row]:
    for statement in product.statements:
        evidence = statement.evidence
        row: Row = {
            "product": product.slug,
            "subject": statement.subject,
            "property": statement.property,
            "source": evidence.source or None,
            "locator": evidence.locator or None,
            "quote": evidence.quote or None,
            "grade": evidence.grade.value,
            "id": statement.id,
        }
        yield from (row | said for said in _said(statement.content))


def _said(content: Content) -> Iterator[Row]:
    match content:
        case Value(object=target):
            yield {"kind": "value", "object": _written(target)}
        case Denial(object=target):
            yield {"kind": "denial", "object": _written(target)}
        case Complete(of_class=cls, values=values):
            for value in values or (None,):
                yield {"kind": "complete", "of_class": cls or None, "object": value and _written(value)}
        case Bounds(low=low, high=high, low_open=low_open, high_open=high_open):
            ends = {"low": low if math.isfinite(low) else None, "high": high if math.isfinite(high) else None}
            yield {"kind": "bounds", **ends, "low_open": low_open, "high_open": high_open}


def _written(target: str | bool) -> str:
    return str(target).lower() if isinstance(target, bool) else target


# ---- In -------------------------------------------------------------------------------------------------


def row_count(path: Path) -> int:
    """Count the rows of a file. Raise UsageError for what is no table of statements."""
    with _opened(path) as file:
        parquet = isinstance(file, pq.ParquetFile)
        held = set(file.schema_arrow.names if parquet else _arrow(file).schema.names)
        lacking = [f.name for f in SCHEMA if not f.nullable and f.name not in held]
        if lacking:
            message = f"a table of statements needs the columns {', '.join(lacking)} (docs/bulk.md)"
            raise UsageError([Problem(str(path), 0, 0, message)])
        return int(file.metadata.num_rows if parquet else sum(map(len, _arrow(file))))


def table_chunks(path: Path, size: int) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Cut a file at the borders of products, after about `size` rows; give its rows and an Arrow stream."""
    first, held = 0, SCHEMA.empty_table()
    for batch in _batches(path):
        held = pa.concat_tables([held, batch])
        while end := _border(held, size):
            yield (first, first + end), _stream(held.slice(0, end))
            first, held = first + end, held.slice(end)
    if held.num_rows:
        yield (first, first + held.num_rows), _stream(held)


def _batches(path: Path) -> Iterator[pa.Table]:
    """Stream a file, its columns as in the schema."""
    with _opened(path) as file:
        batches = file.iter_batches(50_000) if isinstance(file, pq.ParquetFile) else _arrow(file)
        yield from (_fitted(pa.Table.from_batches([batch])) for batch in batches)


@contextmanager
def _opened(path: Path) -> Iterator[pq.ParquetFile | pa.NativeFile]:
    """Open a file. Raise UsageError for what is no table of statements."""
    try:
        with pq.ParquetFile(path) if path.suffix.lower() == ".parquet" else pa.memory_map(str(path)) as file:
            yield file
    except pa.ArrowInvalid as error:
        reason = str(error).splitlines()[0]
        raise UsageError([Problem(str(path), 0, 0, f"not a table of statements: {reason}")]) from error


def _arrow(source: pa.NativeFile) -> pa.RecordBatchReader:
    """Read an Arrow file or an Arrow stream."""
    source.seek(0)
    try:
        file = pa.ipc.open_file(source)
    except pa.ArrowInvalid:
        source.seek(0)
        return pa.ipc.open_stream(source)
    batches = (file.get_batch(number) for number in range(file.num_record_batches))
    return pa.RecordBatchReader.from_batches(file.schema, batches)


def _fitted(table: pa.Table) -> pa.Table:
    """Put columns into the order of the schema; those that may be null may be missing."""
    columns = [
        table[f.name].cast(f.type) if f.name in table.column_names else pa.nulls(table.num_rows, f.type)
        for f in SCHEMA
    ]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def _border(table: pa.Table, size: int) -> int:
    """Give the first row from `size` on at which a product begins, or 0."""
    if table.num_rows <= size:
        return 0
    products = table["product"].slice(size - 1).combine_chunks().dictionary_encode().indices
    codes = products.to_numpy(zero_copy_only=False)
    borders = (codes[1:] != codes[:-1]).nonzero()[0]
    return size + int(borders[0]) if len(borders) else 0


def _stream(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, SCHEMA) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def read_table(data: bytes, ontology: Ontology) -> Batch:
    """Read the products of a chunk; a row of it is a line of its refusals."""
    batch = Batch()
    table = pa.ipc.open_stream(data).read_all()
    columns = [table[name].to_pylist() for name in SCHEMA.names]
    rows: list[tuple[int, Row]] = []
    for number, cells in enumerate(zip(*columns, strict=True), 1):
        row = dict(zip(SCHEMA.names, cells, strict=True))
        if rows and row["product"] != rows[-1][1]["product"]:
            _take(batch, rows, ontology)
            rows = []
        rows.append((number, row))
    if rows:
        _take(batch, rows, ontology)
    return batch


def _take(batch: Batch, rows: Sequence[tuple[int, Row]], ontology: Ontology) -> None:
    slug = str(rows[0][1]["product"] or "")
    statements: dict[object, Statement] = {}
    refusals: list[Refusal] = []
    for number, row in rows:
        try:
            if not slug:
                raise ValueError("the product has no name")
            statement = _statement(row, number, ontology)
            key = _list_key(row) or number
            statements[key] = _joined(statements.get(key), statement)
        except ValueError as error:
            refusals.append(Refusal(number, 0, slug, str(error)))
    product = Product(slug, slug, _items(statements.values()), tuple(statements.values()))
    entered = Rows()
    if not refusals:
        enter(entered, product, batch.number, batch.first, ontology)
    batch.take(product, entered, refusals)


def _list_key(row: Row) -> tuple[object, ...]:
    """Tell the rows of one list of all values from others; rows of no list have no key."""
    return (
        tuple(row[n] for n in ("subject", "property", "of_class", "id")) if row["kind"] == "complete" else ()
    )


def _joined(before: Statement | None, statement: Statement) -> Statement:
    """Add what a further row of a list of all values lists."""
    if before and isinstance(before.content, Complete) and isinstance(statement.content, Complete):
        values = (*before.content.values, *statement.content.values)
        return replace(before, content=Complete(before.content.of_class, values))
    return statement


def _items(statements: Iterable[Statement]) -> tuple[str, ...]:
    names = {PRODUCT: None}
    for statement in statements:
        names[statement.subject] = None
        content = statement.content
        targets = content.values if isinstance(content, Complete) else (getattr(content, "object", True),)
        if statement.property != TYPE:
            names |= dict.fromkeys(t for t in targets if isinstance(t, str))
    return tuple(names)


def _statement(row: Row, number: int, onto: Ontology) -> Statement:
    """Read a row. Raises ValueError for what is wrong with it."""
    prop, kind, grade = str(row["property"]), row["kind"], row["grade"] or Grade.STATED.value
    if prop != TYPE and prop not in onto.relations | onto.truths | onto.quantities:
        raise ValueError(f"<{prop}> is not a property of the ontology")
    if kind not in KINDS:
        raise ValueError(f"`{kind}` is not a kind of statement; there are {', '.join(KINDS)}")
    if not row["subject"]:
        raise ValueError("a statement needs a subject")
    source, locator, quote = (str(row[name] or "") for name in ("source", "locator", "quote"))
    return Statement(
        str(row["id"] or number),
        str(row["subject"]),
        prop,
        _bounds(row) if prop in onto.quantities else _content(row, prop, onto),
        Evidence(source, locator, quote, Grade(grade)),
    )


def _content(row: Row, prop: str, onto: Ontology) -> Content:
    cls, written = str(row["of_class"] or ""), str(row["object"] or "")
    if row["kind"] == "bounds" or (row["kind"] == "complete" and prop == TYPE):
        raise ValueError(f"<{prop}> does not take {row['kind']}")
    if cls and cls not in onto.class_index:
        raise ValueError(f"<{cls}> is not a class of the ontology")
    if row["kind"] == "complete" and not written:
        return Complete(cls)
    target = _target(written, prop, onto)
    if row["kind"] == "complete":
        return Complete(cls, (target,))  # type: ignore[arg-type]
    return Denial(target) if row["kind"] == "denial" else Value(target)


def _target(written: str, prop: str, onto: Ontology) -> str | bool:
    if prop in onto.truths:
        if written not in ("true", "false"):
            raise ValueError(f"expected `true` or `false` as object, not `{written}`")
        return written == "true"
    if prop == TYPE and written not in onto.class_index:
        raise ValueError(f"<{written}> is not a class of the ontology")
    if not written:
        raise ValueError("a statement needs an object")
    return written


def _bounds(row: Row) -> Bounds:
    if row["kind"] != "bounds":
        raise ValueError("a quantity takes bounds: `low` and `high`, in SI units")
    low = -math.inf if row["low"] is None else float(str(row["low"]))
    high = math.inf if row["high"] is None else float(str(row["high"]))
    if math.isnan(low) or math.isnan(high) or high < max(low, 0):
        raise ValueError(f"no size lies between {low} and {high}")
    return Bounds(low, high, bool(row["low_open"]), bool(row["high_open"]))
