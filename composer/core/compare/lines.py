"""Two bodies that are not both JSON, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from composer.core.compare.listing import Listed, Shown, shown_part
from composer.core.compare.request import Part, RequestDifference
from composer.core.compare.values import DifferenceKind
from composer.core.verdicts.difference import changed_lines


def compare_lines(listed: Listed, texts: tuple[str, str]) -> tuple[Shown, Shown]:
    """List the lines that differ; returns the texts as they are shown."""
    before, after = (text.split("\n") for text in texts)
    shown = shown_part(texts[0]), shown_part(texts[1])
    limits = shown[0].lines, shown[1].lines
    for old, new in _line_pairs(before, after):
        if listed.count(is_fleeting=False):
            one = _line(before, after, old, new)
            left, right = (
                line if line <= limit else 0 for line, limit in zip(one.lines, limits, strict=True)
            )
            listed.found.append(replace(one, lines=(left, right)))
    return shown


def _line_pairs(before: list[str], after: list[str]) -> Iterator[tuple[int | None, int | None]]:
    """Lines that differ, from 0: one that goes with the one that comes for it."""
    for going, coming in changed_lines(before, after):
        yield from zip_longest(going, coming)


def _line(
    before: list[str], after: list[str], old: int | None, new: int | None
) -> RequestDifference:
    kind = DifferenceKind.CHANGED
    if old is None or new is None:
        kind = DifferenceKind.ADDED if old is None else DifferenceKind.REMOVED
    places = 0 if old is None else old + 1, 0 if new is None else new + 1
    return RequestDifference(
        part=Part.BODY,
        what=f"line {places[0] or places[1]:,}",
        kind=kind,
        left="" if old is None else before[old],
        right="" if new is None else after[new],
        lines=places,
    )
