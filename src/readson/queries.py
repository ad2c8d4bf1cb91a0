"""Queries: SPARQL over the RDF of an assessment, the ontology and the claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rdflib import BNode, Graph, URIRef

from readson.assess import Assessment
from readson.errors import UsageError
from readson.export import export
from readson.resources import content_folder, turtle_files
from readson.vocabulary import BASE


def query_names() -> tuple[str, ...]:
    """List the ready-made queries."""
    return tuple(sorted(path.stem for path in (content_folder("data") / "queries").glob("*.rq")))


def find_query(name: str) -> str:
    """Give the text of a ready-made query or of a query file. Raise UsageError when there is neither."""
    for path in (Path(name), content_folder("data") / "queries" / f"{name}.rq"):
        if path.is_file():
            try:
                return path.read_text(encoding="utf-8")
            except UnicodeDecodeError as error:
                raise UsageError(f"`{name}` is not UTF-8; save the query as UTF-8") from error
    raise UsageError(f"`{name}` is neither a file nor a query; ready-made: {', '.join(query_names())}")


def run_query(text: str, assessment: Assessment) -> list[str]:
    """Run a SPARQL query on an assessment."""
    return answer(text, searched(assessment))


def searched(assessment: Assessment) -> Graph:
    """Put together what queries search: the export, the ontology and the claims."""
    graph = export(assessment)
    for path in (*turtle_files(content_folder("ontology")), *turtle_files(_shapes(assessment))):
        graph.parse(path, format="turtle")
    return graph


def answer(text: str, graph: Graph) -> list[str]:
    """Answer a SPARQL query: a line a row, columns by tabs, names short."""
    try:
        result = graph.query(text)
    except Exception as error:  # rdflib raises parser errors of several libraries
        raise UsageError(f"the query cannot be run: {str(error).splitlines()[0]}") from error
    if result.type == "ASK":
        return [str(bool(result.askAnswer)).lower()]
    if result.type in ("CONSTRUCT", "DESCRIBE"):
        return [str(result.graph.serialize(format="turtle")) if result.graph else ""]
    return ["\t".join(str(v) for v in result.vars or ()), *_rows(result, graph)]


def _shapes(assessment: Assessment) -> Path:
    return content_folder("shapes") / assessment.patent.slug


def _rows(rows: Iterable[object], graph: Graph) -> Iterator[str]:
    for row in rows:
        yield "\t".join(_cell(value, graph) for value in row)  # type: ignore[attr-defined]


def _cell(value: object, graph: Graph) -> str:
    """Show a value on one line: names short, texts without tabs and line ends."""
    if isinstance(value, URIRef):
        return str(value).removeprefix(BASE)
    if value is None or isinstance(value, BNode):
        return ""
    return " ".join(str(value).split())
