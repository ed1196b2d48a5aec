"""All texts of a value with their places, and a quick look for what deserves a closer one.

A value is walked once for the quick look, whose outcome is kept with the event; the slow search
with places follows only where something was found. Knows no rule and no field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from composer.core.jsontext import Object, Path, Value


class Mark(Enum):
    """What the quick look finds."""

    NULL = auto()
    """The character U+0000."""
    HALF = auto()
    """Half a character: a surrogate without its other half."""
    INVISIBLE = auto()
    """A character that takes no room, or looks like a space and is none."""
    MARKUP = auto()
    """A character that HTML or Markdown may have left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A text and where it stands. For a key, ``path`` leads to its member.

    ``is_shadowed`` says that a later member has the same key, so that ``path`` leads to that one.
    """

    path: Path
    text: str
    is_key: bool = False
    is_shadowed: bool = False


HALF = re.compile("[\ud800-\udfff]")
BLANKS = (
    "\t\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f"
)
"""They look like a space and are none."""
JOINERS = "\u200c\u200d"
"""They belong between letters of some scripts, and into emoji."""
HIDDEN = (
    "\xad\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff"
)
"""They take no room."""


def marks_in(value: Value) -> frozenset[Mark]:
    """Which marks stand anywhere in keys and texts."""
    everything = _SEPARATOR.join(_texts(value))
    found = set[Mark]()
    if "\0" in everything:
        found.add(Mark.NULL)
    if any(sign in everything for sign in _MARKUP):
        found.add(Mark.MARKUP)
    if everything.isascii():
        return frozenset(found | ({Mark.INVISIBLE} if "\t" in everything else set()))
    if any(sign in everything for sign in BLANKS + JOINERS + HIDDEN):
        found.add(Mark.INVISIBLE)
    if HALF.search(everything):
        found.add(Mark.HALF)
    return frozenset(found)


def spots(value: Value, mark: Mark) -> Iterator[Spot]:
    """The keys and texts that may have the mark; others are passed over quickly."""
    may = _MAY[mark]
    left: list[tuple[Path, Value, bool]] = [((), value, False)]
    while left:
        path, item, is_shadowed = left.pop()
        if isinstance(item, str):
            if may(item):
                yield Spot(path=path, text=item, is_shadowed=is_shadowed)
        elif isinstance(item, tuple):
            inner = [((*path, place), one, is_shadowed) for place, one in enumerate(item)]
            left += reversed(inner)
        elif isinstance(item, Object):
            last = {key: place for place, (key, _) in enumerate(item.members)}
            for key in filter(may, last):
                yield Spot(path=(*path, key), text=key, is_key=True, is_shadowed=is_shadowed)
            left += reversed(
                [
                    ((*path, key), one, is_shadowed or last[key] != place)
                    for place, (key, one) in enumerate(item.members)
                    if not isinstance(one, str) or may(one)
                ]
            )


_SEPARATOR = "\n"
_MARKUP = ("`", "](", "<a", "<A", "&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&nbsp;")


def _texts(value: Value) -> list[str]:
    found: list[str] = []
    left = [value]
    while left:
        item = left.pop()
        if isinstance(item, str):
            found.append(item)
        elif isinstance(item, tuple):
            left += item
        elif isinstance(item, Object):
            for key, one in item.members:
                found.append(key)
                if isinstance(one, str):
                    found.append(one)
                else:
                    left.append(one)
    return found


def _may_be_half(text: str) -> bool:
    return not text.isascii()


def _may_be_null(text: str) -> bool:
    return "\0" in text


def _may_be_invisible(text: str) -> bool:
    return not text.isascii() or "\t" in text


def _may_be_markup(text: str) -> bool:
    return any(sign in text for sign in _MARKUP)


_MAY = {
    Mark.NULL: _may_be_null,
    Mark.HALF: _may_be_half,
    Mark.INVISIBLE: _may_be_invisible,
    Mark.MARKUP: _may_be_markup,
}
