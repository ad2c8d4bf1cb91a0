"""The site in a browser, opened from a disk: keys, filter, dark mode, phone, paper; and nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import portfolio_sample as sample
from browsing import IN_BROWSER, Visit, launched
from readson.fronts import Front
from readson.listing import Listed, ListedChart, shelf
from readson.results import ORDER
from readson.site import Frame, Pages, write, write_site, write_statics
from readson.verdicts import Verdict

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [*IN_BROWSER]
CHART = "products/x100/claim-01.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "out"
    write_site(sample.portfolio(), folder, ontology=sample.ontology())
    return folder


@pytest.fixture(scope="module")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a matrix of 1,000 products, of which every third has a conflict in claim 9."""
    folder = tmp_path_factory.mktemp("long")
    charts = [ListedChart(n, p, Verdict.UNKNOWN) for n, p in ((1, 0), (5, 1), (9, 0), (10, 9))]
    clash = [replace(c, verdict=Verdict.CONFLICTING) if c.claim == 9 else c for c in charts]
    products = [
        Listed(f"p-{n:04}", f"Product {n:04}", "package", tuple(charts if n % 3 else clash))
        for n in range(1000)
    ]
    front = Front("chip-package", "Chips", "documented", (), shelf(products))
    for name, content in Pages(Frame("chip-package", "Chips", write_statics(folder), ())).front(front):
        write(folder / name, content)
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, site: Path) -> Iterator[Visit]:
    visit = Visit(chromium, site, viewport={"width": 1280, "height": 800})
    yield visit
    assert not visit.complaints
    visit.page.context.close()


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_every_page_loads_its_style_and_script_and_nothing_else(visit: Visit, site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        page = visit.open(path.relative_to(site).as_posix())
        assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
        assert page.locator("[data-help]").is_visible()
        assert page.evaluate("document.title").endswith("readson")


def test_hostile_script_does_not_run(visit: Visit, site: Path) -> None:
    dialogs: list[str] = []
    visit.page.on("dialog", lambda dialog: dialogs.append(dialog.message) or dialog.dismiss())
    for path in sorted((site / "products").glob("up-x*/**/*.html")):
        visit.open(path.relative_to(site).as_posix())
    assert not dialogs


def test_the_policy_stops_inline_script(chromium: Any, site: Path) -> None:
    visit = Visit(chromium, site)
    page = visit.open("index.html")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    )
    assert page.evaluate("window.ran") is None
    assert len(visit.complaints) == 1 and "Content Security Policy" in visit.complaints[0]


def test_keys_move_from_row_to_row(visit: Visit) -> None:
    page = visit.open(CHART)
    for key, row in (("j", "1pre"), ("j", "1a"), ("n", "1b"), ("p", "1a"), ("k", "1pre"), ("k", "1pre")):
        page.keyboard.press(key)
        assert focused(page) == row
    for _ in range(12):
        page.keyboard.press("j")
    assert focused(page) == "1i"
    assert page.evaluate("document.activeElement.getBoundingClientRect().bottom <= innerHeight")


def test_keys_start_from_the_row_of_the_address_and_open_its_reason(visit: Visit) -> None:
    page = visit.open(f"{CHART}#1d")
    page.keyboard.press("j")
    assert focused(page) == "1e"
    page.keyboard.press("o")
    assert page.locator("[id='1e'] details").evaluate("tree => tree.open")
    assert page.locator("[id='1b'] details").evaluate("tree => !tree.open")


def test_keys_turn_pages(visit: Visit) -> None:
    page = visit.open(CHART)
    page.keyboard.press("]")
    page.wait_for_url("**/claim-05.html")
    page.keyboard.press("[")
    page.wait_for_url("**/claim-01.html")


def test_help_opens_closes_and_can_switch_the_keys_off(visit: Visit) -> None:
    page = visit.open(CHART)
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("j")
    assert focused(page) != "1pre"
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()
    page.locator("[data-help]").click()
    page.locator("#keys-on").uncheck()
    page.get_by_role("button", name="Close").click()
    assert not page.locator("#help").is_visible()
    page.keyboard.press("j")
    assert focused(page) != "1pre"


def test_one_button_opens_all_reasons(visit: Visit) -> None:
    page = visit.open(CHART)
    page.get_by_role("button", name="Open all reasons").click()
    assert page.locator("details.tree[open]").count() == page.locator("details.tree").count() > 1
    page.get_by_role("button", name="Close all reasons").click()
    assert page.locator("details.tree[open]").count() == 0


def test_filter_by_text_verdict_and_claim(visit: Visit) -> None:
    page = visit.open("index.html")
    rows = page.locator(".matrix tbody tr:visible")
    assert rows.count() == 2
    page.keyboard.press("f")
    page.keyboard.type("x100 BALL")
    assert rows.count() == 1 and "X100" in rows.first.inner_text()
    assert page.locator("#filter-count").inner_text() == "1 of 2 products"
    page.get_by_role("button", name="Clear").click()
    assert rows.count() == 2
    page.locator("#filter-verdict").select_option("conflicting")
    assert rows.count() == 2
    page.locator("#filter-claim").select_option("1")
    assert rows.count() == 1 and "X100" not in rows.first.inner_text()


def columns(page: Any) -> list[str]:
    """List the claims whose columns show."""
    heads = page.locator(".matrix thead th[data-claim]:visible")
    return [head.get_attribute("data-claim") for head in heads.all()]


def test_dependent_claims_fold_under_the_one_they_depend_on(visit: Visit) -> None:
    page = visit.open("index.html")
    assert columns(page) == ["1", "9", "21"]
    opener = page.get_by_role("button", name="Claims that depend on claim 1", exact=True)
    assert opener.get_attribute("aria-expanded") == "false"
    opener.click()
    assert columns(page) == ["1", "5", "9", "21"]
    assert opener.get_attribute("aria-expanded") == "true"
    page.get_by_role("button", name="Open all claims").click()
    assert columns(page) == ["1", "5", "9", "10", "21"]
    page.get_by_role("button", name="Fold dependent claims").click()
    assert columns(page) == ["1", "9", "21"]


def test_a_folded_claim_shows_when_it_is_asked_for(visit: Visit) -> None:
    page = visit.open("index.html")
    page.locator("#filter-claim").select_option("5")
    assert columns(page) == ["1", "5", "9", "21"]


def test_products_sort_by_name_and_by_the_verdict_of_a_claim(visit: Visit) -> None:
    page = visit.open("index.html")
    first = page.locator(".matrix tbody tr").first
    by_name = first.inner_text()
    page.get_by_role("button", name="Product", exact=True).click()
    assert first.inner_text() != by_name
    assert page.locator("[aria-sort]").get_attribute("aria-sort") == "descending"
    page.get_by_role("button", name="Claim 1", exact=True).click()
    assert first.get_attribute("data-verdicts")[0] == str(ORDER.index(Verdict.CONFLICTING))
    page.get_by_role("button", name="Claim 1", exact=True).click()
    assert first.get_attribute("data-verdicts")[0] == str(ORDER.index(Verdict.NOT_MET))


def test_the_address_keeps_what_the_matrix_shows(visit: Visit) -> None:
    page = visit.open("index.html")
    page.locator("#filter-verdict").select_option("conflicting")
    page.locator("#filter-claim").select_option("1")
    page.get_by_role("button", name="Claim 9", exact=True).click()
    page.get_by_role("button", name="Claims that depend on claim 9", exact=True).click()
    address = page.url
    assert address.endswith("#verdict=conflicting&claim=1&sort=9&open=9")
    shown = page.locator(".matrix").inner_text()
    visit.open("method.html")
    page.goto(address)
    assert page.locator(".matrix").inner_text() == shown
    assert page.locator("#filter-verdict").input_value() == "conflicting"


def test_a_matrix_of_a_thousand_products_answers_at_once(chromium: Any, long_site: Path) -> None:
    visit = Visit(chromium, long_site, viewport={"width": 1280, "height": 800})
    page = visit.open("index.html")
    assert page.locator("#filter-count").inner_text() == "1000 of 1000 products"
    assert page.locator(".matrix tbody tr:visible").count() == 100, "rows far below are not laid out"
    page.locator("#filter-verdict").select_option("conflicting")
    assert page.locator("#filter-count").inner_text() == "334 of 1000 products"
    page.locator("#filter-text").fill("product 099")
    assert page.locator(".matrix tbody tr:visible").count() == 5
    page.get_by_role("button", name="Clear").click()
    page.evaluate("document.querySelector('.scroll').scrollTop = 1e6")
    page.locator(".matrix tbody tr:not([hidden])").nth(150).wait_for()
    assert not visit.complaints


def test_a_long_matrix_is_printed_whole(chromium: Any, long_site: Path) -> None:
    page = Visit(chromium, long_site).open("index.html")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".matrix tbody tr:not([hidden])").count() == 1000


@pytest.mark.parametrize(
    ("words", "sort", "place"),
    [
        ("x100 graph", "product", "products/x100/index.html"),
        ("claim 9", "claim", "claims/claim-09.html"),
        ("covering carrier", "element", "claims/claim-01.html#1g"),
        ("flip-chip bonded to a four", "quote", "products/x100/sources/ds.html#q-a11a0f9f"),
        ("pkg:item", "term", "ontology/package.html#Item"),
    ],
)
def test_search_finds_everything_and_leads_to_it(visit: Visit, words: str, sort: str, place: str) -> None:
    page = visit.open(CHART)
    page.keyboard.press("/")
    assert focused(page) == "search"
    page.keyboard.type(words)
    option = page.get_by_role("option").filter(has=page.locator(f".sort:text-is('{sort}')")).first
    option.wait_for()
    box = page.get_by_role("combobox", name="Search everything")
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert chosen.get_attribute("id") == box.get_attribute("aria-activedescendant")
    while chosen.locator(".sort").inner_text() != sort:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{place}")


def test_escape_closes_the_search_and_what_is_not_there_is_not_found(visit: Visit) -> None:
    page = visit.open("index.html")
    page.keyboard.press("/")
    page.keyboard.type("graphics")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    assert not page.locator(".search-panel").is_visible()
    page.locator("#search").fill("no such words anywhere")
    assert page.locator(".search-count").inner_text() == "0 found"


def test_what_search_finds_is_text_and_nothing_else(visit: Visit) -> None:
    page = visit.open("index.html")
    page.locator("#search").fill("alert")
    page.get_by_role("option").first.wait_for()
    assert page.locator("#search-list script, #search-list b").count() == 0


def test_the_theme_is_kept_from_page_to_page(chromium: Any, site: Path) -> None:
    visit = Visit(chromium, site, color_scheme="light")
    page = visit.open("index.html")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    button = page.locator("#theme")
    assert button.inner_text() == "Theme: auto"
    button.click()
    page.keyboard.press("t")
    assert button.inner_text() == "Theme: dark" and page.evaluate(paper) != light
    visit.open("method.html")
    assert button.inner_text() == "Theme: dark" and page.evaluate(paper) != light
    page.emulate_media(media="print")
    assert page.evaluate(paper) == "rgb(255, 255, 255)"


KINDS = (
    "index.html",
    "method.html",
    "claims/index.html",
    "claims/claim-01.html",
    "ontology/index.html",
    "ontology/package.html",
    "products/x100/index.html",
    CHART,
    "products/x100/sources/ds.html",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_on_any_kind_of_page(chromium: Any, site: Path, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    visit = Visit(chromium, site, viewport={"width": 1280, "height": 800}, color_scheme=scheme)
    found = {}
    for name in KINDS:
        results = axe.run(visit.open(name))
        if results.violations_count:
            found[name] = results.generate_report()
    assert not found, "\n".join(found.values())
    page = visit.open("index.html")
    page.locator("#search").fill("chip")
    page.get_by_role("option").first.wait_for()
    results = axe.run(page)
    assert results.violations_count == 0, results.generate_report()


def test_skip_link_comes_first(visit: Visit) -> None:
    page = visit.open(CHART)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert focused(page) == "main"


def test_citation_leads_to_the_marked_line(visit: Visit) -> None:
    page = visit.open(CHART)
    page.locator("[id='1c'] .place a").first.click()
    page.wait_for_url("**/sources/ds.html#q-*")
    assert "flip-chip bonded to a four-layer" in page.locator("#L6 mark").all_inner_texts()
    page.locator("#L6 .by a", has_text="1[c]").click()
    page.wait_for_url("**/claim-01.html#1c")


def test_dark_mode_is_dark(chromium: Any, site: Path) -> None:
    visit = Visit(chromium, site, color_scheme="dark")
    page = visit.open(CHART)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert all(int(part) < 64 for part in paper[4:-1].split(","))
    assert not visit.complaints


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1920])
def test_no_page_is_wider_than_its_window(chromium: Any, site: Path, width: int) -> None:
    visit = Visit(chromium, site, viewport={"width": width, "height": 800})
    for path in sorted(site.rglob("*.html")):
        page = visit.open(path.relative_to(site).as_posix())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name


def test_cards_on_a_phone_are_still_a_table_to_a_screen_reader(chromium: Any, site: Path) -> None:
    page = Visit(chromium, site, viewport={"width": 390, "height": 800}).open(CHART)
    assert page.get_by_role("table", name="Claim 1 element by element").count() == 1
    assert page.get_by_role("row").filter(has_text="1[c]").get_by_role("cell").count() >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_print_on_white(chromium: Any, site: Path, tmp_path: Path, scheme: str) -> None:
    visit = Visit(chromium, site, color_scheme=scheme)
    page = visit.open(CHART)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.chart thead')).display")
        == "table-header-group"
    )
    paper = page.pdf(path=tmp_path / "chart.pdf", prefer_css_page_size=True)
    assert paper.startswith(b"%PDF-") and len(paper) > 10_000


def test_pages_are_complete_without_script(chromium: Any, site: Path) -> None:
    page = Visit(chromium, site, java_script_enabled=False).open("index.html")
    assert page.locator(".matrix tbody tr").count() == 2
    assert not page.locator("#filter").is_visible()
    assert not page.locator("[data-help]").is_visible()
