"""The production guard: nobody sends a test to a production project by accident.

The first send to a production project after a start is asked about, and so is every batch of more
than one event. What was agreed to holds for that project with that address and token, until the
app closes. Holds no widget; whoever sends asks here first.
"""

from __future__ import annotations

from composer.core.destination import Destination
from composer.ui.send.questions import Matter, Question
from composer.ui.widgets import Severity
from composer.ui.wording import counted, shortened

LONGEST_NAME = 24
"""Characters of a project's name on a button."""

_Place = tuple[str, str, str]


class ProductionGuard:
    """Knows which projects the person has agreed to send to since the start."""

    def __init__(self) -> None:
        self._agreed: set[_Place] = set()

    def question(self, destination: Destination, events: int = 1) -> str:
        """What has to be asked before ``events`` go there; empty if nothing has."""
        if not destination.is_production:
            return ""
        if events > 1:
            return f"Send {counted(events, 'event')} to {destination.name}, a production project?"
        if _place(destination) in self._agreed:
            return ""
        return (
            f"{destination.name} is a production project, and this is the first send to it since "
            "the start. Send it?"
        )

    def asked(self, destination: Destination, events: int = 1) -> Question | None:
        """The same as a question with its answers."""
        words = self.question(destination, events)
        if not words:
            return None
        return Question(
            words=words,
            matter=Matter.PRODUCTION,
            careful="Not now",
            going=f"Send to {shortened(destination.name, LONGEST_NAME)}",
            severity=Severity.WARNING,
        )

    def agree(self, destination: Destination) -> None:
        """The person wants to send there."""
        self._agreed.add(_place(destination))


def _place(destination: Destination) -> _Place:
    return destination.id, destination.address, destination.token
