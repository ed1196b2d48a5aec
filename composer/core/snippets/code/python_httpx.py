"""Python with httpx. A ``Request`` made by hand carries no header but those it is given."""

from __future__ import annotations

from composer.core.snippets.carried import carried
from composer.core.snippets.code.client import Client, headers_for
from composer.core.snippets.code.python_body import body_lines, imports
from composer.core.snippets.literals.python import string
from composer.core.snippets.snippet import Snippet
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest

_HTTPX = Client(name="httpx")


def render(request: WireRequest, key: KeyMode) -> Snippet:
    """A script that sends the request and prints the answer."""
    body = carried(request.body, key)
    headers = headers_for(request, _HTTPX)
    content = "body.encode()" if body.is_text else "body"
    lines = [
        *imports("import httpx", body),
        "",
        *body_lines(body),
        "",
        "request = httpx.Request(",
        f"    {string(request.method)},",
        f"    {string(request.url)},",
        "    headers=[",
        *(f"        ({string(name)}, {string(value)})," for name, value in headers.written),
        "    ],",
        f"    content={content},",
        ")",
        "with httpx.Client() as client:",
        "    response = client.send(request)",
        "print(response.status_code, response.text)",
    ]
    return Snippet(text="\n".join(lines) + "\n", notes=headers.notes + body.notes)
