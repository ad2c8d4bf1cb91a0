"""Clauses: who does what to what, and where, around each verb of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from readson.extraction.chunks import Chunk, Link, Phrase, Verb

PREDICATES = ("comparing", "facing", "making", "bare", "buried")
_STOPS = (";", ":", ".", "|")
_SELVES = ("itself", "themselves", "both", "all", "each")
STANDING = ("be", "sit", "lie", "rest", "stand", "extend", "run", "come", "go", "remain", "reside", "hang", "exist", "follow")


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb, or a predicate such as "larger than", with its arguments; or a phrase with its prepositions.

    `subjects` are those that it can have, the likeliest first. `slots` holds the phrases after each
    preposition. `verb` is "" for a phrase alone.
    """

    verb: str
    sort: str
    voice: str
    negated: bool
    subjects: tuple[Phrase, ...]
    objects: tuple[Phrase, ...]
    slots: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    manners: frozenset[str] = frozenset()
    start: int = 0
    end: int = 0
    joint: bool = False


def read_clauses(chunks: Sequence[Chunk]) -> tuple[Clause, ...]:
    """Read the clauses of a sentence: those of verbs and predicates first, then those of phrases alone."""
    heads = [place for place, chunk in enumerate(chunks) if _head(chunk)]
    found: dict[int, Clause] = {}
    for place in heads:
        found[place] = _clause(chunks, place, found)
    denied = {
        p.start
        for c in found.values()
        if c.negated
        for p in (*c.objects, *(q for s in c.slots.values() for q in s))
    }
    return (*found.values(), *_alone(chunks, denied))


def _head(chunk: Chunk) -> bool:
    return isinstance(chunk, Verb) or (isinstance(chunk, Link) and chunk.sort in PREDICATES)


def _clause(chunks: Sequence[Chunk], place: int, before: dict[int, Clause]) -> Clause:
    head = chunks[place]
    objects, slots, manners, end = _right(chunks, place)
    subjects, joint = _left(chunks, place, before)
    if not objects and not slots and subjects:
        at = next(i for i, c in enumerate(chunks) if c.start == subjects[0].start) if subjects[0] in chunks[:place] else place
        slots = _right(chunks[:place], at)[1] if at < place else {}
    if isinstance(head, Verb) and head.verb in STANDING and objects and head.voice == "active":
        if front := _fronted(chunks, place):
            # "Over the die lies a lid": what lies there comes last.
            return Clause(head.verb, "verb", "active", head.negated, objects[:1], (), {**slots, **front}, head.manners, place, end, joint)
    if isinstance(head, Verb):
        return Clause(
            head.verb,
            "verb",
            head.voice,
            head.negated,
            subjects,
            objects,
            slots,
            head.manners | manners,
            place,
            end,
            joint,
        )
    negated = place > 0 and isinstance(previous := chunks[place - 1], Verb) and previous.negated
    word = head.word if isinstance(head, Link) else ""
    return Clause(word, head.sort, "active", negated, subjects, objects, slots, manners, place, end, joint)


def _fronted(chunks: Sequence[Chunk], place: int) -> dict[str, tuple[Phrase, ...]]:
    """Give the preposition and its phrases that open a sentence before its verb."""
    at = place - 1
    while at >= 0 and not (isinstance(link := chunks[at], Link) and link.word in (";", ",", ":", "that")):
        at -= 1
    first = chunks[at + 1]
    if isinstance(first, Link) and first.sort == "preposition" and first.word in ("on", "over", "under", "between", "in"):
        found, slots, _, _ = _right(chunks[:place], at)
        return {} if found else slots
    return {}


def _right(
    chunks: Sequence[Chunk], place: int
) -> tuple[tuple[Phrase, ...], dict[str, tuple[Phrase, ...]], frozenset[str], int]:
    """Gather what follows a verb: objects, and phrases by their preposition."""
    slots: dict[str, list[Phrase]] = {"": []}
    manners: set[str] = set()
    slot, at, depth = "", place + 1, 0
    while at < len(chunks):
        chunk = chunks[at]
        if isinstance(chunk, Phrase):
            if chunk.manners and chunk.sort in ("doing", "manner") and at > place + 1 and _joined(chunks, at):
                break  # "flip chip on the bottom and wire bonding on the top die"
            if chunk.sort == "manner" or (
                chunk.sort == "doing" and slot in ("by", "through", "with", "in", "of") and chunk.manners
            ):
                manners |= chunk.manners
            elif not depth:
                slots[slot].append(chunk)
        elif isinstance(chunk, Verb):
            # "using flip-chip bonding" is how; any other verb has its own clause.
            if chunk.verb in ("use", "employ", "utilize") and chunk.voice == "gerund":
                slot = "by"
                slots.setdefault(slot, [])
            elif _joined(chunks, at) or chunk.voice != "reduced" or slot == "":
                break
            else:
                break
        elif chunk.sort == "manner":
            manners.add(chunk.word)
        elif chunk.sort in ("preposition", "to"):
            slot = chunk.word
            if slot == "of" and at and isinstance(chunks[at - 1], Phrase):
                slot = "of"
            slots.setdefault(slot, [])
        elif chunk.word in ("(", "["):
            depth += 1
        elif chunk.word in (")", "]"):
            depth = max(depth - 1, 0)
        elif chunk.sort in ("absent", "compared") or chunk.sort in PREDICATES or chunk.sort == "relative" or chunk.word in _STOPS or (chunk.word in (",",) and not _goes_on(chunks, at)) or (chunk.sort == "conjunction" and chunk.word == "but"):
            break
        at += 1
    kept = {name: tuple(phrases) for name, phrases in slots.items() if name}
    return tuple(slots[""]), kept, frozenset(manners), at


def _joined(chunks: Sequence[Chunk], at: int) -> bool:
    before = chunks[at - 1]
    return isinstance(before, Link) and before.sort == "conjunction"


def _goes_on(chunks: Sequence[Chunk], at: int) -> bool:
    """Tell whether a list or a further preposition follows a comma, and not a new clause."""
    after = chunks[at + 1 : at + 4]
    if not after:
        return False
    first = after[0]
    if isinstance(first, Link) and first.sort in ("preposition", "conjunction"):
        second = after[1] if len(after) > 1 else None
        third = after[2] if len(after) > 2 else None
        clause = isinstance(second, Phrase) and (
            (isinstance(third, Verb) and third.voice != "reduced")
            or (isinstance(third, Link) and (third.sort == "relative" or third.word == ","))
        )
        return not (first.sort == "conjunction" and (clause or isinstance(second, Verb)))
    if isinstance(first, Verb):
        return first.verb in ("use", "employ", "utilize") and first.voice == "gerund"
    if isinstance(first, Phrase):
        rest = chunks[at + 2 : at + 8]
        return any(isinstance(c, Link) and c.sort == "conjunction" for c in rest) and not (
            rest and isinstance(rest[0], Verb)
        )
    return False


_BETWEEN = ("determiner", "measure", "mark", "preposition", "to", "adverb")
_PASSED = ("determiner", "adverb", "mark", "measure", "no", "several", "manner", "adjective")


def _left(chunks: Sequence[Chunk], place: int, before: dict[int, Clause]) -> tuple[tuple[Phrase, ...], bool]:
    """Find the subjects a verb can have, the likeliest first; `joint` when two of them share it."""
    head = chunks[place]
    at = place - 1
    while at >= 0 and isinstance(link := chunks[at], Link) and (link.sort in _PASSED or link.word in _SELVES):
        at -= 1
    if at < 0:
        return (), False
    chunk = chunks[at]
    if isinstance(chunk, Link) and chunk.sort == "relative":
        at -= isinstance(link := chunks[at - 1], Link) and link.word == "," if at else 0
        return _chain(chunks, at - 1, near=True)
    if isinstance(chunk, Link) and chunk.word == ")":
        while at >= 0 and not (isinstance(chunks[at], Link) and chunks[at].word == "("):
            at -= 1
        return _chain(chunks, at - 1, near=not isinstance(head, Verb) or head.voice != "passive")
    measured = isinstance(chunk, Link) and chunk.sort in ("preposition", "to") and at + 1 < place
    if isinstance(chunk, Phrase) or measured:
        near = isinstance(head, Verb) and head.voice in ("reduced", "gerund")
        found, joint = _chain(chunks, at, near=near)
        matrix = None if near or not isinstance(head, Verb) or not found else _matrix(chunks, found, before)
        return ((*matrix.subjects, *found) if matrix else found), joint and not matrix
    earlier = [clause for start, clause in before.items() if start < place]
    if isinstance(chunk, Link) and (chunk.sort == "conjunction" or chunk.word == ","):
        reduced = isinstance(head, Verb) and head.voice == "reduced"
        if chunk.word == "," and at and isinstance(chunks[at - 1], Phrase) and reduced:
            return _chain(chunks, at - 1, near=True)
        if chunk.word == "," and (opening := _aside(chunks, at)) > 0:
            return _chain(chunks, opening - 1, near=False)
        return _carried(earlier), False
    return _carried(earlier), False


def _aside(chunks: Sequence[Chunk], at: int) -> int:
    """Give the comma that opens an aside closed by the comma at a place: "the lid, 12 mm wide, lies"."""
    for place in range(at - 1, max(at - 14, 0), -1):
        chunk = chunks[place]
        if isinstance(chunk, Link) and chunk.word == ",":
            first = chunks[place + 1]
            opens = isinstance(first, Verb) or (
                isinstance(first, Link) and first.sort in ("preposition", "relative", "measure", "making", "bare", "absent")
            )
            if opens and isinstance(chunks[place - 1], (Phrase, Link)):
                return place
    return 0


def _matrix(chunks: Sequence[Chunk], found: Sequence[Phrase], before: dict[int, Clause]) -> Clause | None:
    """Give the clause that a finite verb goes around: "a lid larger than the die is attached to ..."."""
    first = min(phrase.start for phrase in found)
    at = next(place for place, chunk in enumerate(chunks) if chunk.start == first) - 1
    while at >= 0 and isinstance(chunks[at], Link) and chunks[at].sort in _BETWEEN:
        at -= 1
    return before.get(at)


def _carried(earlier: Sequence[Clause]) -> tuple[Phrase, ...]:
    """Carry over the subjects of the clause before, then its objects."""
    if not earlier:
        return ()
    last = earlier[-1]
    return tuple(dict.fromkeys((*last.subjects, *last.objects, *(p for s in last.slots.values() for p in s))))


def _chain(chunks: Sequence[Chunk], at: int, near: bool) -> tuple[tuple[Phrase, ...], bool]:
    """Walk back over "the gap between A and B": the first phrase is the subject, or the nearest if `near`.

    Phrases that stand in one list with the subject are subjects too.
    """
    found: list[tuple[Phrase, str]] = []
    while at >= 0:
        chunk = chunks[at]
        if isinstance(chunk, Phrase):
            if found and not found[-1][1]:
                break
            found.append((chunk, ""))
        elif isinstance(chunk, Link) and chunk.sort in ("preposition", "to"):
            found = [*found[:-1], (found[-1][0], "in")] if found else found
        elif isinstance(chunk, Link) and (chunk.sort == "conjunction" or chunk.word == ","):
            previous = chunks[at - 1] if at else None
            if not isinstance(previous, Phrase) or chunk.word == "or" or not found:
                break
            found = [*found[:-1], (found[-1][0], "and")]
        elif not (isinstance(chunk, Link) and chunk.sort in _PASSED):
            break
        at -= 1
    if near:
        return tuple(phrase for phrase, _ in found), False
    return _heads(list(reversed(found)))


def _heads(found: Sequence[tuple[Phrase, str]]) -> tuple[tuple[Phrase, ...], bool]:
    """Keep the first phrase that names something, and those joined to it before any preposition."""
    place = next((i for i, (phrase, _) in enumerate(found) if phrase.kinds or phrase.sort in ("pronoun", "part", "property", "name")), 0)
    heads = [phrase for phrase, _ in found[place : place + 1]]
    for phrase, link in found[place + 1 :]:
        if link != "and":
            break
        heads.append(phrase)
    return tuple(heads), len(heads) > 1


def _alone(chunks: Sequence[Chunk], denied: set[int]) -> Iterator[Clause]:
    """Give "PHRASE preposition PHRASE" wherever it stands."""
    for place, chunk in enumerate(chunks):
        if isinstance(chunk, Phrase) and chunk.start not in denied and not chunk.absent:
            at = place + 1
            while at < len(chunks) and isinstance(chunks[at], Link) and chunks[at].word in ("(",):
                while at < len(chunks) and not (isinstance(chunks[at], Link) and chunks[at].word == ")"):
                    at += 1
                at += 1
            if (
                at < len(chunks)
                and isinstance(link := chunks[at], Link)
                and link.sort in ("preposition", "to")
            ):
                _, slots, manners, end = _right(chunks, at - 1)
                first = (
                    {link.word: slots.get(link.word, ())}
                    | {k: v for k, v in slots.items() if link.word == "from" and k == "to"}
                    | {k: v for k, v in slots.items() if k in ("through", "with")}
                )
                yield Clause(
                    "", "alone", "active", False, (chunk,), (), first, manners | chunk.manners, place, end
                )
