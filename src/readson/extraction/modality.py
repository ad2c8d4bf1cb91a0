"""Modality: which words of a sentence state a fact, and which an option, a plan, advice or a comparison."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from readson.extraction.chunks import Chunk, Link, Phrase
from readson.extraction.language import Language
from readson.extraction.tokens import Sentence, Token

_SPLITS = (";", "but", "while", "whereas", "although", "though", "however")
_OPENERS = ("while", "whereas", "although", "though", "unlike")


def segments(sentence: Sentence) -> Iterator[tuple[Token, ...]]:
    """Split a sentence where a new statement begins: after ";" and before "but", "while" and the like."""
    tokens = sentence.tokens
    start = 0
    opened = tokens[0].word in _OPENERS
    for place, token in enumerate(tokens):
        ends = token.word in _SPLITS and place > start
        if opened and token.word == ",":
            ends, opened = True, False
        if ends:
            yield tokens[start:place]
            start = place + 1 if token.word in (";", ",") else place
    if tokens[start:]:
        yield tokens[start:]


def cue(tokens: Sequence[Token], language: Language, compared: Collection[int] = ()) -> tuple[str, int]:
    """Give the reason why words state no fact, and where its cue stands; ("", -1) for a fact.

    A cue right after a word of comparison ("has replaced conventional wires") speaks of what follows alone.
    """
    words = [token.word for token in tokens]
    for place in range(len(words)):
        if place in compared:
            continue
        for size in (5, 4, 3, 2, 1):
            reason = language.cues.get(tuple(words[place : place + size]))
            if reason and len(words) - place >= size:
                return reason, place
    return "", -1


def set_apart(chunks: Sequence[Chunk]) -> dict[int, str]:
    """Give the phrases that a word says are not there, or only compared with: their starts, and "absent" or "compared"."""
    found: dict[int, str] = {}
    for place, chunk in enumerate(chunks):
        if isinstance(chunk, Link) and chunk.word in ("neither", "nor"):
            for phrase in _listed(chunks, place + 1):
                found[phrase.start] = "absent"
        elif isinstance(chunk, Link) and chunk.sort in ("absent", "compared"):
            for phrase in _listed(chunks, place + 1):
                found[phrase.start] = chunk.sort
        elif isinstance(chunk, Phrase) and chunk.absent:
            for phrase in _listed(chunks, place):
                found[phrase.start] = "absent"
    return found


def _listed(chunks: Sequence[Chunk], at: int) -> Iterator[Phrase]:
    """Give the phrases of a list: "a lid, a stiffener or a heat sink"."""
    for place in range(at, len(chunks)):
        chunk = chunks[place]
        if isinstance(chunk, Phrase):
            yield chunk
            after = chunks[place + 1] if place + 1 < len(chunks) else None
            if not (isinstance(after, Link) and (after.word in ("or", "nor", ",", "and", "/"))):
                return
        elif not (isinstance(chunk, Link) and chunk.word in ("or", "nor", ",", "and", "/", "a", "an", "any", "the")):
            return


def alternatives(chunks: Sequence[Chunk]) -> Iterator[tuple[Phrase, Phrase]]:
    """Give pairs of phrases of which the text leaves open which one holds: "a lid or a heat slug"."""
    for place, chunk in enumerate(chunks):
        if isinstance(chunk, Link) and chunk.word == "or" and 0 < place < len(chunks) - 1:
            before, after = chunks[_outside(chunks, place - 1)], chunks[place + 1]
            if isinstance(before, Phrase) and isinstance(after, Phrase):
                yield before, after


def _outside(chunks: Sequence[Chunk], at: int) -> int:
    """Step back over "(MUF)"."""
    if isinstance(last := chunks[at], Link) and last.word in (")", '"'):
        opening = "(" if last.word == ")" else '"'
        return max(next((i for i in range(at - 1, -1, -1) if isinstance(c := chunks[i], Link) and c.word == opening), at) - 1, 0)
    return at
