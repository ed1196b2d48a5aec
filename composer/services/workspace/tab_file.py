"""One open draft as the bytes of its file, and back, exact to the character.

The first line is a JSON object that says what the draft is and how long its texts are, in bytes.
The texts follow as they are, each with a line break behind it: so that large ones are written
quickly, and text that is not JSON can be copied out of the file. Knows nothing of files.
"""

from __future__ import annotations

from dataclasses import replace

from composer.core.draft import Draft
from composer.core.jsontext import (
    JsonError,
    Layout,
    Number,
    Object,
    Value,
    encode,
    parse,
    parse_bytes,
)
from composer.core.personal_keys import without_personal_keys
from composer.core.records import OpenDraft
from composer.services.draft_form import FormError, list_of, text_of, texts_of

VERSION = 2


def written_tab(tab: OpenDraft) -> bytes:
    """The draft as the bytes of its file; personal keys in it are masked."""
    texts: list[bytes] = []
    drafts = tuple(_written_draft(draft, texts) for draft in (tab.draft, *tab.parked))
    head: list[tuple[str, Value]] = [("version", Number(str(VERSION))), ("drafts", drafts)]
    if tab.unread:
        head.append(("unread", _put(tab.unread, texts)))
    if tab.filling is not None:
        from composer.services.filling_form import written_filling  # noqa: PLC0415 -- quick start

        head.append(("filling", written_filling(tab.filling)))
    line = without_personal_keys(encode(Object(tuple(head)), Layout.COMPACT))
    return b"\n".join((line.encode("utf-8"), *texts, b""))


def read_tab(data: bytes, identifier: int) -> OpenDraft:
    """The draft in a file's bytes. Raises ``JsonError`` or ``FormError``."""
    line, _, texts = data.partition(b"\n")
    head = parse_bytes(line)
    if not isinstance(head, Object):
        raise FormError("it does not hold a draft")
    if head.get("version") != Number(str(VERSION)):
        raise FormError("another version of Event Composer wrote it")
    reader = _Texts(texts)
    drafts = tuple(_read_draft(item, reader) for item in list_of(head, "drafts"))
    if not drafts:
        raise FormError("a draft is missing")
    tab = OpenDraft(id=identifier, draft=drafts[0], parked=drafts[1:])
    if "unread" in head:
        tab = replace(tab, unread=reader.take(head.get("unread")))
    filling = head.get("filling")
    if filling is not None:
        from composer.services.filling_form import read_filling  # noqa: PLC0415 -- quick start

        tab = replace(tab, filling=read_filling(filling))
    return tab


def _written_draft(draft: Draft, texts: list[bytes]) -> Object:
    """The head of a draft. Text that is read well says what the payload is, too."""
    members: list[tuple[str, Value]] = [
        ("type", draft.type_id),
        ("generated", tuple(sorted(draft.generated))),
    ]
    if draft.source is None or draft.fault is not None:
        members.append(("payload", _put(encode(draft.payload, Layout.COMPACT), texts)))
    if draft.source is not None:
        members.append(("source", _put(draft.source, texts)))
    return Object(tuple(members))


def _read_draft(head: Value, texts: _Texts) -> Draft:
    if not isinstance(head, Object):
        raise FormError("a draft is missing")
    draft = Draft(
        type_id=text_of(head, "type"),
        payload=Object(),
        generated=frozenset(texts_of(head, "generated")),
    )
    shown = None
    if "payload" in head:
        text = texts.take(head.get("payload"))
        payload = _parsed(text)
        draft = replace(draft, payload=payload or Object())
        shown = text if payload is None else None
    if "source" in head:
        shown = texts.take(head.get("source"))
        payload = None if "payload" in head else _parsed(shown)
        if payload is not None:
            return replace(draft, payload=payload, source=shown)
    return draft if shown is None else draft.with_text(shown)


class _Texts:
    """The texts of a file, taken one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, length: Value) -> str:
        """The next text, so many bytes long. Raises ``FormError``."""
        if not isinstance(length, Number) or not length.text.isdigit():
            raise FormError("the length of a text is missing")
        end = self._at + int(length.text)
        if self._data[end : end + 1] != b"\n":
            raise FormError("a text is cut off")
        data, self._at = self._data[self._at : end], end + 1
        try:
            return data.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise FormError("a text is not UTF-8") from error


def _put(text: str, texts: list[bytes]) -> Number:
    """Append a text; its length in bytes."""
    texts.append(without_personal_keys(text).encode("utf-8", "surrogatepass"))
    return Number(str(len(texts[-1])))


def _parsed(text: str) -> Object | None:
    try:
        value = parse(text)
    except JsonError:
        return None
    return value if isinstance(value, Object) else None
