"""Scope: of which product each part of a text speaks, where it speaks of several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from readson.documents.model import Block, Document
from readson.extraction.language import Language, split_words

_WORD = re.compile(r"[A-Za-z0-9][\w.+]*")


@dataclass(frozen=True)
class Scope:
    """Which blocks speak of the product asked for; the others by the product that they speak of."""

    blocks: tuple[Block, ...]
    others: Mapping[Block, str]


def terms(text: str, language: Language) -> Counter[str]:
    """Give the telling words of a name; the names of one kind of package count as one word.

    >>> _WORD.findall("FC-BGA (plastic)")[0]
    'FC'
    """
    text = re.sub(r"\([^)]*\)", " ", text)
    words = split_words(" ".join(_WORD.findall(text.replace("-", " "))))
    found: list[str] = []
    at = 0
    while at < len(words):
        size, name = next(
            ((n, name) for n in (5, 4, 3, 2, 1) if (name := _rule(words[at : at + n], language))),
            (1, words[at]),
        )
        found.append(name.rstrip("s") if len(name) > 3 else name)
        at += size
    return Counter(word for word in found if not language.has("untelling", word))


def _rule(words: tuple[str, ...], language: Language) -> str:
    for number, rule in enumerate(language.names):
        if words in rule.words or (words and (*words[:-1], words[-1].removesuffix("s")) in rule.words):
            return f"name {number}"
    return ""


def find_scope(document: Document, blocks: Sequence[Block], product: str, language: Language) -> Scope:
    """Choose the sections that speak of a product: those under a rival heading speak of another one."""
    heads = [block for block in blocks if block.kind == "heading"]
    rivals = _rivals(document, heads, language)
    if not rivals:
        return Scope(tuple(blocks), {})
    chosen = _best(rivals, terms(product, language)) if product else _longest(blocks, rivals)
    if chosen is None:
        return Scope(tuple(blocks), {})
    kept: list[Block] = []
    others: dict[Block, str] = {}
    under: Block | None = None
    for block in blocks:
        if block.kind == "heading":
            level = under.level if under else 0
            under = block if block in rivals else None if block.level <= level else under
        if under is None or under is chosen:
            kept.append(block)
        else:
            others[block] = " ".join(document.words(under.span).split())
    return Scope(tuple(kept), others)


def _rivals(document: Document, heads: Sequence[Block], language: Language) -> dict[Block, Counter[str]]:
    """Give the headings of one rank that name different products: different packages, or one word apart."""
    for level in sorted({head.level for head in heads}):
        named = {head: terms(document.words(head.span), language) for head in heads if head.level == level}
        named = {head: words for head, words in named.items() if words}
        packages = [h for h, words in named.items() if any(word.startswith("name ") for word in words)]
        if len({frozenset(named[h]) for h in packages}) > 1:
            return named
        pairs = [(a, b) for a in named for b in named if a is not b and _alike(named[a], named[b])]
        if pairs:
            return {head: named[head] for pair in pairs for head in pair}
    return {}


def _alike(one: Counter[str], other: Counter[str]) -> bool:
    """Tell whether two headings differ in a word and share another: "Chip First", "Chip Last"."""
    plain = [{word for word in words if not re.fullmatch(r"[\d.]+", word)} for words in (one, other)]
    shared = plain[0] & plain[1]
    return bool(shared) and len(plain[0] - shared) == len(plain[1] - shared) == 1 and len(shared) <= 2


def _best(rivals: Mapping[Block, Counter[str]], wanted: Counter[str]) -> Block | None:
    """Give the heading that shares the rarest words with what is asked for; None where none or two do."""
    seen = Counter(word for words in rivals.values() for word in set(words))
    scores = {
        head: sum(1 / seen[word] for word in words if word in wanted and seen[word] < len(rivals))
        for head, words in rivals.items()
    }
    best = max(scores.values(), default=0)
    found = [head for head, score in scores.items() if score == best]
    return found[0] if best > 0 and len(found) == 1 else None


def _longest(blocks: Iterable[Block], rivals: Mapping[Block, Counter[str]]) -> Block | None:
    """Give the heading under which most is written."""
    size: Counter[Block] = Counter()
    under: Block | None = None
    for block in blocks:
        if block.kind == "heading":
            under = block if block in rivals else under
        elif under is not None:
            size[under] += block.span.end - block.span.start
    return max(size, key=lambda head: (size[head], -head.span.start), default=None)
