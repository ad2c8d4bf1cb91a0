"""Fold a text for reading without moving a character: markup, numerals of figures and odd signs go.

Every fold keeps the length, so that a place in the folded text is a place in the document.
"""

from __future__ import annotations

import re

# One sign for each group of signs that people exchange; each stays one character long.
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\uff0d", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\u00ad\u200b\ufeff\t", " "),
        **dict(zip("μº˚×✕∼～（），：；。、", "µ°°xx~~(),:;.,", strict=True)),
    }
)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,300}>")
_BREAK = re.compile(r"</?(?:li|ul|ol|br|p|td|tr|th|div|h[1-6]|table)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:nbsp|amp|lt|gt|quot|#\d{1,5});")
_LINK = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,500}\)|\bhttps?://[^\s)>\]]{1,500}")
_TARGET = re.compile(r"(?<=\])\([^)\n]{0,500}\)")
_TEX = re.compile(r"\\(?:text|mathrm|mathit|textbf)\b|\\[,; ]|[${}\\]")
_MARKS = re.compile(r"[*_`]{1,3}|[\[\]]|^[ \t]*[#>]{1,6}(?= )|~~", re.MULTILINE)
# "Copper(Cu) pillars": a short sign inside of a name.
_INNER = re.compile(r"(?<=[A-Za-z])\([A-Z][A-Za-z]{0,3}\)(?= [A-Za-z])")
# Dots that lead from an entry to its value.
_LEADER = re.compile(r"\.(?: ?\.){3,}")
# "(12)", "(306a, 306b)" after a word: numerals of figures.
_NUMERAL = re.compile(r"(?<=[A-Za-z]) {0,4}\(\d{1,4}[a-z]?(?:, ?\d{1,4}[a-z]?){0,5}\)")


def fold(text: str) -> str:
    """Fold signs and markup of a text, character by character.

    >>> fold("The **die** (12) is 5–7 µm")
    'The   die        is 5-7 µm'
    """
    text = text.translate(_SIGNS)
    for pattern in (_LINK, _TARGET):
        text = pattern.sub(_blank, text)
    text = _TAG.sub(_tag, text)
    for pattern in (_ENTITY, _TEX, _INNER):
        text = pattern.sub(_blank, text)
    text = _LEADER.sub(lambda found: ":" + " " * (len(found[0]) - 1), text)
    for pattern in (_MARKS, _NUMERAL):
        text = pattern.sub(_blank, text)
    return text


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _tag(found: re.Match[str]) -> str:
    """Turn a tag into blanks, and one that ends a line into a bar, which ends a sentence."""
    size = len(found[0])
    return "|" + " " * (size - 1) if _BREAK.match(found[0]) else " " * size
