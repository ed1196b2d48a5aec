"""How pages ask for a look: dynamic properties that the style sheet selects on.

A page says what a thing *is* (``set_role(label, Role.HELP)``), never how it looks. Colours and
sizes stand in ``resources/theme/composer.qss`` alone.
"""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


class Role(StrEnum):
    """What a label says."""

    TITLE = "title"
    STRONG = "strong"
    MUTED = "muted"
    HELP = "help"
    SECTION = "section"
    PROBLEM = "problem"
    WARNING = "warning"
    OK = "ok"
    MONO = "mono"
    MONO_MUTED = "mono-muted"
    KEYS = "keys"


class Variant(StrEnum):
    """What a button is to its page; an ordinary button has none."""

    PRIMARY = "primary"
    FLAT = "flat"
    DANGER = "danger"
    LINK = "link"
    ICON = "icon"
    SEARCH = "search"
    ORDINARY = ""


class Surface(StrEnum):
    """The ground a panel lies on."""

    WINDOW = "window"
    SURFACE = "surface"
    RAISED = "raised"
    RAIL = "rail"
    CARD = "card"


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Sets a dynamic property and lets the style sheet look again.

    Without that Qt keeps the old look.
    """
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def set_role(widget: QWidget, role: Role) -> None:
    """Says what a label is."""
    restyle(widget, "role", role.value)


def set_variant(widget: QWidget, variant: Variant, *, small: bool = False) -> None:
    """Says what a button is; ``small`` is 26 px high instead of 30, for rows and notices."""
    restyle(widget, "small", small)
    restyle(widget, "variant", variant.value)


def set_surface(widget: QWidget, surface: Surface) -> None:
    """Gives a QFrame or a plain QWidget a ground."""
    # A bare QWidget ignores a style sheet's ground without this.
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
    restyle(widget, "surface", surface.value)


def set_edge(widget: QWidget, *edges: str) -> None:
    """Draws hairlines at some of ``top``, ``right``, ``bottom`` and ``left``, over a surface."""
    for edge in ("top", "right", "bottom", "left"):
        restyle(widget, f"edge-{edge}", edge in edges)
