"""Look quotes up in documents: white space, and typographic quotes and dashes, may differ."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice

from readson.documents.model import Document, Place
from readson.statements import Place as Standing
from readson.statements import Text

PLACES = ("page", "line", "section", "sheet", "cell", "at")
"""The keys that say where in its source a quote stands."""
_MOST_PLACES = 100
# One sign for each group of signs that people exchange; each stays one character long.
_FOLD = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        "μ": "µ",
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """A quote in the source's own characters, and the places at which it begins."""

    quote: str
    places: tuple[Place, ...]


class SourceText:
    """The text of a source, and where quotes stand in it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._words = " ".join(document.text.split())
        self._folded = self._words.translate(_FOLD)
        self._places = [place.start for place in document.places]

    @property
    def words(self) -> Text:
        """Give the words with their places, which are left out where they are the lines of the text."""
        lines = (0, *accumulate(len(line) + 1 for line in self.document.text.split("\n")[:-1]))
        numbered = [("line", str(n), start) for n, start in enumerate(lines, 1)]
        places = [(place.key, place.text, place.start) for place in self.document.places]
        said = () if places == numbered[: len(places)] else places
        standing = (Standing(start, locator({key: text})) for key, text, start in said)
        return Text(self.document.text, self.document.form, tuple(standing))

    @cached_property
    def _offsets(self) -> list[int]:
        """Give where each word begins in the document."""
        return [word.start() for word in re.finditer(r"\S+", self.document.text)]

    @cached_property
    def _starts(self) -> list[int]:
        """Give where each word begins among the words."""
        return [0, *accumulate(len(word) + 1 for word in self._words.split(" "))]

    def find(self, quote: str) -> Found | None:
        """Find a quote; white space, and typographic quotes and dashes, may differ."""
        quote = " ".join(quote.split())
        starts = list(islice(self._standing(quote.translate(_FOLD)), _MOST_PLACES))
        if not starts:
            return None
        places = dict.fromkeys(place for start in starts for place in self._place_of(start))
        return Found(self._words[starts[0] : starts[0] + len(quote)], tuple(places))

    def place(self, offset: int) -> tuple[Place, ...]:
        """Give the place of a character of the document; none in a document without places."""
        at = max(bisect_right(self._places, offset) - 1, 0)
        return self.document.places[at : at + 1]

    def _place_of(self, start: int) -> tuple[Place, ...]:
        word = bisect_right(self._starts, start) - 1
        return self.place(self._offsets[word] + start - self._starts[word])

    def _standing(self, folded: str) -> Iterator[int]:
        start = self._folded.find(folded)
        while start >= 0 and folded:
            if self._whole(start, start + len(folded)):
                yield start
            start = self._folded.find(folded, start + 1)

    def _whole(self, start: int, end: int) -> bool:
        """Tell whether no word or number is cut: "5 µm" does not stand in "25 µm", nor "1" in "1.5"."""
        text = self._folded
        before, after = text[max(start - 2, 0) : start], text[end : end + 2]
        if before and text[start].isalnum() and (before[-1].isalnum() or _joins(before, text[start])):
            return False
        return not (
            after and text[end - 1].isalnum() and (after[0].isalnum() or _joins(text[end - 1], after))
        )


def _joins(left: str, right: str) -> bool:
    """Tell whether a decimal point or comma between digits joins two texts."""
    return bool(re.search(r"\d[.,]\d", left + right))


def locator(keys: Mapping[str, str]) -> str:
    """Write a place as one text.

    >>> locator({"page": "2", "section": "4.1"}), locator({"at": "/die/size"})
    ('page 2, section 4.1', '/die/size')
    """
    return ", ".join(text if key == "at" else f"{key} {text}" for key, text in keys.items())


def stands(place: Place, keys: Mapping[str, str]) -> bool:
    """Tell whether a place is the one that a description gives, as far as it says the same sort of thing."""
    found = {place.key: place.text}
    if place.key == "cell" and "!" not in keys.get("cell", "!"):
        found["sheet"], _, found["cell"] = place.text.rpartition("!")
    return all(found[key] == text for key, text in keys.items() if found.get(key))
