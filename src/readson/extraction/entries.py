"""Entries: the files of `data/language/` as YAML nodes that know their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from readson.errors import OntologyError, Problem

FILES = ("words", "cues", "frames", "implied", "gloss")
# The C parser is ten times as fast; the Python one stands in where it is not built. All scalars are texts:
# "no" and "on" are words here.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Node = yaml.Node


def read_entries(folder: Path) -> dict[str, Node]:
    """Read the files of a language by their names; raise OntologyError with every one that is no YAML."""
    found: dict[str, Node] = {}
    problems = []
    for name in FILES:
        try:
            node = yaml.compose((folder / f"{name}.yaml").read_text("utf-8"), Loader=_LOADER)
        except (OSError, UnicodeDecodeError) as error:
            problems.append(Problem(file_of(name), 0, 0, f"cannot be read: {error}"))
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 0
            problems.append(Problem(file_of(name), line, 1, f"not YAML: {error.problem}"))
        else:
            if node is None:
                problems.append(Problem(file_of(name), 1, 1, "the file is empty"))
            else:
                found[name] = node
    if problems:
        raise OntologyError(problems)
    return found


def file_of(name: str) -> str:
    """Name a file as messages do."""
    return f"language/{name}.yaml"


def plain(node: Node) -> Any:
    """Give what a node holds: a text, a list or a mapping.

    >>> plain(yaml.compose("{no: [on, off]}", Loader=yaml.BaseLoader))
    {'no': ['on', 'off']}
    """
    if isinstance(node, yaml.MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(value) for value in node.value]
    return node.value


def pairs(node: Node | None) -> Iterator[tuple[Node, Node]]:
    """Give the keys and values of a mapping; nothing of any other node."""
    yield from node.value if isinstance(node, yaml.MappingNode) else ()


def members(node: Node | None) -> Iterator[Node]:
    """Give the nodes of a list, or a text as the only one; nothing of a mapping."""
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    elif isinstance(node, yaml.ScalarNode):
        yield node


def fields(node: Node) -> Mapping[str, Node]:
    """Give the values of a mapping by their keys."""
    return {key.value: value for key, value in pairs(node) if isinstance(key.value, str)}


def at(node: Node, *path: str) -> Node:
    """Give the node under some keys."""
    for key in path:
        node = fields(node)[key]
    return node
