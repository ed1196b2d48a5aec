"""The list of keyboard shortcuts, made from the table of commands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QHeaderView, QVBoxLayout, QWidget

from composer.ui.actions import COMMANDS, CommandSpec
from composer.ui.settings.close_bar import CloseBar
from composer.ui.widgets import TableView

SIZE = (520, 600)


class ShortcutsDialog(QDialog):
    """Shows the keys of every command that has some; deletes itself when it is closed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard shortcuts")
        self.setAccessibleName("Keyboard shortcuts")
        table = TableView("Shortcuts")
        table.setModel(_model(table))
        header = table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(table, 1)
        column.addWidget(CloseBar(self))
        self.resize(*SIZE)


def _model(parent: QWidget) -> QStandardItemModel:
    with_keys = [spec for spec in COMMANDS.values() if spec.keys]
    model = QStandardItemModel(0, 2, parent)
    model.setHorizontalHeaderLabels(["Command", "Keys"])
    for spec in with_keys:
        cells = [QStandardItem(spec.text), QStandardItem(_keys_text(spec))]
        for cell in cells:
            cell.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        model.appendRow(cells)
    return model


def _keys_text(spec: CommandSpec) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return " or ".join(QKeySequence(keys).toString(native) for keys in spec.keys)
