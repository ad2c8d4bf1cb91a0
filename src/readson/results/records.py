"""Records: results as JSON, and back again, equal.

Objects are dataclasses, arrays are tuples, keys are field names. A verdict is its slug ("not-met"); what a
statement says carries its kind as "is"; infinite bounds are "INF" and "-INF". A row that repeats one of
another chart is written as its key and that row's key.
"""

from __future__ import annotations

import json
import math
import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from readson.errors import DataError
from readson.results.charts import Chart, Row
from readson.results.evidence import Reason
from readson.results.portfolio import VERSION, Portfolio
from readson.results.products import ProductCharts
from readson.verdicts import Verdict

Json = Any
"""What `json` reads and writes."""
INFINITE = {"INF": math.inf, "-INF": -math.inf}
REPEATED = ("key", "repeats")
"""The fields of a row that are written when it repeats another one."""


def dump(portfolio: Portfolio) -> str:
    """Write a portfolio as JSON, the same bytes every time."""
    return json.dumps(to_record(portfolio), ensure_ascii=False, indent=1) + "\n"


def load(text: str) -> Portfolio:
    """Read a portfolio from JSON. Raise DataError for what is none, or of another version."""
    try:
        record = json.loads(text)
        version = record["version"]
        if version != VERSION:
            raise DataError(f"these results are of version {version}; this readson reads version {VERSION}")
        portfolio: Portfolio = _read(Portfolio, record)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"this is no portfolio of readson (results.schema.json): {error!r}") from error
    return replace(portfolio, products=tuple(map(_filled, portfolio.products)))


def to_record(value: object) -> Json:
    """Turn a value of the model into what JSON can hold."""
    match value:
        case Row(repeats=repeats) if repeats:
            return {name: getattr(value, name) for name in REPEATED}
        case Enum():
            return enum_text(value)
        case tuple():
            return [to_record(item) for item in value]
        case float() if math.isinf(value):
            return "INF" if value > 0 else "-INF"
        case _ if is_dataclass(value):
            tag = {"is": tag_of(type(value))} if type(value) in tagged() else {}
            return tag | {field.name: to_record(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value


def enum_text(value: Enum) -> str:
    """Give what an enumerated value is written as."""
    return value.slug if isinstance(value, Verdict) else str(value.value)


def tag_of(cls: type) -> str:
    """Name the kind of what a statement says: "value", "denial", "bounds", "complete"."""
    return cls.__name__.lower()


@cache
def hints(cls: type) -> dict[str, Any]:
    """Give the types of the fields of a dataclass."""
    return get_type_hints(cls)


def is_union(kind: Any) -> bool:
    """Tell whether a type is one of several."""
    return get_origin(kind) in (Union, types.UnionType)


@cache
def tagged() -> frozenset[type]:
    """List the dataclasses that stand where one of several may, and so carry their kind."""
    return frozenset(
        option
        for cls in _classes(Portfolio, set())
        for kind in hints(cls).values()
        if is_union(kind) and sum(map(is_dataclass, get_args(kind))) > 1
        for option in get_args(kind)
    )


def _classes(kind: Any, seen: set[type]) -> Iterator[type]:
    """List the dataclasses that a type is made of, each once."""
    if is_dataclass(kind) and isinstance(kind, type):
        if kind in seen:
            return
        seen.add(kind)
        yield kind
    inner = hints(kind).values() if is_dataclass(kind) and isinstance(kind, type) else get_args(kind)
    for part in inner:
        yield from _classes(part, seen)


def _read(kind: Any, record: Json) -> Any:
    """Turn what JSON holds into a value of a type."""
    if is_union(kind):
        return _read(_option(kind, record), record)
    if get_origin(kind) is tuple:
        return _read_tuple(get_args(kind), record)
    if is_dataclass(kind) and isinstance(kind, type):
        return (
            _read_row(record) if kind is Row and set(record) == set(REPEATED) else _read_object(kind, record)
        )
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(one for one in kind if enum_text(one) == record)
    if kind is float:
        return INFINITE[record] if isinstance(record, str) else float(record)
    if type(record) is not kind:
        raise TypeError(f"{record!r} is no {getattr(kind, '__name__', kind)}")
    return record


def _option(kind: Any, record: Json) -> Any:
    """Choose the type that a record has among several."""
    options = get_args(kind)
    if record is None and type(None) in options:
        return type(None)
    tagged_ones = [one for one in options if one in tagged()]
    if tagged_ones:
        return next(one for one in tagged_ones if tag_of(one) == record["is"])
    return next(one for one in options if is_dataclass(one) or type(record) is one)


def _read_tuple(kinds: tuple[Any, ...], record: Json) -> tuple[Any, ...]:
    if not isinstance(record, list):
        raise TypeError(f"{record!r} is no array")
    if kinds[-1] is Ellipsis:
        return tuple(_read(kinds[0], item) for item in record)
    return tuple(_read(kind, item) for kind, item in zip(kinds, record, strict=True))


def _read_object(cls: type, record: Json) -> Any:
    known = hints(cls)
    if unknown := set(record) - set(known) - {"is"}:
        raise TypeError(f"{cls.__name__} has no {min(unknown)}")
    return cls(**{name: _read(kind, record[name]) for name, kind in known.items()})


def _read_row(record: Json) -> Row:
    """Read a row that repeats another one; `_filled` puts in what that one says."""
    blank = Reason(Verdict.UNKNOWN, "")
    return Row("", "", 0, "", Verdict.UNKNOWN, True, blank, key=record["key"], repeats=record["repeats"])


def _filled(product: ProductCharts) -> ProductCharts:
    """Give rows that repeat others what those say."""
    rows = {row.key: row for chart in product.charts for row in chart.rows if not row.repeats}
    return replace(product, charts=tuple(_filled_chart(chart, rows) for chart in product.charts))


def _filled_chart(chart: Chart, rows: dict[str, Row]) -> Chart:
    return replace(
        chart,
        rows=tuple(
            replace(rows[r.repeats], key=r.key, repeats=r.repeats, inherited=True) if r.repeats else r
            for r in chart.rows
        ),
    )
