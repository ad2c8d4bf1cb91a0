"""Tell a line that was broken for want of room from one that its writer ended on purpose.

Text broken at a width never leaves room for the word that follows. So a run of lines in which half leave room
is a list of lines; in any other run only a line with a key and a value, or a very short one, was ended.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from readson.documents.line_marks import Line, ends_sentence, keyed

_SHORT, _NARROWEST, _WIDEST = 0.6, 30, 120
# Letters differ in width where text is printed, so room is told only by a margin.
_MARGIN = 0.9
# A line that ends with one of these goes on in the next.
_OPEN_ENDS = re.compile(
    r"(?<!\w)(?:an?|the|of|to|in|on|at|by|for|from|with|within|without|than|below|above|under|over|between|and|or"
    r"|nor|as|is|are|was|were|be|been|has|have|had|about|into|onto|through|via|per|its|their|which)$",
    re.IGNORECASE,
)


def cut_run(lines: Sequence[Line], width: int) -> list[list[Line]]:
    """Cut consecutive lines into the blocks that they form; `width` is that of the longest line around."""
    widest = max(len(line.words) for line in lines)
    room = [_leaves_room(line.words, following.words, widest) for line, following in pairwise(lines)]
    listed = bool(room) and 2 * sum(room) >= len(room)
    short = max(_NARROWEST, _SHORT * min(width, _WIDEST))
    parts = [[lines[0]]]
    for line in lines[1:]:
        before = parts[-1][-1].words
        if _ended(before, line.words, len(before) < short, listed):
            parts.append([])
        parts[-1].append(line)
    return parts


def _leaves_room(words: str, following: str, widest: int) -> bool:
    return len(words) + 1 + len(following.split(None, 1)[0]) <= _MARGIN * widest


def _ended(words: str, following: str, short: bool, listed: bool) -> bool:
    """Tell whether a line was ended on purpose."""
    capital, number = following[0].isupper(), following[0].isdigit()
    if _goes_on(words):
        return False
    if keyed(words):
        return keyed(following) or ((capital or number) and (short or listed or ends_sentence(words)))
    if keyed(following) and capital:
        return short or listed or ends_sentence(words)
    if listed:
        return capital or number
    return ends_sentence(words) if len(words) > _WIDEST else short and capital


def _goes_on(words: str) -> bool:
    return words.endswith((",", "-", "(", "/")) or bool(_OPEN_ENDS.search(words[-9:]))
