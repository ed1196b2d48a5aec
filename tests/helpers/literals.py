"""Readers of string literals, each after its language's own rules: independent witnesses.

go.dev/ref/spec#String_literals, php.net/language.types.string, docs.ruby-lang.org/syntax/literals.
They read literals joined by an operator as well, and raise ``ValueError`` for anything else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping


def go_bytes(source: str) -> bytes:
    """Interpreted and raw literals of Go, joined by ``+``."""
    parts = re.compile(r'"(?P<quoted>(?:[^"\\\n]|\\.)*)"|`(?P<raw>[^`\r]*)`', re.DOTALL)
    return b"".join(
        match["raw"].encode() if match["quoted"] is None else _read(match["quoted"], _GO)
        for match in _matches(parts, source, "+")
    )


def php_bytes(source: str) -> bytes:
    """Literals of PHP in apostrophes and in double quotes, joined by ``.``."""
    parts = re.compile(
        r""""(?P<quoted>(?:[^"\\$]|\\.)*)"|'(?P<plain>(?:[^'\\]|\\.)*)'""", re.DOTALL
    )
    return b"".join(
        _plain(match["plain"]) if match["quoted"] is None else _read(match["quoted"], _PHP)
        for match in _matches(parts, source, ".")
    )


def ruby_bytes(source: str) -> bytes:
    """Literals of Ruby in apostrophes and in double quotes, with ``.b``, joined by ``+``."""
    parts = re.compile(
        r""""(?P<quoted>(?:[^"\\#]|\\.)*)"(?:\.b)?|'(?P<plain>(?:[^'\\]|\\.)*)'""", re.DOTALL
    )
    return b"".join(
        _plain(match["plain"]) if match["quoted"] is None else _read(match["quoted"], _RUBY)
        for match in _matches(parts, source, "+")
    )


def _matches(part: re.Pattern[str], source: str, operator: str) -> list[re.Match[str]]:
    matches: list[re.Match[str]] = []
    at = 0
    while True:
        match = part.match(source, at)
        if not match:
            raise ValueError(f"no literal at {source[at : at + 20]!r}")
        matches.append(match)
        glue = re.compile(rf"\s*{re.escape(operator)}\s*").match(source, match.end())
        if not glue:
            if source[match.end() :]:
                raise ValueError(f"{source[match.end() :]!r} after the literal")
            return matches
        at = glue.end()


def _plain(inner: str) -> bytes:
    """In apostrophes a backslash counts only before another and before an apostrophe."""
    return re.sub(r"\\([\\'])", r"\1", inner).encode()


def _read(inner: str, escapes: Mapping[str, str]) -> bytes:
    read = bytearray()
    for match in re.finditer(_ESCAPE, inner):
        if match["byte"]:
            read.append(int(match["byte"], 16))
        elif match["code"] or match["wide"] or match["braced"]:
            code = int(match["code"] or match["wide"] or match["braced"], 16)
            form = next(name for name in ("code", "wide", "braced") if match[name])
            if form not in escapes or 0xD800 <= code <= 0xDFFF:
                raise ValueError(f"{match[0]} is no escape here")
            read += chr(code).encode()
        elif match["simple"]:
            if match["simple"] not in escapes:
                raise ValueError(f"{match[0]} is no escape here")
            read += escapes[match["simple"]].encode()
        else:
            read += match[0].encode()
    return bytes(read)


_ESCAPE = re.compile(
    r"\\x(?P<byte>[0-9a-f]{2})|\\u(?P<code>[0-9a-f]{4})|\\U(?P<wide>[0-9a-f]{8})"
    r"|\\u\{(?P<braced>[0-9a-f]+)\}|\\(?P<simple>.)|[^\\]",
    re.DOTALL,
)
_SHARED = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", '"': '"'}
_GO = _SHARED | {"code": "", "wide": ""}
_PHP = _SHARED | {"$": "$", "braced": ""}
_RUBY = _SHARED | {"#": "#", "braced": ""}
