"""JSON as some program has written it into something else: each disguise, and how it comes off.

What comes out need not be JSON yet. Nothing is said of text that wears no disguise.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from urllib.parse import unquote

from composer.core.jsontext import JsonError, parse

_PYTHON_BYTES = re.compile(r"(?:^|(?<=[\s=:(,]))b(?P<quote>['\"])(?=\s*[{\[])")
_BYTES_ESCAPE = re.compile(rb"\\(?:x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"\\": b"\\", b"'": b"'", b'"': b'"'}


def _from_python_bytes(text: str) -> str | None:
    """``b'{…}'``, as Python prints bytes."""
    begin = _PYTHON_BYTES.search(text)
    end = text.rfind(begin["quote"]) if begin else -1
    if begin is None or end <= begin.end() or not (inside := text[begin.end() : end]).isascii():
        return None
    data = _BYTES_ESCAPE.sub(_unescaped_byte, inside.encode("ascii"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _unescaped_byte(match: re.Match[bytes]) -> bytes:
    return bytes.fromhex(match[1].decode()) if match[1] else _NAMED.get(match[2], match[0])


_ENTITY = re.compile(r"[{\[,:]\s*&(?:quot|#34|#x22);")


def _from_html(text: str) -> str | None:
    return html.unescape(text) if _ENTITY.search(text) else None


_PERCENT = re.compile(r"\s*%(?:7B|5B)(?:%[0-9a-f]{2}|\+)*%22", re.IGNORECASE)


def _from_percent(text: str) -> str | None:
    return unquote(text.strip().replace("+", " ")) if _PERCENT.match(text) else None


_ESCAPED = re.compile(r"[{\[](?:\\[nrt]|\s)*(?P<slashes>\\+)\"")


def _from_escaped(text: str) -> str | None:
    r"""``{\"event\": …}``: what stood inside a JSON string, perhaps of a string."""
    begin = _ESCAPED.search(text)
    end = max(text.rfind("}"), text.rfind("]"))
    if begin is None or end < begin.start():
        return None
    inside = text[begin.start() : end + 1]
    for _ in range(_MOST_STRINGS):
        try:
            read = parse(f'"{inside}"')
        except JsonError:
            return None
        if not isinstance(read, str) or not _ESCAPED.match(read):
            return read if isinstance(read, str) else None
        inside = read
    return None


_MOST_STRINGS = 3
DISGUISES: tuple[tuple[str, Callable[[str], str | None]], ...] = (
    ("It was bytes as Python prints them", _from_python_bytes),
    ("HTML entities made characters", _from_html),
    ("Percent-encoding undone", _from_percent),
    ("It was JSON inside a JSON string", _from_escaped),
)
"""What is said of each, and what takes it off; ``None`` for text that does not wear it."""
