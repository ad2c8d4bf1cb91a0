"""Findings for tests, written down fact by fact, and the descriptions that are made of them."""

from __future__ import annotations

import hashlib
from itertools import accumulate

from readson.documents.model import Document, Place
from readson.drafting.citing import name_sources
from readson.drafting.merging import merge
from readson.drafting.writing import Drafted, write
from readson.extraction.findings import Finding, Findings, Item, Quote, Unsettled
from readson.lexicon import Lexicon
from readson.statements import Statement
from readson.vocabulary import BASE

PKG, PROC, MAT = BASE + "package#", BASE + "process#", BASE + "material#"


def document(name: str, text: str) -> Document:
    """Make a text as its reader does: a place a line."""
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n")[:-1])]
    places = tuple(Place(start, "line", str(n), start) for n, start in enumerate(starts, 1))
    return Document(name, "text", hashlib.sha256(text.encode()).hexdigest(), text, places)


class Reader:
    """Collect what a document says, a fact a call; each rests on words of the text."""

    def __init__(self, text: str, number: int = 0) -> None:
        self._text, self._number = text, number
        self._items: list[Item] = []
        self._findings: list[Finding] = []
        self._unsettled: list[Unsettled] = []

    def quote(self, words: str) -> Quote:
        start = self._text.index(words)
        return Quote(self._number, start, start + len(words))

    def item(
        self, key: str, kind: str, words: str, name: str = "", **more: bool | frozenset[str] | tuple[str, ...]
    ) -> Reader:
        self._items.append(Item(key, name or words, kind, self.quote(words), **more))  # type: ignore[arg-type]
        return self

    def says(
        self, subject: str, prop: str, value: str, words: str, mode: str = "is", why: str = ""
    ) -> Reader:
        self._findings.append(Finding(subject, prop, value, self.quote(words), mode, why))
        return self

    def unsettled(self, words: str, reason: str, *choices: str) -> Reader:
        self._unsettled.append(Unsettled(self.quote(words), reason, choices))
        return self

    @property
    def findings(self) -> Findings:
        return Findings(tuple(self._items), tuple(self._findings), tuple(self._unsettled))


def drafted(
    lexicon: Lexicon, *texts: tuple[str, str, Findings], title: str = "X1", folder: str = "sources/"
) -> Drafted:
    sources = name_sources([document(n, t) for n, t, _ in texts], [f"{folder}{n}" for n, _, _ in texts])
    return write(title, merge([found for *_, found in texts], lexicon), sources, lexicon, "x1")


def said(draft: Drafted, subject: str, prop: str) -> list[Statement]:
    return [s for s in draft.product.statements if (s.subject, s.property) == (subject, prop)]


def contents(draft: Drafted, subject: str, prop: str) -> list[object]:
    return [s.content for s in said(draft, subject, prop)]
