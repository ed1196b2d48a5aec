"""Small widgets in the house style.

Pages put these together; none of them knows events, requests or services.
"""

from composer.ui.widgets.buttons import IconButton, LinkButton, PrimaryButton, put_icon
from composer.ui.widgets.code_view import CodeView
from composer.ui.widgets.combo import Combo
from composer.ui.widgets.empty_state import EmptyState
from composer.ui.widgets.highlight import Language
from composer.ui.widgets.labels import ElidedLabel, FlowNote, IconLabel, SectionHeader
from composer.ui.widgets.line_edit import LineEdit
from composer.ui.widgets.nav_list import NavList, NavStyle
from composer.ui.widgets.notice import Notice
from composer.ui.widgets.panel import Panel
from composer.ui.widgets.pill import Pill, paint_pill, pill_size
from composer.ui.widgets.severity import Severity
from composer.ui.widgets.switch import Switch
from composer.ui.widgets.table_view import TableView
from composer.ui.widgets.tabs import Tabs
from composer.ui.widgets.undo import UndoPassThrough

__all__ = [
    "CodeView",
    "Combo",
    "ElidedLabel",
    "EmptyState",
    "FlowNote",
    "IconButton",
    "IconLabel",
    "Language",
    "LineEdit",
    "LinkButton",
    "NavList",
    "NavStyle",
    "Notice",
    "Panel",
    "Pill",
    "PrimaryButton",
    "SectionHeader",
    "Severity",
    "Switch",
    "TableView",
    "Tabs",
    "UndoPassThrough",
    "paint_pill",
    "pill_size",
    "put_icon",
]
