"""Modality: which words of a sentence state a fact, and which an option, a plan, advice or a comparison."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from readson.extraction.chunks import Chunk, Phrase, chunk_at, is_link, is_link_of
from readson.extraction.language import Language
from readson.extraction.tokens import Sentence, Token

_LONGEST_CUE = 5
_LISTING = ("or", "nor", ",", "and", "/")
_ARTICLES = ("a", "an", "any", "the")


def split_sentence(sentence: Sentence, language: Language) -> Iterator[tuple[Token, ...]]:
    """Split a sentence where a new statement begins: after ";" and before "but", "while" and the like."""
    tokens = sentence.tokens
    start = 0
    opened = language.has("openers", tokens[0].word)
    for place, token in enumerate(tokens):
        after = tokens[place + 1].word if place + 1 < len(tokens) else ""
        # "Unlike packages of old, which need a lid, this one ..."
        closes = opened and token.word == "," and not language.has("relatives", after)
        if closes or (place > start and language.has("splits", token.word)):
            opened = opened and not closes
            yield tokens[start:place]
            start = place + (token.word in (";", ","))
    if tokens[start:]:
        yield tokens[start:]


def find_cue(tokens: Sequence[Token], language: Language, compared: Collection[int] = ()) -> tuple[str, int]:
    """Give the reason why words state no fact, and where its cue stands; ("", -1) for a fact.

    A cue right after a word of comparison ("has replaced conventional wires") speaks of what follows alone;
    `compared` are the places after such words.
    """
    words = tuple(token.word for token in tokens)
    for place in range(len(words)):
        sizes = range(min(_LONGEST_CUE, len(words) - place), 0, -1) if place not in compared else ()
        for size in sizes:
            if reason := language.cues.get(words[place : place + size]):
                return reason, place
    return "", -1


def set_apart(chunks: Sequence[Chunk]) -> dict[int, str]:
    """Give the starts of phrases that a word says are "absent", or only "compared" with."""
    found: dict[int, str] = {}
    for place, chunk in enumerate(chunks):
        if is_link(chunk, "neither", "nor") or is_link_of(chunk, "absent"):
            found |= {phrase.start: "absent" for phrase in _listed(chunks, place + 1)}
        elif is_link_of(chunk, "compared"):
            found |= {phrase.start: "compared" for phrase in _listed(chunks, place + 1)}
        elif isinstance(chunk, Phrase) and chunk.absent:
            found |= {phrase.start: "absent" for phrase in _listed(chunks, place)}
    return found


def _listed(chunks: Sequence[Chunk], at: int) -> Iterator[Phrase]:
    """Give the phrases of a list: "a lid, a stiffener or a heat sink"."""
    for place in range(at, len(chunks)):
        chunk = chunks[place]
        if isinstance(chunk, Phrase):
            yield chunk
            if not is_link(chunk_at(chunks, place + 1), *_LISTING):
                return
        elif not is_link(chunk, *_LISTING, *_ARTICLES):
            return


def alternatives(chunks: Sequence[Chunk]) -> Iterator[tuple[Phrase, Phrase]]:
    """Give pairs of phrases of which the text leaves open which one holds: "a lid or a heat slug"."""
    for place, chunk in enumerate(chunks):
        if place and is_link(chunk, "or"):
            before, after = chunks[_outside(chunks, place - 1)], chunk_at(chunks, place + 1)
            if isinstance(before, Phrase) and isinstance(after, Phrase):
                yield before, after


def _outside(chunks: Sequence[Chunk], at: int) -> int:
    """Step back over "(MUF)"."""
    if not is_link(chunks[at], ")", '"'):
        return at
    opening = "(" if is_link(chunks[at], ")") else '"'
    opened = next((place for place in range(at - 1, -1, -1) if is_link(chunks[place], opening)), at)
    return max(opened - 1, 0)
