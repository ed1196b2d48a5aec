"""What an edit did to a text, told from the text before and after it. Pure functions; no Qt."""

from __future__ import annotations


def changed_span(old: str, new: str) -> tuple[int, int, str]:
    """The smallest replacement that makes ``new`` of ``old``: start and end in old, and the text.

    Counted in code points.
    """
    start = _common_prefix(old, new)
    tail = _common_suffix(old, new, min(len(old), len(new)) - start)
    return start, len(old) - tail, new[start : len(new) - tail]


def carry_over(exact: str, before: str, after: str, ended: int | None = None) -> str:
    """Apply to ``exact`` the edit that turned ``before`` into ``after``.

    ``before`` shows ``exact`` one character for one. Where the edit did not reach, the exact
    characters stay. ``ended`` is where in ``after`` it ended, as the cursor tells: which of several
    equal dots is gone, the texts alone do not say.
    """
    kept = 0
    if ended is not None:
        kept = _common_suffix(before, after, min(len(before), len(after) - ended))
    start, end, put = changed_span(before[: len(before) - kept], after[: len(after) - kept])
    return exact[:start] + put + exact[end:]


def _common_prefix(one: str, two: str) -> int:
    """How many characters both begin with; halving, for slices compare at memory speed."""
    low, high = 0, min(len(one), len(two))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == two[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_suffix(one: str, two: str, most: int) -> int:
    """How many characters, at most ``most``, both end with."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        ends = (text[len(text) - middle : len(text) - low] for text in (one, two))
        if next(ends) == next(ends):
            low = middle
        else:
            high = middle - 1
    return low
