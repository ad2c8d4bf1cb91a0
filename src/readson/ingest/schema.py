"""Build the JSON Schema of descriptions from the lexicon, for editors and for validation elsewhere.

The schema lists the spellings of the ontology; the reader also takes other cases, hyphens and blanks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from readson.ingest.aside import MEANINGS, REJECTED_KEYS, UNSETTLED_KEYS
from readson.ingest.description import PRODUCT_KEYS
from readson.ingest.quotes import PLACES
from readson.ingest.sources import EVIDENCE_KEYS
from readson.ingest.values import STALE
from readson.lexicon import Lexicon, Term

ID = "https://w3id.org/readson/description.schema.json"
Schema = dict[str, object]
_TEXT: Schema = {"type": "string", "minLength": 1}
_PLACE: Schema = {"type": ["string", "integer"]}
_STALE: Schema = {"enum": [True, "yes"]}
_UNKNOWN: Schema = {"enum": [None, "unknown", "TBD"]}


def schema_text(lexicon: Lexicon) -> str:
    """Write the schema as it is published in `data/description.schema.json`."""
    return json.dumps(description_schema(lexicon), ensure_ascii=False, indent=1) + "\n"


def description_schema(lexicon: Lexicon) -> Schema:
    """Build the schema of a description, JSON Schema draft 2020-12."""
    parts, step = lexicon.role("parts"), lexicon.role_range("step")
    product = _entry(lexicon, parts, "product_kind")
    product |= {key: {"$ref": f"#/$defs/{key}"} for key in PRODUCT_KEYS}
    phrases = "|".join(_phrase(reference.pattern) for reference in lexicon.references)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "Description of a product for readson",
        **_object(product, required=["product"]),
        "$defs": {
            **_fixed(lexicon, parts),
            "parts": {
                "type": "object",
                "patternProperties": {f"^(?:{phrases})$": {"$ref": "#/$defs/feature"}},
                "additionalProperties": {"$ref": "#/$defs/part"},
            },
            "part": {"$ref": "#/$defs/feature", "required": ["kind"]},
            "feature": _object(_entry(lexicon, "", "kind")),
            "process": _object(
                {**_entry(lexicon, lexicon.role_range("process"), "process_kind"), "steps": _steps()}
            ),
            "step": _object(
                {"name": _TEXT, "order": _UNKNOWN, **_entry(lexicon, step, "step_kind")}, required=["kind"]
            ),
            "kind": _labels(lexicon, ""),
            "product_kind": _labels(lexicon, parts),
            "process_kind": _labels(lexicon, lexicon.role_range("process")),
            "step_kind": _labels(lexicon, step),
            **_terms(lexicon),
        },
    }


def _fixed(lexicon: Lexicon, parts: str) -> Schema:
    """Give the parts of the schema that depend on no property."""
    source = _object({"title": _TEXT, "date": {"type": ["string", "integer"]}, "file": _TEXT}, ["title"])
    what: Schema = {"anyOf": [{"$ref": "#/$defs/part_label"}, {"enum": ["everything"]}]}
    named: Schema = {"anyOf": [what, _object({"what": what, **_evidence(), STALE: _STALE}, ["what"])]}
    return {
        "product": {**_TEXT, "description": "The name of the product."},
        "sources": {"type": "object", "additionalProperties": source, "description": "The documents cited."},
        "source": {**_TEXT, "description": "The source of facts that give only a quote."},
        "no": {**_or_list(named), "description": "Kinds of parts that the product does not have."},
        "complete": {**_or_list(named), "description": "Kinds of which every part is named here."},
        "unsettled": {
            "type": "array",
            "items": _object(_unsettled(), ["quote", "reason"]),
            "description": "Words that may mean several things; no fact is made of them.",
        },
        "rejected": {
            "type": "array",
            "items": _object({**dict.fromkeys(REJECTED_KEYS, _TEXT), **_rejected()}, ["key", "quote"]),
            "description": "Facts that were read and taken out by a person; they do not come back.",
        },
        "drafted": {
            "type": "object",
            "additionalProperties": _TEXT,
            "description": "What was read last of each source, so that what is deleted here stays deleted.",
        },
        "evidence": _object(_evidence()),
        "part_label": {"enum": list(lexicon.kind_labels(parts))},
        "text": {"anyOf": [_TEXT, _UNKNOWN]},
        "quantity": {"anyOf": [_TEXT, {"type": "number"}, _UNKNOWN]},
        "truth": {"anyOf": [_TEXT, {"type": "boolean"}, _UNKNOWN]},
        **{f"{sort}_fact": _fact({"$ref": f"#/$defs/{sort}"}) for sort in ("text", "quantity", "truth")},
    }


def _entry(lexicon: Lexicon, root: str, kind: str) -> Schema:
    """Give the keys of an entry whose kind is below `root`."""
    keys: Schema = {
        "kind": _fact({"$ref": f"#/$defs/{kind}"}),
        "evidence": {"$ref": "#/$defs/evidence", "description": "Evidence for facts that give none."},
    }
    terms = lexicon.terms_for(root)
    for term in terms:
        fact = {"$ref": f"#/$defs/{_name(term)}"}
        keys |= {label: keys.get(label, fact) for label in lexicon.labels(term.iri)}
    if any(term.dimension for term in terms):
        keys |= {key: {"$ref": "#/$defs/size"} for key in lexicon.dimension_keys()}
    return keys


def _terms(lexicon: Lexicon) -> Schema:
    """Give a definition for each property, with its meaning for the editor to show."""
    sorts = {"relation": "text", "truth": "truth", "quantity": "quantity"}
    size = {"$ref": "#/$defs/text_fact", "description": "Length x width, or length x width x thickness."}
    facts: Schema = {
        _name(term): {
            "$ref": f"#/$defs/{sorts[term.sort]}_fact",
            "description": lexicon.definition(term.iri) or lexicon.label(term.iri),
        }
        for term in lexicon.terms_for("")
    }
    return {"size": size, **facts}


def _name(term: Term) -> str:
    return ".".join(re.split(r"[#/]", term.iri)[-2:])


def _labels(lexicon: Lexicon, root: str) -> Schema:
    return {"enum": [*lexicon.kind_labels(root), None, "unknown"]}


def _fact(value: Schema) -> Schema:
    """Give the schema of a fact: a value, a value with evidence, or a list of these."""
    modes = {mode: _or_list(value) for mode in ("is", "not", "only")}
    one = [{"required": [mode]} for mode in modes]
    return _or_list({"anyOf": [value, {**_object({**modes, **_evidence(), STALE: _STALE}), "oneOf": one}]})


def _evidence() -> Schema:
    return {key: _PLACE if key in PLACES else _TEXT for key in EVIDENCE_KEYS}


def _rejected() -> Schema:
    values = {mode: _or_list(_TEXT) for mode in ("is", "not", "what")}
    return {**values, **dict.fromkeys(PLACES, _PLACE)}


def _unsettled() -> Schema:
    return {key: _or_list(_TEXT) if key == MEANINGS else _PLACE for key in UNSETTLED_KEYS}


def _steps() -> Schema:
    return {"type": "array", "items": {"$ref": "#/$defs/step"}, "description": "In the order they are done."}


def _or_list(value: Schema) -> Schema:
    return {"anyOf": [value, {"type": "array", "items": value}]}


def _object(properties: Schema, required: Iterable[str] = ()) -> Schema:
    names = list(required)
    needs: Schema = {"required": names} if names else {}
    return {"type": "object", "properties": properties, **needs, "additionalProperties": False}


def _phrase(pattern: str) -> str:
    return "(?:the )?" + ".+".join(re.escape(piece).replace("\\ ", " ") for piece in pattern.split("{}"))
