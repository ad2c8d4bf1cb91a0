"""A small portfolio that shows all a site must show: every verdict, conflicts, gaps and hostile text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from readson.collecting import collect
from readson.results import (
    Alternative,
    Binding,
    Chart,
    Citation,
    ClaimSheet,
    ConstructionSheet,
    ElementSheet,
    Fact,
    Missing,
    OntologySheet,
    OtherReading,
    Portfolio,
    ProductCharts,
    Reason,
    RoleSheet,
    Row,
    SourceSheet,
    TermSheet,
    Use,
)
from readson.statements import Statement, Value
from readson.verdicts import Verdict

MET, NOT_MET, UNKNOWN, CONFLICTING = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.CONFLICTING
SCRIPT = "<script>alert('x')</script>"
RIGHT_TO_LEFT = "\u202eevil\u202c שלום"

SHEET = """# X100 graphics processor

Rev. C, March 2024

Package: 45 mm x 45 mm flip-chip ball grid array
Die: 17 mm x 17 mm, flip-chip bonded to a four-layer
     organic substrate
Heat spreader, nickel-plated copper, above the die

| property              | typical | maximum |
|-----------------------|---------|---------|
| stand-off             |   55 um |   60 um |
| filler, mean diameter |   10 um |       - |
"""
TEARDOWN = "Sample 1, cross-section\n\nThe heat spreader measures 14 mm x 14 mm.\nBumps: about 600 counted.\n"


def cite(
    statement: str, sentence: str, quote: str, locator: str, source: str = "ds", grade: str = "stated"
) -> Citation:
    titles = {"ds": "X100 data sheet", "teardown": "Teardown of the X100", "photo": "Photograph of the top"}
    return Citation(statement, sentence, grade, source, titles.get(source, ""), locator, quote)


DIE = cite("s-die", "the die is 17 mm long and 17 mm wide", "Die: 17 mm x 17 mm", "line 6")
BONDED = cite(
    "s-bonded",
    "the die is flip-chip bonded to the substrate",
    "flip-chip bonded to a four-layer organic substrate",
    "line 6",
)
OVER = cite(
    "s-over", "the lid is set over the die", "Heat spreader, nickel-plated copper, above the die", "line 8"
)
COPPER = cite("s-copper", "the lid is made of nickel-plated copper", "nickel-plated copper", "line 8")
SMALL = cite(
    "s-small",
    "the lid is 14 mm long and 14 mm wide",
    "The heat spreader measures 14 mm x 14 mm.",
    "line 3",
    "teardown",
)
LARGE = cite(
    "s-large", "the lid is 31 mm long and 31 mm wide", "31 mm, scaled from the edge", "left half", "photo"
)
AREA = Citation(
    "d-area",
    "the plan-view area of the die is 289 mm²",
    "derived",
    note="17 mm times 17 mm, from the data sheet, line 6",
)
ONE = Citation(
    "a-one", "the lid is the only heat sink", "assumed", note="documented world: a lid is named, no other"
)
FACTS = (DIE, BONDED, OVER, COPPER, SMALL, LARGE, AREA, ONE)

BINDINGS = (
    Binding("carrier", "carrier", "substrate", "organic substrate", "1[a]", "the substrate is a carrier"),
    Binding("chip", "chip", "die", "chip", "1[b]", "the die is a chip"),
    Binding("heatSink", "heat sink", "lid", "heat spreader", "1[d]", "the lid is a heat sink"),
    Binding(
        "encapsulant", "encapsulating material layer", "", "", "1[f]", "no part of this kind is described"
    ),
)


def facts(cited: Sequence[Citation]) -> tuple[Fact, ...]:
    """State what is cited."""
    return tuple(Fact(c, Statement(c.statement, "lid", "", Value(True))) for c in cited)


def row(
    claim: int,
    letter: str,
    text: str,
    verdict: Verdict,
    sentence: str,
    supporting: Sequence[Citation] = (),
    refuting: Sequence[Citation] = (),
    missing: Sequence[str] = (),
    parts: tuple[Reason, ...] = (),
    roles: tuple[str, ...] = (),
) -> Row:
    gaps = tuple(Missing(gap, "lid", "height") for gap in missing)
    reason = Reason(verdict, sentence, tuple(supporting), tuple(refuting), gaps, parts)
    return Row(f"{claim}[{letter}]", f"{claim}{letter}", claim, text, verdict, False, reason, roles=roles)


def first_claim() -> tuple[Row, ...]:
    """Chart nine elements so that each verdict comes up."""
    bumps = Reason(
        UNKNOWN, "the number of bumps is at least 2", missing=(Missing("how many bumps", "die", "count"),)
    )
    chip = (Reason(MET, "the chip is the die", (DIE,)), bumps)
    area = (
        Reason(
            NOT_MET, "the area of the lid is greater than that of the die, by the teardown", (), (SMALL, AREA)
        ),
        Reason(MET, "the area of the lid is greater than that of the die, by the photograph", (LARGE, AREA)),
    )
    process = row(
        1, "h", "wherein the encapsulating material layer is formed in a simultaneous molding process",
        UNKNOWN, "no forming step is described", missing=["how the encapsulating material layer is formed"],
        roles=("encapsulating material layer",),
    )  # fmt: skip
    others = (
        Alternative("any-molding", "the cover may be another shot", UNKNOWN, False),
        Alternative("structure-only", "the process wording leaves only its structure behind", MET, True),
    )
    over = row(
        1, "d", "a heat sink, set over the chip,", MET, "the lid is set over the die", [OVER, ONE],
        roles=("heat sink", "chip"),
    )  # fmt: skip
    return (
        row(1, "pre", "A chip package structure, comprising:", MET, "the product is a chip package"),
        row(1, "a", "a carrier;", MET, "the substrate is a carrier", [BONDED], roles=("carrier",)),
        row(
            1, "b", "a chip, having an active surface with a plurality of bumps thereon,", UNKNOWN,
            "the number of bumps is not stated", [DIE], missing=["how many bumps the die has"],
            parts=chip, roles=("chip",),
        ),
        row(
            1, "c",
            "wherein the chip is flipped over and bonded to the carrier in a flip-chip bonding process "
            "so that the chip and the carrier are electrically connected;", MET,
            "the die is flip-chip bonded to the substrate", [BONDED], roles=("chip", "carrier"),
        ),
        replace(over, note="what is called a lid, slug or heat spreader is a heat sink"),
        row(
            1, "e", "wherein the heat sink has a surface area greater than the chip;", CONFLICTING,
            "two sources disagree on the size of the lid", [LARGE, AREA], [SMALL, AREA],
            parts=area, roles=("heat sink", "chip"),
        ),
        row(
            1, "f",
            "and an encapsulating material layer, filling a bonding gap between the chip and the carrier",
            NOT_MET, "there is no encapsulant between the die and the substrate", (), [BONDED],
        ),
        row(
            1, "g", "and covering the carrier,", UNKNOWN, "no encapsulant is described",
            missing=["what covers the substrate"],
        ),
        replace(
            process, construction="same-step",
            construction_note="gap and cover are formed in one molding step",
            alternatives=others,
        ),
        row(
            1, "i", "and part of the surface of the heat sink away from the chip is exposed.", UNKNOWN,
            "whether the top of the lid is exposed is not stated",
            missing=["whether the top of the lid is exposed"],
        ),
    )  # fmt: skip


def inherited(rows: Sequence[Row]) -> tuple[Row, ...]:
    return tuple(replace(row, inherited=True) for row in rows)


def chart(claim: int, parent: int, verdict: Verdict, rows: Sequence[Row], sentence: str) -> Chart:
    text = " ".join(row.text for row in rows if row.claim == claim)
    category = "process" if claim > 20 else "product"
    return Chart(claim, parent, category, text, verdict, sentence, tuple(rows), BINDINGS, ())


def charts() -> tuple[Chart, ...]:
    rows = first_claim()
    metal = row(
        5, "a", "material constituting the heat sink comprises a metal.", MET,
        "the lid is made of nickel-plated copper, which comprises a metal", [COPPER], roles=("heat sink",),
    )  # fmt: skip
    before = row(5, "pre", "The chip package structure of claim 1, wherein", NOT_MET, "claim 1 is not met")
    provide = row(
        21, "a", "providing a carrier and a plurality of chips;", MET, "a die and a substrate", [DIE, BONDED]
    )
    other = OtherReading(
        (replace(BINDINGS[2], part="stiffener", kind="stiffener"),), NOT_MET, "1[d] is ruled out"
    )
    return (
        replace(chart(1, 0, NOT_MET, rows, "1[f] is ruled out on every reading"), others=(other,)),
        chart(5, 1, NOT_MET, (*inherited(rows), before, metal), "claim 1 is not met"),
        chart(9, 0, CONFLICTING, [replace(rows[5], id="9[f]", anchor="9f", claim=9)], "two sources disagree"),
        chart(10, 9, UNKNOWN, [replace(rows[2], id="10[a]", anchor="10a", claim=10)], "one element is open"),
        chart(21, 0, MET, [provide], "every element is met"),
    )


def ordinary() -> ProductCharts:
    sources = (
        SourceSheet(
            "teardown", "Teardown of the X100", "2024-06-11", "sources/teardown.txt", "cd" * 32, TEARDOWN
        ),
        SourceSheet("ds", "X100 data sheet", "2024-03-02", "sources/data-sheet.md", "ab" * 32, SHEET),
        SourceSheet("photo", "Photograph of the top", "", "sources/top.jpg", "ef" * 32, ""),
    )
    title = "X100 graphics processor"
    kind = "ball grid array package"
    return collect(ProductCharts("x100", title, kind, "documented", facts(FACTS), sources, charts()))


def hostile() -> ProductCharts:
    """Describe a product whose every text tries to break out of its page."""
    text = f'first\n  {SCRIPT} & <b>bold</b>\n{RIGHT_TO_LEFT}\x07\n\x0cpage "two"\n'
    quote = Citation("h1", f"{SCRIPT} is set over <b>it</b>", "stated", "../DS", SCRIPT, "line 2", SCRIPT)
    turned = Citation("h2", RIGHT_TO_LEFT, "stated", "../DS", 'x" onload="y', "line 3", RIGHT_TO_LEFT)
    lost = Citation("h3", "nowhere", "stated", "../DS", SCRIPT, "page 9", f"not there {SCRIPT}")
    gone = Citation("h4", "no such source", "stated", "missing", "", "", "words")
    cited = row(1, "a", f"a {SCRIPT};", MET, SCRIPT, [quote, turned, lost], [gone], [SCRIPT])
    binding = Binding("r", SCRIPT, RIGHT_TO_LEFT, SCRIPT, "1[a]", SCRIPT)
    single = replace(chart(1, 0, CONFLICTING, [cited], SCRIPT), bindings=(binding,))
    sheet = SourceSheet("../DS", SCRIPT, SCRIPT, "../../etc/passwd", "", text)
    said, title = facts((quote, turned, lost, gone)), f"{SCRIPT} {RIGHT_TO_LEFT}"
    return collect(ProductCharts("../Up <x>", title, "<i>", "documented", said, (sheet,), (single,)))


def portfolio() -> Portfolio:
    constructions = ("1[h]: same-step", f"1[i]: {SCRIPT}")
    return Portfolio(
        "chip-package",
        "Chip package structure and process",
        "documented",
        constructions,
        (ordinary(), hostile()),
        claims=claims(),
        roles=(RoleSheet("chip", "chip", f"What is bonded. {SCRIPT}", ("chip",)),),
    )


def claims() -> tuple[ClaimSheet, ...]:
    """Show the claims charted; one has two constructions, and a shape that tries to break out of its page."""
    return tuple(_claim(chart) for chart in charts())


def _claim(chart: Chart) -> ClaimSheet:
    number, parent = chart.claim, chart.parent
    dependents = tuple(other.claim for other in charts() if other.parent == number)
    lineage = (parent, number) if parent else (number,)
    elements = tuple(_element(row) for row in chart.rows if row.claim == number)
    return ClaimSheet(
        number, parent, lineage, dependents, chart.category, chart.text, ("chip", "carrier"), elements
    )


def _element(row: Row) -> ElementSheet:
    names = (row.construction, *(other.name for other in row.alternatives))
    shape = f'cp:{row.anchor} a sh:NodeShape ;\n    claim:note "{SCRIPT}" .\n\n# end'
    constructions = tuple(
        ConstructionSheet(name, row.note, row.sentence, f"urn:{row.anchor}", name == names[0], shape, (CHIP,))
        for name in names
    )
    return ElementSheet(row.id, row.anchor, row.text, row.roles[:1], constructions)


CHIP = "https://w3id.org/readson/package#Chip"


def ontology() -> tuple[OntologySheet, ...]:
    """Show two terms, one above the other; the second is hostile."""
    item, chip = "https://w3id.org/readson/package#Item", CHIP
    uses = (Use(1, "1[b]", "1b"), Use(2, "2[a]", "2a"))
    terms = (
        _term(item, "item", "Anything.", (), (chip,), ()),
        _term(chip, f"chip {SCRIPT}", f"A die. {SCRIPT}", (item,), (), uses),
    )
    return (
        OntologySheet("package", "pkg", "https://w3id.org/readson/package#", "Parts", "All parts.", terms),
    )


def _term(
    iri: str,
    label: str,
    definition: str,
    above: tuple[str, ...],
    below: tuple[str, ...],
    uses: tuple[Use, ...],
) -> TermSheet:
    name = iri.rpartition("#")[2]
    return TermSheet(
        iri, name, "class", label, ("die",), definition, above, below, (), (), (), (), (), "", "", uses
    )
