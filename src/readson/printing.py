"""Printing: the charts of products as PDF, by Chromium and the print stylesheet."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from readson.errors import UsageError
from readson.formats.cells import Cover
from readson.pictures import Picture
from readson.results import Portfolio
from readson.site import Frame, Pages, write, write_statics

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_DATE = re.compile(rb"(/(?:Creation|Mod)Date ?\(D:)\d{14}")
_ID = re.compile(rb"((?:/ID ?\[|>)<)[0-9A-F]{32}(?=>)")
PATIENCE = 300
"""Seconds that the charts of one product may take."""
MARGINS = """@page {{
  @top-right {{ content: {header}; }}
  @bottom-left {{ content: {date}; }}
  @bottom-right {{ content: counter(page) " / " counter(pages); }}
}}
"""


def print_charts(
    portfolio: Portfolio,
    cover: Cover,
    advance: Callable[[], object] = lambda: None,
    pictures: Mapping[str, Picture] | None = None,
) -> bytes:
    """Print all charts, product by product; `advance` is called after each product.

    `pictures` are printed on the charts of the products whose slugs they stand under.

    Raise UsageError where there is no Chromium, or where it prints nothing.
    """
    browser, drawn, printed = find_browser(), pictures or {}, []
    with TemporaryDirectory(prefix="readson-") as scratch:
        folder = Path(scratch, "paper")
        write(folder / "margins.css", margins(cover).encode())
        pages = Pages(Frame(portfolio.patent, portfolio.patent_title, write_statics(folder), ()))
        for product in portfolio.products:
            page = folder / "charts.html"
            write(page, pages.paper(product, drawn.get(product.slug), "margins.css"))
            printed.append(_print(browser, page, Path(scratch, "charts.pdf")))
            advance()
    return joined(printed)


def margins(cover: Cover) -> str:
    """Style the margins of paper: the header, the date, and the number of the page."""
    return MARGINS.format(header=_quoted(cover.header), date=_quoted(cover.date))


def _quoted(text: str) -> str:
    """Quote a text in CSS, all but plain letters and digits by their codes."""
    plain = (c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in text)
    return f'"{"".join(plain)}"'


def find_browser() -> str:
    """Find Chromium. Raise UsageError where there is none."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    raise UsageError(
        f"PDF needs Chromium, and none of {', '.join(BROWSERS)} is installed; "
        "install it, or write --format docx and print that"
    )


def _print(browser: str, page: Path, to: Path) -> bytes:
    # Chromium refuses its sandbox to root; the pages are ours and run no script.
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [
        browser, "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-pdf-header-footer", *sandbox,
        "--generate-pdf-document-outline", f"--user-data-dir={to.parent / 'profile'}",
        f"--print-to-pdf={to}", page.as_uri(),
    ]  # fmt: skip
    to.unlink(missing_ok=True)
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired as error:
        raise UsageError(f"Chromium took more than {PATIENCE} s to print a product") from error
    if done.returncode or not to.is_file():
        told = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["it gave no reason"]
        raise UsageError(f"Chromium could not print: {told[0]}")
    return to.read_bytes()


def joined(files: list[bytes]) -> bytes:
    """Join PDF files; a single one stays as it is, tags for screen readers included."""
    if len(files) == 1:
        return dateless(files[0])
    import pypdfium2  # takes a moment to load

    whole, stream = pypdfium2.PdfDocument.new(), BytesIO()
    for file in files:
        whole.import_pages(pypdfium2.PdfDocument(file))
    whole.save(stream)
    return dateless(stream.getvalue())


def dateless(pdf: bytes) -> bytes:
    """Put one date in place of those of the clock, and an id made of the content; no byte moves."""
    plain = _ID.sub(rb"\g<1>" + b"0" * 32, _DATE.sub(rb"\g<1>19800101000000", pdf))
    return _ID.sub(rb"\g<1>" + sha256(plain).hexdigest()[:32].upper().encode(), plain)
