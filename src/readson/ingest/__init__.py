"""Read descriptions of products into statements, each with its evidence."""

from readson.ingest.description import parse_description, read_description, read_descriptions
from readson.ingest.find import find_descriptions

__all__ = ["find_descriptions", "parse_description", "read_description", "read_descriptions"]
