"""The IRIs that the engine itself reads: RDF, OWL, SHACL and readson's own upper vocabulary.

No term of any product or patent stands here; those come from `ontology/` and `shapes/`.
"""

from __future__ import annotations

from typing import Final

BASE: Final = "https://w3id.org/readson/"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"
VANN: Final = "http://purl.org/vocab/vann/"
SH: Final = "http://www.w3.org/ns/shacl#"

CLAIM: Final = BASE + "claim#"
RULE: Final = BASE + "rule#"
LEX: Final = BASE + "lexicon#"
EV: Final = BASE + "evidence#"
QTY: Final = BASE + "quantity#"
DRAW: Final = BASE + "drawing#"

TYPE: Final = RDF + "type"
TRUE: Final = "true"
FALSE: Final = "false"
