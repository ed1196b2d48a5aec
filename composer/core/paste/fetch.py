"""A browser's "Copy as fetch", for browsers or for Node.js, and such a call written by hand.

It is read, never run: variables and expressions in it are named in remarks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from composer.core.jsontext import Object, Value
from composer.core.paste.characters import as_sent
from composer.core.paste.javascript import JavaScriptError, Span, member, parts, value_of
from composer.core.paste.literals import as_json_text
from composer.core.paste.pasted import Format, PasteError
from composer.core.paste.sources import Source
from composer.core.remarks import Remark


def read_fetch(text: str) -> Source | None:
    """The request that a call of ``fetch`` makes; ``None`` where there is no such call.

    Raises ``PasteError`` for a call that is not written out.
    """
    call = _CALL.search(text) if "fetch" in text else None
    if call is None:
        return None
    try:
        arguments = parts(text, call.end())
        url = value_of(text[slice(*arguments[0])]) if arguments else None
        options = _Options(text, arguments[1] if len(arguments) > 1 else None)
    except JavaScriptError:
        raise PasteError(_NOT_WRITTEN_OUT) from None
    if not isinstance(url, str):
        raise PasteError(_NOT_WRITTEN_OUT)
    return Source(
        format=Format.FETCH,
        method=options.method,
        url=url,
        headers=options.headers,
        body=as_sent(options.body),
        steps=options.steps,
        remarks=tuple(options.remarks),
    )


_CALL = re.compile(r"(?<![\w$.])(?:window\.|globalThis\.)?fetch\s*\(")
_STRINGIFY = re.compile(r"\s*JSON\.stringify\s*\(")
_NOT_WRITTEN_OUT = (
    "This fetch call cannot be read, for its address is not written out or a bracket is missing. "
    "Copy it in the browser's developer tools: Network, the request, Copy as fetch."
)
_WITHOUT_EFFECT = frozenset(
    {
        "cache",
        "credentials",
        "duplex",
        "integrity",
        "keepalive",
        "mode",
        "priority",
        "redirect",
        "referrer",
        "referrerPolicy",
        "signal",
    }
)
"""Options that change nothing of what PostHog reads."""


class _Options:
    """The second argument, taken apart; what is no literal is told and left out."""

    def __init__(self, text: str, span: Span | None) -> None:
        self._text = text
        self.method = "GET"
        self.headers: tuple[tuple[str, str], ...] = ()
        self.body = ""
        self.steps: tuple[str, ...] = ()
        self.remarks: list[Remark] = []
        if span is not None:
            self._read(span)

    def _read(self, span: Span) -> None:
        begin = self._text.find("{", *span)
        if begin < 0 or self._text[span[0] : begin].strip():
            self._tell(self._source(span).strip(), "It is not written out, so it was not read.")
            return
        for part in parts(self._text, begin + 1):
            name, value = member(self._text, part)
            match name:
                case "method":
                    self.method = str(self._value(name, value) or self.method)
                case "headers":
                    self.headers = tuple(_headers(self._value(name, value)))
                case "body":
                    self._read_body(value)
                case _ if name not in _WITHOUT_EFFECT:
                    self._tell(name or self._source(part).strip(), "It was not read.")
                case _:
                    pass

    def _read_body(self, span: Span) -> None:
        source = self._source(span)
        if wrapped := _STRINGIFY.match(source):
            inside = parts(source, wrapped.end())
            self.body = self._json(source[slice(*inside[0])].strip()) if inside else ""
            self.steps = ("JSON.stringify(…) taken off",)
            return
        body = self._value("body", span)
        self.body = body if isinstance(body, str) else ""

    def _json(self, source: str) -> str:
        text, variables = as_json_text(source)
        for name in variables:
            self._tell(name, "It is a variable or an expression: null stands in its place.")
        return text

    def _value(self, name: str, span: Span) -> Value:
        try:
            return value_of(self._source(span))
        except JavaScriptError:
            self._tell(name, "It is a variable or an expression, so it was not read.")
            return None

    def _source(self, span: Span) -> str:
        return self._text[slice(*span)]

    def _tell(self, name: str, words: str) -> None:
        shown = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
        self.remarks.append(Remark(name=shown, words=words))


_LONGEST_NAME = 60


def _headers(value: Value) -> Iterator[tuple[str, str]]:
    if isinstance(value, Object):
        yield from ((name, text) for name, text in value if isinstance(text, str))
