"""Patents: claims, elements, roles and constructions, compiled from `shapes/<patent>/*.ttl`.

Only the part of SHACL Core that the four-valued engine judges is accepted; anything else is refused by
name, never skipped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from readson.errors import Problem, ShapeError, UsageError
from readson.expressions import And, Derived, Expression, Inherit
from readson.ontology import Ontology
from readson.profile import Reading, misfits
from readson.resources import content_folder, turtle_files
from readson.shacl import ShapeReader
from readson.turtle import Literal, Triples, as_written, load
from readson.vocabulary import CLAIM, RDFS, SH, SKOS, TYPE


@dataclass(frozen=True, slots=True)
class Role:
    """A term that later words of the claim point back to, and the classes it may read on."""

    iri: str
    label: str
    definition: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Construction:
    """One way to construe an element.

    `shape` is its shape as Turtle, with the derived properties it names, as the files have it; `terms` are
    the IRIs that these name.
    """

    iri: str
    name: str
    note: str
    rule: str
    demand: Expression
    shape: str = ""
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Element:
    """One row of a chart. `constructions` holds the default first."""

    iri: str
    id: str
    claim: int
    text: str
    introduces: tuple[str, ...]
    constructions: tuple[Construction, ...]

    @property
    def anchor(self) -> str:
        """Give the id as it stands in IRIs and pages: `1d` for `1[d]`."""
        return self.id.replace("[", "").replace("]", "")

    @property
    def inherits(self) -> bool:
        """Tell whether the element only repeats another claim."""
        return isinstance(self.constructions[0].demand, Inherit)

    def construction(self, name: str = "") -> Construction:
        """Find a construction by name; the default without one. Raise UsageError for a wrong name."""
        for construction in self.constructions:
            if not name or construction.name == name:
                return construction
        known = ", ".join(c.name for c in self.constructions if c.name) or "none"
        raise UsageError(f"{self.id} has no construction `{name}`; it has: {known}")

    def others(self, name: str = "") -> list[Construction]:
        """List the constructions beside the one of this name."""
        return [c for c in self.constructions if c is not self.construction(name)]


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. `roles` includes those of the claims it depends on, in order; `elements` are its own."""

    iri: str
    number: int
    parent: int
    category: str
    text: str
    roles: tuple[str, ...]
    reading_class: str
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Patent:
    """All claims of one patent; `number` is its publication number, where the shapes give it."""

    slug: str
    iri: str
    title: str
    claims: Mapping[int, Claim]
    roles: Mapping[str, Role]
    derived: Mapping[str, Derived]
    number: str = ""

    def lineage(self, number: int) -> tuple[Claim, ...]:
        """List a claim after all the claims it depends on."""
        claim = self.claims[number]
        return (*(self.lineage(claim.parent) if claim.parent else ()), claim)

    def elements(self, number: int) -> tuple[Element, ...]:
        """List the elements of a claim with those it inherits, in the order of the claims."""
        return tuple(e for claim in self.lineage(number) for e in claim.elements)

    def element(self, id: str) -> Element:
        """Find an element by its id. Raise UsageError when there is none."""
        for claim in self.claims.values():
            for element in claim.elements:
                if element.id == id:
                    return element
        raise UsageError(f"the patent has no element `{id}`; ids look like 1[d] or 12[a]")


def load_patent(slug: str, ontology: Ontology, folder: Path | None = None) -> Patent:
    """Read the shape files of one patent. Raise ShapeError with all that cannot be judged."""
    root = folder or content_folder("shapes")
    slug = slug or _only_patent(root)
    folder = root / slug
    if not folder.is_dir():
        raise UsageError(f"there are no shapes for the patent `{slug}`")
    files = turtle_files(folder)
    triples = load(files, ShapeError)
    written = [as_written(file.read_text("utf-8")) for file in files]
    return _PatentReader(slug, triples, ontology, {k: v for one in written for k, v in one.items()}).read()


def _only_patent(root: Path) -> str:
    slugs = patent_slugs(root)
    if len(slugs) != 1:
        raise UsageError(f"name a patent with --patent; there are shapes for: {', '.join(slugs) or 'none'}")
    return slugs[0]


def patent_slugs(folder: Path | None = None) -> tuple[str, ...]:
    """List the patents that have shapes."""
    root = folder or content_folder("shapes")
    return tuple(sorted(path.name for path in root.iterdir() if path.is_dir()))


class _PatentReader:
    """Read the legal side: who depends on whom, which roles, which texts."""

    def __init__(self, slug: str, triples: Triples, ontology: Ontology, written: Mapping[str, str]) -> None:
        self.slug, self.t, self.written = slug, triples, written
        self.shacl = ShapeReader(triples, ontology)
        self.onto = ontology
        self.derived: dict[str, Derived] = {}
        self.demands: dict[Expression, Expression] = {}
        self.problems: list[Problem] = []

    def read(self) -> Patent:
        claims = sorted(self.t.subjects(TYPE, CLAIM + "Claim"), key=self._number)
        patents = self.t.subjects(TYPE, CLAIM + "Patent")
        roles = {iri: self._role(iri) for iri in sorted(self.t.subjects(TYPE, CLAIM + "Role"))}
        self.derived.update({d.iri: d for d in self.shacl.derived()})
        found: dict[int, Claim] = {}
        for iri in claims:
            claim = self._claim(iri, found)
            found[claim.number] = claim
        if self.problems or self.shacl.problems:
            raise ShapeError([*self.problems, *self.shacl.problems])
        iri = patents[0] if patents else self.slug
        title, number = (
            self._text(iri, RDFS + "label") or self.slug,
            self._text(iri, CLAIM + "publicationNumber"),
        )
        return Patent(self.slug, iri, title, found, roles, self.derived, number)

    def _number(self, iri: str) -> int:
        value = self.t.object(iri, CLAIM + "number")
        return int(value.value) if isinstance(value, Literal) else 0

    def _text(self, subject: str, predicate: str) -> str:
        return next(iter(self.t.texts(subject, predicate)), "")

    def _names(self, subject: str, predicate: str) -> tuple[str, ...]:
        heads = self.t.nodes(subject, predicate)
        return tuple(str(m) for head in heads for m in self.t.list(head))

    def _role(self, iri: str) -> Role:
        label, definition = self._text(iri, RDFS + "label"), self._text(iri, SKOS + "definition")
        candidates = self.t.nodes(iri, CLAIM + "candidate")
        if not candidates:
            self._refuse(iri, "a role needs a claim:candidate, a class of what it may be bound to")
        for cls in set(candidates) - set(self.onto.class_index):
            self._refuse(iri, f"<{cls}> is not a class of the ontology")
        return Role(iri, label, definition, candidates)

    def _refuse(self, place: str, message: str) -> None:
        self.problems.append(Problem(place, 0, 0, message))

    def _claim(self, iri: str, earlier: Mapping[int, Claim]) -> Claim:
        number = self._number(iri)
        parent = next((self._number(p) for p in self.t.nodes(iri, CLAIM + "dependsOn")), 0)
        if parent and parent not in earlier:
            message = f"claim {number} depends on claim {parent}, which does not come before it"
            self._refuse(f"shapes/{self.slug}", message)
        inherited = earlier[parent].roles if parent in earlier else ()
        added = tuple(r for r in self._names(iri, CLAIM + "roles") if r not in inherited)
        roles = (*inherited, *added)
        elements = tuple(self._element(e, number, roles) for e in self._names(iri, SH + "and"))
        text, category = self._text(iri, CLAIM + "text"), self._text(iri, CLAIM + "category")
        reading = next(iter(self.t.nodes(iri, CLAIM + "readingClass")), "")
        return Claim(iri, number, parent, category, text, roles, reading, elements)

    def _element(self, iri: str, claim: int, roles: tuple[str, ...]) -> Element:
        others = sorted(self.t.subjects(CLAIM + "construes", iri))
        introduces = self.t.nodes(iri, CLAIM + "introduces")
        for role in set(introduces) - set(roles):
            self._refuse(iri, f"<{role}> is introduced, but it is not a role of the claim")
        return Element(
            iri=iri,
            id=self._text(iri, CLAIM + "id"),
            claim=claim,
            text=self._text(iri, CLAIM + "text"),
            introduces=introduces,
            constructions=tuple(self._construction(c, roles) for c in (iri, *others)),
        )

    def _construction(self, iri: str, roles: tuple[str, ...]) -> Construction:
        name, note, rule = (self._text(iri, CLAIM + k) for k in ("constructionName", "note", "rule"))
        demand = simplify(self.shacl.shape(iri))
        demand = self.demands.setdefault(demand, demand)  # what is the same is judged and explained together
        for message in misfits(demand, Reading(roles, self.derived)):
            self._refuse(iri, message)
        if demand == And(()) and not any(problem.file == iri for problem in self.shacl.problems):
            self._refuse(iri, "the shape demands nothing, so that silence would meet it")
        named = tuple(dict.fromkeys(self._terms(iri)))
        blocks = (self.written.get(one, "") for one in (iri, *(n for n in named if n in self.derived)))
        return Construction(iri, name, note, rule, demand, "\n\n".join(filter(None, blocks)), named)

    def _terms(self, node: str) -> Iterator[str]:
        """List what a shape names of the ontology, in its derived properties too."""
        for predicate in self.t.predicates(node):
            if predicate == TYPE or predicate.startswith(RDFS):
                continue
            for object_ in self.t.nodes(node, predicate):
                if (
                    object_ in self.onto.class_index
                    or object_ in self.onto.properties
                    or object_ in self.derived
                ):
                    yield object_
                if object_.startswith("_:") or object_ in self.derived:
                    yield from self._terms(object_)


def simplify(expression: Expression) -> Expression:
    """Drop an AND around a single part."""
    if isinstance(expression, And) and len(expression.parts) == 1:
        return simplify(expression.parts[0])
    return expression
