"""A request to the addresses for scripts, the reply to it, and the error that is one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl

from composer.core.jsontext import JsonError, Layout, Object, Value, encode, parse_bytes

JSON = "application/json"


class ControlError(Exception):
    """The request cannot be carried out; the text says why, and what to do."""

    def __init__(self, status: int, words: str, *headers: tuple[str, str]) -> None:
        super().__init__(words)
        self.status = status
        self.headers = headers


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlRequest:
    """``path`` is what follows ``/_sandbox``, without slashes around it."""

    method: str
    path: str
    query: bytes = b""
    content_type: str = ""
    body: bytes = b""

    def parameters(self, *allowed: str) -> dict[str, list[str]]:
        """The values of each parameter. Raises ``ControlError`` for one that is not allowed."""
        found: dict[str, list[str]] = {}
        for name, value in parse_qsl(self.query.decode("latin-1"), keep_blank_values=True):
            if name not in allowed:
                known = f"These are: {', '.join(allowed)}" if allowed else "This address takes none"
                words = f"“{name}” is no parameter here. {known}."
                raise ControlError(HTTPStatus.BAD_REQUEST, words)
            found.setdefault(name, []).append(value)
        return found

    def document(self) -> Value:
        """What was sent; an empty object if nothing was. Raises ``ControlError``."""
        # A web page cannot send this type elsewhere without being asked for its origin first.
        if self.content_type.partition(";")[0].strip().lower() != JSON:
            words = "Send JSON, with the header Content-Type: application/json."
            raise ControlError(HTTPStatus.BAD_REQUEST, words)
        if not self.body.strip():
            return Object()
        try:
            return parse_bytes(self.body)
        except JsonError as error:
            raise ControlError(HTTPStatus.BAD_REQUEST, f"This is not JSON: {error}") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """``text`` comes in pieces, which may take their time each."""

    text: Iterable[str]
    status: int = HTTPStatus.OK
    content_type: str = JSON
    headers: tuple[tuple[str, str], ...] = ()


def told(value: Value) -> Reply:
    """A reply of one piece."""
    return Reply(text=(encode(value, Layout.COMPACT), "\n"))


def refused(error: ControlError) -> Reply:
    """``{"error": words}``."""
    text = encode(Object((("error", str(error)),)), Layout.COMPACT)
    return Reply(text=(text, "\n"), status=error.status, headers=error.headers)
