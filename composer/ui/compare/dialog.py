"""The window that compares two requests: what differs, over the two bodies side by side.

It stands beside the main window and does not block it, so that one can mend what is composed and
see the differences go: what is composed is compared anew after each edit.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from composer.core.compare.request import NamedRequest
from composer.core.tokens import KeyMode
from composer.ui.compare.bodies import BodyPair
from composer.ui.compare.comparer import Comparer
from composer.ui.compare.head import CompareHead
from composer.ui.compare.sides import COMPOSED, composed
from composer.ui.compare.table import DifferenceModel
from composer.ui.compare.words import Told, as_text, beside, headline, title
from composer.ui.icons import IconName
from composer.ui.lists.grid import Grid
from composer.ui.lists.model import Column
from composer.ui.settings.close_bar import CloseBar
from composer.ui.theme import Surface, set_surface
from composer.ui.widgets import EmptyState, Language
from composer.ui.workbench import Workbench
from composer.ui.writing.words import key_note

SIZE = (1040, 720)
_MARGIN = 16
_TABLE_HEIGHT, _BODIES_HEIGHT = 260, 300
PAUSE = 300
"""Milliseconds after an edit until what is composed is compared again."""
_COLUMNS = (
    Column(title="What", share=4),
    Column(title="Left", share=4),
    Column(title="Right", share=4),
    Column(title="In which way", share=5),
)


class CompareDialog(QDialog):
    """Shows one comparison; deletes itself when it is closed."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Compare")
        self.setAccessibleName("Compare")
        set_surface(self, Surface.SURFACE)
        self._bench = bench
        self._left = self._right = NamedRequest(name="", body=b"")
        self._told: Told | None = None
        self._comparer = Comparer(bench.tasks, self)
        self._head = CompareHead()
        self._model = DifferenceModel(_COLUMNS, self)
        self._table = Grid("Differences", self._model)
        self._same = EmptyState(IconName.CHECK_CIRCLE, "The same", "")
        self._pages = QStackedWidget()
        self._bodies = BodyPair()
        self._edited = QTimer(self)
        self._edited.setSingleShot(True)
        self._edited.setInterval(PAUSE)
        self._build()
        self._connect()
        self._table.setFocus()

    @property
    def told(self) -> Told | None:
        """What is shown; ``None`` while it is being compared."""
        return self._told

    def compare(self, left: NamedRequest, right: NamedRequest) -> None:
        """Compare these two instead."""
        self._left, self._right = left, right
        self._told = None
        self._head.name(title(left, right))
        self._head.say("Comparing…")
        self._renew()

    # Inside

    def _build(self) -> None:
        for page in (self._table, self._same):
            self._pages.addWidget(page)
        both = QSplitter(Qt.Orientation.Vertical)
        both.addWidget(self._pages)
        both.addWidget(self._bodies)
        both.setSizes([_TABLE_HEIGHT, _BODIES_HEIGHT])
        both.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(both, 1)
        column.addWidget(CloseBar(self))
        parent = self.parentWidget()
        room = parent.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN) if parent else QRect()
        self.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height()))

    def _connect(self) -> None:
        self._comparer.told.connect(self._show)
        self._head.swap_wanted.connect(self._swap)
        self._head.copy_wanted.connect(self._copy)
        self._head.filter_changed.connect(self._show_rows)
        self._table.chosen.connect(self._on_chosen)
        self._edited.timeout.connect(self._on_edited)
        self._bench.session.request_changed.connect(self._follow_draft)
        self._bench.preferences.changed.connect(self._renew)

    @Slot()
    def _renew(self) -> None:
        hidden = self._bench.preferences.settings.hide_key
        key = KeyMode.MASKED if hidden else KeyMode.INLINE
        self._comparer.compare(self._left, self._right, key)

    @Slot(object)
    def _show(self, told: Told) -> None:
        self._told = told
        comparison = told.comparison
        self._model.name_sides(told.left.name, told.right.name)
        self._bodies.name_sides(told.left.name, told.right.name)
        self._bodies.show_texts(told.texts, Language.JSON if comparison.is_json else Language.PLAIN)
        self._head.offer(copy=bool(told.rows), hide=bool(comparison.fleeting))
        self._show_rows()

    @Slot()
    def _show_rows(self) -> None:
        told = self._told
        if told is None:
            return
        chosen = self._model.at(self._table.row)
        hides = self._head.hides_fleeting
        rows = told.lasting if hides else told.rows
        words = headline(told.comparison)
        self._head.say(words if rows else "", beside(told.comparison, hides=hides))
        self._model.show(rows)
        self._same.set_words(words, "The order of members, parameters and headers does not count.")
        self._pages.setCurrentIndex(0 if rows else 1)
        if rows:
            self._table.choose(max(0, self._model.row_of(chosen) if chosen else 0))

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        line = self._model.at(row)
        self._bodies.look_at(line.places if line is not None else (0, 0))

    @Slot()
    def _swap(self) -> None:
        self.compare(self._right, self._left)

    @Slot()
    def _copy(self) -> None:
        told = self._told
        if told is None:
            return
        chosen = self._bench.preferences.copy_key
        # A list is nothing to run, so a variable in it would only say less than the masked key.
        key = KeyMode.INLINE if chosen is KeyMode.INLINE else KeyMode.MASKED
        text = as_text(told, key, with_fleeting=not self._head.hides_fleeting)
        self._bench.copier.copy(text, "differences", key_note(key) if told.tokens else "")

    @Slot()
    def _follow_draft(self) -> None:
        if COMPOSED in {self._left.name, self._right.name}:
            self._edited.start()

    @Slot()
    def _on_edited(self) -> None:
        if self._bench.session.is_reading:
            self._edited.start()
            return
        now = composed(self._bench.session)
        self._left = now if self._left.name == COMPOSED else self._left
        self._right = now if self._right.name == COMPOSED else self._right
        self._renew()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._end()
        super().closeEvent(event)

    def reject(self) -> None:
        """Escape closes without a close event."""
        self._end()
        super().reject()

    def _end(self) -> None:
        self._edited.stop()
        self._comparer.forget()
