"""Personal keys (``phx_``): found, refused and masked, so that they stand in no file.

A personal key opens a person's whole account; a project token only takes events in. Whoever writes
something down that a person typed passes it through ``without_personal_keys``.
"""

from __future__ import annotations

import re

from composer.core.destination import is_personal_key, personal_key_words
from composer.core.errors import ComposerError
from composer.core.tokens import tokens_in
from composer.core.wire import WireRequest


class PersonalKeyError(ComposerError):
    """A personal key stands where a project token belongs; nothing was written and nothing sent."""


def personal_key_in(body: bytes) -> str:
    """The personal key that a request body carries as its token; empty if there is none."""
    if not _MAYBE.search(body):
        return ""
    return next((token for token in tokens_in(body) if is_personal_key(token)), "")


def refuse_personal_keys(request: WireRequest) -> None:
    """Raise ``PersonalKeyError`` if a request carries a personal key, as its token or elsewhere.

    What is sent stands in the history as it was sent, and in the project of whoever receives it.
    """
    if words := personal_key_words(personal_key_in(request.body)):
        raise PersonalKeyError(f"{words} Nothing was sent.")
    if _MAYBE.search(request.body):
        body = request.body.decode("utf-8", "replace")
        if without_personal_keys(body) != body:
            raise PersonalKeyError(
                "There is a personal key in the event. Take it out: nothing was sent."
            )
    head = (request.url, *(value for _, value in request.headers))
    if any(without_personal_keys(text) != text for text in head):
        raise PersonalKeyError(
            "There is a personal key in the address or in a header. Take it out: nothing was sent."
        )


def without_personal_keys(text: str) -> str:
    """``text`` with every personal key in it masked: JSON, plain text, headers, web addresses.

    A key is known by its length wherever it stands, and by its place as a token of any length. It
    is also found with letters written as JSON or web addresses escape them. Text without one comes
    back as it is, and so does text that was masked before.
    """
    if not any(sign in text for sign in ("phx_", "\\u00", "%")) or not _ANYWHERE.search(text):
        return text  # nearly always, and then quickly: texts may have many megabytes
    return _KEY.sub("phx_…", _AS_TOKEN.sub(r"\g<1>phx_…", text))


def _spelled(letters: str) -> str:
    """A pattern for ``letters``, each as it is or escaped."""
    return "".join(rf"(?:{c}|\\+u00(?i:{ord(c):02x})|%(?i:{ord(c):02x}))" for c in letters)


_PREFIX = _spelled("phx_")
_ANYWHERE = re.compile(_PREFIX)
_KEY = re.compile(_PREFIX + r"(?:[A-Za-z0-9]|\\+u00[0-9A-Fa-f]{2}){16,}")
"""Real ones have about 43 letters and digits; ``phx_airport_shuttle`` is a value like any other."""
_AS_TOKEN = re.compile(
    r'("(?:api_key|\$?token)\\*"\s*:\s*\\*"\s*|(?i:bearer)\s+)'
    + _PREFIX
    + r'(?:[^"\\\s…]|\\+u[0-9A-Fa-f]{4})+'
)
"""Also within JSON that is a string of JSON, as text that is no event yet is kept."""
_MAYBE = re.compile(rb"phx_|\\u00")
