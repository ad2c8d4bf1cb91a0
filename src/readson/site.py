"""The site: static pages of claim charts that open from a disk, without a server.

Templates show the charts as they are; this module decides which pages there are, their names and links.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from readson.charts import Chart, Citation, Portfolio, ProductCharts, Row
from readson.errors import UsageError
from readson.passages import cited, cut_lines, find_passages
from readson.pictures import Picture
from readson.resources import content_folder
from readson.verdicts import Verdict

Item = TypeVar("Item")
Progress = Callable[[int, int], None]
"""Called after each page with the number of pages written and the number of all pages."""

MARKER = ".readson-site"
ORDER = (Verdict.NOT_MET, Verdict.CONFLICTING, Verdict.UNKNOWN, Verdict.MET)
# What HTML forbids and UTF-8 cannot hold: control characters, lone surrogates, noncharacters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing no source says, and the rows that wait for it."""

    sentence: str
    rows: tuple[Row, ...]


def write_site(
    portfolio: Portfolio,
    folder: Path,
    progress: Progress | None = None,
    pictures: Mapping[str, Picture] | None = None,
) -> list[Path]:
    """Write the pages of a portfolio to a folder, all or nothing, and list the files written.

    `pictures` are shown on the pages of the products whose slugs they stand under.
    """
    folder = folder.resolve()
    _refuse_foreign(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
        fresh = Path(scratch, "new")
        names = _write_all(portfolio, fresh, progress, pictures or {})
        _swap(fresh, folder, Path(scratch, "old"))
    return [folder / name for name in sorted(names)]


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
    """Write marker, static files and pages; give their names."""
    statics = _write_statics(folder)
    (folder / MARKER).write_text("Made by readson; replaced as a whole on the next run.\n", encoding="utf-8")
    environment = _environment()
    environment.globals |= {
        "patent": portfolio.patent,
        "patent_title": portfolio.patent_title,
        "static": statics,
    }
    total = 2 + sum(1 + len(product.charts) + len(product.sources) for product in portfolio.products)
    names = [MARKER, *statics.values()]
    for done, (name, template, context) in enumerate(_pages(portfolio, pictures), 1):
        html = environment.get_template(template).render(context, root="../" * name.count("/"))
        _write(folder / name, _tidy(html).encode())
        names.append(name)
        if progress:
            progress(done, total)
    return names


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _write_statics(folder: Path) -> dict[str, str]:
    """Copy the static files under names that change with their content, so that no stale one is shown."""
    names = {}
    for path in sorted((content_folder("site") / "static").iterdir()):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        names[path.name] = f"static/{path.stem}-{hashlib.sha256(content).hexdigest()[:10]}{path.suffix}"
        _write(folder / names[path.name], content)
    return names


def _environment() -> Environment:
    loader = FileSystemLoader(content_folder("site") / "templates")
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    environment.filters |= {"sentence": as_sentence, "keyed": _keyed}
    environment.globals["verdicts"] = ORDER
    return environment


def _keyed(items: Iterable[Any], name: str) -> dict[Any, Any]:
    return {getattr(item, name): item for item in items}


def _printable(value: Any) -> Any:
    """Replace what no page may hold; markup is left alone, as its parts have been here before."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", value) if type(value) is str else value


def _tidy(html: str) -> str:
    """Drop indentation and empty lines; no template puts text whose spaces matter at the start of a line."""
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


def _pages(
    portfolio: Portfolio, pictures: Mapping[str, Picture]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give name, template and context of every page, in the order in which people read them."""
    products = sorted(portfolio.products, key=lambda product: (product.title.casefold(), product.slug))
    folders = [file_name(product.slug) for product in products]
    if len(set(folders)) < len(folders):
        raise UsageError(f"two products have the same name among {', '.join(sorted(folders))}")
    shelf = list(zip(products, folders, strict=True))
    yield "index.html", "index.html", {"portfolio": portfolio, "shelf": shelf, "heads": _heads(products)}
    yield "method.html", "method.html", {"portfolio": portfolio}
    for before, (product, folder), after in _with_neighbors(shelf):
        around = {"before": before, "after": after, "picture": pictures.get(product.slug)}
        for name, template, context in _product_pages(product):
            yield f"products/{folder}/{name}", template, context | around | {"product": product}


def _with_neighbors(items: list[Item]) -> Iterator[tuple[Item | None, Item, Item | None]]:
    return zip([None, *items], items, [*items[1:], None], strict=False)


def _heads(products: list[ProductCharts]) -> list[Chart]:
    """Give one chart for every claim there is, for the column heads."""
    charts = {chart.claim: chart for product in reversed(products) for chart in product.charts}
    return [charts[claim] for claim in sorted(charts)]


def _product_pages(product: ProductCharts) -> Iterator[tuple[str, str, dict[str, Any]]]:
    charts = sorted(product.charts, key=lambda chart: chart.claim)
    passages = {sheet.id: find_passages(product, sheet) for sheet in product.sources}
    pages = {sheet.id: f"sources/{file_name(sheet.id)}.html" for sheet in product.sources}

    def place(citation: Citation) -> str:
        passage = passages.get(citation.source, {}).get((citation.locator, citation.quote))
        return (
            pages[citation.source] + (f"#{passage.anchor}" if passage else "")
            if citation.source in pages
            else ""
        )

    shared = {"place": place, "pages": pages, "charts": charts, "claims": {chart.claim for chart in charts}}
    yield "index.html", "product.html", shared | {"gaps": _gaps(charts), "uses": _uses(charts)}
    for previous, chart, following in _with_neighbors(charts):
        near = {"previous": previous, "next": following}
        yield f"claim-{chart.claim:02d}.html", "chart.html", shared | near | {"chart": chart}
    for sheet in sorted(product.sources, key=lambda sheet: sheet.id):
        found = sorted(passages[sheet.id].values(), key=lambda passage: (passage.start, passage.end))
        context = {"sheet": sheet, "lines": list(cut_lines(sheet.text, found)), "passages": found}
        yield pages[sheet.id], "source.html", shared | context


def _own_rows(charts: Iterable[Chart]) -> Iterator[Row]:
    return (row for chart in charts for row in chart.rows if not row.inherited)


def _gaps(charts: list[Chart]) -> list[Gap]:
    """List what is missing, what most rows wait for first."""
    waiting: dict[str, list[Row]] = {}
    for row in _own_rows(charts):
        for sentence in dict.fromkeys(missing.sentence for missing in row.missing):
            waiting.setdefault(sentence, []).append(row)
    gaps = [Gap(sentence, tuple(rows)) for sentence, rows in waiting.items()]
    return sorted(gaps, key=lambda gap: (-len(gap.rows), gap.sentence))


def _uses(charts: list[Chart]) -> dict[str, list[Row]]:
    """Give for every statement the rows that cite it."""
    uses: dict[str, list[Row]] = {}
    for row in _own_rows(charts):
        for statement in dict.fromkeys(citation.statement for citation in cited(row)):
            uses.setdefault(statement, []).append(row)
    return uses
