"""Read running text into findings: a cascade of small stages, each a pure function."""

from readson.extraction.text import read_text

__all__ = ["read_text"]
