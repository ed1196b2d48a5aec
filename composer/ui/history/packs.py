"""Ticket packs: one send told in Markdown for a support ticket, copied or saved.

Judging a large body and writing its command takes seconds, so that is done in a thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from composer.core.copies import CurlManner, Wish, make_copy
from composer.core.errors import StoreError
from composer.core.records import HistoryEntry
from composer.core.tokens import KeyMode
from composer.core.verdicts.verdict import Report
from composer.services.ports import Exports, Verdicts
from composer.ui.copying import Copier
from composer.ui.messages import Messages
from composer.ui.preferences import Preferences
from composer.ui.tasks import TaskScope
from composer.ui.verdicts.court import Court
from composer.ui.widgets import Severity

WHAT = "ticket pack"


class TicketPacks:
    """Makes them; the project token is always masked in one."""

    def __init__(
        self,
        preferences: Preferences,
        copier: Copier,
        *,
        court: Court,
        exports: Exports,
        tasks: TaskScope,
        messages: Messages,
        now: Callable[[], datetime],
    ) -> None:
        self._preferences = preferences
        self._copier = copier
        self._court = court
        self._exports = exports
        self._tasks = tasks
        self._messages = messages
        self._now = now

    def copy(self, entry: HistoryEntry) -> None:
        """Put the pack on the clipboard."""
        self._tasks.start(self._copy(entry), "copy a ticket pack")

    def save(self, entry: HistoryEntry, path: str) -> None:
        """Write the pack to a file."""
        self._tasks.start(self._save(entry, path), "save a ticket pack")

    async def _copy(self, entry: HistoryEntry) -> None:
        text = await self._make(entry)
        self._copier.copy(text, WHAT, ", with the project token masked")

    async def _save(self, entry: HistoryEntry, path: str) -> None:
        try:
            await self._exports.write_text(await self._make(entry), path)
        except StoreError as error:
            self._messages.say(str(error), Severity.ERROR)
            return
        self._messages.say(f"Saved the ticket pack as {path}.", Severity.OK)

    async def _make(self, entry: HistoryEntry) -> str:
        # The send is in history itself: with that memory it would count as sent before.
        verdicts = self._court.judge().without_memory() if self._court.is_open else None
        manner = CurlManner(shell=self._preferences.settings.copy_shell)
        wish = Wish(request=entry.request, manner=manner, key=KeyMode.MASKED)
        return await asyncio.to_thread(_pack, entry, verdicts, wish, self._now())


def _pack(entry: HistoryEntry, verdicts: Verdicts | None, wish: Wish, now: datetime) -> str:
    from composer.core.exporting import ticket_pack  # noqa: PLC0415 -- with the first pack

    return ticket_pack(entry, _report(entry, verdicts), make_copy(wish).text, now)


def _report(entry: HistoryEntry, verdicts: Verdicts | None) -> Report | None:
    """What the rules say of the send as of the moment when it was sent."""
    if verdicts is None:
        return None
    row = entry.row
    return verdicts.judge(
        entry.request.body,
        path=row.path,
        query=urlsplit(entry.request.url).query,
        destination=row.destination,
        now=row.sent_at,
    )
