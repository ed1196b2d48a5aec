"""Buttons: the main one, a text link, and an icon alone.

All are Qt buttons with a variant, not new controls.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton

from composer.ui.icons import IconName, Tone, icon as make_icon
from composer.ui.theme.roles import Variant, set_variant

# Wider than high: the drawing stands left in it, which leaves air between icon and text.
_BESIDE_TEXT = QSize(20, 16)
_ALONE = QSize(16, 16)


def put_icon(button: QAbstractButton, name: IconName, tone: Tone = Tone.TEXT) -> None:
    """Places an icon before a button's text, with the house's gap between them."""
    button.setIcon(make_icon(name, tone))
    button.setIconSize(_BESIDE_TEXT if button.text() else _ALONE)


class PrimaryButton(QPushButton):
    """The one action that a page is for."""

    def __init__(self, text: str, *, icon: IconName | None = None) -> None:
        super().__init__(text)
        set_variant(self, Variant.PRIMARY)
        if icon is not None:
            put_icon(self, icon, Tone.ON_ACCENT)


class LinkButton(QPushButton):
    """A quiet action in accent-coloured text."""

    def __init__(self, text: str, *, icon: IconName | None = None, trailing: bool = False) -> None:
        super().__init__(text)
        set_variant(self, Variant.LINK, small=True)
        if icon is not None:
            put_icon(self, icon, Tone.ACCENT)
        if trailing:
            # Qt knows no other way to put the icon after the text.
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            self.setIconSize(_ALONE)


class IconButton(QToolButton):
    """An icon alone; its label is the tooltip and what a screen reader says."""

    def __init__(
        self, name: IconName, label: str, *, small: bool = False, tone: Tone = Tone.MUTED
    ) -> None:
        super().__init__()
        self._tone = tone
        set_variant(self, Variant.ICON, small=small)
        self.setIconSize(_ALONE)
        self.set_icon(name, label)

    def set_icon(self, name: IconName, label: str) -> None:
        """Shows another icon with another meaning, for example eye and crossed eye."""
        self.setIcon(make_icon(name, self._tone))
        self.setToolTip(label)
        self.setAccessibleName(label)
