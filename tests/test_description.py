"""Descriptions in YAML become statements with evidence; every problem is named with its place."""

import hashlib
import json
import math
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from readson.errors import DescriptionError
from readson.ingest import parse_description, read_description, read_descriptions
from readson.ingest.schema import schema_text
from readson.ingest.yaml_nodes import DEEPEST, Listing, Mapping, Node, read_nodes
from readson.lexicon import Lexicon
from readson.resources import content_folder, turtle_files
from readson.statements import (
    PRODUCT,
    TYPE,
    Bounds,
    Complete,
    Content,
    Denial,
    Evidence,
    Grade,
    Product,
    Text,
    Value,
)
from readson.turtle import load
from readson.vocabulary import BASE

PKG, PROC, MAT = BASE + "package#", BASE + "process#", BASE + "material#"
DATA = content_folder("data")
SOURCE = """# X1 data sheet

The die is flip-chip bonded\nto the substrate.
The “lid” has a 50–60 µm layer; 15 um grains, 1.5 mm thick.
The lid is exposed. The lid is large.
"""
PARTS = """
product: X1
sources:
  ds: {title: X1 data sheet, date: 2024-03-02, file: ds.md}
source: ds
parts:
  substrate: {kind: organic substrate}
  die: {kind: chip}
  lid: {kind: lid}
"""


@cache
def lexicon() -> Lexicon:
    return Lexicon(load(turtle_files(content_folder("ontology"))))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ds.md").write_text(SOURCE, encoding="utf-8")
    return tmp_path


def parse(text: str, folder: Path = Path("nowhere")) -> Product:
    return parse_description(text, lexicon(), file="x.yaml", folder=folder, slug="x")


def problems(text: str, folder: Path = Path("nowhere")) -> list[str]:
    with pytest.raises(DescriptionError) as caught:
        parse(text, folder)
    return [str(problem) for problem in caught.value.problems]


def said(product: Product, subject: str, prop: str) -> list[Content]:
    return [s.content for s in product.statements if (s.subject, s.property) == (subject, prop)]


def evidence(product: Product, subject: str, prop: str) -> Evidence:
    return next(s.evidence for s in product.statements if (s.subject, s.property) == (subject, prop))


def with_fact(fact: str) -> str:
    """Give a description whose lid has one more key."""
    return PARTS.replace("lid: {kind: lid}", f"lid:\n    kind: lid\n    {fact}")


# What is read.


def test_parts_are_items_and_parts_of_the_product(folder: Path) -> None:
    product = parse(PARTS, folder)
    assert product.items == (PRODUCT, "substrate", "die", "lid")
    assert said(product, "die", TYPE) == [Value(PKG + "Chip")]
    assert said(product, PRODUCT, PKG + "hasPart") == [Value("substrate"), Value("die"), Value("lid")]
    assert evidence(product, PRODUCT, PKG + "hasPart").grade is Grade.DERIVED
    assert (product.slug, product.title, product.file) == ("x", "X1", "x.yaml")


def test_sources_are_hashed_and_kept(folder: Path) -> None:
    product = parse(PARTS, folder)
    (source,) = product.sources
    assert source.sha256 == hashlib.sha256(SOURCE.encode()).hexdigest()
    assert (source.title, source.date, source.file) == ("X1 data sheet", "2024-03-02", "ds.md")
    assert product.documents == {"ds": Text(SOURCE, "markdown")}


@pytest.mark.parametrize(
    "fact,prop,content",
    [
        ("over: die", "over", Value("die")),
        ("set over: The Die", "over", Value("die")),
        ("over: {is: die}", "over", Value("die")),
        ("over: {not: die}", "over", Denial("die")),
        ("over: {not: chip}", "over", Denial("die")),
        ("thickness: 1.5 mm", "thickness", Bounds(0.0015, 0.0015, False, False, "1.5 mm", "1.5")),
        ("thickness: < 2 mm", "thickness", Bounds(-math.inf, 0.002, False, True, "< 2 mm", "2")),
        ("made of: copper", "madeOf", Value("copper of lid")),
        ("material: {not: copper}", "madeOf", Denial("copper of lid")),
    ],
)
def test_a_fact(folder: Path, fact: str, prop: str, content: Content) -> None:
    (found,) = said(parse(with_fact(fact), folder), "lid", PKG + prop)
    if isinstance(found, Bounds) and isinstance(content, Bounds):
        assert (found.low, found.high, found.high_open) == (content.low, content.high, content.high_open)
        assert (found.text, found.number) == (content.text, content.number)
    else:
        assert found == content


def test_only_gives_the_values_and_says_that_they_are_all(folder: Path) -> None:
    product = parse(with_fact("made of: {only: [copper, nickel]}"), folder)
    names = ("copper of lid", "nickel of lid")
    assert said(product, "lid", PKG + "madeOf") == [*map(Value, names), Complete(values=names)]
    assert said(product, "copper of lid", TYPE) == [Value(MAT + "Copper")]
    assert said(parse(with_fact("over: {only: []}"), folder), "lid", PKG + "over") == [Complete()]


def test_a_list_gives_several_values_or_several_sources(folder: Path) -> None:
    product = parse(with_fact("over: [die, substrate]"), folder)
    assert said(product, "lid", PKG + "over") == [Value("die"), Value("substrate")]
    product = parse(with_fact("thickness: [{is: 1 mm}, {is: 2 mm, quote: lid is large}]"), folder)
    assert [b.low for b in said(product, "lid", PKG + "thickness") if isinstance(b, Bounds)] == [0.001, 0.002]


def test_a_size_sets_length_width_and_thickness(folder: Path) -> None:
    product = parse(with_fact("size: 17 x 15 x 1.2 mm"), folder)
    found = [said(product, "lid", PKG + name)[0] for name in ("length", "width", "thickness")]
    assert [b.low for b in found if isinstance(b, Bounds)] == [0.017, 0.015, 0.0012]


@pytest.mark.parametrize(
    "word,values",
    [
        ("yes", {"exposedInPart": True}),
        ("partly", {"exposedInPart": True, "exposedInFull": False}),
        ("Completely", {"exposedInPart": True, "exposedInFull": True}),
        ("no", {"exposedInPart": False, "exposedInFull": False}),
    ],
)
def test_words_set_truth_values_of_the_top_of_a_part(
    folder: Path, word: str, values: dict[str, bool]
) -> None:
    product = parse(with_fact(f"exposed: {word}"), folder)
    found = {s.property.removeprefix(PKG): s.content for s in product.statements if s.subject == "top of lid"}
    assert {name: Value(truth) for name, truth in values.items()}.items() <= found.items()
    assert said(product, "top of lid", PKG + "topSurfaceOf") == [Value("lid")]
    assert said(product, "top of lid", TYPE) == [Value(PKG + "TopSurface")]


def test_a_plain_truth_value() -> None:
    product = parse(
        "product: X\nparts: {film: {kind: polyimide film, heat resistant: yes, buffering: {not: yes}}}"
    )
    assert said(product, "film", PKG + "heatResistant") == [Value(True)]
    assert said(product, "film", PKG + "buffering") == [Denial(True)]


@pytest.mark.parametrize("empty", ["", "unknown", "TBD", "~", "null", "{is: unknown}", "[]"])
def test_an_unknown_value_says_nothing(folder: Path, empty: str) -> None:
    found = parse(with_fact(f"over: {empty}"), folder).statements
    assert [s.id for s in found] == [s.id for s in parse(PARTS, folder).statements]


def test_bumps_on_a_die_sit_on_its_active_surface(folder: Path) -> None:
    product = parse(PARTS + "  bumps: {kind: solder bumps, on: die}", folder)
    assert said(product, "bumps", PKG + "sitsOn") == [Value("active surface of die")]
    assert said(product, "active surface of die", PKG + "activeSurfaceOf") == [Value("die")]


def test_a_plural_counts_at_least_two_unless_a_count_is_given(folder: Path) -> None:
    product = parse(PARTS + "  bumps: {kind: solder bumps}", folder)
    (count,) = said(product, "bumps", PKG + "count")
    assert isinstance(count, Bounds) and (count.low, count.high) == (2, math.inf)
    assert evidence(product, "bumps", PKG + "count").grade is Grade.DERIVED
    (count,) = said(
        parse(PARTS + "  bumps: {kind: solder bumps, count: 612}", folder), "bumps", PKG + "count"
    )
    assert isinstance(count, Bounds) and (count.low, count.high) == (612, 612)
    assert said(parse(PARTS, folder), "die", PKG + "count") == []


def test_a_phrase_names_an_item_by_its_relations(folder: Path) -> None:
    text = PARTS + "  mold: {kind: molded underfill, fills: the gap between the die and the substrate}"
    product = parse(text, folder)
    gap = "gap between die and substrate"
    assert said(product, "mold", PKG + "fills") == [Value(gap)]
    assert said(product, gap, TYPE) == [Value(PKG + "BondingGap")]
    assert said(product, gap, PKG + "between") == [Value("die"), Value("substrate")]


def test_both_orders_of_a_phrase_name_one_item(folder: Path) -> None:
    text = PARTS + "  mold: {kind: molded underfill, fills: gap between substrate and die}\n"
    product = parse(text + "  bonding gap between die and substrate: {height: 50 um}", folder)
    assert said(product, "mold", PKG + "fills") == [Value("gap between die and substrate")]
    assert len(said(product, "gap between die and substrate", PKG + "gapHeight")) == 1
    assert said(product, PRODUCT, PKG + "hasPart")[-1] == Value("mold")


def test_a_material_can_be_an_entry_of_its_own(folder: Path) -> None:
    product = parse(with_fact("material: alloy") + "  alloy: {kind: copper}", folder)
    assert said(product, "lid", PKG + "madeOf") == [Value("alloy")]
    assert Value("alloy") not in said(product, PRODUCT, PKG + "hasPart")


def test_no_and_complete(folder: Path) -> None:
    text = PARTS + "no: [underfill, {what: passive component, quote: lid is large}]\ncomplete: [chips]"
    product = parse(text, folder)
    assert said(product, PRODUCT, PKG + "hasPart")[3:] == [
        Complete(PKG + "Underfill"),
        Complete(PKG + "PassiveComponent"),
        Complete(PKG + "Chip", ("die",)),
    ]
    product = parse(PARTS + "complete: everything", folder)
    assert said(product, PRODUCT, PKG + "hasPart")[3:] == [Complete("", ("substrate", "die", "lid"))]


def test_the_process_lists_its_steps_in_order(folder: Path) -> None:
    steps = (
        "process:\n  steps:\n    - {name: bonding, kind: flip-chip attach, attaches: die, onto: substrate}\n"
    )
    product = parse(PARTS + steps + "    - {kind: dicing, yields: 12}\n", folder)
    assert said(product, PRODUCT, PROC + "madeBy") == [Value("process")]
    assert said(product, "process", TYPE) == [Value(PROC + "Process")]
    assert said(product, "process", PROC + "hasStep") == [Value("bonding"), Value("dicing")]
    assert said(product, "dicing", PROC + "immediatelyAfter") == [Value("bonding")]
    assert said(product, "bonding", PROC + "onto") == [Value("substrate")]
    assert product.items[4:] == ("process", "bonding", "dicing")


def test_the_product_has_a_kind_and_facts_of_its_own(folder: Path) -> None:
    product = parse(PARTS + "kind: ball grid array package\nthickness: 2 mm", folder)
    assert said(product, PRODUCT, TYPE) == [Value(PKG + "BallGridArrayPackage")]
    assert len(said(product, PRODUCT, PKG + "thickness")) == 1


def test_a_kind_can_be_denied_or_unknown(folder: Path) -> None:
    product = parse(PARTS + "  thing: {kind: {not: lead frame}, over: die}\n  other: {kind: unknown}", folder)
    assert said(product, "thing", TYPE) == [Denial(PKG + "LeadFrame")]
    assert said(product, "thing", PKG + "over") == [Value("die")]
    assert said(product, "other", TYPE) == []


# Evidence.


def test_a_quote_is_found_and_its_line_is_named(folder: Path) -> None:
    product = parse(with_fact("over: {is: die, quote: bonded to the substrate}"), folder)
    assert evidence(product, "lid", PKG + "over") == Evidence("ds", "line 3", "bonded to the substrate")


def test_a_quote_is_given_in_the_letters_of_the_source(folder: Path) -> None:
    fact = "over: {is: die, quote: 'The \"lid\" has a 50-60 μm layer', page: 3, at: top}"
    found = evidence(parse(with_fact(fact), folder), "lid", PKG + "over")
    assert found == Evidence("ds", "page 3, top", "The “lid” has a 50–60 µm layer")


def test_a_fact_without_evidence_cites_the_description(folder: Path) -> None:
    found = evidence(parse(with_fact("over: die"), folder), "lid", PKG + "over")
    assert (found.source, found.locator) == ("", "line 11 of the description")


def test_evidence_of_an_entry_serves_its_facts(folder: Path) -> None:
    text = with_fact("over: die\n    thickness: {is: 1.5 mm, quote: 1.5 mm thick}\n    evidence: {line: 6}")
    product = parse(text, folder)
    assert evidence(product, "lid", PKG + "over") == Evidence("ds", "line 6")
    assert evidence(product, "lid", TYPE) == Evidence("ds", "line 6")
    assert evidence(product, "lid", PKG + "thickness").quote == "1.5 mm thick"


def test_statement_ids_are_unique_and_outlive_other_changes(folder: Path) -> None:
    before = parse(with_fact("over: die"), folder)
    after = parse(
        with_fact("over: die").replace("die: {kind: chip}", "die: {kind: chip, size: 1 x 1 mm}"), folder
    )
    ids = [s.id for s in after.statements]
    assert len(ids) == len(set(ids))
    assert {s.id for s in before.statements} < set(ids)


def test_the_same_statement_twice_has_two_ids(folder: Path) -> None:
    product = parse(with_fact("thickness: [1 mm, 1 mm]"), folder)
    first, second = (s.id for s in product.statements if s.property == PKG + "thickness")
    assert second == first + "-2"


# What is refused.


@pytest.mark.parametrize(
    "fact,message",
    [
        ("ovr: die", "11:5: `ovr` is not a known property; did you mean `over`?"),
        ("evidense: {}", "did you mean `evidence`?"),
        ("over: dye", "11:11: `dye` is not a known part; did you mean `die`?"),
        ("over: heat sink", "`heat sink` names no item; did you mean `lid`?"),
        ("over: gap between dye and substrate", "`dye` is not a known part; did you mean `die`?"),
        ("over: lid", "`lid` is related to itself"),
        ("over: [[die]]", "a list in a list"),
        ("over: {is: die, not: die}", "expected one of `is:`, `not:` and `only:`"),
        ("over: {quote: lid is large}", "expected one of `is:`, `not:` and `only:`"),
        ("over: {is: {a: b}}", "expected a text"),
        ("over: {is: die, kwote: x}", "did you mean `quote`?"),
        ("over: {is: die, quote: the lid, which is large}", "put a text with a comma in quotation marks"),
        ("fills: die", "`fills` does not apply to a lid"),
        ("material: cooper", "did you mean `copper`?"),
        ("material: die bond", "is not a known material"),
        ("thickness: 8 Torr", "expected length"),
        ("thickness: about 3 mm", "has no bounds"),
        ("thickness: {not: 3 mm}", "a quantity takes no `not:`"),
        ("size: 3 mm", "expected A x B"),
        ("size: 1 x 1 x 1 x 1 mm", "expected A x B"),
        ("size: {not: 1 x 1 mm}", "expected a size"),
        ("count: 2.5", "not a whole number"),
        ("exposed: prtly", "did you mean `partly`?"),
        ("exposed: {not: partly}", "says nothing definite"),
        ("has part: {only: [die]}", "say `complete:`"),
        ("flip-chip bonded to: die", "`flip-chip bonded to` does not apply to a lid"),
        ("kind2: lid", "did you mean `kind`?"),
        ("over: {is: die, source: dx}", "`dx` is not a known source; known are ds"),
        ("over: {is: die, quote: the lid is huge}", "does not stand in the source `ds`"),
        ("over: {is: die, quote: 5 um grains}", "does not stand in the source `ds`"),
        ("over: {is: die, quote: '5 mm thick'}", "does not stand in the source `ds`"),
        ("over: {is: die, quote: die is flip}", ""),
        ("over: {is: die, quote: lid is large, line: 3}", "the quote stands in line 6, not in line 3"),
        ("over: {is: die, quote: }", "expected a text for `quote`"),
        ("evidence: ds", "expected `source:`, `quote:` or a place"),
        ("evidence: {sauce: ds}", "did you mean `source`?"),
    ],
)
def test_a_wrong_fact_is_named_with_a_hint(folder: Path, fact: str, message: str) -> None:
    if not message:
        assert parse(with_fact(fact), folder)
        return
    found = problems(with_fact(fact), folder)
    assert any(message in problem for problem in found), found
    assert all(problem.startswith("x.yaml:11:") for problem in found)


@pytest.mark.parametrize(
    "more,message",
    [
        ("  sink: {kind: heat snik}", "10:16: `heat snik` is not a known kind; did you mean `heat sink`?"),
        ("  sink: {}", "`sink` needs a kind"),
        ("  sink: lid", "expected `kind:` and facts for `sink`"),
        ("  DIE: {kind: chip}", "`DIE` is named twice; the first is `die`"),
        ("  product: {kind: chip}", "`product` is named twice"),
        ("  process: {kind: chip}\nprocess: {steps: []}", "`process` is named twice"),
        (
            "  ball: {kind: solder balls, on: substrate}",
            "needs a surface, `substrate` is an organic substrate; write `top of substrate` or `bottom",
        ),
        ("  gap between die and lit: {height: 1 um}", "`lit` is not a known part; did you mean `lid`?"),
        ("  gap between die and die: {height: 1 um}", "is not a known part"),
        ("  gap between die and lid: {}\n  gap between lid and die: {}", "stands here twice"),
        ("no: [underfil]", "did you mean `underfill`?"),
        ("no: [copper]", "`copper` is not a known kind"),
        ("no: [{wat: underfill}]", "did you mean `what`?"),
        ("complete: [{quote: lid is large}]", "expected `what:`"),
        ("unsettled: {quote: x}", "expected a list"),
        ("unsettled: [x]", "expected a mapping with quote"),
        ("unsettled: [{quote: x}]", "expected `quote:` and `reason:`"),
        ("unsettled: [{quote: x, reason: [y]}]", "expected a text for `reason`"),
        ("unsettled: [{quote: x, reason: y, may mean: [{}]}]", "expected a text for `may mean`"),
        ("unsettled: [{quote: x, reason: y, my mean: z}]", "did you mean `may mean`?"),
        ("rejected: [{key: over}]", "expected `key:` and `quote:`"),
        ("rejected: [{key: over, quote: x, was: y}]", "`was` is not a known key here"),
        ("drafted: [a]", "expected the ids of what was read"),
        ("complete: [{what: chips, stale: no}]", "`stale:` can only be `yes`"),
        ("process: {steps: [{name: a, kind: cure, order: first}]}", "`order:` can only be `unknown`"),
        ("complete: [[chips]]", "expected a kind of part"),
        ("process: {steps: {name: x}}", "expected a list of steps"),
        ("process: {steps: [{name: x}]}", "`x` needs a kind"),
        ("process: {steps: [{name: x, kind: lid}]}", "`lid` is not a known kind"),
        ("process: {steps: [{yields: 12}]}", "a step needs a `name:`"),
        ("process: bonding", "expected `steps:`"),
        ("part: {}", "did you mean `parts`?"),
        ("kind: ball grid aray package", "did you mean `ball grid array package`?"),
        ("product: X2", "`product` stands here twice, first in line 2"),
        ("no: &a [underfill]", "the anchor `&a` is not allowed"),
        ("no: !!str underfill", "the tag"),
        ("? [a]\n: b", "a key must be a text"),
        ("no: [", "not YAML"),
        ("---\nproduct: X2", "a second document"),
        ("no: \tx\n\t- y", "not YAML"),
    ],
)
def test_a_wrong_entry_is_named_with_a_hint(folder: Path, more: str, message: str) -> None:
    assert any(message in problem for problem in problems(PARTS + more, folder)), problems(
        PARTS + more, folder
    )


@pytest.mark.parametrize(
    "source,message",
    [
        ("{title: T, file: none.md}", "there is no file `none.md`"),
        ("{title: T, file: ../ds.md}", "must lie in the folder of the description"),
        ("{title: T, file: /etc/hostname}", "must lie in the folder of the description"),
        ("{title: T, file: link.md}", "must lie in the folder of the description"),
        ("{title: T, file: 'a\\b.md'}", "must lie in the folder of the description"),
        ("{title: T, file: .}", "there is no file"),
        ("{file: ds.md}", "needs a title"),
        ("{title: T, date: 3 May 2024}", "is not a date"),
        ("{title: T, date: 2024-13-01}", "is not a date"),
        ("{title: T, fill: ds.md}", "did you mean `file`?"),
        ("T", "expected a mapping with title, date, file"),
    ],
)
def test_a_wrong_source_is_named(tmp_path: Path, source: str, message: str) -> None:
    folder = tmp_path / "x"
    folder.mkdir()
    (tmp_path / "ds.md").write_text("outside", encoding="utf-8")
    (folder / "ds.md").write_text("inside", encoding="utf-8")
    (folder / "link.md").symlink_to(tmp_path / "ds.md")
    assert message in "\n".join(problems(f"product: X\nsources: {{ds: {source}}}", folder))


def test_a_quote_without_a_source_is_refused(folder: Path) -> None:
    text = with_fact("over: {is: die, quote: lid is large}").replace("source: ds\n", "")
    assert any("say which source" in problem for problem in problems(text, folder))


def test_all_problems_come_at_once_and_in_order(folder: Path) -> None:
    text = with_fact("over: dye\n    thickness: 5\n    ovr: die").replace("kind: chip", "kind: chipp")
    lines = [int(problem.split(":")[1]) for problem in problems(text, folder)]
    assert lines == [8, 11, 12, 13]


@pytest.mark.parametrize("text", ["", "# nothing", "- a", "text", "parts: {}"])
def test_what_is_no_description_is_refused(text: str) -> None:
    assert problems(text)


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "My Product" / "product.yaml"
    path.parent.mkdir()
    path.write_bytes(b"\xef\xbb\xbfproduct: X\r\nparts:\r\n  die: {kind: chip}\r\n")
    assert read_description(path, lexicon()).slug == "my-product"
    path.write_bytes(b"product: X\nkind: \xff")
    with pytest.raises(DescriptionError, match=r"product.yaml:2:1: not UTF-8"):
        read_description(path, lexicon())
    with pytest.raises(DescriptionError, match="cannot be read"):
        read_description(tmp_path, lexicon())


def test_problems_of_many_files_come_together(tmp_path: Path) -> None:
    for name, text in {
        "a.yaml": "parts: {}",
        "b.yaml": "product: X",
        "c.yaml": "product: [",
        "B.yaml": "product: X",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(DescriptionError) as caught:
        read_descriptions(sorted(tmp_path.iterdir()), lexicon())
    text = str(caught.value)
    assert "a.yaml" in text and "c.yaml" in text and "two descriptions are called `b`" in text


def test_a_fact_with_because_is_derived_and_says_from_what(folder: Path) -> None:
    product = parse(with_fact("over: {is: die, quote: lid is large, because: lids lie on dies}"), folder)
    assert evidence(product, "lid", PKG + "over") == Evidence(
        "ds", "line 6", "lid is large", Grade.DERIVED, "lids lie on dies"
    )
    alone = evidence(parse(with_fact("over: {is: die, because: of the name}"), folder), "lid", PKG + "over")
    assert (alone.locator, alone.note) == ("line 11 of the description", "of the name")


def test_no_statement_is_made_of_words_that_are_not_settled(folder: Path) -> None:
    text = "unsettled:\n  - {quote: lid is huge, line: 6, reason: no part, may mean: [a lid, a cap]}\n"
    assert parse(PARTS + text, folder) == parse(PARTS, folder)


def test_a_stale_fact_is_no_statement_and_its_quote_is_not_looked_for(folder: Path) -> None:
    stale = "over: {stale: yes, is: die, quote: it was there once, line: 99}"
    assert parse(with_fact(stale), folder) == parse(with_fact("over: unknown"), folder)
    text = PARTS + "no: [{what: underfill, stale: yes, quote: gone}]"
    assert parse(text, folder) == parse(PARTS, folder)


def test_a_part_of_which_all_is_stale_is_gone_and_one_that_others_need_is_not(folder: Path) -> None:
    sink = "  sink: {kind: {is: heat sink, stale: yes, quote: gone}}\n"
    assert parse(PARTS + sink, folder) == parse(PARTS, folder)
    kept = parse(PARTS + sink + "  film: {kind: film, on: sink}\n", folder)
    assert "sink" in kept.items and not [s for s in kept.statements if s.subject == "sink"]


def test_a_stale_step_is_no_step() -> None:
    steps = ("{name: a, kind: cure}", "{name: b, kind: {is: cure, stale: yes}}", "{name: c, kind: cure}")
    product = parse(f"product: X\nprocess: {{steps: [{', '.join(steps)}]}}")
    order = [s for s in product.statements if s.property == PROC + "immediatelyAfter"]
    assert [(s.subject, s.content) for s in order] == [("c", Value("a"))] and "b" not in product.items


def test_a_step_of_unknown_order_is_after_none_and_before_none() -> None:
    steps = ("{name: a, kind: cure}", "{name: b, kind: cure, order: unknown}", "{name: c, kind: cure}")
    product = parse(f"product: X\nprocess: {{steps: [{', '.join(steps)}]}}")
    order = [s for s in product.statements if s.property == PROC + "immediatelyAfter"]
    assert [(s.subject, s.content) for s in order] == [("c", Value("a"))]


def test_a_source_that_is_not_text_is_cited_without_check(folder: Path) -> None:
    (folder / "ds.md").write_bytes(b"%PDF\0\xff")
    product = parse(with_fact("over: {is: die, quote: anything, page: 2}"), folder)
    assert evidence(product, "lid", PKG + "over") == Evidence("ds", "page 2", "anything")
    assert product.documents == {}


# Hostile input: refused or read, in time.


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 100_000,
        "a:\n" + "".join(" " * n + "a:\n" for n in range(1, 500)),
        "- " * 50_000,
        "a: &a [x]\n" + "".join(f"b{n}: [*a, *a]\n" for n in range(1000)),
        "x" * 6_000_000,
        "product: " + "x" * 1_000_000 + "\nparts: 1",
        "product: X\nparts:\n" + "".join(f"  p{n}: {{kind: chp}}\n" for n in range(5_000)),
        "product: X\nparts:\n" + "".join(f"  p{n}: {{kind: chip, ovr: p1}}\n" for n in range(5_000)),
        "product: X\nparts:\n"
        + "".join(f"  gap between p{n} and {'and ' * 25}p: {{}}\n" for n in range(100)),
        "product: X\nparts:\n  a: {kind: chip, over: " + "top of " * 10_000 + "a}",
        "product: X\nparts:\n  " + "y" * 10_000 + ": {kind: chip}",
        'product: X\nparts: {"\\0": {kind: chip}}',
        "\0",
        "\ufffe",
    ],
    ids=range(15),
)
def test_hostile_text_is_refused_in_time(text: str) -> None:
    start = time.perf_counter()
    assert 0 < len(problems(text)) <= 100
    assert time.perf_counter() - start < 5


def test_nesting_up_to_the_limit_is_read() -> None:
    assert read_nodes("[" * DEEPEST + "]" * DEEPEST, "x")


def test_a_hostile_quote_is_looked_for_in_time(folder: Path) -> None:
    (folder / "ds.md").write_text("- " * 1_000_000, encoding="utf-8")
    start = time.perf_counter()
    assert problems(with_fact("over: {is: die, quote: '" + "- " * 900 + "x'}"), folder)
    assert time.perf_counter() - start < 5


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.text(alphabet=st.sampled_from(list("adeik:-,{}[]&*!|>'\"#%\n \té0")), max_size=80))
def test_any_text_is_a_product_or_problems(text: str) -> None:
    for whole in (text, "product: X\nparts:\n  a: {kind: chip}\n  b:\n    kind: lid\n    " + text):
        try:
            assert parse(whole).items[0] == PRODUCT
        except DescriptionError as error:
            assert error.problems and all(problem.message for problem in error.problems)


# The products of the repository, and the schema.


PRODUCTS = sorted((DATA / "products").glob("*/product.yaml"))


def test_there_are_products() -> None:
    assert len(PRODUCTS) >= 10


@pytest.mark.parametrize("path", PRODUCTS, ids=lambda path: path.parent.name)
def test_a_product_of_the_repository_is_read(path: Path) -> None:
    product = read_description(path, lexicon())
    names = set(product.items)
    assert product.slug == path.parent.name
    assert len(names) == len(product.items)
    for statement in product.statements:
        assert statement.subject in names
        if isinstance(statement.content, Value | Denial) and statement.property != TYPE:
            assert isinstance(statement.content.object, bool) or statement.content.object in names
        if isinstance(statement.content, Complete):
            assert set(statement.content.values) <= names
    assert read_description(path, lexicon()) == product


def plain(node: Node) -> object:
    """Give what a YAML 1.2 reader gives, which is what editors check."""
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, Listing):
        return [plain(value) for value in node.nodes]
    try:
        return node.text if node.quoted else json.loads(node.text)
    except ValueError:
        return node.text or None


@cache
def schema() -> Draft202012Validator:
    found = json.loads((DATA / "description.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


def test_the_published_schema_is_fresh() -> None:
    """Mend with: readson schema > data/description.schema.json."""
    assert (DATA / "description.schema.json").read_text(encoding="utf-8") == schema_text(lexicon())


@pytest.mark.parametrize("path", PRODUCTS, ids=lambda path: path.parent.name)
def test_the_schema_accepts_the_products(path: Path) -> None:
    document = plain(read_nodes(path.read_text(encoding="utf-8"), path.name))
    assert [error.message for error in schema().iter_errors(document)] == []


@pytest.mark.parametrize(
    "text",
    [
        PARTS,
        with_fact("over: {only: [die], quote: x, line: 12}"),
        with_fact("exposed: true"),
        with_fact("size: [{is: 1 x 1 mm}, {is: 2 x 2 mm, page: 3}]"),
        PARTS + "  gap between die and substrate: {height: 50 um}",
        PARTS + "  bumps: {kind: solder bumps, count: 612, on: die}",
        PARTS + "no: underfill\ncomplete: everything",
        PARTS + "process: {steps: [{name: sawing, kind: dicing, yields: 12}]}",
    ],
)
def test_the_schema_accepts(text: str) -> None:
    assert [error.message for error in schema().iter_errors(plain(read_nodes(text, "x")))] == []


@pytest.mark.parametrize(
    "text",
    [
        "parts: {}",
        "product: X\npart: {}",
        "product: X\nparts: {die: {}}",
        "product: X\nparts: {die: {kind: chipp}}",
        "product: X\nparts: {die: {kind: chip, ovr: lid}}",
        "product: X\nparts: {die: {kind: chip, over: {is: a, not: b}}}",
        "product: X\nparts: {die: {kind: chip, over: {is: a, kwote: b}}}",
        "product: X\nparts: {die: {kind: chip, over: [[a]]}}",
        "product: X\nparts: {die: {kind: dicing attach}}",
        "product: X\nsources: {ds: {file: x}}",
        "product: X\nno: [copper]",
        "product: X\nprocess: {steps: [{name: x, kind: lid}]}",
        "product: X\nprocess: {steps: {}}",
    ],
)
def test_the_schema_refuses(text: str) -> None:
    assert list(schema().iter_errors(plain(read_nodes(text, "x"))))
