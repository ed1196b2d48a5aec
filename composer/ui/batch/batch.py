"""The list of events that wait to be sent together, and the request they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from composer.core.destination import BATCH_PATH, address_problem
from composer.core.draft import Draft
from composer.core.records import BatchItem, Workspace
from composer.core.wire import WireRequest, batch_body, build_request
from composer.ui.preferences import Preferences
from composer.ui.session import Session


class Batch(QObject):
    """Holds the items in order. Each change tells ``changed``; ``restore`` undoes any of them."""

    changed = Signal(object)
    """``tuple[BatchItem, ...]``"""

    def __init__(
        self,
        preferences: Preferences,
        workspace: Workspace | None = None,
    ) -> None:
        super().__init__()
        self._preferences = preferences
        self._items = workspace.batch if workspace else ()
        self._historical = workspace.historical_migration if workspace else False
        self._editing: int | None = None
        preferences.changed.connect(self._tell)

    @property
    def items(self) -> tuple[BatchItem, ...]:
        """The events, in the order in which they are sent."""
        return self._items

    @property
    def historical_migration(self) -> bool:
        """Whether the batch is marked as an import of old events."""
        return self._historical

    @property
    def editing(self) -> BatchItem | None:
        """The item that is open in Compose, to be put back in its place."""
        return next((item for item in self._items if item.id == self._editing), None)

    @property
    def obstacle(self) -> str:
        """Why the batch cannot be sent, with the next step; empty if it can."""
        if not self._items:
            return "Add at least one event to the batch."
        if self.editing is not None:
            return "An event is open in Compose. Put it back, or leave it as it was, then send."
        return address_problem(self._preferences.destination.address)

    @property
    def request(self) -> WireRequest | None:
        """The batch as one request; ``None`` if ``obstacle`` says why not."""
        if self.obstacle:
            return None
        destination = self._preferences.destination
        body = batch_body(
            [item.draft.payload for item in self._items],
            destination.token,
            self._preferences.settings.layout,
            historical_migration=self._historical,
        )
        return build_request(body, destination, BATCH_PATH)

    def add(self, *drafts: Draft) -> None:
        """Put drafts at the end."""
        self._set((*self._items, *self._new_items(drafts)))

    def edit(self, identifier: int) -> Draft | None:
        """Begin to edit an item in Compose; returns its draft."""
        self._editing = identifier
        item = self.editing
        self._tell()
        return item.draft if item else None

    def put_back(self, draft: Draft, *others: Draft) -> None:
        """Replace the item being edited; what it has become several of stands behind it."""
        items: list[BatchItem] = []
        for item in self._items:
            is_edited = item.id == self._editing
            items.append(replace(item, draft=draft) if is_edited else item)
            items += self._new_items(others) if is_edited else ()
        self._editing = None
        self._set(tuple(items))

    def stop_editing(self) -> None:
        """Leave the item as it was."""
        self._editing = None
        self._tell()

    def remove(self, identifier: int) -> None:
        """Take an item out."""
        self._set(tuple(item for item in self._items if item.id != identifier))

    def move(self, identifier: int, steps: int) -> None:
        """Move an item up (negative) or down, as far as there is room."""
        items = list(self._items)
        index = next((i for i, item in enumerate(items) if item.id == identifier), None)
        if index is None:
            return
        item = items.pop(index)
        items.insert(max(0, min(len(items), index + steps)), item)
        self._set(tuple(items))

    def clear(self) -> None:
        """Take all items out."""
        self._set(())

    def restore(self, items: tuple[BatchItem, ...]) -> None:
        """Put the list back as it was (undo of remove, clear or move)."""
        self._set(items)

    def set_historical_migration(self, on: bool) -> None:
        """Mark the batch as an import of old events, or not."""
        self._historical = on
        self._tell()

    def _new_items(self, drafts: Sequence[Draft]) -> tuple[BatchItem, ...]:
        first = max((item.id for item in self._items), default=0) + 1
        return tuple(BatchItem(id=number, draft=d) for number, d in enumerate(drafts, first))

    def _set(self, items: tuple[BatchItem, ...]) -> None:
        self._items = items
        self._tell()

    def _tell(self) -> None:
        self.changed.emit(self._items)


def is_editing_item(session: Session, batch: Batch) -> bool:
    """Whether the tab in front of Compose holds the event of the batch that is being edited."""
    editing = batch.editing
    return editing is not None and session.tab.item == editing.id
