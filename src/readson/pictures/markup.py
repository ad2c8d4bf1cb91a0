"""Markup: numbers, escaped text, elements, and how wide text will be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html import escape

# What XML forbids, and controls of direction that would reach beyond a name.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_ISOLATE, _POP = "\u2068", "\u2069"
NARROW = frozenset("iljtfrI.,:;'|!()[]{}/\\- ·")
WIDE = frozenset("mwMWGOQ@%&")


def printable(text: str) -> str:
    """Replace what no document may hold, and blanks of all kinds by one space."""
    return " ".join(_UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text).split())


def isolated(text: str) -> str:
    """Keep a text that runs from right to left from turning what stands around it."""
    text = printable(text)
    turned = any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in text)
    return f"{_ISOLATE}{text}{_POP}" if turned else text


def number(value: float) -> str:
    """Write a coordinate: at most one decimal.

    >>> number(12.04), number(-0.01), number(3.26)
    ('12', '0', '3.3')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def element(tag: str, content: str | None = None, /, **attributes: str | float) -> str:
    """Write an element; underscores in names are hyphens, and numbers are coordinates.

    >>> element("rect", x=1.0, stroke_width=0.75, class_="a")
    '<rect x="1" stroke-width="0.8" class="a"/>'
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(v) if isinstance(v, str) else number(v)}"'
        for name, v in attributes.items()
    )
    return f"<{tag}{written}/>" if content is None else f"<{tag}{written}>{content}</{tag}>"


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Estimate the width of a text in a sans-serif face; rather too wide than too narrow."""
    return sum(map(_advance, text)) * size * (1.08 if bold else 1.0)


def _advance(letter: str) -> float:
    if unicodedata.combining(letter) or letter in (_ISOLATE, _POP):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in NARROW:
        return 0.36
    return 0.9 if letter in WIDE else 0.7 if letter.isupper() else 0.58


def wrapped(text: str, size: float, room: float, lines: int, bold: bool = False) -> list[str]:
    """Break a text into lines that fit; the last is cut with an ellipsis where there are too many."""
    found = [""]
    for word in _words(text, size, room, bold):
        longer = f"{found[-1]} {word}".strip()
        if text_width(longer, size, bold) <= room:
            found[-1] = longer
        else:
            found.append(word)
    found = [line for line in found if line] or [""]
    if len(found) > lines:
        found = [*found[: lines - 1], cut(" ".join(found[lines - 1 :]), size, room, bold)]
    return found


def _words(text: str, size: float, room: float, bold: bool) -> Iterable[str]:
    """Give the words of a text, those that are too long in pieces."""
    for word in text.split():
        while text_width(word, size, bold) > room and len(word) > 1:
            keep = max(
                1, next(n for n in range(len(word), 0, -1) if _fits(word[:n], size, room, bold) or n == 1)
            )
            yield word[:keep]
            word = word[keep:]
        yield word


def _fits(text: str, size: float, room: float, bold: bool) -> bool:
    return text_width(text, size, bold) <= room


def cut(text: str, size: float, room: float, bold: bool = False) -> str:
    """Cut a text that does not fit, with an ellipsis."""
    if _fits(text, size, room, bold):
        return text
    while text and not _fits(text + "…", size, room, bold):
        text = text[:-1]
    return text.rstrip() + "…"
