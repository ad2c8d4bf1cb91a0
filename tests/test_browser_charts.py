"""Charts in a browser: rows that unfold, a picture and rows that light each other, quotes, paper, ledgers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from browsing import IN_BROWSER, Visit, launched
from readson.assess import assess_descriptions
from readson.building import build_site

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [*IN_BROWSER]
ROOT = Path(__file__).resolve().parents[1]
NAMES = ("conflicting-sources", "three-chip-stack")
DOCUMENTS = tuple(sorted((ROOT / "tests/documents").glob("hl16-*")))
CHART = "products/conflicting-sources/claim-01.html"
PROCESS = "products/conflicting-sources/claim-22.html"
STACK = "products/three-chip-stack/claim-09.html"
READ = "products/hl-16-stacked-module"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("charts") / "site"
    paths = [*(ROOT / "data/products" / name for name in NAMES), *DOCUMENTS]
    claims = [1, 9, 10, 21, 22]
    build_site(assess_descriptions(paths, "", claims=claims, product="HL-16 stacked module"), folder)
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, site: Path) -> Iterator[Visit]:
    visit = Visit(chromium, site, viewport={"width": 1280, "height": 900})
    yield visit
    assert not visit.complaints
    visit.page.context.close()


def lit(page: Any, selector: str) -> list[str]:
    """Give the ids of what is lit."""
    return list(page.locator(f"{selector}[data-lit]").evaluate_all("found => found.map(one => one.id)"))


def test_every_page_of_a_product_is_quiet(visit: Visit, site: Path) -> None:
    for path in sorted((site / READ).rglob("*.html")):
        visit.open(path.relative_to(site).as_posix())


def test_a_row_unfolds_down_to_the_quotes_and_without_script(chromium: Any, site: Path) -> None:
    page = Visit(chromium, site, java_script_enabled=False).open(CHART)
    quote = page.locator("[id='1b'] .notes q").first
    assert not quote.is_visible()
    page.locator("[id='1b'] details.tree summary").click()
    assert quote.is_visible() and "14.0 mm x 13.0 mm" in quote.inner_text()


# The picture and the rows


def test_pointing_at_a_row_lights_its_parts_by_verdict_with_a_pattern(visit: Visit) -> None:
    page = visit.open(CHART)
    page.locator("[id='1e'] .c-verdict").hover()
    assert lit(page, "a.part") == ["part-spreader", "part-die"] or set(lit(page, "a.part")) == {
        "part-die",
        "part-spreader",
    }
    shape = page.locator("#part-spreader .shape").first
    assert page.locator("#part-spreader").get_attribute("data-verdict") == "conflicting"
    assert "verdict-conflicting" in shape.evaluate("shape => getComputedStyle(shape).fill")
    page.locator("[id='1a'] .c-verdict").hover()
    assert lit(page, ".part") == ["part-substrate"]
    assert page.locator("#part-spreader").get_attribute("data-verdict") is None
    page.locator("h1").hover()
    assert not lit(page, ".part")


def test_pointing_at_a_part_or_its_label_lights_the_rows_that_use_it(visit: Visit) -> None:
    page = visit.open(CHART)
    page.locator("#part-spreader").hover()
    assert lit(page, ".chart tr") == ["1d", "1e", "1i"]
    page.locator(".label[data-for='part-substrate'] text").first.hover()
    assert "1a" in lit(page, ".chart tr") and "1i" not in lit(page, ".chart tr")


def test_a_step_and_the_rows_that_speak_of_it_light_each_other(visit: Visit) -> None:
    page = visit.open(PROCESS)
    page.locator("[id='22a'] .c-verdict").hover()
    assert "part-molding" in lit(page, ".part")
    page.locator("h1").hover()
    page.locator("#part-molding").hover()
    assert lit(page, ".chart tr") == ["22a"]


def test_a_collection_lights_all_its_members(visit: Visit) -> None:
    page = visit.open(STACK)
    page.locator("[id='9e'] .c-verdict").hover()
    assert set(lit(page, ".part")) == {"part-chip-1", "part-chip-2", "part-chip-3", "part-spreader"}


def test_the_keyboard_lights_rows_from_parts_and_parts_from_rows(visit: Visit) -> None:
    page = visit.open(CHART)
    page.locator("#part-spreader").focus()
    assert lit(page, ".chart tr") == ["1d", "1e", "1i"]
    page.keyboard.press("Enter")
    page.wait_for_url("**#1d")
    page.keyboard.press("j")
    page.keyboard.press("j")
    focused = page.evaluate("document.activeElement.id")
    assert focused in ("1e", "1f") and set(lit(page, ".part")) >= {"part-die"}
    page.keyboard.press("Escape")
    assert not lit(page, ".part")


def test_parts_are_links_with_names_and_the_picture_tells_its_text(visit: Visit) -> None:
    page = visit.open(CHART)
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    named = {(n["role"]["value"], n.get("name", {}).get("value", "")): n for n in tree if "role" in n}
    assert [name for role, name in named if role == "link" and name.startswith("spreader: ≠ size")]
    picture = named["group", "Picture of VX-52 storage accelerator"]
    assert "Cross-section of VX-52" in picture["description"]["value"]


def test_a_touch_lights_and_holds(chromium: Any, site: Path) -> None:
    visit = Visit(chromium, site, viewport={"width": 390, "height": 800}, has_touch=True)
    page = visit.open(CHART)
    page.locator("[id='1e'] .language").tap()
    assert set(lit(page, ".part")) == {"part-die", "part-spreader"}
    assert not visit.complaints


def test_lighting_moves_nothing(visit: Visit) -> None:
    page = visit.open(CHART)
    heights = "[...document.querySelectorAll('tr')].map(row => row.getBoundingClientRect().height)"
    before = page.evaluate(heights)
    page.locator("[id='1e'] .c-verdict").hover()
    assert lit(page, ".chart tr") and page.evaluate(heights) == before


def test_the_picture_stays_beside_the_rows_on_a_wide_screen(chromium: Any, site: Path) -> None:
    page = Visit(chromium, site, viewport={"width": 1900, "height": 1000}).open(f"{CHART}#1i")
    assert page.locator(".picture").evaluate("one => one.getBoundingClientRect().top >= 0")
    assert page.locator(".picture").evaluate("one => one.getBoundingClientRect().bottom < innerHeight")
    assert not page.locator("[data-pin]").is_visible()


def test_the_picture_can_be_kept_in_view_where_there_is_no_room_beside(visit: Visit) -> None:
    page = visit.open(CHART)
    page.get_by_role("button", name="Keep in view").click()
    page.locator("[id='1i']").scroll_into_view_if_needed()
    box = page.locator(".picture").bounding_box()
    assert box and box["y"] >= 0 and box["y"] + box["height"] <= 900 and box["x"] + box["width"] <= 1280
    page.get_by_role("button", name="Keep in view").click()
    assert page.locator("[data-pin]").get_attribute("aria-pressed") == "false"


@pytest.mark.parametrize("width", [320, 1024, 1900])
def test_no_page_of_a_product_is_wider_than_its_window(chromium: Any, site: Path, width: int) -> None:
    visit = Visit(chromium, site, viewport={"width": width, "height": 800})
    names = [
        CHART,
        STACK,
        *(f"{READ}/{name}" for name in ("index.html", "ledgers/hl16-bom.html", "sources/hl16-bom.html")),
    ]
    for name in names:
        page = visit.open(name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


# Sources


def test_a_citation_leads_to_its_words_marked_and_below_the_head(visit: Visit) -> None:
    page = visit.open(CHART)
    page.locator("[id='1f'] .place a").first.click()
    page.wait_for_url("**/sources/ds.html#q-*")
    marks = page.locator("mark.aim")
    assert "fills the gap between die and substrate" in " ".join(marks.all_inner_texts())
    box = marks.first.bounding_box()
    assert box and box["y"] > 60 and box["y"] + box["height"] < 900
    assert marks.first.evaluate("mark => getComputedStyle(mark).outlineStyle") == "solid"


def test_a_quote_over_two_lines_is_aimed_at_as_a_whole(visit: Visit) -> None:
    page = visit.open("products/conflicting-sources/sources/ds.html")
    anchor = page.locator("mark", has_text=re.compile("^bonded to$")).get_attribute("id")
    page.evaluate("anchor => { location.hash = anchor; }", anchor)
    sync_api.expect(page.locator("mark.aim").nth(1)).to_be_visible()
    words = "".join(page.locator("mark.aim").all_inner_texts())
    assert words == "bonded tothe die by a thermally conductive adhesive", (
        "the break of the line is in no mark"
    )


def test_marked_words_lead_to_the_first_row_that_rests_on_them(visit: Visit) -> None:
    page = visit.open("products/conflicting-sources/sources/ds.html")
    page.locator("mark a", has_text="It fills the gap").click()
    page.wait_for_url("**/claim-01.html#1f")
    assert page.locator("[id='1f']").evaluate("row => row.matches(':target')")


def test_a_workbook_is_a_table_whose_cells_are_marked(visit: Visit) -> None:
    page = visit.open(f"{READ}/sources/hl16-bom.html")
    assert (
        page.get_by_role("table")
        .get_by_role("row")
        .filter(has_text="logic die, flip chip")
        .locator("mark")
        .count()
    )


# Ledgers


def test_a_ledger_can_be_narrowed_to_what_is_ambiguous(visit: Visit) -> None:
    page = visit.open(f"{READ}/ledgers/hl16-bom.html")
    for state in ("used", "ignored"):
        page.get_by_role("checkbox", name=state).uncheck()
    shown = page.locator("tr[data-state]:visible")
    assert set(shown.evaluate_all("rows => rows.map(row => row.dataset.state)")) == {"ambiguous"}
    assert page.locator("[data-states] output").inner_text() == f"{shown.count()} of 53 shown"


def test_an_entry_leads_to_its_place_in_the_source(visit: Visit) -> None:
    page = visit.open(f"{READ}/ledgers/hl16-bom.html")
    page.locator("tr", has_text="logic die, flip chip").locator("th a").click()
    page.wait_for_url("**/sources/hl16-bom.html#L*")
    assert "logic die, flip chip" in page.locator(":target").inner_text()


# Paper and dark


def test_a_chart_prints_whole_with_repeated_heads_and_every_reason(visit: Visit) -> None:
    page = visit.open(CHART)
    paper = pypdfium2.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True)))
    texts = [paper[n].get_textpage().get_text_bounded() for n in range(len(paper))]
    assert 4 <= len(texts) <= 10
    charted = [text for text in texts if re.search(r"^1\[\w+\]\s", text, re.MULTILINE)]
    assert len(charted) > 2 and all("Claim language" in text for text in charted)
    whole = " ".join(" ".join(texts).split())
    assert "Steps of the process" in whole, "the picture is printed"
    assert "Named as" in whole, "reasons are printed unfolded"
    assert "What is not decided here" in whole
    widths = {paper[n].get_size() for n in range(len(paper))}
    assert all(width > height for width, height in widths), "landscape"


def test_no_row_that_fits_a_page_is_cut(visit: Visit) -> None:
    page = visit.open(CHART)
    paper = pypdfium2.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True)))
    texts = [" ".join(paper[n].get_textpage().get_text_bounded().split()) for n in range(len(paper))]
    for first, last in (("1[g]", "“covers the substrate"), ("1[c]", "wires?|electrically connected")):
        (home,) = [text for text in texts if re.search(rf"{re.escape(first)} (and|wherein)", text)]
        assert re.search(last, home), first


def test_printing_leaves_the_page_as_it_was(visit: Visit) -> None:
    page = visit.open(CHART)
    page.pdf()
    sync_api.expect(page.locator("details[open]")).to_have_count(0)


def test_a_picture_is_dark_in_the_dark(chromium: Any, site: Path) -> None:
    fills = []
    for scheme in ("light", "dark"):
        visit = Visit(chromium, site, color_scheme=scheme)
        page = visit.open(CHART)
        fills.append(page.locator("#part-die .shape").first.evaluate("one => getComputedStyle(one).fill"))
        assert not visit.complaints
    assert fills[0] != fills[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_on_any_kind_of_page_of_a_product(
    chromium: Any, site: Path, scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    visit = Visit(chromium, site, color_scheme=scheme)
    kinds = ("index.html", "facts.html", "sources/hl16-bom.html", "ledgers/hl16-bom.html")
    for name in (CHART, STACK, *(f"{READ}/{kind}" for kind in kinds)):
        found = axe.run(visit.open(name)).response["violations"]
        assert not [(v["id"], v["nodes"][0]["html"][:200]) for v in found], name
