"""The JSON texts in a text: one, or several on lines of their own, one after the other, in a log.

What is too long to be mended is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from composer.core.jsontext import JsonError, Object
from composer.core.paste.mending import MOST_MENDED, Mended, as_json, mended
from composer.core.paste.pasted import PasteError
from composer.core.paste.shapes import holds_events
from composer.core.remarks import Remark

MOST_TEXTS = 10_000
"""JSON texts in one paste, each on a line of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What was found, in order, and what was left out; ``is_packed`` if it was not plain text."""

    found: tuple[Mended, ...]
    remarks: tuple[Remark, ...] = ()
    is_packed: bool = False


def json_texts(text: str) -> Texts:
    """The JSON in ``text``. Raises ``PasteError`` where there is none."""
    try:
        return Texts(found=(as_json(text),))
    except JsonError as error:
        fault = error
    if lines := _lines(text):
        return Texts(found=lines)
    if len(text) > MOST_MENDED:
        raise PasteError(
            f"This is no JSON, and longer than the {MOST_MENDED // (1024 * 1024)} MB that can be "
            f"mended. {_said(fault)} Cut out the part that matters, and paste that."
        )
    if whole := mended(text):
        return Texts(found=(whole,))
    return _in_a_row(text) or _in_a_log(text) or _refused(text, fault)


def _refused(text: str, fault: JsonError) -> Texts:
    if not _BRACKET.search(text):
        raise PasteError(
            "There is no request and no event in this. Paste a curl command, a HAR file, the body "
            "of a request, or an event as JSON."
        )
    raise PasteError(f"This is no JSON, and it is not clear what it should be. {_said(fault)}")


_BRACKET = re.compile(r"[{\[]")


def _said(fault: JsonError) -> str:
    return f"{fault} {fault.hint}".rstrip()


def _lines(text: str) -> tuple[Mended, ...]:
    """JSON Lines; none where one of the lines is something else."""
    if not _TWO_LINES.match(text):
        return ()
    if (lines := text.count("\n")) > MOST_TEXTS:
        raise PasteError(
            f"These are {lines:,} lines, and at most {MOST_TEXTS:,} can be opened at once. "
            "Paste fewer of them."
        )
    try:
        return tuple(as_json(line) for line in _filled(text))
    except JsonError:
        return ()


_TWO_LINES = re.compile(r"\s*[{\[][^\n]*[}\]][ \t\r]*\n\s*[{\[]")


def _filled(text: str) -> list[str]:
    return [line for piece in text.split("\n") if (line := piece.strip())]


def _in_a_row(text: str) -> Texts | None:
    """JSON texts over several lines each, as ``jq`` writes them."""
    found: list[Mended] = []
    rest = text if len(text) <= _MOST_ROW else ""
    while rest and len(found) < _MOST_IN_A_ROW:
        head, rest = _first(rest)
        if head is None or not isinstance(head.value, Object | tuple):
            return None
        found.append(head)
    return Texts(found=tuple(found)) if found and not rest else None


_MOST_ROW = 1024 * 1024  # characters; each text is sought in all that is left
_MOST_IN_A_ROW = 200


def _first(text: str) -> tuple[Mended | None, str]:
    """The JSON text at the start, and what follows it."""
    try:
        return as_json(text), ""
    except JsonError as error:
        end = error.offset
    try:
        return as_json(text[:end].rstrip()), text[end:].lstrip()
    except JsonError:
        return None, ""


def _in_a_log(text: str) -> Texts | None:
    """Lines with other words around an event each."""
    found: list[Mended] = []
    lines = _filled(text) if 0 < text.count("\n") <= MOST_TEXTS else []
    for line in lines:
        one = _in_line(line)
        if one is not None and holds_events(one.value):
            found.append(one)
    if not found:
        return None
    left_out = len(lines) - len(found)
    return Texts(found=tuple(found), remarks=tuple(_left_out(left_out)))


def _in_line(line: str) -> Mended | None:
    if not _BRACKET.search(line):
        return None
    try:
        return as_json(line)
    except JsonError:
        return mended(line)


def _left_out(lines: int) -> Iterable[Remark]:
    if lines:
        said = "One line was" if lines == 1 else f"{lines:,} lines were"
        yield Remark(name="lines", words=f"{said} left out: no event can be read there.")
