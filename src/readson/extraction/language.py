"""The words of a language and what they say of parts, as `data/language/` holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Words = tuple[str, ...]
"""A phrase as tokens in lower case, the way a text has them."""


def split_words(text: str) -> Words:
    """Split a label into the tokens that a text would have.

    >>> split_words("Flip-Chip bonded")
    ('flip', 'chip', 'bonded')
    """
    return tuple(text.lower().replace("-", " ").replace("/", " / ").split())


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """What a verb, a preposition or a name says of parts.

    `roles` gives the classes of which the part in a role must be one. Each of `says` is (subject, property,
    object): a role, "<kind>", or a feature of these. `default` is the kind of an agent that is not named;
    `whose` gives the classes of which the part must be that the thing, a surface, is of.
    A rule that is `alone` holds where no other does; one that is `further` holds beside others; one that is
    `verbal` needs a verb of having, and "X with Y" is not enough.
    """

    says: tuple[tuple[str, str, str], ...]
    roles: Mapping[str, Words] = field(default_factory=dict)
    by: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    words: frozenset[Words] = frozenset()
    manner: str = ""
    whose: Words = ()
    default: str = ""
    because: str = ""
    kind: str = ""
    alone: bool = False
    further: bool = False
    verbal: bool = False

    @property
    def on_gap(self) -> bool:
        """Tell whether it speaks of a gap, which a phrase after "in" can name too."""
        return any("gap" in piece for saying in self.says for piece in saying)


@dataclass(frozen=True, slots=True, eq=False)
class StepRule:
    """Which verbs tell of a step of class `kind`, and what such a step does.

    Words of `barred` in a sentence speak against it; one of `wanted` must be there, if there are any. `acts`
    maps properties to the class of the only part they can lead to, `yields` properties to quantities that
    hold once there is such a part. With `because`, a step brings in a part that it acts on and nobody names.
    """

    verbs: frozenset[str]
    kind: str
    barred: frozenset[str]
    wanted: frozenset[str]
    acts: Mapping[str, str]
    yields: Mapping[str, str]
    because: str = ""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Words beside a part of class `kind` that make it one of class `narrow`, unless one is `barred`."""

    kind: str
    narrow: str
    words: frozenset[str]
    barred: frozenset[str]


@dataclass(frozen=True, eq=False)
class Language:
    """Everything that the text reader knows of words.

    `words` are the plain lists, by name. `verbs` maps each form of a verb to the verb and "base", "s", "ed"
    or "ing"; `cues` a phrase to the reason why it states no fact, of which those in `wide_cues` hold for a
    paragraph. `anchors` and `properties` name the classes and properties that the reader itself speaks of;
    `stand_ins` are names in angle brackets that are no kinds.
    """

    words: Mapping[str, frozenset[Words]]
    numbers: Mapping[str, int]
    marks: Mapping[Words, str]
    prepositions: Mapping[Words, str]
    verbs: Mapping[str, tuple[str, str]]
    gloss: Mapping[str, Words]
    cues: Mapping[Words, str]
    wide_cues: frozenset[str]
    manners: Mapping[Words, str]
    noun_endings: tuple[str, ...]
    modifiers: Mapping[str, str]
    relations: tuple[Rule, ...]
    frames: tuple[Rule, ...]
    having: frozenset[str]
    haves: tuple[Rule, ...]
    comparing: tuple[Rule, ...]
    facing: tuple[Rule, ...]
    steps: tuple[StepRule, ...]
    narrower_steps: Mapping[Words, str]
    narrowings: tuple[Narrowing, ...]
    measures: Mapping[str, str]
    names: tuple[Rule, ...]
    implied: Mapping[str, Rule]
    parts: tuple[Rule, ...]
    anchors: Mapping[str, str]
    properties: Mapping[str, str]
    stand_ins: Mapping[str, str]
    groups: tuple[str, ...]
    denied: Mapping[str, str]
    none: Mapping[Words, str]
    made: Mapping[Words, str]

    def has(self, listing: str, word: str) -> bool:
        """Tell whether a list holds a word."""
        return (word,) in self.words[listing]
