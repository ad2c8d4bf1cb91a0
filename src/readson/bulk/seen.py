"""Remember which products there were, in eight bytes each, so that one in two places is found."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from readson.relations import Keys, contains


class Seen:
    """Hold hashes of names in sorted columns, each at least twice as long as the next."""

    def __init__(self) -> None:
        self._columns: list[Keys] = []

    def add(self, names: Sequence[str]) -> list[str]:
        """Add names, each of which comes once; give those that were there before."""
        hashes = np.array([_hash(name) for name in names], dtype=np.int64)
        before = np.zeros(len(names), dtype=bool)
        for column in self._columns:
            before |= contains(column, hashes)
        self._columns.append(np.sort(hashes[~before]))
        while len(self._columns) > 1 and len(self._columns[-2]) < 2 * len(self._columns[-1]):
            last = self._columns.pop()
            self._columns[-1] = np.sort(np.concatenate((self._columns[-1], last)))
        return [name for name, known in zip(names, before.tolist(), strict=True) if known]


def _hash(name: str) -> int:
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)
