"""The SQL in `data/queries` answers what its first line asks, on verdicts whose answers are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from readson.assess import Assessment, assess
from readson.bulk.writing import n_triples
from readson.cli import main
from readson.ontology import Ontology
from readson.shapes import Patent
from readson.statements import Product
from readson.verdicts import Verdict

QUERIES = Path(__file__).resolve().parents[1] / "data/queries"
MET, NOT_MET, UNKNOWN, CONFLICTING = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.CONFLICTING
Rows = list[tuple[object, ...]]


@pytest.fixture(scope="module")
def assessments(described: tuple[Product, ...], ontology: Ontology, patent: Patent) -> dict[str, Assessment]:
    return {world: assess(described, ontology, patent, world) for world in ("documented", "open")}


@pytest.fixture(scope="module")
def folder(described: tuple[Product, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the verdicts on all described products, in two worlds."""
    folder = tmp_path_factory.mktemp("portfolio")
    portfolio = folder / "portfolio.nt"
    portfolio.write_text("".join(map(n_triples, described)), "utf-8")
    for world, name in (("documented", "verdicts"), ("open", "open")):
        arguments = [
            "check",
            "--bulk",
            "--processes",
            "1",
            "--world",
            world,
            "-o",
            f"{folder / name}.parquet",
        ]
        assert CliRunner().invoke(main, [*arguments, str(portfolio)]).exit_code == 0
    return folder


@pytest.fixture
def answer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Rows]:
    """Run a query where the tables are."""
    monkeypatch.chdir(folder)
    return lambda name: duckdb.sql((QUERIES / f"{name}.sql").read_text("utf-8")).fetchall()


def elements(assessment: Assessment, claim: int, product: int) -> dict[str, Verdict]:
    found = assessment.patent.elements(claim)
    return {e.id: assessment.element(e.id, claim, product) for e in found}


def pairs(assessment: Assessment) -> list[tuple[str, int, dict[str, Verdict], Verdict]]:
    """List product, claim, verdicts of the elements and verdict of the claim."""
    return [
        (product.slug, claim, elements(assessment, claim, n), assessment.verdict(claim, n))
        for claim in assessment.readings
        for n, product in enumerate(assessment.graph.products)
    ]


def alone(assessment: Assessment, verdict: Verdict) -> list[tuple[str, int, str]]:
    """List product, claim and element where one element has this verdict and all others are met."""
    found = []
    for product, claim, by_id, _ in pairs(assessment):
        others = [id for id, v in by_id.items() if v is not MET]
        if len(others) == 1 and by_id[others[0]] is verdict:
            found.append((product, claim, others[0]))
    return found


Answers = Callable[[str], Rows]
Assessments = dict[str, Assessment]


def test_claims_met_counts_the_claims_of_each_product(answer: Answers, assessments: Assessments) -> None:
    counts: dict[str, Counter[Verdict]] = {}
    for product, _, _, verdict in pairs(assessments["documented"]):
        counts.setdefault(product, Counter())[verdict] += 1
    order = (MET, NOT_MET, UNKNOWN, CONFLICTING)
    assert {(p, *(count[v] for v in order)) for p, count in counts.items()} == set(answer("claims-met"))


def test_independent_claims_met_leaves_dependent_claims_out(
    answer: Answers, assessments: Assessments
) -> None:
    patent = assessments["documented"].patent
    wanted = {
        (p, c) for p, c, _, v in pairs(assessments["documented"]) if v is MET and not patent.claims[c].parent
    }
    assert {row[:2] for row in answer("independent-claims-met")} == wanted and wanted


@pytest.mark.parametrize("name,verdict", [("near-misses", NOT_MET), ("one-fact-short", UNKNOWN)])
def test_one_element_stands_between_a_product_and_a_claim(
    name: str, verdict: Verdict, answer: Answers, assessments: Assessments
) -> None:
    wanted = {frozenset(row) for row in alone(assessments["documented"], verdict)}
    assert {frozenset(row) for row in answer(name)} == wanted and wanted


def test_deciding_elements_counts_near_misses(answer: Answers, assessments: Assessments) -> None:
    counts = Counter(row[1:] for row in alone(assessments["documented"], NOT_MET))
    rows = answer("deciding-elements")
    assert {(claim, element): n for claim, element, n in rows} == counts
    assert [row[2] for row in rows] == sorted(counts.values(), reverse=True)


def test_conflicting_elements_names_the_elements_in_conflict(
    answer: Answers, assessments: Assessments
) -> None:
    wanted: dict[str, set[str]] = {}
    for product, _, by_id, _ in pairs(assessments["documented"]):
        for id in (id for id, verdict in by_id.items() if verdict is CONFLICTING):
            wanted.setdefault(id, set()).add(product)
    assert {row[0]: row[1:] for row in answer("conflicting-elements")} == {
        id: (len(products), min(products)) for id, products in wanted.items()
    }


def test_met_by_assumption_compares_the_worlds(answer: Answers, assessments: Assessments) -> None:
    stated = {(p, c): v for p, c, _, v in pairs(assessments["open"])}
    wanted = {
        (p, c, stated[p, c].label)
        for p, c, _, verdict in pairs(assessments["documented"])
        if verdict is MET and stated[p, c] is not MET
    }
    assert set(answer("met-by-assumption")) == wanted and wanted


def test_bound_parts_counts_the_parts_of_met_claims(answer: Answers, assessments: Assessments) -> None:
    assessment = assessments["documented"]
    counts: Counter[tuple[int, str, str]] = Counter()
    for claim in assessment.readings:
        for n in range(len(assessment.graph.products)):
            if assessment.verdict(claim, n) is MET:
                bound = assessment.binding(claim, n).items()
                counts.update(
                    (claim, r.rpartition("#")[2], assessment.graph.names[at]) for r, at in bound if at >= 0
                )
    assert {row[:3]: row[3] for row in answer("bound-parts")} == counts


def test_products_by_claim_counts_the_products_of_each_claim(
    answer: Answers, assessments: Assessments
) -> None:
    counts: dict[int, Counter[Verdict]] = {}
    for _, claim, _, verdict in pairs(assessments["documented"]):
        counts.setdefault(claim, Counter())[verdict] += 1
    order = (MET, NOT_MET, UNKNOWN, CONFLICTING)
    assert answer("products-by-claim") == [(c, *(n[v] for v in order)) for c, n in sorted(counts.items())]


def test_every_query_is_tested_here() -> None:
    text = Path(__file__).read_text("utf-8")
    assert all(f'"{path.stem}"' in text for path in QUERIES.glob("*.sql"))
