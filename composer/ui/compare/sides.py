"""A request under the name that it has in a comparison: what is composed, was pasted, was sent."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from composer.core.compare.request import NamedRequest
from composer.core.draft import Draft
from composer.core.jsontext import Layout
from composer.core.records import HistoryEntry
from composer.core.wire import WireRequest
from composer.ui.lists.when import clock_text, day_words
from composer.ui.session import Session

if TYPE_CHECKING:
    from composer.core.paste.pasted import PastedRequest

COMPOSED = "Composed"
"""The name of what stands in Compose; a comparison with it follows what is typed there."""
PASTED = "Pasted"


def composed(session: Session) -> NamedRequest:
    """What Send would send; only the text while nothing can be sent."""
    session.settle()
    if session.request is not None:
        return _named(COMPOSED, session.request)
    return NamedRequest(name=COMPOSED, body=session.text.encode("utf-8", "surrogatepass"))


def pasted(request: PastedRequest, opened: Draft | None = None) -> NamedRequest:
    """What was pasted, its body unpacked; of several events only the one that was ``opened``."""
    text = request.text
    if opened is not None and len(request.drafts) > 1 and not opened.event_type.is_batch:
        text = opened.text(Layout.PRETTY)
    return NamedRequest(
        name=PASTED,
        method=request.method,
        url=request.url,
        headers=request.headers,
        body=text.encode("utf-8", "surrogatepass"),
    )


def sent(entry: HistoryEntry, now: datetime) -> NamedRequest:
    """A send of history: ``Sent yesterday at 14:02:05``."""
    moment = entry.row.sent_at
    return _named(f"Sent {day_words(moment, now)} at {clock_text(moment, now)}", entry.request)


def _named(name: str, request: WireRequest) -> NamedRequest:
    return NamedRequest(
        name=name,
        method=request.method,
        url=request.url,
        headers=request.headers,
        body=request.body,
    )
