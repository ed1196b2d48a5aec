"""The top of the window: a strip in the destination's colour, where to, search, theme, settings."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from composer.ui.destination_bar import DestinationBar
from composer.ui.icons import IconName, Tone
from composer.ui.preferences import Preferences
from composer.ui.project_tones import tone_of
from composer.ui.theme import Role, Surface, Variant, current_theme, set_role, set_variant
from composer.ui.theme.tokens import CONTROL_HEIGHT
from composer.ui.widgets import IconButton, IconLabel, Panel

STRIP_HEIGHT = 3


class DestinationStrip(QWidget):
    """A line in the colour of the destination."""

    def __init__(self) -> None:
        super().__init__()
        self._tone = Tone.SANDBOX
        self.setFixedHeight(STRIP_HEIGHT)

    def show_tone(self, tone: Tone) -> None:
        """Take the colour of another destination."""
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._tone.color(current_theme())))
        painter.end()


class FindButton(QPushButton):
    """Looks like a search field and opens the search over everything."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Find anything")
        set_variant(self, Variant.SEARCH)
        words, keys = QLabel("Find anything"), QLabel("Ctrl K")
        set_role(words, Role.MUTED)
        set_role(keys, Role.KEYS)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 6, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(IconName.SEARCH, Tone.MUTED))
        row.addWidget(words, 1)
        row.addWidget(keys, 0, Qt.AlignmentFlag.AlignVCenter)
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """As wide as in a toolbar; narrower where there is less room."""
        return QSize(220, CONTROL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The icon and the words."""
        return QSize(190, CONTROL_HEIGHT)


class TopBar(QWidget):
    """Puts the destination in sight of every place."""

    find_wanted = Signal()
    theme_wanted = Signal()
    settings_wanted = Signal()

    def __init__(self, destination: DestinationBar, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._strip = DestinationStrip()
        self._find = FindButton()
        self._theme = IconButton(IconName.MOON, "Switch to the dark theme")
        self._settings = IconButton(IconName.GEAR, "Settings")
        bar = Panel(Surface.SURFACE, "bottom")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(destination, 1)
        row.addWidget(self._find)
        row.addWidget(self._theme)
        row.addWidget(self._settings)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(bar)
        self._find.clicked.connect(self.find_wanted)
        self._theme.clicked.connect(self.theme_wanted)
        self._settings.clicked.connect(self.settings_wanted)
        preferences.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        self._strip.show_tone(tone_of(self._preferences.destination))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            dark = current_theme().is_dark
            words = f"Switch to the {'light' if dark else 'dark'} theme"
            self._theme.set_icon(IconName.SUN if dark else IconName.MOON, words)
