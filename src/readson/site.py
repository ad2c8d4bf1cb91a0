"""The site: static pages of claim charts that open from a disk, without a server.

Templates show the charts as they are; this module decides which pages there are, their names and links.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from readson.errors import UsageError
from readson.formats.cells import printable
from readson.fronts import Front, front_pages
from readson.listing import Listed, file_name, listed, shelf, with_neighbors
from readson.manifest import MARKER, write_manifest
from readson.paper import on_one_page
from readson.pictures import Picture
from readson.product_pages import CHART, product_pages
from readson.resources import content_folder
from readson.results import GLOSSARY, ORDER, OntologySheet, Portfolio, ProductCharts
from readson.searching import product_entries, search_files

Progress = Callable[[int, int], None]
"""Called after each page with the number of pages written and the number of all pages."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page shows; `sections` are those of the front, `static` the names of static files."""

    patent: str
    patent_title: str
    static: Mapping[str, str]
    sections: tuple[str, ...]


def write_site(
    portfolio: Portfolio,
    folder: Path,
    progress: Progress | None = None,
    pictures: Mapping[str, Picture] | None = None,
    ontology: tuple[OntologySheet, ...] = (),
) -> list[Path]:
    """Write the pages of a portfolio to a folder, all or nothing, and list the files written.

    `pictures` are shown on the pages of the products whose slugs they stand under.
    """
    with replacing(folder) as fresh:
        names = _write_all(portfolio, fresh, progress, pictures or {}, ontology)
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
    portfolio: Portfolio,
    folder: Path,
    progress: Progress | None,
    pictures: Mapping[str, Picture],
    ontology: tuple[OntologySheet, ...],
) -> list[str]:
    """Write static files, the search and the pages; give their names."""
    front = front_of(portfolio, ontology)
    charted = {product.slug: product for product in portfolio.products}
    statics = write_statics(folder)
    search = [(p, product_entries(charted[p.slug], pictures.get(p.slug))) for p in front.products]
    names = list(statics.values())
    for name, content in search_files(front, search):
        write(folder / name, content)
        names.append(name)
    pages = Pages(Frame(front.patent, front.patent_title, statics, front.sections))
    made = list(_pages(pages, front, charted, pictures))
    for done, (name, content) in enumerate(made, 1):
        write(folder / name, content)
        names.append(name)
        if progress:
            progress(done, len(made))
    return names


def front_of(portfolio: Portfolio, ontology: tuple[OntologySheet, ...]) -> Front:
    """Leave of a portfolio what the front pages show."""
    return Front(
        portfolio.patent,
        portfolio.patent_title,
        portfolio.world,
        portfolio.constructions,
        shelf(map(listed, portfolio.products)),
        portfolio.claims,
        portfolio.roles,
        ontology,
    )


def _pages(
    pages: Pages, front: Front, charted: Mapping[str, ProductCharts], pictures: Mapping[str, Picture]
) -> Iterator[tuple[str, bytes]]:
    """Give name and content of every page, in the order in which people read them."""
    yield from pages.front(front)
    for near in with_neighbors(front.products):
        yield from pages.product(charted[near[1].slug], near[0], near[2], pictures.get(near[1].slug))


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
    environment.filters |= {"sentence": as_sentence, "keyed": _keyed, "verbatim": _verbatim}
    environment.globals |= {"verdicts": ORDER, "on_paper": False}
    return environment


def _keyed(items: Iterable[Any], name: str) -> dict[Any, Any]:
    return {getattr(item, name): item for item in items}


def _verbatim(text: str) -> Markup:
    """Keep the lines of a text, and their indentation, where `_tidy` would drop it."""
    return Markup(str(escape(text)).replace("\n", "&#10;"))


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


class Pages:
    """Render the pages of one site, one after the other."""

    def __init__(self, frame: Frame) -> None:
        self._environment = _environment()
        self._environment.globals |= {
            "patent": frame.patent,
            "patent_title": frame.patent_title,
            "static": frame.static,
            "sections": frame.sections,
            "glossary": GLOSSARY,
        }

    def front(self, front: Front) -> Iterator[tuple[str, bytes]]:
        """Give name and content of each page that is on no single product."""
        yield from (self._page(name, template, context) for name, template, context in front_pages(front))

    def product(
        self, product: ProductCharts, before: Listed | None, after: Listed | None, picture: Picture | None
    ) -> Iterator[tuple[str, bytes]]:
        """Give name and content of each page of a product, which lead to the products before and after."""
        shared = {"before": before, "after": after, "once": _once()}
        for page in product_pages(product, picture):
            name = f"products/{file_name(product.slug)}/{page.name}"
            yield self._page(name, page.template, page.context | shared)

    def paper(self, product: ProductCharts, picture: Picture | None, margins: str) -> bytes:
        """Give one page with all charts of a product, to be printed; `margins` names its further styles.

        What links to another of the charts leads to its place on the page; other links are gone.
        """
        shared = {"before": None, "after": None, "once": _once(), "on_paper": True}
        charts = [page for page in product_pages(product, picture) if page.template == CHART]
        for page in charts[1:]:
            page.context["svg"] = ""
        whole = [(page.name, self._html(page.name, CHART, page.context | shared)) for page in charts]
        context = {"product": product, "charts": on_one_page(whole), "margins": margins}
        return _tidy(self._html("paper.html", "paper.html", context)).encode()

    def _page(self, name: str, template: str, context: dict[str, Any]) -> tuple[str, bytes]:
        return name, _tidy(self._html(name, template, context)).encode()

    def _html(self, name: str, template: str, context: dict[str, Any]) -> str:
        root = "../" * name.count("/")
        return self._environment.get_template(template).render(context, name=name, root=root)


def _once() -> Callable[..., str]:
    """Give a way to call macros by which what has been rendered for the same things is not rendered again.

    Texts, flags and tuples of them are the same where they are equal, all else where it is one object.
    """
    rendered: dict[tuple[Hashable, ...], tuple[str, tuple[Any, ...]]] = {}

    def once(macro: Callable[..., str], *things: Any) -> str:
        key = (id(macro), *(t if isinstance(t, str | bool | tuple) else id(t) for t in things))
        if key not in rendered:
            rendered[key] = macro(*things), (macro, *things)  # what is kept keeps its identity
        return rendered[key][0]

    return once
