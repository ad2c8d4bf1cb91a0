"""The site is complete, links up, keeps hostile text harmless, and comes out the same every time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

import portfolio_sample as sample
from readson.errors import UsageError
from readson.resources import content_folder
from readson.results import Portfolio
from readson.site import MARKER, write_site
from readson.verdicts import Verdict

POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:"
VOID = {"meta", "link", "input", "br"}
BLOCKS = {"td", "th", "li", "p", "dt", "dd", "div", "blockquote", "summary"}


class Page(HTMLParser):
    """Read a page: its ids, links, visible text, tags and unclosed tags."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(path.read_text("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        assert len(attributes) == len(attrs), f"an attribute stands twice in {attrs}"
        self.tags.append((tag, attributes))
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name, value in attrs if name in ("href", "src") and value]
        if tag not in VOID:
            self.open.append(tag)
        if tag in BLOCKS:
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "out"
    write_site(sample.portfolio(), folder, ontology=sample.ontology())
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    return {path.relative_to(site).as_posix(): Page(path) for path in sorted(site.rglob("*.html"))}


def content(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def local_links(pages: dict[str, Page]) -> Iterator[tuple[str, str]]:
    for name, page in pages.items():
        yield from ((name, link) for link in page.links if not link.startswith("data:"))


def test_there_is_a_page_for_every_product_claim_and_source(pages: dict[str, Page]) -> None:
    x100 = sorted(name.removeprefix("products/x100/") for name in pages if name.startswith("products/x100/"))
    claims = [f"claim-{number:02d}.html" for number in (1, 5, 9, 10, 21)]
    assert x100 == [*claims, "index.html", *(f"sources/{name}.html" for name in ("ds", "photo", "teardown"))]
    fronts = ["index.html", "method.html", "ontology/index.html", "ontology/package.html"]
    fronts += ["claims/index.html", *(f"claims/{claim}" for claim in claims)]
    assert set(fronts) <= set(pages)
    assert len(pages) == len(fronts) + len(x100) + 3


def test_written_paths_are_listed_and_progress_reaches_the_end(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    written = write_site(
        sample.portfolio(), tmp_path / "out", lambda done, total: steps.append((done, total))
    )
    assert written == sorted(written)
    assert set(written) == {path for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert steps == [(number, len(steps)) for number in range(1, len(steps) + 1)]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_every_link_and_fragment_resolves(site: Path, pages: dict[str, Page]) -> None:
    broken = []
    for name, link in local_links(pages):
        file, _, fragment = link.partition("#")
        target = ((site / name).parent / file).resolve() if file else (site / name).resolve()
        found = target.is_file() and target.is_relative_to(site.resolve())
        if found and fragment:
            found = unquote(fragment) in pages[target.relative_to(site.resolve()).as_posix()].ids
        if not found:
            broken.append(f"{name}: {link}")
    assert not broken
    assert any("#q-" in link for _, link in local_links(pages)), "no link leads to words of a source"
    assert any("#1e" in link for _, link in local_links(pages)), "no link leads to a row of a chart"


def test_ids_are_unique_and_rows_have_their_anchors(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name
    for product, folder in ((sample.ordinary(), "x100"),):
        for chart in product.charts:
            ids = pages[f"products/{folder}/claim-{chart.claim:02d}.html"].ids
            assert {row.anchor for row in chart.rows} <= set(ids)


def test_tags_are_closed(pages: dict[str, Page]) -> None:
    assert not [name for name, page in pages.items() if page.open]


@pytest.mark.parametrize("name", ["index.html", "method.html", "products/x100/claim-01.html"])
@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_is_a_sign_and_a_word(pages: dict[str, Page], name: str, verdict: Verdict) -> None:
    assert f"{verdict.symbol} {verdict.label}" in pages[name].text


def test_a_cell_of_the_matrix_has_the_sign_of_its_verdict() -> None:
    style = (content_folder("site") / "static" / "site.css").read_text("utf-8")
    for verdict in Verdict:
        assert f'.matrix .{verdict.slug}::before {{ content: "{verdict.symbol}" / ""; }}' in style


def test_a_claim_page_shows_words_tree_roles_rules_shapes_and_products(pages: dict[str, Page]) -> None:
    page = pages["claims/claim-01.html"]
    for element in sample.claims()[0].elements:
        assert f"{element.id}{element.text}" in page.text
        assert {element.anchor, f"name-{element.anchor}"} <= set(page.ids)
    for words in ("default", "used here", "any-molding", "cp:1h a sh:NodeShape ;", "not met on 1 product"):
        assert words in page.text
    assert {"claim-05.html", "../products/x100/claim-01.html", "../ontology/package.html#Chip"} <= set(
        page.links
    )


def test_a_shape_keeps_its_lines_and_their_indentation(site: Path) -> None:
    html = (site / "claims" / "claim-01.html").read_text("utf-8")
    assert "<pre><code>cp:1a a sh:NodeShape ;&#10;    claim:note &#34;&lt;script&gt;" in html


def test_a_term_shows_its_place_and_the_elements_that_use_it(pages: dict[str, Page]) -> None:
    page = pages["ontology/package.html"]
    assert {"Item", "Chip"} <= set(page.ids)
    assert {"#Item", "#Chip", "../claims/claim-01.html#1b"} <= set(page.links)
    assert "used by 1[b], 2[a]" in page.text
    assert not [link for link in page.links if "claim-02" in link], "claim 2 is not charted"


def test_a_portfolio_without_claims_and_terms_has_no_pages_of_them(tmp_path: Path) -> None:
    write_site(replace(sample.portfolio(), claims=()), tmp_path / "out")
    assert not (tmp_path / "out" / "claims").exists() and not (tmp_path / "out" / "ontology").exists()
    assert not {"claims/index.html", "ontology/index.html"} & set(Page(tmp_path / "out" / "index.html").links)


def test_every_row_shows_its_verdict_in_words(pages: dict[str, Page]) -> None:
    for chart in sample.ordinary().charts:
        text = pages[f"products/x100/claim-{chart.claim:02d}.html"].text
        for row in chart.rows:
            assert f"{row.text} " in text
            assert text.count(row.verdict.label) > 1


def test_chart_shows_evidence_gaps_constructions_and_other_readings(pages: dict[str, Page]) -> None:
    text = pages["products/x100/claim-01.html"].text
    for words in (
        "flip-chip bonded to a four-layer organic substrate",
        "X100 data sheet, line 6",
        "How many bumps the die has.",
        "same-step Construed as here",
        "The verdict changes.",
        "The verdict stays.",
        "Reason step by step",
        "stiffener",
        "no part is named",
        "assumed",
    ):
        assert words in text


def test_inherited_elements_are_marked_and_lead_to_the_parent(pages: dict[str, Page]) -> None:
    page = pages["products/x100/claim-05.html"]
    assert "Inherited from claim 1" in page.text and "Added by claim 5" in page.text
    assert page.text.count(" inherited ") == len(sample.first_claim())
    assert "claim-01.html" in page.links


def test_product_page_puts_first_what_most_elements_wait_for(pages: dict[str, Page]) -> None:
    text = pages["products/x100/index.html"].text
    assert "How many bumps the die has. 1[b], 10[a] How the encapsulating" in text


def test_hostile_text_is_shown_and_never_obeyed(site: Path, pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        scripts = [attributes for tag, attributes in page.tags if tag == "script"]
        names = [re.fullmatch(r"[./]*static/(\w+)-\w+\.js", a["src"] or "") for a in scripts]
        assert [found and found[1] for found in names] == ["site", "chart"], name
        assert not [key for _, attributes in page.tags for key in attributes if key.startswith("on")], name
        assert not [key for _, attributes in page.tags for key in attributes if key == "style"], name
        assert not {"i", "style", "iframe", "object", "base"} & {tag for tag, _ in page.tags}, name
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", (site / name).read_text("utf-8")), name
    hostile = [page for name, page in pages.items() if name.startswith("products/up-x")]
    assert len(hostile) == 3
    assert all(sample.SCRIPT in page.text for page in hostile)


def test_nothing_is_fetched_from_elsewhere(site: Path, pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert not [link for link in page.links if re.match(r"(?!data:,)[a-z+]*:|//", link)], name
        policies = [a["content"] for tag, a in page.tags if tag == "meta" and "http-equiv" in a]
        assert [
            policy for policy in policies if policy and policy.startswith(POLICY)
        ] == policies and policies
    for path in (site / "static").iterdir():
        assert not re.search(r"https?:|url\((?!\"#)|@import|@font-face", path.read_text("utf-8")), path.name


def test_no_score_and_no_percentage(pages: dict[str, Page]) -> None:
    assert not [name for name, page in pages.items() if "%" in page.text]


def test_pages_are_usable_without_sight(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert [a.get("lang") for tag, a in page.tags if tag == "html"] == ["en"]
        assert next(a["href"] for tag, a in page.tags if tag == "a") == "#main", name
        assert [tag for tag, _ in page.tags].count("h1") == 1, name
        assert all("scope" in a for tag, a in page.tags if tag == "th"), name
        assert [tag for tag, _ in page.tags].count("table") == [tag for tag, _ in page.tags].count("caption")


def test_two_builds_are_the_same_bytes(site: Path, tmp_path: Path) -> None:
    portfolio = sample.portfolio()
    turned = replace(
        portfolio,
        products=tuple(
            replace(product, charts=product.charts[::-1], sources=product.sources[::-1])
            for product in reversed(portfolio.products)
        ),
    )
    write_site(turned, tmp_path / "again", ontology=sample.ontology())
    assert content(tmp_path / "again") == content(site)


def test_a_second_run_replaces_the_whole_site(tmp_path: Path) -> None:
    write_site(sample.portfolio(), tmp_path / "out")
    (tmp_path / "out" / "stale.html").write_text("old", encoding="utf-8")
    write_site(replace(sample.portfolio(), products=(sample.ordinary(),)), tmp_path / "out")
    assert not (tmp_path / "out" / "stale.html").exists()
    assert [path.name for path in (tmp_path / "out" / "products").iterdir()] == ["x100"]


def test_an_empty_folder_and_missing_parents_are_fine(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write_site(sample.portfolio(), tmp_path / "empty")
    write_site(sample.portfolio(), tmp_path / "deep" / "er")
    assert content(tmp_path / "empty") == content(tmp_path / "deep" / "er")


def test_a_foreign_folder_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(UsageError, match="other than a readson site"):
        write_site(sample.portfolio(), tmp_path)
    with pytest.raises(UsageError):
        write_site(sample.portfolio(), tmp_path / "thesis.txt")
    assert content(tmp_path) == {"thesis.txt": b"years of work"}


def test_a_failure_leaves_the_old_site(tmp_path: Path) -> None:
    write_site(sample.portfolio(), tmp_path / "out")
    before = content(tmp_path / "out")

    def stop(done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_site(sample.portfolio(), tmp_path / "out", stop)
    assert content(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failing_swap_puts_the_old_site_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_site(sample.portfolio(), tmp_path / "out")
    before = content(tmp_path / "out")
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise OSError("no")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OSError, match="no"):
        write_site(sample.portfolio(), tmp_path / "out")
    assert content(tmp_path / "out") == before


def test_products_of_the_same_name_are_refused(tmp_path: Path) -> None:
    twice: Portfolio = replace(sample.portfolio(), products=(sample.ordinary(), sample.ordinary()))
    with pytest.raises(UsageError, match="x100"):
        write_site(twice, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_empty_portfolio_is_a_site(tmp_path: Path) -> None:
    write_site(replace(sample.portfolio(), products=()), tmp_path / "out")
    assert "No product was charted." in Page(tmp_path / "out" / "index.html").text
    assert (tmp_path / "out" / MARKER).is_file()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colors_have_contrast(scheme: str) -> None:
    style = (content_folder("site") / "static" / "site.css").read_text("utf-8")
    pairs_of_colors = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", style)
    colors = {name: light if scheme == "light" else dark for name, light, dark in pairs_of_colors}
    pairs = [(verdict.slug, f"{verdict.slug}-paper") for verdict in Verdict]
    pairs += [(ink, paper) for ink in ("ink", "soft", "link") for paper in ("paper", "panel")]
    pairs += [("ink", "mark"), *((verdict.slug, "paper") for verdict in Verdict)]
    assert [pair for pair in pairs if contrast(*(colors[name] for name in pair)) < 4.5] == []
    assert contrast(colors["focus"], colors["paper"]) >= 3


def contrast(first: str, second: str) -> float:
    """Compute the contrast ratio of WCAG 2."""

    def luminance(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)
