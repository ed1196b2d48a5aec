"""What the buttons of Compose do: send, add to the batch, save as template, copy.

Holds no widget; the page and the window's commands both call it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from composer.core.batch.cells import CellError
from composer.core.batch.table import BatchEvent
from composer.core.draft import Draft
from composer.core.outcome import Accepted
from composer.core.reopen import drafts_of_batch
from composer.core.shells import Shell
from composer.core.summary import summary_of
from composer.core.wire import WireRequest
from composer.ui.batch.batch import Batch, is_editing_item
from composer.ui.batch.steps import Step
from composer.ui.copying import Copier
from composer.ui.form.example import fill_in
from composer.ui.messages import UNDO, Messages
from composer.ui.send.asking import AskOnce
from composer.ui.send.controller import Report, Send, SendController
from composer.ui.send.questions import Matter, Question
from composer.ui.send.repeat import RepeatGuard
from composer.ui.session import Session, Tab
from composer.ui.session.titles import title_of
from composer.ui.widgets import Severity
from composer.ui.wording import counted


class Desk(QObject):
    """The commands over the event being composed."""

    batch_wanted = Signal()
    """The person wants to see the batch"""
    variable_wanted = Signal(object)
    """``Unfilled``: a variable that has to be filled in first; the cursor belongs there"""
    asked = Signal(object)
    """``Question`` whether a reference that was typed by hand is to be sent as it stands"""
    settled = Signal()
    """That question is of no interest any more"""

    def __init__(
        self,
        session: Session,
        batch: Batch,
        sends: SendController,
        *,
        asking: AskOnce,
        copier: Copier,
        messages: Messages,
    ) -> None:
        super().__init__()
        self._session = session
        self._batch = batch
        self._sends = sends
        self._copier = copier
        self._messages = messages
        self._asking = asking
        self._repeats = RepeatGuard()
        self._held: Callable[[], None] | None = None
        """What goes on once the references may stay as they are"""
        asking.ready.connect(self.send)
        sends.finished.connect(self._note_outcome)
        session.draft_changed.connect(self._settle)
        session.closed.connect(self._leave_item)

    @Slot()
    def send(self) -> None:
        """Send the draft; the second half of a double click does not send again.

        What will be lost or refused is asked about first.
        """
        request, draft = self._session.request, self._session.draft
        if request is None or self._sends.is_busy or self._repeats.is_double_press(request):
            return
        if self._is_unfilled(self.send) or self._asking.holds_back(request):
            return
        self._repeats.note(request)
        self._session.mark_tried(draft)
        summary = summary_of(draft.payload)
        destination = self._session.destination
        self._sends.start(
            Send(request=request, destination=destination, summary=summary, tag=draft)
        )

    @Slot()
    def add_to_batch(self) -> None:
        """Put the draft into the batch: back in its place, or at the end as an event of its own."""
        draft = self._session.draft
        drafts = _events_of(draft)
        if draft.fault is not None:
            return
        if not drafts:
            self._messages.say("There is no event yet. Add one first.", Severity.WARNING)
            return
        if self._is_unfilled(self.add_to_batch):
            return
        if is_editing_item(self._session, self._batch):
            self._put_back(drafts)
            return
        self._collect(draft, drafts, then=self._say_added)

    def edit_item(self, event: BatchEvent) -> bool:
        """Open an event of the batch, to be put back; whether it can be."""
        before, identifier = self._batch.editing, event.id
        try:
            draft = self._batch.edit(event)
        except CellError as fault:
            self._messages.say(str(fault), Severity.WARNING)
            return False
        tabs = self._session.tabs
        shown = next((tab for tab in tabs if before and tab.item == before.id == identifier), None)
        if shown is not None:
            self._session.switch_to(shown.id)
        else:
            self._session.open_beside(draft)
            self._session.tab.item = identifier
        self._batch.editing_changed.emit()  # once more, now that its tab is in front
        return True

    def _say_added(self, step: Step) -> None:
        del step  # it is undone where the batch is seen
        events = counted(self._batch.count, "event")
        self._messages.say(
            f"Added. The batch holds {events}.",
            Severity.OK,
            action="Show batch",
            run=self.batch_wanted.emit,
        )

    def _put_back(self, drafts: tuple[Draft, ...]) -> None:
        """The tab of the event has done its work, and goes where there are others."""
        self._batch.put_back(*drafts)
        self._session.tab.item = None
        self._session.start_new()
        if len(self._session.tabs) > 1:
            self._session.close_tab()
        self._messages.say("Put back into the batch.", Severity.OK)
        self.batch_wanted.emit()

    @Slot(object)
    def _leave_item(self, tab: Tab) -> None:
        editing = self._batch.editing
        if editing is not None and tab.item == editing.id:
            self._batch.stop_editing()

    # Variables

    def _is_unfilled(self, go_on: Callable[[], None]) -> bool:
        """Whether something has to be filled in first; then the person is led there or asked."""
        first = next(iter(self._session.unfilled), None)
        if first is None:
            return False
        if self._session.is_asked_for(first.name):
            self.variable_wanted.emit(first)
        else:
            self._held = go_on
            self.asked.emit(
                Question(
                    words=f"{{{{{first.name}}}}} is not filled in.",
                    matter=Matter.VARIABLE,
                    careful="Fill in",
                    going="Send as it stands",
                    severity=Severity.WARNING,
                )
            )
        return True

    @Slot()
    def fill_in(self) -> None:
        """Ask for what was typed by hand, and lead to the first of it."""
        self._settle()
        self._session.take_up()
        first = next(iter(self._session.unfilled), None)
        if first is not None:
            self.variable_wanted.emit(first)

    @Slot()
    def leave_literal(self) -> None:
        """Go on with the references as they stand."""
        go_on, self._held = self._held, None
        if go_on is not None:
            self._session.leave_literal()
            go_on()

    @Slot()
    def _settle(self) -> None:
        """The question was about the draft as it was."""
        if self._held is not None:
            self._held = None
            self.settled.emit()

    @Slot()
    def leave_question(self) -> None:
        """Nothing is sent and nothing changed."""
        self._settle()

    # Tabs

    def close_tab(self, identifier: int | None = None) -> None:
        """Close a tab, the one in front if none is named; the message opens it again."""
        tab = self._session.close_tab(identifier)
        if tab is not None:
            self._messages.say(
                f"Closed {title_of(tab.draft)}.",
                action=UNDO,
                run=partial(self._session.reopen_tab, tab.id),
            )

    @Slot()
    def list_events(self) -> None:
        """Put the events of the batch in Compose into the Batch place, and go there."""
        draft = self._session.draft
        drafts = _events_of(draft)
        if draft.fault is None and drafts:
            self._collect(draft, drafts)
            self.batch_wanted.emit()

    def _collect(
        self,
        draft: Draft,
        drafts: tuple[Draft, ...],
        then: Callable[[Step], None] | None = None,
    ) -> None:
        if draft.event_type.is_batch and not self._batch.count:
            is_import = draft.value(("historical_migration",)) is True
            self._batch.set_historical_migration(is_import)
        self._batch.add(*drafts, then=then)
        self._session.start_new()

    @Slot()
    def start_new(self) -> None:
        """A new event ID and time for the same content."""
        self._session.start_new()
        if self._session.draft.event_type.is_batch:
            self._messages.say("These are new events now, with their own IDs.")
        else:
            self._messages.say("This is a new event now, with its own ID and time.")

    @Slot()
    def fill_example(self) -> None:
        """Complete what is empty with examples, as one step."""
        fill_in(self._session)

    @Slot()
    def copy_curl(self, shell: Shell | None = None) -> None:
        """Copy the draft as a curl command; for the chosen shell if none is named."""
        if (request := self._sendable()) is not None:
            self._copier.copy_curl(request, shell=shell)

    @Slot()
    def copy_code(self, target: str = "") -> None:
        """Copy the draft as code; in the chosen language if no ``target`` is named."""
        if (request := self._sendable()) is not None:
            self._copier.copy_code(request, target=target)

    def _sendable(self) -> WireRequest | None:
        """The request; without one it is said why."""
        if self._session.request is None:
            self._messages.say(self._session.obstacle, Severity.WARNING)
        return self._session.request

    @Slot()
    def copy_json(self) -> None:
        """Copy the JSON text."""
        self._copier.copy_json(self._session.text, self._session.token)

    def open(self, drafts: tuple[Draft, ...]) -> bool:
        """Open what was sent before: one event in Compose, several in the batch.

        Returns whether it is in Compose now.
        """
        if len(drafts) == 1:
            self._session.open_new(drafts[0])
            return True
        said = f"Added {counted(len(drafts), 'event')} to the batch."
        self._batch.add(*drafts, then=partial(self._say_undoable, said))
        return False

    def _say_undoable(self, said: str, step: Step) -> None:
        undo = partial(self._batch.undo_step, step)
        self._messages.say(said, Severity.OK, action=UNDO, run=undo)

    @Slot(object)
    def _note_outcome(self, report: Report) -> None:
        if isinstance(report.send.tag, Draft) and isinstance(report.outcome, Accepted):
            self._session.mark_accepted(report.send.tag)


def _events_of(draft: Draft) -> tuple[Draft, ...]:
    """The events to collect: a batch is not one of them, but what is in it."""
    return drafts_of_batch(draft) if draft.event_type.is_batch else (draft,)
