"""The site in a browser, opened from a disk: keys, filter, dark mode, phone, paper; and nothing fetched."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import portfolio_sample as sample
from readson.site import write_site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="there is no Chromium on this machine (apt-get install chromium)"
    ),
]
CHART = "products/x100/claim-01.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "out"
    write_site(sample.portfolio(), folder)
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


class Visit:
    """One visit to the site; keeps what the browser complained about and what it asked the network for."""

    def __init__(self, browser: Any, site: Path, **options: Any) -> None:
        self.site = site
        self.complaints: list[str] = []
        self.page = browser.new_context(**options).new_page()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self.note)

    def note(self, request: Any) -> None:
        if not request.url.startswith((self.site.as_uri(), "data:")):
            self.complaints.append(f"asked for {request.url}")

    def open(self, name: str) -> Any:
        self.page.goto(f"{self.site.as_uri()}/{name}")
        return self.page


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
    page.keyboard.press("/")
    page.keyboard.type("x100 BALL")
    assert rows.count() == 1 and "X100" in rows.first.inner_text()
    assert page.locator("#filter-count").inner_text() == "1 of 2 products"
    page.get_by_role("button", name="Clear").click()
    page.wait_for_function("document.getElementById('filter-count').textContent.startsWith('2')")
    page.locator("#filter-verdict").select_option("conflicting")
    assert rows.count() == 2
    page.locator("#filter-claim").select_option("1")
    assert rows.count() == 1 and "X100" not in rows.first.inner_text()


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
