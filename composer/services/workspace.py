"""The open work of one window, kept in a file of its slot, so that it is back after a crash.

Each slot has a file of its own: two windows never overwrite each other's work. What a killed second
window left behind stays until a second window is opened again.
"""

from __future__ import annotations

from pathlib import Path

from composer.core.jsontext import JsonError, Layout, Number, Object, encode, parse_bytes
from composer.core.records import BatchItem, Workspace
from composer.services.draft_form import FormError, list_of, read_draft, written_draft
from composer.services.files import put_aside, reason_of, write_atomically
from composer.services.notices import Notices
from composer.services.ports import Clock

VERSION = 1


class WorkspaceStore:
    """Implements ``ports.WorkspaceStore``.

    Values are immutable, so a save may run in a thread; the caller sees to it that there is one
    save at a time.
    """

    def __init__(self, path: Path, clock: Clock, notices: Notices) -> None:
        self._path = path
        self._clock = clock
        self._notices = notices
        self._known: tuple[bytes, Workspace] | None = None
        """What the file holds, as far as this store knows: neither read nor written twice."""

    def load(self) -> Workspace | None:
        """The work as it was left; ``None`` where there is none yet.

        A broken file is put aside. Raises ``StoreError`` if it cannot be.
        """
        try:
            data = self._path.read_bytes()
            if self._known is None or self._known[0] != data:
                self._known = (data, read_workspace(data))
            return self._known[1]
        except FileNotFoundError:
            return None
        except OSError as error:
            trouble = reason_of(error)
        except (JsonError, FormError) as error:
            trouble = f"{error}."
        aside = put_aside(self._path, self._clock.now())
        self._notices.add(
            f"Your open drafts could not be read: {trouble} The file is kept as {aside}; "
            "you can copy text out of it with an editor."
        )
        return None

    def save(self, workspace: Workspace) -> None:
        """Keep the work; costs nothing where nothing has changed. Raises ``StoreError``."""
        data = written_workspace(workspace)
        if self._known is None or self._known[0] != data:
            write_atomically(self._path, data)
            self._known = (data, workspace)


def written_workspace(workspace: Workspace) -> bytes:
    """The workspace as the bytes of its file."""
    batch = tuple(
        Object((("id", Number(str(item.id))), ("draft", written_draft(item.draft))))
        for item in workspace.batch
    )
    content = Object(
        (
            ("version", Number(str(VERSION))),
            ("draft", written_draft(workspace.draft)),
            ("parked", tuple(written_draft(draft) for draft in workspace.parked)),
            ("batch", batch),
            ("historical_migration", workspace.historical_migration),
        )
    )
    return encode(content, Layout.PRETTY).encode("utf-8") + b"\n"


def read_workspace(data: bytes) -> Workspace:
    """The workspace in a file's bytes. Raises ``JsonError`` or ``FormError``."""
    content = parse_bytes(data)
    if not isinstance(content, Object):
        raise FormError("it does not hold drafts")
    if content.get("version") != Number(str(VERSION)):
        raise FormError("another version of Event Composer wrote it")
    return Workspace(
        draft=read_draft(content.get("draft")),
        parked=tuple(read_draft(item) for item in list_of(content, "parked")),
        batch=tuple(_read_item(item) for item in list_of(content, "batch")),
        historical_migration=content.get("historical_migration") is True,
    )


def _read_item(source: object) -> BatchItem:
    identifier = source.get("id") if isinstance(source, Object) else None
    if not isinstance(source, Object) or not isinstance(identifier, Number):
        raise FormError("an event of the batch is missing")
    if not identifier.text.isdigit():
        raise FormError("an event of the batch has no number")
    return BatchItem(id=int(identifier.text), draft=read_draft(source.get("draft")))
