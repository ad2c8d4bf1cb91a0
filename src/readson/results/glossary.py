"""The glossary that goes with every output: verdicts, grades, worlds, and what is not decided."""

from __future__ import annotations

from dataclasses import dataclass

from readson.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class ValueNote:
    """What a verdict means: whether anything speaks for the element, whether anything speaks against it."""

    verdict: Verdict
    supported: bool
    refuted: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class GradeNote:
    """What the grade of a statement means."""

    grade: str
    sentence: str


@dataclass(frozen=True, slots=True)
class WorldNote:
    """What silence means in a world, and what the world is for."""

    world: str
    sentence: str
    use: str


@dataclass(frozen=True, slots=True)
class Glossary:
    """The words that charts use and readers need."""

    values: tuple[ValueNote, ...]
    grades: tuple[GradeNote, ...]
    worlds: tuple[WorldNote, ...]
    limits: tuple[str, ...]

    def world(self, name: str) -> WorldNote:
        """Find the note on a world."""
        return next(note for note in self.worlds if note.world == name)


GLOSSARY = Glossary(
    values=(
        ValueNote(Verdict.MET, True, False, "The sources say so, and none says otherwise."),
        ValueNote(Verdict.NOT_MET, False, True, "The sources rule it out. Silence alone never does."),
        ValueNote(
            Verdict.UNKNOWN, False, False, "The sources do not settle it. The chart names what is missing."
        ),
        ValueNote(
            Verdict.CONFLICTING, True, True, "One source says so, another rules it out. The chart shows both."
        ),
    ),
    grades=(
        GradeNote("stated", "A source says it."),
        GradeNote(
            "derived",
            "It follows from stated facts: by the meaning of the terms or by arithmetic with units and "
            "bounds.",
        ),
        GradeNote("assumed", "The chosen world adds it."),
        GradeNote(
            "proposed",
            "It was suggested and nobody has confirmed it. It never makes an element met.",
        ),
    ),
    worlds=(
        WorldNote(
            "open",
            "Silence means nothing: what a description does not say stays unknown.",
            "For hostile or partial sources.",
        ),
        WorldNote(
            "documented",
            "Once a description names a part of some kind, it is taken to name all parts of that kind. "
            "Nothing is assumed about properties that it does not mention.",
            "For data sheets and teardowns.",
        ),
        WorldNote(
            "closed",
            "What the description does not say is taken not to be there.",
            "For one’s own design with its full bill of material.",
        ),
    ),
    limits=(
        "This chart is no legal advice. It does not conclude that a patent is infringed, valid or "
        "enforceable.",
        "It does not say how claim language must be construed. A construction is something the user chooses.",
        "It does not look into equivalents, indirect infringement, licenses, exhaustion, territory, term or "
        "prior use.",
        "It does not vouch for the sources. A wrong source gives a wrong chart, with the wrong words on "
        "show.",
        "It gives no score. Claims are not ranked by how many of their elements are met.",
    ),
)
