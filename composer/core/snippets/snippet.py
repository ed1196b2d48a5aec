"""What comes out of every target: text in another language, and what there is to know about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """Code that sends a request or its events.

    ``notes`` are whole sentences on all in which it differs from the request. ``text`` is empty
    where a target cannot send any of it; the notes say why.
    """

    text: str
    notes: tuple[str, ...]
