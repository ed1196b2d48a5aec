"""Python with requests. Its own headers are switched off by ``None`` and by urllib3's marker."""

from __future__ import annotations

from composer.core.snippets.carried import carried
from composer.core.snippets.code.client import Client, headers_for
from composer.core.snippets.code.python_body import body_lines, imports
from composer.core.snippets.literals.python import string
from composer.core.snippets.snippet import Snippet
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest

_REQUESTS = Client(
    name="requests",
    adds=("User-Agent", "Accept", "Accept-Encoding", "Connection"),
    repeats=False,
    notes=("If ~/.netrc names this host, requests adds an Authorization header.",),
)
_MARKED = frozenset({"User-Agent", "Accept-Encoding"})
"""Headers that urllib3 would add below, if requests only left them out."""


def render(request: WireRequest, key: KeyMode) -> Snippet:
    """A script that sends the request and prints the answer."""
    body = carried(request.body, key)
    headers = headers_for(request, _REQUESTS)
    marker = ["from urllib3.util import SKIP_HEADER"] if _MARKED & {*headers.absent} else []
    data = "body.encode()" if body.is_text else "body"
    off = ((name, "SKIP_HEADER" if name in _MARKED else "None") for name in headers.absent)
    lines = [
        *imports("import requests", body),
        *marker,
        "",
        *body_lines(body),
        "",
        "response = requests.request(",
        f"    {string(request.method)},",
        f"    {string(request.url)},",
        "    headers={",
        *(f"        {string(name)}: {string(value)}," for name, value in headers.written),
        *(f"        {string(name)}: {value},  # not sent" for name, value in off),
        "    },",
        f"    data={data},",
        "    allow_redirects=False,",
        ")",
        "print(response.status_code, response.text)",
    ]
    return Snippet(text="\n".join(lines) + "\n", notes=headers.notes + body.notes)
