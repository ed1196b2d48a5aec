"""The form: a view of the session's draft, drawn from the catalogue.

It holds no value of its own, knows no service, and opens no browser itself.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from composer.core.convert import conversion
from composer.core.draft import Draft
from composer.core.jsontext import Path
from composer.ui.form.fault_notice import FaultNotice
from composer.ui.form.page import FormPage
from composer.ui.form.problem import Problem
from composer.ui.form.row import FieldRow
from composer.ui.form.tab_order import chain_tabs
from composer.ui.session import Session, Tab
from composer.ui.theme import Surface, set_surface


class FormView(QWidget):
    """Shows the draft in the form of its event type; a new type brings a new page.

    ``open_url`` opens an address in the person's browser.
    """

    fault_wanted = Signal()
    """Go to the place in the JSON that does not parse."""
    json_wanted = Signal(object)
    """``Path`` of a value that is better edited in the JSON."""
    list_wanted = Signal()
    """The events of a batch are to go into the Batch place."""
    faults_changed = Signal(object)
    """``tuple[Problem, ...]``: what was typed and is not a value yet, so that it is not sent."""

    def __init__(self, session: Session, open_url: Callable[[str], None]) -> None:
        super().__init__()
        self._session = session
        self._open_url = open_url
        self._is_more_open = False
        self._faults: tuple[Problem, ...] = ()
        self._problems: tuple[Problem, ...] = ()
        self._tab = session.tab.id
        self._aside: dict[int, FormPage] = {}
        """The pages of tabs behind in which something was typed that is no value yet"""
        self._notice = FaultNotice()
        self._notice.fault_wanted.connect(self.fault_wanted)
        self._notice.discard_wanted.connect(session.discard_text)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._banner = QWidget()
        banner = QVBoxLayout(self._banner)
        banner.setContentsMargins(12, 10, 12, 0)
        banner.addWidget(self._notice)
        column.addWidget(self._banner)
        column.addWidget(self._scroll, 1)
        set_surface(self, Surface.SURFACE)
        self._page = self._make_page(session.draft)
        self._load(session.draft)
        session.switched.connect(self._on_switched)
        session.closed.connect(self._on_closed)
        session.draft_changed.connect(self._load)

    @property
    def rows(self) -> tuple[FieldRow, ...]:
        """The rows of the form, from top to bottom; those that fold away once they were opened."""
        return self._page.rows

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self._focus(self._page.rows[0], ())

    def focus_path(self, path: Path) -> bool:
        """Put the cursor into the field that shows the member at ``path``, if there is one."""
        row = self._page.row_of(path)
        if row is not None:
            self._focus(row, path)
        return row is not None

    @Slot(object)
    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say beside the fields what is wrong, the worst first."""
        self._problems = problems
        self._page.show_problems(problems)

    def _focus(self, row: FieldRow, path: Path) -> None:
        row.editor.focus_on(path)
        # What has just been unfolded has its place only after the layout's turn.
        QTimer.singleShot(0, row, self._show_focus)

    @Slot()
    def _show_focus(self) -> None:
        focused = self._page.focusWidget()
        if focused and self._page.isAncestorOf(focused):
            self._scroll.ensureWidgetVisible(focused, 20, 40)

    def _make_page(self, draft: Draft) -> FormPage:
        page = FormPage(draft.event_type, self._session)
        page.json_wanted.connect(self.json_wanted)
        page.docs_wanted.connect(self._on_docs_wanted)
        page.more_opened.connect(self._on_more_opened)
        page.list_wanted.connect(self.list_wanted)
        page.convert_wanted.connect(self._on_convert_wanted)
        page.faults_told.connect(self._on_faults_told)
        page.show_problems(self._problems)
        if self._is_more_open:
            page.open_more(True)
        self._put_in(page)
        return page

    def _put_in(self, page: FormPage) -> None:
        self._scroll.setWidget(page)  # which deletes the page before
        chain_tabs(self._notice.last_control, page)

    @Slot()
    def _on_switched(self) -> None:
        """What was typed and is no value yet stays with its tab."""
        came = self._aside.pop(self._session.tab.id, None)
        if self._faults:
            left = self._aside[self._tab] = self._page
            self._scroll.takeWidget()
            left.setParent(self)
            left.hide()
            if came is None:
                self._page = self._make_page(self._session.draft)
        if came is not None:
            self._page = came
            came.show_problems(self._problems)
            self._put_in(came)
            came.show()
        self._tab = self._session.tab.id

    @Slot(object)
    def _on_closed(self, tab: Tab) -> None:
        page = self._aside.pop(tab.id, None)
        if page is not None:
            page.deleteLater()

    @Slot(object)
    def _load(self, draft: Draft) -> None:
        if draft.event_type is not self._page.event_type:
            self._page = self._make_page(draft)
        self._banner.setVisible(draft.fault is not None)
        self._page.setEnabled(draft.fault is None)
        self._page.load(draft)

    @Slot()
    def _on_convert_wanted(self) -> None:
        """Make today's event of an old shape, and lead to what it still needs."""
        self._session.settle()
        found = conversion(self._session.draft)
        if found is not None:
            self._session.open_converted(found)
            self.focus_path(found.missing[0]) if found.missing else self.focus_first()

    @Slot(str)
    def _on_docs_wanted(self, url: str) -> None:
        self._open_url(url)

    @Slot(object)
    def _on_faults_told(self, faults: tuple[Problem, ...]) -> None:
        if faults != self._faults:
            self._faults = faults
            self.faults_changed.emit(faults)

    @Slot(bool)
    def _on_more_opened(self, is_open: bool) -> None:
        self._is_more_open = is_open
