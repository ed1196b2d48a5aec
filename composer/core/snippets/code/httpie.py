"""HTTPie, as a command for bash. The body comes through the pipe, so that its length is free."""

from __future__ import annotations

from collections.abc import Callable

from composer.core.shells.bash_quoting import escaped, quoted
from composer.core.shells.terminal import UNSAFE
from composer.core.snippets.carried import carried
from composer.core.snippets.code.client import Client, headers_for
from composer.core.snippets.snippet import Snippet
from composer.core.stand_ins import Body
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest

_HTTPIE = Client(
    name="HTTPie",
    adds=("User-Agent", "Accept", "Accept-Encoding", "Connection", "Content-Type"),
)


def render(request: WireRequest, key: KeyMode) -> Snippet:
    """The command, over several lines."""
    body = carried(request.body, key)
    headers = headers_for(request, _HTTPIE)
    items = [f"{name}:{value}" if value else f"{name};" for name, value in headers.written]
    items += [f"{name}:" for name in headers.absent]
    words = [
        f"{_fed(body.body)} |",
        f"http --verbose --path-as-is {quoted(request.method)} {quoted(request.url)}",
        *(quoted(item) for item in items),
    ]
    return Snippet(text=" \\\n  ".join(words) + "\n", notes=headers.notes + body.notes)


def _fed(body: Body) -> str:
    if any(UNSAFE.search(text) for text in body.texts):
        return "printf '%b' " + _argument(body, lambda text: quoted(escaped(text)))
    return "printf '%s' " + _argument(body, quoted)


def _argument(body: Body, text: Callable[[str], str]) -> str:
    return "".join(body.written(text, lambda name: f'"${name}"'))
