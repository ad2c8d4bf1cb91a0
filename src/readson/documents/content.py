"""What the reader of one kind of file gives, before it has a name."""

from __future__ import annotations

from dataclasses import dataclass

from readson.documents.model import Block, Box, Field, Place, Table


@dataclass(frozen=True)
class Content:
    """Text, where it stands, and how it is laid out; the fields are those of a Document."""

    text: str
    places: tuple[Place, ...]
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    fields: tuple[Field, ...] = ()
    boxes: tuple[Box | None, ...] = ()
