"""Keeps the Tab key in visual order. Qt puts every widget that comes later at the window's end."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_stops(part: QWidget) -> list[QWidget]:
    """What takes the focus by Tab in ``part``, whose children were added in visual order."""
    window = part.window()
    return [
        widget
        for widget in (part, *part.findChildren(QWidget))
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and widget.window() is window  # not the list that a combo box drops down, nor a menu
    ]


def chain_tabs(after: QWidget, part: QWidget) -> QWidget:
    """Have Tab lead from ``after``, itself a tab stop, through ``part``.

    Returns the last widget of the chain.
    """
    for widget in tab_stops(part):
        QWidget.setTabOrder(after, widget)
        after = widget
    return after
