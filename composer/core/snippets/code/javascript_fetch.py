"""JavaScript with ``fetch``, in Node.js or in a browser."""

from __future__ import annotations

import re

from composer.core.snippets.carried import Carried, carried
from composer.core.snippets.code.client import Client, headers_for
from composer.core.snippets.literals.javascript import block, byte_string, in_template, string
from composer.core.snippets.snippet import Snippet
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest

_FETCH = Client(
    name="fetch",
    always={
        "Accept": "fetch adds Accept: */*.",
        "User-Agent": "fetch adds a User-Agent of its own.",
        "Accept-Language": "fetch adds Accept-Language: *; a browser, the person's own languages.",
        "Accept-Encoding": "fetch adds Accept-Encoding.",
        "Sec-Fetch-Mode": "fetch adds Sec-Fetch-Mode: cors, and Connection: keep-alive.",
    },
    own=("host",),
    repeats=False,
    notes=(
        "A browser may send its own User-Agent, and adds Origin, Referer and more Sec- headers.",
    ),
)
_NODE_ONLY = "Only Node.js has process.env; in a browser, write the token in its place."
_FORBIDDEN = re.compile(
    r"accept-(?:charset|encoding)|access-control-request-(?:headers|method)|cookie2?|date|dnt|"
    r"expect|keep-alive|origin|referer|set-cookie|te|trailer|upgrade|via|(?:proxy|sec)-.*",
    re.IGNORECASE,
)
"""Headers that no page may set (fetch.spec.whatwg.org, "forbidden request-header")."""

_BODILESS = frozenset({"GET", "HEAD"})


def render(request: WireRequest, key: KeyMode) -> Snippet:
    """A module that sends the request and prints the answer."""
    body = carried(request.body, key)
    headers = headers_for(request, _FETCH)
    notes = [*headers.notes, *_forbidden_notes(headers.written)]
    lines = [f"  method: {string(request.method)},", "  headers: {"]
    lines += [f"    {string(name)}: {string(value)}," for name, value in headers.written]
    lines += ["  },"]
    if request.method in _BODILESS:
        notes += [f"fetch sends no body with {request.method}."] if request.body else []
    else:
        lines += ["  body,"]
    lines += ['  redirect: "manual",', "});"]
    if body.has_variable:
        notes.append(_NODE_ONLY)
    text = "\n".join(
        [
            f"const body = {_body(body)};",
            "",
            f"const response = await fetch({string(request.url)}, {{",
            *lines,
            "console.log(response.status, await response.text());",
        ]
    )
    return Snippet(text=f"{text}\n", notes=(*notes, *body.notes))


def _body(body: Carried) -> str:
    if body.is_text and not body.has_variable:
        return block(body.body.texts[0])
    if body.is_text:
        pieces = body.written(in_template, byte_string, lambda name: f"${{process.env.{name}}}")
        return f"`{''.join(pieces)}`"
    pieces = body.written(block, byte_string, lambda name: f"process.env.{name}")
    return f"Uint8Array.from({' + '.join(pieces)}, (byte) => byte.charCodeAt(0))"


def _forbidden_notes(written: tuple[tuple[str, str], ...]) -> list[str]:
    names = [name for name, _ in written if _FORBIDDEN.fullmatch(name)]
    return [f"A browser leaves out {', '.join(names)}: no page may set that."] if names else []
