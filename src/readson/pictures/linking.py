"""Links in a picture: parts lead to what a page says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape

_PART = re.compile(
    r'<g (id="([^"]+)" class="part [^>]*) tabindex="0" role="graphics-symbol">(.*?)</g>', re.DOTALL
)


class LinkedPicture:
    """A picture whose parts can be made links, again and again to other places."""

    def __init__(self, svg: str) -> None:
        # as the picture then holds more than an image, screen readers are told that it is a group
        self._pieces = _PART.split(svg.replace(' role="img"', ' role="group"', 1))

    def linked(self, links: Mapping[str, str]) -> str:
        """Make the elements of parts links to the addresses that stand under their ids.

        A part without an address is no longer a stop for the keyboard.
        """
        return "".join(self._linked(links))

    def _linked(self, links: Mapping[str, str]) -> Iterator[str]:
        first, *rest = self._pieces
        yield first
        for attributes, id, content, after in zip(*(rest[i::4] for i in range(4)), strict=True):
            if id in links:
                yield f'<a {attributes} href="{escape(links[id])}">{content}</a>'
            else:
                yield f'<g {attributes} role="graphics-symbol">{content}</g>'
            yield after
