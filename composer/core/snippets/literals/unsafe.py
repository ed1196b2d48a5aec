"""Characters that a clipboard, a terminal or an editor changes, hides or takes for its own.

Where text has one of them it is written with escapes in every language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

UNSAFE = re.compile(
    "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f"  # control characters but the line feed
    "\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff"  # no width, line breaks, directions
    "\\ufff9-\\ufffb\\U000e0000-\\U000e007f"
    "\ud800-\udfff]"  # half characters; bytes that are not UTF-8 are carried as such
)

SURROGATE = re.compile("[\ud800-\udfff]")


def escaped(text: str, named: Mapping[str, str], spell: Callable[[str], str]) -> str:
    """``text`` with ``named`` characters replaced, and each unsafe one as ``spell`` has it.

    By a table of the characters in it, for a call for each of 20 million takes too long.
    """
    return text.translate(
        {
            ord(one): named.get(one) or (spell(one) if UNSAFE.match(one) else one)
            for one in set(text)
        }
    )


def joined(text: str, literal: Callable[[str], str], glue: str) -> str:
    """``text`` as one literal a line, with ``glue`` between them."""
    return glue.join(literal(line) for line in lines(text))


def lines(text: str) -> list[str]:
    """``text`` cut after each line feed, and nowhere else; never empty."""
    parts = text.split("\n")
    ended = [f"{part}\n" for part in parts[:-1]]
    return [*ended, parts[-1]] if parts[-1] or not ended else ended


def without_halves(text: str) -> str:
    """``text`` with half characters replaced, for languages whose text has no place for them."""
    return SURROGATE.sub("\ufffd", text)
