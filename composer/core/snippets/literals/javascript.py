"""JavaScript: string and value literals, fit for a script element of a page as well."""

from __future__ import annotations

import re

from composer.core.snippets.literals.numbers import javascript_number
from composer.core.snippets.literals.syntax import Syntax
from composer.core.snippets.literals.unsafe import UNSAFE, escaped

_NAMED = {"\\": r"\\", "\n": r"\n", "\t": r"\t", "\r": r"\r"}
_BLANKS = {"\t": r"\t", "\r": r"\r"}
_MARKUP = re.compile(r"<(?=[/!])")
"""Where HTML could see the end of a script element, or a comment."""

_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")


def string(text: str) -> str:
    """One line in double quotes."""
    quoted = escaped(text, _NAMED | {'"': r"\""}, spelled)
    return f'"{_in_page(quoted)}"'


def in_template(text: str) -> str:
    """``text`` for between backticks, over its own lines."""
    quoted = text.replace("\\", r"\\").replace("`", r"\`").replace("${", r"\${")
    if UNSAFE.search(text):
        quoted = escaped(quoted, _BLANKS, spelled)
    return _in_page(quoted)


def block(text: str) -> str:
    """``text`` as legible as may be: JSON as it stands, in apostrophes or backticks."""
    if "\n" in text or "'" in text or "\\" in text or UNSAFE.search(text):
        return f"`{in_template(text)}`"
    return f"'{_in_page(text)}'"


def byte_string(data: bytes) -> str:
    """One character a byte, for ``Uint8Array.from(…, (c) => c.charCodeAt(0))``."""
    return string(data.decode("latin-1"))


def spelled(character: str) -> str:
    """An escape for one character; beyond 16 bits as its two halves."""
    if ord(character) > 0xFFFF:  # noqa: PLR2004 -- what \\u can name
        return f"\\u{{{ord(character):x}}}"
    return f"\\u{ord(character):04x}"


def _in_page(text: str) -> str:
    return _MARKUP.sub(r"<\\", text)


def _key(name: str) -> str:
    if name == "__proto__":  # as a plain name it would set the object's prototype
        return '["__proto__"]: '
    return f"{name if _NAME.fullmatch(name) else string(name)}: "


def _number(text: str) -> str:
    printed = javascript_number(text)
    return text if printed != "null" and len(text) <= len(printed) else printed


SYNTAX = Syntax(
    string=string,
    key=_key,
    number=_number,
    words={None: "null", True: "true", False: "false"},
    array=("[", "]"),
    opening=lambda _value: "{",
    closing="}",
    empty="{}",
    indent="  ",
)
