"""Cut HTML into tags, entities and text, each with its place, as browsers do, in one pass.

The standard library's parser starts over at each tag that is not closed, which takes hours on a large file.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]{0,99})")
_ENTITY = re.compile(r"&(?:#(?:[xX][0-9a-fA-F]{1,6}|\d{1,7})|[A-Za-z][A-Za-z0-9]{1,31});?")
_GAP = re.compile(r"[\s/]*")
_NAME = re.compile(r"=?[^\s/>=]*")
_EQUALS = re.compile(r"\s*=\s*")
_BARE = re.compile(r"[^\s>]*")
# What stands in these is no HTML, up to their own end tag.
_RAW = re.compile(r"script|style|textarea|title|xmp|iframe|noframes")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a page: `kind` is start, end, text or entity; `text` a tag's name or decoded characters."""

    kind: str
    start: int
    text: str
    attributes: dict[str, str] = field(default_factory=dict)


def cut_html(page: str) -> Iterator[Token]:
    """Give the tokens of a page; comments and declarations are left out."""
    at = 0
    while at < len(page):
        opened = page.find("<", at)
        if opened != at:
            yield from _cut_text(page, at, opened if opened >= 0 else len(page))
            at = opened if opened >= 0 else len(page)
        elif page.startswith("<!--", at):
            at = _after(page, "-->", at + 4)
        elif page.startswith(("<!", "<?"), at):
            at = _after(page, ">", at)
        elif tag := _TAG.match(page, at):
            token, at = _tag(page, tag)
            yield token
            at = _skip_raw(page, token, at)
        else:
            yield Token("text", at, "<")
            at += 1


def _after(page: str, sign: str, at: int) -> int:
    found = page.find(sign, at)
    return found + len(sign) if found >= 0 else len(page)


def _cut_text(page: str, start: int, end: int) -> Iterator[Token]:
    done = start
    for found in _ENTITY.finditer(page, start, end):
        decoded = html.unescape(found.group())
        if decoded == found.group():
            continue
        if done < found.start():
            yield Token("text", done, page[done : found.start()])
        yield Token("entity", found.start(), decoded)
        done = found.end()
    if done < end:
        yield Token("text", done, page[done:end])


def _tag(page: str, tag: re.Match[str]) -> tuple[Token, int]:
    """Read a tag with its attributes; give it and where it ends."""
    attributes: dict[str, str] = {}
    at = _end(_GAP.match(page, tag.end()))
    while at < len(page) and page[at] != ">":
        name = _NAME.match(page, at)
        at = _end(name)
        value, at = _value(page, at)
        attributes.setdefault(name.group().lower() if name else "", html.unescape(value))
        at = _end(_GAP.match(page, at))
    kind = "end" if tag[1] else "start"
    return Token(kind, tag.start(), tag[2].lower(), attributes), min(at + 1, len(page))


def _value(page: str, at: int) -> tuple[str, int]:
    """Read what an attribute equals, with or without quotation marks."""
    equals = _EQUALS.match(page, at)
    if not equals:
        return "", at
    at = equals.end()
    if page[at : at + 1] in ('"', "'"):
        end = page.find(page[at], at + 1)
        return (page[at + 1 : end], end + 1) if end >= 0 else ("", len(page))
    bare = _BARE.match(page, at)
    return (bare.group() if bare else ""), _end(bare)


def _skip_raw(page: str, token: Token, at: int) -> int:
    """Go to the end tag of an element whose content is no HTML."""
    if token.kind != "start" or not _RAW.fullmatch(token.text):
        return at
    end = re.compile(f"</{token.text}", re.IGNORECASE).search(page, at)
    return end.start() if end else len(page)


def _end(found: re.Match[str] | None) -> int:
    return found.end() if found else 0
