"""Read the values of SHACL parameters: numbers, IRIs, lists, patterns and paths, or say what is wrong."""

from __future__ import annotations

import re

import pyoxigraph as ox

from readson.errors import Problem
from readson.expressions import Alternative, Path, Repeat, Sequence, Step, inverse
from readson.turtle import Literal, Term, Triples
from readson.validation.constraints import Pattern
from readson.validation.patterns import translate
from readson.validation.terms import BLANK, IRI, LITERAL, RDFTerm
from readson.vocabulary import RDF, SH

KINDS = {
    "IRI": IRI,
    "BlankNode": BLANK,
    "Literal": LITERAL,
    "BlankNodeOrIRI": BLANK | IRI,
    "BlankNodeOrLiteral": BLANK | LITERAL,
    "IRIOrLiteral": IRI | LITERAL,
}
REPEATS = {"zeroOrOnePath": (0, False), "zeroOrMorePath": (0, True), "oneOrMorePath": (1, True)}


class Parameters:
    """Read parameters of the shapes in one graph; collect problems instead of raising."""

    def __init__(self, triples: Triples, place: str) -> None:
        self.t, self.place = triples, place
        self.problems: list[Problem] = []

    def problem(self, node: str, message: str) -> Problem:
        """Make a problem of a shape."""
        name = node if not node.startswith("_:") else self._near(node)
        return Problem(f"{self.place}: <{name}>", 0, 0, message)

    def refuse(self, node: str, message: str) -> None:
        """Note a problem of a shape."""
        self.problems.append(self.problem(node, message))

    def _near(self, node: str) -> str:
        """Name the nearest shape with a name that a blank one stands in."""
        seen: set[str] = set()
        while node.startswith("_:") and node not in seen:
            seen.add(node)
            node = next((s for s, _, o in self.t if o == node), node)
        return node

    # Values

    def flag(self, node: str, term: str) -> bool:
        """Tell whether a parameter is true."""
        value = self.t.object(node, SH + term)
        if value is not None and not (
            isinstance(value, Literal) and value.value in ("true", "false", "1", "0")
        ):
            self.refuse(node, f"sh:{term} is neither true nor false")
        # Only the literal `true` switches on: "1" is another term (W3C suite, uniqueLang-002).
        return isinstance(value, Literal) and value.value == "true"

    def number(self, node: str, term: str, value: Term | None) -> int:
        """Read a whole number."""
        if isinstance(value, Literal) and re.fullmatch(r"\+?\d+", value.value):
            return int(value.value)
        self.refuse(node, f"sh:{term} needs a whole number, not `{shown(value)}`")
        return 0

    def iri(self, node: str, term: str, value: Term) -> str:
        """Read an IRI."""
        if isinstance(value, str) and not value.startswith("_:"):
            return value
        self.refuse(node, f"sh:{term} needs an IRI, not `{shown(value)}`")
        return RDF + "nil"

    def used(self, node: str, term: str, value: Term, on_path: bool | None = None) -> str:
        """Read a shape that a parameter refers to, of the kind that it asks for, if it does."""
        kind = {None: "shape", True: "shape with sh:path", False: "shape without sh:path"}[on_path]
        has_path = isinstance(value, str) and bool(self.t.objects(value, SH + "path"))
        if isinstance(value, str) and on_path in (None, has_path):
            return value
        self.refuse(node, f"sh:{term} needs a {kind}, not `{shown(value)}`")
        return RDF + "nil"

    def members(self, node: str, term: str, value: Term) -> tuple[Term, ...]:
        """Read an RDF list; one that loops or does not end is a problem."""
        seen: set[str] = set()
        at: Term = value
        while isinstance(at, str) and at != RDF + "nil" and at not in seen:
            seen.add(at)
            firsts, rests = self.t.objects(at, RDF + "first"), self.t.objects(at, RDF + "rest")
            if len(firsts) != 1 or len(rests) != 1:
                break
            at = rests[0]
        if at != RDF + "nil":
            self.refuse(node, f"sh:{term} needs a list with an end, not `{shown(value)}`")
            return ()
        return self.t.list(str(value))

    def shapes(self, node: str, term: str, value: Term) -> tuple[str, ...]:
        """Read a list of shapes."""
        return tuple(self.used(node, term, m) for m in self.members(node, term, value))

    def literal(self, node: str, term: str, value: Term) -> ox.Literal:
        """Read a literal to compare with."""
        if isinstance(value, Literal):
            found = rdf_term(value)
            assert isinstance(found, ox.Literal)
            return found
        self.refuse(node, f"sh:{term} needs a literal, not `{shown(value)}`")
        return ox.Literal("")

    def kinds(self, node: str, value: Term) -> int:
        """Read a node kind as bits."""
        name = str(value).removeprefix(SH) if isinstance(value, str) else ""
        if name not in KINDS:
            self.refuse(node, f"sh:nodeKind needs one of {', '.join(KINDS)}, not `{shown(value)}`")
        return KINDS.get(name, 0)

    def regex(self, node: str, pattern: str, flags: str) -> Pattern | None:
        """Read a regular expression and its flags."""
        try:
            return Pattern(*translate(pattern, flags), pattern)
        except (ValueError, re.error) as broken:
            self.refuse(node, f"sh:pattern `{pattern}` cannot be read: {broken}")
            return None

    # Paths (W3C SHACL, section 2.3.1)

    def path(self, owner: str, node: str, seen: tuple[str, ...] = ()) -> Path:
        """Read a path."""
        if node in seen:
            self.refuse(owner, "has a path that stands in itself")
            return Step(RDF + "nil")
        if not node.startswith("_:"):
            return Step(node)
        seen = (*seen, node)
        if self.t.objects(node, RDF + "first"):
            members = self.members(owner, "path", node)
            return Sequence(tuple(self._member(owner, m, seen) for m in members))
        if (back := self.t.object(node, SH + "inversePath")) is not None:
            return inverse(self._member(owner, back, seen))
        if (either := self.t.object(node, SH + "alternativePath")) is not None:
            members = self.members(owner, "alternativePath", either)
            return Alternative(tuple(self._member(owner, m, seen) for m in members))
        for term, (least, many) in REPEATS.items():
            if (part := self.t.object(node, SH + term)) is not None:
                return Repeat(self._member(owner, part, seen), least, many)
        self.refuse(owner, "has a path of a form that SHACL does not know")
        return Step(RDF + "nil")

    def _member(self, owner: str, node: Term, seen: tuple[str, ...]) -> Path:
        if isinstance(node, str):
            return self.path(owner, node, seen)
        self.refuse(owner, f"has the literal `{node.value}` in its path")
        return Step(RDF + "nil")


def plain(term: RDFTerm) -> Term:
    """Turn a term of pyoxigraph into one of `turtle.py`."""
    if isinstance(term, ox.Literal):
        return Literal(term.value, term.datatype.value, term.language or "")
    return term.value if isinstance(term, ox.NamedNode) else f"_:{term.value}"


def rdf_term(term: Term) -> RDFTerm:
    """Turn a term of `turtle.py` into one of pyoxigraph."""
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(term.value, language=term.language)
        return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))
    return ox.BlankNode(term[2:]) if term.startswith("_:") else ox.NamedNode(term)


def shown(value: Term | None) -> str:
    """Give a term for a message."""
    return value.value if isinstance(value, Literal) else str(value)
