"""Read descriptions of products into statements, each with its evidence."""

from readson.ingest.description import parse_description, read_description, read_descriptions
from readson.ingest.find import find_descriptions, is_description

__all__ = [
    "find_descriptions",
    "is_description",
    "parse_description",
    "read_description",
    "read_descriptions",
]
