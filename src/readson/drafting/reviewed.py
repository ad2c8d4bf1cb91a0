"""Read a description as a person left it: where each fact stands in the text, and what it cites."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from readson.ingest.aside import ASIDE, DRAFTED, REJECTED, UNSETTLED
from readson.ingest.entries import ENTRY_KEYS
from readson.ingest.process import PROCESS
from readson.ingest.quotes import PLACES
from readson.statements import PRODUCT

VALUES = ("is", "not", "only", "what")
_OWN = ("product", "sources", "source", "parts", "process", "steps", "name", "order", "evidence")
# The C parser is ten times as fast; the Python one stands in where it is not built.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Node = yaml.Node
Cited = dict[str, "str | list[str]"]


@dataclass(frozen=True, eq=False)
class Fact:
    """One fact with a quote: the entry and the key it stands under, all that it says, and its node."""

    entry: str
    key: str
    cited: Mapping[str, str | list[str]]
    source: str
    node: yaml.MappingNode

    @property
    def quote(self) -> str:
        """Give the words that the fact rests on."""
        return _plain(self.cited.get("quote", ""))

    @property
    def id(self) -> str:
        """Give the id by which the fact is known again: of its key and its words, not of what it says."""
        text = "|".join((self.key, self.source, self.quote))
        return hashlib.sha256(text.encode()).hexdigest()[:8]

    @property
    def value(self) -> str:
        """Give what the fact says, as one text."""
        return "|".join(f"{key} {self.cited[key]}" for key in VALUES if key in self.cited)


@dataclass(frozen=True, eq=False)
class Entry:
    """The product, a part or a step: its name, its keys, and the mapping that holds them."""

    name: str
    node: yaml.MappingNode
    step: bool = False
    keys: Mapping[str, Node] = field(default_factory=dict)


@dataclass(frozen=True)
class Reviewed:
    """A description as text, with its entries by name and its facts in their order.

    `sources` are the files of its sources, `unsettled` the words to decide on, and `rejected` the facts that
    a person took out.
    """

    text: str
    root: yaml.MappingNode
    entries: Mapping[str, Entry]
    facts: tuple[Fact, ...]
    sources: Mapping[str, str]
    default: str
    unsettled: tuple[Fact, ...]
    rejected: tuple[Fact, ...]

    @property
    def drafted(self) -> dict[str, list[str]]:
        """Give the ids of what was read last of each source."""
        node = keys_of(self.root).get(DRAFTED)
        found = keys_of(node) if isinstance(node, yaml.MappingNode) else {}
        return {source: _plain(_leaf(ids)).split() for source, ids in found.items()}


def review(text: str) -> Reviewed:
    """Read a description that is well-formed YAML with a mapping at the top."""
    root = yaml.compose(text, Loader=_LOADER)
    assert isinstance(root, yaml.MappingNode)
    top = keys_of(root)
    sources = top.get("sources")
    named = keys_of(sources) if isinstance(sources, yaml.MappingNode) else {}
    files = {
        id: _plain(_cited(node).get("file", "")) if isinstance(node, yaml.MappingNode) else ""
        for id, node in named.items()
    }
    default = _plain(_leaf(top["source"])) if "source" in top else ""
    entries = {entry.name: entry for entry in _entries(root, top)}
    facts = tuple(fact for entry in entries.values() for fact in _facts(entry, default))
    asides = (tuple(_aside(top.get(key), key, default)) for key in (UNSETTLED, REJECTED))
    return Reviewed(text, root, entries, facts, files, default, *asides)


def _aside(node: Node | None, key: str, default: str) -> Iterator[Fact]:
    for item in _items(node):
        if isinstance(item, yaml.MappingNode):
            cited = _cited(item)
            source = _plain(cited.get("source", default))
            yield Fact(_plain(cited.get("of", "")), _plain(cited.get("key", key)), cited, source, item)


def keys_of(node: Node | None) -> dict[str, Node]:
    """Give the values of a mapping by their keys."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return {_plain(_leaf(key)): value for key, value in pairs}


def _entries(root: yaml.MappingNode, top: Mapping[str, Node]) -> Iterator[Entry]:
    yield Entry(PRODUCT, root, keys=top)
    for name, node in keys_of(top.get("parts")).items():
        if isinstance(node, yaml.MappingNode):
            yield Entry(name, node, keys=keys_of(node))
    for node in _items(keys_of(top.get(PROCESS)).get("steps")):
        if isinstance(node, yaml.MappingNode):
            keys = keys_of(node)
            yield Entry(_plain(_leaf(keys.get("name", keys.get("kind")))), node, True, keys)


def _facts(entry: Entry, default: str) -> Iterator[Fact]:
    others = {*_OWN, *ASIDE} if entry.name == PRODUCT else {*_OWN, *ENTRY_KEYS} - {"kind"}
    for key, value in entry.keys.items():
        for node in _items(value) if key not in others else ():
            if isinstance(node, yaml.MappingNode):
                cited = _cited(node)
                source = _plain(cited.get("source", default))
                if "quote" in cited:
                    yield Fact(entry.name, key, cited, source, node)


def _items(node: Node | None) -> list[Node]:
    if node is None:
        return []
    return node.value if isinstance(node, yaml.SequenceNode) else [node]


def _cited(node: yaml.MappingNode) -> Cited:
    return {key: _leaf(value) for key, value in keys_of(node).items()}


def _leaf(node: Node | None) -> str | list[str]:
    if isinstance(node, yaml.SequenceNode):
        return [_plain(_leaf(item)) for item in node.value]
    return " ".join(node.value.split()) if isinstance(node, yaml.ScalarNode) else ""


def _plain(leaf: str | list[str]) -> str:
    return leaf if isinstance(leaf, str) else ", ".join(leaf)


def place_of(fact: Fact) -> dict[str, str]:
    """Give the place that a fact names."""
    return {key: _plain(fact.cited[key]) for key in PLACES if key in fact.cited}
