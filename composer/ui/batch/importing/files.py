"""Choosing the file of an import, and where the rows that did not fit go; nothing is read here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

ROWS = (
    "Rows (*.csv *.tsv *.txt *.json *.jsonl *.ndjson *.gz *.zst *.br *.zip)",
    "All files (*)",
)


def choose_rows(parent: QWidget, then: Callable[[str], None]) -> None:
    """Ask which file is to be imported."""
    chooser = _chooser(parent, "Import rows")
    chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
    chooser.setNameFilters(list(ROWS))
    chooser.fileSelected.connect(then)
    chooser.open()


def choose_target(parent: QWidget, name: str, then: Callable[[str], None]) -> None:
    """Ask where the rows that did not fit are to be written to."""
    chooser = _chooser(parent, "Export the rows that did not fit")
    chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    chooser.setNameFilters(
        [f"{'JSON Lines' if name.endswith('.jsonl') else 'CSV'} (*.{_end(name)})"]
    )
    chooser.setDefaultSuffix(_end(name))
    chooser.selectFile(name)
    chooser.fileSelected.connect(then)
    chooser.open()


def _chooser(parent: QWidget, title: str) -> QFileDialog:
    chooser = QFileDialog(parent, title)
    chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return chooser


def _end(name: str) -> str:
    return name.rpartition(".")[2]
