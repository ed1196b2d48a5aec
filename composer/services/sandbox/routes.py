"""Which paths the sandbox knows, and the answers for which no body is read.

Source: capture-server.md, 1.1, 1.2, 1.6, 1.7. It knows nothing of events.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus

from composer.core.behaviour import Behaviour, Edition
from composer.services.sandbox.answers import Answer, plain
from composer.services.sandbox.flags.endpoints import endpoint_for
from composer.services.sandbox.request import Endpoint
from composer.services.sandbox.v0 import capture
from composer.services.sandbox.v1 import capture as v1


def path_of(raw: bytes) -> str:
    """The path as it is looked up: nothing in it is decoded, for axum's router decodes nothing.

    A client that takes this server for a proxy puts scheme and host before it (RFC 9112, 3.2.2).
    """
    target = raw.decode("latin-1")
    return target if target.startswith("/") else _BEFORE_PATH.sub("", target) or "/"


def route_of(path: str) -> str:
    """A path as it is looked up: with or without one slash at its end."""
    return path.removesuffix("/")


def endpoint(path: str, behaviour: Behaviour) -> Endpoint | None:
    """What takes requests at ``path``; ``None`` for a path that does not exist."""
    route = route_of(path)
    found = capture.endpoint(route, behaviour.edition) or v1.endpoint(route, behaviour)
    return found or endpoint_for(route)


def service_answer(method: str, path: str, behaviour: Behaviour) -> Answer | None:
    """What is answered without a look at the body, and is no arrival; ``None`` for the rest."""
    if method == "OPTIONS":
        return _PREFLIGHT_V1 if route_of(path) in v1.PATHS else _PREFLIGHT
    return _SERVICE_ROUTES[behaviour.edition].get(path) if method in _READING else None


def refusal(method: str, path: str, found: Endpoint | None) -> Answer | None:
    """404 for a path that does not exist, 405 for a method that it does not take."""
    if path in _SERVICE_ROUTES[Edition.CURRENT]:
        return _not_allowed("GET,HEAD")
    if found is None:
        return Answer(status=HTTPStatus.NOT_FOUND)
    return None if method in found.methods else _not_allowed(",".join((*found.methods, "OPTIONS")))


def cors_headers(method: str, headers: Mapping[str, str]) -> dict[str, str]:
    """The headers with which every answer lets any web page read it."""
    found = {"access-control-allow-credentials": "true", "vary": _VARY}
    if origin := headers.get("origin"):
        found["access-control-allow-origin"] = origin
    if method == "OPTIONS" and (asked := headers.get("access-control-request-headers")):
        found["access-control-allow-headers"] = asked
    return found


def _not_allowed(methods: str) -> Answer:
    return Answer(status=HTTPStatus.METHOD_NOT_ALLOWED, headers=(("allow", methods),))


_BEFORE_PATH = re.compile(r"https?://[^/]*", re.IGNORECASE)
_READING = frozenset({"GET", "HEAD"})
_METHODS = "access-control-allow-methods"
_PREFLIGHT = Answer(status=HTTPStatus.OK, headers=((_METHODS, "GET,POST,OPTIONS"),))
_PREFLIGHT_V1 = Answer(status=HTTPStatus.OK, headers=((_METHODS, "POST,OPTIONS"),))
_CAPTURE = plain(HTTPStatus.OK, "capture")
_SERVICE_ROUTES = {
    Edition.CURRENT: {
        "/": _CAPTURE,
        "/_readiness": Answer(status=HTTPStatus.OK),
        "/_liveness": plain(HTTPStatus.OK, "ok"),
    },
    Edition.OF_2024: {
        "/": _CAPTURE,
        "/_readiness": _CAPTURE,
        "/_liveness": plain(HTTPStatus.OK, "HealthStatus { healthy: true, components: {} }"),
    },
}
_VARY = "origin, access-control-request-method, access-control-request-headers"
