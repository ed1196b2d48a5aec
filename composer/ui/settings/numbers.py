"""Numbers as they are typed into the settings: read, checked, and written back. Pure functions.

A ``ValueError`` carries the sentence for the person.
"""

from __future__ import annotations

import re

from composer.core.route import LONGEST_WAIT
from composer.core.settings import HIGHEST_PORT

SHORTEST_WAIT = 0.1
"""Seconds."""

_SECONDS = re.compile(r"\d{1,6}(\.\d{1,6})?", re.ASCII)
_PORT = re.compile(r"\d{1,9}", re.ASCII)
_WHOLE = re.compile(r"\d{1,12}", re.ASCII)


def read_seconds(text: str) -> float:
    """A time to wait. Raises ``ValueError``."""
    if not _SECONDS.fullmatch(text.strip()):
        raise ValueError("Write a number, for example 10 or 2.5.")
    seconds = float(text)
    if not SHORTEST_WAIT <= seconds <= LONGEST_WAIT:
        raise ValueError(f"Choose between {SHORTEST_WAIT:g} and {LONGEST_WAIT:g} seconds.")
    return seconds


def read_port(text: str) -> int:
    """A port of this computer; 0 means any that is free. Raises ``ValueError``."""
    if not _PORT.fullmatch(text.strip()) or int(text) > HIGHEST_PORT:
        raise ValueError(f"Write a number up to {HIGHEST_PORT}, for example 8810.")
    return int(text)


def read_limit(text: str, most: int | None) -> int | None:
    """A whole number from 1 up to ``most``, or ``None`` for no limit. Raises ``ValueError``."""
    if not text.strip():
        return None
    if not _WHOLE.fullmatch(text.strip()) or int(text) < 1:
        raise ValueError("Write a whole number, for example 90, or leave it empty for no limit.")
    if most is not None and int(text) > most:
        raise ValueError(f"Write a number up to {most:,}, or leave it empty for no limit.")
    return int(text)


def number_text(number: float) -> str:
    """As short as it can be written: ``10``, ``2.5``."""
    return f"{number:.6f}".rstrip("0").rstrip(".")
