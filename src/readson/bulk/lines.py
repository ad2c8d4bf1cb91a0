"""Read N-Triples and N-Quads into runs of lines, a run a product, their terms as they are written.

Lines in the plain form that every program writes are only split: such a line is valid when its terms are, and
the same terms come again and again. All others pyoxigraph reads. A test holds the two ways to the same terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

import pyoxigraph as ox

from readson.vocabulary import BASE

Line = tuple[int, str, str, str]
"""Number, subject, predicate and object; of a line that is broken: number, column, "" and what is wrong."""
Run = tuple[str, list[Line]]
"""The IRI of a product and its lines."""

FORMATS = {"n-triples": ox.RdfFormat.N_TRIPLES, "n-quads": ox.RdfFormat.N_QUADS}
_IRI = r"<[a-zA-Z][a-zA-Z0-9+.-]*:[a-zA-Z0-9._~!$&'()*+,;=:@/?-]+(?:#[a-zA-Z0-9._~!$&'()*+,;=:@/?-]*)?>"
_PLAIN_IRI = re.compile(_IRI)
_PLAIN_LITERAL = re.compile(rf'"[^"\\\x00-\x1f\x7f-\x9f\ud800-\udfff]*"(?:\^\^{_IRI})?')
_SUBJECT = re.compile(r"\s*(<[^<>\s]*>)")
_GRAPH = re.compile(r"(<[^<>\s]*>)\s*\.\s*$")


def read_runs(text: str, form: str) -> Iterator[Run]:
    """Group the lines of a text that follow each other and lead to the same product.

    A triple leads to the product of its subject, a quad to that of its graph name. A broken line that does
    not show its product goes to both that it stands between: one of them lacks it.
    """
    run: list[Line] = []
    loose: list[Line] = []
    iri = whole = within = ""
    for owner, line in Reader(form).lines(text):
        if not owner:
            loose.append(line)
            continue
        if (owner != whole and not owner.startswith(within)) or not whole:
            if run:
                yield iri, run + loose
            run, iri = [], product_of(owner)
            whole, within = f"<{iri}>", f"<{iri}#"
        if loose:
            run += loose
            loose = []
        run.append(line)
    if run or loose:
        yield iri, run + loose


def product_of(owner: str) -> str:
    """Give the IRI of a product from a term that leads to it: what stands before `#`.

    >>> product_of("<https://example.org/p1#die>")
    'https://example.org/p1'
    """
    return owner.strip("<>").partition("#")[0]


def slug_of(iri: str) -> str:
    """Name a product after its IRI: what follows the project's own base, else the IRI itself.

    >>> slug_of("https://w3id.org/readson/product/x100"), slug_of("https://example.org/p1")
    ('x100', 'https://example.org/p1')
    """
    return unquote(iri.removeprefix(BASE + "product/"))


class Reader:
    """Remember the terms that are known to be valid."""

    def __init__(self, form: str) -> None:
        self.form, self.quads = form, form == "n-quads"
        self.iris: set[str] = set()
        self.terms: set[str] = set()

    def lines(self, text: str) -> Iterator[tuple[str, Line]]:
        """Read all lines of a text, each with the term that leads to its product, or ""."""
        iris, terms, quads = self.iris, self.terms, self.quads
        number = 0
        for line in text.split("\n"):
            number += 1
            try:
                subject, predicate, rest = line.split(" ", 2)
            except ValueError:
                yield from self._parsed(number, line)
                continue
            object_, _, owner = rest[:-2].rpartition(" ") if quads else (rest[:-2], "", subject)
            known = subject in iris and predicate in iris and object_ in terms and owner in iris
            if rest[-2:] == " ." and (known or self._plain(owner, subject, predicate, object_)):
                yield owner, (number, subject, predicate, object_)
            else:
                yield from self._parsed(number, line)

    def _plain(self, owner: str, subject: str, predicate: str, object_: str) -> bool:
        """Tell whether all terms are valid and in plain form, and remember that they are."""
        for term in (owner, subject, predicate):
            if term not in self.iris and not _PLAIN_IRI.fullmatch(term):
                return False
            self.iris.add(term)
        if not (object_ in self.iris or _PLAIN_IRI.fullmatch(object_) or _PLAIN_LITERAL.fullmatch(object_)):
            return False
        self.terms.add(object_)
        return True

    def _parsed(self, number: int, line: str) -> Iterator[tuple[str, Line]]:
        """Let pyoxigraph read a line."""
        try:
            for quad in ox.parse(line.encode("utf-8", "surrogateescape"), format=FORMATS[self.form]):
                subject = str(quad.subject)
                owner = str(quad.graph_name) if self.quads else subject
                if isinstance(quad.graph_name, ox.DefaultGraph) and self.quads:
                    yield "", (number, "0", "", "a quad needs the name of a graph, the IRI of its product")
                else:
                    yield owner, (number, subject, str(quad.predicate), str(quad.object))
        except SyntaxError as error:
            message = str(error.msg).partition(": ")[2] or str(error.msg)
            yield self._guess(line), (number, str(error.offset or 0), "", message)

    def _guess(self, line: str) -> str:
        """Find what leads to the product of a broken line, or ""."""
        found = _GRAPH.search(line) if self.quads else _SUBJECT.match(line)
        return found[1] if found else ""


def literal(term: str) -> tuple[str, str]:
    """Give the text and the datatype IRI of a literal as N-Triples writes it; ("", "") for an IRI.

    >>> literal('"2.5"^^<http://www.w3.org/2001/XMLSchema#double>')
    ('2.5', 'http://www.w3.org/2001/XMLSchema#double')
    """
    if not term.startswith('"'):
        return "", ""
    text, _, after = term[1:].rpartition('"')
    if "\\" in text:
        quads = ox.parse(f"<a:a> <a:a> {term} .".encode(), format=ox.RdfFormat.N_TRIPLES)
        text = next(str(quad.object.value) for quad in quads if isinstance(quad.object, ox.Literal))
    return text, after[3:-1] if after.startswith("^^") else ""
