"""Read a product description in YAML (format: `data/description.schema.json`), or name all its problems."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as Dict
from pathlib import Path

from readson.errors import DescriptionError, Problem
from readson.ingest.aside import ASIDE, check_aside
from readson.ingest.draft import Draft
from readson.ingest.entries import Entry, read_evidence, read_kinds, state_entry
from readson.ingest.parts import declare_parts, declare_phrases, list_parts, read_absent, read_complete
from readson.ingest.problems import Problems
from readson.ingest.process import declare_process, state_process
from readson.ingest.quotes import SourceText
from readson.ingest.sources import Sources
from readson.ingest.yaml_nodes import LARGEST, Mapping, Node, read_nodes
from readson.lexicon import Lexicon
from readson.statements import PRODUCT, Product

PRODUCT_KEYS = ("product", "sources", "source", "no", "complete", "parts", "process", *ASIDE)


def read_description(path: Path, lexicon: Lexicon) -> Product:
    """Read one description; raises DescriptionError with every problem found in it."""
    file = str(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise DescriptionError([Problem(file, 0, 0, f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DescriptionError([Problem(file, line, 1, "not UTF-8; save the file as UTF-8")]) from error
    return parse_description(text, lexicon, file=file, folder=path.parent, slug=_slug(path))


def read_descriptions(paths: Iterable[Path], lexicon: Lexicon) -> tuple[Product, ...]:
    """Read many descriptions; the problems of all of them are raised together."""
    products: dict[str, Product] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            product = read_description(path, lexicon)
        except DescriptionError as error:
            problems += error.problems
            continue
        if product.slug in products:
            message = f"two descriptions are called `{product.slug}`; rename one"
            problems.append(Problem(str(path), 0, 0, message))
        products[product.slug] = product
    if problems:
        raise DescriptionError(problems)
    return tuple(products.values())


def parse_description(
    text: str,
    lexicon: Lexicon,
    *,
    file: str,
    folder: Path,
    slug: str,
    read: Dict[str, SourceText] | None = None,
) -> Product:
    """Read a description from its text; source files that are not in `read` are looked for in `folder`."""
    return describe(read_nodes(text, file), lexicon, file=file, folder=folder, slug=slug, read=read)


def describe(
    root: Node,
    lexicon: Lexicon,
    *,
    file: str,
    folder: Path,
    slug: str,
    read: Dict[str, SourceText] | None = None,
) -> Product:
    """Read a description from its nodes; raises DescriptionError with every problem found in it."""
    if not isinstance(root, Mapping):
        raise DescriptionError([Problem(file, 1, 1, "expected `product:` with its name, and `parts:`")])
    problems = Problems(file)
    draft = Draft(lexicon, problems, Sources(problems, folder, read or {}))
    title = _read(draft, root)
    problems.check()
    return Product(
        slug=slug,
        title=title,
        items=tuple(name for name in draft.kinds if name not in draft.stale),
        statements=tuple(draft.statements),
        sources=tuple(draft.sources.sources.values()),
        file=Path(file).name,
        documents={id_: text.words for id_, text in draft.sources.texts.items()},
    )


def _read(draft: Draft, root: Mapping) -> str:
    """Name everything first, then state the facts, so that a name may be used before its entry."""
    keys = {key.text: (key, value) for key, value in root.entries}
    if "sources" in keys:
        draft.sources.read(keys["sources"][1])
    if "source" in keys:
        draft.sources.read_default(keys["source"][1])
    evidence = read_evidence(draft, root)
    kinds = tuple(read_kinds(draft, root, evidence, draft.lexicon.role("parts"), strict=True))
    draft.declare(PRODUCT, tuple(fact.kind.iri for fact in kinds if not fact.denied))
    entries, phrases = declare_parts(draft, keys["parts"][1]) if "parts" in keys else ([], [])
    process = declare_process(draft, *keys["process"]) if "process" in keys else None
    features = list(declare_phrases(draft, phrases))
    list_parts(draft, entries)
    state_entry(draft, Entry(PRODUCT, root, kinds, evidence), PRODUCT_KEYS)
    for entry in (*entries, *features):
        state_entry(draft, entry)
    if process:
        state_process(draft, process)
    steps = process.steps if process else ()
    draft.note_stale(entry.name for entry in (*entries, *steps) if entry.stale)
    if "no" in keys:
        read_absent(draft, keys["no"][1])
    if "complete" in keys:
        read_complete(draft, keys["complete"][1])
    for key in ASIDE:
        if key in keys:
            check_aside(draft, key, keys[key][1])
    if "product" not in keys:
        draft.problems.add(root, "expected `product:` with the name of the product")
        return ""
    return draft.problems.text(keys["product"][1], "the name of the product")


def slug_of(name: str) -> str:
    """Make a name of a file from any name.

    >>> slug_of("X100 graphics processor")
    'x100-graphics-processor'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "product"


def _slug(path: Path) -> str:
    """Name the product after its file, or after its folder when the file is called product.yaml."""
    name = path.stem if path.stem != "product" else path.resolve().parent.name
    return slug_of(name)
