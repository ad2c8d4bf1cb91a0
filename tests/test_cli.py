"""The command line prints, writes and refuses what the README says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from readson.assess import assess
from readson.cli import main
from readson.ontology import Ontology
from readson.queries import answer, find_query, query_names, searched
from readson.shapes import Patent
from readson.site import MARKER
from readson.statements import Product
from readson.verdicts import Verdict

ROOT = Path(__file__).resolve().parents[1]
PRODUCTS = ROOT / "data/products"
SUBSET = ("conflicting-sources", "exposed-die-no-heat-sink", "three-chip-stack")
HEAVY = ("rdflib", "pyshacl", "owlready2", "jinja2", "rich", "networkx")
UNUSED = (
    *HEAVY,
    "difflib",
    "numpy.ma",
    "importlib.metadata",
    "readson.results",
    "readson.export",
    "readson.site",
)
"""What judging alone needs nothing of; loading it would make every check slower."""
PROGRAM = "import sys; from readson.cli import main; main(prog_name='readson')"


def readson(*arguments: str | Path) -> Result:
    """Call the program in this process."""
    return CliRunner().invoke(main, [str(a) for a in arguments], prog_name="readson")


def run(
    *arguments: str | Path, cwd: Path, program: str = PROGRAM, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Call the program in a process of its own."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **(env or {})}
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=variables, capture_output=True, check=False)


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def symbols(output: str) -> dict[str, list[str]]:
    """Read the matrix: the signs of every product, in the order of the claims."""
    lines = output.split("\n\n")[0].splitlines()
    return {words[0]: words[1:] for words in map(str.split, lines)}


def described(folder: Path, name: str, text: str) -> Path:
    """Write a description into a folder of its own."""
    path = folder / name / "product.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return path


# What is printed


def test_check_prints_a_sign_for_every_claim_and_explains_the_signs() -> None:
    result = readson("check", *(PRODUCTS / name for name in SUBSET))
    assert result.exit_code == 0 and result.stderr == ""
    table = symbols(result.output)
    assert table.pop("claim") == [str(number) for number in range(1, 27)]
    assert tuple(table) == SUBSET
    signs = {verdict.symbol for verdict in Verdict}
    assert all(len(row) == 26 and set(row) <= signs for row in table.values())
    assert table["conflicting-sources"][0] == "≠" and table["three-chip-stack"][8] == "✓"
    legend = result.output.splitlines()[-1]
    assert all(f"{verdict.symbol} {verdict.label}" in legend for verdict in Verdict)
    assert "world: documented" in legend


def test_check_takes_a_file_a_folder_and_a_folder_of_folders() -> None:
    of_file, of_folder = (
        readson("check", PRODUCTS / path, "--claims", "1").output
        for path in ("coarse-filler/product.yaml", "coarse-filler")
    )
    assert of_file == of_folder
    every = symbols(readson("check", PRODUCTS, "--claims", "1").output)
    assert set(every) - {"claim"} == {path.parent.name for path in PRODUCTS.glob("*/product.yaml")}
    assert every["coarse-filler"] == symbols(of_file)["coarse-filler"]


def test_a_description_named_twice_is_judged_once() -> None:
    path = PRODUCTS / "coarse-filler"
    once, twice = readson("check", path), readson("check", path, path / "product.yaml")
    assert once.output == twice.output


def test_world_decides_what_silence_means() -> None:
    path = PRODUCTS / "sparse-data-sheet"
    by_world = {w: readson("check", path, "--world", w, "--claims", "9") for w in ("open", "closed")}
    assert all(f"world: {world}" in result.output for world, result in by_world.items())
    signs = [symbols(r.output)["sparse-data-sheet"][0] for r in by_world.values()]
    assert signs == ["?", "✗"]


def test_claims_are_judged_alone_and_in_the_order_asked_for() -> None:
    path = PRODUCTS / "three-chip-stack"
    table = symbols(readson("check", path, "--claims", "12, 9,1,9").output)
    assert table == {"claim": ["12", "9", "1"], "three-chip-stack": ["✗", "✓", "✓"]}


def test_a_second_opinion_is_told_and_noted_on_every_chart(tmp_path: Path) -> None:
    paths = [PRODUCTS / name for name in ("coarse-filler", "conflicting-sources")]
    asked = readson("check", *paths, "--claims", "1,2", "--second-opinion", "-o", tmp_path / "asked")
    plain = readson("check", *paths, "--claims", "1,2", "-o", tmp_path / "plain")
    told = re.search(r"pySHACL agrees on (\d+) of \1 element verdicts \((\d+) in conflict: not", asked.output)
    assert told and "pySHACL" not in plain.output
    # Claim 1 has 10 elements with 4 more constructions, and claim 2 inherits them and adds 2.
    assert int(told[1]) + int(told[2]) == 2 * (14 + 16)
    noted = {
        p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.html") if b"pySHACL" in p.read_bytes()
    }
    charts = {f"asked/products/{p.name}/claim-{n:02}.html" for p in paths for n in (1, 2)}
    # The method page of either says what a second opinion is.
    assert noted == charts | {"asked/method.html", "plain/method.html"}


def test_a_construction_changes_the_verdict_of_its_element() -> None:
    path = PRODUCTS / "silicon-interposer-carrier"
    literal, wide = (
        symbols(readson("check", path, "--claims", "8", "--construction", f"8[a]={name}").output)[path.name]
        for name in ("literal", "interposer-is-substrate")
    )
    assert (literal, wide) == (["✗"], ["✓"])


@pytest.mark.parametrize(
    ("wanted", "code"), [((), 0), (("met",), 1), (("not-met",), 0), (("unknown", "met"), 1)]
)
def test_fail_on_exits_with_1_where_a_claim_has_the_verdict(wanted: tuple[str, ...], code: int) -> None:
    options = [word for verdict in wanted for word in ("--fail-on", verdict)]
    result = readson("check", PRODUCTS / "three-chip-stack", "--claims", "1,9", *options)
    assert result.exit_code == code
    assert symbols(result.output)["three-chip-stack"] == ["✓", "✓"]


@pytest.mark.parametrize("verdict", ["not-met", "unknown", "conflicting"])
def test_fail_on_takes_every_verdict(verdict: str) -> None:
    product, claim = {
        "not-met": ("coarse-filler", "2"),
        "unknown": ("marketing-brief", "1"),
        "conflicting": ("conflicting-sources", "1"),
    }[verdict]
    result = readson("check", PRODUCTS / product, "--claims", claim, "--fail-on", verdict)
    assert result.exit_code == 1


# What is refused: exit code 2, a reason and a remedy


def refused(result: Result, *words: str) -> str:
    """Assert that nothing but a problem is printed, with these words."""
    assert result.exit_code == 2, result.output
    assert result.stdout == "" and "Traceback" not in result.stderr
    assert all(word in result.stderr for word in words), result.stderr
    assert result.stderr.endswith("nothing was written.\n")
    return result.stderr


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1[e]=total-surfaces", ["no construction `total-surfaces`", "plan-view", "total-surface"]),
        ("1[zz]=total-surface", ["no element `1[zz]`"]),
        ("1[e]", ["1[e]=NAME"]),
        ("1[e]=", ["1[e]=NAME"]),
    ],
)
def test_a_construction_that_does_not_exist_is_refused(value: str, words: list[str]) -> None:
    refused(readson("check", PRODUCTS / "coarse-filler", "--construction", value), *words)


def test_an_element_is_construed_in_one_way_only() -> None:
    ways = ["--construction", "1[e]=plan-view", "--construction", "1[e]=total-surface"]
    refused(readson("check", PRODUCTS / "coarse-filler", *ways), "1[e]", "plan-view", "total-surface")


@pytest.mark.parametrize(
    ("value", "word"), [("27", "1 to 26"), ("0", "1 to 26"), ("one", "`one`"), ("²", "`²`")]
)
def test_a_claim_that_does_not_exist_is_refused(value: str, word: str) -> None:
    refused(readson("check", PRODUCTS / "coarse-filler", "--claims", value), word)


def test_a_patent_that_does_not_exist_is_refused() -> None:
    refused(readson("check", PRODUCTS / "coarse-filler", "--patent", "nothing"), "`nothing`")


def test_a_path_that_leads_to_no_description_is_refused(tmp_path: Path) -> None:
    refused(readson("check", tmp_path / "nowhere"), "nowhere", "does not exist")
    refused(readson("check", tmp_path), str(tmp_path), "product.yaml")


def test_a_missing_path_or_a_wrong_choice_exits_with_2() -> None:
    for arguments in (["check"], ["check", str(PRODUCTS), "--world", "flat"], ["check", "-q"], ["chart"]):
        assert readson(*arguments).exit_code == 2


def test_all_problems_of_all_descriptions_come_with_their_places(tmp_path: Path) -> None:
    described(tmp_path, "a", "product: A\nparts:\n  die:\n    kind: chipp\n  lid:\n    kind: heatsnk\n")
    described(tmp_path, "b", "product: B\nparts: [\n")
    described(tmp_path, "c", "product: C\nparts:\n  die:\n    kind: chip\n    ovr: substrate\n")
    described(tmp_path, "good", "product: D\nparts:\n  die: {kind: chip}\n")
    output = tmp_path / "site"
    errors = refused(readson("check", tmp_path, "-o", output), "`chipp`", "`chip`").splitlines()
    places = [re.match(r".*?(\w+)/product\.yaml:(\d+):(\d+): \S", line) for line in errors[:-1]]
    assert {(p[1], int(p[2])) for p in places if p} >= {("a", 4), ("a", 6), ("c", 5)}
    assert all(places) and {p[1] for p in places if p} == {"a", "b", "c"}
    assert errors[-1] == f"{len(errors) - 1} problems; nothing was written."
    assert not output.exists()


def test_two_descriptions_of_one_name_are_refused(tmp_path: Path) -> None:
    text = "product: A\nparts:\n  die: {kind: chip}\n"
    paths = [described(tmp_path / folder, "twin", text) for folder in ("one", "two")]
    refused(readson("check", *paths), "`twin`", "rename")


# The site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Chart one product."""
    output = tmp_path_factory.mktemp("charts") / "site"
    result = readson("check", PRODUCTS / SUBSET[0], "-o", output)
    assert result.exit_code == 0, result.stderr
    assert f"Charts: {output / 'index.html'}" in result.stdout and "✗" in result.stdout
    return output


def test_check_writes_a_page_for_every_claim_and_source(site: Path) -> None:
    written = set(content(site))
    assert {MARKER, "index.html", f"products/{SUBSET[0]}/index.html"} <= written
    assert {f"products/{SUBSET[0]}/claim-{n:02d}.html" for n in range(1, 27)} <= written
    assert any(name.startswith(f"products/{SUBSET[0]}/sources/") for name in written)


def test_bad_input_leaves_an_existing_site_as_it_is(site: Path, tmp_path: Path) -> None:
    bad = described(tmp_path, "bad", "product: A\nparts:\n  die: {kind: chipp}\n")
    before = content(site)
    refused(readson("check", PRODUCTS / SUBSET[0], bad, "-o", site))
    assert content(site) == before
    assert [path.name for path in site.parent.iterdir()] == [site.name]


def test_a_new_site_replaces_the_one_before(site: Path, tmp_path: Path) -> None:
    output = shutil.copytree(site, tmp_path / "site")
    assert readson("check", PRODUCTS / SUBSET[1], "--claims", "1", "-o", output).exit_code == 0
    assert {p.name for p in (output / "products").iterdir()} == {SUBSET[1]}


def test_a_folder_that_is_no_site_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", "utf-8")
    for output in (tmp_path, tmp_path / "letter.txt"):
        refused(readson("check", PRODUCTS / SUBSET[1], "--claims", "1", "-o", output), "empty or new folder")
    assert content(tmp_path) == {"letter.txt": b"dear"}


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", "utf-8")
    output = tmp_path / "letter.txt" / "site"
    refused(readson("check", PRODUCTS / SUBSET[1], "--claims", "1", "-o", output), str(output), "another")
    assert content(tmp_path) == {"letter.txt": b"dear"}


# The same input gives the same bytes


@pytest.mark.slow
def test_hash_seed_and_working_folder_leave_no_trace(tmp_path: Path) -> None:
    outputs = []
    for seed in ("1", "2718"):
        here = tmp_path / f"folder {seed}"
        for name in SUBSET:
            shutil.copytree(PRODUCTS / name, here / "products" / name)
        env = {"PYTHONHASHSEED": seed}
        done = [
            run("check", "products", "-o", "site", cwd=here, env=env),
            run("graph", "products", cwd=here, env=env),
            run("graph", "products", "--format", "json-ld", cwd=here, env=env),
        ]
        assert not [d.stderr for d in done if d.returncode or d.stderr]
        outputs.append((content(here / "site"), *(d.stdout for d in done)))
    assert outputs[0] == outputs[1]
    assert not [n for n, data in outputs[0][0].items() if str(tmp_path).encode() in data]
    assert all(outputs[0])


def test_the_order_of_paths_is_the_order_of_products() -> None:
    names = list(reversed(SUBSET))
    table = symbols(readson("check", *(PRODUCTS / n for n in names), "--claims", "1").output)
    assert list(table)[1:] == names
    alone = {n: symbols(readson("check", PRODUCTS / n, "--claims", "1").output)[n] for n in names}
    assert {n: table[n] for n in names} == alone


# What a process does beside its output


def test_check_loads_no_heavy_module_and_opens_no_connection(tmp_path: Path) -> None:
    program = (
        "import socket, sys\n"
        "def deny(*_, **__): raise AssertionError('a connection was opened')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = deny\n"
        "from readson.cli import main\n"
        "main(standalone_mode=False)\n"
        f"print([name for name in {UNUSED!r} if name in sys.modules])\n"
    )
    done = run("check", PRODUCTS / SUBSET[1], cwd=tmp_path, program=program)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_sites_graphs_and_queries_open_no_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    for name in ("socket.socket.connect", "socket.create_connection", "socket.getaddrinfo"):
        monkeypatch.setattr(name, deny)
    path = PRODUCTS / SUBSET[1]
    for arguments in (
        ["check", path, "--claims", "1", "-o", tmp_path / "site"],
        ["graph", path, "--claims", "1", "--format", "json-ld"],
        ["query", "claims-met", path, "--claims", "1"],
        ["schema"],
    ):
        result = readson(*arguments)
        assert result.exit_code == 0, (arguments, result.output, result.exception)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_signs_are_written_as_utf_8_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = run("check", PRODUCTS / SUBSET[0], "--claims", "1", cwd=tmp_path, env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert symbols(done.stdout.decode("utf-8"))[SUBSET[0]] == ["≠"]


def test_progress_shows_on_a_terminal_only(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
    arguments = ("check", PRODUCTS / SUBSET[1], "--claims", "1", "-o", "site")
    piped = run(*arguments, cwd=tmp_path)
    assert (piped.returncode, piped.stderr) == (0, b"")
    ours, theirs = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "TERM": "xterm"}
    command = [sys.executable, "-c", PROGRAM, *map(str, arguments)]
    with subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=theirs) as shown:
        os.close(theirs)
        seen = b"".join(_all_of(ours))
        assert shown.stdout is not None
        assert shown.stdout.read() == piped.stdout
    assert shown.returncode == 0 and b"Charting" in seen


def _all_of(terminal: int) -> Iterable[bytes]:
    """Read a terminal to its end, which Linux reports as an error."""
    try:
        while data := os.read(terminal, 4096):
            yield data
    except OSError:
        return
    finally:
        os.close(terminal)


# Help and schema


def option_names(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])(--?[a-z][a-z-]*)", text))


def test_help_names_every_command_of_the_readme() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    shown = readson("--help").output
    commands = set(re.findall(r"^\| `readson (\w+)", text, flags=re.MULTILINE))
    assert commands == set(main.commands) and commands
    assert all(re.search(rf"^  {name} ", shown, flags=re.MULTILINE) for name in commands)


@pytest.mark.parametrize("command", ["check", "graph", "query"])
def test_help_names_every_option_of_the_readme(command: str) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    own = re.findall(rf"^\| `readson {command} .*$", text, flags=re.MULTILINE)
    shared = re.findall(r"^\| `--.*$", text, flags=re.MULTILINE)
    wanted = option_names("\n".join(own + shared))
    assert wanted >= {"--world", "--construction", "--claims", "--patent"}
    assert wanted <= option_names(readson(command, "--help").output)
    assert option_names(readson(command, "-h").output) >= wanted


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_option_and_command_is_explained(command: str) -> None:
    assert main.commands[command].help
    shown = readson(command, "--help")
    assert shown.exit_code == 0
    for option in main.commands[command].params:
        if option.param_type_name == "option":
            assert option.opts[-1] in shown.output


def test_version_is_printed() -> None:
    from readson import __version__

    assert readson("--version").output.strip() == f"readson, version {__version__}"


def test_schema_is_the_published_one() -> None:
    result = readson("schema")
    assert result.exit_code == 0
    assert result.stdout_bytes == (ROOT / "data/description.schema.json").read_bytes()


# Queries


HEADERS = {
    "all-but-the-last": "product verdict reason",
    "assumed-verdicts": "product id verdict note",
    "claims-met": "product met notMet unknown conflicting",
    "conflicting-elements": "product id title quote",
    "construction-decides": "product id verdict construction other",
    "facts-without-quotes": "statement subject property",
    "independent-claims-met": "product number",
    "most-cited-quotes": "title quote verdicts",
    "near-misses": "product number id reason",
    "unknown-and-why": "product id missing",
}
"""The columns of every ready-made query."""

ROWS = {
    "all-but-the-last": {"product/buried-heat-spreader claim#notMet"},
    "assumed-verdicts": {"product/silicon-interposer-carrier 9[c] claim#notMet"},
    "claims-met": {"product/wire-bonded-pbga 0 26 0 0", "product/marketing-brief 0 0 26 0"},
    "conflicting-elements": {
        "product/conflicting-sources 1[e] Lab report 6-0417 Caliper: 12.5 mm x 12.5 mm",
        "product/conflicting-sources 1[e] VX-52 package data 14.0 mm x 13.0 mm",
        "product/conflicting-sources 1[h]",
    },
    "construction-decides": {
        "product/silicon-interposer-carrier 8[a] claim#notMet interposer-is-substrate claim#met",
        "product/stacked-memory-accelerator 3[a] claim#notMet any-TIM claim#met",
        "product/three-chip-stack 12[a] claim#notMet direct-or-indirect claim#met",
        "product/molded-fcbga-exposed-spreader 25[a] claim#met exactly-10-below claim#notMet",
    },
    "facts-without-quotes": set(),
    "independent-claims-met": {
        "product/three-chip-stack 9",
        "product/molded-fcbga-exposed-spreader 1",
        "product/molded-fcbga-exposed-spreader 21",
        "product/two-chip-stack-face-up 9",
    },
    "most-cited-quotes": {"SI-09 construction summary"},
    "near-misses": {
        "product/buried-heat-spreader 1 1[i]",
        "product/capillary-underfill-overmold 1 1[h]",
        "product/two-half-heat-sinks 1 1[d]",
        "product/coarse-filler 2 2[a]",
        "product/molding-pressure-too-high 24 24[a]",
        "product/silicon-interposer-carrier 8 8[a]",
    },
    "unknown-and-why": {"product/marketing-brief 1[d]", "product/buried-heat-spreader 21[c]"},
}
"""How some rows begin that an engineer expects of `data/products`."""


@pytest.fixture(scope="module")
def answers(ontology: Ontology, patent: Patent, described: tuple[Product, ...]) -> dict[str, list[str]]:
    """Answer every ready-made query over all products."""
    graph = searched(assess(described, ontology, patent))
    return {name: answer(find_query(name), graph) for name in query_names()}


def test_every_ready_made_query_has_an_expectation(answers: dict[str, list[str]]) -> None:
    assert set(HEADERS) == set(ROWS) == set(answers)


@pytest.mark.parametrize("name", HEADERS)
def test_ready_made_queries_find_what_an_engineer_expects(name: str, answers: dict[str, list[str]]) -> None:
    header, *rows = answers[name]
    assert header.split("\t") == HEADERS[name].split()
    assert all(len(row.split("\t")) == len(HEADERS[name].split()) for row in rows)
    assert len(set(rows)) == len(rows)
    plain = [row.replace("\t", " ") for row in rows]
    missing = [start for start in ROWS[name] if not any(row.startswith(start) for row in plain)]
    assert not missing
    assert bool(rows) == bool(ROWS[name])


@pytest.mark.parametrize(
    ("name", "products"),
    [
        ("all-but-the-last", {"buried-heat-spreader"}),
        ("conflicting-elements", {"conflicting-sources"}),
    ],
)
def test_queries_find_no_other_product(name: str, products: set[str], answers: dict[str, list[str]]) -> None:
    assert {row.split("\t")[0].removeprefix("product/") for row in answers[name][1:]} == products


def test_the_matrix_and_the_query_agree(answers: dict[str, list[str]]) -> None:
    table = symbols(readson("check", PRODUCTS).output)
    counted = {
        f"product/{slug}": [str(signs.count(sign)) for sign in "✓✗?≠"]
        for slug, signs in table.items()
        if slug != "claim"
    }
    assert {row.split("\t")[0]: row.split("\t")[1:] for row in answers["claims-met"][1:]} == counted


def test_a_query_may_be_a_file(tmp_path: Path) -> None:
    path = PRODUCTS / SUBSET[1]
    ready = readson("query", "claims-met", path, "--claims", "1,9")
    assert ready.output.splitlines()[1].split("\t") == [f"product/{path.name}", "0", "2", "0", "0"]
    file = tmp_path / "mine.rq"
    file.write_text("ASK { ?j a <https://w3id.org/readson/claim#Judgment> }", "utf-8")
    asked = readson("query", file, path, "--claims", "1")
    assert (asked.exit_code, asked.output) == (0, "true\n")


def test_a_query_may_construct_a_graph(tmp_path: Path) -> None:
    text = "CONSTRUCT { ?p a <http://e.org/P> } WHERE { ?j <https://w3id.org/readson/claim#onProduct> ?p }"
    (tmp_path / "build.rq").write_text(text, "utf-8")
    built = readson("query", tmp_path / "build.rq", PRODUCTS / SUBSET[1], "--claims", "1")
    assert built.exit_code == 0 and f"product/{SUBSET[1]}" in built.output


def test_a_query_that_does_not_exist_lists_those_that_do() -> None:
    refused(readson("query", "claims-mett", PRODUCTS / SUBSET[1]), "`claims-mett`", *query_names())


@pytest.mark.parametrize("text", [b"SELECT ?x WHERE {", b"", b"\xff\xfe", b"DELETE WHERE { ?s ?p ?o }"])
def test_a_broken_query_is_refused(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "broken.rq").write_bytes(text)
    refused(readson("query", tmp_path / "broken.rq", PRODUCTS / SUBSET[1], "--claims", "1"), "query")
