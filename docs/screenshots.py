"""Photograph the site for the README: the matrix, a product and a chart, in light and dark.

Charts `data/products` and needs Chromium. Writes `docs/images/*.png`; `make screenshots` runs it.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from readson.assess import assess_descriptions
from readson.building import build_site

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
PRODUCT = "products/conflicting-sources"
SHOTS = {"index": "index.html", "product": f"{PRODUCT}/index.html", "chart": f"{PRODUCT}/claim-01.html"}
SIZE = {"width": 1280, "height": 900}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Build the site, visit its pages, and keep what they look like."""
    IMAGES.mkdir(exist_ok=True)
    with TemporaryDirectory() as scratch, sync_playwright() as playwright:
        site = Path(scratch, "site")
        build_site(assess_descriptions([ROOT / "data" / "products"], ""), site)
        browser = playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, BROWSERS)), None),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        for scheme in ("light", "dark"):
            page = browser.new_context(viewport=SIZE, color_scheme=scheme).new_page()
            for name, file in SHOTS.items():
                photograph(page, f"{site.as_uri()}/{file}", IMAGES / f"{name}-{scheme}.png")
        browser.close()


def photograph(page: Page, address: str, image: Path) -> None:
    """Keep the first screen of a page."""
    page.goto(address)
    page.screenshot(path=image)


if __name__ == "__main__":
    main()
