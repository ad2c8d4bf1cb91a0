"""Tell what a line of text is by the marks at its start and end: an item, a heading, a `key: value`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKER = re.compile(
    r"(?:(?P<bullet>[-*+•‣◦▪●○■–—·])|(?P<number>\(?\d{1,4}(?:\.\d{1,3}){0,4}[.)])"
    r"|(?P<letter>\(?[A-Za-z][.)])|(?P<roman>\((?:i{1,3}|iv|vi{0,3}|ix|x)\))"
    r"|(?P<dotted>\d{1,3}(?:\.\d{1,3}){1,4}(?=[ \t]+[A-Z])))[ \t]+(?=\S)"
)
_ATX = re.compile(r"(#{1,6})[ \t]+(?=[^\s#])")
_KEYED = re.compile(r"(?:\*\*|__)?[^\W\d_][^:|;!?]{0,47}(?<=\S):(?:\*\*|__)?[ \t]+\S")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,4}\.?[ \t]+(?=[A-Z])")
_LONGEST_HEADING = 80
_MOST_KEY_WORDS = 5
_RULES = frozenset("-_*=~#.")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks around it: a slice of the text, and how far it is set in."""

    start: int
    end: int
    indent: int
    words: str


@dataclass(frozen=True, slots=True)
class Marker:
    """What an item begins with: its sort (bullet, number, letter), its sign, and its width with blanks."""

    sort: str
    sign: str
    width: int

    def follows(self, other: Marker | None) -> bool:
        """Tell whether an item with this marker comes next after the one with the other."""
        if other is None or other.sort != self.sort:
            return False
        if self.sort in ("bullet", "roman"):
            return True
        if self.sort == "letter":
            return ord(self.sign[-1]) == ord(other.sign[-1]) + 1
        mine, others = ([int(n) for n in sign.split(".")] for sign in (self.sign, other.sign))
        depth = len(mine) - 1
        if depth >= len(others):
            return mine == [*others, 1]
        # A number may be left out where steps were struck.
        return mine[:depth] == others[:depth] and 1 <= mine[depth] - others[depth] <= 2

    @property
    def rank(self) -> int:
        """Order the sorts: at one indent, a list of a later sort lies inside one of an earlier sort."""
        return ("number", "letter", "roman", "bullet").index(self.sort)

    @property
    def first(self) -> bool:
        """Tell whether the marker begins a list by itself."""
        return self.sort == "bullet" or self.sign in ("1", "a", "A", "i")


def marker(words: str) -> Marker | None:
    """Give the marker of an item with which a line begins."""
    found = _MARKER.match(words)
    if not found:
        return None
    sort = "number" if found.lastgroup == "dotted" else str(found.lastgroup)
    sign = found.group().strip()
    return Marker(sort, sign if sort == "bullet" else sign.strip("().").rstrip("."), found.end())


def atx(words: str) -> tuple[int, int]:
    """Give the rank of a Markdown heading and the width of its signs, or zeros."""
    found = _ATX.match(words)
    return (len(found[1]), found.end()) if found else (0, 0)


def keyed(words: str) -> bool:
    """Tell whether a line is a key with a value: a few words, a colon, and more."""
    found = _KEYED.match(words)
    return bool(found) and len(words[: words.index(":")].split()) <= _MOST_KEY_WORDS


def ruled(words: str) -> bool:
    """Tell whether a line only separates: three or more of one sign."""
    signs = set(words[:200]) - {" "}
    return len(words) >= 3 and len(signs) == 1 and signs <= _RULES and set(words) <= signs | {" "}


def underline(words: str) -> int:
    """Give the rank that a line of = or - gives the line above it, or 0."""
    return {"=": 1, "-": 2}.get(words[0], 0) if ruled(words) and " " not in words else 0


def capitals(words: str) -> bool:
    """Tell whether a line may be a heading in capitals."""
    letters = [sign for sign in words[: _LONGEST_HEADING + 1] if sign.isalpha()]
    short = len(words) <= _LONGEST_HEADING and not words.endswith((".", ",", ";"))
    return short and len(letters) >= 3 and all(sign.isupper() for sign in letters)


def numbered(words: str) -> int:
    """Give the rank of a heading with a number such as 2. or 2.1, or 0."""
    found = _NUMBERED.match(words)
    short = len(words) <= _LONGEST_HEADING and len(words.split()) <= 9
    if not found or not short or words.endswith((".", ",", ";", ":")) or "." not in found.group():
        return 0
    return len(found.group().strip().rstrip(".").split("."))


def ends_sentence(words: str) -> bool:
    """Tell whether a line ends where a sentence may."""
    return words.endswith((".", "!", "?", ":", ";", '."', ".)"))
