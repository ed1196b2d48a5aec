"""From tokens to what Qt understands: a QPalette and the text of the style sheet.

Applies nothing itself.
"""

import re
from dataclasses import asdict

from PySide6.QtGui import QColor, QPalette

from composer import resources
from composer.ui.theme.fonts import mono_font
from composer.ui.theme.tokens import Theme

_PLACEHOLDER = re.compile(r"@([a-z_]+)")


def palette(theme: Theme) -> QPalette:
    """The palette for widgets and parts that the style sheet does not name."""
    roles = QPalette.ColorRole
    made = QPalette()
    for role, token in (
        (roles.Window, theme.window),
        (roles.WindowText, theme.text),
        (roles.Base, theme.surface),
        (roles.AlternateBase, theme.raised),
        (roles.ToolTipBase, theme.raised),
        (roles.ToolTipText, theme.text),
        (roles.PlaceholderText, theme.muted),
        (roles.Text, theme.text),
        (roles.Button, theme.raised),
        (roles.ButtonText, theme.text),
        (roles.BrightText, theme.error),
        (roles.Light, theme.surface),
        (roles.Midlight, theme.raised),
        (roles.Mid, theme.line),
        (roles.Dark, theme.strong_line),
        (roles.Shadow, theme.strong_line),
        (roles.Highlight, theme.accent),
        (roles.HighlightedText, theme.on_accent),
        (roles.Link, theme.accent),
        (roles.LinkVisited, theme.accent),
        (roles.Accent, theme.accent),
    ):
        made.setColor(role, QColor(token))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.faint))
    return made


def style_sheet(theme: Theme) -> str:
    """The style sheet with each ``@token`` filled in. Raises ``KeyError`` for an unknown one."""
    values = {name: str(value) for name, value in asdict(theme).items()}
    values["mono"] = f'"{mono_font().family()}"'
    return _PLACEHOLDER.sub(lambda found: values[found[1]], resources.text("theme/composer.qss"))
