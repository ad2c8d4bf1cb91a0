"""Read the tables and trees of a document into findings (docs/mapping.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from readson.documents.model import Document, Span, Table
from readson.extraction.findings import Findings
from readson.lexicon import Lexicon
from readson.mapping.entries import DEEPEST, Entry, Node, field_entries, grow
from readson.mapping.gathering import Gathering
from readson.mapping.keys import split_key
from readson.mapping.language import language
from readson.mapping.leaves import Leaves, Place
from readson.mapping.saying import Saying
from readson.mapping.senses import Sense, Senses
from readson.mapping.settling import settle
from readson.mapping.tables import grid_of, tabled
from readson.mapping.trees import Walk
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


def read_keys(document: Document, number: int, lexicon: Lexicon, mapping: None = None) -> Keyed:
    """Read the tables and trees of a document, the `number`-th of those that are read together."""
    senses, gathering = Senses(lexicon), Gathering(lexicon, number)
    saying, commas = Saying(senses, gathering), has_decimal_commas(_texts(document))
    walk = Walk(Leaves(saying, commas), lambda node: key_sense(node, senses), document.text)
    read_tree(walk, tuple(field_entries(document)))
    unclaimed = tuple(table for table in document.tables if not _read_table(walk, document, table))
    walk.read_phrases()
    settle(saying)
    return Keyed(gathering.found(), tuple(dict.fromkeys(gathering.prose)), unclaimed)


def _texts(document: Document) -> Iterator[str]:
    yield from (field.text for field in document.fields)
    yield from (document.words(span) for table in document.tables for row in table.rows for span in row)


def _read_table(walk: Walk, document: Document, table: Table) -> bool:
    """Read a table, if its header explains it."""
    found = tabled(grid_of(document, table), walk.saying.senses, product="")
    if found:
        walk.read_children(found.nodes, Place(PRODUCT))
        for span in found.unsettled:
            walk.saying.gathering.unsettle(span, found.reason)
    return bool(found)


def key_sense(node: Node, senses: Senses) -> Sense:
    """Say what the key of a node means; the key of a group may add nothing."""
    neutral = not node.entry and split_key(node.key).words in language().groups | language().product_words
    return Sense() if neutral else senses.sense(node.key)


def read_tree(walk: Walk, entries: tuple[Entry, ...]) -> None:
    """Read entries from the root; what stands alone there is the product."""
    for entry in entries:
        if len(entry.path) > DEEPEST:
            walk.saying.gathering.unsettle(entry.quote, f"stands more than {DEEPEST} levels deep")
    nodes = grow(entry for entry in entries if len(entry.path) <= DEEPEST)
    while len(nodes) == 1 and not nodes[0].entry and _stands_for_product(walk, nodes[0]):
        nodes = nodes[0].children
    if nodes:
        walk.read_children(nodes, Place(PRODUCT))


def _stands_for_product(walk: Walk, node: Node) -> bool:
    """Tell whether the one key at the root only names the product."""
    sense = walk.sense_of(node)
    return not (sense.ignored or sense.kinds or sense.property)
