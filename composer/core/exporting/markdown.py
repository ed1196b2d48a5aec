"""Text within Markdown, such that nothing in it is taken for Markdown. For GitHub, Zendesk, Jira.

Knows nothing of what is told.
"""

from __future__ import annotations

import re


def code(text: str) -> str:
    """A code span, also of text with backticks; line breaks become spaces."""
    text = " ".join(text.split("\n")).strip()
    if not text:
        return "(empty)"
    ticks = "`" * (_longest_run(text) + 1)
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def fenced(text: str, language: str = "") -> str:
    """A block of code that nothing in ``text`` can end."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}{language}\n{text.rstrip(_BREAK)}\n{fence}"


def prose(text: str) -> str:
    """A sentence: signs of Markdown stand for themselves, names such as ``$set`` are code."""
    return " ".join(_word(word) for word in text.split())


def quoted(text: str) -> str:
    """What a person wrote, as a quotation; its lines stay lines, and HTML in it is text."""
    lines = (_SIGNS.sub(r"\\\g<0>", line.rstrip()) for line in text.strip().splitlines())
    return "\n".join(f"> {line}  " if line else ">" for line in lines)


def _word(word: str) -> str:
    named = _NAME.fullmatch(word)
    if named:
        return f"{_escaped(named['before'])}{code(named['name'])}{_escaped(named['behind'])}"
    return _escaped(word)


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text)


def _longest_run(text: str) -> int:
    return max(map(len, _RUNS.findall(text)), default=0)


_BREAK = "\r\n"
_RUNS = re.compile("`+")
_SIGNS = re.compile(r"[\\`*<>\[\]~|#]|(?<!\w)_|_(?!\w)")
_NAME = re.compile(r"""(?P<before>["'(“]*)(?P<name>\$\w+|\w+_\w+)(?P<behind>["'):;,.”!?]*)""")
