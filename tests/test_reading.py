"""Documents on one product are read, written down and judged together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from readson.cli import main
from readson.ingest import is_description, read_description
from readson.ontology import Ontology

SHEET = "The package has an organic substrate. A die is flip-chip bonded to the substrate.\n"
NOTES = "A copper heat spreader lies over the die.\n"


def readson(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], prog_name="readson")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Lay two documents on one product into a folder."""
    folder = tmp_path / "from elsewhere"
    folder.mkdir()
    for name, text in (("x100.txt", SHEET), ("notes.md", NOTES)):
        (folder / name).write_text(text, "utf-8")
    return folder / "x100.txt", folder / "notes.md"


def test_stages_are_written_as_json(files: tuple[Path, Path], tmp_path: Path) -> None:
    result = readson("read", *files, "--stages", tmp_path / "stages.json")
    assert result.exit_code == 0, result.stderr
    told = json.loads((tmp_path / "stages.json").read_text("utf-8"))
    assert list(told) == ["x100.txt", "notes.md"]
    assert [stage["text"] for stage in told["notes.md"]] == ["A copper heat spreader lies over the die", ""]


# Which files are descriptions


@pytest.mark.parametrize(
    "name,text,described",
    [
        ("x.yaml", "product: X\nparts: {}\n", True),
        ("x.yaml", "product: X\nkind: chip package\n", True),
        ("x.yaml", "product: [\nprocess:\n", True),
        ("product.yaml", "", True),
        ("x.yaml", "product: X\nsupplier: Y\n", False),
        ("x.yaml", "die: {size: 5 mm}\n", False),
        ("x.json", '{"product": "X", "parts": []}', False),
        ("x.md", "The product: a package.\n", False),
        ("x.pdf", "%PDF-1.4\n\xff", False),
    ],
)
def test_which_files_are_descriptions(tmp_path: Path, name: str, text: str, described: bool) -> None:
    (tmp_path / name).write_bytes(text.encode("latin-1"))
    assert is_description(tmp_path / name) is described


# readson check


def test_documents_are_judged_as_one_product(files: tuple[Path, Path]) -> None:
    result = readson("check", *files, "--claims", "1")
    assert result.exit_code == 0, result.stderr
    rows = [line.split()[0] for line in result.stdout.splitlines()[:3] if line]
    assert rows == ["claim", "x100"]
    assert [line.split(":")[0] for line in result.stderr.splitlines()[:2]] == ["x100.txt", "notes.md"]


def test_documents_stand_beside_descriptions(files: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("product: A\nparts: {die: {kind: chip}}", "utf-8")
    result = readson("check", tmp_path / "a.yaml", *files, "--claims", "1", "--product", "X100 processor")
    rows = [line.split()[0] for line in result.stdout.splitlines()[:3]]
    assert rows == ["claim", "a", "x100-processor"]


def test_a_site_shows_the_documents_as_sources(files: tuple[Path, Path], tmp_path: Path) -> None:
    result = readson("check", *files, "--claims", "1", "-o", tmp_path / "site")
    assert result.exit_code == 0, result.stderr
    pages = "".join(path.read_text("utf-8") for path in (tmp_path / "site").rglob("*.html"))
    assert "flip-chip bonded" in pages and str(tmp_path) not in pages


def test_problems_of_documents_and_descriptions_come_together(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("product: A\nparts: {die: {kind: chipp}}", "utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    result = readson("check", tmp_path / "a.yaml", tmp_path / "b.txt")
    assert result.exit_code == 2
    assert "`chipp`" in result.stderr and "b.txt" in result.stderr


def test_rdf_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text("@prefix ex: <http://example.org/> .\nex:a ex:b ex:c .\n", "utf-8")
    for command in ("check", "read"):
        result = readson(command, tmp_path / "x.ttl")
        assert result.exit_code == 2 and "check it with --bulk" in result.stderr


def test_a_description_is_not_read_as_a_document(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("product: A\nparts: {die: {kind: chip}}\n", "utf-8")
    result = readson("read", path, "-o", path)
    assert result.exit_code == 2 and "a description already" in result.stderr
    assert path.read_text("utf-8").startswith("product: A\n")


def test_a_product_is_chosen_only_where_there_are_documents(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("product: A\nparts: {}", "utf-8")
    result = readson("check", tmp_path / "a.yaml", "--product", "B")
    assert result.exit_code == 2 and "--product" in result.stderr


def test_documents_named_as_a_description_is_are_refused(files: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "x100.yaml").write_text("product: A\nparts: {}", "utf-8")
    result = readson("check", tmp_path / "x100.yaml", *files)
    assert result.exit_code == 2 and "name the product of the documents with --product" in result.stderr


# readson read


def test_what_is_read_is_printed_and_accounted_for(files: tuple[Path, Path]) -> None:
    result = readson("read", files[0])
    assert result.exit_code == 0 and result.stdout.startswith("product: x100\n")
    assert "\ndrafted:\n  x100: " in result.stdout
    elsewhere = "x100.txt lies elsewhere; copy it beside the description, to sources/x100.txt\n"
    assert result.stderr == f"x100.txt: 1 of 1 line used, 0 ambiguous, 0 ignored\n{elsewhere}"
    explained = readson("read", files[0], "--explain")
    assert explained.stdout == result.stdout
    assert explained.stderr == f"x100.txt, line 1: used: {SHEET.strip()}\n{result.stderr}"


def test_a_description_is_written_with_its_sources_beside_it(
    files: tuple[Path, Path], tmp_path: Path, ontology: Ontology
) -> None:
    output = tmp_path / "out" / "product.yaml"
    result = readson("read", *files, "-o", output)
    assert result.exit_code == 0 and result.stdout == ""
    assert "x100.txt was copied to sources/x100.txt\n" in result.stderr
    written = {p.relative_to(output.parent).as_posix() for p in output.parent.rglob("*") if p.is_file()}
    assert written == {"product.yaml", "sources/notes.md", "sources/x100.txt"}
    product = read_description(output, ontology.lexicon)
    assert [source.file for source in product.sources] == ["sources/x100.txt", "sources/notes.md"]
    again = readson("check", output, "--claims", "1").stdout.splitlines()[1].split()[1]
    direct = readson("check", *files, "--claims", "1").stdout.splitlines()[1].split()[1]
    assert again == direct


def test_sources_inside_the_folder_stay_where_they_are(files: tuple[Path, Path]) -> None:
    folder = files[0].parent
    assert readson("read", *files, "-o", folder / "product.yaml").exit_code == 0
    assert "file: x100.txt" in (folder / "product.yaml").read_text("utf-8")
    assert {path.name for path in folder.iterdir()} == {"product.yaml", "x100.txt", "notes.md"}


def test_another_file_in_the_way_of_a_source_is_kept(files: tuple[Path, Path], tmp_path: Path) -> None:
    output = tmp_path / "out" / "product.yaml"
    (tmp_path / "out" / "sources").mkdir(parents=True)
    (tmp_path / "out" / "sources" / "notes.md").write_text("mine", "utf-8")
    result = readson("read", *files, "-o", output)
    assert result.exit_code == 2 and "another `sources/notes.md` stands beside" in result.stderr
    assert not output.exists() and not (tmp_path / "out" / "sources" / "x100.txt").exists()


def test_nothing_is_written_when_a_document_cannot_be_read(files: tuple[Path, Path], tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    result = readson("read", *files, bad, tmp_path / "none.txt", "-o", tmp_path / "out" / "product.yaml")
    assert result.exit_code == 2 and "bad.txt" in result.stderr and "none.txt" in result.stderr
    assert not (tmp_path / "out").exists()


def test_documents_of_one_name_are_told_apart(files: tuple[Path, Path], tmp_path: Path) -> None:
    twin = tmp_path / "twin" / "x100.txt"
    twin.parent.mkdir()
    twin.write_text(NOTES, "utf-8")
    output = tmp_path / "out" / "product.yaml"
    assert readson("read", files[0], twin, "-o", output).exit_code == 0
    assert {p.name for p in (tmp_path / "out/sources").iterdir()} == {"x100.txt", "x100-2.txt"}
    assert readson("check", files[0], twin, "--claims", "1").exit_code == 0


# readson read onto a description that is there


def test_a_description_that_is_there_is_brought_up_to_date(files: tuple[Path, Path], tmp_path: Path) -> None:
    output = tmp_path / "out" / "product.yaml"
    assert readson("read", *files, "-o", output).exit_code == 0
    text = output.read_text("utf-8").replace("parts:\n", "# Checked by hand.\nparts:\n")
    output.write_text(text, "utf-8")
    again = readson("read", *files, "-o", output)
    assert again.exit_code == 0 and output.read_text("utf-8") == text
    assert "product.yaml: 0 facts added, 0 deleted by hand and kept out, 0 stale" in again.stderr


def test_the_copy_of_a_source_is_renewed_too(files: tuple[Path, Path], tmp_path: Path) -> None:
    output = tmp_path / "out" / "product.yaml"
    assert readson("read", *files, "-o", output).exit_code == 0
    files[0].write_text("Revised.\n" + SHEET, "utf-8")
    assert readson("read", *files, "-o", output).exit_code == 0
    assert (tmp_path / "out/sources/x100.txt").read_text("utf-8") == "Revised.\n" + SHEET
    assert readson("check", output, "--claims", "1").exit_code == 0


def test_a_description_with_a_mistake_is_left_as_it_is(files: tuple[Path, Path], tmp_path: Path) -> None:
    output = tmp_path / "out" / "product.yaml"
    assert readson("read", files[0], "-o", output).exit_code == 0
    output.write_text(output.read_text("utf-8").replace("parts:", "prats:"), "utf-8")
    before = output.read_bytes()
    result = readson("read", *files, "-o", output)
    assert result.exit_code == 2 and "did you mean `parts`?" in result.stderr
    assert output.read_bytes() == before and not (tmp_path / "out/sources/notes.md").exists()


# readson map


def test_a_mapping_is_drafted_corrected_and_used(tmp_path: Path) -> None:
    bom = tmp_path / "bom.json"
    bom.write_text('{"die": {"thickness_um": 700}, "frobnicator": "copper"}', "utf-8")
    drafted = readson("map", "draft", bom)
    assert drafted.exit_code == 0 and "frobnicator" in drafted.stdout
    (tmp_path / "map.yaml").write_text(drafted.stdout, "utf-8")
    kept = readson("map", "draft", bom, "--map", tmp_path / "map.yaml")
    assert kept.stdout == drafted.stdout
    read = readson("read", bom, "--map", tmp_path / "map.yaml")
    assert read.exit_code == 0 and "700" in read.stdout


def test_a_mapping_that_is_wrong_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", "utf-8")
    (tmp_path / "map.yaml").write_text("keys: {", "utf-8")
    result = readson("read", tmp_path / "x.json", "--map", tmp_path / "map.yaml")
    assert result.exit_code == 2 and "map.yaml" in result.stderr
