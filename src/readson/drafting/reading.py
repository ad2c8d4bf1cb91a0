"""Read documents on one product: what each says, merged and written as a description."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from readson.documents.model import Block, Document, Span
from readson.drafting.citing import Source, name_sources
from readson.drafting.merging import merge
from readson.drafting.writing import Drafted, write
from readson.extraction.findings import Findings
from readson.extraction.text import read_text
from readson.ingest.description import slug_of
from readson.lexicon import Lexicon
from readson.mapping.files import Mapping
from readson.mapping.reading import read_keys


def draft_documents(
    documents: Sequence[Document],
    lexicon: Lexicon,
    product: str = "",
    files: Sequence[str] = (),
    mapping: Mapping | None = None,
    advance: Callable[[], object] = lambda: None,
) -> Drafted:
    """Read documents that describe one product together.

    `product` is the one to read of where a text speaks of several. `files` are the names under which the
    description finds the documents, and `mapping` says what their keys mean; `advance` is called after each
    document.
    """
    sources = name_sources(documents, files or distinct_names(documents))
    findings: list[Findings] = []
    for number, document in enumerate(documents):
        findings += read_findings(document, number, lexicon, product, mapping)
        advance()
    title = product or common_title(sources)
    return write(title, merge(findings, lexicon), sources, lexicon, slug_of(title))


def read_findings(
    document: Document, number: int, lexicon: Lexicon, product: str, mapping: Mapping | None = None
) -> list[Findings]:
    """Read one document in every way in which it can be read: its keys, and its running text."""
    chosen = replace(mapping or Mapping(), product=product or (mapping.product if mapping else ""))
    keyed = read_keys(document, number, lexicon, chosen)
    rows = tuple(
        Span(
            min(cell.start for cell in row), max(cell.end for cell in row)
        )  # a spanning cell stands in several rows
        for table in keyed.unclaimed
        for row in table.rows
        if row
    )
    labels = tuple(
        row[0] for table in document.tables for row in table.rows if row and _phrased(document, row[0])
    )
    prose = tuple(Block("paragraph", span) for span in dict.fromkeys((*keyed.prose, *rows, *labels)))
    blocks = tuple(sorted((*document.blocks, *prose), key=lambda block: block.span))
    text = replace(document, blocks=blocks)
    return [keyed.findings, read_text(text, number, lexicon, product, keyed.findings)]


def _phrased(document: Document, label: Span) -> bool:
    """Tell whether the label of a row says more than a name: "lid over the die"."""
    return len(document.words(label).split()) > 2


def distinct_names(documents: Sequence[Document]) -> tuple[str, ...]:
    """Name the files of documents; of two that are called alike the second gets a folder."""
    names: list[str] = []
    for number, document in enumerate(documents, 1):
        names.append(f"{number}/{document.name}" if document.name in names else document.name)
    return tuple(names)


def common_title(sources: Sequence[Source]) -> str:
    """Give the words with which the titles of all documents begin, else the name of the first file."""
    titles = [source.title.split() for source in sources]
    shared = 0
    while all(len(title) > shared for title in titles) and len({title[shared] for title in titles}) == 1:
        shared += 1
    headed = all(source.title != source.document.name for source in sources)
    return " ".join(titles[0][:shared]) if headed and shared else PurePosixPath(sources[0].file).stem
