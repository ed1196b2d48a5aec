"""Which sends are to be compared: one against Compose, or one against the next that is chosen.

While another send is to be chosen, a line under the list says so. It reads nothing and compares
nothing: it asks for a comparison of two named requests.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton

from composer.core.compare.request import NamedRequest
from composer.ui.compare.sides import sent
from composer.ui.history.detail import HistoryDetail
from composer.ui.icons import IconName
from composer.ui.theme import Surface, Variant, set_variant
from composer.ui.widgets import FlowNote, IconButton, Panel

WITH_COMPOSE = "Compare with Compose"
WITH_ANOTHER = "Compare with another send"


class ChoiceLine(Panel):
    """Says what the next choice is for."""

    agreed = Signal()
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__(Surface.RAISED, "top")
        self._says = FlowNote()
        self._compare = QPushButton("Compare")
        self._compare.setToolTip("Compare with the send that is chosen now (Enter)")
        set_variant(self._compare, Variant.ORDINARY, small=True)
        self._cancel = QPushButton("Cancel")
        set_variant(self._cancel, Variant.FLAT, small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        row.setSpacing(8)
        row.addWidget(self._says, 1)
        row.addWidget(self._compare)
        row.addWidget(self._cancel)
        self._compare.clicked.connect(self.agreed)
        self._cancel.clicked.connect(self.dismissed)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._says.text()

    def ask(self, words: str, *, may_agree: bool) -> None:
        """Show it."""
        self._says.setText(words)
        self._compare.setEnabled(may_agree)
        self.show()


class Choosing(QObject):
    """Follows the send that ``detail`` shows."""

    compose_wanted = Signal(object)
    """A ``NamedRequest`` that is to be compared with what is composed"""
    pair_wanted = Signal(object, object)
    """Two of them"""

    def __init__(self, detail: HistoryDetail, now: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._detail = detail
        self._now = now
        self._base: NamedRequest | None = None
        self._base_id: int | None = None
        self.line = ChoiceLine()
        self.line.agreed.connect(self.finish)
        self.line.dismissed.connect(self.cancel)
        detail.shown.connect(self._say)

    @property
    def is_on(self) -> bool:
        """Whether another send is to be chosen."""
        return self._base is not None

    @Slot()
    def with_compose(self) -> None:
        """Compare the send that is shown with what is composed."""
        if self._detail.entry is not None:
            self.compose_wanted.emit(sent(self._detail.entry, self._now()))

    @Slot()
    def with_another(self) -> None:
        """Compare the send that is shown with the next that is chosen."""
        entry = self._detail.entry
        if entry is not None:
            self.begin(sent(entry, self._now()), entry.row.id)

    def begin(self, base: NamedRequest, base_id: int | None = None) -> None:
        """Compare ``base`` with the next send that is chosen; its id if it is one itself."""
        self._base, self._base_id = base, base_id
        self._say()

    @Slot()
    def finish(self) -> None:
        """Compare with the send that is shown now."""
        base, entry = self._base, self._detail.entry
        if base is None or entry is None or entry.row.id == self._base_id:
            return
        self.cancel()
        self.pair_wanted.emit(base, sent(entry, self._now()))

    @Slot()
    def cancel(self) -> None:
        """Nothing is to be chosen any more."""
        self._base = self._base_id = None
        self.line.hide()

    @Slot()
    def _say(self) -> None:
        if self._base is None:
            return
        entry = self._detail.entry
        may_agree = entry is not None and entry.row.id != self._base_id
        name = self._base.name[:1].lower() + self._base.name[1:]
        what = "this send?" if may_agree else "which send? Choose one in the list."
        self.line.ask(f"Compare what was {name} with {what}", may_agree=may_agree)


class CompareButton(IconButton):
    """Beside the other things that can be done with a send: the two ways to compare it."""

    def __init__(self, choosing: Choosing) -> None:
        super().__init__(IconName.COMPARE, "Compare this send")
        self._menu = QMenu(self)
        self._menu.addAction(WITH_COMPOSE, choosing.with_compose)
        self._menu.addAction(WITH_ANOTHER, choosing.with_another)
        self.clicked.connect(self._open_menu)

    @Slot()
    def _open_menu(self) -> None:
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))
