"""What stands before and after the JSON in a text: where to begin, and what may be left out.

What could be part of the JSON is never left out. Knows nothing of what the JSON is like inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from composer.core.verdicts.repair.changes import UnclearError


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """From where to where the JSON may stand, the likeliest first; at most four."""
    yield 0, len(text)
    if fence := _FENCE.search(text):
        end = text.find("```", fence.end())
        yield fence.end(), end if end >= 0 else len(text)
    begins = {match.start() for match in (BRACKET.search(text), _BRACE.search(text)) if match}
    for begin in sorted(begins):
        if text[:begin].strip():
            yield begin, len(text)


def check_before(before: str) -> None:
    """Raises ``UnclearError`` if this text in front of the JSON might belong to it."""
    balanced = before.count("[") == before.count("]") and not _BRACES.search(before)
    if not balanced or ("," in before and _MEMBER.search(before)):
        raise UnclearError("what stands before may belong to the JSON")


def said_of_after(after: str) -> str:
    """What is said of leaving out the text behind the JSON. Raises ``UnclearError``."""
    rest = after.strip()
    if rest in {";", ","}:
        return f"{rest} removed at the end"
    if _LINKED.match(rest) or _BRACKETS.search(rest) or _MEMBER.search(rest):
        raise UnclearError("what stands behind may belong to the JSON")
    return "Text after the JSON removed"


BRACKET = re.compile(r"[{\[]")
_BRACE = re.compile(r"\{")
_BRACES = re.compile(r"[{}]")
_BRACKETS = re.compile(r"[{}\[\]]")
_FENCE = re.compile(r"```[^\n`]*+\n")
_MEMBER = re.compile("[\"'\u2018-\u201f]\\s*+:")
_LINKED = re.compile(r"[,:]")
