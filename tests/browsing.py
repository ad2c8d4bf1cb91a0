"""A browser for tests: the Chromium of this machine, and visits that keep what it complained about."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
IN_BROWSER = (
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="there is no Chromium on this machine (apt-get install chromium)"
    ),
)


def launched(playwright: Any) -> Any:
    """Start the browser."""
    return playwright.chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    )


class Visit:
    """One visit to the site; keeps what the browser complained about and what it asked the network for."""

    def __init__(self, browser: Any, site: Path, **options: Any) -> None:
        self.site = site
        self.complaints: list[str] = []
        self.page = browser.new_context(**options).new_page()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._note)

    def _note(self, request: Any) -> None:
        if not request.url.startswith((self.site.as_uri(), "data:")):
            self.complaints.append(f"asked for {request.url}")

    def open(self, name: str) -> Any:
        """Open a page of the site."""
        self.page.goto(f"{self.site.as_uri()}/{name}")
        return self.page
