"""What the capture service would say to a request that it refuses.

The sandbox's own judges are asked, so that there are no two opinions in this program. Large batches
are judged event by event (``many``), everything else as the bytes that would be sent.
"""

from __future__ import annotations

from datetime import UTC

from composer.core.behaviour import Behaviour
from composer.core.jsontext import JsonError, Layout, Object, encode, parse
from composer.core.verdicts.request import Circumstances, Request
from composer.services.sandbox import routes
from composer.services.sandbox.request import Submission
from composer.services.sandbox.v1 import capture as v1
from composer.services.verdicts.many import ManyEvents


class Refusals:
    """A ``core.verdicts.judging.Refusal``; it remembers the events of the last large batch."""

    def __init__(self) -> None:
        self._many = ManyEvents()

    def __call__(self, request: Request, known: Circumstances) -> str:
        """The words of the answer; empty for a request that is taken."""
        words = self._many.words(request, known)
        return answer_to(request, known) if words is None else words


def answer_to(request: Request, known: Circumstances) -> str:
    """The same, from the bytes of the whole body."""
    found = routes.endpoint(known.path, Behaviour())
    if found is None or "POST" not in found.methods:
        return f"{_NO_SUCH_ADDRESS} Events go to /i/v0/e/ and /batch/."
    submission = Submission(
        path=known.path,
        query=known.query.encode("utf-8", "replace"),
        headers=_headers(known),
        body=None if request.size > found.wire_limit else bytes_of(request),
        now=known.now.astimezone(UTC),
    )
    answer = found.judge(submission).answer
    return (_told(answer.text) or str(answer.status)) if answer.status >= _FIRST_FAULT else ""


def bytes_of(request: Request) -> bytes:
    """What would be sent. A value that was never text is written without any space."""
    if request.text is not None:
        return request.text.encode("utf-8", "surrogatepass")
    return request.raw or encode(request.value, Layout.COMPACT).encode()


_FIRST_FAULT = 400
_NO_SUCH_ADDRESS = "PostHog takes no events at this address (404)."
_TOKEN = "phc_unknown"


def _headers(known: Circumstances) -> dict[str, str]:
    """As this program sends them; the v1 endpoint wants more, which its senders always give."""
    headers = {"content-type": "application/json"}
    if known.path not in v1.PATHS:
        return headers
    token = known.destination.token if known.destination else _TOKEN
    return headers | {
        "authorization": f"Bearer {token}",
        "user-agent": "event-composer",
        "posthog-sdk-info": "event-composer/1",
        "posthog-attempt": "1",
        "posthog-request-id": "00000000-0000-7000-8000-000000000000",
        "posthog-request-timestamp": known.now.astimezone(UTC).isoformat(),
    }


def _told(text: str) -> str:
    """The sentence in an answer of v1; other answers are plain text."""
    if not text.startswith("{"):
        return text
    try:
        answer = parse(text)
    except JsonError:
        return text
    words = answer.get("error_description") if isinstance(answer, Object) else None
    return words if isinstance(words, str) else text
