"""The shape files say what the claims say, use only what can be judged, and demand evidence."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

ROOT = Path(__file__).resolve().parents[1]
SHAPES = ROOT / "shapes" / "chip-package"
BASE = "https://w3id.org/readson/"
CLAIM = Namespace(BASE + "claim#")
CP = Namespace(BASE + "chip-package#")
NUMBERS = range(1, 27)
PREFIXES = "".join(
    f"@prefix {short}: <{BASE}{name}#> .\n"
    for short, name in [
        ("pkg", "package"),
        ("proc", "process"),
        ("mat", "material"),
        ("claim", "claim"),
        ("cp", "chip-package"),
    ]
)

SPLIT = """
1[pre] 1[a] 1[b] 1[c] 1[d] 1[e] 1[f] 1[g] 1[h] 1[i]
2[pre] 2[a] 3[pre] 3[a] 4[pre] 4[a] 5[pre] 5[a] 6[pre] 6[a] 7[pre] 7[a] 8[pre] 8[a]
9[pre] 9[a] 9[b] 9[c] 9[d] 9[e] 9[f] 9[g] 9[h] 9[i] 9[j]
10[pre] 10[a] 11[pre] 11[a] 12[pre] 12[a] 12[b] 13[pre] 13[a] 14[pre] 14[a] 14[b] 14[c] 15[pre] 15[a]
16[pre] 16[a] 17[pre] 17[a] 18[pre] 18[a] 19[pre] 19[a] 20[pre] 20[a]
21[pre] 21[a] 21[b] 21[c] 21[d] 21[e] 21[f]
22[pre] 22[a] 23[pre] 23[a] 24[pre] 24[a] 25[pre] 25[a] 26[pre] 26[a]
"""
ELEMENTS = SPLIT.split()

CONSTRUCTIONS = {
    ("1[h]", "9[i]"): ("same-step", {"any-molding", "structure-only"}),
    ("1[i]", "9[j]"): ("at-least-part", {"part-not-all"}),
    ("1[e]", "9[f]"): ("plan-view", {"total-surface"}),
    ("3[a]", "11[a]", "21[c]"): ("adhesive", {"any-TIM"}),
    ("8[a]", "20[a]"): ("literal", {"interposer-is-substrate"}),
    ("12[a]",): ("direct", {"direct-or-indirect"}),
    ("25[a]",): ("at-least-10-below", {"exactly-10-below", "within-10-below"}),
}


def graph(*files: Path) -> Graph:
    """Parse Turtle files into one graph."""
    merged = Graph()
    for file in files:
        merged.parse(file)
    return merged


@cache
def shapes() -> Graph:
    """Load all shape files of the patent."""
    return graph(*sorted(SHAPES.glob("*.ttl")))


@cache
def meta() -> Graph:
    """Load the shapes for shapes."""
    return graph(ROOT / "shapes" / "meta.ttl")


@cache
def claims() -> dict[int, dict[str, object]]:
    """Load the verbatim claims by number."""
    text = (ROOT / "data/patents/chip-package/claims.yaml").read_text("utf-8")
    return {claim["number"]: claim for claim in yaml.safe_load(text)["claims"]}


def members(subject: Node, predicate: URIRef) -> list[Node]:
    """List the members of the list that a property has as its value."""
    head = shapes().value(subject, predicate)
    assert head is not None
    return list(Collection(shapes(), head))


def lineage(number: int) -> list[int]:
    """List a claim and those it depends on, nearest first."""
    parent = shapes().value(CP[f"Claim{number}"], CLAIM.dependsOn)
    return [number, *(lineage(int(str(parent).rsplit("Claim", 1)[1])) if parent else [])]


# ---- The words of the claims ----------------------------------------------------------------------------


@pytest.mark.parametrize("number", NUMBERS)
def test_element_texts_join_up_to_the_claim(number: int) -> None:
    claim = CP[f"Claim{number}"]
    joined = " ".join(str(shapes().value(e, CLAIM.text)) for e in members(claim, SH["and"]))
    assert joined == str(shapes().value(claim, CLAIM.text)) == claims()[number]["text"]


@pytest.mark.parametrize("number", NUMBERS)
def test_claim_has_its_category_and_parent(number: int) -> None:
    assert str(shapes().value(CP[f"Claim{number}"], CLAIM.category)) == claims()[number]["category"]
    parent = claims()[number]["depends_on"]
    assert lineage(number)[1:2] == ([parent] if parent else [])


@pytest.mark.parametrize("number", NUMBERS)
def test_header_of_the_file_quotes_the_claim(number: int) -> None:
    lines = (SHAPES / f"claim-{number:02}.ttl").read_text("utf-8").split("\n\n")[0].splitlines()
    folded = " ".join(line.removeprefix("# ") for line in lines)
    assert folded == f"Claim {number}. {claims()[number]['text']}"


def test_all_26_claims_are_there() -> None:
    assert sorted(claims()) == list(NUMBERS)
    assert len(set(shapes().subjects(RDF.type, CLAIM.Claim))) == len(NUMBERS)


def test_every_element_of_the_split_is_there_and_no_other() -> None:
    found = [str(shapes().value(e, CLAIM.id)) for n in NUMBERS for e in members(CP[f"Claim{n}"], SH["and"])]
    assert found == ELEMENTS
    assert len(set(shapes().subjects(RDF.type, CLAIM.Element))) == len(ELEMENTS)


def test_elements_are_numbered_in_the_order_of_the_claim() -> None:
    for n in NUMBERS:
        order = [int(str(shapes().value(e, SH.order))) for e in members(CP[f"Claim{n}"], SH["and"])]
        assert order == list(range(1, len(order) + 1))


def test_every_element_belongs_to_the_claim_that_lists_it() -> None:
    for n in NUMBERS:
        for element in members(CP[f"Claim{n}"], SH["and"]):
            assert shapes().value(element, CLAIM.ofClaim) == CP[f"Claim{n}"]
            name = re.sub(r"[\[\]]", "", str(shapes().value(element, CLAIM.id)))
            assert element == CP[name]


def test_every_argued_element_has_its_constructions_and_no_other_has_any() -> None:
    expected = {id: names for ids, names in CONSTRUCTIONS.items() for id in ids}
    for id in ELEMENTS:
        element = CP[re.sub(r"[\[\]]", "", id)]
        name = shapes().value(element, CLAIM.constructionName)
        others = {
            str(shapes().value(c, CLAIM.constructionName))
            for c in shapes().subjects(CLAIM.construes, element)
        }
        assert (str(name) if name else "", others) == expected.get(id, ("", set())), id


# ---- The terms ------------------------------------------------------------------------------------------


def test_every_term_is_declared() -> None:
    declared = set(shapes().subjects(RDF.type)) | set(meta().subjects(RDF.type))
    declared |= set(graph(*sorted((ROOT / "ontology").glob("*.ttl"))).subjects(RDF.type))
    used = {term for triple in (shapes() + meta()) for term in triple if isinstance(term, URIRef)}
    assert sorted(t for t in used - declared if t.startswith(BASE)) == []


def mentions(node: Node, into: set[Node]) -> set[Node]:
    """Collect what a shape mentions, through its blank nodes and derived properties."""
    for term in shapes().objects(node):
        fresh = term not in into
        into.add(term)
        if fresh and (isinstance(term, BNode) or (term, RDF.type, CLAIM.DerivedProperty) in shapes()):
            mentions(term, into)
    return into


@pytest.mark.parametrize("number", NUMBERS)
def test_every_role_is_used_by_an_element_of_its_claim(number: int) -> None:
    used: set[Node] = set()
    for element in members(CP[f"Claim{number}"], SH["and"]):
        introduced = set(shapes().objects(element, CLAIM.introduces))
        constraints = {o for p, o in shapes().predicate_objects(element) if p != CLAIM.introduces}
        used |= constraints.union(*(mentions(c, set()) for c in constraints if isinstance(c, BNode)))
        assert introduced <= used, element
    assert set(members(CP[f"Claim{number}"], CLAIM.roles)) <= used


def test_every_role_and_derived_property_is_needed() -> None:
    used: set[Node] = set()
    for kind in (CLAIM.Element, CLAIM.Construction):
        for shape in shapes().subjects(RDF.type, kind):
            mentions(shape, used)
    for kind in (CLAIM.Role, CLAIM.DerivedProperty):
        assert set(shapes().subjects(RDF.type, kind)) <= used


# ---- Shapes for shapes ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_shape_files_are_shacl() -> None:
    assert validate(Graph(), shacl_graph=shapes(), meta_shacl=True)[0]


@pytest.mark.slow
def test_shapes_for_shapes_are_shacl_and_accept_all_files() -> None:
    conforms, _, text = validate(shapes(), shacl_graph=meta(), meta_shacl=True)
    assert conforms, text


def spoil(old: str, new: str) -> Graph:
    """Load claim 1 with one place in its file changed."""
    text = (SHAPES / "claim-01.ttl").read_text("utf-8")
    assert old in text
    spoilt = graph(SHAPES / "patent.ttl", SHAPES / "roles.ttl")
    return spoilt.parse(data=text.replace(old, new, 1), format="turtle")


def refusal(old: str, new: str) -> str:
    """Say what meta.ttl finds wrong with a spoilt claim 1."""
    conforms, _, text = validate(spoil(old, new), shacl_graph=meta())
    assert not conforms
    return text


def test_claim_1_alone_is_accepted() -> None:
    conforms, _, text = validate(spoil("", ""), shacl_graph=meta())
    assert conforms, text


def test_misspelt_term_in_a_property_shape_is_refused() -> None:
    assert "minCont" in refusal("cp:chip ; sh:minCount 1", "cp:chip ; sh:minCont 1")


def test_misspelt_term_on_an_element_is_refused() -> None:
    assert "propperty" in refusal("sh:property [ sh:path cp:carrier", "sh:propperty [ sh:path cp:carrier")


def test_misspelt_term_inside_or_is_refused() -> None:
    old = "sh:or ( [ sh:property [ sh:path ( cp:encapsulant proc:formedBy ) ; sh:minCount 1"
    assert "minCont" in refusal(old, old.replace("minCount", "minCont"))


def test_misspelt_member_of_or_is_refused() -> None:
    assert "outside the profile" in refusal("sh:or ( [ sh:property [", "sh:or ( [ sh:propperty [")


def test_misspelt_path_is_refused() -> None:
    assert "path step" in refusal("[ sh:zeroOrOnePath pkg:layerOf ]", "[ sh:zeroOrOnPath pkg:layerOf ]")


def test_misspelt_negation_is_refused() -> None:
    found = refusal("pkg:over ) ; sh:disjoint cp:chip", "pkg:over ) ; sh:disjont cp:chip")
    assert "disjont" in found


@pytest.mark.parametrize(
    "term", ["sh:maxCount 1", "sh:equals cp:chip", "sh:closed true", "sh:datatype xsd:double"]
)
def test_term_outside_the_profile_is_refused(term: str) -> None:
    found = refusal("sh:class pkg:HeatSink", f"sh:class pkg:HeatSink ; {term}")
    assert term.split()[0].removeprefix("sh:") in found


@pytest.mark.parametrize("term", ["sh:xone ( )", "sh:sparql [ ]", "sh:maxCount 1", "sh:deactivated true"])
def test_term_outside_the_profile_on_an_element_is_refused(term: str) -> None:
    found = refusal("sh:targetClass cp:Reading1 ;", f"sh:targetClass cp:Reading1 ; {term} ;")
    assert term.split()[0].removeprefix("sh:") in found


def test_qualified_shape_without_a_number_is_refused() -> None:
    new = "sh:path cp:carrier ; sh:qualifiedValueShape [ sh:class pkg:Carrier ]"
    found = refusal("sh:path cp:carrier ; sh:minCount 1 ; sh:class pkg:Carrier", new)
    assert "qualifiedMinCount" in found


def test_demand_that_no_value_meets_is_refused() -> None:
    old = "sh:path cp:heatSink ; sh:minCount 1 ; sh:class pkg:HeatSink"
    assert "holds of no values" in refusal(old, old.replace("sh:minCount 1 ; ", ""))


def test_negation_of_anything_but_disjoint_is_refused() -> None:
    new = "sh:not [ sh:path cp:heatSink ; sh:minCount 1 ]"
    assert "minCount" in refusal("sh:not [ sh:path ( cp:heatSink pkg:over ) ; sh:disjoint cp:chip ]", new)


def test_negation_inside_a_property_shape_is_refused() -> None:
    new = "sh:property [ sh:path cp:heatSink ; sh:not [ sh:path pkg:over ; sh:disjoint cp:chip ] ]"
    assert "sh:not" in refusal("sh:not [ sh:path ( cp:heatSink pkg:over ) ; sh:disjoint cp:chip ]", new)


def test_undeclared_role_is_refused() -> None:
    assert "heatSnk" in refusal("sh:path ( cp:heatSink pkg:over )", "sh:path ( cp:heatSnk pkg:over )")


def test_role_of_another_claim_is_refused() -> None:
    assert "flippedChip" in refusal(
        "pkg:over ) ; sh:disjoint cp:chip", "pkg:over ) ; sh:disjoint cp:flippedChip"
    )


def test_derived_property_of_another_claim_is_refused() -> None:
    assert "firstChip" in refusal("sh:path cp:bumpCount", "sh:path cp:firstBumpCount")


def test_path_that_does_not_start_at_the_reading_is_refused() -> None:
    assert "a path starts at" in refusal("sh:path ( cp:heatSink pkg:over )", "sh:path ( pkg:over )")


def test_path_that_starts_at_the_inverse_of_a_role_is_refused() -> None:
    new = "sh:path ( [ sh:inversePath cp:heatSink ] pkg:over )"
    assert "a path starts at" in refusal("sh:path ( cp:heatSink pkg:over )", new)


def test_role_inside_a_nested_shape_is_refused() -> None:
    new = "sh:property [ sh:path cp:heatSink ; sh:node [ sh:property [ sh:path cp:chip ; sh:minCount 1 ] ] ]"
    found = refusal("sh:not [ sh:path ( cp:heatSink pkg:over ) ; sh:disjoint cp:chip ]", new)
    assert "out of reach" in found


def test_property_shape_right_inside_another_is_refused() -> None:
    new = "sh:property [ sh:path cp:heatSink ; sh:property [ sh:path pkg:over ; sh:minCount 1 ] ]"
    assert "sh:property" in refusal("sh:not [ sh:path ( cp:heatSink pkg:over ) ; sh:disjoint cp:chip ]", new)


def test_reference_to_another_element_is_refused() -> None:
    assert "sh:node names" in refusal(
        "sh:targetClass cp:Reading1 ;", "sh:targetClass cp:Reading1 ; sh:node cp:1i ;"
    )


@pytest.mark.parametrize("term", ["text", "note", "rule", "id", "ofClaim"])
def test_element_without_its_words_is_refused(term: str) -> None:
    text = (SHAPES / "claim-01.ttl").read_text("utf-8")
    element = text[text.index("cp:1d a ") :]
    found = re.search(rf'claim:{term} ("[^"]*"(@en)?|cp:\w+) ;', element)
    assert found
    changed = text.replace(element, element.replace(found[0], "", 1))
    spoilt = graph(SHAPES / "patent.ttl", SHAPES / "roles.ttl").parse(data=changed, format="turtle")
    conforms, _, report = validate(spoilt, shacl_graph=meta())
    assert not conforms and f"claim:{term}" in report


def test_role_that_no_element_introduces_is_refused() -> None:
    assert "introduced by no element" in refusal("claim:introduces cp:heatSink ;", "")


@pytest.mark.parametrize("term", ["rdfs:label", "skos:definition", "claim:candidate"])
def test_role_without_its_words_is_refused(term: str) -> None:
    text = (SHAPES / "roles.ttl").read_text("utf-8")
    changed = re.sub(rf"    {term} [^\n]* ([;.])\n", r"    \1\n", text, count=1)
    assert changed != text
    spoilt = graph(SHAPES / "patent.ttl", SHAPES / "claim-01.ttl").parse(data=changed, format="turtle")
    conforms, _, report = validate(spoilt, shacl_graph=meta())
    assert not conforms and term in report


# ---- What the shapes demand -----------------------------------------------------------------------------


@cache
def targeted() -> Graph:
    """Give the alternative constructions the targets of their elements, so that pySHACL judges them."""
    merged = Graph() + shapes()
    for construction, element in shapes().subject_objects(CLAIM.construes):
        merged.add((construction, SH.targetClass, shapes().value(element, SH.targetClass)))
    return merged


def demanding(node: Node) -> Node:
    """Find the element or construction that a shape, named or blank, is part of."""
    while isinstance(node, BNode):
        node = next(iter(shapes().subjects(None, node)))
    return node


def unmet(data: Graph) -> set[tuple[str, str]]:
    """List the readings and the elements that pySHACL finds unmet, by their local names."""
    whole = Graph() + data
    for triple in shapes().triples((None, RDFS.subClassOf, None)):
        whole.add(triple)
    _, report, _ = validate(whole, shacl_graph=targeted())
    return {
        (local(report.value(r, SH.focusNode)), local(demanding(report.value(r, SH.sourceShape))))
        for r in report.objects(None, SH.result)
    }


def local(node: Node | None) -> str:
    """Give the last part of an IRI."""
    return str(node).rsplit("#", 1)[-1]


def test_silence_meets_no_element_and_no_construction() -> None:
    data = Graph()
    for n in NUMBERS:
        data.add((CP[f"empty{n}"], RDF.type, CP[f"Reading{n}"]))
    owners = set(shapes().subject_objects(CLAIM.ofClaim))
    owners |= {(c, shapes().value(e, CLAIM.ofClaim)) for c, e in shapes().subject_objects(CLAIM.construes)}
    demanded = {
        (f"empty{n}", local(shape))
        for n in NUMBERS
        for shape, claim in owners
        if claim in {CP[f"Claim{m}"] for m in lineage(n)}
    }
    assert unmet(data) == demanded


PACKAGE = """
cp:package a pkg:Package ; pkg:hasDie cp:die .
cp:substrate a pkg:Carrier , pkg:PackagingSubstrate .
cp:die a pkg:Chip ; pkg:hasActiveSurface cp:face ; pkg:flipChipBondedTo cp:substrate ;
    pkg:electricallyConnectedTo cp:substrate .
cp:memory a pkg:Chip .
cp:stand-off a pkg:Gap ; pkg:between cp:die , cp:substrate ; pkg:filledBy cp:mold .
cp:lid a pkg:HeatSink ; pkg:over cp:die ;
    pkg:hasGreaterPlanAreaThan cp:die ; pkg:hasGreaterTotalSurfaceThan cp:die ;
    pkg:attachedToBackOf cp:die ; pkg:hasTopSurface cp:lid-top ; pkg:madeOf cp:copper .
cp:copper a mat:MetalBearing .
cp:lid-top pkg:exposedInPart true ; pkg:exposedInFull false .
cp:mold a pkg:Encapsulant ; pkg:covers cp:substrate ; proc:formedBy cp:molding ; pkg:onePiece true ;
    pkg:maxParticleDiameter 20e-6 ; pkg:madeOf cp:compound .
cp:compound a mat:ResinBearing .
cp:molding a proc:Molding .
cp:glue a pkg:InterfaceLayer ; pkg:conductsHeat true ; pkg:adheres true ; pkg:between cp:die , cp:lid .
cp:balls a pkg:SolderBall ; pkg:count 400e0 ; pkg:sitsOn cp:underside .
cp:underside pkg:bottomSurfaceOf cp:substrate .
cp:capacitor a pkg:PassiveComponent ; pkg:attachedTo cp:substrate ; pkg:electricallyConnectedTo cp:substrate .
"""

CLAIM_1 = """
cp:r1 a cp:Reading1 ;
    claim:product cp:package ; cp:carrier cp:substrate ; cp:chip cp:die ; cp:heatSink cp:lid ;
    cp:encapsulant cp:mold ; cp:gap cp:stand-off ; cp:bumpCount 612e0 .
"""


def told(*turtle: str) -> Graph:
    """Parse a hand-made product and its readings."""
    return Graph().parse(data=PREFIXES + "".join(turtle), format="turtle")


def test_a_package_that_claim_1_reads_on_meets_every_element() -> None:
    assert unmet(told(PACKAGE, CLAIM_1)) == set()


def test_heat_sink_over_another_chip_fails_where_the_claim_names_the_chip() -> None:
    moved = PACKAGE.replace("pkg:over cp:die", "pkg:over cp:memory").replace("Than cp:die", "Than cp:memory")
    failed = {element for _, element in unmet(told(moved, CLAIM_1))}
    assert failed == {"1d", "1e", "1e-total-surface"}


def test_claims_2_to_8_are_met_on_the_parts_of_claim_1() -> None:
    added = {
        2: "cp:halfGapHeight 25e-6",
        3: "cp:adhesive cp:glue",
        6: "cp:solderBalls cp:balls ; cp:ballCount 400e0",
        7: "cp:passive cp:capacitor",
    }
    readings = "".join(
        CLAIM_1.replace("cp:r1", f"cp:r{n}").replace(
            "Reading1", f"Reading{n} ; {added.get(n, 'a cp:Reading1')}"
        )
        for n in range(2, 9)
    )
    assert unmet(told(PACKAGE, readings)) == set()


STACK = """
cp:package a pkg:Package .
cp:substrate a pkg:Carrier , pkg:LeadFrame .
cp:set a pkg:Chipset ; pkg:setOver cp:substrate ; pkg:setConnectedTo cp:substrate ;
    pkg:hasMember cp:low , cp:middle , cp:high .
cp:low a pkg:Chip ; pkg:hasActiveSurface cp:low-face .
cp:middle a pkg:Chip ; pkg:hasActiveSurface cp:middle-face .
cp:high a pkg:Chip ; pkg:hasActiveSurface cp:high-face ; pkg:flipChipBondedTo cp:middle ;
    pkg:electricallyConnectedTo cp:middle .
cp:upper-gap pkg:filledBy cp:mold .
cp:lid a pkg:HeatSink ; pkg:setOver cp:set ;
    pkg:hasGreaterPlanAreaThan cp:set ; pkg:hasGreaterTotalSurfaceThan cp:set ;
    pkg:hasTopSurface cp:lid-top ; pkg:madeOf cp:copper .
cp:copper a mat:MetalBearing .
cp:lid-top pkg:exposedInPart true ; pkg:exposedInFull false .
cp:mold a pkg:Encapsulant ; pkg:covers cp:substrate ; proc:formedBy cp:molding ; pkg:onePiece true ;
    pkg:maxParticleDiameter 20e-6 ; pkg:madeOf cp:compound .
cp:compound a mat:ResinBearing .
cp:molding a proc:Molding .
cp:glue a pkg:InterfaceLayer ; pkg:conductsHeat true ; pkg:adheres true ; pkg:between cp:set , cp:lid .
cp:balls a pkg:SolderBall ; pkg:count 400e0 ; pkg:sitsOn cp:underside .
cp:underside pkg:bottomSurfaceOf cp:substrate .
cp:capacitor a pkg:PassiveComponent ; pkg:attachedTo cp:substrate ; pkg:electricallyConnectedTo cp:substrate .
cp:low-wires a pkg:Wire ; pkg:connects cp:low , cp:substrate .
cp:middle-wires a pkg:Wire ; pkg:connects cp:middle , cp:substrate .
"""
FACE_UP = "cp:low pkg:attachedTo cp:substrate ; pkg:facesAwayFrom cp:substrate .\n"
FACE_DOWN = """
cp:low pkg:flipChipBondedTo cp:substrate ; pkg:electricallyConnectedTo cp:substrate .
cp:middle pkg:attachedTo cp:low ; pkg:facesAwayFrom cp:low .
"""
CLAIM_9 = """
    claim:product cp:package ; cp:carrier cp:substrate ; cp:chipset cp:set ; cp:flippedChip cp:high ;
    cp:bondTarget cp:middle ; cp:heatSink cp:lid ; cp:encapsulant cp:mold ; cp:flippedGap cp:upper-gap ;
    cp:chipCount 3e0 ; cp:halfFlippedGapHeight 25e-6 ; cp:adhesive cp:glue ; cp:solderBalls cp:balls ;
    cp:ballCount 400e0 ;
    cp:passive cp:capacitor .
"""


def test_claim_9_and_its_plain_dependents_are_met_by_a_stack() -> None:
    readings = "".join(f"cp:r{n} a cp:Reading{n} ; {CLAIM_9}" for n in (9, 10, 11, 16, 17, 18, 19, 20))
    assert unmet(told(STACK, readings)) == set()


def test_claim_13_is_met_by_a_flip_chip_on_a_wire_bonded_chip() -> None:
    two = STACK.replace("pkg:flipChipBondedTo cp:middle", "pkg:flipChipBondedTo cp:middle , cp:low").replace(
        "pkg:electricallyConnectedTo cp:middle", "pkg:electricallyConnectedTo cp:low"
    )
    roles = "cp:firstChip cp:low ; cp:secondChip cp:high ; cp:secondBumpCount 96e0"
    wires = "cp:wires cp:low-wires ; cp:wireCountFirstToCarrier 40e0"
    reading = f"cp:r13 a cp:Reading13 ; {roles} ; {wires} ; {CLAIM_9}"
    assert unmet(told(two, FACE_UP, reading)) == set()
    assert unmet(told(two, reading)) == {
        ("r13", "12a"),
        ("r13", "12a-direct-or-indirect"),
        ("r13", "13pre"),
    }


def test_an_indirect_attachment_meets_only_the_wide_construction_of_12a() -> None:
    indirect = """
cp:low pkg:attachedTo cp:spacer ; pkg:facesAwayFrom cp:substrate .
cp:spacer pkg:attachedTo cp:substrate .
"""
    reading = f"cp:r12 a cp:Reading12 ; cp:firstChip cp:low ; {CLAIM_9}"
    failed = {element for _, element in unmet(told(STACK, indirect, reading))}
    assert "12a" in failed and "12a-direct-or-indirect" not in failed


CLAIM_14 = """
    cp:firstChip cp:low ; cp:secondChip cp:middle ; cp:thirdChip cp:high ; cp:firstBumpCount 96e0 ;
    cp:thirdBumpCount 96e0 ; cp:wires cp:middle-wires ; cp:wireCountSecondToCarrier 40e0 ;
"""


def test_claim_15_is_met_by_three_chips() -> None:
    reading = f"cp:r15 a cp:Reading15 ; {CLAIM_14} {CLAIM_9}"
    assert unmet(told(STACK, FACE_DOWN, reading)) == set()


def test_one_chip_cannot_be_two_of_the_three_chips() -> None:
    reading = f"cp:r14 a cp:Reading14 ; {CLAIM_14} {CLAIM_9}".replace(
        "cp:thirdChip cp:high", "cp:thirdChip cp:low"
    )
    looped = FACE_DOWN + "cp:low pkg:flipChipBondedTo cp:middle ; pkg:electricallyConnectedTo cp:middle .\n"
    assert unmet(told(STACK, looped, reading)) == {("r14", "14c")}


def test_bonding_to_a_chip_outside_the_chipset_fails_9d_only() -> None:
    outside = STACK.replace("pkg:hasMember cp:low , cp:middle , cp:high", "pkg:hasMember cp:low , cp:high")
    assert unmet(told(outside, f"cp:r9 a cp:Reading9 ; {CLAIM_9}")) == {("r9", "9d")}


def test_bonding_to_the_carrier_meets_9d() -> None:
    direct = "cp:high pkg:flipChipBondedTo cp:substrate .\n"
    reading = f"cp:r9 a cp:Reading9 ; {CLAIM_9}".replace(
        "cp:bondTarget cp:middle", "cp:bondTarget cp:substrate"
    )
    assert unmet(told(STACK, direct, reading)) == set()


PROCESS = """
cp:package proc:madeBy cp:flow .
cp:flow a proc:Process ; proc:hasStep cp:molding , cp:sawing .
cp:sawing a proc:Dicing ; proc:yieldsCount 12e0 ; proc:after cp:molding ; proc:dices cp:substrate .
cp:molding a proc:Forming , proc:TransferMolding ; proc:reducedPressure true ; proc:cavityPressure 1066e0 ;
    proc:temperature 443.15e0 .
cp:tape a pkg:Film ; pkg:heatResistant true ; pkg:buffering true ; pkg:appliedOver cp:lid .
"""
CLAIM_21 = """
    claim:product cp:package ; cp:carrier cp:substrate ; cp:chip cp:die ; cp:heatSink cp:lid ;
    cp:adhesive cp:glue ; cp:film cp:tape ; cp:encapsulant cp:mold ; cp:formingStep cp:molding ;
    cp:dicingStep cp:sawing ; cp:gap cp:stand-off ; cp:bumpCount 612e0 ;
    cp:chipsProvided 1e0 ; cp:halfGapHeight 25e-6 ;
"""


def melting(kelvin: float) -> str:
    """Write the melting point of the bumps and what is derived from it and from the molding."""
    less = "".join(f" ; cp:bumpMeltingPointLess{n} {kelvin - n}e0" for n in (9, 10, 11))
    return f"cp:moldingTemperature 443.15e0 ; cp:bumpMeltingPoint {kelvin}e0{less} .\n"


def test_claims_21_to_26_are_met_by_a_process() -> None:
    readings = "".join(
        f"cp:r{n} a cp:Reading{n} ; {CLAIM_21} {melting(456.15)}" for n in (21, 22, 23, 24, 26)
    )
    assert unmet(told(PACKAGE, PROCESS, readings)) == set()


def test_a_single_chip_that_is_not_cut_from_a_strip_fails_21a() -> None:
    single = PROCESS.replace("proc:yieldsCount 12e0", "proc:yieldsCount 1e0")
    assert unmet(told(PACKAGE, single, f"cp:r a cp:Reading21 ; {CLAIM_21} {melting(456.15)}")) == {
        ("r", "21a")
    }


def test_a_chip_without_an_active_surface_fails_21a() -> None:
    more = "cp:package pkg:hasDie cp:blank .\n"
    found = unmet(told(PACKAGE, PROCESS, more, f"cp:r a cp:Reading21 ; {CLAIM_21} {melting(456.15)}"))
    assert found == {("r", "21a")}


@pytest.mark.parametrize(
    ("melting_point", "failed"),
    [
        (456.15, {"25a-exactly-10-below", "25a-within-10-below"}),
        (453.15, set()),
        (453.65, {"25a-within-10-below"}),
        (448.15, {"25a", "25a-exactly-10-below"}),
        (440.15, {"25a", "25a-exactly-10-below", "25a-within-10-below"}),
    ],
)
def test_constructions_of_25a_part_ways(melting_point: float, failed: set[str]) -> None:
    found = unmet(told(PACKAGE, PROCESS, f"cp:r a cp:Reading25 ; {CLAIM_21} {melting(melting_point)}"))
    assert {element for _, element in found} == failed


def test_underfill_and_overmold_part_the_constructions_of_1h() -> None:
    layered = (
        PACKAGE.replace("pkg:filledBy cp:mold", "pkg:filledBy cp:underfill").replace(
            "proc:formedBy cp:molding ; pkg:onePiece true", "pkg:hasLayer cp:underfill ; pkg:onePiece false"
        )
        + "cp:underfill pkg:layerOf cp:mold ; proc:formedBy cp:step .\n"
    )
    capillary = {element for _, element in unmet(told(layered, "cp:step a proc:Dispensing .", CLAIM_1))}
    assert capillary == {"1h", "1h-any-molding", "1h-structure-only"}
    molded = {element for _, element in unmet(told(layered, "cp:step a proc:Molding .", CLAIM_1))}
    assert molded == {"1h", "1h-structure-only"}


def test_reading_classes_follow_the_claims() -> None:
    for n in NUMBERS:
        chain = lineage(n)
        parent = CP[f"Reading{chain[1]}"] if chain[1:] else CLAIM.Reading
        assert (CP[f"Reading{n}"], RDFS.subClassOf, parent) in shapes()
        assert (CP[f"Reading{n}"], RDF.type, OWL.Class) in shapes()
