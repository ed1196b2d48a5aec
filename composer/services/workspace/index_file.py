"""What is open, in which order, and the batch: as the bytes of a file, and back.

Also reads the first format, which held the one draft itself. Knows nothing of files.
"""

from __future__ import annotations

from dataclasses import dataclass

from composer.core.jsontext import Layout, Number, Object, Value, encode, parse_bytes
from composer.core.personal_keys import without_personal_keys
from composer.core.records import BatchItem, OpenDraft, Workspace
from composer.services.draft_form import FormError, list_of, read_draft, written_draft

VERSION = 2


class NewerError(Exception):
    """A newer version of the app wrote the file; this one leaves it alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """What the file says.

    ``first`` is the draft of the first format; ``faults`` are broken parts of the batch that were
    left out, each in a few words.
    """

    order: tuple[int, ...] = ()
    current: int = 0
    batch: tuple[BatchItem, ...] = ()
    historical_migration: bool = False
    first: OpenDraft | None = None
    faults: tuple[str, ...] = ()


def written_index(workspace: Workspace) -> bytes:
    """The index of a workspace; personal keys in the batch are masked."""
    batch = tuple(
        Object((("id", _number(item.id)), ("draft", written_draft(item.draft))))
        for item in workspace.batch
    )
    content = Object(
        (
            ("version", _number(VERSION)),
            ("tabs", tuple(_number(tab.id) for tab in workspace.tabs)),
            ("current", _number(workspace.current)),
            ("batch", batch),
            ("historical_migration", workspace.historical_migration),
        )
    )
    text = without_personal_keys(encode(content, Layout.PRETTY))
    return text.encode("utf-8") + b"\n"


def read_index(data: bytes) -> Index:
    """The index in a file's bytes. Raises ``JsonError``, ``FormError`` or ``NewerError``."""
    content = parse_bytes(data)
    if not isinstance(content, Object):
        raise FormError("it does not hold drafts")
    version = _whole(content.get("version"))
    if version is None or version < 1:
        raise FormError("it does not say which version of Event Composer wrote it")
    if version > VERSION:
        raise NewerError
    faults: list[str] = []
    batch = tuple(_items(list_of(content, "batch"), faults))
    historical = content.get("historical_migration") is True
    if version == 1:
        first = OpenDraft(
            id=1,
            draft=read_draft(content.get("draft")),
            parked=tuple(read_draft(item) for item in list_of(content, "parked")),
        )
        return Index(
            order=(1,),
            current=1,
            batch=batch,
            historical_migration=historical,
            first=first,
            faults=tuple(faults),
        )
    order = tuple(_whole(item) for item in list_of(content, "tabs"))
    return Index(
        order=tuple(dict.fromkeys(number for number in order if number is not None)),
        current=_whole(content.get("current")) or 0,
        batch=batch,
        historical_migration=historical,
        faults=tuple(faults),
    )


def _items(sources: tuple[Value, ...], faults: list[str]) -> list[BatchItem]:
    """The events of the batch; a broken one costs only itself."""
    items: list[BatchItem] = []
    for source in sources:
        try:
            items.append(_read_item(source))
        except FormError as fault:
            faults.append(str(fault))
    return items


def _read_item(source: Value) -> BatchItem:
    if not isinstance(source, Object):
        raise FormError("an event of the batch is missing")
    identifier = _whole(source.get("id"))
    if identifier is None:
        raise FormError("an event of the batch has no number")
    return BatchItem(id=identifier, draft=read_draft(source.get("draft")))


def _number(value: int) -> Number:
    return Number(str(value))


def _whole(value: Value) -> int | None:
    """A whole number from 0 up, such as an id of sensible length; else ``None``."""
    if not isinstance(value, Number) or len(value.text) > _DIGITS:
        return None
    return int(value.text) if value.text.isdecimal() and value.text.isascii() else None


_DIGITS = 15
