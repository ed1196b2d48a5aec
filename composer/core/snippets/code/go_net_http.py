"""Go with ``net/http``. A transport of its own follows no redirect and asks for no compression."""

from __future__ import annotations

from composer.core.snippets.carried import Carried, carried
from composer.core.snippets.code.client import Client, headers_for
from composer.core.snippets.literals.go import block, string
from composer.core.snippets.snippet import Snippet
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest

_GO = Client(
    name="Go",
    adds=("User-Agent",),
    notes=("Go sorts the headers by name, and speaks HTTP/2 with servers that do.",),
)


def render(request: WireRequest, key: KeyMode) -> Snippet:
    """A program that sends the request and prints the answer."""
    body = carried(request.body, key)
    headers = headers_for(request, _GO)
    packages = ["fmt", "io", "net/http", *(["os"] if body.has_variable else []), "strings"]
    method, url = string(request.method), string(request.url)
    lines = [
        "package main",
        "",
        "import (",
        *(f'\t"{name}"' for name in packages),
        ")",
        "",
        "func main() {",
        f"\tbody := {_body(body)}",
        f"\trequest, err := http.NewRequest({method}, {url}, strings.NewReader(body))",
        *_PANIC,
        *_header_lines(headers.written),
        *(f'\trequest.Header["{name}"] = nil // not sent' for name in headers.absent),
        "\ttransport := &http.Transport{",
        "\t\tProxy: http.ProxyFromEnvironment,",
        "\t\tDisableCompression: true,",
        "\t}",
        "\tresponse, err := transport.RoundTrip(request)",
        *_PANIC,
        "\tdefer response.Body.Close()",
        "\tanswer, err := io.ReadAll(response.Body)",
        *_PANIC,
        "\tfmt.Println(response.StatusCode, string(answer))",
        "}",
    ]
    return Snippet(text="\n".join(lines) + "\n", notes=headers.notes + body.notes)


_PANIC = ("\tif err != nil {", "\t\tpanic(err)", "\t}")


def _header_lines(headers: tuple[tuple[str, str], ...]) -> list[str]:
    """Names as they are spelled: ``Header.Set`` would change upper and lower case."""
    values: dict[str, list[str]] = {}
    lines: list[str] = []
    for name, value in headers:
        if name.lower() == "host":
            lines.append(f"\trequest.Host = {string(value)}")
        else:
            values.setdefault(name, []).append(string(value))
    for name, texts in values.items():
        lines.append(f"\trequest.Header[{string(name)}] = []string{{{', '.join(texts)}}}")
    return lines


def _body(body: Carried) -> str:
    pieces = body.written(block, _bytes, lambda name: f'os.Getenv("{name}")')
    return " + ".join(pieces)


def _bytes(data: bytes) -> str:
    return block(data.decode("ascii", "surrogateescape"))
