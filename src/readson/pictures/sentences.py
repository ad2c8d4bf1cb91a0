"""Sentences: the picture in words, for those who cannot see it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from readson.pictures.figures import Figure
from readson.pictures.known import Known
from readson.pictures.markup import printable
from readson.pictures.notation import Notation
from readson.pictures.sheet import Sheet
from readson.statements import Denial, Statement, Value
from readson.wording import Wording, listing, sentence

SHOWN = 60
"""So many relations are told at most."""


def scale_note(sheet: Sheet) -> str:
    """Say what of a picture is to scale."""
    scale = sheet.placed.scale
    if not sheet.figures.figures:
        return "Nothing is drawn to scale."
    across = not math.isnan(scale.across) and bool(sheet.placed.wide_to_scale)
    up = not math.isnan(scale.up) and bool(sheet.placed.high_to_scale)
    if across and up:
        times = f"{scale.up / scale.across:.2g} times as large as widths"
        return (
            f"Widths and heights are to scale where they are known, heights {times}; other sizes are marked."
        )
    if across or up:
        known, other = ("Widths", "heights") if across else ("Heights", "widths")
        return f"{known} are to scale where they are known; {other} are not to scale."
    return "No size is known, and nothing is to scale."


def tell(sheet: Sheet, known: Known, notation: Notation) -> str:
    """Tell what a picture shows, in full sentences."""
    wording = Wording(known.graph.ontology.lexicon, known.product)
    return printable(" ".join(_sentences(sheet, known, notation, wording)))


def _sentences(sheet: Sheet, known: Known, notation: Notation, wording: Wording) -> Iterator[str]:
    yield _opening(sheet, known)
    yield from _places(sheet, known, notation, wording)
    yield from _disputes(sheet, wording)
    yield from _marks(sheet, wording)
    if sheet.homeless:
        named = listing([wording.name(piece.name) for piece in sheet.homeless])
        yield sentence(f"the description does not state the place of {named}")
    if sheet.steps:
        yield _process(sheet)
    if sheet.figures.figures:
        yield scale_note(sheet)


def _opening(sheet: Sheet, known: Known) -> str:
    title = known.product.title or known.product.slug
    if sheet.figures.figures:
        return sentence(f"Cross-section of {title}")
    if sheet.scene.pieces:
        return sentence(f"Parts of {title}, none with a stated place")
    return sentence(
        f"Steps by which {title} is made" if sheet.steps else f"{title}: the description names no part"
    )


def _places(sheet: Sheet, known: Known, notation: Notation, wording: Wording) -> Iterator[str]:
    told = [s for s in _placing(sheet, known, notation) if s.subject]
    sentences = list(dict.fromkeys(_stated(s, wording) for s in told))
    yield from sentences[:SHOWN]
    if len(sentences) > SHOWN:
        yield sentence(f"the picture rests on {len(sentences) - SHOWN} more statements of this kind")


def _placing(sheet: Sheet, known: Known, notation: Notation) -> Iterator[Statement]:
    """List the statements that place what is drawn, from the bottom to the top."""
    lexicon, names = known.graph.ontology.lexicon, known.graph.names
    places = {prop for found in notation.places.values() for prop in found}
    drawn = sorted((f for f in sheet.figures.figures if f.node in sheet.scene.pieces), key=_from_bottom)
    order = {names[figure.node]: i for i, figure in enumerate(drawn)}
    surfaces = {names[s]: names[p] for s, (p, _) in sheet.scene.surfaces.items()}
    found = []
    for statement in known.product.statements:
        subject = surfaces.get(statement.subject, statement.subject)
        near = any(lexicon.is_narrower(statement.property, prop) for prop in places)
        tells = near or _tells_exposure(statement, known, notation)
        if isinstance(statement.content, Value) and tells and subject in order:
            found.append((order[subject], statement))
    yield from (statement for _, statement in sorted(found, key=lambda pair: pair[0]))


def _from_bottom(figure: Figure) -> tuple[float, int]:
    return figure.hull.y0, figure.node


def _tells_exposure(statement: Statement, known: Known, notation: Notation) -> bool:
    """Tell whether a statement says how much is exposed, and no other one says more."""
    part, full = notation.exposes["part"], notation.exposes["full"]
    if statement.property not in (part, full) or not isinstance(statement.content, Value):
        return False
    other = full if statement.property == part else part
    stronger = statement.property == part
    nodes = known.stated.nodes
    return (
        known.truth(other, nodes[statement.subject]) is not stronger
        or statement.content.object is not stronger
    )


def _stated(statement: Statement, wording: Wording) -> str:
    content = statement.content
    assert isinstance(content, Value | Denial)
    return sentence(wording.fact(statement.property, statement.subject, content.object))


def _disputes(sheet: Sheet, wording: Wording) -> Iterator[str]:
    for piece in sheet.scene.pieces.values():
        if piece.disputes:
            yield sentence(
                f"sources disagree on the {listing(list(piece.disputes))} of {wording.name(piece.name)}"
            )


def _marks(sheet: Sheet, wording: Wording) -> Iterator[str]:
    for mark in sheet.folded.marks.values():
        names = [sheet.scene.names[node] for node in mark.members]
        yield sentence(f"{len(names)} more parts are not drawn: {listing(names)}")


def _process(sheet: Sheet) -> str:
    told = [": ".join(filter(None, (s.name, ", ".join((*s.works, *s.conditions))))) for s in sheet.steps]
    return sentence(f"the steps of the process are {'; '.join(f'{i}. {t}' for i, t in enumerate(told, 1))}")
