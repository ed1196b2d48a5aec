"""What mail, chat and tickets put around a paste: Markdown code fences and quote marks.

It knows nothing of what stands inside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from composer.core.remarks import Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Bare:
    """The text inside, what was taken off, and what was left out."""

    text: str
    steps: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


def bare(text: str) -> Bare:
    """``text`` without quote marks before each line, and of code blocks the first."""
    steps: list[str] = []
    remarks: tuple[Remark, ...] = ()
    if _is_quoted(text):
        text = _QUOTE_MARK.sub("", text)
        steps.append("Quote marks before the lines removed")
    has_fence = ("```" in text or "~~~" in text) and not _BEGINS.match(text)
    found = _FENCE.search(text) if has_fence else None
    if found and not _COMMAND_LINE.search(text, 0, found.start()):
        end = _closing(found["fence"]).search(text, found.end())
        behind = text[end.end() :] if end else ""
        text = text[found.end() : end.start() if end else len(text)].strip()
        steps.append("Code fence removed")
        remarks = _left_out(found["fence"], behind)
    return Bare(text=text, steps=tuple(steps), remarks=remarks)


def _is_quoted(text: str) -> bool:
    text = text.strip()
    return text.startswith(">") and all(_QUOTED.match(line) for line in text.splitlines())


_QUOTED = re.compile(r"[ \t]*>")
_QUOTE_MARK = re.compile(r"^[ \t]*>[> ]?", re.MULTILINE)
_BEGINS = re.compile(r"\s*[{\[\"']")
_FENCE = re.compile(r"^[ \t]*(?P<fence>`{3,}|~{3,})[^\n`]*\n", re.MULTILINE)
_COMMAND_LINE = re.compile(r"^[\s$>]*(?:curl|fetch|await|POST)\b", re.MULTILINE)


def _closing(fence: str) -> re.Pattern[str]:
    return re.compile(rf"^[ \t]*{fence}[ \t]*\r?$", re.MULTILINE)


def _left_out(fence: str, behind: str) -> tuple[Remark, ...]:
    """Every other fence opens a block."""
    blocks = (sum(1 for _ in _FENCE.finditer(f"{behind}\n")) + 1) // 2
    if not blocks:
        return ()
    said = "Another code block was" if blocks == 1 else f"{blocks} more code blocks were"
    return (Remark(name=fence, words=f"{said} not read. Paste what is in it by itself."),)
