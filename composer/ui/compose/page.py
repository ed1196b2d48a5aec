"""The Compose place: the form at the left; preview, problems and answer at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from composer.core.jsontext import Path
from composer.core.summary import summary_of
from composer.ui.compose.problems import ProblemStrip
from composer.ui.form import FormView
from composer.ui.preview.pane import PreviewPane
from composer.ui.send.bar import SendBar
from composer.ui.send.response import ResponsePane
from composer.ui.templates.save_bar import SaveBar
from composer.ui.theme import Surface
from composer.ui.widgets import Panel
from composer.ui.workbench import Workbench

FORM_WIDTH, PREVIEW_WIDTH = 520, 552
PREVIEW_HEIGHT, ANSWER_HEIGHT = 420, 200


class ComposePage(QWidget):
    """Puts the panes together; what they do stands in ``Session`` and ``Desk``."""

    history_wanted = Signal(object)
    sandbox_wanted = Signal()
    token_wanted = Signal()
    template_named = Signal(str)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self.form = FormView(bench.session, bench.open_url)
        self.preview = PreviewPane(bench.session, bench.preferences, bench.copier, bench.tasks)
        self.response = ResponsePane(bench.session, bench.sends)
        self.bar = SendBar(bench.session, bench.batch, bench.sends)
        self.naming = SaveBar()
        self._problems = ProblemStrip(bench.session)
        self._build()
        self._connect()

    @Slot()
    def ask_for_name(self) -> None:
        """Open the line that names a template."""
        summary = summary_of(self._bench.session.draft.payload)
        self.naming.ask(" · ".join(filter(None, (summary.event, summary.person))))

    @Slot(object)
    def go_to(self, path: Path) -> None:
        """Put the cursor into the field at ``path``."""
        if path == ("api_key",):
            self.token_wanted.emit()
        else:
            self.form.focus_path(path)

    @Slot()
    def _leave_naming(self) -> None:
        """Qt would pass the focus on to Send, where a second Enter is one too many."""
        self.bar.save.setFocus()

    def _build(self) -> None:
        left = Panel(Surface.SURFACE, "right")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.form, 1)
        column.addWidget(self.naming)
        column.addWidget(self.bar)
        right = QSplitter(Qt.Orientation.Vertical)
        upper = QWidget()
        upper_column = QVBoxLayout(upper)
        upper_column.setContentsMargins(0, 0, 0, 0)
        upper_column.setSpacing(0)
        upper_column.addWidget(self.preview, 1)
        upper_column.addWidget(self._problems)
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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(both)

    def _connect(self) -> None:
        desk = self._bench.desk
        self.bar.send_wanted.connect(desk.send)
        self.bar.add_wanted.connect(desk.add_to_batch)
        self.bar.save_wanted.connect(self.ask_for_name)
        self.form.fault_wanted.connect(self.preview.go_to_fault)
        self.form.json_wanted.connect(self.preview.go_to_value)
        self.form.faults_changed.connect(self._problems.show_faults)
        self.response.history_wanted.connect(self.history_wanted)
        self.response.sandbox_wanted.connect(self.sandbox_wanted)
        self.response.new_wanted.connect(desk.start_new)
        self.naming.saved.connect(self.template_named)
        self.naming.saved.connect(self._leave_naming)
        self.naming.dismissed.connect(self._leave_naming)
        self._problems.wanted.connect(self.go_to)
