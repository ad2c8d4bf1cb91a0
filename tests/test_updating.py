"""A description that a person edited is brought up to date, and what they did stays done."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafts import ANY_TEXT, CASES, MAT, PKG, PROC, Reader, any_findings, drafted
from readson.documents import read_document
from readson.drafting import reviewed
from readson.drafting.emitting import entry
from readson.drafting.reading import draft_documents
from readson.drafting.renewing import renew
from readson.drafting.updating import Updated, remember
from readson.errors import DescriptionError
from readson.extraction.findings import Findings
from readson.ingest import read_description
from readson.lexicon import Lexicon
from readson.ontology import Ontology
from readson.resources import content_folder
from readson.statements import Denial, Product, Value

PRODUCTS = content_folder("data") / "products"
TEXT = """The die is flip-chip bonded to the substrate.
A copper lid lies over the die.
The lid is 2 mm thick.
The molding is done at 8 Torr.
The film may be a tape.
"""
LONGER = (
    "A new first line.\n"
    + TEXT.replace("A copper lid lies over", "The lid was put over")
    + "The die is 1 mm thick.\n"
)


@pytest.fixture(scope="module")
def lexicon(ontology: Ontology) -> Lexicon:
    return ontology.lexicon


def read(text: str) -> Findings:
    """Read a version of the text, as far as its words are there."""
    reader = Reader(text).item("d", PKG + "Chip", "die").item("s", PKG + "OrganicSubstrate", "substrate")
    reader.item("l", PKG + "HeatSink", "lid").item("m", PROC + "TransferMolding", "molding", step=True)
    reader.says("d", PKG + "flipChipBondedTo", "s", "flip-chip bonded to the substrate")
    for words in ("lies over the die", "put over the die"):
        if words in text:
            reader.says("l", PKG + "over", "d", words)
    if "copper lid" in text:
        reader.says("l", PKG + "madeOf", MAT + "Copper", "copper lid")
    reader.says("l", PKG + "thickness", "2 mm", "2 mm thick")
    if "1 mm thick" in text:
        reader.says("d", PKG + "thickness", "1 mm", "1 mm thick")
    reader.says("m", PROC + "cavityPressure", "8 Torr", "8 Torr")
    return reader.unsettled("The film", "not said which").findings


class Review:
    """Hold a folder with a description, its source, and what its person does with them."""

    def __init__(self, folder: Path, lexicon: Lexicon) -> None:
        self.path, self._lexicon = folder / "product.yaml", lexicon
        self.path.write_text(remember(self._draft(TEXT, read(TEXT))), "utf-8")

    def _draft(self, text: str, found: Findings) -> str:
        self.path.with_name("x1.txt").write_text(text, "utf-8")
        self._drafted = drafted(self._lexicon, ("x1.txt", text, found), folder="")
        return self._drafted.text

    def edit(self, old: str, new: str) -> Review:
        """Replace some text of the description, as in an editor."""
        text = self.text
        assert text.count(old) == 1, text
        self.path.write_text(text.replace(old, new), "utf-8")
        return self

    def update(self, text: str = TEXT, found: Findings | None = None) -> Updated:
        """Read the source again, in this version, and bring the description up to date."""
        self._draft(text, found or read(text))
        updated = renew(self.path, self._drafted, self._lexicon)
        self.path.write_text(updated.text, "utf-8")
        return updated

    @property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @property
    def product(self) -> Product:
        return read_description(self.path, self._lexicon)

    def says(self, subject: str, prop: str) -> list[object]:
        """Give what the description says of a property of an item."""
        found = (s for s in self.product.statements if (s.subject, s.property) == (subject, PKG + prop))
        return [getattr(s.content, "text", s.content) for s in found]


@pytest.fixture
def review(tmp_path: Path, lexicon: Lexicon) -> Review:
    return Review(tmp_path, lexicon)


def test_nothing_changes_when_nothing_has_changed(review: Review) -> None:
    before = review.text
    updated = review.update()
    assert (len(updated.added), updated.rejected, updated.stale) == (0, 0, 0)
    assert review.text == before


def test_a_fact_that_was_edited_stays_as_edited(review: Review) -> None:
    review.edit("thickness: {is: 2 mm", "thickness: {is: 2.5 mm").edit("over: {is: die", "over: {not: die")
    before = review.text
    assert review.update().added == () and review.text == before
    assert review.says("lid", "thickness") == ["2.5 mm"] and review.says("lid", "over") == [Denial("die")]


def test_comments_and_layout_stay(review: Review) -> None:
    review.edit("  lid:\n", "\n  # The lid is the heat sink.\n  lid:   # see page 3\n")
    review.edit(
        "thickness: {is: 2 mm, quote: 2 mm thick, line: 3}",
        "thickness:   # measured\n      is: 2 mm\n      quote: 2 mm thick",
    )
    before = review.text
    review.update()
    assert review.text == before


def test_a_fact_that_was_deleted_stays_deleted_and_is_recorded(review: Review) -> None:
    review.edit("    thickness: {is: 2 mm, quote: 2 mm thick, line: 3}\n", "")
    assert review.update().rejected == 1
    assert review.says("lid", "thickness") == []
    rejected = "rejected:\n  - {of: lid, key: thickness, is: 2 mm, quote: 2 mm thick, line: 3}\n"
    assert rejected in review.text
    after = review.text
    assert review.update().rejected == 0 and review.text == after


def test_a_fact_comes_back_when_it_is_no_longer_rejected(review: Review) -> None:
    review.edit("    thickness: {is: 2 mm, quote: 2 mm thick, line: 3}\n", "").update()
    review.edit("  - {of: lid, key: thickness, is: 2 mm, quote: 2 mm thick, line: 3}\n", "")
    review.edit("rejected:\n", "")
    assert len(review.update().added) == 1 and review.says("lid", "thickness") == ["2 mm"]


def test_a_part_that_was_deleted_stays_deleted_with_all_that_is_said_of_it(review: Review) -> None:
    start, end = review.text.index("  lid:\n"), review.text.index("\nprocess:")
    review.edit(review.text[start:end], "")
    assert review.update(LONGER).rejected == 3
    assert "lid" not in review.product.items
    after = review.text
    assert review.update(LONGER).rejected == 0 and review.text == after


@pytest.mark.parametrize("folder", sorted(path.parent.name for path in PRODUCTS.glob("*/sources")))
def test_documents_that_are_read_again_change_nothing(folder: str, tmp_path: Path, lexicon: Lexicon) -> None:
    files = sorted((PRODUCTS / folder / "sources").iterdir())
    texts = [read_document(path) for path in files]
    for path in files:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    draft = draft_documents(texts, lexicon, files=[path.name for path in files])
    path = tmp_path / "product.yaml"
    path.write_text(remember(draft.text), "utf-8")
    product = read_description(path, lexicon)
    assert product.statements == draft.product.statements
    assert renew(path, draft, lexicon).text == path.read_text("utf-8")


def test_what_is_new_in_the_source_is_added_to_its_part(review: Review) -> None:
    updated = review.update(LONGER)
    assert [(f.entry, f.key) for f in updated.added] == [("die", "thickness"), ("lid", "over")]
    assert review.says("die", "thickness") == ["1 mm"]


def test_words_that_have_vanished_are_stale_and_no_longer_count(review: Review) -> None:
    updated = review.update(LONGER)
    assert updated.stale == 2
    assert "made of: {stale: yes, is: copper, quote: copper lid, line: 2}" in review.text
    assert review.says("lid", "madeOf") == []
    assert "      - {stale: yes, is: die, quote: lies over the die, line: 2}\n" in review.text
    assert review.says("lid", "over") == [Value("die")]
    assert review.product.sources[0].id == "x1"


def test_words_that_are_back_count_again(review: Review) -> None:
    review.update(LONGER)
    review.update(TEXT)
    assert review.says("lid", "madeOf") == [Value("copper of lid")]
    assert "made of: {is: copper, quote: copper lid, line: 2}" in review.text


def test_a_place_that_has_moved_is_mended(review: Review) -> None:
    review.update(LONGER)
    assert (
        "flip-chip bonded to: {is: substrate, quote: flip-chip bonded to the substrate, line: 2}"
        in review.text
    )


def test_a_name_that_a_person_gave_is_kept(review: Review) -> None:
    text = review.text.replace("  die:\n", "  logic die:\n").replace("is: die", "is: logic die")
    review.path.write_text(text, "utf-8")
    assert review.update().added == () and review.text == text
    review.update(LONGER)
    assert review.says("logic die", "thickness") == ["1 mm"]
    assert review.says("lid", "over") == [Value("logic die")] and "die" not in review.product.items


def test_a_fact_that_a_person_added_stays(review: Review) -> None:
    review.edit("  lid:\n", "  lid:\n    exposed: yes\n    under: {not: die, quote: lies over the die}\n")
    before = review.text
    assert review.update().rejected == 0 and review.text == before


def test_words_that_were_settled_do_not_come_back(review: Review) -> None:
    review.edit("\nunsettled:\n  - {quote: The film, line: 5, reason: not said which}\n", "")
    review.update()
    assert "unsettled" not in review.text


def test_new_words_to_decide_on_are_added(review: Review) -> None:
    found = Reader(TEXT).unsettled("a tape", "what tape?").findings
    review.update(found=Findings(read(TEXT).items, read(TEXT).findings, found.unsettled))
    assert (
        "  - {quote: The film, line: 5, reason: not said which}\n  - {quote: a tape, line: 5" in review.text
    )


def test_a_new_part_and_a_new_step_are_added(review: Review) -> None:
    reader = Reader(TEXT).item("f", PKG + "Film", "film").says("f", PKG + "thickness", "2 mm", "2 mm thick")
    reader.item("c", PROC + "Dicing", "done", "dicing", step=True)
    old = read(TEXT)
    more = reader.findings
    review.update(found=Findings(old.items + more.items, old.findings + more.findings, old.unsettled))
    assert review.says("film", "thickness") == ["2 mm"]
    assert "    - name: dicing\n      order: unknown\n" in review.text
    assert [s.subject for s in review.product.statements if s.property == PROC + "immediatelyAfter"] == []


def test_a_new_source_is_added_beside_those_that_there_are(review: Review, lexicon: Lexicon) -> None:
    other = Reader("The lid is 3 mm thick.\n").item("l", PKG + "HeatSink", "lid")
    other.says("l", PKG + "thickness", "3 mm", "3 mm thick")
    text = "The lid is 3 mm thick.\n"
    review.path.with_name("td.txt").write_text(text, "utf-8")
    draft = drafted(lexicon, ("td.txt", text, other.findings), folder="")
    review.path.write_text(renew(review.path, draft, lexicon).text, "utf-8")
    assert [source.id for source in review.product.sources] == ["x1", "td"]
    assert review.says("lid", "thickness") == ["2 mm", "3 mm"]
    assert "- {is: 3 mm, source: td, quote: 3 mm thick, line: 1}" in review.text
    after = review.text
    assert review.update().rejected == 0 and review.text.split("drafted:")[0] == after.split("drafted:")[0]


def test_a_new_fact_that_does_not_go_with_an_edit_is_not_settled(review: Review) -> None:
    """The person says that the die is a heat sink: nothing can then be flip-chip bonded by it."""
    review.edit("kind: {is: chip, quote: die, line: 1}", "kind: {is: film, quote: die, line: 1}")
    review.edit(
        "    flip-chip bonded to: {is: substrate, quote: flip-chip bonded to the substrate, line: 1}\n", ""
    )
    review.update()
    old = read(TEXT)
    more = Reader(TEXT).says("d", PKG + "wireBondedTo", "s", "bonded to the substrate").findings
    updated = review.update(found=Findings(old.items, old.findings + more.findings, old.unsettled))
    assert updated.added == () and "does not apply to a film" in review.text
    after = review.text
    review.update(found=Findings(old.items, old.findings + more.findings, old.unsettled))
    assert review.text == after


def test_an_edit_that_is_wrong_is_named_and_nothing_is_written(review: Review) -> None:
    review.edit("kind: {is: heat sink,", "kind: {is: heat snik,")
    before = review.text
    with pytest.raises(DescriptionError, match="`heat snik` is not a known kind"):
        review.update(LONGER)
    assert review.text == before


@pytest.mark.parametrize("style", ["flow", "block"])
def test_a_description_in_another_style_is_updated_too(review: Review, style: str) -> None:
    """Whether entries and facts stand in braces or in lines, the same is said after the update."""
    review.update(LONGER)
    expected = {(s.subject, s.property, s.content) for s in review.product.statements}
    review.path.write_text(review.text, "utf-8")
    review.update(TEXT)
    top = yaml.load(review.text, Loader=yaml.BaseLoader)
    sections = []
    for key, value in top.items():
        wide = {"width": 10**6, "allow_unicode": True, "sort_keys": False}
        inside = key in ("parts", "drafted") and style == "flow"
        section = yaml.dump({key: value}, default_flow_style=inside, **wide).strip()
        sections.append(section[1:-1] if inside else section)
    review.path.write_text("\n".join(sections) + "\n", "utf-8")
    review.update(LONGER)
    assert {(s.subject, s.property, s.content) for s in review.product.statements} == expected


TEXTS = (
    "a: b",
    "no",
    "null",
    "- x",
    "# x",
    "2024-03-02",
    "1.5",
    "a, b",
    "[x",
    "µ 5",
    "x:",
    "é",
    "0x1F",
    "",
    "|",
)


@pytest.mark.parametrize("text", TEXTS)
def test_every_text_is_read_as_it_was_written(text: str) -> None:
    for value in (text, [text, "x"], {"is": text}):
        line = entry("key", value)
        assert yaml.load(line, Loader=yaml.SafeLoader) == {"key": value} and "\n" not in line


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=max(CASES // 3, 20))
@given(data=st.data())
def test_any_description_is_brought_up_to_date_once(
    data: st.DataObject, lexicon: Lexicon, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever was read before and is read now, the update reads, keeps all facts and is done at once."""
    path = tmp_path_factory.mktemp("any") / "product.yaml"
    mixed = "".join(reversed(ANY_TEXT.splitlines(keepends=True)))
    changed = data.draw(st.sampled_from([ANY_TEXT, f"new\n{ANY_TEXT}", mixed]))
    before, now = (
        drafted(lexicon, ("0.txt", text, data.draw(any_findings(lexicon, 0))), folder="")
        for text in (ANY_TEXT, changed)
    )
    path.with_name("0.txt").write_text(changed, "utf-8")
    path.write_text(remember(before.text), "utf-8")
    old = reviewed.review(path.read_text("utf-8"))
    first = renew(path, now, lexicon)
    path.write_text(first.text, "utf-8")
    assert {f.id for f in old.facts} <= {f.id for f in reviewed.review(first.text).facts}
    again = renew(path, now, lexicon)
    assert again.text == first.text and again.added == ()
