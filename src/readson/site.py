"""The site: static pages of claim charts that open from a disk, without a server.

Templates show the charts as they are; this module decides which pages there are, their names and links.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from readson.errors import UsageError
from readson.formats.cells import printable
from readson.manifest import MARKER, write_manifest
from readson.passages import cut_lines
from readson.pictures import Picture
from readson.resources import content_folder
from readson.results import ORDER, Citation, Opinion, Portfolio, ProductCharts
from readson.verdicts import Verdict

Item = TypeVar("Item")
Progress = Callable[[int, int], None]
"""Called after each page with the number of pages written and the number of all pages."""



@dataclass(frozen=True, slots=True)
class ListedChart:
    """What other pages show of a chart."""

    claim: int
    parent: int
    verdict: Verdict
    opinion: Opinion | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What the pages of other products show of a product."""

    slug: str
    title: str
    kind: str
    charts: tuple[ListedChart, ...]

    @property
    def folder(self) -> str:
        """Name the folder of its pages, in that of all products."""
        return file_name(self.slug)


@dataclass(frozen=True, slots=True)
class Front:
    """What the pages show that are on no single product."""

    patent: str
    patent_title: str
    world: str
    constructions: tuple[str, ...]
    products: tuple[Listed, ...]


def write_site(
    portfolio: Portfolio,
    folder: Path,
    progress: Progress | None = None,
    pictures: Mapping[str, Picture] | None = None,
) -> list[Path]:
    """Write the pages of a portfolio to a folder, all or nothing, and list the files written.

    `pictures` are shown on the pages of the products whose slugs they stand under.
    """
    with replacing(folder) as fresh:
        names = _write_all(portfolio, fresh, progress, pictures or {})
        write_manifest(fresh, {})
    return [folder.resolve() / name for name in sorted((MARKER, *names))]


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Give a new folder to write a site to, which then takes the place of the folder, all or nothing."""
    folder = folder.resolve()
    _refuse_foreign(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
        fresh = Path(scratch, "new")
        fresh.mkdir()
        yield fresh
        _swap(fresh, folder, Path(scratch, "old"))


def _refuse_foreign(folder: Path) -> None:
    """Stop before anything is replaced that is not a site of readson."""
    if folder.is_dir() and ((folder / MARKER).is_file() or not any(folder.iterdir())):
        return
    if folder.exists():
        raise UsageError(
            f"`{folder}` holds something other than a readson site; choose an empty or new folder"
        )


def _swap(fresh: Path, folder: Path, old: Path) -> None:
    """Put the fresh site in the folder's place; put the old one back if that fails."""
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise


def _write_all(
    portfolio: Portfolio, folder: Path, progress: Progress | None, pictures: Mapping[str, Picture]
) -> list[str]:
    """Write static files and pages; give their names."""
    statics = write_statics(folder)
    front = Front(
        portfolio.patent,
        portfolio.patent_title,
        portfolio.world,
        portfolio.constructions,
        shelf(map(listed, portfolio.products)),
    )
    pages = Pages(front.patent, front.patent_title, statics)
    total = 2 + sum(1 + len(product.charts) + len(product.sources) for product in portfolio.products)
    names = list(statics.values())
    for done, (name, content) in enumerate(_pages(pages, front, portfolio.products, pictures), 1):
        write(folder / name, content)
        names.append(name)
        if progress:
            progress(done, total)
    return names


def _pages(
    pages: Pages, front: Front, products: Iterable[ProductCharts], pictures: Mapping[str, Picture]
) -> Iterator[tuple[str, bytes]]:
    """Give name and content of every page, in the order in which people read them."""
    charted = {product.slug: product for product in products}
    yield from pages.front(front)
    for near in with_neighbors(front.products):
        yield from pages.product(charted[near[1].slug], near[0], near[2], pictures.get(near[1].slug))


def chart_pages(portfolio: Portfolio) -> list[str]:
    """Name the pages of all charts, in the order in which people read them."""
    return [
        f"products/{product.folder}/{chart_page(chart.claim)}"
        for product in shelf(map(listed, portfolio.products))
        for chart in sorted(product.charts, key=lambda chart: chart.claim)
    ]


def chart_page(claim: int) -> str:
    """Name the page of a chart, in the folder of its product."""
    return f"claim-{claim:02d}.html"


def write(path: Path, content: bytes) -> None:
    """Write a file, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def write_statics(folder: Path) -> dict[str, str]:
    """Copy the static files under names that change with their content, so that no stale one is shown."""
    names = {}
    for path in sorted((content_folder("site") / "static").iterdir()):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        names[path.name] = f"static/{path.stem}-{hashlib.sha256(content).hexdigest()[:10]}{path.suffix}"
        write(folder / names[path.name], content)
    return names


def _environment() -> Environment:
    loader = FileSystemLoader(content_folder("site") / "templates")
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"sentence": as_sentence, "keyed": _keyed}
    environment.globals["verdicts"] = ORDER
    return environment


def _keyed(items: Iterable[Any], name: str) -> dict[Any, Any]:
    return {getattr(item, name): item for item in items}


def _tidy(html: str) -> str:
    """Replace what no page may hold, and drop indentation and empty lines.

    No template puts text whose spaces matter at the start of a line.
    """
    html = printable(html)
    return "\n".join(filter(None, map(str.strip, html.split("\n")))) + "\n"


def as_sentence(text: str) -> str:
    """Begin with a capital, unless the first word has its own spelling, and end with a full stop.

    >>> as_sentence("the first is set over the second"), as_sentence("nMOS is a part!")
    ('The first is set over the second.', 'nMOS is a part!')
    """
    text = text.strip()
    if text.partition(" ")[0].islower():
        text = text[0].upper() + text[1:]
    return text if not text or text[-1] in ".!?:" else text + "."


def file_name(name: str) -> str:
    """Give a name that every file system and address takes as it is; other names get a hash.

    >>> file_name("data-sheet"), file_name("../Data")
    ('data-sheet', 'data-45be8d19')
    """
    plain = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")[:60]
    return (
        plain if plain == name else f"{plain}-{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:8]}"
    )


class Pages:
    """Render the pages of one site, one after the other."""

    def __init__(self, patent: str, patent_title: str, statics: Mapping[str, str]) -> None:
        self._environment = _environment()
        self._environment.globals |= {"patent": patent, "patent_title": patent_title, "static": statics}

    def front(self, front: Front) -> Iterator[tuple[str, bytes]]:
        """Give name and content of each page that is on no single product."""
        context = {"portfolio": front, "shelf": front.products, "heads": _heads(front.products)}
        yield from (self._page(name, name, context) for name in ("index.html", "method.html"))

    def product(
        self, product: ProductCharts, before: Listed | None, after: Listed | None, picture: Picture | None
    ) -> Iterator[tuple[str, bytes]]:
        """Give name and content of each page of a product, which lead to the products before and after."""
        shared = {"before": before, "after": after, "product": product, "once": _once(), "picture": picture}
        for name, template, context in _product_pages(product):
            yield self._page(f"products/{file_name(product.slug)}/{name}", template, context | shared)

    def _page(self, name: str, template: str, context: dict[str, Any]) -> tuple[str, bytes]:
        html = self._environment.get_template(template).render(context, root="../" * name.count("/"))
        return name, _tidy(html).encode()


def _once() -> Callable[..., str]:
    """Give a way to call macros by which what has been rendered for the same things is not rendered again."""
    rendered: dict[tuple[int, ...], tuple[str, tuple[Any, ...]]] = {}

    def once(macro: Callable[..., str], *things: Any) -> str:
        key = (id(macro), *map(id, things))
        if key not in rendered:
            rendered[key] = macro(*things), (macro, *things)  # what is kept keeps its identity
        return rendered[key][0]

    return once


def listed(product: ProductCharts) -> Listed:
    """Leave of the charts of a product what the pages of others show."""
    charts = (ListedChart(c.claim, c.parent, c.verdict, c.opinion) for c in product.charts)
    return Listed(product.slug, product.title, product.kind, tuple(charts))


def shelf(products: Iterable[Listed]) -> tuple[Listed, ...]:
    """Put products in the order in which they are shown. Raise UsageError if two have the same name."""
    found = tuple(sorted(products, key=lambda product: (product.title.casefold(), product.slug)))
    folders = [product.folder for product in found]
    if len(set(folders)) < len(folders):
        raise UsageError(f"two products have the same name among {', '.join(sorted(folders))}")
    return found


def with_neighbors(items: Sequence[Item]) -> Iterator[tuple[Item | None, Item, Item | None]]:
    """Give items, each between the one before and the one after."""
    return zip([None, *items], items, [*items[1:], None], strict=False)


def _heads(products: Sequence[Listed]) -> list[ListedChart]:
    """Give one chart for every claim there is, for the column heads."""
    charts = {chart.claim: chart for product in reversed(products) for chart in product.charts}
    return [charts[claim] for claim in sorted(charts)]


def _product_pages(product: ProductCharts) -> Iterator[tuple[str, str, dict[str, Any]]]:
    charts = sorted(product.charts, key=lambda chart: chart.claim)
    anchors = {
        (sheet.id, passage.locator, passage.quote): passage.anchor
        for sheet in product.sources
        for passage in sheet.passages
    }
    pages = {sheet.id: f"sources/{file_name(sheet.id)}.html" for sheet in product.sources}

    def place(citation: Citation) -> str:
        anchor = anchors.get((citation.source, citation.locator, citation.quote), "")
        return pages.get(citation.source, "") + (f"#{anchor}" if anchor else "")

    shared = {"place": place, "pages": pages, "charts": charts, "claims": {chart.claim for chart in charts}}
    yield "index.html", "product.html", shared
    for previous, chart, following in with_neighbors(charts):
        near = {"previous": previous, "next": following}
        yield chart_page(chart.claim), "chart.html", shared | near | {"chart": chart}
    for sheet in sorted(product.sources, key=lambda sheet: sheet.id):
        context = {"sheet": sheet, "lines": list(cut_lines(sheet.text, sheet.passages))}
        yield pages[sheet.id], "source.html", shared | context
