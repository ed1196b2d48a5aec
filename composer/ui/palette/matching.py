"""How well a text fits what was typed. Pure functions; they know no widget and no entry.

Best first: the text begins with it, each word of it begins a word of the text, it stands somewhere
inside, its letters stand in the text in their order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple, TypeVar

SCATTERED_FROM = 3
"""Letters. Fewer than that stand scattered in almost any text."""

_T = TypeVar("_T")
_WORD = re.compile(r"[^\W_]+")


class Grade(IntEnum):
    """In which way a text fits; the lower, the better."""

    PREFIX = 0
    WORD_START = 1
    INSIDE = 2
    SCATTERED = 3


class Score(NamedTuple):
    """A fit that can be compared: the lower, the better."""

    grade: Grade
    distance: int
    """From the beginning, or how far the letters lie apart."""
    length: int
    """Of two texts that fit alike, the shorter one holds less that was not asked for."""


def score(query: str, text: str) -> Score | None:
    """How ``text`` fits ``query``, in any capitals; ``None`` if it does not.

    An empty query fits every text equally.
    """
    wanted, given = " ".join(query.casefold().split()), text.casefold()
    if not wanted:
        return Score(Grade.PREFIX, 0, 0)
    if given.startswith(wanted):
        return Score(Grade.PREFIX, 0, len(given))
    starts = [match.start() for match in _WORD.finditer(given)]
    found = [_word_start(word, given, starts) for word in wanted.split()]
    places = [place for place in found if place is not None]
    if len(places) == len(found):
        return Score(Grade.WORD_START, sum(places), len(given))
    inside = given.find(wanted)
    if inside >= 0:
        return Score(Grade.INSIDE, inside, len(given))
    letters = wanted.replace(" ", "")
    span = _span(letters, given) if len(letters) >= SCATTERED_FROM else None
    return None if span is None else Score(Grade.SCATTERED, span, len(given))


def best(query: str, text: str, also: Iterable[str] = ()) -> Score | None:
    """The best score of a thing's own text and of other words for it, which count a grade less."""
    scores = [score(query, text)]
    for other in also:
        found = score(query, other)
        if found is not None and found.grade < Grade.SCATTERED:
            scores.append(found._replace(grade=Grade(found.grade + 1)))
    return min(filter(None, scores), default=None)


def ranked(things: Iterable[_T], score_of: Callable[[_T], Score | None]) -> list[tuple[Score, _T]]:
    """The things that have a score, best first; those that fit alike keep their order."""
    scored = [(score_of(thing), thing) for thing in things]
    fitting = [(found, thing) for found, thing in scored if found is not None]
    return sorted(fitting, key=lambda pair: pair[0])


def _word_start(word: str, text: str, starts: Sequence[int]) -> int | None:
    """Where a word of the text begins with ``word``, also with a sign such as ``$`` before it."""
    for start in starts:
        if text.startswith(word, start):
            return start
        if start and text.startswith(word, start - 1) and not text[start - 1].isspace():
            return start - 1
    return None


def _span(letters: str, text: str) -> int | None:
    """The length of the shortest stretch that holds the letters in order; ``None`` if none does."""
    shortest: int | None = None
    for start, first in enumerate(text):
        if first != letters[0]:
            continue
        end = start
        for letter in letters[1:]:
            end = text.find(letter, end + 1)
            if end < 0:
                return shortest  # starting later does not help either
        if shortest is None or end - start + 1 < shortest:
            shortest = end - start + 1
    return shortest
