"""What came of a paste: its events in a row, and words about where they came from.

It reads nothing itself and knows no widget.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from composer.core.draft import Draft
from composer.core.remarks import Remark
from composer.ui.wording import counted

if TYPE_CHECKING:
    from composer.core.paste.pasted import Pasted, PastedRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedEvent:
    """One event of a paste, and the request that it stood in; ``number`` counts from 1."""

    number: int

    request: PastedRequest
    draft: Draft


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A paste that has been read; ``original`` are its bytes, ``file`` the name of its file."""

    pasted: Pasted
    original: bytes
    file: str = ""

    @cached_property
    def events(self) -> tuple[PastedEvent, ...]:
        """All events, in their order."""
        return tuple(
            PastedEvent(number=number, request=request, draft=draft)
            for number, (request, draft) in enumerate(self._drafts(), 1)
        )

    def _drafts(self) -> Iterator[tuple[PastedRequest, Draft]]:
        for request in self.pasted.requests:
            yield from ((request, draft) for draft in request.drafts)

    @property
    def batch(self) -> PastedRequest | None:
        """The request that holds all events, if one does and there are several."""
        (first, *others) = self.pasted.requests
        return first if not others and len(first.drafts) > 1 else None

    @property
    def source(self) -> str:
        """Where it came from: ``a curl command``, ``session.har, a HAR file``."""
        kind = self.pasted.format.value
        return f"{self.file}, {kind}" if self.file else kind

    @property
    def fault(self) -> str:
        """Why nothing can be opened, as sentences; empty where there is an event."""
        if self.events:
            return ""
        said = " ".join(remark.words for remark in self.remarks())
        return f"There is no event in this. {said or 'Copy a request that sends one.'}"

    @property
    def tokens(self) -> tuple[str, ...]:
        """The project tokens in it, as far as they could be read, each once."""
        found = (token for e in self.events for token in (e.request.token, e.draft.token))
        return tuple(dict.fromkeys(token for token in found if token))

    def remarks(self, request: PastedRequest | None = None) -> tuple[Remark, ...]:
        """What was not taken over: of the paste as a whole and of one request, or of all."""
        requests = self.pasted.requests if request is None else (request,)
        of_requests = (remark for one in requests for remark in one.remarks)
        return tuple(dict.fromkeys((*self.pasted.remarks, *of_requests)))

    def steps(self, request: PastedRequest | None = None) -> tuple[str, ...]:
        """What was taken off or mended, each thing once."""
        requests = self.pasted.requests if request is None else (request,)
        return tuple(dict.fromkeys(step for one in requests for step in one.steps))


def steps_text(steps: tuple[str, ...]) -> str:
    """The steps as sentences, each with its full stop."""
    return " ".join(step if step.endswith((".", "…")) else f"{step}." for step in steps)


def things_text(remarks: tuple[Remark, ...]) -> str:
    """``2 things were not taken over``."""
    verb = "was" if len(remarks) == 1 else "were"
    return f"{counted(len(remarks), 'thing')} {verb} not taken over"
