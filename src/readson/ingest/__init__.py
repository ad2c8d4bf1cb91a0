"""Read descriptions of products into statements, each with its evidence."""

from readson.ingest.description import parse_description, read_description, read_descriptions

__all__ = ["parse_description", "read_description", "read_descriptions"]
