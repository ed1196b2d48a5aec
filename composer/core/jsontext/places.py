"""Finds where the value at a path stands in JSON text, so that a cursor can be put there."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import cast

from composer.core.jsontext.reading import parse
from composer.core.jsontext.values import Path

LEXEME = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)
"""What valid JSON text is made of: strings, signs, and words (numbers, ``true`` and so on)."""


@dataclass(slots=True)
class _Level:
    """An object or array that is open at this place; ``step`` is the key or index of its value."""

    is_object: bool
    step: str | int | None


def offset_of(text: str, path: Path) -> int | None:
    """The character at which the value at ``path`` begins; ``None`` if there is none.

    Of a repeated key the last one counts. ``text`` has to be valid JSON.
    """
    return offsets_of(text, (path,)).get(path)


def offsets_of(text: str, paths: Collection[Path]) -> dict[Path, int]:
    """``offset_of`` for many paths, in one walk through the text."""
    wanted = frozenset(paths)
    found: dict[Path, int] = {}
    levels: list[_Level] = []
    after_colon = False
    for match in LEXEME.finditer(text):
        lexeme = match[0]
        if lexeme in "]}":
            levels.pop()
        elif lexeme == ",":
            _next(levels[-1])
        elif lexeme == ":":
            after_colon = True
        elif levels and levels[-1].is_object and not after_colon:
            levels[-1].step = str(parse(lexeme))
        else:
            after_colon = False
            place = tuple([level.step for level in levels])
            if place in wanted:
                found[cast("Path", place)] = match.start()
            if lexeme in "[{":
                levels.append(_Level(lexeme == "{", None if lexeme == "{" else 0))
    return found


def _next(level: _Level) -> None:
    level.step = level.step + 1 if isinstance(level.step, int) else None
