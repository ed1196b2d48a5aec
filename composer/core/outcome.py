"""What became of a request. How a person is told: ``explain``.

::

    Outcome
    ├── Accepted       an answer: the service took the request
    ├── Rejected       an answer, and it is not a yes (why: ``Refusal``)
    ├── Unreachable    no answer that could be read (why: ``Fault``)
    ├── Cancelled      the person stopped it
    └── Interrupted    the app was ended while it was under way

The answers of the capture service: capture-server.md, sections 3 and 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer as received. ``milliseconds`` runs from the first try to the last byte."""

    status: int
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    milliseconds: float = 0.0
    truncated: bool = False
    """Whether the answer was longer than what is in ``body``."""

    def header(self, name: str) -> str:
        """The first header of that name, in any capitalisation; empty if there is none."""
        return next((v for n, v in self.headers if n.lower() == name.lower()), "")

    @property
    def text(self) -> str:
        """The body for reading; bytes that are not UTF-8 show as replacement characters."""
        return self.body.decode("utf-8", "replace")

    @property
    def status_text(self) -> str:
        """Status and reason, such as ``200 OK``."""
        return f"{self.status} {self.reason}".strip()

    @property
    def head(self) -> str:
        """The status and every header, as they came in."""
        return "\n".join((self.status_text, *(f"{n}: {v}" for n, v in self.headers)))


class Refusal(StrEnum):
    """Which kind of no an answer is."""

    REDIRECT = "redirect"
    WEB_PAGE = "web page"
    NOT_FOUND = "not found"
    BAD_EVENT = "bad event"
    BAD_TOKEN = "bad token"
    TOO_LARGE = "too large"
    TOO_MANY = "too many"
    CLIENT_ERROR = "client error"
    SERVER_ERROR = "server error"
    UNEXPECTED = "unexpected"


class Fault(StrEnum):
    """Why no answer came."""

    BAD_ADDRESS = "bad address"
    NAME_NOT_FOUND = "name not found"
    REFUSED = "refused"
    NO_ROUTE = "no route"
    TLS = "tls"
    CONNECT_TIMEOUT = "connect timeout"
    ANSWER_TIMEOUT = "answer timeout"
    RESET = "reset"
    NOT_HTTP = "not http"
    ROUTE = "route"
    """Nothing was tried: the files or the proxy of the project cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The service took the request. It does not prove that the event is kept."""

    response: Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """An answer came, and nothing was stored."""

    response: Response
    refusal: Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable:
    """No answer. ``detail`` is the system's own message, for those who want it."""

    fault: Fault
    detail: str = ""
    milliseconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """The person stopped it; whether the service took it is not known."""

    milliseconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Interrupted:
    """The app ended before an answer came; whether the service took it is not known."""


Outcome: TypeAlias = Accepted | Rejected | Unreachable | Cancelled | Interrupted


def response_of(outcome: Outcome | None) -> Response | None:
    """The answer inside an outcome, if there is one."""
    match outcome:
        case Accepted(response=response) | Rejected(response=response):
            return response
        case _:
            return None


def judge(response: Response) -> Accepted | Rejected:
    """Tell a yes from the kinds of no. Any 2xx without a web page is a yes (catalogue, 0.3)."""
    refusal = _refusal(response)
    if refusal is None:
        return Accepted(response=response)
    return Rejected(response=response, refusal=refusal)


def _refusal(response: Response) -> Refusal | None:
    match response.status // 100:
        case 3:
            return Refusal.REDIRECT
        case _ if _is_web_page(response):
            return Refusal.WEB_PAGE
        case 2:
            return None
        case 4:
            return _CLIENT_ERRORS.get(response.status, Refusal.CLIENT_ERROR)
        case 5:
            return Refusal.SERVER_ERROR
        case _:
            return Refusal.UNEXPECTED


def _is_web_page(response: Response) -> bool:
    if response.header("content-type").lower().startswith(("text/html", "application/xhtml")):
        return True
    start = response.body[:200].lstrip().lower()
    return start.startswith((b"<!doctype html", b"<html"))


_CLIENT_ERRORS = {
    400: Refusal.BAD_EVENT,
    401: Refusal.BAD_TOKEN,
    403: Refusal.BAD_TOKEN,
    404: Refusal.NOT_FOUND,
    405: Refusal.NOT_FOUND,
    413: Refusal.TOO_LARGE,
    429: Refusal.TOO_MANY,
}
