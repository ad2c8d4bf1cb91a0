"""Read the tables and trees of a document into findings (docs/mapping.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from readson.documents.model import Document, Span, Table
from readson.extraction.findings import Findings
from readson.lexicon import Lexicon
from readson.mapping.declarations import FORM, read_declaration
from readson.mapping.entries import DEEPEST, Entry, Node, field_entries, grow
from readson.mapping.files import Mapping
from readson.mapping.gathering import Gathering
from readson.mapping.grids import grid_of
from readson.mapping.keys import split_key
from readson.mapping.leaves import Leaves, Place
from readson.mapping.saying import Saying
from readson.mapping.senses import Sense, Senses, adds_nothing
from readson.mapping.settling import settle
from readson.mapping.tables import tabled
from readson.mapping.trees import Walk, label_of
from readson.mapping.values import has_decimal_commas
from readson.statements import PRODUCT


@dataclass(frozen=True, slots=True)
class Keyed:
    """What the tables and trees of a document say.

    `prose` are values that are running text, and `unclaimed` the tables that no header explains: both are for
    the reading of text.
    """

    findings: Findings
    prose: tuple[Span, ...] = ()
    unclaimed: tuple[Table, ...] = ()


def read_keys(document: Document, number: int, lexicon: Lexicon, mapping: Mapping | None = None) -> Keyed:
    """Read the tables and trees of a document, the `number`-th of those that are read together.

    What a mapping has confirmed counts before what the words of a key say.
    """
    senses, gathering, mapping = Senses(lexicon), Gathering(lexicon, number), mapping or Mapping()
    leaves = Leaves(Saying(senses, gathering), has_decimal_commas(_texts(document)))
    walk = Walk(leaves, _sense_of(senses, mapping), document.text)
    if document.form == FORM:
        read_declaration(leaves.saying, document)
    else:
        _read_tree(walk, document)
    unclaimed = tuple(table for table in document.tables if not _read_table(walk, document, table, mapping))
    walk.read_phrases()
    settle(leaves.saying)
    prose = tuple(_unquoted(document.text, span) for span in gathering.prose)
    for value, source in gathering.prose.items():
        if key := _key(document.text, value, source):
            gathering.ignore(key, "the key of running text")
    return Keyed(gathering.found(), prose, unclaimed)


def nodes_of(document: Document, senses: Senses, mapping: Mapping | None = None) -> tuple[Node, ...]:
    """Give all nodes of the trees and of the tables that a header explains."""
    found = _roots(field_entries(document), _sense_of(senses, Mapping()))
    for table in document.tables:
        told = tabled(grid_of(document, table), senses, mapping.product if mapping else "")
        found = found + told.nodes if told else found
    return found


def key_sense(node: Node, senses: Senses) -> Sense:
    """Say what the key of a node means; the key of a group may add nothing."""
    neutral = not node.entry and adds_nothing(split_key(node.key).words)
    return Sense() if neutral else senses.sense(node.key)


def _sense_of(senses: Senses, mapping: Mapping) -> Callable[[Node], Sense]:
    return lambda node: mapping.sense(node.path) or key_sense(node, senses)


def _texts(document: Document) -> Iterator[str]:
    yield from (field.text for field in document.fields)
    yield from (document.words(span) for table in document.tables for row in table.rows for span in row)


def _unquoted(text: str, span: Span) -> Span:
    """Leave the quotation marks of a value out of its prose."""
    marked = (
        span.end - span.start > 2 and text[span.start] == text[span.end - 1] and text[span.start] in "\"'"
    )
    return Span(span.start + 1, span.end - 1) if marked else span


def _key(text: str, value: Span, source: Span) -> Span | None:
    """Give what stands before running text in its source, without the signs between them."""
    words = re.match(r"[\"']?(.*\w)?", text[source.start : value.start], re.DOTALL)
    start = source.start + (words.start(1) if words and words[1] else 0)
    return Span(start, start + len(words[1])) if words and words[1] else None


def _read_tree(walk: Walk, document: Document) -> None:
    """Read the fields of a document."""
    entries = tuple(field_entries(document))
    for entry in entries:
        if len(entry.path) > DEEPEST:
            walk.saying.gathering.unsettle(entry.quote, f"stands more than {DEEPEST} levels deep")
    nodes = _roots(entries, walk.sense_of)
    if nodes:
        walk.read_children(nodes, Place(PRODUCT))


def _roots(entries: Iterable[Entry], sense_of: Callable[[Node], Sense]) -> tuple[Node, ...]:
    """Grow nodes; a key that stands alone at the root and means nothing is the product itself."""
    nodes = grow(entry for entry in entries if len(entry.path) <= DEEPEST)
    while len(nodes) == 1 and _only_names_the_product(nodes[0], sense_of):
        nodes = nodes[0].children
    return nodes


def _only_names_the_product(node: Node, sense_of: Callable[[Node], Sense]) -> bool:
    if node.entry or label_of(node, sense_of) or (node.key.isdigit() and len(node.path) > 1):
        return False
    sense = sense_of(node)
    return not (sense.ignored or sense.kinds or sense.property)


def _read_table(walk: Walk, document: Document, table: Table, mapping: Mapping) -> bool:
    """Read a table, if its header explains it."""
    found = tabled(grid_of(document, table), walk.saying.senses, mapping.product)
    if found:
        walk.read_children(found.nodes, Place(PRODUCT))
        for span in found.headings:
            walk.saying.gathering.ignore(span, "a heading")
        for span in found.unsettled:
            walk.saying.gathering.unsettle(span, found.reason)
    return bool(found)
