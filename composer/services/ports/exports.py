"""What leaves history as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from composer.core.tokens import KeyMode

if TYPE_CHECKING:  # loaded with the first export
    from composer.core.exporting.formats import ExportFormat
    from composer.core.history import HistoryQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What stands in the file: how many sends, and in how many bytes.

    ``unread`` is a sentence on sends that a damaged history could not give; empty if all is there.
    """

    count: int
    bytes: int
    unread: str = ""


class Exports(Protocol):
    """Writes sends into a file of the person's choice, whole or not at all."""

    async def export(
        self,
        rows: HistoryQuery | tuple[int, ...],
        kind: ExportFormat,
        path: str,
        key: KeyMode = KeyMode.MASKED,
        *,
        on_progress: Callable[[int], None] | None = None,
    ) -> Exported:
        """Write what is found, or the sends of those ids, newest first, and replace ``path``.

        Tokens are masked unless ``key`` is ``KeyMode.INLINE``; personal keys always are.
        ``on_progress`` is called in the loop's thread with the number of sends written so far.
        Cancelling the task that awaits this leaves nothing behind. Raises ``StoreError``.
        """
        ...

    async def write_text(self, text: str, path: str) -> None:
        """Replace the file by ``text`` in UTF-8, for a ticket pack, say. Raises ``StoreError``."""
        ...
