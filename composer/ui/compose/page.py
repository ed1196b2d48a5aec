"""The Compose place: the form at the left; preview, problems and answer at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from composer.core.jsontext import Path
from composer.core.summary import summary_of
from composer.ui.compose.tab_strip import TabStrip
from composer.ui.form import FormView
from composer.ui.preview.pane import PreviewPane
from composer.ui.send.bar import SendBar
from composer.ui.send.question import QuestionBar
from composer.ui.send.questions import Matter
from composer.ui.send.response import ResponsePane
from composer.ui.templates.save_bar import SaveBar
from composer.ui.theme import Surface
from composer.ui.verdicts.items import problems_of
from composer.ui.verdicts.naming import is_token
from composer.ui.verdicts.strip import VerdictStrip
from composer.ui.widgets import Panel
from composer.ui.workbench import Workbench

if TYPE_CHECKING:
    from composer.core.templates import Unfilled
    from composer.ui.paste.strip import PasteStrip
    from composer.ui.templates.fill_strip import FillStrip

FORM_WIDTH, PREVIEW_WIDTH = 520, 552
PREVIEW_HEIGHT, ANSWER_HEIGHT = 420, 200


class ComposePage(QWidget):
    """Puts the panes together; what they do stands in ``Session`` and ``Desk``."""

    history_wanted = Signal(object)
    sandbox_wanted = Signal()
    token_wanted = Signal()
    naming_begun = Signal()
    """The line that names a template is shown; folders are to be offered there"""
    rules_wanted = Signal()
    original_wanted = Signal(object)
    """``Reading`` whose original text is to be shown"""
    paste_list_wanted = Signal(object)
    """``Reading`` whose events are to be listed"""
    paste_wanted = Signal()
    """The Paste window, with what could not be read"""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self.tabs = TabStrip(bench.session)
        self.form = FormView(bench.session, bench.open_url)
        self.preview = PreviewPane(bench.session, bench.preferences, bench.copier, bench.tasks)
        self.response = ResponsePane(bench.session, bench.sends)
        self.bar = SendBar(bench.session, bench.batch, bench.sends)
        self.naming = SaveBar()
        self.question = QuestionBar()
        self.verdicts = VerdictStrip(bench.watch, bench.mender)
        self.pasted: PasteStrip | None = None
        """Where the draft came from, once something has been pasted"""
        self.filling: FillStrip | None = None
        """What the draft's template asks for, once one has been opened"""
        self._build()
        self._connect()
        self._show_filling()

    @Slot()
    def ask_for_name(self) -> None:
        """Open the line that names a template."""
        summary = summary_of(self._bench.session.draft.payload)
        person = "" if "{{" in summary.person else summary.person
        self.naming.ask(" · ".join(filter(None, (summary.event, person))))
        self.naming_begun.emit()

    @Slot(object)
    def go_to(self, path: Path) -> None:
        """Put the cursor into the field at ``path``, or to its place in the JSON."""
        draft = self._bench.session.draft
        if draft.fault is not None:
            self.preview.go_to_fault()
        elif is_token(path):
            self.token_wanted.emit()
        elif not self.form.focus_path(path):
            standing = (path[:size] for size in range(len(path), -1, -1))
            self.preview.go_to_value(next(filter(draft.has, standing), ()))

    @Slot()
    def focus_prompts(self) -> None:
        """Put the cursor into the first prompt that is open, or else into the form."""
        if self.filling is None or not self.filling.focus_first():
            self.form.focus_first()

    def add_strip(self, strip: QWidget) -> None:
        """Put a line above everything else of the form."""
        self._left.insertWidget(0, strip)

    @Slot()
    def _leave_naming(self) -> None:
        """Qt would pass the focus on to Send, where a second Enter is one too many."""
        self.bar.save.setFocus()

    def _build(self) -> None:
        left = Panel(Surface.SURFACE, "right")
        column = self._left = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.form, 1)
        column.addWidget(self.naming)
        column.addWidget(self.question)
        column.addWidget(self.bar)
        right = QSplitter(Qt.Orientation.Vertical)
        upper = _Upper(self.verdicts)
        upper_column = QVBoxLayout(upper)
        upper_column.setContentsMargins(0, 0, 0, 0)
        upper_column.setSpacing(0)
        upper_column.addWidget(self.preview, 1)
        upper_column.addWidget(self.verdicts)
        right.addWidget(upper)
        right.addWidget(self.response)
        right.setSizes([PREVIEW_HEIGHT, ANSWER_HEIGHT])
        right.setStretchFactor(0, 1)
        right.setChildrenCollapsible(False)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(left)
        both.addWidget(right)
        both.setSizes([FORM_WIDTH, PREVIEW_WIDTH])
        both.setStretchFactor(0, 1)
        both.setStretchFactor(1, 1)
        both.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.tabs)
        whole.addWidget(both, 1)

    def _connect(self) -> None:
        desk = self._bench.desk
        self.bar.send_wanted.connect(desk.send)
        self.bar.add_wanted.connect(desk.add_to_batch)
        self.bar.save_wanted.connect(self.ask_for_name)
        self.form.fault_wanted.connect(self.preview.go_to_fault)
        self.form.json_wanted.connect(self.preview.go_to_value)
        self.form.list_wanted.connect(desk.list_events)
        self.form.faults_changed.connect(self.verdicts.show_faults)
        self.response.history_wanted.connect(self.history_wanted)
        self.response.sandbox_wanted.connect(self.sandbox_wanted)
        self.response.new_wanted.connect(desk.start_new)
        self.naming.saved.connect(self._leave_naming)
        self.naming.over_wanted.connect(self._leave_naming)
        self.naming.dismissed.connect(self._leave_naming)
        self._bench.pastes.changed.connect(self._show_paste)
        self._bench.session.filling_changed.connect(self._show_filling)
        desk.variable_wanted.connect(self._go_to_variable)
        self._connect_verdicts()

    def _connect_verdicts(self) -> None:
        bench = self._bench
        bench.watch.changed.connect(self._show_problems)
        bench.asking.asked.connect(self.question.ask)
        bench.asking.settled.connect(self._settle_verdict)
        bench.desk.asked.connect(self.question.ask)
        bench.desk.settled.connect(self._settle_variable)
        self.question.agreed.connect(self._go_on)
        self.question.dismissed.connect(self._leave_question)
        self.question.look_wanted.connect(self._look)
        self.verdicts.go_wanted.connect(self.go_to)
        self.verdicts.docs_wanted.connect(self._open_docs)
        self.verdicts.rules_wanted.connect(self.rules_wanted)

    @Slot()
    def _show_problems(self) -> None:
        report = self._bench.watch.report
        self.form.show_problems(problems_of(report.verdicts) if report else ())

    @Slot()
    def _show_paste(self) -> None:
        """The strip is built at the first paste; from then on it follows by itself."""
        pastes = self._bench.pastes
        if self.pasted is None and pastes.has_news:
            from composer.ui.paste.strip import PasteStrip  # noqa: PLC0415 -- for a quicker start

            self.pasted = PasteStrip(pastes)
            self.pasted.original_wanted.connect(self.original_wanted)
            self.pasted.list_wanted.connect(self.paste_list_wanted)
            self.pasted.window_wanted.connect(self.paste_wanted)
            self._left.insertWidget(0, self.pasted)
            self.pasted.follow()

    @Slot()
    def _show_filling(self) -> None:
        """The strip is built for the first draft that asks for something; then it follows."""
        if self.filling is None and self._bench.session.filling is not None:
            from composer.ui.templates.fill_strip import FillStrip  # noqa: PLC0415 -- see above

            self.filling = FillStrip(self._bench.session)
            self._left.insertWidget(self._left.indexOf(self.form), self.filling)
            self.filling.left.connect(self.form.focus_first)
            self.filling.follow()

    @Slot(object)
    def _go_to_variable(self, unfilled: Unfilled) -> None:
        if self.filling is None or not self.filling.focus_variable(unfilled.name):
            self.go_to(unfilled.path)

    @Slot()
    def _go_on(self) -> None:
        if self.question.matter is Matter.VARIABLE:
            self._bench.desk.leave_literal()
            return
        self._bench.asking.agree()
        self._bench.desk.send()

    @Slot()
    def _leave_question(self) -> None:
        self._bench.asking.withdraw()
        self._bench.desk.leave_question()
        self.bar.send.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _look(self) -> None:
        if self.question.matter is Matter.VARIABLE:
            self._bench.desk.fill_in()
            return
        self._bench.asking.withdraw()
        self.verdicts.step(1)

    @Slot()
    def _settle_verdict(self) -> None:
        self.question.withdraw(Matter.VERDICT)

    @Slot()
    def _settle_variable(self) -> None:
        self.question.withdraw(Matter.VARIABLE)

    @Slot(str)
    def _open_docs(self, address: str) -> None:
        self._bench.open_url(address)


class _Upper(QWidget):
    """Preview over verdicts; these get at most their share of the height."""

    def __init__(self, verdicts: VerdictStrip) -> None:
        super().__init__()
        self._verdicts = verdicts

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._verdicts.limit(self.height())
