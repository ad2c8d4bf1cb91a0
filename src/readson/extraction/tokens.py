"""Tokens and sentences: the words of a folded text, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from readson.documents.model import Span
from readson.extraction.language import Language
from readson.extraction.measures import Measure, find_measures

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(
    rf"(?P<foreign>[{_CJK}]+)"
    r"|(?P<short>[A-Za-z](?:\.[A-Za-z])+(?!\w))"
    rf"|(?P<word>(?:[^\W\d_{_CJK}]|\d+[^\W\d_{_CJK}])(?:(?!_)[^\W{_CJK}])*(?:-\n[ ]*[a-z]+)?(?:'[a-z]{{1,2}}\b)?)"
    r"|(?P<number>\d+)|(?P<sign>[^\s\w])"
)
LONGEST = 250
"""Longer runs of words are cut: no sentence has so many, and later stages compare words in pairs."""
_GERMAN = frozenset(
    ("der", "und", "ist", "wird", "mit", "ein", "eine", "auf", "werden", "den", "dem", "sind")
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a sign or a quantity. `word` is folded to lower case; `glued` says that a hyphen stands before it."""

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
    """Tell whether a token ends its sentence: ". " unless after an abbreviation, in which a sentence goes on."""
    token, at = tokens[place], tokens[place].end - start
    if token.word in ("|", "!", "?", "•", "…"):
        return True
    if token.word != "." or not (text[at : at + 1].isspace() or ord(text[at : at + 1] or "㐀") > 0x2E7F):
        return False
    before = tokens[place - 1].word if place else ""
    rises = text[at : at + 8].lstrip()[:1].isupper()
    closes = rises and (before,) in language.words["closing"]
    return closes or not (
        (before,) in language.words["abbreviations"] or (len(before) == 1 and before.isalpha())
    )


def read_tokens(text: str, start: int, language: Language) -> Iterator[Token]:
    """Read the tokens of a folded text; places count from `start`."""
    german = sum(word in _GERMAN for word in text.lower().split()[:400]) > max(
        3, len(text.split()[:400]) // 12
    )
    at = 0
    for measure in (*find_measures(text), None):
        end = measure.start if measure else len(text)
        yield from _words(text, at, end, start, language, german)
        if measure:
            yield Token("#", start + measure.start, start + measure.end, measure=measure)
            at = measure.end


def _words(text: str, at: int, end: int, start: int, language: Language, german: bool) -> Iterator[Token]:
    hyphen = at > 0 and text[at : at + 1] == "-"
    for found in _TOKEN.finditer(text, at, end):
        place = start + found.start()
        if found["foreign"]:
            yield from _gloss(found["foreign"], place, language)
        elif (
            found[0] == "-"
            and text[found.start() - 1 : found.start()].isalnum()
            and text[found.end() : found.end() + 1].isalnum()
        ):
            hyphen = True
            continue
        elif german and (words := language.gloss.get(found[0]) or language.gloss.get(found[0].lower())):
            yield from (Token(word, place, start + found.end()) for word in words)
        elif found[0].endswith("'s") and found["word"]:
            yield Token(found[0][:-2].lower(), place, start + found.end() - 2, hyphen)
            yield Token("'s", start + found.end() - 2, start + found.end())
        else:
            yield Token(re.sub(r"-\n *", "", found[0]).lower(), place, start + found.end(), hyphen)
        hyphen = False


def _gloss(run: str, start: int, language: Language) -> Iterator[Token]:
    """Gloss a run of signs of another script word by word, the longest word first."""
    at = 0
    while at < len(run):
        size = next(
            (n for n in range(min(10, len(run) - at), 0, -1) if run[at : at + n] in language.gloss), 0
        )
        for word in language.gloss.get(run[at : at + size], ()) if size else ():
            yield Token(word, start + at, start + at + max(size, 1))
        at += max(size, 1)


def words(tokens: Iterable[Token]) -> tuple[str, ...]:
    """Give the words of tokens."""
    return tuple(token.word for token in tokens)
