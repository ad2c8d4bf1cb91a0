"""Benchmarks compare like with like: all engines get what the oracle gets, and no difference is overlooked."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import rdflib
from engines import Engine, EngineFailure
from rdflib.compare import isomorphic
from report import Report, figure
from results import difference, read_results
from workload import shape_names, write_data, write_shapes

from products import random_products
from readson.assess import assess
from readson.ontology import Ontology
from readson.oracle import data_graph, shapes_graph
from readson.resources import turtle_files
from readson.shapes import Patent

SH = "<http://www.w3.org/ns/shacl#{}>"
RDF = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#{}>"


def test_engines_get_the_data_that_the_oracle_gets(ontology: Ontology, patent: Patent, tmp_path: Path) -> None:
    products = random_products(range(6), ontology)
    count = write_data(tmp_path / "data.nt", products, ontology, patent)
    written = rdflib.Graph().parse(tmp_path / "data.nt", format="nt")
    assessment = assess(products, ontology, patent, "closed")
    wanted = rdflib.Graph()
    for number in range(len(products)):
        wanted += data_graph(assessment, number)
    assert set(written) == set(wanted)
    assert count == len(wanted)
