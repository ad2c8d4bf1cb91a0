"""Draft a mapping file: a line for each key of a document, with what it is taken for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from readson.documents.model import Document
from readson.lexicon import Lexicon
from readson.mapping.entries import Node
from readson.mapping.files import VERSION, Mapping
from readson.mapping.keys import split_key
from readson.mapping.reading import key_sense, nodes_of
from readson.mapping.senses import Sense, Senses, role_of
from readson.mapping.trees import label_of, labeled

_HEAD = f"""\
# What the keys of a document mean. Set a line to `status: confirmed` and it counts before all that readson
# would make of the key; `status: skip` silences the key; what is only suggested decides nothing.
version: {VERSION}
keys:
"""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A key of the document: where it stands, and what is made of it."""

    where: str
    sense: Sense


def draft_mapping(document: Document, lexicon: Lexicon, old: str = "", mapping: Mapping | None = None) -> str:
    """Draft the mapping file of a document as text.

    With the text of an `old` file and the `mapping` read from it, that text stays as it is, comments and all,
    and lines are added for the keys that it has no line for.
    """
    senses = Senses(lexicon)
    drafts = dict.fromkeys(
        _drafts(nodes_of(document, senses, mapping), senses, Sense(), mapping or Mapping())
    )
    lines = "".join(_line(draft, senses) for draft in drafts)
    if not old:
        return _HEAD.replace("keys:\n", "keys:\n" if lines else "keys: []\n") + lines
    if lines and re.search(r"^keys:\s*\[\]\s*$", old, re.MULTILINE):
        old = re.sub(r"^keys:\s*\[\]\s*$", "keys:", old, flags=re.MULTILINE)
    return old + ("" if old.endswith("\n") else "\n") + lines if lines else old


def _drafts(nodes: Iterable[Node], senses: Senses, around: Sense, mapping: Mapping) -> Iterator[_Draft]:
    """Walk all keys; what stands around a key says of what it speaks."""
    for given in nodes:
        label = label_of(given, lambda node: key_sense(node, senses))
        node = labeled(given, label) if label else given
        sense = key_sense(node, senses)
        own = sense if sense.kinds else replace(sense, kinds=around.kinds, names=around.names)
        if sense.ignored or node.entry or _is_valued(node):
            if not (mapping.knows(node.path) or _helps(node)):
                yield _Draft(_where(node), own)
        else:
            inner = own if sense.kinds else around
            yield from _drafts(node.children, senses, inner, mapping)


def _is_valued(node: Node) -> bool:
    """Tell whether what stands under a key is its value, with its unit or as the ends of a range."""
    return any(child.entry and role_of(split_key(child.key).words) == "value" for child in node.children)


def _helps(node: Node) -> bool:
    """Tell whether a key is a place in a list, or only names, measures or numbers what stands beside it."""
    words = split_key(node.key).words
    role = role_of(words)
    return node.key.isdigit() or role in ("name", "unit", "place", "level", "value") or not words


def _where(node: Node) -> str:
    """Say which keys a line is for; places in lists, and signs that a glob reads otherwise, are left open."""
    levels = ("*" if key.isdigit() else re.sub(r"[/*?\[\]]", "?", key) for key in node.path)
    return "/".join(levels)


def _line(draft: _Draft, senses: Senses) -> str:
    fields = dict(match=draft.where, **_meaning(draft.sense, senses))
    first, *others = (f"{key}: {_quoted(text)}" for key, text in fields.items() if text)
    return "  - " + "\n    ".join((first, *others)) + "\n"


def _meaning(sense: Sense, senses: Senses) -> dict[str, str]:
    if sense.ignored:
        return {"status": "skip", "why": sense.ignored}
    subject = senses.lexicon.label(sense.kinds[-1].iri) if sense.kinds else ""
    if sense.unread:
        return {"status": "suggested", "why": f"`{' '.join(sense.unread)}` is not understood"}
    return {
        "subject": subject,
        "property": sense.property,
        "unit": sense.unit.name if sense.unit else "",
        "value": _value(sense, senses),
        "status": "suggested",
        "why": _why(sense),
    }


def _value(sense: Sense, senses: Senses) -> str:
    if not sense.property:
        return (
            "boolean" if sense.asks is not None and sense.kinds else "text" if sense.role == "remark" else ""
        )
    if senses.is_size(sense.property):
        return "dims"
    kinds = tuple(kind.iri for kind in sense.kinds[-1:])
    sorts = {term.sort for term in senses.lexicon.properties(sense.property, kinds)}
    if sorts == {"relation"}:
        terms = senses.lexicon.properties(sense.property, kinds)
        material = senses.lexicon.role("material")
        return "material" if all(term.iri == material for term in terms) else "ref"
    return {"quantity": "number", "truth": "boolean"}.get("".join(sorts), "")


def _why(sense: Sense) -> str:
    if sense.role == "kind":
        return "says what kind it is"
    if sense.asks is not None:
        return "says whether it is there" if sense.asks else "says that it is not there"
    return "the words of the key" if sense.kinds or sense.property else "says nothing by itself"


def _quoted(text: str) -> str:
    """Write a text as YAML: plain where that is safe."""
    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9 _./µ°²-]*", text) and text.lower() not in _RESERVED
    return text if plain and not text.endswith(" ") else json.dumps(text, ensure_ascii=False)


_RESERVED = frozenset(("yes", "no", "true", "false", "null", "on", "off", "y", "n"))
