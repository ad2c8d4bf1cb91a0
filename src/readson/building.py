"""Build the site of an assessment: product by product, on all cores, and only what is not there already."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from readson.assess import Assessment, assess, engine
from readson.charting import chart_products, kind_of
from readson.claim_sheets import claim_sheets, role_sheets
from readson.fronts import Front
from readson.listing import Listed, ListedChart, shelf, with_neighbors
from readson.manifest import Made, content_key, digest, is_unchanged, read_manifest, write_manifest
from readson.pictures import Picture, draw
from readson.resources import content_folder, turtle_files
from readson.results import OntologySheet, Opinion, ProductCharts
from readson.searching import product_entries, search_files
from readson.shapes import Patent
from readson.site import Frame, Pages, replacing, write, write_statics
from readson.statements import Product
from readson.term_sheets import ontology_sheets
from readson.turtle import load
from readson.workers import cores, workers

if TYPE_CHECKING:
    from readson.drafting.ledger import Ledger

Opinions = Mapping[tuple[int, int], Opinion]
"""The opinion of a second engine on each chart, by product and claim."""
Around = tuple[Listed | None, Listed | None]
"""What the pages of a product show of the products before and after it."""
CHUNK = 32
"""So many products are charted at once, at most: their rows share columns."""
FEW = 8
"""So many products are charted sooner in this process than others start."""


@dataclass(frozen=True, slots=True)
class Job:
    """Products to chart, with their neighbors, and all that a process needs to know for it."""

    products: tuple[Product, ...]
    around: tuple[Around, ...]
    frame: Frame
    world: str
    constructions: tuple[tuple[str, str], ...]
    claims: tuple[int, ...]
    folder: Path
    ledgers: Mapping[str, Ledger]


def build_site(
    assessment: Assessment,
    folder: Path,
    advance: Callable[[int], object] = lambda _: None,
    opinions: Opinions | None = None,
) -> list[Path]:
    """Write the pages of all charts to a folder, all or nothing, and list the files.

    Pages that are there already, made from the same things, stay as they are. `advance` is called with
    the number of products that are done.
    """
    given = opinions or {}
    products = assessment.graph.products
    front = _front(assessment, shelf(_listed(assessment, n, given) for n in range(len(products))))
    around = {here.slug: (before, after) for before, here, after in with_neighbors(front.products)}
    keys = _keys(assessment, around, given)
    with replacing(folder) as fresh:
        statics = write_statics(fresh)
        frame = Frame(assessment.patent.slug, assessment.patent.title, statics, ("claims", "ontology"))
        made = _keep(folder, fresh, keys)
        advance(len(made))
        stale = [n for n, product in enumerate(products) if product.slug not in made]
        with _making(assessment, stale, around, given, fresh, frame) as making:
            names = _write(fresh, Pages(frame).front(front))  # while other processes chart
            for slug, pages in making:
                made[slug] = replace(pages, key=keys[slug])
                advance(1)
        entries = ((listed, made[listed.slug].entries) for listed in front.products)
        names += _write(fresh, search_files(front, entries))
        write_manifest(fresh, made)
    names += [*statics.values(), *(name for pages in made.values() for name in pages.files)]
    return [folder.resolve() / name for name in sorted(set(names))]


def _listed(assessment: Assessment, number: int, opinions: Opinions) -> Listed:
    product, claims = assessment.graph.products[number], assessment.patent.claims
    charts = (
        ListedChart(n, claims[n].parent, assessment.verdict(n, number), opinions.get((number, n)))
        for n in assessment.readings
    )
    return Listed(product.slug, product.title, kind_of(assessment, number), tuple(charts))


def _front(assessment: Assessment, products: tuple[Listed, ...]) -> Front:
    patent = assessment.patent
    return Front(
        patent.slug,
        patent.title,
        assessment.world,
        assessment.chosen,
        products,
        claim_sheets(patent, assessment.readings, assessment.constructions),
        role_sheets(patent, assessment.graph.ontology.lexicon),
        content_sheets(patent),
    )


def content_sheets(patent: Patent) -> tuple[OntologySheet, ...]:
    """Show the ontology that readson comes with."""
    return ontology_sheets(load(turtle_files(content_folder("ontology"))), patent)


def _write(folder: Path, files: Iterable[tuple[str, bytes]]) -> list[str]:
    """Write files, and give their names."""
    names = []
    for name, content in files:
        write(folder / name, content)
        names.append(name)
    return names


# What is there already


def _keys(assessment: Assessment, around: Mapping[str, Around], opinions: Opinions) -> dict[str, str]:
    """Give for every product the key of all that its pages show."""
    claims = tuple(assessment.readings)
    shared = (content_key(assessment.patent.slug), assessment.world, assessment.chosen, claims)
    return {
        product.slug: digest(
            repr(shared).encode(),
            repr(replace(product, file="")).encode(errors="surrogatepass"),
            repr([near and (near.slug, near.title) for near in around[product.slug]]).encode(),
            repr([opinions.get((number, claim)) for claim in claims]).encode(),
            repr(assessment.ledgers.get(product.slug)).encode(errors="surrogatepass"),
        )
        for number, product in enumerate(assessment.graph.products)
    }


def _keep(folder: Path, fresh: Path, keys: Mapping[str, str]) -> dict[str, Made]:
    """Take over the pages of products of which nothing has changed, the pages themselves included."""
    kept = {}
    for slug, made in read_manifest(folder).items():
        if keys.get(slug) == made.key and is_unchanged(folder, made.files):
            for name in made.files:
                _link(folder / name, fresh / name)
            kept[slug] = made
    return kept


def _link(file: Path, copy: Path) -> None:
    """Have a file in two places; where the file system has no links, copy it."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file, copy)
    except OSError:
        shutil.copy2(file, copy)


# What is to be made


@contextmanager
def _making(
    assessment: Assessment,
    numbers: Sequence[int],
    around: Mapping[str, Around],
    opinions: Opinions,
    folder: Path,
    frame: Frame,
) -> Iterator[Iterator[tuple[str, Made]]]:
    """Chart products and write their pages; many on all cores, unless a second opinion is noted on them."""
    if len(numbers) <= FEW or opinions or cores() == 1:
        yield _make(assessment, numbers, around, opinions, folder, Pages(frame))
        return
    with workers(cores(), "chart fewer products at a time") as pool:
        jobs = _jobs(assessment, numbers, around, folder, frame)
        yield chain.from_iterable(pool.map(make_pages, jobs))


def _make(
    assessment: Assessment,
    numbers: Sequence[int],
    around: Mapping[str, Around],
    opinions: Opinions,
    folder: Path,
    pages: Pages,
) -> Iterator[tuple[str, Made]]:
    """Chart products in this process."""
    for number, product in zip(numbers, chart_products(assessment, numbers), strict=True):
        noted, picture = _noted(product, number, opinions), draw_product(assessment, number)
        yield _write_product(pages, noted, around[product.slug], folder, picture)


def _jobs(
    assessment: Assessment,
    numbers: Sequence[int],
    around: Mapping[str, Around],
    folder: Path,
    frame: Frame,
) -> Iterator[Job]:
    """Deal products out to jobs of like weight: who has many statements takes long."""
    products, size = assessment.graph.products, min(CHUNK, -(-len(numbers) // cores()))
    heaviest_first = sorted(numbers, key=lambda n: -len(products[n].statements))
    count = -(-len(numbers) // size)
    for number in range(count):
        dealt = tuple(products[n] for n in heaviest_first[number::count])
        yield Job(
            products=dealt,
            around=tuple(around[product.slug] for product in dealt),
            frame=frame,
            world=assessment.world,
            constructions=tuple(assessment.constructions.items()),
            claims=tuple(assessment.readings),
            folder=folder,
            ledgers={p.slug: assessment.ledgers[p.slug] for p in dealt if p.slug in assessment.ledgers},
        )


def make_pages(job: Job) -> list[tuple[str, Made]]:
    """Chart the products of a job, in a process of its own, and write their pages."""
    ontology, patent = engine(job.frame.patent)
    judged = assess(job.products, ontology, patent, job.world, dict(job.constructions), job.claims)
    assessment = replace(judged, ledgers=job.ledgers)
    pages = Pages(job.frame)
    charted = zip(chart_products(assessment, range(len(job.products))), job.around, strict=True)
    return [
        _write_product(pages, product, around, job.folder, draw_product(assessment, number))
        for number, (product, around) in enumerate(charted)
    ]


def draw_product(assessment: Assessment, number: int) -> Picture:
    """Draw one product of an assessment."""
    return draw(assessment.graph.products[number], assessment.graph)


def _write_product(
    pages: Pages, product: ProductCharts, around: Around, folder: Path, picture: Picture
) -> tuple[str, Made]:
    files = {}
    for name, content in pages.product(product, *around, picture):
        write(folder / name, content)
        files[name] = digest(content)
    return product.slug, Made("", files, product_entries(product, picture))


def _noted(product: ProductCharts, number: int, opinions: Opinions) -> ProductCharts:
    """Note on every chart what the second engine says of it."""
    return replace(
        product, charts=tuple(replace(c, opinion=opinions.get((number, c.claim))) for c in product.charts)
    )
