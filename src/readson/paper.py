"""Paper: pages of charts as parts of one page, on which every id is there once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup

_NAMED = re.compile(r'( (?:id|aria-labelledby|aria-describedby|data-for)=")([^"]*)"')
_PAINT = re.compile(r"url\(#([^)]*)\)")
_LINK = re.compile(r'(<a\b[^>]*?) href="([^"#]*)(#[^"]*)?"')


def on_one_page(pages: Sequence[tuple[str, str]]) -> list[Markup]:
    """Put pages, given by name and content, on one: their ids, and links to each other, are made its own.

    Folds are open, and links to other pages are gone: paper has neither.
    """
    names = {page: page.partition(".")[0] for page, _ in pages}
    return [Markup(_part(page, html, names)) for page, html in pages]


def _part(page: str, html: str, names: dict[str, str]) -> str:
    own = names[page]

    def led(found: re.Match[str]) -> str:
        start, to, place = found.groups()
        part = names.get(to or page)
        return f'{start} href="#{part}{f"-{place[1:]}" if place else ""}"' if part else start

    html = _NAMED.sub(lambda f: f'{f[1]}{" ".join(f"{own}-{id}" for id in f[2].split())}"', html)
    html = _PAINT.sub(rf"url(#{own}-\1)", html)
    html = _LINK.sub(led, html.replace("<details", "<details open"))
    return html.replace('<section class="printed"', f'<section class="printed" id="{own}"', 1)
