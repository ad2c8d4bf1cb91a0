"""Read plain text and Markdown: the text is the file itself, a place a line."""

from __future__ import annotations

from readson.documents.content import Content
from readson.documents.decoding import Decoded
from readson.documents.prose import read_prose


def read_running(decoded: Decoded) -> Content:
    """Lay out a file of running text."""
    blocks, tables = read_prose(decoded.text)
    return Content(decoded.text, decoded.line_places(), tuple(blocks), tuple(tables))
