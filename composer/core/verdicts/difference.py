"""A mend shown before it is done: two texts line by line, what goes and what comes.

Knows nothing of mends. For texts of any length: long stretches are compared piece by piece, and
long lines are shown where they differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import islice, tee, zip_longest

from composer.core.jsontext import JsonError, encode, parse


class DiffKind(StrEnum):
    """What happens to a line."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffLine:
    """One line. ``before`` and ``after`` are its numbers in the two texts, from 1.

    A line that is removed has no number ``after``, one that is added none ``before``. Where the
    numbers jump, lines that are the same have been left out.
    """

    kind: DiffKind
    text: str
    before: int | None = None
    after: int | None = None


def preview(
    text_before: str, text_after: str, *, context: int = 3, most: int = 2_000
) -> tuple[DiffLine, ...]:
    """What differs, with ``context`` lines around it; at most ``most`` lines are given.

    Two texts that are JSON, and of which one has very long lines, are compared as they would be
    laid out over lines; the numbers are those of the lines shown.
    """
    if text_before == text_after:
        return ()
    before, after = _lines(text_before, text_after)
    return tuple(islice(_shown(before, after, context), most))


def changed_lines(before: list[str], after: list[str]) -> Iterator[tuple[range, range]]:
    """Which lines of either text, from 0, stand where the other has others; in their order."""
    for kind, i, i_end, j, j_end in _joined(_blocks(before, after)):
        if kind is not DiffKind.SAME:
            yield range(i, i_end), range(j, j_end)


_LONG = 400
"""Characters of a line that are shown."""
_LEAD = 40
"""Of these, how many stand before the first character that differs."""
_WINDOW = 120
"""Lines that are compared at once: the time grows with its square, and the number of windows."""

_Block = tuple[DiffKind, int, int, int, int]
"""A kind with where it begins and ends in the one text and in the other."""


def _lines(before: str, after: str) -> tuple[list[str], list[str]]:
    lines = before.split("\n"), after.split("\n")
    if all(len(line) <= _LONG for side in lines for line in side):
        return lines
    try:
        laid_out = encode(parse(before)), encode(parse(after))
    except JsonError:
        return lines
    if laid_out[0] == laid_out[1]:
        return lines  # only the spacing differs, and that is what has to be shown
    return laid_out[0].split("\n"), laid_out[1].split("\n")


def _shown(before: list[str], after: list[str], context: int) -> Iterator[DiffLine]:
    blocks, following = tee(_joined(_blocks(before, after)))
    next(following, None)
    for place, (block, then) in enumerate(zip_longest(blocks, following)):
        kind, i, i_end, j, j_end = block
        if kind is not DiffKind.SAME:
            yield from _changed(before, after, (i, i_end, j, j_end))
            continue
        head = context if place else 0
        tail = context if then is not None else 0
        size = i_end - i
        for step in range(size):
            if step < head or step >= size - tail:
                text = _cut(before[i + step], 0)
                yield DiffLine(
                    kind=DiffKind.SAME, text=text, before=i + step + 1, after=j + step + 1
                )


def _changed(
    before: list[str], after: list[str], where: tuple[int, int, int, int]
) -> Iterator[DiffLine]:
    i, i_end, j, j_end = where
    for n in range(i, i_end):
        at = _first_difference(before[n], after[j + n - i]) if j + n - i < j_end else 0
        yield DiffLine(kind=DiffKind.REMOVED, text=_cut(before[n], at), before=n + 1)
    for n in range(j, j_end):
        at = _first_difference(after[n], before[i + n - j]) if i + n - j < i_end else 0
        yield DiffLine(kind=DiffKind.ADDED, text=_cut(after[n], at), after=n + 1)


def _joined(blocks: Iterator[_Block]) -> Iterator[_Block]:
    """Neighbours that are both the same, or both changed, as one block; empty ones left out."""
    last: _Block | None = None
    for block in blocks:
        kind, _, i_end, _, j_end = block
        if block[1] == i_end and block[3] == j_end:
            continue
        if last is not None and last[0] is kind:
            last = (kind, last[1], i_end, last[3], j_end)
            continue
        if last is not None:
            yield last
        last = block
    if last is not None:
        yield last


def _blocks(before: list[str], after: list[str]) -> Iterator[_Block]:
    """The two texts from start to end: what is the same, and (as ``REMOVED``) what is changed."""
    same = _common_end(before, after)
    ends = len(before) - same, len(after) - same
    i = j = 0
    while (i, j) != ends:
        start = i
        while i < ends[0] and j < ends[1] and before[i] == after[j]:
            i, j = i + 1, j + 1
        yield DiffKind.SAME, start, i, j - (i - start), j
        stops = min(i + _WINDOW, ends[0]), min(j + _WINDOW, ends[1])
        pieces = list(_compared(before[i : stops[0]], after[j : stops[1]]))
        if stops != ends and len(pieces) > 1 and pieces[-1][0] is not DiffKind.SAME:
            pieces.pop()  # how this goes on is seen from the next window
        for kind, a, a_end, b, b_end in pieces:
            yield kind, i + a, i + a_end, j + b, j + b_end
        i, j = (i + pieces[-1][2], j + pieces[-1][4]) if pieces else (i, j)
    yield DiffKind.SAME, i, len(before), j, len(after)


def _common_end(before: list[str], after: list[str]) -> int:
    """How many lines at the end are the same."""
    pairs = zip(reversed(before), reversed(after), strict=False)
    different = (place for place, (one, other) in enumerate(pairs) if one != other)
    return next(different, min(len(before), len(after)))


def _compared(before: list[str], after: list[str]) -> Iterator[_Block]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        yield (DiffKind.SAME if tag == "equal" else DiffKind.REMOVED), i, i_end, j, j_end


def _first_difference(one: str, other: str) -> int:
    """Where two texts begin to differ, found by halves: comparing beginnings is fast."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _cut(line: str, at: int) -> str:
    """A long line as far as it can be shown, from shortly before the character at ``at``."""
    if len(line) <= _LONG:
        return line
    begin = 0 if at < _LONG - _LEAD else at - _LEAD
    end = begin + _LONG
    return f"{'…' if begin else ''}{line[begin:end]}{'…' if end < len(line) else ''}"
