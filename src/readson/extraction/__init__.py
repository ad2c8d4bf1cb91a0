"""Read running text into findings: a cascade of small stages, each a pure function."""

from readson.extraction.explaining import explain
from readson.extraction.text import read_text

__all__ = ["explain", "read_text"]
