"""Tell how many of the first rows of a table name its columns, where the file does not say."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"[-+<>≤≥~±≈]{0,2}\s{0,3}\d")
# In a table of two columns the first row is a pair like the others, unless it says what a pair is.
_PAIR_NAMES = re.compile(
    r"attribute|characteristic|description|feature|field|item|key|name|parameter|property|specification|value"
    r"|step|no\.|#|qty|quantity"
)


def header_rows(rows: Sequence[Sequence[str]]) -> int:
    """Give 1 if the first row names the columns, else 0."""
    first = [cell.strip() for cell in rows[0] if cell.strip()]
    if len(rows) < 2 or len(first) < 2 or len(set(first)) < len(first):
        return 0
    if any(_NUMBER.match(cell) for cell in first):
        return 0
    return int(len(rows[0]) > 2 or any(_PAIR_NAMES.fullmatch(cell.lower()) for cell in first))
