"""A site is built anew only where something changed, and comes out the same however it is built."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from readson.assess import assess
from readson.building import FEW, build_site, content_sheets, draw_product
from readson.charting import portfolio
from readson.manifest import MARKER, read_manifest
from readson.ontology import Ontology
from readson.shapes import Patent
from readson.site import write_site
from readson.statements import Product
from readson.workers import cores

Build = Callable[..., list[Path]]
SLUGS = ("coarse-filler", "sparse-data-sheet", "three-chip-stack")


@pytest.fixture(scope="module")
def few(described: tuple[Product, ...]) -> tuple[Product, ...]:
    return tuple(product for product in described if product.slug in SLUGS)


@pytest.fixture(scope="module")
def build(ontology: Ontology, patent: Patent) -> Build:
    def build(products: Sequence[Product], folder: Path, world: str = "documented") -> list[Path]:
        return build_site(assess(products, ontology, patent, world, claims=[1, 2]), folder)

    return build


def content(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def identities(folder: Path) -> dict[str, tuple[int, int]]:
    """Tell the files themselves, by product and name: one that is written again is another."""
    return {
        p.relative_to(folder / "products").as_posix(): (p.stat().st_ino, p.stat().st_mtime_ns)
        for p in (folder / "products").rglob("*")
        if p.is_file()
    }


def rewritten(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> set[str]:
    """Name the products of which a page was written again."""
    return {name.partition("/")[0] for name in after if after[name] != before.get(name)}


def test_a_build_gives_the_pages_of_the_portfolio(
    build: Build, few: tuple[Product, ...], ontology: Ontology, patent: Patent, tmp_path: Path
) -> None:
    assessment = assess(few, ontology, patent, claims=[1, 2])
    pictures = {product.slug: draw_product(assessment, number) for number, product in enumerate(few)}
    ontology_shown = content_sheets(patent)
    write_site(portfolio(assessment), tmp_path / "whole", pictures=pictures, ontology=ontology_shown)
    listed = build(few, tmp_path / "built")
    assert listed == sorted(p for p in (tmp_path / "built").rglob("*") if p.is_file() and p.name != MARKER)
    whole, built = content(tmp_path / "whole"), content(tmp_path / "built")
    assert whole | {MARKER: built[MARKER]} == built


def test_a_second_build_writes_no_page_again_and_gives_the_same_bytes(
    build: Build, few: tuple[Product, ...], tmp_path: Path
) -> None:
    build(few, tmp_path / "site")
    before, pages = content(tmp_path / "site"), identities(tmp_path / "site")
    build(few, tmp_path / "site")
    assert content(tmp_path / "site") == before
    assert identities(tmp_path / "site") == pages
    build(few, tmp_path / "fresh")
    assert content(tmp_path / "fresh") == before


def test_a_changed_description_makes_the_pages_of_its_product_anew_and_no_others(
    build: Build, few: tuple[Product, ...], tmp_path: Path
) -> None:
    build(few, tmp_path / "site")
    before = identities(tmp_path / "site")
    changed = replace(few[0], statements=few[0].statements[:-1])
    build((changed, *few[1:]), tmp_path / "site")
    assert rewritten(before, identities(tmp_path / "site")) == {few[0].slug}
    build((changed, *few[1:]), tmp_path / "fresh")
    assert content(tmp_path / "site") == content(tmp_path / "fresh")


def test_a_new_title_reaches_the_products_beside_it(
    build: Build, few: tuple[Product, ...], tmp_path: Path
) -> None:
    build(few, tmp_path / "site")
    renamed = (replace(few[0], title="A name before all others"), *few[1:])
    build(renamed, tmp_path / "site")
    build(renamed, tmp_path / "fresh")
    assert content(tmp_path / "site") == content(tmp_path / "fresh")


def test_a_removed_product_leaves_nothing_behind(
    build: Build, few: tuple[Product, ...], tmp_path: Path
) -> None:
    build(few, tmp_path / "site")
    build(few[1:], tmp_path / "site")
    build(few[1:], tmp_path / "fresh")
    assert content(tmp_path / "site") == content(tmp_path / "fresh")
    assert not (tmp_path / "site" / "products" / few[0].slug).exists()


def test_what_silence_means_is_among_what_pages_are_made_from(
    build: Build, few: tuple[Product, ...], tmp_path: Path
) -> None:
    build(few[:1], tmp_path / "site")
    build(few[:1], tmp_path / "site", "open")
    build(few[:1], tmp_path / "fresh", "open")
    assert content(tmp_path / "site") == content(tmp_path / "fresh")


def _broken(text: str) -> str:
    return text[: len(text) // 2]


def _foreign(text: str) -> str:
    return "Made by readson; replaced as a whole on the next run.\n"


def _listless(text: str) -> str:
    return '{"products": []}'


def _escaping(text: str) -> str:
    entries = json.loads(text)
    for made in entries["products"].values():
        made["files"]["../outside.html"] = "0" * 64
    return json.dumps(entries)


@pytest.mark.parametrize("spoil", [_broken, _foreign, _listless, _escaping])
def test_a_manifest_that_cannot_be_trusted_means_a_full_build(
    build: Build, few: tuple[Product, ...], tmp_path: Path, spoil: Callable[[str], str]
) -> None:
    build(few[:1], tmp_path / "site")
    before, pages = content(tmp_path / "site"), identities(tmp_path / "site")
    marker = tmp_path / "site" / MARKER
    marker.write_text(spoil(marker.read_text("utf-8")), encoding="utf-8")
    assert read_manifest(tmp_path / "site") == {}
    build(few[:1], tmp_path / "site")
    assert content(tmp_path / "site") == before
    assert rewritten(pages, identities(tmp_path / "site")) == {few[0].slug}


@pytest.mark.parametrize("spoil", [Path.unlink, lambda page: page.write_text("by hand", "utf-8")])
def test_a_page_that_is_not_as_it_was_written_is_made_anew(
    build: Build, few: tuple[Product, ...], tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    build(few[:1], tmp_path / "site")
    before = content(tmp_path / "site")
    spoil(tmp_path / "site" / "products" / few[0].slug / "claim-01.html")
    build(few[:1], tmp_path / "site")
    assert content(tmp_path / "site") == before


@pytest.mark.skipif(cores() == 1, reason="one core shares no work")
def test_many_products_on_all_cores_give_the_same_bytes_as_one_after_the_other(
    build: Build, described: tuple[Product, ...], tmp_path: Path
) -> None:
    small = sorted(described, key=lambda product: len(product.items))[: FEW + 1]
    build(small, tmp_path / "together")
    for count in range(3, FEW + 1, 3):
        build(small[:count], tmp_path / "grown")
    build(small, tmp_path / "grown")
    assert content(tmp_path / "together") == content(tmp_path / "grown")
