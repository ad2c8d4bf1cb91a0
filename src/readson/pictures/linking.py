"""Links in a picture: parts lead to what a page says of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

_PART = re.compile(
    r'<g (id="([^"]+)" class="part [^>]*) tabindex="0" role="graphics-symbol">(.*?)</g>', re.DOTALL
)


def link_parts(svg: str, links: Mapping[str, str]) -> str:
    """Make the elements of parts links to the addresses that stand under their ids.

    A part without an address is no longer a stop for the keyboard. As the picture then holds more than an
    image, screen readers are told that it is a group.
    """

    def linked(found: re.Match[str]) -> str:
        attributes, id, content = found.groups()
        if id in links:
            return f'<a {attributes} href="{escape(links[id])}">{content}</a>'
        return f'<g {attributes} role="graphics-symbol">{content}</g>'

    return _PART.sub(linked, svg.replace(' role="img"', ' role="group"', 1))
