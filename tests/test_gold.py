"""The pages of one small product are those on file, to the letter; `make gold` accepts what changed."""

from __future__ import annotations

import os
from difflib import unified_diff
from pathlib import Path

import pytest

from readson.assess import assess
from readson.building import build_site
from readson.ontology import Ontology
from readson.shapes import Patent
from readson.statements import Product

GOLD = Path(__file__).parent / "gold"
SLUG = "sparse-data-sheet"
PAGES = (
    "index.html",
    "claims/claim-02.html",
    f"products/{SLUG}/index.html",
    f"products/{SLUG}/claim-02.html",
)


@pytest.fixture(scope="module")
def site(
    described: tuple[Product, ...],
    ontology: Ontology,
    patent: Patent,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    product = next(product for product in described if product.slug == SLUG)
    folder = tmp_path_factory.mktemp("gold") / "site"
    build_site(assess([product], ontology, patent, claims=[1, 2]), folder)
    return folder


def main_part(html: str) -> str:
    """Leave of a page what no other page has: its main part."""
    return html[html.index("<main") : html.index("</main>")] + "</main>\n"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_the_one_on_file(name: str, site: Path) -> None:
    gold = GOLD / name.replace("/", "_")
    made = main_part((site / name).read_text("utf-8"))
    if os.environ.get("READSON_GOLD"):
        GOLD.mkdir(exist_ok=True)
        gold.write_text(made, encoding="utf-8")
    kept = gold.read_text("utf-8") if gold.exists() else ""
    changed = list(
        unified_diff(kept.splitlines(), made.splitlines(), "on file", "made now", lineterm="", n=1)
    )
    assert not changed, "\n".join((f"{name} changed; `make gold` accepts this:", *changed))
