"""A finished command and what there is to say about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """``text`` is to be pasted at a prompt as it is, all at once.

    ``notes`` are whole sentences for a person: what looks different than expected, and why.
    """

    text: str
    notes: tuple[str, ...] = ()
