"""One fact spoilt turns one element; one fact deleted leaves it unknown. The table is `mutations.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from readson.assess import assess
from readson.ingest import parse_description
from readson.ontology import Ontology
from readson.shapes import Patent
from readson.statements import Product
from readson.verdicts import Verdict
from test_cases import PlainDumper, base, load, merged

TABLE: list[dict[str, Any]] = load(Path(__file__).with_name("mutations.yaml"))
NAMES = [f"{n} {row['element']}" for n, row in enumerate(TABLE)]
# The steps of the base `process` that rows change.
STEPS = {"step": "molding", "unstep": "molding", "saw": "sawing", "unsaw": "sawing"}


def described(said: Mapping[str, Any], ontology: Ontology) -> Product:
    text = yaml.dump({"product": "X", **said}, Dumper=PlainDumper, sort_keys=False, allow_unicode=True)
    return parse_description(text, ontology.lexicon, file="x.yaml", folder=Path(), slug="x")


def changed(row: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    """Change the base of a row as its keys say."""
    said = base(row["base"])
    for key in keys:
        if key in STEPS and key in row:
            steps = [merged(s, row[key]) if s["name"] == STEPS[key] else s for s in said["process"]["steps"]]
            said = {**said, "process": {"steps": steps}}
        elif key in row:
            said = merged(said, row[key])
    return said


def verdicts(
    said: Mapping[str, Any], element: str, ontology: Ontology, patent: Patent, world: str
) -> dict[str, Verdict]:
    """Give the verdicts of all elements in the chart of the element's claim."""
    claim = int(element.split("[")[0])
    assessment = assess([described(said, ontology)], ontology, patent, world, claims=[claim])
    return {e.id: assessment.element(e.id, claim, 0) for e in patent.elements(claim) if not e.inherits}


@pytest.mark.parametrize("row", TABLE, ids=NAMES)
def test_a_spoilt_fact_turns_its_element_alone(
    row: Mapping[str, Any], ontology: Ontology, patent: Patent
) -> None:
    element = row["element"]
    before = verdicts(base(row["base"]), element, ontology, patent, "documented")
    after = verdicts(changed(row, "spoil", "step", "saw"), element, ontology, patent, "documented")
    assert before[element] is Verdict.MET
    turned = {id for id in after if before[id] is Verdict.MET and after[id] is Verdict.NOT_MET}
    assert turned == {element, *row.get("also", ())}


@pytest.mark.parametrize("row", TABLE, ids=NAMES)
def test_a_deleted_fact_leaves_its_element_unknown(
    row: Mapping[str, Any], ontology: Ontology, patent: Patent
) -> None:
    element = row["element"]
    after = verdicts(changed(row, "delete", "unstep", "unsaw"), element, ontology, patent, "open")
    assert after[element] is Verdict.UNKNOWN
    assert not [id for id, verdict in after.items() if verdict is Verdict.NOT_MET]


def test_no_deletion_of_any_statement_refutes_anything(
    described_products: list[Product], ontology: Ontology, patent: Patent
) -> None:
    """Delete every statement of the products that meet claims, one at a time: nothing met becomes not met."""
    for whole in described_products:
        fewer = [
            Product(f"x{n}", whole.title, whole.items, whole.statements[:n] + whole.statements[n + 1 :])
            for n in range(len(whole.statements))
        ]
        assessment = assess([whole, *fewer], ontology, patent, "open")
        for number, claim in patent.claims.items():
            met = [e.id for e in claim.elements if assessment.element(e.id, number, 0) is Verdict.MET]
            lost = {
                (id, n)
                for n in range(1, len(fewer) + 1)
                for id in met
                if assessment.element(id, number, n) is Verdict.NOT_MET
            }
            assert not lost


@pytest.fixture(scope="module")
def described_products(ontology: Ontology) -> list[Product]:
    return [described(base(name), ontology) for name in ("process", "two-chip-stack", "three-chip-stack")]


def test_every_element_that_one_fact_carries_is_in_the_table(patent: Patent) -> None:
    """Parts alone carry the others: an element that only names a part, or that repeats its parent claim."""
    named = {"1[a]", "9[a]", "9[b]", "9[c]", "9[d]", "12[b]", "14[a]", "14[c]", "21[a]", "21[b]"}
    every = {e.id for c in patent.claims.values() for e in c.elements if not e.inherits}
    assert {row["element"] for row in TABLE} | named == every
