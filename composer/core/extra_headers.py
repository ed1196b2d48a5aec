"""The headers that a person adds to every request of a project, such as for a reverse proxy.

Names and values are those of RFC 9110, sections 5.1 and 5.5. What a request does with them:
``composer.core.wire``; which of them are secret: ``composer.core.secret_headers``.
"""

from __future__ import annotations

import re
from collections import Counter

from composer.core.personal_keys import without_personal_keys

MADE_BY_THE_APP = frozenset({"host", "content-type", "content-encoding", "content-length"})
"""These say what the address and the body are."""

OF_THE_CONNECTION = frozenset(
    {
        "connection",
        "expect",
        "keep-alive",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""With one of these the bytes would not go out as they are shown."""


def header_problem(name: str, value: str) -> str:
    """What is wrong with an extra header as typed, with the next step; empty if all is well."""
    if not name.strip():
        return "Enter the name of the header, such as X-Forwarded-For."
    if not _TOKEN.fullmatch(name):
        return "A header's name has letters, digits and hyphens only, such as X-Api-Key."
    if name.lower() in MADE_BY_THE_APP:
        return f"The app makes {name} itself. Remove this line."
    if name.lower() in OF_THE_CONNECTION:
        return f"{name} belongs to the connection and cannot be set. Remove this line."
    if not value.strip():
        return f"Enter the value of {name}, or remove this line."
    if value != value.strip() or not _VALUE.fullmatch(value):
        return (
            f"The value of {name} cannot be sent: it has to be one line of ASCII, without blanks "
            "around it. Copy it again."
        )
    if without_personal_keys(value) != value:
        return "There is a personal key in it, which opens your account. Use another key."
    return ""


def headers_problem(headers: tuple[tuple[str, str], ...]) -> str:
    """What is wrong with the headers of a project; empty if all of them can be sent."""
    for name, value in headers:
        if problem := header_problem(name, value):
            return problem
    counts = Counter(name.lower() for name, _ in headers)
    twice = next((name for name, _ in headers if counts[name.lower()] > 1), "")
    return f"{twice} stands there twice. Remove one of the lines." if twice else ""


_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t -~]+")
"""RFC 9110 also has bytes above ASCII, and says that nobody may rely on what they mean."""
