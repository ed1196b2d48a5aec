"""Sends the events of a template in order, one by one or as one batch, and keeps what came of each.

It stops at the first that is not accepted and waits for a decision. Every send goes through the
window's one ``SendController``, so history has it like any other. Holds no widget.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal, Slot

from composer.core.destination import BATCH_PATH, Destination
from composer.core.draft import Draft
from composer.core.explain import Explanation, Verdict, explain
from composer.core.jsontext import Layout
from composer.core.outcome import Accepted
from composer.core.summary import summarize
from composer.core.wire import WireRequest, batch_body, build_request, path_for
from composer.ui.send.controller import Report, Send, SendController
from composer.ui.tasks import TaskScope
from composer.ui.templates.gate import RunGate


class Phase(Enum):
    """Where a run is."""

    CHECKING = auto()
    ASKING = auto()
    SENDING = auto()
    STOPPED = auto()
    """At an event that was not accepted: try again, go on without it, or leave it"""
    DONE = auto()


class StepState(Enum):
    """What has become of one event."""

    WAITING = auto()
    SENDING = auto()
    ACCEPTED = auto()
    FAILED = auto()
    SKIPPED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One request of the run, with the number of events in it, and what came of it."""

    request: WireRequest
    events: int
    state: StepState = StepState.WAITING
    explanation: Explanation | None = None
    history_id: int | None = None


@dataclass(frozen=True, slots=True)
class RunTag:
    """Marks the sends of one run."""

    run: object
    index: int


class TemplateRun(QObject):
    """One run. ``changed`` tells each step of it."""

    changed = Signal()

    def __init__(
        self,
        parcels: Sequence[Parcel],
        destination: Destination,
        *,
        sends: SendController,
        gate: RunGate,
        tasks: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.destination = destination
        self.question = ""
        """What is asked while the phase is ``ASKING``"""
        self._parcels = list(parcels)
        self._phase = Phase.CHECKING
        self._at = 0
        self._is_cancelled = False
        self._sends = sends
        self._gate = gate
        self._tasks = tasks
        sends.finished.connect(self._on_finished)
        sends.failed.connect(self._on_failed)

    @property
    def phase(self) -> Phase:
        """Where it is."""
        return self._phase

    @property
    def parcels(self) -> tuple[Parcel, ...]:
        """The requests in order, with what has become of them."""
        return tuple(self._parcels)

    @property
    def current(self) -> Parcel | None:
        """The request that is under way, or at which the run has stopped."""
        return self._parcels[self._at] if self._at < len(self._parcels) else None

    @property
    def is_active(self) -> bool:
        """Whether something is under way or waits for a decision."""
        return self._phase is not Phase.DONE

    def begin(self) -> None:
        """Ask first, if something has to be asked; then send."""
        self._tasks.start(self._check(), "check a run")

    def agree(self) -> None:
        """The person wants it sent all the same."""
        if self._phase is Phase.ASKING:
            self._gate.agree(self.destination)
            self._send_next()

    def cancel(self) -> None:
        """Stop at once: what is under way is cut off, what waits is not sent."""
        if self._phase is Phase.SENDING and self._is_ours:
            self._is_cancelled = True
            self._sends.cancel()
        elif self._phase is not Phase.DONE:
            self._is_cancelled = True
            self._move(Phase.DONE)

    def try_again(self) -> None:
        """Send the event at which the run stopped once more: the same bytes, the same ID."""
        if self._phase is Phase.STOPPED:
            self._is_cancelled = False
            self._send_next()

    def skip(self) -> None:
        """Go on without the event at which the run stopped."""
        if self._phase is Phase.STOPPED:
            self._is_cancelled = False
            self._set(StepState.SKIPPED)
            self._at += 1
            self._send_next()

    # Inside

    @property
    def _is_ours(self) -> bool:
        parcel = self.current
        return parcel is not None and parcel.state is StepState.SENDING

    async def _check(self) -> None:
        requests = [parcel.request for parcel in self._parcels]
        events = sum(parcel.events for parcel in self._parcels)
        self.question = await self._gate.question(requests, self.destination, events)
        if self._is_cancelled:
            return
        if self.question:
            self._move(Phase.ASKING)
        else:
            self._send_next()

    def _send_next(self) -> None:
        """Send what is next; while another send of the window is under way, after it."""
        parcel = self.current
        if parcel is None:
            self._move(Phase.DONE)
            return
        self._phase = Phase.SENDING
        send = Send(
            request=parcel.request,
            destination=self.destination,
            summary=summarize(parcel.request.body),
            tag=RunTag(self, self._at),
        )
        if self._sends.start(send):
            self._set(StepState.SENDING)
        self.changed.emit()

    @Slot(object)
    def _on_finished(self, report: Report) -> None:
        tag = report.send.tag
        if isinstance(tag, RunTag) and tag.run is self and tag.index == self._at:
            self._note(report)
        elif self._phase is Phase.SENDING and not self._is_ours:
            self._send_next()

    def _note(self, report: Report) -> None:
        explanation = explain(report.outcome, self.destination)
        accepted = isinstance(report.outcome, Accepted)
        state = StepState.ACCEPTED if accepted else StepState.FAILED
        self._set(state, explanation, report.history_id)
        if not accepted:
            self._move(Phase.STOPPED)
            return
        self._at += 1
        if self._is_cancelled:
            self._move(Phase.DONE)
        else:
            self._send_next()

    @Slot(str)
    def _on_failed(self, words: str) -> None:
        """Nothing was sent: history could not be written."""
        if self._phase is not Phase.SENDING or not self._is_ours:
            return
        told = Explanation(verdict=Verdict.ERROR, badge="Not sent", title=words)
        self._set(StepState.FAILED, told)
        self._move(Phase.STOPPED)

    def _set(
        self,
        state: StepState,
        explanation: Explanation | None = None,
        history_id: int | None = None,
    ) -> None:
        self._parcels[self._at] = replace(
            self._parcels[self._at],
            state=state,
            explanation=explanation,
            history_id=history_id,
        )

    def _move(self, phase: Phase) -> None:
        self._phase = phase
        self.changed.emit()


def one_by_one(drafts: Sequence[Draft], destination: Destination, layout: Layout) -> list[Parcel]:
    """A request for each event. Raises ``ValueError`` for an address that cannot be used."""
    parcels: list[Parcel] = []
    for draft in drafts:
        own = draft.with_token(destination.token)
        body = own.text(layout).encode("utf-8")
        request = build_request(body, destination, path_for(own.payload, destination))
        parcels.append(Parcel(request=request, events=max(1, len(own.events))))
    return parcels


def as_batch(drafts: Sequence[Draft], destination: Destination, layout: Layout) -> list[Parcel]:
    """One request with all events in it."""
    payloads = [draft.payload for draft in drafts]
    body = batch_body(payloads, destination.token, layout)
    request = build_request(body, destination, BATCH_PATH)
    return [Parcel(request=request, events=len(payloads))]
