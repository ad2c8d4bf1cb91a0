"""Schema: what the files of `data/language/` may hold, section by section and entry by entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ROLES = ("thing", "ground", "other", "via", "agent", "under", "whole", "part")
"""What facts are said of; in an entry, the classes of which that must be."""
LABELS = (*ROLES, "whose", "default", "kind", "is")
"""Keys of entries whose values are labels of classes."""


@dataclass(frozen=True, slots=True)
class Form:
    """The keys that an entry needs and those it may have; `roles` are those of its facts, if not its keys."""

    needs: tuple[str, ...]
    may: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


_WORDS = (
    *("abbreviations", "absent", "adjectives", "adverbs", "be", "cavities", "closing", "collective"),
    *("compared", "conjunctions", "determiners", "do", "fronted", "german", "have", "indefinite"),
    *("many", "modals", "negations", "no", "none_said", "nothing", "openers", "outside", "personal"),
    *("pointing", "possessive", "pronouns", "provided", "relatives", "selves", "several", "spaces", "splits"),
    *("standing", "to", "undoubled", "untelling", "using", "verbs"),
)
# Shapes of sections: a list of words, lists of such (`lines`), words by a name (`groups`), one by another
# (`mapping`), entries in a list or by a name.
SECTIONS: Mapping[str, Mapping[str, str]] = {
    "words": dict.fromkeys(_WORDS, "words")
    | {"numbers": "mapping", "irregular": "mapping", "marks": "lines", "prepositions": "lines"},
    "frames": {
        **dict.fromkeys(("manners", "narrower"), "groups"),
        **dict.fromkeys(("modifiers", "measures"), "mapping"),
        **dict.fromkeys(("relations", "frames", "comparing", "facing", "steps", "kinds"), "entries"),
        **dict.fromkeys(("joining", "making", "bare", "buried", "doings", "parts_of"), "words"),
        **dict.fromkeys(("vacuum", "square", "vacuum_units", "manner_nouns"), "words"),
        "having": "having",
    },
    "implied": {
        **dict.fromkeys(("names", "parts"), "entries"),
        **dict.fromkeys(("anchors", "properties", "stand_ins", "none", "made", "denied"), "mapping"),
        **dict.fromkeys(("groups", "lacking", "unused", "tools"), "words"),
        "manners": "named entries",
    },
    "cues": {"": "entries"},
    "gloss": {"": "glosses"},
}
ENTRIES: Mapping[tuple[str, ...], Form] = {
    ("frames", "relations"): Form(
        ("thing", "by", "ground", "says"),
        ("other", "via", "manner", "verbs", "because", "further"),
        ("thing", "ground", "other", "via"),
    ),
    ("frames", "frames"): Form(
        ("verbs", "says"),
        ("agent", "thing", "whose", "under", "via", "ground", "default", "manner", "because", "alone"),
    ),
    ("frames", "comparing"): Form(("words", "thing", "ground", "says")),
    ("frames", "facing"): Form(("words", "thing", "ground", "says")),
    ("frames", "having", "rules"): Form(("whole", "part", "says"), ("because", "verbal")),
    ("frames", "steps"): Form(("verbs", "kind"), ("of", "not", "acts", "yields", "because")),
    ("frames", "kinds"): Form(("kind", "is", "words"), ("not",)),
    ("implied", "names"): Form(("words", "because", "says"), ("kind",)),
    ("implied", "manners"): Form(("because", "says")),
    ("implied", "parts"): Form(("kind", "because", "says"), roles=("part",)),
    ("cues",): Form(("reason", "words"), ("scope",)),
}
