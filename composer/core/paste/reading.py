"""Finds out what was pasted, and reads it.

A command, a call or a request says what it is by its beginning; all else is a body, perhaps
packed, and what is in that may turn out to be a HAR.
"""

from __future__ import annotations

import re
from dataclasses import replace

from composer.core.paste.bodies import ADDRESS, Tools, read_body
from composer.core.paste.characters import as_sent, characters
from composer.core.paste.commands import read_command
from composer.core.paste.fences import bare
from composer.core.paste.fetch import read_fetch
from composer.core.paste.har import requests_in
from composer.core.paste.http_text import read_http
from composer.core.paste.opening import opened
from composer.core.paste.pasted import Format, Pasted, PastedRequest, PasteError
from composer.core.paste.picking import picked
from composer.core.paste.sources import Source, header_in
from composer.core.paste.texts import Texts
from composer.core.remarks import Remark
from composer.core.unwrap import MOST_BYTES
from composer.core.unwrap.forms import fields, text as text_of_field
from composer.core.unwrap.letters import compression_of
from composer.core.urls import target


def read_pasted(data: bytes, tools: Tools | None = None) -> Pasted:
    """What a person pasted, as requests with their drafts. Raises ``PasteError``.

    ``data`` is a file's bytes, or text from the clipboard as UTF-8. Nothing in it is run, resolved
    or fetched. The time is in proportion to its length: seconds for the longest that is taken.
    With ``tools`` that take less out of a packing than is allowed it raises ``HeavyError``, too.
    """
    if len(data) > MOST_BYTES:
        most = MOST_BYTES // (1024 * 1024)
        raise PasteError(f"This is longer than {most} MB. Cut out the request that matters.")
    if not data.strip():
        raise PasteError("There is nothing in this. Copy a request or an event, then paste it.")
    sources, remarks = _sources(data)
    return _Reader(tools or Tools()).pasted(sources, remarks)


def read_source(source: Source, tools: Tools | None = None) -> tuple[PastedRequest, ...]:
    """A request that was found elsewhere, mostly as one. Raises ``PasteError``."""
    return _Reader(tools or Tools()).requests(source)


_Found = tuple[tuple[Source, ...], tuple[Remark, ...]]


def _sources(data: bytes) -> _Found:
    """The requests in it, with bodies as they came, and what is said of the paste as a whole."""
    if found := read_http(data):
        return found, ()
    text = None if compression_of(data) else characters(data)
    if text is None:
        return (Source(format=Format.JSON, body=data),), ()
    inside = bare(text.text)
    steps = (*text.steps, *inside.steps)
    found = _written_out(inside.text)
    return tuple(replace(one, steps=(*steps, *one.steps)) for one in found), inside.remarks


def _written_out(text: str) -> tuple[Source, ...]:
    body = as_sent(text)
    if found := read_http(body):
        return found
    if found := _read_address(text) or read_command(text) or _read_call(text):
        return (found,)
    return (Source(format=Format.JSON, body=body),)


def _read_address(text: str) -> Source | None:
    match = _ADDRESS.fullmatch(text)
    return match and Source(format=Format.ADDRESS, body=b"", method="GET", url=match[1])


def _read_call(text: str) -> Source | None:
    return None if _JSON.match(text) else read_fetch(text)


_ADDRESS = re.compile(r"\s*<?(https?://[^\s<>]+)>?\s*")
_JSON = re.compile(r"\s*[{\[\"]")


class _Reader:
    """Reads the bodies of requests; it holds nothing but the tools."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def pasted(self, sources: tuple[Source, ...], remarks: tuple[Remark, ...]) -> Pasted:
        requests: list[PastedRequest] = []
        kind = sources[0].format
        for source in sources:
            texts = self.texts(source)
            har = requests_in(texts.found[0].value) if source.format is Format.JSON else None
            if har is not None:
                found, told = picked(har, self.requests)
                steps = (*source.steps, *texts.found[0].steps)
                after = tuple(replace(one, steps=(*steps, *one.steps)) for one in found)
                return Pasted(format=Format.HAR, requests=after, remarks=(*remarks, *told))
            kind = _format_of(texts) if source.format is Format.JSON else kind
            requests += (opened(source, text) for text in texts.found)
            remarks += texts.remarks
        return Pasted(format=kind, requests=tuple(requests), remarks=remarks)

    def requests(self, source: Source) -> tuple[PastedRequest, ...]:
        """The requests of a source, mostly one. Raises ``PasteError``."""
        return tuple(opened(source, text) for text in self.texts(source).found)

    def texts(self, source: Source) -> Texts:
        """The JSON texts in the body of a source, or in its address."""
        query = fields(target(source.url).partition("?")[2].encode("utf-8", "replace"))
        data = query.get("data", b"")
        payload = data or source.body
        if not payload.strip():
            raise PasteError(_without_body(source))
        hint = text_of_field(query.get("compression"))
        return read_body(
            payload,
            hint=hint or header_in(source.headers, "content-encoding"),
            tools=self._tools,
            outside=(ADDRESS,) if data else (),
        )


def _without_body(source: Source) -> str:
    said = " ".join(f"{remark.name}: {remark.words}" for remark in source.remarks)
    if said:
        return f"There is no body in this, and so no event. {said}"
    if source.format is Format.ADDRESS:
        return "This is an address only. Copy the whole request to which it belongs."
    return "This request has no body, and so no event. Copy the POST request that sends the event."


def _format_of(texts: Texts) -> Format:
    """Of a body by itself, what became of it says what it was."""
    if texts.is_packed:
        return Format.PACKED
    return Format.JSON_LINES if len(texts.found) > 1 else Format.JSON
