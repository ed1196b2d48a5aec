"""Repairs a whole text: finds the JSON in it, mends what is wrong, and looks at the result.

Nothing leaves here that ``jsontext`` cannot read.
"""

from __future__ import annotations

import re

from composer.core.jsontext import JsonError, parse
from composer.core.verdicts.repair.changes import Notes, Repair, UnclearError
from composer.core.verdicts.repair.edges import BRACKET, check_before, said_of_after, stretches
from composer.core.verdicts.repair.grammar import Grammar


def repair(text: str) -> Repair | None:
    """``text`` as JSON, with the changes that were needed.

    ``None`` where there is no one clear way; a text that is JSON comes back without changes.
    Text of any length is taken; the time is in proportion to it.
    """
    if _is_json(text):
        return Repair(text=text)
    for start, stop in stretches(text):
        notes = Notes()
        try:
            new = _attempt(text, start, stop, notes)
        except UnclearError:
            continue
        if _is_json(new):
            return Repair(text=new, changes=notes.changes(text))
    return None


def repaired(text: str) -> str | None:
    """The text of ``repair``; ``None`` also for a text that is JSON already."""
    found = repair(text)
    return found.text if found is not None and found.changes else None


_ENDS = " \t\r\n;"
_OPEN = frozenset("{[")
_EMPTY = re.compile(r"[\[{(]\s*[\]})]")


def _attempt(text: str, start: int, stop: int, notes: Notes) -> str:
    """Raises ``UnclearError``."""
    if text[:start].strip():
        check_before(text[:start])
        notes.put(0, start, "", "Text before the JSON removed")
    end = Grammar(text, stop, notes).read(start)
    if text[end:].strip():
        notes.put(end, len(text), "", said_of_after(text[end:]))
    if end - start < len(text.strip()) and _EMPTY.fullmatch(text[start:end].strip()):
        raise UnclearError("a pair of brackets among other text is no JSON")
    new = notes.edited(text)
    if new.lstrip()[:1] not in _OPEN and (BRACKET.search(text) or text[end:].strip(_ENDS)):
        raise UnclearError("a single word is JSON only where it stands alone")
    return new


def _is_json(text: str) -> bool:
    try:
        parse(text)
    except JsonError:
        return False
    return True
