"""Checks of the files of `data/language/`: every entry is one that the reader understands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from readson.errors import Problem
from readson.extraction.entries import Node, at, fields, file_of, members, pairs
from readson.extraction.schema import ENTRIES, LABELS, ROLES, SECTIONS, Form
from readson.lexicon import Lexicon, suggest

_KIND = re.compile(r"<(.+)>")
Found = Iterator[tuple[Node, str]]


def find_problems(files: Mapping[str, Node], lexicon: Lexicon) -> Iterator[Problem]:
    """Find everything in the files of a language that is not understood.

    Files whose sections have the wrong shape are not looked into any further.
    """
    shapes = [_problem(name, *found) for name, node in files.items() for found in _shapes(name, node)]
    yield from shapes
    if shapes:
        return
    known = _Known(
        lexicon,
        manners=frozenset(fields(at(files["frames"], "manners"))),
        prepositions=frozenset(line.value[0].value for line in members(at(files["words"], "prepositions"))),
        stand_ins=frozenset(fields(at(files["implied"], "stand_ins"))),
    )
    for (name, *path), form in ENTRIES.items():
        for entry in _entries(at(files[name], *path)):
            yield from (_problem(name, *found) for found in known.entry(entry, form))
    for name, found in (
        ("frames", known.frames(files["frames"])),
        ("implied", known.implied(files["implied"])),
    ):
        yield from (_problem(name, *one) for one in found)


def _problem(name: str, node: Node, message: str) -> Problem:
    return Problem(file_of(name), node.start_mark.line + 1, node.start_mark.column + 1, message)


def _entries(node: Node) -> Iterator[Node]:
    """Give the entries of a list, or those of a mapping by name."""
    yield from members(node) if isinstance(node, yaml.SequenceNode) else (value for _, value in pairs(node))


# Shapes.


def _shapes(name: str, node: Node) -> Found:
    """Check that a file has its sections, each once, and each in its shape."""
    wanted = SECTIONS[name]
    if "" in wanted:
        yield from _shaped(node, wanted[""])
        return
    if not isinstance(node, yaml.MappingNode):
        yield node, "expected sections, each `name: ...`"
        return
    yield from _repeated(node)
    found = fields(node)
    yield from ((node, f"the section `{section}` is missing") for section in wanted if section not in found)
    for key, value in pairs(node):
        if key.value in wanted:
            yield from _shaped(value, wanted[key.value])
        else:
            yield key, f"nothing reads the section `{key.value}`{_nearest(key.value, wanted)}"


def _shaped(node: Node, shape: str) -> Found:
    match shape:
        case "words":
            yield from _words(node)
        case "lines":
            yield from _each(node, yaml.SequenceNode, "a list of lists of words", _words)
        case "entries":
            yield from _each(node, yaml.SequenceNode, "a list of entries", _entry)
        case "groups":
            yield from _each(node, yaml.MappingNode, "lists of words by their names", _words)
        case "named entries":
            yield from _each(node, yaml.MappingNode, "entries by their names", _entry)
        case "glosses":
            yield from _each(node, yaml.MappingNode, "glosses by their words", _gloss)
        case "having":
            yield from _having(node)
        case _:
            yield from _each(node, yaml.MappingNode, "texts by their names", _text)


def _each(node: Node, sort: type[Node], expected: str, inner: Callable[[Node], Found]) -> Found:
    if not isinstance(node, sort):
        yield node, f"expected {expected}"
        return
    yield from _repeated(node)
    for value in _entries(node):
        yield from inner(value)


def _words(node: Node) -> Found:
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        yield node, "expected a list of words"
        return
    yield from (found for value in node.value for found in _text(value))


def _text(node: Node) -> Found:
    if not isinstance(node, yaml.ScalarNode) or not node.value:
        yield node, "expected a text"


def _gloss(node: Node) -> Found:
    if not isinstance(node, yaml.ScalarNode):
        yield node, "expected a text, empty for a word that says nothing"


def _entry(node: Node) -> Found:
    if not isinstance(node, yaml.MappingNode):
        yield node, "expected an entry, such as `{verbs: [...], says: [...]}`"
        return
    yield from _repeated(node)
    for key, value in pairs(node):
        if key.value in ("acts", "yields"):
            yield from _shaped(value, "mapping")
        elif key.value in ("says", "words", "of", "not") or isinstance(value, yaml.SequenceNode):
            yield from _words(value)
        else:
            yield from _text(value)


def _having(node: Node) -> Found:
    found = fields(node)
    if set(found) != {"verbs", "rules"}:
        yield node, "expected `verbs` and `rules`"
        return
    yield from _words(found["verbs"])
    yield from _shaped(found["rules"], "entries")


def _repeated(node: Node) -> Found:
    """Find keys that stand twice; YAML would let the last one win."""
    seen: set[str] = set()
    for key, _ in pairs(node):
        if key.value in seen:
            yield key, f"`{key.value}` stands here twice"
        seen.add(key.value)


def _outside(nodes: Iterable[Node], known: Iterable[str], what: str) -> Found:
    for node in nodes:
        if node.value not in known:
            yield node, f"`{node.value}` is no {what}{_nearest(node.value, known)}"


def _nearest(word: str, known: Iterable[str]) -> str:
    near = suggest(word, known)
    return f"; did you mean `{near}`?" if near else ""


# What entries say.


@dataclass(frozen=True)
class _Known:
    """What entries may name: terms of the ontology, manners, prepositions, and stand-ins for kinds."""

    lexicon: Lexicon
    manners: frozenset[str]
    prepositions: frozenset[str]
    stand_ins: frozenset[str]

    def entry(self, node: Node, form: Form) -> Found:
        """Check the keys of an entry, and what it names."""
        found = fields(node)
        yield from ((node, f"`{key}` is missing") for key in form.needs if key not in found)
        for key, value in pairs(node):
            if key.value not in (*form.needs, *form.may):
                yield key, f"nothing reads `{key.value}` here{_nearest(key.value, (*form.needs, *form.may))}"
            elif key.value in LABELS:
                yield from self._kinds(members(value))
        roles = form.roles or tuple(role for role in ROLES if role in found)
        for fact in members(found.get("says")):
            yield from self._fact(fact, roles)
        yield from _outside(members(found.get("manner")), self.manners, "manner")
        yield from _outside(members(found.get("by")), self.prepositions, "first of a line of prepositions")
        yield from _outside(members(found.get("scope")), ("paragraph",), "scope")
        yield from self._properties(key for name in ("acts", "yields") for key, _ in pairs(found.get(name)))
        yield from self._kinds(value for _, value in pairs(found.get("acts")))

    def frames(self, node: Node) -> Found:
        """Check the labels of `frames.yaml` outside of its entries."""
        yield from self._kinds(
            key for section in ("modifiers", "narrower") for key, _ in pairs(at(node, section))
        )
        yield from _outside((manner for _, manner in pairs(at(node, "modifiers"))), self.manners, "manner")
        yield from self._properties(label for _, label in pairs(at(node, "measures")))

    def implied(self, node: Node) -> Found:
        """Check the labels of `implied.yaml` outside of its entries."""
        yield from self._kinds(key for key, _ in pairs(at(node, "denied")))
        for section in ("anchors", "none", "made", "denied"):
            yield from self._kinds(value for _, value in pairs(at(node, section)))
        yield from self._kinds(members(at(node, "groups")))
        yield from self._properties(value for _, value in pairs(at(node, "properties")))
        yield from _outside((manner for manner, _ in pairs(at(node, "manners"))), self.manners, "manner")

    def _kinds(self, nodes: Iterable[Node]) -> Found:
        for node in nodes:
            yield from self._kind(node, node.value)

    def _kind(self, node: Node, label: str) -> Found:
        found = len(self.lexicon.kinds(label))
        if found > 1:
            yield node, f"`{label}` names {found} classes of the ontology; expected one"
        elif not found:
            yield node, f"`{label}` is no class{_nearest(label, self.lexicon.kind_labels())}"

    def _properties(self, nodes: Iterable[Node]) -> Found:
        for node in nodes:
            yield from self._property(node, node.value)

    def _property(self, node: Node, label: str) -> Found:
        if not self.lexicon.knows_key(label):
            yield node, f"`{label}` is no property{_nearest(label, self.lexicon.property_keys())}"

    def _fact(self, node: Node, roles: tuple[str, ...]) -> Found:
        pieces = [piece.strip() for piece in node.value.split("|")]
        if len(pieces) != 3:
            yield node, f"`{node.value}` is not `subject | property | object`"
            return
        subject, label, value = pieces
        yield from self._property(node, label)
        yield from self._role(node, subject, roles)
        if value not in ("yes", "no"):
            yield from self._role(node, value, roles)

    def _role(self, node: Node, text: str, roles: tuple[str, ...]) -> Found:
        """Check a role, "<kind>", or a feature of these."""
        if text in roles:
            return
        if found := _KIND.fullmatch(text):
            yield from () if found[1] in self.stand_ins else self._kind(node, found[1])
            return
        inner = next((names for ref in self.lexicon.references for names in ref.splits(text)), ())
        if not inner:
            yield node, f"`{text}` is no role of this rule; it has {', '.join(roles) or 'none'}"
        for name in inner:
            yield from self._role(node, name, roles)
