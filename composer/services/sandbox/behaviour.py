"""How the sandbox is told to misbehave: switches for trying out what a real service does rarely.

A value, set as a whole; the server reads it once for each request. Only requests to the capture
routes are touched. Source of statuses and texts: capture-server.md, 3.1 and 3.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from composer.services.sandbox.answers import Answer, plain
from composer.services.sandbox.unpack import WIRE_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """All off by default, which is PostHog on a good day.

    ``delay_s`` is in seconds and goes before every answer. Of the others the first that is set
    wins: ``drop``, ``html``, ``redirect``, ``status``. ``known_tokens`` refuses all other tokens
    with 401, as newer deployments do.
    """

    known_tokens: frozenset[str] | None = None
    delay_s: float = 0.0
    drop: bool = False
    """Reset the connection instead of answering."""
    html: bool = False
    """Answer 200 with a web page, as a host that is no PostHog does."""
    redirect: str = ""
    """Answer 307 with this address."""
    status: int = 0
    """Answer this status, with PostHog's text where it has one."""
    retry_after_s: int | None = None
    """A ``Retry-After`` header for ``status``, in seconds."""


def scripted_answer(behaviour: Behaviour) -> Answer | None:
    """The answer that the switches ask for; ``None`` for an honest one."""
    if behaviour.html:
        return Answer(status=HTTPStatus.OK, body=_PAGE, headers=(("content-type", _HTML),))
    if behaviour.redirect:
        return Answer(
            status=HTTPStatus.TEMPORARY_REDIRECT, headers=(("location", behaviour.redirect),)
        )
    if not behaviour.status:
        return None
    wait = behaviour.retry_after_s
    headers = () if wait is None else (("retry-after", str(wait)),)
    return plain(behaviour.status, _TEXTS.get(behaviour.status, ""), *headers)


_HTML = "text/html; charset=utf-8"
_PAGE = b"<!doctype html><html><head><title>Welcome</title></head><body>It works.</body></html>"
_TEXTS: dict[int, str] = {
    HTTPStatus.BAD_REQUEST: "failed to parse request: expected value at line 1 column 1",
    HTTPStatus.UNAUTHORIZED: "The provided API key is invalid or has expired.",
    HTTPStatus.REQUEST_TIMEOUT: "client stopped sending data",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        f"maximum event size exceeded: Request body exceeds limit of {WIRE_LIMIT} bytes"
    ),
    HTTPStatus.TOO_MANY_REQUESTS: "rate limited",
    HTTPStatus.INTERNAL_SERVER_ERROR: "internal server error",
    HTTPStatus.SERVICE_UNAVAILABLE: "transient error, please retry",
}
