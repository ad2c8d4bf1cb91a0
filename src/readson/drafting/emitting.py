"""Write YAML in the style of descriptions: a fact a line, in flow style, in double quotation marks if any."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

Leaf = str | list[str] | dict[str, "str | list[str]"]
"""What stands on one line after its key: a text, a list of texts, or evidence with its value."""
_WIDE = 2**31


class _Dumper(yaml.SafeDumper):
    """Prefer double quotation marks, as the descriptions of the project do."""

    def choose_scalar_style(self) -> str:
        style = str(super().choose_scalar_style())
        return '"' if style == "'" else style


def entry(key: str, value: Leaf) -> str:
    """Write a key and its value as one line of YAML."""
    pair = (_key(key), _node(value))
    return _serialize(yaml.MappingNode("tag:yaml.org,2002:map", [pair], flow_style=False))


def inline(key: str, value: Leaf) -> str:
    """Write a key and its value as they stand inside braces."""
    pair = (_key(key), _node(value))
    return _serialize(yaml.MappingNode("tag:yaml.org,2002:map", [pair], flow_style=True))[1:-1]


def heading(key: str) -> str:
    """Write a key whose value follows on the next lines."""
    return entry(key, "x")[:-2]


def leaf(value: Leaf) -> str:
    """Write a value alone, as it stands in a list."""
    node = yaml.SequenceNode("tag:yaml.org,2002:seq", [_node(value)], flow_style=False)
    return _serialize(node)


def comment(text: str) -> str:
    """Write a comment; what would end its line is left out."""
    return "# " + "".join(char if char.isprintable() else " " for char in text)


def _serialize(node: yaml.Node) -> str:
    text = yaml.serialize(node, Dumper=_Dumper, width=_WIDE, allow_unicode=True)
    return str(text).rstrip("\n")


def _node(value: Leaf) -> yaml.Node:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        pairs = [(_text(key), _node(inner)) for key, inner in value.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=True)
    return yaml.SequenceNode("tag:yaml.org,2002:seq", [_text(text) for text in value], flow_style=True)


def _key(key: str) -> yaml.ScalarNode:
    """Keep `no` and `on` plain, which YAML 1.1 takes for truth values and descriptions for keys."""
    return yaml.ScalarNode("tag:yaml.org,2002:bool", key) if key in ("no", "on") else _text(key)


def _text(text: str) -> yaml.ScalarNode:
    """Keep a text plain where that is read as the same text; numbers are texts to descriptions."""
    plain = re.fullmatch("0|[1-9][0-9]*", text)
    return yaml.ScalarNode("tag:yaml.org,2002:" + ("int" if plain else "str"), text)
