"""A request as a paste holds it, before its body is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from composer.core.paste.pasted import Format
from composer.core.remarks import Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A request with its body as bytes, however packed; only the body is always there."""

    format: Format
    body: bytes
    method: str = ""
    url: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    steps: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


def header_in(headers: Iterable[tuple[str, str]], wanted: str) -> str:
    """The value of a header, whose name is given in lower case; empty where there is none."""
    return next((value for name, value in headers if name.lower() == wanted), "")
