"""Tell by which sign the cells of a table in text are delimited."""

from __future__ import annotations

from collections import Counter

# Of two signs that fit alike the first is taken: a comma may stand in a cell or in a number.
_SIGNS = "\t;|,"
_ROWS = 200


def delimiter_of(text: str, *, strict: bool = False) -> str:
    """Give the sign that stands equally often in most rows, or "".

    `strict` asks for more: at least three rows, all alike, and no sentences between the signs.
    """
    rows = _outside_quotes(text)
    scores = [(_alike([row.count(sign) for row in rows]), -place, sign) for place, sign in enumerate(_SIGNS)]
    share, _, sign = max(scores)
    if not strict:
        return sign if share else ""
    return sign if share == 1.0 and len(rows) >= 3 and _tabular(rows, sign) else ""


def _outside_quotes(text: str) -> list[str]:
    """Give the first rows without what stands in quotation marks."""
    bare = "".join(text.split('"')[::2])
    return [row for row in bare.split("\n")[:_ROWS] if row.strip(" ")]


def _alike(counts: list[int]) -> float:
    """Give the share of rows that hold a sign as often as most rows do, to a tenth; 0 if that is never."""
    found = Counter(count for count in counts if count).most_common(1)
    return round(found[0][1] / len(counts), 1) if found else 0.0


def _tabular(rows: list[str], sign: str) -> bool:
    if sign == "\t":
        return True
    return rows[0].count(sign) >= 2 and not any(row.rstrip().endswith((".", ":")) for row in rows)
