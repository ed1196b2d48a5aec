"""The headers that curl would send, in its order, out of its own and those that were given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from composer.core.remarks import Remark

CURL = "curl/8.7.1"
"""What curl calls itself; the command does not say which version it is for."""

FORM = "application/x-www-form-urlencoded"

Header = tuple[str, str]


@dataclass(slots=True)
class Custom:
    """The values of ``-H`` and what curl makes of them."""

    sent: list[Header] = field(default_factory=list[Header])
    named: set[str] = field(default_factory=set[str])
    """The names, in lower case, in whose place curl sends nothing of its own"""
    remarks: list[Remark] = field(default_factory=list[Remark])

    def add(self, line: str) -> None:
        """``Name: value``, ``Name;`` for one without a value, ``Name:`` for none at all."""
        name, colon, value = line.partition(":")
        value = value.strip()
        if not colon:
            name, semicolon, rest = line.partition(";")
            if not semicolon or rest.strip():
                words = "It has no colon, so curl sends nothing: write it as Name: value."
                self.remarks.append(Remark(name=f"-H {line[:60]}", words=words))
                return
        name = name.strip()
        if not _NAME.fullmatch(name) or _LINE_END.search(value):
            words = "It is no header: no name may hold a blank, no value a line end."
            self.remarks.append(Remark(name=f"-H {line[:60]}", words=words))
            return
        self.named.add(name.lower())
        if value or not colon:
            self.sent.append((name, value))


_NAME = re.compile(r"[!-9;-~]+")
_LINE_END = re.compile(r"[\r\n\0]")


def complete(
    host: str, own: Iterable[Header], custom: Custom, body: bytes | None
) -> tuple[Header, ...]:
    """All headers: ``own`` ones of curl only where ``custom`` has none of the name.

    ``body`` is ``None`` for a request without one. Its length is what it is, whatever was said.
    """
    return tuple(_complete(host, own, custom, body))


def _complete(
    host: str, own: Iterable[Header], custom: Custom, body: bytes | None
) -> Iterator[Header]:
    given = [header for header in custom.sent if header[0].lower() == "host"]
    if given:
        yield given[0]
    elif host and "host" not in custom.named:
        yield "Host", host
    yield from (header for header in own if header[0].lower() not in custom.named)
    moved = {"host"} if body is None else {"host", "content-length", "transfer-encoding"}
    yield from (header for header in custom.sent if header[0].lower() not in moved)
    if body is not None:
        yield from _of_body(custom, len(body))


def _of_body(custom: Custom, size: int) -> Iterator[Header]:
    """What describes a body of ``size`` bytes, whatever was said of it."""
    if "content-type" not in custom.named:
        yield "Content-Type", FORM
    length = "Content-Length"
    for name, value in custom.sent:
        if name.lower() == "transfer-encoding":
            words = "The body goes out in one piece, with its length."
            custom.remarks.append(Remark(name=name, words=words))
        elif name.lower() == "content-length":
            length = name
            if value != str(size):
                words = f"It was {value[:20]}; the body has {size} bytes."
                custom.remarks.append(Remark(name=name, words=words))
    yield length, str(size)
