"""How good or bad a message is, and the icon, word and colours that say so.

Severity never shows by colour alone.
"""

from enum import StrEnum

from PySide6.QtGui import QColor

from composer.ui.icons import IconName, Tone
from composer.ui.theme.tokens import Theme


class Severity(StrEnum):
    """From good to bad, plus ``neutral`` for what is neither."""

    OK = "ok"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    NEUTRAL = "neutral"

    @property
    def icon(self) -> IconName:
        """The drawing that stands for it."""
        match self:
            case Severity.OK:
                return IconName.CHECK_CIRCLE
            case Severity.WARNING:
                return IconName.WARNING
            case Severity.ERROR:
                return IconName.ERROR
            case Severity.INFO | Severity.NEUTRAL:
                return IconName.INFO

    @property
    def tone(self) -> Tone:
        """The icon's colour on an ordinary ground."""
        return Tone.MUTED if self is Severity.NEUTRAL else Tone(self.value)

    @property
    def word(self) -> str:
        """What a screen reader says before the message; empty where the message says it all."""
        match self:
            case Severity.OK:
                return "OK"
            case Severity.WARNING:
                return "Warning"
            case Severity.ERROR:
                return "Error"
            case Severity.INFO:
                return "Hint"
            case Severity.NEUTRAL:
                return ""

    def spoken(self, text: str) -> str:
        """The message with its severity in words, for an accessible name."""
        return f"{self.word}: {text}" if self.word else text

    def text_color(self, theme: Theme) -> QColor:
        """Text and icon on ``ground``; at least 4.5 : 1."""
        match self:
            case Severity.OK:
                return QColor(theme.ok_text)
            case Severity.INFO:
                return QColor(theme.info)
            case Severity.WARNING:
                return QColor(theme.warning)
            case Severity.ERROR:
                return QColor(theme.error)
            case Severity.NEUTRAL:
                return QColor(theme.muted)

    def ground(self, theme: Theme) -> QColor:
        """The tinted ground of a pill or banner."""
        match self:
            case Severity.OK:
                return QColor(theme.ok_ground)
            case Severity.INFO:
                return QColor(theme.info_ground)
            case Severity.WARNING:
                return QColor(theme.warning_ground)
            case Severity.ERROR:
                return QColor(theme.error_ground)
            case Severity.NEUTRAL:
                return QColor(theme.hover)
