"""The body that curl's options for data make, and the query that some of them make instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from composer.core.curl.reading.feeds import NOT_READ, Feeds
from composer.core.curl.reading.given import Given
from composer.core.curl.reading.options import Role
from composer.core.remarks import Remark
from composer.core.shells.words import as_bytes, as_text

DATA = frozenset({Role.DATA, Role.RAW, Role.BINARY, Role.URLENCODE, Role.JSON})


@dataclass(slots=True)
class Data:
    """Puts the values of the options for data together; standard input is there once."""

    feeds: Feeds
    given: bytes | None
    """What curl gets as standard input"""

    def joined(self, options: Sequence[Given]) -> bytes:
        """All values as curl joins them: by ``&``, those of ``--json`` by nothing."""
        parts: list[bytes] = []
        for place, option in enumerate(options):
            if place and option.role is not Role.JSON:
                parts.append(b"&")
            parts.append(self._value(option))
        return b"".join(parts)

    def file(self, name: str, spelled: str) -> bytes:
        """The contents of ``name``: of standard input, or of a file that the command has made."""
        if name == "-":
            if self.given is None:
                words = "Standard input is not read: paste what goes into it in its place."
                self.feeds.remarks.append(Remark(name=f"{spelled} @-", words=words))
            content, self.given = self.given or b"", None
            return content
        if name in self.feeds.files:
            return self.feeds.files[name]
        self.feeds.remarks.append(Remark(name=f"@{name}", words=NOT_READ))
        return b""

    def encoded_form(self, value: str, spelled: str) -> bytes:
        """``content``, ``=content``, ``name=content``, ``@file`` or ``name@file``."""
        name, equals, content = value.partition("=")
        if not equals:
            name, at, file = value.partition("@")
            if not at:
                return encoded(as_bytes(value))
            data = encoded(self.file(file, spelled))
        else:
            data = encoded(as_bytes(content))
        return as_bytes(name) + b"=" + data if name else data

    def _value(self, option: Given) -> bytes:
        value = option.value
        match option.role:
            case Role.URLENCODE:
                return self.encoded_form(value, option.spelled)
            case Role.RAW:
                return as_bytes(value)
            case Role.DATA if value.startswith("@"):
                # Only from a file: what stands in the command keeps its line ends.
                return self.file(value[1:], option.spelled).translate(None, b"\r\n\0")
            case _ if value.startswith("@"):
                return self.file(value[1:], option.spelled)
            case _:
                return as_bytes(value)


def encoded(data: bytes) -> bytes:
    """``data`` percent-encoded, a blank as a plus sign, as curl does since 7.87."""
    return _RESERVED.sub(lambda match: _OF_BYTE[match[0][0]], data)


def added_to(url: str, query: bytes) -> str:
    """``url`` with ``query`` behind its own, before the fragment."""
    address, hash_, fragment = url.partition("#")
    if not query:
        return url
    sign = "" if address.endswith(("?", "&")) else "&" if "?" in address else "?"
    return f"{address}{sign}{as_text(query)}{hash_}{fragment}"


_RESERVED = re.compile(rb"[^A-Za-z0-9._~-]")
_OF_BYTE = [b"+" if byte == ord(" ") else b"%%%02X" % byte for byte in range(256)]
