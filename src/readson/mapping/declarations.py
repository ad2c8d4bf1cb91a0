"""Read material declarations after IPC-1752A: which parts there are, and what they are made of.

The schema is fixed, so no key is guessed: a product has subproducts and homogeneous materials, and those have
substances. Paths hold the names of elements, and last that of an attribute; masses say nothing of structure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from readson.documents.model import Document
from readson.lexicon import Kind
from readson.mapping.entries import Entry, field_entries
from readson.mapping.leaves import Leaves
from readson.mapping.saying import Saying, Told
from readson.mapping.values import describe, head_kind, says_nothing
from readson.statements import PRODUCT, TYPE

FORM = "ipc-1752a"
_PRODUCT, _SUBPRODUCT, _MATERIAL, _SUBSTANCE = "product", "subproduct", "homogeneousmaterial", "substance"
_ELEMENTS = (_PRODUCT, _SUBPRODUCT, _MATERIAL, _SUBSTANCE)
_NAMES = ("name", "itemname", "materialname", "substancename", "description")
_MASS = "a mass, of which the ontology says nothing"
_OTHER = "of the declaration itself, not of what the product is made of"
_MASSES = ("amount", "mass", "weight", "value", "uom", "unit", "tolerance", "ppm", "concentration", "percent")


@dataclass
class Declaration:
    """Read entries in their order. `parts` are the product and the subproducts around a place."""

    saying: Saying
    parts: list[str] = field(default_factory=lambda: [PRODUCT])
    bearer: str = ""

    def read(self, entry: Entry) -> None:
        """Read one attribute or text."""
        names = _local(entry.path)
        element = next((name for name in reversed(names[:-1]) if name in _ELEMENTS), "")
        if entry.null or says_nothing(entry.text):
            self.saying.gathering.ignore(entry.own, "says that nothing is known")
        elif element and names[-1] in _NAMES and not _inside(names, element):
            told = Told(entry.text, entry.quote, entry.value)
            self._named(element, names.count(_SUBPRODUCT), entry, told)
        else:
            mass = bool(element) and any(name in _MASSES for name in names[-2:])
            self.saying.gathering.ignore(entry.own, _MASS if mass else _OTHER)

    def _named(self, element: str, depth: int, entry: Entry, told: Told) -> None:
        if element == _PRODUCT:
            Leaves(self.saying).name_product(entry)
            self.bearer = ""
        elif element == _SUBPRODUCT:
            self._subproduct(max(depth, 1), entry, told)
        else:
            del self.parts[depth + 1 :]
            self._material(told) if element == _MATERIAL else self._substance(told)

    def _subproduct(self, depth: int, entry: Entry, told: Told) -> None:
        del self.parts[depth:]
        while len(self.parts) < depth:
            self.parts.append("")
        self.parts.append(self._part(told, self.parts[-1], "/".join(entry.path)))
        self.bearer = ""
        if not self.parts[-1]:
            self.saying.gathering.unsettle(told.span, f"`{told.text[:80]}` is no known kind of part")

    def _material(self, told: Told) -> None:
        """Read a homogeneous material: often it is called by the part that it makes up."""
        around = self.parts[-1]
        self.bearer = self._part(told, around, around)
        if self.bearer:
            return
        self.bearer = around if around != PRODUCT else ""
        materials = describe(self.saying.senses, told.text).materials
        if self.bearer and materials:
            self._made_of(self.bearer, materials, told)
        elif materials:
            self.saying.gathering.unsettle(
                told.span, f"it is not said which part `{told.text[:80]}` makes up"
            )
        else:
            self.saying.gathering.unsettle(told.span, f"`{told.text[:80]}` is no known part and no material")

    def _substance(self, told: Told) -> None:
        name = re.split(r"[(,;]", told.text, maxsplit=1)[0]
        materials = describe(self.saying.senses, name).materials
        if materials and self.bearer:
            self._made_of(self.bearer, materials, told)
        elif materials:
            self.saying.gathering.unsettle(told.span, f"it is not known which part `{told.text[:80]}` is in")
        elif self.bearer:
            self.saying.other_material(self.bearer, told)
        else:
            self.saying.gathering.ignore(told.span, "a substance that the ontology does not name")

    def _made_of(self, bearer: str, materials: tuple[Kind, ...], told: Told) -> None:
        made_of = self.saying.senses.lexicon.role("material")
        for material in materials:
            self.saying.gathering.say(bearer, made_of, material.iri, told.span)

    def _part(self, told: Told, around: str, scope: str) -> str:
        """Give the part that a name is of: the one around it, or one in a scope; "" for none."""
        senses, gathering = self.saying.senses, self.saying.gathering
        found = head_kind(senses, told.text)
        if found is None or senses.is_step(found[0].iri):
            return ""
        kind, name = found
        if self.saying.is_product(kind.iri):
            gathering.say(PRODUCT, TYPE, kind.iri, told.span)
            return gathering.product(told.span, kind.iri)
        if around not in ("", PRODUCT) and senses.lexicon.is_a(gathering.kind(around), kind.iri):
            gathering.say(around, TYPE, kind.iri, told.span)
            return around
        before = len(gathering.items)
        item = gathering.item(kind, name, (), scope, told.span)
        if len(gathering.items) == before:
            gathering.say(item, TYPE, kind.iri, told.span)
        elif around not in ("", PRODUCT):
            gathering.say(around, self.saying.part, item, told.span)
        return item


def read_declaration(saying: Saying, document: Document) -> None:
    """Read a declaration into findings."""
    declaration = Declaration(saying)
    for entry in field_entries(document):
        declaration.read(entry)


def _local(path: tuple[str, ...]) -> list[str]:
    """Give the local names of a path: no namespaces, no places, no signs of attributes."""
    names = (
        re.sub(r"^\{[^}]*\}|^[\w.-]+:|[@#]|\[\d+\]$", "", key).lower() for key in path if not key.isdigit()
    )
    return ["product" if name == "productid" else name for name in names] or [""]


def _inside(names: list[str], element: str) -> bool:
    """Tell whether a name is of something inside an element: its number, its maker, its amount."""
    below = names[len(names) - names[::-1].index(element) : -1]
    return any(not name.endswith("id") and name not in _NAMES for name in below)
