"""Regular expressions of SPARQL (XPath) as those of Python."""

from __future__ import annotations

import re

FLAGS = {"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE, "x": re.VERBOSE}
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)


def translate(pattern: str, flags: str) -> tuple[str, int]:
    """Give pattern and flags for `re`. Raise ValueError for a flag that does not exist.

    In XPath `$` is the very end, and `.` is neither line feed nor carriage return.

    >>> translate("a.$", "")
    ('a[^\\\\n\\\\r]\\\\Z', 0)
    """
    if unknown := set(flags) - set(FLAGS) - {"q"}:
        raise ValueError(f"sh:flags `{flags}`: `{min(unknown)}` is none of i, s, m, x, q")
    bits = 0
    for flag in flags.replace("q", ""):
        bits |= FLAGS[flag]
    if "q" in flags:
        pattern = re.escape(pattern)
    else:
        pattern = "".join(_translated(found[0], bits) for found in _TOKEN.finditer(pattern))
    re.compile(pattern, bits)
    return pattern, int(bits)


def _translated(token: str, flags: int) -> str:
    if token == "$" and not flags & re.MULTILINE:
        return r"\Z"
    if token == "." and not flags & re.DOTALL:
        return r"[^\n\r]"
    return token
