"""The rulings in `tests/cases`: each file is a description and what a patent analyst says of one element.

`cases/README.md` gives the format.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml

from readson.assess import assess
from readson.errors import DescriptionError
from readson.ingest import parse_description
from readson.ontology import Ontology, load_ontology
from readson.shapes import Patent
from readson.statements import Product
from readson.verdicts import Verdict

FOLDER = Path(__file__).resolve().parent / "cases"
LEAST = 600
INVALID = "invalid"
DEFAULT_WORLD = "documented"
DECIDED = {Verdict.MET.label, Verdict.NOT_MET.label}
EVERY = DECIDED | {Verdict.UNKNOWN.label}
VERDICTS = {verdict.label for verdict in Verdict} | {INVALID}
KEYS = {"ruling", "element", "verdict", "world", "construction", "description", "base", "change"}
INVALID_KEYS = {"ruling", "verdict", "expected", "files", "description"}
MODES = {"is", "not", "only"}
# Every description may cite these two without naming them.
SOURCES = {"sheet": {"title": "data sheet"}, "teardown": {"title": "teardown report"}}


class PlainDumper(yaml.SafeDumper):
    """Write texts as they stand: a quoted "unknown" would be a text, a plain one no value."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


@dataclass(frozen=True)
class Case:
    """One ruling: the element of `name` and its expected verdict, or the problems of a description."""

    name: str
    said: Mapping[str, Any]

    @property
    def folder(self) -> str:
        return self.name.split("/")[0]

    @property
    def verdict(self) -> str:
        return str(self.said["verdict"])

    @property
    def element(self) -> str:
        return str(self.said.get("element", ""))

    @property
    def world(self) -> str:
        return str(self.said.get("world", DEFAULT_WORLD))

    @property
    def construction(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(self.said.get("construction", {}).items()))

    @property
    def text(self) -> str:
        """Write the description out; an invalid one stands in the file as it is."""
        if isinstance(self.said.get("description"), str):
            return str(self.said["description"])
        found = self.said["description"] if "description" in self.said else built(self.said)
        whole = {"product": self.said["ruling"], "sources": SOURCES, **found}
        return yaml.dump(whole, Dumper=PlainDumper, sort_keys=False, allow_unicode=True, width=10**6)


def load(path: Path) -> Any:
    """Read a file with all scalars as texts: `on`, `no` and `yes` are words here."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def built(said: Mapping[str, Any]) -> dict[str, Any]:
    """Change the base, which may itself be a changed base."""
    return merged(base(said["base"]), said.get("change", {}))


@cache
def base(name: str) -> dict[str, Any]:
    """Read a description that many cases start from."""
    said: dict[str, Any] = load(FOLDER / "bases" / f"{name}.yaml")
    return built(said) if "base" in said else said


def merged(old: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """Merge mappings at every level; `null` removes a key.

    >>> merged({"a": {"b": "1", "c": "2"}}, {"a": {"b": "null", "d": "3"}})
    {'a': {'c': '2', 'd': '3'}}
    """
    found = dict(old)
    for key, value in change.items():
        if value == "null":
            del found[key]
        elif isinstance(value, Mapping) and isinstance(found.get(key), Mapping) and not MODES & set(value):
            found[key] = merged(found[key], value)
        else:
            found[key] = value
    return found


def read_cases() -> list[Case]:
    paths = sorted(path for path in FOLDER.rglob("*.yaml") if path.parent.name != "bases")
    return [Case(path.relative_to(FOLDER).with_suffix("").as_posix(), load(path)) for path in paths]


CASES = read_cases()
RULED = [case for case in CASES if case.folder != INVALID]
REFUSED = [case for case in CASES if case.folder == INVALID]


# ---- What the collection must hold ----------------------------------------------------------------------


def complaints(cases: Sequence[Case], patent: Patent) -> Iterator[str]:
    """Say everything that is wrong with a collection of cases."""
    if len(cases) < LEAST:
        yield f"only {len(cases)} cases"
    for case in cases:
        yield from (f"{case.name}: {problem}" for problem in misfits(case, patent))
    yield from missing(cases, patent)


def misfits(case: Case, patent: Patent) -> Iterator[str]:
    """Say where the name of a file, its folder and its keys disagree."""
    folders = {f"claim-{number:02}": number for number in patent.claims} | {INVALID: 0}
    unknown = set(case.said) - (INVALID_KEYS if case.folder == INVALID else KEYS)
    if case.folder not in folders:
        yield "unknown folder"
    if unknown:
        yield f"unknown keys {sorted(unknown)}"
    if case.verdict not in VERDICTS:
        yield f"unknown verdict {case.verdict}"
    if case.name != f"{case.folder}/{kebab(case.verdict)}-{kebab(case.said['ruling'])}":
        yield "the file is not named by its verdict and ruling"
    if (case.verdict == INVALID) is not (case.folder == INVALID):
        yield "invalid descriptions have a folder of their own"
    if case.element and patent.element(case.element).claim != folders.get(case.folder):
        yield f"{case.element} belongs to another folder"


def kebab(text: str) -> str:
    """Turn a sentence into a file name.

    >>> kebab("A lid is 10 °C below.")
    'a-lid-is-10-c-below'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def missing(cases: Iterable[Case], patent: Patent) -> Iterator[str]:
    """Name the elements and constructions without a case for each verdict that they need."""
    held: dict[tuple[tuple[str, str], ...], set[str]] = defaultdict(set)
    for case in cases:
        if case.element and case.world == DEFAULT_WORLD:
            held[case.construction or ((case.element, ""),)].add(case.verdict)
    for claim in patent.claims.values():
        for element in claim.elements:
            others = [c.name for c in element.constructions[1:]]
            for name, wanted in [("", EVERY), *((other, DECIDED) for other in others)]:
                lacking = wanted - held[((element.id, name),)]
                yield from (f"no {verdict} case for {element.id} {name}" for verdict in sorted(lacking))


def test_the_collection_is_complete(patent: Patent) -> None:
    assert list(complaints(CASES, patent)) == []


def test_an_incomplete_collection_is_found_out(patent: Patent) -> None:
    reduced = [c for c in CASES if not (c.element == "8[a]" and c.verdict == Verdict.NOT_MET.label)]
    found = list(complaints(reduced, patent))
    assert "no not met case for 8[a] " in found
    assert "no not met case for 8[a] interposer-is-substrate" in found
    assert next(complaints(CASES[:9], patent)) == "only 9 cases"


def test_a_misplaced_or_misnamed_case_is_found_out(patent: Patent) -> None:
    good = {"ruling": "A lid is a lid.", "element": "1[d]", "verdict": "met", "description": {}}
    assert not list(misfits(Case("claim-01/met-a-lid-is-a-lid", good), patent))
    assert list(misfits(Case("claim-27/met-a-lid-is-a-lid", good), patent))
    assert list(misfits(Case("claim-09/met-a-lid-is-a-lid", good), patent))
    assert list(misfits(Case("claim-01/not-met-a-lid-is-a-lid", good), patent))
    assert list(misfits(Case("claim-01/perhaps-a-lid-is-a-lid", {**good, "verdict": "perhaps"}), patent))
    assert list(misfits(Case("claim-01/met-a-lid-is-a-lid", {**good, "elment": "1[d]"}), patent))


# ---- The rulings ----------------------------------------------------------------------------------------


def parse(case: Case, ontology: Ontology, folder: Path) -> Product:
    return parse_description(
        case.text, ontology.lexicon, file="product.yaml", folder=folder, slug=kebab(case.name)
    )


@cache
def products() -> dict[str, Product | str]:
    """Read the product of every ruling, or the message that refuses it."""
    found: dict[str, Product | str] = {}
    ontology = load_ontology()
    for case in RULED:
        try:
            found[case.name] = parse(case, ontology, FOLDER)
        except DescriptionError as error:
            found[case.name] = str(error)
    return found


@pytest.fixture(scope="session")
def judged(ontology: Ontology, patent: Patent) -> dict[str, str]:
    return judge(RULED, ontology, patent)


def judge(cases: Sequence[Case], ontology: Ontology, patent: Patent) -> dict[str, str]:
    """Judge all cases of one world and construction at once: products do not touch each other."""
    groups: dict[tuple[str, tuple[tuple[str, str], ...]], list[tuple[Case, Product]]] = defaultdict(list)
    found: dict[str, str] = {}
    for case in cases:
        product = products()[case.name]
        if isinstance(product, str):
            found[case.name] = product
        else:
            groups[case.world, case.construction].append((case, product))
    for (world, construction), pairs in groups.items():
        claims = sorted({patent.element(case.element).claim for case, _ in pairs})
        chosen = dict(construction)
        assessment = assess([product for _, product in pairs], ontology, patent, world, chosen, claims)
        for place, (case, _) in enumerate(pairs):
            claim = patent.element(case.element).claim
            found[case.name] = assessment.element(case.element, claim, place).label
    return found


@pytest.mark.parametrize("case", RULED, ids=lambda case: case.name)
def test_ruling(case: Case, judged: Mapping[str, str]) -> None:
    assert judged[case.name] == case.verdict, case.text


def test_no_ruling_depends_on_the_products_judged_before(ontology: Ontology, patent: Patent) -> None:
    turned = judge(RULED[::-1], ontology, patent)
    assert {case.name: turned[case.name] for case in RULED} == {case.name: case.verdict for case in RULED}


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_refusal(case: Case, ontology: Ontology, tmp_path: Path) -> None:
    for name, text in case.said.get("files", {}).items():
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(DescriptionError) as caught:
        parse(case, ontology, tmp_path)
    expected = case.said["expected"]
    assert len(caught.value.problems) == len(expected), caught.value
    for problem, wanted in zip(caught.value.problems, expected, strict=True):
        assert all(part in problem.message for part in wanted["message"]), problem
        assert wanted.get("line", str(problem.line)) == str(problem.line), problem
        assert wanted.get("column", str(problem.column)) == str(problem.column), problem
