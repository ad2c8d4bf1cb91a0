"""The pages of a product: what they show, how they lead to each other, and how heavy they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import portfolio_sample as sample
import readson
from readson.assess import assess_descriptions
from readson.building import build_site
from readson.pictures.linking import LinkedPicture
from readson.product_pages import claim_tree
from readson.results import Account, LedgerEntry, Portfolio, ProductCharts
from readson.site import write_site
from test_site import Page, local_links

ROOT = Path(__file__).resolve().parents[1]
PRODUCTS = ("conflicting-sources", "sparse-data-sheet", "stacked-memory-accelerator", "three-chip-stack")
DOCUMENTS = tuple(sorted((ROOT / "tests/documents").glob("hl16-*")))
HEAVY = 300_000
"""Bytes that no page of a product may reach."""


def read(folder: Path) -> dict[str, Page]:
    return {path.relative_to(folder).as_posix(): Page(path) for path in sorted(folder.rglob("*.html"))}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("products") / "site"
    build_site(assess_descriptions([ROOT / "data/products" / name for name in PRODUCTS], ""), folder)
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    return read(site)


@pytest.fixture(scope="module")
def read_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of one product that was read from documents."""
    folder = tmp_path_factory.mktemp("documents") / "site"
    build_site(assess_descriptions(DOCUMENTS, "", claims=[1, 9, 21], product="HL-16 stacked module"), folder)
    return folder


def rows_of(page: Page) -> Iterator[dict[str, str | None]]:
    return (attributes for tag, attributes in page.tags if tag == "tr" and "data-verdict" in attributes)


def broken(folder: Path, pages: dict[str, Page]) -> list[str]:
    """List the links that lead nowhere."""
    found = []
    for name, link in local_links(pages):
        file, _, fragment = link.partition("#")
        target = ((folder / name).parent / file).resolve() if file else (folder / name).resolve()
        page = pages.get(target.relative_to(folder).as_posix()) if target.suffix == ".html" else None
        if not target.is_file() or (fragment and (page is None or fragment not in page.ids)):
            found.append(f"{name}: {link}")
    return found


# Charts


def test_no_page_of_a_product_is_heavy(site: Path) -> None:
    sizes = {
        path.relative_to(site).as_posix(): path.stat().st_size for path in site.rglob("products/**/*.html")
    }
    assert max(sizes.values()) < HEAVY, max(sizes, key=lambda name: sizes[name])
    assert len(sizes) > 100


def test_every_link_leads_somewhere(site: Path, pages: dict[str, Page]) -> None:
    assert not broken(site, pages)


def test_every_page_with_a_picture_has_each_id_once(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name


def test_a_row_lights_the_parts_that_its_terms_read_on(pages: dict[str, Page]) -> None:
    page = pages["products/conflicting-sources/claim-01.html"]
    parts = {row["id"]: (row.get("data-parts") or "").split() for row in rows_of(page)}
    assert parts["1e"] == ["part-die", "part-spreader"]
    assert parts["1pre"] == [], "the preamble introduces no term that is read on a part"
    assert {id for ids in parts.values() for id in ids} <= set(page.ids)


def test_a_row_lights_the_step_that_it_rests_on(pages: dict[str, Page]) -> None:
    page = pages["products/conflicting-sources/claim-22.html"]
    (row,) = (row for row in rows_of(page) if row["id"] == "22a")
    assert row["data-verdict"] == "not-met" and (row["data-parts"] or "").split()[-1] == "part-molding"
    links = {a["id"]: a["href"] for tag, a in page.tags if tag == "a" and "id" in a}
    assert links["part-molding"] == "#22a"


def test_a_row_lights_the_step_of_which_more_would_decide_it(pages: dict[str, Page]) -> None:
    (row,) = (row for row in rows_of(pages["products/three-chip-stack/claim-24.html"]) if row["id"] == "24a")
    assert row["data-verdict"] == "unknown" and row["data-parts"] == "part-molding"


def test_a_term_read_on_several_parts_together_lights_them_all(pages: dict[str, Page]) -> None:
    page = pages["products/three-chip-stack/claim-09.html"]
    (row,) = (row for row in rows_of(page) if row["id"] == "9e")
    assert (row["data-parts"] or "").split() == ["part-chip-1", "part-chip-2", "part-chip-3", "part-spreader"]


def test_a_part_leads_to_the_first_row_that_uses_it(pages: dict[str, Page]) -> None:
    page = pages["products/conflicting-sources/claim-01.html"]
    links = {a["id"]: a["href"] for tag, a in page.tags if tag == "a" and "id" in a}
    assert links["part-substrate"] == "#1a" and links["part-spreader"] == "#1d"
    assert "part-capacitors" not in links and "part-capacitors" in page.ids, "no row uses them"
    product = pages["products/conflicting-sources/index.html"]
    assert "claim-01.html#1d" in product.links


def test_a_picture_that_holds_links_is_no_single_image() -> None:
    svg = (
        '<svg role="img"><g id="part-a" class="part box" data-part="a" tabindex="0" '
        'role="graphics-symbol"><title>a</title></g></svg>'
    )
    linked = LinkedPicture(svg).linked({"part-a": 'x"><script>'})
    assert 'role="img"' not in linked and "<script>" not in linked
    assert re.search(r'<a id="part-a"[^>]* href="x&quot;&gt;&lt;script&gt;"><title>a</title></a>', linked)
    assert "tabindex" not in LinkedPicture(svg).linked({}), (
        "a part that leads nowhere is no stop for the keyboard"
    )


def test_a_conflict_shows_both_sides_with_their_sources(pages: dict[str, Page]) -> None:
    text = pages["products/conflicting-sources/claim-01.html"].text
    assert "For The spreader is 24.0 mm long." in text
    assert "Against The spreader is 12.5 mm long." in text
    assert "“Caliper" not in text and "Caliper: 12.5 mm x 12.5 mm Lab report 6-0417, line 4" in text


def test_an_unknown_row_says_what_statement_would_decide_it(pages: dict[str, Page]) -> None:
    text = pages["products/sparse-data-sheet/claim-01.html"].text
    assert (
        "Whether the spreader is set over the die. Met if a source says The spreader is set over the die. "
        "Not met if a source says The spreader is not set over the die."
    ) in text
    assert "No statement on the parts named so far would decide it." in text


def test_constructions_stand_side_by_side_with_what_they_change(pages: dict[str, Page]) -> None:
    text = pages["products/conflicting-sources/claim-01.html"].text
    assert "plan-view Construed as here ≠ conflicting" in text
    assert "total-surface If construed so ? unknown The verdict changes." in text


def test_other_readings_stand_beside_the_charted_one(pages: dict[str, Page]) -> None:
    text = pages["products/three-chip-stack/claim-09.html"].text
    assert "Term of the claim As charted Reading 2" in text
    assert "flip-chip bonded chip chip 1 chip chip 3 chip" in text
    assert "What changes Every element has the same verdict." in text


def test_an_inherited_row_leads_to_the_same_row_of_its_own_chart(pages: dict[str, Page]) -> None:
    assert "claim-01.html#1d" in pages["products/conflicting-sources/claim-02.html"].links


def test_a_row_that_is_read_otherwise_than_on_its_own_chart_says_so(tmp_path: Path) -> None:
    product = sample.ordinary()
    own, dependent = product.charts[:2]
    moved = tuple(replace(row, repeats="") if row.inherited else row for row in dependent.rows)
    assert moved != dependent.rows
    charts = (own, replace(dependent, rows=moved), *product.charts[2:])
    write_site(replace(sample.portfolio(), products=(replace(product, charts=charts),)), tmp_path / "out")
    assert "inherited, read otherwise here" in Page(tmp_path / "out/products/x100/claim-05.html").text


# The page of the product


def test_dependent_claims_stand_under_their_parents() -> None:
    charts = sample.ordinary().charts
    assert [(depth, chart.claim) for depth, chart in claim_tree(charts)] == [
        (0, 1), (1, 5), (0, 9), (1, 10), (0, 21),
    ]  # fmt: skip
    assert [depth for depth, _ in claim_tree(charts[1:2])] == [0], "the parent is not charted"


def test_a_product_page_proposes_what_would_settle_a_gap(pages: dict[str, Page]) -> None:
    text = pages["products/sparse-data-sheet/index.html"].text
    assert "Met if a source says Not met if a source says Elements that wait for it" in text
    assert "The count of the bumps is at least 2. 1[b], 21[a]" in text


def test_many_proposals_fold(pages: dict[str, Page]) -> None:
    page = pages["products/stacked-memory-accelerator/index.html"]
    assert re.search(r"and \d+ more", page.text)


def test_every_fact_with_words_leads_to_them(pages: dict[str, Page]) -> None:
    portfolio = readson.check(ROOT / "data/products/conflicting-sources")
    names = ("index.html", "facts.html")
    links = [link for name in names for link in pages[f"products/conflicting-sources/{name}"].links]
    quoted = {f.citation.locator for f in portfolio.products[0].facts if f.citation.quote}
    assert len({link for link in links if "#q-" in link}) >= len(quoted) > 10


def test_the_steps_of_a_process_are_listed_in_their_order(pages: dict[str, Page]) -> None:
    assert "Process molding transfer molding" in pages["products/conflicting-sources/index.html"].text


# Ledgers


def test_documents_have_a_ledger_and_descriptions_have_none(read_site: Path, pages: dict[str, Page]) -> None:
    names = [name for name in read(read_site) if "/ledgers/" in name]
    assert [name.rpartition("/")[2] for name in names] == [
        "hl16-bom.html", "hl16-layers.html", "hl16-note.html",
    ]  # fmt: skip
    assert not [name for name in pages if "/ledgers/" in name]


def test_a_ledger_accounts_for_every_cell_and_leads_to_its_words_and_rows(read_site: Path) -> None:
    pages = read(read_site)
    assert not broken(read_site, pages)
    name = next(name for name in pages if name.endswith("ledgers/hl16-bom.html"))
    states = [a["data-state"] for tag, a in pages[name].tags if tag == "tr" and "data-state" in a]
    assert {"used", "ignored", "ambiguous"} == set(states) and len(states) == 53
    assert f"{states.count('used')} of 53 cells used" in pages[name].text
    assert any("claim-01.html#1" in link for link in pages[name].links)
    assert any("sources/hl16-bom.html#L" in link for link in pages[name].links)


def test_the_ledger_of_a_site_is_that_of_the_results(read_site: Path) -> None:
    portfolio = readson.check(*DOCUMENTS, product="HL-16 stacked module")
    (account, *_) = portfolio.products[0].ledger
    used = [entry for entry in account.entries if entry.state == "used"]
    assert account.source == "hl16-bom" and any(entry.rows for entry in used)
    assert not [e for e in account.entries if e.state == "ignored" and not e.reasons]


def with_ledger(entries: tuple[LedgerEntry, ...]) -> Portfolio:
    product = replace(sample.ordinary(), ledger=(Account("ds", "line", entries),))
    return replace(sample.portfolio(), products=(product,))


def test_an_ambiguous_entry_names_its_choices(tmp_path: Path) -> None:
    entry = LedgerEntry(0, 5, "the lid", "line 1", "ambiguous", ("it may mean any of these",), ("lid", "cap"))
    write_site(with_ledger((entry,)), tmp_path / "out")
    text = Page(tmp_path / "out/products/x100/ledgers/ds.html").text
    assert "? ambiguous It may mean any of these. lid cap" in text


def test_a_long_ledger_goes_over_several_pages(tmp_path: Path) -> None:
    entries = tuple(LedgerEntry(0, 5, f"line {n} " * 9, f"line {n}", "ignored", ("x",)) for n in range(2000))
    write_site(with_ledger(entries), tmp_path / "out")
    parts = sorted((tmp_path / "out/products/x100/ledgers").iterdir())
    assert [part.name for part in parts][:2] == ["ds.2.html", "ds.3.html"] and len(parts) > 3
    assert all(part.stat().st_size < HEAVY for part in parts)


# Text that is not ours


def hostile(product: ProductCharts) -> ProductCharts:
    """Give a product a ledger and sheets that try to break out of their pages."""
    bad = (sample.SCRIPT, sample.RIGHT_TO_LEFT, '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}\u2028\x00")
    entries = tuple(LedgerEntry(0, 3, text, text, "ambiguous", (text,), (text,)) for text in bad)
    return replace(product, ledger=(Account("../DS", "line", entries),))


def test_hostile_text_in_a_ledger_stays_text(tmp_path: Path) -> None:
    write_site(replace(sample.portfolio(), products=(hostile(sample.hostile()),)), tmp_path / "out")
    (path,) = (tmp_path / "out/products").glob("*/ledgers/*.html")
    page = Page(path)
    assert not {"img", "iframe"} & {tag for tag, _ in page.tags}
    assert len([tag for tag, _ in page.tags if tag == "script"]) == 2
    assert page.text.count(sample.SCRIPT) >= 3 and "{{ 7 * 7 }}" in page.text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", path.read_text("utf-8"))


def test_a_hostile_quote_is_marked_as_text(tmp_path: Path) -> None:
    write_site(sample.portfolio(), tmp_path / "out")
    (path,) = (tmp_path / "out/products").glob("up-x*/sources/*.html")
    marks = re.findall(r"<mark[^>]*>(.*?)</mark>", path.read_text("utf-8"))
    assert any("&lt;script&gt;" in mark for mark in marks)
    assert not any("<script" in mark for mark in marks)
