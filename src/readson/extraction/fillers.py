"""Fillers: what a phrase of a sentence can fill a role with: a part, a feature, or an antecedent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from readson.extraction.chunks import Chunk, Link, Phrase, chunk_at, is_link, is_link_of, place_of
from readson.extraction.language import Language
from readson.lexicon import Lexicon

_PAIR = 4


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: a phrase, or a feature of what other phrases name ("the gap between A and B").

    `feature` is "gap", "pronoun", the class of a surface, or the word for a side; "" for a part itself. `of`
    are the phrases that it is a feature of, or that a pronoun can stand for. `kinds` are those of the filler,
    for a surface those of its part.
    """

    phrase: Phrase
    kinds: tuple[str, ...]
    feature: str = ""
    of: tuple[Phrase, ...] = ()


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What phrases of one sentence are understood by; `earlier` are phrases of the sentence before."""

    lexicon: Lexicon
    language: Language
    chunks: Sequence[Chunk]
    earlier: tuple[Phrase, ...] = ()

    def is_a(self, kinds: Iterable[str], *anchors: str) -> bool:
        """Tell whether one of some kinds is below one of the classes that the reader itself speaks of."""
        return self.is_one_of(kinds, [self.language.anchors[anchor] for anchor in anchors])

    def is_one_of(self, kinds: Iterable[str], uppers: Iterable[str]) -> bool:
        """Tell whether one of some kinds is below one of some classes."""
        return any(self.lexicon.is_a(kind, upper) for kind in kinds for upper in uppers)

    def filler(self, phrase: Phrase) -> Filler:
        """Say what a phrase names: "the back of the die" is a feature of the die."""
        at = place_of(self.chunks, phrase)
        if self.is_a(phrase.kinds, "gap") or self._is_height_of_gap(phrase) or self._is_space(phrase, at):
            return self._gap(phrase, at)
        if phrase.sort == "pronoun":
            return Filler(phrase, (), "pronoun", self.recent(at))
        if self.is_a(phrase.kinds, "surface") or phrase.sort == "part":
            return self._surface(phrase, at)
        if not phrase.kinds and phrase.sort in ("word", "nothing") and at >= 0:
            of = self.named(at + 1, "of")[:1] or self.within(phrase)
            return Filler(phrase, of[0].kinds, phrase.head, of) if of else Filler(phrase, ())
        return Filler(phrase, phrase.kinds)

    def fillers(self, phrases: Iterable[Phrase]) -> tuple[Filler, ...]:
        """Say what phrases name."""
        return tuple(self.filler(phrase) for phrase in phrases)

    def _gap(self, phrase: Phrase, at: int) -> Filler:
        of = (
            self.named(at + 1, "between", "under", "of")
            or tuple(self._compounded(phrase))
            or self._paired(at)
        )
        kinds = phrase.kinds if self.is_a(phrase.kinds, "gap") else (self.language.anchors["gap"],)
        return Filler(phrase, kinds, "gap", tuple(named for one in of for named in self._meant(one, at)))

    def _meant(self, phrase: Phrase, at: int) -> list[Phrase]:
        """Give what "it" is in "the gap below it": the last active thing named; all else is itself."""
        if phrase.sort != "pronoun":
            return [phrase]
        return [other for other in self.recent(at) if self.is_a(other.kinds, "active")][:1]

    def _surface(self, phrase: Phrase, at: int) -> Filler:
        owner = (phrase.owner,) if phrase.owner else ()
        of = self.named(at + 1, "of", "on")[:1] or owner or self.within(phrase) or self._bearer(phrase, at)
        feature = phrase.kinds[0] if phrase.kinds else phrase.head
        return Filler(phrase, of[0].kinds if of else (), feature, of)

    def named(self, at: int, *prepositions: str) -> tuple[Phrase, ...]:
        """Give the phrases after "of" or "between" at a place: one, or two in "between A and B"."""
        at += _is_numeral(self.chunks, at)
        if is_link_of(chunk_at(self.chunks, at + 1), "measure"):
            after, link = self.chunks[at + 1].start, self.chunks[at].start
            at += 2 if after - link <= 2 else 0  # "a gap of 50 µm between ..."
        link_ = chunk_at(self.chunks, at)
        if not isinstance(link_, Link) or link_.word not in prepositions:
            return ()
        found: list[Phrase] = []
        for chunk in self.chunks[at + 1 : at + (4 if link_.word == "between" else 2)]:
            if isinstance(chunk, Phrase):
                found.append(chunk)
            elif not is_link(chunk, "and", "to"):
                break
        return tuple(found)

    def _bearer(self, phrase: Phrase, at: int) -> tuple[Phrase, ...]:
        """Give what "its active surface" or "its top" is of: the nearest phrase before that can have one."""
        kinds = phrase.kinds or self._sides(phrase.head)
        properties = [ref.property for ref in self.lexicon.references if ref.of in kinds]
        wanted = [upper for iri in properties for upper in self.lexicon.terms[iri].ranges]
        near = (other for other in self.recent(at) if self.is_one_of(other.kinds, wanted))
        return tuple(near)[:1]

    def _sides(self, word: str) -> list[str]:
        """Give the class of surface that a word for a side means: "top"."""
        surface = self.lexicon.label(self.language.anchors["surface"])
        return [kind.iri for kind in self.lexicon.kinds(f"{word} {surface}")]

    def is_side(self, feature: str, side: str) -> bool:
        """Tell whether a feature, or the word for it, is a side of some class."""
        return side in (feature, *self._sides(feature))

    def _is_space(self, phrase: Phrase, at: int) -> bool:
        """Tell whether a phrase names a gap by what lies around it: "the space below the die"."""
        around = self.named(at + 1, "between", "under") if self.language.has("spaces", phrase.head) else ()
        return bool(around) and all(self.is_a(one.kinds, "part") or one.sort == "pronoun" for one in around)

    def _is_height_of_gap(self, phrase: Phrase) -> bool:
        """Tell whether a phrase names a gap by its height: "fills the stand-off"."""
        term = self.lexicon.terms.get(phrase.property)
        domains = term.domains if term else ()
        return bool(domains) and all(self.is_a((domain,), "gap") for domain in domains)

    def _paired(self, at: int) -> tuple[Phrase, ...]:
        """Give two phrases that stand before "between" and the gap, as other languages have them."""
        before = [c for c in self.chunks[max(at - _PAIR, 0) : max(at, 0)] if not is_link(c, "'s")]
        if before and is_link(before[-1], "between"):
            before.pop()
        match before[-3:]:
            case [Phrase() as one, Link(word="and"), Phrase() as other]:
                return one, other
        return ()

    def _compounded(self, phrase: Phrase) -> Iterator[Phrase]:
        """Give the parts that a compound names: "die-to-substrate gap"."""
        for kinds in phrase.with_kinds if " " in phrase.name else ():
            if self.is_a(kinds, "part"):
                yield _inner(phrase, kinds, phrase.name)

    def within(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """Give the part that stands before a feature in its phrase: "die backside"."""
        kinds = next((kinds for kinds in reversed(phrase.with_kinds) if self.is_a(kinds, "part")), ())
        return (_inner(phrase, kinds, phrase.name.rsplit(" ", 1)[0]),) if kinds else ()

    def recent(self, at: int) -> tuple[Phrase, ...]:
        """Give what a pronoun at a place can mean: phrases before it, else those of the sentence before."""
        own = [c for c in self.chunks[: max(at, 0)] if isinstance(c, Phrase) and self.is_a(c.kinds, "part")]
        return tuple(dict.fromkeys((*own[:1], *reversed(own)))) or self.earlier

    def fits(self, filler: Filler, uppers: Iterable[str]) -> bool:
        """Tell whether a filler can be of one of some classes: itself, or the surface that it is."""
        named = filler.feature.startswith("http")
        sides = [filler.feature] if named else self._sides(filler.feature) if filler.of else []
        return self.is_one_of((*filler.kinds, *sides), uppers)

    def pick(self, filler: Filler, uppers: Iterable[str]) -> Filler | None:
        """Give the filler that fits a role: itself, or what its pronoun stands for."""
        options = (Filler(p, p.kinds) for p in filler.of) if filler.feature == "pronoun" else iter((filler,))
        return next((option for option in options if self.fits(option, uppers)), None)

    def first(
        self, fillers: Iterable[Filler], uppers: Iterable[str], joint: bool = False
    ) -> tuple[Filler, ...]:
        """Give the first filler that fits a role, or all that fit where they are `joint`."""
        fitting = tuple(picked for filler in fillers if (picked := self.pick(filler, uppers)))
        return fitting if joint else fitting[:1]

    def others(
        self, fillers: Iterable[Filler], uppers: Iterable[str], taken: Iterable[Filler]
    ) -> list[Filler]:
        """Give all that fit a role and fill no other one."""
        phrases = {filler.phrase for filler in taken}
        found: list[Filler] = []
        for filler in fillers:
            options = [Filler(p, p.kinds) for p in filler.of] if filler.feature == "pronoun" else [filler]
            free = [o for o in options if o.phrase not in phrases and self.fits(o, uppers)]
            found += free[:1]
        return found


def _is_numeral(chunks: Sequence[Chunk], at: int) -> bool:
    """Tell whether a number at a place only points to a drawing: "the back surface 214 of the chip 210"."""
    number, after = chunk_at(chunks, at), chunk_at(chunks, at + 1)
    points = is_link_of(number, "measure") and is_link_of(after, "preposition")
    return points and isinstance(chunk_at(chunks, at - 1), Phrase)


def _inner(phrase: Phrase, kinds: tuple[str, ...], name: str) -> Phrase:
    """Give a part named inside a phrase as a phrase of its own."""
    return replace(phrase, kinds=kinds, with_kinds=(), sort="kind", name=name, property="")
