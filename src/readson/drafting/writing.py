"""Write findings as a description that reads without a problem.

What a description would refuse is not left out: it is kept in it as words that are not settled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from readson.drafting.citing import Source
from readson.drafting.facts import Phrasing
from readson.drafting.merging import Merged
from readson.drafting.naming import item_names
from readson.drafting.outline import Line, Origin, Outline
from readson.errors import DescriptionError
from readson.extraction.findings import Finding, Item, Unsettled
from readson.ingest import parse_description
from readson.lexicon import Lexicon
from readson.statements import Product


@dataclass(frozen=True)
class Drafted:
    """A description as text, the product that it describes, and the findings that it says.

    `names` are those of the entries of items, by their keys.
    """

    text: str
    product: Product
    merged: Merged
    sources: tuple[Source, ...]
    names: Mapping[str, str]


def write(title: str, merged: Merged, sources: Sequence[Source], lexicon: Lexicon, slug: str) -> Drafted:
    """Write what documents say together; what cannot be said becomes unsettled, with the reason."""
    names = item_names(merged, lexicon)
    apart: frozenset[Finding] = frozenset()
    while True:
        outline = Outline(title, merged, sources, Phrasing(merged, names, lexicon), apart)
        refused: dict[Origin, str] = dict(outline.misfits())
        if not refused:
            lines = list(outline.lines())
            text = "".join(f"{line.text}\n" for line in lines)
            try:
                product = _parse(text, sources, lexicon, slug)
            except DescriptionError as error:
                apart, refused = _refused(lines, error, apart)
            else:
                return Drafted(text, product, merged, tuple(sources), names)
        merged = _without(merged, refused, names)


def _parse(text: str, sources: Sequence[Source], lexicon: Lexicon, slug: str) -> Product:
    read = {source.file: source.text for source in sources}
    return parse_description(text, lexicon, file="product.yaml", folder=Path(), slug=slug, read=read)


def _refused(
    lines: Sequence[Line], error: DescriptionError, apart: frozenset[Finding]
) -> tuple[frozenset[Finding], dict[Origin, str]]:
    """Find what the wrong lines say; of a line that says several things each is tried alone first."""
    refused: dict[Origin, str] = {}
    before = apart
    for problem in error.problems:
        says = lines[problem.line - 1].says if problem.line else ()
        joined = frozenset(o for o in says if isinstance(o, Finding)) if len(says) > 1 else frozenset()
        if joined - apart:
            apart |= joined
        else:
            refused |= dict.fromkeys(says, problem.message)
    if not refused and apart == before:
        raise error
    return apart, refused


def _without(merged: Merged, refused: dict[Origin, str], names: Mapping[str, str]) -> Merged:
    """Take out what is refused, and what is said of refused items, and say so as unsettled."""
    gone = {origin.key: reason for origin, reason in refused.items() if isinstance(origin, Item)}
    why = {f: r for f in merged.findings if (r := refused.get(f) or gone.get(f.subject) or gone.get(f.value))}
    unsettled = [
        *(Unsettled(o.quote, f"`{names[o.key]}`: {r}") for o, r in refused.items() if isinstance(o, Item)),
        *(Unsettled(finding.quote, reason) for finding, reason in why.items()),
    ]
    return replace(
        merged,
        items=tuple(item for item in merged.items if item.key not in gone),
        findings=tuple(finding for finding in merged.findings if finding not in why),
        unsettled=(*merged.unsettled, *unsettled),
    )
