"""What the sandbox says: the answers of the capture service, and the refusal that carries one.

Texts are PostHog's own, exactly (capture-server.md, 3.1 and 4). It knows no rule: the modules that
check something decide which answer is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

PLAIN_TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status, body and the headers that belong to this answer (not those every answer has)."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The body as people read it."""
        return self.body.decode("utf-8", "replace")


class RefusedError(Exception):
    """The capture service would not take this request; ``answer`` is what it says instead."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.answer = plain(status, words)


def plain(status: int, words: str, *headers: tuple[str, str]) -> Answer:
    """A plain text answer, as all refusals are."""
    content_type = ("content-type", PLAIN_TEXT)
    return Answer(status=status, body=words.encode(), headers=(content_type, *headers))


def undecodable(detail: str) -> RefusedError:
    """The body could not be turned into JSON text."""
    return RefusedError(HTTPStatus.BAD_REQUEST, f"failed to decode request: {detail}")


def unparsable(detail: str) -> RefusedError:
    """The text is not JSON, or not JSON of a shape that holds events."""
    return RefusedError(HTTPStatus.BAD_REQUEST, f"failed to parse request: {detail}")


def too_large(detail: str) -> RefusedError:
    """Over one of the size limits."""
    return RefusedError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"maximum event size exceeded: {detail}"
    )


def plain_failures(too_long: Answer) -> dict[int, Answer]:
    """The words of the v0 endpoints for statuses, ``too_long`` among them."""
    found = {int(status): plain(status, words) for status, words in _FAILURES.items()}
    return found | {too_long.status: too_long}


_FAILURES = {
    HTTPStatus.BAD_REQUEST: "failed to parse request: expected value at line 1 column 1",
    HTTPStatus.UNAUTHORIZED: "The provided API key is invalid or has expired.",
    HTTPStatus.REQUEST_TIMEOUT: "client stopped sending data",
    HTTPStatus.TOO_MANY_REQUESTS: "rate limited",
    HTTPStatus.INTERNAL_SERVER_ERROR: "internal server error",
    HTTPStatus.SERVICE_UNAVAILABLE: "transient error, please retry",
}

ACCEPTED = Answer(
    status=HTTPStatus.OK,
    body=b'{"status":"Ok"}',
    headers=(("content-type", "application/json"),),
)
ACCEPTED_BEACON = Answer(status=HTTPStatus.NO_CONTENT)
