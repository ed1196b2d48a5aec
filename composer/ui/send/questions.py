"""What may be asked above the send bar before something is sent: the words and both answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from composer.ui.widgets import Severity


class Matter(StrEnum):
    """What a question is about; whoever asked knows by it what an answer means."""

    VERDICT = "verdict"
    VARIABLE = "variable"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """``careful`` is the answer that sends nothing, ``going`` the one that goes on."""

    words: str
    matter: Matter = Matter.VERDICT
    careful: str = "Look at it"
    going: str = "Send anyway"
    severity: Severity = Severity.ERROR
