"""What one of PostHog's libraries does with an event that it is given."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from composer.core.snippets.literals.syntax import Syntax


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """A library and its habits, with what the scripts here switch off switched off.

    ``replaces`` are properties that it sets whatever they were, ``adds`` those that it sets where
    there are none. ``limit`` is the size of an event, in bytes of JSON, from which it drops it;
    0 for none.
    """

    name: str
    syntax: Syntax
    number: Callable[[str], str]
    """How it writes a JSON number on the wire."""
    time: Callable[[datetime], str]
    """How it writes an instant in UTC."""
    replaces: tuple[str, ...]
    adds: tuple[str, ...] = ()
    uuid: re.Pattern[str]
    keeps_halves: bool = False
    """Whether text may hold half a character, as in ``\\ud83d`` alone."""
    is_historical: bool = False
    """Whether it can mark a batch as historical."""
    limit: int = 0
    request: str
    """A sentence on the request that it makes."""


ANY_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
VERSIONED_UUID = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.IGNORECASE
)
