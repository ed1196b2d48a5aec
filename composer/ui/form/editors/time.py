"""The editor for a point in time: the exact text, a button for now, a menu to respell the zone."""

from __future__ import annotations

from datetime import UTC, tzinfo

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from composer.core.fields import Action, Field, Place
from composer.ui.form.editors.text import TextEditor
from composer.ui.form.face import Face
from composer.ui.form.sheet import Sheet
from composer.ui.form.zones import common_zones, respell, zone_name, zone_of
from composer.ui.icons import IconName

_REFRESH = 20_000
"""Milliseconds after which "3 minutes ago" is looked at again."""


class TimeEditor(TextEditor):
    """ISO 8601 text. The line below says the instant in UTC and how far away it is."""

    def __init__(self, field: Field, session: Sheet) -> None:
        super().__init__(field, session)
        if field.action is Action.NOW:
            now = self.line.add_action("now", IconName.CLOCK, f"Set {field.label} to now")
            now.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            now.clicked.connect(self._on_now)
        subject = "the same time" if field.place is Place.TOP else field.label
        words = f"Write {subject} in another time zone"
        self._zone = self.line.add_action("", IconName.GLOBE, words)
        self._zone.clicked.connect(self._on_zone)
        self._menu = QMenu(self)
        self._menu.setAccessibleName("Time zones")
        self._menu.triggered.connect(self._on_zone_chosen)
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH)
        self._timer.timeout.connect(self._describe)
        self._timer.start()

    def show_face(self, face: Face) -> None:
        super().show_face(face)
        self._describe()

    @Slot()
    def _describe(self) -> None:
        text = self.held if isinstance(self.held, str) else ""
        self.tell(remark=self.session.describe_time(text))
        self._zone.setEnabled(zone_of(text) is not None)

    @Slot()
    def _on_now(self) -> None:
        self.take(self.session.now_text())

    @Slot()
    def _on_zone(self) -> None:
        self._menu.clear()
        here = zone_of(self.session.now_text())
        named: list[tuple[str, tzinfo]] = [("UTC", UTC), *common_zones()]
        if here is not None:
            named.insert(0, (f"Your time zone ({zone_name(here)})", here))
        for name, zone in named:
            self._menu.addAction(name).setData(zone)
        below = QPoint(self.line.width() - self._menu.sizeHint().width(), self.line.height() + 2)
        self._menu.popup(self.line.mapToGlobal(below))

    @Slot(QAction)
    def _on_zone_chosen(self, action: QAction) -> None:
        zone: tzinfo = action.data()
        text = respell(self.held, zone) if isinstance(self.held, str) else None
        if text is not None:
            self.take(text)
