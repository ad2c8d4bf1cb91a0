"""One model of results: typed, published, the same in every output, and read back as it was written."""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import portfolio_sample as sample
import readson
from readson.errors import DataError
from readson.results import VERSION, Portfolio, Row
from readson.results.records import dump, load, to_record
from readson.results.schema import results_schema, schema_text
from readson.statements import Bounds
from readson.verdicts import Verdict

ROOT = Path(__file__).resolve().parents[1]
PRODUCTS = ROOT / "data/products"


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    names = ("conflicting-sources", "sparse-data-sheet", "molded-fcbga-exposed-spreader")
    return readson.check(*(PRODUCTS / name for name in names))


@pytest.fixture(scope="module")
def record(portfolio: Portfolio) -> dict[str, object]:
    found: dict[str, object] = json.loads(dump(portfolio))
    return found


# JSON and its schema


def test_results_are_read_back_as_they_were_written(portfolio: Portfolio) -> None:
    assert load(dump(portfolio)) == portfolio


def test_hostile_texts_are_read_back_as_they_were_written() -> None:
    assert load(dump(sample.portfolio())) == sample.portfolio()


def test_equal_results_are_equal_bytes(portfolio: Portfolio) -> None:
    assert dump(load(dump(portfolio))) == dump(portfolio)


def test_results_keep_to_their_schema(record: dict[str, object]) -> None:
    Draft202012Validator.check_schema(results_schema())
    assert not list(Draft202012Validator(results_schema()).iter_errors(record))


@pytest.mark.parametrize(
    "spoil",
    [
        {"world": 3},
        {"version": "2"},
        {"products": [{}]},
        {"claims": None},
        {"more": ""},
    ],
)
def test_what_the_schema_forbids_is_refused_on_reading(
    spoil: dict[str, object], record: dict[str, object]
) -> None:
    spoiled = record | spoil
    assert list(Draft202012Validator(results_schema()).iter_errors(spoiled))
    with pytest.raises(DataError):
        load(json.dumps(spoiled))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": "1"}', "null"])
def test_what_is_no_portfolio_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="no portfolio of readson"):
        load(text)


def test_another_version_is_refused_by_its_number(record: dict[str, object]) -> None:
    with pytest.raises(DataError, match=f"version 2; this readson reads version {VERSION}"):
        load(json.dumps(record | {"version": "2"}))


def test_the_published_schema_is_that_of_the_classes() -> None:
    assert (ROOT / "data/results.schema.json").read_text("utf-8") == schema_text()


def test_every_definition_of_the_schema_is_described() -> None:
    assert all(one["description"] for one in results_schema()["$defs"].values())


def test_verdicts_and_bounds_are_written_for_people() -> None:
    assert [to_record(v) for v in Verdict] == ["unknown", "met", "not-met", "conflicting"]
    written = to_record(Bounds(high=20e-6))
    assert (written["is"], written["low"], written["high"]) == ("bounds", "-INF", 20e-6)
    assert json.loads(json.dumps(to_record(Bounds(1, math.inf))))["high"] == "INF"


# What outputs need is in the model


def rows(portfolio: Portfolio) -> list[Row]:
    return [row for product in portfolio.products for chart in product.charts for row in chart.rows]


def test_a_key_names_one_row(portfolio: Portfolio) -> None:
    assert max(Counter(row.key for row in rows(portfolio)).values()) == 1


def test_a_row_that_repeats_another_says_the_same(portfolio: Portfolio) -> None:
    by_key = {row.key: row for row in rows(portfolio)}
    repeating = [row for row in rows(portfolio) if row.repeats]
    assert len(repeating) > 100 and all(row.inherited for row in repeating)
    for row in repeating:
        other = by_key[row.repeats]
        assert other == replace(row, key=other.key, repeats="", inherited=False)


def test_an_inherited_row_on_other_parts_is_told_in_full() -> None:
    first, second = (sample.chart(n, n - 1, Verdict.MET, sample.first_claim(), "") for n in (1, 2))
    moved = sample.inherited([replace(row, roles=()) for row in second.rows])
    product = sample.collect(replace(sample.ordinary(), charts=(first, replace(second, rows=moved))))
    told = [row.repeats for row in product.charts[1].rows]
    assert all(told[n] == "" for n, row in enumerate(first.rows) if row.roles)
    assert all(told[n] for n, row in enumerate(first.rows) if not row.roles)


def test_a_tally_lists_every_row_once(portfolio: Portfolio) -> None:
    for product in portfolio.products:
        for chart in product.charts:
            listed = [(ref.key, one.verdict) for one in chart.tally for ref in one.rows]
            assert sorted(listed, key=str) == sorted([(r.key, r.verdict) for r in chart.rows], key=str)


def test_references_lead_to_rows(portfolio: Portfolio) -> None:
    keys = {row.key: row for row in rows(portfolio)}
    refs = [
        ref
        for product in portfolio.products
        for group in (
            *product.facts,
            *product.gaps,
            *(bound for part in product.parts for bound in part.bound),
            *(passage for sheet in product.sources for passage in sheet.passages),
        )
        for ref in group.rows
    ]
    assert len(refs) > 500
    assert all((keys[r.key].id, keys[r.key].anchor) == (r.id, r.anchor) for r in refs)
    assert all(ref.key.split("/")[1:] == [str(ref.claim), ref.anchor] for ref in refs)


def test_every_bound_part_is_listed_with_the_roles_that_are_read_on_it(portfolio: Portfolio) -> None:
    for product in portfolio.products:
        bound = {(p.name, b.claim, b.role) for p in product.parts for b in p.bound}
        assert bound == {(b.part, c.claim, b.label) for c in product.charts for b in c.bindings if b.part}


def test_steps_are_listed_in_their_order(portfolio: Portfolio) -> None:
    steps = portfolio.product("molded-fcbga-exposed-spreader").steps
    assert len(steps) > 2
    assert [step.after for step in steps[1:]] == [(step.name,) for step in steps[:-1]]


def test_claims_stand_with_their_tree_and_their_words(portfolio: Portfolio) -> None:
    sheets = {sheet.number: sheet for sheet in portfolio.claims}
    assert sorted(sheets) == list(range(1, 27))
    for sheet in sheets.values():
        assert sheet.lineage[-1] == sheet.number and sheet.lineage[-2:-1] == (
            (sheet.parent,) if sheet.parent else ()
        )
        assert all(sheets[number].parent == sheet.number for number in sheet.dependents)
        assert "".join("".join(e.text for e in sheet.elements).split()) == "".join(sheet.text.split())
        assert all(sum(c.used for c in element.constructions) == 1 for element in sheet.elements)
    assert {role for sheet in sheets.values() for role in sheet.roles} == {r.label for r in portfolio.roles}


def test_claims_that_a_charted_claim_depends_on_come_along() -> None:
    charted = readson.check(PRODUCTS / "coarse-filler", claims=[2], constructions={"1[h]": "any-molding"})
    assert [sheet.number for sheet in charted.claims] == [1, 2]
    used = {e.id: [c.name for c in e.constructions if c.used] for e in charted.claims[0].elements}
    assert used["1[h]"] == ["any-molding"]
    assert not any(row.repeats for row in rows(charted)), "the chart that would be repeated is not there"


def test_what_is_missing_is_proposed_in_sentences(portfolio: Portfolio) -> None:
    gaps = [gap for gap in portfolio.product("sparse-data-sheet").gaps if gap.if_met]
    assert gaps and all(s.endswith(".") for gap in gaps for s in (*gap.if_met, *gap.if_not_met))
    missing = [m for row in rows(portfolio) for m in row.missing]
    assert all(bool(m.meets) == bool(m.if_met) and bool(m.fails) == bool(m.if_not_met) for m in missing)


def test_the_glossary_explains_every_word_that_charts_use(portfolio: Portfolio) -> None:
    glossary = portfolio.glossary
    assert {note.verdict for note in glossary.values} == set(Verdict)
    assert {(n.supported + 2 * n.refuted) for n in glossary.values if n.verdict.value != -1} == {0, 1, 2, 3}
    assert all(note.verdict.value == note.supported + 2 * note.refuted for note in glossary.values)
    cited = {c.grade for row in rows(portfolio) for c in (*row.supporting, *row.refuting)}
    assert cited <= {note.grade for note in glossary.grades}
    assert glossary.world(portfolio.world).sentence
