"""Products to measure with: packages drawn at random, the same for the same number, and stacks of many dies.

Each is as a source would describe it: complete, with gaps where nothing is said, or with a part that spoils a
claim. They are statements, not descriptions: nothing is read from files.
"""

from __future__ import annotations

from random import Random

from readson.statements import PRODUCT, TYPE, Bounds, Product, Statement, Value
from readson.vocabulary import BASE

FOLDERS = {"pkg": "package", "proc": "process", "mat": "material"}
SILENCE = (0.0, 0.0, 0.03, 0.1)
"""How likely a source leaves out a fact."""
DIES = (1, 1, 1, 2, 2, 3, 4, 5, 6)


def iri(name: str) -> str:
    """Spell out a prefixed name.

    >>> iri("pkg:over")
    'https://w3id.org/readson/package#over'
    """
    prefix, local = name.split(":")
    return f"{BASE}{FOLDERS[prefix]}#{local}"


class Draft:
    """Collect statements; facts that the source is silent on are left out, kinds are always given."""

    def __init__(self, slug: str, draw: Random, silence: float = 0.0) -> None:
        self.slug, self.draw, self.silence = slug, draw, silence
        self.items: dict[str, None] = {PRODUCT: None}
        self.statements: list[Statement] = []

    def kind(self, name: str, cls: str) -> str:
        """Name an item and say what it is."""
        self._add(name, TYPE, Value(iri(cls)))
        return name

    def relate(self, subject: str, prop: str, *objects: str | bool) -> None:
        """State relations, each of which may be left out."""
        for object_ in objects:
            if isinstance(object_, str):
                self.items[object_] = None
            if self._says():
                self._add(subject, iri(prop), Value(object_))

    def measure(self, subject: str, prop: str, low: float, high: float | None = None) -> None:
        """State a quantity, which may be left out."""
        if self._says():
            self._add(subject, iri(prop), Bounds(low, low if high is None else high))

    def product(self) -> Product:
        """Give what has been collected."""
        return Product(self.slug, self.slug, tuple(self.items), tuple(self.statements))

    def _says(self) -> bool:
        return self.draw.random() >= self.silence

    def _add(self, subject: str, prop: str, content: Value | Bounds) -> None:
        self.items[subject] = None
        self.statements.append(Statement(f"s{len(self.statements)}", subject, prop, content))


# ---- Packages -------------------------------------------------------------------------------------------


def package(number: int) -> Product:
    """Draw a package with 1 to 6 dies, side by side or stacked, molded or underfilled."""
    draw = Random(number)
    draft = Draft(f"package-{number}", draw, draw.choice(SILENCE))
    draft.kind(PRODUCT, draw.choice(("pkg:BallGridArrayPackage", "pkg:Package", "pkg:LeadFramePackage")))
    draft.kind(
        "carrier", draw.choice(("pkg:OrganicSubstrate", "pkg:BuildUpSubstrate", "pkg:CeramicSubstrate"))
    )
    dies = [f"die {n + 1}" for n in range(draw.choice(DIES))]
    stacked, side = draw.random() < 0.5, draw.choice((0.011, 0.014, 0.017))
    for n, die in enumerate(dies):
        below = dies[n - 1] if stacked and n else "carrier"
        _die(draft, die, below, side, wired=draw.random() < 0.1)
    tops = dies[-1:] if stacked else dies
    _encapsulant(draft, draw)
    if draw.random() < 0.9:
        _heat_sink(draft, draw, tops, side)
    _outside(draft, draw)
    _process(draft, draw)
    return draft.product()


def _die(draft: Draft, die: str, below: str, side: float, wired: bool = False) -> None:
    """Put a die on the carrier or on another die, with bumps and a gap, or with wires."""
    draft.kind(die, draft.draw.choice(("pkg:LogicChip", "pkg:MemoryChip", "pkg:Chip")))
    draft.measure(die, "pkg:length", side)
    draft.measure(die, "pkg:width", side)
    if wired:
        draft.relate(die, "pkg:mountedOn", below)
        draft.relate(die, "pkg:facesAwayFrom", below)
        draft.relate(draft.kind(f"wires of {die}", "pkg:BondWire"), "pkg:connects", die, "carrier")
        return
    draft.relate(die, "pkg:flipChipBondedTo", below)
    face = draft.kind(f"active surface of {die}", "pkg:ActiveSurface")
    draft.relate(face, "pkg:activeSurfaceOf", die)
    bumps = draft.kind(f"bumps of {die}", "pkg:SolderBump")
    draft.relate(bumps, "pkg:sitsOn", face)
    draft.measure(bumps, "pkg:count", draft.draw.randrange(200, 900))
    draft.measure(bumps, "pkg:meltingPoint", draft.draw.choice((456.15, 490.15, 494.15)))
    gap = draft.kind(f"gap under {die}", "pkg:BondingGap")
    draft.relate(gap, "pkg:between", die, below)
    draft.measure(gap, "pkg:gapHeight", 5e-5, 6e-5)


def _encapsulant(draft: Draft, draw: Random) -> None:
    """Fill the gaps and cover the carrier in one shot, or underfill first and mold after."""
    gaps = [name for name in draft.items if name.startswith("gap")]
    mold = draft.kind("mold", draw.choice(("pkg:MoldedUnderfill", "pkg:MoldedUnderfill", "pkg:Overmold")))
    draft.relate(mold, "pkg:covers", "carrier")
    draft.relate(mold, "pkg:madeOf", draft.kind("compound", "mat:EpoxyMoldingCompound"))
    draft.measure(mold, "pkg:maxParticleDiameter", draw.choice((1.5e-5, 2e-5, 3e-5)))
    filler = mold if draw.random() < 0.8 else draft.kind("underfill", "pkg:CapillaryUnderfill")
    draft.relate(filler, "pkg:fills", *gaps)


def _heat_sink(draft: Draft, draw: Random, tops: list[str], side: float) -> None:
    """Put a heat sink over the uppermost dies, with what holds it."""
    sink = draft.kind("heat sink", draw.choice(("pkg:HeatSpreader", "pkg:Lid")))
    size = side * draw.choice((0.9, 1.8, 2.2))
    draft.measure(sink, "pkg:length", size)
    draft.measure(sink, "pkg:width", size)
    draft.relate(sink, "pkg:over", *tops)
    draft.relate(sink, "pkg:madeOf", draft.kind("sink metal", draw.choice(("mat:Copper", "mat:Aluminum"))))
    top = draft.kind("top of heat sink", "pkg:TopSurface")
    draft.relate(top, "pkg:topSurfaceOf", sink)
    draft.relate(top, "pkg:exposedInPart", draw.random() < 0.8)
    layer = draft.kind(
        "layer", draw.choice(("pkg:ThermalAdhesive", "pkg:ThermalAdhesive", "pkg:ThermalGrease"))
    )
    draft.relate(layer, "pkg:between", sink, *tops)
    back = draft.kind("back", "pkg:BackSurface")
    draft.relate(back, "pkg:backSurfaceOf", tops[0])
    draft.relate(sink, "pkg:attachedTo", back)
    if draw.random() < 0.5:
        draft.relate(draft.kind("film", "pkg:PolyimideFilm"), "pkg:appliedOver", sink)


def _outside(draft: Draft, draw: Random) -> None:
    """Put balls under the carrier and capacitors on it."""
    bottom = draft.kind("bottom of carrier", "pkg:BottomSurface")
    draft.relate(bottom, "pkg:bottomSurfaceOf", "carrier")
    balls = draft.kind("balls", draw.choice(("pkg:SolderBall", "pkg:SolderBall", "pkg:Land")))
    draft.relate(balls, "pkg:sitsOn", bottom)
    draft.measure(balls, "pkg:count", draw.choice((256, 400, 676)))
    for n in range(draw.randrange(3)):
        draft.relate(draft.kind(f"capacitor {n + 1}", "pkg:Capacitor"), "pkg:solderedTo", "carrier")


def _process(draft: Draft, draw: Random) -> None:
    """Describe how the package is made, in three steps."""
    draft.relate(PRODUCT, "proc:madeBy", draft.kind("process", "proc:Process"))
    steps = [draft.kind("bonding", "proc:FlipChipAttach"), draft.kind("molding", "proc:TransferMolding")]
    steps.append(draft.kind("sawing", "proc:Dicing"))
    draft.relate("process", "proc:hasStep", *steps)
    draft.relate("molding", "proc:immediatelyAfter", "bonding")
    draft.relate("sawing", "proc:immediatelyAfter", "molding")
    draft.relate("bonding", "proc:attaches", "die 1")
    draft.relate("bonding", "proc:onto", "carrier")
    draft.relate("mold", "proc:formedBy", "molding")
    draft.relate("sawing", "proc:dices", "carrier")
    draft.measure("sawing", "proc:yieldsCount", draw.choice((1, 12)))
    draft.measure("molding", "proc:cavityPressure", draw.choice((1000.0, 2000.0, 5000.0)))
    draft.measure("molding", "proc:temperature", draw.choice((448.15, 451.15)))


# ---- Stacks ---------------------------------------------------------------------------------------------


def module(dies: int, height: int = 8) -> Product:
    """Describe an interposer with stacks of dies, of the given height, under one lid."""
    draft = Draft(f"module-{dies}", Random(dies))
    draft.kind(PRODUCT, "pkg:BallGridArrayPackage")
    draft.kind("substrate", "pkg:BuildUpSubstrate")
    draft.relate(draft.kind("carrier", "pkg:SiliconInterposer"), "pkg:mountedOn", "substrate")
    draft.relate(draft.kind("mold", "pkg:MoldedUnderfill"), "pkg:covers", "carrier")
    draft.relate(draft.kind("top of lid", "pkg:TopSurface"), "pkg:topSurfaceOf", draft.kind("lid", "pkg:Lid"))
    draft.relate("top of lid", "pkg:exposedInPart", True)
    draft.measure("lid", "pkg:length", 0.08)
    draft.measure("lid", "pkg:width", 0.06)
    for n in range((dies - 1) // height + 1):
        draft.kind(f"film {n + 1}", "pkg:UnderfillFilm")
    for n in range(dies):
        die, first = f"die {n + 1}", n % height == 0
        _die(draft, die, "carrier" if first else f"die {n}", 0.011)
        draft.relate("mold" if first else f"film {n // height + 1}", "pkg:fills", f"gap under {die}")
        if n == dies - 1 or n % height == height - 1:
            draft.relate("lid", "pkg:over", die)
    return draft.product()
