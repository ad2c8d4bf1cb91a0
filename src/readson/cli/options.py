"""The options that every command shares which judges products, and what they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from readson.errors import UsageError

if TYPE_CHECKING:
    from readson.assess import Assessment

Command = TypeVar("Command", bound=Callable[..., object])
PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))


def assessing(command: Command) -> Command:
    """Add the options that every command shares which judges products."""
    options = (
        click.option("--patent", default="", help="Folder under shapes/; needed when there are several."),
        click.option(
            "--world",
            default="documented",
            show_default=True,
            type=click.Choice(["open", "documented", "closed"]),
            help="What silence means.",
        ),
        click.option(
            "--construction",
            "constructions",
            multiple=True,
            metavar="ELEMENT=NAME",
            help="Construe an element otherwise, e.g. 1[e]=total-surface.",
        ),
        click.option("--claims", default="", metavar="1,9,…", help="Judge these claims only."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def assess_paths(
    paths: Iterable[Path], patent: str, world: str, constructions: Iterable[str], claims: str
) -> Assessment:
    from readson.assess import assess_descriptions

    return assess_descriptions(
        tuple(paths), patent, world, chosen_constructions(constructions), claim_numbers(claims)
    )


def chosen_constructions(constructions: Iterable[str]) -> dict[str, str]:
    """Read ELEMENT=NAME pairs; an element has one construction at a time."""
    chosen: dict[str, str] = {}
    for id, name in map(_pair, constructions):
        if chosen.setdefault(id, name) != name:
            raise UsageError(f"{id} is construed twice, as {chosen[id]} and as {name}; choose one")
    return chosen


def _pair(text: str) -> tuple[str, str]:
    id, _, name = text.partition("=")
    return id.strip(), name.strip()


def claim_numbers(text: str) -> tuple[int, ...]:
    words = [word.strip() for word in text.split(",") if word.strip()]
    wrong = [word for word in words if not word.isdecimal()]
    if wrong:
        raise UsageError(f"`{wrong[0]}` is not a claim number; write --claims 1,9")
    return tuple(dict.fromkeys(int(word) for word in words))
