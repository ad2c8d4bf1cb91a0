"""Documents made of a few lines, for tests, and what is read in them: trees, tables, a declaration."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from readson.documents.model import Document, Field, Place, Span, Table
from readson.lexicon import Lexicon
from readson.mapping.reading import Keyed, read_keys
from readson.mapping.senses import Senses
from readson.resources import content_folder, turtle_files
from readson.turtle import load
from readson.vocabulary import BASE

PKG, MAT, PROC = BASE + "package#", BASE + "material#", BASE + "process#"
DECLARATION: dict[str, Any] = {
    "MainDeclaration": {
        "BusinessInfo": {"Response": {"SupplyCompany": {"CompanyID": {"name": "Copper Works"}}}},
        "Product": {
            "ProductID": {"itemName": "X100", "itemNumber": "123"},
            "Amount": {"value": "3", "UOM": "g"},
            "SubProduct": [
                {
                    "name": "Lid",
                    "HomogeneousMaterialList": {
                        "HomogeneousMaterial": [
                            {
                                "name": "Copper alloy",
                                "Amount": {"value": 2},
                                "Substance": [{"name": "Nickel"}],
                            }
                        ]
                    },
                },
                {"name": "Frobnicator", "HomogeneousMaterial": {"name": "Steel"}},
            ],
            "MaterialInfo": {
                "HomogeneousMaterial": [
                    {"name": "Die Attach", "Substance": {"name": "Silver (metallic)"}},
                    {
                        "name": "Mold Compound",
                        "Substance": [{"name": "Silica, vitreous"}, {"name": "Zirconium"}],
                    },
                ]
            },
        },
    }
}


def tree(text: str, form: str = "json") -> Document:
    """Read JSON or YAML into a document whose fields know their slices."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return _document(text, form, fields=tuple(_fields(root, (), Span(0, 0))))


def sheet(*tables: str, headers: int = 1, captions: tuple[str, ...] = ()) -> Document:
    """Make a document of tables: a line a row, "|" between cells."""
    text = "\n\n".join(tables)
    start, found = 0, []
    for number, table in enumerate(tables):
        caption = captions[number] if captions else ""
        found.append(Table(tuple(_rows(table, start)), headers, caption))
        start += len(table) + 2
    return _document(text, "csv", tables=tuple(found))


def _document(
    text: str, form: str, fields: tuple[Field, ...] = (), tables: tuple[Table, ...] = ()
) -> Document:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Document(f"x.{form}", form, sha256, text, (Place(0, "at", "/"),), (), tables, fields)


def _fields(node: yaml.Node | None, path: tuple[str, ...], key: Span) -> Iterator[Field]:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _fields(value, (*path, str(name.value)), _span(name))
    elif isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            yield from _fields(value, (*path, str(place)), Span(0, 0))
    elif isinstance(node, yaml.ScalarNode):
        null = node.tag.endswith(":null")
        yield Field(path, key, _span(node), "" if null else str(node.value), null)


def _span(node: yaml.Node) -> Span:
    return Span(node.start_mark.index, node.end_mark.index)


def _rows(table: str, start: int) -> Iterator[tuple[Span, ...]]:
    for line in table.split("\n"):
        cells, at = [], start
        for cell in line.split("|"):
            left = at + len(cell) - len(cell.lstrip())
            cells.append(Span(left, max(left, at + len(cell.rstrip()))))
            at += len(cell) + 1
        yield tuple(cells)
        start += len(line) + 1


@cache
def lexicon() -> Lexicon:
    return Lexicon(load(turtle_files(content_folder("ontology"))))


@cache
def senses() -> Senses:
    return Senses(lexicon())


def read(document: Document) -> Keyed:
    return read_keys(document, 0, lexicon())


def said(document: Document) -> set[tuple[str, str, str]]:
    """Give (subject, property, value) of all findings, "not" and "none" before the value, classes by name."""
    return {
        (
            found.subject,
            local_name(found.property),
            f"{found.mode} {local_name(found.value)}".removeprefix("is "),
        )
        for found in read(document).findings.findings
    }


def items(document: Document) -> dict[str, str]:
    return {item.key: local_name(item.kind) for item in read(document).findings.items}


def reasons(document: Document) -> list[str]:
    return [words.reason for words in read(document).findings.unsettled]


def passed(document: Document) -> list[str]:
    return [words.reason for words in read(document).findings.ignored]


def prose(document: Document) -> list[str]:
    return [document.words(span) for span in read(document).prose]


def local_name(iri: str) -> str:
    """Give what follows the sign # of an IRI."""
    return iri.rpartition("#")[2]


def quoted(document: Document, value: str) -> str:
    """Give the quote of the finding with a value."""
    found = [each.quote for each in read(document).findings.findings if local_name(each.value) == value]
    return document.words(found[0].span)
