"""How bodies and outcomes are written for reading. Pure functions; nothing is ever re-encoded.

A body is shown as the text that it is. Only a body that is no text is shown as hex.
"""

from __future__ import annotations

from composer.core.outcome import Outcome, Unreachable, response_of
from composer.ui.passages import Passage, passage
from composer.ui.wording import milliseconds_text


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
