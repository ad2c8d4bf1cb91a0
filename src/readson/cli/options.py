"""The options that every command shares which judges products, and what they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from readson.errors import UsageError

if TYPE_CHECKING:
    from readson.assess import Assessment
    from readson.drafting.writing import Drafted
    from readson.ontology import Ontology
    from readson.statements import Product

RDF = (".ttl", ".nt", ".jsonld")
PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
WORLDS = click.Choice(["open", "documented", "closed"])
PRODUCT = click.option(
    "--product", default="", metavar="NAME", help="Read this product, where documents speak of several."
)

MAP = click.option(
    "--map",
    "map_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="map.yaml",
    help="Take from this file what keys mean.",
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is judged, and how: the options of a command that judges products, as they were written."""

    patent: str
    world: str
    constructions: tuple[str, ...]
    claims: str
    product: str

    @property
    def chosen(self) -> dict[str, str]:
        """Read ELEMENT=NAME pairs; an element has one construction at a time."""
        chosen: dict[str, str] = {}
        for id, name in map(_pair, self.constructions):
            if chosen.setdefault(id, name) != name:
                raise UsageError(f"{id} is construed twice, as {chosen[id]} and as {name}; choose one")
        return chosen

    @property
    def numbers(self) -> tuple[int, ...]:
        """Read the numbers of the claims to judge."""
        words = [word.strip() for word in self.claims.split(",") if word.strip()]
        wrong = [word for word in words if not word.isdecimal()]
        if wrong:
            raise UsageError(f"`{wrong[0]}` is not a claim number; write --claims 1,9")
        return tuple(dict.fromkeys(int(word) for word in words))

    def assess(self, paths: Iterable[Path]) -> Assessment:
        """Judge the products that paths lead to; what was read of documents is told on standard error.

        Files of RDF hold products in the terms of the ontology, one or more each.
        """
        from readson.assess import assess_descriptions

        paths = tuple(paths)
        graphs = tuple(path for path in paths if path.suffix in RDF and path.is_file())
        return assess_descriptions(
            tuple(path for path in paths if path not in graphs),
            self.patent,
            self.world,
            self.chosen,
            self.numbers,
            self.product,
            _tell,
            lambda ontology: _read_graphs(graphs, ontology),
        )


def assessing(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that every command shares which judges products, and hand them on as a question."""

    @wraps(command)
    def asked(
        patent: str, world: str, constructions: tuple[str, ...], claims: str, product: str, **others: Any
    ) -> None:
        command(question=Question(patent, world, constructions, claims, product), **others)

    answer: Callable[..., None] = asked
    options = (
        click.option("--patent", default="", help="Folder under shapes/; needed when there are several."),
        click.option(
            "--world", default="documented", show_default=True, type=WORLDS, help="What silence means."
        ),
        click.option(
            "--construction",
            "constructions",
            multiple=True,
            metavar="ELEMENT=NAME",
            help="Construe an element otherwise, e.g. 1[e]=total-surface.",
        ),
        click.option("--claims", default="", metavar="1,9,…", help="Judge these claims only."),
        PRODUCT,
    )
    for option in reversed(options):
        answer = option(answer)
    return answer


def _pair(text: str) -> tuple[str, str]:
    id, _, name = text.partition("=")
    return id.strip(), name.strip()


def _read_graphs(paths: tuple[Path, ...], ontology: Ontology) -> tuple[Product, ...]:
    """Read the products of files of RDF; their reader loads only where there are any."""
    if not paths:
        return ()
    from readson.bulk.products import read_rdf

    return tuple(product for path in paths for product in read_rdf(path, ontology))


def _tell(drafted: Drafted) -> None:
    """Say how much of the documents was used."""
    from readson.drafting.ledger import Ledger

    click.echo(Ledger.of(drafted).summary, err=True)
