"""Who decides which theme is on and tells the rest.

The only place that touches the application's look.

Widgets need not know the controller: they ask ``current_theme()`` while painting, and hear of a
change as Qt's own StyleChange event.
"""

from collections.abc import Generator
from contextlib import contextmanager

from PySide6.QtCore import QDir, QObject, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from composer import resources
from composer.core.settings import ThemeChoice
from composer.ui.theme.fonts import text_font
from composer.ui.theme.palette import palette, style_sheet
from composer.ui.theme.tokens import DARK, LIGHT, Theme


def apply(app: QApplication, theme: Theme) -> None:
    """Gives the whole application the theme's palette, font and style sheet."""
    QDir.setSearchPaths("theme", [str(resources.path("theme"))])
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setFont(text_font())
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme))


def current_theme() -> Theme:
    """The theme that is on, read from the application's palette; LIGHT before any was applied."""
    ground = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if ground == QColor(DARK.window) else LIGHT


class ThemeController(QObject):
    """Keeps the look in step with the person's choice and with the desktop."""

    def __init__(self, app: QApplication, choice: ThemeChoice) -> None:
        super().__init__()
        self._app = app
        self._choice = choice
        self._tell_platform()
        self._theme = self._wanted()
        apply(app, self._theme)
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def choice(self) -> ThemeChoice:
        """What the person asked for."""
        return self._choice

    @property
    def theme(self) -> Theme:
        """What is on now."""
        return self._theme

    def choose(self, choice: ThemeChoice) -> None:
        """Takes a new choice and shows it at once."""
        self._choice = choice
        self._tell_platform()
        self._refresh()

    def toggle(self) -> None:
        """Switches to the other of light and dark, whatever led to the present one."""
        self.choose(ThemeChoice.LIGHT if self._theme.is_dark else ThemeChoice.DARK)

    @contextmanager
    def held_back(self) -> Generator[None]:
        """Holds the style sheet back while a window is built.

        Otherwise Qt styles every widget anew each time it or one above it gets a parent, which
        takes several times as long as all the rest (tests/bench/README.md).
        """
        self._app.setStyleSheet("")
        try:
            yield
        finally:
            self._app.setStyleSheet(style_sheet(self._theme))

    def _tell_platform(self) -> None:
        """Has the title bar and the system's own dialogs follow where the platform can."""
        hints = self._app.styleHints()
        match self._choice:
            case ThemeChoice.LIGHT:
                hints.setColorScheme(Qt.ColorScheme.Light)
            case ThemeChoice.DARK:
                hints.setColorScheme(Qt.ColorScheme.Dark)
            case ThemeChoice.SYSTEM:
                hints.unsetColorScheme()

    def _wanted(self) -> Theme:
        match self._choice:
            case ThemeChoice.LIGHT:
                return LIGHT
            case ThemeChoice.DARK:
                return DARK
            case ThemeChoice.SYSTEM:
                scheme = self._app.styleHints().colorScheme()
                return DARK if scheme is Qt.ColorScheme.Dark else LIGHT

    def _refresh(self) -> None:
        wanted = self._wanted()
        if wanted is self._theme:
            return
        self._theme = wanted
        apply(self._app, wanted)

    def _on_system_changed(self) -> None:
        self._refresh()
