"""Running a template: its prompts once for all events, then one send after the other, or one batch.

It fills in and shows; sending is the business of ``run``. What is to be opened in Compose or put
into the batch is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from composer.core.destination import address_problem
from composer.core.draft import Draft
from composer.core.templates import Maker, Template, UnfilledError, begin, steps_of
from composer.ui.lists.grid import Grid
from composer.ui.preferences import Preferences
from composer.ui.send.controller import SendController
from composer.ui.tasks import TaskScope
from composer.ui.templates.gate import RunGate
from composer.ui.templates.prompts import PromptForm
from composer.ui.templates.run import Phase, TemplateRun, as_batch, one_by_one
from composer.ui.templates.run_foot import RunFoot
from composer.ui.templates.run_rows import run_rows
from composer.ui.templates.steps_model import StepsModel
from composer.ui.templates.steps_view import kept_text
from composer.ui.theme import Role, Surface
from composer.ui.widgets import (
    CodeView,
    ElidedLabel,
    FlowNote,
    Language,
    LinkButton,
    Panel,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTools:
    """What a run needs of the window."""

    preferences: Preferences
    sends: SendController
    tasks: TaskScope
    gate: RunGate
    maker: Maker


class RunView(QWidget):
    """Prompts and events of one template at a time."""

    back_wanted = Signal()
    tabs_wanted = Signal(object)
    """``tuple[Draft, ...]`` to be opened in tabs"""
    batch_wanted = Signal(object)
    """``tuple[Draft, ...]`` to be put into the batch"""
    history_wanted = Signal(object)
    """The id of a send"""

    def __init__(self, tools: RunTools) -> None:
        super().__init__()
        self._tools = tools
        self._template: Template | None = None
        self._run: TemplateRun | None = None
        self._drafts: tuple[Draft, ...] = ()
        self._back = LinkButton("‹ All templates")
        self._title = ElidedLabel(role=Role.TITLE)
        self._description = FlowNote()
        self.prompts = PromptForm()
        self._nothing = FlowNote("This template asks for nothing. Look at its events and send.")
        self._model = StepsModel(self, is_sent=True)
        self.table = Grid("Events of the run", self._model)
        self._json = CodeView("Event JSON", Language.JSON)
        self.foot = RunFoot()
        self._build()
        self._connect()

    # What others use

    def show_template(self, template: Template, answers: Mapping[str, str] | None = None) -> None:
        """Ask for what a template needs; a run that is under way is not interrupted."""
        if self._run is not None and self._run.is_active:
            return
        self._forget_run()
        self._template = template
        self._title.set_text(template.name)
        self._description.setText(template.description)
        self._description.setVisible(bool(template.description))
        prompts = template.prompts
        defaults = {variable.name: variable.default for variable in prompts}
        self.prompts.show_prompts(prompts, {**defaults, **(answers or {})})
        self._nothing.setVisible(not prompts)
        self._preview()
        self.table.choose(0)
        self._show()

    def focus_first(self) -> None:
        """Put the cursor into the first prompt, or on Send where nothing is asked."""
        if not self.prompts.focus_first():
            self.foot.send.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def run(self) -> TemplateRun | None:
        """The run that was begun last, with these answers."""
        return self._run

    # Putting it together

    def _build(self) -> None:
        head = Panel(Surface.SURFACE, "bottom")
        words = QVBoxLayout(head)
        words.setContentsMargins(16, 8, 16, 12)
        words.setSpacing(4)
        words.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(self._title)
        words.addWidget(self._description)
        held = Panel(Surface.SURFACE)
        inner = QVBoxLayout(held)
        inner.setContentsMargins(16, 12, 16, 12)
        inner.setSpacing(8)
        inner.addWidget(self._nothing)
        inner.addWidget(self.prompts)
        inner.addStretch(1)
        asked = QScrollArea()
        asked.setWidget(held)
        asked.setWidgetResizable(True)
        asked.setFrameShape(QFrame.Shape.NoFrame)
        asked.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        asked.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        asked.setMinimumWidth(320)
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(self.table)
        right.addWidget(self._json)
        right.setSizes([220, 260])
        right.setChildrenCollapsible(False)
        right.setMinimumWidth(340)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(asked)
        both.addWidget(right)
        both.setSizes([460, 540])
        both.setChildrenCollapsible(False)
        both.setHandleWidth(1)
        surface = Panel(Surface.SURFACE)
        row = QHBoxLayout(surface)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(both)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(surface, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        foot = self.foot
        self._back.clicked.connect(self.back_wanted)
        self.prompts.answered.connect(self._preview)
        self.prompts.completed.connect(self._on_completed)
        self.table.chosen.connect(self._show_json)
        foot.send_wanted.connect(self.send_one_by_one)
        foot.send_batch_wanted.connect(self.send_as_batch)
        foot.tabs_wanted.connect(self._on_tabs)
        foot.batch_wanted.connect(self._on_batch)
        foot.agreed.connect(self._on_agreed)
        foot.cancelled.connect(self.cancel)
        foot.retry_wanted.connect(self._on_retry)
        foot.skip_wanted.connect(self._on_skip)
        foot.history_wanted.connect(self._on_history)
        self._tools.preferences.changed.connect(self._show)

    # What a person does

    @Slot()
    def send_one_by_one(self) -> None:
        """Send the events in order; the next one only once the one before was accepted."""
        self._begin(together=False)

    @Slot()
    def send_as_batch(self) -> None:
        """Send all events as one request."""
        self._begin(together=True)

    @Slot()
    def cancel(self) -> None:
        """Stop at once."""
        if self._run is not None:
            self._run.cancel()

    def _begin(self, *, together: bool) -> None:
        if self._run is not None and self._run.is_active:
            return
        place = self._tools.preferences.destination
        problem = address_problem(place.address)
        drafts = () if problem else self._filled()
        if problem:
            self.foot.say_obstacle(problem)
        if not drafts:
            return
        layout = self._tools.preferences.settings.layout
        parcels = (as_batch if together else one_by_one)(drafts, place, layout)
        self._forget_run()
        self._drafts = drafts
        self._run = TemplateRun(
            parcels,
            place,
            sends=self._tools.sends,
            gate=self._tools.gate,
            tasks=self._tools.tasks,
            parent=self,
        )
        self._run.changed.connect(self._follow)
        self._run.begin()
        self._follow()

    def _filled(self) -> tuple[Draft, ...]:
        """The events with the answers in them; none while something is missing, which is told."""
        template, missing = self._template, self.prompts.insist()
        if template is None:
            return ()
        if missing is not None:
            self.foot.say_missing(len(self.prompts.rows) - self.prompts.done)
            missing.focus_editor()
            return ()
        try:
            return steps_of(template, self.prompts.answers, self._tools.maker)
        except UnfilledError as error:
            self.foot.say_obstacle(str(error))
            self.prompts.focus_variable(error.name, insist=True)
            return ()

    @Slot()
    def _on_tabs(self) -> None:
        drafts = self._filled()
        if drafts:
            self.tabs_wanted.emit(drafts)

    @Slot()
    def _on_batch(self) -> None:
        drafts = self._filled()
        if drafts:
            self.batch_wanted.emit(drafts)

    @Slot()
    def _on_agreed(self) -> None:
        if self._run is not None:
            self._run.agree()

    @Slot()
    def _on_retry(self) -> None:
        if self._run is not None:
            self._run.try_again()

    @Slot()
    def _on_skip(self) -> None:
        if self._run is not None:
            self._run.skip()

    @Slot()
    def _on_history(self) -> None:
        parcels = self._run.parcels if self._run is not None else ()
        found = [parcel.history_id for parcel in parcels if parcel.history_id is not None]
        if found:
            self.history_wanted.emit(found[-1])

    @Slot()
    def _on_completed(self) -> None:
        """Enter in the last prompt leads to Send, and sends nothing yet."""
        self.foot.send.setFocus(Qt.FocusReason.OtherFocusReason)

    # Showing

    @Slot()
    def _preview(self) -> None:
        """The events as they would be with these answers; what was sent before is about others."""
        template = self._template
        if template is None or (self._run is not None and self._run.is_active):
            return
        self._forget_run()
        answers, maker = self.prompts.answers, self._tools.maker
        self._drafts = tuple(
            begin(template, step, maker, answers)[0] for step in range(len(template.steps))
        )
        self._show()

    @Slot()
    def _follow(self) -> None:
        """The run has gone on: lead the eye to where it is."""
        run = self._run
        self._show()
        if run is not None and run.phase in {Phase.SENDING, Phase.STOPPED}:
            at = next((n for n, one in enumerate(run.parcels) if one is run.current), 0)
            self.table.choose(at)

    @Slot()
    def _show(self) -> None:
        run = self._run
        if self._template is None:
            return
        self._model.show_rows(run_rows(self._template.steps, self._drafts, run))
        self._show_json()
        self.prompts.setEnabled(run is None or not run.is_active)
        place = self._tools.preferences.destination
        self.foot.show_run(run, len(self._template.steps), place)

    @Slot()
    def _show_json(self) -> None:
        row = max(0, self.table.row)
        if row < len(self._drafts):
            self._json.set_text(kept_text(self._drafts[row]))

    def _forget_run(self) -> None:
        if self._run is not None:
            self._run.changed.disconnect(self._follow)
            self._run.deleteLater()
            self._run = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list, unless something is under way."""
        if event.key() == Qt.Key.Key_Escape:
            if self._run is not None and self._run.is_active:
                self.cancel()
            else:
                self.back_wanted.emit()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()
