"""What charts say, an attorney could sign: exact, neutral, in plain English, silent where sources are."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from readson.assess import assess
from readson.charting import portfolio
from readson.formats.cells import notes
from readson.ingest import parse_description
from readson.ontology import Ontology
from readson.results import GLOSSARY, Portfolio, Reason, citations, parts
from readson.shapes import Patent
from readson.statements import Product
from readson.verdicts import Verdict
from test_cases import FOLDER, RULED

CONCLUSIONS = re.compile(
    r"\binfring|\bliab|\binvalid|\bguilt|\bviolat|\bequivalen|\bprobabl|\blikely|%", re.IGNORECASE
)
"""What no chart concludes or weighs."""
DOUBLED = re.compile(r"\b(\w+) \1\b|\b(?:a|an|the) (?:a|an|the)\b", re.IGNORECASE)
EMPTY = re.compile(r"^(?:the |an? )?(.+?) (?:is|are) (?:the |an? )?\1\.$", re.IGNORECASE)
"""A sentence that says of a thing that it is itself."""
CODE = re.compile(r"`|_|\bIRI\b|[{}<>]|\bNone\b|\binf\b|\bnan\b|  ")
BARE = re.compile(
    r"\b(?:top|bottom|back|surface|gap|step) (?:of|between) (?!the\b|one\b)[a-z]+ ?(?:and|\.|$|is\b)"
)
"""A part that is named by another one, without the article that the other one takes."""
ABSENT = re.compile(
    r"^(?:There (?:is|are) no |No )|\b(?:is|are|has|have) (?:not|no)\b|\bdo(?:es)? not (?!say|give|tell|name)"
)


@pytest.fixture(scope="module")
def charted(ontology: Ontology, patent: Patent, described: tuple[Product, ...]) -> Portfolio:
    """Chart the products of the project and a sample of the rulings."""
    cases = [case for case in RULED[::40] if case.world == "documented"]
    said = [
        parse_description(case.text, ontology.lexicon, file=case.name, folder=FOLDER, slug=f"case-{n}")
        for n, case in enumerate(cases)
    ]
    return portfolio(assess((*described, *said), ontology, patent))


def reasons(charted: Portfolio) -> Iterator[Reason]:
    for product in charted.products:
        for chart in product.charts:
            for row in chart.rows:
                if not row.inherited:
                    yield from parts(row.reason)


def written(charted: Portfolio) -> set[str]:
    """List every sentence that is made; quotes and notes are the words of others."""
    found = {s for note in GLOSSARY.values for s in (note.sentence,)}
    for product in charted.products:
        found |= {fact.citation.sentence for fact in product.facts}
        for chart in product.charts:
            found |= {
                chart.sentence,
                *(b.sentence for b in chart.bindings),
                *(o.sentence for o in chart.others),
            }
    for reason in reasons(charted):
        found |= {reason.sentence, *(c.sentence for c in citations(reason))}
        for missing in reason.missing:
            found |= {missing.sentence, *missing.if_met, *missing.if_not_met}
    return found


@pytest.fixture(scope="module")
def sentences(charted: Portfolio) -> set[str]:
    return written(charted)


def test_every_sentence_begins_with_a_capital_and_ends_with_a_period(sentences: set[str]) -> None:
    assert len(sentences) > 2000
    assert not [s for s in sentences if s[0].islower() or not s.endswith(".") or s.endswith("..")]


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a conclusion of law, or a weight", CONCLUSIONS),
        ("a doubled word or article", DOUBLED),
        ("a thing that is said to be itself", EMPTY),
        ("traces of code", CODE),
        ("a name without its article", BARE),
    ],
)
def test_no_sentence_holds(what: str, pattern: re.Pattern[str], sentences: set[str]) -> None:
    assert not sorted(s for s in sentences if pattern.search(s)), what


def test_the_patterns_find_what_they_forbid() -> None:
    assert CONCLUSIONS.search("The product infringes claim 1.")
    assert DOUBLED.search("It is done at at most 3 °C.") and DOUBLED.search("The product has the a lid.")
    assert EMPTY.search("The lid is a lid.") and not EMPTY.search("The lid is a heat sink.")
    assert BARE.search("The top of spreader is exposed.") and BARE.search("The gap between die and lid.")
    assert not BARE.search("The top of the spreader is exposed.")
    assert ABSENT.search("There is no lid.") and ABSENT.search("The lid does not cover the die.")
    assert not ABSENT.search("The description does not say whether the lid covers the die.")


def test_where_the_description_is_silent_nothing_is_said_to_be_absent(charted: Portfolio) -> None:
    silent = [r for r in reasons(charted) if r.verdict is Verdict.UNKNOWN and not any(citations(r))]
    assert len(silent) > 300
    assert not sorted({r.sentence for r in silent if ABSENT.search(r.sentence)})


def test_what_is_unknown_is_laid_to_the_description(charted: Portfolio) -> None:
    silent = [
        r for r in reasons(charted) if r.verdict is Verdict.UNKNOWN and not any(citations(r)) and r.missing
    ]
    said = re.compile(r"^The description (?:does not (?:say whether|give|tell)|names no )")
    assert not sorted({r.sentence for r in silent if not said.search(r.sentence)})


def test_absence_is_cited_or_assumed(charted: Portfolio) -> None:
    absent = [r for r in reasons(charted) if re.match("There (?:is|are) no ", r.sentence) and not r.parts]
    assert absent and all(r.refuting or r.supporting for r in absent)


def test_parts_are_named_as_the_description_names_them(charted: Portfolio) -> None:
    for product in charted.products:
        for chart in product.charts:
            for binding in chart.bindings:
                words = [w for w in re.split(r"\W+", binding.part) if w]
                assert all(word in binding.sentence for word in words if word != "product")


def test_labels_of_notes_are_no_sentences_and_their_texts_are(charted: Portfolio) -> None:
    found = {
        (label, text)
        for product in charted.products
        for chart in product.charts
        for row in chart.rows
        for label, texts in notes(row)
        for text in texts
    }
    assert found
    assert not [(label, text) for label, text in found if label.endswith(".") or not text.endswith(".")]
