"""Text that is not quite JSON: what JSON there is in it, and what was done to get it.

It knows nothing of events. Time is in proportion to the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from composer.core.jsontext import JsonError, Value, may_be_deeper, parse
from composer.core.paste.disguises import DISGUISES
from composer.core.paste.pasted import PasteError
from composer.core.verdicts.repair import Change, repair

MOST_MENDED = 8 * 1024 * 1024
"""Characters of a text that is mended; it takes seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A JSON text and what it stands for. Without ``steps`` it is as it was."""

    text: str
    value: Value
    steps: tuple[str, ...] = ()


def as_json(text: str) -> Mended:
    """``text`` that is JSON. Raises ``JsonError``, or ``PasteError`` for what is too deep."""
    value = parse(text)
    if may_be_deeper(text, _MOST_LEVELS):
        raise PasteError(
            f"This is nested more than {_MOST_LEVELS} levels deep, and PostHog reads no more. "
            "Flatten the innermost objects, then paste it again."
        )
    return Mended(text=text, value=value)


def mended(text: str) -> Mended | None:
    """The JSON in ``text``, which is not JSON itself; ``None`` where there is none.

    A disguise is looked for first: a repair would take its signs for slips.
    """
    for says, take_off in DISGUISES:
        plain = take_off(text)
        found = None if plain is None else _json_or_repaired(plain)
        if found is not None:
            return Mended(text=found.text, value=found.value, steps=(says, *found.steps))
    return _repaired(text)


_MOST_LEVELS = 127


def _json_or_repaired(text: str) -> Mended | None:
    try:
        return as_json(text)
    except JsonError:
        return _repaired(text)


def _repaired(text: str) -> Mended | None:
    found = repair(text)
    if found is None:
        return None
    return replace(as_json(found.text.strip()), steps=_said(found.changes))


def _said(changes: Iterable[Change]) -> tuple[str, ...]:
    """Each kind of change once, in the order of the text; what it was about where there is one."""
    kinds: dict[str, list[str]] = {}
    for change in changes:
        kinds.setdefault(change.says.partition(": ")[0], []).append(change.says)
    said = [
        all_of_it[0] if len(all_of_it) == 1 else f"{kind} ({len(all_of_it):,} times)"
        for kind, all_of_it in kinds.items()
    ]
    if len(said) > _MOST_STEPS:
        said[_MOST_STEPS:] = [f"{len(said) - _MOST_STEPS:,} more kinds of changes like these"]
    return tuple(said)


_MOST_STEPS = 20
