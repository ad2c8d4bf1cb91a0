"""Measure how fast running text is read into facts, and that no input takes more than linear time.

Prints the speed on prose, then for each input the CPU time of 250 kB and of 1 MB, and how they compare: 4 is
linear.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import yaml

from document_times import LARGE, SMALL, document
from readson.documents import read_document_bytes
from readson.extraction.text import read_text
from readson.lexicon import Lexicon
from readson.ontology import load_ontology

TEXTS = Path(__file__).resolve().parents[1] / "tests" / "texts"
PROSE = 100_000
TARGET = 100.0
"""Kilobytes of prose a second."""
# What readers of text commonly stumble over: the same sign, or the same few words, over and over.
INPUTS = {
    "blanks": " ",
    "digits": "1",
    "brackets": "(",
    "commas": "die, ",
    "numbers": "5 mm x ",
    "and": "the die and ",
    "empty lines": "\n",
    "bullets": "- die\n",
}


def prose(size: int) -> str:
    """Join composed texts, each a paragraph, up to a size."""
    paths = sorted(TEXTS.glob("*/*.yaml"))
    texts = [yaml.safe_load(path.read_text("utf-8"))["text"].strip() for path in paths]
    joined = "\n\n".join(texts)
    return "\n\n".join([joined] * (size // len(joined) + 1))[:size]


def seconds(data: bytes, lexicon: Lexicon, runs: int = 3) -> float:
    """Give the least CPU time of reading a text that is a document already."""
    read = read_document_bytes("a.txt", data)
    times = []
    for _ in range(runs):
        start = time.process_time()
        read_text(read, 0, lexicon)
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Print the tables as Markdown; ends with 1 where the target is missed."""
    lexicon = load_ontology().lexicon
    taken = seconds(prose(PROSE).encode(), lexicon)
    speed = PROSE / 1000 / taken
    print("| what | measured | target |\n|---|---|---|")
    print(f"| prose | {speed:.0f} kB/s | at least {TARGET:.0f} kB/s |\n")
    print("| input | 250 kB, s | 1 MB, s | ratio |\n|---|---|---|---|")
    for label, piece in INPUTS.items():
        small, large = (seconds(document("x", piece, size), lexicon, 1) for size in (SMALL, LARGE))
        print(f"| {label} | {small:.3f} | {large:.3f} | {large / max(small, 0.001):.1f} |")
        sys.stdout.flush()
    sys.exit(speed < TARGET)


if __name__ == "__main__":
    main()
