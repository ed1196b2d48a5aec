"""How bodies and outcomes are written for reading. Pure functions; nothing is ever re-encoded.

A body is shown as the text that it is. Only a body that is no text is shown as hex.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from composer.core.outcome import Outcome, Unreachable, response_of
from composer.ui.wording import milliseconds_text

SHOWN = 200_000
"""Characters of a long text that are shown; a copy takes all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text in full, the part that is shown, and what is to be said about it."""

    full: str
    shown: str
    note: str = ""
    is_json: bool = False


def passage(text: str, note: str = "") -> Passage:
    """Cut a long text after ``SHOWN`` characters, at the end of a line if there is one near."""
    is_json = _JSON_START.match(text) is not None
    if len(text) <= SHOWN:
        return Passage(full=text, shown=text, note=note, is_json=is_json)
    end = text.rfind("\n", SHOWN - 2000, SHOWN)
    shown = text[: end if end > 0 else SHOWN]
    cut = f"The first {len(shown):,} of {len(text):,} characters. Copy takes all of them."
    return Passage(full=text, shown=shown, note=f"{note} {cut}".strip(), is_json=is_json)


def body_passage(body: bytes) -> Passage:
    """A body for reading: its text, or hex where it is no text."""
    if not body:
        return Passage(full="", shown="", note="There is no body.")
    try:
        return passage(body.decode("utf-8"))
    except UnicodeDecodeError:
        return passage(hex_dump(body), "This body is not text (UTF-8), so it is shown as hex.")


def hex_dump(body: bytes) -> str:
    """Sixteen bytes a line: place, hex, and the characters that ASCII has for them."""
    lines: list[str] = []
    for start in range(0, len(body), 16):
        part = body[start : start + 16]
        letters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in part)
        lines.append(f"{start:08x}  {part.hex(' '):<47}  {letters}")
    return "\n".join(lines)


def beside_badge(outcome: Outcome) -> str:
    """How long it took, and the system's own words where no answer came."""
    response = response_of(outcome)
    if response is not None:
        return milliseconds_text(response.milliseconds)
    if isinstance(outcome, Unreachable):
        spent = milliseconds_text(outcome.milliseconds) if outcome.milliseconds else ""
        return " · ".join(filter(None, (spent, outcome.detail)))
    return ""


_JSON_START = re.compile(r"\s*[{\[]")
