"""What many tests share: the ontology, the encoded patent and the described products."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import Phase, settings

from readson.ingest import read_descriptions
from readson.ontology import Ontology, load_ontology
from readson.shapes import Patent, load_patent
from readson.statements import Product

ROOT = Path(__file__).resolve().parents[1]
# Last, so that of two modules of one name that of the tests is found.
sys.path.append(str(ROOT / "bench"))
# A mutant that a generated case kills is dead; to look for a simpler case takes longer than all the rest.
settings.register_profile("mutation", phases=(Phase.explicit, Phase.generate))


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="session")
def patent(ontology: Ontology) -> Patent:
    return load_patent("chip-package", ontology)


@pytest.fixture(scope="session")
def described(ontology: Ontology) -> tuple[Product, ...]:
    """Read the products of `data/products`, in the order of their folders."""
    paths = sorted((ROOT / "data/products").glob("*/product.yaml"))
    return tuple(read_descriptions(paths, ontology.lexicon))
