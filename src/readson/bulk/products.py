"""Read the products of one file of Turtle, N-Triples or JSON-LD as statements that cite their triples.

A portfolio goes into columns at once (`batch.py`); a few products to chart need statements that can be cited.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from readson.bulk.lines import Run, Terms, product_of, read_terms, slug_of
from readson.bulk.terms import KIND, QUANTITY, RELATION, TRUTH, Vocabulary, truth
from readson.bulk.triples import Draft
from readson.errors import DataError, Problem
from readson.graph import FIRST_NODE
from readson.ingest.draft import content_text
from readson.ontology import Ontology
from readson.statements import TYPE, Bounds, Content, Evidence, Product, Source, Statement, Value

SUFFIXES = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES}
JSON_LD = ".jsonld"


def read_rdf(path: Path, ontology: Ontology) -> tuple[Product, ...]:
    """Read the products of an RDF file in the vocabulary of the ontology.

    An item of a product has the IRI of the product, `#` and its name. Raises DataError with every problem.
    """
    data = _bytes(path)
    sha256 = hashlib.sha256(data).hexdigest()
    own = Source(path.stem, path.name, file=path.name, sha256=sha256)
    vocabulary = Vocabulary(ontology)
    drafts = [_draft(run, vocabulary, path) for run in _runs(_triples(path, data))]
    problems = [
        Problem(str(path), 0, 0, f"{refusal.product}: {refusal.message}")
        for draft in drafts
        for refusal in draft.refusals
    ]
    products = [_product(draft, own) for draft in drafts if draft.rows.said()] if not problems else []
    if not (problems or products):
        problems = [Problem(str(path), 0, 0, "tells of no product in the terms of the ontology")]
    if problems:
        raise DataError(problems)
    return tuple(products)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError([Problem(str(path), 0, 0, f"cannot be read: {error.strerror}")]) from error


# ---- Triples ----------------------------------------------------------------------------------------------


def _triples(path: Path, data: bytes) -> list[Terms]:
    """Read the triples, each once, in the order of the file; blank nodes are numbered."""
    if path.suffix.lower() == JSON_LD:
        data, form = _from_json_ld(path, data), ox.RdfFormat.N_TRIPLES
    elif path.suffix.lower() in SUFFIXES:
        form = SUFFIXES[path.suffix.lower()]
    else:
        known = ", ".join((*SUFFIXES, JSON_LD))
        raise DataError([Problem(str(path), 0, 0, f"expected RDF in a file that ends in {known}")])
    names: dict[str, str] = {}
    try:
        quads = list(ox.parse(data, format=form))
    except SyntaxError as error:
        message = str(error.msg).partition(": ")[2] or str(error.msg)
        raise DataError([Problem(str(path), error.lineno or 0, error.offset or 0, message)]) from error
    found = ((_named(quad.subject, names), str(quad.predicate), _named(quad.object, names)) for quad in quads)
    return list(dict.fromkeys(found))


def _named(term: object, names: dict[str, str]) -> str:
    if isinstance(term, ox.BlankNode):
        return names.setdefault(term.value, f"_:b{len(names)}")
    return str(term)


def _from_json_ld(path: Path, data: bytes) -> bytes:
    """Turn JSON-LD into N-Triples that are the same on every run; nothing is fetched."""
    from rdflib import Graph  # slow to load, and needed for JSON-LD alone
    from rdflib.compare import to_canonical_graph

    try:
        document = json.loads(data)
    except ValueError as error:
        raise DataError([Problem(str(path), 0, 0, f"not JSON: {error}")]) from error
    if remote := next(_remote_contexts(document), ""):
        message = f"the context `{remote[:120]}` is not fetched; write it into the file"
        raise DataError([Problem(str(path), 0, 0, message)])
    try:
        with warnings.catch_warnings():
            # The parser of rdflib uses what rdflib calls deprecated.
            warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated", DeprecationWarning)
            graph = Graph().parse(data=data.decode("utf-8"), format="json-ld")
    except Exception as error:
        # rdflib raises what its parts raise.
        raise DataError([Problem(str(path), 0, 0, f"not JSON-LD: {error}")]) from error
    lines = to_canonical_graph(graph).serialize(format="nt", encoding="utf-8").splitlines()
    return b"\n".join(sorted(lines)) + b"\n"


def _remote_contexts(node: Any) -> Iterator[str]:
    """Give the contexts that stand elsewhere."""
    pending = [node]
    while pending:
        node = pending.pop()
        if isinstance(node, list):
            pending += node
        elif isinstance(node, dict):
            contexts = node.get("@context", [])
            for context in contexts if isinstance(contexts, list) else [contexts]:
                if isinstance(context, str):
                    yield context
                elif isinstance(context, dict) and "@import" in context:
                    yield str(context["@import"])
            pending += node.values()


# ---- Products ---------------------------------------------------------------------------------------------


def _runs(triples: Iterable[Terms]) -> Iterator[Run]:
    """Group triples by product; a blank node is of the product that leads to it."""
    triples = list(triples)
    leads = {object_: subject for subject, _, object_ in triples if object_.startswith("_:")}
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for subject, predicate, object_ in triples:
        owner = product_of(_end(subject, leads))
        item, target = _item(subject, owner), _item(object_, owner)
        groups[owner].append(f"{item} {predicate} {target} .")
    for owner, lines in groups.items():
        yield Run(owner, 1, lines)


def _end(term: str, leads: dict[str, str]) -> str:
    """Follow blank nodes to what leads to them; a ring of them leads nowhere."""
    seen: set[str] = set()
    while term.startswith("_:") and term in leads and term not in seen:
        seen.add(term)
        term = leads[term]
    return term


def _item(term: str, owner: str) -> str:
    """Give a blank node a name in its product."""
    return f"<{owner}#{term[2:]}>" if term.startswith("_:") else term


def _draft(run: Run, vocabulary: Vocabulary, path: Path) -> Draft:
    draft = Draft(run, "n-triples", vocabulary, 0, FIRST_NODE)
    if not run.iri or run.iri.startswith("_:"):
        draft.refuse(0, "a blank node that no product leads to; give it an IRI")
    else:
        draft.read()
    return draft


def _product(draft: Draft, own: Source) -> Product:
    """Add what plain triples state to what the records do, unless a record states the same."""
    product = draft.product()
    recorded = {(each.subject, each.property, each.content) for each in product.statements}
    names = dict(zip(list(draft.nodes)[::2], product.items, strict=True))
    plain = {each: None for line in draft.run.lines for each in _stated(line, draft.vocabulary, names, own)}
    added = [each for each in plain if (each.subject, each.property, each.content) not in recorded]
    sources = {own.id: own, **{source.id: source for source in _sources(draft)}}
    statements = (*product.statements, *added)
    cited = {each.evidence.source for each in statements if each.evidence.source}
    listed = [sources.get(id_) or Source(id_, id_) for id_ in sorted(cited)]
    return replace(product, statements=statements, sources=tuple(listed), file=own.file)


def _stated(line: str, vocabulary: Vocabulary, names: dict[str, str], own: Source) -> Iterator[Statement]:
    """Give what one line states of an item."""
    for subject, predicate, object_ in read_terms(line, "n-triples"):
        meaning, prop = vocabulary.meaning(predicate)
        content = _content(meaning, object_, vocabulary, names)
        if content is not None and subject in names:
            item = names[subject]
            text = "|".join((item, prop, content_text(content), ""))
            id_ = hashlib.sha256(text.encode()).hexdigest()[:8]
            evidence = Evidence(own.id, "triple", f"{subject} {predicate} {object_} .")
            yield Statement(id_, item, TYPE if meaning == KIND else prop, content, evidence)


def _content(meaning: int, object_: str, vocabulary: Vocabulary, names: dict[str, str]) -> Content | None:
    if meaning == RELATION:
        return Value(names[object_]) if object_ in names else None
    if meaning == TRUTH:
        return Value(truth(object_))
    if meaning == QUANTITY:
        size = vocabulary.size(object_)
        return Bounds(size, size)
    if meaning == KIND and f"{object_} ." in vocabulary.classes:
        return Value(object_[1:-1])
    return None


def _sources(draft: Draft) -> Iterator[Source]:
    """Give the sources that the records name."""
    for term, record in draft.records.items():
        if record.is_a("Source"):
            id_ = slug_of(term[1:-1]).rpartition("/")[2].rpartition("#")[2]
            texts = (record.text(name) for name in ("title", "date", "file", "sha256"))
            yield Source(id_, *texts)
