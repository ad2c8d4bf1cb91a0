"""Constraints that ask something of each value by itself, judged once a term."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pyoxigraph as ox

from readson.relations import Mask, Nodes, contains, distinct, expand
from readson.validation.comparing import Comparisons
from readson.validation.constraints import (
    ClassOf,
    Datatype,
    In,
    LanguageIn,
    Length,
    NodeKind,
    Pattern,
    Range,
)
from readson.validation.knowledge import Knowledge
from readson.validation.literals import well_formed
from readson.validation.paths import Paths, any_row
from readson.validation.terms import Between, Term, text
from readson.verdicts import AGAINST, FOR, Bits, pack
from readson.vocabulary import RDFS, TYPE, XSD

Simple = ClassOf | Datatype | NodeKind | Range | Length | Pattern | LanguageIn | In
SUBCLASS = RDFS + "subClassOf"


class Single:
    """Judge constraints on single terms of one graph."""

    def __init__(self, paths: Paths, comparisons: Comparisons) -> None:
        self.paths, self.comparisons = paths, comparisons
        self.k: Knowledge = paths.k
        self._below: dict[str, Nodes] = {}
        self._instances: dict[str, Nodes] = {}

    def judge(self, constraint: Simple, nodes: Nodes) -> Bits:
        """Judge every term."""
        match constraint:
            case ClassOf(cls=cls):
                return self._class(cls, nodes)
            case NodeKind(kinds=kinds):
                return _decided((self.k.terms.kind[nodes] & kinds) > 0)
            case Range():
                return self._range(constraint, nodes)
            case In(terms=terms):
                return self._in(terms, nodes)
            case Datatype(datatype=datatype):
                return self._each(nodes, lambda term: _of_datatype(term, datatype))
            case Length():
                return self._each(nodes, lambda term: _long(term, constraint))
            case Pattern(pattern=pattern, flags=flags):
                compiled = re.compile(pattern, flags)
                return self._each(nodes, lambda term: _matches(term, compiled))
            case LanguageIn(ranges=ranges):
                return self._each(nodes, lambda term: _speaks(term, ranges))

    def _each(self, nodes: Nodes, holds: Callable[[Term], bool | None]) -> Bits:
        """Ask a question of each term; None stands for a number too little known to tell."""
        bits = {True: FOR, False: AGAINST, None: 0}
        found = (bits[holds(self.k.terms[code])] for code in nodes.tolist())
        return np.fromiter(found, dtype=np.uint8, count=len(nodes))

    # Classes (W3C SHACL, section 3.2): what rdf:type leads to, and all above it

    def below(self, cls: str) -> Nodes:
        """List a class and its subclasses; the hierarchy is always known as a whole."""
        if cls not in self._below:
            found = self.k.terms.find([cls])
            while True:
                _, lower = expand(found, self.paths.held(f"^{SUBCLASS}"))
                wider = distinct(np.concatenate((found, lower)))
                if len(wider) == len(found):
                    break
                found = wider
            self._below[cls] = found
        return self._below[cls]

    def above(self, cls: str) -> Nodes:
        """List a class and its superclasses."""
        found = self.k.terms.find([cls])
        while True:
            _, upper = expand(found, self.paths.held(SUBCLASS))
            wider = distinct(np.concatenate((found, upper)))
            if len(wider) == len(found):
                return found
            found = wider

    def instances(self, cls: str) -> Nodes:
        """List the known instances of a class, sorted."""
        if cls not in self._instances:
            _, found = self.paths.follow(self.below(cls), f"^{TYPE}")
            self._instances[cls] = distinct(found)
        return self._instances[cls]

    def _class(self, cls: str, nodes: Nodes) -> Bits:
        """Denying a class denies what is below it: no thing of the denied class is left to be."""
        held = contains(self.instances(cls), nodes)
        if self.k.closed:
            return _decided(held)
        sure = self._typed(nodes, self.paths.sure(TYPE), self.below(cls))
        refuted = self.paths.complete(TYPE, nodes) & ~sure
        refuted |= self._typed(nodes, self.paths.denied(TYPE), self.above(cls))
        return pack(held, refuted)

    def _typed(self, nodes: Nodes, pairs: Nodes, classes: Nodes) -> Mask:
        position, found = expand(nodes, pairs)
        return any_row(position[contains(classes, found)], len(nodes))

    # Values

    def _range(self, constraint: Range, nodes: Nodes) -> Bits:
        limit = np.full(len(nodes), self.k.terms.code(constraint.limit))
        left, right = (limit, nodes) if constraint.lower else (nodes, limit)
        return self.comparisons.less(left, right, constraint.inclusive)

    def _in(self, terms: tuple[Term, ...], nodes: Nodes) -> Bits:
        codes = np.array(sorted({self.k.terms.code(term) for term in terms}), dtype=np.int64)
        there = contains(codes, nodes)
        differs = np.ones(len(nodes), dtype=bool)
        for code in codes.tolist():
            differs &= self.paths.differ(nodes, np.full(len(nodes), code))
        return pack(there, differs)


def _decided(holds: Mask) -> Bits:
    return pack(holds, ~holds)


def _of_datatype(term: Term, datatype: str) -> bool:
    if isinstance(term, Between):
        return datatype == XSD + "double"
    if not isinstance(term, ox.Literal) or term.datatype.value != datatype:
        return False
    return well_formed(term.value, datatype, term.language or "")


def _long(term: Term, constraint: Length) -> bool | None:
    if isinstance(term, Between):
        return None
    written = text(term)
    if written is None:
        return False
    return len(written) >= constraint.length if constraint.least else len(written) <= constraint.length


def _matches(term: Term, pattern: re.Pattern[str]) -> bool | None:
    if isinstance(term, Between):
        return None
    written = text(term)
    return written is not None and pattern.search(written) is not None


def _speaks(term: Term, ranges: tuple[str, ...]) -> bool:
    """Match a language tag as SPARQL's langMatches does."""
    tag = (term.language or "").lower() if isinstance(term, ox.Literal) else ""
    return bool(tag) and any(r == "*" or f"{tag}-".startswith(f"{r.lower()}-") for r in ranges)
