"""The public door: what `import readson` offers, and what it keeps its hands off."""

from __future__ import annotations

import dataclasses
import doctest
import importlib
import inspect
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import readson
from readson import Portfolio, ReadsonError, Verdict, errors, results
from readson.statements import Product, Statement

ROOT = Path(__file__).resolve().parents[1]
PRODUCTS = ROOT / "data/products"
MODULES = sorted(
    m.name for m in pkgutil.walk_packages(readson.__path__, "readson.") if "__main__" not in m.name
)
RECORDS = [cls for _, cls in inspect.getmembers(results, inspect.isclass) if dataclasses.is_dataclass(cls)]


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    return readson.check(PRODUCTS / "conflicting-sources", str(PRODUCTS / "coarse-filler"))


# The door


def test_all_names_are_offered_and_no_other() -> None:
    public = {
        name
        for name, value in vars(readson).items()
        if not name.startswith("_") and not inspect.ismodule(value) and name != "annotations"
    }
    borrowed = {"Iterable", "Mapping", "Path", "PathLike", "TYPE_CHECKING"}
    loaded_when_used = {"Portfolio"}
    assert len(set(readson.__all__)) == len(readson.__all__)
    assert all(hasattr(readson, name) for name in readson.__all__)
    assert public - borrowed == set(readson.__all__) - {"__version__"} - loaded_when_used


def test_a_name_that_is_not_offered_is_refused_by_name() -> None:
    assert readson.Portfolio.__name__ == "Portfolio"
    with pytest.raises(AttributeError, match="no attribute `portfolios`"):
        readson.portfolios  # noqa: B018


def test_check_charts_every_claim_on_every_product(portfolio: Portfolio) -> None:
    assert isinstance(portfolio, Portfolio)
    assert [p.slug for p in portfolio.products] == ["conflicting-sources", "coarse-filler"]
    assert all([c.claim for c in p.charts] == list(range(1, 27)) for p in portfolio.products)
    assert (portfolio.patent, portfolio.world, portfolio.constructions) == ("chip-package", "documented", ())
    assert portfolio.products[0].charts[0].verdict is Verdict.CONFLICTING
    assert [c.verdict for c in portfolio.products[1].charts[:2]] == [Verdict.MET, Verdict.NOT_MET]


def test_check_takes_world_constructions_and_claims() -> None:
    found = readson.check(
        PRODUCTS / "silicon-interposer-carrier",
        patent="chip-package",
        world="open",
        constructions={"8[a]": "interposer-is-substrate"},
        claims=iter([8]),
    )
    assert (found.world, found.constructions) == ("open", ("8[a]=interposer-is-substrate",))
    assert [c.claim for c in found.products[0].charts] == [8]
    row = next(row for row in found.products[0].charts[0].rows if row.id == "8[a]")
    assert (row.construction, row.verdict) == ("interposer-is-substrate", Verdict.MET)


def test_check_gives_equal_charts_for_equal_input(portfolio: Portfolio) -> None:
    assert readson.check(PRODUCTS / "conflicting-sources", PRODUCTS / "coarse-filler") == portfolio


@pytest.mark.parametrize(
    ("paths", "options", "words"),
    [
        ((), {}, "at least one description"),
        ((PRODUCTS / "nothing",), {}, "does not exist"),
        ((PRODUCTS / "coarse-filler",), {"world": "flat"}, "`flat` is not a world"),
        ((PRODUCTS / "coarse-filler",), {"claims": [99]}, "no claim 99"),
        ((PRODUCTS / "coarse-filler",), {"patent": "nothing"}, "`nothing`"),
        ((PRODUCTS / "coarse-filler",), {"constructions": {"1[e]": "wide"}}, "no construction `wide`"),
        ((PRODUCTS / "coarse-filler",), {"constructions": {"0[z]": "wide"}}, "no element `0[z]`"),
    ],
)
def test_check_raises_one_kind_of_error(
    paths: tuple[Path, ...], options: dict[str, object], words: str
) -> None:
    with pytest.raises(ReadsonError, match=r".") as caught:
        readson.check(*paths, **options)  # type: ignore[arg-type]
    assert words in str(caught.value)
    assert str(caught.value) == "\n".join(str(problem) for problem in caught.value.problems)


def test_problems_carry_their_places(tmp_path: Path) -> None:
    path = tmp_path / "product.yaml"
    path.write_text("product: A\nparts:\n  die: {kind: chipp}\n  lid: {kind: lidd}\n", "utf-8")
    with pytest.raises(ReadsonError) as caught:
        readson.check(path)
    assert [(p.file, p.line) for p in caught.value.problems] == [(str(path), 3), (str(path), 4)]
    assert all(
        p.column > 1 and str(p).startswith(f"{path}:{p.line}:{p.column}: ") for p in caught.value.problems
    )


def test_every_error_is_a_readson_error() -> None:
    classes = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, Exception)]
    assert len(classes) > 4
    assert all(issubclass(c, ReadsonError) for c in classes)


def test_importing_readson_loads_no_engine() -> None:
    program = "import sys, readson; print(sorted(m for m in sys.modules if m.split('.')[0] in {names!r}))"
    names = ("rdflib", "pyshacl", "owlready2", "jinja2", "rich", "networkx", "yaml", "click")
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", program.replace("{names!r}", repr(names))]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


# Data that cannot be changed


@pytest.mark.parametrize("cls", RECORDS, ids=lambda cls: cls.__name__)
def test_charts_are_frozen(cls: type) -> None:
    assert dataclasses.is_dataclass(cls)
    assert cls.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert not [f.name for f in dataclasses.fields(cls) if re.search(r"\b(list|dict|set)\b", str(f.type))]


def test_a_portfolio_cannot_be_changed_and_can_be_hashed(portfolio: Portfolio) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        portfolio.world = "closed"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        portfolio.products[0].charts[0].rows[0].text = ""  # type: ignore[misc]
    assert hash(portfolio) == hash(dataclasses.replace(portfolio))


@pytest.mark.parametrize("cls", [Product, Statement])
def test_products_and_statements_are_frozen(cls: type) -> None:
    assert cls.__dataclass_params__.frozen  # type: ignore[attr-defined]


# Verdicts


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_has_no_truth_value(verdict: Verdict) -> None:
    for use in (bool, lambda v: not v, lambda v: v and True, lambda v: 1 if v else 0):
        with pytest.raises(TypeError, match="four values"):
            use(verdict)


def test_verdicts_have_names_signs_and_slugs_of_their_own() -> None:
    assert [v.label for v in Verdict] == ["unknown", "met", "not met", "conflicting"]
    assert [v.slug for v in Verdict] == ["unknown", "met", "not-met", "conflicting"]
    assert len({v.symbol for v in Verdict}) == 4


# Examples in docstrings


def test_some_modules_have_examples() -> None:
    assert sum(bool(examples(name)) for name in MODULES) >= 5


@pytest.mark.parametrize("name", [*MODULES, "readson"])
def test_examples_in_docstrings_hold(name: str) -> None:
    for example in examples(name):
        assert doctest.DocTestRunner(verbose=False).run(example).failed == 0, example.name


def examples(name: str) -> list[doctest.DocTest]:
    """Find the doctests of a module."""
    found = doctest.DocTestFinder().find(importlib.import_module(name))
    return [test for test in found if test.examples]


@pytest.mark.parametrize("name", MODULES)
def test_every_module_and_public_class_has_a_docstring(name: str) -> None:
    module = importlib.import_module(name)
    classes = [c for n, c in inspect.getmembers(module, inspect.isclass) if not n.startswith("_")]
    assert module.__doc__
    assert not [c.__name__ for c in classes if c.__module__ == name and not c.__doc__]
