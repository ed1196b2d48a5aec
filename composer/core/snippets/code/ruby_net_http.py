"""Ruby with ``net/http``."""

from __future__ import annotations

from composer.core.snippets.carried import Carried, carried
from composer.core.snippets.code.client import Client, headers_for
from composer.core.snippets.literals.ruby import block, byte_string, string
from composer.core.snippets.snippet import Snippet
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest

_RUBY = Client(
    name="Ruby",
    adds=("Accept-Encoding", "Accept", "User-Agent"),
    always={
        "Content-Type": "Ruby before 3.5 adds Content-Type: application/x-www-form-urlencoded."
    },
    repeats=False,
    keeps_case=False,
)


def render(request: WireRequest, key: KeyMode) -> Snippet:
    """A script that sends the request and prints the answer."""
    body = carried(request.body, key)
    headers = headers_for(request, _RUBY)
    method = request.method
    flags = f"{string(method)}, true, {'false' if method == 'HEAD' else 'true'}"
    lines = [
        "require 'net/http'",
        "",
        f"body = {_body(body)}",
        "",
        f"uri = URI({string(request.url)})",
        f"request = Net::HTTPGenericRequest.new({flags}, uri)",
        *(f"request.delete('{name}')" for name in headers.absent),
        *(f"request[{string(name)}] = {string(value)}" for name, value in headers.written),
        "request.body = body",
        "response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|",
        "  http.request(request)",
        "end",
        "puts response.code, response.body",
    ]
    return Snippet(text="\n".join(lines) + "\n", notes=headers.notes + body.notes)


def _body(body: Carried) -> str:
    return " + ".join(body.written(block, byte_string, lambda name: f"ENV.fetch('{name}')"))
