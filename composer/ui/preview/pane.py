"""The preview: JSON, curl, code and the request, always of the very bytes that Send would send."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from composer.core.draft import Draft
from composer.core.jsontext import Layout, Path, line_and_column, offset_of
from composer.core.secret_headers import with_masked_headers
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest
from composer.ui.copying import Copier
from composer.ui.icons import IconName
from composer.ui.preferences import Preferences
from composer.ui.preview.footer import PreviewFooter
from composer.ui.preview.json_editor import JsonEditor
from composer.ui.preview.reader import TextReader
from composer.ui.session import Session
from composer.ui.tasks import TaskScope
from composer.ui.theme import Surface, Variant, set_variant
from composer.ui.widgets import CodeView, Combo, IconButton, Notice, Panel, Severity, Tabs
from composer.ui.writing.curl_sheet import CurlSheet

if TYPE_CHECKING:
    from composer.ui.writing.code_sheet import CodeSheet

AS_TYPED = "typed"
"""Entry of the layout list while a person's own spacing stands in the JSON."""

JSON, CURL, CODE, REQUEST = range(4)


class PreviewPane(QWidget):
    """Four views of the session's request, with their copy button."""

    def __init__(
        self,
        session: Session,
        preferences: Preferences,
        copier: Copier,
        tasks: TaskScope,
    ) -> None:
        super().__init__()
        self._session = session
        self._preferences = preferences
        self._copier = copier
        self._tabs = Tabs("Preview")
        self._layouts = Combo("Layout of the JSON", flat=True)
        self._eye = IconButton(IconName.EYE, "Hide the project token on screen")
        self._copy = QPushButton("Copy")
        self._fault = Notice()
        self.json = JsonEditor("JSON")
        self._curl = CurlSheet("curl", preferences, copier.new_writer())
        self._code_place = QVBoxLayout()
        self._request = CodeView("Request")
        self._views = QStackedWidget()
        self._footer = PreviewFooter(session, preferences)
        self._reader = TextReader(session, tasks)
        self._build()
        self._connect()
        self._show_draft(session.draft)
        self._reader.resume()

    def go_to_fault(self) -> None:
        """Put the cursor where the JSON stops being JSON."""
        fault = self._session.draft.fault
        self._tabs.setCurrentIndex(JSON)
        if fault is not None:
            self.json.go_to(fault.line, fault.column)
        self.json.setFocus()

    def go_to_value(self, path: Path) -> None:
        """Put the cursor where the value at ``path`` stands in the JSON."""
        text = self.json.exact_text
        offset = None if self._session.draft.fault else offset_of(text, path)
        if offset is not None:
            self.json.go_to(*line_and_column(text, offset))
        self._tabs.setCurrentIndex(JSON)
        self.json.setFocus()

    # Inside

    def _build(self) -> None:
        for title in ("JSON", "curl", "Code", "Request"):
            self._tabs.addTab(title)
        code = QWidget()
        code.setLayout(self._code_place)
        self._code_place.setContentsMargins(0, 0, 0, 0)
        for view in (self.json, self._curl, code, self._request):
            self._views.addWidget(view)
        self._layouts.add("Pretty", Layout.PRETTY)
        self._layouts.add("Compact", Layout.COMPACT)
        self._eye.setCheckable(True)
        set_variant(self._copy, Variant.ORDINARY, small=True)
        bar = Panel(Surface.SURFACE, "bottom")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._tabs)
        row.addStretch(1)
        for control in (self._layouts, self._eye, self._copy):
            row.addWidget(control)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._fault)
        column.addWidget(self._views, 1)
        column.addWidget(self._footer)

    def _connect(self) -> None:
        self._session.draft_changed.connect(self._show_draft)
        self._session.request_changed.connect(self._show_request)
        self._preferences.changed.connect(self._show_settings)
        self._tabs.currentChanged.connect(self._show_tab)
        self._layouts.activated.connect(self._choose_layout)
        self._eye.clicked.connect(self._toggle_eye)
        self._copy.clicked.connect(self._copy_shown)
        self._fault.action_chosen.connect(self.go_to_fault)
        self.json.text_edited.connect(self._reader.read)
        self._show_settings()

    @Slot(object)
    def _show_draft(self, draft: Draft) -> None:
        self._hide_token()
        self.json.show_text(self._session.text)
        self.json.show_fault(draft.fault)
        if draft.fault is None:
            self._fault.dismiss()
        else:
            words = f"{draft.fault} {draft.fault.hint}".strip()
            self._fault.say(words, Severity.ERROR, "Go there")
        self._show_layout(draft)
        self._show_request(self._session.request)

    def _show_layout(self, draft: Draft) -> None:
        typed = self._layouts.findData(AS_TYPED)
        if draft.source is None:
            if typed >= 0:
                self._layouts.removeItem(typed)
            wanted: str = self._preferences.settings.layout
        else:
            if typed < 0:
                self._layouts.add("As typed", AS_TYPED)
            wanted = AS_TYPED
        self._layouts.set_value(wanted)

    @Slot(object)
    def _show_request(self, request: WireRequest | None) -> None:
        """Only the view in front is written; the others follow when they come to the front."""
        match self._tabs.currentIndex():
            case index if index == CURL:
                self._show_on(self._curl, request)
            case index if index == CODE:
                self._show_on(self._code, request)
            case index if index == REQUEST:
                hidden = self._preferences.settings.hide_key
                seen = with_masked_headers(request) if request and hidden else request
                self._request.set_text(seen.head if seen else self._session.obstacle)
            case _:
                pass

    def _show_on(self, sheet: CurlSheet | CodeSheet, request: WireRequest | None) -> None:
        if request is None:
            sheet.show_words(self._session.obstacle)
        else:
            sheet.show_request(request)

    @cached_property
    def _code(self) -> CodeSheet:
        # Loaded at the first look at it: the start is quicker without all the languages.
        from composer.ui.writing.code_sheet import CodeSheet  # noqa: PLC0415

        sheet = CodeSheet("Code", self._preferences, self._copier.new_writer())
        self._code_place.addWidget(sheet)
        sheet.show()  # else Qt would show it in the next turn of the loop
        return sheet

    @Slot(int)
    def _show_tab(self, index: int) -> None:
        self._views.setCurrentIndex(index)
        self._show_request(self._session.request)

    @Slot()
    def _show_settings(self) -> None:
        hidden = self._preferences.settings.hide_key
        self._eye.setChecked(hidden)
        self._eye.set_icon(
            IconName.EYE_OFF if hidden else IconName.EYE,
            "Show the project token" if hidden else "Hide the project token on screen",
        )
        self._hide_token()
        self._show_request(self._session.request)

    def _hide_token(self) -> None:
        """Hide the token that stands there now; it may be another one after each edit."""
        hidden = self._preferences.settings.hide_key
        self.json.hide_text(self._session.token if hidden else "")

    @Slot()
    def _toggle_eye(self) -> None:
        self._preferences.change(hide_key=self._eye.isChecked())

    @Slot(int)
    def _choose_layout(self, index: int) -> None:
        chosen = self._layouts.itemData(index)
        if chosen != AS_TYPED:
            self._session.lay_out()
            self._preferences.change(layout=Layout(chosen))

    @Slot()
    def _copy_shown(self) -> None:
        request = self._session.request
        match self._tabs.currentIndex():
            case index if index == CURL and request is not None:
                self._copier.copy_curl(request)
            case index if index == CODE and request is not None:
                self._copier.copy_code(request)
            case index if index == REQUEST and request is not None:
                in_full = self._preferences.copy_key is KeyMode.INLINE
                sent = request if in_full else with_masked_headers(request)
                self._copier.copy(sent.head, "request")
            case _:
                self._copier.copy_json(self._session.text, self._session.token)
