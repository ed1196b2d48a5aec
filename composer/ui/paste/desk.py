"""What can be done with what is pasted: opened in Compose, put into the batch, its token used.

It holds what was opened for as long as that stands in Compose, and knows no widget. Nothing of a
paste is taken over silently: a token and a destination in it are only offered.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from composer.core.destination import Destination, DestinationKind
from composer.core.draft import Draft
from composer.services.ports import Services
from composer.ui.batch.batch import Batch
from composer.ui.batch.steps import Step
from composer.ui.messages import UNDO, Messages
from composer.ui.paste.arriving import batch_of, with_own_token, with_own_tokens
from composer.ui.paste.clip import Clip
from composer.ui.paste.offers import destination_in
from composer.ui.paste.reader import PasteReader
from composer.ui.paste.reading import PastedEvent, Reading
from composer.ui.preferences import Preferences
from composer.ui.session import Session
from composer.ui.tasks import TaskScope
from composer.ui.widgets import Severity
from composer.ui.wording import counted

if TYPE_CHECKING:
    from composer.core.paste.pasted import PastedRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the draft in Compose came from; ``draft`` is as it was opened.

    ``event`` is the one event of the request that it was made of, as it was pasted; ``None`` for a
    whole batch.
    """

    reading: Reading
    request: PastedRequest
    draft: Draft
    event: Draft | None = None


class PasteDesk(QObject):
    """The commands over a paste, and what the strip in Compose says of it."""

    changed = Signal()
    """There is something else to say: being read, not readable, opened, or nothing"""
    opened = Signal()
    """An event of a paste has come into Compose"""
    added = Signal()
    """Events of a paste have come into the batch"""
    several = Signal(object)
    """``Reading`` with several events, of which a person has to choose"""
    compare_wanted = Signal(object)
    """``Origin`` that is to be compared with what is composed"""

    def __init__(
        self,
        session: Session,
        preferences: Preferences,
        batch: Batch,
        *,
        services: Services,
        tasks: TaskScope,
        messages: Messages,
    ) -> None:
        super().__init__()
        self._session = session
        self._preferences = preferences
        self._batch = batch
        self._tasks = tasks
        self._messages = messages
        self._reader = PasteReader(services, tasks, self)
        self._origins: list[Origin] = []
        """What was pasted last, for the tabs that it was opened in"""
        self._taken = Clip()
        self.failure = ""
        """Why the last paste could not be read; empty if it could"""
        self.is_slow = False
        """Whether a paste is being read that takes a while"""
        self._reader.slow.connect(self._on_slow)
        self._reader.read.connect(self._on_read)
        self._reader.failed.connect(self._on_failed)
        session.draft_changed.connect(self.changed)
        session.request_changed.connect(self.changed)
        preferences.changed.connect(self.changed)

    # What there is

    @property
    def has_news(self) -> bool:
        """Whether there is anything to say in Compose."""
        return bool(self.is_slow or self.failure or self.origin or self.typed_command)

    @property
    def origin(self) -> Origin | None:
        """Where the draft in Compose came from; ``None`` if it was not pasted."""
        opened = self._session.opened
        return next((origin for origin in self._origins if origin.draft is opened), None)

    @property
    def token_offer(self) -> str:
        """The project token of the paste, where Compose has another one; else empty."""
        origin = self.origin
        token = origin.request.token if origin is not None else ""
        return "" if token == self._session.token else token

    @property
    def destination_offer(self) -> Destination | None:
        """The destination of the paste, where another one is chosen."""
        origin = self.origin
        if origin is None or not origin.request.url:
            return None
        places = self._preferences.destinations
        return destination_in(origin.request.url, places, self._session.destination)

    @property
    def typed_command(self) -> str:
        """The text of the JSON editor, where that begins like a command or a request; else empty.

        Text fields keep their own paste, and so has the editor.
        """
        draft = self._session.draft
        text = draft.source if draft.fault is not None else None
        return text if text is not None and _COMMAND.match(text) else ""

    @property
    def taken(self) -> Clip:
        """What was pasted last."""
        return self._taken

    # What a person does

    def take(self, clip: Clip) -> bool:
        """Read it, and open the event in it; whether there is anything to be read."""
        if clip.fault:
            self._messages.say(clip.fault, Severity.WARNING)
            return False
        if len(clip.files) > 1:
            first, *others = clip.names
            self._messages.say(_only_one(first, others), Severity.WARNING)
        self._say(failure="")
        self._taken = clip
        self._reader.start(clip)
        return True

    @Slot()
    def take_typed(self) -> None:
        """Open the event of the command that stands in the JSON editor."""
        if self.typed_command:
            self.take(Clip(text=self.typed_command))

    @Slot()
    def cancel(self) -> None:
        """Read no further; Compose is as it was."""
        self._reader.cancel()
        self._say(failure="")

    @Slot()
    def dismiss(self) -> None:
        """Say nothing more of it."""
        if not self.failure:
            dismissed = self.origin
            self._origins = [origin for origin in self._origins if origin is not dismissed]
        self._say(failure="")

    def open_event(self, reading: Reading, event: PastedEvent) -> None:
        """Open one event in Compose, as it was pasted but for the token."""
        work = self._bring(reading, event.request, event.draft)
        self._tasks.start(work, "open what was pasted")

    def open_batch(self, reading: Reading, request: PastedRequest) -> None:
        """Open all events of a request as one batch in Compose."""
        work = self._bring(reading, request, None)
        self._tasks.start(work, "open what was pasted")

    def add(self, events: Sequence[PastedEvent]) -> None:
        """Put events at the end of the batch."""
        drafts = tuple(event.draft for event in events)
        self._tasks.start(self._add(drafts), "add what was pasted")

    @Slot()
    def use_token(self) -> None:
        """Put the pasted token into the draft, as if a person had typed it."""
        token = self.token_offer
        if token:
            self._session.set_token(token)

    @Slot()
    def use_destination(self) -> None:
        """Choose the destination of the paste."""
        place = self.destination_offer
        if place is None:
            return
        before = self._preferences.settings

        def undo() -> None:
            self._preferences.change(
                destinations=before.destinations, destination_id=before.destination_id
            )

        self._preferences.change_destination(place)
        self._preferences.change(destination_id=place.id)
        where = f": {place.address}" if place.kind is DestinationKind.SELF_HOSTED else ""
        self._messages.say(f"The destination is {place.name} now{where}.", action=UNDO, run=undo)

    @Slot()
    def compare(self) -> None:
        """Ask for a comparison of what was pasted with what is composed."""
        if self.origin is not None:
            self.compare_wanted.emit(self.origin)

    # Inside

    async def _bring(self, reading: Reading, request: PastedRequest, event: Draft | None) -> None:
        token = self._session.destination.token
        if event is not None:
            draft = await asyncio.to_thread(with_own_token, event, token)
        else:
            draft = await asyncio.to_thread(batch_of, request, token)
        origin = Origin(reading=reading, request=request, draft=draft, event=event)
        self._origins = [*self._origins[1 - _REMEMBERED :], origin]
        if reading.original == self.typed_command.encode("utf-8", "surrogatepass"):
            self._session.open(draft)  # in the place of the command itself
        else:
            self._session.open_beside(draft)
        self._say(failure="")
        self.opened.emit()

    async def _add(self, drafts: tuple[Draft, ...]) -> None:
        token = self._session.destination.token
        own = await asyncio.to_thread(with_own_tokens, drafts, token)
        said = f"Added {counted(len(own), 'event')} to the batch."
        self._batch.add(*own, then=partial(self._on_added, said))

    def _on_added(self, said: str, step: Step) -> None:
        undo = partial(self._batch.undo_step, step)
        self._messages.say(said, Severity.OK, action=UNDO, run=undo)
        self.added.emit()

    def _say(self, *, failure: str, is_slow: bool = False) -> None:
        self.failure, self.is_slow = failure, is_slow
        self.changed.emit()

    @Slot()
    def _on_slow(self) -> None:
        self._say(failure="", is_slow=True)

    @Slot(object)
    def _on_read(self, reading: Reading) -> None:
        self._say(failure="")
        if len(reading.events) == 1:
            self.open_event(reading, reading.events[0])
        else:
            self.several.emit(reading)

    @Slot(str)
    def _on_failed(self, words: str) -> None:
        self._say(failure=words)


def _only_one(first: str, others: Sequence[str]) -> str:
    """Of several files the first is read; the others are named, as far as there is room."""
    named = ", ".join(others[:_NAMED])
    rest = len(others) - _NAMED
    more = f" and {counted(rest, 'more file')}" if rest > 0 else ""
    return f"Only {first} is read. Drop the others one by one: {named}{more}."


_REMEMBERED = 10
_NAMED = 3
_COMMAND = re.compile(
    r"\s*(?:\$ )?(?:curl(?:\.exe)?\s|(?:await )?fetch\s*\(|(?:POST|GET) \S+ HTTP/|Invoke-)"
)
