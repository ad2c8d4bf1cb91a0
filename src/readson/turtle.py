"""Load Turtle files into a small read-only index of triples.

IRIs are plain strings, blank nodes are strings that start with "_:", literals are `Literal`. Everything
comes back in file order, and blank nodes are numbered by file, so that every run sees the same thing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from readson.errors import OntologyError, Problem, ReadsonError
from readson.vocabulary import RDF, XSD


@dataclass(frozen=True, slots=True, order=True)
class Literal:
    """Hold a literal as it is written."""

    value: str
    datatype: str = XSD + "string"
    language: str = ""

    @property
    def number(self) -> float:
        """Read the literal as a number; raises ValueError when it is none."""
        return float(self.value)

    @property
    def truth(self) -> bool:
        """Read the literal as a truth value."""
        return self.value in ("true", "1")


# What may hold a full stop without ending anything, and the full stop that ends what is said of a subject.
_ENDS = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|"(?:[^"\\]|\\.)*"|<[^<>\s]*>|#[^\n]*|\.(?=\s|\Z)'
    r"|'''(?:[^\\]|\\.)*?'''|'(?:[^'\\]|\\.)*'",
    re.DOTALL,
)
_BEFORE = re.compile(r"\A(?:\s+|#[^\n]*)*")
_PREFIX = re.compile(r"(?i:@?prefix)\s+([\w.-]*:)\s*<([^>]*)>")

Term = str | Literal
Triple = tuple[str, str, Term]


class Triples:
    """Answer "what does s have for p" and "who has o for p", in file order."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._triples = tuple(dict.fromkeys(triples))
        forward: defaultdict[tuple[str, str], list[Term]] = defaultdict(list)
        backward: defaultdict[tuple[str, Term], list[str]] = defaultdict(list)
        holders: defaultdict[str, dict[str, None]] = defaultdict(dict)
        outgoing: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for s, p, o in self._triples:
            forward[s, p].append(o)
            backward[p, o].append(s)
            holders[p][s] = None
            outgoing[s][p] = None
        self._forward, self._backward = dict(forward), dict(backward)
        self._outgoing, self._holders = dict(outgoing), dict(holders)

    def __iter__(self) -> Iterator[Triple]:
        return iter(self._triples)

    def __len__(self) -> int:
        return len(self._triples)

    def objects(self, s: str, p: str) -> tuple[Term, ...]:
        """Give all that s has for p."""
        return tuple(self._forward.get((s, p), ()))

    def object(self, s: str, p: str) -> Term | None:
        """Give the first that s has for p, if any."""
        return next(iter(self.objects(s, p)), None)

    def nodes(self, s: str, p: str) -> tuple[str, ...]:
        """Give the IRIs and blank nodes that s has for p."""
        return tuple(term for term in self.objects(s, p) if isinstance(term, str))

    def texts(self, s: str, p: str) -> tuple[str, ...]:
        """Give the texts of the literals that s has for p."""
        return tuple(term.value for term in self.objects(s, p) if isinstance(term, Literal))

    def predicates(self, s: str) -> tuple[str, ...]:
        """Give all properties that s has something for."""
        return tuple(self._outgoing.get(s, ()))

    def subjects(self, p: str, o: Term) -> tuple[str, ...]:
        """Give all that have o for p."""
        return tuple(self._backward.get((p, o), ()))

    def subjects_of(self, p: str) -> tuple[str, ...]:
        """Give all that have something for p."""
        return tuple(self._holders.get(p, ()))

    def list(self, node: str) -> tuple[Term, ...]:
        """Give the members of an RDF list; a list that loops ends where it would repeat."""
        members: list[Term] = []
        seen: set[str] = set()
        while node not in seen and self.objects(node, RDF + "first"):
            seen.add(node)
            members += self.objects(node, RDF + "first")[:1]
            node = next(iter(self.nodes(node, RDF + "rest")), RDF + "nil")
        return tuple(members)


def load(paths: Sequence[Path], error: type[ReadsonError] = OntologyError) -> Triples:
    """Load Turtle files; all broken files are reported together as `error`."""
    triples: list[Triple] = []
    problems: list[Problem] = []
    for number, path in enumerate(paths):
        try:
            triples += _parse(path, f"_:f{number}n")
        except SyntaxError as broken:
            message = str(broken.msg).partition(": ")[2] or str(broken.msg)
            problems.append(Problem(str(path), broken.lineno or 1, broken.offset or 1, message))
        except (OSError, ValueError) as broken:
            problems.append(Problem(str(path), 0, 0, str(broken)))
    if problems:
        raise error(problems)
    return Triples(triples)


def _parse(path: Path, prefix: str) -> list[Triple]:
    names: dict[str, str] = {}

    def term(node: object) -> Term:
        if isinstance(node, ox.NamedNode):
            return node.value
        if isinstance(node, ox.BlankNode):
            return names.setdefault(node.value, f"{prefix}{len(names)}")
        if isinstance(node, ox.Literal):
            return Literal(node.value, node.datatype.value, node.language or "")
        raise ValueError(f"a term that Turtle 1.1 does not have: {node}")

    quads = ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)
    return [(str(term(quad.subject)), quad.predicate.value, term(quad.object)) for quad in quads]


def as_written(text: str) -> dict[str, str]:
    """Cut Turtle into what it says of each subject that has an IRI, letter by letter, without comments above.

    >>> as_written('@prefix x: <urn:x#> .\\n# A comment.\\nx:a x:size 1.5 ; x:is "a. b" . x:b x:of x:a .')
    {'urn:x#a': 'x:a x:size 1.5 ; x:is "a. b" .', 'urn:x#b': 'x:b x:of x:a .'}
    """
    found: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    start = 0
    for end in (match.end() for match in _ENDS.finditer(text) if match[0] == "."):
        block = _BEFORE.sub("", text[start:end], count=1)
        start = end
        if declared := _PREFIX.match(block):
            prefixes[declared[1]] = declared[2]
        elif iri := _subject(block, prefixes):
            found[iri] = f"{found[iri]}\n\n{block}" if iri in found else block
    return found


def _subject(block: str, prefixes: dict[str, str]) -> str:
    """Spell out the IRI that a block speaks of, "" for a blank node."""
    name = block.split(maxsplit=1)[0]
    if name.startswith("<"):
        return name.strip("<>")
    prefix, _, local = name.partition(":")
    return prefixes[f"{prefix}:"] + local if f"{prefix}:" in prefixes else ""
