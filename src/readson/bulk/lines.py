"""Read N-Triples and N-Quads into runs of lines, a run a product, and lines into terms as they are written.

Lines in the plain form that every program writes are only split, since such a line is valid when its terms
are; pyoxigraph reads all others. A test holds the two ways to the same terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

import pyoxigraph as ox

from readson.vocabulary import BASE

Terms = tuple[str, str, str]
"""Subject, predicate and object, as N-Triples writes them."""

FORMATS = {"n-triples": ox.RdfFormat.N_TRIPLES, "n-quads": ox.RdfFormat.N_QUADS}
_CHARACTERS = "[a-zA-Z0-9._~!$&'()*+,;=:@/?-]"
_IRI = rf"<[a-zA-Z][a-zA-Z0-9+.-]*:{_CHARACTERS}+(?:#{_CHARACTERS}*)?>"
PLAIN_IRI = re.compile(_IRI)
PLAIN_FRAGMENT = re.compile(f"{_CHARACTERS}*>")
PLAIN_LITERAL = re.compile(rf'"[^"\\\x00-\x1f\x7f-\x9f\ud800-\udfff]*"(?:\^\^{_IRI})?')
PLAIN_END = re.compile(f"(?:{PLAIN_IRI.pattern}|{PLAIN_LITERAL.pattern}) \\.")
PLAIN_TEXT_END = re.compile(r'"[^"\\\x00-\x1f\x7f-\x9f\ud800-\udfff]*" \.')
_SUBJECT = re.compile(r"\s*<([^<>#\s]*)")
_GRAPH = re.compile(r"<([^<>#\s]*)[^<>\s]*>\s*\.\s*$")


class Run(NamedTuple):
    """The lines of one product: its IRI, the number of the first line, and all of them."""

    iri: str
    number: int
    lines: list[str]


def read_runs(text: str, form: str) -> Iterator[Run]:
    """Group the lines of a text that follow each other and lead to the same product.

    A triple leads to the product of its subject, a quad to that of its graph name. A line that does not show
    its product, being empty or broken, goes to both that it stands between: one of them may lack it.
    """
    starts = form == "n-triples"
    iri, shown = "", 0
    run: list[str] = []
    signs: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        if run and signs and (line.startswith(signs) if starts else line.endswith(signs)):
            run.append(line)
            shown = len(run)
            continue
        owner = _owner(line, form)
        if owner not in ("", iri):
            if iri:
                yield Run(iri, number - len(run), run)
            iri, run = owner, run[shown:]
            signs = (f"<{iri}#", f"<{iri}>") if starts else (f" <{iri}> .",)
        run.append(line)
        shown = len(run) if owner else shown if iri else 0
    if iri or any(run):
        yield Run(iri, number - len(run) + 1, run)


def _owner(line: str, form: str) -> str:
    """Give the IRI of the product that a line shows, or ""."""
    found = _SUBJECT.match(line) if form == "n-triples" else _GRAPH.search(line)
    return found[1] if found else ""


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


def read_terms(line: str, form: str) -> list[Terms]:
    """Read one line into the triples it holds: one, or none. Raises SyntaxError."""
    triple = line.removesuffix(" .")
    graph = "<a:a>"
    if form == "n-quads":
        triple, _, graph = triple.rpartition(" ")
    parts = triple.split(" ", 2)
    if line.endswith(" .") and len(parts) == 3 and PLAIN_IRI.fullmatch(graph) and _plain(*parts):
        return [(parts[0], parts[1], parts[2])]
    return list(_parsed(line, form))


def _plain(subject: str, predicate: str, object_: str) -> bool:
    iris = PLAIN_IRI.fullmatch(subject) and PLAIN_IRI.fullmatch(predicate)
    return bool(iris and (PLAIN_IRI.fullmatch(object_) or PLAIN_LITERAL.fullmatch(object_)))


def _parsed(line: str, form: str) -> Iterator[Terms]:
    """Let pyoxigraph read a line."""
    for quad in ox.parse(line.encode("utf-8", "surrogateescape"), format=FORMATS[form]):
        if form == "n-quads" and isinstance(quad.graph_name, ox.DefaultGraph):
            raise SyntaxError("a quad needs the name of a graph, the IRI of its product")
        yield str(quad.subject), str(quad.predicate), str(quad.object)


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
