"""Read JSON Lines: a description a line, with the keys of descriptions in YAML (docs/descriptions.md).

Every text of JSON stands in quotation marks, so that they mean nothing: "unknown" says that nothing is known.
"""

from __future__ import annotations

import json
from pathlib import Path

from readson.bulk.batch import Batch, Refusal
from readson.errors import DescriptionError, Problem
from readson.graph import Rows, enter
from readson.ingest.description import describe, slug_of
from readson.ingest.yaml_nodes import DEEPEST, LARGEST, Listing, Mapping, Mark, Node, Scalar
from readson.ontology import Ontology
from readson.statements import Product


class Entries(list[tuple[str, object]]):
    """The entries of an object in order, doubles too."""


def read_json_lines(text: str, folder: Path, ontology: Ontology) -> Batch:
    """Read all products of a text; source files are looked for in `folder`."""
    batch = Batch()
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            _take(batch, line, number, folder, ontology)
    return batch


def _take(batch: Batch, line: str, number: int, folder: Path, ontology: Ontology) -> None:
    rows, slug = Rows(), ""
    try:
        root = read_node(line, number)
        slug, root = _named(root)
        product = describe(root, ontology.lexicon, file="", folder=folder, slug=slug)
    except DescriptionError as error:
        name = slug or f"line {number}"
        refusals = [Refusal(number, problem.column, name, problem.message) for problem in error.problems]
        batch.take(Product(name, "", (), ()), rows, refusals)
        return
    enter(rows, product, batch.number, batch.first, ontology)
    batch.take(product, rows, [])


def read_node(line: str, number: int = 1) -> Node:
    """Read one line into nodes as descriptions have them. Raises DescriptionError for what is not JSON."""
    if len(line) > LARGEST:
        raise _problem(number, 0, f"more than {LARGEST} characters")
    try:
        value = json.loads(
            line,
            object_pairs_hook=Entries,
            parse_int=str,
            parse_float=str,
            parse_constant=str,
        )
    except json.JSONDecodeError as error:
        raise _problem(number, error.colno, f"not JSON: {error.msg}") from error
    except RecursionError as error:
        raise _problem(number, 0, f"more than {DEEPEST} levels deep") from error
    return _node(value, number, 0)


def _node(value: object, number: int, depth: int) -> Node:
    mark = Mark(number, 0)
    if depth > DEEPEST:
        raise _problem(number, 0, f"more than {DEEPEST} levels deep")
    if isinstance(value, Entries):
        keys = [key for key, _ in value]
        for key in keys:
            if keys.count(key) > 1:
                raise _problem(number, 0, f"the key `{key[:80]}` stands here twice")
        return Mapping(tuple((Scalar(k, True, mark), _node(v, number, depth + 1)) for k, v in value), mark)
    if isinstance(value, list):
        return Listing(tuple(_node(one, number, depth + 1) for one in value), mark)
    if isinstance(value, str):
        return Scalar(" ".join(value.split()), False, mark)
    return Scalar({None: "null", True: "true", False: "false"}[value], False, mark)  # type: ignore[index]


def _named(root: Node) -> tuple[str, Node]:
    """Take the name of the product from the key `slug`, or make it from `product`."""
    if not isinstance(root, Mapping):
        return "", root
    texts = {key.text: value.text for key, value in root.entries if isinstance(value, Scalar)}
    rest = tuple((key, value) for key, value in root.entries if key.text != "slug")
    return texts.get("slug") or slug_of(texts.get("product", "")), Mapping(rest, root.mark)


def _problem(line: int, column: int, message: str) -> DescriptionError:
    return DescriptionError([Problem("", line, column, message)])
