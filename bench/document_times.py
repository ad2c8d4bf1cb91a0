"""Measure how fast documents are read, and that no input takes more than linear time.

Prints for each input the CPU time of 250 kB and of 1 MB, and how they compare: 4 is linear.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress

from readson.documents import read_document_bytes
from readson.errors import DocumentError

SMALL, LARGE = 250_000, 1_000_000
PROSE = "The die is bonded to the substrate with solder bumps, and a lid of copper\nstands over it.\n\n"
# Usual content of each form, then what readers of text commonly stumble over.
INPUTS = {
    "text": ("a.txt", "", PROSE),
    "html": ("a.html", "<!doctype html><body>", f"<p>{PROSE}</p>"),
    "csv": ("a.csv", "part,size,material\n", "die,8 mm,silicon\n"),
    "json": ("a.jsonl", "", '{"part": "die", "size": [8, 8]}\n'),
    "yaml": ("a.yaml", "", "- part: die\n  size: 8 mm\n"),
    "xml": ("a.xml", "<a>", "<b part='die'>8 mm</b>"),
    "blanks": ("a.txt", "x", " "),
    "digits": ("a.txt", "x", "1"),
    "brackets": ("a.txt", "x", "("),
    "pipes": ("a.md", "x", "|"),
    "empty lines": ("a.txt", "x", "\n"),
    "quotation marks": ("a.csv", "x,", '"'),
    "open brackets": ("a.json", '{"a":', "["),
    "open tags": ("a.html", "<!doctype html>x", "<b x='"),
    "open comments": ("a.html", "<!doctype html>x", "<!--"),
    "open lists": ("a.html", "<!doctype html>x", "<ul><li>"),
    "ampersands": ("a.html", "<!doctype html>x", "&"),
}


def seconds(name: str, data: bytes) -> float:
    """Give the CPU time of reading, or of refusing, in seconds."""
    start = time.process_time()
    with suppress(DocumentError):
        read_document_bytes(name, data)
    return time.process_time() - start


def document(head: str, piece: str, size: int) -> bytes:
    """Repeat a piece up to a size."""
    return (head + piece * (size // len(piece))).encode()


def main() -> None:
    """Print the table as Markdown."""
    print("| input | 250 kB, s | 1 MB, s | ratio |\n|---|---|---|---|")
    for label, (name, head, piece) in INPUTS.items():
        small, large = (
            min(seconds(name, document(head, piece, size)) for _ in range(3)) for size in (SMALL, LARGE)
        )
        print(f"| {label} | {small:.3f} | {large:.3f} | {large / max(small, 0.001):.1f} |")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
