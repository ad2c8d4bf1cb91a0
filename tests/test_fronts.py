"""Front pages show the claims with the shapes of their files, the ontology as it is, and find all of it."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

import portfolio_sample as sample
from readson.building import content_sheets
from readson.claim_sheets import claim_sheets
from readson.fronts import Front, heads
from readson.listing import Listed, ListedChart, listed
from readson.ontology import Ontology
from readson.resources import content_folder, turtle_files
from readson.results import OntologySheet, TermSheet
from readson.searching import SHARD, Entry, Group, product_entries, search_files
from readson.shapes import Patent
from readson.turtle import as_written, load
from readson.verdicts import Verdict
from readson.vocabulary import OWL, TYPE

Terms = dict[str, TermSheet]


@pytest.fixture(scope="module")
def sheets(patent: Patent) -> tuple[OntologySheet, ...]:
    return content_sheets(patent)


@pytest.fixture(scope="module")
def terms(sheets: tuple[OntologySheet, ...]) -> Terms:
    return {f"{sheet.prefix}:{term.name}": term for sheet in sheets for term in sheet.terms}


def test_text_that_looks_like_an_end_ends_nothing() -> None:
    said = 'x:a x:is "one. two ." , """three .\n""" ; x:n 1.5 .'
    text = f"@prefix x: <urn:x.y#> .\n# x:a . x:b .\n{said} x:b x:n 2 ."
    assert as_written(text) == {"urn:x.y#a": said, "urn:x.y#b": "x:b x:n 2 ."}


def test_every_shape_is_shown_as_its_file_has_it(patent: Patent) -> None:
    files = turtle_files(content_folder("shapes") / patent.slug)
    texts = [file.read_text("utf-8") for file in files]
    for claim in claim_sheets(patent, patent.claims, {}):
        for element in claim.elements:
            for construction in element.constructions:
                first, *derived = re.split(r"\n\n(?=cp:)", construction.shape)
                assert any(f"\n{first}" in text for text in texts), construction.iri
                assert all("claim:DerivedProperty" in block for block in derived)


def test_a_shape_brings_the_derived_properties_it_names(patent: Patent) -> None:
    (construction,) = patent.element("1[f]").constructions
    assert construction.shape.count("claim:DerivedProperty") == 1
    assert {term.partition("#")[2] for term in construction.terms} >= {
        "Encapsulant",
        "filledBy",
        "between",
        "gap",
    }


def test_the_ontology_is_shown_whole(ontology: Ontology, sheets: tuple[OntologySheet, ...]) -> None:
    shown = {term.iri for sheet in sheets for term in sheet.terms}
    assert ontology.properties <= shown
    triples = load(turtle_files(content_folder("ontology")))
    own = tuple(sheet.namespace for sheet in sheets)
    assert {c for c in triples.subjects(TYPE, OWL + "Class") if c.startswith(own)} <= shown
    assert all(t.label and t.definition for sheet in sheets for t in sheet.terms)


def test_a_term_says_what_stands_above_below_and_apart(terms: Terms) -> None:
    chip = terms["pkg:Chip"]
    assert (chip.sort, chip.label) == ("class", "chip") and "die" in chip.other_labels
    assert chip.above == (terms["pkg:Die"].iri,)
    assert terms["pkg:LogicChip"].iri in chip.below
    assert terms["pkg:DummyDie"].iri in chip.apart
    assert terms["pkg:gapHeight"].sort == "quantity" and terms["pkg:gapHeight"].traits == ("functional",)
    assert terms["pkg:between"].iri not in terms["pkg:between"].inverses


def test_a_term_names_the_elements_whose_shapes_use_it(terms: Terms, patent: Patent) -> None:
    assert [use.id for use in terms["pkg:flipChipBondedTo"].uses][:2] == ["1[c]", "9[d]"]
    used = {
        iri for c in patent.claims.values() for e in c.elements for s in e.constructions for iri in s.terms
    }
    assert {term.iri for term in terms.values() if term.uses} == used & {term.iri for term in terms.values()}


def test_a_dependent_claim_stands_after_the_one_it_depends_on() -> None:
    charts = [ListedChart(n, p, Verdict.MET) for n, p in ((1, 0), (2, 0), (3, 1), (4, 3), (5, 9))]
    found = heads([Listed("x", "X", "", tuple(charts))])
    assert [(head.claim, head.above) for head in found] == [(1, ()), (3, (1,)), (4, (1, 3)), (2, ()), (5, ())]
    assert [head.claim for head in found if head.has_dependents] == [1, 3]


# Search


def front() -> Front:
    products = (listed(sample.ordinary()),)
    return Front("p", "P", "documented", (), products, sample.claims(), (), sample.ontology())


def groups(script: bytes) -> tuple[list[Group], list[str]]:
    """Read a script of the search back."""
    found = re.fullmatch(r"readsonFound\(\.\.\.(.*)\);\n", script.decode(), re.DOTALL)
    assert found
    several, others = json.loads(found[1])
    return several, others


def test_the_first_script_names_the_others() -> None:
    product = sample.ordinary()
    entries = product_entries(product, None)
    scripts = dict(search_files(front(), [(listed(product), entries)]))
    (general,), others = groups(scripts["search/index.js"])
    assert {sort for sort, *_ in general[2]} == {"product", "claim", "element", "term"}
    assert [f"search/{name}" for name in others] == [name for name in scripts if name != "search/index.js"]
    (own,), none = groups(scripts[f"search/{others[0]}"])
    assert own[:2] == ["products/x100/", "X100 graphics processor"] and not none
    assert {sort for sort, *_ in own[2]} == {"part", "quote"}


def test_words_within_a_longer_quote_of_the_same_place_are_found_by_that_one() -> None:
    quotes = [text for sort, text, *_ in product_entries(sample.ordinary(), None) if sort == "quote"]
    assert "Heat spreader, nickel-plated copper, above the die" in quotes
    assert "nickel-plated copper" not in quotes


def test_many_products_are_cut_into_scripts_of_like_size() -> None:
    entry: Entry = ("quote", "words " * 30, "data sheet, line 1", "sources/ds.html#q")
    products = [(replace(front().products[0], slug=f"p-{n}"), [entry] * 40) for n in range(50)]
    scripts = dict(search_files(front(), products))
    sizes = [len(script) for name, script in scripts.items() if name != "search/index.js"]
    assert len(sizes) > 3 and max(sizes) < 2 * SHARD
    assert sum(len(groups(s)[0]) for name, s in scripts.items() if name != "search/index.js") == 50


def test_what_no_page_may_hold_is_not_in_a_script_either() -> None:
    product = sample.hostile()
    scripts = dict(search_files(front(), [(listed(product), product_entries(product, None))]))
    assert not [s for s in scripts.values() if re.search("[\x00-\x08\x0b-\x1f\x7f]", s.decode())]
