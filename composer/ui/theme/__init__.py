"""Light and dark: the tokens, what is made from them, and who switches.

See ``tokens`` for the colours themselves.
"""

from composer.core.settings import ThemeChoice
from composer.ui.theme.controller import ThemeController, apply, current_theme
from composer.ui.theme.fonts import TextStyle, mono_font, text_font
from composer.ui.theme.roles import (
    Role,
    Surface,
    Variant,
    set_edge,
    set_role,
    set_surface,
    set_variant,
)
from composer.ui.theme.tokens import DARK, LIGHT, Theme

__all__ = [
    "DARK",
    "LIGHT",
    "Role",
    "Surface",
    "TextStyle",
    "Theme",
    "ThemeChoice",
    "ThemeController",
    "Variant",
    "apply",
    "current_theme",
    "mono_font",
    "set_edge",
    "set_role",
    "set_surface",
    "set_variant",
    "text_font",
]
