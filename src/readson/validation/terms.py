"""RDF terms as numbers: one code a distinct term, with what constraints ask of terms as columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox

from readson.relations import Nodes
from readson.vocabulary import XSD

Flags = npt.NDArray[np.uint8]
IRI, BLANK, LITERAL = 1, 2, 4
"""Kinds of terms as bits, so that `sh:BlankNodeOrIRI` is a mask."""


@dataclass(frozen=True, slots=True)
class Between:
    """An `xsd:double` of which only bounds are known: it is a literal, no less than low, no more than high.

    `name` tells two such numbers apart; they may still be equal.
    """

    name: str
    low: float
    high: float


RDFTerm = ox.NamedNode | ox.BlankNode | ox.Literal
Term = RDFTerm | Between
_KINDS = {ox.NamedNode: IRI, ox.BlankNode: BLANK, ox.Literal: LITERAL, Between: LITERAL}


class Terms:
    """A dictionary of terms that only grows; the code of a term is its place."""

    def __init__(self, codes: dict[Term, int] | None = None) -> None:
        self._codes: dict[Term, int] = {} if codes is None else codes
        self._terms: list[Term] = list(self._codes)

    def __len__(self) -> int:
        return len(self._terms)

    def __getitem__(self, code: int) -> Term:
        return self._terms[code]

    def code(self, term: Term) -> int:
        """Give the code of a term, a new one for a new term."""
        found = self._codes.setdefault(term, len(self._terms))
        if found == len(self._terms):
            self._terms.append(term)
            self.__dict__.pop("_columns", None)
        return found

    def find(self, iris: Iterable[str]) -> Nodes:
        """Give the codes of those IRIs that are there, sorted."""
        found = (self._codes.get(ox.NamedNode(iri), -1) for iri in iris)
        return np.array(sorted({code for code in found if code >= 0}), dtype=np.int64)

    @property
    def kind(self) -> Flags:
        """Give the kind of every term."""
        return self._columns[0]

    @property
    def unsure(self) -> Nodes:
        """List the codes of numbers of which only bounds are known, sorted."""
        return self._columns[1]

    @cached_property
    def _columns(self) -> tuple[Flags, Nodes]:
        kinds = np.fromiter((_KINDS[type(t)] for t in self._terms), dtype=np.uint8, count=len(self._terms))
        unsure = [code for code, term in enumerate(self._terms) if type(term) is Between]
        return kinds, np.array(unsure, dtype=np.int64)


def text(term: Term) -> str | None:
    """Give the text of a term, as `sh:pattern` and `sh:minLength` see it; blank nodes have none."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else None


def double(number: float) -> ox.Literal:
    """Write a number as a literal."""
    written = {np.inf: "INF", -np.inf: "-INF"}.get(number, repr(number))
    return ox.Literal(written, datatype=ox.NamedNode(XSD + "double"))
