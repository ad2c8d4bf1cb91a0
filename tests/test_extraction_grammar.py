"""Grammar: what chunks, clauses and modality make of a sentence."""

from __future__ import annotations

import pytest

from extracted import chunks_of, clauses_of, phrase_of, segments_of
from readson.extraction.chunks import Phrase, Verb
from readson.extraction.clauses import Clause

# Phrases


def test_a_material_before_a_head_is_kept_beside_it() -> None:
    phrase = phrase_of("a copper lid")
    assert phrase.head == "lid" and phrase.indefinite and len(phrase.with_kinds) == 1


def test_a_number_word_counts() -> None:
    phrase = phrase_of("the two memory dies")
    assert phrase.definite and phrase.plural and phrase.count and phrase.count.text == "2"


def test_a_size_before_a_head_is_of_the_phrase() -> None:
    assert [measure.text for measure in phrase_of("a 12 mm x 12 mm lid").measures] == ["12 mm x 12 mm"]


def test_no_before_a_head_makes_it_absent() -> None:
    assert phrase_of("no underfill").absent


def test_a_participle_before_its_noun_is_a_doing() -> None:
    assert phrase_of("a bumped die").doings == ("bump",)


@pytest.mark.parametrize("text,marks", [("the first die", {"first"}), ("chip A", {"a"}), ("chip 1", {"1"})])
def test_marks_tell_things_of_a_kind_apart(text: str, marks: set[str]) -> None:
    assert phrase_of(text).marks == marks


def test_the_first_one_stands_for_a_thing_with_its_mark() -> None:
    phrase = phrase_of("the first one")
    assert phrase.sort == "elliptic" and phrase.marks == {"first"}


def test_a_hyphened_compound_is_one_phrase() -> None:
    assert phrase_of("die-to-substrate gap").name == "die substrate gap"


def test_a_manner_in_a_name_is_kept() -> None:
    assert phrase_of("flip chip die").manners == {"flipped"}


def test_exposed_before_a_noun_is_said_of_it() -> None:
    assert phrase_of("an exposed lid").bare == "bare"


def test_several_is_more_than_one() -> None:
    assert phrase_of("several chips").several


def test_a_possessive_owns_what_follows() -> None:
    phrase = phrase_of("the die's rear side")
    assert phrase.head == "rear side" and phrase.owner and phrase.owner.name == "die"


def test_a_property_is_named_after_its_holder() -> None:
    phrase = phrase_of("the die thickness")
    assert phrase.sort == "property" and len(phrase.with_kinds) == 1


def test_a_pronoun_is_a_phrase_and_a_determiner_is_none() -> None:
    alone, pointing = chunks_of("it covers this die")[::2]
    assert isinstance(alone, Phrase) and alone.sort == "pronoun"
    assert isinstance(pointing, Phrase) and pointing.head == "die"


def test_a_colon_after_a_part_says_is() -> None:
    assert [chunk.verb for chunk in chunks_of("Lid: copper") if isinstance(chunk, Verb)] == ["be"]


# Clauses


def said(clause: Clause) -> tuple[str, list[str], list[str], dict[str, list[str]]]:
    """Give verb, the likeliest subject, objects and slots of a clause as words."""
    slots = {name: [phrase.name for phrase in phrases] for name, phrases in clause.slots.items()}
    return clause.verb, [p.name for p in clause.subjects[:1]], [p.name for p in clause.objects], slots


@pytest.mark.parametrize(
    "text,expected",
    [
        ("The lid covers the die.", ("cover", ["lid"], ["die"], {})),
        ("The lid is attached to the die.", ("attach", ["lid"], [], {"to": ["die"]})),
        ("The die, which is mounted on the substrate, warps.", ("mount", ["die"], [], {"on": ["substrate"]})),
        ("a lid attached to the die covers it", ("attach", ["lid"], [], {"to": ["die"]})),
        ("Over the die lies a lid.", ("lie", ["lid"], [], {"over": ["die"]})),
        ("Attach the die to the substrate.", ("attach", [], ["die"], {"to": ["substrate"]})),
        ("The lid larger than the die is exposed.", ("larger than", ["lid"], ["die"], {})),
    ],
)
def test_the_first_clause_has_its_arguments(text: str, expected: object) -> None:
    assert said(clauses_of(text)[0]) == expected


def test_joined_verbs_share_their_subject() -> None:
    _, second = clauses_of("The lid covers the die and is attached to the substrate.")[:2]
    assert said(second) == ("attach", ["lid"], [], {"to": ["substrate"]})


def test_an_aside_does_not_take_the_subject_away() -> None:
    clauses = clauses_of("The underfill, cured at 150 °C, fills the gap.")
    assert said(clauses[1]) == ("fill", ["underfill"], ["gap"], {})


def test_joined_subjects_are_joint() -> None:
    clause = clauses_of("The lid and the die are attached to the substrate.")[0]
    assert clause.joint and [phrase.name for phrase in clause.subjects] == ["lid", "die"]


def test_a_phrase_with_a_preposition_is_a_clause_of_its_own() -> None:
    (clause,) = clauses_of("bumps on the die")
    assert (clause.sort, *said(clause)) == ("alone", "", ["bumps"], [], {"on": ["die"]})


@pytest.mark.parametrize(
    "text,voice,negated",
    [
        ("The lid covers the die.", "active", False),
        ("The lid is covered.", "passive", False),
        ("The lid is not attached to the die.", "passive", True),
        ("The lid does not touch the die.", "active", True),
        ("using the lid", "gerund", False),
    ],
)
def test_voice_and_negation_of_a_verb(text: str, voice: str, negated: bool) -> None:
    verb = next(chunk for chunk in chunks_of(text) if isinstance(chunk, Verb))
    assert (verb.voice, verb.negated) == (voice, negated)


# Modality


@pytest.mark.parametrize(
    "text,reason",
    [
        ("The package may have a lid.", "it is an option or a possibility"),
        ("If a lid is used, it is thick.", "it is a condition, not a fact"),
        ("The lid should be clean.", "it is advice, not structure"),
        ("A lid will be added.", "it is a plan, not a fact"),
        ("Conventional packages have a lid.", "it is what others do, to compare with"),
        ("The package has a lid.", ""),
    ],
)
def test_a_cue_makes_a_sentence_no_fact(text: str, reason: str) -> None:
    (segment,) = segments_of(text)
    assert segment.reason == reason


def test_what_stands_before_but_is_a_statement_of_its_own() -> None:
    first, second = segments_of("The lid is copper but it may be plated.")
    assert not first.reason and second.reason


def test_what_is_missing_and_what_is_compared_with_are_set_apart() -> None:
    (segment,) = segments_of("The package has a die instead of a lid and no underfill.")
    apart = {phrase.name: segment.apart.get(phrase.start, "") for phrase in segment.phrases}
    assert apart == {"package": "", "die": "", "lid": "compared", "underfill": "absent"}


def test_a_lead_in_that_denies_denies_its_items() -> None:
    segments = segments_of("The package has no:\n\n- lid\n- underfill\n")
    assert [set(segment.apart.values()) for segment in segments[1:]] == [{"absent"}, {"absent"}]
