"""How a test looks at a page of the window that is a list with a detail beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from composer.ui.inspector import RequestInspector
from composer.ui.lists.detail import DetailPane
from composer.ui.lists.grid import Grid
from tests.helpers.stage import emptiness


class ListPage:
    """Base of what the tests of such a page work with."""

    def __init__(self, page: QWidget) -> None:
        self._root = page

    @property
    def table(self) -> Grid:
        return self._root.findChildren(Grid)[0]

    @property
    def pane(self) -> DetailPane:
        return self._root.findChildren(DetailPane)[0]

    @property
    def inspector(self) -> RequestInspector:
        return self._root.findChildren(RequestInspector)[0]

    @property
    def chosen(self) -> str:
        """The title of what is chosen."""
        return self.pane.title

    @property
    def emptiness(self) -> str:
        """What is said in place of the list; empty where there is a list."""
        return emptiness(self._root)

    def cells(self) -> list[list[str]]:
        """The text of every cell, row by row; empty where Qt has none."""
        model = self.table.model()
        columns = range(model.columnCount())
        return [[model.index(r, c).data() or "" for c in columns] for r in range(model.rowCount())]
