"""Judge labelled texts in one batch, and give each element the verdict that stands for the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from readson.assess import Assessment, assess
from readson.documents import read_document_bytes
from readson.drafting.reading import draft_documents
from readson.evaluation.texts import Labelled
from readson.lexicon import Lexicon
from readson.ontology import Ontology
from readson.readings import Readings
from readson.relations import Nodes
from readson.shapes import Element, Patent
from readson.statements import Product
from readson.tables import Table
from readson.verdicts import Bits, Verdict, conjoin


@dataclass(frozen=True)
class Judged:
    """The texts, what was made of them, and their verdicts by element, a column a text."""

    texts: tuple[Labelled, ...]
    assessment: Assessment
    verdicts: Mapping[str, Bits]

    def verdict(self, id: str, number: int) -> Verdict:
        """Give the verdict on a text of an element, or of a conjunction of several."""
        return Verdict(int(reduce(conjoin, [self.verdicts[part] for part in id.split("+")])[number]))


def judge(
    texts: Sequence[Labelled],
    ontology: Ontology,
    patent: Patent,
    world: str,
    advance: Callable[[], object] = lambda: None,
) -> Judged:
    """Read all texts and judge them together; `advance` is called after each one is read."""
    products = []
    for text in texts:
        products.append(_read(text, ontology.lexicon))
        advance()
    assessment = assess(products, ontology, patent, world)
    wanted = {part for text in texts for id in text.expected for part in id.split("+")}
    elements = [patent.element(id) for id in sorted(wanted)]
    verdicts = {element.id: element_verdicts(assessment, element) for element in elements}
    return Judged(tuple(texts), assessment, verdicts)


def _read(text: Labelled, lexicon: Lexicon) -> Product:
    if not text.text.strip():
        return Product(text.id, text.id, ("product",), ())
    document = read_document_bytes(f"{text.id}.txt", text.text.encode())
    product = draft_documents([document], lexicon, text.product).product
    return replace(product, slug=text.id)


def element_verdicts(assessment: Assessment, element: Element) -> Bits:
    """Give an element's verdicts, one a product, in the reading that its claim's chart shows.

    An element that brings in a part is not met only if it is so whatever that part may be, one that nobody
    named included; else nothing is known of it.
    """
    readings = assessment.readings[element.claim]
    bits = readings.elements[element.id]
    if element.inherits or not element.introduces:
        return bits
    refuted = _refuted_by_all(assessment, element, readings)
    return np.where((bits == Verdict.NOT_MET.value) & ~refuted, np.uint8(Verdict.UNKNOWN.value), bits)


def _refuted_by_all(assessment: Assessment, element: Element, readings: Readings) -> Bits:
    """Tell of each product whether no candidate of the roles that an element introduces would do."""
    search = assessment.search
    space = search.spaces.of(tuple(element.introduces))
    choice = {role: places[space.product] for role, places in readings.choice.items()} | dict(space.choice)
    bits = _bits(assessment, search.tables(element), space.product, choice)
    others = np.bincount(space.product, bits != Verdict.NOT_MET.value, minlength=search.products)
    refuted: Bits = others == 0
    return refuted


def _bits(
    assessment: Assessment, tables: Sequence[Table], product: Nodes, choice: Mapping[str, Nodes]
) -> Bits:
    place = assessment.search.spaces.place
    return reduce(conjoin, [table.bits[place(table.space, product, choice)] for table in tables])
