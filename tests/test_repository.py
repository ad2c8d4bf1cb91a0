"""The repository keeps its own rules: documents that hold, layers that hold, an engine free of content."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "readson"

# The flow of docs/architecture.md. A module imports only from stages that stand before its own.
ORDER = (
    "errors",
    "verdicts",
    "statements",
    "vocabulary",
    "resources",
    "turtle",
    "terms",
    "lexicon",
    "ontology",
    "documents",
    "ingest",
    "extraction",
    "mapping",
    "drafting",
    "relations",
    "classification",
    "graph",
    "derivation",
    "entailment",
    "worlds",
    "expressions",
    "profile",
    "shacl",
    "shapes",
    "paths",
    "focus",
    "routes",
    "amounts",
    "judging",
    "together",
    "spaces",
    "outcomes",
    "factors",
    "shortlists",
    "elimination",
    "tables",
    "readings",
    "assess",
    "results",
    "wording",
    "proposing",
    "stated",
    "proofs",
    "ways",
    "telling",
    "gaps",
    "measuring",
    "kinds",
    "reasons",
    "excerpts",
    "grounds",
    "supplying",
    "explaining",
    "passages",
    "collecting",
    "claim_sheets",
    "term_sheets",
    "source_sheets",
    "near_readings",
    "charting",
    "pictures",
    "formats",
    "workers",
    "listing",
    "fronts",
    "laying",
    "product_pages",
    "searching",
    "manifest",
    "paper",
    "site",
    "building",
    "serving",
    "printing",
    "export",
    "queries",
    "oracle",
    "opinions",
    "reasoner",
    "validation",
    "bulk",
    "evaluation",
    "cli",
)
# Doors into the package, free to import any stage.
DOORS = ("__init__", "__main__")

CONTENT_WORDS = re.compile(
    r"package#|chip|\bdies?\b|heat.?sink|heat.?spreader|bump|solder|encapsul|under.?fill|\bmold|substrate"
    r"|interposer|lead.?frame|carrier",
    re.IGNORECASE,
)
# Written so that they do not match their own text.
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:home|root|tmp|work|opt|mnt|Users)/|\b[A-Z]:\\Users\\")
REGISTRY = re.compile(
    r"pypi\.(?:org|io)|pythonhosted\.(?:org)|--(?:extra-)?index-ur[l]|--find-link[s]|https?://\S+/simple\b"
)


def tracked(*patterns: str) -> list[Path]:
    """List the files that git knows."""
    command = ["git", "ls-files", "-z", "--", *patterns]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for name in names.split("\0") if name and (path := ROOT / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    """Yield name and text of every tracked file that is text."""
    for path in tracked():
        raw = path.read_bytes()
        if b"\0" not in raw:
            yield path.relative_to(ROOT).as_posix(), raw.decode("utf-8")


def prose(path: Path) -> str:
    """Read a Markdown file without its code blocks and code spans."""
    text = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"`[^`\n]*`", "code", text)


def anchors(path: Path) -> set[str]:
    """Compute the ids that headings of a Markdown file get."""
    text = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def documents() -> list[Path]:
    """List the Markdown files of the project; sources of products are quoted, not written here."""
    return [path for path in tracked("*.md") if "sources" not in path.parts]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))


def version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert isinstance(project["version"], str)
    return project["version"]


def stage(module: str) -> str:
    """Name the stage of a dotted module below readson; a subpackage is one stage."""
    return module.split(".")[0]


def modules() -> dict[str, Path]:
    """Map dotted names below readson to files."""
    found = {}
    for path in sorted(SRC.rglob("*.py")):
        parts = path.relative_to(SRC).with_suffix("").parts
        found[".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)] = path
    return found


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the modules below readson that a module imports, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name[8:] for alias in node.names if alias.name.startswith("readson."))
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            if node.module == "readson":
                yield from (alias.name for alias in node.names if alias.name in modules())
            elif node.module and node.module.startswith("readson."):
                yield node.module[8:]


def foreign(tree: ast.AST) -> set[str]:
    """List the packages of others that a module imports, wherever the import stands."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names - sys.stdlib_module_names - {"readson"}


def out_of_order(module: str, tree: ast.AST) -> list[str]:
    """List the imports of a module that look down the flow."""
    own = ORDER.index(stage(module))
    others = [name for name in imported(tree) if stage(name) != stage(module)]
    return [name for name in others if stage(name) not in ORDER or ORDER.index(stage(name)) >= own]


def content_words(tree: ast.AST) -> list[str]:
    """List names and strings of a module, docstrings apart, that speak of one field's content."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    words = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            words.append(node.value)
        words += [
            value
            for field in ("id", "attr", "arg", "name")
            if isinstance(value := getattr(node, field, None), str)
        ]
    return [word for word in words if CONTENT_WORDS.search(word)]


def test_first_screen_shows_commands_that_make_knows() -> None:
    screen = "\n".join((ROOT / "README.md").read_text("utf-8").splitlines()[:25])
    shown = set(re.findall(r"^make ([a-z]+)", screen, flags=re.MULTILINE))
    assert {"demo", "test"} <= shown <= targets()


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_documents_name_make_targets_that_exist(path: Path) -> None:
    shown = re.findall(r"(?:^|`)make ([a-z]+)", path.read_text("utf-8"), flags=re.MULTILINE)
    assert set(shown) <= targets()


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_inside_the_repository_resolve(path: Path) -> None:
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(path)):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, fragment = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if not target.exists() or (fragment and fragment not in anchors(target)):
            broken.append(link)
    assert not broken


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    found = [
        f"{name}: {match.group()}"
        for name, text in texts()
        for pattern in (MACHINE_PATH, REGISTRY)
        for match in pattern.finditer(text)
    ]
    assert not found


def test_the_path_patterns_find_what_they_forbid() -> None:
    assert MACHINE_PATH.search("see " + "/home" + "/someone/file")
    assert not MACHINE_PATH.search("build/site, https://example.org/work/1 and ../tmp/x")
    assert REGISTRY.search("pip install --index-" + "url x")
    assert REGISTRY.search("https://a.example/sim" + "ple")


def test_constraints_are_exact_pins_and_nothing_else() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert lines and not [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)]


def test_constraints_pin_every_requirement() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    pins = (ROOT / "constraints.txt").read_text("utf-8").lower().replace("_", "-")
    names = [re.split(r"[^\w-]", requirement)[0].lower() for requirement in wanted]
    assert not [name for name in names if f"{name}==" not in pins]


@pytest.mark.parametrize("stage_name", ["documents", "ingest", "extraction", "mapping", "drafting"])
def test_what_a_document_says_does_not_hang_on_an_extra(stage_name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    always = {re.split(r"[^\w-]", requirement)[0].lower() for requirement in project["dependencies"]}
    for path in sorted((SRC / stage_name).glob("*.py")):
        for name in sorted(foreign(ast.parse(path.read_text("utf-8")))):
            carriers = {carrier.lower() for carrier in packages_distributions().get(name, ())}
            assert carriers & always, f"{path.name} imports {name}, which no dependency brings"


def test_a_package_imported_inside_a_function_is_found() -> None:
    code = "import a.b, sys\nimport readson.errors\ndef f():\n    import c\n    from d.e import g\n"
    assert foreign(ast.parse(code)) == {"a", "c", "d"}


def test_changelog_has_the_version() -> None:
    assert f"## [{version()}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("name,path", modules().items(), ids=modules())
def test_module_is_short_ordered_and_free_of_content(name: str, path: Path) -> None:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    assert len(text.splitlines()) < 400
    assert not content_words(tree)
    if name not in DOORS:
        assert stage(name) in ORDER, f"give {name} its place in ORDER"
        assert not out_of_order(name, tree)


def test_the_order_is_that_of_the_architecture_page() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| [a-z ]+ \| (`.*`) \|", page, flags=re.MULTILINE)
    assert [name.strip("/") for row in rows for name in re.findall(r"`(.*?)`", row)] == list(ORDER)
    assert {stage(name) for name in modules() if name not in DOORS} == set(ORDER)


def test_the_module_rules_find_what_they_forbid() -> None:
    assert out_of_order("shapes", ast.parse("from readson.cli import main")) == ["cli"]
    assert out_of_order("shapes.meta", ast.parse("import readson.shapes.parse, readson.errors")) == []
    assert content_words(ast.parse("'''A chip.'''\nkind = base + 'HeatSink'")) == ["HeatSink"]
    assert content_words(ast.parse("# a bump\ndef f(solder_ball): ...")) == ["solder_ball"]
