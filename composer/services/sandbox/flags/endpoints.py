"""Which paths the flag service and the configuration have, and what takes requests there.

It judges nothing itself. Source: PostHog's ``rust/feature-flags/src/router.rs``; the limit and its
words are those of axum.
"""

from __future__ import annotations

import re
from http import HTTPStatus

from composer.services.sandbox.answers import plain
from composer.services.sandbox.flags import decide, remote
from composer.services.sandbox.flags.packing import WIRE_LIMIT
from composer.services.sandbox.request import Endpoint


def endpoint_for(path: str) -> Endpoint | None:
    """What takes requests at ``path``, which has no slash at its end; ``None`` for other paths."""
    if path in decide.PATHS:
        return _FLAGS
    return _CONFIG if _CONFIG_PATH.fullmatch(path) else None


_CONFIG_PATH = re.compile(r"/array/[^/]+/config(?:\.js)?")
_BROKEN_OFF = plain(
    HTTPStatus.BAD_REQUEST,
    "Failed to buffer the request body: error reading a body from connection",
)
_STALLED = plain(HTTPStatus.REQUEST_TIMEOUT, "")
_FLAGS = Endpoint(
    judge=decide.judge,
    methods=("GET", "POST", "HEAD"),
    wire_limit=WIRE_LIMIT,
    broken_off=_BROKEN_OFF,
    stalled=_STALLED,
)
_CONFIG = Endpoint(
    judge=remote.judge,
    methods=("GET", "HEAD"),
    wire_limit=WIRE_LIMIT,
    broken_off=_BROKEN_OFF,
    stalled=_STALLED,
)
