"""Sayings: what the clauses of a sentence say of parts, by the rules of `data/language/`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from readson.extraction.clauses import Clause
from readson.extraction.fillers import Filler, Surroundings
from readson.extraction.language import Rule

# Prepositions that name who or what does something, and those before what is joined, in their order.
_TOOLS = ("by", "with", "through", "in")
_VIA = ("through", "with", "by", "in")
_ORDER = ("between", "from", "on", "over", "to", "under", "in")

Fillers = tuple[Filler, ...]
Roles = dict[str, Fillers]


@dataclass(frozen=True, slots=True)
class Saying:
    """A rule that holds here, and what fills its roles; `start` and `end` count chunks of the sentence."""

    rule: Rule
    fillers: Roles
    negated: bool
    start: int
    end: int
    manners: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class _Arguments:
    """What a clause gives to the roles of a rule."""

    clause: Clause
    subjects: Fillers
    objects: Fillers
    slots: Roles

    def slotted(self, *prepositions: str) -> Fillers:
        """Give the fillers after some prepositions."""
        return tuple(chain.from_iterable(self.slots.get(name, ()) for name in prepositions))


def read_sayings(clauses: Sequence[Clause], around: Surroundings) -> Iterator[Saying]:
    """Give everything that the clauses of a sentence say of parts."""
    for clause in clauses:
        slots = {name: around.fillers(phrases) for name, phrases in clause.slots.items()}
        given = _Arguments(clause, around.fillers(clause.subjects), around.fillers(clause.objects), slots)
        placed = list(_relations(given, around)) if clause.sort in ("verb", "alone") else []
        yield from placed
        if clause.sort == "verb":
            yield from _frames(given, around, bool(placed))
        yield from _having(given, around)
        yield from _predicates(given, around)


# "THING verb PREPOSITION GROUND", "THING PREPOSITION GROUND".


def _relations(given: _Arguments, around: Surroundings) -> Iterator[Saying]:
    """Give what the first candidate says of which a rule of place says something."""
    clause = given.clause
    acts = clause.sort == "verb" and clause.voice in ("active", "gerund") and bool(clause.objects)
    standing = around.language.has("standing", clause.verb)
    things = given.objects if acts and not standing else given.subjects
    slots = given.slots
    if acts and len(things) == 2 and "to" not in slots:
        slots = slots | {"to": things[1:]}  # "attach the die and the substrate"
    together = acts or clause.joint
    for candidates in (things,) if together else tuple((thing,) for thing in things):
        if found := list(_placed(clause, candidates, slots, around, _manners(clause, things), together)):
            yield from found
            return


def _manners(clause: Clause, things: Iterable[Filler]) -> frozenset[str]:
    return clause.manners.union(*(filler.phrase.manners for filler in things))


def _placed(
    clause: Clause,
    things: Fillers,
    slots: Mapping[str, Fillers],
    around: Surroundings,
    manners: frozenset[str],
    together: bool,
) -> Iterator[Saying]:
    """Give what the first rule for each preposition says of some things."""
    done: set[str] = set()
    for rule in around.language.relations:
        if (rule.verbs and clause.verb not in rule.verbs) or (rule.manner and rule.manner not in manners):
            continue
        thing = around.first(things, rule.roles["thing"], together)
        for preposition in sorted(rule.by & set(slots), key=_early) if thing else ():
            fillers = _grounded(rule, thing, preposition, slots, around)
            if fillers and preposition not in done:
                done |= set() if rule.further else {preposition}
                yield Saying(rule, fillers, clause.negated, clause.start, clause.end, manners)


def _grounded(
    rule: Rule, thing: Fillers, preposition: str, slots: Mapping[str, Fillers], around: Surroundings
) -> Roles:
    """Fill the roles of a rule of place but its thing; none where one stays empty."""
    ground = around.others(slots[preposition], rule.roles["ground"], thing)
    if preposition == "from" and "to" in slots:
        ground += around.others(slots["to"], rule.roles["ground"], thing)
    other = ground[1:2]
    if "other" in rule.roles:
        other = around.others(slots[preposition], rule.roles["other"], thing)[:1]
    via = _via(rule, slots, preposition, around)
    needed = "via" in rule.roles and not rule.manner
    if not ground or (needed and not via) or ("other" in rule.roles and not other):
        return {}
    listed = ground if preposition in ("between", "from") else ground[:1]
    return {"thing": thing, "ground": tuple(listed), "via": via, "other": tuple(other)}


def _early(preposition: str) -> tuple[int, str]:
    return (_ORDER.index(preposition) if preposition in _ORDER else len(_ORDER), preposition)


def _via(rule: Rule, slots: Mapping[str, Fillers], used: str, around: Surroundings) -> Fillers:
    """Give what joins: not what follows the preposition of the ground, except "with"."""
    wanted = rule.roles.get("via", ())
    names = [name for name in _VIA if name != used or name == "with"]
    return tuple(f for name in names for f in slots.get(name, ()) if around.fits(f, wanted))[:2]


# Verbs with a doer.


def _frames(given: _Arguments, around: Surroundings, placed: bool) -> Iterator[Saying]:
    """Give what the first frame says, and those that hold where no rule of place does."""
    clause, done = given.clause, False
    for rule in around.language.frames:
        barred = placed if rule.alone else done
        if barred or clause.verb not in rule.verbs or (rule.manner and rule.manner not in clause.manners):
            continue
        roles = {role: _fill(role, rule, given, around) for role in _FRAME_ROLES if role in rule.roles}
        if rule.whose and not all(around.is_one_of(f.kinds, rule.whose) for f in roles["thing"]):
            continue
        if roles.get("ground") == roles.get("thing"):
            roles |= {"ground": ()} if "ground" in roles else {}
        roles |= _material(rule, roles, given, around)
        optional = {"agent"} if rule.default or "material" in roles else set()
        if all(filled or role in optional for role, filled in roles.items()):
            done = not clause.negated
            placed |= rule.alone
            yield Saying(rule, roles, clause.negated, clause.start, clause.end, clause.manners)


_FRAME_ROLES = ("agent", "thing", "under", "via", "ground")


def _fill(role: str, rule: Rule, given: _Arguments, around: Surroundings) -> Fillers:
    """Fill a role of a frame from the places where it can stand."""
    joint = role == "thing" and (not given.clause.passive or given.clause.joint)
    for place, fillers in enumerate(_places(role, rule, given)):
        if found := around.first(fillers, rule.roles[role], joint and place == 0):
            return found
    return ()


def _places(role: str, rule: Rule, given: _Arguments) -> Iterator[Fillers]:
    passive, tools = given.clause.passive, given.slotted(*_TOOLS)
    if role == "agent" and "under" in rule.roles:
        # "The epoxy is forced under the die", "push the epoxy under the die".
        yield (*given.subjects, *tools) if passive else (*given.objects, *tools, *given.subjects)
    elif role == "agent":
        # "An operator fills the gap with epoxy": the tool before the subject.
        yield tools if passive else (*tools, *given.subjects)
    elif role == "thing":
        # "The die is wire bonded": what follows is of another clause.
        yield given.subjects if passive or given.clause.verb == "be" else given.objects
        yield () if given.objects else given.slotted("as")
        yield given.slotted("in", "through", "between") if rule.on_gap else ()
    elif role == "under":
        yield given.slotted("under", "between", "in")
    elif role == "via":
        yield tools
    else:
        yield (*given.slotted("to", "on", "and", "with"), *given.objects, *given.subjects)


def _material(rule: Rule, roles: Roles, given: _Arguments, around: Surroundings) -> Roles:
    """Give the material that stands for a doer that is not named: "underfilled with epoxy"."""
    anchors = around.language.anchors
    shapeless = any(around.lexicon.is_a(kind, anchors["filler"]) for kind in rule.roles.get("agent", ()))
    if not shapeless or roles["agent"] or not roles.get("thing") or given.clause.negated:
        return {}
    tools = given.slotted(*_TOOLS)
    doers = tools if given.clause.passive else (*tools, *given.subjects)
    found = around.first(doers, (anchors["material"],), joint=True)
    materials = tuple(filler for filler in found if not around.fits(filler, (anchors["part"],)))
    return {"material": materials[:1]} if materials else {}


# "X has Y", "X with Y".


def _having(given: _Arguments, around: Surroundings) -> Iterator[Saying]:
    clause = given.clause
    verbal = clause.sort == "verb" and clause.verb in around.language.having
    if verbal:
        parts = (*given.objects, *given.slotted("with", "of"))
    elif clause.sort == "alone" and "with" in clause.slots:
        parts = given.slotted("with")
    else:
        return
    # "The die is provided with bumps"; "bumps are used by the die" has no whole.
    has_whole = clause.voice != "passive" or around.language.has("provided", clause.verb)
    for rule in around.language.haves:
        whole = around.first(given.subjects if has_whole else (), rule.roles["whole"])
        found = tuple(f for f in parts if around.fits(f, rule.roles["part"]) and f not in whole)
        if whole and found and (verbal or not rule.verbal):
            yield Saying(rule, {"whole": whole, "part": found}, clause.negated, clause.start, clause.end)


# "X is larger than Y", "X faces Y".


def _predicates(given: _Arguments, around: Surroundings) -> Iterator[Saying]:
    clause, language = given.clause, around.language
    rules = {"comparing": language.comparing, "facing": language.facing}.get(clause.sort, ())
    for rule in rules:
        if tuple(clause.verb.split()) in rule.words:
            thing = around.first(given.subjects, rule.roles["thing"])
            ground = tuple(around.others(given.objects, rule.roles["ground"], thing)[:1])
            if thing and ground:
                yield Saying(
                    rule, {"thing": thing, "ground": ground}, clause.negated, clause.start, clause.end
                )
                return
