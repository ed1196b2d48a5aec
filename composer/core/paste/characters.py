"""From bytes to text, in whatever encoding a program may have saved or copied them.

It knows nothing of what the text is.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from composer.core.paste.pasted import PasteError


@dataclass(frozen=True, slots=True, kw_only=True)
class Characters:
    """Text, and what had to be done to get it."""

    text: str
    steps: tuple[str, ...] = ()


def characters(data: bytes) -> Characters | None:
    """The text in ``data``; ``None`` where the bytes are no text."""
    encoding = _utf_16(data)
    if encoding:
        try:
            text = data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            return None
        return Characters(text=text, steps=("It was UTF-16 text",))
    steps: tuple[str, ...] = ()
    if data.startswith(codecs.BOM_UTF8):
        data, steps = data.removeprefix(codecs.BOM_UTF8), ("Byte order mark removed",)
    try:
        return Characters(text=data.decode("utf-8"), steps=steps)
    except UnicodeDecodeError:
        return _joined_halves(data, steps) or _windows_text(data)


def as_sent(text: str) -> bytes:
    """UTF-8, as programs send it: half a character becomes the sign for a replaced one."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


def put_back(payload: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Compressed bytes that were copied as if each were a character, as bytes again.

    Raises ``PasteError`` where the copying program has replaced what it took for no character: no
    one can unpack that any more.
    """
    if payload.startswith(_REPLACED):
        raise PasteError(
            "The compressed body was damaged when it was copied: its bytes are not all there. "
            "Copy the request as curl, or switch compression off in the SDK and copy it again."
        )
    if payload.startswith(_AS_CHARACTERS):
        try:
            whole = payload.decode("utf-8").encode("latin-1")
        except UnicodeError:
            return payload, ()
        return whole, ("Bytes that were copied as characters put back",)
    return payload, ()


_AS_CHARACTERS = (b"\x1f\xc2\x8b\x08", b"x\xc2\x9c", b"x\xc3\x9a", b"(\xc2\xb5/\xc3\xbd")
_REPLACED = (b"\x1f\xef\xbf\xbd\x08", b"x\xef\xbf\xbd", b"(\xef\xbf\xbd/\xef\xbf\xbd")
_LOOK = 64  # bytes from which UTF-16 is recognised
_MOSTLY = 0.7
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def _utf_16(data: bytes) -> str:
    """The name of the encoding, by its mark or by the zeros of plain letters; else empty."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    look = data[: min(_LOOK, len(data) // 2 * 2)]
    if b"\0" not in look:
        return ""
    for name, zeros, others in (("le", look[1::2], look[::2]), ("be", look[::2], look[1::2])):
        if zeros.count(0) >= _MOSTLY * len(zeros) and 0 not in others:
            return f"utf-16-{name}"
    return ""


def _joined_halves(data: bytes, steps: tuple[str, ...]) -> Characters | None:
    """Some libraries for browsers write an emoji as two halves, each as if it were a character."""
    try:
        units = data.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")
    except UnicodeDecodeError:
        return None
    try:
        text, says = units.decode("utf-16-le"), "Characters written as two halves joined"
    except UnicodeDecodeError:
        text, says = units.decode("utf-16-le", "replace"), "Half a character replaced"
    return Characters(text=text, steps=(*steps, says))


def _windows_text(data: bytes) -> Characters | None:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    if _CONTROL.search(text):
        return None
    return Characters(text=text, steps=("It was Windows-1252 text, not UTF-8",))
