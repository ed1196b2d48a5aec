"""The settings. What is changed here takes effect at once, so there is nothing to confirm."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from composer.ui.icons import IconName
from composer.ui.settings.close_bar import CloseBar
from composer.ui.settings.data import DataPage
from composer.ui.settings.form import scrolling
from composer.ui.settings.general import GeneralPage
from composer.ui.settings.history import HistoryPage
from composer.ui.settings.projects.page import ProjectsPage
from composer.ui.theme import Surface, ThemeController
from composer.ui.widgets import NavList, Panel
from composer.ui.workbench import Workbench

SIZE = (940, 620)
RAIL = 172


class SettingsPage(StrEnum):
    """What the settings are sorted by; the value is its title."""

    GENERAL = "General"
    PROJECTS = "Projects"
    HISTORY = "History"
    DATA = "Files, backup"


_ICONS = {
    SettingsPage.GENERAL: IconName.GEAR,
    SettingsPage.PROJECTS: IconName.SERVER,
    SettingsPage.HISTORY: IconName.HISTORY,
    SettingsPage.DATA: IconName.SAVE,
}


class SettingsDialog(QDialog):
    """Shows the preferences and changes them; deletes itself when it is closed."""

    def __init__(
        self,
        bench: Workbench,
        theme: ThemeController,
        parent: QWidget,
        page: SettingsPage = SettingsPage.GENERAL,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Settings")
        self.setAccessibleName("Settings")
        self._rail = NavList("Pages of the settings")
        self._stack = QStackedWidget()
        self.projects = ProjectsPage(bench)
        self._pages: dict[SettingsPage, QWidget] = {
            SettingsPage.GENERAL: scrolling(GeneralPage(bench, theme)),
            SettingsPage.PROJECTS: self.projects,
            SettingsPage.HISTORY: scrolling(HistoryPage(bench)),
            SettingsPage.DATA: scrolling(DataPage(bench)),
        }
        self._build()
        self._rail.chosen.connect(self._on_chosen)
        self.show_page(page)

    def show_page(self, page: SettingsPage) -> None:
        """Bring a page to the front."""
        self._rail.select(page.value)
        self._stack.setCurrentWidget(self._pages[page])

    def _build(self) -> None:
        for page, widget in self._pages.items():
            self._rail.add_entry(page.value, page.value, _ICONS[page])
            self._stack.addWidget(widget)
        side = Panel(Surface.RAIL, "right")
        side.setFixedWidth(RAIL)
        beside = QVBoxLayout(side)
        beside.setContentsMargins(8, 8, 8, 8)
        beside.addWidget(self._rail)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(side)
        middle.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(CloseBar(self))
        self.resize(*SIZE)

    @Slot(str)
    def _on_chosen(self, title: str) -> None:
        self.show_page(SettingsPage(title))
