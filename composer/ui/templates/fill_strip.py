"""The strip above the form in Compose: what the opened template still asks for.

Each answer goes to the session, which fills the draft; the form and the JSON follow. It is built
when a draft has something to fill in for the first time.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from composer.ui.icons import IconName
from composer.ui.session import Session
from composer.ui.templates.prompts import PromptForm
from composer.ui.theme import Role, Surface
from composer.ui.widgets import ElidedLabel, IconButton, Panel

_SHARE = 0.38
"""Of the height of the pane around it, at most, so that the form keeps the larger part."""
_LEAST = 96


class FillStrip(Panel):
    """Hidden while the draft has no variables."""

    left = Signal()
    """Enter in the last prompt: the person goes on to the form"""

    def __init__(self, session: Session) -> None:
        super().__init__(Surface.RAISED, "bottom")
        self._session = session
        self._is_folded = False
        self._title = ElidedLabel("Fill in", role=Role.STRONG)
        self._count = ElidedLabel(role=Role.HELP)
        self._fold = IconButton(IconName.CHEVRON_DOWN, "Hide the prompts", small=True)
        self.prompts = PromptForm()
        self._scroll = QScrollArea()
        self._held = QWidget()
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(0)
        self._fitting.timeout.connect(self._fit)
        self._build()
        self._fold.clicked.connect(self._on_fold)
        self.prompts.answered.connect(self._on_answered)
        self.prompts.completed.connect(self.left)
        session.filling_changed.connect(self.follow)
        self.hide()
        self.follow()

    @property
    def words(self) -> str:
        """What the head says: ``3 of 4 filled in``."""
        return self._count.full_text

    @property
    def is_folded(self) -> bool:
        """Whether only the head is shown."""
        return self._is_folded

    @Slot()
    def follow(self) -> None:
        """Show what the session's draft asks for now."""
        filling = self._session.filling
        variables = filling.variables if filling is not None else ()
        answers = dict(filling.answers) if filling is not None else {}
        self.prompts.show_prompts(variables, answers)
        self._show_count()
        self.setVisible(bool(variables))
        self._fit_soon()

    def focus_variable(self, name: str) -> bool:
        """Unfold, and put the cursor into a prompt that is missing. Whether there is one."""
        if all(row.variable.name != name for row in self.prompts.rows):
            return False
        self.set_folded(folded=False)
        return self.prompts.focus_variable(name, insist=True)

    def focus_first(self) -> bool:
        """Put the cursor into the first prompt without an answer. Whether there are prompts."""
        if not self.prompts.rows:
            return False
        self.set_folded(folded=False)
        return self.prompts.focus_first()

    def set_folded(self, *, folded: bool) -> None:
        """Show only the head, or the prompts too."""
        self._is_folded = folded
        self._scroll.setVisible(not folded)
        if folded:
            self._fold.set_icon(IconName.CHEVRON_RIGHT, "Show the prompts")
        else:
            self._fold.set_icon(IconName.CHEVRON_DOWN, "Hide the prompts")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        around = self.parentWidget()
        if around is not None:
            around.installEventFilter(self)
        self._fit_soon()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The share is that of the pane around it; beyond it the prompts scroll."""
        if event.type() is QEvent.Type.Resize and watched is self.parentWidget():
            self._fit_soon()
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(10, 6, 16, 4)
        head.setSpacing(8)
        head.addWidget(self._fold)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._count)
        inner = QVBoxLayout(self._held)
        inner.setContentsMargins(16, 4, 16, 12)
        inner.addWidget(self.prompts)
        inner.addStretch(1)
        self._scroll.setWidget(self._held)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for widget in (self._scroll, self._scroll.viewport(), self._held):
            widget.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll)

    def _show_count(self) -> None:
        done, count = self.prompts.done, len(self.prompts.rows)
        self._count.set_text(f"{done} of {count} filled in" if count else "")

    def _fit_soon(self) -> None:
        """Once the rows have their heights."""
        self._fitting.start()

    @Slot()
    def _fit(self) -> None:
        around = self.parentWidget()
        most = max(_LEAST, int(around.height() * _SHARE) if around is not None else 0)
        held, width = self._held, max(1, self._scroll.viewport().width())
        wanted = (
            held.heightForWidth(width) if held.hasHeightForWidth() else held.sizeHint().height()
        )
        self._scroll.setFixedHeight(min(max(wanted, 1), most))

    @Slot(str, object)
    def _on_answered(self, name: str, text: str) -> None:
        self._session.answer(name, text)
        self._show_count()
        self._fit_soon()

    @Slot()
    def _on_fold(self) -> None:
        self.set_folded(folded=not self._is_folded)
