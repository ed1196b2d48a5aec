"""The preview: JSON, curl and the request, always of the very bytes that Send would send."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from composer.core.draft import Draft
from composer.core.jsontext import Layout, Path, line_and_column, offset_of
from composer.core.tokens import masked, tokens_in
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
from composer.ui.widgets import CodeView, Combo, IconButton, Language, Notice, Panel, Severity, Tabs

AS_TYPED = "typed"
"""Entry of the layout list while a person's own spacing stands in the JSON."""

JSON, CURL, REQUEST = range(3)


class PreviewPane(QWidget):
    """Three views of the session's request, with their copy button."""

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
        self._curl = CodeView("curl")
        self._request = CodeView("Request")
        self._views = QStackedWidget()
        self._footer = PreviewFooter(session, preferences)
        self._reader = TextReader(session, tasks)
        self._build()
        self._connect()
        self._show_draft(session.draft)

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
        for title in ("JSON", "curl", "Request"):
            self._tabs.addTab(title)
        for view, language in (
            (self.json, Language.JSON),
            (self._curl, Language.CURL),
            (self._request, Language.PLAIN),
        ):
            view.set_language(language)
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
        index = self._tabs.currentIndex()
        if index == CURL:
            self._curl.set_text(self._command(request) if request else self._session.obstacle)
        elif index == REQUEST:
            self._request.set_text(request.head if request else self._session.obstacle)

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

    def _command(self, request: WireRequest) -> str:
        command = self._copier.curl(request)
        hidden = self._preferences.settings.hide_key
        return masked(command, tokens_in(request.body)) if hidden else command

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
            case index if index == REQUEST and request is not None:
                self._copier.copy(request.head, "request")
            case _:
                self._copier.copy_json(self._session.text, self._session.token)
