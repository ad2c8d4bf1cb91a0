"""Findings for tests, written down fact by fact, and the descriptions that are made of them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from itertools import accumulate

from hypothesis import strategies as st

from readson.documents.model import Document, Place
from readson.drafting.citing import name_sources
from readson.drafting.facts import DIMENSIONS
from readson.drafting.merging import merge
from readson.drafting.writing import Drafted, write
from readson.extraction.findings import Finding, Findings, Item, Quote, Unsettled
from readson.lexicon import Lexicon
from readson.statements import PRODUCT, TYPE, Statement
from readson.vocabulary import BASE

CASES = int(os.environ.get("READSON_CASES", "0")) or 60
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


# Any findings

ANY_TEXT = "a die on it; the lid, 5 mm\nno “chip”: [x] # µ {b}\n\n  gap\u2028 of \\ \"q\" 'r' 1.5 mm\t- end\n"
NAMES = st.one_of(
    st.sampled_from(["die", "lid", "gap", "a of b", "die 2", "no", "null", "bumps"]), st.text(max_size=20)
)
MARKS = st.frozensets(st.sampled_from(["first", "top", "U1"]), max_size=1)
VALUES = ["5 mm", "50-60 um", "3", "yes", "no", "8 Torr", "17 mm x 17 mm", "about 5", "", "x: y # z"]


@st.composite
def any_findings(draw: st.DrawFn, lexicon: Lexicon, number: int) -> Findings:
    """Draw findings of any kind on any words, most of them possible."""
    quote = st.builds(Quote, st.just(number), *[st.integers(0, len(ANY_TEXT))] * 2)
    kind = st.sampled_from(_classes(lexicon))
    of = st.lists(st.sampled_from("abcdefg"), max_size=2).map(tuple)
    items = draw(
        st.lists(
            st.builds(
                Item, st.sampled_from("abcdefg"), NAMES, kind, quote, st.booleans(), MARKS, st.booleans(), of
            ),
            max_size=6,
            unique_by=lambda item: item.key,
        )
    )
    keys = [PRODUCT, *(item.key for item in items)]
    value = st.one_of(st.sampled_from([*keys, *VALUES]), kind, st.text(max_size=8))
    properties = [TYPE, DIMENSIONS, *lexicon.terms]
    finding = st.builds(
        Finding,
        st.sampled_from(keys),
        st.sampled_from(properties),
        value,
        quote,
        st.sampled_from(["is", "is", "not", "none"]),
        st.sampled_from(["", "A abbreviates B: c"]),
    )
    unsettled = st.builds(Unsettled, quote, st.text(max_size=9), st.tuples(st.text(max_size=9)))
    found = draw(st.lists(finding, max_size=12)), draw(st.lists(unsettled, max_size=2))
    return Findings(tuple(items), tuple(found[0]), tuple(found[1]))


def _classes(lexicon: Lexicon) -> Sequence[str]:
    return [kind.iri for label in lexicon.kind_labels() for kind in lexicon.kinds(label) if not kind.plural]
