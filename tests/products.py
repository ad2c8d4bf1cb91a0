"""Products for tests: written down fact by fact, or drawn at random but never in contradiction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from random import Random

import numpy as np

from readson.assess import Assessment
from readson.entailment import entail
from readson.graph import FALSE_NODE, TRUE_NODE, Graph, assemble
from readson.ontology import Ontology
from readson.relations import contains, objects, subjects
from readson.statements import PRODUCT, TYPE, Bounds, Complete, Denial, Product, Statement, Value
from readson.verdicts import AGAINST, FOR
from readson.vocabulary import BASE

PREFIXES = {"pkg": "package#", "proc": "process#", "mat": "material#", "cp": "chip-package#"}


def iri(short: str) -> str:
    """Spell out a prefixed name.

    >>> iri("pkg:over")
    'https://w3id.org/readson/package#over'
    """
    prefix, name = short.split(":")
    return BASE + PREFIXES[prefix] + name


class Facts:
    """Write a product down, a statement a call."""

    def __init__(self, slug: str = "x") -> None:
        self.slug = slug
        self.items = [PRODUCT]
        self.statements: list[Statement] = []

    def item(self, *names: str) -> Facts:
        """Name items without a word about them."""
        self.items += [name for name in names if name not in self.items]
        return self

    def kind(self, cls: str, *names: str) -> Facts:
        """Say of what class items are."""
        for name in names:
            self.item(name)._add(name, TYPE, Value(iri(cls)))
        return self

    def not_kind(self, cls: str, name: str) -> Facts:
        """Deny that an item is of a class."""
        return self.item(name)._add(name, TYPE, Denial(iri(cls)))

    def relate(self, subject: str, prop: str, *targets: str | bool) -> Facts:
        """Relate an item to others, or to a truth value."""
        for target in targets:
            self.item(subject, *(t for t in (target,) if isinstance(t, str)))
            self._add(subject, iri(prop), Value(target))
        return self

    def deny(self, subject: str, prop: str, target: str | bool) -> Facts:
        """Deny that an item is related to another, or to a truth value."""
        self.item(subject, *(t for t in (target,) if isinstance(t, str)))
        return self._add(subject, iri(prop), Denial(target))

    def measure(self, subject: str, prop: str, low: float, high: float | None = None, **ends: bool) -> Facts:
        """Measure a quantity, exactly or between two bounds."""
        bounds = Bounds(low, low if high is None else high, **ends)
        return self.item(subject)._add(subject, iri(prop), bounds)

    def complete(self, subject: str, prop: str, *values: str) -> Facts:
        """Say that these are all the values of a property."""
        return self.item(subject, *values)._add(subject, iri(prop), Complete("", values))

    def all_of(self, cls: str, *names: str) -> Facts:
        """Say that these are all the items of a class; without a class, that all parts are named."""
        kinds = Complete(iri(cls) if cls else "", names)
        return self.item(*names)._add(PRODUCT, iri("pkg:hasPart"), kinds)

    def _add(self, subject: str, prop: str, content: Value | Denial | Bounds | Complete) -> Facts:
        self.statements.append(Statement(f"s{len(self.statements)}", subject, prop, content))
        return self

    def product(self) -> Product:
        """Close the book."""
        return Product(self.slug, self.slug, tuple(self.items), tuple(self.statements))


def flip_chip_package(slug: str = "flip") -> Facts:
    """Describe a package that claims 1 to 8 and 21 to 26 read on: one chip under an exposed heat spreader."""
    facts = Facts(slug).kind("pkg:Package", PRODUCT).kind("pkg:LogicChip", "die 1")
    _dress(facts, "die 1").relate("die 1", "pkg:flipChipBondedTo", "carrier 1")
    _bump(facts, 1).measure("bumps 1", "pkg:meltingPoint", 490.15)
    facts.relate("gap 1", "pkg:between", "die 1", "carrier 1")
    facts.relate("back 1", "pkg:backSurfaceOf", "die 1").relate("sink 1", "pkg:attachedTo", "back 1")
    facts.relate("product", "proc:madeBy", "process 1").relate(
        "process 1", "proc:hasStep", "step 1", "step 2"
    )
    facts.kind("proc:TransferMolding", "step 1").kind("proc:Dicing", "step 2")
    facts.relate("fill 1", "proc:formedBy", "step 1").relate("step 2", "proc:after", "step 1")
    facts.measure("step 1", "proc:cavityPressure", 1000).measure("step 1", "proc:temperature", 448.15)
    facts.relate("step 2", "proc:dices", "carrier 1").measure("step 2", "proc:yieldsCount", 12)
    return facts.kind("pkg:PolyimideFilm", "film 1").relate("film 1", "pkg:appliedOver", "sink 1")


def chip_stack(slug: str = "stack", face_up: int = 0) -> Facts:
    """Describe a stack of chips that claim 9 reads on; number `face_up` lies face up under wires, 0 for none.

    Claims 12 and 13 read on it with `face_up` 1, claims 14 and 15 with `face_up` 2.
    """
    facts = Facts(slug).kind("pkg:Package", PRODUCT).kind("pkg:LogicChip", "die 1", "die 2", "die 3")
    _dress(facts, "die 3").measure("set 1", "pkg:planArea", 0.0003)
    for number in (1, 2, 3):
        die, below = f"die {number}", f"die {number - 1}" if number > 1 else "carrier 1"
        if number == face_up:
            facts.relate(die, "pkg:mountedOn", below).relate(die, "pkg:facesAwayFrom", below)
            facts.kind("pkg:BondWire", "wires 1").measure("wires 1", "pkg:count", 40)
            facts.relate("wires 1", "pkg:connects", die, "carrier 1")
        else:
            _bump(facts, number).relate(die, "pkg:flipChipBondedTo", below)
            facts.relate(f"gap {number}", "pkg:between", die, below).relate(
                "fill 1", "pkg:fills", f"gap {number}"
            )
    return facts.kind("pkg:Chipset", "set 1").relate("set 1", "pkg:hasMember", "die 1", "die 2", "die 3")


def _dress(facts: Facts, top: str) -> Facts:
    """Put what most packages have around the dies: carrier, heat spreader, encapsulant, balls, capacitors."""
    facts.kind("pkg:OrganicSubstrate", "carrier 1").kind("pkg:HeatSpreader", "sink 1")
    facts.kind("pkg:MoldedUnderfill", "fill 1").kind("pkg:ThermalAdhesive", "layer 1")
    facts.kind("pkg:SolderBall", "balls 1").kind("pkg:Capacitor", "passive 1")
    facts.kind("mat:EpoxyMoldingCompound", "material 1").kind("mat:Copper", "material 2")
    facts.relate("sink 1", "pkg:over", top).relate("layer 1", "pkg:between", top, "sink 1")
    facts.kind("pkg:BondingGap", "gap 1").relate("fill 1", "pkg:fills", "gap 1").measure(
        "gap 1", "pkg:gapHeight", 6e-5
    )
    facts.relate("fill 1", "pkg:covers", "carrier 1").measure("fill 1", "pkg:maxParticleDiameter", 2e-5)
    facts.relate("fill 1", "pkg:madeOf", "material 1").relate("sink 1", "pkg:madeOf", "material 2")
    for name, side in (("die 1", 0.017), ("sink 1", 0.031)):
        facts.measure(name, "pkg:length", side).measure(name, "pkg:width", side)
    facts.relate("top 1", "pkg:topSurfaceOf", "sink 1").relate("top 1", "pkg:exposedInPart", True)
    facts.relate("bottom 1", "pkg:bottomSurfaceOf", "carrier 1").relate("balls 1", "pkg:sitsOn", "bottom 1")
    facts.measure("balls 1", "pkg:count", 400)
    return facts.relate("passive 1", "pkg:solderedTo", "carrier 1")


def _bump(facts: Facts, number: int) -> Facts:
    """Put bumps on the active surface of a die."""
    facts.relate(f"face {number}", "pkg:activeSurfaceOf", f"die {number}").kind(
        "pkg:SolderBump", f"bumps {number}"
    )
    return facts.relate(f"bumps {number}", "pkg:sitsOn", f"face {number}").measure(
        f"bumps {number}", "pkg:count", 600
    )


# ---- Contradictions -------------------------------------------------------------------------------------


def contradicted(graph: Graph) -> set[int]:
    """List the nodes of an entailed graph of which it supports something that it also denies."""
    found: set[int] = set()
    for cls in graph.ontology.classes:
        found |= set(np.flatnonzero(graph.is_a(cls) == FOR | AGAINST).tolist())
    for prop, pairs in graph.relations.items():
        clash = pairs[graph.denies(prop, pairs)]
        found |= {*subjects(clash).tolist(), *objects(clash).tolist()}
    for column in graph.quantities.values():
        found |= set(np.flatnonzero(column.low > column.high).tolist())
    return found - {FALSE_NODE, TRUE_NODE}


def consistent(product: Product, ontology: Ontology) -> bool:
    """Tell whether nothing in a product contradicts the rest of it."""
    return not contradicted(entail(assemble([product], ontology)))


def without_contradictions(products: Sequence[Product], ontology: Ontology) -> list[Product]:
    """Drop statements, the last ones first, until no product contradicts itself."""
    kept, open_ = list(products), list(range(len(products)))
    while open_:
        graph = entail(assemble([kept[n] for n in open_], ontology))
        clashes: dict[int, set[str]] = {}
        for node in contradicted(graph):
            clashes.setdefault(open_[graph.owner[node]], set()).add(graph.names[node])
        for number, names in clashes.items():
            kept[number] = _less(kept[number], names)
        open_ = sorted(clashes)
    return kept


def _less(product: Product, names: set[str]) -> Product:
    """Drop the last statement that relates or measures one of the items named; else any last one."""
    touching = [s for s in product.statements if s.property != TYPE and {s.subject, _target(s)} & names]
    last = (touching or [s for s in product.statements if s.property != TYPE] or product.statements)[-1]
    return replace(product, statements=tuple(s for s in product.statements if s is not last))


def _target(statement: Statement) -> str:
    target = getattr(statement.content, "object", "")
    return target if isinstance(target, str) else ""


# ---- Random products ------------------------------------------------------------------------------------

# (name, how many at most, classes to draw from). What comes first is there most often.
PARTS = (
    ("die", 4, "LogicChip MemoryChip Chip Chip DummyDie"),
    ("carrier", 2, "OrganicSubstrate CeramicSubstrate LeadFrame SiliconInterposer Carrier"),
    ("sink", 2, "HeatSpreader Lid HeatSink"),
    (
        "fill",
        2,
        "MoldedUnderfill MoldedEncapsulant CapillaryUnderfill LayeredEncapsulant Encapsulant Overmold",
    ),
    ("bumps", 3, "SolderBump CopperPillarBump Bump"),
    ("layer", 2, "ThermalAdhesive ThermalGrease ThermalPad DieAttachLayer InterfaceLayer"),
    ("balls", 1, "SolderBall SolderBall Land"),
    ("film", 1, "PolyimideFilm Film BacksideFilm"),
    ("passive", 2, "Capacitor Resistor PassiveComponent"),
    ("wires", 2, "BondWire Wire"),
    ("set", 1, "Chipset"),
    ("part", 1, "Part Stiffener"),
)
STEPS = "TransferMolding CompressionMolding CapillaryDispense FlipChipAttach FilmAttach Dicing Reflow"
FEATURES = (
    ("face", "ActiveSurface"),
    ("top", "TopSurface"),
    ("gap", "BondingGap"),
    ("back", "BackSurface"),
    ("bottom", "BottomSurface"),
)
MATERIALS = "Copper EpoxyMoldingCompound EpoxyResin Alumina SilverFilledEpoxy Silicon Solder Material"

# What products of this field are likely to say: (subject, property, object), by the first word of names.
LIKELY = (
    *(
        ("die", f"pkg:{p}", "carrier")
        for p in ("flipChipBondedTo", "mountedOn", "attachedTo", "facesAwayFrom")
    ),
    *(("die", f"pkg:{p}", "die") for p in ("flipChipBondedTo", "attachedTo", "facesAwayFrom", "over")),
    *(("die", "pkg:flipChipBondedTo", "carrier"),) * 3,
    *(
        ("sink", "pkg:over", "die"),
        ("sink", "pkg:attachedToBackOf", "die"),
        ("sink", "pkg:attachedTo", "back"),
    ),
    *(("sink", "pkg:over", "die"),) * 2,
    *(("fill", "pkg:fills", "gap"), ("fill", "pkg:covers", "carrier"), ("fill", "pkg:over", "carrier")) * 2,
    *(("gap", "pkg:between", "die"), ("gap", "pkg:between", "carrier")) * 3,
    *(("face", "pkg:activeSurfaceOf", "die"), ("bumps", "pkg:sitsOn", "face")) * 3,
    *(("top", "pkg:topSurfaceOf", "sink"), ("back", "pkg:backSurfaceOf", "die")) * 2,
    *(("layer", "pkg:between", "die"), ("layer", "pkg:between", "sink")) * 2,
    *(("bottom", "pkg:bottomSurfaceOf", "carrier"), ("balls", "pkg:sitsOn", "bottom")),
    *(("film", "pkg:appliedOver", "sink"), ("passive", "pkg:solderedTo", "carrier")),
    *(("wires", "pkg:connects", "die"), ("wires", "pkg:connects", "carrier")) * 2,
    *(("fill", "pkg:hasLayer", "fill"), ("fill", "proc:formedBy", "step"), ("step", "proc:after", "step")),
    *(("step", "proc:attaches", "die"), ("step", "proc:onto", "carrier"), ("step", "proc:attaches", "sink")),
    *(
        ("step", "proc:through", "layer"),
        ("step", "proc:dices", "carrier"),
        ("fill", "pkg:madeOf", "material"),
    ),
    *(("sink", "pkg:madeOf", "material"), ("set", "pkg:hasMember", "die"), ("sink", "pkg:over", "set")),
    *(("product", "proc:madeBy", "process"), ("process", "proc:hasStep", "step")),
)
TRUTHS = (
    *(("top", "pkg:exposedInPart"), ("top", "pkg:exposedInFull"), ("layer", "pkg:conductsHeat")),
    *(("layer", "pkg:adheres"), ("film", "pkg:heatResistant"), ("film", "pkg:buffering")),
    *(("fill", "pkg:onePiece"), ("step", "proc:reducedPressure")),
)
# Few different numbers, so that limits are often hit exactly.
QUANTITIES = (
    *(
        (name, f"pkg:{p}", (0.01, 0.02, 0.03))
        for name in ("die", "sink", "carrier")
        for p in ("length", "width")
    ),
    *(("sink", "pkg:planArea", (0.0004, 0.001)), ("set", "pkg:planArea", (0.0002, 0.0004))),
    *(("die", "pkg:totalSurfaceArea", (0.0004, 0.001)), ("sink", "pkg:totalSurfaceArea", (0.0004, 0.002))),
    *(("gap", "pkg:gapHeight", (4e-5, 6e-5)), ("fill", "pkg:maxParticleDiameter", (2e-5, 3e-5, 1e-5))),
    *(("fill", "pkg:meanParticleDiameter", (1e-5, 3e-5)), ("bumps", "pkg:meltingPoint", (456.15, 490.15))),
    *((name, "pkg:count", (1.0, 2.0, 600.0)) for name in ("bumps", "bumps", "balls", "wires", "die")),
    *(
        ("step", "proc:cavityPressure", (1000.0, 2666.4477483, 101325.0)),
        ("step", "proc:temperature", (446.15, 448.15)),
    ),
    ("step", "proc:yieldsCount", (1.0, 2.0, 12.0)),
)


def random_products(
    seeds: Iterable[int], ontology: Ontology, most: int = 25, spread: bool = False
) -> list[Product]:
    """Draw products with 3 to `most` parts; with `spread`, quantities may be ranges."""
    drafts = [_draft(Random(seed), f"random-{seed}", ontology, most, spread) for seed in seeds]
    return without_contradictions(drafts, ontology)


def careless_products(seeds: Iterable[int], ontology: Ontology) -> list[Product]:
    """Draw products with up to 25 parts, contradictions and all."""
    return [_draft(Random(seed), f"careless-{seed}", ontology, 25, spread=True) for seed in seeds]


def _draft(draw: Random, slug: str, ontology: Ontology, most: int, spread: bool) -> Product:
    """Draw from nothing, or spoil and extend a product that claims read on."""
    start = draw.choice(
        (None, None, flip_chip_package, chip_stack, partial(chip_stack, face_up=draw.choice((1, 2))))
    )
    facts = start(slug) if start else Facts(slug)
    spoilt = draw.choice((0.0, 0.03, 0.1))
    facts.statements = [s for s in facts.statements if draw.random() >= spoilt]
    groups = _groups(facts)
    if not start:
        _name(facts, groups, "process", "proc:Process")
        facts.kind(draw.choice(("pkg:Package", "pkg:BallGridArrayPackage", "pkg:Part")), PRODUCT)
    _items(draw, facts, groups, draw.randint(3, most))
    rate = draw.choice((0.0, 0.05)) if start else 0.8
    for subject, prop, target in draw.sample(LIKELY, len(LIKELY)):
        for first, second in _pairs(draw, groups, subject, target, rate):
            facts.relate(first, prop, second)
    for subject, prop in TRUTHS:
        for name in groups.get(subject, ()):
            if draw.random() < rate:
                facts.relate(name, prop, draw.random() < 0.7)
    _measure(draw, facts, groups, rate, spread)
    _surprise(draw, facts, ontology)
    _rule_out(draw, facts, groups)
    return facts.product()


def _groups(facts: Facts) -> dict[str, list[str]]:
    """Group items by the first word of their names."""
    groups: dict[str, list[str]] = {}
    for name in facts.items:
        groups.setdefault(name.split()[0], []).append(name)
    return groups


def _items(draw: Random, facts: Facts, groups: dict[str, list[str]], wanted: int) -> None:
    """Add items until the product has as many parts as wanted; some steps, materials and surfaces too."""
    parts = [(name, classes) for name, most, classes in PARTS for _ in range(most)]
    spare = max(0, wanted - sum(len(groups.get(name, ())) for name, _, _ in PARTS))
    for name, classes in sorted(draw.sample(parts, min(spare, len(parts)))):
        _name(facts, groups, name, "pkg:" + draw.choice(classes.split()))
    for _ in range(draw.randint(0, 3)):
        _name(facts, groups, "step", "proc:" + draw.choice(STEPS.split()))
        _name(facts, groups, "material", "mat:" + draw.choice(MATERIALS.split()))
    for name, cls in FEATURES:
        for _ in range(draw.randint(0, 2)):
            _name(facts, groups, name, f"pkg:{cls}")


def _name(facts: Facts, groups: dict[str, list[str]], name: str, cls: str) -> None:
    group = groups.setdefault(name, [])
    group.append(f"{name} {len(group) + 1}")
    facts.kind(cls, group[-1])


def _pairs(
    draw: Random, groups: dict[str, list[str]], subject: str, target: str, rate: float
) -> Iterable[tuple[str, str]]:
    """Draw a pair of items of the groups of those names, now and then two."""
    for chance in (rate, rate / 4):
        if groups.get(subject) and groups.get(target) and draw.random() < chance:
            pair = draw.choice(groups[subject]), draw.choice(groups[target])
            if pair[0] != pair[1]:
                yield pair


def _measure(draw: Random, facts: Facts, groups: dict[str, list[str]], rate: float, spread: bool) -> None:
    for subject, prop, numbers in QUANTITIES:
        for name in groups.get(subject, ()):
            if draw.random() < rate:
                low, high = sorted((draw.choice(numbers), draw.choice(numbers)))
                facts.measure(name, prop, low, high if spread and draw.random() < 0.5 else None)


def _surprise(draw: Random, facts: Facts, ontology: Ontology) -> None:
    """State a few relations that nobody would expect, where the axioms allow them."""
    relations = sorted(ontology.relations - {iri("pkg:hasDie")})
    for _ in range(draw.randint(0, 8)):
        subject, target = draw.choice(facts.items), draw.choice(facts.items)
        content = Value(target)
        facts.statements.append(
            Statement(f"s{len(facts.statements)}", subject, draw.choice(relations), content)
        )


def _rule_out(draw: Random, facts: Facts, groups: dict[str, list[str]]) -> None:
    """Deny some of what might be said, and call what is said of some items all there is."""
    for subject, prop, target in draw.sample(LIKELY, draw.randint(0, 6)):
        for first, second in _pairs(draw, groups, subject, target, 1):
            facts.deny(first, prop, second)
    related = [s for s in facts.statements if isinstance(s.content, Value) and s.property != TYPE]
    for one in draw.sample(related, min(len(related), draw.randint(0, 5))):
        values = {s.content.object for s in related if (s.subject, s.property) == (one.subject, one.property)}
        facts.statements.append(
            replace(one, id=f"{one.id}-all", content=Complete("", tuple(sorted(values, key=str))))
        )
    for cls, group in (
        ("pkg:Chip", "die"),
        ("pkg:Bump", "bumps"),
        ("pkg:Gap", "gap"),
        ("pkg:Encapsulant", "fill"),
    ):
        if draw.random() < 0.2:
            facts.all_of(cls, *groups.get(group, ()))


def shuffled(product: Product, draw: Random) -> Product:
    """Put the statements of a product in another order."""
    return replace(product, statements=tuple(draw.sample(product.statements, len(product.statements))))


def size(products: Sequence[Product]) -> int:
    """Count the statements of products."""
    return sum(len(p.statements) for p in products)


def has(graph: Graph, subject: str, prop: str, target: str | bool) -> bool:
    """Tell whether a relation holds between two items of a graph of one product."""
    return bool(contains(graph.relation(iri(prop)), np.array([pair(graph, subject, target)]))[0])


def pair(graph: Graph, subject: str, target: str | bool) -> int:
    """Pack the key of two items of a graph of one product."""
    object_ = int(target) if isinstance(target, bool) else graph.names.index(target)
    return (graph.names.index(subject) << 32) | object_


def verdicts(assessment: Assessment) -> dict[tuple[str, int, str], str]:
    """List all verdicts of claims and elements as the table has them."""
    found = {}
    for number, product in enumerate(assessment.graph.products):
        for claim in assessment.readings:
            found[product.slug, claim, ""] = assessment.verdict(claim, number).label
            for element in assessment.patent.elements(claim):
                found[product.slug, claim, element.id] = assessment.element(element.id, claim, number).label
    return found
