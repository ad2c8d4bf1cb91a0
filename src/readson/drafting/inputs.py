"""Read what a command line names: descriptions, folders of them, and documents on one product."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from readson.documents import read_document
from readson.errors import DescriptionError, Problem, ReadsonError, UsageError
from readson.ingest import find_descriptions, is_description, read_descriptions
from readson.lexicon import Lexicon
from readson.statements import Product

if TYPE_CHECKING:
    from readson.documents.model import Document
    from readson.drafting.writing import Drafted

_NOT_READ = {
    "rdf": "RDF describes products itself; name it .ttl, .nt or .jsonld, and give it to `readson check`",
    "description": "a description already; name the documents that it is to be read from",
}


@dataclass(frozen=True)
class Inputs:
    """The products to judge, and what was made of the documents among the inputs, if there are any."""

    products: tuple[Product, ...]
    drafted: Drafted | None = None


def read_inputs(paths: Iterable[Path], lexicon: Lexicon, product: str = "") -> Inputs:
    """Read descriptions, and all other files as documents on one product.

    Raises ReadsonError with the problems of all of them; UsageError for a path that leads to nothing.
    """
    paths = tuple(dict.fromkeys(paths))
    files = [path for path in paths if path.is_file() and not is_description(path)]
    others = [path for path in paths if path not in files]
    if product and not files:
        raise UsageError("--product chooses among the products of documents; name a document")
    described, problems = _described(others, lexicon, bool(files))
    documents = _documents(files, problems)
    if problems:
        raise ReadsonError(problems)
    if not documents:
        return Inputs(described)
    from readson.drafting.reading import draft_documents  # descriptions alone need no reader of text

    drafted = draft_documents(documents, lexicon, product)
    _check_slug(drafted, described, files[0])
    return Inputs((*described, drafted.product), drafted)


def read_documents(paths: Iterable[Path]) -> list[Document]:
    """Read documents; raises ReadsonError with the problems of all of them."""
    problems: list[Problem] = []
    documents = _documents(paths, problems)
    if problems:
        raise ReadsonError(problems)
    return documents


def _described(
    paths: list[Path], lexicon: Lexicon, optional: bool
) -> tuple[tuple[Product, ...], list[Problem]]:
    if optional and not paths:
        return (), []
    try:
        return read_descriptions(find_descriptions(paths), lexicon), []
    except DescriptionError as error:
        return (), list(error.problems)


def _documents(paths: Iterable[Path], problems: list[Problem]) -> list[Document]:
    documents: list[Document] = []
    for path in paths:
        try:
            document = read_document(path)
        except ReadsonError as error:
            problems += error.problems
            continue
        if document.form in _NOT_READ:
            problems.append(Problem(str(path), 0, 0, _NOT_READ[document.form]))
        documents.append(document)
    return documents


def _check_slug(drafted: Drafted, described: tuple[Product, ...], file: Path) -> None:
    slug = drafted.product.slug
    if slug in {product.slug for product in described}:
        message = f"a description is called `{slug}` too; name the product of the documents with --product"
        raise DescriptionError([Problem(str(file), 0, 0, message)])
