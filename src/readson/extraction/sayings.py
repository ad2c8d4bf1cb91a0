"""Sayings: what the clauses of a sentence say of parts, by the rules of `data/language/`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from readson.extraction.chunks import Chunk, Link, Phrase
from readson.extraction.clauses import STANDING, Clause
from readson.extraction.language import Language, Rule
from readson.lexicon import Lexicon

BY = ("by", "with", "through", "in")


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: a phrase, or a feature of what other phrases name ("the gap between A and B")."""

    phrase: Phrase
    kinds: tuple[str, ...]
    feature: str = ""
    of: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Saying:
    """A rule that holds here, and what fills its roles; `start` and `end` count chunks of the sentence."""

    rule: Rule
    fillers: dict[str, tuple[Filler, ...]]
    negated: bool
    start: int
    end: int
    manners: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Field:
    """What sayings of one sentence are read with: the ontology, the language, the chunks of the sentence."""

    lexicon: Lexicon
    language: Language
    chunks: Sequence[Chunk]
    surface: str
    gap: str
    parts: str
    material: str
    earlier: tuple[Phrase, ...] = ()

    def filler(self, phrase: Phrase) -> Filler:
        """Say what a phrase names: "the back of the die" is a feature of the die."""
        at = next((i for i, c in enumerate(self.chunks) if c.start == phrase.start), -1)
        kinds = phrase.kinds
        if self._is(kinds, self.gap) or self._is_gap(phrase):
            of = self._named(at + 1, ("between", "under", "of")) or tuple(self._inside(phrase)) or self._paired(at)
            return Filler(phrase, kinds if self._is(kinds, self.gap) else (self.gap,), "gap", of)
        if phrase.sort == "pronoun":
            return Filler(phrase, (), "pronoun", self.recent(at))
        if self._is(kinds, self.surface) or phrase.sort == "part":
            of = self._named(at + 1, ("of", "on"))[:1] or ((phrase.owner,) if phrase.owner else ()) or self._before(phrase) or self._bearers(phrase, at)
            base = of[0].kinds if of else ()
            return Filler(phrase, base, phrase.kinds[0] if phrase.kinds else phrase.head, of)
        if not kinds and phrase.sort in ("word", "nothing") and at >= 0:
            of = self._named(at + 1, ("of",))[:1] or self._before(phrase)
            return Filler(phrase, of[0].kinds, phrase.head, of) if of else Filler(phrase, ())
        return Filler(phrase, kinds)

    def _named(self, at: int, prepositions: tuple[str, ...]) -> tuple[Phrase, ...]:
        """Give the phrases after "of" or "between" right behind a phrase."""
        if at + 1 < len(self.chunks) and self.chunks[at + 1].start - self.chunks[at].start <= 2:
            measured = isinstance(link := self.chunks[at + 1], Link) and link.sort == "measure"
            at += 2 * measured  # "a gap of 50 µm between ..."
        if at >= len(self.chunks) or not isinstance(link := self.chunks[at], Link) or link.word not in prepositions:
            return ()
        found: list[Phrase] = []
        for chunk in self.chunks[at + 1 : at + 4 if link.word == "between" else at + 2]:
            if isinstance(chunk, Phrase):
                found.append(chunk)
            elif not (isinstance(chunk, Link) and chunk.word in ("and", "to")):
                break
        return tuple(found)

    def _bearers(self, phrase: Phrase, at: int) -> tuple[Phrase, ...]:
        """Give what "its active surface" belongs to: the nearest phrase before that can have one."""
        wanted = [r for ref in self.lexicon.references if ref.of in phrase.kinds for r in self.lexicon.terms[ref.property].ranges]
        near = [p for p in self.recent(at) if not wanted or self._is(p.kinds, *wanted)]
        return tuple(near[:1]) if wanted else ()

    def _is_gap(self, phrase: Phrase) -> bool:
        """Tell whether a phrase names a gap by its height: "fills the stand-off"."""
        term = self.lexicon.terms.get(phrase.property)
        return term is not None and bool(term.domains) and all(self.lexicon.is_a(d, self.gap) for d in term.domains)

    def _paired(self, at: int) -> tuple[Phrase, ...]:
        """Give two phrases that stand before "between" and the gap, as other languages have them."""
        before = [c for c in self.chunks[max(at - 4, 0) : at] if not isinstance(c, Link) or c.word not in ("'s",)]
        if before and isinstance(last := before[-1], Link) and last.word == "between":
            before = before[:-1]
        match before[-3:]:
            case [Phrase() as one, Link(word="and"), Phrase() as other]:
                return one, other
        return ()

    def _inside(self, phrase: Phrase) -> Iterator[Phrase]:
        """Give the parts that a compound names: "die-to-substrate gap"."""
        words = phrase.name.split()
        for kinds in phrase.with_kinds:
            if self._is(kinds, self.parts) and len(words) > 1:
                yield replace(phrase, kinds=kinds, with_kinds=(), sort="kind", name=phrase.name, property="")

    def recent(self, at: int) -> tuple[Phrase, ...]:
        """Give what a pronoun at a place can mean: phrases of the sentence before it, then of the one before."""
        own = [c for c in self.chunks[:at] if isinstance(c, Phrase) and self._is(c.kinds, self.parts)]
        return tuple(dict.fromkeys((*own[:1], *reversed(own)))) or self.earlier

    def pick(self, filler: Filler, uppers: tuple[str, ...]) -> Filler | None:
        """Give the filler that fits a role: itself, or what its pronoun stands for."""
        if filler.feature != "pronoun":
            return filler if self.fits(filler, uppers) else None
        return next((f for p in filler.of if self.fits(f := Filler(p, p.kinds), uppers)), None)

    def _before(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """Give what stands before the feature in its phrase: "die backside"."""
        for kinds in reversed(phrase.with_kinds):
            if self._is(kinds, self.parts):
                return (replace(phrase, kinds=kinds, with_kinds=(), sort="kind", name=phrase.name.rsplit(" ", 1)[0], property=""),)
        return ()

    def _is(self, kinds: Iterable[str], *uppers: str) -> bool:
        return any(self.lexicon.is_a(kind, upper) for kind in kinds for upper in uppers)

    def fits(self, filler: Filler, uppers: tuple[str, ...]) -> bool:
        """Tell whether a filler can be of one of some classes."""
        own = (*filler.kinds, *((filler.feature,) if filler.feature.startswith("http") else ()))
        if filler.feature == "gap":
            return self._is(filler.kinds, *uppers)
        return any(self.lexicon.is_a(k, u) for k in own for u in uppers)


def read_sayings(clauses: Sequence[Clause], field: Field) -> Iterator[Saying]:
    """Give everything that the clauses of a sentence say of parts."""
    for clause in clauses:
        placed = list(_relations(clause, field))
        yield from placed
        if clause.sort == "verb":
            yield from _frames(clause, field, bool(placed))
        yield from _having(clause, field)
        yield from _predicates(clause, field)


def _fillers(phrases: Iterable[Phrase], field: Field) -> tuple[Filler, ...]:
    return tuple(field.filler(phrase) for phrase in phrases)


def _things(clause: Clause, field: Field) -> tuple[Filler, ...]:
    """Give what a clause is about as what is put somewhere: objects of a doing, else subjects."""
    if clause.sort == "verb" and clause.voice in ("active", "gerund") and clause.objects and clause.verb not in STANDING:
        return _fillers(clause.objects, field)
    return _fillers(clause.subjects, field)


def _first(fillers: Sequence[Filler], uppers: tuple[str, ...], field: Field, joint: bool) -> tuple[Filler, ...]:
    """Give the first filler that fits, or all that fit where they stand in one list."""
    fitting = tuple(picked for filler in fillers if (picked := field.pick(filler, uppers)))
    return fitting if joint else fitting[:1]


def _relations(clause: Clause, field: Field) -> Iterator[Saying]:
    if clause.sort not in ("verb", "alone"):
        return
    listed = clause.sort == "verb" and clause.voice in ("active", "gerund") and bool(clause.objects)
    things = _things(clause, field)
    manners = clause.manners | {m for f in things for m in f.phrase.manners}
    slots = {name: _fillers(phrases, field) for name, phrases in clause.slots.items()}
    if listed and len(things) == 2 and "to" not in slots:
        slots = slots | {"to": things[1:]}
    together = listed or clause.joint
    for candidates in (things,) if together else tuple((thing,) for thing in things):
        found = list(_placed(clause, candidates, slots, manners, field, together))
        yield from found
        if found:
            return


def _placed(
    clause: Clause,
    things: tuple[Filler, ...],
    slots: dict[str, tuple[Filler, ...]],
    manners: frozenset[str],
    field: Field,
    together: bool,
) -> Iterator[Saying]:
    """Give what the first rule for each preposition says of some things."""
    done: set[str] = set()
    for rule in field.language.relations:
        if (rule.verbs and clause.verb not in rule.verbs) or (rule.manner and rule.manner not in manners):
            continue
        thing = _first(things, rule.roles["thing"], field, together)
        for preposition in sorted(rule.by & set(slots), key=_early):
            ground = _picked(slots[preposition], rule.roles["ground"], field, thing)
            if preposition == "from" and "to" in slots:
                ground += _picked(slots["to"], rule.roles["ground"], field, thing)
            other = _picked(slots[preposition], rule.roles["other"], field, thing) if "other" in rule.roles else ground[1:2]
            if "other" in rule.roles and not other:
                continue
            via = _via(rule, slots, preposition, field)
            needs = "via" in rule.roles and not rule.manner
            if not thing or not ground or (needs and not via) or preposition in done:
                continue
            if not rule.further:
                done.add(preposition)
            listed = ground if preposition in ("between", "from") else ground[:1]
            fillers = {"thing": thing, "ground": tuple(listed), "via": via, "other": tuple(other[:1])}
            yield Saying(rule, fillers, clause.negated, clause.start, clause.end, frozenset(manners))


def _picked(
    fillers: Iterable[Filler], uppers: tuple[str, ...], field: Field, others: Sequence[Filler]
) -> list[Filler]:
    """Give what fits a role and is none of the others."""
    taken = {f.phrase for f in others}
    found = []
    for filler in fillers:
        if filler.feature == "pronoun":
            options = [Filler(p, p.kinds) for p in filler.of if p not in taken]
            found += [f for f in options if field.fits(f, uppers)][:1]
        elif field.fits(filler, uppers) and filler.phrase not in taken:
            found.append(filler)
    return found


def _early(preposition: str) -> tuple[int, str]:
    order = ("between", "from", "on", "over", "to", "under", "in")
    return (order.index(preposition) if preposition in order else len(order), preposition)


def _via(rule: Rule, slots: dict[str, tuple[Filler, ...]], used: str, field: Field) -> tuple[Filler, ...]:
    if "via" not in rule.roles:
        return ()
    return tuple(
        f for name in ("through", "with", "by", "in") if name != used or name in ("with",) for f in slots.get(name, ()) if field.fits(f, rule.roles["via"])
    )[:2]


def _frames(clause: Clause, field: Field, placed: bool) -> Iterator[Saying]:
    passive = clause.voice in ("passive", "reduced")
    subjects, objects = _fillers(clause.subjects, field), _fillers(clause.objects, field)
    slots = {name: _fillers(phrases, field) for name, phrases in clause.slots.items()}
    tools = tuple(f for name in BY for f in slots.get(name, ()))
    done = False
    for rule in field.language.frames:
        if clause.verb not in rule.verbs or (rule.manner and rule.manner not in clause.manners) or (rule.alone and placed) or (done and not rule.alone):
            continue
        roles: dict[str, tuple[Filler, ...]] = {}
        doers = tools if passive else (*objects, *tools, *subjects) if "under" in rule.roles else (*_tool_first(clause, tools, subjects),)
        if passive and "under" in rule.roles:
            doers = (*subjects, *tools)
        done_to = subjects if passive else objects
        if "agent" in rule.roles:
            roles["agent"] = _first(doers, rule.roles["agent"], field, False)
        if "thing" in rule.roles:
            roles["thing"] = _first(done_to, rule.roles["thing"], field, not passive or clause.joint)
            if not roles["thing"] and not objects:
                roles["thing"] = _first(slots.get("as", ()), rule.roles["thing"], field, False)
            if not roles["thing"] and "gap" in str(rule.says):
                inner = (*slots.get("in", ()), *slots.get("through", ()), *slots.get("between", ()))
                roles["thing"] = _first(inner, rule.roles["thing"], field, False)
        if "under" in rule.roles:
            roles["under"] = _first((*slots.get("under", ()), *slots.get("between", ()), *slots.get("in", ())), rule.roles["under"], field, False)
        if "via" in rule.roles:
            roles["via"] = _first(tools, rule.roles["via"], field, False)
        if "ground" in rule.roles:
            ground = tuple(f for name in ("to", "on", "and", "with") for f in slots.get(name, ()))
            roles["ground"] = _first((*ground, *objects, *subjects), rule.roles["ground"], field, False)
            if roles["ground"] == roles.get("thing"):
                roles["ground"] = ()
        materials = _first(tools if passive else (*tools, *subjects), (field.material,), field, True)
        materials = tuple(f for f in materials if not field.fits(f, (field.parts,)))
        if materials and "agent" in roles and not roles["agent"] and roles.get("thing") and not clause.negated:
            roles["material"] = materials[:1]
        if all(roles[name] or (name == "agent" and (rule.default or "material" in roles)) for name in roles):
            done = not clause.negated
            placed |= rule.alone
            yield Saying(rule, roles, clause.negated, clause.start, clause.end, clause.manners)


def _tool_first(clause: Clause, tools: tuple[Filler, ...], subjects: tuple[Filler, ...]) -> tuple[Filler, ...]:
    """Give who does it: "an operator fills the gap with epoxy" names the epoxy as what fills."""
    return (*tools, *subjects)


def _having(clause: Clause, field: Field) -> Iterator[Saying]:
    holds = clause.verb in field.language.having and clause.sort == "verb"
    wholes = _fillers(clause.subjects, field) if clause.voice != "passive" or clause.verb in ("provide", "equip") else ()
    if holds:
        parts = (*_fillers(clause.objects, field), *_fillers(clause.slots.get("with", ()), field), *_fillers(clause.slots.get("of", ()), field))
    elif clause.sort == "alone" and "with" in clause.slots:
        parts = _fillers(clause.slots["with"], field)
    else:
        return
    for rule in field.language.haves:
        whole = _first(wholes, rule.roles["whole"], field, False)
        found = tuple(f for f in parts if field.fits(f, rule.roles["part"]) and f not in whole)
        if whole and found and not (rule.roles["part"] == field.language.haves[-1].roles["part"] and not holds):
            yield Saying(rule, {"whole": whole, "part": found}, clause.negated, clause.start, clause.end)


def _predicates(clause: Clause, field: Field) -> Iterator[Saying]:
    rules = {"comparing": field.language.comparing, "facing": field.language.facing}.get(clause.sort, ())
    subjects, objects = _fillers(clause.subjects, field), _fillers(clause.objects, field)
    for rule in rules:
        if tuple(clause.verb.split()) in rule.words:
            thing = _first(subjects, rule.roles["thing"], field, False)
            ground = tuple(_picked(objects, rule.roles["ground"], field, thing)[:1])
            if thing and ground:
                yield Saying(rule, {"thing": thing, "ground": ground}, clause.negated, clause.start, clause.end)
                return
