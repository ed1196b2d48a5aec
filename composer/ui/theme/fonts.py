"""The platform's own fonts in the four sizes that the window uses.

Nothing here names a font family.
"""

from enum import IntEnum

from PySide6.QtGui import QFont, QFontDatabase


class TextStyle(IntEnum):
    """A text size in pixels."""

    SECTION = 11
    HELP = 12
    TEXT = 13
    TITLE = 17


def text_font(style: TextStyle = TextStyle.TEXT, *, strong: bool = False) -> QFont:
    """The system's text font.

    Titles and sections are semibold by themselves, others with ``strong``.
    """
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPixelSize(int(style))
    if strong or style in (TextStyle.TITLE, TextStyle.SECTION):
        font.setWeight(QFont.Weight.DemiBold)
    return font


def mono_font(style: TextStyle = TextStyle.TEXT) -> QFont:
    """The system's fixed-width font, for everything that goes on the wire."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    # Some desktops report a proportional "fixed" font; the hint makes Qt look for a real one then.
    font.setStyleHint(QFont.StyleHint.Monospace, QFont.StyleStrategy.PreferMatch)
    font.setFixedPitch(True)
    font.setPixelSize(int(style))
    return font
