"""Editing in a cell: the text in full, Enter takes it over, Escape leaves the cell as it was.

Text that the event cannot have stays in the editor, and it is told why. It changes no event.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from composer.ui.lists.delegate import ListDelegate
from composer.ui.widgets import LineEdit
from composer.ui.widgets.painting import AnyIndex

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_LEAVING = _ENTER | {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}


class CellDelegate(ListDelegate):
    """Paints as every list does, and opens a line to write in.

    By row and column, ``name_of`` gives the name of a cell, ``text_of`` what stands in it, in
    full, and ``fault_of`` why a text cannot stand there, or nothing.
    """

    edited = Signal(int, int, str)
    """Row, column, and the text that is to stand there"""
    refused = Signal(str)
    """Why a text cannot stand there; empty once the editor says something else or is closed"""

    def __init__(
        self,
        parent: QObject,
        name_of: Callable[[int, int], str],
        text_of: Callable[[int, int], str],
        fault_of: Callable[[int, int, str], str],
    ) -> None:
        super().__init__(parent)
        self._name_of = name_of
        self._text_of = text_of
        self._fault_of = fault_of
        self._index = QPersistentModelIndex()

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        editor = LineEdit(self._name_of(index.row(), index.column()), mono=True)
        editor.setParent(parent)
        editor.textEdited.connect(self._on_edited)
        self._index = QPersistentModelIndex(index)
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        if isinstance(editor, LineEdit) and not editor.isModified():
            editor.setText(self._text_of(index.row(), index.column()))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        if isinstance(editor, LineEdit) and editor.isModified():
            self.edited.emit(index.row(), index.column(), editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        editor.setGeometry(option.rect.adjusted(2, 2, -2, -3))

    def destroyEditor(self, editor: QWidget, index: AnyIndex) -> None:
        self.refused.emit("")
        super().destroyEditor(editor, index)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter and Tab do not leave a cell whose text cannot stand there.

        Enter is dealt with here: it would go on to the table, which opens the event for it.
        """
        if (
            not isinstance(editor, LineEdit)
            or not isinstance(event, QKeyEvent)
            or event.type() is not QEvent.Type.KeyPress
            or event.key() not in _LEAVING
        ):
            return super().eventFilter(editor, event)
        if editor.isModified():
            fault = self._fault_of(self._index.row(), self._index.column(), editor.text())
            editor.set_problem(bool(fault))
            self.refused.emit(fault)
            if fault:
                return True
        if event.key() not in _ENTER:
            return super().eventFilter(editor, event)
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        return True

    def _on_edited(self, text: str) -> None:
        del text
        editor = self.sender()
        if isinstance(editor, LineEdit):
            editor.set_problem(False)
            self.refused.emit("")
