"""Something of a list into a file, in place: the choices, the file, then how far it is.

Knows no place: what is offered, how it is written and what is said about it are a subclass's.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from composer.core.errors import StoreError
from composer.ui.messages import Messages
from composer.ui.tasks import TaskScope
from composer.ui.theme import Role, Surface, Variant, set_role, set_variant
from composer.ui.widgets import Combo, FlowNote, Panel, PrimaryButton, Severity
from composer.ui.wording import breakable

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWanted:
    """What the dialog that asks for a file says; ``ending`` comes without its dot."""

    title: str
    kind: str
    ending: str
    name: str


class BaseExportPanel(Panel, Generic[_T]):
    """One export at a time, of what was offered last; hidden until something is.

    A subclass fills the choices, calls ``_lay_out`` and ``_present``, and gives the four methods
    that raise ``NotImplementedError`` here.
    """

    closed = Signal()

    def __init__(self, tasks: TaskScope, messages: Messages, work: str, *edges: str) -> None:
        """``work`` is the name of the task that writes."""
        super().__init__(Surface.RAISED, *edges)
        self._tasks = tasks
        self._messages = messages
        self._work = work
        self._task: asyncio.Task[None] | None = None
        self._offered: _T | None = None
        self._what = Combo("What to export")
        self._format = Combo("Export format")
        self._choices = QWidget()
        self._words = FlowNote(role=Role.HELP)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress of the export")
        self._go = PrimaryButton("Choose a file…")
        self._cancel = QPushButton("Close")
        set_variant(self._go, Variant.PRIMARY, small=True)
        set_variant(self._cancel, Variant.FLAT, small=True)
        self._go.clicked.connect(self._choose_file)
        self._cancel.clicked.connect(self.cancel)
        self.hide()

    def _lay_out(self, *choices: tuple[Combo, int], is_flat: bool) -> None:
        """Each choice with its share of the width; ``is_flat``: the words beside the buttons."""
        row = QHBoxLayout(self._choices)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for combo, share in choices:
            row.addWidget(combo, share)
        column = QVBoxLayout(self)
        column.addWidget(self._choices)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        if is_flat:
            column.setContentsMargins(16, 8, 16, 8)
            column.setSpacing(6)
            foot.addWidget(self._words, 1)
        else:
            column.setContentsMargins(14, 10, 14, 10)
            column.setSpacing(8)
            column.addWidget(self._words)
            foot.addStretch(1)
        foot.addWidget(self._go)
        foot.addWidget(self._cancel)
        column.addWidget(self._bar)
        column.addLayout(foot)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    # What a subclass gives

    def _help(self) -> tuple[str, Role]:
        """What is said of the present choices."""
        raise NotImplementedError

    def _file(self, offered: _T) -> FileWanted:
        """The file that fits the present choices."""
        raise NotImplementedError

    async def _write(self, offered: _T, path: str) -> str:
        """Write as chosen, tell how far it is; what was written, in words. Or ``StoreError``."""
        raise NotImplementedError

    def _tell(self, offered: _T, done: int) -> None:
        """Show that so much is written, none of it at first."""
        raise NotImplementedError

    # What others use

    @property
    def is_at_work(self) -> bool:
        """Whether a file is being written."""
        return self._task is not None

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text().replace("\u200b", "")

    def export_to(self, path: str) -> None:
        """Begin, as chosen."""
        if self._task is not None or self._offered is None:
            return
        self._show_work()
        self._tell(self._offered, 0)
        self._task = self._tasks.start(self._export(self._offered, path), self._work)
        if self._task is not None:
            self._task.add_done_callback(self._on_done)

    @Slot()
    def cancel(self) -> None:
        """End what runs and leave no file; without that, put the panel away."""
        if self._task is not None:
            self._task.cancel()
        else:
            self._put_away()

    # Inside

    def _present(self) -> None:
        """Come up with what can be chosen; what is being written goes on."""
        self.show()
        if self._task is None:
            self._show_idle()
            self._format.setFocus(Qt.FocusReason.OtherFocusReason)

    async def _export(self, offered: _T, path: str) -> None:
        try:
            written = await self._write(offered, path)
        except StoreError as error:
            self._rest()
            self._say(str(error), Role.PROBLEM)
        else:
            self._rest()
            self._messages.say(f"Exported {written}, to {path}.", Severity.OK)
            self._put_away()

    def _on_done(self, task: asyncio.Task[None]) -> None:
        if task is not self._task:
            return  # it has said itself how it ended
        self._rest()
        if task.cancelled():
            self._say("Cancelled; no file was written.", Role.HELP)

    def _rest(self) -> None:
        self._task = None
        self._show_idle()

    def _show_work(self) -> None:
        self._choices.setEnabled(False)
        self._bar.show()
        self._go.hide()
        self._cancel.setText("Cancel")
        self._cancel.setAccessibleName("Cancel the export")
        self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_idle(self) -> None:
        self._choices.setEnabled(True)
        self._bar.hide()
        self._go.show()
        self._cancel.setText("Close")
        self._cancel.setAccessibleName("Close the export")
        self._say(*self._help())

    def _say(self, words: str, role: Role) -> None:
        set_role(self._words, role)
        self._words.setText(breakable(words))

    def _put_away(self) -> None:
        self.hide()
        self.closed.emit()

    @Slot()
    def _choose_file(self) -> None:
        if self._offered is None:
            return
        wanted = self._file(self._offered)
        chooser = QFileDialog(self, wanted.title)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilter(f"{wanted.kind} (*.{wanted.ending})")
        chooser.setDefaultSuffix(wanted.ending)
        chooser.selectFile(f"{wanted.name}.{wanted.ending}")
        chooser.fileSelected.connect(self.export_to)
        chooser.open()
