"""Uses the palette as a person at the keyboard does."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QMainWindow,
    QPushButton,
    QWidget,
)

from composer.core.outcome import Cancelled
from composer.core.records import Summary
from composer.core.wire import build_request
from composer.ui.actions import COMMANDS, Actions
from composer.ui.palette.palette import Palette
from composer.ui.workbench import Workbench


class Driver:
    def __init__(self, bench: Workbench) -> None:
        self.bench = bench
        self.window = QMainWindow()
        self.window.resize(1280, 800)
        self.behind = QPushButton("behind")
        self.window.setCentralWidget(self.behind)
        self.actions = Actions(self.window)
        self.palette = Palette(self.window, self.actions, bench)
        self.field = next(w for w in self.palette.findChildren(QLineEdit))
        self.list = next(w for w in self.palette.findChildren(QListView))
        self.done: list[object] = []
        """Commands that ran, and what the window was asked to open"""
        for command in COMMANDS:
            self.actions.connect_to(command, partial(self.done.append, command))
        self.palette.type_wanted.connect(self.done.append)
        self.palette.template_wanted.connect(self.done.append)
        self.palette.entry_wanted.connect(self.done.append)
        self.palette.copy_wanted.connect(self.done.append)

    def open(self) -> None:
        self.palette.open()

    def type(self, text: str) -> None:
        QTest.keyClicks(self.field, text)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.field, key)

    @property
    def rows(self) -> list[str]:
        model = self.list.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    @property
    def current(self) -> str:
        return str(self.list.currentIndex().data() or "")

    @property
    def words(self) -> list[str]:
        return [w.text() for w in self.palette.findChildren(QLabel) if w.isVisible()]

    @property
    def focus(self) -> QWidget | None:
        return QApplication.focusWidget()

    def remember(self, event: str, body: bytes = b"{}") -> int:
        """Put a send into history; returns its id."""
        place = replace(self.bench.preferences.destination, address="http://127.0.0.1:8810")
        request = build_request(body, place, place.path)
        summary = Summary(event=event, person="customer-42")
        history = self.bench.services.history
        identifier = history.begin(request, place, summary)
        history.finish(identifier, Cancelled(milliseconds=5.0))
        return identifier
