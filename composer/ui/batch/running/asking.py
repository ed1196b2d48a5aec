"""What is asked before events go out, and a question bar that knows what follows from a yes.

Never asked for the sandbox.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot

from composer.core.batch.table import Totals
from composer.core.destination import Destination, DestinationKind
from composer.ui.batch.running.words import foreseen_words, unseen_words
from composer.ui.send.guard import ProductionGuard
from composer.ui.send.question import QuestionBar
from composer.ui.send.questions import Matter, Question
from composer.ui.widgets import Severity

LOOK = "Look at them"


def send_question(
    totals: Totals, destination: Destination, guard: ProductionGuard
) -> Question | None:
    """What is asked before the table is sent; one question where there is more to ask."""
    if destination.kind is DestinationKind.SANDBOX:
        return None
    guarded = guard.asked(destination, totals.events)
    bad, unseen = foreseen_words(totals), unseen_words(totals)
    if not (bad or unseen):
        return guarded
    words = " ".join(filter(None, (bad, unseen, guarded.words if guarded else "")))
    if bad:
        return Question(words=words, careful=LOOK)
    return Question(
        words=words, matter=Matter.PRODUCTION, careful="Not yet", severity=Severity.WARNING
    )


class Asker(QuestionBar):
    """Asks in place; what is to be done after a yes is handed in with the question."""

    declined = Signal(object)
    """``Matter``: the careful answer was given"""

    def __init__(self) -> None:
        super().__init__()
        self._then: Callable[[], None] | None = None
        self.agreed.connect(self._on_agreed)
        self.look_wanted.connect(self._on_declined)
        self.dismissed.connect(self._forget)

    def put(self, question: Question | None, then: Callable[[], None]) -> None:
        """Ask, and do ``then`` after a yes; at once where there is nothing to ask."""
        self.hide()
        if question is None:
            then()
            return
        self._then = then
        self.ask(question)

    def forget(self) -> None:
        """Ask no more: what was asked about is another thing now."""
        self._forget()
        self.hide()

    @Slot()
    def _on_agreed(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    @Slot()
    def _on_declined(self) -> None:
        self._then = None
        self.declined.emit(self.matter or Matter.VERDICT)

    @Slot()
    def _forget(self) -> None:
        self._then = None
