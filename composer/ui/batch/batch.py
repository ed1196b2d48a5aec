"""The events that wait to be sent together: what changes them, what undoes that, what is edited.

The events themselves lie in the table and are never all in memory. Every change is done in a
thread, one after the other; what came of it is told. It knows no widget.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from composer.core.batch.cells import changed_body, event_in
from composer.core.batch.table import BatchEvent, Placement, Removal, TableQuery, Totals
from composer.core.draft import Draft
from composer.core.jsontext import Layout, Object, encode
from composer.core.records import BatchItem, Workspace
from composer.services.ports import BatchServices, SearchStoppedError
from composer.services.ports.batch_table import BatchTable
from composer.ui.batch.steps import Step, Steps
from composer.ui.batch.work import TableWork
from composer.ui.messages import UNDO, Messages
from composer.ui.preferences import Preferences
from composer.ui.session import Session
from composer.ui.tasks import TaskScope
from composer.ui.widgets import Severity
from composer.ui.wording import counted, shortened

T = TypeVar("T")

_LONGEST_NAME = 40


class Batch(QObject):
    """``changed`` tells the ``Totals`` after each change; ``altered`` that rows are others."""

    changed = Signal(object)
    """``Totals``"""
    altered = Signal()
    """Events have come, gone, moved or changed: what shows them reads them again"""
    editing_changed = Signal()
    """Another event is open in Compose, or none"""
    added = Signal(object)
    """``list[int]``: the ids of events that have come in and are to be seen"""

    def __init__(
        self,
        services: BatchServices,
        preferences: Preferences,
        *,
        tasks: TaskScope,
        messages: Messages,
        workspace: Workspace | None = None,
    ) -> None:
        super().__init__()
        self._services = services
        self.steps = Steps()
        self._preferences = preferences
        self._messages = messages
        self._work = TableWork(tasks)
        self._work.failed.connect(self._say_fault)
        self._totals = Totals()
        self._editing: BatchEvent | None = None
        self._items = workspace.batch if workspace else ()
        self._has_begun = False
        self._was_import = workspace is not None and workspace.historical_migration

    # What there is

    @property
    def table(self) -> BatchTable:
        """The events themselves; loaded when they are first asked for."""
        return self._services.table

    @property
    def totals(self) -> Totals:
        """What the table holds, as far as it has been counted."""
        return self._totals

    @property
    def count(self) -> int:
        """The number of events."""
        return self._totals.events

    @property
    def left_over(self) -> tuple[BatchItem, ...]:
        """Events of an older workspace that the table has not taken over yet."""
        return self._items

    @property
    def editing(self) -> BatchEvent | None:
        """The event that is open in Compose, to be put back in its place."""
        return self._editing

    async def settled(self) -> None:
        """Return once every change that was asked for is written down."""
        await self._work.settled()

    # What a person does

    def begin(self) -> None:
        """Count what the table holds, and take over what an older version left."""
        if self._has_begun:
            return
        self._has_begun = True
        if self._was_import:
            self.set_historical_migration(True)
        if self._items:
            self._change(partial(self.table.take_over, self._items), self._on_taken_over)
        else:
            self.renew()

    @Slot()
    def renew(self) -> None:
        """Something else has changed the table: count and read it again."""
        self._change(_nothing)

    def add(self, *drafts: Draft, then: Callable[[Step], None] | None = None) -> None:
        """Put events at the end; ``then`` is called with the change once they are written down."""
        self.insert([_stored(draft) for draft in drafts], then=then)

    def insert(
        self,
        events: Sequence[tuple[str, str]],
        *,
        after: int | None = None,
        then: Callable[[Step], None] | None = None,
    ) -> None:
        """The same for events as type and text; ``after`` is the id of the one before them."""

        def done(ids: list[int]) -> None:
            step = self.steps.push(Step(words="add", undo=partial(self._take_out, ids)))
            self.added.emit(ids[:1])
            if then is not None:
                then(step)

        if events:
            self._change(partial(self.table.add, events, after=after), done)

    def edit(self, event: BatchEvent) -> Draft:
        """Begin to edit an event in Compose; returns its draft. Raises ``CellError``."""
        members = event_in(event.body).members
        token = self._preferences.destination.token
        draft = Draft(type_id=event.type_id, payload=Object((("api_key", token), *members)))
        self._set_editing(event)
        return draft

    def put_back(self, draft: Draft, *others: Draft) -> None:
        """Replace the event being edited; what it has become several of stands behind it."""
        event = self._editing
        if event is None:
            self.add(draft, *others)
            return
        self._set_editing(None)
        self._replace(event.id, *_stored(draft))
        if others:
            self.insert([_stored(other) for other in others], after=event.id)

    @Slot()
    def stop_editing(self) -> None:
        """Leave the event as it was."""
        self._set_editing(None)

    def change_cell(self, event: BatchEvent, column: str, text: str) -> None:
        """Write another text into a cell. Raises ``CellError`` where the event cannot have it."""
        body = changed_body(event.body, column, text)
        if body != event.body:
            self._replace(event.id, event.type_id, body)

    def remove(self, events: Sequence[int], *, name: str = "") -> None:
        """Take events out; the message offers to undo it. ``name`` is that of a single one."""
        said = f"“{shortened(name, _LONGEST_NAME)}”" if name else counted(len(events), "event")
        self._remove(list(events), f"Removed {said} from the batch.")

    def clear(self) -> None:
        """Take all events out; the message offers to undo it."""
        if self.count:
            self._remove(None, f"Removed {counted(self.count, 'event')} from the batch.")

    def duplicate(self, events: Sequence[int]) -> None:
        """Make the same events once more, each with an ID of its own."""

        def done(ids: list[int]) -> None:
            step = self.steps.push(Step(words="duplicate", undo=partial(self._take_out, ids)))
            self.added.emit(ids)
            self._offer_undo(f"Duplicated {counted(len(ids), 'event')}, with new IDs.", step)

        if events:
            self._change(partial(self.table.duplicate, list(events)), done)

    def move(self, events: Sequence[int], before: int | None) -> None:
        """Put events before another one, or at the end."""

        def done(placement: Placement) -> None:
            self.steps.push(Step(words="move", undo=partial(self.table.put_back, placement)))

        self._change(partial(self.table.move, list(events), before), done)

    def note_import(self, number: int, added: int) -> None:
        """Events have been imported; that can be undone as a whole."""
        undo = partial(self.table.drop_import, number)
        step = self.steps.push(Step(words="import", undo=undo))
        self.renew()
        self._offer_undo(f"Imported {counted(added, 'event')}.", step)

    @Slot()
    def undo(self) -> None:
        """Undo the last change."""
        step = self.steps.pop()
        if step is not None:
            self._change(step.undo)

    def undo_step(self, step: Step) -> None:
        """Undo one change, whatever has been done since; a second call does nothing."""
        if self.steps.take(step):
            self._change(step.undo)

    def read_drafts(self, most: int, then: Callable[[tuple[Draft, ...]], None]) -> None:
        """Hand the first events to ``then``, in the order of the table, without a token."""
        self._work.do(partial(self._first_drafts, most), then)

    def set_historical_migration(self, on: bool) -> None:
        """Mark what is sent as an import of old events, or not."""
        options = self._preferences.settings.batch
        self._preferences.change(batch=replace(options, historical_migration=on))

    # Inside

    def _change(self, work: Callable[[], T], then: Callable[[T], None] | None = None) -> None:
        def changed() -> tuple[T, Totals]:
            return work(), self.table.totals()

        def done(result: tuple[T, Totals]) -> None:
            came, self._totals = result
            if then is not None:
                then(came)
            self.altered.emit()
            self.changed.emit(self._totals)

        self._work.do(changed, done)

    def _replace(self, identifier: int, type_id: str, body: str) -> None:
        def done(old: BatchEvent | None) -> None:
            if old is None:
                self._messages.say("That event is no longer in the batch.", Severity.WARNING)
                return
            undo = partial(self.table.replace, identifier, old.type_id, old.body)
            self.steps.push(Step(words="edit", undo=undo))

        self._change(partial(self.table.replace, identifier, type_id, body), done)

    def _remove(self, events: list[int] | None, said: str) -> None:
        editing = self._editing
        if editing is not None and (events is None or editing.id in events):
            self._set_editing(None)

        def done(removal: Removal) -> None:
            undo = partial(self.table.restore, removal)
            self._offer_undo(said, self.steps.push(Step(words="remove", undo=undo)))

        self._change(partial(self.table.remove, events), done)

    def _take_out(self, ids: list[int]) -> None:
        self.table.remove(ids)

    def _offer_undo(self, said: str, step: Step) -> None:
        self._messages.say(said, action=UNDO, run=partial(self.undo_step, step))

    def _first_drafts(self, most: int) -> tuple[Draft, ...]:
        try:
            ids = self.table.order(TableQuery())
        except SearchStoppedError:  # by a search that was begun meanwhile
            return self._first_drafts(most)
        events = self.table.rows(ids[:most])
        return tuple(Draft(type_id=e.type_id, payload=event_in(e.body)) for e in events)

    def _set_editing(self, event: BatchEvent | None) -> None:
        self._editing = event
        self.editing_changed.emit()

    def _on_taken_over(self, came: object) -> None:
        del came
        self._items = ()

    @Slot(str)
    def _say_fault(self, words: str) -> None:
        self._messages.say(words, Severity.ERROR)


def is_editing_item(session: Session, batch: Batch) -> bool:
    """Whether the tab in front of Compose holds the event of the batch that is being edited."""
    editing = batch.editing
    return editing is not None and session.tab.item == editing.id


def _stored(draft: Draft) -> tuple[str, str]:
    """An event as the table keeps it: compact, and without the token, which is the request's."""
    return draft.type_id, encode(draft.payload.without("api_key"), Layout.COMPACT)


def _nothing() -> None:
    return None
