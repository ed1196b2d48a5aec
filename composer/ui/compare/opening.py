"""How the rest of the window opens a comparison. To be loaded when one is asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from composer.core.compare.request import NamedRequest
from composer.core.errors import StoreError
from composer.ui.compare.dialog import CompareDialog
from composer.ui.compare.sides import composed, sent
from composer.ui.widgets import Severity
from composer.ui.workbench import Workbench


def open_comparison(
    window: QWidget, bench: Workbench, left: NamedRequest, right: NamedRequest
) -> None:
    """Compare two requests in the dialog beside the window; there is one only."""
    opened = window.findChild(CompareDialog)
    dialog = opened if opened is not None else CompareDialog(bench, window)
    dialog.compare(left, right)
    dialog.show()
    dialog.activateWindow()


def compare_with_composed(window: QWidget, bench: Workbench, other: NamedRequest) -> None:
    """Compare any request with what is composed, which stands at the right."""
    open_comparison(window, bench, other, composed(bench.session))


def compare_with_last(window: QWidget, bench: Workbench) -> None:
    """Compare the newest send of history with what is composed."""
    history = bench.services.history
    try:
        row = next(iter(history.rows(limit=1)), None)
        entry = history.entry(row.id) if row is not None else None
    except StoreError as error:
        bench.messages.say(str(error), Severity.ERROR)
        return
    if entry is None:
        bench.messages.say(
            "Nothing has been sent yet. Send the event, then compare.", Severity.WARNING
        )
        return
    open_comparison(window, bench, sent(entry, bench.services.clock.now()), composed(bench.session))
