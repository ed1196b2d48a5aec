"""The Batch place: the events that go out as one request, in order, and the request they make."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from composer.core.records import BatchItem
from composer.core.wire import WireRequest
from composer.ui.batch.batch import Batch
from composer.ui.batch.dispatch import Dispatch
from composer.ui.batch.marks import place_of
from composer.ui.batch.model import BatchModel
from composer.ui.batch.verdicts import BatchVerdicts
from composer.ui.batch.watch import BatchWatch
from composer.ui.copying import Copier
from composer.ui.icons import IconName
from composer.ui.inspector import RequestInspector
from composer.ui.inspector.view import Side
from composer.ui.lists.detail import DetailPane
from composer.ui.lists.drag import RowDragger
from composer.ui.lists.grid import Grid
from composer.ui.lists.place import ListPlace
from composer.ui.messages import UNDO, Messages
from composer.ui.preferences import Preferences
from composer.ui.send.controller import Report, SendController
from composer.ui.send.guard import ProductionGuard
from composer.ui.widgets import EmptyState, IconButton
from composer.ui.wording import counted


class BatchPage(QWidget):
    """List, request and send; ``Batch`` holds the events."""

    edit_wanted = Signal(object)
    """``BatchItem``"""
    compose_wanted = Signal()

    def __init__(
        self,
        batch: Batch,
        preferences: Preferences,
        sends: SendController,
        *,
        copier: Copier,
        messages: Messages,
        watch: BatchWatch,
        guard: ProductionGuard,
    ) -> None:
        super().__init__()
        self._watch = watch
        self._batch = batch
        self._preferences = preferences
        self._messages = messages
        self._report: Report | None = None
        self._request: WireRequest | None = None
        self._model = BatchModel(self)
        self._table = Grid("Batch", self._model)
        self._dragger = RowDragger(self._table)
        self._inspector = RequestInspector(preferences, copier, name="Batch request")
        self._pane = DetailPane(self._inspector)
        self.verdicts = BatchVerdicts(watch)
        self._dispatch = Dispatch(batch, preferences, sends, watch, guard)
        self._empty = EmptyState(
            IconName.BATCH,
            "No events in the batch",
            "Collect events here and send them as one request. In Compose, choose “Add to batch”.",
            action="Compose an event",
        )
        self._place = ListPlace(self._table, self._pane, empty=self._empty)
        self._place.add_below(self.verdicts)
        self._place.add_below(self._dispatch)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._place)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(0)
        self._add_commands()
        self._connect()
        self._renew()

    def _add_commands(self) -> None:
        self._up = IconButton(IconName.UP, "Move event up")
        self._down = IconButton(IconName.DOWN, "Move event down")
        self._edit = QPushButton("Edit")
        self._edit.setAccessibleName("Edit event")
        self._remove = QPushButton("Remove")
        self._remove.setAccessibleName("Remove event")
        self._clear = QPushButton("Clear")
        self._clear.setAccessibleName("Clear batch")
        for button in (self._edit, self._remove, self._up, self._down):
            self._place.bar.addWidget(button)
        self._place.bar.addStretch(1)
        self._place.bar.addWidget(self._clear)
        self._table.add_command("Edit", self.edit_chosen, hint="Enter")
        self._table.add_command("Move up", self.move_up, "Alt+Up")
        self._table.add_command("Move down", self.move_down, "Alt+Down")
        self._table.add_command("Remove", self.remove_chosen, "Del")

    def _connect(self) -> None:
        self._up.clicked.connect(self.move_up)
        self._down.clicked.connect(self.move_down)
        self._edit.clicked.connect(self.edit_chosen)
        self._remove.clicked.connect(self.remove_chosen)
        self._clear.clicked.connect(self.clear)
        self._table.chosen.connect(self._on_chosen)
        self._table.opened.connect(self.edit_chosen)
        self._dragger.moved.connect(self._on_dragged)
        self._batch.changed.connect(self._on_batch_changed)
        self._settling.timeout.connect(self._renew)
        self._dispatch.ended.connect(self._on_ended)
        self._dispatch.clear_wanted.connect(self.clear)
        self._dispatch.look_wanted.connect(self._on_look)
        self.verdicts.marked.connect(self._model.show_marks)
        self.verdicts.row_wanted.connect(self._show_event)
        self.verdicts.edit_wanted.connect(self.edit_chosen)
        self._empty.action_chosen.connect(self.compose_wanted)

    # What others use

    def send(self) -> None:
        """Send the batch, if it can be sent."""
        self._dispatch.send()

    def edit_chosen(self) -> None:
        """Ask for the chosen event to be opened in Compose."""
        item = self._chosen
        if item is not None:
            self.edit_wanted.emit(item)

    def move_up(self) -> None:
        """Move the chosen event one place up."""
        self._move(-1)

    def move_down(self) -> None:
        """Move the chosen event one place down."""
        self._move(1)

    def remove_chosen(self) -> None:
        """Take the chosen event out; the message offers to undo it."""
        item, row = self._chosen, self._table.row
        if item is None:
            return
        self._batch.remove(item.id)
        self._renew()
        self._table.choose(row)
        name = item.draft.payload.get("event")
        said = f"“{name}”" if isinstance(name, str) and name else "an event"
        undo = partial(self._put_back, ((row, item),))
        self._messages.say(f"Removed {said} from the batch.", action=UNDO, run=undo)

    def clear(self) -> None:
        """Take all events out; the message offers to undo it."""
        items = self._batch.items
        if not items:
            return
        self._batch.clear()
        self._messages.say(
            f"Removed {counted(len(items), 'event')} from the batch.",
            action=UNDO,
            run=partial(self._put_back, tuple(enumerate(items))),
        )

    # Inside

    @property
    def _chosen(self) -> BatchItem | None:
        return self._model.at(self._table.row)

    def _move(self, steps: int) -> None:
        if self._chosen is not None:
            self._batch.move(self._chosen.id, steps)
            self._renew()

    def _on_dragged(self, row: int, steps: int) -> None:
        self._table.choose(row)
        self._move(steps)

    def _put_back(self, places: tuple[tuple[int, BatchItem], ...]) -> None:
        """Undo a removal, whatever has been added meanwhile."""
        items = list(self._batch.items)
        for place, item in places:
            used = {other.id for other in items}
            free = item.id if item.id not in used else max(used) + 1
            items.insert(place, replace(item, id=free))
        self._batch.restore(tuple(items))

    def _on_batch_changed(self, items: object) -> None:
        """Many changes in a row are shown as one: each makes the whole request anew."""
        del items
        self._settling.start()

    def _renew(self) -> None:
        self._settling.stop()
        chosen, row = self._chosen, self._table.row
        editing = self._batch.editing
        self._model.show_items(self._batch.items, editing.id if editing else None)
        if chosen is not None and (found := self._model.row_of(chosen.id)) >= 0:
            self._table.choose(found)
        else:
            self._table.choose(max(0, row))
        self._show_request()
        self._dispatch.renew()
        self._on_chosen(self._table.row)
        is_filled = bool(self._batch.items)
        self._dispatch.setVisible(is_filled)
        self.verdicts.setVisible(is_filled)
        self._place.show_state(any_at_all=is_filled, any_found=True, head=is_filled)

    def _show_request(self) -> None:
        request = self._batch.request
        events = counted(len(self._batch.items), "event")
        if request != self._request:
            self._request, self._report = request, None
            self._dispatch.forget()
        size = f" · {counted(request.size, 'byte')}" if request else ""
        self._place.count.setText(events + size)
        where = f"POST {request.url}" if request else self._batch.obstacle
        self._pane.show_words("Batch request", where)
        sent = self._report
        self._inspector.show_request(
            request, self._preferences.destination, sent.outcome if sent else None
        )

    def _on_chosen(self, row: int) -> None:
        there = row >= 0
        self._edit.setEnabled(there)
        self._remove.setEnabled(there)
        self._up.setEnabled(row > 0)
        self._down.setEnabled(there and row < self._model.rowCount() - 1)
        item = self._model.at(row)
        self.verdicts.show_event(row, item.draft if item else None)

    def _show_event(self, row: int) -> None:
        self._table.choose(row)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_look(self) -> None:
        """Lead to what is wrong instead of sending it."""
        culprit = self.verdicts.marks.culprit
        place = place_of(culprit) if culprit is not None else None
        self._show_event(place or 0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch.attend(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watch.attend(False)

    def _on_ended(self, report: Report) -> None:
        self._report = report
        self._show_request()
        self._inspector.show_side(Side.RESPONSE)
