"""Searching: what the search of a site finds, as scripts that pages load when someone searches.

Pages opened from a disk may load scripts but no data, so the entries stand in scripts. `search/index.js` has
the products, claims, elements and terms, and names the scripts with the parts and quotes of products, each
with those of as many products as make about `SHARD` characters; all of them are loaded once someone types.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from readson.formats.cells import printable
from readson.fronts import Front, term_place
from readson.listing import Listed, claim_page
from readson.pictures import Picture
from readson.product_pages import quote_places
from readson.results import ProductCharts

Entry = tuple[str, str, str, str]
"""What is found: its sort, its text, what is said beside it, and its page in the folder of its group."""
Group = tuple[str, str, Sequence[Entry]]
"""Entries that share a folder, and the title of the product that they are on."""
SHARD = 100_000
LONGEST = 200
"""So many characters of a quote can be found."""


def product_entries(product: ProductCharts, picture: Picture | None) -> tuple[Entry, ...]:
    """List what can be found of one product: its parts, and the words cited of its sources."""
    ids = picture.parts if picture else {}
    titles = {sheet.id: sheet.title or sheet.id for sheet in product.sources}
    places = quote_places(product)
    at: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for source, locator, words in places:
        at[source, locator].append(words)
    parts = [("part", p.title, p.kind, _anchored("index.html", ids.get(p.name, ""))) for p in product.parts]
    quotes = [
        ("quote", words[:LONGEST], ", ".join(filter(None, (titles[source], locator))), address)
        for (source, locator, words), address in sorted(places.items())
        # Words that a longer quote of the same place holds are found by that one.
        if words and not any(words != other and words in other for other in at[source, locator])
    ]
    return tuple(dict.fromkeys([*parts, *quotes]))


def _anchored(page: str, anchor: str) -> str:
    return f"{page}#{anchor}" if anchor else page


def search_files(
    front: Front, products: Iterable[tuple[Listed, Sequence[Entry]]]
) -> Iterator[tuple[str, bytes]]:
    """Give name and content of each script of the search."""
    shards = [(f"products-{hashlib.sha256(s).hexdigest()[:10]}.js", s) for s in _shards(products)]
    yield "search/index.js", _script([("", "", tuple(_front_entries(front)))], [name for name, _ in shards])
    yield from ((f"search/{name}", script) for name, script in shards)


def _front_entries(front: Front) -> Iterator[Entry]:
    for product in front.products:
        yield "product", product.title, product.kind, f"products/{product.folder}/index.html"
    for claim in front.claims:
        page = f"claims/{claim_page(claim.number)}"
        yield "claim", f"Claim {claim.number}", f"{claim.category} claim", page
        for element in claim.elements:
            yield "element", element.text, element.id, f"{page}#{element.anchor}"
    for sheet in front.ontology:
        for term in sheet.terms:
            names = "; ".join((term.label, *term.other_labels))
            yield "term", names, f"{sheet.prefix}:{term.name}", term_place(sheet, term)


def _shards(products: Iterable[tuple[Listed, Sequence[Entry]]]) -> Iterator[bytes]:
    """Cut the entries of products into scripts of like size; those of one product stay together."""
    groups: list[Group] = []
    size = 0
    for product, entries in products:
        if not entries:
            continue
        groups.append((f"products/{product.folder}/", product.title, entries))
        size += sum(len(text) for entry in entries for text in entry)
        if size > SHARD:
            yield _script(groups, [])
            groups, size = [], 0
    if groups:
        yield _script(groups, [])


def _script(groups: Sequence[Group], others: Sequence[str]) -> bytes:
    data = json.dumps([groups, others], ensure_ascii=False, separators=(",", ":"))
    return f"readsonFound(...{printable(data)});\n".encode(errors="replace")
