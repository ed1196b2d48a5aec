"""A button with a menu of things to choose from, which says what is chosen.

It knows neither history nor what its choices stand for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton

from composer.ui.icons import IconName, Tone, paint_icon
from composer.ui.theme import current_theme
from composer.ui.theme.roles import restyle

MOST = 40
"""Lines of a menu; with more nothing could be found in it."""
_NARROWEST = 72
_EDGES = 42
"""Pixels of a button beside its words: padding, arrow and border."""
_ARROW, _ARROW_EDGE = 14, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One line; ``detail`` stands at its right."""

    value: object
    text: str
    detail: str = ""


class StayingMenu(QMenu):
    """A menu that stays open while lines are ticked, so that several can be chosen at once."""

    stays = True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt keeps in mind what was pressed for the release that it is not to see."""
        action = self.actionAt(event.position().toPoint())
        if self._can_tick(action):
            self.setActiveAction(action)
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._tick(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space or not self._tick(self.activeAction()):
            super().keyPressEvent(event)

    def _tick(self, action: QAction | None) -> bool:
        if action is None or not self._can_tick(action):
            return False
        action.trigger()
        return True

    def _can_tick(self, action: QAction | None) -> bool:
        return self.stays and action is not None and action.isCheckable()


class MenuButton(QPushButton):
    """Several lines can be chosen, or with ``several=False`` one; none stands for all."""

    wanted = Signal()
    """It was pressed: ``open_with`` is to follow"""
    changed = Signal(object)
    """``frozenset`` of the values that are chosen now"""

    def __init__(self, name: str, everything: str, *, several: bool = True) -> None:
        super().__init__()
        self._name = name
        self._everything = everything
        self._full = ""
        self._chosen: frozenset[object] = frozenset()
        self._lines: list[tuple[QAction, object]] = []
        self._all: QAction | None = None
        self._several = several
        self._menu = StayingMenu(self)
        self._menu.stays = several
        self._menu.setAccessibleName(name)
        self.setProperty("menu", True)
        self.clicked.connect(self.wanted)
        self.show_chosen((), name)

    @property
    def menu_lines(self) -> QMenu:
        """The menu as it was opened last."""
        return self._menu

    def show_chosen(self, chosen: Iterable[object], words: str) -> None:
        """Say in ``words`` what is chosen; silent."""
        self._chosen = frozenset(chosen)
        self._full = words
        restyle(self, "chosen", bool(self._chosen))
        named = f": {words}" if self._chosen else f": {self._everything.lower()}"
        self.setAccessibleName(f"{self._name}{named}")
        self.updateGeometry()
        self._fit()

    def open_with(self, options: Sequence[Option]) -> None:
        """Open the menu. Of very many lines the first stand there, and those that are chosen."""
        menu = self._menu
        menu.clear()
        self._all = self._add(self._everything, checked=not self._chosen)
        self._all.triggered.connect(self._on_all)
        menu.addSeparator()
        shown = [o for n, o in enumerate(options) if n < MOST or o.value in self._chosen]
        self._lines = []
        for option in shown:
            action = self._add(option.text, option.detail, checked=option.value in self._chosen)
            action.triggered.connect(partial(self._on_line, option.value))
            self._lines.append((action, option.value))
        if len(options) > len(shown):
            rest = menu.addAction(f"{len(options) - len(shown):,} more: use the search field")
            rest.setEnabled(False)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _add(self, text: str, detail: str = "", *, checked: bool) -> QAction:
        words = text.replace("&", "&&").replace("\t", " ")
        action = self._menu.addAction(f"{words}\t{detail}" if detail else words)
        action.setCheckable(True)
        action.setChecked(checked)
        return action

    @Slot()
    def _on_all(self) -> None:
        self._tell(frozenset())

    def _on_line(self, value: object, checked: object = None) -> None:
        del checked  # Qt's; what was chosen before decides
        if self._several:
            self._tell(self._chosen ^ {value})
        else:
            self._tell(frozenset({value}))

    def _tell(self, chosen: frozenset[object]) -> None:
        self._chosen = chosen
        if self._all is not None:
            self._all.setChecked(not chosen)
        for action, value in self._lines:
            action.setChecked(value in chosen)
        self.changed.emit(chosen)

    # It gives way where there is no room

    def _fit(self) -> None:
        room = self.width() - _EDGES + 2
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
        self.setToolTip("" if shown == self._full else self._full)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self._full)
        return QSize(max(_NARROWEST, words + _EDGES), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        left, top = self.width() - _ARROW - _ARROW_EDGE, (self.height() - _ARROW) // 2
        rect = QRect(left, top, _ARROW, _ARROW)
        paint_icon(QPainter(self), rect, IconName.CHEVRON_DOWN, Tone.MUTED.color(current_theme()))
