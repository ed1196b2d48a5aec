"""Icons: our SVG drawings, tinted with the theme's colours when they are painted.

An icon remembers a name and a tone, not pixels, so that it follows a change of theme and a move to
a sharper screen by itself. The drawings stand in ``resources/icons``, one file for each name, on a
16-pixel grid.
"""

from enum import StrEnum

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from composer import resources
from composer.ui.theme.controller import current_theme
from composer.ui.theme.tokens import Theme


class IconName(StrEnum):
    """Every drawing there is; the value is the file's name without its ending."""

    BATCH = "batch"
    CHECK_CIRCLE = "check-circle"
    CHEVRON_DOWN = "chevron-down"
    CHEVRON_RIGHT = "chevron-right"
    CLOCK = "clock"
    CLOSE = "close"
    COMPARE = "compare"
    COMPOSE = "compose"
    COPY = "copy"
    DOT = "dot"
    DOWN = "down"
    EDIT = "edit"
    ERROR = "error"
    EXTERNAL = "external"
    EYE = "eye"
    EYE_OFF = "eye-off"
    FILE = "file"
    FLAG = "flag"
    GEAR = "gear"
    GLOBE = "globe"
    GROUP = "group"
    HELP = "help"
    HISTORY = "history"
    INFO = "info"
    KEY = "key"
    LIST = "list"
    MINUS = "minus"
    MOON = "moon"
    MORE = "more"
    NOTE = "note"
    PASTE = "paste"
    PERSON = "person"
    PIN = "pin"
    PLUS = "plus"
    REDO = "redo"
    REFRESH = "refresh"
    SANDBOX = "sandbox"
    SAVE = "save"
    SEARCH = "search"
    SEND = "send"
    SERVER = "server"
    SPARK = "spark"
    STOP = "stop"
    SUN = "sun"
    SWAP = "swap"
    TAG = "tag"
    TEMPLATE = "template"
    TRASH = "trash"
    UNDO = "undo"
    UP = "up"
    WARNING = "warning"


class Tone(StrEnum):
    """Which of the theme's colours an icon takes; the value is the token's name."""

    TEXT = "text"
    MUTED = "muted"
    FAINT = "faint"
    ACCENT = "accent"
    ON_ACCENT = "on_accent"
    OK = "ok"
    WARNING = "warning"
    ERROR = "error"
    INFO = "info"
    SANDBOX = "sandbox"
    SELF_HOSTED = "self_hosted"
    PRODUCTION = "production"
    PROJECT_GREEN = "project_green"
    PROJECT_TEAL = "project_teal"
    PROJECT_BLUE = "project_blue"
    PROJECT_PURPLE = "project_purple"
    PROJECT_PINK = "project_pink"
    PROJECT_RED = "project_red"
    PROJECT_ORANGE = "project_orange"
    PROJECT_GREY = "project_grey"

    def color(self, theme: Theme) -> QColor:
        """The colour that this tone has in the theme."""
        return QColor(str(getattr(theme, self.value)))


class _TintedEngine(QIconEngine):
    """Draws one SVG in one tone; the colour is looked up at each paint."""

    def __init__(self, name: IconName, tone: Tone) -> None:
        super().__init__()
        self._name = name
        self._tone = tone

    def clone(self) -> QIconEngine:
        return _TintedEngine(self._name, self._tone)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        tone = Tone.FAINT if mode is QIcon.Mode.Disabled else self._tone
        return _tinted(self._name, tone.color(current_theme()), size)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(rect, self.pixmap(rect.size() * ratio, mode, state))


def icon(name: IconName, tone: Tone = Tone.TEXT) -> QIcon:
    """An icon for a button, an action or a list; it re-tints itself when the theme changes."""
    return QIcon(_TintedEngine(name, tone))


def paint_icon(painter: QPainter, rect: QRect, name: IconName, color: QColor) -> None:
    """Draws the icon into ``rect`` (device-independent pixels) in any colour."""
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(rect, _tinted(name, color, rect.size() * ratio))


def app_icon() -> QIcon:
    """The application's own icon, in its own colours."""
    return QIcon(str(resources.path("app-icon.svg")))


def _tinted(name: IconName, color: QColor, size: QSize) -> QPixmap:
    """The drawing in one colour; ``size`` in device pixels."""
    key = f"composer/{name}/{color.name()}/{size.width()}x{size.height()}"
    made = QPixmap()
    if QPixmapCache.find(key, made):
        return made
    made = QPixmap(size)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    side = min(size.width(), size.height())
    # In a box wider than high the drawing stands at the left: the rest is the gap before a text.
    QSvgRenderer(str(resources.path(f"icons/{name}.svg"))).render(painter, QRectF(0, 0, side, side))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(QRect(QPoint(0, 0), size), color)
    painter.end()
    QPixmapCache.insert(key, made)
    return made
