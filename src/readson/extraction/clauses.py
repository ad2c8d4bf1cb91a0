"""Clauses: who does what to what, and where, around each verb or predicate of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from readson.extraction.chunks import Chunk, Link, Phrase, Verb, is_link_of

PREDICATES = ("comparing", "facing", "making", "bare", "buried")
"""Sorts of links that are heads of clauses, such as "larger than" and "exposed"."""
Slots = dict[str, tuple[Phrase, ...]]
"""Phrases by the preposition before them."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb, or a predicate such as "larger than", with its arguments; or a phrase with its prepositions.

    `sort` is verb, alone for a phrase, or that of the predicate. `verb` is the verb or the words of the
    predicate, "" for a phrase alone. `subjects` are those that it can have, the likeliest first; `joint` says
    that all of them are. `start` is the place of its head among the chunks, `end` the one after its last.
    """

    verb: str
    sort: str
    voice: str
    negated: bool
    subjects: tuple[Phrase, ...]
    objects: tuple[Phrase, ...]
    slots: Slots = field(default_factory=dict)
    manners: frozenset[str] = frozenset()
    start: int = 0
    end: int = 0
    joint: bool = False

    @property
    def passive(self) -> bool:
        """Tell whether the subject is what is done to."""
        return self.voice in ("passive", "reduced")

    def slotted(self, *prepositions: str) -> Iterator[Phrase]:
        """Give the phrases after some prepositions, in their order."""
        for preposition in prepositions:
            yield from self.slots.get(preposition, ())


def is_head(chunk: Chunk) -> bool:
    """Tell whether a clause stands around a chunk."""
    return isinstance(chunk, Verb) or is_link_of(chunk, *PREDICATES)


def is_joined(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a conjunction stands before a chunk."""
    return isinstance(before := chunks[place - 1], Link) and before.sort == "conjunction"
