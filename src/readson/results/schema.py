"""The JSON Schema of results, from the dataclasses and their docstrings."""

from __future__ import annotations

import inspect
import json
from dataclasses import is_dataclass
from enum import Enum
from typing import Any, get_args, get_origin

from readson.results.charts import Row
from readson.results.portfolio import VERSION, Portfolio
from readson.results.records import INFINITE, REPEATED, enum_text, hints, is_union, tag_of, tagged

ID = "https://w3id.org/readson/results.schema.json"
Schema = dict[str, Any]
_PLAIN: dict[Any, str] = {str: "string", int: "integer", bool: "boolean", type(None): "null"}


def schema_text() -> str:
    """Write the schema as it is published in `data/results.schema.json`."""
    return json.dumps(results_schema(), ensure_ascii=False, indent=1) + "\n"


def results_schema() -> Schema:
    """Build the schema of a portfolio, JSON Schema draft 2020-12."""
    definitions: dict[str, Schema] = {}
    root = _schema(Portfolio, definitions)
    definitions["Portfolio"]["properties"]["version"] = {"const": VERSION}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "Results of readson",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _schema(kind: Any, definitions: dict[str, Schema]) -> Schema:
    """Give the schema of a type; those of dataclasses go into the definitions."""
    if is_union(kind):
        return {"anyOf": [_schema(option, definitions) for option in get_args(kind)]}
    if get_origin(kind) is tuple:
        return _array(get_args(kind), definitions)
    if isinstance(kind, type) and is_dataclass(kind):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}
            definitions[kind.__name__] |= _object(kind, definitions)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [enum_text(one) for one in kind]}
    if kind is float:
        return {"anyOf": [{"type": "number"}, {"enum": list(INFINITE)}]}
    return {"type": _PLAIN[kind]}


def _array(kinds: tuple[Any, ...], definitions: dict[str, Schema]) -> Schema:
    if kinds[-1] is Ellipsis:
        return {"type": "array", "items": _schema(kinds[0], definitions)}
    return {"type": "array", "prefixItems": [_schema(k, definitions) for k in kinds], "items": False}


def _object(cls: type, definitions: dict[str, Schema]) -> Schema:
    tag: Schema = {"is": {"const": tag_of(cls)}} if cls in tagged() else {}
    properties = tag | {name: _schema(kind, definitions) for name, kind in hints(cls).items()}
    whole: Schema = {"type": "object", **_closed(properties)}
    said = {"description": " ".join((inspect.getdoc(cls) or "").split())}
    if cls is not Row:
        return said | whole
    repeated = {name: properties[name] for name in REPEATED}
    return said | {"anyOf": [whole, {"type": "object", **_closed(repeated)}]}


def _closed(properties: Schema) -> Schema:
    return {"properties": properties, "required": list(properties), "additionalProperties": False}
