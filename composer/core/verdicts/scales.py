"""By what rules are sorted: how bad, how sure, about what.

The window opens with these words; the rules come later. So it knows nothing, and is quick to load.
"""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """What it means for the person, the worst first (ingestion-rules.md, head)."""

    ERROR = "error"
    """The server refuses; nothing of the request is stored."""
    DROPPED = "dropped"
    """The server answers 200 and the event is lost afterwards."""
    ALTERED = "altered"
    """Stored, but differently from what was typed."""
    WARNING = "warning"
    """Stored as typed, but something that was asked for does not happen."""
    ADVICE = "advice"
    """Legal, and usually not what people want."""


class Certainty(StrEnum):
    """How sure a rule is, in words for people."""

    DOCUMENTED = "from PostHog's documentation"
    CODE = "from PostHog's code"
    DISPUTED = "sources disagree"
    REMEMBERED = "from experience"


class Subject(StrEnum):
    """The headings under which rules are listed, as in ingestion-rules.md, section 2."""

    TOKEN = "Token and address"
    BODY = "Request body"
    NAME = "Event name"
    PERSON_ID = "Person's ID"
    TIME = "Time"
    EVENT_ID = "Event ID and repeats"
    PROFILE = "Person properties"
    MERGE = "Joining people"
    GROUP = "Groups"
    WEB = "Web, sessions, location"
    FEATURE = "Surveys, flags, errors, AI"
    BULK = "Imports, project settings, text"
