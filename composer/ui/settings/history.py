"""How long history is kept. A limit deletes, so a button sets it, not each letter typed."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from composer.core.errors import StoreError
from composer.core.settings import LARGEST_RETENTION, Retention
from composer.ui.settings.fields import TextField
from composer.ui.settings.form import SettingsForm, side_by_side
from composer.ui.settings.numbers import read_limit
from composer.ui.widgets import FlowNote, PrimaryButton
from composer.ui.wording import counted
from composer.ui.workbench import Workbench

NO_LIMIT = "No limit"
WORDS = (
    "Nothing is deleted unless you set a limit. Pinned sends are kept whatever the limits. "
    "Limits are kept at each start of the app."
)


class HistoryPage(QWidget):
    """Three limits, what they would delete now, and what there is."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._days = TextField("Most days", _days_problem, placeholder=NO_LIMIT)
        self._rows = TextField("Most sends", _rows_problem, placeholder=NO_LIMIT)
        self._size = TextField("Most megabytes", _size_problem, placeholder=NO_LIMIT)
        self._apply = PrimaryButton("Set limits")
        self._undo = QPushButton("Leave as it was")
        self._kept = QLabel("")
        self._words = FlowNote("")
        self._build()
        for field in (self._days, self._rows, self._size):
            field.changed.connect(self._on_edited)
            field.line.returnPressed.connect(self._on_apply)
        self._apply.clicked.connect(self._on_apply)
        self._undo.clicked.connect(self._show)
        self._show()
        self._look()

    def _build(self) -> None:
        form = SettingsForm()
        form.add_heading("Kept now")
        form.add_row("History holds", self._kept)
        form.add_heading("Limits")
        for label, field, unit in (
            ("Keep for at most", self._days, "days"),
            ("Keep at most", self._rows, "sends"),
            ("Keep at most", self._size, "megabytes"),
        ):
            field.line.setFixedWidth(112)
            field.beside.addWidget(QLabel(unit))
            field.beside.addStretch(1)
            form.add_row(label, field, field.line)
        form.add_note(WORDS)
        form.add_row("", side_by_side(self._apply, self._undo))
        form.add_row("", self._words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)
        column.addStretch(1)

    @property
    def _typed(self) -> Retention | None:
        """The limits as they stand in the fields; ``None`` while one of them is wrong."""
        try:
            return Retention(
                days=read_limit(self._days.line.text(), LARGEST_RETENTION.days),
                rows=read_limit(self._rows.line.text(), LARGEST_RETENTION.rows),
                megabytes=read_limit(self._size.line.text(), LARGEST_RETENTION.megabytes),
            )
        except ValueError:
            return None

    @Slot()
    def _show(self) -> None:
        kept = self._bench.preferences.settings.retention
        self._days.show_text(_text(kept.days))
        self._rows.show_text(_text(kept.rows))
        self._size.show_text(_text(kept.megabytes))
        self._words.setText("")
        self._renew_buttons()

    def _renew_buttons(self) -> None:
        typed = self._typed
        changed = typed != self._bench.preferences.settings.retention
        self._apply.setEnabled(typed is not None and changed)
        self._undo.setEnabled(changed)

    @Slot()
    def _on_edited(self) -> None:
        self._renew_buttons()
        typed = self._typed
        if typed is None or not self._apply.isEnabled():
            self._words.setText("")
            return
        self._bench.tasks.start_for(self, self._foresee(typed), "count what would be deleted")

    @Slot()
    def _on_apply(self) -> None:
        typed = self._typed
        if typed is not None and self._apply.isEnabled():
            # Begun here, so that closing the settings at once does not stop it.
            pruning = self._bench.tasks.start(self._bench.pruner.keep_to(typed), "delete sends")
            if pruning is not None:
                self._bench.tasks.start_for(self, self._tell(pruning), "say what was deleted")

    def _look(self) -> None:
        self._bench.tasks.start_for(self, self._measure(), "measure history")

    async def _measure(self) -> None:
        try:
            size = await asyncio.to_thread(self._bench.services.history.size)
        except StoreError as error:
            self._kept.setText(str(error))
            return
        self._kept.setText(f"{counted(size.rows, 'send')}, {size.bytes / 1e6:,.1f} MB")

    async def _foresee(self, typed: Retention) -> None:
        try:
            rows = await self._bench.pruner.foresee(typed)
        except StoreError as error:
            self._words.setText(str(error))
            return
        if typed == self._typed:
            what = counted(rows, "send") if rows > 0 else "nothing"
            self._words.setText(f"This deletes {what} now.")

    async def _tell(self, pruning: asyncio.Task[int]) -> None:
        try:
            rows = await asyncio.shield(pruning)
        except StoreError as error:
            self._words.setText(str(error))
            return
        done = f"Deleted {counted(rows, 'send')}." if rows else "Nothing had to be deleted."
        self._words.setText(f"The limits are set. {done}")
        self._renew_buttons()
        await self._measure()


def _text(limit: int | None) -> str:
    return "" if limit is None else str(limit)


def _days_problem(text: str) -> str:
    return _limit_problem(text, LARGEST_RETENTION.days)


def _rows_problem(text: str) -> str:
    return _limit_problem(text, LARGEST_RETENTION.rows)


def _size_problem(text: str) -> str:
    return _limit_problem(text, LARGEST_RETENTION.megabytes)


def _limit_problem(text: str, most: int | None) -> str:
    try:
        read_limit(text, most)
    except ValueError as error:
        return str(error)
    return ""
