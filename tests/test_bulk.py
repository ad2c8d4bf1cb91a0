"""Many products at once: every format gives the verdicts that the same products get one by one."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from products import flip_chip_package, iri, random_products, verdicts
from readson.assess import assess
from readson.bulk import inputs
from readson.bulk.inputs import cut
from readson.bulk.json_lines import read_node
from readson.bulk.lines import literal, read_terms
from readson.bulk.seen import Seen
from readson.bulk.statement_table import SCHEMA as STATEMENTS
from readson.bulk.statement_table import read_table, statement_table, table_chunks
from readson.bulk.triples import read_triples
from readson.bulk.writing import n_triples
from readson.charting import portfolio as charting
from readson.cli import main
from readson.export import product_iri, serialize
from readson.graph import Graph, assemble
from readson.ingest.yaml_nodes import Listing, Mapping, Node, Scalar, read_nodes
from readson.ontology import Ontology
from readson.shapes import Patent
from readson.statements import PRODUCT, TYPE, Complete, Evidence, Product, Statement
from readson.vocabulary import BASE, CLAIM, EV, XSD

ROOT = Path(__file__).resolve().parents[1]
PRODUCTS = ROOT / "data/products"
CASES = int(os.environ.get("READSON_CASES", "0"))
EX = "https://example.org/"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def readson(*arguments: str | Path) -> Result:
    """Call the program in this process, on one process."""
    return CliRunner().invoke(main, [str(a) for a in arguments], prog_name="readson")


def bulk(output: Path, *arguments: str | Path) -> Result:
    return readson("check", "--bulk", "--processes", "1", "-o", output, *arguments)


def rows(path: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = pq.read_table(path).to_pylist()
    return found


def problems(output: Path) -> list[dict[str, str]]:
    path = output.with_name(f"{output.stem}.problems.csv")
    return list(csv.DictReader(path.read_text("utf-8").splitlines())) if path.exists() else []


def tabled(path: Path) -> dict[tuple[object, object, object], object]:
    return {(r["product"], r["claim"], r["element"] or ""): r["verdict"] for r in rows(path)}


def same_graph(one: Graph, other: Graph) -> None:
    """Hold two graphs of stated facts to the same columns, item by item whatever the order of items."""
    place = {(o, n): i for i, (o, n) in enumerate(zip(other.owner.tolist(), other.names, strict=True))}
    move = np.array([place[o, n] for o, n in zip(one.owner.tolist(), one.names, strict=True)])

    def moved(keys: np.ndarray, *, classes: bool = False) -> list[int]:
        left = keys >> 32 if classes else move[keys >> 32]
        return sorted((left << 32 | move[keys & 0xFFFFFFFF]).tolist())

    for name in ("relations", "denials", "listed"):
        mine, theirs = getattr(one, name), getattr(other, name)
        assert {p: moved(k) for p, k in mine.items()} == {p: sorted(k.tolist()) for p, k in theirs.items()}
    assert moved(one.typed, classes=True) == other.typed.tolist()
    assert moved(one.untyped, classes=True) == other.untyped.tolist()
    assert (one.kinds_complete == other.kinds_complete).all()
    assert {p: set(move[m.nonzero()]) for p, m in one.complete.items()} == {
        p: set(m.nonzero()[0]) for p, m in other.complete.items()
    }
    assert one.quantities.keys() == other.quantities.keys()
    for prop, column in one.quantities.items():
        theirs = other.quantities[prop].take(move)
        for name in ("low", "high", "low_open", "high_open", "known"):
            assert (getattr(column, name) == getattr(theirs, name)).all()


@pytest.fixture(scope="module")
def mixed(ontology: Ontology, described: tuple[Product, ...]) -> list[Product]:
    """Products from descriptions, with evidence and denials, and products drawn at random."""
    drawn = random_products(range(40), ontology, spread=True)
    return [*described, *(without_readings(product) for product in drawn)]


def without_readings(product: Product) -> Product:
    """Drop what would relate readings: an item of a product is none, and RDF passes over it."""
    kept = tuple(s for s in product.statements if not s.property.startswith(CLAIM))
    named = {t for s in kept for t in (s.subject, *targets(s))}
    return replace(product, statements=kept, items=tuple(n for n in product.items if n in named | {PRODUCT}))


def targets(statement: Statement) -> tuple[str | bool, ...]:
    content = statement.content
    return content.values if isinstance(content, Complete) else (getattr(content, "object", True),)


@pytest.fixture(scope="module")
def expected(mixed: list[Product], ontology: Ontology, patent: Patent) -> dict[tuple[str, int, str], str]:
    return verdicts(assess(mixed, ontology, patent))


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of sixty packages, alike but for their names."""
    path = tmp_path_factory.mktemp("portfolio") / "packages.nt"
    path.write_text("".join(n_triples(flip_chip_package(f"p{n}").product()) for n in range(60)), "utf-8")
    return path


# What is read


def test_triples_make_the_graph_that_statements_make(mixed: list[Product], ontology: Ontology) -> None:
    batch = read_triples("".join(map(n_triples, mixed)), "n-triples", ontology)
    assert not batch.refusals and [p.slug for p in batch.products] == [p.slug for p in mixed]
    same_graph(assemble(mixed, ontology), batch.graph(ontology))


def test_quads_make_the_graph_that_statements_make(mixed: list[Product], ontology: Ontology) -> None:
    text = "".join(
        f"{line[:-2]} <{product_iri(p.slug)}> .\n" for p in mixed for line in n_triples(p).splitlines()
    )
    batch = read_triples(text, "n-quads", ontology)
    assert not batch.refusals
    same_graph(assemble(mixed, ontology), batch.graph(ontology))


def test_a_table_makes_the_graph_that_statements_make(mixed: list[Product], ontology: Ontology) -> None:
    batch = read_table(streamed(statement_table(mixed)), ontology)
    assert not batch.refusals
    same_graph(assemble(mixed, ontology), batch.graph(ontology))


def streamed(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


@pytest.mark.parametrize("form", ["nt", "nq", "ttl", "parquet", "arrow"])
def test_every_format_gives_the_verdicts_that_products_get_alone(
    form: str, mixed: list[Product], expected: dict[tuple[str, int, str], str], tmp_path: Path
) -> None:
    path, output = tmp_path / f"portfolio.{form}", tmp_path / "verdicts.parquet"
    write(path, mixed)
    result = bulk(output, path)
    assert result.exit_code == 0, result.stderr
    assert f"{len(mixed)} products judged, 0 skipped" in result.output and not problems(output)
    assert tabled(output) == expected


def write(path: Path, products: Sequence[Product]) -> None:
    """Write products in the format that the suffix names."""
    if path.suffix == ".parquet":
        pq.write_table(statement_table(products), path)
    elif path.suffix == ".arrow":
        path.write_bytes(streamed(statement_table(products)))
    elif path.suffix == ".nq":
        lines = [(product_iri(p.slug), line) for p in products for line in n_triples(p).splitlines()]
        path.write_text("".join(f"{line[:-2]} <{owner}> .\n" for owner, line in lines), "utf-8")
    else:  # N-Triples are Turtle
        path.write_text("".join(map(n_triples, products)), "utf-8")


GRAPHED = ("conflicting-sources", "sparse-data-sheet", "three-chip-stack")


@pytest.mark.parametrize("suffix", ["nt", "ttl"])
def test_what_graph_writes_gives_the_same_verdicts(
    suffix: str, described: tuple[Product, ...], ontology: Ontology, patent: Patent, tmp_path: Path
) -> None:
    """Write several products as N-Triples; one as Turtle, which does not keep products together."""
    form, slugs = {"nt": ("n-triples", GRAPHED), "ttl": ("turtle", GRAPHED[:1])}[suffix]
    if CASES and suffix == "nt":
        slugs = tuple(product.slug for product in described)
    assessment = assess([p for p in described if p.slug in slugs], ontology, patent)
    path, output = tmp_path / f"portfolio.{suffix}", tmp_path / "verdicts.parquet"
    path.write_text(serialize(assessment, form), "utf-8")
    assert bulk(output, path).exit_code == 0
    assert tabled(output) == verdicts(assessment)


def test_descriptions_as_json_lines_give_the_same_verdicts(
    described: tuple[Product, ...], ontology: Ontology, patent: Patent, tmp_path: Path
) -> None:
    import yaml

    lines = []
    for product in described:
        folder = PRODUCTS / product.slug
        text = (folder / "product.yaml").read_text("utf-8")
        content = yaml.load(text, Loader=yaml.BaseLoader)
        for source in content.get("sources", {}).values():
            if "file" in source:
                target = tmp_path / product.slug / source["file"]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes((folder / source["file"]).read_bytes())
                source["file"] = f"{product.slug}/{source['file']}"
        lines.append(json.dumps(content | {"slug": product.slug}))
    path, output = tmp_path / "portfolio.jsonl", tmp_path / "verdicts.parquet"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    result = bulk(output, path)
    assert result.exit_code == 0 and not problems(output), result.stderr
    assert tabled(output) == verdicts(assess(described, ontology, patent))


def test_the_reading_binds_roles_to_parts_that_are_named(
    ontology: Ontology, patent: Patent, tmp_path: Path
) -> None:
    product = flip_chip_package("one").product()
    path, output = tmp_path / "one.nt", tmp_path / "verdicts.parquet"
    write(path, [product])
    bulk(output, path)
    assessment = assess([product], ontology, patent)
    for row in rows(output):
        if row["element"]:
            assert row["reading"] is None
            continue
        bound = assessment.binding(int(str(row["claim"])), 0)
        names = {r.rpartition("#")[2]: assessment.graph.names[n] for r, n in bound.items() if n >= 0}
        assert dict(row["reading"]) == names  # type: ignore[call-overload]


def test_options_mean_what_they_mean_for_one_product(portfolio: Path, tmp_path: Path) -> None:
    output = tmp_path / "verdicts.parquet"
    result = bulk(
        output, portfolio, "--world", "open", "--claims", "1,8", "--construction", "1[e]=total-surface"
    )
    assert result.exit_code == 0
    assert {row["claim"] for row in rows(output)} == {1, 8}
    about = json.loads(pq.read_schema(output).metadata[b"readson"])
    assert about["world"] == "open" and about["constructions"] == {"1[e]": "total-surface"}


def test_statements_are_named_when_asked_for(tmp_path: Path) -> None:
    quoted = Evidence(source="ds", quote="copper heat spreader above the die")
    facts = flip_chip_package("one")
    facts.statements = [
        replace(s, id="the-quote", evidence=quoted) if s.property == iri("pkg:over") else s
        for s in facts.statements
    ]
    path, output = tmp_path / "one.parquet", tmp_path / "verdicts.parquet"
    write(path, [facts.product()])
    bulk(output, path, "--claims", "1", "--statements")
    cited = {row["element"]: row["statements"] for row in rows(output)}
    assert cited[None] is None and "the-quote" in cited["1[d]"]  # type: ignore[operator]
    bulk(output, path, "--claims", "1")
    assert {row["statements"] for row in rows(output)} == {None}


@pytest.mark.parametrize("suffix", ["nt", "parquet"])
def test_the_statements_named_are_those_that_charts_cite(
    suffix: str, described: tuple[Product, ...], ontology: Ontology, patent: Patent, tmp_path: Path
) -> None:
    product = next(p for p in described if p.slug == "conflicting-sources")
    path, output = tmp_path / f"one.{suffix}", tmp_path / "verdicts.parquet"
    write(path, [product])
    assert bulk(output, path, "--claims", "1,9", "--statements").exit_code == 0
    (charts,) = charting(assess([product], ontology, patent, claims=(1, 9))).products
    cited = {
        (chart.claim, row.id): {c.statement for c in (*row.supporting, *row.refuting) if c.statement}
        for chart in charts.charts
        for row in chart.rows
    }
    named = {(r["claim"], r["element"]): set(r["statements"]) for r in rows(output) if r["element"]}  # type: ignore[call-overload]
    assert named == cited and any(cited.values())


def test_statements_without_a_record_are_named_by_what_they_say(tmp_path: Path) -> None:
    path, output = tmp_path / "one.nt", tmp_path / "verdicts.parquet"
    write(path, [flip_chip_package("one").product()])
    assert bulk(output, path, "--claims", "1", "--statements").exit_code == 0
    named = {r["element"]: r["statements"] for r in rows(output)}
    over = "|".join(("sink 1", iri("pkg:over"), "is die 1", ""))
    assert hashlib.sha256(over.encode()).hexdigest()[:8] in named["1[d]"]  # type: ignore[operator]


# Lines of RDF


TERMS = st.sampled_from(
    [
        "<https://example.org/p#a>", "<https://example.org/p>", "<relative>", "<https://example.org/a b>",
        "<https://example.org/%zz>", "<https://example.org/ü>", "<https://example.org/a[1]>", "_:b0",
        '"text"', '"two words"', '"a \\"quote\\""', '"tab\\t"', '"ü"@de', '"x"@-', '"unclosed',
        '"1"^^<https://example.org/int>', '"1"^^<int>', "<<( <a:a> <a:a> <a:a> )>>", "", "#", ".",
    ]
)  # fmt: skip


@given(st.lists(TERMS, max_size=5), st.sampled_from([" .", ".", " . # done", "", " .\r"]), st.booleans())
def test_lines_that_are_only_split_are_read_as_pyoxigraph_reads_them(
    terms: list[str], end: str, spaced: bool
) -> None:
    text = ("  " if spaced else " ").join(terms) + end
    for form, known in (("n-triples", ox.RdfFormat.N_TRIPLES), ("n-quads", ox.RdfFormat.N_QUADS)):
        try:
            quads = list(ox.parse(text.encode(), format=known))
        except SyntaxError:
            quads = None
        if quads is None or any(
            form == "n-quads" and isinstance(q.graph_name, ox.DefaultGraph) for q in quads
        ):
            with pytest.raises(SyntaxError):
                read_terms(text, form)
        else:
            wanted = [(str(q.subject), str(q.predicate), str(q.object)) for q in quads]
            assert read_terms(text, form) == wanted


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_literals_are_read_as_they_were_written(text: str) -> None:
    assert literal(str(ox.Literal(text)))[0] == text


def test_lines_in_other_than_plain_form_mean_the_same(ontology: Ontology) -> None:
    plain = n_triples(flip_chip_package("p").product())
    odd = "# a comment\n\n" + plain.replace(" .\n", "\t. # why not\r\n").replace("> <", ">   <")
    one, other = (read_triples(text, "n-triples", ontology) for text in (plain, odd))
    assert not other.refusals
    same_graph(one.graph(ontology), other.graph(ontology))


@given(st.recursive(st.text() | st.booleans() | st.none() | st.integers(), lambda inner: st.lists(inner)
       | st.dictionaries(st.text("abcdef", min_size=1), inner), max_leaves=8))  # fmt: skip
def test_json_is_read_as_the_yaml_that_it_is(value: object) -> None:
    document = {"product": value}
    text = json.dumps(document)
    if "\\" not in text:  # JSON has escapes that YAML does not know
        assert bare(read_node(text)) == bare(read_nodes(text, ""))
    assert bare(read_node(json.dumps(document, ensure_ascii=False))) == bare(read_node(text))


def bare(node: Node) -> object:
    """Strip places and quotation marks from nodes."""
    match node:
        case Scalar(text=text):
            return text
        case Listing(nodes=nodes):
            return [bare(one) for one in nodes]
        case Mapping(entries=entries):
            return [(key.text, bare(one)) for key, one in entries]


# What is wrong


def package(name: str, *more: str) -> str:
    """Write a package as N-Triples, with further lines."""
    return n_triples(flip_chip_package(name).product()) + "".join(f"{line} .\n" for line in more)


def part(name: str) -> str:
    return f"<{product_iri(name)}#die-1>"


PKG = "https://w3id.org/readson/package#"
WRONG = {
    "property": (f"<{PKG}ovr> {part('property')}", "not a property of the ontology; did you mean `package#"),
    "class": (f"<{TYPE}> <{PKG}LogicChipp>", "not a class of the ontology; did you mean `package#LogicChip`"),
    "truth": (f'<{PKG}heatResistant> "yes"', 'expected "true" or "false" of datatype xsd:boolean'),
    "number": (f'<{PKG}length> "17 mm"', 'in the SI unit of the quantity, not "17 mm"'),
    "negative": (f'<{PKG}length> "-1"^^<{XSD}double>', "expected a number, zero or greater"),
    "literal": (f'<{PKG}over> "carrier 1"', 'expected an item, not "carrier 1"'),
    "stranger": (f"<{PKG}over> {part('other')}", "is not of this product, whose items are called"),
    "blank": (f"<{PKG}over> _:b0", "_:b0 is not of this product"),
    "record": (f"<{EV}subject> {part('record')}", "a statement needs an ev:property of the ontology"),
    "syntax": (f"<{PKG}over> nonsense", "must be an IRI, a blank node or a literal"),
}  # fmt: skip


def test_what_is_wrong_with_a_product_is_reported_and_the_others_are_judged(tmp_path: Path) -> None:
    path, output = tmp_path / "portfolio.nt", tmp_path / "verdicts.parquet"
    path.write_text(
        package("first")
        + "".join(package(name, f"{part(name)} {line}") for name, (line, _) in WRONG.items())
        + package("last")
    )
    result = bulk(output, path)
    assert result.exit_code == 0
    assert f"2 products judged, {len(WRONG)} skipped" in result.output
    assert {row["product"] for row in rows(output)} == {"first", "last"}
    listed = {row["product"]: row for row in problems(output)}
    assert listed.keys() == WRONG.keys()
    lines = path.read_text("utf-8").splitlines()
    for name, (line, message) in WRONG.items():
        assert message in listed[name]["message"]
        assert lines[int(listed[name]["line"]) - 1] == f"{part(name)} {line} ."
        assert f"{path}:{listed[name]['line']}:" in result.stderr


def test_terms_of_other_vocabularies_are_passed_over(ontology: Ontology) -> None:
    plain = package("p")
    other = package(
        "p",
        f'{part("p")} <{EX}price> "12.5"',
        f"{part('p')} <{TYPE}> <{EX}Bargain>",
        f"<{product_iri('p')}#maker> <{TYPE}> <{EX}Company>",
        f"<{product_iri('p')}#verdict/1> <{CLAIM}verdict> <{CLAIM}met>",
        f"<{product_iri('p')}#reading/1> <{BASE}chip-package#chip> {part('p')}",
    )
    one, two = (read_triples(text, "n-triples", ontology) for text in (plain, other))
    assert not two.refusals
    same_graph(one.graph(ontology), two.graph(ontology))


def test_what_is_no_product_is_reported_and_not_judged(ontology: Ontology) -> None:
    maker = f'<{EX}maker> <{EX}name> "ACME" .\n'
    batch = read_triples(package("a") + maker + "# the end\n", "n-triples", ontology)
    assert [p.slug for p in batch.products] == ["a"]
    (refusal,) = batch.refusals
    assert refusal.product == f"{EX}maker" and "nothing is said of it" in refusal.message


def test_a_broken_line_spoils_both_products_that_it_stands_between(ontology: Ontology) -> None:
    batch = read_triples(package("a") + "broken\n" + package("b") + package("c"), "n-triples", ontology)
    assert {r.product for r in batch.refusals} == {"a", "b"}
    assert [p.slug for p in batch.products] == ["c"]


def test_turtle_that_breaks_off_spoils_the_products_around_it(tmp_path: Path) -> None:
    path, output = tmp_path / "portfolio.ttl", tmp_path / "verdicts.parquet"
    path.write_text(
        package("a") + package("b") + f"{part('b')} <{PKG}over> ] .\n" + package("c") + package("d")
    )
    result = bulk(output, path)
    assert result.exit_code == 0
    skipped = {row["product"] for row in problems(output)}
    assert "b" in skipped and "a" not in skipped
    assert {row["product"] for row in rows(output)} == {"a", "b", "c", "d"} - skipped


def test_quads_need_a_graph_name(ontology: Ontology) -> None:
    batch = read_triples(package("a"), "n-quads", ontology)
    assert (not batch.products and not batch.refusals) or "needs the name of a graph" in batch.refusals[
        0
    ].message


@pytest.mark.parametrize("size", [1_000, 1_000_000])
def test_a_product_in_two_places_is_reported_and_judged_once(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(inputs.CHUNK_BYTES, "n-triples", size)
    path, output = tmp_path / "portfolio.nt", tmp_path / "verdicts.parquet"
    path.write_text(package("a") + package("b") + f"{part('a')} <{PKG}over> {part('a')} .\n" + package("c"))
    result = bulk(output, path, "--claims", "1")
    assert "3 products judged, 1 skipped" in result.output
    (problem,) = problems(output)
    assert problem["product"] == "a" and "stands in a second place" in problem["message"]
    assert sum(row["element"] is None for row in rows(output)) == 3


def test_lines_are_counted_through_all_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(inputs.CHUNK_BYTES, "n-triples", 1_000)
    path, output = tmp_path / "portfolio.nt", tmp_path / "verdicts.parquet"
    wrong = f"{part('z')} <{PKG}ovr> {part('z')}"
    path.write_text("".join(package(f"p{n}") for n in range(5)) + package("z", wrong))
    bulk(output, path, "--claims", "1")
    (problem,) = problems(output)
    assert path.read_text("utf-8").splitlines()[int(problem["line"]) - 1] == f"{wrong} ."


def test_json_lines_report_what_descriptions_report(tmp_path: Path) -> None:
    path, output = tmp_path / "portfolio.jsonl", tmp_path / "verdicts.parquet"
    good = {"product": "X 1", "kind": "package", "parts": {"die": {"kind": "chip"}}}
    wrong = {"product": "X 2", "kind": "package", "parts": {"die": {"kind": "chipp"}}}
    twice = '{"product": "X 3", "product": "X 4", "kind": "package"}'
    deep = "[" * 100_000
    path.write_text("\n".join([json.dumps(good), json.dumps(wrong), twice, '{"product": ', deep, "[1]"]))
    result = bulk(output, path)
    assert result.exit_code == 0
    assert {row["product"] for row in rows(output)} == {"x-1"}
    told = {row["line"]: row["message"] for row in problems(output)}
    assert told.keys() == {"2", "3", "4", "5", "6"}
    assert "did you mean `chip`" in told["2"] and "stands here twice" in told["3"] and "not JSON" in told["4"]
    assert "levels deep" in told["5"] and "expected `product:`" in told["6"]


BAD_ROWS = {
    "property": ({"property": "https://example.org/over"}, "is not a property of the ontology"),
    "kind": ({"kind": "guess"}, "`guess` is not a kind of statement; there are value, denial,"),
    "object": ({"object": None}, "a statement needs an object"),
    "bounds": ({"kind": "bounds"}, "does not take bounds"),
    "class": ({"property": TYPE, "object": "Chip"}, "<Chip> is not a class of the ontology"),
    "truth": ({"property": f"{PKG}heatResistant", "object": "yes"}, "expected `true` or `false` as object"),
    "backwards": ({"property": f"{PKG}length", "kind": "bounds", "low": 2.0, "high": 1.0}, "no size lies"),
    "grade": ({"grade": "certain"}, "certain"),
}  # fmt: skip


def test_bad_rows_of_a_table_are_reported_by_their_number(tmp_path: Path) -> None:
    path, output = tmp_path / "portfolio.parquet", tmp_path / "verdicts.parquet"
    row = {"subject": "die", "property": f"{PKG}over", "kind": "value", "object": "carrier"}
    bad = [row | {"product": name} | change for name, (change, _) in BAD_ROWS.items()]
    pq.write_table(pa.Table.from_pylist([row | {"product": "good"}, *bad], STATEMENTS), path)
    result = bulk(output, path)
    assert result.exit_code == 0 and {row["product"] for row in rows(output)} == {"good"}
    told = {row["product"]: row for row in problems(output)}
    assert told.keys() == BAD_ROWS.keys()
    for number, (name, (_, message)) in enumerate(BAD_ROWS.items(), 2):
        assert message in told[name]["message"] and told[name]["line"] == str(number)


def test_when_no_product_can_be_read_nothing_is_written(tmp_path: Path) -> None:
    path, output = tmp_path / "portfolio.nt", tmp_path / "verdicts.parquet"
    path.write_text("nonsense\n")
    result = bulk(output, path)
    assert result.exit_code == 2 and f"{path}:1:" in result.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["portfolio.nt"]


def test_an_earlier_table_stays_when_a_run_fails(portfolio: Path, tmp_path: Path) -> None:
    path, output = tmp_path / "empty.nt", tmp_path / "verdicts.parquet"
    bulk(output, portfolio, "--claims", "1")
    before = output.read_bytes()
    path.write_text("# nothing\n")
    assert bulk(output, path).exit_code == 2
    assert output.read_bytes() == before


@pytest.mark.parametrize(
    "arguments,message",
    [
        (["nowhere.nt", "-o", "v.parquet"], "`nowhere.nt` is not a file"),
        (["here.csv", "-o", "v.parquet"], "--bulk reads .nt, .nq, .ttl, .jsonl, .ndjson, .parquet, .arrow"),
        (["here.nt"], "name it with -o, as in -o verdicts.parquet"),
        (["here.nt", "-o", "v.csv"], "name it with -o, as in -o verdicts.parquet"),
        (["here.nt", "-o", "v.parquet", "--claims", "99"], "the patent has no claim 99"),
        (["here.nt", "-o", "v.parquet", "--construction", "1[e]=x"], "has no construction `x`"),
        (["here.nt", "-o", "v.parquet", "--cluster", "tcp://127.0.0.1:9", "--processes", "2"], "choose one"),
        (["here.parquet", "-o", "v.parquet"], "not a table of statements"),
        (["other.parquet", "-o", "v.parquet"], "needs the columns subject, property, kind"),
    ],
)
def test_what_cannot_be_begun_is_said_and_nothing_is_written(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("here.csv", "here.nt", "here.parquet"):
        Path(name).write_text(package("a"))
    pq.write_table(pa.table({"product": ["a"]}), "other.parquet")
    before = set(tmp_path.iterdir())
    result = readson("check", "--bulk", *arguments)
    assert result.exit_code == 2 and message in result.stderr
    assert set(tmp_path.iterdir()) == before


def test_options_of_bulk_go_with_bulk(tmp_path: Path) -> None:
    result = readson("check", PRODUCTS / "coarse-filler", "--statements")
    assert result.exit_code == 2 and "go with --bulk" in result.stderr


@pytest.mark.parametrize("label,code", [("met", 1), ("conflicting", 0)])
def test_fail_on_looks_at_the_verdicts_of_claims(
    label: str, code: int, portfolio: Path, tmp_path: Path
) -> None:
    output = tmp_path / "verdicts.parquet"
    assert bulk(output, portfolio, "--claims", "1", "--fail-on", label).exit_code == code
    assert output.exists()


def test_plain_check_does_not_load_what_bulk_needs() -> None:
    program = "import sys; from readson.cli import main; main(standalone_mode=False); "
    program += "sys.exit(any(name in sys.modules for name in ('pyarrow', 'distributed', 'readson.bulk')))"
    command = [sys.executable, "-c", program, "check", str(PRODUCTS / "coarse-filler"), "--claims", "1"]
    assert subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    "module,options,message",
    [
        ("pyarrow", [], "--bulk needs Apache Arrow: pip install 'readson[bulk]'"),
        (
            "distributed",
            ["--cluster", "tcp://127.0.0.1:9"],
            "--cluster needs Dask: pip install 'readson[dask]'",
        ),
    ],
)
def test_an_extra_that_is_not_installed_is_named(
    module: str, options: list[str], message: str, portfolio: Path, tmp_path: Path
) -> None:
    program = f"import sys; sys.modules['{module}'] = None; from readson.cli import main; main()"
    arguments = ["check", "--bulk", str(portfolio), "-o", str(tmp_path / "v.parquet"), *options]
    command = [sys.executable, "-c", program, *arguments]
    run = subprocess.run(command, env=ENVIRONMENT, text=True, capture_output=True, check=False)
    assert run.returncode == 2 and message in run.stderr
    assert not list(tmp_path.iterdir())


# Many processes, ended runs, clusters


SMALL_CHUNKS = "from readson.bulk import inputs; inputs.CHUNK_BYTES['n-triples'] = 60_000\n"


@pytest.fixture(scope="module")
def uninterrupted(portfolio: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Judge the portfolio on one process."""
    output = tmp_path_factory.mktemp("one") / "verdicts.parquet"
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(inputs.CHUNK_BYTES, "n-triples", 60_000)
        assert bulk(output, portfolio, "--claims", "1,9").exit_code == 0
        assert len(list(cut([portfolio]))) > 8
    return output.read_bytes()


def started(portfolio: Path, output: Path) -> subprocess.Popen[str]:
    """Start the program in a process of its own, with two more to judge."""
    program = f"{SMALL_CHUNKS}from readson.cli import main; main(prog_name='readson')"
    command = [sys.executable, "-c", program, "check", "--bulk", "--processes", "2", "-o", output, portfolio]
    command += ["--claims", "1,9"]
    return subprocess.Popen(
        list(map(str, command)), env=ENVIRONMENT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def until(happens: Callable[[], bool]) -> None:
    """Wait until something happens, a minute at most."""
    end = time.monotonic() + 60
    while not happens():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def test_a_run_that_is_killed_goes_on_where_it_stood(
    portfolio: Path, uninterrupted: bytes, tmp_path: Path
) -> None:
    output = tmp_path / "verdicts.parquet"
    partial = tmp_path / "verdicts.parquet.partial"
    run = started(portfolio, output)
    until(lambda: len(list(partial.glob("*.arrow"))) > 2)
    helpers = psutil.Process(run.pid).children(recursive=True)
    run.kill()
    run.communicate()
    assert not output.exists() and len(helpers) >= 2
    until(lambda: not any(helper.is_running() for helper in helpers))
    kept = {path: path.stat().st_mtime_ns for path in partial.glob("*.arrow")}
    again = started(portfolio, output)
    said = again.communicate()[1]
    assert again.returncode == 0
    assert f"Going on from the {len(kept)} finished parts" in said and len(kept) > 2
    assert output.read_bytes() == uninterrupted and not partial.exists()


def test_parts_of_another_run_are_not_used(portfolio: Path, tmp_path: Path) -> None:
    output = tmp_path / "verdicts.parquet"
    partial = tmp_path / "verdicts.parquet.partial"
    partial.mkdir()
    (partial / "manifest.json").write_text("{}")
    (partial / "0000000-stale.arrow").write_bytes(b"stale")
    result = bulk(output, portfolio, "--claims", "1")
    assert result.exit_code == 0 and "is of other inputs or options; starting afresh" in result.stderr
    assert not partial.exists()


def test_a_process_that_dies_is_reported_and_its_parts_are_kept(portfolio: Path, tmp_path: Path) -> None:
    output = tmp_path / "verdicts.parquet"
    partial = tmp_path / "verdicts.parquet.partial"
    run = started(portfolio, output)
    until(lambda: len(list(partial.glob("*.arrow"))) > 1)
    children = psutil.Process(run.pid).children()
    next(child for child in children if "spawn_main" in " ".join(child.cmdline())).kill()
    said = run.communicate()[1]
    assert run.returncode == 2 and "a process has died" in said
    assert not output.exists() and list(partial.glob("*.arrow"))


def test_the_table_is_the_same_on_any_number_of_processes(
    portfolio: Path, uninterrupted: bytes, tmp_path: Path
) -> None:
    output = tmp_path / "verdicts.parquet"
    with started(portfolio, output) as run:
        run.communicate()
    assert run.returncode == 0
    assert output.read_bytes() == uninterrupted


def test_a_cluster_that_loses_a_worker_gives_the_same_table(
    portfolio: Path, uninterrupted: bytes, tmp_path: Path
) -> None:
    """Run it apart: Dask has threads and warnings of its own."""
    output = tmp_path / "verdicts.parquet"
    command = [sys.executable, str(ROOT / "tests/losing_cluster.py"), str(portfolio), str(output)]
    run = subprocess.run(command, env=ENVIRONMENT, text=True, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "killed a worker" in run.stdout and "60 products judged" in run.stdout
    assert output.read_bytes() == uninterrupted


def test_a_cluster_that_does_not_answer_is_an_error(portfolio: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "readson", "check", "--bulk", portfolio, "-o", tmp_path / "v.parquet"]
    command += ["--cluster", "tcp://127.0.0.1:9"]
    run = subprocess.run(
        list(map(str, command)), env=ENVIRONMENT, text=True, capture_output=True, check=False
    )
    assert run.returncode == 2 and "no Dask scheduler answers at tcp://127.0.0.1:9" in run.stderr
    assert not list(tmp_path.iterdir())


def test_names_are_seen_in_whatever_order_they_come() -> None:
    seen, names = Seen(), [f"p{n}" for n in range(1000)]
    for first in range(0, 1000, 100):
        assert seen.add(names[first : first + 100]) == []
    assert seen.add(["new", "p5", "p999"]) == ["p5", "p999"]
    assert seen.add(["new"]) == ["new"]


def test_a_table_is_cut_between_products(mixed: list[Product], tmp_path: Path) -> None:
    path = tmp_path / "portfolio.parquet"
    pq.write_table(statement_table(mixed), path, row_group_size=100)
    owners: list[set[str]] = []
    for (first, last), data in table_chunks(path, 500):
        products = pa.ipc.open_stream(data).read_all()["product"].to_pylist()
        assert len(products) == last - first
        owners.append(set(products))
    assert len(owners) > 3 and sum(map(len, owners)) == len(set().union(*owners)) == len(mixed)
