"""What the README shows is what readson does."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from readson.assess import assess
from readson.charting import portfolio
from readson.cli import main
from readson.ingest import parse_description
from readson.ontology import Ontology, load_ontology
from readson.results import Chart, Row
from readson.shapes import Patent, load_patent
from readson.verdicts import Verdict
from readson.worlds import WORLDS

README = (Path(__file__).resolve().parents[1] / "README.md").read_text("utf-8")


@cache
def content() -> tuple[Ontology, Patent]:
    ontology = load_ontology()
    return ontology, load_patent("chip-package", ontology)


def table(header: str) -> list[list[str]]:
    """Read the cells of the table whose first column has this header."""
    rows = re.search(rf"^\| {header} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", README, flags=re.MULTILINE)
    assert rows, header
    return [[cell.strip() for cell in line[2:-2].split(" | ")] for line in rows.group(1).splitlines()]


@pytest.fixture(scope="module")
def chart(tmp_path_factory: pytest.TempPathFactory) -> Chart:
    """Chart claim 1 on the description that the README shows."""
    (description,) = re.findall(r"^```yaml\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)
    ontology, patent = content()
    folder = tmp_path_factory.mktemp("product")
    product = parse_description(description, ontology.lexicon, file="x100.yaml", folder=folder, slug="x100")
    return portfolio(assess([product], ontology, patent, claims=[1])).products[0].charts[0]


def test_the_excerpt_shows_all_four_verdicts() -> None:
    assert {cells[2] for cells in table("element")} == {f"{v.symbol} {v.label}" for v in Verdict}


@pytest.mark.parametrize("cells", table("element"), ids=lambda cells: cells[0])
def test_the_excerpt_is_what_readson_finds(cells: list[str], chart: Chart) -> None:
    id, text, verdict, why = cells
    row: Row = next(row for row in chart.rows if row.id == id)
    assert (row.text, f"{row.verdict.symbol} {row.verdict.label}") == (text, verdict)
    citations = row.supporting + row.refuting
    cited = {(c.quote, c.source_title.removeprefix("X100 "), c.locator) for c in citations}
    shown = {(quote, *place.split(", ")) for quote, place in re.findall(r'"(.*?)" \((.*?)\)', why)}
    assert shown <= cited
    assert bool(shown) is bool(citations)


def test_the_claim_ends_as_the_readme_says(chart: Chart) -> None:
    assert chart.verdict is Verdict.NOT_MET and "The claim is not met" in README


def test_the_readme_names_every_construction() -> None:
    _, patent = content()
    shown = {
        id: [name.strip(" `") for name in f"{default}, {others}".split(",")]
        for elements, default, others in table("elements")
        for id in re.findall(r"\d+\[\w+\]", elements)
    }
    offered = {
        element.id: [construction.name for construction in element.constructions]
        for claim in patent.claims.values()
        for element in claim.elements
        if len(element.constructions) > 1
    }
    assert shown == offered


def test_the_commands_that_read_documents_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are run as the README shows them, on documents of the products."""
    block = README.split("## Read documents")[1].split("```")[1]
    commands = [line.split("#")[0].split()[1:] for line in block.strip().splitlines()]
    products = Path(__file__).resolve().parents[1] / "data/products"
    files = {
        "x100.pdf": products / "network-processor-data-sheet/sources/tk420-data-sheet.pdf",
        "bom.xlsx": products / "memory-module-bom/sources/hl32-bom.xlsx",
        "notes.md": products / "memory-module-bom/sources/hl32-teardown.txt",
    }
    for name, source in files.items():
        (tmp_path / name).write_bytes(source.read_bytes())
    monkeypatch.chdir(tmp_path)
    assert [command[0] for command in commands] == ["check", "read", "check"]
    for command in commands:
        result = CliRunner().invoke(main, [*command, *(["--claims", "1"] if command[0] == "check" else [])])
        assert result.exit_code == 0, result.output
    assert {path.name for path in (tmp_path / "x100/sources").iterdir()} == set(files)


def test_the_readme_explains_every_verdict_and_world() -> None:
    assert {cells[0] for cells in table("verdict")} == {verdict.label for verdict in Verdict}
    assert tuple(cells[0].split("`")[1] for cells in table("world")) == WORLDS


def test_the_readme_names_every_command_and_option() -> None:
    assert set(re.findall(r"`readson ([a-z]+)", README)) == set(main.commands)
    options = [option for command in main.commands.values() for option in command.params]
    offered = {name for option in options for name in option.opts}
    shown = set(re.findall(r"`(?:readson [a-z]+ )?(--?[a-z-]+)", README))
    assert shown <= offered
    assert {name for name in offered if name.startswith("--")} <= shown | {"--output"}
