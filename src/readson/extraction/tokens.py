"""Tokens and sentences: the words of a folded text, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readson.documents.model import Span
from readson.extraction.language import Language
from readson.extraction.measures import Measure, find_measures

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(
    rf"(?P<foreign>[{_CJK}]+)"
    r"|(?P<short>[A-Za-z](?:\.[A-Za-z])+(?!\w))"
    rf"|(?P<word>(?:[^\W\d_{_CJK}]|\d+[^\W\d_{_CJK}])(?:(?!_)[^\W{_CJK}])*"
    r"(?:-\n[ ]*[a-z]+)?(?:'[a-z]{1,2}\b)?)"
    r"|(?P<number>\d+)|(?P<sign>[^\s\w])"
)
_BROKEN = re.compile(r"-\n *")
_ENDS = ("|", "!", "?", "•", "…")
LONGEST = 250
"""Longer runs of words are cut: no sentence has so many, and later stages compare words in pairs."""
_SAMPLE = 400
_LONGEST_GLOSS = 10


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a sign or a quantity.

    `word` is folded to lower case, "#" for a quantity; `glued` says that a hyphen stands before it.
    """

    word: str
    start: int
    end: int
    glued: bool = False
    measure: Measure | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of one sentence of a block; `block` is the place of the block in the document."""

    tokens: tuple[Token, ...]
    block: int

    @property
    def span(self) -> Span:
        """Give the slice of the text from the first token to the last."""
        return Span(self.tokens[0].start, self.tokens[-1].end)


def sentences(text: str, start: int, block: int, language: Language) -> Iterator[Sentence]:
    """Split a block of a folded text, which begins at `start`, into sentences."""
    found: list[Token] = []
    tokens = list(read_tokens(text, start, language))
    for place, token in enumerate(tokens):
        if _ends(tokens, place, text, start, language) or len(found) == LONGEST:
            if _worded(found):
                yield Sentence(tuple(found), block)
            found = []
        else:
            found.append(token)
    if _worded(found):
        yield Sentence(tuple(found), block)


def _worded(tokens: Sequence[Token]) -> bool:
    """Tell whether there are words to read, and not signs and numbers only."""
    return any(token.word[0].isalpha() for token in tokens)


def _ends(tokens: Sequence[Token], place: int, text: str, start: int, language: Language) -> bool:
    """Tell whether a token ends its sentence; a stop after an abbreviation does not."""
    token, at = tokens[place], tokens[place].end - start
    if token.word in _ENDS:
        return True
    # Signs of another script follow a stop without a blank.
    if token.word != "." or not (
        text[at : at + 1].isspace() or text[at : at + 1] > "\u2e7f" or at >= len(text)
    ):
        return False
    before = tokens[place - 1].word if place else ""
    if text[at : at + 8].lstrip()[:1].isupper() and language.has("closing", before):
        return True
    return not language.has("abbreviations", before) and not (len(before) == 1 and before.isalpha())


def read_tokens(text: str, start: int, language: Language) -> Iterator[Token]:
    """Read the tokens of a folded text; places count from `start`."""
    reader = _Tokens(text, start, language, _is_german(text, language))
    at = 0
    for measure in find_measures(text):
        yield from reader.words(at, measure.start)
        yield Token("#", start + measure.start, start + measure.end, measure=measure)
        at = measure.end
    yield from reader.words(at, len(text))


def _is_german(text: str, language: Language) -> bool:
    sample = text.lower().split()[:_SAMPLE]
    return sum(language.has("german", word) for word in sample) > max(3, len(sample) // 12)


@dataclass(frozen=True, slots=True)
class _Tokens:
    """Read words between quantities; `glossed` says that those in Latin script may be of another language."""

    text: str
    start: int
    language: Language
    glossed: bool

    def words(self, at: int, end: int) -> Iterator[Token]:
        """Read the words of a slice."""
        glued = at > 0 and self.text[at : at + 1] == "-"
        for found in _TOKEN.finditer(self.text, at, end):
            if found[0] == "-" and self._joins(found.start()):
                glued = True
                continue
            yield from self._read(found, glued)
            glued = False

    def _joins(self, at: int) -> bool:
        """Tell whether a hyphen stands inside of a word."""
        return self.text[at - 1 : at].isalnum() and self.text[at + 1 : at + 2].isalnum()

    def _read(self, found: re.Match[str], glued: bool) -> Iterator[Token]:
        word, at, end = found[0], self.start + found.start(), self.start + found.end()
        if found["foreign"]:
            yield from self._gloss(word, at)
        elif self.glossed and (words := self._glossed(word)):
            yield from (Token(gloss, at, end) for gloss in words)
        elif found["word"] and word.endswith("'s"):
            yield Token(word[:-2].lower(), at, end - 2, glued)
            yield Token("'s", end - 2, end)
        else:
            yield Token(_BROKEN.sub("", word).lower(), at, end, glued)

    def _glossed(self, word: str) -> tuple[str, ...]:
        return self.language.gloss.get(word) or self.language.gloss.get(word.lower(), ())

    def _gloss(self, run: str, start: int) -> Iterator[Token]:
        """Gloss a run of signs of another script word by word, the longest word first."""
        at, gloss = 0, self.language.gloss
        while at < len(run):
            sizes = range(min(_LONGEST_GLOSS, len(run) - at), 0, -1)
            size = next((size for size in sizes if run[at : at + size] in gloss), 1)
            for word in gloss.get(run[at : at + size], ()):
                yield Token(word, start + at, start + at + size)
            at += size
