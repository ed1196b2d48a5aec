"""Requests that are hard to quote, and the real curl called without any shell."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

from hypothesis import strategies as st

from composer.core.destination import Destination, DestinationKind
from composer.core.wire import WireRequest, build_request
from tests.helpers.recorder import Received, Recorder

TOKEN = "phc_abcdefghijklmnopqrstuvwxyz0123456789ABCD"

_HOSTILE = st.sampled_from(
    [
        *"'\"\\!$`@-%\n\r\t\0{}^&|<>()",
        *('\\"', "\r\n", "🎉", "\u2028", "\u00a0", "\x85", "é", "’", "“", "%PATH%", "%TEMP:a=b%"),
    ]
)
_TEXTS = st.lists(_HOSTILE | st.text(max_size=5), max_size=30).map("".join)
_PLAIN = st.text(st.sampled_from("ab \"\\%^&|<>!'`$@-\n{}=T"), max_size=40)
BODIES = st.binary(max_size=300) | (_TEXTS | _PLAIN).map(lambda text: text.encode())
"""Bodies with everything that any shell treats as its own."""


def request_for(body: bytes, address: str, path: str = "/i/v0/e/") -> WireRequest:
    """The request that the app makes of ``body``."""
    place = Destination(id="x", name="x", kind=DestinationKind.SELF_HOSTED, address=address)
    return build_request(body, place, path)


def run_curl(arguments: Sequence[str], recorder: Recorder) -> Received:
    """Call curl with exactly these arguments; what came over the socket."""
    done = subprocess.run(
        ["curl", *arguments],
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return recorder.next()


def same(received: Received, request: WireRequest) -> bool:
    """Whether method, target, headers and bytes are those of ``request``."""
    return (received.line, sorted(received.headers), received.body) == (
        f"{request.method} {request.target} HTTP/1.1",
        sorted(request.headers),
        request.body,
    )
