"""PHP with its curl extension, which sends headers as they are given."""

from __future__ import annotations

from composer.core.snippets.carried import Carried, carried
from composer.core.snippets.code.client import Client, headers_for
from composer.core.snippets.literals.php import block, string
from composer.core.snippets.snippet import Snippet
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest

_CURL = Client(name="PHP", adds=("User-Agent", "Accept", "Content-Type", "Expect"))


def render(request: WireRequest, key: KeyMode) -> Snippet:
    """A script that sends the request and prints the answer."""
    body = carried(request.body, key)
    headers = headers_for(request, _CURL)
    fields = [f"{name}: {value}" if value else f"{name};" for name, value in headers.written]
    lines = [
        "<?php",
        "",
        f"$body = {_body(body)};",
        "",
        f"$request = curl_init({string(request.url)});",
        "curl_setopt_array($request, [",
        "    CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_1,",
        f"    CURLOPT_CUSTOMREQUEST => {string(request.method)},",
        "    CURLOPT_HTTPHEADER => [",
        *(f"        {string(field)}," for field in fields),
        *(f"        '{name}:', // not sent" for name in headers.absent),
        "    ],",
        "    CURLOPT_POSTFIELDS => $body,",
        "    CURLOPT_PATH_AS_IS => true,",
        "    CURLOPT_RETURNTRANSFER => true,",
        "]);",
        "$answer = curl_exec($request);",
        "echo curl_getinfo($request, CURLINFO_RESPONSE_CODE), ' ', $answer, PHP_EOL;",
    ]
    return Snippet(text="\n".join(lines) + "\n", notes=headers.notes + body.notes)


def _body(body: Carried) -> str:
    return " . ".join(body.written(block, _bytes, lambda name: f"getenv('{name}')"))


def _bytes(data: bytes) -> str:
    return block(data.decode("ascii", "surrogateescape"))
