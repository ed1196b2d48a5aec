"""JSON as the flag service reads it: JSON5, with ``NaN`` and ``Infinity`` taken for ``null``.

Each token is rewritten as JSON writes it, and ``jsontext`` reads the result; so a text is either
read as JSON5 means it or refused. It knows nothing of flags.

Source: PostHog's ``rust/feature-flags/src/flags/flag_request.rs``, which uses the ``json5`` crate.
"""

from __future__ import annotations

import re

from composer.core.jsontext import JsonError, Value, encode_string, parse

LONGEST = 2 * 1024 * 1024
"""Characters of a text that is tried as JSON5; a longer one has to be JSON, for time's sake."""


def read_lenient(text: str) -> Value:
    """Read JSON5 text. Raises ``JsonError``."""
    try:
        return parse(text)
    except JsonError:
        if len(text) > LONGEST:
            raise
        return parse(_as_json(text))


_TOKEN = re.compile(
    r"""
    (?P<blank> [\s\ufeff]+ | //[^\n\r\u2028\u2029]* | /\*.*?\*/ )
    | (?P<string> "(?:[^"\\\n\r]++|\\.)*+" | '(?:[^'\\\n\r]++|\\.)*+' )
    | (?P<number> [+-]? (?: 0[xX][0-9a-fA-F]{1,16} | Infinity | NaN
        | (?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)? ) ) (?![\w$.])
    | (?P<name> [^\W0-9][\w$]* | \$[\w$]* )
    | (?P<mark> [\[\]{},:] )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.DOTALL)
_ESCAPED = {
    **dict(zip("bfnrtv0", "\b\f\n\r\t\v\0", strict=True)),
    **dict.fromkeys(("\n", "\r", "\r\n", "\u2028", "\u2029"), ""),  # a line goes on
}
_BARE_POINT = re.compile(r"\.(?![0-9])")


def _as_json(text: str) -> str:
    """The same values in JSON's spelling, as far as the text has JSON5's tokens."""
    parts: list[str] = []
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            raise JsonError("This is not JSON5 either.", text, position, "Correct it here.")
        position = token.end()
        match token.lastgroup:
            case "string":
                parts.append(encode_string(_unescaped(token[0][1:-1])))
            case "number":
                parts.append(_number(token[0]))
            case "name":
                parts.append(token[0])
            case "mark":
                _add_mark(parts, token[0])
            case _:
                pass  # blanks and comments mean nothing
    return " ".join(parts)


def _add_mark(parts: list[str], mark: str) -> None:
    """Drop a comma before a closing bracket, and quote the name of a member."""
    last = parts[-1] if parts else ""
    if mark in "]}" and last == "," and len(parts) > 1 and parts[-2] not in ("[", "{"):
        parts.pop()
    elif mark == ":" and last[:1] not in ("", '"') and (last[0].isidentifier() or last[0] == "$"):
        parts[-1] = encode_string(last)
    parts.append(mark)


def _number(text: str) -> str:
    sign = "-" if text.startswith("-") else ""
    digits = text.lstrip("+-")
    if digits in ("Infinity", "NaN"):
        return "null"
    if digits[:2].lower() == "0x":
        return f"{sign}{int(digits, 16)}"
    digits = _BARE_POINT.sub("", digits)
    return sign + ("0" + digits if digits.startswith(".") else digits)


def _unescaped(text: str) -> str:
    """The text between the quotes. Halves of a surrogate pair come together, none stays alone."""
    if "\\" not in text:
        return text
    units = _ESCAPE.sub(_character, text).encode("utf-16-le", "surrogatepass")
    try:
        return units.decode("utf-16-le")
    except UnicodeDecodeError:
        raise JsonError("Here stands half a character.", text, 0, "Delete it.") from None


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(escape[3], escape[3])
