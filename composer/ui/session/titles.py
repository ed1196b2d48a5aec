"""What a draft is called where there are several: its event, and the person it is about."""

from __future__ import annotations

from composer.core.draft import Draft
from composer.core.summary import summary_of
from composer.ui.wording import counted


def title_of(draft: Draft) -> str:
    """``plan upgraded · customer-42``; of an event without a name, what type it is."""
    if draft.event_type.is_batch:
        entries = draft.payload.get("batch")
        return f"Batch of {counted(len(entries) if isinstance(entries, tuple) else 0, 'event')}"
    about = summary_of(draft.payload)
    words = " · ".join(part for part in (about.event, about.person) if part)
    return " ".join(words.split()) or draft.event_type.title
