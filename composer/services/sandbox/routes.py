"""Which paths the sandbox knows, and the answers for which no body is read.

Source: capture-server.md, 1.1, 1.6, 1.7. It knows nothing of events.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from composer.services.sandbox.answers import Answer, plain

BLACK_HOLE = "/test/black_hole"
CAPTURE_ROUTES = frozenset({"/i/v0/e", "/e", "/batch", "/capture", "/track", "/engage", BLACK_HOLE})


def capture_route(path: str) -> str:
    """The route of a capture path, with or without one slash at its end; empty for other paths."""
    route = path.removesuffix("/")
    return route if route in CAPTURE_ROUTES else ""


def service_answer(method: str, path: str) -> Answer | None:
    """What is answered without a look at the body, and is no arrival; ``None`` for the rest."""
    if method == "OPTIONS":
        return _PREFLIGHT
    return _SERVICE_ROUTES.get(path) if method in _READING else None


def refusal(method: str, path: str) -> Answer | None:
    """404 for a path that does not exist, 405 for a method that it does not take."""
    if path in _SERVICE_ROUTES:
        return _not_allowed("GET,HEAD")
    if not capture_route(path):
        return Answer(status=HTTPStatus.NOT_FOUND)
    return None if method == "POST" or method in _READING else _not_allowed("POST,GET,HEAD,OPTIONS")


def cors_headers(method: str, headers: Mapping[str, str]) -> dict[str, str]:
    """The headers with which every answer lets any web page read it."""
    found = {"access-control-allow-credentials": "true", "vary": _VARY}
    if origin := headers.get("origin"):
        found["access-control-allow-origin"] = origin
    if method == "OPTIONS":
        found["access-control-allow-methods"] = "GET,POST,OPTIONS"
        if asked := headers.get("access-control-request-headers"):
            found["access-control-allow-headers"] = asked
    return found


def _not_allowed(methods: str) -> Answer:
    return Answer(status=HTTPStatus.METHOD_NOT_ALLOWED, headers=(("allow", methods),))


_READING = frozenset({"GET", "HEAD"})
_PREFLIGHT = Answer(status=HTTPStatus.OK)
_SERVICE_ROUTES = {
    "/": plain(HTTPStatus.OK, "capture"),
    "/_readiness": Answer(status=HTTPStatus.OK),
    "/_liveness": plain(HTTPStatus.OK, "ok"),
}
_VARY = "origin, access-control-request-method, access-control-request-headers"
