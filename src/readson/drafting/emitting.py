"""Write YAML in the style of descriptions: a fact a line, in flow style, quoted only where it must be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import yaml

from readson.ingest.yaml_nodes import NOTHING

Leaf = str | list[str] | dict[str, "str | list[str]"]
"""What stands on one line after its key: a text, a list of texts, or evidence with its value."""
_WIDE = 2**31
_WORDS = re.compile(r"[A-Za-z](?:[\w .()/°%+-]*[\w.)°%])?")
_NUMBER = re.compile("0|[1-9][0-9]*")
_RESOLVER = yaml.resolver.Resolver()
_TEXT = "tag:yaml.org,2002:str"


def entry(key: str, value: Leaf) -> str:
    """Write a key and its value as one line of YAML."""
    return f"{heading(key)} {inline(value)}"


def keyed(key: str, values: Sequence[Leaf], indent: int) -> list[str]:
    """Write a key with its value on one line, or with several in a list below it."""
    margin = " " * indent
    if len(values) == 1:
        return [margin + entry(key, values[0])]
    return [margin + heading(key), *(f"{margin}  - {inline(value)}" for value in values)]


def heading(key: str) -> str:
    """Write a key whose value follows on the next lines.

    `no` and `on` stay plain, which YAML 1.1 takes for truth values and descriptions for keys.
    """
    return f"{key if key in ('no', 'on') else _scalar(key)}:"


def inline(value: Leaf) -> str:
    """Write a value as it stands after its key, or in a list."""
    if isinstance(value, str):
        return _scalar(value)
    if isinstance(value, dict):
        return "{" + ", ".join(entry(key, inner) for key, inner in value.items()) + "}"
    return "[" + ", ".join(map(_scalar, value)) + "]"


def comment(text: str) -> str:
    """Write a comment; what would end its line is left out."""
    return "# " + "".join(char if char.isprintable() else " " for char in text)


@lru_cache(maxsize=10_000)
def _scalar(text: str) -> str:
    """Keep a text plain where it is read as the same text anywhere; numbers are texts to descriptions."""
    if " ".join(text.split()).lower() in NOTHING:
        return _in_brackets(text, '"')
    read_as = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    if (_WORDS.fullmatch(text) and read_as == _TEXT) or _NUMBER.fullmatch(text):
        return text
    written = _in_brackets(text, None)
    # Descriptions prefer double quotation marks, except around such marks.
    return _in_brackets(text, '"') if written.startswith("'") and '"' not in text else written


def _in_brackets(text: str, style: str | None) -> str:
    """Write a text as it stands in a list: only there is everything quoted that needs it in some place."""
    scalars = [yaml.ScalarNode(_TEXT, text, style=style)]
    node = yaml.SequenceNode("tag:yaml.org,2002:seq", scalars, flow_style=True)
    return str(yaml.serialize(node, Dumper=yaml.SafeDumper, width=_WIDE, allow_unicode=True)).strip()[1:-1]
