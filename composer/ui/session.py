"""The event in the window and what follows from it: the single truth that every pane shows.

Widgets ask for changes here and listen; none of them holds a value of its own. The session
outlives the widgets, knows no file and no network, and sends nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from composer.core import times
from composer.core.convert import Conversion
from composer.core.destination import Destination, address_problem, is_personal_key
from composer.core.draft import STAMPS, Draft, first_draft
from composer.core.events import by_id
from composer.core.ids import uuid7_milliseconds
from composer.core.jsontext import Object, Path, Value
from composer.core.records import Workspace
from composer.core.settings import Settings
from composer.core.wire import WireRequest, build_request, path_for
from composer.services.ports import Clock
from composer.ui.preferences import Preferences
from composer.ui.undo import DraftStep, draft_stack

STALE = timedelta(minutes=1)
"""A generated time older than this is renewed at the next edit of an event not sent yet."""


class Session(QObject):
    """The draft, its undo history, its request, and the reason why it cannot be sent, if any."""

    draft_changed = Signal(object)
    """``Draft``"""
    request_changed = Signal(object)
    """``WireRequest``, or ``None`` while there is nothing that could be sent"""

    def __init__(
        self,
        clock: Clock,
        preferences: Preferences,
        workspace: Workspace | None = None,
    ) -> None:
        super().__init__()
        self._clock = clock
        self._preferences = preferences
        self._destination = preferences.destination
        self._layout = preferences.settings.layout
        self._parked = {draft.type_id: draft for draft in workspace.parked} if workspace else {}
        self._draft = workspace.draft if workspace else self._first_draft()
        self._opened = self._draft
        self._tried: Value = None
        self._accepted: Value = None
        self._undo = draft_stack()
        self._text = ""
        self._unread = ""
        self._obstacle = ""
        self._request: WireRequest | None = None
        self._rebuild()
        preferences.changed.connect(self._follow_preferences)

    # What there is

    @property
    def draft(self) -> Draft:
        """The event being composed."""
        return self._draft

    @property
    def opened(self) -> Draft:
        """The draft as it was when it was brought in; edits leave this as it is."""
        return self._opened

    @property
    def parked(self) -> tuple[Draft, ...]:
        """The drafts of the other event types, as they were left."""
        return tuple(self._parked.values())

    @property
    def text(self) -> str:
        """The JSON text: the preview, and (encoded as UTF-8) the body."""
        return self._text

    @property
    def request(self) -> WireRequest | None:
        """The request that Send would send; ``None`` if ``obstacle`` says why not."""
        return self._request

    @property
    def obstacle(self) -> str:
        """Why nothing can be sent, with the next step; empty if it can."""
        return self._obstacle

    @property
    def destination(self) -> Destination:
        """Where Send would send it."""
        return self._destination

    @property
    def token(self) -> str:
        """The project token inside the draft; empty where there is none."""
        return self._draft.token

    @property
    def is_reading(self) -> bool:
        """Whether large text is still being read (``await_text``)."""
        return bool(self._unread)

    @property
    def is_accepted(self) -> bool:
        """Whether this event has been accepted already, so that a send now repeats it."""
        return self._accepted is not None and self._accepted == self._draft.ids

    @property
    def undo_stack(self) -> QUndoStack:
        """Undo and redo over the whole draft."""
        return self._undo

    def now_text(self) -> str:
        """The time as it is written into a timestamp."""
        return times.wire_text(self._clock.now())

    def describe_time(self, text: str) -> str:
        """A timestamp in UTC and relative to now."""
        return times.describe(text, self._clock.now())

    def fresh_uuid(self) -> str:
        """A version-7 UUID that matches the draft's timestamp where it has one."""
        return self._clock.new_uuid(self._time_of(self._draft.payload) or self._clock.now())

    # Changing it

    def set_value(self, path: Path, value: Value) -> None:
        """Set one value from the form."""
        self.settle()
        self._edit_by_form(self._draft.with_value(path, value), merge=str(path))

    def set_values(self, values: Sequence[tuple[Path, Value]]) -> None:
        """Set several values as one step."""
        self.settle()
        draft = self._draft
        for path, value in values:
            draft = draft.with_value(path, value)
        self._edit_by_form(draft)

    def remove(self, path: Path) -> None:
        """Remove one member from the form."""
        self.settle()
        self._edit_by_form(self._draft.without(path), merge=str(path))

    def set_text(self, text: str) -> None:
        """Take over the JSON editor's text, good or not."""
        self._unread = ""
        draft = self._draft.with_text(text)
        renewed = draft if draft.fault or not self.is_accepted else self._stamped(draft)
        self._edit(renewed, merge="text")

    def mend(self, draft: Draft) -> None:
        """Take over what a mend made of the draft, as a step of its own."""
        self._edit(self._stamped(draft) if self.is_accepted and not draft.fault else draft)

    def await_text(self, text: str) -> None:
        """Large text is being read elsewhere (``take_text``); nothing can be sent until then."""
        self._unread = text
        self._rebuild()
        self.request_changed.emit(self._request)

    def take_text(self, text: str, draft: Draft) -> None:
        """Take over what ``Draft.with_text`` made of ``text``, unless it was edited since."""
        if text == self._unread:
            self._edit(draft, merge="text")
            self._show(self._draft)

    def settle(self) -> None:
        """Take over large text that is still being read, before anything builds on the draft."""
        if self._unread:
            self.set_text(self._unread)

    def discard_text(self) -> None:
        """Give up text that does not parse and go back to the last good event."""
        self._edit(replace(self._draft, source=None, fault=None))

    def lay_out(self) -> None:
        """Write the JSON anew in the chosen layout."""
        self.settle()
        self._edit(self._draft.laid_out())

    def set_token(self, token: str) -> None:
        """Put the token into the draft and keep it for this destination; never a personal key."""
        self.settle()
        self._edit(self._draft.with_token(token), merge="token")
        if is_personal_key(token):
            return
        self._preferences.change_destination(replace(self._destination, token=token))

    def choose_type(self, type_id: str) -> None:
        """Go to another form: to its parked draft, or there with what both have in common.

        Another event has an ID of its own: the draft that is left may have been tried with its.
        """
        self.settle()
        if type_id == self._draft.type_id:
            return
        parked = self._parked.get(type_id)
        if parked:
            self.open(self._fresh(parked.with_token(self.token)))
        else:
            left = self._stamped(self._draft)
            self.open(self._stamped(left.as_type(by_id(type_id))))

    def open(self, draft: Draft) -> None:
        """Bring a draft into the window, as one step to undo; the one before is parked."""
        self._bring(draft, opens=draft)

    def open_new(self, draft: Draft) -> None:
        """Bring a draft in as a new event: its own ID and time, this destination's token."""
        stamps = frozenset(key for key in STAMPS if draft.has((key,)))
        own = replace(draft.with_token(self._destination.token), generated=stamps)
        self.open(self._as_new(own))

    def open_template(self, draft: Draft) -> None:
        """Bring a template in: stamps that a person chose stay, the others are made now."""
        self.open(self._as_new(draft.with_token(self._destination.token)))

    def start_new(self) -> None:
        """Keep everything but the event ID and time, so that the next send counts anew."""
        self.settle()
        stamps = frozenset(key for key in STAMPS if self._draft.has((key,)))
        self._edit(self._as_new(replace(self._draft, generated=stamps)))

    def open_converted(self, found: Conversion) -> None:
        """Make today's event of an old shape, as one step to undo."""
        self._bring(self._fresh(found.draft), opens=self._opened)

    def freshen(self) -> None:
        """Renew generated stamps that have grown stale while nobody was looking."""
        if not self.is_accepted:
            fresh = self._fresh(self._draft)
            if fresh != self._draft:
                self._show(fresh)

    def mark_tried(self, draft: Draft) -> None:
        """A send of this draft begins: its ID and time stay the same until one is accepted."""
        self._tried = draft.ids

    def mark_accepted(self, draft: Draft) -> None:
        """The service accepted this draft: the next edit makes a new event of it."""
        self._accepted = draft.ids
        self.request_changed.emit(self._request)

    # Inside

    def _first_draft(self) -> Draft:
        now = self._clock.now()
        return first_draft(
            token=self._destination.token,
            uuid=self._clock.new_uuid(now),
            timestamp=times.wire_text(now),
        )

    def _bring(self, draft: Draft, *, opens: Draft) -> None:
        self.settle()
        if draft.type_id != self._draft.type_id:
            self._parked[self._draft.type_id] = self._draft
            self._parked.pop(draft.type_id, None)
        if draft == self._draft:
            self._opened = opens
        self._edit(draft, opens=opens)

    def _edit_by_form(self, draft: Draft, merge: str = "") -> None:
        if draft != self._draft:
            self._edit(self._fresh(draft), merge=merge)

    def _edit(self, draft: Draft, merge: str = "", opens: Draft | None = None) -> None:
        if draft != self._draft:
            now = self._clock.now()
            show = self._show if opens is None else self._turning(draft, opens)
            step = DraftStep(self._draft, draft, at=now, merge=merge, show=show)
            self._undo.push(step)  # which shows it

    def _turning(self, draft: Draft, opens: Draft) -> Callable[[Draft], None]:
        """Shows ``draft``, opened as ``opens``, or (undone) again the one before it."""
        before = self._opened

        def show(wanted: Draft) -> None:
            self._opened = opens if wanted is draft else before
            self._show(wanted)

        return show

    def _show(self, draft: Draft) -> None:
        self._draft, self._unread = draft, ""
        self._rebuild()
        self.draft_changed.emit(draft)
        self.request_changed.emit(self._request)

    def _fresh(self, draft: Draft) -> Draft:
        """Renew the generated stamps of a draft that was accepted or has grown stale."""
        if draft.event_type.is_batch:
            return draft  # its events are a person's own, with their times
        uuid, moment = draft.payload.get("uuid"), self._time_of(draft.payload)
        if self._accepted is not None and uuid == self._accepted:
            return self._stamped(draft)
        if draft.fault or (self._tried is not None and uuid == self._tried):
            return draft
        if "timestamp" in draft.generated:
            stale = moment is None or self._clock.now() - moment > STALE
            return self._stamped(draft) if stale else draft
        in_uuid = uuid7_milliseconds(uuid) if isinstance(uuid, str) else None
        moved = moment is not None and in_uuid != int(moment.timestamp() * 1000)
        return self._stamped(draft) if moved and "uuid" in draft.generated else draft

    def _stamped(self, draft: Draft) -> Draft:
        """New stamps where they are generated; a person's own time also rules the event ID."""
        now = self._clock.now()
        own = None if "timestamp" in draft.generated else self._time_of(draft.payload)
        uuid = self._clock.new_uuid(own or now)
        return draft.stamped(uuid=uuid, timestamp=times.wire_text(now))

    def _as_new(self, draft: Draft) -> Draft:
        """The same once more: with an ID of its own, so that it counts again."""
        return self._stamped(draft).with_new_ids(self._new_id)

    def _new_id(self, event: Object) -> str:
        return self._clock.new_uuid(self._time_of(event) or self._clock.now())

    def _time_of(self, event: Object) -> datetime | None:
        stamp = event.get("timestamp")
        return times.read(stamp) if isinstance(stamp, str) else None

    def _rebuild(self) -> None:
        self._text = self._unread or self._draft.text(self._layout)
        self._request, self._obstacle = None, self._find_obstacle()
        if not self._obstacle:
            body = self._text.encode("utf-8")
            path = path_for(self._draft.payload, self._destination)
            self._request = build_request(body, self._destination, path)

    def _find_obstacle(self) -> str:
        if self._unread:
            return "The JSON is still being read."
        fault = self._draft.fault
        if fault is not None:
            return f"The JSON has a fault. {fault} {fault.hint}".strip()
        return address_problem(self._destination.address)

    def _follow_preferences(self, settings: Settings) -> None:
        destination = self._preferences.destination
        moved = destination.id != self._destination.id
        relaid = settings.layout is not self._layout
        if (destination, settings.layout) == (self._destination, self._layout):
            return
        self._destination, self._layout = destination, settings.layout
        draft = self._draft.laid_out() if relaid else self._draft
        draft = draft.with_token(destination.token) if moved else draft
        self._edit(draft)
        self._show(self._draft)
