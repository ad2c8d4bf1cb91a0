"""Collect all problems of a description, so that one run reports them together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from readson.errors import DescriptionError, Problem
from readson.ingest.yaml_nodes import MOST_PROBLEMS, Mapping, Node, Scalar
from readson.terms import suggest


class Problems:
    """Hold the problems of one file."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[Problem] = []

    def __len__(self) -> int:
        return len(self._found)

    def add(self, node: Node, message: str) -> None:
        """Note what is wrong at a node."""
        self._found.append(Problem(self._file, node.mark.line, node.mark.column, message))

    def unknown(self, node: Node, sort: str, name: str, candidates: Iterable[str]) -> None:
        """Note a name that is not known, with the nearest one that is."""
        # Looking for the nearest name is slow, and later problems are not shown.
        candidates = list(candidates) if len(self._found) < MOST_PROBLEMS else []
        near = suggest(name, candidates)
        hint = f"did you mean `{near}`?" if near else _choice(candidates)
        self.add(node, f"`{name[:80]}` is not a known {sort}" + (f"; {hint}" if hint else ""))

    def entries(self, node: Node, keys: Iterable[str]) -> Iterator[tuple[Scalar, Node]]:
        """Give the entries of a mapping that has only these keys."""
        keys = list(keys)
        if not isinstance(node, Mapping):
            self.add(node, f"expected a mapping with {', '.join(keys)}")
            return
        for key, value in node.entries:
            if key.text in keys:
                yield key, value
            elif isinstance(value, Scalar) and not value.text and not value.quoted:
                self.add(key, f"`{key.text[:80]}` has no value; put a text with a comma in quotation marks")
            else:
                self.unknown(key, "key here", key.text, keys)

    def text(self, node: Node, what: str) -> str:
        """Give the text of a node that must be one, or "" after noting the problem."""
        if isinstance(node, Scalar) and node.text:
            return node.text
        self.add(node, f"expected {what}")
        return ""

    def check(self) -> None:
        """Raise all problems found, if any."""
        if self._found:
            raise DescriptionError(sorted(self._found)[:MOST_PROBLEMS])


def a(label: str) -> str:
    """Put the article before a label."""
    return f"an {label}" if label[:1] in "aeiou" else f"a {label}"


def _choice(candidates: list[str]) -> str:
    return f"known are {', '.join(candidates)}" if 0 < len(candidates) <= 8 else ""
