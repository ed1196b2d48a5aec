"""What is typed into the fields of the behaviour view: read, checked, written back.

Pure functions. A ``ValueError`` carries the sentence for the person, with the next step. Limits of
a rule: ``composer/core/behaviour/rules.py``; of a token: capture-server.md, 3.2.
"""

from __future__ import annotations

import re

from composer.core.behaviour.rules import (
    FIRST_STATUS,
    LARGEST_NTH,
    LAST_STATUS,
    LONGEST_DELAY_S,
    LONGEST_RETRY_AFTER_S,
)
from composer.core.destination import is_personal_key
from composer.core.jsontext import JsonError, parse
from composer.core.urls import wire_url

MOST_TOKEN_CHARACTERS = 64


def read_status(text: str) -> int:
    """A status that refuses."""
    number = _whole(text)
    if number is None or not FIRST_STATUS <= number <= LAST_STATUS:
        raise ValueError(f"Write a status from {FIRST_STATUS} to {LAST_STATUS}, for example 503.")
    return number


def read_delay(text: str) -> float:
    """Seconds to wait; empty for none."""
    if not text.strip():
        return 0.0
    if not _SECONDS.fullmatch(text.strip()) or float(text) > LONGEST_DELAY_S:
        raise ValueError(f"Write seconds up to {LONGEST_DELAY_S:g}, for example 2.5.")
    return float(text)


def read_slowness(text: str) -> float:
    """Seconds to wait, where waiting is all that the rule does."""
    seconds = read_delay(text)
    if seconds == 0:
        raise ValueError("Write how many seconds to wait, for example 3.")
    return seconds


def read_retry_after(text: str) -> int | None:
    """Seconds for ``Retry-After``; empty for no such header."""
    if not text.strip():
        return None
    number = _whole(text)
    if number is None or number > LONGEST_RETRY_AFTER_S:
        raise ValueError(f"Write whole seconds up to {LONGEST_RETRY_AFTER_S}, or leave it empty.")
    return number


def read_nth(text: str) -> int:
    """Which one of the requests."""
    number = _whole(text)
    if not number or number > LARGEST_NTH:
        raise ValueError("Count from 1: write 3 for the third request.")
    return number


def read_share(text: str) -> float:
    """Percent, as a share of 1."""
    clean = text.strip().removesuffix("%").rstrip()
    if not _SECONDS.fullmatch(clean) or not 0 < float(clean) <= 100:
        raise ValueError("Write percent above 0 and up to 100, for example 20 for every fifth.")
    return round(float(clean) / 100, 8)


def read_location(text: str) -> str:
    """Where a redirect leads, as it stands in the header."""
    try:
        return wire_url(text)
    except ValueError:
        raise ValueError("Write a whole address, for example https://other.example/.") from None


def read_path(text: str) -> str:
    """The path of the requests; empty for every path."""
    path = text.strip()
    if path and not path.startswith("/"):
        raise ValueError("Begin with a slash, for example /batch, or leave it empty for all.")
    if any(sign in path for sign in "?# ") or not path.isascii():
        raise ValueError("Write the path alone, without a query, for example /i/v0/e.")
    return path


def read_text(text: str) -> str:
    """Any text, exactly as it is typed."""
    return text


def read_payload(text: str) -> str:
    """JSON text, or nothing."""
    if not text.strip():
        return ""
    try:
        parse(text)
    except JsonError as error:
        raise ValueError(f"{error} {error.hint}".rstrip()) from None
    return text


def read_token(text: str) -> str:
    """A project token that the sandbox is to know."""
    if is_personal_key(text):
        raise ValueError("This is a personal key. Use the project token, which begins with phc_.")
    if not text.isascii() or "\0" in text:
        raise ValueError("There are characters in it that no token has. Copy the token again.")
    if len(text) > MOST_TOKEN_CHARACTERS:
        raise ValueError("Longer than 64 characters: PostHog refuses it. Copy the token again.")
    if text != text.strip():
        raise ValueError("There are spaces around the token. Remove them.")
    return text


def percent_text(share: float) -> str:
    """A share of 1 in percent: ``20``, ``33.3``."""
    return number_text(share * 100)


def number_text(number: float) -> str:
    """As short as it can be written: ``10``, ``2.5``."""
    return f"{number:.6f}".rstrip("0").rstrip(".")


_SECONDS = re.compile(r"\d{1,6}(\.\d{1,6})?", re.ASCII)
_WHOLE = re.compile(r"\d{1,6}", re.ASCII)


def _whole(text: str) -> int | None:
    clean = text.strip()
    return int(clean) if _WHOLE.fullmatch(clean) else None
